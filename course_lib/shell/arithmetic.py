"""`$(( ))`: C's integer expressions in 64 bits, with variables, assignment and `?:`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from course_lib.shell.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"\s*(?:(0[xX][0-9a-fA-F]+|[0-9]+#[0-9a-zA-Z]+|[0-9]+)|([A-Za-z_][A-Za-z0-9_]*)"
    r"|(<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:(),]))",
)
_BINARY: tuple[tuple[str, ...], ...] = (
    ("|",), ("^",), ("&",), ("==", "!="), ("<", "<=", ">", ">="), ("<<", ">>"), ("+", "-"),
    ("*", "/", "%"),
)  # fmt: skip
_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="})
_MAX_DEPTH = 30


class Variables(Protocol):
    """Where an expression reads and sets variables."""

    def value(self, name: str) -> str:
        """The value of a variable, "" when it is unset."""

    def assign(self, name: str, value: str) -> None:
        """Set a variable."""


class ArithmeticSyntaxError(Exception):
    """What is wrong with an expression, in dash's words: `expecting EOF`, `division by zero`."""


def evaluate(expression: str, variables: Variables, *, extended: bool = False) -> int:
    """Evaluate; `extended` allows bash's and ash's `++`, `--`, `**`, `,` and `base#n`.

    Raises:
        ArithmeticSyntaxError: for what is not an expression, and for a division by zero.

    """
    return _Evaluation(expression, variables, extended=extended, depth=0).whole()


class _Evaluation:
    def __init__(
        self,
        expression: str,
        variables: Variables,
        *,
        extended: bool,
        depth: int,
    ) -> None:
        self._variables = variables
        self._extended = extended
        self._depth = depth
        self._tokens = _tokenize(expression, extended=extended)
        self._position = 0
        self._skipping = 0  # inside the part of && || ?: that is not evaluated

    def whole(self) -> int:
        if not self._tokens:
            return 0
        value = self._comma()
        if self._peek():
            msg = "expecting EOF"
            raise ArithmeticSyntaxError(msg)
        return value

    def _peek(self) -> str:
        return self._tokens[self._position] if self._position < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._position += 1
        return token

    def _comma(self) -> int:
        value = self._assignment()
        while self._extended and self._peek() == ",":
            self._take()
            value = self._assignment()
        return value

    def _assignment(self) -> int:
        name = self._peek()
        following = self._tokens[self._position + 1 : self._position + 2]
        if _is_name(name) and following and following[0] in _ASSIGNMENTS:
            self._position += 2
            right = self._deeper(self._assignment)
            operator = following[0][:-1]
            value = (
                _apply(operator, self._read(name), right)
                if operator and not self._skipping
                else right
            )
            self._set(name, value)
            return value
        return self._conditional()

    def _deeper(self, parse: Callable[[], int]) -> int:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            msg = "expression too deep"
            raise ArithmeticSyntaxError(msg)
        value = parse()
        self._depth -= 1
        return value

    def _conditional(self) -> int:
        condition = self._or()
        if self._peek() != "?":
            return condition
        self._take()
        first = self._unless(int(not condition), self._comma)
        if self._take() != ":":
            msg = "expecting ':'"
            raise ArithmeticSyntaxError(msg)
        second = self._unless(int(bool(condition)), lambda: self._deeper(self._conditional))
        return first if condition else second

    def _unless(self, skip: int, parse: Callable[[], int]) -> int:
        self._skipping += skip
        value = parse()
        self._skipping -= skip
        return value

    def _or(self) -> int:
        value = self._and()
        while self._peek() == "||":
            self._take()
            right = self._unless(int(bool(value)), self._and)
            value = int(bool(value) or bool(right))
        return value

    def _and(self) -> int:
        value = self._binary(0)
        while self._peek() == "&&":
            self._take()
            right = self._unless(int(not value), lambda: self._binary(0))
            value = int(bool(value) and bool(right))
        return value

    def _binary(self, level: int) -> int:
        if level == len(_BINARY):
            return self._power()
        value = self._binary(level + 1)
        while self._peek() in _BINARY[level]:
            operator = self._take()
            right = self._binary(level + 1)
            value = 0 if self._skipping else _apply(operator, value, right)
        return value

    def _power(self) -> int:
        base = self._unary()
        if not (self._extended and self._peek() == "**"):
            return base
        self._take()
        exponent = self._deeper(self._power)
        if exponent < 0:
            msg = "exponent less than 0"
            raise ArithmeticSyntaxError(msg)
        return _wrapped(pow(base, exponent, 1 << 64))

    def _unary(self) -> int:
        sign = self._peek()
        if sign in {"-", "+", "!", "~"}:
            self._take()
            value = self._deeper(self._unary)
            return {"-": _wrapped(-value), "+": value, "!": int(not value), "~": ~value}[sign]
        if sign in {"++", "--"}:
            self._take()
            name = self._take()
            if not _is_name(name):
                msg = "expecting primary"
                raise ArithmeticSyntaxError(msg)
            return self._set(name, self._read(name) + (1 if sign == "++" else -1))
        return self._primary()

    def _primary(self) -> int:
        taken = self._take()
        if taken == "(":
            value = self._deeper(self._comma)
            if self._take() != ")":
                msg = "expecting ')'"
                raise ArithmeticSyntaxError(msg)
            return value
        if taken[:1].isdigit():
            return _number(taken)
        if not _is_name(taken):
            msg = "expecting primary"
            raise ArithmeticSyntaxError(msg)
        value = self._read(taken)
        if self._peek() in {"++", "--"}:
            self._set(taken, value + (1 if self._take() == "++" else -1))
        return value

    def _read(self, name: str) -> int:
        text = self._variables.value(name).strip()
        if not text:
            return 0
        sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text.removeprefix("+"))
        if re.fullmatch(r"0[xX][0-9a-fA-F]+|[0-9]+", digits):
            return sign * _number(digits)
        if not self._extended or self._depth >= _MAX_DEPTH:
            msg = f"Illegal number: {text}"
            raise ArithmeticSyntaxError(msg)
        inner = _Evaluation(text, self._variables, extended=True, depth=self._depth + 1)
        return inner.whole()

    def _set(self, name: str, value: int) -> int:
        value = _wrapped(value)
        if not self._skipping:
            self._variables.assign(name, str(value))
        return value


