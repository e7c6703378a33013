"""`test`, `[` and `[[`: questions about files, strings and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.shell.devices import NAMES
from course_lib.shell.files import EXECUTE, READ, WRITE
from course_lib.shell.numbers import whole

if TYPE_CHECKING:
    from course_lib.image.entries import Node
    from course_lib.shell.task import Task

UNARY = frozenset({f"-{letter}" for letter in "bcdefgGhkLnNOprsStuvwxz"})
BINARY = frozenset(
    {"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"},
)


class BinaryError(Exception):
    """A comparison of numbers with something that is none; the message is that text."""


def unary(task: Task, operator: str, operand: str) -> bool:
    """Answer `-f path`, `-z text` and the like."""
    if operator == "-n":
        return operand != ""
    if operator == "-z":
        return operand == ""
    if operator == "-t":
        return operand.isdecimal() and task.stream(whole(operand)).terminal
    if operator == "-v":
        return operand in task.env
    files = task.files
    node = files.find(operand, follow=operator not in {"-h", "-L"})
    if node is None:
        return False
    return _about(task, operator, operand, node)


def _about(task: Task, operator: str, path: str, node: Node) -> bool:
    files = task.files
    device = re.fullmatch("/dev/(" + "|".join(NAMES) + ")", files.real(path)) is not None
    mode = 0o777 if isinstance(node, Symlink) else node.mode
    answers = {
        "-e": True,
        "-d": isinstance(node, Directory),
        "-f": isinstance(node, File) and not device,
        "-c": device,
        "-h": isinstance(node, Symlink),
        "-L": isinstance(node, Symlink),
        "-s": not isinstance(node, File) or node.size > 0,
        "-r": files.allows(node, READ),
        "-w": files.allows(node, WRITE),
        "-x": files.allows(node, EXECUTE),
        "-u": bool(mode & 0o4000),
        "-g": bool(mode & 0o2000),
        "-k": bool(mode & 0o1000),
        "-O": node.uid == files.who.uid,
        "-G": node.gid == files.who.gid,
    }
    return answers.get(operator, False)


def compare(task: Task, left: str, operator: str, right: str) -> bool:
    """Answer `a = b`, `1 -lt 2`, `f -nt g`.

    Raises:
        BinaryError: when a number is needed and not there.

    """
    if operator in {"=", "=="}:
        return left == right
    if operator == "!=":
        return left != right
    if operator == "<":
        return left < right
    if operator == ">":
        return left > right
    if operator in {"-nt", "-ot", "-ef"}:
        return _compare_files(task, left, operator, right)
    first, second = _integer(left), _integer(right)
    return {
        "-eq": first == second, "-ne": first != second, "-lt": first < second,
        "-le": first <= second, "-gt": first > second, "-ge": first >= second,
    }[operator]  # fmt: skip


def _compare_files(task: Task, left: str, operator: str, right: str) -> bool:
    files = task.files
    one, two = files.find(left), files.find(right)
    if operator == "-ef":
        return one is not None and two is not None and files.real(left) == files.real(right)
    if operator == "-ot":
        one, two = two, one
    if one is None or (two is None and task.flavour == "dash"):
        return False
    return two is None or one.mtime > two.mtime


def _integer(text: str) -> int:
    if not re.fullmatch(r"\s*[-+]?[0-9]+\s*", text):
        raise BinaryError(text)
    return whole(text)
