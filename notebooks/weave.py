"""Weave lesson sources into notebooks: one per language, from one text.

    python -m notebooks.weave                 write notebooks/en and notebooks/zh
    python -m notebooks.weave 01_layers       only this lesson
    python -m notebooks.weave --solved DIR    the solved lessons, every cell executed, into DIR

A woven notebook is what a student opens: solutions cleared, demonstrations executed, exercise
cells bare, and so the cells that say `bare=true`: practice, and hints to be asked for. A cell that says
`varies=true` is executed, but shows something else once a learner has done something. Weaving twice gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tempfile
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from course_lib.exercises.answers import STUB
from notebooks.laws import grading, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ROOT = Path(__file__).parent
LESSONS = ROOT / "lessons"

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_HAN = "\u4e00-\u9fff"
_MARKS = "\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2014\u2026"
_BLOCK = r"(?![*+-]\s|\d+\.\s|[#>|]|```)"  # the next line begins a block of its own
_SOFT_BREAK = re.compile(
    rf"(?<=[{_HAN}{_MARKS}])\n *{_BLOCK}(?=[{_HAN}{_MARKS}])|(?<=[{_MARKS}])\n *{_BLOCK}(?=\S)|(?<=\S)\n *(?=[{_MARKS}])"
)

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def lessons() -> tuple[str, ...]:
    """Return the names of all lessons, in the order of the course: `01_layers`, ..."""
    return tuple(sorted(path.stem for path in LESSONS.glob("[0-9][0-9]_*.py")))


def source(name: str, lang: Language) -> NotebookNode:
    """Make one language's notebook of a lesson, with its solutions and without outputs."""
    return from_text((LESSONS / f"{name}.py").read_text(encoding="utf-8"), name, lang)


def from_text(text: str, name: str, lang: Language) -> NotebookNode:
    """Make one language's notebook from the text of a lesson.

    Raises:
        LawError: when the text breaks a law of `notebooks.laws`.

    """
    chosen = [cell for cell in read(text) if cell.metadata.get("lang", lang) == lang]
    notebook = nbformat.v4.new_notebook(
        cells=[_first_cell(lang), *(_clean_cell(cell) for cell in chosen)],
        metadata={
            "course": {"language": lang, "lesson": name},
            "kernelspec": dict(_KERNEL),
            "language_info": {"name": "python"},
        },
    )
    _name_cells(notebook.cells, name)
    return notebook


def student(notebook: NotebookNode) -> NotebookNode:
    """Take the solutions out, by nbgrader's own step."""
    config = Config()
    config.ClearSolutions.code_stub = {"python": STUB}
    cleared, _ = ClearSolutions(config=config).preprocess(
        nbformat.from_dict(notebook), {"notebook_id": notebook.metadata.course.lesson}
    )
    return cleared


def execute(notebook: NotebookNode, *, exercises: bool) -> NotebookNode:
    """Run the cells in a fresh kernel; without `exercises`, answer and grade cells stay bare."""
    done = nbformat.from_dict(notebook)
    bare = [
        cell
        for cell in done.cells
        if cell.metadata.get("bare") or (grading(cell) and not exercises)
    ]
    for cell in bare:  # nbclient leaves raw cells alone
        cell.cell_type = "raw"
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            done,
            timeout=120,
            kernel_name=_KERNEL["name"],
            resources={"metadata": {"path": folder}},
            store_widget_state=False,
            coalesce_streams=True,  # a kernel cuts what it prints at moments of its own
        ).execute(env={**os.environ, "COURSE_HOME": folder})
    for cell in bare:
        cell.cell_type = "code"
        cell.setdefault("outputs", [])
        cell.setdefault("execution_count", None)
    for cell in done.cells:
        _settle(cell)
    done.metadata = nbformat.from_dict(notebook.metadata)
    return done


def text_of(notebook: NotebookNode) -> str:
    """Return the bytes of the notebook file, as text: sorted keys, one space of indent."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def woven(name: str, lang: Language) -> str:
    """Return the text of the student notebook of a lesson, demonstrations executed."""
    return text_of(execute(student(source(name, lang)), exercises=False))


def solved(name: str, lang: Language) -> str:
    """Return the text of the solved notebook of a lesson, every cell executed."""
    return text_of(execute(source(name, lang), exercises=True))


def _first_cell(lang: Language) -> NotebookNode:
    """The only code cell that differs between the languages."""
    return nbformat.v4.new_code_cell(f"%load_ext course_lib\n%course_language {lang}")


def joined(prose: str) -> str:
    """Join the lines of Chinese prose where a line break would be shown as a blank.

    Chinese is written without blanks; between Chinese and Latin letters a blank is wanted, so that break stays.
    """
    parts = _FENCE.split(prose)
    return "".join(part if part.startswith("```") else _SOFT_BREAK.sub("", part) for part in parts)


def _clean_cell(cell: NotebookNode) -> NotebookNode:
    if cell.cell_type == "markdown":
        chinese = cell.metadata.get("lang") == "zh"
        return nbformat.v4.new_markdown_cell(joined(cell.source) if chinese else cell.source)
    meta = grading(cell)
    fresh = nbformat.v4.new_code_cell(cell.source)
    for kind in ("bare", "varies"):
        if cell.metadata.get(kind):
            fresh.metadata[kind] = True
    if meta:
        fresh.metadata["nbgrader"] = {
            "grade": False,
            "locked": bool(meta.get("grade", False)),
            "schema_version": 3,
            "solution": False,
            "task": False,
            **meta,
        }
    if fresh.metadata:
        # What a learner has done gives other output than what is stored.
        fresh.metadata["tags"] = ["nbval-ignore-output"]
    return fresh


def _name_cells(cells: Iterable[NotebookNode], lesson: str) -> None:
    """Derive each cell id from the lesson and the cell's own text."""
    seen: Counter[str] = Counter()
    for cell in cells:
        key = f"{lesson}\n{cell.cell_type}\n{cell.source}"
        seen[key] += 1
        cell.id = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:12]


def _settle(cell: NotebookNode) -> None:
    """Drop what differs from run to run: times, widget views (their model ids are random)."""
    cell.metadata.pop("execution", None)
    if "outputs" in cell:
        cell.outputs = list(_joined(cell.outputs))
    for output in cell.get("outputs", ()):
        output.get("data", {}).pop(_WIDGET_VIEW, None)
        output.get("metadata", {}).pop(_WIDGET_VIEW, None)


def _joined(outputs: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    """Join what was printed: where a kernel cuts its stream depends on the moment."""
    for (kind, stream), group in groupby(outputs, lambda one: (one.output_type, one.get("name"))):
        if kind == "stream":
            text = "".join(one.text for one in group)
            yield nbformat.v4.new_output("stream", name=stream, text=text)
        else:
            yield from group


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m notebooks.weave", description=__doc__)
    parser.add_argument("lesson", nargs="*", help="01_layers, ...; all lessons when left out")
    parser.add_argument("--solved", type=Path, metavar="DIR", help="write solved lessons to DIR")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.lesson) - set(lessons())
    if unknown:
        parser.error(f"no such lesson: {', '.join(sorted(unknown))}")
    make, folder = (solved, chosen.solved) if chosen.solved else (woven, ROOT)
    for name in chosen.lesson or lessons():
        for lang in LANGUAGES:
            path = folder / lang / f"{name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(make(name, lang), encoding="utf-8")
            sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
