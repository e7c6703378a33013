"""The static site in a browser: a lesson runs there by itself, and the work is there after a reload."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

from lite.page import PAGES
from lite.site import NOTEBOOKS
from tests.browser.lite import Visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from course_lib.text import Language
    from tests.oracles.static_site import StaticSite

ANSWER = '%%dockerfile welcome-first\nFROM alpine\nRUN echo "it is mine" > /me.txt'
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Words:
    """What a learner reads in one language."""

    door: str
    passed: str
    hint: str
    following: str
    step: str
    saved: str


WORDS: dict[Language, Words] = {
    "en": Words("Open here: Welcome", "passed:", "Hint 1", "Next", "Step 2 of", "1 answer"),
    "zh": Words("在这里打开: 欢迎", "通过", "提示", "下一步", "第 2 步", "1 个答案"),
}


@pytest.mark.parametrize("lang", WORDS)
def test_a_solved_exercise_and_the_progress_are_there_after_a_reload(
    lang: Language, chromium: Browser, lite_site: StaticSite, artefacts: Path
) -> None:
    words = WORDS[lang]
    visit = Visit.to(lite_site, chromium)
    visit.page.goto(f"{lite_site.address}/{PAGES[lang]}")
    visit.page.get_by_role("link", name=words.door, exact=True).click()
    visit.wait_for_notebook()

    visit.run("%load_ext course_lib")
    expect(visit.run("docker run --name greeting")).to_contain_text("A /hello.txt")
    visit.write("%%dockerfile welcome-first", ANSWER)
    expect(visit.run("%%dockerfile welcome-first")).to_contain_text("/me.txt")
    expect(visit.run('check("welcome-first")')).to_contain_text(words.passed)
    expect(visit.run("%hint welcome-first")).to_contain_text(words.hint)
    visit.page.screenshot(path=artefacts / f"lite-{lang}-solved.png")

    visit.write("%picture stack greeting", "%picture stepper greeting")
    stepper = visit.run("%picture stepper greeting")
    stepper.get_by_role("button", name=words.following).click()
    stepper.get_by_text(words.step).wait_for()
    visit.page.screenshot(path=artefacts / f"lite-{lang}-widget.png")

    visit.save()
    visit.page.reload()
    visit.wait_for_notebook()
    expect(visit.cell("%%dockerfile welcome-first")).to_contain_text("it is mine")
    visit.run("%load_ext course_lib")
    visit.write("%picture stepper greeting", "%progress")
    progress = visit.run("%progress")
    expect(progress.locator("tr", has_text="welcome-first")).to_contain_text("+")
    visit.page.screenshot(path=artefacts / f"lite-{lang}-reloaded.png")
    visit.write("%progress", "%save_work")
    expect(visit.run("%save_work")).to_contain_text(words.saved)

    assert visit.outside() == []
    visit.context.close()


def test_each_text_of_a_notebook_is_one_string_and_what_was_woven(lite_site: StaticSite) -> None:
    paths = sorted((lite_site.folder / "files").glob("*/*.ipynb"))
    assert paths
    for path in paths:
        stored = json.loads(path.read_text(encoding="utf-8"))
        outputs = [one for cell in stored["cells"] for one in cell.get("outputs", ())]
        texts = [one["text"] for one in outputs if one["output_type"] == "stream"]
        texts += [text for one in outputs for text in one.get("data", {}).values()]
        assert [text for text in texts if not isinstance(text, str)] == []
        woven = nbformat.read(NOTEBOOKS / path.parent.name / path.name, as_version=4)
        assert nbformat.from_dict(stored) == woven


def test_the_site_is_smaller_than_fifty_megabytes(lite_site: StaticSite) -> None:
    files = [path for path in lite_site.folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
