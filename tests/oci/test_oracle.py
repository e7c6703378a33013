"""A real Docker engine, buildah and skopeo read what is written here, and the other way round."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from course_lib.image.config import History, ImageConfig
from course_lib.image.entries import Content, Directory, File, OpaqueDirectory, Symlink, Whiteout
from course_lib.image.layer import Layer
from course_lib.oci import NamedImage, docker_archive, oci_archive, read_image, write_layout
from tests.oracles import absent
from tests.oracles.docker_engine import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from tests.oracles.docker_engine import DockerEngine

TIME = "2024-01-15T09:00:00Z"
SCRIPT = "cat /greeting; ls /etc/course /keep; stat -c '%a %u:%g' /greeting; readlink /link"


def on_top_of(base: Image) -> Image:
    """Two more layers: files, a link, a whiteout, an opaque folder."""
    first: dict[str, Entry] = {
        "/etc/course": Directory(0o755),
        "/etc/course/old": File(Content.of("x")),
        "/keep": Directory(),
        "/keep/gone": File(Content.of("x")),
        "/keep/stays": File(Content.of("x")),
    }
    second: dict[str, Entry] = {
        "/greeting": File(Content.of("你好\n"), 0o640, 1000, 50, 5),
        "/link": Symlink("/greeting"),
        "/etc/course": OpaqueDirectory(0o755),
        "/etc/course/new": File(Content.of("y")),
        "/keep/gone": Whiteout(),
    }
    return replace(
        base,
        config=ImageConfig(env=base.config.env, cmd=("sh", "-c", SCRIPT)),
        layers=(*base.layers, Layer(first), Layer(second)),
        history=(
            *base.history,
            History(TIME, "COPY first / # buildkit", "one"),
            History(TIME, "COPY second / # buildkit", "two"),
            History(TIME, "CMD", empty_layer=True),
        ),
        created=TIME,
    )


@pytest.fixture(scope="module")
def base(docker_engine: DockerEngine) -> Image:
    """The engine's base image, its real busybox included, as `docker save` writes it."""
    return read_image(io.BytesIO(docker_engine.docker("save", BASE).stdout)).image


def test_the_engine_runs_what_is_exported(docker_engine: DockerEngine, base: Image) -> None:
    image = on_top_of(base)
    data = b"".join(docker_archive([NamedImage(image, ("exported:1",))]))
    assert b"Loaded image: exported:1" in docker_engine.docker("load", stdin=data).stdout
    assert docker_engine.run("exported:1").stdout.decode() == (
        "你好\n/etc/course:\nnew\n\n/keep:\nstays\n640 1000:50\n/greeting\n"
    )
    assert docker_engine.inspect("exported:1")["Id"] == image.id
    assert docker_engine.inspect("exported:1")["RootFS"]["Layers"] == list(image.diff_ids)
    shown = docker_engine.docker(
        "history", "--no-trunc", "--format", "{{.CreatedBy}}|{{.Comment}}", "exported:1"
    )
    assert shown.stdout.decode().splitlines()[:3] == [
        "CMD|",
        "COPY second / # buildkit|two",
        "COPY first / # buildkit|one",
    ]


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_what_the_engine_saves_is_read(
    docker_engine: DockerEngine, tmp_path: Path, builder: str
) -> None:
    (tmp_path / "f").write_text("x")
    (tmp_path / "Dockerfile").write_text(
        f"FROM {BASE}\nCOPY f /a\nRUN ln /a /hard && rm /etc/group && mkdir -m 700 /d\n"
        'VOLUME /v\nEXPOSE 80\nENV A="b c"\nHEALTHCHECK --interval=5s CMD true\nCMD ["sh"]\n'
    )
    docker_engine.build(
        tmp_path, tag="saved:1", builder="legacy" if builder == "legacy" else "buildkit"
    )
    stored = read_image(io.BytesIO(docker_engine.docker("save", "saved:1").stdout), "saved:1")
    inspected = docker_engine.inspect("saved:1")
    assert (stored.id, list(stored.diff_ids)) == (inspected["Id"], inspected["RootFS"]["Layers"])
    tree = stored.image.tree
    assert tree.get("/hard") == tree.get("/a")
    assert tree.get("/etc/group") is None
    assert getattr(tree.get("/d"), "mode", 0) == 0o700
    config = stored.image.config
    assert (list(config.env), list(config.cmd or ())) == (
        inspected["Config"]["Env"],
        inspected["Config"]["Cmd"],
    )
    assert (config.volumes, config.exposed_ports) == (("/v",), ("80/tcp",))
    assert config.healthcheck is not None
    assert config.healthcheck.interval == 5_000_000_000


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        absent(name, f"{name} is not on PATH")
    return found


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize("zipped", [True, False])
def test_skopeo_copies_what_is_exported(tmp_path: Path, image: Image, *, zipped: bool) -> None:
    skopeo = _program("skopeo")
    write_layout(tmp_path / "layout", [NamedImage(image, ("web:1",))], zipped=zipped)
    archive = tmp_path / "oci.tar"
    archive.write_bytes(b"".join(oci_archive([NamedImage(image, ("web:1",))], zipped=zipped)))
    for number, source in enumerate((f"oci:{tmp_path}/layout:1", f"oci-archive:{archive}:1")):
        target = tmp_path / f"copy{number}"
        _run(skopeo, "--insecure-policy", "copy", source, f"oci:{target}:2")
        assert read_image(target, "2").image == image
        docker = tmp_path / f"docker{number}.tar"
        _run(skopeo, "--insecure-policy", "copy", source, f"docker-archive:{docker}:w:3")
        assert read_image(docker).image == image


def test_what_buildah_pushes_is_read(tmp_path: Path) -> None:
    folders = ("--root", f"{tmp_path}/r", "--runroot", f"{tmp_path}/s")
    buildah = (_program("buildah"), *folders, "--storage-driver", "vfs")
    (tmp_path / "f").write_text("x")
    container = _run(*buildah, "from", "scratch").strip()
    _run(*buildah, "copy", container, str(tmp_path / "f"), "/d/f")
    _run(*buildah, "config", "--cmd", '["/d/f"]', "--env", "A=1", container)
    _run(*buildah, "commit", "-q", container, "made")
    _run(*buildah, "push", "-q", "made", f"oci:{tmp_path}/layout:1")
    stored = read_image(tmp_path / "layout", "1")
    assert stored.image.config.cmd == ("/d/f",)
    assert "A=1" in stored.image.config.env
    assert isinstance(stored.image.tree.get("/d/f"), File)
