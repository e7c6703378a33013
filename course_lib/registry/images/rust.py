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


RECIPES = {
    "rust": (
        _recipe("1.75.0", ("latest", "1", "1.75", "1.75.0", "bookworm", "1.75-bookworm"), buildpack.FULL, (495_000_000, 1_430_000_000), ()),
        _recipe("1.75.0", ("slim", "1-slim", "1.75-slim", "slim-bookworm", "1.75-slim-bookworm"), debian.SLIM, (495_000_000, 0), ("ca-certificates", "gcc")),
        _recipe("1.75.0", ("alpine", "1-alpine", "1.75-alpine"), alpine.ALPINE, (610_000_000, 0), ("ca-certificates", "gcc", "musl-dev")),
    )
}  # fmt: skip
