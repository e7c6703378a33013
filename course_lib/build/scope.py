"""The values of ARG while building: `dockerfile.scopes`, with errors as the build reports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.dockerfile import scopes
from course_lib.dockerfile.words import ExpansionError, expand_word
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.dockerfile.instructions import Pair

_PROXY_NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY")
PROXIES = frozenset(_PROXY_NAMES) | {name.lower() for name in _PROXY_NAMES}


def stage_arg(
    pair: Pair,
    environment: Mapping[str, str],
    outer: Mapping[str, str],
    build_args: Mapping[str, str],
    escape: str,
) -> Pair:
    """What `ARG name=default` means in a stage; the value is None when nobody gives one.

    Raises:
        InstructionError: a default that can't be expanded.

    """
    return scopes.stage_arg(
        pair, outer, build_args, lambda word: expanded(word, environment, escape)
    )


def proxies(build_args: Mapping[str, str]) -> dict[str, str]:
    """The proxy settings that RUN gets without an ARG: in both cases of letters."""
    given = {name.upper(): value for name, value in build_args.items() if name in PROXIES}
    return given | {name.lower(): value for name, value in given.items()}


def expanded(word: str, environment: Mapping[str, str], escape: str) -> str:
    """`expand_word`, with its error as one of the build."""
    try:
        return expand_word(word, environment, escape)
    except ExpansionError as error:
        raise InstructionError(
            message=str(error),
            help=Text(
                "The value after $ can't be worked out: check the braces, the quotes and the "
                "modifier (:- :+ :? # % / are allowed).",
                "$ 后面的部分无法展开：请检查花括号、引号和修饰符（可以用 :- :+ :? # % /）。",
            ),
        ) from error
