"""Images as an OCI layout (a folder), an OCI archive, or an archive that `docker load` takes.

The bytes are a function of the images: no time of now, no owner, gzip without a time.
"""

from __future__ import annotations

import hashlib
import tarfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.configfile import go_json
from course_lib.image.oci import digest, layer_tar
from course_lib.oci.documents import DOCKER_MANIFEST
from course_lib.oci.reading import IMAGE_NAME, INDEX, LAYOUT, REF_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from course_lib.image.configfile import Json
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer

CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"
MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
INDEX_TYPE = "application/vnd.oci.image.index.v1+json"
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar"
_LAYOUT_FILE = b'{"imageLayoutVersion":"1.0.0"}'
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, no system


@dataclass(frozen=True, slots=True)
class NamedImage:
    """An image to be written, with its names: `registry/repository:tag`."""

    image: Image
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that can be made again: those of a document, or of a layer. `size` counts them."""

    digest: str
    size: int
    source: bytes | Layer
    zipped: bool = False

    @classmethod
    def of(cls, data: bytes) -> Blob:
        """A document."""
        return cls(digest(data), len(data), data)

    @classmethod
    def of_layer(cls, layer: Layer, *, zipped: bool) -> Blob:
        """The tar of a layer, read once for its digest and its size."""
        sha, size = hashlib.sha256(), 0
        for chunk in _layer_bytes(layer, zipped=zipped):
            sha.update(chunk)
            size += len(chunk)
        return cls(f"sha256:{sha.hexdigest()}", size, layer, zipped)

    @property
    def name(self) -> str:
        """The name in the layout: `blobs/sha256/...`."""
        return f"blobs/sha256/{self.digest.partition(':')[2]}"

    def chunks(self) -> Iterator[bytes]:
        """The bytes, in pieces."""
        if isinstance(self.source, bytes):
            yield self.source
        else:
            yield from _layer_bytes(self.source, zipped=self.zipped)

    def descriptor(self, media_type: str) -> dict[str, Json]:
        """How another document points to it."""
        return {"mediaType": media_type, "digest": self.digest, "size": self.size}


def write_layout(folder: Path, images: Iterable[NamedImage], *, zipped: bool = True) -> None:
    """Write an OCI layout into a folder, which is made; `zipped` layers are gzip.

    Raises:
        OSError: the folder can't be written.

    """
    for blob_name, blob in _files(images, zipped=zipped, docker=False):
        path = folder / blob_name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(blob.chunks())


def oci_archive(images: Iterable[NamedImage], *, zipped: bool = True) -> Iterator[bytes]:
    """The same files as a tar archive, in pieces: `docker build -o type=oci`."""
    return _archive(_files(images, zipped=zipped, docker=False))


def docker_archive(images: Iterable[NamedImage]) -> Iterator[bytes]:
    """What `docker save` writes and `docker load` takes, in pieces: plain layers and a manifest.json."""
    return _archive(_files(images, zipped=False, docker=True))


def layout_files(images: Iterable[NamedImage]) -> Iterator[tuple[str, Blob]]:
    """The files of `docker save` by their names in the archive, blobs first, layers not zipped."""
    return _files(images, zipped=False, docker=True)


def _files(
    images: Iterable[NamedImage], *, zipped: bool, docker: bool
) -> Iterator[tuple[str, Blob]]:
    """All files of a layout by name, blobs first, each once."""
    known: dict[str, Blob] = {}
    descriptors: list[Json] = []
    manifests: list[Json] = []
    for named in images:
        config = Blob.of(named.image.config_file)
        layers = [Blob.of_layer(layer, zipped=zipped) for layer in named.image.layers]
        layer_type = f"{LAYER_TYPE}+gzip" if zipped else LAYER_TYPE
        manifest = Blob.of(_manifest(config, [blob.descriptor(layer_type) for blob in layers]))
        known |= {blob.name: blob for blob in (*layers, config, manifest)}
        descriptors += _descriptors(named, manifest)
        tags: list[Json] = [*named.names]
        names: list[Json] = [blob.name for blob in layers]
        manifests.append({"Config": config.name, "RepoTags": tags or None, "Layers": names})
    index: Json = {"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": descriptors}
    yield from known.items()
    yield INDEX, Blob.of(go_json(index))
    if docker:
        yield DOCKER_MANIFEST, Blob.of(go_json(manifests))
    yield LAYOUT, Blob.of(_LAYOUT_FILE)


def _manifest(config: Blob, layers: Sequence[Json]) -> bytes:
    return go_json(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST_TYPE,
            "config": config.descriptor(CONFIG_TYPE),
            "layers": [*layers],
        }
    )


def _descriptors(named: NamedImage, manifest: Blob) -> Iterator[Json]:
    """The lines of index.json for one image: one for each of its names."""
    platform: Json = {"architecture": named.image.architecture, "os": named.image.os}
    plain = manifest.descriptor(MANIFEST_TYPE)
    if not named.names:
        yield {**plain, "platform": platform}
    for name in named.names:
        notes: dict[str, Json] = {IMAGE_NAME: _full(name), REF_NAME: _tag(name)}
        yield {**plain, "annotations": notes, "platform": platform}


def _full(name: str) -> str:
    """`docker.io/library/web:1` of `web:1`."""
    first, slash, _ = name.partition("/")
    if not slash:
        return f"docker.io/library/{name}"
    return name if first == "localhost" or set(first) & set(".:") else f"docker.io/{name}"


def _tag(name: str) -> str:
    tag = name.rpartition(":")[2]
    return "latest" if "/" in tag or tag == name else tag


def _archive(files: Iterable[tuple[str, Blob]]) -> Iterator[bytes]:
    for folder in ("blobs", "blobs/sha256"):
        info = tarfile.TarInfo(f"{folder}/")
        info.type, info.mode = tarfile.DIRTYPE, 0o755
        yield info.tobuf(tarfile.PAX_FORMAT)
    for name, blob in files:
        info = tarfile.TarInfo(name)
        info.size = blob.size
        yield info.tobuf(tarfile.PAX_FORMAT)
        yield from blob.chunks()
        yield bytes(-blob.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _layer_bytes(layer: Layer, *, zipped: bool) -> Iterator[bytes]:
    return _gzip(layer_tar(layer)) if zipped else layer_tar(layer)


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """RFC 1952 with an empty header, so that the same layer is the same blob."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    checksum, size = 0, 0
    yield _GZIP_HEADER
    for chunk in chunks:
        checksum = zlib.crc32(chunk, checksum)
        size += len(chunk)
        if data := deflate.compress(chunk):
            yield data
    yield deflate.flush()
    yield checksum.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
