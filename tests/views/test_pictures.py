"""Every picture: the text as written down here, the same facts in HTML and in the widget."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.image.entries import Content, File
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.pictures import draw
from course_lib.text import LANGUAGES, speaking
from course_lib.views.archive import Archive
from course_lib.views.argv import EVERY_FORM, explorer_of
from course_lib.views.copy_on_write import draw_frame, story_of
from course_lib.views.delivery import deliveries_of
from course_lib.views.layers import stack_of
from course_lib.views.markup import cell, code, row, table
from course_lib.views.rebuild import rebuild_of
from course_lib.views.scope_reader import Given, scope_of
from course_lib.views.waste import waste_of
from course_lib.views.workdir import walk_of
from course_lib.widgets import explorer, stack, stepper, widget_of
from tests.views.world import (
    BASES,
    IMAGE,
    PICTURES,
    WRITABLE,
    build,
    large_archive,
    many_layers,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import ipywidgets

    from course_lib.pictures import View

EXPECTED = Path(__file__).parent / "expected"
NO_OUTPUT_IS_LARGER = 200_000
MOVING = {
    *("archive", "argv", "context", "context-failed", "rebuild", "scope", "stack"),
    *("stack-of-container", "stepper"),
}


class _Reader(HTMLParser):
    """What a reader gets of HTML: its words; and the tags and attributes that carry them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def _words(html: str) -> set[str]:
    return set(_Reader(html).words)


def _facts(text: str) -> set[str]:
    """The words of a text picture, without rulers, the dots of empty cells, and what was cut."""
    words = {word for word in text.split() if not re.fullmatch(r"[-.]+", word)}
    return {word for word in words if not word.endswith("...")}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_reads_as_written_down(name: str, lang: str) -> None:
    with speaking(lang):
        text = draw(PICTURES[name]()).text

    assert text == (EXPECTED / f"{name}.{lang}.txt").read_text(encoding="utf-8")


