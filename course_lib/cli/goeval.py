"""What a `--format` template prints: the tree of `gotemplate.py` over one value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from course_lib.cli.gotemplate import (
    Block,
    Constant,
    Field,
    Function,
    Literal,
    Node,
    Pipeline,
    TemplateError,
    Term,
    Value,
    Variable,
    parse_template,
)
from course_lib.engine.gojson import Struct, plain

_VERB = re.compile(r"%([-+ 0#]*)(\d*)(?:\.(\d+))?([sdvqft%])", re.ASCII)
_DIGITS, _WIDEST = 9, 10_000  # of a width; Go's own limit is a million
_ESCAPED = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def render(source: str, value: Value) -> str:
    """Fill a template with a value.

    Raises:
        TemplateError: a template that can't be read, or a field that the value does not have.

    """
    return _Run(value).nodes(parse_template(source), value)


def show(value: Value) -> str:
    """A value as Go's `fmt.Print` writes it: `[a b]`, `map[k:v]`, `true`."""
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "map[" + " ".join(f"{key}:{show(value[key])}" for key in sorted(value)) + "]"
    if isinstance(value, Sequence):
        return "[" + " ".join(show(item) for item in value) + "]"
    return str(value)


def to_json(value: Value, *, indent: str | None = None) -> str:
    """JSON as Go writes it: compact, or with four blanks; `<`, `>` and `&` stay safe for HTML."""
    value = plain(value)
    if indent is not None:
        return json.dumps(value, indent=indent, ensure_ascii=False)
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    for char, escaped in _ESCAPED:
        text = text.replace(char, escaped)
    return text


class _Run:
    def __init__(self, value: Value) -> None:
        self._variables: dict[str, Value] = {"$": value}

    def nodes(self, nodes: tuple[Node, ...], dot: Value) -> str:
        return "".join(self._node(node, dot) for node in nodes)

    def _node(self, node: Node, dot: Value) -> str:
        match node:
            case Literal(text):
                return text
            case Pipeline():
                value = self._pipeline(node, dot)
                return "" if node.names else "<no value>" if value is None else show(value)
            case Block(word="range"):
                return self._range(node, dot)
            case Block(word="with"):
                value = self._pipeline(node.pipeline, dot)
                return self.nodes(node.body, value) if value else self.nodes(node.otherwise, dot)
            case Block():
                chosen = node.body if self._pipeline(node.pipeline, dot) else node.otherwise
                return self.nodes(chosen, dot)

    def _range(self, block: Block, dot: Value) -> str:
        printed: list[str] = []
        for key, item in _items(self._pipeline(block.pipeline, dot)):
            names = block.pipeline.names
            self._variables.update(
                zip(names, (key, item) if len(names) > 1 else (item,), strict=False)
            )
            printed.append(self.nodes(block.body, item))
        return "".join(printed) if printed else self.nodes(block.otherwise, dot)

    def _pipeline(self, pipeline: Pipeline, dot: Value) -> Value:
        value: Value = None
        for number, command in enumerate(pipeline.commands):
            piped = (value,) if number else ()
            value = self._command(command, dot, piped)
        if len(pipeline.names) == 1:
            self._variables[pipeline.names[0]] = value
        return value

    def _command(self, command: tuple[Term, ...], dot: Value, piped: tuple[Value, ...]) -> Value:
        head = command[0]
        if not isinstance(head, Function):
            if len(command) > 1 or piped:
                msg = f"template: :1: can't give argument to non-function {_source(head)}"
                raise TemplateError(msg)
            return self._term(head, dot)
        function = _FUNCTIONS.get(head.name)
        if function is None:
            msg = f'template: :1: function "{head.name}" not defined'
            raise TemplateError(msg)
        arguments = (*(self._term(term, dot) for term in command[1:]), *piped)
        try:
            return function(*arguments)
        except (TypeError, ValueError, LookupError) as error:
            msg = f'template: :1: executing "" at <{head.name}>: error calling {head.name}: {error}'
            raise TemplateError(msg) from error

    def _term(self, term: Term, dot: Value) -> Value:
        match term:
            case Constant(value):
                return value
            case Variable(name):
                if name not in self._variables:
                    msg = f'template: :1: undefined variable "{name}"'
                    raise TemplateError(msg)
                return self._variables[name]
            case Pipeline():
                return self._pipeline(term, dot)
            case Function():
                return self._command((term,), dot, ())
            case Field(path, of, source):
                value = dot if of is None else self._term(of, dot)
                for name in path:
                    value = _field(value, name, source)
                return value


def _field(value: Value, name: str, source: str) -> Value:
    if isinstance(value, Mapping):
        if name in value:
            return value[name]
        if isinstance(value, Struct) and name in value.omitted:
            return value.omitted[name]
        msg = f'template: :1:2: executing "" at <{source}>: map has no entry for key "{name}"'
        raise TemplateError(msg)
    if value is None:
        msg = f'template: :1:2: executing "" at <{source}>: nil pointer evaluating interface {{}}.{name}'
        raise TemplateError(msg)
    msg = f'template: :1:2: executing "" at <{source}>: can\'t evaluate field {name} in type {_go_type(value)}'
    raise TemplateError(msg)


def _go_type(value: Value) -> str:
    names = {bool: "bool", int: "float64", float: "float64", str: "string"}
    return names.get(type(value), "[]interface {}")


def _source(term: Term) -> str:
    return term.source if isinstance(term, Field) else str(getattr(term, "name", term))


def _items(value: Value) -> Iterator[tuple[Value, Value]]:
    if isinstance(value, Mapping):
        yield from ((key, value[key]) for key in sorted(value))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from enumerate(value)
    elif value is not None:
        msg = f"template: :1: range can't iterate over {show(value)}"
        raise TemplateError(msg)


def _index(value: Value, *keys: Value) -> Value:
    for key in keys:
        if isinstance(value, Mapping):
            value = value.get(str(key), "")
        elif isinstance(value, Sequence) and isinstance(key, int):
            value = value[key]
        else:
            msg = f"can't index item of type {_go_type(value)}"
            raise TypeError(msg)
    return value


def _printf(pattern: Value, *arguments: Value) -> str:
    left = iter(arguments)

    def one(match: re.Match[str]) -> str:
        flags, width, _, verb = match.groups()
        if verb == "%":
            return "%"
        value = next(left, None)
        text = to_json(str(value)) if verb == "q" else show(value)
        room = min(int(width[:_DIGITS]), _WIDEST) if width else 0
        return text.ljust(room) if "-" in flags else text.rjust(room)

    return _VERB.sub(one, str(pattern))


def _truncate(text: Value, width: Value) -> str:
    return str(text)[: int(str(width))]


def _print(*values: Value) -> str:
    text = ""
    for number, value in enumerate(values):
        between = number and not isinstance(value, str) and not isinstance(values[number - 1], str)
        text += (" " if between else "") + show(value)
    return text


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "json": to_json,
    "join": lambda items, separator: separator.join(show(item) for item in items),
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "split": str.split,
    "truncate": _truncate,
    "pad": lambda text, before, after: " " * before + text + " " * after,
    "len": len,
    "index": _index,
    "print": _print,
    "println": lambda *values: " ".join(show(value) for value in values) + "\n",
    "printf": _printf,
    "eq": lambda first, *others: any(first == other for other in others),
    "ne": lambda first, second: first != second,
    "lt": lambda first, second: first < second,
    "gt": lambda first, second: first > second,
    "not": lambda value: not value,
    "and": lambda *values: next((value for value in values if not value), values[-1]),
    "or": lambda *values: next((value for value in values if value), values[-1]),
}
