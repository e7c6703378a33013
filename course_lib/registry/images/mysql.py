"""mysql on Oracle Linux (here on the files of CentOS 8's packages), mariadb on Ubuntu."""

from __future__ import annotations

from dataclasses import replace

from course_lib.image.config import ImageConfig
from course_lib.registry.images import centos, scripts, ubuntu
from course_lib.registry.layers import Account, Files
from course_lib.registry.recipe import PATH, Recipe, kit, run, settings

_SOURCE = (
    "config, history and sizes: docker-library and docker history, January 2024; scripts shortened"
)
_FOLDERS = """
d /docker-entrypoint-initdb.d
d /var/lib/mysql mode=1777 owner=999:999
d /var/run/mysqld mode=1777 owner=999:999
"""
_MYSQL = """
p /usr/sbin/mysqld 61000000
p /usr/bin/mysql 7700000
p /usr/bin/mysqldump 7600000
p /usr/bin/mysqladmin 7500000
t /etc/my.cnf "[mysqld]\\nskip-host-cache\\nskip-name-resolve\\ndatadir=/var/lib/mysql\\nsocket=/var/run/mysqld/mysqld.sock\\nuser=mysql\\n"
"""
_MARIADB = """
p /usr/sbin/mariadbd 24500000 name=mysqld
p /usr/bin/mariadb 5200000 name=mysql
p /usr/bin/mariadb-dump 5100000
l /usr/bin/mysql mariadb
l /usr/sbin/mysqld mariadbd
t /etc/mysql/my.cnf "[client-server]\\nsocket = /run/mysqld/mysqld.sock\\n\\n!includedir /etc/mysql/conf.d/\\n"
d /etc/mysql/conf.d
"""
_ORACLE = Recipe(
    ("8-slim",),
    "8.9",
    "size: docker history; files: those of the registry's CentOS 8, so estimated",
    ImageConfig(env=(PATH,), cmd=("/bin/bash",)),
    (kit("ADD oraclelinux-8-slim-amd64-rootfs.tar.xz / # buildkit", centos.slim_files),),
    112_000_000,
)


def _mysql(version: str, tags: tuple[str, ...], major: str, real: int) -> Recipe:
    config = ImageConfig(
        env=(PATH, "GOSU_VERSION=1.16", f"MYSQL_MAJOR={major}", f"MYSQL_VERSION={version}-1.el8",
             f"MYSQL_SHELL_VERSION={version}-1.el8"),
        exposed_ports=("3306/tcp", "33060/tcp"),
        entrypoint=("docker-entrypoint.sh",),
        cmd=("mysqld",),
        volumes=("/var/lib/mysql",),
    )  # fmt: skip
    script = scripts.fill(scripts.MYSQL, server="mysqld", title="MySQL", prefix="MYSQL", empty="")
    steps = (
        run("set -eux; groupadd --system --gid 999 mysql; useradd --system --uid 999 --gid 999 "
            "--home-dir /var/lib/mysql --no-create-home mysql",
            Account("mysql", 999, 999, "/var/lib/mysql", "/bin/bash", makes_home=False)),
        kit("ENV GOSU_VERSION=1.16"),
        run("set -eux; curl -fL -o /usr/local/bin/gosu; chmod +x /usr/local/bin/gosu; gosu nobody true",
            Files("p /usr/local/bin/gosu 2360000\n")),
        run("set -eux; microdnf install -y bzip2 gzip openssl xz zstd; microdnf clean all",
            Files("p /usr/bin/openssl 770000\n", size=12_500_000)),
        *(kit(f"ENV {pair}") for pair in config.env[2:4]),
        run('set -eux; microdnf install -y "mysql-community-server-minimal-$MYSQL_VERSION"; mkdir '
            "/docker-entrypoint-initdb.d; mysqld --version; mysql --version",
            Files(_MYSQL + _FOLDERS, size=323_000_000, bulk="/usr/lib64/mysql/plugin/component.so")),
        run('set -eux; microdnf install -y "mysql-shell-$MYSQL_SHELL_VERSION"; mysqlsh --version',
            Files("p /usr/bin/mysqlsh 30000000\n", size=171_000_000, bulk="/usr/lib/mysqlsh/data")),
        kit("COPY docker-entrypoint.sh /usr/local/bin/ # buildkit",
            Files(scripts.file("/usr/local/bin/docker-entrypoint.sh", script))),
        *settings(replace(config, env=())),
    )  # fmt: skip
    return Recipe(tags, version, _SOURCE, config, steps, real, base=_ORACLE)


def _mariadb(version: str, tags: tuple[str, ...]) -> Recipe:
    config = ImageConfig(
        env=(
            PATH,
            "GOSU_VERSION=1.14",
            "LANG=C.UTF-8",
            f"MARIADB_VERSION=1:{version}+maria~ubu2204",
        ),
        exposed_ports=("3306/tcp",),
        entrypoint=("docker-entrypoint.sh",),
        cmd=("mariadbd",),
        volumes=("/var/lib/mysql",),
        labels=ubuntu.JAMMY.config.labels,
    )
    script = scripts.fill(
        scripts.MYSQL, server="mariadbd", title="MariaDB", prefix="MARIADB", empty="ROOT_"
    )
    steps = (
        run("groupadd -r mysql && useradd -r -g mysql mysql --home-dir /var/lib/mysql",
            Account("mysql", 999, 999, "/var/lib/mysql", makes_home=False)),
        run("set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates "
            "gpg gpgv libjemalloc2 pwgen tzdata xz-utils zstd; gosu nobody true",
            Files("p /usr/local/bin/gosu 2300000\n", size=18_000_000)),
        kit("RUN mkdir /docker-entrypoint-initdb.d # buildkit", Files(_FOLDERS)),
        kit(f"ENV MARIADB_VERSION=1:{version}+maria~ubu2204"),
        run('set -ex; apt-get install -y --no-install-recommends "mariadb-server=$MARIADB_VERSION" '
            "mariadb-backup socat",
            Files(_MARIADB, size=308_000_000, bulk="/usr/lib/mysql/plugin/ha_rocksdb.so")),
        kit("COPY docker-entrypoint.sh /usr/local/bin/ # buildkit",
            Files(scripts.file("/usr/local/bin/docker-entrypoint.sh", script))),
        *settings(replace(config, env=())),
    )  # fmt: skip
    return Recipe(tags, version, _SOURCE, config, steps, 404_000_000, base=ubuntu.JAMMY)


RECIPES = {
    "mysql": (
        _mysql(
            "8.2.0",
            ("latest", "8", "8.2", "8.2.0", "innovation", "oracle"),
            "innovation",
            621_000_000,
        ),
        _mysql("8.0.35", ("8.0", "8.0.35", "8.0-oracle"), "8.0", 591_000_000),
        replace(
            _mysql("8.4.3", ("8.4", "lts"), "8.4", 0),
            source="estimated: this version's name over the layers of 8.2",
        ),
        replace(
            _mysql("5.7.44", ("5", "5.7", "5.7.44"), "5.7", 0),
            source="estimated: this version's name over the layers of 8.2",
        ),
    ),
    "mariadb": (
        _mariadb("11.2.2", ("latest", "11", "11.2", "11.2.2", "jammy")),
        replace(
            _mariadb("10.11.6", ("10", "10.11", "10.11.6", "lts")),
            size=0,
            source="estimated: this version's name over the layers of 11.2",
        ),
    ),
}
