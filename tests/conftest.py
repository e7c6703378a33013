"""Fixtures that more than one room asks for: the judges from outside, and where pictures go."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.oracles import absent, jupyter, static_site
from tests.oracles import docker_engine as docker_oracle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PROJECT = Path(__file__).parents[1]
# Tests that share a judge, or a class that was graded, run in one worker, so that each is made once.
_ONE_WORKER = {
    "docker_engine": "docker",
    "chromium": "browser",
    "jupyter_lab": "browser",
    "lite_site": "browser",
    "graded": "class",
    "released": "class",
    "ways": "class",
    "room": "class",
}

# No test judges time, and a required run decides alike each time; elsewhere examples vary.
settings.register_profile("course", deadline=None, derandomize="COURSE_REQUIRE" in os.environ)
settings.load_profile("course")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one judge together under pytest-xdist."""
    for item in items:
        for fixture, group in _ONE_WORKER.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(group))
                break


@pytest.fixture(scope="session", autouse=True)
def course_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A COURSE_HOME for the tests and all that they start: nobody's own progress is touched."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def docker_engine(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[docker_oracle.DockerEngine]:
    """A real Docker engine with the one base image `tests.oracles.docker_engine.BASE`."""
    try:
        with docker_oracle.running(tmp_path_factory.mktemp("docker")) as engine:
            yield engine
    except docker_oracle.EngineUnavailable as error:
        absent("docker", str(error))


@pytest.fixture(scope="session")
def dash() -> Path:
    """The path of dash, every Debian's /bin/sh."""
    return _program("dash", "dash")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by playwright."""
    executable = _program("browser", "chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - 200 ms for all other tests

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def jupyter_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[jupyter.LabServer]:
    """A JupyterLab server on a copy of notebooks/, with settings of its own."""
    try:
        with jupyter.running(tmp_path_factory.mktemp("lab")) as server:
            yield server
    except jupyter.LabUnavailable as error:
        absent("browser", str(error))


@pytest.fixture(scope="session")
def lite_site(
    node: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[static_site.StaticSite]:
    """The static site, built once with Pyodide and served on loopback."""
    del node  # Pyodide is there
    try:
        with static_site.running(tmp_path_factory.mktemp("site")) as site:
            yield site
    except static_site.SiteUnavailable as error:
        absent("browser", str(error))


@pytest.fixture(scope="session")
def node() -> Path:
    """The path of node, with the packages of lite/ installed."""
    program = _program("node", "node")
    if not (PROJECT / "lite" / "node_modules" / "pyodide").is_dir():
        absent("node", "pyodide is missing: npm install --no-package-lock in lite")
    return program


@pytest.fixture(scope="session")
def axe() -> Path:
    """The program of axe-core, installed in tests/axe."""
    program = PROJECT / "tests" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
    if not program.is_file():
        absent("browser", "axe-core is missing: npm install --no-package-lock in tests/axe")
    return program


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """The folder for screenshots and the like, outside git."""
    folder = PROJECT / "test-artefacts"
    folder.mkdir(exist_ok=True)
    return folder


def _program(judge: str, name: str) -> Path:
    found = shutil.which(name)
    if found is None:
        absent(judge, f"{name} is not on PATH")
    return Path(found)
