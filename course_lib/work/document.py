r"""The file that holds a learner's work: answers by their grade ids, and how the exercises stand.

{"docker-images-course": "work", "version": 1,
"answers": {"layers-diff": "%%docker --answer layers-diff\n..."},
"progress": {"layers-diff": {"points": 2.5, "passed": true}}}
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.exercises.answers import MAX_CHARACTERS
from course_lib.progress import Standing, standings
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "my-course-work.json"
VERSION = 1
MAX_BYTES = 5_000_000
MAX_ANSWERS = 1_000
_KIND, _WORK = "docker-images-course", "work"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


class WorkError(Exception):
    """A file that is no work of this course, or can't be read or written; `reason` says what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Work:
    """What a learner wrote, by grade id: the source of each answer cell; and what `check` said last."""

    answers: Mapping[str, str]
    progress: Mapping[str, Standing] = field(default_factory=lambda: MappingProxyType({}))

    def to_bytes(self) -> bytes:
        """The file."""
        document = {
            _KIND: _WORK,
            "version": VERSION,
            "answers": dict(sorted(self.answers.items())),
            "progress": {
                name: {"points": one.points, "passed": one.passed}
                for name, one in sorted(self.progress.items())
            },
        }
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        return text.encode("utf-8", "replace")

    @classmethod
    def of_bytes(cls, data: bytes, name: str = FILE) -> Work:
        """Read a file; `name` is what it is called in an error.

        Raises:
            WorkError: it is too large, damaged, of another version, or something else altogether.

        """
        if len(data) > MAX_BYTES:
            raise WorkError(
                Text(
                    f"{name} has {len(data) / 1e6:.0f} MB; a file of work has at most {MAX_BYTES / 1e6:.0f}.",
                    f"{name} 有 {len(data) / 1e6:.0f} MB；作业文件最多 {MAX_BYTES / 1e6:.0f} MB。",
                )
            )
        try:
            document = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise WorkError(
                Text(
                    f"{name} can't be read: it is damaged, or no file that `%save_work` wrote ({error}).",
                    f"{name} 无法读取：它已损坏，或者不是 `%save_work` 写出的文件（{error}）。",
                )
            ) from error
        match document:
            case {"docker-images-course": "work", "version": 1, "answers": {**answers}}:
                return cls(_answers(answers, name), _progress(document.get("progress", {}), name))
            case {"docker-images-course": "work", "version": version}:
                raise WorkError(
                    Text(
                        f"{name} is of version {version!r}; this course reads version {VERSION}. Update the course.",
                        f"{name} 是版本 {version!r}，现在的课程只读版本 {VERSION}。请更新课程。",
                    )
                )
            case _:
                raise _foreign(name)


def _answers(found: Mapping[object, object], name: str) -> Mapping[str, str]:
    if len(found) > MAX_ANSWERS:
        raise _foreign(name)
    answers: dict[str, str] = {}
    for key, source in found.items():
        if not isinstance(key, str) or not _ID.fullmatch(key) or not isinstance(source, str):
            raise _foreign(name)
        if len(source) > MAX_CHARACTERS:
            raise WorkError(
                Text(
                    f"{name}: the answer {key} has {len(source):,} characters; at most {MAX_CHARACTERS:,} are kept.",
                    f"{name}：答案 {key} 有 {len(source):,} 个字符，最多保留 {MAX_CHARACTERS:,} 个。",
                )
            )
        answers[key] = source
    return MappingProxyType(answers)


def _progress(found: Mapping[str, Mapping[str, object]], name: str) -> Mapping[str, Standing]:
    try:
        return MappingProxyType(standings(found))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _foreign(name) from error


def _foreign(name: str) -> WorkError:
    return WorkError(
        Text(
            f"{name} is no work of this course. `%save_work` writes such a file; choose that one.",
            f"{name} 不是这门课的作业文件。请选择 `%save_work` 写出的那个文件。",
        )
    )
