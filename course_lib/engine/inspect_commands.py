"""docker inspect: a container, an image or a volume as docker's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError
from course_lib.engine.inspection import container_json, image_json, volume_json
from course_lib.engine.parts import Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.engine.inspection import Json


class InspectCommands(Remembered):
    """The side of an engine that shows its objects."""

    def inspect(self, name: str, kind: str = "") -> Mapping[str, Json]:
        """`docker inspect [--type KIND] NAME`: a container, else an image, else a volume."""
        finders = {
            "container": self._inspect_container,
            "image": self._inspect_image,
            "volume": self._inspect_volume,
        }
        if kind:
            return finders[kind](name)
        for find in finders.values():
            try:
                return find(name)
            except EngineError:
                continue  # not of this kind: docker asks for the next one, too
        msg = f"error: no such object: {name}"
        raise EngineError(msg, from_daemon=False)

    def _inspect_container(self, name: str) -> Mapping[str, Json]:
        volumes = {volume.name: volume for volume in self._volumes.all()}
        container = self._containers.get(name)
        return container_json(
            container,
            volumes,
            health=self._life.health(container),
            address=self._bridge.address(container),
        )

    def _inspect_image(self, name: str) -> Mapping[str, Json]:
        image = self._images.get(name)
        return image_json(
            image,
            self._images.references(image),
            self._supply.digests(image),
            self._images.made_from(image),
        )

    def _inspect_volume(self, name: str) -> Mapping[str, Json]:
        return volume_json(self._volumes.get(name))