def _tokenize(expression: str, *, extended: bool) -> list[str]:
    tokens: list[str] = []
    position = 0
    text = expression.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ArithmeticSyntaxError("expecting EOF" if tokens else "expecting primary")
        piece = match.group().strip()
        position = match.end()
        if not extended and piece in {"++", "--", "**"}:
            tokens.extend(piece)
        else:
            tokens.append(piece)
    return tokens


def _is_name(text: str) -> bool:
    return text[:1].isalpha() or text[:1] == "_"


def _number(text: str) -> int:
    base, mark, digits = text.partition("#")
    try:
        if mark:
            return whole(digits, whole(base))
        hexadecimal = text.startswith(("0x", "0X"))
        octal = text.startswith("0") and not hexadecimal
        return _wrapped(whole(text, 16 if hexadecimal else 8 if octal else 10))
    except ValueError as error:
        msg = "expecting EOF"
        raise ArithmeticSyntaxError(msg) from error


def _wrapped(value: int) -> int:
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def _apply(operator: str, left: int, right: int) -> int:
    return _wrapped(_OPERATIONS[operator](left, right))


def _divide(left: int, right: int) -> int:
    if right == 0:
        msg = "division by zero"
        raise ArithmeticSyntaxError(msg)
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "%": lambda a, b: a - b * _divide(a, b),
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "<<": lambda a, b: a << (b & 63),
    ">>": lambda a, b: a >> (b & 63),
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    ">": lambda a, b: int(a > b),
    ">=": lambda a, b: int(a >= b),
}
