"""One command at work: the engine, what it was given, what it has printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from course_lib.build import Context
    from course_lib.engine import Engine
    from course_lib.shell import Chunk
    from course_lib.text import Text

STDOUT = 1
STDERR = 2


@dataclass(frozen=True, slots=True)
class Printed:
    """Text on stdout (fd 1) or stderr (fd 2), in the order of printing; a note is not docker's."""

    fd: int
    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a terminal would show, the exit status, and the values behind it, for pictures."""

    stdout: str
    stderr: str
    exit_code: int
    shown: tuple[object, ...] = ()
    printed: tuple[Printed, ...] = ()


@dataclass(slots=True)
class Session:
    """The rim where values become text."""

    engine: Engine
    context: Context | None
    stdin: str = ""
    exit_code: int = 0
    piped: bool = False  # stdout is no terminal: bytes may go there
    environment: Mapping[str, str] = field(default_factory=dict)  # of the docker command itself
    _printed: list[Printed] = field(default_factory=list)
    _shown: list[object] = field(default_factory=list)

    def out(self, text: str) -> None:
        """Print on stdout."""
        self._print(STDOUT, text)

    def err(self, text: str) -> None:
        """Print on stderr."""
        self._print(STDERR, text)

    def line(self, text: str) -> None:
        """Print one line on stdout."""
        self.out(text + "\n")

    def complain(self, text: str, help: Text | None = None) -> None:  # noqa: A002 - as EngineError
        """Print docker's words on stderr, then the plain line."""
        self.err(text + "\n")
        if help is not None:
            self.note(help)

    def note(self, text: Text) -> None:
        """Print one plain line of the course's own on stderr."""
        self._printed.append(Printed(STDERR, f"{text}\n", note=True))

    def chunks(self, chunks: Iterable[Chunk]) -> None:
        """Print what a process wrote."""
        for chunk in chunks:
            self._print(chunk.fd, chunk.data.decode(errors="replace"))

    def raw(self, data: bytes) -> None:
        """Print bytes that need not be text; in a pipe they come out as they went in."""
        self._print(STDOUT, data.decode("utf-8", "surrogateescape" if self.piped else "replace"))

    def show(self, value: object) -> None:
        """Hand a value to whoever draws."""
        self._shown.append(value)

    def answer(self) -> Answer:
        """Everything so far."""
        return Answer(
            stdout="".join(piece.text for piece in self._printed if piece.fd == STDOUT),
            stderr="".join(piece.text for piece in self._printed if piece.fd == STDERR),
            exit_code=self.exit_code,
            shown=tuple(self._shown),
            printed=tuple(self._printed),
        )

    def _print(self, fd: int, text: str) -> None:
        if text:
            self._printed.append(Printed(fd, text))
