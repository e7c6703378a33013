"""make: variables, rules, patterns and recipes of a plain Makefile; functions and conditions are not simulated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.shell.launcher import DEFAULT_PATH, look_up, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.shell.task import Task

_FILES = ("GNUmakefile", "makefile", "Makefile")
_ASSIGN = re.compile(r"(?:export\s+)?([A-Za-z_][\w.]*)\s*(\?=|:=|::=|\+=|=)\s*(.*)")
_RULE = re.compile(r"([^:=#\t][^:=]*?)\s*::?\s*(?!=)([^;]*)(?:;\s*(.*))?")
_REFERENCE = re.compile(r"\$(?:\(([^()$]*)\)|\{([^{}$]*)\}|(.))")
_STOP = 2


class _StoppedError(Exception):
    """The words of make, after which nothing more is made."""


@dataclass(slots=True)
class _Rule:
    needs: list[str] = field(default_factory=list)
    recipe: list[tuple[int, str]] = field(default_factory=list)


class _Make:
    def __init__(self, task: Task, file: str, given: dict[str, str], *, quiet: bool) -> None:
        self.task = task
        self.file = file
        self.quiet = quiet
        self.given = given
        self.variables = {"CC": "cc", "CXX": "g++", "RM": "rm -f", "MAKE": "make"}
        self.variables |= task.env | given
        self.rules: dict[str, _Rule] = {}
        self.phony: set[str] = set()
        self.first = ""
        self.made: set[str] = set()
        self._read(task.files.read(file).decode("utf-8", "replace") if file else "")

    def _read(self, text: str) -> None:
        current: list[_Rule] = []
        for number, raw in _lines(text):
            if raw.startswith("\t"):
                for rule in current:
                    rule.recipe.append((number, raw[1:]))
                continue
            line = re.sub(r"(?<!\\)#.*", "", raw).strip()
            if not line:
                continue
            if raw.startswith(" " * 8) and current and not _ASSIGN.fullmatch(line):
                msg = f"{self.file}:{number}: *** missing separator (did you mean TAB instead of 8 spaces?).  Stop."
                raise _StoppedError(msg)
            if re.match(r"(ifn?eq|ifn?def|else|endif|include|-include|define|vpath)\b", line):
                self._unknown(line.split()[0], number)
            assigned = _ASSIGN.fullmatch(line)
            if assigned:
                self._assign(*assigned.groups())
                continue
            current = self._rule(line, number)

    def _rule(self, line: str, number: int) -> list[_Rule]:
        found = _RULE.fullmatch(line)
        if found is None:
            msg = f"{self.file}:{number}: *** missing separator.  Stop."
            raise _StoppedError(msg)
        names = self.expand(found.group(1)).split()
        needs = self.expand(found.group(2)).split()
        if names == [".PHONY"]:
            self.phony.update(needs)
            return []
        rules = [self.rules.setdefault(name, _Rule()) for name in names]
        for rule in rules:
            rule.needs += needs
            if found.group(3):
                rule.recipe.append((number, found.group(3)))
        if not self.first and not names[0].startswith(".") and "%" not in names[0]:
            self.first = names[0]
        return rules

    def _assign(self, name: str, sign: str, value: str) -> None:
        if name in self.given or (sign == "?=" and name in self.variables):
            return
        value = self.expand(value) if sign in (":=", "::=") else value
        if sign == "+=" and self.variables.get(name):
            value = f"{self.variables[name]} {value}"
        self.variables[name] = value

    def expand(self, text: str, automatic: dict[str, str] | None = None) -> str:
        known = automatic or {}

        def value(match: re.Match[str]) -> str:
            name = next(group for group in match.groups() if group is not None)
            if name == "$":
                return "\0"
            if name in known:
                return known[name]
            if " " in name or ":" in name:
                self._unknown(f"$({name})", 0)
            return self.variables.get(name, "")

        for _ in range(20):  # deeper than anyone nests, and an end for a variable that names itself
            changed = _REFERENCE.sub(value, text)
            if changed == text:
                break
            text = changed
        return text.replace("\0", "$")

    def _unknown(self, what: str, number: int) -> None:
        msg = f"{what} in {self.file}" + (f" line {number}" if number else "")
        raise self.task.not_simulated(msg)

    def build(self, name: str, *, goal: bool = False, wanted_by: str = "") -> bool:
        """Make a target; whether anything was done."""
        if name in self.made:
            if goal:
                self.task.out(f"make: '{name}' is up to date.\n")
            return False
        self.made.add(name)
        rule, stem = self._rule_of(name)
        node = self.task.files.find(name)
        if rule is None:
            if node is not None:
                if goal:
                    self.task.out(f"make: Nothing to be done for '{name}'.\n")
                return False
            by = f", needed by '{wanted_by}'" if wanted_by else ""
            msg = f"make: *** No rule to make target '{name}'{by}.  Stop."
            raise _StoppedError(msg)
        needs = [need.replace("%", stem) for need in rule.needs]
        newer = [self.build(need, wanted_by=name) for need in needs]
        times = [found.mtime for need in needs if (found := self.task.files.find(need))]
        fresh = node is not None and name not in self.phony and not any(newer)
        if fresh and node is not None and all(node.mtime >= time for time in times):
            if goal:
                self.task.out(f"make: '{name}' is up to date.\n")
            return False
        if goal and not rule.recipe and not any(newer):
            self.task.out(f"make: Nothing to be done for '{name}'.\n")
        unique = list(dict.fromkeys(needs))
        automatic = {"@": name, "<": needs[0] if needs else "", "^": " ".join(unique), "*": stem}
        for number, line in rule.recipe:
            self._do(line, automatic, name, number)
        return bool(rule.recipe)

    def _rule_of(self, name: str) -> tuple[_Rule | None, str]:
        if name in self.rules and (self.rules[name].recipe or name in self.phony):
            return self.rules[name], ""
        for pattern, rule in self.rules.items():
            head, sign, tail = pattern.partition("%")
            if (
                sign
                and name.startswith(head)
                and name.endswith(tail)
                and len(name) > len(head + tail)
            ):
                own = self.rules.get(name, _Rule()).needs
                return _Rule([*rule.needs, *own], rule.recipe), name[
                    len(head) : len(name) - len(tail)
                ]
        own = self.rules.get(name, _Rule()).needs
        if name.endswith(".o") and self.task.files.find(f"{name[:-2]}.c") is not None:
            line = "$(CC) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<"
            return _Rule([f"{name[:-2]}.c", *own], [(0, line)]), ""
        if self.task.files.find(f"{name}.c") is not None:
            return _Rule(
                [f"{name}.c", *own], [(0, "$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@")]
            ), ""
        return self.rules.get(name), ""

    def _do(self, line: str, automatic: dict[str, str], name: str, number: int) -> None:
        command = self.expand(line.strip(), automatic).strip()
        marks = command[: len(command) - len(command.lstrip("@-+ "))]
        command = (
            re.sub(r" {2,}", " ", command.lstrip("@-+ ")) if not number else command.lstrip("@-+ ")
        )
        if not command:
            return
        if "@" not in marks and not self.quiet:
            self.task.out(f"{command}\n")
        child = self.task.fork()
        child.argv = ("sh", "-c", command)
        path = child.env.get("PATH", DEFAULT_PATH)
        status = run(child, look_up(child.files, "sh", path))
        if status and "-" not in marks:
            place = f"[{self.file}:{number}: {name}]" if number else f"[<builtin>: {name}]"
            msg = f"make: *** {place} Error {status}"
            raise _StoppedError(msg)


@dataclass(slots=True)
class _Words:
    goals: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    file: str = ""
    folder: str = ""
    quiet: bool = False


def _words(task: Task) -> _Words:
    words = _Words()
    waiting = list(task.args)
    while waiting:
        word = waiting.pop(0)
        if word == "-f":
            words.file = waiting.pop(0) if waiting else ""
        elif word == "-C":
            words.folder = waiting.pop(0) if waiting else "."
        elif re.match(r"[A-Za-z_]\w*=", word):
            name, _, value = word.partition("=")
            words.given[name] = value
        elif re.fullmatch(r"-j\d*|-k|-s|--silent|--no-print-directory", word):
            words.quiet = words.quiet or word in ("-s", "--silent")
        elif word.startswith("-"):
            raise task.not_simulated(word)
        else:
            words.goals.append(word)
    return words


def _make(task: Task) -> int:
    try:
        _run(task, _words(task))
    except _StoppedError as error:
        task.err(str(error))
        return _STOP
    return 0


def _run(task: Task, words: _Words) -> None:
    if words.folder:
        if not task.files.is_directory(words.folder):
            msg = f"make: *** {words.folder}: No such file or directory.  Stop."
            raise _StoppedError(msg)
        task.files.cwd = task.files.absolute(words.folder)
    file = words.file or next((each for each in _FILES if task.files.find(each) is not None), "")
    if not file and not words.goals:
        msg = "make: *** No targets specified and no makefile found.  Stop."
        raise _StoppedError(msg)
    if file and task.files.find(file) is None:
        msg = f"make: {file}: No such file or directory\nmake: *** No rule to make target '{file}'.  Stop."
        raise _StoppedError(msg)
    made = _Make(task, file, words.given, quiet=words.quiet)
    if not words.goals and not made.first:
        msg = "make: *** No targets.  Stop."
        raise _StoppedError(msg)
    for goal in words.goals or [made.first]:
        made.build(goal, goal=True)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; one that goes on is joined, by a blank or, in a recipe, as it stands."""
    waiting = list(enumerate(text.split("\n"), 1))
    while waiting:
        number, line = waiting.pop(0)
        recipe = line.startswith("\t")
        while line.endswith("\\") and waiting:
            after = waiting.pop(0)[1]
            if recipe:
                line = f"{line}\n{after.removeprefix(chr(9))}"
            else:
                line = f"{line[:-1].rstrip()} {after.lstrip()}"
        yield number, line


COMMANDS: dict[str, Callable[[Task], int]] = {"make": _make}
