"""One joined line, taken apart: the instruction word, its flags, its words."""

from __future__ import annotations

import re

from course_lib.dockerfile.gotext import SPACE

_BLANKS = re.compile(r"[\t\v\f\r ]+")
_ASCII_SPACE = "\t\n\v\f\r "
_ASCII_BLANKS = re.compile(f"[{_ASCII_SPACE}]+")
_UNQUOTED = re.compile(f"[{SPACE}]+")


def split_command(line: str) -> tuple[str, tuple[str, ...], str]:
    """`RUN --network=none make` -> ("RUN", ("--network=none",), "make")."""
    word, *rest = _BLANKS.split(line.strip(SPACE), maxsplit=1)
    if not rest:
        return word, (), ""
    flags, arguments = _split_flags(rest[0])
    return word, flags, arguments.strip(SPACE)


def blank_separated(text: str) -> tuple[str, ...]:
    """Words between blanks; quotes mean nothing here."""
    return tuple(_BLANKS.split(text)) if text else ()


def name_and_rest(text: str) -> tuple[str, ...]:
    """`NAME the rest` -> ("NAME", "the rest"), one element if there is no rest."""
    return tuple(_BLANKS.split(text, maxsplit=1))


def first_word(text: str) -> tuple[str, str]:
    """`CMD curl -f x` -> ("CMD", "curl -f x"); as in BuildKit, at a blank of ASCII."""
    word, *rest = _ASCII_BLANKS.split(text, maxsplit=1)
    return word, rest[0] if rest else ""


def _split_flags(text: str) -> tuple[tuple[str, ...], str]:
    """The leading words with `--`, without quotes and escapes; `--` alone ends them.

    As in BuildKit, their escape character is the backslash, whatever `# escape=` says, and only
    blanks of ASCII stand between them.
    """
    flags: list[str] = []
    at = 0
    while True:
        while at < len(text) and text[at] in _ASCII_SPACE:
            at += 1
        if not text.startswith("--", at):
            return tuple(flags), text[at:]
        word, at = _flag_word(text, at)
        if word == "--":
            return tuple(flags), text[at:]
        flags.append(word)


def _flag_word(text: str, at: int) -> tuple[str, int]:
    word: list[str] = []
    quote = ""
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
            word.append(text[at : at + 1])
        elif quote:
            if char == quote:
                quote = ""
            else:
                word.append(char)
        elif char in _ASCII_SPACE:
            break
        elif char in "'\"":
            quote = char
        else:
            word.append(char)
        at += 1
    return "".join(word), min(at, len(text))


def quoted_words(text: str, escape: str) -> tuple[str, ...]:
    r"""`a "b c" d\ e` -> ('a', '"b c"', 'd\ e'): blanks in quotes do not split; quotes are kept."""
    if not any(mark in text for mark in ("'", '"', escape)):
        return tuple(word for word in _UNQUOTED.split(text) if word)
    words: list[str] = []
    at = 0
    while True:
        while at < len(text) and text[at] in SPACE:
            at += 1
        if at == len(text):
            return tuple(words)
        word, at = _quoted_word(text, at, escape)
        if word:
            words.append(word)


def _quoted_word(text: str, at: int, escape: str) -> tuple[str, int]:
    word: list[str] = []
    quote = ""
    while at < len(text):
        char = text[at]
        if char == escape and quote != "'":
            if at + 1 == len(text):
                return "".join(word), len(text)  # at the end of the line it says nothing
            word.append(text[at : at + 2])
            at += 2
            continue
        if not quote and char in SPACE:
            break
        if char == quote:
            quote = ""
        elif not quote and char in "'\"":
            quote = char
        word.append(char)
        at += 1
    return "".join(word), at
