"""The keys of the literal exercises of 16 and 17, asked of a real engine, with both of its builders."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Literal

import pytest

from autograder.keys import answers as keys
from tests.oracles.docker_engine import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.oracles.docker_engine import DockerEngine

Builder = Literal["buildkit", "legacy"]

SHOP = f"""\
FROM {BASE}
ARG VERSION=1
RUN echo curl > /bin/curl
COPY conf/ /etc/shop/
LABEL team=shop
RUN cat /etc/shop/* > /all.conf
COPY app.sh /srv/
CMD ["sh", "/srv/app.sh"]
"""
OTHER_LABEL = ("Dockerfile", SHOP.replace("team=shop", "team=sales"))
COMMENT = ("Dockerfile", SHOP.replace("LABEL", "# who is it for?\nLABEL"))


def _key(exercise: str, row: str) -> object:
    key = keys()[exercise]
    assert isinstance(key, dict)
    return key[row]


def _done(said: str) -> list[tuple[str, bool]]:
    """Each step that the engine printed: its instruction, and whether it came from the cache."""
    steps = re.findall(r"^(#\d+) \[\d+/\d+\] (.+)$", said, re.MULTILINE)
    if steps:
        return [(text, f"\n{number} CACHED" in said) for number, text in steps]
    parts = re.split(r"^Step \d+/\d+ : ", said, flags=re.MULTILINE)[1:]
    return [(part.split("\n")[0], "---> Using cache" in part) for part in parts]


@pytest.mark.parametrize(
    ("row", "edit", "options", "builder"),
    [
        pytest.param("a", ("app.sh", "echo shop 2\n"), (), "buildkit", id="a"),
        pytest.param("b", ("conf/shop.conf", "port = 8080\n"), (), "buildkit", id="b"),
        pytest.param("d", OTHER_LABEL, (), "buildkit", id="d"),
        pytest.param("e", OTHER_LABEL, (), "legacy", id="e"),
        pytest.param("f", (), ("--build-arg", "VERSION=2"), "buildkit", id="f"),
        pytest.param("g", COMMENT, (), "buildkit", id="g"),
        pytest.param("h", (), (), "buildkit", id="h"),
    ],
)
def test_the_engine_begins_again_where_cache_hits_says(  # noqa: PLR0913 - a row of the exercise
    *,
    row: str,
    edit: tuple[str, str] | tuple[()],
    options: tuple[str, ...],
    builder: Builder,
    docker_engine: DockerEngine,
    tmp_path: Path,
) -> None:
    (tmp_path / "conf").mkdir()
    files = {"Dockerfile": SHOP, "conf/shop.conf": "port = 80\n", "app.sh": f"echo shop {row}\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    plain = ("--progress", "plain") if builder == "buildkit" else ()
    docker_engine.build(tmp_path, tag="shop", builder=builder, options=plain)
    if edit:
        (tmp_path / edit[0]).write_text(edit[1], encoding="utf-8")

    done = docker_engine.build(tmp_path, tag="shop", builder=builder, options=(*plain, *options))

    steps = _done(f"{done.stdout.decode()}\n{done.stderr.decode()}")
    again = [text for text, cached in steps if not cached and not text.startswith(("FROM", "ARG"))]
    lines = (tmp_path / "Dockerfile").read_text(encoding="utf-8").split("\n")
    first = 1 + lines.index(again[0]) if again else 0
    assert first == _key("cache-hits", row)


def test_the_engine_takes_no_new_time_for_a_change_as_cache_hits_says(
    docker_engine: DockerEngine, tmp_path: Path
) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM {BASE}\nCOPY touched /\n", encoding="utf-8")
    (tmp_path / "touched").write_text("hello\n", encoding="utf-8")
    plain = ("--progress", "plain")
    docker_engine.build(tmp_path, tag="touched", options=plain)
    os.utime(tmp_path / "touched", (0, 0))

    said = docker_engine.build(tmp_path, tag="touched", options=plain).stderr.decode()

    assert [cached for text, cached in _done(said) if text.startswith("COPY")] == [True]
    assert _key("cache-hits", "c") == 0


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_the_engine_prints_the_letters_of_onbuild_steps(
    builder: Builder, docker_engine: DockerEngine, tmp_path: Path
) -> None:
    files = {
        "base": f"FROM {BASE}\nONBUILD RUN echo A\nRUN echo B\nONBUILD RUN echo C\n",
        "child": "FROM base\nRUN echo D\nONBUILD RUN echo E\n",
        "grandchild": "FROM child\nRUN echo F\n",
    }
    options = ("--no-cache", *(("--progress", "plain") if builder == "buildkit" else ()))
    for tag, text in files.items():
        (tmp_path / "Dockerfile").write_text(text, encoding="utf-8")

        done = docker_engine.build(tmp_path, tag=tag, builder=builder, options=options)

        said = f"{done.stdout.decode()}\n{done.stderr.decode()}"
        letters = re.findall(r"^(?:#\d+ [\d.]+ )?([A-F])$", said, re.MULTILINE)
        assert " ".join(letters) == _key("onbuild-steps", tag)

    assert docker_engine.inspect("grandchild")["Config"]["OnBuild"] in (None, [])
    layers = {tag: len(docker_engine.inspect(tag)["RootFS"]["Layers"]) for tag in files}
    if builder == "buildkit":  # the older one makes no layer for a RUN that changes no file
        assert layers["child"] - layers["base"] == _key("onbuild-steps", "layers")
