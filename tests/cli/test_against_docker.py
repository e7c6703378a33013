"""The same sequences of commands, by a real Docker engine and by the simulator.

Judge: Debian's engine and its docker command. It is older than the words that the course teaches (v29);
`older_words.py` lists what a newer one says in other words, with the reason for each. Commands that
need a network of the engine are not compared: this one runs without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine
from tests.cli.older_words import DEPRECATED, newer
from tests.cli.sequences import Normaliser, Said, Sequence, sequences
from tests.oracles.docker_engine import BASE
from tests.oracles.simulated_base import simulated_base

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.image.image import Image
    from tests.oracles.docker_engine import DockerEngine

CASES = tuple(sequences())


@pytest.fixture(scope="session")
def base(docker_engine: DockerEngine) -> Image:
    return simulated_base(docker_engine.saved(BASE))


@pytest.fixture
def clean_engine(docker_engine: DockerEngine) -> DockerEngine:
    """The engine, with nothing but its base image before each case."""
    _clean(docker_engine)
    return docker_engine


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_engine_and_the_simulator_say_the_same(
    case: Sequence, clean_engine: DockerEngine, base: Image, tmp_path: Path
) -> None:
    """Standard output, docker's own words on standard error, and the exit status of each command."""
    assert simulated(case, base) == real(case, clean_engine, tmp_path)


def real(case: Sequence, engine: DockerEngine, folder: Path) -> list[Said]:
    """What the real engine says."""
    for path, content in case.files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    normaliser = Normaliser(str(folder))
    found: list[Said] = []
    for step in case.steps:
        words = [word.replace("$PWD", str(folder)) for word in step.words]
        done = engine.docker(
            *words,
            stdin=step.stdin.encode(),
            builder="legacy" if step.older else "buildkit",
            check=False,
            cwd=folder,
        )
        warned = DEPRECATED if step.older else ""
        said = Said(done.stdout.decode(), warned + done.stderr.decode(), done.returncode)
        found.append(normaliser.said(newer(said, step.words), step.words))
    return found


def simulated(case: Sequence, base: Image) -> list[Said]:
    """What the simulator says, without the plain lines that are its own."""
    engine = Engine()
    engine.add_image(base, BASE)
    for path, content in case.files:
        engine.host.write(path, content)
    normaliser = Normaliser(engine.host.folder)
    found: list[Said] = []
    for step in case.steps:
        words = [word.replace("$PWD", engine.host.folder) for word in step.words]
        environment = {"DOCKER_BUILDKIT": "0"} if step.older else {}
        answer = docker(words, engine, stdin=step.stdin, environment=environment)
        stderr = "".join(p.text for p in answer.printed if p.fd == 2 and not p.note)
        found.append(normaliser.said(Said(answer.stdout, stderr, answer.exit_code), step.words))
    return found


def _clean(engine: DockerEngine) -> None:
    for listing, removal in (
        (("ps", "-aq"), ("rm", "-fv")),
        (("volume", "ls", "-q"), ("volume", "rm", "-f")),
    ):
        names = engine.docker(*listing).stdout.decode().split()
        if names:
            engine.docker(*removal, *names)
    listed = engine.docker("images", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}").stdout.decode()
    names = [
        image_id if name.startswith("<none>") else name
        for name, _, image_id in (line.partition(" ") for line in listed.splitlines())
        if name != f"{BASE}:latest"
    ]
    if names:
        engine.docker("rmi", "-f", *names, check=False)
