"""Which paths a .dockerignore keeps out of the context."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.build.glob import BadPatternError, matches
from course_lib.build.ignore import IgnoreRules, IllegalExclusionError, read_ignore_file

CASES = Path(os.environ.get("COURSE_CASES", Path(__file__).parents[3] / "shared" / "cases"))


def suite() -> dict[str, Any]:
    path = CASES / "dockerignore.json"
    if not path.is_file():
        pytest.skip(f"the acceptance cases are not at {CASES}")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def excludes(text: str, path: str) -> bool:
    return IgnoreRules.of(read_ignore_file(text)).excludes(path)


def answer(patterns: list[str], path: str) -> tuple[bool | None, str | None]:
    try:
        return IgnoreRules.of(tuple(patterns)).excludes(path), None
    except ValueError as error:
        return None, str(error)


def test_moby_patternmatchers_own_table() -> None:
    wrong = [
        case
        for case in suite()["cases"]
        if answer(case["patterns"], case["path"]) != (case.get("excluded"), case.get("error"))
    ]
    assert wrong == []


def test_whole_files_over_a_tree() -> None:
    loaded = suite()
    for case in loaded["ignore_files"]:
        patterns = read_ignore_file(case["text"])
        assert list(patterns) == case["patterns"]
        if "excluded" not in case:
            continue
        found = [path for path in loaded["tree"] if answer(list(patterns), path)[0]]
        assert sorted(found) == sorted(case["excluded"]), case["text"]


@pytest.mark.parametrize(
    ("text", "path", "out"),
    [
        ("docs", "docs/a/b.md", True),
        ("docs", "src/docs", False),
        ("**/docs", "src/docs/a", True),
        ("*.log", ".log", True),
        ("*.log", "a/b.log", False),
        ("**/*.log", "b.log", True),
        ("*\n!src", "src/a.py", False),
        ("*\n!src", "lib/a.py", True),
        ("build\n!build/keep", "build/keep", False),
        ("!a\na", "a", True),
        ("a\n!a\na", "a", True),
        ("  a  ", "a", True),
        (" #a", "#a", True),
        ("#a", "#a", False),
        ("/a/", "a", True),
        ("./x/../a", "a", True),
        (".", "a", False),
        ("**", "a/b", True),
        ("[a-c].txt", "b.txt", True),
        ("[^a-c].txt", "b.txt", False),
        (r"\*.txt", "b.txt", False),
        (r"\*.txt", "*.txt", True),
        ("a**b", "axyb", False),
        ("a/**/b", "a/b", True),
        ("a/**", "a", False),
        ("\ufeffa", "a", True),
    ],
)
def test_a_path_is_out_when_the_last_line_that_matches_says_so(
    text: str, path: str, *, out: bool
) -> None:
    assert excludes(text, path) == out


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("!", IllegalExclusionError, 'illegal exclusion pattern: "!"'),
        ("[", BadPatternError, "syntax error in pattern"),
        ("a[b", BadPatternError, "syntax error in pattern"),
        ("[]a]", BadPatternError, "syntax error in pattern"),
        ("a\\", BadPatternError, "syntax error in pattern"),
    ],
)
def test_a_line_that_is_no_pattern_is_refused(
    text: str, error: type[ValueError], words: str
) -> None:
    with pytest.raises(error, match="^" + words.replace("[", r"\[")):
        IgnoreRules.of(read_ignore_file(text))


def test_the_last_match_is_named() -> None:
    rules = IgnoreRules.of(("*.md", "!README.md", "docs"))
    assert [str(rules.excluding(path)) for path in ("a.md", "README.md", "docs/x")] == [
        "*.md",
        "None",
        "docs",
    ]


@pytest.mark.parametrize(
    ("pattern", "path", "same"),
    [
        ("*", ".hidden", True),
        ("*", "a/b", False),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("[a-b-]", "-", None),
        ("[^a]", "/", False),
        ("[b-a]", "a", False),
        ("[b-ac]", "c", True),
        ("a.c", "abc", False),
        ("*.[ch]", "main.c", True),
    ],
)
def test_go_matches_element_by_element(pattern: str, path: str, *, same: bool | None) -> None:
    try:
        found: bool | None = matches(pattern, path)
    except BadPatternError:
        found = None
    assert found == same


@given(st.text(max_size=20), st.text(alphabet="ab/.*[!", max_size=8))
def test_any_text_is_rules_or_one_of_two_errors(text: str, path: str) -> None:
    with suppress(BadPatternError, IllegalExclusionError):
        excludes(text, path)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_plain_path_excludes_itself_and_what_is_below(parts: list[str]) -> None:
    path = "/".join(parts)
    assert excludes(path, path)
    assert excludes(path, f"{path}/below")
    assert not excludes(path, f"{path}x")
