"""rust: on buildpack-deps, on debian-slim, on alpine."""

from __future__ import annotations

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, buildpack, debian
from course_lib.registry.layers import Files
from course_lib.registry.recipe import PATH, Recipe, kit, run

_PROGRAMS = """
p /usr/local/cargo/bin/cargo 13500000
p /usr/local/cargo/bin/rustc 13500000
p /usr/local/cargo/bin/rustup 13500000
p /usr/local/cargo/bin/rustfmt 13500000
p /usr/local/cargo/bin/cargo-clippy 13500000
d /usr/local/rustup mode=777
"""


def _recipe(
    version: str,
    tags: tuple[str, ...],
    base: Recipe,
    sizes: tuple[int, int],
    helpers: tuple[str, ...],
) -> Recipe:
    config = ImageConfig(
        env=("RUSTUP_HOME=/usr/local/rustup", "CARGO_HOME=/usr/local/cargo",
             PATH.replace("PATH=", "PATH=/usr/local/cargo/bin:"), f"RUST_VERSION={version}"),
        cmd=("/bin/sh",) if base is alpine.ALPINE else ("bash",),
    )  # fmt: skip
    first = (
        (
            run(
                "apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev",
                Files(packages=helpers),
            ),
        )
        if helpers
        else ()
    )
    steps = (
        *first,
        kit("ENV " + " ".join(config.env)),
        run("set -eux; ./rustup-init -y --no-modify-path --profile minimal --default-toolchain "
            "$RUST_VERSION; cargo --version; rustc --version;",
            Files(_PROGRAMS, size=sizes[0], bulk="/usr/local/rustup/toolchains/stable-x86_64/lib/librustc_driver.so")),
    )  # fmt: skip
    source = "config: rust-lang/docker-rust; sizes: docker history, January 2024, partly estimated"
    return Recipe(tags, version, source, config, steps, sizes[1], base=base)


def _family(version: str, *names: str) -> tuple[Recipe, ...]:
    """One version in its three variants; `names` are its short names, "" for the newest."""
    tags = tuple(name for name in names if name)
    newest = "" in names

    def named(variant: str, *more: str) -> tuple[str, ...]:
        return (*(f"{tag}-{variant}" for tag in tags), *((variant, *more) if newest else ()))

    full = (*(("latest",) if newest else ()), *tags, *named("bookworm"))
    slim = (*named("slim"), *named("slim-bookworm"))
    real = 1_430_000_000 if newest else 0
    return (
        _recipe(version, full, buildpack.FULL, (495_000_000, real), ()),
        _recipe(version, slim, debian.SLIM, (495_000_000, 0), ("ca-certificates", "gcc")),
        _recipe(version, named("alpine"), alpine.ALPINE, (610_000_000, 0), ("ca-certificates", "gcc", "musl-dev")),
    )  # fmt: skip


RECIPES = {
    "rust": (
        *_family("1.75.0", "", "1", "1.75", "1.75.0"),
        *_family("1.70.0", "1.70", "1.70.0"),
        *_family("1.78.0", "1.78", "1.78.0"),
        *_family("1.83.0", "1.83", "1.83.0"),
    )
}
