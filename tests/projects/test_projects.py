"""Dockerfiles as students and real projects write them: each builds, or fails, as the real one does.

A folder is a case: a Dockerfile, its context, and `expected.toml`, which is read by `expectation`
and is not part of the context. Judge: what the authors know of the real builds, with sizes as ranges.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course_lib.build import BuildError
from course_lib.engine import Engine
from course_lib.run.options import RunOptions
from tests.projects.expectation import Expectation
from tests.projects.project import build, field_of, layer_of, shown, text_of

if TYPE_CHECKING:
    from course_lib.build import BuildResult
    from course_lib.image.layer import Layer
    from tests.projects.expectation import ExpectedLayer

FOLDER = Path(__file__).parent
PROJECTS = sorted(path.parent.name for path in FOLDER.glob("*/Dockerfile"))
_MEGABYTE = 1_000_000  # as docker counts them


def test_every_project_says_what_it_expects() -> None:
    assert [name for name in PROJECTS if not (FOLDER / name / "expected.toml").exists()] == []


@pytest.mark.parametrize("name", PROJECTS)
def test_it_builds_or_fails_as_the_real_one(name: str) -> None:
    expected = Expectation.read(FOLDER / name)
    engine = Engine()
    if expected.fails is None:
        _holds(engine, name, expected, build(engine, FOLDER, name, expected))
        return
    with pytest.raises(BuildError) as raised:
        build(engine, FOLDER, name, expected)
    error = raised.value
    assert expected.fails.message in error.message
    assert (error.span.start if error.span else 0) == expected.fails.line, error.excerpt
    output = text_of(error.failed.output if error.failed else ())
    for words in expected.fails.output:
        assert words in output
    gap = "not simulated" in f"{error.message} {error.help.en if error.help else ''}"
    assert gap == bool(expected.fails.not_simulated), (str(error.help), output)


def _holds(engine: Engine, name: str, expected: Expectation, result: BuildResult) -> None:
    image = result.image
    for path, what in expected.paths.items():
        assert shown(image.tree, path) == what, path
    for path, content in expected.contents.items():
        assert shown(image.tree, path, content=True) == content, path
    for field, value in expected.config.items():
        assert field_of(image.config, field, value) == value, field
    for layer in expected.layers:
        _holds_layer(layer, layer_of(image, layer.step))
    for words, printed in expected.output.items():
        (step,) = (step for step in result.steps if step.number and words in step.text)
        assert text_of(step.output) == printed, words
    low, high = expected.megabytes
    assert low <= image.size / _MEGABYTE <= high
    for run in expected.runs:
        options = RunOptions(env=run.env, user=run.user, entrypoint=run.entrypoint)
        ran = engine.run(name, run.args, options)
        assert (text_of(ran.output), ran.exit_code) == (run.prints, run.exit_code), ran.unsupported


def _holds_layer(expected: ExpectedLayer, layer: Layer) -> None:
    low, high = expected.megabytes
    assert low <= layer.size / _MEGABYTE <= high, expected.step
    for path in expected.holds:
        assert path in layer.entries, expected.step
    for path in expected.lacks:
        assert not [e for e in layer.entries if e == path or e.startswith(f"{path}/")], path
