"""What nbgrader is told, each line with its reason."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nbconvert.exporters import NotebookExporter
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    Execute,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from autograder.clean import FeedbackExporter, markdown2html
from autograder.late import LatePolicy
from autograder.plugins import (
    FillGrades,
    HoldUngraded,
    Mend,
    SubmittedNotebookExporter,
    before_autograde,
)
from course_lib.exercises.answers import STUB
from course_lib.exercises.desk import KEYS

if TYPE_CHECKING:
    from traitlets.config import Config


def configure(c: Config, root: Path) -> None:
    """Set up nbgrader for the course whose folder is `root`."""
    # nbgrader starts `alembic` by its bare name: let it find the one beside this Python,
    # also when the virtual environment is not activated.
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", os.defpath)])

    # From the config's own place, so that the commands work from any folder below the course.
    c.CourseDirectory.root = str(root)

    # One comment that is valid in a Dockerfile, in docker commands, in a .dockerignore and in Python.
    c.ClearSolutions.code_stub = {"python": STUB}

    # A file that is no notebook gets a state with a reason, and costs nobody else anything.
    c.Autograde.exporter_class = SubmittedNotebookExporter

    # nbgrader's own command follows links and skips renamed notebooks: not in this course.
    c.Autograde.pre_convert_hook = before_autograde

    # Mend comes first: nbgrader's own steps stop at a copied, renamed or damaged grade cell.
    c.Autograde.sanitize_preprocessors = [
        Mend,
        ClearOutput,
        OverwriteKernelspec,
        OverwriteCells,
        CheckCellMetadata,
    ]

    # Instead of Execute: answers are data, no cell of the student's is run. Then nbgrader's own
    # steps read the outputs; what could not be graded is held for a person after they are saved.
    c.Autograde.autograde_preprocessors = [
        FillGrades,
        LimitOutput,
        SaveAutoGrades,
        HoldUngraded,
        AssignLatePenalties,
        CheckCellMetadata,
    ]

    # What being late costs is set in the course's own config: nothing, unless it says otherwise.
    c.AssignLatePenalties.plugin_class = LatePolicy

    # Pages that show a student's Markdown, feedback and formgrader, leave out all that could act.
    c.HTMLExporter.filters = {"markdown2html": markdown2html}
    c.GenerateFeedback.exporter_class = FeedbackExporter


def run_kernels(c: Config) -> None:
    """Put nbgrader's own steps back: a kernel runs the students' Python, and the last value is the score.

    For those who must compare. It is slow, and safe only with submissions that one trusts: such a
    kernel can change its own score. Hidden checks count there, for it has the keys on its path.
    """
    kit = str(Path(__file__).resolve().parent.parent)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [kit, os.environ.get("PYTHONPATH")]))
    os.environ[KEYS] = "autograder.keys"
    c.Autograde.exporter_class = NotebookExporter
    c.Autograde.sanitize_preprocessors = [
        ClearOutput,
        DeduplicateIds,
        OverwriteKernelspec,
        OverwriteCells,
        CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        Execute,
        LimitOutput,
        SaveAutoGrades,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
