"""postgres, on debian-slim and on alpine."""

from __future__ import annotations

from dataclasses import replace

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, debian, scripts
from course_lib.registry.layers import Account, Files
from course_lib.registry.recipe import PATH, Recipe, kit, run, settings

_BIN = "/usr/lib/postgresql/%(major)s/bin"
_PROGRAMS = """
p %(bin)s/postgres 8500000
p %(bin)s/initdb 190000
p %(bin)s/pg_ctl 70000
p %(bin)s/pg_dump 430000
p %(bin)s/psql 740000
p /usr/bin/psql 9400
p /usr/bin/pg_dump 9400
p /usr/bin/createdb 9400
d /docker-entrypoint-initdb.d
d /var/run/postgresql mode=3775 owner=%(uid)d:%(uid)d
d /var/lib/postgresql/data mode=1777 owner=%(uid)d:%(uid)d
"""
_SOURCE = "config, history and sizes: docker-library/postgres and docker history, January 2024; scripts shortened"


def _config(version: str, path: str) -> ImageConfig:
    major = version.partition(".")[0]
    return ImageConfig(
        env=(
            f"{PATH}:{path}" if path.startswith("/usr/lib/") else PATH,
            "GOSU_VERSION=1.16",
            "LANG=en_US.utf8",
            f"PG_MAJOR={major}",
            f"PG_VERSION={version}",
            "PGDATA=/var/lib/postgresql/data",
        ),
        exposed_ports=("5432/tcp",),
        entrypoint=("docker-entrypoint.sh",),
        cmd=("postgres",),
        volumes=("/var/lib/postgresql/data",),
        stop_signal="SIGINT",
    )


def _recipe(version: str, tags: tuple[str, ...], *, small: bool, real: int) -> Recipe:
    major = version.partition(".")[0]
    uid = 70 if small else 999
    folder = "/usr/local/bin" if small else _BIN % {"major": major}
    config = _config(version, folder)
    gosu = "su-exec" if small else "gosu"
    entrypoint = scripts.file(
        "/usr/local/bin/docker-entrypoint.sh", scripts.fill(scripts.POSTGRES, gosu=gosu)
    )
    words = {"bin": folder, "uid": uid, "major": major}
    install = Files(
        _PROGRAMS % words, size=235_000_000 if small else 316_000_000,
        bulk="/usr/local/lib/postgresql/bitcode" if small else f"/usr/lib/postgresql/{major}/lib/llvmjit.so",
    )  # fmt: skip
    helper = (
        Files(packages=("su-exec",))
        if small
        else Files(
            "p /usr/local/bin/gosu 2300000\n",
            size=38_000_000,
            bulk="/usr/lib/locale/locale-archive",
        )
    )
    steps = (
        run(f"set -eux; groupadd -r postgres --gid={uid}; useradd -r -g postgres --uid={uid} "
            "--home-dir=/var/lib/postgresql --shell=/bin/bash postgres",
            Account("postgres", uid, uid, "/var/lib/postgresql", "/bin/sh" if small else "/bin/bash")),
        run("set -eux; apt-get update; apt-get install -y --no-install-recommends gnupg less; "
            "gosu nobody true", helper),
        *(kit(f"ENV {pair}") for pair in config.env[3:5]),
        run('set -ex; apt-get install -y --no-install-recommends "postgresql-$PG_MAJOR=$PG_VERSION"; '
            "mkdir /docker-entrypoint-initdb.d; postgres --version", install),
        kit("COPY docker-entrypoint.sh docker-ensure-initdb.sh /usr/local/bin/ # buildkit", Files(entrypoint)),
        *settings(replace(config, env=("PGDATA=/var/lib/postgresql/data",))),
    )  # fmt: skip
    return Recipe(
        tags, version, _SOURCE, config, steps, real, base=alpine.ALPINE if small else debian.SLIM
    )


def _pair(version: str, *plain: str, exact: bool) -> tuple[Recipe, ...]:
    names = (version.partition(".")[0], version, *plain)
    others = tuple(name for name in names if name != "latest")
    extra = ("alpine",) if "latest" in plain else ()
    large = _recipe(
        version, (*names, *(f"{n}-bookworm" for n in others)), small=False, real=432_000_000
    )
    small = _recipe(
        version, (*(f"{n}-alpine" for n in others), *extra), small=True, real=243_000_000
    )
    if exact:
        return large, small
    estimated = "estimated: this version's name over the layers of 16"
    return replace(large, size=0, source=estimated), replace(small, size=0, source=estimated)


RECIPES = {
    "postgres": (
        *_pair("16.1", "latest", exact=True),
        *_pair("13.13", exact=False),
        *_pair("14.10", exact=False),
        *_pair("15.5", exact=False),
        *_pair("17.2", exact=False),
    )
}
