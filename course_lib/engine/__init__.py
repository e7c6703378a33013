"""The only thing that remembers: images, containers, volumes, a clock."""

from course_lib.engine.engine import Engine
from course_lib.engine.errors import EngineError
from course_lib.engine.images import Provenance
from course_lib.engine.results import Committed, Executed, Pulled, Ran, Stopped

__all__ = [
    "Committed",
    "Engine",
    "EngineError",
    "Executed",
    "Provenance",
    "Pulled",
    "Ran",
    "Stopped",
]
