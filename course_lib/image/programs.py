"""Simulated executables: files that look like ELF programs and say which program they stand for.

A program is its bytes, so `cp /bin/ls /tmp/x` makes another program that lists directories. A real busybox,
in an image that was made elsewhere, is known by its bytes too: its banner and its usage stand in it.
"""

from __future__ import annotations

from functools import lru_cache

from course_lib.image.entries import Content

_ELF = b"\x7fELF"
_BUSYBOX_BANNER = b"BusyBox v"  # before its version
_BUSYBOX_USAGE = b"multi-call binary"
MAGIC = b"\x7fELF\x02\x01\x01\x00" + bytes(8) + b"simulated program: "


def program(name: str, size: int) -> Content:
    """Return the bytes of the program `name`: a head that names it, then zeros up to `size` bytes.

    A size too small for the head gives the head alone.
    """
    head = MAGIC + name.encode() + b"\n"
    return Content(head, max(size, len(head)))


def program_name(content: Content) -> str | None:
    """Return the name of the program that these bytes are, None for any other file."""
    if not content.head.startswith(MAGIC):
        return "busybox" if content.head.startswith(_ELF) and _is_busybox(content) else None
    name, newline, _ = content.head[len(MAGIC) :].partition(b"\n")
    return name.decode("utf-8", "replace") if newline else None


@lru_cache(maxsize=16)  # a shell script starts the same few programs again and again
def _is_busybox(content: Content) -> bool:
    return _BUSYBOX_BANNER in content.head and _BUSYBOX_USAGE in content.head
