"""A notebook as a learner works in it: builds, pictures, slips, checks, two languages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

import course_lib
from course_lib.exercises import desk, find
from course_lib.text import Text
from course_lib.widgets import VIEW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.magics.conftest import Notebook, Ran

HELLO = '%%dockerfile hello\nFROM alpine\nRUN echo hi > /hi\nCMD ["cat", "/hi"]\n'


def _text(ran: Ran) -> str:
    return "\n".join(str(bundle["text/plain"]) for bundle in ran.shown)


def _html(ran: Ran) -> str:
    return "\n".join(str(bundle["text/html"]) for bundle in ran.shown)


def _formats(notebook: Notebook, value: object) -> Mapping[str, str]:
    """What Jupyter makes of a cell's value: a text for each MIME type."""
    formatter = notebook.shell.display_formatter
    assert formatter is not None
    data, _ = formatter.format(value)
    return cast("Mapping[str, str]", data)


def _in_order(parts: tuple[str, ...], text: str) -> bool:
    return re.search(".*".join(map(re.escape, parts)), text, re.DOTALL) is not None


# Builds


@pytest.mark.parametrize("form", [_text, _html])
def test_a_build_shows_its_verdict_then_the_steps_then_the_stack(
    form: Callable[[Ran], str], notebook: Notebook
) -> None:
    ran = notebook.run(HELLO)

    shown = form(ran)
    assert "naming to docker.io/library/hello:latest done" in ran.printed
    assert _in_order(("hello is built: 2 layers", "Step by step", "hello: 2 read-only"), shown)
    assert "!!" not in shown


@pytest.mark.parametrize("form", [_text, _html])
def test_a_broken_build_shows_its_verdict_then_the_line_then_the_steps_before(
    form: Callable[[Ran], str], notebook: Notebook
) -> None:
    ran = notebook.run("%%dockerfile broken\nFROM alpine\nRUN true\nRUN exit 3\n")

    shown = form(ran)
    assert "   3 | >>> RUN exit 3" in ran.printed
    assert _in_order(("broken is not built, because of line 3", "!!", "Step by step"), shown)
    assert "read-only layer" not in shown


def test_an_image_that_is_built_can_be_run(notebook: Notebook) -> None:
    notebook.run(HELLO)

    assert notebook.run("%docker run --rm hello").printed == "hi\n"


def test_a_second_build_says_what_came_from_the_cache(notebook: Notebook) -> None:
    notebook.run(HELLO)

    assert "1 step from the cache" in _text(notebook.run(HELLO))
    again = HELLO.replace("hello", "hello --no-cache", 1)
    assert "1 step from the cache" not in _text(notebook.run(again))


def test_the_flags_of_the_line_reach_the_build(notebook: Notebook) -> None:
    notebook.run(
        "%%dockerfile x -t one -t two:2 --build-arg 'V=a b' --target first\n"
        "FROM alpine AS first\nARG V=none\nENV V=$V\nFROM alpine\nENV V=wrong\n"
    )

    for tag in ("one", "two:2"):
        assert notebook.run(f'%docker run --rm {tag} sh -c "echo $V"').printed == "a b\n"
    assert "no such object: x" in notebook.run("%docker inspect x").printed


def test_secrets_reach_the_build_from_the_line_and_from_the_exercise(notebook: Notebook) -> None:
    run = "RUN --mount=type=secret,id=sign_key,required wc -c < /run/secrets/sign_key\n"
    notebook.run("%%contextfile my.key\nsecret\n")

    own = notebook.run(f"%%dockerfile x --secret id=sign_key,src=my.key\nFROM alpine\n{run}")
    given = notebook.run(f"%%dockerfile capstone-key\nFROM alpine\nENV A=1\n{run}")
    none = notebook.run(f"%%dockerfile y\nFROM alpine\n{run}")

    assert "#3 7\n" in own.printed
    assert "#3 11\n" in given.printed
    assert "secret sign_key: not found" in none.printed


@pytest.mark.parametrize(
    ("flags", "printed"),
    [("", "outer\n"), ("--context src", "inner\n"), ("--context .", "outer\n")],
)
def test_the_context_is_what_was_written_into_it(
    flags: str, printed: str, notebook: Notebook
) -> None:
    notebook.run("%%contextfile a.txt\nouter\n")
    notebook.run("%%contextfile src/a.txt\ninner\n")
    notebook.run(f"%%dockerfile copied {flags}\nFROM alpine\nCOPY a.txt /\n")

    assert notebook.run("%docker run --rm copied cat /a.txt").printed == printed


