"""The page that lists the lessons: every lesson, its minutes, its links, and nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from course_lib.text import LANGUAGES, Language, Text
from lite.lessons import Lesson, Minutes
from lite.page import PAGES, page

LESSONS = (
    Lesson("00_welcome", Text("Welcome", "欢迎"), Minutes(8, 2)),
    Lesson("11_add_copy", Text("11 ADD & COPY", "11 ADD 与 COPY"), Minutes(50, 60)),
    Lesson("99_glossary", Text("Glossary", "术语表"), None),
)


class _Reader(HTMLParser):
    """The links and all other addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in {"href", "src", "srcset", "data", "action"}:
                self.loaded.append(value or "")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["8 min reading, 2 min exercises", "2 lessons, about 2 hours", "11 ADD &amp; COPY"]),
        ("zh", ["阅读 8 分钟，习题 2 分钟", "共 2 课，大约 2 小时", "11 ADD 与 COPY"]),
    ],
)
def test_it_says_titles_and_minutes_in_its_language(lang: Language, words: list[str]) -> None:
    html = page(LESSONS, lang, None)
    assert [word for word in words if word not in html] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_lesson_opens_here_and_on_binder_and_can_be_downloaded(lang: Language) -> None:
    links = _Reader(page(LESSONS, lang, "someone/docker-course")).links
    for lesson in LESSONS:
        place = f"{lang}/{lesson.name}.ipynb"
        binder = f"https://mybinder.org/v2/gh/someone/docker-course/HEAD?urlpath=lab/tree/notebooks/{place}"
        assert {f"lab/index.html?path={place}", f"files/{place}", binder} <= set(links)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_repository_no_link_leads_away(lang: Language) -> None:
    links = _Reader(page(LESSONS, lang, None)).links
    assert [link for link in links if ":" in link] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_leads_to_the_other_language(lang: Language) -> None:
    (other,) = set(LANGUAGES) - {lang}
    assert PAGES[other] in _Reader(page(LESSONS, lang, None)).links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_loads_nothing_but_its_own_icon(lang: Language) -> None:
    html = page(LESSONS, lang, "someone/docker-course")
    assert [one[:5] for one in _Reader(html).loaded] == ["data:"]
    assert not re.search(r"@import|url\(", html)
