"""`--engine real` in a notebook, against a real engine: the two answers, the verdict, the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from course_lib.magics import CourseMagics
from course_lib.realengine import LABEL, running
from tests.oracles.docker_engine import BASE, DockerEngine
from tests.oracles.simulated_base import simulated_base

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from course_lib.image.image import Image

AGREE = "They agree, apart from ids, times"
DIFFER = "They differ in"
MARK = "=".join(LABEL)
DOCKERFILE = (
    f"FROM {BASE}\nARG WHO=world\nENV WHO=$WHO\nWORKDIR /srv\nCOPY a.txt .\n"
    'RUN echo "hello $WHO" > hi && echo done\nLABEL kind=try\nCMD ["cat", "hi"]\n'
)
TWO_STAGES = (
    f"FROM {BASE} AS one\nRUN echo hi > /hi\nFROM one AS two\nRUN cat /hi /hi > /twice\n"
    f'FROM {BASE}\nCOPY --from=two /twice /\nENTRYPOINT ["cat"]\nCMD ["/twice"]\n'
)


@pytest.fixture(scope="module")
def base(docker_engine: DockerEngine) -> Image:
    return simulated_base(docker_engine.saved(BASE))


class Notebook:
    """A shell with the course; `run` gives all that a cell shows, as text."""

    def __init__(self, shell: InteractiveShell, course: CourseMagics) -> None:
        self.shell = shell
        self.course = course

    def run(self, source: str) -> str:
        with capture_output() as captured:
            result = self.shell.run_cell(source, store_history=False)
        assert result.error_before_exec is None
        assert result.error_in_exec is None
        shown = [str(output.data["text/plain"]) for output in captured.outputs]
        return "\n".join([captured.stdout, *shown])


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    config = Config()
    config.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config)
    course = CourseMagics(shell)
    shell.register_magics(course)
    yield Notebook(shell, course)
    InteractiveShell.clear_instance()


@pytest.fixture
def notebook(
    bare: Notebook, docker_engine: DockerEngine, base: Image, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Notebook]:
    """A notebook whose simulator and whose engine have the same base, but for busybox's bytes."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{docker_engine.socket}")
    bare.course.desk.machine.engine.add_image(base, BASE)
    yield bare
    ours = ("--filter", f"label={MARK}")
    for listing, removal in ((("ps", "-aq"), ("rm", "-fv")), (("images", "-q"), ("rmi", "-f"))):
        names = docker_engine.docker(*listing, *ours).stdout.decode().split()
        if names:
            docker_engine.docker(*removal, *dict.fromkeys(names))


@pytest.fixture
def built(notebook: Notebook) -> Notebook:
    notebook.run("%%contextfile a.txt\nhello\n")
    said = notebook.run(f"%%dockerfile tried --engine real\n{DOCKERFILE}")
    assert AGREE in said
    return notebook


def test_a_build_is_answered_by_both_under_two_headings_with_one_verdict(
    notebook: Notebook, docker_engine: DockerEngine
) -> None:
    notebook.run("%%contextfile a.txt\nhello\n")
    said = notebook.run(f"%%dockerfile tried --engine real\n{DOCKERFILE}")

    version = docker_engine.docker("version", "-f", "{{.Server.Version}}").stdout.decode().strip()
    ours, theirs = said.index("--- simulator ---"), said.index(f"--- Docker Engine {version} ---")
    assert ours < said.index("naming to docker.io/library/tried:latest done") < theirs
    assert theirs < said.index("Successfully tagged tried:latest") < said.index(AGREE)
    assert "tried is built" in said  # the picture of the simulator's build stands below
    assert docker_engine.run("tried").stdout == b"hello world\n"


@pytest.mark.parametrize(
    "commands",
    [
        "history tried",
        "run tried",
        "run --rm -e A=1 -u nobody -w /tmp tried sh -c 'pwd; id -un; echo $A'",
        "run --rm tried sh -c 'echo out; echo err >&2; exit 3'",
        "run --rm --entrypoint '' tried nosuch",
        "run --name one-1 tried sh -c 'echo x > new; rm hi'\ndiff one-1",
        "run --name two-2 tried touch /srv/new\ncommit -m why -c 'CMD [\"ls\"]' two-2 kept:1\nhistory kept:1\ninspect kept:1\nrun --rm kept:1",
        "inspect tried",
        "run --name three-3 tried\ninspect three-3",
        "inspect -f '{{.Config.WorkingDir}} {{.Id}}' tried",
        "DOCKER_BUILDKIT=0 docker build -t tried:3 .\nhistory tried:3",
        "build -f Two -t tried:4 .\nhistory tried:4\nrun --rm tried:4",
        "run nosuch\nhistory nosuch\ndiff nosuch",
    ],
)
def test_the_engine_and_the_simulator_agree(commands: str, built: Notebook) -> None:
    built.course.desk.machine.files["Dockerfile"] = DOCKERFILE
    built.course.desk.machine.files["Two"] = TWO_STAGES
    said = built.run(f"%%docker --engine real\n{commands}\n")

    assert said.count(AGREE) == commands.count("\n") + 1, said


@pytest.mark.parametrize(
    ("command", "difference"),
    [
        ("run --rm tried sh -c 'ls /proc/1/ns/net'", "exit code: "),
        ("inspect -f '{{.Os}} {{.DockerVersion}}' tried", "printed: "),
        ("history only-here", "done: yes | no"),
        ("run --rm only-here", "done: yes | no"),
        ("diff made-here", "done: yes | no"),
    ],
)
def test_a_difference_is_named_and_not_called_agreement(
    command: str, difference: str, built: Notebook
) -> None:
    built.run("%docker tag tried only-here")
    built.run("%docker run --name made-here tried touch /new")
    said = built.run(f"%docker --engine real {command}")

    assert AGREE not in said
    assert DIFFER in said
    assert difference in said


