"""redis and memcached, on debian-slim and on alpine."""

from __future__ import annotations

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, debian, scripts
from course_lib.registry.layers import Account, Files
from course_lib.registry.recipe import PATH, Recipe, kit, run, settings

_VERSION = "7.2.4"
_REDIS = """
p /usr/local/bin/redis-server %(server)d
p /usr/local/bin/redis-cli 7300000
p /usr/local/bin/redis-benchmark 6800000
l /usr/local/bin/redis-sentinel redis-server
l /usr/local/bin/redis-check-aof redis-server
l /usr/local/bin/redis-check-rdb redis-server
"""
_DATA = "d /data owner=999:999"
_SOURCE = (
    "config, history and sizes: docker-library and docker history, January 2024; scripts shortened"
)


def _redis(
    tags: tuple[str, ...], base: Recipe, helper: Files, sizes: tuple[int, int], gosu: str
) -> Recipe:
    config = ImageConfig(
        env=(PATH, "GOSU_VERSION=1.17", f"REDIS_VERSION={_VERSION}"),
        exposed_ports=("6379/tcp",),
        entrypoint=("docker-entrypoint.sh",),
        cmd=("redis-server",),
        volumes=("/data",),
        working_dir="/data",
    )
    entrypoint = scripts.file(
        "/usr/local/bin/docker-entrypoint.sh", scripts.fill(scripts.REDIS, gosu=gosu)
    )
    steps = (
        run("set -eux; groupadd -r -g 999 redis; useradd -r -g redis -u 999 redis",
            Account("redis", 999, 999, "/home/redis", makes_home=False)),
        run("set -eux; apt-get update; apt-get install -y --no-install-recommends tzdata; gosu nobody true", helper),
        kit(f"ENV REDIS_VERSION={_VERSION}"),
        run('set -eux; make -C /usr/src/redis -j "$(nproc)" all; make -C /usr/src/redis install; '
            "redis-cli --version; redis-server --version",
            Files(_REDIS % {"server": sizes[0] // 2}, size=sizes[0], bulk="/usr/local/lib/redis")),
        run("mkdir /data && chown redis:redis /data", Files(_DATA)),
        kit("VOLUME [/data]"),
        kit("WORKDIR /data"),
        kit("COPY docker-entrypoint.sh /usr/local/bin/ # buildkit", Files(entrypoint)),
        kit('ENTRYPOINT ["docker-entrypoint.sh"]'),
        kit("EXPOSE map[6379/tcp:{}]"),
        kit('CMD ["redis-server"]'),
    )  # fmt: skip
    return Recipe(tags, _VERSION, _SOURCE, config, steps, sizes[1], base=base)


_MEMCACHED_CONFIG = ImageConfig(
    user="memcache",
    env=(PATH, "MEMCACHED_VERSION=1.6.23"),
    exposed_ports=("11211/tcp",),
    entrypoint=("docker-entrypoint.sh",),
    cmd=("memcached",),
)
_MEMCACHED = Recipe(
    ("latest", "1", "1.6", "1.6.23", "bookworm"),
    "1.6.23",
    _SOURCE,
    _MEMCACHED_CONFIG,
    (
        run("set -eux; groupadd --system --gid 11211 memcache; useradd --system --gid memcache "
            "--uid 11211 memcache",
            Account("memcache", 11211, 11211, "/home/memcache", makes_home=False)),
        run('set -x; ./configure; make -j "$nproc"; make install; memcached -V',
            Files("p /usr/local/bin/memcached 1100000\n", size=10_000_000)),
        kit("COPY docker-entrypoint.sh /usr/local/bin/ # buildkit",
            Files(scripts.file("/usr/local/bin/docker-entrypoint.sh", scripts.MEMCACHED))),
        *settings(_MEMCACHED_CONFIG),
    ),
    84_800_000,
    base=debian.SLIM,
)  # fmt: skip
RECIPES = {
    "redis": (
        _redis(
            ("latest", "7", "7.2", _VERSION, "bookworm", "7.2-bookworm", "7-bookworm"),
            debian.SLIM,
            Files("p /usr/local/bin/gosu 2300000\n", ("tzdata",), 4_130_000),
            (58_600_000, 138_000_000),
            "gosu",
        ),
        _redis(
            ("alpine", "7-alpine", "7.2-alpine", f"{_VERSION}-alpine"),
            alpine.ALPINE,
            Files(packages=("su-exec", "tzdata")),
            (31_000_000, 40_900_000),
            "su-exec",
        ),
    ),
    "memcached": (_MEMCACHED,),
}
