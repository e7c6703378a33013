"""What a layer adds, changes and deletes, as a list of paths."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import shorten
from course_lib.views.markup import NOWRAP, Html, chip, code, fold, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEW_LAYERS = 24
_PATH = 200
_SHORT = 20
_MONOSPACE = "font-family:monospace"


class Sign(Enum):
    """What a layer does to a path, in the letters of `docker diff`."""

    ADDED = palette.ADDED
    CHANGED = palette.CHANGED
    DELETED = palette.DELETED


@dataclass(frozen=True, slots=True)
class Change:
    """One path that a layer adds, changes or deletes; `size` in bytes."""

    sign: Sign
    path: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines of a picture one layer may take, and how many paths more unfold in HTML."""

    lines: int = 6
    unfolded: int = 60

    @classmethod
    def shared_by(cls, layers: int) -> Room:
        """The more layers a picture has, the less room for each: outputs stay small."""
        if layers <= _FEW_LAYERS:
            return cls(unfolded=min(60, 400 // max(1, layers)))
        return cls(lines=2, unfolded=240 // layers)


_ROOM = Room()


def text_changes(changes: Sequence[Change], room: Room = _ROOM) -> Text:
    """The changes, one a line; of many, the new directories stand for what is in them."""
    if not changes:
        return Text("nothing changed", "没有改动")
    whole = Text("", "")
    for entry in _entries(changes, room):
        whole += same(f"{entry.change.sign.value.sign} {entry.change.path}") + _inside(entry)
        whole += same("\n")
    whole += _others(changes, room)
    return Text(whole.en.rstrip("\n"), whole.zh.rstrip("\n"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A change that is shown; `inside` more that it stands for are in the directory."""

    change: Change
    inside: int = 0


def _entries(changes: Sequence[Change], room: Room) -> Sequence[_Entry]:
    """Fold what is below a new directory into it, where there is too much to show it all."""
    if len(changes) <= room.lines:
        return [_Entry(change) for change in changes]
    found: list[_Entry] = []
    for change in changes:
        if found and _is_new_below(change, found[-1].change):
            found[-1] = _Entry(found[-1].change, found[-1].inside + 1)
        elif len(found) == room.lines:
            break
        else:
            found.append(_Entry(change))
    return found


def _is_new_below(change: Change, top: Change) -> bool:
    return top.sign is change.sign is Sign.ADDED and change.path.startswith(f"{top.path}/")


def _inside(entry: _Entry) -> Text:
    if not entry.inside:
        return same("")
    return Text(f"/ and {entry.inside} in it", f"/ 及其中 {entry.inside} 个")


def _others(changes: Sequence[Change], room: Room) -> Text:
    """Count the changes that `_entries` neither shows nor folds."""
    entries = _entries(changes, room)
    shown = sum(1 + entry.inside for entry in entries)
    return more_of(changes[shown:]) if shown < len(changes) else same("")


def more_of(changes: Sequence[Change]) -> Text:
    """`... and 7 more (5 A, 2 D)`."""
    counts = Counter(change.sign for change in changes)
    signs = ", ".join(f"{counts[sign]} {sign.value.sign}" for sign in Sign if counts[sign])
    return Text(f"... and {len(changes)} more ({signs})", f"……还有 {len(changes)} 个（{signs}）")


def draw_changes(changes: Sequence[Change], room: Room = _ROOM) -> Html:
    """The same as `text_changes`; where something is folded, more changes unfold."""
    if not changes:
        return tag("span", text_changes(changes))
    parts = [_entry_list(_entries(changes, room))]
    if others := str(_others(changes, room)):
        parts.append(tag("div", others))
    if len(changes) > room.lines and room.unfolded:
        most = room.unfolded
        shown, left = changes[:most], changes[most:]
        more = [tag("div", more_of(left))] if left else []
        every = Text(f"all {len(changes)} paths", f"全部 {len(changes)} 个路径")
        summary = Text(f"the first {most} paths", f"前 {most} 个路径") if left else every
        parts.append(fold(summary, draw_every(shown), *more))
    return join(parts)


def _entry_list(entries: Sequence[_Entry]) -> Html:
    lines = (
        tag(
            "div",
            _line_of(entry.change),
            _inside(entry),
            style=NOWRAP if _is_short(entry.change) else "",
        )
        for entry in entries
    )
    return tag("div", *lines, style=_MONOSPACE)


def _line_of(change: Change) -> Html:
    """A sign and its path; a long path breaks anywhere, so that it begins beside its sign."""
    sign, path = chip(change.sign.value.sign, change.sign.value), shorten(change.path, _PATH)
    written = path if _is_short(change) else tag("span", path, style="word-break:break-all")
    return join([sign, " ", written])


def _is_short(change: Change) -> bool:
    return len(change.path) <= _SHORT


def draw_every(changes: Sequence[Change]) -> Html:
    """Every change, one a line, without color."""
    lines = (f"{change.sign.value.sign} {shorten(change.path, _PATH)}" for change in changes)
    return code("\n".join(lines))


def legend() -> Text:
    """The signs and their words."""
    said = [same(f"{sign.value.sign} ") + sign.value.word for sign in Sign]
    return said[0] + same("  ") + said[1] + same("  ") + said[2]


def draw_legend() -> Html:
    """The signs in their colors, and their words."""
    return join(
        (join([chip(sign.value.sign, sign.value), " ", sign.value.word]) for sign in Sign), "  "
    )
