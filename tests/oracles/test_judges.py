"""The judges themselves: a judge that nobody has heard speak proves nothing."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.oracles import absent
from tests.oracles.docker_engine import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.oracles.docker_engine import DockerEngine
    from tests.oracles.jupyter import LabServer


@pytest.mark.parametrize("asked", ["", "browser", "browser,node"])
def test_a_missing_judge_that_nobody_requires_skips(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_REQUIRE", asked)
    with pytest.raises(pytest.skip.Exception, match="no docker: gone"):
        absent("docker", "gone")


@pytest.mark.parametrize("asked", ["docker", "node,docker", "docker,browser"])
def test_a_missing_judge_that_is_required_fails(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_REQUIRE", asked)
    with pytest.raises(pytest.fail.Exception, match="asks for docker: gone"):
        absent("docker", "gone")


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_the_engine_builds_runs_and_saves(
    builder: str, docker_engine: DockerEngine, tmp_path: Path
) -> None:
    (tmp_path / "Dockerfile").write_text(
        f'FROM {BASE}\nRUN rm /etc/group && echo hi > /greeting\nCMD ["cat", "/greeting"]\n'
    )
    tag = f"judges/{builder}"
    docker_engine.build(tmp_path, tag=tag, builder="legacy" if builder == "legacy" else "buildkit")
    assert docker_engine.run(tag).stdout == b"hi\n"
    saved = docker_engine.saved(tag)
    assert saved.config["config"]["Cmd"] == ["cat", "/greeting"]
    assert saved.config["config"]["Cmd"] == docker_engine.inspect(tag)["Config"]["Cmd"]
    assert saved.content(1, "greeting") == b"hi\n"
    assert {"etc/.wh.group", "greeting"} <= set(saved.members(1))
    assert saved.members(0)["tmp"].mode & 0o7777 == 0o1777


def test_a_build_that_fails_carries_dockers_words(
    docker_engine: DockerEngine, tmp_path: Path
) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM {BASE}\nRUN exit 7\n")
    with pytest.raises(AssertionError, match="exit code: 7"):
        docker_engine.build(tmp_path, tag="judges/failing")


def test_dash_speaks_posix(dash: Path) -> None:
    said = subprocess.run([dash, "-c", "x=1; echo $((x+1))"], capture_output=True, check=True)
    assert said.stdout == b"2\n"


def test_jupyterlab_starts_without_the_news_pop_up(jupyter_lab: LabServer) -> None:
    plugin = "@jupyterlab/apputils-extension:notification"
    schema = json.loads(jupyter_lab.get(f"/lab/api/settings/{plugin}"))["schema"]
    assert schema["properties"]["fetchNews"]["default"] == "false"


def test_the_browser_draws_jupyterlab(
    chromium: Browser, jupyter_lab: LabServer, artefacts: Path
) -> None:
    (jupyter_lab.root / "judges.md").write_text("# 镜像\n", encoding="utf-8")
    page = chromium.new_page()
    page.goto(jupyter_lab.page("judges.md"))
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.get_by_text("# 镜像").wait_for()
    page.screenshot(path=artefacts / "judges.png")
    page.close()
