"""The grammar of awk: expressions, by precedence from loose to tight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.awk.errors import AwkSyntaxError
from course_lib.shell.awk.grammar import (
    Assign,
    Binary,
    Builtin,
    Call,
    Choose,
    Element,
    Field,
    Getline,
    Listed,
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
from course_lib.shell.numbers import whole

if TYPE_CHECKING:
    from course_lib.shell.awk.grammar import Expression, Target
    from course_lib.shell.awk.tokens import Token

_ASSIGNMENTS = {"=": "", "+=": "+", "-=": "-", "*=": "*", "/=": "/", "%=": "%", "^=": "^"}
_COMPARISONS = ("<", "<=", "==", "!=", ">", ">=")
_STARTS = (
    "name",
    "call",
    "number",
    "string",
    "regex",
    "builtin",
    "$",
    "!",
    "(",
    "-",
    "+",
    "++",
    "--",
)
_CONCATENABLE = ("name", "call", "number", "string", "regex", "builtin", "$", "!", "(", "++", "--")
_DEEPEST = 40


class ExpressionParser:
    """Reads expressions from a list of tokens; `position` is the next one."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self.position = 0
        self._depth = 0
        self._printing = False  # `>` is a redirection, not a comparison

    # -- tokens -----------------------------------------------------------------------------

    def at(self, *kinds: str) -> bool:
        """Whether the next token is of one of these kinds."""
        return self._tokens[self.position].kind in kinds

    def ahead(self, count: int) -> str:
        """The kind of a token further on."""
        place = min(self.position + count, len(self._tokens) - 1)
        return self._tokens[place].kind

    def next(self) -> Token:
        """Take the next token."""
        token = self._tokens[self.position]
        self.position = min(self.position + 1, len(self._tokens) - 1)
        return token

    def take(self, kind: str) -> bool:
        """Take the next token if it is of this kind."""
        if not self.at(kind):
            return False
        self.next()
        return True

    def want(self, kind: str) -> Token:
        """Take the next token, which must be of this kind."""
        if not self.at(kind):
            raise self.wrong()
        return self.next()

    def wrong(self) -> AwkSyntaxError:
        """Make the error about the next token."""
        token = self._tokens[self.position]
        return AwkSyntaxError(token.line, token.text)

    def skip_newlines(self) -> None:
        """Pass over line ends."""
        while self.take("newline"):
            pass

    def skip_terminators(self) -> None:
        """Pass over line ends and semicolons."""
        while self.at("newline", ";"):
            self.next()

    def deeper(self) -> None:
        """One level of nesting more; too many of them are no program that anyone wrote."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.wrong()

    def shallower(self) -> None:
        """One level less."""
        self._depth -= 1

    # -- loose ------------------------------------------------------------------------------

    def expression(self) -> Expression:
        """An expression: `?:` and assignment are the loosest."""
        self.deeper()
        left = self._or()
        if self.take("?"):
            self.skip_newlines()
            yes = self.expression()
            self.skip_newlines()
            self.want(":")
            self.skip_newlines()
            left = Choose(left, yes, self.expression())
        elif self.at(*_ASSIGNMENTS):
            left = self._assignment(left)
        self.shallower()
        return left

    def _assignment(self, left: Expression) -> Expression:
        """`a = b`; in `1 + a = b` and `!a = b` it is the last operand that is assigned to."""
        if isinstance(left, (Name, Element, Field)):
            operator = _ASSIGNMENTS[self.next().kind]
            self.skip_newlines()
            return Assign(left, operator, self.expression())
        if isinstance(left, Unary):
            return Unary(left.operator, self._assignment(left.operand))
        if isinstance(left, Binary):
            return Binary(left.operator, left.left, self._assignment(left.right))
        if isinstance(left, Logic):
            return Logic(left.operator, left.left, self._assignment(left.right))
        if isinstance(left, Match):
            return Match(left.left, self._assignment(left.right), left.negated)
        raise self.wrong()

    def _or(self) -> Expression:
        left = self._and()
        while self.take("||"):
            self.skip_newlines()
            left = Logic("||", left, self._and())
        return left

    def _and(self) -> Expression:
        left = self._membership()
        while self.take("&&"):
            self.skip_newlines()
            left = Logic("&&", left, self._membership())
        return left

    def _membership(self) -> Expression:
        left = self._matching()
        while self.at("in"):
            self.next()
            index = left.items if isinstance(left, Listed) else (left,)
            left = Member(index, self.want("name").text)
        return left

    def _matching(self) -> Expression:
        left = self._comparison()
        while self.at("~", "!~"):
            negated = self.next().kind == "!~"
            left = Match(left, self._comparison(), negated)
        return left

    def _comparison(self) -> Expression:
        left = self._piped()
        if self.at(*_COMPARISONS) and not (self._printing and self.at(">")):
            operator = self.next().kind
            left = Binary(operator, left, self._piped())
        return left

    def _piped(self) -> Expression:
        left = self.concatenation()
        while self.at("|") and self.ahead(1) == "getline":
            self.next()
            self.next()
            left = Getline("|", left, self._optional_target())
        return left

    def concatenation(self) -> Expression:
        """One string after another."""
        left = self._sum()
        while self.at(*_CONCATENABLE):
            left = Binary(" ", left, self._sum())
        return left

    # -- arithmetic -------------------------------------------------------------------------

    def _sum(self) -> Expression:
        left = self._product()
        while self.at("+", "-"):
            operator = self.next().kind
            left = Binary(operator, left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._sign()
        while self.at("*", "/", "%"):
            operator = self.next().kind
            left = Binary(operator, left, self._sign())
        return left

    def _sign(self) -> Expression:
        if self.at("!", "-", "+"):
            operator = self.next().kind
            self.deeper()
            operand = self._sign()
            self.shallower()
            return Unary(operator, operand)
        return self._power()

    def _power(self) -> Expression:
        left = self._stepped()
        if self.take("^"):
            self.deeper()
            exponent = self._sign()
            self.shallower()
            return Binary("^", left, exponent)
        return left

    def _stepped(self) -> Expression:
        if self.at("++", "--"):
            change = 1 if self.next().kind == "++" else -1
            return Step(self._target(self._primary()), change, prefix=True)
        left = self._primary()
        if isinstance(left, (Name, Element, Field)) and self.at("++", "--"):
            return Step(left, 1 if self.next().kind == "++" else -1, prefix=False)
        return left

    def _target(self, found: Expression) -> Target:
        if not isinstance(found, (Name, Element, Field)):
            raise self.wrong()
        return found

    # -- tight ------------------------------------------------------------------------------

    def _primary(self) -> Expression:  # noqa: C901, PLR0911 - one case for each kind of token
        if not self.at(*_STARTS, "getline"):
            raise self.wrong()
        token = self.next()
        match token.kind:
            case "number":
                text = token.text
                value = float(whole(text, 16)) if text[:2] in {"0x", "0X"} else float(text)
                return Number(value)
            case "string":
                return String(token.text)
            case "regex":
                return Pattern(token.text)
            case "$":
                return Field(self._field_number())
            case "(":
                return self._grouped()
            case "name":
                name = token.text
                return Element(name, self.subscript()) if self.at("[") else Name(name)
            case "call":
                self.want("(")
                return Call(token.text, self.arguments(until=")"))
            case "builtin":
                return self._builtin(token)
            case "getline":
                return self._getline()
        self.position -= 1
        raise self.wrong()

    def _field_number(self) -> Expression:
        self.deeper()
        if self.at("++", "--"):
            found = self._stepped()
        elif self.at("-", "+", "!"):
            found = self._sign()
        else:
            found = self._primary()
        self.shallower()
        return found

    def _grouped(self) -> Expression:
        outside, self._printing = self._printing, False
        self.skip_newlines()
        items = [self.expression()]
        while self.take(","):
            self.skip_newlines()
            items.append(self.expression())
        self.skip_newlines()
        self.want(")")
        self._printing = outside
        return Listed(tuple(items)) if len(items) > 1 else items[0]

    def _builtin(self, token: Token) -> Expression:
        if self.at("("):
            self.next()
            return Builtin(token.text, self.arguments(until=")"))
        if token.text != "length":
            raise self.wrong()
        return Builtin("length", None)

    def _getline(self) -> Expression:
        target = self._optional_target()
        if self.take("<"):
            self.deeper()
            source = self._primary()
            self.shallower()
            return Getline("<", source, target)
        return Getline("", None, target)

    def _optional_target(self) -> Target | None:
        return self._target(self._primary()) if self.at("name", "$") else None

    def subscript(self) -> tuple[Expression, ...]:
        """`[i, j]`."""
        self.want("[")
        return self.arguments(until="]")

    def arguments(self, until: str | None, *, printing: bool = False) -> tuple[Expression, ...]:
        """Expressions with commas between them, up to a closing mark."""
        outside, self._printing = self._printing, printing
        found: list[Expression] = []
        if until is None or not self.at(until):
            found.append(self.expression())
            while self.take(","):
                self.skip_newlines()
                found.append(self.expression())
        if until is not None:
            self.want(until)
        self._printing = outside
        return tuple(found)
