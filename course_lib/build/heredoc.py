"""The text of a heredoc, as the shell and COPY get it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Heredoc


def body(document: Heredoc) -> str:
    """The lines between the marks; `<<-` takes the tabs at their beginnings away."""
    return re.sub(r"(?m)^\t+", "", document.content) if document.chomp else document.content
