"""Which ARG has which value where.

An ARG before the first FROM is seen by FROM lines only; a stage takes its value with `ARG name`.
`--build-arg` beats the stage's default, which beats the global value (BuildKit's `buildMetaArgs`
and `dispatchArg`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.instructions import Pair
from course_lib.dockerfile.words import ExpansionError, expand_word
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.dockerfile.instructions import Arg

PLATFORM = "linux/amd64"


def platform_args(target: str) -> dict[str, str]:
    """The automatic global arguments; `target` is the name of the stage that is built."""
    system, architecture = PLATFORM.split("/")
    values = {"TARGETSTAGE": target or "default"}
    for side in ("BUILD", "TARGET"):
        values |= {
            f"{side}PLATFORM": PLATFORM,
            f"{side}OS": system,
            f"{side}OSVERSION": "",
            f"{side}ARCH": architecture,
            f"{side}VARIANT": "",
        }
    return values


def global_args(
    args: Sequence[Arg], build_args: Mapping[str, str], *, target: str, escape: str
) -> dict[str, str]:
    """The values that FROM lines see.

    Raises:
        DockerfileError: a default that can't be expanded.

    """
    values = {name: build_args.get(name, value) for name, value in platform_args(target).items()}
    for arg in args:
        for pair in arg.pairs:
            if pair.name in build_args:
                values[pair.name] = build_args[pair.name]
            elif pair.value is not None:
                values[pair.name] = _default(pair.value, values, escape, arg)
    return values


def stage_arg(
    pair: Pair,
    outer: Mapping[str, str],
    build_args: Mapping[str, str],
    expand: Callable[[str], str],
) -> Pair:
    """What `ARG name=default` means in a stage; the value is None when nobody gives one."""
    if pair.name in build_args:
        return Pair(pair.name, build_args[pair.name])
    if pair.value is not None:
        return Pair(pair.name, expand(pair.value))
    return Pair(pair.name, outer.get(pair.name))


def _default(value: str, values: Mapping[str, str], escape: str, arg: Arg) -> str:
    try:
        return expand_word(value, values, escape)
    except ExpansionError as error:
        raise DockerfileError(
            str(error),
            arg.span,
            Text(
                "The value after $ can't be worked out: check the braces, the quotes and the "
                "modifier (:- :+ :? # % / are allowed).",
                "$ 后面的部分无法展开：请检查花括号、引号和修饰符（可以用 :- :+ :? # % /）。",
            ),
        ) from error
