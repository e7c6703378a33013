"""grep."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File
from course_lib.shell.options import LeaveProgram, parse, try_help
from course_lib.shell.programs.reading import inputs
from course_lib.shell.programs.text import lines_of
from course_lib.shell.regex import Regex, any_of
from course_lib.shell.regexsyntax import RegexError
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_LONG_LINE = 100_000
_LONG_LINE_WORDS = f"on a line of more than {_LONG_LINE} characters"


def _grep(task: Task) -> int:
    given = parse(
        task, "EFGqvincrRlLohHxwse:f:m:A:B:C:aIP",
        {"extended-regexp": "E", "fixed-strings": "F", "basic-regexp": "G", "quiet": "q",
         "silent": "q", "invert-match": "v", "ignore-case": "i", "line-number": "n", "count": "c",
         "recursive": "r", "files-with-matches": "l", "files-without-match": "L",
         "only-matching": "o", "no-filename": "h", "with-filename": "H", "line-regexp": "x",
         "word-regexp": "w", "no-messages": "s", "regexp=": "e", "file=": "f", "max-count=": "m",
         "color=": "Z", "color": "Z", "include=": "N", "text": "a", "after-context=": "A",
         "before-context=": "B", "context=": "C", "perl-regexp": "P"},
        real="bTUVzd", status=2,
    )  # fmt: skip
    if "P" in given or "N" in given:
        raise task.not_simulated("-P" if "P" in given else "--include")
    search = _Search(task, given)
    return search.run()


class _Search:
    def __init__(self, task: Task, given: Given) -> None:
        self._task = task
        self._given = given
        operands = list(given.operands)
        patterns = [part for text in given.values("e") for part in text.split("\n")]
        for name in given.values("f"):
            patterns.extend(decoded(line) for line in lines_of(task, task.files.read(name)))
        if "e" not in given and "f" not in given:
            if not operands:
                task.err(f"Usage: {task.name} [OPTION]... PATTERNS [FILE]...")
                raise try_help(task, 2)
            patterns = operands.pop(0).split("\n")
        self._operands = tuple(operands)
        self._expression = self._compiled(patterns)
        self._after = given.number("A", given.number("C", 0))
        self._before = given.number("B", given.number("C", 0))

    def _compiled(self, patterns: list[str]) -> Regex:
        given = self._given
        name = self._task.name
        around = ("", "")
        if "x" in given:
            around = ("^", "$")
        elif "w" in given:
            around = (r"(?<!\w)", r"(?!\w)")
        try:
            return any_of(
                patterns,
                extended="E" in given or name == "egrep",
                fixed="F" in given or name == "fgrep",
                ignore_case="i" in given,
                around=around,
            )
        except RegexError as error:
            self._task.complain(str(error))
            raise LeaveProgram(2) from error

    def run(self) -> int:
        given = self._given
        failed: list[str] = []
        found = False
        recursive = "r" in given or "R" in given
        named = ("H" in given or recursive or len(self._operands) > 1) and "h" not in given
        for name, data in self._data(failed, recursive=recursive):
            hit = self._one(name, data, named=named)
            found = found or hit
            if hit and "q" in given:
                return 0
        if failed:
            return 2
        return int(not found)

    def _data(self, failed: list[str], *, recursive: bool) -> Iterator[tuple[str, bytes]]:
        task = self._task
        operands = self._operands or ((".",) if recursive else ())
        plain: list[str] = []
        for name in operands:
            node = task.files.find(name)
            if isinstance(node, Directory) and recursive:
                for path, inner in task.files.walk(name):
                    if isinstance(inner, File):
                        shown = path if self._operands else posixpath.relpath(path, ".")
                        yield shown, task.files.read(path)
            elif isinstance(node, Directory):
                task.complain(f"{name}: Is a directory")
            else:
                plain.append(name)
                continue
        if plain or not operands:
            quiet = "s" in self._given
            names = tuple(n for n in plain if not quiet or task.files.find(n) is not None)
            failed.extend(["?"] * (len(plain) - len(names)))
            if names or not plain:
                for name, stream in inputs(task, names, failed):
                    yield ("(standard input)" if name == "-" else name), stream.read()

    def _one(self, name: str, data: bytes, *, named: bool) -> bool:
        given, task = self._given, self._task
        lines = [decoded(line) for line in lines_of(task, data)]
        hits = self._hits(lines)
        prefix = f"{name}:" if named else ""
        if "q" in given:
            return bool(hits)
        if "l" in given or "L" in given:
            if bool(hits) == ("l" in given):
                task.out(name + "\n")
        elif "c" in given:
            task.out(f"{prefix}{len(hits)}\n")
        elif hits and b"\0" in data and "a" not in given:
            task.out(f"Binary file {name} matches\n")
        elif "o" in given:
            self._print_matches(lines, hits, prefix)
        else:
            self._print(lines, hits, name if named else "")
        return bool(hits)

    def _hits(self, lines: list[str]) -> list[int]:
        given, task = self._given, self._task
        limit = given.number("m") if "m" in given else len(lines)
        hits: list[int] = []
        for number, line in enumerate(lines):
            if len(hits) >= limit:
                break
            task.machine.meter.step(1 if number % 64 == 0 else 0)
            if len(line) > _LONG_LINE:
                raise task.not_simulated(_LONG_LINE_WORDS)
            if (self._expression.search(line) is None) == ("v" in given):
                hits.append(number)
        return hits

    def _print_matches(self, lines: list[str], hits: list[int], prefix: str) -> None:
        for number in hits:
            where = f"{number + 1}:" if "n" in self._given else ""
            for piece in self._expression.all(lines[number]):
                if piece.group():
                    self._task.out(f"{prefix}{where}{piece.group()}\n")

    def _print(self, lines: list[str], hits: list[int], name: str) -> None:
        task = self._task
        hit = set(hits)
        last = -1
        for number in hits:
            first = max(number - self._before, last + 1)
            if (self._after or self._before) and last >= 0 and first > last + 1:
                task.out("--\n")
            for shown in range(first, min(number + self._after + 1, len(lines))):
                if shown > number and shown in hit:
                    break
                mark = ":" if shown in hit else "-"
                prefix = (name + mark if name else "") + (
                    f"{shown + 1}{mark}" if "n" in self._given else ""
                )
                task.out(f"{prefix}{lines[shown]}\n")
                last = shown


COMMANDS: dict[str, Callable[[Task], int]] = {"grep": _grep, "egrep": _grep, "fgrep": _grep}
