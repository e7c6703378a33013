"""From tokens to commands: the POSIX shell grammar, by recursive descent.

A shell reads, parses and runs line by line, so a syntax error on line 3 comes after line 1 has
run. `Parser.next_line` gives one complete line (a compound command may span many).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.grammar import (
    AndOr,
    Assignment,
    Case,
    CaseItem,
    Command,
    Conditional,
    DoubleQuoted,
    For,
    Function,
    Group,
    If,
    Literal,
    Loop,
    Part,
    Pipeline,
    Redirect,
    Redirected,
    Script,
    Simple,
    Subshell,
    Word,
)
from course_lib.shell.lexer import Lexer, Token
from course_lib.shell.numbers import whole
from course_lib.shell.scripterrors import NotSimulatedError, ScriptSyntaxError
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.shell.dialect import Dialect

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=")
_ARRAY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\[[^]]*\]\+?=|\+?=\Z)")
_REDIRECTIONS = frozenset({"<", ">", ">>", "<<", "<<-", "<&", ">&", "<>", ">|", "&>", "&>>", "<<<"})
_STARTERS = frozenset(
    {"if", "while", "until", "for", "case", "{", "!", "[[", "function", "select", "time"},
)
_ENDERS = frozenset({"then", "else", "elif", "fi", "do", "done", "esac", "}"})
_MAX_DEPTH = 60
_MOST_SUBSTITUTIONS = 2000  # in one script; a few that never end are read again and again


def parse(source: str, dialect: Dialect) -> Script:
    """Parse a whole script.

    Raises:
        ScriptSyntaxError, NotSimulatedError: with the line they stand on.

    """
    parser = Parser(source, dialect)
    items: list[AndOr] = []
    while (line := parser.next_line()) is not None:
        items.extend(line.items)
    return Script(tuple(items))


class Parser:
    """Parses `source` from `position` on; with `closing` up to the `)` of a `$( )`."""

    def __init__(  # noqa: PLR0913 - where a script begins, and inside of what
        self,
        source: str,
        dialect: Dialect,
        *,
        position: int = 0,
        first_line: int = 1,
        depth: int = 0,
        substitutions: list[int] | None = None,
    ) -> None:
        self._dialect = dialect
        self._depth = depth
        self._substitutions = [] if substitutions is None else substitutions  # shared: where
        self._lexer = Lexer(
            source,
            dialect,
            self._substitution,
            first_line=first_line,
            nesting=depth,
        )
        self._position = position
        self._token: Token | None = None

    # -- tokens -----------------------------------------------------------------------------

    def _peek(self) -> Token:
        if self._token is None:
            self._token = self._lexer.token(self._position)
        return self._token

    def _take(self) -> Token:
        token = self._peek()
        self._position = token.end
        self._token = None
        return token

    def _is(self, *texts: str) -> bool:
        token = self._peek()
        return token.kind == "operator" and token.text in texts

    def _reserved(self) -> str:
        """Return the text of a word that may be a reserved word here, else ""."""
        token = self._peek()
        if token.word is None:
            return ""
        return token.word.plain or ""

    def _skip_newlines(self) -> None:
        while self._peek().kind == "newline":
            self._take()

    def _unexpected(self, expecting: str = "") -> ScriptSyntaxError:
        token = self._peek()
        line = self._lexer.line(token.start)
        if token.kind == "end":
            shown = "end of file"
        elif token.kind == "newline":
            shown = "newline"
        elif token.text in _REDIRECTIONS:
            shown = "redirection"
        elif token.kind == "operator" or self._reserved() in _STARTERS | _ENDERS:
            shown = f'"{token.text}"'
        else:
            shown = "word"
        message = f"{shown} unexpected" + (f' (expecting "{expecting}")' if expecting else "")
        return ScriptSyntaxError(line, message, token.text, expecting)

    def _expect_operator(self, text: str) -> None:
        if not self._is(text):
            raise self._unexpected(text)
        self._take()

    def _expect_word(self, text: str) -> None:
        if self._reserved() != text:
            raise self._unexpected(text)
        self._take()

    def _not_simulated(self, what: str, zh: str) -> NotSimulatedError:
        return NotSimulatedError(
            Text(f"{what} is not simulated", f"没有模拟{zh}"),
            self._lexer.line(self._peek().start),
        )

    def _substitution(self, source: str, position: int, first_line: int) -> tuple[Script, int]:
        self._substitutions.append(position)
        if len(self._substitutions) > _MOST_SUBSTITUTIONS:
            raise NotSimulatedError(
                Text(
                    f"a script with more than {_MOST_SUBSTITUTIONS} command substitutions is not simulated",
                    f"没有模拟命令替换超过 {_MOST_SUBSTITUTIONS} 个的脚本",
                ),
                first_line,
            )
        inner = Parser(
            source,
            self._dialect,
            position=max(position, 0),
            first_line=first_line,
            depth=self._depth + 1,
            substitutions=self._substitutions,
        )
        script = inner._list(closing=position >= 0)
        token = inner._peek()
        if position < 0:
            if token.kind != "end":
                raise inner._unexpected()
            return script, len(source)
        if not inner._is(")"):
            msg = ")"
            raise inner._unexpected(msg)
        return script, token.end

    # -- lists ------------------------------------------------------------------------------

    def next_line(self) -> Script | None:
        """Parse the next complete line; None at the end of the script."""
        self._skip_newlines()
        if self._peek().kind == "end":
            return None
        items: list[AndOr] = []
        while True:
            items.append(self._and_or())
            token = self._peek()
            if self._is(";", "&"):
                self._take()
                token = self._peek()
            elif token.kind not in {"newline", "end"}:
                raise self._unexpected()
            if token.kind in {"newline", "end"}:
                return Script(tuple(items))

    @property
    def line_end(self) -> int:
        """Where the line that was parsed last ends in the source, its newline and here-documents included."""
        return self._peek().end

    def finished(self) -> bool:
        """Whether nothing but blank lines and comments is left."""
        try:
            self._skip_newlines()
            return self._peek().kind == "end"
        except ScriptSyntaxError:  # it is reported when its line is reached
            return False

    def _list(self, *, closing: bool = False) -> Script:
        """Parse a list up to a word or operator that can't begin a command."""
        items: list[AndOr] = []
        self._skip_newlines()
        while not self._at_end_of_list():
            items.append(self._and_or())
            if self._is(";", "&") or self._peek().kind == "newline":
                self._take()
                self._skip_newlines()
            else:
                break
        if not items and not closing:
            return Script()
        return Script(tuple(items))

    def _at_end_of_list(self) -> bool:
        token = self._peek()
        if token.kind == "end" or self._is(")", ";;", ";&", ";;&"):
            return True
        return token.kind == "word" and self._reserved() in _ENDERS

    def _body(self, expecting: str) -> Script:
        script = self._list()
        if not script.items:
            raise self._unexpected() if self._peek().kind != "end" else self._unexpected(expecting)
        return script

    def _and_or(self) -> AndOr:
        first = self._pipeline()
        rest: list[tuple[str, Pipeline]] = []
        while self._is("&&", "||"):
            operator = self._take().text
            self._skip_newlines()
            rest.append((operator, self._pipeline()))
        return AndOr(first, tuple(rest), background=self._is("&"))

    def _pipeline(self) -> Pipeline:
        negated = False
        while self._reserved() == "!":
            self._take()
            negated = not negated
        commands = [self._command()]
        while self._is("|", "|&"):
            both = self._take().text == "|&"
            if both:
                commands[-1] = _with_both(commands[-1])
            self._skip_newlines()
            commands.append(self._command())
        return Pipeline(tuple(commands), negated)

    # -- commands ---------------------------------------------------------------------------

    def _command(self) -> Command:
        if self._depth > _MAX_DEPTH:
            msg = "a script nested this deeply"
            raise self._not_simulated(msg, "嵌套这么深的脚本")
        self._depth += 1
        command = self._compound() or self._simple()
        self._depth -= 1
        if not isinstance(command, (Simple, Function)):
            redirects: list[Redirect] = []
            while (redirect := self._redirect()) is not None:
                redirects.append(redirect)
            if redirects:
                return Redirected(command, tuple(redirects))
        return command

    def _compound(self) -> Command | None:  # noqa: PLR0911 - one return per command
        if self._is("("):
            return self._subshell()
        word = self._reserved()
        if word in _ENDERS:
            raise self._unexpected()
        if word == "{":
            self._take()
            body = self._body("}")
            self._expect_word("}")
            return Group(body)
        if word == "if":
            return self._if()
        if word in {"while", "until"}:
            return self._loop()
        if word == "for":
            return self._for()
        if word == "case":
            return self._case()
        return self._extension(word)

    def _extension(self, word: str) -> Command | None:
        """Parse what bash (and in part busybox ash) has beyond POSIX."""
        dialect = self._dialect
        if word == "[[" and dialect.double_brackets:
            return self._conditional()
        if word == "function" and dialect.name != "dash":
            return self._function_keyword()
        if word in {"select", "time", "coproc"} and dialect.name == "bash":
            msg = f"bash's `{word}`"
            raise self._not_simulated(msg, f" bash 的 `{word}`")
        return None

    def _subshell(self) -> Command:
        start = self._take()
        if self._dialect.name == "bash" and self._is("(") and self._peek().start == start.end:
            msg = "bash's `(( ))`"
            raise self._not_simulated(msg, " bash 的 `(( ))`")
        body = self._body(")")
        self._expect_operator(")")
        return Subshell(body)

    def _if(self) -> If:
        branches: list[tuple[Script, Script]] = []
        word = "if"
        while word in {"if", "elif"}:
            self._take()
            condition = self._body("then")
            self._expect_word("then")
            branches.append((condition, self._body("fi")))
            word = self._reserved()
        otherwise = None
        if word == "else":
            self._take()
            otherwise = self._body("fi")
        self._expect_word("fi")
        return If(tuple(branches), otherwise)

    def _loop(self) -> Loop:
        until = self._take().text == "until"
        condition = self._body("do")
        return Loop(condition, self._do(), until)

    def _do(self) -> Script:
        self._skip_newlines()
        self._expect_word("do")
        body = self._body("done")
        self._expect_word("done")
        return body

    def _for(self) -> For:
        line = self._lexer.line(self._take().start)
        if self._is("(") and self._dialect.name == "bash":
            msg = "bash's `for (( ))`"
            raise self._not_simulated(msg, " bash 的 `for (( ))`")
        name = self._reserved()
        if not _NAME.match(name):
            raise ScriptSyntaxError(line, "Bad for loop variable")
        self._take()
        self._skip_newlines()
        words: tuple[Word, ...] | None = None
        if self._reserved() == "in":
            self._take()
            found: list[Word] = []
            while (word := self._peek().word) is not None:
                found.append(word)
                self._take()
            words = tuple(found)
            if not self._is(";") and self._peek().kind != "newline":
                msg = "do"
                raise self._unexpected(msg)
        if self._is(";"):
            self._take()
        return For(name, words, self._do(), line)

    def _case(self) -> Case:
        self._take()
        word = self._peek().word
        if word is None:
            raise self._unexpected()
        self._take()
        self._skip_newlines()
        self._expect_word("in")
        self._skip_newlines()
        items: list[CaseItem] = []
        while self._reserved() != "esac":
            items.append(self._case_item())
            if self._is(";&", ";;&"):
                msg = f"bash's `{self._peek().text}`"
                raise self._not_simulated(msg, " bash 的 `;&`")
            if not self._is(";;"):
                break
            self._take()
            self._skip_newlines()
        self._expect_word("esac")
        return Case(word, tuple(items))

    def _case_item(self) -> CaseItem:
        if self._is("("):
            self._take()
        patterns: list[Word] = []
        while True:
            word = self._peek().word
            if word is None:
                raise self._unexpected(")" if patterns else "")
            patterns.append(word)
            self._take()
            if not self._is("|"):
                break
            self._take()
        self._expect_operator(")")
        return CaseItem(tuple(patterns), self._list())

    def _conditional(self) -> Conditional:
        line = self._lexer.line(self._take().start)
        words: list[Word] = []
        while self._reserved() != "]]":
            token = self._peek()
            if token.kind == "end":
                msg = "]]"
                raise self._unexpected(msg)
            if token.kind == "newline":
                self._take()
                continue
            words.append(token.word or Word((Literal(token.text),)))
            self._take()
            if self._is_regex(words):
                words.append(self._regex())
        self._take()
        return Conditional(tuple(words), line)

    @staticmethod
    def _is_regex(words: list[Word]) -> bool:
        return words[-1].plain == "=~"

    def _regex(self) -> Word:
        """Read the word after `=~`, where parentheses and bars are plain text."""
        source = self._lexer.source
        position = self._position
        while source[position : position + 1] in (" ", "\t"):
            position += 1
        parts: list[Part] = []
        while position < len(source) and source[position] not in " \t\n":
            if source[position] in "()|&;<>":
                parts.append(Literal(source[position]))
                position += 1
                continue
            word, position = self._lexer.word(position)
            parts.extend(word.parts)
        self._position = position
        return Word(tuple(parts))

    def _function_keyword(self) -> Function:
        self._take()
        name = self._reserved()
        if not name:
            raise self._unexpected()
        self._take()
        if self._is("("):
            self._take()
            self._expect_operator(")")
        self._skip_newlines()
        return Function(name, self._command())

    # -- simple commands --------------------------------------------------------------------

    def _simple(self) -> Command:
        line = self._lexer.line(self._peek().start)
        words: list[Word] = []
        assignments: list[Assignment] = []
        redirects: list[Redirect] = []
        while True:
            redirect = self._redirect()
            if redirect is not None:
                redirects.append(redirect)
                continue
            token = self._peek()
            if token.word is None:
                break
            self._take()
            if not words and (assignment := self._assignment(token.word)) is not None:
                assignments.append(assignment)
                continue
            words.append(token.word)
            if len(words) == 1 and self._is("(") and not assignments and not redirects:
                return self._function(token)
        if not words and not assignments and not redirects:
            raise self._unexpected()
        return Simple(tuple(words), tuple(assignments), tuple(redirects), line)

    def _assignment(self, word: Word) -> Assignment | None:
        first = word.parts[0] if word.parts else None
        if not isinstance(first, Literal) or first.quoted:
            return None
        if self._dialect.name == "bash" and _ARRAY.match(first.text):
            adjacent = self._position == self._peek().start
            if "[" in first.text.partition("=")[0] or (self._is("(") and adjacent):
                msg = "a bash array"
                raise self._not_simulated(msg, " bash 数组")
        match = _ASSIGNMENT.match(first.text)
        if match is None or (match[2] and not self._dialect.appends):
            return None
        rest = first.text[match.end() :]
        parts: tuple[Part, ...] = ((Literal(rest),) if rest else ()) + word.parts[1:]
        return Assignment(match[1], Word(parts), append=bool(match[2]))

    def _function(self, token: Token) -> Function:
        name = token.word.plain if token.word else None
        self._take()
        if not self._is(")"):
            msg = ")"
            raise self._unexpected(msg)
        self._take()
        if name is None or not re.match(r"[^\s\"'$`=]+\Z", name):
            raise ScriptSyntaxError(self._lexer.line(token.start), "Bad function name")
        self._skip_newlines()
        return Function(name, self._command())

    def _redirect(self) -> Redirect | None:
        token = self._peek()
        fd = None
        if token.kind == "number":
            self._take()
            fd = whole(token.text)
            token = self._peek()
        if token.kind != "operator" or token.text not in _REDIRECTIONS:
            return None
        self._take()
        following = self._peek()
        if following.word is None:
            if self._dialect.name == "bash" and following.text == "(":
                msg = "bash's process substitution"
                raise self._not_simulated(msg, " bash 的进程替换")
            raise self._unexpected()
        self._take()
        document = None
        if token.text in {"<<", "<<-"}:
            expand = not _has_quotes(following.word)
            document = self._lexer.here_document(
                following.end,
                _raw(following.word, following.text, expand=expand),
                strip=token.text == "<<-",
                expand=expand,
            )
        return Redirect(token.text, following.word, fd, document)


def _with_both(command: Command) -> Command:
    both = Redirect(">&", Word((Literal("1"),)), 2)
    if isinstance(command, Simple):
        return Simple(command.words, command.assignments, (*command.redirects, both), command.line)
    return Redirected(command, (both,))


def _has_quotes(word: Word) -> bool:
    return any(
        isinstance(part, DoubleQuoted) or (isinstance(part, Literal) and part.quoted)
        for part in word.parts
    )


def _raw(word: Word, source: str, *, expand: bool) -> str:
    """Return the delimiter: its text without quotes; `$x` in it means just that."""
    if expand:
        return source
    texts: list[str] = []
    for part in word.parts:
        inner = part.parts if isinstance(part, DoubleQuoted) else (part,)
        texts.extend(piece.text for piece in inner if isinstance(piece, Literal))
    return "".join(texts)