def test_a_context_file_that_is_an_answer_leaves_the_notebook_s_context_as_it_is(
    notebook: Notebook,
) -> None:
    notebook.run("%%contextfile .env\nA=1\n")
    ran = notebook.run("%%contextfile .dockerignore --answer copy-ignore\n*\n")
    notebook.run("%%dockerfile all\nFROM scratch\nCOPY . /\n")

    assert ".dockerignore (2B) is in the context of the exercise now" in ran.printed
    assert "A /.env" in _text(notebook.run("%picture stack all"))


def test_what_a_docker_command_puts_into_the_folder_is_in_the_context(notebook: Notebook) -> None:
    notebook.run("%docker run --rm -v .:/here alpine sh -c 'tar -cf /here/motd.tar -C /etc motd'")
    notebook.run("%%dockerfile unpacked\nFROM scratch\nADD motd.tar /\n")

    assert "A /motd" in _text(notebook.run("%picture stack unpacked"))


# The host

HOST = {
    "a published port": (
        "docker run -d -p 8080:80 nginx > /dev/null; curl -s localhost:8080 | grep title",
        "<title>Welcome to nginx!</title>",
    ),
    "a pipe, a variable and a loop": ("for n in 1 2; do echo $n; done | tail -1", "2\n"),
    "a question mark at the end": ("echo really?", "really?\n"),
    "a file that a cell wrote": ("cat a.txt", "outer\n"),
    "a command that fails": ("curl localhost:8080", "(7) Failed to connect to localhost port 8080"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("script", "printed"), HOST.values(), ids=HOST)
def test_a_script_runs_on_the_host(script: str, printed: str, notebook: Notebook) -> None:
    notebook.run("%%contextfile a.txt\nouter\n")

    ran = notebook.run(f"%%host\n{script}" if script else "%%host")

    assert (ran.error, ran.stderr) == (None, "")
    assert printed in ran.printed


def test_the_host_and_the_docker_cells_see_one_engine(notebook: Notebook) -> None:
    notebook.run("%%host\ndocker run -d --name box alpine sleep 100; echo note > kept\n")

    assert notebook.run("%docker ps --format {{.Names}}").printed == "box\n"
    assert notebook.run("%%host\ncat kept").printed == "note\n"


# Slips

SLIPS = {
    "an unknown instruction": (
        "%%dockerfile a\nFROM alpine\nRUM echo\n",
        ("Dockerfile:2", ">>> RUM echo", "did you mean RUN?"),
        "RUN",
    ),
    "an unclosed quote": ('%docker run alpine echo "hi', ("unexpected EOF", "Line 1"), "第 1 行"),
    "an unclosed quote in a script": (
        '%%docker\ndocker ps\ndocker run alpine echo "hi',
        ("CONTAINER ID", "unexpected EOF", "Line 2"),
        "第 2 行",
    ),
    "a pipe": ("%docker ps | wc", ("syntax error near", "no shell"), "没有宿主机的 shell"),
    "an unknown command": ("%docker rum alpine", ("unknown command: docker rum",), "是不是"),
    "no such image": ("%docker run nix:1", ("nix:1",), ""),
    "no such container": ("%docker rm nix", ("No such container: nix",), ""),
    "a picture of nothing": ("%picture stack nix", ("nix",), ""),
    "a picture without a kind": ("%picture", ("Which picture?", "%picture stack"), "要画哪种图"),
    "a picture that does not exist": ("%picture stak a", ("Did you mean stack?",), "是不是想写"),
    "a picture with too few words": ("%picture read a", ("Write: %picture read",), "请这样写"),
    "a picture with an open quote": ("%picture read 'a", ("not closed",), "没有闭合"),
    "a picture of a file that no cell built": (
        "%picture scope nix",
        ("No cell %%dockerfile nix was run",),
        "没有运行过",
    ),
    "a picture of a second build that was not made": (
        "%picture rebuild nix",
        ("No cell %%dockerfile nix was run",),
        "没有运行过",
    ),
    "no name": ("%%dockerfile\nFROM alpine\n", ("needs one name",), "需要一个镜像名"),
    "an image name that is none": (
        "%%dockerfile A B\nFROM alpine\n",
        ("needs one name",),
        "镜像名",
    ),
    "capital letters": ("%%dockerfile Web\nFROM alpine\n", ("must be lowercase",), "小写"),
    "an empty Dockerfile": ("%%dockerfile a\n", ("ERROR",), ""),
    "a path outside": (
        "%%contextfile ../a\nx\n",
        ("outside the build context",),
        "不在构建上下文里",
    ),
    "no such folder": (
        "%%dockerfile a --context b\nFROM alpine\n",
        ('path "b" not found',),
        "先放",
    ),
    "no such answer": ("%%docker --answer nix\ndocker ps\n", ("nix",), "nix"),
    "no such exercise": ("check('nix')", ("there is no exercise 'nix'",), "没有"),
    "no hints for what is not there": ("%hint nix", ("there is no exercise 'nix'",), "没有"),
    "no such language": ("%course_language fr", ("The course speaks en and zh",), "两种语言"),
}


@pytest.mark.parametrize(("source", "words", "chinese"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_explained_and_never_a_traceback(
    source: str, words: tuple[str, ...], chinese: str, notebook: Notebook
) -> None:
    english = notebook.run(source)
    notebook.run("%course_language zh")
    other = notebook.run(source)

    assert (english.error, english.stderr, other.error) == (None, "", None)
    assert "Traceback" not in english.printed
    assert _in_order(words, english.printed)
    assert chinese in other.printed
    assert not re.search("[一-鿿]", english.printed)


# Pictures

PICTURES = {
    "stack of an image": ("stack hello", "hello: 2 read-only layers", True),
    "stack of a container": ("stack one", "writable layer", True),
    "read": ("read hello /hi", "layer 2 serves it", False),
    "read in a container": ("read one /new", "the writable layer serves it", False),
    "stepper": ("stepper one", "Step 2 of 2: create /new", True),
    "containers": ("containers hello", "1 container of hello", False),
    "family": ("family hello", "by docker build, 2 layers (1 new)", False),
    "compare": ("compare alpine hello", "1 layer in common", False),
    "ports": ("ports one", "no port at all", False),
    "context": ("context hello", "There is no COPY and no ADD.", False),
    "waste": ("waste hello", "efficiency 100.0%", False),
    "stages": ("stages hello", "The image is the stage stage-0", False),
    "oci": ("oci hello", "hello as docker save writes it: 7 files", True),
    "health": ("health one", "one has no HEALTHCHECK", False),
    "health of an image": ("health hello", "hello has no HEALTHCHECK", False),
    "workdir": ("workdir hello", "runs in /", False),
    "mounts": ("mounts one", "0 mounts over the layers of hello", False),
    "scope": ("scope hello", "ENV of the image alpine", True),
    "argv": ("argv", '["echo", "hello", "world"]', True),
    "argv of an image": ("argv hello ls -l", '["ls", "-l"]', True),
}


@pytest.mark.parametrize(("line", "fact", "moves"), PICTURES.values(), ids=PICTURES)
def test_a_picture_is_text_and_html_and_where_it_moves_a_widget(
    line: str, fact: str, *, moves: bool, notebook: Notebook
) -> None:
    notebook.run("%docker pull alpine")
    notebook.run(HELLO)
    notebook.run("%docker run --name one hello sh -c 'echo new > /new'")

    ran = notebook.run(f"%picture {line}")

    assert ran.error is None
    assert fact in _text(ran)
    assert [VIEW in bundle for bundle in ran.shown] == [moves]


def test_a_second_build_can_be_laid_beside_the_first(notebook: Notebook) -> None:
    notebook.run(HELLO)
    once = notebook.run("%picture rebuild hello")
    notebook.run(HELLO.replace("hi >", "ho >"))
    twice = notebook.run("%picture rebuild hello")

    assert "was built once so far" in once.printed
    assert "D RUN echo hi > /hi" in _text(twice)
    assert "C RUN echo ho > /hi" in _text(twice)


@pytest.mark.parametrize(
    ("builder", "fate"), [("legacy", "r run"), ("buildkit", "c cached")], ids=["legacy", "buildkit"]
)
def test_each_builder_has_its_own_rebuild(builder: str, fate: str, notebook: Notebook) -> None:
    cell = f"%%dockerfile tea --builder {builder}\nFROM alpine\nLABEL age=1\nRUN echo tea > /tea\n"
    notebook.run(cell)
    notebook.run(cell.replace("age=1", "age=2"))

    rows = _text(notebook.run("%picture rebuild tea")).splitlines()

    row = next(row for row in rows if "RUN echo tea" in row)
    assert fate in row.split("r run", 1)[1]


# Checks

RIGHT = (
    "%%docker --answer layers-two\n"
    "docker run --name tick alpine sh -c 'echo tick > /clock'\n"
    "docker run --name tock alpine sh -c 'echo tock > /clock'\n"
)
HALF = RIGHT.rpartition("docker run")[0]


def test_a_right_answer_earns_all_points_as_a_bare_number(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    ran = notebook.run('check("layers-two")')
    data = _formats(notebook, ran.value)

    assert "passed: tick has its /clock" in ran.printed
    assert data["text/plain"] == "1.5"
    assert data["text/html"] == "<b>1.5 of 1.5 points</b>"


def test_the_points_are_said_in_chinese_in_a_chinese_notebook(notebook: Notebook) -> None:
    notebook.run("%course_language zh")
    notebook.run(RIGHT)
    ran = notebook.run('check("layers-two")')
    data = _formats(notebook, ran.value)

    assert data["text/plain"] == "1.5"
    assert re.search("1.5 分", data["text/html"])


def test_a_half_answer_earns_a_part_and_says_what_is_missing(notebook: Notebook) -> None:
    notebook.run(HALF)
    ran = notebook.run('check("layers-two")')

    assert 0 < ran.value < 1.5  # type: ignore[operator]
    assert "not yet: tock has its /clock" in ran.printed


def test_only_the_answer_cell_counts(notebook: Notebook) -> None:
    notebook.run(RIGHT.replace(" --answer layers-two", ""))
    before = notebook.run('check("layers-two")')
    notebook.run(HALF)
    half = notebook.run('check("layers-two")')
    notebook.run("%docker run --name tock alpine sh -c 'echo tock > /clock'")

    assert before.value == 0
    assert "There is no answer yet in layers-two" in before.printed
    assert notebook.run('check("layers-two")').value == half.value


def test_the_last_text_of_an_answer_counts_and_asking_twice_gives_the_same(
    notebook: Notebook,
) -> None:
    notebook.run(RIGHT)
    notebook.run(HALF)
    first, second = (notebook.run('check("layers-two")') for _ in range(2))

    assert first.value == second.value != 1.5
    assert first.printed == second.printed


def test_a_literal_counts_as_it_is_written(notebook: Notebook) -> None:
    notebook.run("commit_misses = {'/log/one': 'no', '/srv/three': 'yes'}")
    part = notebook.run('check("commit-misses")').value
    notebook.run("commit_misses['/etc/two'] = 'no'")

    assert part > 0  # type: ignore[operator]
    assert notebook.run('check("commit-misses")').value == part


def test_a_dockerfile_that_answers_finds_the_files_of_its_exercise(notebook: Notebook) -> None:
    ran = notebook.run(
        "%%dockerfile cmd-stop\n### BEGIN SOLUTION\nFROM alpine\n"
        'COPY --chmod=755 server.sh /server.sh\nENTRYPOINT ["/server.sh"]\nCMD ["fast"]\n'
        "### END SOLUTION\n"
    )

    assert "cmd-stop is built" in _text(ran)


# Hints


def test_hints_come_one_at_a_time_and_the_last_one_stays(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = (Text("look", "看"), Text("look again", "再看"))
    exercise = replace(find("layers-two"), hints=hints)
    monkeypatch.setattr(desk, "find", {"layers-two": exercise}.__getitem__)

    said = [notebook.run("%hint layers-two").printed for _ in range(3)]
    notebook.run("%course_language zh")

    assert [line.partition(": ")[2] for line in said] == [
        "look\n",
        "look again\n",
        "look again\n",
    ]
    assert notebook.run("%hint layers-two").printed.endswith("再看\n")


# Loading


def test_a_notebook_starts_with_an_empty_engine(notebook: Notebook) -> None:
    assert notebook.run("%docker images -q").printed == ""
    assert notebook.run("%docker ps -a -q").printed == ""


def test_loading_again_starts_afresh(notebook: Notebook) -> None:
    notebook.run("%docker pull alpine")
    notebook.run(RIGHT)

    assert notebook.run("%reload_ext course_lib").error is None

    assert notebook.run("%docker images -q").printed == ""
    assert notebook.run('check("layers-two")').value == 0
    assert notebook.run("%docker run --rm alpine echo who?").printed.endswith("who?\n")


def test_after_unloading_cells_are_no_longer_changed(notebook: Notebook) -> None:
    before = len(notebook.shell.events.callbacks["pre_run_cell"])

    assert notebook.run("%unload_ext course_lib").error is None

    assert len(notebook.shell.events.callbacks["pre_run_cell"]) == before - 1
    assert "run_line_magic('docker'" not in notebook.shell.transform_cell("%docker a?")


def test_no_output_is_larger_than_a_notebook_should_hold(notebook: Notebook) -> None:
    ran = notebook.run("%%dockerfile long\nFROM alpine\nRUN seq 1 40000\n")

    commands = "docker run --rm alpine seq 1 9999\n" * 20
    script = notebook.run(f"%%docker\n{commands}")

    assert "characters are left out" in ran.printed
    assert len(script.printed.encode()) < 200_000
    assert len(ran.printed.encode()) < 200_000
    assert len(_text(ran)) + len(_html(ran)) < 200_000


# The face of the package


@pytest.mark.parametrize("name", course_lib.__all__)
def test_a_public_name_is_there_when_it_is_asked_for(name: str) -> None:
    assert callable(getattr(course_lib, name))


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nix'"):
        course_lib.nix  # noqa: B018 - asking is the test
