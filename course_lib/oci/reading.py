"""Images out of an OCI layout (a folder), an OCI archive or a `docker save` archive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from course_lib.image.config import History
from course_lib.image.image import Image
from course_lib.image.oci import digest
from course_lib.oci import documents
from course_lib.oci.documents import DOCKER_MANIFEST
from course_lib.oci.errors import ImageNotThereError, ImageReadError
from course_lib.oci.layerstream import ReadLayer, read_layer
from course_lib.oci.store import (
    ArchiveStore,
    FolderStore,
    blob_name,
    check_digest,
    mismatch,
    read_small,
)
from course_lib.oci.tarstream import CHUNK
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.oci.documents import ConfigDocument, Descriptor
    from course_lib.oci.store import Store

LAYOUT, INDEX = "oci-layout", "index.json"
REF_NAME = "org.opencontainers.image.ref.name"
IMAGE_NAME = "io.containerd.image.name"
_INDEXES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
_MANIFESTS = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
_MOST_DEPTH = 4
_FOREIGN = ("foreign", "nondistributable")


@dataclass(frozen=True, slots=True)
class StoredImage:
    """An image with its names, `repository:tag` or a tag alone; `id` and `diff_ids` as it was written.

    `image.id` is computed from what was read and may differ: times below a second, hard links and
    extended attributes are not kept.
    """

    image: Image
    names: tuple[str, ...]
    id: str
    diff_ids: tuple[str, ...]
    left_out: tuple[Text, ...] = ()


def read_images(source: Path | BinaryIO) -> tuple[StoredImage, ...]:
    """All images for linux/amd64 in a folder, or in an archive of either kind.

    Raises:
        ImageReadError: whatever is wrong; nothing outside the folder or archive is ever read.

    """
    if isinstance(source, Path):
        if source.is_dir():
            return tuple(_layout(FolderStore(source)))
        try:
            with source.open("rb") as file:
                return read_images(file)
        except OSError as error:
            message = f"{source}: {error.strerror}"
            raise ImageReadError(message) from error
    store = ArchiveStore(source)
    if store.has(DOCKER_MANIFEST):
        return tuple(_docker(store))
    return tuple(_layout(store))


def read_image(source: Path | BinaryIO, name: str = "") -> StoredImage:
    """The image of a name, a tag or a digest; the only one there is for ''.

    Raises:
        ImageNotThereError: no such image, or several and no name.
        ImageReadError: whatever else is wrong.

    """
    found = read_images(source)
    if not name and len(found) == 1:
        return found[0]
    wanted = name or "latest"
    for stored in found:
        tags = {known.rpartition(":")[2] for known in stored.names}
        if wanted in {*stored.names, *tags, stored.id}:
            return stored
    raise ImageNotThereError(wanted, [known for stored in found for known in stored.names])


def _layout(store: Store) -> Iterator[StoredImage]:
    if not store.has(LAYOUT):
        raise ImageReadError(
            message=f"{LAYOUT}: not found",
            help=Text(
                "This is neither an OCI layout nor an archive of docker save.",
                "这既不是 OCI 镜像布局，也不是 docker save 的归档。",
            ),
        )
    documents.read_layout(read_small(store, LAYOUT))
    index = documents.read_index(read_small(store, INDEX))
    for descriptor in index.manifests:
        for manifest in _manifests(store, descriptor, 0):
            yield _image(store, manifest, _names(descriptor))


def _names(descriptor: Descriptor) -> tuple[str, ...]:
    full, tag = (descriptor.annotations.get(name, "") for name in (IMAGE_NAME, REF_NAME))
    return tuple(dict.fromkeys(name for name in (full, tag) if name))


def _manifests(store: Store, descriptor: Descriptor, depth: int) -> Iterator[Descriptor]:
    """The manifests for linux/amd64 behind a descriptor; what is said for no platform counts."""
    if depth > _MOST_DEPTH:
        message = "indexes in indexes, nested too deep"
        raise ImageReadError(message)
    if descriptor.media_type in _MANIFESTS:
        platform = descriptor.platform
        if platform is None or (platform.os, platform.architecture) == ("linux", "amd64"):
            yield descriptor
    elif descriptor.media_type in _INDEXES:
        data = check_digest(read_small(store, blob_name(descriptor.digest)), descriptor.digest)
        for inner in documents.read_index(data).manifests:
            yield from _manifests(store, inner, depth + 1)


def _image(store: Store, descriptor: Descriptor, names: tuple[str, ...]) -> StoredImage:
    data = check_digest(read_small(store, blob_name(descriptor.digest)), descriptor.digest)
    manifest = documents.read_manifest(data)
    config = check_digest(
        read_small(store, blob_name(manifest.config.digest)), manifest.config.digest
    )
    layers = []
    for layer in manifest.layers:
        if any(word in layer.media_type for word in _FOREIGN):
            message = f"{layer.digest}: a layer that is kept elsewhere ({layer.media_type})"
            raise ImageReadError(message)
        with store.open(blob_name(layer.digest)) as file:
            _check_blob(file, layer.digest)
            layers.append(read_layer(file))
    return _stored(documents.read_config(config), manifest.config.digest, layers, names)


def _check_blob(file: BinaryIO, expected: str) -> None:
    """Digest a blob and go back to its beginning."""
    sha = hashlib.sha256()
    while chunk := file.read(CHUNK):
        sha.update(chunk)
    file.seek(0)
    if f"sha256:{sha.hexdigest()}" != expected:
        raise mismatch(expected, f"sha256:{sha.hexdigest()}")


def _docker(store: Store) -> Iterator[StoredImage]:
    """The images of a `manifest.json`: `[{"Config": ..., "RepoTags": [...], "Layers": [...]}]`."""
    for manifest in documents.read_docker_manifest(read_small(store, DOCKER_MANIFEST)):
        data = read_small(store, manifest.config)
        layers = []
        for layer_name in manifest.layers:
            with store.open(layer_name) as file:
                layers.append(read_layer(file))
        yield _stored(documents.read_config(data), digest(data), layers, manifest.repo_tags)


def _stored(
    config: ConfigDocument, id_: str, layers: list[ReadLayer], names: tuple[str, ...]
) -> StoredImage:
    found = tuple(layer.diff_id for layer in layers)
    if len(found) != len(config.diff_ids):
        message = f"the config names {len(config.diff_ids)} layers, the manifest {len(found)}"
        raise ImageReadError(message)
    for expected, real in zip(config.diff_ids, found, strict=True):
        if expected != real:
            raise mismatch(expected, real)
    image = Image(
        config=config.config,
        layers=tuple(layer.layer for layer in layers),
        history=_history(config, len(layers)),
        created=config.created,
        author=config.author,
        architecture=config.architecture,
        os=config.os,
    )
    left_out = tuple(note for layer in layers for note in layer.left_out)
    return StoredImage(image, names, id_, found, left_out)


def _history(config: ConfigDocument, layers: int) -> tuple[History, ...]:
    """The history; where there is none, a line for each layer."""
    if not config.history:
        return (History(config.created, ""),) * layers
    with_layer = sum(not line.empty_layer for line in config.history)
    if with_layer != layers:
        message = f"the history tells of {with_layer} layers, but there are {layers}"
        raise ImageReadError(message)
    return config.history
