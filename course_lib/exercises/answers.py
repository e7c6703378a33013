"""The answer in a cell, as data: the one place where a cell's source becomes an answer's text.

The kernel's `check` and the grader both read answers here, so they see the same. Nothing of
the cell is executed.
"""

from __future__ import annotations

import ast
import re

from course_lib.exercises import headers
from course_lib.text import Text

STUB = "# YOUR ANSWER HERE"
"""What stands in a cleared answer cell: a comment in every kind of answer."""

MARKS = frozenset({"### BEGIN SOLUTION", "### END SOLUTION", STUB})

MAX_CHARACTERS = 100_000
"""No answer is longer; a cell that is gets an error instead of being read."""

MAX_LITERAL = 8_000
MAX_DEPTH = 6

LiteralValue = str | int | float | bool | None | list["LiteralValue"] | dict[str, "LiteralValue"]
"""What a literal answer may hold; a tuple counts as a list."""

_ASSIGNED = re.compile(r"^([A-Za-z_][A-Za-z0-9_]*)\s*=(?!=)", re.MULTILINE)


class AnswerError(ValueError):
    """The cell holds no answer of the kind that is asked for; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def identify(source: str) -> str | None:
    """Return the grade id that a cell names, or None when it names none.

    `%%dockerfile web-image` names `web-image`, `%%docker --answer ID` and
    `%%contextfile PATH --answer ID` name ID, and `which_layer = ...` names `which-layer`.
    """
    magic, line, _ = headers.split(source)
    if not magic:
        names = [name for name in _ASSIGNED.findall(source) if not name.startswith("_")]
        return names[0].replace("_", "-") if names else None
    try:
        header = headers.read(magic, line)
    except headers.HeaderError:
        return None
    return (header.answer or None) if header else None


def text_of(source: str) -> str:
    """Return the answer's text: the cell without its magic line, solution marks and stub.

    A line with a mark goes away altogether, so that a parser directive below it is on the
    first line of the Dockerfile.

    Raises:
        AnswerError: when the cell is longer than `MAX_CHARACTERS`.

    """
    if len(source) > MAX_CHARACTERS:
        raise AnswerError(
            Text(
                f"the cell has {len(source):,} characters; an answer has at most {MAX_CHARACTERS:,}",
                f"单元格有 {len(source):,} 个字符，答案最多 {MAX_CHARACTERS:,} 个",
            )
        )
    _, _, body = headers.split(source)
    kept = [line for line in body.split("\n") if line.strip() not in MARKS]
    text = "\n".join(kept)
    return text if text.endswith("\n") or not text else text + "\n"


def is_blank(source: str) -> bool:
    """Whether the cell holds no answer yet: only marks, comments and blanks, or `name = ...`."""
    if len(source) > MAX_CHARACTERS:
        return False
    lines = [line.strip() for line in text_of(source).splitlines()]
    left = [line for line in lines if line and not line.startswith("#")]
    match left:
        case []:
            return True
        case [only] if not headers.split(source)[0]:
            return bool(_ASSIGNED.match(only)) and only.partition("=")[2].strip() in {"", "..."}
        case _:
            return False


def literal_of(source: str) -> LiteralValue:
    """Return the value of a cell that holds exactly one assignment of a literal.

    Raises:
        AnswerError: when it is something else, too long, nested too deeply, or not written yet.

    """
    text = text_of(source)
    if len(text) > MAX_LITERAL:
        raise AnswerError(
            Text(
                f"the answer is longer than {MAX_LITERAL:,} characters",
                f"答案超过 {MAX_LITERAL:,} 个字符",
            )
        )
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError) as wrong:
        line = getattr(wrong, "lineno", None)
        raise AnswerError(_not_python(line)) from wrong
    except (RecursionError, MemoryError) as wrong:
        raise AnswerError(_TOO_DEEP) from wrong
    match body:
        case [ast.Assign(targets=[ast.Name()], value=value)]:
            pass
        case _:
            raise AnswerError(_ONE_ASSIGNMENT)
    if isinstance(value, ast.Constant) and value.value is ...:
        raise AnswerError(
            Text("the answer is still ...: put your value there", "答案还是 ...：请换成你的值")
        )
    try:
        found = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError) as wrong:
        raise AnswerError(
            Text(
                "the value must be written out: a text in quotes, a number, a list or a table; "
                "no calculation and no name",
                "值要直接写出来：带引号的文本、数字、列表或表；不能是算式或变量名",
            )
        ) from wrong
    except (RecursionError, MemoryError) as wrong:
        raise AnswerError(_TOO_DEEP) from wrong
    return _plain(found, MAX_DEPTH)


_TOO_DEEP = Text("the answer is nested too deeply", "答案嵌套得太深")
_ONE_ASSIGNMENT = Text(
    "the cell must hold exactly one assignment: name = value",
    "单元格里要恰好有一个赋值：名字 = 值",
)


def _not_python(line: int | None) -> Text:
    at = Text(f" (line {line})", f"（第 {line} 行）") if line else Text("", "")
    return (
        Text("the answer can't be read", "答案无法读取")
        + at
        + Text(
            ": write texts in quotes, and close each quote and bracket",
            "：文本要加引号，引号和括号要成对",
        )
    )


def _plain(value: object, depth: int) -> LiteralValue:
    if depth == 0:
        raise AnswerError(_TOO_DEEP)
    match value:
        case str() | int() | float() | None:
            return value
        case _ if value is ...:
            return "..."
        case list() | tuple():
            return [_plain(item, depth - 1) for item in value]
        case dict():
            return {str(key): _plain(item, depth - 1) for key, item in value.items()}
        case _:
            kind = type(value).__name__
            raise AnswerError(
                Text(
                    f"a {kind} is no answer here: use a text, a number, a list or a table",
                    f"这里不能用 {kind}：请用文本、数字、列表或表",
                )
            )
