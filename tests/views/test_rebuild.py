"""Two builds side by side: the edits, and what became of each step."""

from __future__ import annotations

import pytest

from course_lib.views.rebuild import Edit, rebuild_of
from course_lib.views.timeline import Fate
from tests.views.world import EDITED, builds

FILES = {"src/a": "1"}


def _edits(source: str) -> list[tuple[str, str]]:
    before, after = builds((EDITED, FILES), (source, FILES))
    turns = rebuild_of(before, after).turns
    moments = [(turn.edit, turn.after or turn.before) for turn in turns]
    return [
        (edit.name, moment.instruction)
        for edit, moment in moments
        if moment is not None and edit is not Edit.SAME
    ]


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("", "", []),
        ("made > made", "more > made", [("CHANGED", "RUN echo more > made")]),
        ("ENV MOOD=good\n", "", [("REMOVED", "ENV MOOD=good")]),
        ("ENV MOOD=good\n", "ENV MOOD=bad\n", [("CHANGED", "ENV MOOD=bad")]),
        ("ENV MOOD=good\n", "LABEL a=1\n", [("ADDED", "LABEL a=1"), ("REMOVED", "ENV MOOD=good")]),
        ("CMD", "USER 1\nCMD", [("ADDED", "USER 1")]),
        ("FROM alpine\n", "FROM alpine\n# a comment\n", []),
    ],
)
def test_an_edit_is_found(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    assert _edits(EDITED.replace(old, new, 1)) == edits


def test_a_changed_file_breaks_the_cache_from_its_copy_on() -> None:
    before, after = builds((EDITED, FILES), (EDITED, {"src/a": "2"}))

    rebuild = rebuild_of(before, after)

    fates = [turn.after.fate for turn in rebuild.turns if turn.after]
    assert rebuild.files == ((Edit.CHANGED, "src/a"),)
    assert fates == [
        Fate.BASE,
        Fate.CACHED,
        Fate.RUN,
        Fate.RUN,
        Fate.CONFIG,
        Fate.RUN,
        Fate.CONFIG,
    ]


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        (FILES, {**FILES, "b": ""}, (Edit.ADDED, "b")),
        ({**FILES, "b": ""}, FILES, (Edit.REMOVED, "b")),
        ({**FILES, "b": ""}, {**FILES, "b": "x"}, (Edit.CHANGED, "b")),
    ],
)
def test_a_file_of_the_context_that_differs_is_named(
    old: dict[str, str], new: dict[str, str], edit: tuple[Edit, str]
) -> None:
    before, after = builds((EDITED, old), (EDITED, new))

    assert rebuild_of(before, after).files == (edit,)
