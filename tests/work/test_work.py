"""A learner's work as one file: saved, brought back, refused, and pages of a new version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from course_lib import progress
from course_lib.progress import Standing
from course_lib.work import FILE, Work, WorkError, bring_back, save, save_path, update
from course_lib.work.pages import Page

if TYPE_CHECKING:
    from pathlib import Path


STUB = "%%dockerfile a-one\n# YOUR ANSWER HERE\n"
ANSWER = "%%dockerfile a-one\nFROM alpine\n"
OTHER = "%%dockerfile a-one\nFROM busybox\n"


def cell(source: str, grade_id: str = "") -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": grade_id, "solution": True}} if grade_id else {}
    return {
        "cell_type": "code",
        "execution_count": 7,
        "metadata": metadata,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}],
        "source": source,
    }


def page(path: Path, *cells: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(document))
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "en"
    page(folder / "01_a.ipynb", cell("x = 1"), cell(STUB, "a-one"), cell("y = 2", "a-two"))
    page(folder / "02_b.ipynb", cell("%%docker --answer b-one\ndocker ps\n", "b-one"))
    return folder


def answer_in(path: Path, grade_id: str) -> str:
    return Page.read(path).answers().get(grade_id, "")


def test_a_file_of_work_holds_the_answers_of_all_pages_and_no_stub(here: Path) -> None:
    saved = save(here, here / FILE)
    work = Work.of_bytes((here / FILE).read_bytes())
    assert dict(work.answers) == {"a-two": "y = 2", "b-one": "%%docker --answer b-one\ndocker ps\n"}
    assert saved.answers == 2
    assert "old" not in (here / FILE).read_text()


def test_what_was_run_counts_more_than_what_was_saved(here: Path) -> None:
    save(here, here / FILE, {"a-one": ANSWER, "a-two": "y = 3"})
    work = Work.of_bytes((here / FILE).read_bytes())
    assert (work.answers["a-one"], work.answers["a-two"]) == (ANSWER, "y = 3")


def test_the_work_comes_back_into_pages_of_the_other_language(here: Path, tmp_path: Path) -> None:
    page(here / "01_a.ipynb", cell("x"), cell(ANSWER, "a-one"))
    save(here, here / FILE)
    zh = tmp_path / "zh"
    target = page(zh / "01_a.ipynb", cell("# 题目"), cell(STUB, "a-one"))
    back = bring_back(zh, here / FILE)
    assert answer_in(target, "a-one") == ANSWER
    document = json.loads(target.read_text())
    assert document["cells"][1]["outputs"] == []
    assert document["cells"][0]["outputs"] != []
    assert (back.answers, back.pages, back.unknown, back.kept) == (
        1,
        ("01_a.ipynb",),
        ("b-one",),
        None,
    )


def test_another_answer_that_stood_there_is_kept_beside(here: Path) -> None:
    page(here / "01_a.ipynb", cell(ANSWER, "a-one"))
    save(here, here / FILE)
    page(here / "01_a.ipynb", cell(OTHER, "a-one"))
    back = bring_back(here, here / FILE)
    assert answer_in(here / "01_a.ipynb", "a-one") == ANSWER
    assert back.kept is not None
    assert Work.of_bytes(back.kept.read_bytes()).answers == {"a-one": OTHER}
    bring_back(here, back.kept)
    assert answer_in(here / "01_a.ipynb", "a-one") == OTHER


def test_bringing_back_twice_changes_nothing(here: Path) -> None:
    save(here, here / FILE)
    before = {path.name: path.read_bytes() for path in here.glob("*.ipynb")}
    back = bring_back(here, here / FILE)
    assert back.pages == ()
    assert {path.name: path.read_bytes() for path in here.glob("*.ipynb")} == before


def test_the_better_standing_of_an_exercise_stays(here: Path) -> None:
    progress.merge({"a": Standing(2.0, passed=True), "b": Standing(1.0, passed=False)})
    save(here, here / FILE)
    progress.merge({"b": Standing(3.0, passed=True)})
    bring_back(here, here / FILE)
    assert progress.read() == {"a": Standing(2.0, passed=True), "b": Standing(3.0, passed=True)}


GOOD = {"docker-images-course": "work", "version": 1, "answers": {"a-one": ANSWER}, "progress": {}}
BAD = {
    "empty": b"",
    "cut off": json.dumps(GOOD).encode()[:-5],
    "a notebook": json.dumps({"cells": [], "nbformat": 4}).encode(),
    "a list": b"[]",
    "another version": json.dumps(GOOD | {"version": 2}).encode(),
    "another course": json.dumps(GOOD | {"docker-images-course": "x"}).encode(),
    "no answers": json.dumps(GOOD | {"answers": []}).encode(),
    "an answer that is no text": json.dumps(GOOD | {"answers": {"a-one": 3}}).encode(),
    "a path for a name": json.dumps(GOOD | {"answers": {"../x": "y"}}).encode(),
    "a huge answer": json.dumps(GOOD | {"answers": {"a-one": "x" * 200_000}}).encode(),
    "too many answers": json.dumps(GOOD | {"answers": {f"a{n}": "" for n in range(2000)}}).encode(),
    "odd progress": json.dumps(GOOD | {"progress": {"a": 3}}).encode(),
    "progress that is no table": json.dumps(GOOD | {"progress": [1]}).encode(),
    "deep": b"[" * 100_000,
    "not UTF-8": b'{"a": "\xff"}',
    "huge": b" " * 6_000_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_and_nothing_is_changed(here: Path, name: str) -> None:
    (here / FILE).write_bytes(BAD[name])
    before = {path: path.read_bytes() for path in here.iterdir()}
    with pytest.raises(WorkError) as refused:
        bring_back(here, here / FILE)
    assert refused.value.reason.en
    assert refused.value.reason.zh
    assert {path: path.read_bytes() for path in here.iterdir()} == before


def test_a_file_that_is_not_there_is_told_of(here: Path) -> None:
    with pytest.raises(WorkError, match="Drag it"):
        bring_back(here, here / "nope.json")


def test_a_file_of_something_else_is_never_written_over(here: Path) -> None:
    (here / "package.json").write_text('{"name": "mine"}')
    with pytest.raises(WorkError, match="left alone"):
        save(here, save_path(here, "package.json"))
    assert (here / "package.json").read_text() == '{"name": "mine"}'
    with pytest.raises(WorkError, match="json"):
        save_path(here, "01_a.ipynb")


def test_a_learners_own_damaged_notebook_stops_nothing(here: Path) -> None:
    (here / "mine.ipynb").write_text("not json")
    assert save(here, here / FILE).answers == 2


def released(folder: Path, text: str, *, more: bool = False) -> Path:
    for language in ("en", "zh"):
        page(folder / language / "01_a.ipynb", cell(text), cell(STUB, "a-one"))
        if more:
            page(folder / language / "02_b.ipynb", cell("new"))
    return folder


def test_the_first_update_brings_every_page(tmp_path: Path) -> None:
    done = update(released(tmp_path / "kit", "one"), tmp_path / "mine")
    assert done.new == ("en/01_a.ipynb", "zh/01_a.ipynb")
    assert (done.renewed, done.same) == ((), ())


def test_a_new_version_of_a_lesson_takes_over_the_answers(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    update(released(tmp_path / "kit", "one"), mine)
    page(mine / "en" / "01_a.ipynb", cell("my note"), cell(ANSWER, "a-one"))
    done = update(released(tmp_path / "kit", "two", more=True), mine)
    assert "en/01_a.ipynb" in done.renewed
    assert done.new == ("en/02_b.ipynb", "zh/02_b.ipynb")
    assert answer_in(mine / "en" / "01_a.ipynb", "a-one") == ANSWER
    assert "two" in (mine / "en" / "01_a.ipynb").read_text()
    assert "my note" in (mine / "before-update" / "en" / "01_a.ipynb").read_text()


def test_a_lesson_that_has_not_changed_is_left_alone_whatever_was_done_in_it(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "mine"
    update(released(tmp_path / "kit", "one"), mine)
    page(mine / "en" / "01_a.ipynb", cell("my note"), cell(ANSWER, "a-one"))
    before = (mine / "en" / "01_a.ipynb").read_bytes()
    assert "en/01_a.ipynb" in update(tmp_path / "kit", mine).same
    assert (mine / "en" / "01_a.ipynb").read_bytes() == before


def test_a_damaged_page_is_renewed_and_kept_beside(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    update(released(tmp_path / "kit", "one"), mine)
    (mine / "en" / "01_a.ipynb").write_text("cut o")
    assert "en/01_a.ipynb" in update(tmp_path / "kit", mine).renewed
    assert (mine / "before-update" / "en" / "01_a.ipynb").read_text() == "cut o"


def test_without_renewing_only_missing_pages_come(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    update(released(tmp_path / "kit", "one"), mine)
    done = update(released(tmp_path / "kit", "two", more=True), mine, renew=False)
    assert (done.new, done.renewed) == (("en/02_b.ipynb", "zh/02_b.ipynb"), ())
    assert "one" in (mine / "en" / "01_a.ipynb").read_text()
    assert "en/01_a.ipynb" in update(tmp_path / "kit", mine).renewed
