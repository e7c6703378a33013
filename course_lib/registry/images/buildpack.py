"""buildpack-deps on Debian 12: what the large variants of python, node, golang, ruby and rust stand on."""

from __future__ import annotations

from course_lib.image.config import ImageConfig
from course_lib.registry.images import debian
from course_lib.registry.layers import Files
from course_lib.registry.recipe import PATH, Recipe, run

_CONFIG = ImageConfig(env=(PATH,), cmd=("bash",))
_SOURCE = (
    "layers and sizes: docker history, January 2024; packages: Debian 12; other files estimated"
)
CURL = Recipe(
    ("bookworm-curl", "stable-curl", "curl"),
    "12",
    _SOURCE,
    _CONFIG,
    (
        run(
            "set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates "
            "curl gnupg netbase sq wget ; rm -rf /var/lib/apt/lists/*",
            Files(
                packages=("ca-certificates", "curl", "gnupg", "wget"),
                size=48_500_000,
                bulk="/usr/bin/sq",
            ),
        ),
    ),
    165_000_000,
    base=debian.DEBIAN,
)
SCM = Recipe(
    ("bookworm-scm", "stable-scm", "scm"),
    "12",
    _SOURCE,
    _CONFIG,
    (
        run(
            "apt-get update && apt-get install -y --no-install-recommends git mercurial "
            "openssh-client subversion procps && rm -rf /var/lib/apt/lists/*",
            Files(
                "p /usr/bin/hg 40000\np /usr/bin/svn 312000\n",
                ("git", "openssh-client", "procps"),
                177_000_000,
                "/usr/lib/python3/dist-packages/mercurial/data",
            ),
        ),
    ),
    342_000_000,
    base=CURL,
)
FULL = Recipe(
    ("latest", "bookworm", "stable"),
    "12",
    _SOURCE,
    _CONFIG,
    (
        run(
            "set -ex; apt-get update; apt-get install -y --no-install-recommends autoconf automake "
            "bzip2 default-libmysqlclient-dev dpkg-dev file g++ gcc imagemagick libbz2-dev libc6-dev "
            "libcurl4-openssl-dev libpq-dev libssl-dev libxml2-dev libyaml-dev make patch unzip "
            "xz-utils zlib1g-dev ; rm -rf /var/lib/apt/lists/*",
            Files(
                packages=(
                    "autoconf", "automake", "bzip2", "default-libmysqlclient-dev", "file", "g++",
                    "gcc", "libbz2-dev", "libcurl4-openssl-dev", "libffi-dev", "libpq-dev",
                    "libssl-dev", "libxml2-dev", "libyaml-dev", "make", "patch", "unzip",
                    "xz-utils", "zlib1g-dev",
                ),
                size=588_000_000,
                bulk="/usr/lib/x86_64-linux-gnu/libMagickCore-6.Q16.a",
            ),
        ),
    ),
    930_000_000,
    base=SCM,
)  # fmt: skip
RECIPES = {"buildpack-deps": (FULL, SCM, CURL)}
