"""What Debian's engine and docker command (20.10) say in other words than docker 29, and what those are.

Each rule has its reason; what is in no rule must be the same. The words of 29 are those of moby's and
docker/cli's sources.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.sequences import Said

_FLAG = r"(?:unknown |flag needs|invalid argument|bad flag)"
_RULES: tuple[tuple[str, str | Callable[[re.Match[str]], str], str], ...] = (
    (
        r'time="[^\n]*error waiting for container: context canceled"\n',
        "",
        "the older client logs its own impatience",
    ),
    (
        r"failed to create shim task: OCI runtime create failed: runc create failed: "
        r"unable to start container process: ",
        "failed to create task for container: failed to create shim task: OCI runtime create failed: "
        "runc create failed: unable to start container process: error during container init: ",
        "containerd and runc 1.2 say at which step it was",
    ),
    (
        r'exec: "/etc": permission denied',
        'exec: "/etc": is a directory',
        "Go 1.20 tells a folder from a file that is not executable",
    ),
    (
        rf"\A({_FLAG}[^\n]*)\nSee 'docker ([^']*) --help'\.\n\Z",
        r"\1\n\nRun 'docker \2 --help' for more information",
        "docker/cli 27, cobra.go",
    ),
    (
        r"\A\"docker ([^\"]*)\" (requires|accepts) (?:exactly )?([^\n]*)\.\n"
        r"See 'docker [^']* --help'\.\n\n(Usage:  .*)\n\n[^\n]*\n\Z",
        r"docker: 'docker \1' \2 \3\n\n\4\n\nRun 'docker \1 --help' for more information",
        "docker/cli 28, required.go",
    ),
    (
        r"\A(docker: '[^']*' requires at least \d+ arguments?\n.*)\nRun '",
        r"\1\nSee '",
        "docker/cli 28, required.go: this one kept its See",
    ),
    (
        r"(?s)(docker: .*)\.\n(?:See 'docker (run) --help'\.\n)?\Z",
        r"\1\n\nRun 'docker run --help' for more information",
        "docker/cli 28, run.go withHelp",
    ),
    (
        r"docker: '(\w+)' is not a docker command\.\nSee 'docker --help'\n\Z",
        r"docker: unknown command: docker \1\n\nRun 'docker --help' for more information",
        "docker/cli 28, docker.go",
    ),
    (
        r"(?m)^Error: No such (container|volume): (.*)$",
        lambda m: "Error response from daemon: "
        + (f"get {m[2]}: no such volume" if m[1] == "volume" else f"No such container: {m[2]}"),
        "the newer client passes the daemon's words on",
    ),
    (
        r"(?m)^Error: No such image: ([^:\n]*)$",
        r"Error response from daemon: No such image: \1:latest",
        "the newer client passes the daemon's words on",
    ),
    (r"Error: No such object:", "error: no such object:", "docker/cli 28"),
    (r"Error: failed to start containers:", "failed to start containers:", "docker/cli 28"),
    (
        r"Error: No such container:path: (\S+):(\S+)",
        r"Error response from daemon: Could not find the file \2 in container \1",
        "the newer client passes the daemon's words on",
    ),
    (
        r"You cannot remove a running container (\w+)\. Stop the container before attempting "
        r"removal or force remove",
        r'cannot remove container "\1": container is running: stop the container before removing '
        "or force remove",
        "moby 25, delete.go",
    ),
    (r"No command specified", "no command specified", "moby 26: errors begin in lower case"),
    (r"Container (\w+) is not running", r"container \1 is not running", "moby 26"),
    (r"Cannot kill container", "cannot kill container", "moby 26"),
    (r"Invalid (signal|containerPort|hostPort|filter|port)", r"invalid \1", "moby 26"),
    (r"Error parsing reference", "error parsing reference", "moby 26"),
)


def newer(said: Said, words: tuple[str, ...]) -> Said:
    """The answer of the older engine in the newer words."""
    text = said.stderr
    for pattern, put, _ in _RULES:
        text = re.sub(pattern, put, text)
    del words
    return replace(said, stderr=text)
