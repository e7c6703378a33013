"""What only the instructor has: the answers to literal exercises, and hidden checks.

The keys of lesson NN stand in `lesson_NN.py`: `ANSWERS` maps an answer id to its value, `HIDDEN` an
exercise id to the checks that decide its hidden points.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.exercises.answers import LiteralValue
    from course_lib.exercises.values import Check


def answers() -> dict[str, LiteralValue]:
    """Return the right value of every literal exercise, by answer id."""
    return {name: value for module in _modules() for name, value in module.ANSWERS.items()}


@cache
def hidden(exercise_id: str) -> tuple[Check, ...]:
    """Return the hidden checks of an exercise; most have none."""
    return tuple(check for module in _modules() for check in module.HIDDEN.get(exercise_id, ()))


def _modules():  # type: ignore[no-untyped-def]  # noqa: ANN202 - a module's own names have no static type
    for found in pkgutil.iter_modules(__path__):
        yield importlib.import_module(f"{__name__}.{found.name}")
