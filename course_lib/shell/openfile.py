"""A regular file that is open: a position, and written bytes on their way to the file system."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, File
from course_lib.shell.devices import device
from course_lib.shell.files import READ
from course_lib.shell.sayings import failure
from course_lib.shell.streams import Stream

if TYPE_CHECKING:
    from course_lib.shell.files import Files
    from course_lib.shell.machine import Machine

_EMPTY = Content.of(b"")


class OpenFile(Stream):
    """An open file description; `path` is None once the file is removed."""

    def __init__(
        self,
        machine: Machine,
        path: str,
        *,
        readable: bool,
        writable: bool,
        append: bool = False,
    ) -> None:
        self.path: str | None = path
        self._machine = machine
        self._readable = readable
        self._writable = writable
        self._append = append
        self._position = 0
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._zeros = 0  # after the pending bytes
        self._detached = _EMPTY
        machine.opened.add(self)

    def content(self) -> Content:
        """All that the file has now."""
        if self._machine.dirty:
            self._machine.flush()
        return self._content()

    def _content(self) -> Content:
        if self.path is None:
            return self._detached
        node = self._machine.node(self.path)
        return node.content if isinstance(node, File) else _EMPTY

    def detach(self) -> None:
        """The file loses its name; those who have it open keep it."""
        self._detached = self._content()
        self.path = None

    def read(self, size: int = -1) -> bytes:
        """Read from the position on."""
        if not self._readable:
            raise failure(errno.EBADF)
        content = self.content()
        end = content.size if size < 0 else min(content.size, self._position + size)
        if end <= self._position:
            return b""
        data = content.head[self._position : end]
        if missing := end - self._position - len(data):
            self._machine.meter.memory(missing)
            data += bytes(missing)
        self._position = end
        return data

    def readline(self) -> bytes:
        """Read a line."""
        if not self._readable:
            raise failure(errno.EBADF)
        head = self.content().head
        end = head.find(b"\n", self._position) + 1
        return self.read(end - self._position) if end else self.read()

    def write(self, data: bytes) -> None:
        """Write at the position, or at the end when the file was opened to append."""
        if not data:
            return
        if self._zeros:
            self._machine.meter.memory(self._zeros)
            self._pending.append(bytes(self._zeros))
            self._zeros = 0
        self._claim(len(data))
        self._machine.meter.memory(len(data))
        self._pending.append(data)

    def write_zeros(self, count: int) -> None:
        """Write zeros; at the end of the file they take no memory."""
        self._claim(count)
        self._zeros += count

    def seek(self, position: int) -> None:
        """Set the position for the next read or write."""
        self._machine.flush()
        self._position = position

    def truncate(self) -> None:
        """Cut the file at the position; beyond the end, fill with zeros."""
        content = self.content()
        size = self._position
        self._replace(Content(content.head[:size], size))

    def _claim(self, size: int) -> None:
        machine = self._machine
        if not self._writable:
            raise failure(errno.EBADF)
        if not machine.meter.disk(size):
            raise failure(errno.ENOSPC)
        if machine.dirty and machine.dirty[-1] is not self:
            machine.flush()
        if not machine.dirty:
            machine.dirty.append(self)

    def flush(self) -> None:
        """Bring the pending bytes into the file."""
        data = b"".join(self._pending)
        zeros = self._zeros
        self._pending.clear()
        self._zeros = 0
        old = self._content()
        start = old.size if self._append else self._position
        end = start + len(data) + zeros
        self._position = end
        if start >= len(old.head) and start >= old.size == len(old.head):
            gap = start - old.size
            head = old.head + bytes(gap) + data if data else old.head
            self._replace(Content(head, end))
            return
        self._machine.meter.memory(old.size - len(old.head))
        whole = old.data
        whole = whole[:start].ljust(start, b"\0") + data + bytes(zeros) + whole[end:]
        self._replace(Content.of(whole))

    def _replace(self, content: Content) -> None:
        if self.path is None:
            self._detached = content
        else:
            self._machine.replace_content(self.path, content)


def open_for_reading(files: Files, path: str) -> Stream:
    """`open(path, O_RDONLY)`.

    Raises:
        OSError: as `Files.stat`, and EACCES.

    """
    place = files.locate(path)
    found = device(place.path, files.machine)
    if found is not None:
        return found
    if place.node is None:
        raise failure(errno.ENOENT, path)
    if not files.allows(place.node, READ):
        raise failure(errno.EACCES, path)
    return OpenFile(files.machine, place.path, readable=True, writable=False)


def open_for_writing(
    files: Files,
    path: str,
    *,
    append: bool = False,
    keep: bool = False,
) -> Stream:
    """Open to overwrite (`>`), to append (`>>`), or, with `keep`, to read and write (`<>`).

    Raises:
        OSError: as `Files.writable`.

    """
    place = files.writable(path)
    if place is None:
        return device(files.locate(path).path, files.machine) or Stream()
    stream = OpenFile(files.machine, place, readable=keep, writable=True, append=append)
    if not append and not keep and stream.content().size:
        files.machine.replace_content(place, _EMPTY)
    return stream
