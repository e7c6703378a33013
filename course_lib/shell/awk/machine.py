"""Runs an awk program: statements, rules, BEGIN and END."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.awk.errors import AwkError, Leaving
from course_lib.shell.awk.evaluator import Evaluator
from course_lib.shell.awk.formatting import formatted
from course_lib.shell.awk.grammar import (
    Block,
    Delete,
    Evaluate,
    ForIn,
    If,
    Leave,
    Loop,
    Print,
)
from course_lib.shell.awk.values import integer, number, string, true
from course_lib.shell.task import encoded

if TYPE_CHECKING:
    from course_lib.shell.awk.grammar import Program, Rule, Statement
    from course_lib.shell.awk.runtime import Runtime


class AwkMachine(Evaluator):
    """One program on its way through its input."""

    def __init__(self, run: Runtime, program: Program) -> None:
        super().__init__(run, program)
        self._in_range: set[int] = set()

    def main(self) -> int:
        """Run the whole program; return its status.

        Raises:
            AwkError: when something fails on the way.

        """
        try:
            self._records()
        except Leaving as leaving:
            if leaving.word != "exit":
                raise self._misplaced(leaving) from leaving
        try:
            for block in self.program.end:
                self.execute(block)
        except Leaving as leaving:
            if leaving.word != "exit":
                raise self._misplaced(leaving) from leaving
        self.run.channels.close_all()
        return self.run.status & 0xFF

    @staticmethod
    def _misplaced(leaving: Leaving) -> AwkError:
        return AwkError(f"{leaving.word} used where it can't be")

    def _records(self) -> None:
        for block in self.program.begin:
            self.execute(block)
        if not self.program.rules and not self.program.end:
            return
        while (text := self.run.next_record()) is not None:
            self.run.record.set(text)
            try:
                for place, rule in enumerate(self.program.rules):
                    self._rule(place, rule)
            except Leaving as leaving:
                if leaving.word == "nextfile":
                    self.run.skip_file()
                elif leaving.word != "next":
                    raise

    def _rule(self, place: int, rule: Rule) -> None:
        if not self._applies(place, rule):
            return
        if rule.body is None:
            self._out(self.run.record.text() + self.run.string(self.run.get("ORS")))
        else:
            self.execute(rule.body)

    def _applies(self, place: int, rule: Rule) -> bool:
        if rule.pattern is None:
            return True
        if rule.until is None:
            return true(self.value(rule.pattern))
        if place not in self._in_range and not true(self.value(rule.pattern)):
            return False
        self._in_range.add(place)
        if true(self.value(rule.until)):
            self._in_range.discard(place)
        return True

    # -- statements -------------------------------------------------------------------------

    def execute(self, statement: Statement) -> None:  # noqa: C901, PLR0912 - one case for each kind
        """Run a statement.

        Raises:
            Leaving: for `next`, `exit` and the others.

        """
        self.run.meter.step()
        match statement:
            case Evaluate():
                self.value(statement.expression)
            case Print():
                self._print(statement)
            case Block():
                for one in statement.statements:
                    self.execute(one)
            case If():
                if true(self.value(statement.test)):
                    self.execute(statement.yes)
                elif statement.no is not None:
                    self.execute(statement.no)
            case Loop():
                self._loop(statement)
            case ForIn():
                for key in list(self.run.array(statement.array)):
                    self.run.set(statement.name, key)
                    if not self._round(statement.body):
                        break
            case Delete():
                array = self.run.array(statement.array)
                if statement.index:
                    array.pop(self._index(statement.index), None)
                else:
                    array.clear()
            case Leave():
                self._leave(statement)

    def _leave(self, statement: Leave) -> None:
        if statement.value is not None:
            value = self.value(statement.value)
            if statement.word == "exit":
                self.run.status = integer(number(value))
            else:
                self.returned = value
        raise Leaving(statement.word)

    def _loop(self, loop: Loop) -> None:
        if loop.start is not None:
            self.execute(loop.start)
        first = loop.body_first
        while first or loop.test is None or true(self.value(loop.test)):
            first = False
            self.run.meter.step()
            if not self._round(loop.body):
                break
            if loop.step is not None:
                self.execute(loop.step)

    def _round(self, body: Statement) -> bool:
        """Run the body of a loop once; False when `break` ends the loop."""
        try:
            self.execute(body)
        except Leaving as leaving:
            if leaving.word == "break":
                return False
            if leaving.word != "continue":
                raise
        return True

    # -- printing ---------------------------------------------------------------------------

    def _print(self, statement: Print) -> None:
        run = self.run
        values = [self.value(one) for one in statement.arguments]
        if statement.formatted:
            text = formatted(run.string(values[0]), values[1:], run.string)
        else:
            form = run.string(run.get("OFMT"))
            joiner = run.string(run.get("OFS"))
            line = joiner.join(string(value, form, run.largest) for value in values)
            text = (line if values else run.record.text()) + run.string(run.get("ORS"))
        if statement.redirect is None:
            self._out(text)
        else:
            name = self.text(statement.redirect.target)
            run.channels.write(statement.redirect.kind, name, text)

    def _out(self, text: str) -> None:
        self.run.task.out(encoded(text))