def test_every_text_that_is_written_down_belongs_to_a_picture() -> None:
    written = {path.name for path in EXPECTED.iterdir()}

    assert written == {f"{name}.{lang}.txt" for name in PICTURES for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_html_says_what_the_text_says(name: str, lang: str) -> None:
    with speaking(lang):
        picture = draw(PICTURES[name]())
    signs = {"!!", "??", "+-"}  # the text's own way to draw a mark and a branch

    spaced = " ".join(_Reader(picture.html).words)
    missing = {fact for fact in _facts(picture.text) - signs if fact not in spaced}
    assert missing == set()


@pytest.mark.parametrize("name", PICTURES)
def test_html_is_what_a_notebook_that_is_not_trusted_leaves_in_place(name: str) -> None:
    reader = _Reader(draw(PICTURES[name]()).html)

    assert reader.open == []
    assert reader.tags <= {
        *("table", "tbody", "tr", "th", "td", "div", "span", "p", "b", "ul", "li"),
        *("code", "details", "summary"),
    }
    assert reader.attributes <= {"style", "colspan", "open"}


@given(st.text(min_size=1))
def test_what_a_learner_writes_is_text_in_the_html_and_never_markup(text: str) -> None:
    reader = _Reader(table([row(cell(code(text)), cell(text))], caption=text))

    assert reader.tags == {"p", "b", "table", "tbody", "tr", "td", "code"}
    assert "".join(reader.words) == "".join((text * 3).split())


@given(st.text(alphabet="<>&\"'ab/", min_size=1, max_size=8))
def test_a_path_of_any_letters_is_escaped(name: str) -> None:
    path = "/" + name.replace("/", "x")
    layer = Layer({path: File(Content.of("<i>x</i>"))})
    image = Image(IMAGE.config, (layer,), ())

    for view in (stack_of(image, path), story_of(image, path, {path: File(Content.of("y"))})):
        reader = _Reader(draw(view).html)
        assert path in " ".join(reader.words)
        assert "i" not in reader.tags


# Widgets


def _all(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all(child)


def _kind(widget: ipywidgets.Widget, name: str) -> list[ipywidgets.Widget]:
    return [one for one in _all(widget) if type(one).__name__ == name]


def _shown(widget: ipywidgets.Widget) -> str:
    return "".join(one.value for one in _kind(widget, "HTML"))


@pytest.mark.parametrize("name", PICTURES)
def test_only_pictures_with_parts_to_move_have_a_widget(name: str) -> None:
    assert (widget_of(PICTURES[name]()) is not None) is (name in MOVING)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(MOVING))
def test_every_part_to_move_has_a_label(name: str, lang: str) -> None:
    with speaking(lang):
        widget = widget_of(PICTURES[name]())

    moving = [one for one in _all(widget) if type(one).__name__ not in {"VBox", "HBox", "HTML"}]
    assert moving
    assert all(one.description for one in moving)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_stepper_shows_each_frame_of_the_static_picture(lang: str) -> None:
    with speaking(lang):
        story = story_of(IMAGE, "one", WRITABLE.entries)
        static = draw(story)
        widget = stepper(story)
        frames = [draw_frame(story, at) for at in range(len(story.frames))]
    [slider] = _kind(widget, "IntSlider")

    for at, frame in enumerate(frames):
        slider.value = at + 1  # also outside the block: the widget keeps its language
        assert _shown(widget) == frame.html
        assert frame.html in static.html
        assert frame.text in static.text


def test_the_stepper_moves_by_its_buttons_and_stops_at_both_ends() -> None:
    story = story_of(IMAGE, "one", WRITABLE.entries)
    widget = stepper(story)
    [slider] = _kind(widget, "IntSlider")
    back, forward = _kind(widget, "Button")

    seen = [(slider.value, back.disabled, forward.disabled)]
    for _ in story.frames:
        forward.click()
        seen.append((slider.value, back.disabled, forward.disabled))
    back.click()

    assert seen[0] == (1, True, False)
    assert seen[1] == (2, False, False)
    assert seen[-1] == seen[-2] == (len(story.frames), False, True)
    assert slider.value == len(story.frames) - 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_explorer_shows_the_argv_that_the_table_has(lang: str) -> None:
    with speaking(lang):
        widget = explorer(EVERY_FORM)
        table_text = draw(EVERY_FORM).text
    menus = _kind(widget, "Dropdown")
    cases = list(EVERY_FORM.cases())
    seen = set()

    for override in range(len(menus[3].options)):
        menus[3].value = override
        for entrypoint in range(len(menus[0].options)):
            menus[0].value = entrypoint
            for cmd in range(len(menus[1].options)):
                menus[1].value = cmd
                for args in range(len(menus[2].options)):
                    menus[2].value = args
                    shown = " ".join(_Reader(_shown(widget)).words)
                    match = re.search(r'(\["[^\]]*"\]|! no command specified)', shown)
                    assert match is not None
                    assert match[0] in table_text
                    seen.add((override, entrypoint, cmd, args))

    assert len(seen) == len(cases)


def test_the_explorer_of_an_image_offers_its_own_two_alone() -> None:
    menus = _kind(explorer(explorer_of(IMAGE.config, ["ls", "-l"])), "Dropdown")

    assert [len(menu.options) for menu in menus] == [1, 1, 2, 3]
    assert menus[1].options[0][0] == '["/bin/sh"]'


def test_the_stack_shows_all_of_it_and_every_path_of_the_chosen_layer() -> None:
    value = stack_of(IMAGE, "image", ("one", WRITABLE))
    widget = stack(value)
    [layers] = _kind(widget, "Select")
    whole, part = _kind(widget, "HTML")

    assert whole.value == draw(value).html
    for at, line in enumerate(value.rows):
        layers.value = at
        words = _words(part.value)
        assert {change.path for change in getattr(line, "changes", ())} <= words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_archive_opens_each_file_that_the_static_picture_has(lang: str) -> None:
    with speaking(lang):
        value = PICTURES["archive"]()
        static = draw(value)
        widget = widget_of(value)
    assert isinstance(value, Archive)
    assert widget is not None
    [files] = _kind(widget, "Select")

    for at, file in enumerate(value.files):
        files.value = at
        for line in file.lines:
            assert " ".join(line.split()) in " ".join(_Reader(_shown(widget)).words)
            assert line in static.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["scope", "rebuild", "context"])
def test_a_widget_over_lines_begins_with_the_static_picture_and_shows_no_line_that_it_lacks(
    name: str, lang: str
) -> None:
    with speaking(lang):
        view = PICTURES[name]()
        static = draw(view).html
        widget = widget_of(view)
    assert widget is not None
    [lines] = _kind(widget, "Select")
    start = 0 if name == "context" else len(lines.options) - 1
    facts = set(_Reader(static).words)

    assert (lines.value, _shown(widget)) == (start, static)
    for at in range(len(lines.options)):
        lines.value = at  # also outside the block: the widget keeps its language
        words = set(_Reader(_shown(widget)).words)
        assert words <= facts
        assert at == start or words < facts


