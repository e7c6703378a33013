"""An engine as one JSON document, and the engine of a document.

    {"format": 1, "clock": ..., "ids": ..., "layers": [...], "images": [...], "references": {...},
     "made_from": {...}, "containers": [...], "volumes": [...]}

A layer of the registry is kept as its place there with its size and digest; any other layer, the writable
layer of a container and the files of a volume as entries by path. `keepingcache` keeps the build cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.clock import Clock
from course_lib.engine.codec import Codec, CodecError, Document
from course_lib.engine.engine import Engine
from course_lib.engine.rootfs import lay
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.registry import BASE_IMAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.engine.host import Host
    from course_lib.image.entries import Entry
    from course_lib.registry import Registry

FORMAT = 1


class KeptStateError(Exception):
    """A document that can't be made an engine; the message says why."""


def keep(engine: Engine) -> dict[str, Document]:
    """The document of an engine."""
    parts = engine.parts()
    containers = parts.containers.all()
    images = {image.id: image for image in parts.images.all()}
    origins = {key: p for key, p in parts.images.provenances().items() if key in images}
    images |= {container.image.id: container.image for container in containers}
    images |= {origin.parent.id: origin.parent for origin in origins.values()}
    known = list(images.values())
    codec = Codec(known)
    layers: dict[int, Layer] = {id(layer): layer for image in known for layer in image.layers}
    numbers = {key: number for number, key in enumerate(layers)}
    places = _places(known, parts.registry)
    return {
        "format": FORMAT,
        "clock": engine.clock.now(),
        "ids": parts.ids.count,
        "layers": [_keep_layer(layer, places, codec) for layer in layers.values()],
        "images": [_keep_image(image, numbers, codec) for image in known],
        "here": [image.id for image in parts.images.all()],
        "references": dict(parts.images.all_references()),
        "made_from": {key: codec.encode(origin) for key, origin in origins.items()},
        "containers": [
            {
                "value": codec.encode(container),
                "files": codec.encode(parts.containers.files(container).changes().entries),
            }
            for container in containers
        ],
        "volumes": [
            {
                "value": codec.encode(volume),
                "files": codec.encode(dict(parts.volumes.files(volume.name).walk())),
            }
            for volume in parts.volumes.all()
        ],
    }


def restore(
    document: Mapping[str, Any], host: Host | None = None, registry: Registry = BASE_IMAGES
) -> Engine:
    """The engine of a document; `host` takes the place of a new simulated host.

    Raises:
        KeptStateError: another format, something that no engine wrote, a base image that has changed.

    """
    if document.get("format") != FORMAT:
        msg = f"its format is {document.get('format')!r}, this version reads {FORMAT}"
        raise KeptStateError(msg)
    try:
        return _restore(document, host, registry)
    except (CodecError, KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        msg = f"{type(error).__name__}: {error}"
        raise KeptStateError(msg) from error


def _restore(document: Mapping[str, Any], host: Host | None, registry: Registry) -> Engine:
    engine = Engine(registry, Clock(document["clock"]), host)
    parts = engine.parts()
    parts.ids.count = document["ids"]
    known: list[Image] = []
    codec = Codec(known)
    layers = [_layer(item, codec, registry) for item in document["layers"]]
    known += [_image(item, layers, codec) for item in document["images"]]
    by_id = {image.id: image for image in known}
    for image_id in document["here"]:
        origin = document["made_from"].get(image_id)
        parts.images.add(by_id[image_id], codec.decode(origin) if origin else None)
    for reference, image_id in document["references"].items():
        parts.images.tag(reference, by_id[image_id])
    for item in document["volumes"]:
        parts.volumes.restore(
            codec.decode(item["value"]), _workspace(codec.decode(item["files"]), engine)
        )
    for item in document["containers"]:
        engine.restore_container(codec.decode(item["value"]), codec.decode(item["files"]))
    return engine


def _places(images: list[Image], registry: Registry) -> dict[int, tuple[str, int]]:
    """Where the registry has each of its own layers."""
    places: dict[int, tuple[str, int]] = {}
    for name, image in registry.made():
        for number, layer in enumerate(image.layers):
            places.setdefault(id(layer), (name, number))
    used = {id(layer) for image in images for layer in image.layers}
    return {key: place for key, place in places.items() if key in used}


def _keep_layer(layer: Layer, places: Mapping[int, tuple[str, int]], codec: Codec) -> Document:
    kept: dict[str, Document] = {"diff_id": layer.diff_id, "size": layer.size}
    if id(layer) in places:
        name, number = places[id(layer)]
        return {**kept, "image": name, "number": number}
    return {**kept, "entries": codec.encode(layer.entries)}


def _layer(item: Mapping[str, Any], codec: Codec, registry: Registry) -> Layer:
    if "image" in item:
        image = registry.find(item["image"])
        layer = image.layers[item["number"]] if image is not None else None
        if layer is None or layer.size != item["size"]:
            msg = f"the base image {item['image']} is another one in this version of the course"
            raise KeptStateError(msg)
    else:
        layer = Layer(codec.decode(item["entries"]))
    layer.__dict__["diff_id"] = item[
        "diff_id"
    ]  # computed before: hashing costs a second per gigabyte
    return layer


def _keep_image(image: Image, numbers: Mapping[int, int], codec: Codec) -> Document:
    return {
        "config": codec.encode(image.config),
        "layers": [numbers[id(layer)] for layer in image.layers],
        "history": codec.encode(image.history),
        "created": image.created,
        "author": image.author,
        "architecture": image.architecture,
        "os": image.os,
    }


def _image(item: Mapping[str, Any], layers: list[Layer], codec: Codec) -> Image:
    return Image(
        config=codec.decode(item["config"]),
        layers=tuple(layers[number] for number in item["layers"]),
        history=codec.decode(item["history"]),
        created=item["created"],
        author=item["author"],
        architecture=item["architecture"],
        os=item["os"],
    )


def _workspace(entries: Mapping[str, Entry], engine: Engine) -> Workspace:
    files = Workspace(Tree.EMPTY, now=engine.clock.now)
    lay(entries, files)
    return files
