"""A submitted file is read as data, or refused with its reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from autograder.submission import MAX_BYTES, Unreadable, parse, read
from course_lib.text import speaking

if TYPE_CHECKING:
    from pathlib import Path

CODE: dict[str, object] = {
    "cell_type": "code",
    "source": "1",
    "metadata": {},
    "outputs": [],
    "execution_count": None,
}


def notebook(*cells: object, **more: object) -> bytes:
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}
    return json.dumps(whole).encode()


UNREADABLE = {
    "an empty file": (b"", "empty"),
    "only blanks": (b" \n\n", "empty"),
    "cut off in the middle": (notebook(CODE)[:60], "cut off"),
    "no JSON": (b"FROM alpine\n", "not JSON"),
    "NUL bytes": (b"\0\0\0\0", "not JSON"),
    "Latin-1 text": ('{"a": "é"}'.encode("latin-1"), "not UTF-8"),
    "JSON of another kind": (b'{"a": 1}', "not a notebook"),
    "a list": (b"[1, 2]", "not a notebook"),
    "cells that are no list": (b'{"nbformat": 4, "cells": 3}', "not a notebook"),
    "the format of 2013": (b'{"nbformat": 3, "worksheets": []}', "format 3"),
    "nested without end": (b"[" * 200_000, "deeply"),
}

ODD = {
    "a source in lines": ({**CODE, "source": ["a\n", "b"]}, "code", "a\nb"),
    "a source that is a number": ({**CODE, "source": 7}, "code", ""),
    "a source with a number among its lines": ({**CODE, "source": ["a", 7]}, "code", "a"),
    "no source at all": ({"cell_type": "markdown"}, "markdown", ""),
    "an unknown kind of cell": ({"cell_type": "video", "source": "x"}, "raw", "x"),
    "a kind that is no text": ({"cell_type": ["code"], "source": "x"}, "raw", "x"),
    "outputs of nonsense": ({**CODE, "outputs": [1, {"output_type": "virus"}]}, "code", "1"),
    "metadata that is a list": ({**CODE, "metadata": [1]}, "code", "1"),
    "an id with markup": ({**CODE, "id": "<b>"}, "code", "1"),
}


@pytest.mark.parametrize(("raw", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_notebook_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refused:
        parse(raw)

    with speaking("zh"):
        assert str(refused.value.reason) != refused.value.reason.en


@pytest.mark.parametrize(("cell", "kind", "source"), ODD.values(), ids=ODD)
def test_an_odd_cell_becomes_a_valid_one(cell: dict[str, Any], kind: str, source: str) -> None:
    read_back = parse(notebook(cell))

    nbformat.validate(read_back)
    assert [(c.cell_type, c.source) for c in read_back.cells] == [(kind, source)]


def test_what_is_no_cell_at_all_is_left_out() -> None:
    assert [cell.source for cell in parse(notebook(1, None, "x", CODE)).cells] == ["1"]


def test_the_language_of_the_notebook_is_kept() -> None:
    raw = notebook(CODE, metadata={"course": {"language": "zh"}, "widgets": {"x": 1}})

    assert parse(raw).metadata == {"course": {"language": "zh"}}


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "01_layers.ipynb"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(Unreadable, match="more than 20 MB"):
        read(path)
