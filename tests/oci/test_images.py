"""Whole images: written and read again, chosen by name, and refused when something is wrong."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.oci import (
    ImageNotThereError,
    ImageReadError,
    NamedImage,
    docker_archive,
    oci_archive,
    read_image,
    read_images,
    write_layout,
)
from course_lib.oci.documents import (
    read_config,
    read_descriptor,
    read_index,
    read_layout,
    read_manifest,
)
from tests.oci.conftest import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from course_lib.image.image import Image

READERS = [read_config, read_descriptor, read_index, read_layout, read_manifest]
KEYS = st.sampled_from(
    [
        "config",
        "layers",
        "manifests",
        "mediaType",
        "digest",
        "size",
        "schemaVersion",
        "rootfs",
        "diff_ids",
        "type",
        "history",
        "os",
        "architecture",
        "Env",
        "Cmd",
        "Healthcheck",
        "platform",
    ]
)
SMALL = b"".join(oci_archive([NamedImage(sample(), ("web:1",))]))
Change = Callable[[dict[str, object], dict[str, object]], object]


@pytest.mark.parametrize("zipped", [True, False])
def test_a_layout_gives_the_same_image(tmp_path: Path, image: Image, *, zipped: bool) -> None:
    write_layout(tmp_path / "new", [NamedImage(image, ("web:1",))], zipped=zipped)
    (stored,) = read_images(tmp_path / "new")
    assert stored.image == image
    assert (stored.id, stored.diff_ids) == (image.id, image.diff_ids)
    assert stored.names == ("docker.io/library/web:1", "1")


@pytest.mark.parametrize("write", [oci_archive, docker_archive])
def test_an_archive_gives_the_same_images(
    write: Callable[[list[NamedImage]], Iterator[bytes]], image: Image
) -> None:
    other = replace(image, author="you")
    data = b"".join(write([NamedImage(image, ("web:1", "web:2")), NamedImage(other)]))
    found = {stored.image.author: stored.image for stored in read_images(io.BytesIO(data))}
    assert found == {"me": image, "you": other}
    assert data == b"".join(write([NamedImage(image, ("web:1", "web:2")), NamedImage(other)]))


def test_a_layout_is_what_the_spec_says(tmp_path: Path, image: Image) -> None:
    write_layout(tmp_path, [NamedImage(image, ("localhost:5000/a/web",))])
    assert json.loads((tmp_path / "oci-layout").read_bytes()) == {"imageLayoutVersion": "1.0.0"}
    blobs = tmp_path / "blobs" / "sha256"
    for blob in blobs.iterdir():
        assert hashlib.sha256(blob.read_bytes()).hexdigest() == blob.name
    (entry,) = json.loads((tmp_path / "index.json").read_bytes())["manifests"]
    assert entry["annotations"] == {
        "io.containerd.image.name": "localhost:5000/a/web",
        "org.opencontainers.image.ref.name": "latest",
    }
    manifest = json.loads((blobs / entry["digest"].removeprefix("sha256:")).read_bytes())
    assert manifest["config"]["digest"] == image.id
    assert len(manifest["layers"]) == 2


@pytest.mark.parametrize("name", ["", "latest", "web", "web:latest"])
def test_an_image_that_is_not_named_so_is_not_there(
    tmp_path: Path, image: Image, name: str
) -> None:
    both = [NamedImage(image, ("web:1",)), NamedImage(replace(image, author="x"), ("web:2",))]
    write_layout(tmp_path, both)
    with pytest.raises(ImageNotThereError, match="not found"):
        read_image(tmp_path, name)


@pytest.mark.parametrize("name", ["2", "docker.io/library/web:2"])
def test_an_image_is_found_by_its_tag_or_name(tmp_path: Path, image: Image, name: str) -> None:
    both = [NamedImage(image, ("web:1",)), NamedImage(replace(image, author="x"), ("web:2",))]
    write_layout(tmp_path, both)
    assert read_image(tmp_path, name).image.author == "x"


def test_the_only_image_needs_no_name(tmp_path: Path, image: Image) -> None:
    write_layout(tmp_path, [NamedImage(image)])
    assert read_image(tmp_path).image == image


def blob(folder: Path, digest: str) -> Path:
    return folder / "blobs" / "sha256" / digest.removeprefix("sha256:")


def put(folder: Path, document: object) -> dict[str, object]:
    """Write a document as a blob; return the start of its descriptor."""
    data = json.dumps(document).encode()
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    blob(folder, digest).write_bytes(data)
    return {"digest": digest, "size": len(data)}


def changed(folder: Path, change: Change) -> None:
    """Change the manifest and the config of a layout's only image, with sound digests."""
    index = json.loads((folder / "index.json").read_bytes())
    manifest = json.loads(blob(folder, index["manifests"][0]["digest"]).read_bytes())
    config = json.loads(blob(folder, manifest["config"]["digest"]).read_bytes())
    change(manifest, config)
    manifest["config"] |= put(folder, config)
    index["manifests"][0] |= put(folder, manifest)
    (folder / "index.json").write_text(json.dumps(index))


