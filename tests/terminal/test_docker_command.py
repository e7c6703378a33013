"""`course docker` as processes: the state between them, the real folder, damage, and two at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.terminal import docker as docker_command

PROJECT = Path(__file__).parents[2]
CODE = "import sys; from course_lib.terminal import main; sys.exit(main())"


class Terminal:
    """A folder to work in, and a COURSE_HOME."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.folder = folder / "work"
        self.folder.mkdir()

    def start(self, *words: str, **more: object) -> subprocess.Popen[str]:
        env = {**os.environ, "PYTHONPATH": str(PROJECT), "COURSE_HOME": str(self.home)}
        return subprocess.Popen(  # type: ignore[call-overload]  # `more` is stdin, or nothing
            [sys.executable, "-c", CODE, "docker", *words],
            cwd=self.folder,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **{"stdin": subprocess.PIPE, **more},
        )

    def docker(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        process = self.start(*words)
        out, err = process.communicate(stdin)
        return subprocess.CompletedProcess(words, process.returncode, out, err)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_the_next_command_finds_what_the_last_one_made(terminal: Terminal) -> None:
    terminal.docker("run", "--name", "box", "alpine", "sh", "-c", "echo x > /f; exit 3")
    assert terminal.docker("ps", "-a", "--format", "{{.Names}} {{.State}}").stdout == "box exited\n"
    assert terminal.docker("diff", "box").stdout == "A /f\n"
    assert terminal.docker("start", "-a", "box").returncode == 3


def test_the_current_folder_is_the_real_one(terminal: Terminal) -> None:
    (terminal.folder / "Dockerfile").write_text("FROM alpine\nCOPY note /\nCMD cat /note\n")
    (terminal.folder / "note").write_text("real\n")
    assert terminal.docker("build", "-q", "-t", "x", ".").returncode == 0
    assert terminal.docker("run", "--name", "box", "x").stdout == "real\n"
    terminal.docker("cp", "box:/note", "copy")
    assert (terminal.folder / "copy").read_text() == "real\n"
    script = "echo made > /d/made; rm /d/copy; mkdir /d/sub"
    terminal.docker("run", "--rm", "-v", f"{terminal.folder}:/d", "alpine", "sh", "-c", script)
    names = sorted(path.name for path in terminal.folder.iterdir())
    assert names == ["Dockerfile", "made", "note", "sub"]


def test_input_reaches_the_container(terminal: Terminal) -> None:
    assert (
        terminal.docker("run", "-i", "--rm", "alpine", "cat", stdin="typed\n").stdout == "typed\n"
    )


@pytest.mark.parametrize(
    "damage", ["", "{", "null", "[]", '{"format": 99}', '{"format": 1}', "\0\0"]
)
def test_a_damaged_state_is_reported_and_never_overwritten(terminal: Terminal, damage: str) -> None:
    terminal.docker("volume", "create", "data")
    kept = terminal.home / "engine.json"
    kept.write_text(damage)
    answer = terminal.docker("volume", "ls", "-q")
    assert answer.returncode == 1
    assert str(kept) in answer.stderr
    assert "course docker --reset" in answer.stderr
    assert kept.read_text() == damage


def test_reset_puts_the_old_state_aside(terminal: Terminal) -> None:
    terminal.docker("volume", "create", "data")
    kept = (terminal.home / "engine.json").read_text()
    assert terminal.docker("--reset").returncode == 0
    assert (terminal.home / "engine.1.json").read_text() == kept
    assert terminal.docker("volume", "ls", "-q").stdout == ""


def test_two_at_a_time_lose_nothing(terminal: Terminal) -> None:
    running = [terminal.start("volume", "create", f"data{number}") for number in range(4)]
    for process in running:
        process.communicate("")
    assert terminal.docker("volume", "ls", "-q").stdout.split() == [f"data{n}" for n in range(4)]


def test_a_home_that_cannot_be_made_is_reported(terminal: Terminal) -> None:
    terminal.home.write_text("a file")
    answer = terminal.docker("ps")
    assert answer.returncode == 1
    assert "COURSE_HOME" in answer.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("cp f box:/usr", set()),
        ("cp box:/usr /etc", {"/etc"}),
        ("run -v /etc:/usr alpine ls /usr/lib", {"/etc"}),
        ("run --volume=/etc:/usr:ro alpine true", {"/etc"}),
        ("container run --mount type=bind,source=/etc,target=/usr alpine true", {"/etc"}),
        ("run -v data:/usr alpine true", set()),
        ("exec box cat /etc/passwd", set()),
        ("load -i /etc/passwd", {"/etc"}),
    ],
)
def test_only_the_hosts_side_of_a_command_names_folders_of_the_host(
    words: str, named: set[str]
) -> None:
    assert docker_command._named(words.split()) == named  # noqa: SLF001 - what is read from disk


def test_the_next_build_takes_over_what_the_last_one_made(terminal: Terminal) -> None:
    (terminal.folder / "Dockerfile").write_text("FROM alpine\nRUN echo a > /a\n")
    assert "CACHED" not in terminal.docker("build", ".").stderr
    assert "CACHED" in terminal.docker("build", ".").stderr
    (terminal.home / "cache.json").write_text("damaged")
    said = terminal.docker("build", ".")
    assert "can't be read" in said.stderr
    assert said.returncode == 0
    assert "CACHED" in terminal.docker("build", ".").stderr
