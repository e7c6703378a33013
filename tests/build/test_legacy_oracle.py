"""The same Dockerfiles, built by a real engine's older builder (`DOCKER_BUILDKIT=0`) and by the simulator.

Judge: Debian's engine, for layers, config, history word by word and all that is printed. It is older
than the words that the course teaches; `older` names the points.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from course_lib.build import BuildError, BuildResult, Context, build
from course_lib.clock import Clock
from tests.build.test_oracle import (
    CASES,
    FOLDER,
    base,
    empty_lines,
    layer_entries,
    saved_settings,
    settings,
    stack,
)
from tests.oracles.docker_engine import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.image.image import Image
    from tests.oracles.docker_engine import DockerEngine

__all__ = ["base"]  # a fixture


def simulated(folder: Path, base: Image) -> BuildResult | BuildError:
    try:
        return build(
            (folder / "Dockerfile").read_text(encoding="utf-8"),
            Context.from_directory(folder),
            images={BASE: base}.get,
            clock=Clock(),
            builder="legacy",
        )
    except BuildError as error:
        return error


@pytest.mark.parametrize("case", CASES)
def test_the_older_engine_and_the_simulator_agree(
    case: str, docker_engine: DockerEngine, base: Image
) -> None:
    folder, tag = FOLDER / case, f"legacy/{case}"
    done = docker_engine.build(
        folder, tag=tag, builder="legacy", options=["--no-cache"], check=False
    )
    result = simulated(folder, base)
    if isinstance(result, BuildError) or done.returncode != 0:
        last = done.stderr.decode().strip().splitlines()[-1]
        assert (isinstance(result, BuildError), older(str(result))) == (True, last)
        return
    saved = docker_engine.saved(tag)
    theirs = stack(layer_entries(saved, number) for number in range(len(saved.layers)))
    below = len(base.layers) if result.image.layers[: len(base.layers)] == base.layers else 0
    assert stack(layer.entries for layer in result.image.layers)[below:] == theirs[below:]
    image = {name: value for name, value in saved_settings(saved).items() if name != "Image"}
    assert settings(result.image) == image
    lines = [older(line.get("created_by", "")) for line in saved.config["history"]]
    assert [older(line.created_by) for line in result.image.history] == lines
    assert empty_lines(result.image) == [
        bool(line.get("empty_layer")) for line in saved.config["history"]
    ]
    said = [line for line in done.stdout.decode().splitlines() if "build context" not in line]
    assert without_ids(older(transcript(result))) == without_ids("\n".join(said[:-1]))


def transcript(result: BuildResult) -> str:
    parts: list[str] = []
    for step in result.steps:
        parts.append(step.intro)
        parts += [chunk.data.decode() for chunk in step.output if chunk.fd == 1]
        parts.append(step.outro)
    return "".join([*parts, result.closing]).rstrip("\n")


def without_ids(text: str) -> list[str]:
    """The lines from the first step on."""
    lines = re.sub(r"\b[0-9a-f]{12}\b", "ID", text).splitlines()
    first = next(number for number, line in enumerate(lines) if "Step 1/" in line)
    return [lines[first][lines[first].index("Step 1/") :], *lines[first + 1 :]]


def older(text: str) -> str:
    """What this engine says where a newer one has other words.

    It has no start interval, no arrow before Removed, no blank after --chown, and its client sends
    modes with the bits of the file's type, which gives other digests.
    """
    text = re.sub(r'(HEALTHCHECK &\{\[.*\] "\w+" "\w+" "\w+") "\w+"', r"\1", text)
    text = re.sub(r"(--chown=\S+) ((file|dir|multi):)", r"\1\2", text)
    text = re.sub(r"(file|dir|multi):[0-9a-f]{64}", r"\1:DIGEST", text)
    return text.replace(" ---> Removed intermediate", "Removing intermediate")
