"""The flags between an instruction and its arguments: `COPY --from=build --link a b`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.suggestions import with_suggestion
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Kind(Enum):
    """What a flag takes: one text, one text each time it is given, or true and false."""

    TEXT = auto()
    LIST = auto()
    TRUTH = auto()


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags that were given, each with its values in order."""

    given: Mapping[str, tuple[str, ...]]

    def text(self, name: str, default: str = "") -> str:
        """The value of a flag that is given once."""
        return self.given[name][0] if name in self.given else default

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a flag that may come several times."""
        return self.given.get(name, ())

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Whether a flag is set: `--link` and `--link=true` are, `--link=false` is not."""
        return self.given[name][0] == "true" if name in self.given else default


def read_flags(words: Sequence[str], kinds: Mapping[str, Kind]) -> Flags:
    """Read `--name=value` words, up to `--`.

    Raises:
        DockerfileError: a flag that is unknown, comes twice, has no value or the wrong one.

    """
    given: dict[str, list[str]] = {}
    for word in words:
        if word == "--":
            break
        name, equals, value = word.removeprefix("--").partition("=")
        kind = kinds.get(name)
        if kind is None:
            raise _unknown(name, kinds)
        if name in given and kind is not Kind.LIST:
            raise DockerfileError(
                message=f"duplicate flag specified: --{name}",
                help=Text(f"Keep one --{name}.", f"--{name} 只能写一次。"),
            )
        if kind is Kind.TRUTH:
            value = _truth(name, equals, value)
        elif not equals:
            raise _missing(name)
        given.setdefault(name, []).append(value)
    return Flags({name: tuple(values) for name, values in given.items()})


def _truth(name: str, equals: str, value: str) -> str:
    if equals and not value:
        raise _missing(name)
    lower = value.lower() or "true"
    if lower not in ("true", "false"):
        raise DockerfileError(
            message=f"expecting boolean value for flag --{name}, not: {value}",
            help=Text(f"Write --{name} or leave it out.", f"请写 --{name}，或者不写。"),
        )
    return lower


def _missing(name: str) -> DockerfileError:
    return DockerfileError(
        f"missing a value on flag: --{name}",
        help=Text(
            f"Write --{name}=value, with = and without blanks.",
            f"请写成 --{name}=值，用 = 连接，中间没有空格。",
        ),
    )


def _unknown(name: str, kinds: Mapping[str, Kind]) -> DockerfileError:
    if not kinds:
        way_out = Text(
            f"This instruction takes no flags: take --{name} out, or write it behind the command that "
            "it belongs to.",
            f"这条指令没有选项：请去掉 --{name}；如果它属于某个命令，就写在那个命令后面。",
        )
    else:
        known = [f"--{known}" for known in kinds]
        way_out = Text(
            f"Flags of this instruction: {', '.join(known)}.",
            f"这条指令的选项有：{'、'.join(known)}。",
        )
    return DockerfileError(with_suggestion(f"unknown flag: --{name}", name, kinds), help=way_out)
