"""Pictures to move through: the facts of the static ones, a part at a time, by mouse or keyboard.

A displayed widget brings its static twin in the same bundle; where no kernel runs, the twin
is what shows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import ipywidgets

from course_lib.text import Text, language, speaking
from course_lib.views.archive import Archive, draw_file, draw_table, short_name
from course_lib.views.argv import Case, Explorer, draw_case
from course_lib.views.columns import shorten
from course_lib.views.copy_on_write import Story, draw_frame
from course_lib.views.delivery import Deliveries, draw_deliveries, only
from course_lib.views.layers import Stack, draw_row, layer_stack, name_of
from course_lib.views.rebuild import Rebuild, draw_rebuild
from course_lib.views.scope import Scope, draw_scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.text import Language

VIEW = "application/vnd.jupyter.widget-view+json"
_WIDE = ipywidgets.Layout(width="100%", max_width="44em")
_LABEL = {"description_width": "9em"}
_NAME = 70
"""Characters of a line in a list."""


def bundle(view: object) -> dict[str, object]:
    """The MIME bundle part of a view's widget; empty for a view that has none."""
    widget = widget_of(view)
    if widget is None:
        return {}
    return {VIEW: widget._repr_mimebundle_()[VIEW]}


def widget_of(view: object) -> ipywidgets.Widget | None:
    """Make the widget of a view, in the language that speaks; None for a view with no parts to move."""
    if isinstance(view, Deliveries) and len(view.steps) <= 1:
        return None
    make = _MAKERS.get(type(view))
    return make(view) if make else None


def stepper(story: Story) -> ipywidgets.Widget:
    """Copy-on-write, a frame at a time: Back and Next, or a slider for the arrow keys."""
    last = len(story.frames) - 1
    said = Text("Step", "步骤")
    slider = ipywidgets.IntSlider(
        value=1, min=1, max=last + 1, description=str(said), layout=_WIDE, style=_LABEL
    )
    back = ipywidgets.Button(description=str(Text("Back", "上一步")), icon="arrow-left")
    forward = ipywidgets.Button(description=str(Text("Next", "下一步")), icon="arrow-right")
    shown = ipywidgets.HTML()
    lang = language()

    def show(at: int) -> None:
        with speaking(lang):
            shown.value = draw_frame(story, at - 1).html
        back.disabled, forward.disabled = at == 1, at == last + 1

    slider.observe(lambda change: show(change["new"]), "value")
    back.on_click(lambda _: _move(slider, -1))
    forward.on_click(lambda _: _move(slider, 1))
    show(1)
    return ipywidgets.VBox([ipywidgets.HBox([back, forward]), slider, shown])


def _move(slider: ipywidgets.IntSlider, by: int) -> None:
    slider.value = min(slider.max, max(slider.min, slider.value + by))


def explorer(choices: Explorer) -> ipywidgets.Widget:
    """ENTRYPOINT, CMD, words and `--entrypoint`: choose one of each, see the process and why."""
    lang = language()
    nothing = str(Text("(none)", "（无）"))
    entrypoint = _menu("ENTRYPOINT", [one.label for one in choices.entrypoints])
    cmd = _menu("CMD", [one.label for one in choices.cmds])
    args = _menu(
        str(Text("after the name", "镜像名之后")),
        [" ".join(words) or nothing for words in choices.args],
    )
    override = _menu(
        "--entrypoint",
        [nothing if value is None else value or '""' for value in choices.overrides],
    )
    entrypoint.value, cmd.value = len(choices.entrypoints) - 1, len(choices.cmds) - 1
    menus = (entrypoint, cmd, args, override)
    shown = ipywidgets.HTML()

    def show(_: object = None) -> None:
        case = Case(
            choices.entrypoints[entrypoint.value],
            choices.cmds[cmd.value],
            choices.args[args.value],
            choices.overrides[override.value],
        )
        shown.value = _drawn(lang, lambda: draw_case(case).html)

    for menu in menus:
        menu.observe(show, "value")
    show()
    return ipywidgets.VBox([*menus, shown])


def stack(value: Stack) -> ipywidgets.Widget:
    """The whole stack, and below it a list to choose from: the chosen row shows all its paths."""
    lang = language()
    rows = list(value.rows)
    names = [(name_of(line), at) for at, line in enumerate(rows)]
    layers = ipywidgets.Select(
        options=names,
        value=0 if rows else None,
        rows=min(len(rows), 8) or 1,
        description=str(Text("look into", "细看")),
        layout=_WIDE,
        style=_LABEL,
    )
    shown = ipywidgets.HTML(layout=ipywidgets.Layout(max_height="26em", overflow="auto"))
    whole = ipywidgets.HTML(layer_stack(value).html)

    def show(at: int | None) -> None:
        if at is not None:
            shown.value = _drawn(lang, lambda: draw_row(rows[at]).html)

    layers.observe(lambda change: show(change["new"]), "value")
    show(layers.value)
    return ipywidgets.VBox([whole, _buttons(layers), layers, shown])


