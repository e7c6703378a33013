"""What a shell script says, as frozen values: words made of parts, commands made of words.

The names are those of the POSIX shell grammar. Values compare by what they say; the line
numbers in them do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Literal:
    """Text as it stands; `quoted` text is neither split nor a pattern."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class DoubleQuoted:
    """`"a $b"`."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """`$name`, `${name}`, `${name:-word}`, `${#name}` (operator `length`).

    `operator` is one of `- = ? +` with or without a colon before it, `# ## % %%`, or, where the
    shell has them, `:` (offset and length in `word` and `extra`), `/ // /# /%`, `^ ^^ , ,,`, `!`.
    """

    name: str
    operator: str = ""
    word: Word | None = None
    extra: Word | None = None


@dataclass(frozen=True, slots=True)
class CommandSubstitution:
    """`$(script)` or `` `script` ``."""

    script: Script


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`$((expression))`; parameters inside it are expanded first."""

    expression: Word


Part = Literal | DoubleQuoted | Parameter | CommandSubstitution | Arithmetic


@dataclass(frozen=True, slots=True)
class Word:
    """Parts that stand together without a blank between them."""

    parts: tuple[Part, ...]

    @property
    def plain(self) -> str | None:
        """The text of a word that is one unquoted literal: only such a word can be reserved."""
        if len(self.parts) == 1 and isinstance(part := self.parts[0], Literal):
            return None if part.quoted else part.text
        return None


@dataclass(frozen=True, slots=True)
class Redirect:
    """`2>file`, `>&2`, `<<EOF`; a here-document's body is `document`."""

    operator: str
    target: Word
    fd: int | None = None
    document: Word | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name=value`, or `name+=value` in bash."""

    name: str
    value: Word
    append: bool = False


@dataclass(frozen=True, slots=True)
class Simple:
    """`NAME=value command argument >file`."""

    words: tuple[Word, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Redirected:
    """A compound command with redirections after it."""

    command: Command
    redirects: tuple[Redirect, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`{ script; }`."""

    body: Script


@dataclass(frozen=True, slots=True)
class Subshell:
    """`( script )`."""

    body: Script


@dataclass(frozen=True, slots=True)
class If:
    """`if` and `elif` branches in order, then what `else` has."""

    branches: tuple[tuple[Script, Script], ...]
    otherwise: Script | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """`while condition; do body; done`, or `until`."""

    condition: Script
    body: Script
    until: bool = False


@dataclass(frozen=True, slots=True)
class For:
    """`for name in words; do body; done`; without `in`, `words` is None: the parameters."""

    name: str
    words: tuple[Word, ...] | None
    body: Script
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class CaseItem:
    """`a | b) script ;;`."""

    patterns: tuple[Word, ...]
    body: Script


@dataclass(frozen=True, slots=True)
class Case:
    """`case word in items esac`."""

    word: Word
    items: tuple[CaseItem, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """`name() body`."""

    name: str
    body: Command


@dataclass(frozen=True, slots=True)
class Conditional:
    """bash's `[[ words ]]`; its words are neither split nor expanded to file names."""

    words: tuple[Word, ...]
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """`a | b`, `! a`."""

    commands: tuple[Command, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AndOr:
    """`first && next || next`; each of `rest` is an operator and a pipeline."""

    first: Pipeline
    rest: tuple[tuple[str, Pipeline], ...] = ()
    background: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """Lists, one after another."""

    items: tuple[AndOr, ...] = ()


Compound = Group | Subshell | If | Loop | For | Case | Conditional
Command = Simple | Redirected | Function | Compound