def test_other_bytes_in_a_layer_of_its_own_are_a_difference(built: Notebook) -> None:
    """The engine keeps an older build under the name: only the simulator builds anew."""
    built.run("%%contextfile a.txt\nhello, and more\n")
    built.run(f"%%dockerfile tried\n{DOCKERFILE}")
    said = built.run("%docker --engine real history tried")

    assert "COPY a.txt . # buildkit (16 B) | COPY a.txt . # buildkit (6 B)" in said


def test_the_options_of_a_build_reach_the_engine(
    built: Notebook, docker_engine: DockerEngine
) -> None:
    built.course.desk.machine.files["Dockerfile"] = f"{DOCKERFILE}FROM scratch\n".replace(
        BASE, f"{BASE} AS first"
    )
    built.run(
        "%docker --engine real build --no-cache --build-arg WHO=you --target first -t two:2 -t too ."
    )

    assert docker_engine.run("two:2").stdout == b"hello you\n"
    assert docker_engine.inspect("too")["Id"] == docker_engine.inspect("two:2")["Id"]


def test_a_broken_build_is_refused_by_both(notebook: Notebook) -> None:
    said = notebook.run(f"%%dockerfile broken --engine real\nFROM {BASE}\nRUN exit 3\n")

    assert said.count("exit code: 3") >= 2
    assert AGREE in said


def test_what_is_made_bears_the_label_and_runs_without_privileges_or_files_of_the_host(
    built: Notebook, docker_engine: DockerEngine
) -> None:
    built.run("%docker --engine real run -d --name bounded -p 8080:80 tried sleep 60")
    built.run("%docker --engine real commit bounded bounded:1")

    container = docker_engine.inspect("bounded")
    assert container["HostConfig"]["Privileged"] is False
    assert container["Mounts"] == []
    assert container["HostConfig"]["PortBindings"]["80/tcp"][0]["HostIp"] == "127.0.0.1"
    name, value = LABEL
    for made in (container, docker_engine.inspect("tried"), docker_engine.inspect("bounded:1")):
        assert made["Config"]["Labels"][name] == value


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("run -v /etc:/host tried", "--volume is not sent to it"),
        ("run --mount type=bind,src=/etc,dst=/host tried", "--mount is not sent to it"),
        ("run --network host tried", "--network host is not sent to it"),
        ("run --privileged tried", "only sent what the simulator's docker command can read"),
        ("ps -a", "build, run, history, diff, commit, inspect are sent to it"),
        ("volume inspect data", "build, run, history, diff, commit, inspect are sent to it"),
    ],
)
def test_what_is_not_sent_says_so_in_one_line(
    line: str, said: str, built: Notebook, docker_engine: DockerEngine
) -> None:
    before = docker_engine.docker("ps", "-aq").stdout
    shown = built.run(f"%docker --engine real {line}")

    assert said in shown
    assert "Nothing was compared." in shown
    assert docker_engine.docker("ps", "-aq").stdout == before


def test_a_run_that_does_not_end_is_left_running_and_its_id_is_said(
    built: Notebook, docker_engine: DockerEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 1)
    said = built.run("%docker --engine real run --name stays tried tail -f /dev/null")

    found = docker_engine.inspect("stays")
    assert found["State"]["Running"] is True
    assert f"stays ({found['Id'][:12]})" in said
    assert AGREE in said  # the simulator's goes on as well


def test_a_container_of_an_earlier_kernel_makes_room_and_one_of_somebody_else_does_not(
    built: Notebook, docker_engine: DockerEngine
) -> None:
    docker_engine.docker("create", "--name", "earlier", "--label", MARK, BASE, "true")
    docker_engine.docker("create", "--name", "foreign", BASE, "true")
    before = docker_engine.inspect("foreign")["Id"]

    assert AGREE in built.run("%docker --engine real run --name earlier tried")
    said = built.run("%docker --engine real run --name foreign tried")
    assert 'container name "/foreign" is already in use' in said
    assert docker_engine.inspect("foreign")["Id"] == before
    docker_engine.docker("rm", "foreign")


def test_an_image_of_the_course_can_be_loaded_and_built_upon(
    notebook: Notebook, docker_engine: DockerEngine
) -> None:
    assert "alpine:latest is on the engine now" in notebook.run("%docker --engine real load alpine")
    said = notebook.run("%docker --engine real history alpine")
    assert AGREE in said
    notebook.run("%%contextfile a.txt\nhello\n")
    built = notebook.run("%%dockerfile up --engine real\nFROM alpine\nENV A=1\nCOPY a.txt /\n")
    assert AGREE in built
    assert "not the same image" not in built
    labels = docker_engine.inspect("alpine")["Config"]["Labels"]
    assert labels[LABEL[0]] == LABEL[1]


def test_an_image_that_the_engine_has_of_its_own_is_not_replaced(
    notebook: Notebook, docker_engine: DockerEngine
) -> None:
    before = docker_engine.inspect(BASE)["Id"]

    said = notebook.run(f"%docker --engine real load {BASE}")

    assert "of its own, and it stays" in said
    assert docker_engine.inspect(BASE)["Id"] == before


def test_an_image_that_the_course_does_not_have_cannot_be_loaded(notebook: Notebook) -> None:
    said = notebook.run("%docker --engine real load nosuch")

    assert "pull access denied for nosuch" in said
    assert "on the engine now" not in said


def test_a_dockerfile_that_goes_into_copy_dot_is_said_and_not_counted(built: Notebook) -> None:
    said = built.run(f"%%dockerfile all --engine real\nFROM {BASE}\nCOPY . /srv/\n")

    assert "COPY . takes it along" in said
    assert AGREE in said
