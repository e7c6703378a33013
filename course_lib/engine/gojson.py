"""Go values that JSON can't tell apart: docker's templates see them, its JSON does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


class NilList(tuple["Json", ...]):
    """A slice that is nil: `null` in JSON, `[]` in a template."""

    __slots__ = ()


class NilMap(dict[str, "Json"]):
    """A map that is nil: `null` in JSON, `map[]` in a template."""

    __slots__ = ()


class Struct(dict[str, "Json"]):
    """A struct: a template finds the `omitted` fields (`omitempty`), JSON does not show them."""

    def __init__(
        self, fields: Mapping[str, Json], omitted: Mapping[str, Json] = MappingProxyType({})
    ) -> None:
        super().__init__(fields)
        self.omitted = omitted

    def __or__(self, other: Mapping[str, Json]) -> Struct:  # type: ignore[override]  # stays a struct
        omitted = {**self.omitted, **getattr(other, "omitted", {})}
        return Struct({**self, **other}, omitted)


def struct(fields: Mapping[str, Json], optional: Mapping[str, Json]) -> Struct:
    """A struct whose `optional` fields stand in the JSON only when they are not empty."""
    shown = {name: value for name, value in optional.items() if value}
    omitted = {name: value for name, value in optional.items() if not value}
    return Struct({**fields, **shown}, omitted)


def plain(value: Json) -> Json:
    """What JSON makes of a value."""
    if isinstance(value, NilList | NilMap):
        return None
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value
