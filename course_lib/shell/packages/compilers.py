"""gcc and g++: sources become a program of the right size; one that only prints also runs.

Checked are what beginners meet: the file is there, the C library's headers are installed, main exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import Content
from course_lib.image.programs import MAGIC, program_name
from course_lib.shell.launcher import DEFAULT_PATH, look_up
from course_lib.shell.packages.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_SOURCES = (".c", ".cc", ".cpp", ".cxx")
_VALUED = frozenset(("-o", "-I", "-L", "-l", "-D", "-MF", "-MT", "-x", "-include"))
_INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+)>", re.MULTILINE)
_MAIN = re.compile(r"\bint\s+main\s*\([^)]*\)\s*\{(.*?)\n\}", re.DOTALL)
_PRINT = re.compile(r'\s*(puts|printf)\s*\(\s*"((?:\\.|[^"\\%]|%%)*)"\s*\)\s*;\s*')
_END = re.compile(r"\s*(return\s+0\s*;)?\s*|\s*//.*")
_SIZES = {False: 16_000, True: 790_000}  # of a small program with glibc: dynamic, static
_MUSL_STATIC = 35_000


@dataclass(frozen=True, slots=True)
class _Words:
    output: str
    files: tuple[str, ...]
    flags: frozenset[str]


def _read(task: Task) -> _Words:
    output = ""
    files: list[str] = []
    flags: set[str] = set()
    waiting = list(task.args)
    while waiting:
        word = waiting.pop(0)
        if word in _VALUED:
            value = waiting.pop(0) if waiting else ""
            output = value if word == "-o" else output
        elif word.startswith("-o"):
            output = word[2:]
        elif word.startswith("-"):
            flags.add(word)
        else:
            files.append(word)
    return _Words(output, tuple(files), frozenset(flags))


def _gcc(task: Task) -> int:
    words = _read(task)
    name = task.name
    if "--version" in words.flags:
        msg = "--version"
        raise task.not_simulated(msg)
    if words.flags & {"-E", "-S", "-shared"}:
        raise task.not_simulated(min(words.flags & {"-E", "-S", "-shared"}))
    if not words.files:
        task.err(f"{name}: fatal error: no input files\ncompilation terminated.")
        return 1
    for file in words.files:
        if task.files.find(file) is None:
            task.err(f"{name}: error: {file}: No such file or directory")
            task.err(f"{name}: fatal error: no input files\ncompilation terminated.")
            return 1
    return _compile(task, words)


def _compile(task: Task, words: _Words) -> int:
    texts = {file: task.files.read(file).decode("utf-8", "replace") for file in words.files}
    for file, text in texts.items():
        included = _INCLUDE.search(text)
        if file.endswith(_SOURCES) and included and not _has_headers(task):
            line = text[: included.start(1)].count("\n") + 1
            task.err(
                f"{file}:{line}:10: fatal error: {included.group(1)}: No such file or directory"
            )
            task.err("compilation terminated.")
            return 1
    if "-c" in words.flags:
        for file, text in texts.items():
            stem = file.rpartition("/")[2].rpartition(".")[0]
            data = text.encode()
            task.files.write(words.output or f"{stem}.o", Content(data, max(len(data), 1600)))
        return 0
    if not any(re.search(r"\bmain\s*\(", text) for text in texts.values()):
        task.err("undefined reference to `main'\ncollect2: error: ld returned 1 exit status")
        return 1
    place = words.output or "a.out"
    task.files.write(
        place, _linked(task, list(texts.values()), static="-static" in words.flags), 0o777
    )
    return 0


def _linked(task: Task, texts: list[str], *, static: bool) -> Content:
    musl = task.files.find("/lib/ld-musl-x86_64.so.1") is not None
    loader = "/lib/ld-musl-x86_64.so.1" if musl else "/lib64/ld-linux-x86-64.so.2"
    said = _prints(texts[0]) if len(texts) == 1 else None
    head = MAGIC + f"c-program\nloader {'' if static else loader}\n".encode()
    if said is not None:
        head += b"prints\n" + said.encode() + b"\0"
    size = _MUSL_STATIC if static and musl else _SIZES[static]
    return Content(head, max(size, len(head)) + sum(map(len, texts)))


def _prints(text: str) -> str | None:
    """What main prints, when it does nothing else."""
    body = _MAIN.search(text)
    if body is None:
        return None
    said = ""
    for line in body.group(1).splitlines():
        found = _PRINT.fullmatch(line)
        if found:
            plain = found.group(2).replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')
            said += plain.replace("%%", "%") + ("\n" if found.group(1) == "puts" else "")
        elif not _END.fullmatch(line):
            return None
    return said


def _has_headers(task: Task) -> bool:
    disk = Disk(task)
    return (
        "\nPackage: libc6-dev\n" in disk.text("/var/lib/dpkg/status")
        or "\nP:musl-dev\n" in disk.text("/lib/apk/db/installed")
        or disk.exists("/etc/redhat-release")
    )


def _run_program(task: Task) -> int:
    """A program that gcc made."""
    path = look_up(task.files, task.argv[0], task.env.get("PATH", DEFAULT_PATH))
    content = task.files.file(path).content
    loader, _, rest = content.head[len(MAGIC + b"c-program\nloader ") :].partition(b"\n")
    if loader and task.files.find(loader.decode()) is None:
        task.err(f"exec {task.argv[0]}: no such file or directory")
        return 127
    if program_name(content) != "c-program" or not rest.startswith(b"prints\n"):
        what = "(a compiled C program)"
        raise task.not_simulated(what)
    task.out(rest.removeprefix(b"prints\n").partition(b"\0")[0])
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "c-program": _run_program,
    "gcc": _gcc,
    "x86_64-linux-gnu-g++-12": _gcc,
    "x86_64-linux-gnu-gcc-12": _gcc,
}
