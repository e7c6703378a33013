"""An instruction on one line, as BuildKit shows it in its progress."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.dockerfile.instructions import Add, Copy, Run, Workdir
from course_lib.dockerfile.words import ExpansionError, Style, analyse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.dockerfile.instructions import Instruction


def shown(instruction: Instruction, environment: Mapping[str, str], escape: str) -> str:
    """`RUN make && make install`: continued lines joined, comments out, the word in capitals.

    What makes a layer is shown with its variables filled in; RUN keeps those that the build does
    not know. A lone heredoc shows the beginning of its body: `RUN <<EOF (set -e...)`.
    """
    text = written(instruction, escape)
    if not isinstance(instruction, Run | Copy | Add | Workdir):
        return text
    run = isinstance(instruction, Run)
    try:
        return analyse(text, environment, Style(escape, keep_quotes=run, keep_unset=run)).text
    except ExpansionError:
        return text  # as BuildKit does: what can't be filled in is shown as written


def written(instruction: Instruction, escape: str) -> str:
    """The same with the variables as they stand in the file."""
    joined = _joined(instruction.source.splitlines(), escape)
    word, _, rest = joined.partition(" ")
    text = f"{word.upper()} {rest.strip()}".rstrip()
    if isinstance(instruction, Run) and len(instruction.heredocs) == 1:
        lines = instruction.heredocs[0].content.strip().splitlines() or [""]
        return f"{text} ({lines[0]}{'...' if len(lines) > 1 else ''})"
    return text


def _joined(lines: list[str], escape: str) -> str:
    goes_on = re.compile(re.escape(escape) + r"[ \t]*$")
    text = ""
    for line in lines:
        if text and (line.lstrip().startswith("#") or not line.strip()):
            continue
        continued = goes_on.search(line)
        text += line[: continued.start()] if continued else line
        if not continued:
            break
    return text.strip()
