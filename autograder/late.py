"""What being late costs: a plug-in of nbgrader's, so that nbgrader's own commands reckon the same.

In the course's nbgrader_config.py, after `configure(...)`:

    c = get_config()
    c.LatePolicy.per_day = 0.1          # a tenth of the points earned, for each day begun
    c.LatePolicy.at_most = 0.5          # never more than half
    c.LatePolicy.grace_minutes = 15
"""

from __future__ import annotations

from math import ceil

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float, Integer

_DAY = 24 * 60 * 60


class LatePolicy(LateSubmissionPlugin):
    """Takes a share of the points earned for each day begun, after a time of grace."""

    per_day = Float(0.0, help="share of the points earned that each day begun costs").tag(
        config=True
    )
    at_most = Float(1.0, help="share of the points earned that is lost at most").tag(config=True)
    grace_minutes = Integer(0, help="so many minutes late are not late").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points that are lost; None where none are."""
        late = total_seconds_late - self.grace_minutes * 60
        if late <= 0 or not self.per_day:
            return super().late_submission_penalty(student_id, score, total_seconds_late)
        return round(score * min(self.at_most, self.per_day * ceil(late / _DAY)), 2)
