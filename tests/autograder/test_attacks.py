"""No attack of the table gains a point, touches a file, leaves a process, reads another student or runs HTML."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import psutil
import pytest

from autograder import grade as grader
from autograder.feedback import Feedback, Pages
from tests.autograder.attacks import (
    ATTACKS,
    CLEANED,
    DROPPED,
    ESCAPED,
    MARKUP,
    NO_LINKS,
    NOT_COPIED,
    SECRET,
    TOUCHED,
)
from tests.autograder.classroom import FULL, LESSON, RIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

    from autograder.summary import Summary
    from tests.autograder.classroom import Classroom

PAGES = (CLEANED, ESCAPED, DROPPED, NO_LINKS, NOT_COPIED)
"""Attacks on what is shown: their students get feedback pages."""
NAMES = {
    name: f"{'page' if attack.stopped_by in PAGES else 'attack'}-{number:03}"
    for number, (name, attack) in enumerate(ATTACKS.items())
}
SHOWN = [name for name, student in NAMES.items() if student.startswith("page")]
HOSTILE_NAMES = ("<img src=x onerror=pwned=1>", "a\nb", "'; drop table grade; --", "x" * 200)


@dataclass(frozen=True)
class Attacked:
    room: Classroom
    summary: Summary
    pages: Pages
    before: Mapping[str, str]
    processes: set[int]

    def files(self) -> dict[str, str]:
        return files(self.room.root)


def files(root: Path) -> dict[str, str]:
    """Return every file below a folder with what tells whether it was changed."""
    return {
        str(path.relative_to(root)): f"{path.lstat().st_mtime_ns} {path.lstat().st_size}"
        for path in root.rglob("*")
        if not path.is_dir() or path.is_symlink()
    }


@pytest.fixture(scope="module")
def attacked(released: Classroom, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """A class in which every student but two attacks; the victim is first, the last is honest."""
    room = released.copy(tmp_path_factory.mktemp("attacked") / "course")
    room.submit("aaa-victim", {**RIGHT, "cmd-env": RIGHT["cmd-env"] + f"\nLABEL x={SECRET}"})
    room.submit("victim", {**RIGHT, "cmd-env": RIGHT["cmd-env"] + f"\nLABEL x={SECRET}"})
    (room.root / "secret.txt").write_text(SECRET, encoding="utf-8")
    for name, attack in ATTACKS.items():
        folder = room.path(NAMES[name]).parent
        folder.mkdir(parents=True)
        attack.put(folder)
    for name in HOSTILE_NAMES:
        room.submit(name, RIGHT)
    room.submit("zz-honest", RIGHT)
    before = files(room.root)
    processes = {one.pid for one in psutil.Process().children(recursive=True)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grader, "MAX_SECONDS", 1)
        summary = room.grade()
    pages = Feedback(room.course, LESSON, "page-*").make()
    return Attacked(room, summary, pages, before, processes)


def _said(attacked: Attacked, student: str) -> str:
    cells = attacked.room.autograded(student)["cells"]
    return json.dumps([cell.get("outputs") for cell in cells], ensure_ascii=False)


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_gains_a_point(attacked: Attacked, name: str) -> None:
    student = NAMES[name]

    assert not any(attacked.room.scores(student).values())
    assert ATTACKS[name].says in _said(attacked, student)


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_reads_another_student_or_the_host(attacked: Attacked, name: str) -> None:
    student = NAMES[name]
    root = attacked.room.root
    written = [
        path for step in ("autograded", "feedback") for path in (root / step / student).rglob("*")
    ]

    assert written
    assert not [path for path in written if path.is_symlink()]
    texts = [path.read_text("utf-8") for path in written if path.is_file()]
    assert not [
        text for text in texts if SECRET in text or "root:x:0:0:root:/root:/bin/bash" in text
    ]


def test_the_honest_students_have_their_points(attacked: Attacked) -> None:
    for student in ("aaa-victim", "victim", "zz-honest"):
        assert attacked.room.scores(student) == FULL


def test_nothing_is_written_but_scores_autograded_notebooks_and_feedback(
    attacked: Attacked,
) -> None:
    after = attacked.files()
    new = {name for name in after if after[name] != attacked.before.get(name)}

    assert {name.split("/")[0] for name in new} == {"autograded", "feedback", "gradebook.db"}
    assert set(attacked.before) <= set(after)
    assert {name.split("/")[-1] for name in new} == {
        f"{LESSON}.ipynb",
        f"{LESSON}.html",
        "gradebook.db",
    }
    assert not [name for name in after if TOUCHED in name]


def test_no_process_is_left(attacked: Attacked) -> None:
    left = [
        one
        for one in psutil.Process().children(recursive=True)
        if one.pid not in attacked.processes and one.is_running()
    ]

    assert not [one for one in left if "9876" in one.cmdline() or "bash" in one.name()]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_refused_and_never_reaches_the_gradebook(
    attacked: Attacked, name: str
) -> None:
    (outcome,) = [one for one in attacked.summary.outcomes if one.student == ascii(name)]

    assert "is no student's" in outcome.reasons[0]
    with attacked.room.gradebook() as gradebook:
        assert name not in [student.id for student in gradebook.students]


class _Acts(HTMLParser):
    """Collects what acts or loads in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policies = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.policies += 1
        elif tag in {"script", "iframe", "object", "embed", "form", "base", "link", "svg", "video"}:
            self.found.append(tag)
        elif tag == "meta" and "http-equiv" in values:
            self.found.append(f"{tag} {values}")
        for name, value in values.items():
            outside = name in {"src", "srcset", "data", "action"} and not value.startswith(
                "data:image/"
            )
            script = name == "href" and value.strip().lower().startswith(("javascript:", "data:"))
            if name.startswith("on") or outside or script:
                self.found.append(f"{tag} {name}={value}")


