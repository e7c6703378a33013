"""Tar archives, read from front to back: ustar, GNU long names and PAX headers (pax(1), tar(5)).

Every length is checked before it is believed, so a hostile archive costs no more than its own size.
Extended attributes are not kept: files here have none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from course_lib.image.entries import Content
from course_lib.oci.errors import ImageReadError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 512
CHUNK = 1 << 20
_HOLE = 4096  # zeros at the end of a file from this length on are kept as a size alone
_MOST_HEADER = 1 << 20
_MOST_CONTENT = 1 << 30
_ZERO_BLOCK = bytes(BLOCK)

Kind = Literal["file", "hard link", "link", "directory", "special"]
_KINDS: dict[bytes, Kind] = {
    **dict.fromkeys((b"0", b"\0", b"7"), "file"),
    b"1": "hard link",
    b"2": "link",
    b"5": "directory",
    **dict.fromkeys((b"3", b"4", b"6"), "special"),
}


class Readable(Protocol):
    """Bytes from front to back."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member; `name` and `target` as they stand in the archive, `mtime` in seconds since 1970."""

    name: str
    kind: Kind
    mode: int
    uid: int
    gid: int
    mtime: int
    target: str
    size: int
    offset: int


@dataclass(slots=True)
class TarStream:
    """Members in their order; the content of the last one can be read before the next is asked for."""

    source: Readable
    _read: int = 0
    _left: int = 0  # of the last member's content, with its padding
    _size: int = 0
    _globals: dict[str, str] = field(default_factory=dict)

    def members(self) -> Iterator[Member]:
        """All members.

        Raises:
            ImageReadError: it is no tar, or it ends too soon.

        """
        extended: dict[str, str] = {}
        while (block := self._header()) is not None:
            member, kind = _plain(block, self._read)
            if kind in (b"x", b"g"):
                found = _pax(self._body(member.size))
                extended |= found
                if kind == b"g":
                    self._globals |= found
            elif kind == b"L":
                extended["path"] = _text(self._body(member.size).split(b"\0")[0])
            elif kind == b"K":
                extended["linkpath"] = _text(self._body(member.size).split(b"\0")[0])
            else:
                member = _extended(member, {**self._globals, **extended})
                extended = {}
                if member.kind != "file":
                    member = replace(member, size=0)
                self._size = member.size
                self._left = member.size + -member.size % BLOCK
                yield member
                self._skip()
        if extended:
            raise _broken(why="it ends after a header for the next file")

    def content(self) -> Content:
        """The content of the member that was given last.

        Raises:
            ImageReadError: it ends too soon, or holds more than the memory is meant for.

        """
        kept = bytearray()
        zeros = 0
        size, missing = self._size, self._size
        while missing:
            chunk = self._exactly(min(missing, CHUNK))
            missing -= len(chunk)
            bare = chunk.rstrip(b"\0")
            if bare:
                kept += bytes(zeros)
                kept += bare
                zeros = 0
            zeros += len(chunk) - len(bare)
            if len(kept) > _MOST_CONTENT:
                raise _too_large(_MOST_CONTENT)
        self._left -= size
        if zeros < _HOLE:
            kept += bytes(zeros)
        return Content(bytes(kept), size)

    def _header(self) -> bytes | None:
        """The next header; None at the end of the archive."""
        block = self._exactly(BLOCK, at_end=True)
        return None if block in (b"", _ZERO_BLOCK) else block

    def _body(self, size: int) -> bytes:
        """The content of a header about the next member."""
        if size > _MOST_HEADER:
            raise _broken(why=f"a header of {size} bytes")
        return self._exactly(size + -size % BLOCK)[:size]

    def _skip(self) -> None:
        while self._left:
            self._left -= len(self._exactly(min(self._left, CHUNK)))

    def _exactly(self, size: int, *, at_end: bool = False) -> bytes:
        found = self.source.read(size)
        while len(found) < size and (more := self.source.read(size - len(found))):
            found += more
        self._read += len(found)
        if len(found) < size and not (at_end and not found):
            raise _broken(why="it ends too soon")
        return found


