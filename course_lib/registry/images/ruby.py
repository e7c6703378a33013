"""ruby: on buildpack-deps, on debian-slim, on alpine."""

from __future__ import annotations

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, buildpack, debian
from course_lib.registry.layers import Files
from course_lib.registry.recipe import PATH, Recipe, kit, run

_PROGRAMS = """
p /usr/local/bin/ruby 14000
p /usr/local/bin/gem 520
p /usr/local/bin/bundle 600
p /usr/local/bin/irb 600
p /usr/local/bin/rake 600
d /usr/local/bundle mode=1777
"""


def _recipe(version: str, tags: tuple[str, ...], base: Recipe, size: int, real: int) -> Recipe:
    config = ImageConfig(
        env=(PATH.replace("PATH=", "PATH=/usr/local/bundle/bin:"), "LANG=C.UTF-8",
             f"RUBY_VERSION={version}", "GEM_HOME=/usr/local/bundle", "BUNDLE_SILENCE_ROOT_WARNING=1",
             "BUNDLE_APP_CONFIG=/usr/local/bundle"),
        cmd=("irb",),
    )  # fmt: skip
    steps = (
        *(kit(f"ENV {pair}") for pair in config.env[1:3]),
        run('set -eux; ./configure --disable-install-doc --enable-shared; make -j "$(nproc)"; make '
            "install; ruby --version; gem --version",
            Files(_PROGRAMS, size=size, bulk="/usr/local/lib/libruby.so.3.3.0")),
        *(kit(f"ENV {pair}") for pair in config.env[3:]),
        kit('CMD ["irb"]'),
    )  # fmt: skip
    source = (
        "config: docker-library/ruby; sizes: docker history, January 2024; file lists estimated"
    )
    return Recipe(tags, version, source, config, steps, real, base=base)


RECIPES = {
    "ruby": (
        _recipe("3.3.0", ("latest", "3", "3.3", "3.3.0", "bookworm"), buildpack.FULL, 64_000_000, 993_000_000),
        _recipe("3.3.0", ("slim", "3-slim", "3.3-slim", "3.3.0-slim"), debian.SLIM, 120_000_000, 192_000_000),
        _recipe("3.3.0", ("alpine", "3-alpine", "3.3-alpine", "3.3.0-alpine"), alpine.ALPINE, 88_000_000, 96_000_000),
        _recipe("3.2.2", ("3.2", "3.2.2"), buildpack.FULL, 60_000_000, 989_000_000),
        _recipe("3.2.2", ("3.2-slim", "3.2.2-slim"), debian.SLIM, 118_000_000, 190_000_000),
    )
}  # fmt: skip
