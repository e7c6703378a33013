"""Heredocs: `<<EOF` in a line, and the lines below it up to `EOF`."""

from __future__ import annotations

import re

from course_lib.dockerfile.instructions import Heredoc
from course_lib.dockerfile.words import ExpansionError, Style, analyse

_MARK = re.compile(r"(\d*)<<(-?)[ \t\n\f\r]*([^<]*)", re.ASCII)
_LINE = Style(keep_quotes=True, keep_escapes=True, keep_unset=True)
_NAME = Style(keep_unset=True)
_NAME_WITH_QUOTES = Style(keep_quotes=True, keep_unset=True)
_MOST_DIGITS = 18  # of a file descriptor; Go gives up at 64 bits


def heredocs_of_line(line: str) -> tuple[Heredoc, ...]:
    """The heredocs that a joined line asks for, in order and still empty.

    Raises:
        ExpansionError: a name with an open quote.

    """
    try:
        words = analyse(line, {}, _LINE).words
    except ExpansionError:
        return ()  # quotes that the shell may understand: BuildKit looks no further
    found = (heredoc_of_word(word) for word in words)
    return tuple(heredoc for heredoc in found if heredoc is not None)


def heredoc_of_word(word: str) -> Heredoc | None:
    """`3<<-"EOF"` as a heredoc without content; None for any other word.

    Raises:
        ExpansionError: a name with an open quote.

    """
    found = _MARK.fullmatch(word)
    if not found or not found[3]:
        return None
    names = analyse(found[3], {}, _NAME).words
    if len(names) != 1:
        return None
    written = analyse(found[3], {}, _NAME_WITH_QUOTES).words
    return Heredoc(
        names[0],
        "",
        expand=names == written,
        chomp=found[2] == "-",
        fd=int(found[1][:_MOST_DIGITS] or 0),
    )


def ends(line: str, document: Heredoc) -> bool:
    """Whether a line is the terminator of a heredoc."""
    text = line.rstrip("\r\n")
    return (text.lstrip("\t") if document.chomp else text) == document.name
