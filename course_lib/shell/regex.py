"""POSIX regular expressions, basic and extended, as Python's."""

from __future__ import annotations

import re

_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z",
    "space": r"\s", "blank": r" \t", "punct": r"!-/:-@\[-`{-~", "print": " -~", "graph": "!-~",
    "cntrl": r"\x00-\x1f\x7f", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_BRACKET = re.compile(r"\[\^?\]?(?:\[:[a-z]+:\]|\[\.[^.]*\.\]|[^]])*\]")
_INTERVAL = re.compile(r"\d*(?:,\d*)?")
_MOST = 2000
_GNU = {
    "w": r"\w",
    "W": r"\W",
    "s": r"\s",
    "S": r"\S",
    "b": r"\b",
    "B": r"\B",
    "<": r"\b(?=\w)",
    ">": r"\b(?<=\w)",
    "`": r"\A",
    "'": r"\Z",
}


class RegexError(ValueError):
    """A regular expression with something unbalanced in it."""


def translate(pattern: str, *, extended: bool) -> str:
    """Rewrite a POSIX pattern for `re`; nested repetition that could take forever is refused.

    Raises:
        RegexError: for a pattern that does not compile.

    """
    if len(pattern) > _MOST:
        msg = "Regular expression too big"
        raise RegexError(msg)
    result = _Translation(pattern, extended=extended).run()
    try:
        re.compile(result)
    except (re.error, OverflowError, RecursionError) as error:
        msg = "Invalid regular expression"
        raise RegexError(msg) from error
    return result


class _Translation:
    def __init__(self, pattern: str, *, extended: bool) -> None:
        self._pattern = pattern
        self._extended = extended
        self._position = 0
        self._out: list[str] = []
        self._open = 0

    def run(self) -> str:
        pattern = self._pattern
        while self._position < len(pattern):
            char = pattern[self._position]
            if char == "\\":
                self._backslash()
            elif char == "[":
                self._bracket()
            elif self._extended:
                self._position += 1
                self._extended_char(char)
            else:
                self._position += 1
                self._basic_char(char)
        if self._open:
            msg = "Unmatched ( or \\("
            raise RegexError(msg)
        return "".join(self._out)

    def _at_start(self) -> bool:
        return not self._out or self._out[-1] in {"(", "|", "^"}

    def _basic_char(self, char: str) -> None:
        if char == "*" and not self._at_start():
            self._repeat("*")
        elif char == ".":
            self._out.append(".")
        elif char == "^" and (not self._out or self._out[-1] in {"(", "|"}):
            self._out.append("^")
        elif char == "$" and self._at_end():
            self._out.append("$")
        else:
            self._out.append(re.escape(char))

    def _at_end(self) -> bool:
        rest = self._pattern[self._position :]
        return not rest or rest.startswith(("\\)", "\\|"))

    def _extended_char(self, char: str) -> None:
        if char in "*+?" and not self._at_start():
            self._repeat(char)
        elif char == "{" and not self._at_start():
            self._interval("}")
        elif char == "(":
            self._group_open()
        elif char == ")" and self._open:
            self._group_close()
        elif char in "|.^$":
            self._out.append(char)
        else:
            self._out.append(re.escape(char))

    def _repeat(self, mark: str) -> None:
        if self._out[-1] in {"*", "+", "?", "*+"} or self._out[-1].startswith("{"):
            self._out[-1] = self._out[-1] if self._out[-1] == mark else "*"
        else:
            self._out.append(mark)

    def _group_open(self) -> None:
        self._open += 1
        self._out.append("(")

    def _group_close(self) -> None:
        self._open -= 1
        self._out.append(")")

    def _interval(self, closing: str) -> None:
        match = _INTERVAL.match(self._pattern, self._position)
        end = match.end() if match else self._position
        if not self._pattern.startswith(closing, end):
            if self._extended:
                self._out.append(re.escape("{"))
                return
            msg = "Unmatched \\{"
            raise RegexError(msg)
        self._out.append("{" + (self._pattern[self._position : end] or "0") + "}")
        self._position = end + len(closing)

    def _backslash(self) -> None:
        char = self._pattern[self._position + 1 : self._position + 2]
        self._position += 2
        if not char:
            msg = "Trailing backslash"
            raise RegexError(msg)
        if not self._extended and char in "(){}|+?":
            self._basic_escape(char)
        elif char.isdecimal() and char != "0":
            self._out.append(f"(?:\\{char})")
        elif char in _GNU:
            self._out.append(_GNU[char])
        elif char == "n":
            self._out.append("\\n")
        elif char == "t":
            self._out.append("\\t")
        else:
            self._out.append(re.escape(char))

    def _basic_escape(self, char: str) -> None:
        if char == "(":
            self._group_open()
        elif char == ")":
            if not self._open:
                msg = "Unmatched ) or \\)"
                raise RegexError(msg)
            self._group_close()
        elif char == "{":
            self._interval("\\}")
        elif char == "|":
            self._out.append("|")
        elif char in "+?" and not self._at_start():
            self._repeat(char)
        else:
            self._out.append(re.escape(char))

    def _bracket(self) -> None:
        match = _BRACKET.match(self._pattern, self._position)
        if match is None:
            msg = "Invalid regular expression"
            raise RegexError(msg)
        self._position = match.end()
        body = match.group()[1:-1]
        negated = body.startswith("^")
        body = body[negated:]
        result: list[str] = []
        position = 0
        while position < len(body):
            named = re.match(r"\[:([a-z]+):\]", body[position:])
            if named and named[1] in _CLASSES:
                result.append(_CLASSES[named[1]])
                position += named.end()
                continue
            char = body[position]
            is_range = char == "-" and 0 < position < len(body) - 1
            result.append(char if is_range else _in_set(char))
            position += 1
        self._out.append(f"[{'^' if negated else ''}{''.join(result)}]")


def _in_set(char: str) -> str:
    return "\\" + char if char in r"\]^-[&~|" else char