def _plain(block: bytes, offset: int) -> tuple[Member, bytes]:
    checked = sum(block) - sum(block[148:156]) + 8 * ord(" ")
    if checked != _number(block[148:156]):
        raise _broken(why="a header has a wrong checksum")
    name = _text(block[:100].split(b"\0")[0])
    prefix = _text(block[345:500].split(b"\0")[0]) if block[257:263] == b"ustar\0" else ""
    kind = block[156:157]
    member = Member(
        name=f"{prefix}/{name}" if prefix else name,
        kind=_KINDS.get(kind, "special"),
        mode=_number(block[100:108]) & 0o7777,
        uid=_number(block[108:116]),
        gid=_number(block[116:124]),
        mtime=_number(block[136:148], signed=True),
        target=_text(block[157:257].split(b"\0")[0]),
        size=_number(block[124:136]),
        offset=offset,
    )
    if kind == b"S":
        raise _sparse(member.name)
    return _folder_by_slash(member), kind


def _folder_by_slash(member: Member) -> Member:
    """Old archives mark a folder by the slash at its end."""
    if member.kind == "file" and member.name.endswith("/"):
        return replace(member, kind="directory")
    return member


def _extended(member: Member, headers: dict[str, str]) -> Member:
    """A member with what its PAX headers say instead."""
    if any(name.startswith("GNU.sparse.") for name in headers):
        raise _sparse(member.name)
    return _folder_by_slash(
        replace(
            member,
            name=headers.get("path") or member.name,
            target=headers.get("linkpath") or member.target,
            size=_decimal(headers.get("size"), member.size),
            uid=_decimal(headers.get("uid"), member.uid),
            gid=_decimal(headers.get("gid"), member.gid),
            mtime=_decimal(headers.get("mtime"), member.mtime, signed=True),
        )
    )


def _pax(data: bytes) -> dict[str, str]:
    """`LENGTH NAME=VALUE` and a line end, again and again."""
    found: dict[str, str] = {}
    start = 0
    while start < len(data) and data[start]:
        length_text, blank, _ = data[start : start + 12].partition(b" ")
        if not blank or not length_text.isdigit():
            raise _broken(why="a PAX header is malformed")
        end = start + int(length_text)
        name, equals, value = data[start + len(length_text) + 1 : end - 1].partition(b"=")
        if not equals or end > len(data) or data[end - 1 : end] != b"\n":
            raise _broken(why="a PAX header is malformed")
        found[_text(name)] = _text(value)
        start = end
    return found


def _number(field_: bytes, *, signed: bool = False) -> int:
    """An octal number in text, or a binary one (GNU) when the highest bit is set."""
    if field_[:1] in (b"\x80", b"\xff"):
        value = int.from_bytes(field_[1:], "big")
        if field_[:1] == b"\xff":
            value -= 1 << 8 * (len(field_) - 1)
    else:
        text = field_.split(b"\0")[0].strip(b" ")
        if text.strip(b"01234567"):
            raise _broken(why="a header has no number where one belongs")
        value = int(text or b"0", 8)
    return _sane(value, signed=signed)


def _decimal(text: str | None, otherwise: int, *, signed: bool = False) -> int:
    if text is None:
        return otherwise
    whole, _, _ = text.partition(".")
    digits = whole.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 20:  # noqa: PLR2004 - more than 64 bits
        raise _broken(why="a PAX header has no number where one belongs")
    return _sane(int(whole), signed=signed)


def _sane(value: int, *, signed: bool) -> int:
    if abs(value) >= 1 << 63 or (value < 0 and not signed):
        raise _broken(why=f"a header says {value}")
    return value


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _broken(why: str) -> ImageReadError:
    return ImageReadError(f"invalid tar archive: {why}")


def _sparse(name: str) -> ImageReadError:
    return ImageReadError(
        message=f"{name}: sparse files in tar archives are not simulated",
        help=Text(
            "Write the archive without tar's option --sparse.",
            "请不要用 tar 的 --sparse 选项打包。",
        ),
    )


def _too_large(most: int) -> ImageReadError:
    return ImageReadError(
        message=f"more than {most} bytes",
        help=Text(
            "The simulator keeps files in memory and takes no larger ones.",
            "模拟器把文件放在内存里，不接受更大的文件。",
        ),
    )
