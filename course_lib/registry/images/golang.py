"""golang: the notes' 1.9.2 on Alpine 3.6, and current ones on Debian and Alpine."""

from __future__ import annotations

from dataclasses import replace

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, buildpack
from course_lib.registry.layers import Files
from course_lib.registry.recipe import NOP, PATH, RECENT, Recipe, Step, copied, kit, run

_GO_PATH = PATH.replace("PATH=", "PATH=/go/bin:/usr/local/go/bin:")
_GO = """
t /usr/local/go/VERSION "go%(version)s"
p /usr/local/go/bin/go %(go)d
p /usr/local/go/bin/gofmt %(gofmt)d
f /usr/local/go/src/fmt/print.go 33000
f /usr/local/go/src/net/http/server.go 116000
"""
_FOLDERS = """
d /go mode=1777
d /go/bin mode=1777
d /go/src mode=1777
"""
_BULK = "/usr/local/go/pkg/tool/linux_amd64/compile"
_SOURCE = (
    "config, history and sizes: docker-library/golang and docker history; file lists estimated"
)


def _config(version: str) -> ImageConfig:
    return ImageConfig(
        env=(_GO_PATH, f"GOLANG_VERSION={version}", "GOTOOLCHAIN=local", "GOPATH=/go"),
        cmd=("bash",),
        working_dir="/go",
    )


def _go(version: str, size: int) -> Files:
    words = {"version": version, "go": 12_900_000, "gofmt": 2_900_000}
    return Files(_GO % words, size=size, bulk=_BULK)


def _tail(version: str) -> tuple[Step, ...]:
    return (
        kit("ENV GOTOOLCHAIN=local"),
        kit("ENV GOPATH=/go"),
        kit(f"ENV {_GO_PATH}"),
        kit(
            "COPY /target/ / # buildkit"
            if version > "1.22"
            else "COPY /usr/local/go/ /usr/local/go/ # buildkit",
            _go(version, 224_000_000),
        ),
        run(
            'mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH"',
            Files(_FOLDERS),
        ),
        kit("WORKDIR /go"),
    )


def _debian(version: str, tags: tuple[str, ...], real: int, source: str) -> Recipe:
    steps = (
        run(
            "set -eux; apt-get update; apt-get install -y --no-install-recommends g++ gcc libc6-dev "
            "make pkg-config ; rm -rf /var/lib/apt/lists/*",
            Files(
                packages=("g++", "gcc", "make", "pkg-config"),
                size=227_000_000,
                bulk="/usr/lib/gcc/x86_64-linux-gnu/12/extra",
            ),
        ),
        kit(f"ENV GOLANG_VERSION={version}"),
        *_tail(version),
    )
    return Recipe(tags, version, source, _config(version), steps, real, RECENT, buildpack.SCM)


def _alpine(version: str, tags: tuple[str, ...], real: int, source: str) -> Recipe:
    steps = (
        run("apk add --no-cache ca-certificates", Files(packages=("ca-certificates",))),
        kit(f"ENV GOLANG_VERSION={version}"),
        *_tail(version),
    )
    config = replace(_config(version), cmd=("/bin/sh",))
    return Recipe(tags, version, source, config, steps, real, RECENT, alpine.ALPINE)


def _variants(version: str, *plain: str, exact: bool) -> tuple[Recipe, ...]:
    short = ".".join(version.split(".")[:2])
    names = (short, version, *plain)
    others = tuple(name for name in names if name != "latest")
    source = _SOURCE if exact else "estimated: this version's name over the layers of 1.21"
    small = ("alpine",) if "latest" in plain else ()
    return (
        _debian(
            version,
            (*names, *(f"{name}-bookworm" for name in others)),
            793_000_000 if exact else 0,
            source,
        ),
        _alpine(
            version,
            (*(f"{n}-alpine" for n in others), *(f"{n}-alpine3.19" for n in others), *small),
            230_000_000 if exact else 0,
            source,
        ),
    )


_OLD = "1.9.2"
_WRAPPER = r't /usr/local/bin/go-wrapper "#!/bin/sh\nset -e\n\nexec go \"$@\"\n" mode=755'
_OLD_CONFIG = ImageConfig(
    env=(_GO_PATH, f"GOLANG_VERSION={_OLD}", "GOPATH=/go"), cmd=("/bin/sh",), working_dir="/go"
)
OLD = Recipe(
    ("1.9.2-alpine3.6", "1.9-alpine3.6", "1.9.2-alpine"),
    _OLD,
    _SOURCE,
    _OLD_CONFIG,
    (
        Step(
            "/bin/sh -c apk add --no-cache \t\tca-certificates",
            Files(packages=("ca-certificates",)),
        ),
        Step(
            "/bin/sh -c [ ! -e /etc/nsswitch.conf ] && echo 'hosts: files dns' > /etc/nsswitch.conf",
            Files('t /etc/nsswitch.conf "hosts: files dns\\n"'),
        ),
        Step(f"{NOP} ENV GOLANG_VERSION={_OLD}"),
        Step(
            "/bin/sh -c set -eux; \tapk add --no-cache --virtual .build-deps \t\tbash \t\tgcc "
            '\t\tmusl-dev \t\topenssl \t\tgo \t; \texport \t\tGOROOT_BOOTSTRAP="$(go env GOROOT)"; '
            "\tcd /usr/local/go/src; \t./make.bash; \tapk del .build-deps; \tgo version",
            _go(_OLD, 264_000_000),
        ),
        Step(f"{NOP} ENV GOPATH=/go"),
        Step(f"{NOP} ENV {_GO_PATH}"),
        Step(
            '/bin/sh -c mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 777 "$GOPATH"',
            Files(_FOLDERS.replace("1777", "777")),
        ),
        Step(f"{NOP} WORKDIR /go"),
        Step(
            copied(_WRAPPER, "/usr/local/bin/"),
            Files(_WRAPPER),
        ),
    ),
    269_000_000,
    "2017-12-01T20:36:31Z",
    alpine.ALPINE_36,
)
RECIPES = {
    "golang": (
        *_variants("1.21.6", "1", "latest", exact=True),
        OLD,
        *_variants("1.20.13", exact=False),
        *_variants("1.22.0", exact=False),
        *_variants("1.23.4", exact=False),
        *_variants("1.24.0", exact=False),
    )
}
