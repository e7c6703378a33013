"""python: on buildpack-deps, on debian-slim, on alpine."""

from __future__ import annotations

from dataclasses import replace

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, buildpack, debian
from course_lib.registry.layers import Files
from course_lib.registry.recipe import PATH, RECENT, Recipe, kit, run

_LOCAL_PATH = PATH.replace("PATH=", "PATH=/usr/local/bin:")
_LIB = "/usr/local/lib/python%(short)s"
_PYTHON = """
p /usr/local/bin/python%(short)s 14480 name=python3
p /usr/local/bin/2to3-%(short)s 102
p /usr/local/bin/idle%(short)s 100
p /usr/local/bin/pydoc%(short)s 85
p /usr/local/bin/python%(short)s-config 3133
f /usr/local/include/python%(short)s/Python.h 2900
f /usr/local/lib/libpython%(short)s.so.1.0 6300000 mode=755
l /usr/local/lib/libpython%(short)s.so libpython%(short)s.so.1.0
f /usr/local/lib/python%(short)s/os.py 39900
f /usr/local/lib/python%(short)s/json/__init__.py 14000
d /usr/local/lib/python%(short)s/site-packages
t /usr/local/lib/python%(short)s/site-packages/README.txt "This directory exists so that 3rd party packages can be installed\\nhere.  Read the source for site.py for more details.\\n"
"""
_LINKS = """
l /usr/local/bin/idle3 idle%(short)s
l /usr/local/bin/pydoc3 pydoc%(short)s
l /usr/local/bin/python3 python%(short)s
l /usr/local/bin/python3-config python%(short)s-config
l /usr/local/bin/idle idle3
l /usr/local/bin/pydoc pydoc3
l /usr/local/bin/python python3
l /usr/local/bin/python-config python3-config
"""
_PIP = """
p /usr/local/bin/pip 225 name=pip
p /usr/local/bin/pip3 225 name=pip
p /usr/local/bin/pip%(short)s 225 name=pip
p /usr/local/bin/wheel 222
f /usr/local/lib/python%(short)s/site-packages/pip/__main__.py 854
t /usr/local/lib/python%(short)s/site-packages/pip-%(pip)s.dist-info/METADATA "Metadata-Version: 2.1\\nName: pip\\nVersion: %(pip)s\\n"
t /usr/local/lib/python%(short)s/site-packages/setuptools-65.5.1.dist-info/METADATA "Metadata-Version: 2.1\\nName: setuptools\\nVersion: 65.5.1\\n"
t /usr/local/lib/python%(short)s/site-packages/wheel-0.42.0.dist-info/METADATA "Metadata-Version: 2.1\\nName: wheel\\nVersion: 0.42.0\\n"
"""
_PIP_VERSION = "23.2.1"
_SOURCE = "config, history and sizes: docker-library/python and docker history, January 2024; file lists estimated"


def _config(version: str) -> ImageConfig:
    return ImageConfig(
        env=(
            _LOCAL_PATH,
            "LANG=C.UTF-8",
            f"PYTHON_VERSION={version}",
            f"PYTHON_PIP_VERSION={_PIP_VERSION}",
        ),
        cmd=("python3",),
    )


def _recipe(  # noqa: PLR0913 - what differs from variant to variant
    version: str,
    tags: tuple[str, ...],
    base: Recipe,
    first: Files,
    sizes: tuple[int, int],
    *,
    real: int,
    build: str,
) -> Recipe:
    short = ".".join(version.split(".")[:2])
    words = {"short": short, "pip": _PIP_VERSION}
    lib = _LIB % words
    python = Files(_PYTHON % words, size=sizes[0], bulk=f"{lib}/lib-dynload/modules.so")
    pip = Files(_PIP % words, size=sizes[1], bulk=f"{lib}/site-packages/pip/_vendor/vendored.py")
    config = _config(version)
    steps = (
        kit(f"ENV {_LOCAL_PATH}"),
        kit("ENV LANG=C.UTF-8"),
        run(f"set -eux; {build} ; rm -rf /var/lib/apt/lists/*", first),
        kit(f"ENV PYTHON_VERSION={version}"),
        run(
            "set -eux; wget -O python.tar.xz "
            f'"https://www.python.org/ftp/python/{version}/Python-{version}.tar.xz"; '
            "tar --extract --directory /usr/src/python --strip-components=1 --file python.tar.xz; "
            './configure --enable-optimizations --enable-shared; make -j "$nproc"; make install; '
            "python3 --version",
            python,
        ),
        run(
            'set -eux; for src in idle3 pydoc3 python3 python3-config; do dst="$(echo "$src" | '
            'tr -d 3)"; ln -svT "$src" "/usr/local/bin/$dst"; done',
            Files(_LINKS % words),
        ),
        kit(f"ENV PYTHON_PIP_VERSION={_PIP_VERSION}"),
        run(
            'set -eux; wget -O get-pip.py "$PYTHON_GET_PIP_URL"; python get-pip.py '
            '--no-cache-dir --no-compile "pip==$PYTHON_PIP_VERSION"; pip --version',
            pip,
        ),
        kit('CMD ["python3"]'),
    )
    return Recipe(tags, version, _SOURCE, config, steps, real, RECENT, base)


def _variants(version: str, *plain: str, exact: bool) -> tuple[Recipe, ...]:
    short = ".".join(version.split(".")[:2])
    names = (short, version, *plain)
    versions = (short, version, *(name for name in plain if name != "latest"))
    full = _recipe(
        version,
        (*names, *(f"{name}-bookworm" for name in versions)),
        buildpack.FULL,
        Files(size=18_500_000, bulk="/usr/lib/x86_64-linux-gnu/libtk8.6.so"),
        (57_000_000, 11_300_000),
        real=1_020_000_000,
        build="apt-get update; apt-get install -y --no-install-recommends libbluetooth-dev tk-dev uuid-dev",
    )
    slim = _recipe(
        version,
        (*(f"{name}-slim" for name in versions), *(f"{name}-slim-bookworm" for name in versions),
         *(["slim"] if "latest" in plain else [])),
        debian.SLIM,
        Files(packages=("ca-certificates", "tzdata"), size=9_220_000, bulk="/usr/share/zoneinfo/tzdata"),
        (35_900_000, 11_300_000),
        real=131_000_000,
        build="apt-get update; apt-get install -y --no-install-recommends ca-certificates netbase tzdata",
    )  # fmt: skip
    small = _recipe(
        version,
        (*(f"{name}-alpine" for name in versions), *(f"{name}-alpine3.19" for name in versions),
         *(["alpine"] if "latest" in plain else [])),
        alpine.ALPINE,
        Files(packages=("ca-certificates", "tzdata"), size=1_700_000),
        (31_300_000, 11_000_000),
        real=51_500_000,
        build="apk add --no-cache ca-certificates tzdata",
    )  # fmt: skip
    made = (full, slim, small)
    if exact:
        return made
    estimated = "estimated: this version's name over the layers of 3.12"
    return tuple(replace(recipe, size=0, source=estimated) for recipe in made)


RECIPES = {
    "python": (
        *_variants("3.12.1", "3", "latest", exact=True),
        *_variants("3.8.18", exact=False),
        *_variants("3.9.18", exact=False),
        *_variants("3.10.13", exact=False),
        *_variants("3.11.7", exact=False),
        *_variants("3.13.1", exact=False),
        *_variants("3.14.0", exact=False),
    )
}
