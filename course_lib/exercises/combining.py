"""Judges made of judges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.exercises.values import Finding
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt
    from course_lib.exercises.values import Judge


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these hold; what the first one that does not has found is said, and earns nothing.

    It keeps a check that asks for the absence of something from being passed by an empty answer.
    """

    first: Judge
    others: tuple[Judge, ...]

    def __call__(self, attempt: Attempt) -> Finding:
        """Ask one after the other."""
        finding = self.first(attempt)
        for judge in self.others:
            if not finding.passed:
                break
            finding = judge(attempt)
        return finding if finding.passed else replace(finding, share=0)


@dataclass(frozen=True, slots=True)
class Provided:
    """What `judge` asks, once all that `first` asks is there.

    An image that does nothing is small; its size earns points only when it does its work. `elsewhere` is
    said where another check of the exercise says already what is to mend.
    """

    first: tuple[Judge, ...]
    judge: Judge
    elsewhere: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Ask in this order; the first one that is not satisfied is what to mend."""
        asked = self.judge(attempt)
        for judge in self.first:
            finding = attempt.once(judge)
            if not finding.passed:
                if self.elsewhere:
                    return Finding(0, asked.expected, self.elsewhere)
                found = Text("this counts once it does its work: ", "先要完成它的任务才算数：")
                return replace(
                    finding, share=0, expected=asked.expected, found=found + finding.found
                )
        return asked
