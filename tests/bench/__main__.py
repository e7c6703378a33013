"""Run every measure and print it: `make bench`, or `python -m tests.bench NAME ...` for some."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench

_FRAME = {"__main__", "figure"}


def main(names: list[str]) -> None:
    """Print one line for each measure as it is taken."""
    for name in names or [module.name for module in pkgutil.iter_modules(tests.bench.__path__)]:
        if name not in _FRAME:
            print(importlib.import_module(f"tests.bench.{name}").measure(), flush=True)  # noqa: T201 - printing is its job


if __name__ == "__main__":
    main(sys.argv[1:])
