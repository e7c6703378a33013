"""Runs an awk program: expressions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from course_lib.shell.awk.errors import AwkError, Leaving
from course_lib.shell.awk.functions import FUNCTIONS, length
from course_lib.shell.awk.grammar import (
    Assign,
    Binary,
    Builtin,
    Call,
    Choose,
    Element,
    Field,
    Getline,
    Logic,
    Match,
    Member,
    Name,
    Number,
    Pattern,
    Step,
    String,
    Unary,
)
from course_lib.shell.awk.patterns import regex
from course_lib.shell.awk.values import UNSET, compare, from_input, number, true

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.awk.grammar import Expression, Function, Program, Statement, Target
    from course_lib.shell.awk.runtime import Runtime
    from course_lib.shell.awk.values import Array, Scalar

_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    "==": lambda order: order == 0,
    "!=": lambda order: order != 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


class Evaluator:
    """Values of expressions; `execute` runs the body of a function."""

    def __init__(self, run: Runtime, program: Program) -> None:
        self.run = run
        self.program = program
        self.returned: Scalar = UNSET

    def execute(self, statement: Statement) -> None:
        """Run a statement."""
        raise NotImplementedError

    # -- by kind ----------------------------------------------------------------------------

    def value(self, node: Expression) -> Scalar:  # noqa: C901, PLR0911, PLR0912 - one case for each kind
        """The value of an expression."""
        match node:
            case Number():
                return node.value
            case String():
                return node.value
            case Name():
                return self.run.get(node.name)
            case Field():
                return self.run.record.field(self.run.field_number(self.value(node.number)))
            case Element():
                array = self.run.array(node.array)
                return array.setdefault(self._index(node.index), UNSET)
            case Pattern():
                return float(regex(node.regex).search(self.run.record.text()) is not None)
            case Binary():
                return self._binary(node)
            case Assign():
                return self._assign(node)
            case Step():
                return self._step(node)
            case Logic():
                left = true(self.value(node.left))
                if left == (node.operator == "||"):
                    return float(left)
                return float(true(self.value(node.right)))
            case Unary():
                return self._unary(node)
            case Match():
                found = regex(self.pattern(node.right)).search(self.text(node.left))
                return float((found is None) == node.negated)
            case Choose():
                return self.value(node.yes if true(self.value(node.test)) else node.no)
            case Member():
                return float(self._index(node.index) in self.run.array(node.array))
            case Builtin():
                return self._builtin(node)
            case Call():
                return self._call(node)
            case Getline():
                return self._getline(node)
        return self.run.string("")

    def number(self, node: Expression) -> float:
        """The value of an expression as a number."""
        return number(self.value(node))

    def text(self, node: Expression) -> str:
        """The value of an expression as a string."""
        return self.run.string(self.value(node))

    def pattern(self, node: Expression) -> str:
        """The pattern that an operand of `~`, or an argument, stands for."""
        return node.regex if isinstance(node, Pattern) else self.text(node)

    def target(self, node: Expression) -> Target:
        """Something that can be assigned to.

        Raises:
            AwkError: for anything else.

        """
        if isinstance(node, (Name, Element, Field)):
            return node
        msg = "cannot assign to a value"
        raise AwkError(msg)

    def assign(self, target: Target, value: Scalar) -> None:
        """Set a variable, an element or a field."""
        if isinstance(target, Name):
            self.run.set(target.name, value)
        elif isinstance(target, Element):
            self.run.array(target.array)[self._index(target.index)] = value
        else:
            index = self.run.field_number(self.value(target.number))
            self.run.record.put(index, value)

    # -- operators --------------------------------------------------------------------------

    def _index(self, index: tuple[Expression, ...]) -> str:
        if len(index) == 1:
            return self.text(index[0])
        return self.run.string(self.run.get("SUBSEP")).join(self.text(one) for one in index)

    def _binary(self, node: Binary) -> Scalar:
        operator = node.operator
        left, right = self.value(node.left), self.value(node.right)
        if operator == " ":
            return self.run.made(self.run.string(left) + self.run.string(right))
        if operator in _COMPARISONS:
            order = compare(left, right, self.run.string)
            return float(_COMPARISONS[operator](order))
        return self._arithmetic(operator, number(left), number(right))

    def _arithmetic(self, operator: str, left: float, right: float) -> float:  # noqa: PLR0911 - one for each operator
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "^":
                return _power(left, right)
        if right == 0:
            return self._by_zero(operator, left)
        if operator == "/":
            return left / right
        return math.fmod(left, right) if math.isfinite(left) else math.nan

    def _by_zero(self, operator: str, left: float) -> float:
        if self.run.task.busybox:
            msg = "Division by zero"
            raise AwkError(msg)
        if operator == "%" or left == 0 or math.isnan(left):
            return -math.nan
        return math.copysign(math.inf, left)

    def _assign(self, node: Assign) -> Scalar:
        value = self.value(node.value)
        if node.operator:
            value = self._arithmetic(node.operator, self.number(node.target), number(value))
        self.assign(node.target, value)
        return value

    def _step(self, node: Step) -> Scalar:
        before = self.number(node.target)
        self.assign(node.target, before + node.change)
        return before + node.change if node.prefix else before

    def _unary(self, node: Unary) -> Scalar:
        value = self.value(node.operand)
        if node.operator == "!":
            return float(not true(value))
        return -number(value) if node.operator == "-" else number(value)

    # -- calls ------------------------------------------------------------------------------

    def _builtin(self, node: Builtin) -> Scalar:
        self.run.meter.step()
        if node.name == "length":
            return length(self, node.arguments)
        return FUNCTIONS[node.name](self, node.arguments or ())

    def _call(self, node: Call) -> Scalar:
        function = self.program.functions.get(node.name)
        if function is None:
            msg = f"function {node.name} never defined"
            raise AwkError(msg)
        if len(node.arguments) > len(function.parameters):
            msg = f"too many arguments in call to {node.name}"
            raise AwkError(msg)
        frame: dict[str, Scalar | Array] = dict.fromkeys(function.parameters, UNSET)
        for parameter, argument in zip(function.parameters, node.arguments, strict=False):
            frame[parameter] = self._argument(argument)
        value = self._in_frame(function, frame)
        for parameter, argument in zip(function.parameters, node.arguments, strict=False):
            held = frame[parameter]
            if isinstance(argument, Name) and isinstance(held, dict):
                self.run.home(argument.name).setdefault(argument.name, held)
                if self.run.home(argument.name)[argument.name] is UNSET:
                    self.run.home(argument.name)[argument.name] = held
        return value

    def _argument(self, node: Expression) -> Scalar | Array:
        """Arrays are handed over as they are, everything else by value."""
        if isinstance(node, Name) and node.name != "NF":
            return self.run.home(node.name).get(node.name, UNSET)
        return self.value(node)

    def _in_frame(self, function: Function, frame: dict[str, Scalar | Array]) -> Scalar:
        run = self.run
        run.meter.step()
        run.meter.enter()
        outside, run.frame = run.frame, frame
        self.returned = UNSET
        try:
            self.execute(function.body)
        except Leaving as leaving:
            if leaving.word != "return":
                raise
        finally:
            run.frame = outside
            run.meter.leave()
        value, self.returned = self.returned, UNSET
        return value

    def _getline(self, node: Getline) -> Scalar:
        run = self.run
        run.meter.step()
        if node.source is None:
            text = run.next_record()
            if text is None:
                return 0.0
        else:
            source = run.channels.source(node.kind, self.text(node.source))
            if source is None:
                return -1.0
            text = source.read(run.string(run.get("RS")))
            if text is None:
                return 0.0
            if node.kind == "|":
                run.counted(both=False)
        if node.target is None:
            run.record.set(text)
        else:
            self.assign(node.target, from_input(text))
        return 1.0


def _power(left: float, right: float) -> float:
    try:
        found = left**right
    except OverflowError:
        return math.inf
    except ZeroDivisionError:
        return math.inf
    return found if isinstance(found, float) else math.nan
