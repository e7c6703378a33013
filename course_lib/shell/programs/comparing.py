"""diff: which lines of two files differ, GNU's normal and unified formats, busybox's unified."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File
from course_lib.shell.dates import moment
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_TROUBLE = 2
_CONTEXT = 3
_WORK = 500  # pairs of lines compared in a step
_NO_NEWLINE = "\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines `start:end` of the first file give place to `start:end` of the second."""

    old: tuple[int, int]
    new: tuple[int, int]


def hunks(task: Task, old: list[str], new: list[str]) -> list[Hunk]:
    """The smallest set of changed lines."""
    top = 0
    while top < min(len(old), len(new)) and old[top] == new[top]:
        top += 1
    end = 0
    while end < min(len(old), len(new)) - top and old[-1 - end] == new[-1 - end]:
        end += 1
    kept = _common(task, old[top : len(old) - end], new[top : len(new) - end])
    pairs = [(top + one, top + other) for one, other in kept]
    found: list[Hunk] = []
    before = (top - 1, top - 1)
    for pair in [*pairs, (len(old) - end, len(new) - end)]:
        if pair[0] - before[0] > 1 or pair[1] - before[1] > 1:
            found.append(Hunk((before[0] + 1, pair[0]), (before[1] + 1, pair[1])))
        before = pair
    return found


