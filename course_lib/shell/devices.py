"""Devices and the few files of /proc that scripts look at; no layer holds them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Node
from course_lib.shell.streams import Endless, Null, Stream

if TYPE_CHECKING:
    from course_lib.shell.machine import Machine

NAMES = ("full", "null", "random", "tty", "urandom", "zero")
_FOLDERS = {"/dev": NAMES, "/proc": ("cpuinfo", "meminfo", "version"), "/sys": ()}
_FILES = {
    "/proc/version": b"Linux version 6.1.0 (simulated)\n",
    "/proc/cpuinfo": b"processor\t: 0\nmodel name\t: simulated\n\nprocessor\t: 1\nmodel name\t: simulated\n\n",
    "/proc/meminfo": b"MemTotal:        2097152 kB\nMemFree:         1048576 kB\nMemAvailable:    1572864 kB\n",
}


def device(path: str, machine: Machine) -> Stream | None:
    """Open the device at a real path; None when there is no device."""
    if not path.startswith("/dev/") or path[5:] not in NAMES:
        return None
    if path == "/dev/zero":
        return Endless(machine.meter, bytes, zero=True)
    if path in {"/dev/random", "/dev/urandom"}:
        return Endless(machine.meter, machine.noise)
    return Null()


def virtual(path: str) -> Node | None:
    """Return what the kernel shows at a path below /dev, /proc or /sys."""
    if path in _FOLDERS:
        return Directory(0o755 if path == "/dev" else 0o555)
    folder, _, name = path.rpartition("/")
    if folder in _FOLDERS and name in _FOLDERS[folder]:
        mode = 0o666 if folder == "/dev" else 0o444
        return File(Content.of(_FILES.get(path, b"")), mode)
    return None


def virtual_children(path: str) -> tuple[str, ...]:
    """Return the names that the kernel shows in /dev, /proc or /sys."""
    return tuple(_FOLDERS.get(path, ()))


def noise(counter: int, size: int) -> bytes:
    """Return bytes that look random and are the same in every run."""
    return hashlib.shake_128(f"noise {counter}".encode()).digest(size)
