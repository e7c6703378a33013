"""Shell patterns: `*`, `?`, `[a-z]`, with quoted characters standing for themselves.

A pattern is pieces of text with a flag that says whether they are quoted. The regular
expressions made here use atomic groups for `*`, so that no pattern takes exponential time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory
from course_lib.shell.task import encoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.shell.files import Files


Pieces = tuple[tuple[str, bool], ...]

_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z",
    "space": r" \t\n\r\f\v", "blank": r" \t", "punct": r"!-/:-@\[-`{-~", "print": " -~",
    "graph": "!-~", "cntrl": r"\x00-\x1f\x7f", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_NEVER = "(?!)"
_STAR = "*"


def has_magic(pieces: Iterable[tuple[str, bool]]) -> bool:
    """Whether an unquoted pattern character is there."""
    for text, quoted in pieces:
        if not quoted and ("*" in text or "?" in text):
            return True
    plain = "".join(text for text, quoted in pieces if not quoted)
    return "]" in plain[plain.find("[") + 1 :] if "[" in plain else False


@lru_cache(maxsize=512)
def compiled(pieces: Pieces) -> re.Pattern[str]:
    """Compile a pattern for `fullmatch`."""
    return re.compile(_joined(_tokens(pieces)), re.DOTALL)


def matches(pieces: Pieces, text: str) -> bool:
    """Whether all of `text` matches."""
    return compiled(pieces).fullmatch(text) is not None


def _joined(tokens: list[str]) -> str:
    """Join tokens; the text between two stars is found once, at its first place."""
    runs: list[list[str]] = [[]]
    for token in tokens:
        if token is _STAR:
            runs.append([])
        else:
            runs[-1].append(token)
    result = "".join(runs[0])
    for run in runs[1:-1]:
        if run:
            result += f"(?>.*?{''.join(run)})"
    if len(runs) > 1:
        result += ".*" + "".join(runs[-1])
    return result


def _tokens(pieces: Pieces) -> list[str]:
    chars = [(char, quoted) for text, quoted in pieces for char in text]
    tokens: list[str] = []
    position = 0
    while position < len(chars):
        char, quoted = chars[position]
        position += 1
        if quoted:
            tokens.append(re.escape(char))
        elif char == "*":
            if not tokens or tokens[-1] is not _STAR:
                tokens.append(_STAR)
        elif char == "?":
            tokens.append(".")
        elif char == "[":
            found = _bracket(chars, position)
            if found is None:
                tokens.append(r"\[")
            else:
                token, position = found
                tokens.append(token)
        elif char == "\\" and position < len(chars):
            tokens.append(re.escape(chars[position][0]))
            position += 1
        else:
            tokens.append(re.escape(char))
    return tokens


def _bracket(chars: list[tuple[str, bool]], position: int) -> tuple[str, int] | None:
    """Read `[...]` from after the bracket; None when it is not closed."""
    negated = position < len(chars) and chars[position] in {("!", False), ("^", False)}
    position += negated
    inside: list[str] = []
    first = True
    while position < len(chars):
        char, quoted = chars[position]
        if char == "]" and not quoted and not first:
            body = "".join(inside)
            if not body:
                return ("." if negated else _NEVER), position + 1
            return f"[{'^' if negated else ''}{body}]", position + 1
        first = False
        if char == "[" and not quoted and (found := _class(chars, position)) is not None:
            content, position = found
            inside.append(content)
            continue
        position += 1
        if char == "\\" and not quoted and position < len(chars):
            char = chars[position][0]
            position += 1
        has_range = (
            position + 1 < len(chars)
            and chars[position] == ("-", False)
            and chars[position + 1] != ("]", False)
        )
        if has_range:
            last = chars[position + 1][0]
            position += 2
            if char <= last:
                inside.append(f"{_in_set(char)}-{_in_set(last)}")
        else:
            inside.append(_in_set(char))
    return None


def _class(chars: list[tuple[str, bool]], position: int) -> tuple[str, int] | None:
    text = "".join(char for char, _ in chars[position : position + 12])
    match = re.match(r"\[:([a-z]+):\]", text)
    if match is None or match[1] not in _CLASSES:
        return None
    return _CLASSES[match[1]], position + match.end()


def _in_set(char: str) -> str:
    return "\\" + char if char in r"\]^-[&~|" else char


def file_names(pieces: Pieces, files: Files) -> list[str]:
    """Expand a pattern to the paths that match, in the order of their bytes; [] for none."""
    components = _components(pieces)
    found = [""]
    if components and not components[0]:
        found = ["/"]
        while components and not components[0]:
            components.pop(0)
    for number, component in enumerate(components):
        last = number == len(components) - 1
        following: list[str] = []
        for base in found:
            following.extend(_step(base, component, files, last=last))
        found = following
    return sorted(found, key=encoded)


def _components(pieces: Pieces) -> list[list[tuple[str, bool]]]:
    components: list[list[tuple[str, bool]]] = [[]]
    for text, quoted in pieces:
        first, *others = text.split("/")
        if first:
            components[-1].append((first, quoted))
        components.extend([[(other, quoted)] if other else [] for other in others])
    return components


def _step(base: str, component: list[tuple[str, bool]], files: Files, *, last: bool) -> list[str]:
    text = "".join(piece for piece, _ in component)
    if not text:  # `a//b` or a slash at the end
        return [base] if files.is_directory(base or ".") else []
    if not has_magic(component):
        path = base + text
        if last:
            return [path] if files.find(path, follow=False) is not None else []
        return [path + "/"]
    hidden = text.startswith(".")
    try:
        names = files.names(base or ".")
    except OSError:  # what can't be read matches nothing
        return []
    if hidden:
        names = [".", "..", *names]
    pattern = compiled(tuple(component))
    paths = [
        base + name
        for name in names
        if (hidden or not name.startswith(".")) and pattern.fullmatch(name)
    ]
    if last:
        return paths
    return [path + "/" for path in paths if isinstance(files.find(path), Directory)]
