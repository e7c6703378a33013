"""Nothing runs without an end, and nothing outside the simulation is touched."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.image.entries import File
from course_lib.shell import Budget, ExecFailure
from tests.shell.tables import scripts
from tests.shell.world import World


@pytest.mark.parametrize(
    "script",
    [
        "while :; do :; done",
        "until false; do true; done",
        "x=a; while :; do x=$x$x; done",
        "f() { f; }; f",
        "f() { f | f & }; f",
        "x=$(yes)",
        "yes",
        "yes > /f",
        "yes | cat",
        "yes | sort | head -n 1",
        "while :; do echo x; done | cat",
        "cat /dev/zero",
        "cat /dev/urandom > /f",
        "seq 100000000",
        "eval 'eval \"eval f\"'; f() { eval f; }; f",
        "echo 'sh /a' > /a; sh /a",
        "printf '%099999999d' 1; printf '%1000000000s' x; while :; do printf '%99999s' x; done",
        "x=$(printf '%99999s' x); while :; do x=\"$x$x\"; done",
        "echo a > f; while :; do cat f f > g; cat g g > f; done",
        "mkdir d; while :; do mkdir d/d; cd d; done",
        'set -- a b c d e f g h; while :; do set -- "$@" "$@"; done',
        ". ./self",
        "i=0; while [ $i -lt 3000 ]; do mkdir d; cd d; i=$((i+1)); done; find / | wc -l",
        "x=$(seq 9999); echo ${x#*1*2*3*4*x}; echo ${x#*1*2*3*4*x}; echo ${x#*1*2*3*4*x}",
        "for i in $(seq 100000); do echo $i; done",
        "awk 'BEGIN { while (1) x = x \"a\" }'",
        "awk 'function f(n) { return f(n + 1) } BEGIN { f(1) }'",
        "echo " + "$(<<4|3)) ) " * 14,
        "sed ':a;ba' /etc/passwd",
        "( " * 400 + ":" + " )" * 400,
    ],
)  # fmt: skip
def test_a_script_without_an_end_is_stopped_and_says_why(script: str) -> None:
    world = World()
    world.write("/w/self", ". ./self\n")
    outcome = world.run("sh", "-c", script, budget=Budget(steps=8000, memory=8 << 20))
    assert outcome.exit_code in {137, 2}
    assert outcome.unsupported is not None
    assert outcome.unsupported.en
    assert outcome.unsupported.zh


def test_a_brace_expansion_of_millions_is_stopped() -> None:
    outcome = World().run("bash", "-c", "echo {1..10000000}")
    assert outcome.exit_code == 137
    assert outcome.unsupported is not None


def test_a_terabyte_does_not_fit_on_the_disk() -> None:
    outcome = World().sh("dd if=/dev/zero of=/f bs=1M count=1000000")
    assert outcome.exit_code == 1
    assert outcome.stderr == b"dd: error writing '/f': No space left on device\n"


def test_a_large_file_of_zeros_costs_no_memory() -> None:
    world = World()
    outcome = world.sh(
        "dd if=/dev/zero of=/f bs=1M count=4096 status=none; head -c 1G /dev/zero > /g; wc -c < /dev/null"
    )
    assert (outcome.exit_code, outcome.unsupported) == (0, None)
    sizes = [
        (node.size, len(node.content.head))
        for node in map(world.files.get, ("/f", "/g"))
        if isinstance(node, File)
    ]
    assert sizes == [(4 << 30, 0), (1 << 30, 0)]


def test_an_endless_writer_stops_with_its_reader() -> None:
    outcome = World().sh("yes | head -n 2; while :; do echo x; done | head -n 1; echo $?")
    assert (outcome.exit_code, outcome.stdout) == (0, b"y\ny\nx\n0\n")


WORDS = st.sampled_from(
    ["echo", "x=1", "$x", "${x", "${x:-a}", "$(", ")", "`", '"', "'", "|", "||", "&&", ";", ";;", "&",
     "(", "{", "}", "if", "then", "else", "fi", "for", "in", "do", "done", "while", "until", "case",
     "esac", "<", ">", ">>", "<<EOF", "EOF", "2>&1", "\n", "\\", "*", "[a-", "$((", "))", "1+", "!",
     "f()", "return", "break", "exit", "set", "-e", "trap", "EXIT", "cat", "rm", "-rf", "/", "cd", "..",
     "read", "eval", "exec", ".", "export", "local", "unset", "shift", "test", "[", "]", "-n", "sed",
     "s/a/b/", "grep", "find", "-exec", "tar", "-czf", "cp", "-a", "mv", "ls", "-la", "printf", "%s%d",
     "kill", "$$", "sleep", "9", "中文", "\0", "~", "#", "=", "[[", "{a,b}", "umask", "xargs", "sort",
     "chmod", "+x", "ln", "-s", "id", "env", "tail", "-f", "wait", "getopts", "ab:", "$@", "$*", "$?",
     "useradd", "adduser", "dd", "of=/f", "if=/dev/zero", "yes", "head", "tr", "a-z", "cut", "-d:", "expr"]
)  # fmt: skip
SCRIPTS = st.one_of(st.lists(WORDS, max_size=14).map(" ".join), st.text(max_size=40))


# How many scripts the property test makes up; COURSE_FUZZ raises it.
EXAMPLES = int(os.environ.get("COURSE_FUZZ", "1000"))
KNOWN = [script.text for folder in (".", "bash", "busybox", "both") for script in scripts(folder)]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A script of the tables with pieces taken out, doubled, or put in."""
    text = draw(st.sampled_from(KNOWN))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 12))
        piece = draw(
            st.one_of(
                WORDS,
                st.just(""),
                st.just(text[start:end] * draw(st.integers(2, 30))),
                st.text(max_size=3),
            )
        )
        text = text[:start] + piece + text[end if draw(st.booleans()) else start :]
    return text


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(
    script=st.one_of(SCRIPTS, mutated()),
    shell=st.sampled_from(["dash", "bash", "busybox"]),
    user=st.sampled_from(["", "app"]),
)
def test_any_script_ends_in_an_outcome(script: str, shell: str, user: str) -> None:
    """Whatever is written, the shell raises nothing, and says so when it could not do it."""
    world = World(shell)
    argv = ("sh", "-c", script) if shell != "bash" else ("bash", "-c", script)
    outcome = world.run(*argv, user=user, budget=Budget(steps=1500, memory=4 << 20))
    assert (outcome.exit_code is None) == bool(outcome.processes)
    assert outcome.exit_code is None or 0 <= outcome.exit_code <= 255
    world.files.changes()


@settings(max_examples=200)
@given(argv=st.lists(WORDS | st.text(max_size=5), min_size=1, max_size=5))
def test_any_command_line_starts_or_fails_in_runc_s_words(argv: list[str]) -> None:
    try:
        outcome = World().run(*argv, budget=Budget(steps=1500, memory=4 << 20))
    except ExecFailure as error:
        failure = error
    else:
        assert outcome.exit_code is None or 0 <= outcome.exit_code <= 255
        return
    assert failure.exit_code in {126, 127}
    assert str(failure).startswith("exec: ")
