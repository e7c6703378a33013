"""A submitted file, read as data: nothing in it is run and nothing in it is believed.

Only cell types, sources, nbgrader's own keys and the language are taken over; ids and every
other key are left behind. A file that is not a notebook is `Unreadable`, with its reason.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode

from course_lib.text import Text, same

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 20_000_000
_KINDS = ("code", "markdown", "raw")
_NBGRADER = {
    "cell_type": str,
    "checksum": str,
    "grade": bool,
    "grade_id": str,
    "locked": bool,
    "points": float,
    "schema_version": int,
    "solution": bool,
    "task": bool,
}
"""nbgrader's keys in a cell's metadata, with the type of each."""


class Unreadable(Exception):  # noqa: N818 - a state of a submission, not a mistake of ours
    """A submitted file that is no notebook; `reason` says why, for the instructor."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read(path: Path, *, own: bool = False) -> NotebookNode:
    """Read a submitted file into a clean notebook of nbformat 4.

    `own` says that the grader itself wrote the file: the notebook's metadata is kept.

    Raises:
        Unreadable: when the file is too large, empty, cut off, not JSON or not a notebook.

    """
    if path.is_symlink() or not path.is_file():
        raise Unreadable(
            Text(
                "it is a link or a folder, not a file; links are not followed",
                "它是链接或文件夹，不是文件；链接不会被打开",
            )
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Unreadable(
            Text(
                f"the file has {size / 1e6:.0f} MB; more than {MAX_BYTES / 1e6:.0f} MB are not read",
                f"文件有 {size / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的文件不读取",
            )
        )
    return parse(path.read_bytes(), own=own)


def nothing(reason: str) -> NotebookNode:
    """Return the notebook that stands for a submission that can't be read, with its reason."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["course"] = NotebookNode(language="en", unreadable=reason)
    return notebook


def parse(raw: bytes, *, own: bool = False) -> NotebookNode:
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
    except ValueError as wrong:  # a number of more digits than Python reads
        raise Unreadable(
            Text("the JSON can't be read: ", "JSON 无法读取：") + same(str(wrong))
        ) from wrong
    match whole:
        case {"nbformat": 4, "cells": list(cells)}:
            notebook = _clean(cells, whole.get("metadata"))
            if own:
                notebook.metadata = nbformat.from_dict(whole["metadata"])
            return notebook
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
    notebook = NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=fresh)
    match metadata:
        case {"course": {"language": "zh"}}:
            notebook.metadata["course"] = NotebookNode(language="zh")
        case _:
            notebook.metadata["course"] = NotebookNode(language="en")
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
    fresh = NotebookNode(
        id=f"cell-{number}",
        cell_type=kind if kind in _KINDS else "raw",
        metadata=NotebookNode(),
        source=_sound(source),
    )
    match cell.get("metadata"):
        case {"nbgrader": {**nbgrader}}:
            fresh.metadata["nbgrader"] = NotebookNode(_nbgrader(nbgrader))
        case _:
            pass
    if kind == "code":
        fresh.outputs = _outputs(cell.get("outputs"))
        fresh.execution_count = None
    return fresh


def _sound(text: str) -> str:
    """Replace halves of characters that no file can hold: JSON may spell them, UTF-8 may not."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _nbgrader(metadata: dict[Any, Any]) -> dict[str, object]:
    """Keep nbgrader's own keys where they have a value of the right type."""
    kept: dict[str, object] = {}
    for key, kind in _NBGRADER.items():
        value = metadata.get(key)
        if isinstance(value, kind) or (kind is float and isinstance(value, int)):
            kept[key] = _sound(value) if isinstance(value, str) else value
    return kept


def _outputs(outputs: object) -> list[NotebookNode]:
    """Keep what nbformat accepts: our own outputs, when an autograded notebook is read again."""
    kept = []
    for output in outputs if isinstance(outputs, list) else ():
        node = _output(output)
        if node is not None:
            kept.append(node)
    return kept


def _output(output: object) -> NotebookNode | None:
    try:
        node = nbformat.from_dict(output)
        nbformat.validate(node, ref="output", version=4)
    except (nbformat.ValidationError, RecursionError, AttributeError, TypeError):
        return None
    return node
