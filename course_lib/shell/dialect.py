"""The shells of the base images and where they differ: dash, busybox ash, bash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Dialect:
    """One shell program.

    `tail_exec` tells whether the last command of `sh -c` replaces the shell instead of being
    its child, measured with dash 0.5.12, busybox 1.35 and bash 5.2: "never", "list" (only as
    an item of a list at the top) or "always".
    """

    name: Literal["dash", "busybox", "bash"]
    tail_exec: Literal["never", "list", "always"]
    braces: bool = False  # {a,b}
    double_brackets: bool = False  # [[ a == b ]] as grammar
    source: bool = False
    dollar_quotes: bool = False  # $'a\n'
    here_strings: bool = False  # <<<
    both_streams: bool = False  # &>file
    substrings: bool = False  # ${x:1:2} and ${x/a/b}
    pipefail: bool = False
    appends: bool = False  # x+=y


DASH = Dialect("dash", "never")
ASH = Dialect(
    "busybox", "always", double_brackets=True, source=True, dollar_quotes=True, both_streams=True, substrings=True,
    pipefail=True,
)  # fmt: skip
BASH = Dialect(
    "bash", "list", braces=True, double_brackets=True, source=True, dollar_quotes=True,
    here_strings=True, both_streams=True, substrings=True, pipefail=True, appends=True,
)  # fmt: skip
DIALECTS = {dialect.name: dialect for dialect in (DASH, ASH, BASH)}