def test_an_index_of_platforms_gives_the_image_for_linux_amd64(
    tmp_path: Path, image: Image
) -> None:
    write_layout(tmp_path, [NamedImage(image, ("web:1",))])
    index = json.loads((tmp_path / "index.json").read_bytes())
    (entry,) = index["manifests"]
    others = [
        {**entry, "platform": {"os": os, "architecture": machine}}
        for os, machine in (("linux", "arm64"), ("unknown", "unknown"))
    ]
    inner = put(tmp_path, {**index, "manifests": [*others, entry]})
    outer = {**inner, "mediaType": index["mediaType"], "annotations": entry["annotations"]}
    (tmp_path / "index.json").write_text(json.dumps({**index, "manifests": [outer]}))
    assert read_image(tmp_path, "1").image == image


def test_an_image_without_history_gets_a_line_for_each_layer(tmp_path: Path, image: Image) -> None:
    write_layout(tmp_path, [NamedImage(image)])
    changed(tmp_path, lambda _manifest, config: config.pop("history"))
    assert len(read_image(tmp_path).image.history) == len(image.layers)


WRONG: dict[str, Change] = {
    "the config names 1 layers": lambda _m, c: c.update(
        rootfs={"type": "layers", "diff_ids": ["sha256:" + "0" * 64]}
    ),
    "digest mismatch": lambda _m, c: c.update(
        rootfs={"type": "layers", "diff_ids": ["sha256:" + "0" * 64] * 2}
    ),
    "tells of 1 layers": lambda _m, c: c.update(history=[{"created_by": "x"}]),
    "expected 'layers'": lambda _m, c: c.update(rootfs={"type": "other"}),
    "Env is": lambda _m, c: c.update(config={"Env": "A=1"}),
    "expected at least one": lambda m, _c: m.update(layers=[]),
    "layers.0. is": lambda m, _c: m.update(layers=["../../../etc/passwd"]),
    "expected a digest": lambda m, _c: m.update(
        layers=[{"mediaType": "a/b", "size": 1, "digest": "sha256:../../../../etc/passwd"}]
    ),
    "by sha512": lambda m, _c: m.update(
        layers=[{"mediaType": "a/b", "size": 1, "digest": "sha512:" + "0" * 128}]
    ),
    "No such file": lambda m, _c: m.update(
        layers=[{"mediaType": "a/b", "size": 1, "digest": "sha256:" + "0" * 64}]
    ),
    "kept elsewhere": lambda m, _c: m.update(
        layers=[{"mediaType": "a/foreign", "size": 1, "digest": "sha256:" + "0" * 64}]
    ),
}


@pytest.mark.parametrize("words", WRONG)
def test_an_image_that_is_wrong_is_refused(tmp_path: Path, image: Image, words: str) -> None:
    write_layout(tmp_path, [NamedImage(image)])
    changed(tmp_path, WRONG[words])
    with pytest.raises(ImageReadError, match=words):
        read_images(tmp_path)


@pytest.mark.parametrize("which", ["index.json", "oci-layout", "blob"])
def test_a_changed_file_is_refused(tmp_path: Path, image: Image, which: str) -> None:
    write_layout(tmp_path, [NamedImage(image)])
    path = max((tmp_path / "blobs/sha256").iterdir()) if which == "blob" else tmp_path / which
    path.write_bytes(b"[" * 100_000)
    with pytest.raises(ImageReadError):
        read_images(tmp_path)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", bytes(5000), b"\x1f\x8b", b"\x1f\x8b\x08" + bytes(40), b"x" * 600],
    ids=range(6),
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(ImageReadError):
        read_images(io.BytesIO(data))


@pytest.mark.parametrize(
    "manifest",
    [
        [{"Config": "../../etc/passwd", "RepoTags": None, "Layers": []}],
        [{"Config": "/etc/passwd", "RepoTags": None, "Layers": []}],
        [{"Config": "loop", "RepoTags": None, "Layers": []}],
        [{"Config": "deep", "RepoTags": None, "Layers": []}],
        [{"RepoTags": None, "Layers": []}],
        {"Config": "c"},
        [{"Config": 5, "Layers": []}],
    ],
    ids=range(7),
)
def test_an_archive_of_docker_save_reaches_only_its_own_members(manifest: object) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in (
            ("manifest.json", json.dumps(manifest).encode()),
            ("deep", b"[" * 100_000),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        info = tarfile.TarInfo("loop")
        info.type, info.linkname = tarfile.SYMTYPE, "loop"
        archive.addfile(info)
    buffer.seek(0)
    with pytest.raises(ImageReadError):
        read_images(buffer)


def test_a_folder_or_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nope"):
        with pytest.raises(ImageReadError):
            read_images(path)


@given(st.data())
def test_a_damaged_archive_is_read_or_refused_in_documented_words(data: st.DataObject) -> None:
    raw = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=8))
        raw[at : at + data.draw(st.integers(0, 8))] = piece
    damaged = bytes(raw[: data.draw(st.integers(0, len(raw)))])
    with suppress(ImageReadError):
        assert all(stored.image.id for stored in read_images(io.BytesIO(damaged)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=12,
)


@given(JSON, st.sampled_from(READERS))
def test_any_json_is_a_document_or_refused(value: object, read: Callable[[bytes], object]) -> None:
    with suppress(ImageReadError):
        read(json.dumps(value).encode())


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"1" * 5000,
        b"NaN",
        b"null",
        b" " * 5_000_000,
    ],
    ids=range(8),
)
def test_json_that_is_none_or_too_much_is_refused(
    data: bytes, read: Callable[[bytes], object]
) -> None:
    with pytest.raises(ImageReadError):
        read(data)
