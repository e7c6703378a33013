"""The prune commands and docker system df."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine


@pytest.fixture
def engine() -> Engine:
    """One container that runs, one that has ended, an image without a name, three volumes."""
    engine = Engine()
    for line in (
        "run -d --name up -v used:/u alpine sleep infinity",
        "run --name down -v /anonymous alpine sh -c 'echo 12345 > /f'",
        "commit down made",
        "commit -m again down made",
        "volume create named",
    ):
        assert docker(line, engine).exit_code == 0
    return engine


@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("container prune -f", ("up", 3, 3)),
        ("image prune -f", ("down up", 2, 3)),
        ("image prune -af", ("down up", 1, 3)),
        ("volume prune -f", ("down up", 3, 3)),
        ("volume prune -af", ("down up", 3, 2)),
        ("system prune -f", ("up", 2, 3)),
        ("system prune -f --volumes", ("up", 2, 2)),
        ("system prune -af --volumes", ("up", 1, 2)),
        ("rm down", ("up", 3, 3)),
    ],
)
def test_what_a_prune_leaves(engine: Engine, command: str, left: tuple[str, int, int]) -> None:
    assert docker(command, engine).exit_code == 0
    names = " ".join(sorted(container.name for container in engine.ps(all=True)))
    assert (names, len(engine.images_here()), len(engine.volumes())) == left


def test_after_its_container_an_anonymous_volume_is_pruned_and_a_named_one_is_not(
    engine: Engine,
) -> None:
    docker("rm down", engine)
    docker("volume prune -f", engine)
    assert [volume.name for volume in engine.volumes()] == ["named", "used"]


def test_the_room_that_comes_free_is_counted(engine: Engine) -> None:
    answer = docker("container prune -f", engine)
    assert answer.stdout.endswith("\nTotal reclaimed space: 6B\n")


@pytest.mark.parametrize(("typed", "kept"), [("y\n", 1), ("yes\n", 1), ("n\n", 2), ("", 2)])
def test_without_force_docker_asks(engine: Engine, typed: str, kept: int) -> None:
    answer = docker("container prune", engine, stdin=typed)
    assert answer.stdout.startswith("WARNING! This will remove all stopped containers.\n")
    assert len(engine.ps(all=True)) == kept


def test_df_counts_shared_layers_once(engine: Engine) -> None:
    alpine = engine.image("alpine").size
    images, containers, volumes, _ = engine.usage()
    assert (images.total, images.active, images.size) == (3, 1, alpine + 6)
    assert (images.reclaimable, containers.size, containers.reclaimable) == (6, 6, 6)
    assert (volumes.total, volumes.active) == (3, 2)
    assert docker("system df", engine).stdout.splitlines()[0] == (
        "TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE"
    )


def test_the_networks_are_those_that_every_engine_has(engine: Engine) -> None:
    assert docker("network ls --format '{{.Name}} {{.Driver}}'", engine).stdout == (
        "bridge bridge\nhost host\nnone null\n"
    )


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ("--filter label=stage", ["cake", "down", "up"]),
        ("--filter label=stage=test", ["cake", "down", "soup", "up"]),
        ("--filter label!=stage", ["down", "soup", "tea", "up"]),
        ("--filter label=stage --filter label!=stage=test", ["cake", "down", "tea", "up"]),
    ],
)
def test_an_image_prune_takes_the_labels_that_are_asked_for(
    engine: Engine, filters: str, left: list[str]
) -> None:
    for name, change in (("tea", "stage=test"), ("soup", "stage=prod"), ("cake", "size=big")):
        docker(f"commit -c 'LABEL {change}' down {name}", engine)

    answer = docker(f"image prune -af {filters}", engine)

    assert answer.exit_code == 0, answer.stderr
    names = {line.repository for line in engine.images()} - {"alpine", "made", "<none>"}
    used = {container.name for container in engine.ps(all=True)}
    assert sorted(names | used) == left


def test_an_image_prune_by_something_else_than_a_label_is_refused(engine: Engine) -> None:
    answer = docker("image prune -af --filter size=1", engine)

    assert answer.exit_code != 0
    assert "invalid filter 'size'" in answer.stderr
    assert engine.find_image("made") is not None
