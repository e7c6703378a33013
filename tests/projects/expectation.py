"""expected.toml of a project, as values; README.md shows one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ANY = (0, float("inf"))
_KEYS = frozenset(
    (
        "about",
        "megabytes",
        "build",
        "fails",
        "paths",
        "contents",
        "output",
        "config",
        "layers",
        "runs",
    )
)


@dataclass(frozen=True, slots=True)
class Failure:
    line: int
    message: str
    output: tuple[str, ...]
    not_simulated: str  # the reason, '' where the real build fails, too


@dataclass(frozen=True, slots=True)
class ExpectedLayer:
    step: str
    megabytes: tuple[float, float]
    holds: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedRun:
    args: tuple[str, ...]
    env: tuple[str, ...]
    user: str
    entrypoint: str | None
    prints: str
    exit_code: int | None  # None: it goes on


@dataclass(frozen=True, slots=True)
class Expectation:
    about: str
    target: str
    args: Mapping[str, str]
    first: Mapping[str, str]
    fails: Failure | None
    megabytes: tuple[float, float]
    paths: Mapping[str, str]
    contents: Mapping[str, str]
    output: Mapping[str, str]
    config: Mapping[str, Any]
    layers: tuple[ExpectedLayer, ...]
    runs: tuple[ExpectedRun, ...]

    @classmethod
    def read(cls, folder: Path) -> Expectation:
        """Read the file of a project.

        Raises:
            ValueError: for a word that the file does not know.

        """
        said = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
        if unknown := sorted(set(said) - _KEYS):
            msg = f"{folder.name}/expected.toml: {unknown}"
            raise ValueError(msg)
        how = said.get("build", {})
        return cls(
            about=said["about"],
            target=how.get("target", ""),
            args=how.get("args", {}),
            first=how.get("first", {}),
            fails=_failure(said["fails"]) if "fails" in said else None,
            megabytes=_range(said),
            paths=said.get("paths", {}),
            contents=said.get("contents", {}),
            output=said.get("output", {}),
            config=said.get("config", {}),
            layers=tuple(_layer(layer) for layer in said.get("layers", ())),
            runs=tuple(_run(run) for run in said.get("runs", ())),
        )


def _failure(said: Mapping[str, Any]) -> Failure:
    output = tuple(said.get("output", ()))
    return Failure(said["line"], said["message"], output, said.get("not_simulated", ""))


def _layer(said: Mapping[str, Any]) -> ExpectedLayer:
    holds, lacks = tuple(said.get("holds", ())), tuple(said.get("lacks", ()))
    return ExpectedLayer(said["step"], _range(said), holds, lacks)


def _run(said: Mapping[str, Any]) -> ExpectedRun:
    return ExpectedRun(
        args=tuple(said.get("args", ())),
        env=tuple(said.get("env", ())),
        user=said.get("user", ""),
        entrypoint=said.get("entrypoint"),
        prints=said["prints"],
        exit_code=said.get("exit_code", 0),
    )


def _range(said: Mapping[str, Any]) -> tuple[float, float]:
    low, high = said.get("megabytes", _ANY)
    return low, high
