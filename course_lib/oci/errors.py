"""What reading an image can fail with, whatever the bytes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable


class ImageReadError(Exception):
    """The bytes are no image that can be read; `help` says it plainly, with a way out."""

    def __init__(self, message: str, help: Text | None = None) -> None:  # noqa: A002 - the name for the plain line
        super().__init__(message)
        self.message = message
        self.help = help or Text(
            "The archive is damaged or was not written by an image tool: save it again.",
            "归档已损坏，或者不是镜像工具写出来的：请重新导出。",
        )


class ImageNotThereError(ImageReadError):
    """An archive that holds no image of the name asked for."""

    def __init__(self, name: str, there: Iterable[str]) -> None:
        known = ", ".join(sorted(there)) or "no name at all"
        super().__init__(
            f"{name}: not found",
            Text(
                f"The archive has no image {name}; it has {known}.",
                f"归档里没有镜像 {name}；里面有 {known}。",
            ),
        )
