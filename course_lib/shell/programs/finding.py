"""find."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.shell.modes import ModeError, changed_mode
from course_lib.shell.numbers import whole
from course_lib.shell.options import LeaveProgram
from course_lib.shell.patterns import matches
from course_lib.shell.programs.ownership import group_id
from course_lib.shell.programs.removing import remove_tree
from course_lib.shell.programs.system import run_child
from course_lib.shell.sayings import words
from course_lib.shell.users import accounts, groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.image.entries import Node
    from course_lib.shell.task import Task


# -- find ----------------------------------------------------------------------------------------


def _find(task: Task) -> int:
    arguments = list(task.args)
    follow = False
    while arguments and arguments[0] in {"-H", "-L", "-P"}:
        follow = arguments.pop(0) == "-L"
    paths: list[str] = []
    while arguments and not (arguments[0].startswith("-") or arguments[0] in {"(", "!", ")"}):
        paths.append(arguments.pop(0))
    expression = _FindExpression(task, arguments)
    test = expression.parse()
    visit = _Visit(task, expression, test, follow=follow)
    status = 0
    for path in paths or ["."]:
        try:
            node = visit.look(path) or task.files.stat(path, follow=False)
        except OSError as error:
            status = task.complain(
                f"'{path}': {words(error)}" if not task.busybox else f"{path}: {words(error)}",
            )
            continue
        status |= visit.at(path, node, 0)
    expression.finish()
    return status or expression.status


class _Visit:
    """Walks a tree, asking the expression about each path."""

    def __init__(
        self,
        task: Task,
        expression: _FindExpression,
        test: Callable[[str, Node], bool],
        *,
        follow: bool,
    ) -> None:
        self._task = task
        self._expression = expression
        self._test = test
        self._follow = follow

    def look(self, path: str) -> Node | None:
        """What stands at a path; with -L what a link leads to, or the link if that is nothing."""
        found = self._task.files.find(path) if self._follow else None
        return found or self._task.files.find(path, follow=False)

    def _in_itself(self, path: str) -> bool:
        """Whether a link leads to a folder that it is in; find says so and goes on."""
        if not self._follow or not isinstance(self._task.files.find(path, follow=False), Symlink):
            return False
        target = self._task.files.real(path).rstrip("/")
        above = self._task.files.real(posixpath.dirname(path) or ".")
        if not f"{above}/".startswith(f"{target}/"):
            return False
        if not self._task.busybox:
            self._task.complain(
                f"File system loop detected; \u2018{path}\u2019 is part of the same file system loop "
                f"as \u2018{posixpath.dirname(path) or '.'}\u2019."
            )
        return True

    def at(self, path: str, node: Node, depth: int) -> int:
        """Visit a path and all below it; return the status."""
        task, expression = self._task, self._expression
        task.machine.meter.step()
        expression.prune = False
        if not expression.depth_first and depth >= expression.min_depth:
            self._test(path, node)
        status = 0
        deeper = isinstance(node, Directory) and depth < expression.max_depth
        if deeper and not expression.prune and task.files.find(path, follow=False) is not None:
            status = self._below(path, depth + 1)
        if expression.depth_first and depth >= expression.min_depth:
            self._test(path, node)
        return status

    def _below(self, path: str, depth: int) -> int:
        task = self._task
        status = 0
        try:
            for name in task.files.names(path):
                inner = posixpath.join(path, name)
                node = self.look(inner)
                if self._in_itself(inner):
                    status = 1
                elif node is not None:
                    status |= self.at(inner, node, depth)
        except OSError as error:
            shown = path if task.busybox else f"'{path}'"
            status = task.complain(f"{shown}: {words(error)}")
        return status


class _FindExpression:
    def __init__(self, task: Task, words_: list[str]) -> None:
        self._task = task
        self._words = words_
        self._acts = False
        self._collected: list[tuple[list[str], list[str]]] = []
        self.depth_first = False
        self.min_depth = 0
        self.max_depth = 10**6
        self.prune = False
        self.status = 0

    def parse(self) -> Callable[[str, Node], bool]:
        """Parse tests and actions; without an action, what passes is printed."""
        if not self._words:
            return self._print
        test = self._or()
        if self._words:
            msg = f"paths must precede expression: `{self._words[0]}'"
            raise self._wrong(msg)
        if self._acts:
            return test
        return lambda path, node: test(path, node) and self._print(path, node)

    def _wrong(self, message: str) -> LeaveProgram:
        self._task.complain(message)
        return LeaveProgram(1)

    def _or(self) -> Callable[[str, Node], bool]:
        left = self._and()
        while self._words and self._words[0] in {"-o", "-or"}:
            self._words.pop(0)
            left = _either(left, self._and())
        return left

    def _and(self) -> Callable[[str, Node], bool]:
        left = self._not()
        while self._words and self._words[0] not in {"-o", "-or", ")"}:
            if self._words[0] in {"-a", "-and"}:
                self._words.pop(0)
            left = _both(left, self._not())
        return left

    def _not(self) -> Callable[[str, Node], bool]:
        if not self._words:
            msg = "expected an expression"
            raise self._wrong(msg)
        word = self._words.pop(0)
        if word in {"!", "-not"}:
            test = self._not()
            return lambda path, node: not test(path, node)
        if word == "(":
            test = self._or()
            if not self._words or self._words.pop(0) != ")":
                msg = "invalid expression; expected to find a ')'"
                raise self._wrong(msg)
            return test
        return self._primary(word)

    def _value(self, word: str) -> str:
        if not self._words:
            msg = f"missing argument to `{word}'"
            raise self._wrong(msg)
        return self._words.pop(0)

    def _primary(self, word: str) -> Callable[[str, Node], bool]:
        simple: dict[str, Callable[[str, Node], bool]] = {
            "-print": self._print,
            "-print0": self._print0,
            "-delete": self._delete,
            "-prune": self._prune,
            "-true": lambda path, node: True,  # noqa: ARG005 - every test has both
            "-false": lambda path, node: False,  # noqa: ARG005 - every test has both
            "-empty": self._empty,
            "-executable": lambda path, node: self._task.files.allows(node, 1),  # noqa: ARG005 - every test has both
            "-nouser": self._no_user,
            "-nogroup": self._no_group,
        }
        if word in {"-print", "-print0", "-delete"}:
            self._acts = True
        if word == "-delete":
            self.depth_first = True
        if word in simple:
            return simple[word]
        if word in {"-depth", "-d", "-xdev", "-mount", "-noleaf"}:
            self.depth_first = self.depth_first or word in {"-depth", "-d"}
            return simple["-true"]
        if word in {"-exec", "-execdir", "-ok"}:
            return self._exec(word)
        return self._with_value(word)

    def _with_value(self, word: str) -> Callable[[str, Node], bool]:  # noqa: C901, PLR0911 - one return per test
        if word in {"-maxdepth", "-mindepth"}:
            text = self._value(word)
            if not re.fullmatch(r"[0-9]{1,9}", text):
                msg = f"Expected a positive decimal integer argument to {word}, but got '{text}'"
                raise self._wrong(msg)
            depth = int(text)
            if word == "-maxdepth":
                self.max_depth = depth
            else:
                self.min_depth = depth
            return lambda path, node: True  # noqa: ARG005 - every test has both
        if word in {"-name", "-iname", "-path", "-ipath", "-wholename"}:
            return self._name(word, self._value(word))
        if word == "-type":
            return self._type(self._value(word))
        if word in {"-user", "-uid", "-group", "-gid"}:
            return self._owner(word, self._value(word))
        if word == "-perm":
            return self._permissions(self._value(word))
        if word == "-size":
            return self._size(self._value(word))
        if word == "-newer":
            reference = self._task.files.stat(self._value(word)).mtime
            return lambda path, node: node.mtime > reference  # noqa: ARG005 - every test has both
        if word in {"-mtime", "-mmin"}:
            return self._age(self._value(word), 86400 if word == "-mtime" else 60)
        if re.fullmatch(
            r"-(regex|iregex|printf|fprint.?|ls|links|inum|samefile|atime|ctime|amin|cmin|lname|quit|regextype|anewer|cnewer|fstype|readable|writable)",
            word,
        ):
            raise self._task.not_simulated(word)
        raise self._wrong(
            f"unknown predicate `{word}'" if not self._task.busybox else f"unrecognized: {word}",
        )

    # -- tests ------------------------------------------------------------------------------

    def _name(self, word: str, pattern: str) -> Callable[[str, Node], bool]:
        whole = word.endswith(("path", "wholename"))
        fold = word.startswith("-i")
        pieces = ((pattern.lower() if fold else pattern, False),)

        def test(path: str, node: Node) -> bool:
            del node
            text = path if whole else (posixpath.basename(path.rstrip("/")) or "/")
            return matches(pieces, text.lower() if fold else text)

        return test

    def _type(self, letters: str) -> Callable[[str, Node], bool]:
        kinds = {"f": File, "d": Directory, "l": Symlink}
        if set(letters) - {"f", "d", "l", "b", "c", "p", "s", ","}:
            msg = f"Unknown argument to -type: {letters}"
            raise self._wrong(msg)
        wanted = tuple(kinds[letter] for letter in letters if letter in kinds)
        return lambda path, node: isinstance(node, wanted)  # noqa: ARG005 - every test has both

    def _owner(self, word: str, name: str) -> Callable[[str, Node], bool]:
        task = self._task
        if word in {"-user", "-uid"}:
            ids = [a.uid for a in accounts(task.machine.fs) if a.name == name]
            number = ids[0] if ids else whole(name) if name.isdecimal() else None
        else:
            number = group_id(task, name)
        if number is None:
            msg = f"'{name}' is not the name of a known {'user' if 'u' in word[:2] else 'group'}"
            raise self._wrong(msg)
        if word in {"-user", "-uid"}:
            return lambda path, node: node.uid == number  # noqa: ARG005 - every test has both
        return lambda path, node: node.gid == number  # noqa: ARG005 - every test has both

    def _permissions(self, text: str) -> Callable[[str, Node], bool]:
        sign = text[:1] if text[:1] in "-/+" else ""
        try:
            bits = changed_mode(text.removeprefix(sign), 0, directory=False, umask=0)
        except ModeError:
            msg = f"invalid mode `{text}'"
            raise self._wrong(msg) from None

        def test(path: str, node: Node) -> bool:
            del path
            mode = 0o777 if isinstance(node, Symlink) else node.mode
            if sign == "-":
                return mode & bits == bits
            return bool(mode & bits) or not bits if sign else mode == bits

        return test

    def _size(self, text: str) -> Callable[[str, Node], bool]:
        match = re.fullmatch(r"([-+]?)(\d+)([bcwkMG]?)", text)
        if match is None:
            msg = f"Invalid argument `{text}' to -size"
            raise self._wrong(msg)
        unit = {"": 512, "b": 512, "c": 1, "w": 2, "k": 1024, "M": 1 << 20, "G": 1 << 30}[match[3]]
        return self._compared(match[1], whole(match[2]), lambda node: -(-_size_of(node) // unit))

    def _age(self, text: str, unit: int) -> Callable[[str, Node], bool]:
        match = re.fullmatch(r"([-+]?)(\d+)", text)
        if match is None:
            msg = f"invalid argument `{text}'"
            raise self._wrong(msg)
        now = self._task.machine.clock.now()
        return self._compared(match[1], whole(match[2]), lambda node: (now - node.mtime) // unit)

    @staticmethod
    def _compared(
        sign: str,
        number: int,
        measure: Callable[[Node], int],
    ) -> Callable[[str, Node], bool]:
        if sign == "+":
            return lambda path, node: measure(node) > number  # noqa: ARG005 - every test has both
        if sign == "-":
            return lambda path, node: measure(node) < number  # noqa: ARG005 - every test has both
        return lambda path, node: measure(node) == number  # noqa: ARG005 - every test has both

    def _empty(self, path: str, node: Node) -> bool:
        if isinstance(node, Directory):
            return not self._task.files.names(path)
        return isinstance(node, File) and node.size == 0

    def _no_user(self, path: str, node: Node) -> bool:
        del path
        return node.uid not in {account.uid for account in accounts(self._task.machine.fs)}

    def _no_group(self, path: str, node: Node) -> bool:
        del path
        return node.gid not in {group.gid for group in groups(self._task.machine.fs)}

    # -- actions ----------------------------------------------------------------------------

    def _print(self, path: str, node: Node) -> bool:
        del node
        self._task.out(path + "\n")
        return True

    def _print0(self, path: str, node: Node) -> bool:
        del node
        self._task.out(path + "\0")
        return True

    def _prune(self, path: str, node: Node) -> bool:
        del path, node
        self.prune = True
        return True

    def _delete(self, path: str, node: Node) -> bool:
        if path == ".":
            return True
        if isinstance(node, Directory):
            try:
                self._task.files.remove_directory(path)
            except OSError as error:
                self.status = self._task.complain(f"cannot delete '{path}': {words(error)}")
                return False
            return True
        failed = remove_tree(self._task, path, node)
        self.status = self.status or failed
        return not failed

    def _exec(self, word: str) -> Callable[[str, Node], bool]:
        if word != "-exec":
            raise self._task.not_simulated(word)
        self._acts = True
        command: list[str] = []
        while True:
            if not self._words:
                msg = "missing argument to `-exec'"
                raise self._wrong(msg)
            piece = self._words.pop(0)
            if piece == ";":
                break
            if piece == "+" and command and command[-1] == "{}":
                return self._collect(command[:-1])
            command.append(piece)

        def run(path: str, node: Node) -> bool:
            del node
            argv = [part.replace("{}", path) for part in command]
            return run_child(self._task, argv) == 0

        return run

    def _collect(self, command: list[str]) -> Callable[[str, Node], bool]:
        paths: list[str] = []
        self._collected.append((command, paths))

        def add(path: str, node: Node) -> bool:
            del node
            paths.append(path)
            return True

        return add

    def finish(self) -> None:
        """Run what `-exec ... +` has collected."""
        for command, paths in self._collected:
            if paths and run_child(self._task, [*command, *paths]):
                self.status = 1


def _either(
    first: Callable[[str, Node], bool], second: Callable[[str, Node], bool]
) -> Callable[[str, Node], bool]:
    return lambda path, node: first(path, node) or second(path, node)


def _both(
    first: Callable[[str, Node], bool], second: Callable[[str, Node], bool]
) -> Callable[[str, Node], bool]:
    return lambda path, node: first(path, node) and second(path, node)


def _size_of(node: Node) -> int:
    if isinstance(node, File):
        return node.size
    return len(node.target) if isinstance(node, Symlink) else 4096


COMMANDS: dict[str, Callable[[Task], int]] = {"find": _find}
