"""Patch versions beside the recipes: found when they were released, told apart, and named in errors."""

from __future__ import annotations

import pytest

from course_lib.build import BuildError, Context
from course_lib.clock import Clock
from course_lib.engine import Engine, EngineError
from course_lib.image.workspace import Workspace
from course_lib.registry import BASE_IMAGES, Registry
from course_lib.registry.patches import near
from course_lib.shell import Process, execute


def said(name: str, command: str) -> str:
    image = BASE_IMAGES.find(name)
    assert image is not None
    clock = Clock()
    process = Process(("sh", "-c", command), image.config.environment())
    outcome = execute(process, Workspace(image.tree, now=clock.now), clock=clock)
    return (outcome.stdout + outcome.stderr).decode().strip()


@pytest.mark.parametrize(
    ("name", "command", "output"),
    [
        ("python:3.11.4-slim", "python --version", "Python 3.11.4"),
        ("python:3.12.3-bookworm", "echo $PYTHON_VERSION", "3.12.3"),
        ("node:18.17-alpine", "node --version", "v18.17.1"),
        ("node:18.17.0-alpine", "node --version", "v18.17.0"),
        ("node:20.11-slim", "node --version", "v20.11.1"),
        ("nginx:1.25.3", "nginx -v", "nginx version: nginx/1.25.3"),
        ("nginx:1.27-alpine", "nginx -v", "nginx version: nginx/1.27.5"),
        ("golang:1.21.5", "go version; cat /usr/local/go/VERSION", "go version go1.21.5 linux/amd64\ngo1.21.5"),
        ("postgres:16.3-alpine", "echo $PG_VERSION", "16.3"),
        ("redis:7.2.5", "echo $REDIS_VERSION", "7.2.5"),
        ("docker.io/library/php:8.2.20-apache", "echo $PHP_VERSION", "8.2.20"),
    ],
)  # fmt: skip
def test_a_released_version_says_its_own_number(name: str, command: str, output: str) -> None:
    assert said(name, command) == output


@pytest.mark.parametrize(
    "name",
    ["python:3.11.99", "python:3.11.4-nano", "python:3.6.1", "python:3.11.4-alpine3.18", "node:18.99-alpine",
     "nginx:1.25.9", "mysql:8.0.38", "postgres:16.7", "alpine:3.4.1", "ubuntu:20.04.1", "python:3.11.4.1"],
)  # fmt: skip
def test_a_version_that_nobody_released_is_not_found(name: str) -> None:
    assert BASE_IMAGES.find(name) is None


def test_the_version_of_the_recipe_is_the_recipe() -> None:
    assert BASE_IMAGES.recipe("node", "18.19.0-slim") is BASE_IMAGES.recipe("node", "18-slim")


def test_another_version_shares_the_layers_and_says_that_it_is_estimated() -> None:
    registry = Registry()
    known, other = registry.recipe("python", "3.11-slim"), registry.recipe("python", "3.11.4-slim")
    assert known is not None
    assert other is not None
    assert other.image.id != known.image.id
    assert [one.diff_id for one in other.image.layers] == [
        one.diff_id for one in known.image.layers
    ]
    assert other.source == "estimated: this version's name over the layers of 3.11.7"
    assert "3.11.7" not in str(other.image.history) + str(other.image.config)


def test_an_image_of_another_version_is_kept_and_found_by_its_id() -> None:
    registry = Registry()
    image = registry.find("python:3.11.4-slim")
    assert image is not None
    assert registry.find("python:3.11.4-slim") is image
    assert ("python:3.11.4-slim", image) in list(registry.made())
    assert registry.find(f"python@{image.id}") is image


@pytest.mark.parametrize(
    ("repository", "tag", "first"),
    [
        ("python", "3.11.2-slim", ("3.11-slim", "3.11.7-slim", "3.11.13-slim")),
        ("node", "18.99-alpine", ("18-alpine", "18.19.0-alpine", "18.20.8-alpine")),
        ("golang", "1.9-alpine3.8", ("1.9.2-alpine3.6", "1.9-alpine3.6")),
        ("ubuntu", "20.04", ("latest", "24.04")),
        ("nowhere", "1", ()),
    ],
)
def test_tags_that_may_be_meant_come_first(
    repository: str, tag: str, first: tuple[str, ...]
) -> None:
    found = near(repository, tag, BASE_IMAGES.tags(repository))
    assert found[: len(first)] == first
    assert all(BASE_IMAGES.find(f"{repository}:{one}") for one in found)


def test_a_build_on_a_tag_that_is_not_there_names_some_that_are() -> None:
    with pytest.raises(BuildError) as caught:
        Engine().build("FROM python:3.11.99-slim\n", Context.of({}))
    assert caught.value.message.endswith("docker.io/library/python:3.11.99-slim: not found")
    assert caught.value.help is not None
    assert "3.11.7-slim" in caught.value.help.en
    assert "3.11.7-slim" in caught.value.help.zh


def test_a_pull_of_a_tag_that_is_not_there_names_some_that_are() -> None:
    with pytest.raises(EngineError, match="manifest unknown") as caught:
        Engine().pull("node:18.99")
    assert caught.value.help is not None
    assert "18.19.0" in caught.value.help.en
