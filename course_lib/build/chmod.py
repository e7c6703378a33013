"""`--chmod`: an octal number, or symbols as in `chmod u=rwX,go-w`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_lib.build.errors import InstructionError
from course_lib.text import Text

_HIGHEST = 0o7777
_CLAUSE = re.compile(r"([ugoa]*)((?:[-+=][rwxXst]*|[-+=][ugo])+)")
_ACTION = re.compile(r"([-+=])([ugo]|[rwxXst]*)")
_BITS = {"r": 0o444, "w": 0o222, "x": 0o111}
_WHO = {"u": 0o4700, "g": 0o2070, "o": 0o1007, "a": 0o7777}
_SHIFT = {"u": 6, "g": 3, "o": 0}
_ANY_X = 0o111


@dataclass(frozen=True, slots=True)
class Chmod:
    """The value of `--chmod`, read."""

    octal: int | None
    clauses: tuple[tuple[str, str], ...] = ()  # who, what: ("go", "-w")

    @classmethod
    def parse(cls, text: str) -> Chmod:
        """Read a value.

        Raises:
            InstructionError: `invalid chmod parameter: '999'. ...`.

        """
        if re.fullmatch(r"[0-7]+", text) and int(text, 8) <= _HIGHEST:
            return cls(int(text, 8))
        found = [_CLAUSE.fullmatch(clause) for clause in text.split(",")]
        clauses = tuple((match[1], match[2]) for match in found if match)
        if len(clauses) == len(found):
            return cls(None, clauses)
        raise InstructionError(
            message=f"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777",
            help=Text(
                "--chmod takes a mode like 755 or 0644, or symbols like u+x,go-w.",
                "--chmod 后面写 755、0644 这样的八进制数，或 u+x,go-w 这样的符号。",
            ),
        )

    def applied(self, mode: int, *, directory: bool) -> int:
        """The new mode of a file or folder that had `mode`."""
        if self.octal is not None:
            return self.octal
        for who, actions in self.clauses:
            mask = 0
            for letter in who or "a":
                mask |= _WHO[letter]
            for sign, what in _ACTION.findall(actions):
                mode = _act(mode, sign, mask & _bits(what, mode, directory=directory), mask)
        return mode


def _act(mode: int, sign: str, bits: int, mask: int) -> int:
    if sign == "+":
        return mode | bits
    if sign == "-":
        return mode & ~bits
    return mode & ~(mask & 0o777) | bits


def _bits(what: str, mode: int, *, directory: bool) -> int:
    if what in _SHIFT and what:
        return (mode >> _SHIFT[what] & 0o7) * 0o111
    bits = 0
    for letter in what:
        if letter == "X":
            bits |= _ANY_X if directory or mode & _ANY_X else 0
        elif letter == "s":
            bits |= 0o6000
        elif letter == "t":
            bits |= 0o1000
        else:
            bits |= _BITS[letter]
    return bits