@pytest.mark.parametrize("name", ["scope", "rebuild"])
def test_a_widget_that_reads_on_shows_more_with_each_line(name: str) -> None:
    widget = widget_of(PICTURES[name]())
    assert widget is not None
    [lines] = _kind(widget, "Select")

    rows = []
    for at in range(len(lines.options)):
        lines.value = at
        rows.append(_shown(widget).count("<tr>"))

    assert rows == sorted(set(rows))


@pytest.mark.parametrize("name", ["archive", "context", "stack"])
def test_a_list_moves_by_its_buttons_and_stops_at_both_ends(name: str) -> None:
    widget = widget_of(PICTURES[name]())
    assert widget is not None
    [chosen] = _kind(widget, "Select")
    back, forward = _kind(widget, "Button")

    seen = [(back.disabled, forward.disabled)]
    for _ in chosen.options:
        forward.click()
    seen.append((back.disabled, forward.disabled))

    assert seen == [(True, False), (False, True)]
    assert chosen.value == len(chosen.options) - 1
    back.click()
    assert chosen.value == len(chosen.options) - 2


# Size


@pytest.mark.parametrize("count", [1, 24, 25, 60, 100])
def test_a_picture_stays_small_however_many_layers_it_has(count: int) -> None:
    view = many_layers(count)

    bundle = draw(view).bundle()

    assert sum(len(part.encode()) for part in bundle.values()) < NO_OUTPUT_IS_LARGER
    assert f"many: {count + 1} read-only layers" in bundle["text/plain"]


LARGE: Mapping[str, Callable[[], View]] = {
    "archive": lambda: large_archive(100),
    "context": lambda: deliveries_of(
        build(
            "FROM alpine\n" + "".join(f"COPY d{n} /x{n}\n" for n in range(60)),
            "x",
            {f"d{n}/{'long' * 20}-{m}": "" for n in range(60) for m in range(40)},
        ),
        BASES,
    ),
    "scope": lambda: scope_of(
        "x",
        "FROM alpine\n"
        + "".join(f"ENV A{n}={'long' * 100}\nRUN echo $A{n} $A0\n" for n in range(150)),
        Given(BASES, {}),
    ),
    "waste": lambda: waste_of(
        Image(
            IMAGE.config,
            (Layer({f"/{'long' * 60}-{n}": File(Content.of("x")) for n in range(500)}),) * 9,
            (),
        ),
        "x",
    ),
    "rebuild": lambda: rebuild_of(many_layers(70), many_layers(75)),
    "workdir": lambda: walk_of(many_layers(200)),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LARGE)
def test_a_picture_of_very_much_stays_small(name: str, lang: str) -> None:
    with speaking(lang):
        view = LARGE[name]()
        bundle = draw(view).bundle()
        widget = widget_of(view)

    assert sum(len(part.encode()) for part in bundle.values()) < NO_OUTPUT_IS_LARGER
    assert widget is None or len(_shown(widget).encode()) < NO_OUTPUT_IS_LARGER


def test_a_layer_of_very_many_paths_stays_small_and_says_how_many_are_left_out() -> None:
    entries = {f"/data/{n:05}": File(Content.of("x")) for n in range(20_000)}
    value = stack_of(Image(IMAGE.config, (Layer(entries),), ()), "big")

    bundle = draw(value).bundle()

    assert sum(len(part.encode()) for part in bundle.values()) < 20_000
    assert "19994 more (19994 A)" in bundle["text/plain"]
    assert len(_shown(stack(value)).encode()) < NO_OUTPUT_IS_LARGER


def test_a_very_long_instruction_is_cut_in_every_form() -> None:
    line = f"RUN /bin/sh -c echo {'very ' * 20_000}"
    history = (IMAGE.history[0].__class__("2024-01-01T00:00:00Z", line),)
    image = Image(IMAGE.config, (Layer({}),), history)

    for view in (stack_of(image, "long"), story_of(image, "one", WRITABLE.entries)):
        assert len("".join(draw(view).bundle().values())) < 50_000
