"""`python -m lite`: build the site.

    python -m lite [--to DIR] [--repository OWNER/REPO]

Without --repository, the one on GitHub that git calls origin is what Binder opens.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from lite.lessons import UntoldError
from lite.pyodide import PyodideError
from lite.site import SiteError, build, size
from lite.wheels import PROJECT, WheelsError

_MEGABYTE = 1_000_000
_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_ON_GITHUB = re.compile(r"github\.com[:/](?P<name>[^/]+/[^/]+?)(\.git)?/?\s*$")


def main() -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m lite", description=__doc__)
    parser.add_argument("--to", type=Path, default=PROJECT / "build" / "lite", metavar="DIR")
    parser.add_argument("--repository", metavar="OWNER/REPO", help="what Binder opens")
    chosen = parser.parse_args()
    repository = chosen.repository or origin()
    if repository and not _REPOSITORY.fullmatch(repository):
        parser.error(f"{repository} is not OWNER/REPO")
    try:
        build(chosen.to, PROJECT / "build" / "wheels", repository)
    except (UntoldError, PyodideError, WheelsError, SiteError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if not repository:
        sys.stdout.write("Without REPO=OWNER/REPO the page has no links to Binder.\n")
    megabytes = size(chosen.to) / _MEGABYTE
    sys.stdout.write(
        f"The site is in {chosen.to}, {megabytes:.0f} MB. To look at it:\n"
        f"    {sys.executable} -m http.server --bind 127.0.0.1 --directory {chosen.to}\n"
    )
    return 0


def origin() -> str | None:
    """OWNER/REPO of the repository on GitHub that git calls origin, if it does."""
    command = ["git", "-C", str(PROJECT), "config", "--get", "remote.origin.url"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    except FileNotFoundError:  # a copy of the kit on a machine without git
        return None
    found = _ON_GITHUB.search(done.stdout)
    return found["name"] if found else None


if __name__ == "__main__":
    raise SystemExit(main())
