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

# docker/cli 23, builder.go: the warning that the older command has not yet.
DEPRECATED = """\
DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.

"""
_GROUPS = ("container", "image", "volume", "network", "system")
_NOT_FOUND = "^OCI runtime exec failed.*(executable file not found|no such file or directory)"
_FLAG = r"(?:unknown |flag needs|invalid argument|bad flag)"
_RULES: tuple[tuple[str, str | Callable[[re.Match[str]], str], str], ...] = (
    (
        r'time="[^\n]*error waiting for container: context canceled"\n',
        "",
        "the older client logs its own impatience",
    ),
    (
        (
            r"failed to create shim task: OCI runtime create failed: runc create failed: "
            r"unable to start container process: "
        ),
        (
            "failed to create task for container: failed to create shim task: OCI runtime create failed: "
            "runc create failed: unable to start container process: error during container init: "
        ),
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
        (
            r"(?s)\A\"docker ([^\"]*)\" (requires|accepts) (?:exactly )?([^\n]*)\.\n"
            r"See 'docker [^']* --help'\.\n\n(Usage:  .*)\n\n[^\n]*\n\Z"
        ),
        r"docker: 'docker \1' \2 \3\n\n\4\n\nRun 'docker \1 --help' for more information",
        "docker/cli 28, required.go",
    ),
    (
        r"(?s)\A(docker: '[^']*' requires at least \d+ arguments?\n.*)\nRun '",
        r"\1\nSee '",
        "docker/cli 28, required.go: this one kept its See",
    ),
    (
        r"(?s)\A((?:Unable [^\n]*\n)?docker: (?!')[^\n]*)\.\n(?:See 'docker run --help'\.\n)?\Z",
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
        lambda m: (
            "Error response from daemon: "
            + (f"get {m[2]}: no such volume" if m[1] == "volume" else f"No such container: {m[2]}")
        ),
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
        lambda m: (
            "Error response from daemon: "
            + (
                f"No such container: {m[1]}"
                if m[1] == "nope"
                else f"Could not find the file {m[2]} in container {m[1]}"
            )
        ),
        "the newer client passes the daemon's words on",
    ),
    (
        (
            r"You cannot remove a running container (\w+)\. Stop the container before attempting "
            r"removal or force remove"
        ),
        (
            r'cannot remove container "/box": container is running: stop the container before removing '
            "or force remove"
        ),
        "moby 25, delete.go",
    ),
    (
        r"(?m)^(Error response from daemon: .*)\nError: failed to rename container named .*$",
        r"failed to rename container: \1",
        "docker/cli 28, rename.go",
    ),
    (
        r"Error: Neither old nor new names may be empty",
        "new name cannot be blank",
        "docker/cli 29, rename.go",
    ),
    (
        r'"nope" is not a valid value for --type',
        (
            'unknown type: "nope": must be one of "config", "container", "image", "network", "node", '
            '"plugin", "secret", "service", "task", "volume"'
        ),
        "docker/cli 28, inspect.go",
    ),
    (
        r"(\w+) is not a valid change command",
        lambda m: f"{m[1].upper()} is not a valid change command",
        "moby 26",
    ),
    (r"No command specified", "no command specified", "moby 26: errors begin in lower case"),
    (r"Container (\w+) is not running", r"container \1 is not running", "moby 26"),
    (r"Cannot kill container", "cannot kill container", "moby 26"),
    (r"Invalid (signal|containerPort|hostPort|filter|port)", r"invalid \1", "moby 26"),
    (r"Error parsing reference", "error parsing reference", "moby 26"),
)


def newer(said: Said, words: tuple[str, ...]) -> Said:
    """The answer of the older engine in the newer words."""
    text, code = said.stderr, said.exit_code
    for pattern, put, _ in _RULES:
        text = re.sub(pattern, put, text)
    if words[0] in _GROUPS and text.startswith("\nUsage:"):
        name = " ".join(words[:2])  # docker/cli 28 names the command that it does not know
        text = (
            f"docker: unknown command: docker {name}\n\nUsage:  docker {words[0]}\n\n"
            f"Run 'docker {words[0]} --help' for more information"
        )
    if words[0] == "exec" and re.search(_NOT_FOUND, said.stdout):
        code = 127  # moby 23 tells a program that is not there from one that can't be run
    if "exec format error" in text:
        code = 255  # runc 1.2
    stdout = said.stdout  # moby 23 prints an arrow before what it did with the container of a step
    if words[0] == "build":
        stdout = re.sub(r"(?m)^Removing (?=intermediate container)", " ---> Removed ", stdout)
    return replace(said, stdout=stdout, stderr=text, exit_code=code)
