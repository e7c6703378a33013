"""A learner's work as one file, out of the pages and back into them; pages of a new version.

The file holds answers and progress, no outputs. It is the same for both languages, on Binder, in the browser and
at home, and an instructor's `grade` takes it.
"""

from course_lib.work.carrying import BroughtBack, Saved, bring_back, save, save_path
from course_lib.work.document import FILE, Work, WorkError
from course_lib.work.updating import Updated, update

__all__ = [
    "FILE",
    "BroughtBack",
    "Saved",
    "Updated",
    "Work",
    "WorkError",
    "bring_back",
    "save",
    "save_path",
    "update",
]
