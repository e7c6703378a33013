"""Every image of the registry is complete, and as large as the real one where that is known."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from course_lib.clock import START, Clock, rfc3339
from course_lib.engine import Engine, EngineError
from course_lib.image.config import EMPTY
from course_lib.image.entries import Directory, File, Symlink
from course_lib.image.errors import FileSystemError
from course_lib.image.oci import diff_id
from course_lib.image.workspace import Workspace
from course_lib.registry import BASE_IMAGES, Registry
from course_lib.registry.digests import TABLE, fingerprint
from course_lib.registry.registry import MODULES
from course_lib.shell import Process, execute

if TYPE_CHECKING:
    from course_lib.registry.recipe import Recipe

TAGS = [f"{name}:{tag}" for name in BASE_IMAGES.names() for tag in BASE_IMAGES.tags(name)]
IMAGES = sorted({id(BASE_IMAGES.recipe(*tag.split(":"))): tag for tag in reversed(TAGS)}.values())
EXACT = [
    name
    for name in IMAGES
    if (found := BASE_IMAGES.recipe(*name.split(":"))) and "over the layers of" not in found.source
]
SMALL = 8_000_000  # bytes that are hashed in no time
TOLERANCE = 0.2
NOWHERE = {"/var/lock -> ../run/lock"}  # Alpine's: /run is empty there


def recipe(name: str) -> Recipe:
    found = BASE_IMAGES.recipe(*name.split(":"))
    assert found is not None
    return found


def images_of(repository: str) -> list[str]:
    return [name for name in IMAGES if name.partition(":")[0] == repository]


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_each_tag_finds_its_image(repository: str) -> None:
    for tag in BASE_IMAGES.tags(repository):
        image = recipe(f"{repository}:{tag}").image
        assert BASE_IMAGES.find(f"{repository}:{tag}") is image
        assert BASE_IMAGES.find(f"docker.io/library/{repository}:{tag}") is image


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_no_tag_is_given_twice(repository: str) -> None:
    module = import_module(f"course_lib.registry.images.{MODULES[repository]}")
    tags = [tag for record in module.RECIPES[repository] for tag in record.tags]
    assert sorted(tags) == sorted(set(tags))


@pytest.mark.parametrize(
    "name",
    ["nope", "alpine:1.0", "me/alpine", "quay.io/library/alpine", "UPPER", "", "alpine@sha256:00",
     "alpine@sha256:" + "0" * 64],
)  # fmt: skip
def test_what_is_not_there_is_not_found(name: str) -> None:
    assert BASE_IMAGES.find(name) is None


@pytest.mark.parametrize("name", BASE_IMAGES.names())
def test_every_repository_has_a_latest_image(name: str) -> None:
    assert BASE_IMAGES.find(name) is BASE_IMAGES.find(f"{name}:latest")
    assert BASE_IMAGES.find(name) is not None


def test_an_image_is_found_by_its_id_as_digest() -> None:
    image = BASE_IMAGES.find("alpine")
    assert image is not None
    assert BASE_IMAGES.find(f"alpine@{image.id}") is image


def test_two_registries_make_the_same_image() -> None:
    first, second = Registry().find("busybox"), Registry().find("busybox")
    assert first is not None
    assert second is not None
    assert first.id == second.id


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_each_layer_has_its_line_in_the_history(repository: str) -> None:
    for name in images_of(repository):
        image = recipe(name).image
        assert sum(not line.empty_layer for line in image.history) == len(image.layers)
        assert image.history[-1].created == image.created
        assert all(line.created_by for line in image.history)


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_an_image_is_older_than_the_day_of_the_course(repository: str) -> None:
    for name in images_of(repository):
        assert recipe(name).created <= rfc3339(START)


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_a_record_names_version_date_and_source(repository: str) -> None:
    for name in images_of(repository):
        record = recipe(name)
        assert record.version
        assert len(record.source) > len("estimated") - 1
        assert record.size or "estimated" in record.source


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_the_config_starts_something_and_has_a_path(repository: str) -> None:
    for name in images_of(repository):
        config = recipe(name).image.config
        assert config.cmd or config.entrypoint
        assert any(pair.startswith("PATH=/") for pair in config.env)
        assert all("=" in pair for pair in config.env)
        assert list(config.exposed_ports) == sorted(config.exposed_ports)
        assert config.labels is EMPTY or all(config.labels)


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_the_size_is_within_a_fifth_of_the_real_one(repository: str) -> None:
    for name in images_of(repository):
        record = recipe(name)
        assert not record.size or abs(record.image.size - record.size) <= TOLERANCE * record.size


@pytest.mark.parametrize("name", EXACT)
def test_every_link_leads_to_something(name: str) -> None:
    tree = recipe(name).image.tree
    broken = []
    for path, node in tree.walk():
        if isinstance(node, Symlink) and not node.target.startswith(
            ("/proc/", "../proc/", "/dev/")
        ):
            try:
                tree.resolve(path)
            except FileSystemError:
                broken.append(f"{path} -> {node.target}")
    assert set(broken) <= NOWHERE


@pytest.mark.parametrize("repository", BASE_IMAGES.names())
def test_what_a_config_names_is_there(repository: str) -> None:
    for name in images_of(repository):
        image = recipe(name).image
        folders = [*image.config.volumes, *filter(None, [image.config.working_dir])]
        assert all(isinstance(image.tree.get(folder), Directory) for folder in folders)


def _with_shell() -> list[str]:
    return [name for name in EXACT if recipe(name).image.tree.get("/bin") is not None]


@pytest.mark.parametrize("name", _with_shell())
def test_a_shell_says_hi(name: str) -> None:
    image = recipe(name).image
    clock = Clock()
    process = Process(("sh", "-c", "echo hi; id -u; cat /etc/hostname >/dev/null; ls / | wc -l"),
                      image.config.environment(), "/")  # fmt: skip
    outcome = execute(process, Workspace(image.tree, now=clock.now), clock=clock)
    assert outcome.unsupported is None
    assert outcome.stdout.split()[:2] == [b"hi", b"0"]


@pytest.mark.parametrize("name", _with_shell())
def test_root_is_in_the_files_of_accounts(name: str) -> None:
    tree = recipe(name).image.tree
    for path in ("/etc/passwd", "/etc/group", "/etc/shadow"):
        node = tree.get(path)
        assert isinstance(node, File)
        assert node.content.data.startswith(b"root:")


def test_all_digests_are_known_and_those_of_small_layers_are_right() -> None:
    known = dict(line.split(" ") for line in TABLE.read_text("ascii").splitlines()[1:])
    layers = {id(layer): layer for name in IMAGES for layer in recipe(name).image.layers}
    for layer in layers.values():
        digest = known[fingerprint(layer.entries)]  # make_digests.py makes the table anew
        assert layer.diff_id == f"sha256:{digest}"
        if layer.size < SMALL:
            assert layer.diff_id == diff_id(layer)


def test_an_unknown_image_fails_in_dockers_words() -> None:
    with pytest.raises(EngineError) as caught:
        Engine().pull("nope")
    assert caught.value.shown == (
        "Error response from daemon: pull access denied for nope, repository does not exist or may "
        "require 'docker login': denied: requested access to the resource is denied"
    )
