"""inspect, image inspect, container inspect."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.cli.goeval import render, to_json
from course_lib.cli.gotemplate import TemplateError
from course_lib.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.engine.inspection import Json

_BAD_TEMPLATE = 64
_KINDS = ("container", "image", "volume")
_DOCKERS_KINDS = (
    "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume",
)  # fmt: skip


def print_objects(session: Session, names: Sequence[str], kind: str, template: str) -> None:
    """The objects as one JSON array, or each by a template; names that fail come last."""
    found: list[Mapping[str, Json]] = []
    errors: list[EngineError] = []
    for name in names:
        try:
            found.append(session.engine.inspect(name, kind))
        except EngineError as error:
            errors.append(error)
    if template == "json":
        for value in found:
            session.line(to_json(value))
    elif template:
        _print_by_template(session, found, template)
        if not found:
            session.line("")
    else:
        session.line(to_json(found, indent="    "))
    for failure in errors:
        session.complain(failure.shown, failure.help)
        session.exit_code = 1


def _print_by_template(
    session: Session, found: Sequence[Mapping[str, Json]], template: str
) -> None:
    text = template.replace("\\t", "\t").replace("\\n", "\n")
    for value in found:
        try:
            session.line(render(text, value))
        except TemplateError as error:
            session.line("")
            session.complain(f"template parsing error: {error}")
            session.exit_code = 1 if "executing" in str(error) else _BAD_TEMPLATE
            return


def _inspect(session: Session, parsed: Parsed, kind: str = "") -> None:
    kind = kind or parsed.text("type")
    if kind and kind not in _KINDS:
        kinds = '", "'.join(_DOCKERS_KINDS)
        msg = f'unknown type: "{kind}": must be one of "{kinds}"'
        raise UsageError(msg, 1)
    print_objects(session, parsed.args, kind, parsed.text("format"))


_FORMAT = Flag("format", "string", "Format output using a custom template", "f")
_SIZE = Flag("size", "bool", short="s", simulated=False)

COMMANDS = (
    Command(
        "inspect",
        "docker inspect [OPTIONS] NAME|ID [NAME|ID...]",
        "Return low-level information on Docker objects",
        _inspect,
        (_FORMAT, _SIZE, Flag("type", "string", "Only inspect objects of the given type")),
        least=1,
    ),
    *(
        Command(
            f"{kind} inspect",
            f"docker {kind} inspect [OPTIONS] {kind.upper()} [{kind.upper()}...]",
            f"Display detailed information on one or more {kind}s",
            partial(_inspect, kind=kind),
            (_FORMAT, _SIZE),
            least=1,
        )
        for kind in ("image", "container")
    ),
)
