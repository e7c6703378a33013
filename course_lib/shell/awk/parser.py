"""The grammar of awk: statements, rules and functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.awk.expressions import ExpressionParser
from course_lib.shell.awk.grammar import (
    Block,
    Delete,
    Evaluate,
    ForIn,
    Function,
    If,
    Leave,
    Listed,
    Loop,
    Print,
    Program,
    Redirect,
    Rule,
)
from course_lib.shell.awk.tokens import tokens

if TYPE_CHECKING:
    from course_lib.shell.awk.grammar import Expression, Statement


def parse(source: str) -> Program:
    """Parse a program.

    Raises:
        AwkSyntaxError: with the line and the token that does not fit.

    """
    return _ProgramParser(tokens(source)).program()


class _ProgramParser(ExpressionParser):
    def program(self) -> Program:
        begin: list[Block] = []
        rules: list[Rule] = []
        end: list[Block] = []
        functions: dict[str, Function] = {}
        self.skip_terminators()
        while not self.at("end"):
            if self.take("BEGIN"):
                begin.append(self._block())
            elif self.take("END"):
                end.append(self._block())
            elif self.take("function"):
                function = self._function()
                functions[function.name] = function
            else:
                rules.append(self._rule())
            self.skip_terminators()
        return Program(tuple(begin), tuple(rules), tuple(end), functions)

    def _function(self) -> Function:
        if not self.at("name", "call"):
            raise self.wrong()
        name = self.next().text
        self.want("(")
        parameters: list[str] = []
        while not self.take(")"):
            parameters.append(self.want("name").text)
            if not self.at(")"):
                self.want(",")
                self.skip_newlines()
        self.skip_newlines()
        return Function(name, tuple(parameters), self._block())

    def _rule(self) -> Rule:
        if self.at("{"):
            return Rule(None, None, self._block())
        pattern = self.expression()
        until: Expression | None = None
        if self.take(","):
            self.skip_newlines()
            until = self.expression()
        return Rule(pattern, until, self._block() if self.at("{") else None)

    def _block(self) -> Block:
        self.want("{")
        statements: list[Statement] = []
        self.skip_terminators()
        while not self.take("}"):
            statements.append(self._statement())
            self.skip_terminators()
        return Block(tuple(statements))

    def _body(self) -> Statement:
        self.skip_newlines()
        if self.take(";"):
            return Block(())
        self.deeper()
        found = self._statement()
        self.shallower()
        return found

    def _statement(self) -> Statement:  # noqa: PLR0911 - one for each kind of statement
        if self.at("{"):
            return self._block()
        if self.take("if"):
            return self._if()
        if self.take("while"):
            test = self._condition()
            if self.at(";"):
                self.next()
                return Loop(None, test, None, Block(()))
            return Loop(None, test, None, self._body())
        if self.take("do"):
            return self._do()
        if self.take("for"):
            return self._for()
        found = self._simple()
        if not self.at("}", "end"):
            if not self.at(";", "newline"):
                raise self.wrong()
            self.next()
        return found

    def _condition(self) -> Expression:
        self.want("(")
        test = self.expression()
        self.want(")")
        return test

    def _if(self) -> Statement:
        test = self._condition()
        yes = self._body()
        mark = self.position
        self.skip_terminators()
        if self.take("else"):
            return If(test, yes, self._body())
        self.position = mark
        return If(test, yes, None)

    def _do(self) -> Statement:
        body = self._body()
        self.skip_terminators()
        self.want("while")
        return Loop(None, self._condition(), None, body, body_first=True)

    def _for(self) -> Statement:
        self.want("(")
        if self.at("name") and self.ahead(1) == "in" and self.ahead(3) == ")":
            name = self.next().text
            self.next()
            array = self.want("name").text
            self.want(")")
            return ForIn(name, array, self._body())
        start = None if self.at(";") else self._simple()
        self.want(";")
        self.skip_newlines()
        test = None if self.at(";") else self.expression()
        self.want(";")
        self.skip_newlines()
        step = None if self.at(")") else self._simple()
        self.want(")")
        return Loop(start, test, step, self._body())

    def _simple(self) -> Statement:
        if self.at("print", "printf"):
            return self._print()
        for word in ("next", "nextfile", "break", "continue"):
            if self.take(word):
                return Leave(word)
        for word in ("exit", "return"):
            if self.take(word):
                bare = self.at(";", "newline", "}", "end")
                return Leave(word, None if bare else self.expression())
        if self.take("delete"):
            array = self.want("name").text
            return Delete(array, self.subscript() if self.at("[") else ())
        return Evaluate(self.expression())

    def _print(self) -> Print:
        formatted = self.next().kind == "printf"
        arguments: tuple[Expression, ...] = ()
        if not self.at(";", "newline", "}", "end", ">", ">>", "|"):
            arguments = self.arguments(until=None, printing=True)
            if len(arguments) == 1 and isinstance(arguments[0], Listed):
                arguments = arguments[0].items
        redirect: Redirect | None = None
        if self.at(">", ">>", "|"):
            kind = self.next().kind
            redirect = Redirect(kind, self.expression())
        if formatted and not arguments:
            raise self.wrong()
        return Print(arguments, redirect, formatted)
