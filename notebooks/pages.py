"""Write what is made out of data: the map of the course, and where the simulator differs from Docker.

    python -m notebooks.pages

writes `course_lib/lessons.toml` anew, with the titles and minutes that stand in the lessons, then the sources
of two pages from it and from `course_lib/differences.toml`. Weave the two pages afterwards.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.differences import differences
from course_lib.lessons import Lesson
from course_lib.text import Text, same
from notebooks import weave

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from course_lib.differences import Difference

CATALOGUE = Path(__file__).parents[1] / "course_lib" / "lessons.toml"
MAP = "97_map"
DIFFERENCES = "98_differences"

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_MINUTES = {
    "en": re.compile(r"^Reading (\d+) minutes, exercises (\d+) minutes\.", re.MULTILINE),
    "zh": re.compile(r"^阅读 (\d+) 分钟，习题 (\d+) 分钟。", re.MULTILINE),
}


class PageError(ValueError):
    """What the pages are made of is not complete; the message names what to add."""


# The catalogue

_HEAD = """\
# The lessons in the order of the course. Titles and minutes are those that stand in the lessons;
# `builds_on` is written here: earlier lessons, without those that these build on themselves.
# After a change here or there: python -m notebooks.pages
"""


def lessons(kept: str) -> tuple[Lesson, ...]:
    """Read the lessons: `builds_on` from the text of a `lessons.toml`, the rest from their sources.

    Raises:
        PageError: a lesson has no title, no minutes or other ones in the other language, or no `builds_on`.

    """
    builds_on = {one["name"]: one["builds_on"] for one in tomllib.loads(kept)["lesson"]}
    return tuple(_lessons(builds_on))


def _lessons(builds_on: Mapping[str, Sequence[str]]) -> Iterator[Lesson]:
    for name in weave.lessons():
        prose = {lang: _prose_of(name, lang) for lang in weave.LANGUAGES}
        minutes = {lang: _MINUTES[lang].findall(text) for lang, text in prose.items()}
        if not any(minutes.values()):
            continue  # a page that is only looked up
        titles = {lang: _TITLE.findall(text) for lang, text in prose.items()}
        if not all(titles.values()) or not minutes["en"] or minutes["en"] != minutes["zh"]:
            msg = f"{name}: both languages need a title and the same minutes"
            raise PageError(msg)
        if name not in builds_on:
            msg = f'{CATALOGUE}: add name = "{name}" with its builds_on'
            raise PageError(msg)
        reading, exercises = map(int, minutes["en"][0])
        title = Text(titles["en"][0], titles["zh"][0])
        yield Lesson(name, title, reading, exercises, tuple(builds_on[name]))


def _prose_of(name: str, lang: weave.Language) -> str:
    cells = weave.source(name, lang).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def catalogue(course: Iterable[Lesson]) -> str:
    """Return the text of `lessons.toml`."""
    return "\n".join([_HEAD, *map(_table, course)])


def _table(one: Lesson) -> str:
    below = ", ".join(f'"{name}"' for name in one.builds_on)
    return (
        f'[[lesson]]\nname = "{one.name}"\ntitle = {{ en = "{one.title.en}", zh = "{one.title.zh}" }}\n'
        f"reading = {one.reading}\nexercises = {one.exercises}\nbuilds_on = [{below}]\n"
    )


# The map

_MAP = Text(
    """\
# The map of the course

The lessons follow one another, and that order is a good one. It is not the only one: a lesson needs what stands beside
it under "builds on", and what that builds on in its turn. Minutes are for reading and for the exercises.
""",
    """\
# 课程地图

各课按顺序学下来就好。也可以换个顺序：学一课之前，先学“先学”那一列里的课，以及它们各自要先学的课。
分钟数包括阅读和习题。
""",
)
_COLUMNS = Text("| lesson | minutes | builds on |", "| 课程 | 分钟 | 先学 |")
_MORE = Text(
    """
Beside the lessons: the [glossary](99_glossary.ipynb), each word once, and
[where Docker differs from this simulator](98_differences.ipynb).

In the picture the lessons stand in steps: those of one step do not need one another, only what stands above them. The signs are
your progress. Run the cell again to see what has changed; `%progress` lists every exercise.
""",
    """
