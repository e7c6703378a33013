"""sed: the command line, to stdout and in place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.options import LeaveProgram, parse
from course_lib.shell.programs.sededitor import Editor, flat
from course_lib.shell.programs.sedscript import Command, ScriptProblem, parse_script
from course_lib.shell.regexsyntax import RegexError
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _sed(task: Task) -> int:
    cleaned, suffix = _without_in_place(task.args)
    given = parse(
        task, "nEre:f:sz",
        {"quiet": "n", "silent": "n", "expression=": "e", "file=": "f", "regexp-extended": "E",
         "separate": "s"},
        real="lub", arguments=cleaned,
    )  # fmt: skip
    if "z" in given:
        raise task.not_simulated("-z")  # noqa: EM101 - an option, not a message
    operands = list(given.operands)
    scripts = given.values("e") + [decoded(task.files.read(name)) for name in given.values("f")]
    if not scripts:
        if not operands:
            task.err(
                f"Usage: {task.name} [OPTION]... {{script-only-if-no-other-script}} [input-file]...",
            )
            raise LeaveProgram(1)
        scripts = [operands.pop(0)]
    try:
        commands = parse_script("\n".join(scripts), task, extended="E" in given or "r" in given)
        flat(commands)
    except (ScriptProblem, RegexError) as problem:
        text = str(problem)
        if task.busybox:
            return task.complain(text)
        if text.startswith("can't"):
            return task.complain(text, 4)
        char = "char " if text[:1].isdigit() else ""
        return task.complain(f"-e expression #1, {char}{text}")
    if suffix is None:
        return _to_stdout(task, commands, tuple(operands), quiet="n" in given)
    return _in_place(task, commands, operands, suffix, quiet="n" in given)


def _without_in_place(words_: tuple[str, ...]) -> tuple[list[str], str | None]:
    """Take `-i`, `-i.bak`, `-ni` out of the words; return the suffix, None without -i."""
    suffix: str | None = None
    cleaned: list[str] = []
    for word in words_:
        match = re.fullmatch(r"-([nErsz]*)i(.*)|--in-place(?:=(.*))?", word)
        if match is None:
            cleaned.append(word)
            continue
        suffix = match[2] or match[3] or ""
        if match[1]:
            cleaned.append("-" + match[1])
    return cleaned, suffix


def _to_stdout(
    task: Task,
    commands: list[Command],
    operands: tuple[str, ...],
    *,
    quiet: bool,
) -> int:
    failed: list[str] = []
    pieces = _readable(task, operands, failed)
    for number, data in enumerate(pieces[:-1]):
        if not data.endswith(b"\n"):
            pieces[number] = data + b"\n"
    editor = Editor(task, commands, quiet=quiet)
    task.out(editor.run(b"".join(pieces)))
    return editor.status or ((1 if task.busybox else 2) if failed else 0)


def _in_place(
    task: Task,
    commands: list[Command],
    operands: list[str],
    suffix: str,
    *,
    quiet: bool,
) -> int:
    status = 0
    for name in operands:
        try:
            node = task.files.file(name)
        except OSError as error:
            verb = "" if task.busybox else "can't read "
            task.complain(f"{verb}{name}: {words(error)}")
            status = 1 if task.busybox else 2
            continue
        for command in commands:
            command.active = False
        editor = Editor(task, commands, quiet=quiet)
        result = editor.run(task.files.read(name))
        if suffix:
            task.files.write(name + suffix, node.content, node.mode)
        task.files.write(name, result)
        status = editor.status or status
    return status


def _readable(task: Task, operands: tuple[str, ...], failed: list[str]) -> list[bytes]:
    found: list[bytes] = []
    for name in operands or ("-",):
        if name == "-":
            found.append(task.stdin.read())
            continue
        try:
            task.files.file(name)
            found.append(task.files.read(name))
        except IsADirectoryError:
            task.complain(
                f"couldn't read {name}: Is a directory"
                if task.busybox
                else f"read error on {name}: Is a directory",
            )
            failed.append(name)
        except OSError as error:
            verb = "" if task.busybox else "can't read "
            task.complain(f"{verb}{name}: {words(error)}")
            failed.append(name)
    return found


COMMANDS: dict[str, Callable[[Task], int]] = {"sed": _sed}
