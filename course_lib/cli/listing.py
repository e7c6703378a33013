"""Lists: a table in docker's columns, or each line by a `--format` template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.cli.goeval import render, to_json
from course_lib.cli.gotemplate import Field, Pipeline, TemplateError, parse_template
from course_lib.cli.table import columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.cli.session import Session


@dataclass(frozen=True, slots=True)
class Column:
    """`REPOSITORY`, and the template field it shows: `Repository`."""

    header: str
    field: str


def print_list(  # noqa: PLR0913 - what docker's formatter knows of a list
    session: Session,
    rows: Sequence[Mapping[str, str]],
    shown: Sequence[Column],
    template: str = "",
    others: Sequence[Column] = (),
    *,
    go_type: str = "",
) -> None:
    """Print rows of fields. `others` are the columns that only a template can ask for.

    `template` is '' for the table, `json`, `table TEMPLATE`, or a template for each row.

    Raises:
        TemplateError: a template that can't be read, or a field that there is not.

    """
    if not template or template == "table":
        header = [column.header for column in shown]
        body = [[row[column.field] for column in shown] for row in rows]
        session.out(columns([header, *body]))
    elif template == "json":
        for row in rows:
            session.line(to_json(row))
    elif template.startswith("table "):
        _print_table(session, rows, [*shown, *others], template.removeprefix("table "))
    else:
        text = template.replace("\\t", "\t").replace("\\n", "\n")
        parse_template(text)
        for row in rows:
            session.line(_rendered(text, row, go_type))


def _rendered(text: str, row: Mapping[str, str], go_type: str) -> str:
    try:
        return render(text, row)
    except TemplateError as error:
        said, missing, name = str(error).partition("map has no entry for key ")
        if not missing:
            raise
        msg = f"{said}can't evaluate field {name.strip(chr(34))} in type {go_type}"
        raise TemplateError(msg) from error


def _print_table(
    session: Session, rows: Sequence[Mapping[str, str]], known: Sequence[Column], template: str
) -> None:
    text = template.strip().replace("\\t", "\t")
    headers = {column.field: column.header for column in known}
    for node in parse_template(text):
        if isinstance(node, Pipeline) and isinstance(node.commands[0][0], Field):
            name = node.commands[0][0].path[:1]
            if name and name[0] not in headers:
                msg = (
                    f'template: :1:2: executing "" at <.{name[0]}>: can\'t evaluate field {name[0]}'
                )
                raise TemplateError(msg)
    cells = [render(text, row).split("\t") for row in (headers, *rows)]
    session.out(columns(cells))
