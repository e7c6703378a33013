"""The values of the pictures of a running container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.engine import EngineError
from course_lib.engine.serving import listeners
from course_lib.run.container import Running
from course_lib.views.health import Health, health_of
from course_lib.views.mounts import Mounts, mounts_of
from course_lib.views.ports import Ports, ports_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.pictures.places import Place


def ports(place: Place, words: Sequence[str]) -> Ports:
    """What is noted, published and open of one container."""
    container = place.engine.container(words[0])
    state = container.state
    files = place.engine.files(container.id)
    processes = state.processes if isinstance(state, Running) else ()
    return ports_of(
        container.name,
        container.image_name,
        running=isinstance(state, Running),
        exposed=container.config.exposed_ports,
        published=container.ports if isinstance(state, Running) else (),
        listening={one.port for one in listeners(processes, files)},
    )


def mounts(place: Place, words: Sequence[str]) -> Mounts:
    """What is mounted over the layers of one container."""
    container = place.engine.container(words[0])
    return mounts_of(container, place.engine.files(container.id))


def health(place: Place, words: Sequence[str]) -> Health:
    """When the check of a container or an image is asked, and what follows."""
    name = words[0]
    try:
        container = place.engine.container(name)
    except EngineError:  # no container: docker, too, looks among the images next
        return health_of(name, place.engine.image(name).config.healthcheck)
    now = place.engine.health(container)
    return health_of(container.name, container.config.healthcheck, now)
