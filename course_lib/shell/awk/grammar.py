"""The parts of an awk program, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """`3.14`."""

    value: float


@dataclass(frozen=True, slots=True)
class String:
    """`"text"`, escapes already read."""

    value: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """`/regex/`: alone it asks whether `$0` matches."""

    regex: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or an array handed to a function."""

    name: str


@dataclass(frozen=True, slots=True)
class Element:
    """`array[i, j]`."""

    array: str
    index: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """`$expression`."""

    number: Expression


Target = Name | Element | Field


@dataclass(frozen=True, slots=True)
class Assign:
    """`target = value`; `operator` is "" or the arithmetic of `+=` and its like."""

    target: Target
    operator: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Choose:
    """`test ? yes : no`."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Logic:
    """`left && right` or `left || right`: the right side only when it is needed."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Member:
    """`(i, j) in array`."""

    index: tuple[Expression, ...]
    array: str


@dataclass(frozen=True, slots=True)
class Match:
    """`left ~ right`, or `!~` when `negated`."""

    left: Expression
    right: Expression
    negated: bool


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic, comparison, or `" "` for one string after another."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x`, `!x`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Step:
    """`++x`, `x--`; the value is the one before, or after when `prefix`."""

    target: Target
    change: int
    prefix: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function of the program's own."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Builtin:
    """A call of one of awk's functions; `arguments` is None for `length` without parentheses."""

    name: str
    arguments: tuple[Expression, ...] | None


@dataclass(frozen=True, slots=True)
class Getline:
    """`getline`, `getline < file` (kind "<"), `command | getline` (kind "|")."""

    kind: str
    source: Expression | None
    target: Target | None


@dataclass(frozen=True, slots=True)
class Listed:
    """`(a, b)`: only before `in` and in `print`."""

    items: tuple[Expression, ...]


Expression = (
    Number | String | Pattern | Name | Element | Field | Assign | Choose | Logic | Member | Match
    | Binary | Unary | Step | Call | Builtin | Getline | Listed
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where `print` goes: `> file`, `>> file`, `| command`."""

    kind: str
    target: Expression


@dataclass(frozen=True, slots=True)
class Print:
    """`print`, or `printf` when `formatted`."""

    arguments: tuple[Expression, ...]
    redirect: Redirect | None
    formatted: bool = False


@dataclass(frozen=True, slots=True)
class Evaluate:
    """An expression for its effect."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Block:
    """`{ ... }`."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`if (test) yes else no`."""

    test: Expression
    yes: Statement
    no: Statement | None


@dataclass(frozen=True, slots=True)
class Loop:
    """`while`, `for (;;)`, and `do ... while` when `body_first`."""

    start: Statement | None
    test: Expression | None
    step: Statement | None
    body: Statement
    body_first: bool = False


@dataclass(frozen=True, slots=True)
class ForIn:
    """`for (name in array)`."""

    name: str
    array: str
    body: Statement


@dataclass(frozen=True, slots=True)
class Leave:
    """`next`, `nextfile`, `break`, `continue`, `exit`, `return`."""

    word: str
    value: Expression | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """`delete array[i]`; the whole array when `index` is empty."""

    array: str
    index: tuple[Expression, ...]


Statement = Print | Evaluate | Block | If | Loop | ForIn | Leave | Delete


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern { ... }`; `until` makes it a range; no `body` prints the record."""

    pattern: Expression | None
    until: Expression | None
    body: Block | None


@dataclass(frozen=True, slots=True)
class Function:
    """`function name(parameters) { ... }`."""

    name: str
    parameters: tuple[str, ...]
    body: Block


@dataclass(frozen=True, slots=True)
class Program:
    """All of it."""

    begin: tuple[Block, ...]
    rules: tuple[Rule, ...]
    end: tuple[Block, ...]
    functions: dict[str, Function]
