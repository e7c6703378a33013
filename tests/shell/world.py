"""A small file system with every simulated program in /bin, and a way to run things in it."""

from __future__ import annotations

from functools import cache

from course_lib.clock import Clock
from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.image.programs import program
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.shell import Budget, Outcome, Process, execute
from course_lib.shell.programs import programs

ACCOUNTS = "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000:App:/home/app:/bin/sh\n"
GROUP = "root:x:0:\napp:x:1000:\nextra:x:2000:app\n"
ENV = {"PATH": "/usr/bin:/bin", "HOME": "/root"}


@cache
def _base(kind: str) -> Tree:
    """What every world of a kind starts with."""
    files = Workspace(Tree.EMPTY, now=Clock().now)
    for path in ("/bin", "/usr", "/usr/bin", "/etc", "/root", "/home", "/var", "/w"):
        files.put(path, Directory())
    for path in ("/tmp", "/pub"):  # noqa: S108 - of the simulated file system
        files.put(path, Directory(0o1777))
    files.put("/home/app", Directory(0o755, 1000, 1000))
    files.put("/etc/passwd", File(Content.of(ACCOUNTS), 0o644))
    files.put("/etc/group", File(Content.of(GROUP), 0o644))
    for name in sorted(programs()):
        busybox = kind == "busybox" and name not in {"dash", "bash"}
        files.put(
            f"/bin/{name}", Symlink("busybox") if busybox else File(program(name, 900), 0o755)
        )
    files.put("/bin/busybox", File(program("busybox", 900), 0o755))
    files.put("/bin/sh", Symlink(kind))
    return files.tree()


class World:
    """A workspace and a clock; `kind` is "dash", "busybox" or "bash": what /bin/sh is."""

    def __init__(self, kind: str = "dash") -> None:
        self.clock = Clock()
        self.files = Workspace(_base(kind), now=self.clock.now)

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Put a file."""
        self.files.put(path, File(Content.of(text), mode))

    def text(self, path: str) -> str:
        """Read a file."""
        node = self.files.get(path)
        assert isinstance(node, File), f"{path} is {node}"
        return node.content.data.decode()

    def run(  # noqa: PLR0913 - what a process has
        self,
        *argv: str,
        stdin: bytes = b"",
        user: str = "",
        cwd: str = "/w",
        patience: int | None = None,
        budget: Budget | None = None,
        env: dict[str, str] | None = None,
    ) -> Outcome:
        """Run a command."""
        process = Process(argv, ENV | (env or {}), cwd, user, stdin, hostname="box")
        return execute(
            process, self.files, clock=self.clock, patience=patience, budget=budget or Budget()
        )

    def sh(self, script: str, *, user: str = "", patience: int | None = None) -> Outcome:
        """Run a script with `sh -c`."""
        return self.run("sh", "-c", script, user=user, patience=patience)


def said(outcome: Outcome) -> tuple[int | None, str, str]:
    """Exit code, stdout and stderr as text."""
    decoded = (
        data.decode("utf-8", "backslashreplace") for data in (outcome.stdout, outcome.stderr)
    )
    out, err = decoded
    return outcome.exit_code, out, err