def _common(task: Task, old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of places."""
    task.machine.meter.step(len(old) * len(new) // _WORK)
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for one in range(len(old) - 1, -1, -1):
        row, below = lengths[one], lengths[one + 1]
        for other in range(len(new) - 1, -1, -1):
            same = old[one] == new[other]
            row[other] = below[other + 1] + 1 if same else max(below[other], row[other + 1])
    pairs: list[tuple[int, int]] = []
    one = other = 0
    while one < len(old) and other < len(new):
        if old[one] == new[other]:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif lengths[one + 1][other] >= lengths[one][other + 1]:
            one += 1
        else:
            other += 1
    return pairs


def _diff(task: Task) -> int:
    given = parse(
        task, "uU:qrNsa",
        {"unified": "u", "brief": "q", "recursive": "r", "new-file": "N", "text": "a",
         "report-identical-files": "s"},
        real="bBcCdeEiInptTwWxXy", status=_TROUBLE,
    )  # fmt: skip
    if len(given.operands) != 2:  # noqa: PLR2004 - two files
        raise missing_operand(task)
    first, second = given.operands
    return _Comparison(task, given).of(first, second)


class _Comparison:
    def __init__(self, task: Task, given: Given) -> None:
        self._task = task
        self._given = given

    def of(self, first: str, second: str) -> int:
        """Compare two files, two directories, or a directory's file with a file."""
        is_directory = self._task.files.is_directory
        if is_directory(first) and is_directory(second):
            return self._directories(first, second)
        if is_directory(first):
            first = posixpath.join(first, posixpath.basename(second))
        elif is_directory(second):
            second = posixpath.join(second, posixpath.basename(first))
        return self._files(first, second, "")

    def _directories(self, first: str, second: str) -> int:
        files = self._task.files
        self._task.machine.meter.step()
        status = 0
        names = (set(files.names(first)), set(files.names(second)))
        for name in sorted(names[0] | names[1]):
            for there, folder in zip(names, (first, second), strict=True):
                if name not in there and "N" not in self._given:
                    other = second if folder is first else first
                    self._task.out(f"Only in {other}: {name}\n")
                    status = 1
                    break
            else:
                status = max(
                    status, self._both(posixpath.join(first, name), posixpath.join(second, name))
                )
        return status

    def _both(self, one: str, other: str) -> int:
        files = self._task.files
        if not (files.is_directory(one) and files.is_directory(other)):
            options = " ".join(f"-{letter}" for letter, _ in self._given.options)
            title = f"diff {options} {one} {other}\n" if options else f"diff {one} {other}\n"
            return self._files(one, other, title)
        if "r" in self._given:
            return self._directories(one, other)
        self._task.out(f"Common subdirectories: {one} and {other}\n")
        return 0

    def _files(self, first: str, second: str, title: str) -> int:
        task = self._task
        texts: list[str] = []
        status = 0
        for name in (first, second):
            try:
                texts.append(self._text(name))
            except OSError as error:
                shown = f"can't stat '{name}'" if task.busybox else name
                status = task.complain(f"{shown}: {words(error)}", _TROUBLE)
                if task.busybox:
                    break
        if status:
            return status
        if texts[0] == texts[1]:
            if "s" in self._given:
                task.out(f"Files {first} and {second} are identical\n")
            return 0
        if "q" in self._given:
            task.out(f"Files {first} and {second} differ\n")
            return 1
        if any("\0" in text for text in texts):
            kind = "Files" if task.busybox else "Binary files"
            task.out(f"{kind} {first} and {second} differ\n")
            return 1
        old, new = (text.splitlines(keepends=True) for text in texts)
        if task.busybox:
            title = ""
        task.out(title + self._shown(first, second, old, new))
        return 1

    def _text(self, name: str) -> str:
        task = self._task
        if name == "-":
            return decoded(task.stdin.read())
        if "N" in self._given and task.files.find(name) is None:
            return ""
        task.files.file(name)
        return decoded(task.files.read(name))

    def _shown(self, first: str, second: str, old: list[str], new: list[str]) -> str:
        found = hunks(self._task, old, new)
        if "u" in self._given or "U" in self._given or self._task.busybox:
            context = self._given.number("U", _CONTEXT)
            head = f"--- {first}{self._time(first)}\n+++ {second}{self._time(second)}\n"
            return head + "".join(
                _unified(group, old, new, context) for group in _groups(found, context)
            )
        return "".join(_normal(hunk, old, new) for hunk in found)

    def _time(self, name: str) -> str:
        if self._task.busybox:
            return ""
        node = self._task.files.find(name)
        mtime = node.mtime if isinstance(node, (File, Directory)) else 0
        when = moment(mtime)
        return f"\t{when:%Y-%m-%d %H:%M:%S}.000000000 +0000"


def _line(mark: str, text: str) -> str:
    return mark + text if text.endswith("\n") else f"{mark}{text}\n{_NO_NEWLINE}"


def _normal(hunk: Hunk, old: list[str], new: list[str]) -> str:
    (start, end), (begin, stop) = hunk.old, hunk.new
    letter = "a" if start == end else "d" if begin == stop else "c"
    pieces = [f"{_range(start, end)}{letter}{_range(begin, stop)}\n"]
    pieces += [_line("< ", text) for text in old[start:end]]
    if letter == "c":
        pieces.append("---\n")
    pieces += [_line("> ", text) for text in new[begin:stop]]
    return "".join(pieces)


def _range(start: int, end: int) -> str:
    if end - start > 1:
        return f"{start + 1},{end}"
    return str(end)


def _groups(found: list[Hunk], context: int) -> list[list[Hunk]]:
    groups: list[list[Hunk]] = []
    for hunk in found:
        if groups and hunk.old[0] - groups[-1][-1].old[1] <= 2 * context:
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
    return groups


def _unified(group: list[Hunk], old: list[str], new: list[str], context: int) -> str:
    start = max(0, group[0].old[0] - context)
    begin = max(0, group[0].new[0] - context)
    end = min(len(old), group[-1].old[1] + context)
    stop = min(len(new), group[-1].new[1] + context)
    pieces = [f"@@ -{_span(start, end)} +{_span(begin, stop)} @@\n"]
    at = start
    for hunk in group:
        pieces += [_line(" ", text) for text in old[at : hunk.old[0]]]
        pieces += [_line("-", text) for text in old[hunk.old[0] : hunk.old[1]]]
        pieces += [_line("+", text) for text in new[hunk.new[0] : hunk.new[1]]]
        at = hunk.old[1]
    pieces += [_line(" ", text) for text in old[at:end]]
    return "".join(pieces)


def _span(start: int, end: int) -> str:
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"


COMMANDS: dict[str, Callable[[Task], int]] = {"diff": _diff}
