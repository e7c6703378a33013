"""What a distribution offers: packages by name, each read when it is asked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.packages.package import read_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from course_lib.packages.package import Package

_DATA = Path(__file__).with_name("data")
_START = re.compile(r"^= (\S+)", re.MULTILINE)
_FILES = {
    "debian": ("debian_base.txt", "debian_more.txt"),
    "alpine": ("alpine_more.txt",),
    "alpine 3.6": ("alpine_more.txt", "alpine36_more.txt"),
    "centos": ("centos7_base.txt", "centos_more.txt"),
    "npm": ("npm.txt",),
    "pypi": ("pypi.txt",),
}


class Catalogue:
    """Packages by name."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: dict[str, str] = {}
        self._known: dict[str, Package] = {}
        for text in texts:
            starts = [(match.group(1), match.start()) for match in _START.finditer(text)]
            ends = [start for _, start in starts[1:]] + [len(text)]
            for (name, start), end in zip(starts, ends, strict=True):
                self._texts[name] = text[start:end]

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def get(self, name: str) -> Package | None:
        """The package of that name, or None."""
        if name not in self._known:
            if name not in self._texts:
                return None
            self._known[name] = read_package(self._texts[name])
        return self._known[name]


def closure(
    wanted: Sequence[str], catalogue: Catalogue, installed: Iterable[str], *, recommended: bool
) -> list[Package]:
    """The packages to install for `wanted`, what a package needs before the package.

    `recommended` also takes what they recommend. What is installed, and a dependency that the
    catalogue does not have, is left out: a distribution has more than a catalogue.
    """
    done = set(installed)
    order: list[Package] = []
    waiting: list[tuple[str, bool]] = [(name, False) for name in reversed(wanted)]
    while waiting:
        name, ready = waiting.pop()
        package = catalogue.get(name)
        if package is None:
            continue
        if ready:
            order.append(package)
        elif name not in done:
            done.add(name)
            waiting.append((name, True))
            also = (*package.depends, *(package.recommends if recommended else ()))
            waiting.extend((other, False) for other in reversed(also))
    return order


@cache
def catalogue(distribution: str) -> Catalogue:
    """The catalogue of `debian`, `alpine`, `alpine 3.6`, `centos`, `npm` or `pypi`."""
    return Catalogue((_DATA / name).read_text("utf-8") for name in _FILES[distribution])
