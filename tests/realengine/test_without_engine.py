"""`--engine real` where no engine answers, and what the words around it mean; no engine is needed here."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from course_lib.build import BuildResult
from course_lib.exercises import headers
from course_lib.exercises.answers import identify
from course_lib.exercises.machine import Machine
from course_lib.magics import CourseMagics
from course_lib.realengine import RealEngineError, connect
from course_lib.realengine.asking import bases
from course_lib.realengine.facts import disagreements, text_facts
from course_lib.text import Text, same, speaking
from course_lib.views.beside import Answered, Beside, draw_beside

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]


@contextmanager
def listening(path: Path) -> Iterator[None]:
    """A socket at `path` on which somebody listens who speaks no HTTP."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(1)
        server.settimeout(0.1)
        yield


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    config = Config()
    config.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    made = InteractiveShell.instance(config=config)
    made.register_magics(CourseMagics(made))
    yield made
    InteractiveShell.clear_instance()


def printed(shell: InteractiveShell, source: str) -> str:
    with capture_output() as captured:
        shell.run_cell(source, store_history=False)
    return str(captured.stdout)


# Nobody answers


@pytest.mark.parametrize(
    "address",
    [
        "unix:///nowhere/docker.sock",
        "unix://{folder}/nobodys.sock",
        "unix://{folder}/file",
        "x://y",
    ],
)
def test_without_an_engine_one_plain_line_says_so_with_a_way_out(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no socket")
    with socket.socket(socket.AF_UNIX) as left:  # bound, and nobody listens any more
        left.bind(str(tmp_path / "nobodys.sock"))
    monkeypatch.setenv("DOCKER_HOST", address.format(folder=tmp_path))

    with pytest.raises(RealEngineError) as refused:
        connect()

    for said in (refused.value.reason.en, refused.value.reason.zh):
        assert "\n" not in said
        assert "--engine real" in said
        assert "DOCKER_HOST" in said


def test_a_socket_on_which_somebody_else_is_silent_is_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_lib.realengine.connecting._ANSWERS_WITHIN", 0.2)
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/s")

    with listening(tmp_path / "s"), pytest.raises(RealEngineError):
        connect()


def test_without_the_package_one_plain_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "docker", None)

    with pytest.raises(RealEngineError) as refused:
        connect()

    for said in (refused.value.reason.en, refused.value.reason.zh):
        assert "%pip install docker" in said
        assert "\n" not in said


@pytest.mark.parametrize(
    "cell",
    [
        "%docker --engine real run --rm alpine echo hi",
        "%%docker --engine real\nrun --rm alpine echo hi\n",
        "%%dockerfile x --engine real\nFROM alpine\nRUN echo hi\n",
    ],
)
def test_the_simulator_answers_all_the_same(
    cell: str, shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")

    said = printed(shell, cell)

    assert "hi\n" in said
    assert said.count("No Docker engine answers at unix:///nowhere/docker.sock") == 1


@pytest.mark.parametrize(
    "cell",
    ["%docker --engine simulator run --rm alpine echo hi", "%docker run --rm alpine echo hi"],
)
def test_the_simulator_alone_is_asked_unless_the_line_says_otherwise(
    cell: str, shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")

    assert printed(shell, cell).endswith("hi\n")


def test_nothing_of_it_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as S\n"
        "s = S.instance(); s.run_line_magic('load_ext', 'course_lib')\n"
        "s.run_line_magic('docker', 'run --rm alpine true')\n"
        "import sys; print(sorted(n for n in sys.modules if n == 'docker' or 'realengine' in n))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


# The words of a header


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--engine real ps -a", (True, "ps -a")),
        ("--engine=real ps", (True, "ps")),
        ("--engine real", (True, "")),
        ("--engine simulator ps", (False, "ps")),
        ("run x --engine real", (False, "run x --engine real")),
        ("ps", (False, "ps")),
    ],
)
def test_the_engine_stands_at_the_beginning_of_a_line(
    line: str, expected: tuple[bool, str]
) -> None:
    assert headers.engine(line) == expected


