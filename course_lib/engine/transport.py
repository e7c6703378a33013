"""Images and file systems on their way: docker save, load, export, import."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.clock import rfc3339
from course_lib.engine.errors import EngineError
from course_lib.image.config import History, ImageConfig
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.image.oci import layer_tar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.engine.images import ImageStore
    from course_lib.image.workspace import Workspace
    from course_lib.text import Text

MOST_BYTES = 512 << 20
"""The largest archive that the simulated host takes."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An image out of an archive, its names, and what of it is not simulated."""

    image: Image
    names: tuple[str, ...]
    left_out: tuple[Text, ...] = ()


def save(names: Sequence[str], images: ImageStore) -> bytes:
    """The archive of `docker save NAME...`.

    Raises:
        EngineError: no such image, or an archive that is larger than `MOST_BYTES`.

    """
    from course_lib.oci import NamedImage, docker_archive  # noqa: PLC0415 - loaded with the first archive

    named: dict[str, NamedImage] = {}
    for name in names:
        image = images.find(name)
        if image is None:
            msg = f"No such image: {name}"
            raise EngineError(msg)
        known = named.get(image.id, NamedImage(image))
        reference = images.reference(name)
        more = (reference,) if reference and reference not in known.names else ()
        named[image.id] = NamedImage(image, (*known.names, *more))
    _check_size(sum(one.image.size for one in named.values()))
    return b"".join(docker_archive(named.values()))


def load(data: bytes, images: ImageStore) -> tuple[Loaded, ...]:
    """The images of an archive, kept under their names; layers that are here already are shared.

    Raises:
        EngineError: bytes that are no archive of images.

    """
    from course_lib.oci import ImageReadError, read_images  # noqa: PLC0415 - loaded with the first archive

    try:
        found = read_images(io.BytesIO(data))
    except ImageReadError as error:
        raise EngineError(error.message, help=error.help) from error
    here = {layer.diff_id: layer for image in images.all() for layer in image.layers}
    loaded: list[Loaded] = []
    for stored in found:
        layers = tuple(here.get(layer.diff_id, layer) for layer in stored.image.layers)
        image = replace(stored.image, layers=layers)
        images.add(image)
        names = tuple(images.tag(name, image) for name in stored.names)
        loaded.append(Loaded(image, names, stored.left_out))
    return tuple(loaded)


def export(files: Workspace) -> bytes:
    """The archive of `docker export`: one tar of all files, without what is mounted.

    Raises:
        EngineError: an archive that is larger than `MOST_BYTES`.

    """
    tree = files.tree()
    layer = Layer({path: node for path, node in tree.walk() if path != "/"})
    _check_size(layer.size)
    return b"".join(layer_tar(layer))


def tar_of(files: Workspace, path: str) -> bytes:
    """One path and all below it as a tar whose names begin with the last name of the path."""
    above = path.rpartition("/")[0]
    layer = Layer({here.removeprefix(above) or "/": node for here, node in files.walk(path)})
    _check_size(layer.size)
    return b"".join(layer_tar(layer))


def import_image(data: bytes, *, now: int, message: str, changes: Sequence[str]) -> Image:
    """The image of `docker import`: one layer, and a config from `--change` alone.

    Raises:
        EngineError: bytes that are no tar, or a change that is not allowed.

    """
    from course_lib.engine.changes import changed_config  # noqa: PLC0415 - the parser is loaded when needed
    from course_lib.oci import ImageReadError  # noqa: PLC0415 - loaded with the first archive
    from course_lib.oci.layerstream import read_layer  # noqa: PLC0415 - loaded with the first archive

    try:
        layer = read_layer(io.BytesIO(data)).layer
    except ImageReadError as error:
        raise EngineError(error.message, help=error.help) from error
    created = rfc3339(now)
    return Image(
        config=changed_config(ImageConfig(), changes),
        layers=(layer,),
        history=(History(created, "", comment=message),),
        created=created,
    )


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        msg = f"write: no space left on device ({size >> 20} MiB)"
        raise EngineError(msg)
