"""Two images side by side, layer beside layer from the bottom up: the same, different, on one side only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from course_lib.text import Text
from course_lib.views import palette
from course_lib.views.columns import columns, shorten, size
from course_lib.views.config import config_changes
from course_lib.views.layers import stack_of
from course_lib.views.markup import Html, cell, code, join, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from course_lib.image.image import Image
    from course_lib.views.layers import ImageLayer, Stack
    from course_lib.views.palette import Tone


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two stacks; the lowest `shared` layers are the same in both, `config` says what differs there.

    `alike` are the numbers (from 1) of layers above those that hold the same files on other layers.
    """

    before: Stack
    after: Stack
    shared: int
    config: tuple[str, ...]
    alike: frozenset[int] = frozenset()


def comparison_of(before: tuple[str, Image], after: tuple[str, Image]) -> Comparison:
    """Compare two named images."""
    (name, old), (new_name, new) = before, after
    pairs = enumerate(zip(old.layers, new.layers, strict=False), 1)
    equal = [number for number, (one, other) in pairs if one.diff_id == other.diff_id]
    shared = sum(1 for place, number in enumerate(equal, 1) if place == number)
    return Comparison(
        stack_of(old, name),
        stack_of(new, new_name),
        shared,
        config_changes(old.config, new.config),
        frozenset(equal[shared:]),
    )


_HEAD = Text("layer", "层")
_INSTRUCTION = 40
_SAME = Text("the same", "相同")
_ALIKE = Text("the same files, other layers below", "内容相同，下面的层不同")
_MOST = 60
_ROOM = "min-width:6em"


def draw_comparison(comparison: Comparison) -> Picture:
    """Draw the two columns, top first, then what differs in the config."""
    before, after = comparison.before, comparison.after
    caption = _caption(comparison)
    head = [str(_HEAD), before.name, after.name, ""]
    pairs = list(enumerate(zip_longest(before.layers[::-1], after.layers[::-1]), 1))[::-1][:_MOST]
    rows = [_row(number, pair, comparison) for number, pair in pairs]
    text = columns(head, [words for words, _ in rows])
    html = table(
        [
            row(*(cell(code(word), head=True) for word in head)),
            *(_html_row(words, tone) for words, tone in rows),
        ],
        caption=caption,
    )
    config = _config(comparison)
    return Picture(f"{caption}\n{text}\n{config.text}", join([html, config.html]))


def _caption(comparison: Comparison) -> Text:
    before, after, count = comparison.before, comparison.after, comparison.shared
    said = Text(
        f"{before.name} ({size(before.size)}) and {after.name} ({size(after.size)}): ",
        f"{before.name}（{size(before.size)}）与 {after.name}（{size(after.size)}）：",
    )
    if not count:
        return said + Text("no layer in common", "没有相同的层")
    layers = "layer" if count == 1 else "layers"
    return said + Text(
        f"{count} {layers} in common, from the bottom", f"从最下面数有 {count} 层相同"
    )


def _row(
    number: int, pair: tuple[ImageLayer | None, ImageLayer | None], comparison: Comparison
) -> tuple[list[str], Tone]:
    old, new = pair
    if number <= comparison.shared:
        tone, said = palette.READ_ONLY, _SAME
    elif number in comparison.alike:
        tone, said = palette.READ_ONLY, _ALIKE
    elif old is None:
        tone, said = palette.RIGHT_ONLY, _only(comparison.after)
    elif new is None:
        tone, said = palette.LEFT_ONLY, _only(comparison.before)
    else:
        tone, said = palette.DIFFERENT, palette.DIFFERENT.word
    return [str(number), _said(old), _said(new), f"{tone.sign} {said}"], tone


def _only(stack: Stack) -> Text:
    return Text(f"only in {stack.name}", f"只在 {stack.name} 里")


def _said(layer: ImageLayer | None) -> str:
    if layer is None:
        return "."
    return f"{size(layer.size)}  {shorten(layer.instruction, _INSTRUCTION)}".rstrip()


def _html_row(words: list[str], tone: Tone) -> Html:
    number, before, after, said = words
    return row(
        cell(code(number, wraps=False), tone=tone),
        cell(code(before), tone=tone),
        cell(code(after), tone=tone),
        cell(tag("div", code(said), style=_ROOM), tone=tone),
    )


def _config(comparison: Comparison) -> Picture:
    if not comparison.config:
        said = Text("The config is the same.", "配置相同。")
        return Picture(f"  {said}\n", tag("p", said))
    said = Text("In the config, from left to right:", "配置从左到右的变化：")
    return Picture(
        "".join([f"  {said}\n", *(f"    {line}\n" for line in comparison.config)]),
        tag("div", said, tag("ul", *(tag("li", code(line)) for line in comparison.config))),
    )
