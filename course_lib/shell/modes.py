"""File modes as people write them: `755`, `u+x,go-w`, `rwxr-xr-x`."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)\Z")
_ACTION = re.compile(r"([-+=])([ugo]|[rwxXst]*)")
_BITS = {"r": 0o444, "w": 0o222, "x": 0o111}
_WHO = {"u": 0o4700, "g": 0o2070, "o": 0o1007, "a": 0o7777}
_SHIFT = {"u": 6, "g": 3, "o": 0}
_ALL = 0o7777
_FULL = 5  # digits with which chmod sets a directory's special bits too


class ModeError(ValueError):
    """A mode that is neither octal nor symbolic."""


def changed_mode(text: str, mode: int, *, directory: bool, umask: int = 0o022) -> int:
    """Apply an octal or symbolic mode to the mode of a file.

    Raises:
        ModeError: for anything else.

    """
    if re.fullmatch(r"[0-7]{1,5}", text) and int(text, 8) <= _ALL:
        kept = mode & 0o6000 if directory and len(text) < _FULL else 0
        return int(text, 8) | kept
    for clause in text.split(","):
        match = _CLAUSE.match(clause)
        if match is None:
            raise ModeError(text)
        for operator, permissions in _ACTION.findall(match[2]):
            mode = _applied(match[1], operator, permissions, mode, directory=directory, umask=umask)
    return mode


def _applied(  # noqa: PLR0913 - the parts of one clause of a mode
    who: str,
    operator: str,
    permissions: str,
    mode: int,
    *,
    directory: bool,
    umask: int,
) -> int:
    mask = 0
    for letter in who:
        mask |= _WHO[letter]
    if not who:
        mask = _ALL & ~umask
    if permissions in _SHIFT:
        bits = (mode >> _SHIFT[permissions] & 0o7) * 0o111
    else:
        anyone = 0o111 if directory or mode & 0o111 else 0
        known = {**_BITS, "X": anyone, "s": 0o6000, "t": 0o1000}
        bits = 0
        for letter in permissions:
            bits |= known[letter]
    bits &= mask
    if operator == "+":
        return mode | bits
    if operator == "-":
        return mode & ~bits
    cleared = (mask if who else _ALL) & ~(0o6000 if directory else 0)
    return mode & ~cleared | bits


def symbolic(mode: int) -> str:
    """`u=rwx,g=rx,o=rx`."""
    shown = []
    for who, shift in _SHIFT.items():
        bits = mode >> shift
        shown.append(
            f"{who}=" + "".join(c for c, b in zip("rwx", (4, 2, 1), strict=True) if bits & b),
        )
    return ",".join(shown)


def listed(mode: int, kind: str) -> str:
    """`-rwxr-xr-x`, as `ls -l` shows a mode; `kind` is `-`, `d` or `l`."""
    shown = [kind]
    for shift, special, low, high in (
        (6, 0o4000, "s", "S"),
        (3, 0o2000, "s", "S"),
        (0, 0o1000, "t", "T"),
    ):
        bits = mode >> shift
        shown.append("r" if bits & 4 else "-")
        shown.append("w" if bits & 2 else "-")
        executable = bits & 1
        if mode & special:
            shown.append(low if executable else high)
        else:
            shown.append("x" if executable else "-")
    return "".join(shown)
