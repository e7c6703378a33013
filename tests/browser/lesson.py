"""A lesson in JupyterLab, as a learner works through it: run all, write an answer, ask for its check."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from playwright.sync_api import expect

from course_lib.exercises import evaluate, find
from course_lib.exercises.answers import STUB
from course_lib.text import speaking
from tests.browser.lab import Lab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

    from course_lib.text import Language
    from tests.oracles.jupyter import LabServer

ANSWERS = Path(__file__).parents[1] / "answers"
_PATIENCE = 60_000
_CHECK = re.compile(r'check\("([a-z0-9-]+)"\)')
_RUN = re.compile(r"\[(\d+)\]")
_WIDER = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText.slice(0, 60))"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an exercise stands: the numbers of its answer cell and of its check among all cells."""

    exercise_id: str
    header: str
    answer: int
    check: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What a check showed: its words, and the value below them."""

    words: str
    points: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson, open in JupyterLab; `places` are its exercises from top to bottom."""

    lab: Lab
    lang: Language
    places: tuple[Place, ...]

    @classmethod
    def open(cls, browser: Browser, server: LabServer, lang: Language, name: str) -> Lesson:
        """Open a lesson such as `04_arg`, with its kernel idle."""
        path = f"notebooks/{lang}/{name}.ipynb"
        cells = nbformat.read(server.root / path, as_version=4).cells
        places = tuple(_places([cell.source for cell in cells]))
        return cls(Lab.open(browser, server, path), lang, places)

    def answer(self, place: Place, body: str) -> str:
        """Put an answer below its `%%` line, run it; return what shows below the cell."""
        cell = self._cell(place.answer)
        cell.locator(".cm-content").click()
        keyboard = self.lab.page.keyboard
        keyboard.press("Control+a")
        keyboard.insert_text(place.header + body.strip("\n"))
        return self._run(place.answer)

    def check(self, place: Place) -> Heard:
        """Run the check of an exercise."""
        self._run(place.check)
        outputs = self._cell(place.check).locator(".jp-OutputArea-output")
        *words, points = outputs.all_inner_texts()
        return Heard(_words("".join(words)), points)

    def fault(self) -> str:
        """The first error that a cell shows, or ''."""
        errors = self.lab.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')
        errors = errors.or_(self.lab.page.locator(".jp-RenderedText", has_text="Traceback"))
        return errors.first.inner_text() if errors.count() else ""

    def cut_off(self) -> list[str]:
        """How the outputs begin that are wider than their place, and so scroll sideways."""
        return list(self.lab.page.locator(".jp-OutputArea-output").evaluate_all(_WIDER))

    def _cell(self, number: int) -> Locator:
        cell = self.lab.page.locator(".jp-Notebook .jp-Cell").nth(number)
        cell.scroll_into_view_if_needed()
        return cell

    def _run(self, number: int) -> str:
        cell = self._cell(number)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.lab.page.keyboard.press("Control+Enter")
        expect(prompt).not_to_have_text(before, timeout=_PATIENCE)
        expect(prompt).to_have_text(_RUN, timeout=_PATIENCE)
        return cell.locator(".jp-OutputArea").first.inner_text()


@dataclass(frozen=True, slots=True)
class Given:
    """An answer of tests/answers."""

    exercise_id: str
    body: str

    def expected(self, lang: Language) -> Heard:
        """What its check says where there is no browser."""
        exercise = find(self.exercise_id)
        (cell,) = exercise.answers
        headers = {
            "dockerfile": f"%%dockerfile {cell.id}\n",
            "docker": f"%%docker --answer {cell.id}\n",
            "contextfile": f"%%contextfile {getattr(cell, 'path', '')} --answer {cell.id}\n",
        }
        source = headers.get(cell.magic, "") + self.body.strip("\n")
        with speaking(lang):
            report = evaluate(exercise, {cell.id: source})
            words = report.explanation()
        return Heard(_words(words), words.rstrip("\n").rsplit("\n", 1)[-1])


def given(exercise_id: str, kind: str) -> Given:
    """The first `right` or `wrong` answer of an exercise."""
    file = ANSWERS / f"{exercise_id}.toml"
    row = tomllib.loads(file.read_text(encoding="utf-8"))[kind][0]
    return Given(exercise_id, row["answer"])


def _words(text: str) -> str:
    """A text as it reads, wherever the page breaks its lines."""
    return " ".join(text.split())


def _places(sources: list[str]) -> Iterator[Place]:
    """A check, and the last cell above it that is an answer to it: named in its `%%` line, or a stub."""
    for number, source in enumerate(sources):
        asked = _CHECK.fullmatch(source.strip())
        if asked is None:
            continue
        answer = max(
            at
            for at, one in enumerate(sources[:number])
            if asked[1] in _header(one).split() or one.rstrip().endswith(STUB)
        )
        yield Place(asked[1], _header(sources[answer]), answer, number)


def _header(source: str) -> str:
    """The `%%` line of an answer cell with its line end, or ''."""
    return source.partition("\n")[0] + "\n" if source.startswith("%%") else ""
