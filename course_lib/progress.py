"""What `check` said last of each exercise: `progress.json` in COURSE_HOME, for the learner's eyes alone.

No check and no grade reads it. The file is replaced whole; one that can't be read is never overwritten.

    {"version": 1, "exercises": {"layers-two": {"points": 1.5, "passed": true}}}
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.exercises.report import Report

_FILE = "progress.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """The last check of one exercise: the points, and whether all of its open checks passed."""

    points: float
    passed: bool


class ProgressError(Exception):
    """The file can't be read or written; `reason` names it and says what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def file_path() -> Path:
    """`progress.json` in COURSE_HOME, or in `.course` in the home folder."""
    given = os.environ.get("COURSE_HOME")
    return (Path(given) if given else Path.home() / ".course") / _FILE


def read() -> dict[str, Standing]:
    """What was kept, by the ids of the exercises; nothing where there is no file.

    Raises:
        ProgressError: the file is damaged, of another version, or not ours to read.

    """
    path = file_path()
    try:
        kept = json.loads(path.read_bytes())
        _check_version(kept["version"])
        return standings(kept["exercises"])
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unusable(path, error) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProgressError(
            Text(
                f"{path} is damaged, so your progress can't be shown. Your answers and points are not "
                "touched by that. Remove the file and run your checks again.",
                f"{path} 已损坏，无法显示进度。你的答案和分数不受影响。删掉这个文件，再运行一遍 check 即可。",
            )
        ) from error


def record(report: Report) -> None:
    """Keep how an exercise stands.

    Raises:
        ProgressError: as for `read`, or the file can't be written.

    """
    standing = Standing(report.points, all(verdict.passed for verdict in report.verdicts))
    if report.problems:
        standing = Standing(report.points, passed=False)
    _keep(read() | {report.exercise_id: standing})


def merge(others: Mapping[str, Standing]) -> None:
    """Take over how exercises stand elsewhere, where they stand better there.

    Raises:
        ProgressError: as for `record`.

    """
    kept = read()
    better = {
        name: one
        for name, one in others.items()
        if name not in kept or (one.passed, one.points) > (kept[name].passed, kept[name].points)
    }
    if better:
        _keep(kept | better)


def _keep(kept: Mapping[str, Standing]) -> None:
    path = file_path()
    document = {
        "version": _VERSION,
        "exercises": {
            name: {"points": one.points, "passed": one.passed} for name, one in sorted(kept.items())
        },
    }
    fresh = path.with_name(f"{_FILE}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise _unusable(path, error) from error


def standings(kept: Mapping[str, Mapping[str, object]]) -> dict[str, Standing]:
    """The `exercises` of a document as values.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it has another shape.

    """
    return {name: _standing(one) for name, one in kept.items()}


def _check_version(version: object) -> None:
    if version != _VERSION:
        msg = f"version {version}"
        raise ValueError(msg)


def _standing(one: Mapping[str, object]) -> Standing:
    points, passed = one["points"], one["passed"]
    if not isinstance(points, int | float) or not isinstance(passed, bool):
        msg = f"{points!r} {passed!r}"
        raise TypeError(msg)
    return Standing(points, passed)


def _unusable(path: Path, error: OSError) -> ProgressError:
    return ProgressError(
        Text(
            f"Your progress is not kept: {path}: {error.strerror}. COURSE_HOME may name another folder.",
            f"进度没有保存：{path}：{error.strerror}。可以用 COURSE_HOME 指定别的目录。",
        )
    )
