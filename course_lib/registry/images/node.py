"""node: on buildpack-deps, on debian-slim, on alpine."""

from __future__ import annotations

from dataclasses import replace

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, buildpack, debian
from course_lib.registry.layers import Account, Files
from course_lib.registry.recipe import PATH, RECENT, Recipe, kit, run

_YARN = "1.22.19"
_ENTRYPOINT = r"""
t /usr/local/bin/docker-entrypoint.sh "#!/bin/sh\nset -e\n\n# an option or no command at all is meant for node\nif [ \"${1#-}\" != \"${1}\" ] || [ -z \"$(command -v \"${1}\")\" ] || { [ -f \"${1}\" ] && ! [ -x \"${1}\" ]; }; then\n  set -- node \"$@\"\nfi\n\nexec \"$@\"\n" mode=775
"""
_NODE = """
p /usr/local/bin/node 96000000
p /usr/local/lib/node_modules/npm/bin/npm-cli.js 54 name=npm
p /usr/local/lib/node_modules/npm/bin/npx-cli.js 2900 name=npx
p /usr/local/lib/node_modules/corepack/dist/corepack.js 200 name=corepack
t /usr/local/lib/node_modules/npm/package.json "{\\n  \\"name\\": \\"npm\\",\\n  \\"version\\": \\"%(npm)s\\"\\n}\\n"
l /usr/local/bin/npm ../lib/node_modules/npm/bin/npm-cli.js
l /usr/local/bin/npx ../lib/node_modules/npm/bin/npx-cli.js
l /usr/local/bin/corepack ../lib/node_modules/corepack/dist/corepack.js
l /usr/local/bin/nodejs /usr/local/bin/node
"""
_YARN_FILES = f"""
p /opt/yarn-v{_YARN}/bin/yarn 1025
l /opt/yarn-v{_YARN}/bin/yarnpkg yarn
l /usr/local/bin/yarn /opt/yarn-v{_YARN}/bin/yarn
l /usr/local/bin/yarnpkg /opt/yarn-v{_YARN}/bin/yarnpkg
"""
_SOURCE = "config, history and sizes: nodejs/docker-node and docker history, January 2024; file lists estimated"


def _recipe(  # noqa: PLR0913, PLR0917 - what differs from variant to variant
    version: str,
    npm: str,
    tags: tuple[str, ...],
    base: Recipe,
    node: Files,
    yarn: int,
    real: int,
) -> Recipe:
    config = ImageConfig(
        env=(PATH, f"NODE_VERSION={version}", f"YARN_VERSION={_YARN}"),
        entrypoint=("docker-entrypoint.sh",),
        cmd=("node",),
    )
    shell = "/bin/sh" if base is alpine.ALPINE else "/bin/bash"
    steps = (
        run(
            "groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash "
            "--create-home node",
            Account("node", 1000, 1000, "/home/node", shell),
        ),
        kit(f"ENV NODE_VERSION={version}"),
        run(
            f"curl -fsSLO --compressed https://nodejs.org/dist/v{version}/node-v{version}-linux-x64.tar.xz "
            f'&& tar -xJf "node-v{version}-linux-x64.tar.xz" -C /usr/local --strip-components=1 '
            "--no-same-owner && ln -s /usr/local/bin/node /usr/local/bin/nodejs && node --version "
            "&& npm --version",
            replace(node, manifest=_NODE % {"npm": npm}),
        ),
        kit(f"ENV YARN_VERSION={_YARN}"),
        run(
            "set -ex && curl -fsSLO --compressed "
            f'"https://yarnpkg.com/downloads/{_YARN}/yarn-v{_YARN}.tar.gz" && tar -xzf '
            f"yarn-v{_YARN}.tar.gz -C /opt/ && yarn --version",
            Files(_YARN_FILES, size=yarn, bulk=f"/opt/yarn-v{_YARN}/lib/cli.js"),
        ),
        kit("COPY docker-entrypoint.sh /usr/local/bin/ # buildkit", Files(_ENTRYPOINT)),
        kit('ENTRYPOINT ["docker-entrypoint.sh"]'),
        kit('CMD ["node"]'),
    )
    return Recipe(tags, version, _SOURCE, config, steps, real, RECENT, base)


def _variants(version: str, npm: str, *plain: str, exact: bool) -> tuple[Recipe, ...]:
    major = version.partition(".")[0]
    names = (major, version, *plain)
    others = tuple(name for name in names if name != "latest")
    newest = "latest" in plain
    bulk = "/usr/local/include/node/node.h"
    full = _recipe(
        version, npm, (*names, *(f"{name}-bookworm" for name in others)), buildpack.FULL,
        Files(size=161_000_000, bulk=bulk), 7_600_000, 1_100_000_000,
    )  # fmt: skip
    slim = _recipe(
        version, npm,
        (*(f"{n}-slim" for n in others), *(f"{n}-bookworm-slim" for n in others),
         *(["slim"] if newest else [])),
        debian.SLIM, Files(packages=("ca-certificates",), size=121_000_000, bulk=bulk),
        5_340_000, 201_000_000,
    )  # fmt: skip
    small = _recipe(
        version, npm,
        (*(f"{n}-alpine" for n in others), *(f"{n}-alpine3.19" for n in others),
         *(["alpine"] if newest else [])),
        alpine.ALPINE, Files(packages=("libstdc++",), size=121_000_000, bulk=bulk),
        7_600_000, 137_000_000,
    )  # fmt: skip
    made = (full, slim, small)
    if exact:
        return made
    estimated = "estimated: this version's name over the layers of 20"
    return tuple(replace(recipe, size=0, source=estimated) for recipe in made)


RECIPES = {
    "node": (
        *_variants("21.5.0", "10.2.4", "latest", "current", exact=True),
        *_variants("20.11.0", "10.2.4", "lts", "iron", exact=True),
        *_variants("14.21.3", "6.14.18", exact=False),
        *_variants("16.20.2", "8.19.4", exact=False),
        *_variants("18.19.0", "10.2.3", exact=False),
        *_variants("22.12.0", "10.9.0", exact=False),
        *_variants("24.0.0", "11.3.0", exact=False),
    )
}
