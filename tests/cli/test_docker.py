"""docker's command line as a learner meets it: what is printed, and the exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from course_lib.cli import Answer, docker
from course_lib.cli.commands import ALL, COMMANDS, GROUPS
from course_lib.engine import Engine
from course_lib.text import speaking

if TYPE_CHECKING:
    from course_lib.cli.flags import Command


@pytest.fixture
def engine() -> Engine:
    return Engine()


def ok(engine: Engine, line: str, stdin: str = "") -> str:
    answer = docker(line, engine, stdin=stdin)
    assert answer.exit_code == 0, answer.stderr
    return answer.stdout


def refused(engine: Engine, line: str) -> Answer:
    answer = docker(line, engine)
    assert answer.exit_code != 0
    return answer


def test_run_pulls_an_image_that_is_not_here_and_says_so_on_stderr(engine: Engine) -> None:
    answer = docker("run alpine echo hi", engine)
    assert answer.stdout == "hi\n"
    lines = answer.stderr.splitlines()
    assert lines[0] == "Unable to find image 'alpine:latest' locally"
    assert lines[1] == "latest: Pulling from library/alpine"
    assert lines[-1] == "Status: Downloaded newer image for alpine:latest"
    assert docker("run alpine echo hi", engine).stderr == ""


def test_the_word_docker_may_come_first(engine: Engine) -> None:
    assert ok(engine, "docker run alpine echo hi") == "hi\n"


def test_a_line_may_come_as_words(engine: Engine) -> None:
    assert docker(["run", "alpine", "echo", "a b", "$HOME"], engine).stdout == "a b $HOME\n"


def test_what_a_host_shell_would_expand_reaches_docker_as_typed(engine: Engine) -> None:
    assert ok(engine, "run alpine echo $HOME ${x} ?") == "$HOME ${x} ?\n"


def test_the_containers_shell_expands_what_is_quoted_for_it(engine: Engine) -> None:
    assert ok(engine, "run -e x=1 alpine sh -c 'echo $x'") == "1\n"


@pytest.mark.parametrize("code", [0, 1, 7])
def test_the_exit_code_of_a_program_is_the_exit_code_of_run(engine: Engine, code: int) -> None:
    assert docker(f"run alpine sh -c 'exit {code}'", engine).exit_code == code


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (
            "run alpine nope",
            127,
            'error during container init: exec: "nope": executable file not found in $PATH: unknown',
        ),
        ("run alpine /etc/passwd", 126, 'exec: "/etc/passwd": permission denied: unknown'),
        ("run --name 'a b' alpine true", 125, "Invalid container name (a b), only "),
        ("run no/such true", 125, "pull access denied for no/such, repository does not exist"),
        ("run UPPER true", 125, "docker: invalid reference format"),
        (
            "run --nmae x alpine",
            125,
            "unknown flag: --nmae\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun ",
        ),
        ("run -u nobody-here alpine true", 125, "unable to find user nobody-here: "),
        ("run -v x:y alpine", 125, "mount path must be absolute"),
        ("run -p abc alpine", 125, "docker: invalid containerPort: abc\n"),
        ("run -p http:80 alpine", 125, "docker: invalid hostPort: http\n"),
        ("run --expose 8080:80 alpine", 125, "invalid port format for --expose: 8080:80\n"),
        ("run --expose http alpine", 125, "invalid range format for --expose: http\n"),
        ("run -p 80/http alpine", 125, "docker: invalid proto: http\n"),
        ("run -p localhost:80:80 alpine", 125, "docker: invalid IP address: localhost\n"),
        ("run -p 80:70000 alpine", 125, "docker: invalid containerPort: 70000\n"),
        (
            "run -p 8000-8001:80-82 alpine",
            125,
            "invalid ranges specified for container and host Ports: 80-82 and 8000-8001",
        ),
        ("run --network nope alpine true", 125, "network nope not found"),
        ("run --gpus all alpine", 125, "docker run: --gpus is not simulated here"),
        ("buidl .", 1, "docker: unknown command: docker buidl\n\nRun 'docker --help' for more"),
        ("swarm init", 1, "docker swarm is not simulated here"),
        ("ps --nope", 125, "unknown flag: --nope\n\nUsage:  docker ps [OPTIONS]\n\nRun "),
        ("ps x", 1, "docker: 'docker ps' accepts no arguments"),
        ("stop nope", 1, "Error response from daemon: No such container: nope"),
        ("logs nope", 1, "Error response from daemon: No such container: nope"),
        ("inspect nope", 1, "error: no such object: nope"),
        ("rmi nope", 1, "Error response from daemon: No such image: nope:latest"),
        ("volume rm nope", 1, "Error response from daemon: get nope: no such volume"),
        ("ps --filter nope=1", 1, "Error response from daemon: invalid filter 'nope'"),
        ("images --format '{{.ID'", 1, "template parsing error: template: :1: unclosed action"),
        ("run 'alpine", 2, "unexpected EOF while looking for matching `''"),
        ("run alpine ls | wc -l", 2, "syntax error near unexpected token `|'"),
    ],
)
def test_errors_in_dockers_words(engine: Engine, line: str, code: int, says: str) -> None:
    answer = refused(engine, line)
    assert answer.exit_code == code
    assert says in answer.stderr


def test_the_plain_line_after_an_error_speaks_chinese_too(engine: Engine) -> None:
    with speaking("zh"):
        answer = refused(engine, "buidl .")
    assert answer.stderr.endswith("是不是想写 docker build？\n")


def test_a_script_goes_on_after_an_error_and_ends_with_the_last_exit_code(engine: Engine) -> None:
    script = "# three commands\nrun alpine \\\n  echo one\nps --nope\ndocker run alpine echo two\n"
    answer = docker(script, engine)
    assert answer.stdout == "one\ntwo\n"
    assert "unknown flag: --nope" in answer.stderr
    assert answer.exit_code == 0


def test_stdin_is_the_script_of_an_interactive_shell(engine: Engine) -> None:
    assert ok(engine, "run -i alpine sh", "echo a\necho b\n") == "a\nb\n"


def test_an_interactive_shell_without_input_ends_and_says_how_to_give_a_script(
    engine: Engine,
) -> None:
    answer = docker("run -it --name box alpine", engine)
    assert answer.exit_code == 0
    assert answer.stderr.splitlines()[-1].startswith("The shell of box found nothing to read")


def test_a_program_that_does_not_end_goes_on_in_its_container(engine: Engine) -> None:
    answer = docker("run --name srv alpine sleep infinity", engine)
    assert "`sleep infinity` does not end by itself" in answer.stderr
    assert ok(engine, "ps --format {{.Names}}") == "srv\n"


def test_detached_prints_the_id(engine: Engine) -> None:
    container_id = ok(engine, "run -d --name srv alpine sleep infinity").strip()
    assert container_id == engine.container("srv").id
    assert ok(engine, "ps -q") == container_id[:12] + "\n"


def test_ps_has_dockers_columns(engine: Engine) -> None:
    docker("run --name box alpine sh -c 'exit 3'", engine)
    header, line = ok(engine, "ps -a").splitlines()
    short = engine.container("box").short_id
    assert header == (
        "CONTAINER ID   IMAGE     COMMAND            CREATED        STATUS"
        "                              PORTS     NAMES"
    )
    assert line.startswith(f"{short}   alpine    \"sh -c 'exit 3'\"   ")
    assert "   Exited (3) " in line


def test_stop_shows_that_pid_1_without_a_handler_takes_ten_seconds(engine: Engine) -> None:
    ok(engine, "run -d --name srv alpine sleep infinity")
    before = engine.clock.now()
    answer = docker("stop srv", engine)
    assert answer.stdout == "srv\n"
    assert engine.clock.now() - before == 10
    assert "has no handler for SIGTERM" in answer.stderr
    assert "Exited (137)" in ok(engine, "ps -a --format {{.Status}}")


def test_commit_history_and_images_tell_the_same_story(engine: Engine) -> None:
    ok(engine, "run --name box alpine sh -c 'echo hello > /new'")
    image_id = ok(engine, "commit -a me -m note box new:1").strip()
    row = ok(engine, "history --format '{{.ID}}|{{.CreatedBy}}|{{.Size}}|{{.Comment}}' new:1")
    assert row.splitlines()[0] == f"{image_id[7:19]}|sh -c echo hello > /new|6B|note"
    base = engine.image("alpine").id
    assert row.splitlines()[1].startswith(f"{base[7:19]}|")
    assert row.splitlines()[2].startswith("<missing>|")
    assert ok(engine, "images --format '{{.Repository}}:{{.Tag}}'").splitlines()[0] == "new:1"
    assert ok(engine, "run new:1 cat /new") == "hello\n"


def test_inspect_prints_json_and_templates(engine: Engine) -> None:
    ok(engine, "run --name box -e A=1 alpine true")
    (shown,) = json.loads(ok(engine, "inspect box"))
    assert shown["Name"] == "/box"
    assert shown["State"]["ExitCode"] == 0
    assert "A=1" in shown["Config"]["Env"]
    assert ok(engine, "inspect -f '{{.Name}} {{.Config.Cmd}}' box") == "/box [true]\n"
    assert ok(engine, "inspect -f '{{.Id}}' alpine").startswith("sha256:")


def test_volumes_are_listed_and_kept_while_in_use(engine: Engine) -> None:
    ok(engine, "run --name box -v data:/d alpine sh -c 'echo x > /d/f'")
    assert ok(engine, "volume ls") == "DRIVER    VOLUME NAME\nlocal     data\n"
    assert "volume is in use - [" in refused(engine, "volume rm data").stderr
    ok(engine, "rm box")
    assert ok(engine, "run --rm -v data:/d alpine cat /d/f") == "x\n"
    assert ok(engine, "volume rm data") == "data\n"


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.name)
def test_each_command_has_its_help(engine: Engine, command: Command) -> None:
    shown = ok(engine, f"{command.name} --help")
    assert shown.startswith(f"Usage:  docker {command.name}")
    assert command.about in shown


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_lists_its_commands(engine: Engine, group: str) -> None:
    shown = ok(engine, group)
    members = {name for name in COMMANDS if name.startswith(f"{group} ")}
    listed = {f"{group} {line.split()[0]}" for line in shown.splitlines() if line.startswith("  ")}
    assert listed
    assert {COMMANDS[name].name for name in listed} == {COMMANDS[name].name for name in members}


def test_long_names_of_commands_do_the_same(engine: Engine) -> None:
    ok(engine, "container run --name box alpine true")
    assert ok(engine, "container ls -a --format {{.Names}}") == ok(
        engine, "ps -a --format {{.Names}}"
    )
    assert ok(engine, "image ls -q") == ok(engine, "images -q")


def test_a_range_of_ports_is_published_one_by_one(engine: Engine) -> None:
    ok(engine, "run -d --name box -p 127.0.0.1:8000-8001:80-81/udp alpine sleep 100")
    assert ok(engine, "port box") == "80/udp -> 127.0.0.1:8000\n81/udp -> 127.0.0.1:8001\n"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ("", ""),
        ("--expose 80", "80/tcp"),
        ("--expose 80 --expose 5000-5002 --expose 53/udp", "80/tcp, 53/udp, 5000-5002/tcp"),
        ("-p 8080:80", "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp"),
        ("-p 80:80", "0.0.0.0:80->80/tcp, [::]:80->80/tcp"),
        (
            "-p 127.0.0.1:8080:80 --expose 3306",
            "3306/tcp, 127.0.0.1:8080->80/tcp",
        ),
        ("-p 127.0.0.1:70-72:70-72", "127.0.0.1:70-72->70-72/tcp"),
        ("--network none --expose 80", "80/tcp"),
    ],
)
def test_ps_lists_ports_as_the_command_line_of_docker_groups_them(
    engine: Engine, options: str, shown: str
) -> None:
    ok(engine, f"run -d {options} alpine sleep 100")
    assert ok(engine, "ps --format {{.Ports}}") == f"{shown}\n"


def test_the_values_behind_an_answer_are_handed_on(engine: Engine) -> None:
    answer = docker("run --name box alpine true", engine)
    assert answer.shown == (engine.container("box"),)


def test_ps_size_shows_the_writable_layer_and_the_whole(engine: Engine) -> None:
    ok(engine, "run --name box alpine sh -c 'echo hello > /x'")

    assert ok(engine, "ps -a --format {{.Size}}") == "6B (virtual 7.48MB)\n"
    assert "SIZE" in ok(engine, "ps -as")
    assert "SIZE" not in ok(engine, "ps -a")
