"""A container of a base image in which scripts run one after the other."""

from __future__ import annotations

from course_lib.clock import Clock
from course_lib.image.entries import File
from course_lib.image.workspace import Workspace
from course_lib.registry import BASE_IMAGES
from course_lib.shell import Outcome, Process, execute


class Room:
    """Files of an image that scripts change."""

    def __init__(self, name: str) -> None:
        image = BASE_IMAGES.find(name)
        assert image is not None, f"no image {name}"
        self.clock = Clock()
        self.config = image.config
        self.files = Workspace(image.tree, now=self.clock.now)

    def sh(self, script: str, user: str = "", *, cwd: str = "/") -> Outcome:
        """Run a script with `sh -c`."""
        home = "/root" if not user else f"/home/{user}"
        environment = self.config.environment() | {"HOME": home}
        process = Process(("sh", "-c", script), environment, cwd, user, b"", hostname="room")
        return execute(process, self.files, clock=self.clock)

    def ok(self, script: str, user: str = "", *, cwd: str = "/") -> str:
        """Run a script that must succeed; its output."""
        outcome = self.sh(script, user, cwd=cwd)
        assert outcome.exit_code == 0, outcome.stderr.decode() + str(outcome.unsupported)
        return outcome.stdout.decode()

    def fails(self, script: str, user: str = "") -> tuple[int | None, str]:
        """Run a script that must fail; its status and all that it said."""
        outcome = self.sh(script, user)
        assert outcome.exit_code != 0
        return outcome.exit_code, b"".join(chunk.data for chunk in outcome.output).decode()

    def exists(self, path: str) -> bool:
        """Whether something is at a real path."""
        return self.files.get(path) is not None

    def text(self, path: str) -> str:
        """A file's text."""
        node = self.files.get(path)
        assert isinstance(node, File), f"{path} is {node}"
        return node.content.data.rstrip(b"\0").decode()

    def bytes_below(self, path: str) -> int:
        """The bytes of all files below a path; 0 when nothing is there."""
        if not self.exists(path):
            return 0
        return sum(node.size for _, node in self.files.walk(path) if isinstance(node, File))
