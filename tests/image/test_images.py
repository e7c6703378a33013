"""An image's config file, its id and the identity of its stacks of layers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from course_lib.image.config import HealthConfig, History, ImageConfig
from course_lib.image.configfile import Json, go_json
from course_lib.image.entries import Content, File
from course_lib.image.image import Image, chain_ids
from course_lib.image.layer import Layer

BOTTOM = Layer({"/a": File(Content.of("one"))})
TOP = Layer({"/b": File(Content.of("three"))})
IMAGE = Image(
    config=ImageConfig(  # noqa: S604 - the SHELL of an image
        user="app",
        exposed_ports=("80/tcp",),
        env=("PATH=/bin", "A=<b>&"),
        entrypoint=("/bin/sh", "-c"),
        cmd=("x",),
        volumes=("/data",),
        working_dir="/srv",
        labels=MappingProxyType({"z": "1", "a": "2"}),
        stop_signal="SIGINT",
        healthcheck=HealthConfig(("CMD", "true"), interval=5, retries=2),
        shell=("/bin/sh", "-c"),
        on_build=("RUN x",),
    ),
    layers=(BOTTOM, TOP),
    history=(
        History("2024-01-15T09:00:00Z", "COPY a / # buildkit", "buildkit.dockerfile.v0"),
        History("2024-01-15T09:00:01Z", "COPY b / # buildkit", author="me"),
        History("2024-01-15T09:00:01Z", 'CMD ["x"]', empty_layer=True),
    ),
    created="2024-01-15T09:00:01Z",
    author="me",
)


def test_the_config_file_is_what_buildkit_writes() -> None:
    assert IMAGE.config_file.decode() == (
        '{"architecture":"amd64","author":"me","config":{"User":"app","ExposedPorts":{"80/tcp":{}},'
        '"Env":["PATH=/bin","A=\\u003cb\\u003e\\u0026"],"Entrypoint":["/bin/sh","-c"],"Cmd":["x"],'
        '"Volumes":{"/data":{}},"WorkingDir":"/srv","Labels":{"a":"2","z":"1"},"StopSignal":"SIGINT",'
        '"Healthcheck":{"Test":["CMD","true"],"Interval":5,"Retries":2},"OnBuild":["RUN x"],'
        '"Shell":["/bin/sh","-c"]},"created":"2024-01-15T09:00:01Z","history":'
        '[{"created":"2024-01-15T09:00:00Z","created_by":"COPY a / # buildkit",'
        '"comment":"buildkit.dockerfile.v0"},'
        '{"created":"2024-01-15T09:00:01Z","created_by":"COPY b / # buildkit","author":"me"},'
        '{"created":"2024-01-15T09:00:01Z","created_by":"CMD [\\"x\\"]","empty_layer":true}],'
        f'"os":"linux","rootfs":{{"type":"layers","diff_ids":["{BOTTOM.diff_id}","{TOP.diff_id}"]}}}}'
    )


def test_what_is_empty_is_left_out_of_the_config_file() -> None:
    empty = Image(config=ImageConfig(), layers=(), history=())
    assert json.loads(empty.config_file) == {
        "architecture": "amd64",
        "config": {},
        "history": [],
        "os": "linux",
        "rootfs": {"type": "layers", "diff_ids": []},
    }


def test_the_id_is_the_digest_of_the_config_file() -> None:
    assert IMAGE.id == f"sha256:{hashlib.sha256(IMAGE.config_file).hexdigest()}"


@pytest.mark.parametrize(
    "other",
    [
        replace(IMAGE, config=replace(IMAGE.config, env=("PATH=/bin",))),
        replace(IMAGE, history=IMAGE.history[:-1]),
        replace(IMAGE, layers=(TOP, BOTTOM)),
        replace(IMAGE, created="2024-01-15T09:00:02Z"),
    ],
    ids=["env", "history", "order of layers", "time"],
)
def test_any_change_gives_another_id(other: Image) -> None:
    assert other.id != IMAGE.id
    assert other != IMAGE


def test_an_image_of_equal_parts_has_the_same_id() -> None:
    again = replace(IMAGE, layers=(Layer(dict(BOTTOM.entries)), Layer(dict(TOP.entries))))
    assert again == IMAGE
    assert hash(again) == hash(IMAGE)


def test_the_size_counts_files_that_later_layers_hide() -> None:
    hidden = replace(IMAGE, layers=(BOTTOM, Layer({"/a": File(Content.of("seven77"))})))
    assert hidden.size == len("one") + len("seven77")
    assert [path for path, _ in hidden.tree.walk()] == ["/", "/a"]


def test_a_stack_is_named_by_the_stack_below_and_the_layer_on_top() -> None:
    pair = f"{BOTTOM.diff_id} {TOP.diff_id}".encode()
    assert IMAGE.chain_ids == (BOTTOM.diff_id, f"sha256:{hashlib.sha256(pair).hexdigest()}")
    assert chain_ids([]) == ()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("<&>", '"\\u003c\\u0026\\u003e"'),
        ("a\u2028b\u2029", '"a\\u2028b\\u2029"'),
        ("é 名", '"é 名"'),
        ('"\\\n\t', '"\\"\\\\\\n\\t"'),
        ({"b": [1, True, None], "a": {}}, '{"b":[1,true,null],"a":{}}'),
    ],
)
def test_json_is_written_as_go_writes_it(value: Json, written: str) -> None:
    assert go_json(value).decode() == written
