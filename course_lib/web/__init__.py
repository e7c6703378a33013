"""The simulated web: the few pages, archives and repositories that curl, wget, ADD and git find.

All of it is data in `contents.py`; a host that does not stand there has no address, as on a plane.
"""

from __future__ import annotations

from course_lib.web.contents import INTERNET
from course_lib.web.internet import Internet, Page, Redirect
from course_lib.web.repository import Commit, Repository, Source

__all__ = ["INTERNET", "Commit", "Internet", "Page", "Redirect", "Repository", "Source"]
