"""docker stop and docker kill: who gets the signal, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course_lib.run.signals import INIT, InvalidSignalError, deliver, signal_name, stop
from course_lib.shell import Chunk, Outcome, ProcessInfo

SERVER = ProcessInfo(1, ("nginx",), frozenset({"SIGTERM", "SIGQUIT"}))
SLEEP = ProcessInfo(1, ("sleep", "infinity"))
SHELL = ProcessInfo(1, ("/bin/sh", "-c", "sleep infinity; true"))
CHILD = ProcessInfo(7, ("sleep", "infinity"), frozenset({"SIGTERM"}))


def test_a_server_with_a_handler_stops_at_once() -> None:
    ending = stop([SERVER])
    assert (ending.exit_code, ending.seconds, ending.sent) == (0, 0, ("SIGTERM",))


@pytest.mark.parametrize("timeout", [10, 3, 0])
def test_pid_1_without_a_handler_is_killed_when_the_time_is_up(timeout: int) -> None:
    ending = stop([SLEEP], timeout=timeout)
    assert (ending.exit_code, ending.seconds) == (137, timeout)
    assert ending.sent == ("SIGTERM", "SIGKILL")


def test_a_shell_as_pid_1_does_not_pass_the_signal_on() -> None:
    ending = stop([SHELL, CHILD])
    assert ending.exit_code == 137
    assert "sh does not pass SIGTERM on, so sleep infinity (PID 7)" in ending.because[1].en


def test_another_stop_signal_needs_another_handler() -> None:
    assert stop([SERVER], "QUIT").exit_code == 0
    assert stop([SERVER], "SIGUSR1").exit_code == 137


def test_sigkill_is_never_refused() -> None:
    ending = deliver([SLEEP], "KILL")
    assert (ending.exit_code, ending.sent) == (137, ("SIGKILL",))


def test_a_signal_without_handler_leaves_pid_1_as_it_is() -> None:
    assert deliver([SLEEP], "INT").exit_code is None


@pytest.mark.parametrize("text", ["15", "TERM", "term", "SIGTERM", "sigterm"])
def test_a_signal_is_a_name_with_or_without_sig_or_a_number(text: str) -> None:
    assert signal_name(text) == "SIGTERM"


@pytest.mark.parametrize("text", ["FOO", "0", "99", "", "SIG"])
def test_other_words_are_no_signals(text: str) -> None:
    with pytest.raises(InvalidSignalError, match=f"^invalid signal: {text}$"):
        signal_name(text)


def _handled(code: int | None) -> ProcessInfo:
    said = (Chunk(1, b"bye\n"),)
    return ProcessInfo(1, ("sh", "/s"), frozenset({"SIGTERM"}), lambda _: Outcome(code, said))


def test_what_a_trap_prints_and_its_status_are_those_of_the_ending() -> None:
    ending = stop([_handled(3)])

    assert (ending.exit_code, ending.seconds, ending.output) == (3, 0, (Chunk(1, b"bye\n"),))


def test_a_trap_that_does_not_exit_leaves_the_process_to_sigkill() -> None:
    ending = stop([_handled(None)])

    assert (ending.exit_code, ending.seconds, ending.output) == (137, 10, (Chunk(1, b"bye\n"),))


INIT_AND = (ProcessInfo(1, (INIT, "--", "x")), ProcessInfo(2, ("x",)))


@pytest.mark.parametrize(
    ("handles", "signal", "code"),
    [
        (frozenset(), "SIGTERM", 143),
        (frozenset(), "SIGINT", 130),
        (frozenset({"SIGTERM"}), "SIGTERM", 0),
        (frozenset(), "SIGKILL", 137),
        (frozenset(), "SIGWINCH", None),
    ],
)
def test_an_init_passes_signals_on_to_an_ordinary_process(
    handles: frozenset[str], signal: str, code: int | None
) -> None:
    init, child = INIT_AND
    ending = deliver((init, replace(child, handles=handles)), signal)
    assert (ending.exit_code, ending.seconds) == (code, 0)
