"""What a lesson's source says about itself: its title and its minutes, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jupytext

from course_lib.text import LANGUAGES, Language, Text
from notebooks.laws import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_MINUTES = {
    "en": re.compile(r"^Reading (\d+) minutes, exercises (\d+) minutes\.", re.MULTILINE),
    "zh": re.compile(r"^阅读 (\d+) 分钟，习题 (\d+) 分钟。", re.MULTILINE),
}


class UntoldError(ValueError):
    """A lesson has no title, or its languages disagree on the minutes."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long a lesson takes: to read, and to do its exercises."""

    reading: int
    exercises: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: `name` as in `01_layers`; `minutes` is None where it is only looked up."""

    name: str
    title: Text
    minutes: Minutes | None

    @classmethod
    def of(cls, name: str, source: str) -> Lesson:
        """Read a lesson from the text of its source.

        Raises:
            UntoldError: it has no title, or its languages disagree on the minutes.

        """
        prose: dict[Language, str] = dict.fromkeys(LANGUAGES, "")
        for cell in jupytext.reads(
            source, fmt=FORMAT
        ).cells:  # the laws are kept: the notebooks are woven
            if cell.cell_type == "markdown":
                prose[cell.metadata["lang"]] += f"{cell.source}\n"
        titles = {lang: _TITLE.search(text) for lang, text in prose.items()}
        if not (titles["en"] and titles["zh"]):
            msg = f"{name} has no title: '# ' in its first cells"
            raise UntoldError(msg)
        told = {lang: _minutes(lang, text) for lang, text in prose.items()}
        if told["en"] != told["zh"]:
            msg = f"{name}: {told['en']} in English, {told['zh']} in Chinese"
            raise UntoldError(msg)
        return cls(name, Text(titles["en"][1], titles["zh"][1]), told["en"])


def lessons(folder: Path) -> tuple[Lesson, ...]:
    """All lessons of a folder of sources, in the order of the course."""
    paths: Iterable[Path] = sorted(folder.glob("[0-9][0-9]_*.py"))
    return tuple(Lesson.of(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def _minutes(lang: Language, prose: str) -> Minutes | None:
    found = _MINUTES[lang].search(prose)
    return Minutes(int(found[1]), int(found[2])) if found else None
