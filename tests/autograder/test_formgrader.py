"""nbgrader's formgrader, in a browser: list, open, read our explanations, comment, give points, grade again."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

import nbformat
import pytest
from playwright.sync_api import expect

from tests.autograder.attacks import MARKUP
from tests.autograder.classroom import FULL, HALF, LESSON, RIGHT, notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.autograder.classroom import Classroom

PATIENCE = 60_000


@dataclass(frozen=True)
class Formgrader:
    """A server on a course, and a page that is signed in."""

    room: Classroom
    address: str
    page: Page

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}/formgrader/{path}")


@pytest.fixture(scope="module")
def formgrader(
    released: Classroom, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[Formgrader]:
    room = released.copy(tmp_path_factory.mktemp("formgrader") / "course")
    room.submit("ada", RIGHT)
    room.submit("bo", HALF)
    hostile = notebook(HALF)
    for source in MARKUP.values():
        hostile.cells.insert(0, nbformat.v4.new_markdown_cell(source))
    room.submit("eve", hostile)
    room.grade()
    token = secrets.token_hex(16)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    own = tmp_path_factory.mktemp("jupyter")
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME")
    binaries = str(Path(sys.executable).parent)
    with (own / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1"),
                *(f"--port={port}", "--ServerApp.port_retries=0"),
                *(f"--ServerApp.root_dir={room.root}", f"--IdentityProvider.token={token}"),
                *(("--allow-root",) if os.geteuid() == 0 else ()),
            ],
            cwd=room.root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={
                **os.environ,
                **{name: str(own / name.lower()) for name in names},
                "PATH": f"{binaries}:{os.environ['PATH']}",
            },
        )
    try:
        _wait(f"{address}/api/status?token={token}", server, own / "log")
        context = chromium.new_context(viewport={"width": 1200, "height": 1400})
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        # What formgrader would load from outside (MathJax) has no part in this.
        page.route(lambda url: not url.startswith(address), lambda route: route.abort())
        page.goto(f"{address}/api/status?token={token}")
        yield Formgrader(room, address, page)
        context.close()
    finally:
        server.terminate()
        server.wait(30)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 - our own server on loopback
        except URLError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        else:
            return


def _submission(formgrader: Formgrader, student: str) -> None:
    with formgrader.room.gradebook() as gradebook:
        found = gradebook.find_submission_notebook(LESSON, LESSON, student).id
    formgrader.open(f"submissions/{found}/")


def test_the_list_shows_each_submission_with_its_score(formgrader: Formgrader) -> None:
    formgrader.open(f"manage_submissions/{LESSON}")

    for student, score in (("ada", "10 / 10"), ("bo", "2 / 10")):
        row = formgrader.page.locator("tr", has=formgrader.page.get_by_text(student, exact=True))
        expect(row).to_contain_text(score)
        expect(row).to_contain_text("graded")


def test_a_submission_shows_our_explanations(formgrader: Formgrader, artefacts: Path) -> None:
    _submission(formgrader, "bo")

    shown = formgrader.page.locator("#notebook-container").first
    expect(shown).to_contain_text("not yet: an argument takes the place of world")
    expect(shown).to_contain_text("There is no answer yet in cmd-stop.")
    formgrader.page.screenshot(path=artefacts / "formgrader.png")


def test_a_comment_and_points_of_a_person_are_kept_when_the_button_grades_again(
    formgrader: Formgrader,
) -> None:
    _submission(formgrader, "bo")
    page = formgrader.page
    comment = page.locator("#cmd-greet-comment")
    expect(page.locator("#cmd-greet-check")).to_have_attribute("placeholder", "1")
    comment.fill("nearly there")
    page.locator("#cmd-greet-check").fill("2.5")
    page.locator("#cmd-env-check").focus()
    expect(page.locator(".score-saved").filter(visible=True)).to_have_count(0)
    page.wait_for_load_state("networkidle")

    formgrader.open(f"manage_submissions/{LESSON}")
    row = page.locator("tr", has=page.get_by_text("bo", exact=True))
    row.locator("a:has(.glyphicon-flash)").click()
    expect(page.locator("#success-modal")).to_contain_text(
        re.compile("Successfully autograded"), timeout=PATIENCE
    )

    with formgrader.room.gradebook() as gradebook:
        grade = gradebook.find_grade("cmd-greet-check", LESSON, LESSON, "bo")
        said = gradebook.find_comment("cmd-greet", LESSON, LESSON, "bo").comment
    assert (grade.auto_score, grade.manual_score, said) == (1, 2.5, "nearly there")
    assert formgrader.room.scores("ada") == FULL


def test_a_student_s_markdown_does_nothing_in_the_grader_s_browser(formgrader: Formgrader) -> None:
    happened: list[str] = []
    page = formgrader.page
    page.on("dialog", lambda dialog: happened.append(dialog.message))
    page.on("request", lambda request: happened.append(request.url))

    _submission(formgrader, "eve")
    expect(page.locator("#notebook-container").first).to_contain_text("an argument takes the place")
    page.wait_for_timeout(500)

    assert page.evaluate("window.pwned") is None
    outside = [url for url in happened if not url.startswith((formgrader.address, "data:"))]
    assert [url for url in outside if "mathjax" not in url.lower()] == []
    assert page.locator("#notebook-container script, #notebook-container iframe").count() == 0
