"""Two builds of one name: what was edited, which step lost its place in the cache, and why."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.sheet import EMPTY, Cell, plain, sheet, words
from course_lib.views.timeline import Fate, timeline_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.build.context import Context
    from course_lib.views.build import Build
    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row
    from course_lib.views.timeline import Moment


class Edit(Enum):
    """What happened to an instruction between the two builds."""

    ADDED = palette.ADDED
    CHANGED = palette.CHANGED
    REMOVED = palette.DELETED
    SAME = palette.PLAIN


@dataclass(frozen=True, slots=True)
class Turn:
    """One instruction in both builds; None where it is not there."""

    edit: Edit
    before: Moment | None
    after: Moment | None


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The turns in the order of the file; `files` are the files of the context that differ."""

    name: str
    turns: tuple[Turn, ...]
    files: tuple[tuple[Edit, str], ...]


def rebuild_of(before: Build, after: Build) -> Rebuild:
    """Lay two builds side by side."""
    old, new = (timeline_of(build.outcome).moments for build in (before, after))
    return Rebuild(
        after.name, tuple(_turns(old, new)), tuple(_files(before.context, after.context))
    )


def _turns(old: tuple[Moment, ...], new: tuple[Moment, ...]) -> Iterator[Turn]:
    texts = [[(one.stage, one.instruction) for one in moments] for moments in (old, new)]
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        gone, come = old[first:last], new[start:end]
        if texts[0][first:last] == texts[1][start:end]:
            yield from (Turn(Edit.SAME, one, other) for one, other in zip(gone, come, strict=True))
            continue
        yield from _edited_turns(list(gone), come)


def _edited_turns(gone: list[Moment], come: tuple[Moment, ...]) -> Iterator[Turn]:
    """Pair what came with the next one that went of the same instruction."""
    for new in come:
        word = new.instruction.partition(" ")[0]
        same_word = [at for at, old in enumerate(gone) if old.instruction.startswith(f"{word} ")]
        if not same_word:
            yield Turn(Edit.ADDED, None, new)
            continue
        at = same_word[0]
        yield from (Turn(Edit.REMOVED, one, None) for one in gone[:at])
        yield Turn(Edit.CHANGED, gone[at], new)
        gone = gone[at + 1 :]
    yield from (Turn(Edit.REMOVED, one, None) for one in gone)


def _files(before: Context, after: Context) -> Iterator[tuple[Edit, str]]:
    for path in sorted({*before.files, *after.files}):
        old, new = before.files.get(path), after.files.get(path)
        if old is None:
            yield Edit.ADDED, path
        elif new is None:
            yield Edit.REMOVED, path
        elif old != new:
            yield Edit.CHANGED, path


_HEAD = (
    Text("line", "行"),
    Text("instruction", "指令"),
    Text("before", "上一次"),
    Text("now", "这一次"),
    Text("why", "原因"),
)
_MOST_FILES = 5


def draw_rebuild(rebuild: Rebuild) -> Picture:
    """Draw a row for each instruction; of a changed one both texts."""
    caption = Text(
        f"{rebuild.name}: the last build beside the one before",
        f"{rebuild.name}：最近两次构建对照",
    )
    rows = [row for turn in rebuild.turns for row in _rows(turn)]
    notes = [_edited(rebuild)] if rebuild.files else []
    edits = (Edit.ADDED, Edit.CHANGED, Edit.REMOVED)
    return sheet(caption, _HEAD, rows, notes, [edit.value for edit in edits])


def _rows(turn: Turn) -> Iterator[Row]:
    moment = turn.after or turn.before
    assert moment is not None  # noqa: S101 - a turn has one of the two
    if turn.edit is Edit.CHANGED and turn.before is not None:
        yield (
            EMPTY,
            words(_text(turn.before), palette.DELETED),
            _fate(turn.before),
            EMPTY,
            EMPTY,
        )
    changed = turn.edit is Edit.CHANGED
    yield (
        plain(str(moment.line) if turn.after else ""),
        words(_text(moment), turn.edit.value),
        EMPTY if changed else _fate(turn.before),
        _fate(turn.after),
        plain(turn.after.because if turn.after else same("")),
    )


def _text(moment: Moment) -> str:
    return f"[{moment.stage}] {moment.instruction}" if moment.stage else moment.instruction


_WORDS = {
    Fate.BASE: Text("base", "基础"),
    Fate.CONFIG: Text("config", "配置"),
}


def _fate(moment: Moment | None) -> Cell:
    if moment is None:
        return EMPTY
    fate = moment.fate
    return plain(_WORDS.get(fate, fate.value.word), fate.value)


def _edited(rebuild: Rebuild) -> Text:
    shown, left = rebuild.files[:_MOST_FILES], len(rebuild.files[_MOST_FILES:])
    names = ", ".join(f"{edit.value.sign} {path}" for edit, path in shown)
    more = f" ... (+{left})" if left else ""
    return Text(f"Files of the context: {names}{more}", f"上下文里的文件：{names}{more}")
