"""The suites of `$` expansion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.dockerfile.words import ExpansionError, analyse, expand_word, expand_words
from tests.acceptance_suites.outcome import Anything, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def single_words(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        if case["platform"] == "windows":
            continue
        name = f"line {case['line']}: {case['input']}"
        try:
            actual = expand_word(case["input"], data["env"])
        except ExpansionError as error:
            actual = f"error: {error}"
        expected = f"error: {case['message']}" if case["error"] else case["expect"]
        yield Outcome(name, expected, actual)


def several_words(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        name = f"line {case['line']}: {case['input']}"
        try:
            actual: object = list(expand_words(case["input"], case["env"]))
        except ExpansionError as error:
            actual = f"error: {error}"
        expected = Anything("error: ") if case["error"] else case["expect"]
        yield Outcome(name, expected, actual)


def modifiers(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        try:
            found = analyse(case["input"], case["env"])
            actual: object = (found.text, sorted(found.matched), sorted(found.unmatched))
        except ExpansionError as error:
            actual = str(error)
        expected: object = (
            case["message"]
            if case["error"]
            else (case["expect"], sorted(case["matched"]), sorted(case["unmatched"]))
        )
        yield Outcome(f"{case['input']} with {case['env']}", expected, actual)
    for case in data["glob_to_regex"]:
        yield _glob(case["pattern"], fails="error" in case)


def _glob(pattern: str, *, fails: bool) -> Outcome:
    r"""Which patterns are refused, and that an escaped one means its own characters.

    The regular expressions themselves are Go's, and nothing that a Dockerfile can see.
    """
    word = f"${{x#{pattern.replace('}', chr(92) + '}')}}}" if fails else f"${{x#{pattern}}}"
    own = pattern.replace("\\", "")
    if "\\\\" in pattern:
        own += "\\"
    try:
        actual = expand_word(word, {"x": own})
    except ExpansionError:
        actual = "error"
    plain = {"*": own, "?": ""}
    return Outcome(f"glob {pattern}", "error" if fails else plain.get(pattern, ""), actual)