@pytest.mark.parametrize(
    ("magic", "line"),
    [
        ("docker", "--engine podman ps"),
        ("docker", "--engine"),
        ("docker", "--engine real run alpine"),
        ("docker", "--engine real --answer cmd-web"),
        ("dockerfile", "web --engine podman"),
        ("dockerfile", "web --engine"),
    ],
)
def test_another_engine_or_an_answer_on_a_real_one_is_refused(magic: str, line: str) -> None:
    with pytest.raises(headers.HeaderError):
        headers.read(magic, line)


def test_a_dockerfile_that_is_an_answer_stays_one_on_a_real_engine() -> None:
    assert identify("%%dockerfile web-image --engine real\nFROM alpine\n") == "web-image"
    header = headers.read("dockerfile", "web-image --engine real")
    assert isinstance(header, headers.DockerfileHeader)
    assert header.real


# What must agree


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("ok\n", "ok", 0),
        ("sha256:" + "a" * 64, "sha256:" + "b" * 64, 0),
        ("0123456789ab at 2024-01-15T09:00:00Z", "ba9876543210 at 2026-11-26T00:00:00.123Z", 0),
        ("ok", "no", 1),
        ("a" * 11, "b" * 11, 1),
        ("ok", "", 1),
    ],
)
def test_ids_and_times_need_not_agree_and_all_else_must(one: str, other: str, count: int) -> None:
    pair = (text_facts("printed", one), text_facts("printed", other))
    assert len(list(disagreements(*pair))) == count


# What is pulled


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        ("FROM alpine\nRUN true\n", ("alpine",)),
        ("FROM --platform=linux/amd64 alpine:3.20\n", ("alpine:3.20",)),
        ("ARG V=3.20\nFROM alpine:$V\n", ("alpine:3.20",)),
        ("FROM alpine AS One\nRUN true\nFROM one\nCOPY --from=one /etc /e\n", ("alpine",)),
        ("FROM alpine AS a\nFROM busybox\nCOPY --from=a /etc /e\n", ("alpine", "busybox")),
        ("FROM scratch\nCOPY . /\n", ()),
    ],
)
@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_images_are_pulled_for_stages_and_no_stage_is_taken_for_one(
    dockerfile: str, expected: tuple[str, ...], builder: str
) -> None:
    """A name that an ARG makes is known with BuildKit only; the older builder pulls for itself."""
    machine = Machine()
    machine.files["a"] = "a"
    (result,) = machine.build(dockerfile, "x", older=builder == "legacy").shown
    assert isinstance(result, BuildResult)
    found = {machine.engine.reference(name) for name in bases(result.steps)}
    known = () if "$" in dockerfile and builder == "legacy" else expected
    assert found == {machine.engine.reference(name) for name in known}


# The picture

BESIDE = Beside(
    "docker history web",
    Answered(Text("simulator", "模拟器"), "<missing> one\n", (Text("a note", "一句说明"),)),
    Answered(Text("Docker Engine 1.2", "Docker 引擎 1.2"), "two\n"),
    agree=False,
    verdict=Text("They differ in 1 place:", "有 1 处不同："),
    differences=("history 1: one | two",),
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "$ docker history web\n--- simulator ---\n<missing> one\na note\n--- Docker Engine 1.2 ---\n"
                "two\n| They differ in 1 place:\n    history 1: one | two\n"
            ),
        ),
        (
            "zh",
            (
                "$ docker history web\n--- 模拟器 ---\n<missing> one\n一句说明\n--- Docker 引擎 1.2 ---\n"
                "two\n| 有 1 处不同：\n    history 1: one | two\n"
            ),
        ),
    ],
)
def test_the_text_has_two_headed_blocks_and_a_verdict(language: str, expected: str) -> None:
    with speaking(language):
        assert draw_beside(BESIDE).text == expected


def test_the_html_says_the_same_in_columns_that_stack() -> None:
    html = draw_beside(BESIDE).html

    assert html.count("<pre") == 2
    assert "&lt;missing&gt; one" in html
    assert html.count("flex:1 1 22em") == 2
    assert "flex-wrap:wrap" in html
    for word in ("simulator", "a note", "Docker Engine 1.2", "They differ", "history 1: one | two"):
        assert word in html


def test_a_very_long_answer_loses_its_middle() -> None:
    long = Answered(same("simulator"), "a" * 30_000 + "z" * 30_000)
    text = draw_beside(Beside("docker run x", long, long, agree=True, verdict=same("ok"))).text

    assert "[...]" in text
    assert len(text) < 50_000
