"""The cache: what hits, what misses, and the first thing that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import pytest

from course_lib.image.entries import Content, File, Node, Symlink
from tests.build.conftest import base_image

if TYPE_CHECKING:
    from tests.build.conftest import Kitchen, Options

FILES: dict[str, str | bytes | Node] = {"app.py": "1\n", "other": "o\n"}
TEXT = """\
FROM base
ARG V=1
WORKDIR /w
COPY app.py .
RUN make
"""


def second(
    kitchen: Kitchen,
    text: str,
    files: dict[str, str | bytes | Node] | None = None,
    first: str = TEXT,
    **options: Unpack[Options],
) -> dict[str, str]:
    """Build `first`, then `text`; the steps of the second with their reasons, '' for a hit."""
    kitchen.cook(first, FILES)
    result = kitchen.cook(text, files if files is not None else FILES, **options)
    return {
        step.text: "" if step.cached else step.because.en
        for step in result.steps
        if step.layer is not None
    }


def test_the_same_build_again_is_cached_whole_and_gives_the_same_image(kitchen: Kitchen) -> None:
    one = kitchen.cook(TEXT, FILES)
    kitchen.clock.tick(500)
    two = kitchen.cook(TEXT, FILES)
    assert [s.cached for s in two.steps if s.layer] == [True, True, True]
    assert two.image.id == one.image.id
    assert two.image == one.image
    assert len(kitchen.stove.processes) == 1


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(
            "ARG V=1\n", "ARG V=1\nLABEL a=b\nEXPOSE 80\nCMD x\nVOLUME /v\nONBUILD RUN x\n"
        ),
        TEXT.replace("RUN make", "run   make"),
        TEXT.replace("FROM base", "# comment\nFROM base AS named"),
        TEXT.replace("RUN make", "RUN \\\n# comment\nmake"),
        TEXT.replace("COPY", "USER root\nUSER \nCOPY").replace("USER root\nUSER \n", ""),
        TEXT.replace("RUN make", "STOPSIGNAL INT\nHEALTHCHECK NONE\nRUN make\nRUN echo more"),
    ],
)
def test_what_does_not_matter_for_the_old_steps(text: str, kitchen: Kitchen) -> None:
    found = second(kitchen, text)
    assert [why for step, why in found.items() if "more" not in step] == ["", "", ""]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("2\n", "the file /app.py has other content"),
        (File(Content.of("1\n"), 0o755), "the file /app.py has another mode"),
        (Symlink("other"), "the file /app.py has other content"),
    ],
)
def test_a_changed_file_is_named(file: str | Node, why: str, kitchen: Kitchen) -> None:
    found = second(kitchen, TEXT, {**FILES, "app.py": file})
    assert found == {
        "WORKDIR /w": "",
        "COPY app.py .": f"not in the cache: {why}",
        "RUN make": "not in the cache: the step below it was made anew (COPY app.py .)",
    }


def test_the_time_of_a_file_does_not_matter(kitchen: Kitchen) -> None:
    found = second(kitchen, TEXT, {**FILES, "app.py": File(Content.of("1\n"), mtime=99)})
    assert set(found.values()) == {""}


def test_a_file_that_is_not_copied_does_not_matter(kitchen: Kitchen) -> None:
    assert set(second(kitchen, TEXT, {**FILES, "other": "changed"}).values()) == {""}


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"app.py": "1\n", "other": "o\n", "new": "n"}, "the file /new is new"),
        ({"app.py": "1\n"}, "the file /other is gone"),
    ],
)
def test_a_new_and_a_missing_file_of_a_copied_folder_are_named(
    files: dict[str, str | bytes | Node], why: str, kitchen: Kitchen
) -> None:
    text = "FROM base\nCOPY . /x\n"
    assert second(kitchen, text, files, first=text) == {"COPY . /x": f"not in the cache: {why}"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TEXT.replace("V=1", "V=2"), "the variable V is '2', it was '1'"),
        (TEXT.replace("ARG V=1\n", "ARG V=1 W=3\n"), "the variable W is new ('3')"),
        (TEXT.replace("ARG V=1\n", ""), "the variable V is gone (it was '1')"),
        (TEXT.replace("RUN make", "RUN make  "), None),
        (
            TEXT.replace("RUN make", "RUN make all"),
            "the instruction changed; before it was RUN make",
        ),
        (TEXT.replace("RUN make", "USER ada\nRUN make"), "the setting USER is 'ada', it was ''"),
        (
            TEXT.replace("RUN make", "RUN --network=none make"),
            "the setting --network is 'none', it was ''",
        ),
        (
            TEXT.replace("RUN make", 'SHELL ["sh"]\nRUN make'),
            "the line is the same, but it means sh make now; before it was /bin/sh -c make",
        ),
    ],
)
def test_a_changed_run_says_what_changed_and_the_steps_before_it_hit(
    text: str, why: str | None, kitchen: Kitchen
) -> None:
    *before, last = second(kitchen, text).values()
    assert before == ["", ""]
    assert last == (f"not in the cache: {why}" if why else "")


def test_an_arg_that_a_later_env_hides_does_not_miss(kitchen: Kitchen) -> None:
    text = "FROM base\nARG V={}\nENV V=fixed\nRUN make\n"
    assert second(kitchen, text.format(2), first=text.format(1)) == {"RUN make": ""}


def test_a_build_arg_misses_at_the_first_run_and_not_at_copy(kitchen: Kitchen) -> None:
    found = second(kitchen, TEXT, build_args={"V": "9", "UNKNOWN": "x"})
    assert list(found.values()) == ["", "", "not in the cache: the variable V is '9', it was '1'"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("COPY app.py /x", "ADD app.py /x"),
        ("COPY app.py /x", "COPY app.py /y"),
        ("COPY app.py /x", "COPY --chown=5 app.py /x"),
        ("COPY app.py /x", "COPY --chmod=600 app.py /x"),
        ("COPY app.py /x", "COPY app.p* /x"),
        ("WORKDIR /x", "USER ada\nWORKDIR /x"),
    ],
)
def test_what_matters_for_a_copy_and_a_folder(before: str, after: str, kitchen: Kitchen) -> None:
    found = second(kitchen, f"FROM base\n{after}\n", first=f"FROM base\n{before}\n")
    assert "" not in found.values()


def test_copy_from_a_stage_that_was_rebuilt_hits_when_its_files_are_the_same(
    kitchen: Kitchen,
) -> None:
    text = "FROM base AS a\nRUN {}\nFROM base\nCOPY --from=a /file /x\nRUN last\n"
    found = second(kitchen, text.format("two"), first=text.format("one"))
    assert [why == "" for why in found.values()] == [False, True, True]


def test_a_linked_copy_hits_though_the_base_changed(kitchen: Kitchen) -> None:
    text = "FROM base\nRUN {}\nCOPY --link app.py /x\nRUN last\n"
    found = second(kitchen, text.format("two"), first=text.format("one"))
    assert [why == "" for why in found.values()] == [False, True, False]


def test_another_base_image_is_named_as_the_reason(kitchen: Kitchen) -> None:
    kitchen.cook("FROM base\nRUN make\n")
    kitchen.images["base"] = base_image(user="ada")
    step = kitchen.cook("FROM base\nUSER root\nRUN make\n").steps[-1]
    kitchen.images["base"] = base_image(labels={"new": "1"})
    again = kitchen.cook("FROM base\nRUN make\n").steps[-1]
    assert not step.cached
    assert again.because.en == "not in the cache: the base image is another one than last time"


def test_the_first_build_has_nothing_to_take_over(kitchen: Kitchen) -> None:
    because = kitchen.cook("FROM base\nRUN x\n").steps[1].because
    assert because.en == "not in the cache: no RUN was built on these layers yet"
    assert because.zh == "缓存里没有：在这些层之上还没有执行过 RUN"


def test_no_cache_does_all_again_and_later_builds_take_the_new_results(kitchen: Kitchen) -> None:
    found = second(kitchen, TEXT, no_cache=True)
    assert set(found.values()) == {"--no-cache: nothing is taken from the cache"}
    assert all(step.cached for step in kitchen.cook(TEXT, FILES).steps if step.layer)


def test_the_same_step_in_two_stages_is_done_once(kitchen: Kitchen) -> None:
    text = "FROM base AS a\nRUN same\nFROM base\nRUN same\nCOPY --from=a /file /x\n"
    for no_cache in (False, True):
        kitchen.stove.processes.clear()
        kitchen.cook(text, no_cache=no_cache)
        assert len(kitchen.stove.processes) == 1


def test_a_hit_says_what_was_the_same_in_both_languages(kitchen: Kitchen) -> None:
    kitchen.cook(TEXT, FILES)
    hits = [s.because for s in kitchen.cook(TEXT, FILES).steps if s.layer]
    assert [text.en.startswith("CACHED: the same") for text in hits] == [True] * 3
    assert [text.zh.startswith("CACHED：") for text in hits] == [True] * 3
