"""Which picture shows which value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.views.archive import Archive, draw_archive
from course_lib.views.argv import Explorer, draw_explorer
from course_lib.views.build import Build, draw_build
from course_lib.views.comparison import Comparison, draw_comparison
from course_lib.views.containers import Siblings, draw_siblings
from course_lib.views.copy_on_write import Story, copy_on_write
from course_lib.views.course_map import CourseMap, draw_map
from course_lib.views.delivery import Deliveries, draw_deliveries
from course_lib.views.family import Family, draw_family
from course_lib.views.grid import Reading, draw_reading
from course_lib.views.health import Health, draw_health
from course_lib.views.layers import Stack, layer_stack
from course_lib.views.mounts import Mounts, draw_mounts
from course_lib.views.ports import Ports, draw_ports
from course_lib.views.progress import Panel, draw_panel
from course_lib.views.rebuild import Rebuild, draw_rebuild
from course_lib.views.scope import Scope, draw_scope
from course_lib.views.stages import Stages, draw_stages
from course_lib.views.waste import Waste, draw_waste
from course_lib.views.workdir import Walk, draw_walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.views.picture import Picture

View = (
    Stack
    | Reading
    | Story
    | Siblings
    | Family
    | Comparison
    | Explorer
    | Build
    | Deliveries
    | Waste
    | Mounts
    | Stages
    | Rebuild
    | Archive
    | Panel
    | CourseMap
    | Health
    | Walk
    | Scope
    | Ports
)

_DRAWN: Mapping[type, Callable[[Any], Picture]] = {
    Stack: layer_stack,
    Reading: draw_reading,
    Story: copy_on_write,
    Siblings: draw_siblings,
    Family: draw_family,
    Comparison: draw_comparison,
    Explorer: draw_explorer,
    Build: draw_build,
    Deliveries: draw_deliveries,
    Waste: draw_waste,
    Mounts: draw_mounts,
    Stages: draw_stages,
    Rebuild: draw_rebuild,
    Archive: draw_archive,
    Panel: draw_panel,
    CourseMap: draw_map,
    Health: draw_health,
    Walk: draw_walk,
    Scope: draw_scope,
    Ports: draw_ports,
}


def draw(view: View) -> Picture:
    """Draw a value, in the language that speaks."""
    return _DRAWN[type(view)](view)
