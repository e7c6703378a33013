"""Build caches between processes: `course build --cache-to`, `--cache-from`, and what `course docker` keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from course_lib.build import BuildCache, Builder, Context
from course_lib.clock import Clock
from course_lib.engine import Engine
from course_lib.engine.keeping import KeptStateError
from course_lib.engine.keepingcache import MOST_STEPS, keep_cache, restore_cache
from course_lib.image.entries import File
from course_lib.registry import BASE_IMAGES
from course_lib.terminal import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TWO_STAGES = """\
FROM debian:12 AS a
WORKDIR /w
COPY f .
RUN cat f > /z
FROM debian:12
COPY --from=a /z /z
RUN cat /z > /zz
"""
LINKED = "FROM debian:12\nRUN echo a > /a\nCOPY --link f /f\nRUN cat /a /f > /b\n"
CASES = [(TWO_STAGES, "buildkit"), (TWO_STAGES, "legacy"), (LINKED, "buildkit")]


def built(
    source: str,
    cache: BuildCache,
    *,
    builder: str = "buildkit",
    files: Mapping[str, str] | None = None,
) -> Builder:
    work = Builder(
        source,
        Context.of({"f": "hello\n", **(files or {})}),
        images=BASE_IMAGES.find,
        clock=Clock(),
        cache=cache,
        builder=builder,
    )
    for _ in work.steps():
        pass
    return work


def again(cache: BuildCache) -> BuildCache:
    """The cache as the next process has it."""
    return restore_cache(json.loads(json.dumps(keep_cache(cache))))


def reused(work: Builder) -> list[str]:
    return [step.text for step in work.result().steps if step.cached]


def made(work: Builder) -> list[str]:
    return [str(s.because) for s in work.result().steps if s.layer is not None and not s.cached]


@pytest.mark.parametrize(("source", "builder"), CASES)
def test_the_next_process_takes_over_every_step(source: str, builder: str) -> None:
    cache = BuildCache()
    first = built(source, cache, builder=builder)
    second = built(source, again(cache), builder=builder)
    assert made(second) == []
    assert len(reused(second)) == len(made(first))
    assert second.result().image == first.result().image


@pytest.mark.parametrize(("source", "builder"), CASES)
def test_the_next_process_says_which_file_changed(source: str, builder: str) -> None:
    cache = BuildCache()
    built(source, cache, builder=builder)
    second = built(source, again(again(cache)), builder=builder, files={"f": "other\n"})
    assert " f" in made(second)[0] or "/f " in made(second)[0]
    last = [path for path in ("/zz", "/b") if second.result().image.tree.get(path)]
    found = second.result().image.tree.get(last[0])
    assert isinstance(found, File)
    assert found.content.data.endswith(b"other\n")


def test_what_stands_on_a_remade_step_is_not_taken_over() -> None:
    cache = BuildCache()
    built(LINKED, cache)
    anew = Builder(
        "FROM debian:12\nRUN echo a > /a\n",
        Context.of({}),
        images=BASE_IMAGES.find,
        clock=Clock(),
        cache=cache,
        no_cache=True,
    )
    for _ in anew.steps():
        pass
    assert len(made(built(LINKED, again(cache)))) == len(made(built(LINKED, cache))) == 1


def test_the_folders_of_cache_mounts_are_kept() -> None:
    source = (
        "FROM debian:12\nRUN --mount=type=cache,target=/c echo {} >> /c/log; cat /c/log > /seen\n"
    )
    cache = BuildCache()
    built(source.format("one"), cache)
    image = built(source.format("two"), again(cache)).result().image
    seen = image.tree.get("/seen")
    assert isinstance(seen, File)
    assert seen.content.data == b"one\ntwo\n"


def test_only_the_newest_results_are_kept() -> None:
    cache = BuildCache()
    for number in range(MOST_STEPS + 5):
        built(f"FROM scratch\nWORKDIR /{number}\n", cache)
    kept = again(cache)
    assert len(kept.all()) == MOST_STEPS
    assert reused(built("FROM scratch\nWORKDIR /0\n", kept)) == []


def _document() -> dict[str, Any]:
    cache = BuildCache()
    built(LINKED, cache)
    document: dict[str, Any] = json.loads(json.dumps(keep_cache(cache)))
    return document


@pytest.mark.parametrize(
    "damage",
    [
        {"format": 2},
        {"layers": {}},
        {"layers": {"sha256:00": {"_": "Engine"}}},
        {"layers": []},
        {"caches": {"": [{}]}},
        {"caches": None},
        {"folders": {"/c": 3}},
    ],
)
def test_a_damaged_document_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(KeptStateError):
        restore_cache(_document() | damage)


@pytest.mark.parametrize("document", [[], None, 3, {}, "x"])
def test_what_is_no_cache_is_refused(document: Any) -> None:  # noqa: ANN401 - anything json can hold
    with pytest.raises(KeptStateError):
        restore_cache(document)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "Dockerfile").write_text("FROM debian:12\nCOPY f /\nRUN cat /f > /g\n")
    (tmp_path / "app" / "f").write_text("x\n")
    return tmp_path


def _steps(capsys: pytest.CaptureFixture[str], *words: str) -> list[bool]:
    assert main(["build", "--json", *words]) == 0
    document = json.loads(capsys.readouterr().out)
    return [step["cached"] for step in document["steps"][1:]]


@pytest.mark.parametrize("form", ["{}", "type=local,src={}"])
def test_a_folder_carries_the_cache_from_one_build_to_the_next(
    capsys: pytest.CaptureFixture[str], folder: Path, form: str
) -> None:
    app, kept = str(folder / "app"), str(folder / "kept")
    words = ("--cache-from", form.format(kept), "--cache-to", kept, app)
    assert _steps(capsys, *words) == [False, False]
    assert _steps(capsys, *words) == [True, True]
    (folder / "app" / "f").write_text("y\n")
    assert _steps(capsys, *words) == [False, False]
    assert _steps(capsys, "--cache-from", kept, app) == [True, True]


def test_a_folder_without_a_cache_is_told_of_and_the_build_goes_on(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert main(["build", "--cache-from", str(folder), str(folder / "app")]) == 0
    assert "WARNING: local cache import at" in capsys.readouterr().err


def test_a_file_that_is_no_cache_stops_the_build_and_is_left_alone(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "cache.json").write_text("mine")
    words = ["build", "--cache-from", str(folder), "--cache-to", str(folder), str(folder / "app")]
    assert main(words) == 1
    assert "can't be read" in capsys.readouterr().err
    assert (folder / "cache.json").read_text() == "mine"


def test_pruning_all_forgets_the_builds(capsys: pytest.CaptureFixture[str]) -> None:
    from course_lib.cli import docker  # noqa: PLC0415 - only here

    engine = Engine()
    dockerfile = "FROM alpine\nRUN echo a > /a\n"
    docker("build -t x -", engine, stdin=dockerfile)
    assert "CACHED" in docker("build -t x -", engine, stdin=dockerfile).stderr
    docker("system prune -f", engine)
    assert "CACHED" in docker("build -t x -", engine, stdin=dockerfile).stderr
    docker("system prune -af", engine)
    assert "CACHED" not in docker("build -t x -", engine, stdin=dockerfile).stderr
    del capsys
