"""A submitted file, read as data: nothing in it is run and nothing in it is believed.

Only cell types, sources and grade ids are taken over; outputs, ids and every other key are
left behind. A file that is not a notebook is `Unreadable`, with its reason.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nbformat

from course_lib.text import Text, same

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

MAX_BYTES = 20_000_000
_MAKE = {
    "code": nbformat.v4.new_code_cell,
    "markdown": nbformat.v4.new_markdown_cell,
    "raw": nbformat.v4.new_raw_cell,
}


class Unreadable(Exception):  # noqa: N818 - a state of a submission, not a mistake of ours
    """A submitted file that is no notebook; `reason` says why, for the instructor."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read(path: Path) -> NotebookNode:
    """Read a submitted file into a clean notebook of nbformat 4.

    Raises:
        Unreadable: when the file is too large, empty, cut off, not JSON or not a notebook.

    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Unreadable(
            Text(
                f"the file has {size / 1e6:.0f} MB; more than {MAX_BYTES / 1e6:.0f} MB are not read",
                f"文件有 {size / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的文件不读取",
            )
        )
    return parse(path.read_bytes())


def parse(raw: bytes) -> NotebookNode:
    """Make a clean notebook from the bytes of a submitted file.

    Raises:
        Unreadable: when the bytes are empty, cut off, not JSON or not a notebook.

    """
    if not raw.strip():
        raise Unreadable(Text("the file is empty", "文件是空的"))
    try:
        whole = json.loads(raw)
    except UnicodeDecodeError as wrong:
        raise Unreadable(
            Text(
                f"the file is not UTF-8 text ({wrong.reason})",
                f"文件不是 UTF-8 文本（{wrong.reason}）",
            )
        ) from wrong
    except json.JSONDecodeError as wrong:
        raise Unreadable(
            Text("the file is not JSON, or was cut off: ", "文件不是 JSON，或者不完整：")
            + same(str(wrong))
        ) from wrong
    except RecursionError as wrong:
        raise Unreadable(Text("the JSON is nested too deeply", "JSON 嵌套太深")) from wrong
    match whole:
        case {"nbformat": 4, "cells": list(cells)}:
            return _clean(cells, whole.get("metadata"))
        case {"nbformat": int(version)} if version != 4:  # noqa: PLR2004 - the format's number
            raise Unreadable(
                Text(
                    f"the notebook has format {version}; save it in JupyterLab, that gives format 4",
                    f"笔记本是第 {version} 版格式；用 JupyterLab 保存一次就是第 4 版",
                )
            )
        case _:
            raise Unreadable(
                Text("the file is JSON, but not a notebook", "文件是 JSON，但不是笔记本")
            )


def _clean(cells: list[Any], metadata: object) -> NotebookNode:
    fresh = [_cell(cell, number) for number, cell in enumerate(cells) if isinstance(cell, dict)]
    notebook = nbformat.v4.new_notebook(cells=fresh)
    match metadata:
        case {"course": {**course}}:
            notebook.metadata["course"] = nbformat.from_dict(course)
        case _:
            notebook.metadata["course"] = nbformat.from_dict({})
    return notebook


def _cell(cell: dict[str, Any], number: int) -> NotebookNode:
    match cell.get("source"):
        case str(text):
            source = text
        case list(lines):
            source = "".join(line for line in lines if isinstance(line, str))
        case _:
            source = ""
    kind = cell.get("cell_type")
    fresh = _MAKE.get(kind if isinstance(kind, str) else "", nbformat.v4.new_raw_cell)(source)
    fresh.id = f"cell-{number}"
    match cell.get("metadata"):
        case {"nbgrader": {**nbgrader}}:
            fresh.metadata["nbgrader"] = nbformat.from_dict(nbgrader)
        case _:
            pass
    if kind == "code":
        fresh.outputs = _outputs(cell.get("outputs"))
    return fresh


def _outputs(outputs: object) -> list[NotebookNode]:
    """Keep what nbformat accepts: our own outputs, when an autograded notebook is read again."""
    kept = []
    for output in outputs if isinstance(outputs, list) else ():
        node = nbformat.from_dict(output)
        if isinstance(output, dict) and not _invalid(node):
            kept.append(node)
    return kept


def _invalid(output: NotebookNode) -> bool:
    try:
        nbformat.validate(output, ref="output", version=4)
    except nbformat.ValidationError:
        return True
    return False
