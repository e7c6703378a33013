"""Judges of what the process in a container may do: which user it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.run.container import Container
from course_lib.shell import ExecFailure
from course_lib.shell.users import resolve
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt


@dataclass(frozen=True, slots=True)
class NotRoot:
    """A container of the image, started without options, is another user than root (uid 0)."""

    image: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Start it, and look the user up in its own /etc/passwd."""
        image = attempt.image(self.image)
        name = image.config.user
        with attempt.trial():
            started = attempt.docker(["run", "-d", self.image])
            container = next((one for one in started.shown if isinstance(one, Container)), None)
            uid = _uid(attempt, container) if container else None
        said = f"USER {name}" if name else "no USER"
        said_zh = f"USER {name}" if name else "没有 USER"
        return Finding(
            1 if uid else 0,
            Text("its processes are not root", "里面的进程不是 root"),
            Text(f"uid {uid} ({said})", f"uid {uid}（{said_zh}）")
            if uid is not None
            else Text(f"there is no such user in it ({said})", f"镜像里没有这个用户（{said_zh}）"),
            at_image(attempt, image, "FROM", "USER"),
            self.hint,
        )


def _uid(attempt: Attempt, container: Container) -> int | None:
    files = attempt.machine.engine.files(container.id)
    try:
        return resolve(container.config.user, files).uid
    except ExecFailure:
        return None
