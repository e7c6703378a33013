"""Engine: docker's commands as methods that return values.

Each method does what the docker command of its name does. What a learner can get wrong is an
`EngineError` in docker's words; a build that fails is a `BuildError`.
"""

from __future__ import annotations

from course_lib.engine.container_commands import ContainerCommands
from course_lib.engine.image_commands import ImageCommands
from course_lib.engine.inspect_commands import InspectCommands
from course_lib.engine.stock_commands import StockCommands
from course_lib.engine.volume_commands import VolumeCommands


class Engine(ImageCommands, ContainerCommands, VolumeCommands, StockCommands, InspectCommands):
    """A simulated daemon. A fresh one has no images, no containers and no volumes."""
