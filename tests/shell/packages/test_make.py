"""make and gcc. Judge of make: the real one, where the machine has it, on the same Makefiles."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

HELLO = '#include <stdio.h>\n\nint main(void)\n{\n    puts("hello");\n    return 0;\n}\n'
SUCCEED = {
    "the first target": ("all:\n\techo one\n\t@echo two\nother:\n\techo no\n", ""),
    "a named target": ("all:\n\techo one\nother:\n\techo yes\n", "other"),
    "what a target needs, once": ("all: a b\n\techo $^\na: c\n\techo a\nb: c\n\techo b\nc:\n\techo c\n", ""),
    "variables": ("A = $(B)\nB := x\nB += y\nC ?= z\nall:\n\techo $(A) ${C} $$HOME_NOT_SET end\n", ""),
    "variables from the command line": ("A = no\nall:\n\techo $(A)\n", "A=yes"),
    "a file that is there": ("Makefile:\n\techo no\n", "Makefile"),
    "a target that is made is up to date": ("x:\n\ttouch x\nall: x x\n\techo all\n", "x x"),
    "phony beats a file": ("x:\n\ttouch y\n.PHONY: y\ny:\n\techo yes\n", "x y"),
    "a pattern": ("all: a.out b.out\n%.out: %.in\n\techo $< to $@ by $*\na.in b.in:\n\ttouch $@\n", ""),
    "a failure that is ignored": ("all:\n\t-@false || exit 0\n\techo on\n", ""),
    "a line that goes on": ("A = one \\\n    two\nall: \\\n  b\n\techo $(A) \\\n\t  three\nb: ; echo b\n", ""),
    "comments": ("# all: no\nall: # needs nothing\n\techo yes # the shell's comment\n", ""),
    "nothing to do": ("all:\n", ""),
    "silent": ("all:\n\techo one\n", "-s"),
}  # fmt: skip
FAIL = {
    "no rule": ("all: missing\n\techo no\n", ""),
    "an unknown goal": ("all:\n\techo no\n", "nope"),
    "a command that fails": ("all:\n\techo one\n\texit 3\n\techo no\n", ""),
    "spaces instead of a tab": ("all:\n        echo no\n", ""),
    "no targets": ("A = 1\n", ""),
    "another file that is not there": ("all:\n", "-f nope.mk"),
    "another folder that is not there": ("all:\n", "-C nope"),
}


@pytest.fixture
def debian(room: Rooms) -> Room:
    here = room("debian:12-slim")
    here.ok(
        "apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make; mkdir /w"
    )
    return here


@pytest.mark.skipif(shutil.which("make") is None, reason="no make to compare with")
@pytest.mark.parametrize("case", [*SUCCEED, *FAIL])
def test_it_prints_and_ends_as_the_real_make(debian: Room, tmp_path: Path, case: str) -> None:
    text, words = (SUCCEED | FAIL)[case]
    (tmp_path / "Makefile").write_text(text, encoding="utf-8")
    real = subprocess.run(
        ["make", "--no-print-directory", *words.split()],
        cwd=tmp_path, capture_output=True, check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )  # fmt: skip
    assert (real.returncode == 0) == (case in SUCCEED), real.stderr
    debian.ok(f"cat > /w/Makefile <<'END_OF_FILE'\n{text}END_OF_FILE\n")
    ours = debian.sh(f"make --no-print-directory {words}", cwd="/w")
    assert (ours.stdout.decode(), ours.exit_code) == (real.stdout.decode(), real.returncode)
    assert ours.stderr.decode() == real.stderr.decode()


@pytest.mark.parametrize(
    "line", ["ifeq (a,b)\nendif", "include x.mk", "A = $(shell ls)\nall:\n\techo $(A)"]
)
def test_conditions_and_functions_say_that_they_are_not_simulated(debian: Room, line: str) -> None:
    debian.ok(f"cat > /w/Makefile <<'END'\n{line}\nall:\nEND\n")
    assert debian.sh("make", cwd="/w").unsupported is not None


def test_a_program_that_only_prints_runs(debian: Room) -> None:
    debian.ok(f"cat > /w/hello.c <<'END'\n{HELLO}END\n")
    assert debian.ok("make hello && ./hello", cwd="/w") == "cc hello.c -o hello\nhello\n"


@pytest.mark.parametrize(
    ("setup", "command", "words"),
    [
        ("true", "gcc none.c", "error: none.c: No such file or directory"),
        ("true", "gcc", "fatal error: no input files"),
        ("apt-get remove -y libc6-dev", "gcc hello.c", "hello.c:1:10: fatal error: stdio.h: No such file"),
        ("echo 'int x;' > hello.c", "gcc hello.c", "undefined reference to `main'"),
        ("gcc -o hello hello.c; rm /lib64/ld-linux-x86-64.so.2", "./hello", "no such file or directory"),
    ],
)  # fmt: skip
def test_what_is_missing_stops_the_compiler_or_the_program(
    debian: Room, setup: str, command: str, words: str
) -> None:
    debian.ok(f"cat > /w/hello.c <<'END'\n{HELLO}END\ncd /w; {setup}")
    _, said = debian.fails(f"cd /w; {command}")
    assert words in said
