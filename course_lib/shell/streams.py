"""Open file descriptions: what a file descriptor of a task refers to.

Several descriptors, also of several tasks, may share one stream and with it the position.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from course_lib.shell.meter import ExhaustedError
from course_lib.shell.process import Chunk
from course_lib.shell.sayings import failure
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.meter import Meter

PIPE_LIMIT = 1 << 20  # what a writer may put into a pipe before its reader runs


class BrokenPipe(Exception):  # noqa: N818 - the writer gets SIGPIPE, it is no error of ours
    """The reader of a pipe has gone, or will not want this much: SIGPIPE, status 141."""


class Stream:
    """A stream that can be neither read nor written; the kinds below allow one or both."""

    device = False  # whether it is a device such as /dev/null
    terminal = False

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes, all of them by default; b"" at the end."""
        del size
        raise failure(errno.EBADF)

    def readline(self) -> bytes:
        """Read up to and with the next newline."""
        raise failure(errno.EBADF)

    def write(self, data: bytes) -> None:
        """Write all of `data`."""
        del data
        raise failure(errno.EBADF)

    def write_zeros(self, count: int) -> None:
        """Write `count` zero bytes; a file keeps them sparse."""
        piece = bytes(min(count, 1 << 16))
        while count > 0:
            self.write(piece[:count])
            count -= len(piece)


class Source(Stream):
    """Bytes to read, with a position."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """Read from the position on."""
        end = len(self._data) if size < 0 else min(len(self._data), self._position + size)
        data = self._data[self._position : end]
        self._position = end
        return data

    def readline(self) -> bytes:
        """Read a line."""
        end = self._data.find(b"\n", self._position) + 1
        return self.read((end or len(self._data)) - self._position)


class Sink(Stream):
    """Stdout or stderr of the whole execution: appends to the chunks that they share."""

    def __init__(self, fd: int, chunks: list[Chunk], meter: Meter, *, terminal: bool) -> None:
        self._fd = fd
        self._chunks = chunks
        self._meter = meter
        self.terminal = terminal

    def write(self, data: bytes) -> None:
        """Write; two writes in a row on one descriptor become one chunk."""
        if not data:
            return
        self._meter.output(len(data))
        self._chunks.append(Chunk(self._fd, data))


class Pipe(Stream):
    """Bytes from one command to the next; the writer runs first, the reader after it."""

    def __init__(self, meter: Meter, limit: int | None = PIPE_LIMIT) -> None:
        self._meter = meter
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0
        self._source: Source | None = None
        self.cut = False  # the writer was stopped: there would be more
        self.why: Text | None = None  # what stopped it, when it was not the size

    def write(self, data: bytes) -> None:
        """Keep the bytes for the reader; too many of them end the writer."""
        self._meter.memory(len(data))
        self._pieces.append(data)
        self._size += len(data)
        if self._limit is not None and self._size > self._limit:
            self.cut = True
            raise BrokenPipe

    def content(self) -> bytes:
        """All bytes written so far."""
        return b"".join(self._pieces)

    def _reading(self) -> Source:
        if self._source is None:
            self._source = Source(self.content())
        return self._source

    def read(self, size: int = -1) -> bytes:
        """Read; wanting more than a stopped writer has left is a budget used up."""
        data = self._reading().read(size)
        if self.cut and (size < 0 or not data):
            raise ExhaustedError(
                self.why
                or Text(
                    f"stopped: more than {self._size} bytes, or endless output, went through a pipe",
                    f"停止：经过管道的数据超过 {self._size} 字节，或者没有尽头",
                ),
            )
        return data

    def readline(self) -> bytes:
        """Read a line."""
        line = self._reading().readline()
        if self.cut and not line.endswith(b"\n"):
            self.read()
        return line


class Null(Stream):
    """/dev/null."""

    device = True

    def read(self, size: int = -1) -> bytes:
        """At its end at once."""
        del size
        return b""

    def readline(self) -> bytes:
        """At its end at once."""
        return b""

    def write(self, data: bytes) -> None:
        """Forget."""

    def write_zeros(self, count: int) -> None:
        """Forget."""


class Endless(Stream):
    """/dev/zero, /dev/urandom: `make` gives the next bytes, the same in every run."""

    device = True

    def __init__(self, meter: Meter, make: Callable[[int], bytes], *, zero: bool = False) -> None:
        self._meter = meter
        self._make = make
        self.zero = zero

    def read(self, size: int = -1) -> bytes:
        """Read `size` bytes; reading all of them uses up the budget."""
        if size < 0:
            size = self._meter.budget.memory + 1
        self._meter.memory(size)
        return self._make(size)

    def readline(self) -> bytes:
        """No line ever ends."""
        return self.read()

    def write(self, data: bytes) -> None:
        """Forget."""