def _acts(page: str) -> tuple[list[str], int]:
    parser = _Acts()
    parser.feed(page)
    return parser.found, parser.policies


@pytest.mark.parametrize("name", SHOWN)
def test_no_feedback_page_holds_what_acts_or_loads(attacked: Attacked, name: str) -> None:
    page = attacked.room.path(NAMES[name], "feedback", f"{LESSON}.html").read_text("utf-8")

    assert _acts(page) == ([], 1)


@pytest.mark.parametrize("source", MARKUP.values(), ids=MARKUP)
def test_the_search_for_what_acts_finds_it_where_it_is(source: str) -> None:
    harmless = (
        "Score: 10.0",
        "<!-->",
        "<plaintext>",
        "```",
        "](javascript",
        "](http",
        "href{",
        "style=",
        "<style>",
    )

    assert _acts(source)[0] or any(word in source for word in harmless)


def test_a_score_of_one_s_own_does_not_look_like_one(attacked: Attacked) -> None:
    student = NAMES["Markdown: a score of one's own"]
    page = attacked.room.path(student, "feedback", f"{LESSON}.html").read_text("utf-8")

    assert '<span class="pull-right">Score: 10.0 / 10.0' not in page
    assert "<span>Score: 10.0 / 10.0</span>" in page


@pytest.fixture(scope="module")
def opened(attacked: Attacked, chromium: Browser) -> Iterator[list[str]]:
    """All feedback pages, opened in a browser that does not mind their policy; what then happened."""
    happened: list[str] = []
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.on("dialog", lambda dialog: happened.append(f"dialog {dialog.message}"))
    page.on(
        "request",
        lambda request: (
            happened.append(request.url)
            if not request.url.startswith(("file:", "data:image/"))
            else None
        ),
    )
    for name in SHOWN:
        path = attacked.room.path(NAMES[name], "feedback", f"{LESSON}.html")
        page.goto(path.as_uri())
        if page.evaluate("window.pwned") is not None:
            happened.append(name)
    yield happened
    context.close()


def test_nothing_runs_and_nothing_is_loaded_in_a_browser(opened: list[str]) -> None:
    assert opened == []


def test_pages_are_made_for_all(attacked: Attacked) -> None:
    assert attacked.pages.failed == ()
    assert attacked.pages.made == len(SHOWN)