另外还有：[术语表](99_glossary.ipynb)，每个词解释一次；[真实的 Docker 与这个模拟器的不同](98_differences.ipynb)。

下面的图把课分成几步：同一步里的课互不依赖，只依赖上面的课。每课前面的符号是你的进度；想看新的进度，就再运行一次。`%progress` 会列出每一道习题。
""",
)


def map_page(course: Sequence[Lesson]) -> str:
    """Return the source of the page with the map."""
    cells = []
    for lang in weave.LANGUAGES:
        rows = "\n".join(_row(one, lang) for one in course)
        table = f"{_in(_COLUMNS, lang)}\n|---|---|---|\n{rows}\n"
        cells.append(_prose(lang, f"{_in(_MAP, lang)}\n{table}{_in(_MORE, lang)}"))
    return "\n\n".join([*cells, "# %% varies=true\n# %picture map"]) + "\n"


def _row(one: Lesson, lang: weave.Language) -> str:
    links = " ".join(f"[{name.partition('_')[0]}]({name}.ipynb)" for name in one.builds_on)
    return f"| [{_in(one.label, lang)}]({one.name}.ipynb) | {one.minutes} | {links} |"


# The differences

_DIFFERENCES = Text(
    """\
# Where Docker differs from this simulator

The course runs on a simulator. Its sizes, digests, histories and messages are compared with those of a real Docker. Here is what we
know to be otherwise, and why. What is not simulated at all says so when you meet it, with its line.
""",
    """\
# 真实的 Docker 与这个模拟器的不同

这门课用的是模拟器。大小、digest、历史记录和报错都与真正的 Docker 对照过。已知不一样的地方都列在这里，并说明原因。
完全没有模拟的功能，遇到时会直说，并指出是哪一行。
""",
)
_WHY = Text("Why: ", "原因：")
ROOMS = {
    "dockerfile": Text("The Dockerfile", "Dockerfile"),
    "build": Text("Builds", "构建"),
    "image": Text("Files and layers", "文件和层"),
    "registry": Text("Base images", "基础镜像"),
    "engine": Text("Images and containers", "镜像和容器"),
    "cli": Text("The docker command", "docker 命令"),
    "shell": Text("The shell and its commands", "shell 和命令"),
    "oci": Text("Archives of images", "镜像的归档"),
}
"""A room of `course_lib`, in the words of a learner."""


def differences_page(table: Iterable[Difference]) -> str:
    """Return the source of the page of differences, room by room.

    Raises:
        PageError: a difference names a room that has no words for a learner.

    """
    known = tuple(table)
    unnamed = {one.where for one in known} - set(ROOMS)
    if unnamed:
        msg = f"{__name__}.ROOMS: add {', '.join(sorted(unnamed))}"
        raise PageError(msg)
    cells = [_twins(_DIFFERENCES)]
    for room, heading in ROOMS.items():
        mine = [one for one in known if one.where == room]
        if mine:
            parts = [same("## ") + heading, *map(_entry, mine)]
            text = parts[0]
            for part in parts[1:]:
                text += same("\n\n") + part
            cells.append(_twins(text))
    return "\n\n".join(cells) + "\n"


def _entry(one: Difference) -> Text:
    return same("### ") + one.title + same("\n\n") + one.what + same("\n\n") + _WHY + one.why


# The form of a source


def _in(text: Text, lang: weave.Language) -> str:
    return text.en if lang == "en" else text.zh


def _twins(text: Text) -> str:
    return "\n\n".join(_prose(lang, _in(text, lang)) for lang in weave.LANGUAGES)


def _prose(lang: weave.Language, text: str) -> str:
    lines = [f"# {line}".rstrip() for line in text.strip("\n").split("\n")]
    return "\n".join([f'# %% [markdown] lang="{lang}"', *lines])


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file that is made, with its text.

    Raises:
        PageError: as for `lessons` and `differences_page`.

    """
    course = lessons(CATALOGUE.read_text(encoding="utf-8"))
    yield CATALOGUE, catalogue(course)
    yield weave.LESSONS / f"{MAP}.py", map_page(course)
    yield weave.LESSONS / f"{DIFFERENCES}.py", differences_page(differences())


def main() -> int:
    """Write the files; return the exit status."""
    for path, text in files():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
