"""What a shell remembers: variables, which of them are exported, functions, options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.shell.grammar import Command

LETTERS = {
    "a": "allexport", "C": "noclobber", "e": "errexit", "f": "noglob", "n": "noexec",
    "u": "nounset", "v": "verbose", "x": "xtrace",
}  # fmt: skip
WITHOUT_EFFECT = {
    "b": "notify",
    "m": "monitor",
    "h": "hashall",
    "B": "braceexpand",
    "E": "errtrace",
    "T": "functrace",
}
WITHOUT_EFFECT_NAMES = frozenset(
    {*WITHOUT_EFFECT.values(), "posix", "vi", "emacs", "ignoreeof", "nolog"},
)


@dataclass(slots=True)
class Options:
    """What `set` switches."""

    allexport: bool = False
    noclobber: bool = False
    errexit: bool = False
    noglob: bool = False
    noexec: bool = False
    nounset: bool = False
    verbose: bool = False
    xtrace: bool = False
    pipefail: bool = False

    @property
    def letters(self) -> str:
        """`$-`."""
        return "".join(letter for letter, name in LETTERS.items() if getattr(self, name))


class ReadOnlyError(Exception):
    """An assignment to a readonly variable."""


@dataclass(slots=True)
class State:
    """Variables and functions; `copy` is what a subshell starts with."""

    variables: dict[str, str] = field(default_factory=dict)
    exported: set[str] = field(default_factory=set)
    readonly: set[str] = field(default_factory=set)
    functions: dict[str, Command] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    frames: list[dict[str, tuple[str | None, bool]]] = field(default_factory=list)

    def copy(self) -> State:
        """Copy everything a fork copies."""
        options = Options(*(getattr(self.options, name) for name in Options.__slots__))
        return State(
            dict(self.variables),
            set(self.exported),
            set(self.readonly),
            dict(self.functions),
            options,
            [dict(frame) for frame in self.frames],
        )

    def value(self, name: str) -> str:
        """The value of a variable, "" when it is unset."""
        return self.variables.get(name, "")

    def assign(self, name: str, value: str) -> None:
        """Set a variable.

        Raises:
            ReadOnlyError: when it is readonly.

        """
        if name in self.readonly:
            raise ReadOnlyError(name)
        self.variables[name] = value
        if self.options.allexport:
            self.exported.add(name)

    def unset(self, name: str) -> None:
        """Forget a variable.

        Raises:
            ReadOnlyError: when it is readonly.

        """
        if name in self.readonly:
            raise ReadOnlyError(name)
        self.variables.pop(name, None)
        self.exported.discard(name)

    def make_local(self, name: str) -> None:
        """Let the running function have the variable for itself."""
        frame = self.frames[-1]
        if name not in frame:
            frame[name] = (self.variables.get(name), name in self.exported)

    def remember(self, names: Mapping[str, str]) -> dict[str, tuple[str | None, bool]]:
        """What some variables are, for `restore`."""
        return {name: (self.variables.get(name), name in self.exported) for name in names}

    def restore(self, before: Mapping[str, tuple[str | None, bool]]) -> None:
        """Set variables back to what they were."""
        for name, (value, exported) in before.items():
            if value is None:
                self.variables.pop(name, None)
            else:
                self.variables[name] = value
            (self.exported.add if exported else self.exported.discard)(name)

    def environment(self) -> dict[str, str]:
        """The variables that a child gets."""
        variables = self.variables
        return {name: variables[name] for name in variables if name in self.exported}