def archive(value: Archive) -> ipywidgets.Widget:
    """The table of files, and below it a list to choose from: the chosen file shows its lines."""
    lang = language()
    files = ipywidgets.Select(
        options=[
            (f"{short_name(file)}  {file.kind.value}", at) for at, file in enumerate(value.files)
        ],
        value=0,
        rows=min(len(value.files), 10),
        description=str(Text("open", "打开")),
        layout=_WIDE,
        style=_LABEL,
    )
    shown = ipywidgets.HTML(layout=ipywidgets.Layout(max_height="26em", overflow="auto"))

    def show(at: int) -> None:
        shown.value = _drawn(lang, lambda: draw_file(value.files[at]).html)

    files.observe(lambda change: show(change["new"]), "value")
    show(0)
    return ipywidgets.VBox([ipywidgets.HTML(draw_table(value).html), _buttons(files), files, shown])


def scope(value: Scope) -> ipywidgets.Widget:
    """The names of a Dockerfile as far as it has been read: line by line, at first to its end."""
    names = [f"{one.line}  {one.instruction}" for one in value.lines]
    return _list(
        Text("read as far as", "读到这一行"),
        names,
        lambda at: draw_scope(replace(value, lines=value.lines[: at + 1])).html,
        start=len(names) - 1,
    )


def rebuild(value: Rebuild) -> ipywidgets.Widget:
    """Two builds side by side, step by step, at first to their end."""
    pairs = [(turn, turn.after or turn.before) for turn in value.turns]
    names = [
        f"{turn.edit.value.sign} {moment.line}  {moment.instruction}"
        for turn, moment in pairs
        if moment is not None
    ]
    return _list(
        Text("built as far as", "构建到这一步"),
        names,
        lambda at: draw_rebuild(replace(value, turns=value.turns[: at + 1])).html,
        start=len(names) - 1,
    )


def deliveries(value: Deliveries) -> ipywidgets.Widget:
    """What COPY and ADD bring: all of it at first, then each one with all its paths."""
    names = [
        str(Text("(all)", "（全部）")),
        *(f"{one.line}  {one.instruction}" for one in value.steps),
    ]

    def draw(at: int) -> str:
        shown = only(value, value.steps[at - 1].line) if at else value
        return draw_deliveries(shown).html

    return _list(Text("look into", "细看"), names, draw)


def _list(
    label: Text, names: Sequence[str], draw: Callable[[int], str], start: int = 0
) -> ipywidgets.Widget:
    """A list to choose from by its buttons, by mouse or by keys, and the picture of what is chosen."""
    lang = language()
    chosen = ipywidgets.Select(
        options=[(shorten(name, _NAME), at) for at, name in enumerate(names)],
        value=start,
        rows=min(len(names), 8),
        description=str(label),
        layout=_WIDE,
        style=_LABEL,
    )
    shown = ipywidgets.HTML()

    def show(at: int) -> None:
        shown.value = _drawn(lang, lambda: draw(at))

    chosen.observe(lambda change: show(change["new"]), "value")
    show(start)
    return ipywidgets.VBox([_buttons(chosen), chosen, shown])


def _buttons(chosen: ipywidgets.Select) -> ipywidgets.Widget:
    """Back and Next for a list: JupyterLab takes its arrow keys for its own while a cell is selected."""
    back = ipywidgets.Button(description=str(Text("Back", "上一步")), icon="arrow-left")
    forward = ipywidgets.Button(description=str(Text("Next", "下一步")), icon="arrow-right")
    last = len(chosen.options) - 1

    def show(at: int | None) -> None:
        back.disabled, forward.disabled = not at, at is None or at == last

    def move(by: int) -> None:
        chosen.value = min(last, max(0, chosen.value + by))

    chosen.observe(lambda change: show(change["new"]), "value")
    back.on_click(lambda _: move(-1))
    forward.on_click(lambda _: move(1))
    show(chosen.value)
    return ipywidgets.HBox([back, forward])


def _drawn(lang: Language, draw: Callable[[], str]) -> str:
    """Draw in the language in which the widget was made: a callback comes at any time."""
    with speaking(lang):
        return draw()


def _menu(label: str, names: Sequence[str]) -> ipywidgets.Dropdown:
    """A labelled menu; its value is the number of the choice, from 0."""
    options = [(name, at) for at, name in enumerate(names)]
    return ipywidgets.Dropdown(
        options=options, value=0, description=label, layout=_WIDE, style=_LABEL
    )


_MAKERS: Mapping[type, Callable[..., ipywidgets.Widget]] = {
    Archive: archive,
    Deliveries: deliveries,
    Explorer: explorer,
    Rebuild: rebuild,
    Scope: scope,
    Stack: stack,
    Story: stepper,
}
