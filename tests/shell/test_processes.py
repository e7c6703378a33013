"""What is alive while a container waits, which signals it handles, and how time passes."""

from __future__ import annotations

import pytest

from course_lib.shell import ProcessInfo
from tests.shell.world import World, said

SLEEP = ("sleep", "infinity")


@pytest.mark.parametrize(
    ("argv", "alive"),
    [
        pytest.param(("sleep", "infinity"), [SLEEP], id="exec form: the program itself"),
        pytest.param(
            ("bash", "-c", "sleep infinity"), [SLEEP], id="bash replaces itself by the last command"
        ),
        pytest.param(("bash", "-c", "true; sleep infinity"), [SLEEP], id="bash: last of a list"),
        pytest.param(
            ("bash", "-c", "sleep infinity > /dev/null"),
            [("bash", "-c", "sleep infinity > /dev/null"), SLEEP],
            id="bash stays with a redirection",
        ),
        pytest.param(
            ("dash", "-c", "sleep infinity"),
            [("dash", "-c", "sleep infinity"), SLEEP],
            id="dash 0.5.12 stays",
        ),
        pytest.param(("dash", "-c", "exec sleep infinity"), [SLEEP], id="exec replaces"),
        pytest.param(
            ("bash", "-c", "sleep infinity; echo"),
            [("bash", "-c", "sleep infinity; echo"), SLEEP],
            id="a shell with more to do stays",
        ),
        pytest.param(
            ("dash", "-c", "(sleep infinity)"),
            [("dash", "-c", "(sleep infinity)"), SLEEP],
            id="a subshell replaces itself",
        ),
    ],
)
def test_pid_1_and_its_children(argv: tuple[str, ...], alive: list[tuple[str, ...]]) -> None:
    outcome = World().run(*argv)
    assert outcome.exit_code is None
    assert [process.argv for process in outcome.processes] == alive
    assert outcome.processes[0].pid == 1


def test_busybox_replaces_itself_by_the_last_command_anywhere() -> None:
    outcome = World("busybox").sh("if true; then sleep infinity; fi")
    assert outcome.processes == (ProcessInfo(1, SLEEP),)


def test_a_trap_is_a_handler_of_the_shell() -> None:
    outcome = World().sh("trap 'exit 0' TERM INT; sleep infinity")
    shell, sleep = outcome.processes
    assert shell.handles == {"SIGTERM", "SIGINT"}
    assert sleep.handles == frozenset()


def test_an_ignored_signal_has_no_handler() -> None:
    assert World().sh("trap '' TERM; sleep infinity").processes[0].handles == frozenset()


def test_a_shell_waits_for_what_runs_in_the_background() -> None:
    outcome = World().sh("trap 'kill $pid' TERM; sleep infinity & pid=$!; echo $pid; wait $pid")
    assert outcome.exit_code is None
    assert outcome.stdout == b"2\n"
    assert [(one.pid, one.argv[0]) for one in outcome.processes] == [(1, "sh"), (2, "sleep")]
    assert outcome.processes[0].handles == {"SIGTERM"}


def test_a_container_ends_with_pid_1_whatever_runs_in_the_background() -> None:
    outcome = World().sh("sleep infinity & echo started")
    assert (outcome.exit_code, outcome.stdout) == (0, b"started\n")


def test_a_script_with_a_first_line_is_its_interpreter() -> None:
    world = World()
    world.write("/run.sh", "#!/bin/sh\nsleep infinity\necho never\n", 0o755)
    outcome = world.run("/run.sh")
    assert [one.argv for one in outcome.processes] == [("/bin/sh", "/run.sh"), SLEEP]


def test_exec_at_the_end_of_a_script_makes_the_program_pid_1() -> None:
    world = World()
    world.write("/run.sh", '#!/bin/sh\nset -e\nexec "$@"\n', 0o755)
    assert world.run("/run.sh", *SLEEP).processes == (ProcessInfo(1, SLEEP),)


def test_sleep_moves_the_clock_and_nothing_else() -> None:
    world = World()
    before = world.clock.now()
    outcome = world.sh("sleep 90; sleep 1m; echo done")
    assert (outcome.exit_code, outcome.seconds) == (0, 150)
    assert world.clock.now() == before + 150


@pytest.mark.parametrize(
    ("patience", "exit_code", "out"),
    [(0, None, "0\n"), (5, None, "0\n1\n2\n"), (None, 0, "0\n1\n2\n3\n")],
)
def test_a_caller_waits_as_long_as_its_patience_lasts(
    patience: int | None, exit_code: int | None, out: str
) -> None:
    script = "for i in 0 1 2; do echo $i; sleep 2; done; echo 3"
    outcome = World().sh(script, patience=patience)
    assert (outcome.exit_code, outcome.stdout.decode()) == (exit_code, out)


def test_a_loop_without_an_end_prints_until_patience_ends() -> None:
    outcome = World().sh("while true; do echo tick; sleep 1; done", patience=10)
    assert outcome.exit_code is None
    assert outcome.stdout == b"tick\n" * 11


def test_tail_f_shows_what_is_there_and_stays() -> None:
    world = World()
    world.write("/log", "a\nb\n")
    outcome = world.run("tail", "-f", "/log")
    assert (outcome.exit_code, outcome.stdout) == (None, b"a\nb\n")


def test_servers_stay_and_handle_term() -> None:
    outcome = World().run("nginx", "-g", "daemon off;")
    assert outcome.exit_code is None
    assert "SIGTERM" in outcome.processes[0].handles


def test_a_daemon_ends_its_container() -> None:
    assert World().run("nginx").exit_code == 0


def test_ps_shows_the_process_table() -> None:
    world = World("busybox")
    world.write("/run.sh", "#!/bin/sh\nsleep infinity &\nps\n", 0o755)
    lines = world.run("/run.sh").stdout.decode().splitlines()
    assert [line.split(None, 3)[3] for line in lines] == [
        "COMMAND",
        "/bin/sh /run.sh",
        "sleep infinity",
        "ps",
    ]


def test_kill_ends_a_background_process() -> None:
    outcome = World().sh("sleep infinity & kill $!; wait $!; echo $?; kill -0 $! || echo gone")
    assert said(outcome)[:2] == (0, "143\ngone\n")


def test_pid_1_without_a_trap_is_deaf_to_its_own_signal() -> None:
    assert said(World().sh("kill -TERM $$; echo alive")) == (0, "alive\n", "")


def test_timeout_ends_what_takes_too_long() -> None:
    outcome = World().sh("timeout 3 sleep 60; echo $?")
    assert (outcome.stdout, outcome.seconds) == (b"124\n", 3)
