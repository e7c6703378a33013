"""php: the command line, with Apache, and as a FastCGI server."""

from __future__ import annotations

from dataclasses import replace

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, debian, scripts
from course_lib.registry.layers import Files
from course_lib.registry.recipe import PATH, Recipe, kit, run, settings

_SOURCE = (
    "config and sizes: docker-library/php and docker history, January 2024; file lists estimated"
)
_PROGRAMS = """
p /usr/local/bin/php 17000000
p /usr/local/bin/phpize 4600
p /usr/local/bin/docker-php-ext-configure 2400
p /usr/local/bin/docker-php-ext-install 3000
p /usr/local/bin/docker-php-ext-enable 2600
p /usr/local/bin/pecl 860
d /usr/local/etc/php/conf.d
f /usr/local/etc/php/php.ini-production 73000
f /usr/local/etc/php/php.ini-development 73000
"""
_APACHE = """
p /usr/sbin/apache2 760000 name=httpd
p /usr/sbin/a2enmod 15000
l /usr/sbin/a2dismod a2enmod
l /usr/sbin/a2enconf a2enmod
l /usr/sbin/a2disconf a2enmod
l /usr/sbin/a2ensite a2enmod
l /usr/sbin/a2dissite a2enmod
p /usr/sbin/apache2ctl 7300
t /usr/local/bin/apache2-foreground "#!/bin/sh\\nset -e\\n\\nexec apache2 -DFOREGROUND \\"$@\\"\\n" mode=755
t /etc/apache2/apache2.conf "PidFile ${APACHE_PID_FILE}\\nTimeout 300\\nKeepAlive On\\nErrorLog ${APACHE_LOG_DIR}/error.log\\nIncludeOptional mods-enabled/*.load\\nIncludeOptional mods-enabled/*.conf\\nInclude ports.conf\\n<Directory />\\n\\tOptions FollowSymLinks\\n\\tAllowOverride None\\n\\tRequire all denied\\n</Directory>\\n<Directory /var/www/>\\n\\tOptions Indexes FollowSymLinks\\n\\tAllowOverride None\\n\\tRequire all granted\\n</Directory>\\nIncludeOptional conf-enabled/*.conf\\nIncludeOptional sites-enabled/*.conf\\n"
t /etc/apache2/ports.conf "Listen 80\\n"
t /etc/apache2/sites-available/000-default.conf "<VirtualHost *:80>\\n\\tServerAdmin webmaster@localhost\\n\\tDocumentRoot /var/www/html\\n\\tErrorLog ${APACHE_LOG_DIR}/error.log\\n\\tCustomLog ${APACHE_LOG_DIR}/access.log combined\\n</VirtualHost>\\n"
t /etc/apache2/conf-available/docker-php.conf "<FilesMatch \\\\.php$>\\n\\tSetHandler application/x-httpd-php\\n</FilesMatch>\\nDirectoryIndex disabled\\nDirectoryIndex index.php index.html\\n<Directory /var/www/>\\n\\tOptions -Indexes\\n\\tAllowOverride All\\n</Directory>\\n"
l /etc/apache2/sites-enabled/000-default.conf ../sites-available/000-default.conf
l /etc/apache2/conf-enabled/docker-php.conf ../conf-available/docker-php.conf
l /etc/apache2/mods-enabled/mpm_prefork.load ../mods-available/mpm_prefork.load
d /var/www/html mode=1777 owner=33:33
"""
_APACHE += "".join(
    f't /etc/apache2/mods-available/{name}.load "LoadModule {name}_module '
    f'/usr/lib/apache2/modules/mod_{name}.so\\n"\n'
    for name in [
        "actions",
        "alias",
        "auth_basic",
        "authn_core",
        "authz_core",
        "autoindex",
        "cgi",
        "deflate",
        "dir",
        "env",
        "expires",
        "filter",
        "headers",
        "http2",
        "include",
        "mime",
        "mpm_event",
        "mpm_prefork",
        "negotiation",
        "proxy",
        "proxy_fcgi",
        "proxy_http",
        "proxy_wstunnel",
        "remoteip",
        "reqtimeout",
        "rewrite",
        "setenvif",
        "socache_shmcb",
        "ssl",
        "status",
        "vhost_alias",
    ]
)
_FPM = "p /usr/local/sbin/php-fpm 17000000\nd /var/www/html mode=1777\n"


def _recipe(  # noqa: PLR0913, PLR0917 - what differs from variant to variant
    version: str, kind: str, tags: tuple[str, ...], base: Recipe, size: int, real: int
) -> Recipe:
    command = {"cli": ("php", "-a"), "apache": ("apache2-foreground",), "fpm": ("php-fpm",)}[kind]
    config = ImageConfig(
        env=(PATH, "PHPIZE_DEPS=autoconf dpkg-dev file g++ gcc libc-dev make pkg-config re2c",
             "PHP_INI_DIR=/usr/local/etc/php", f"PHP_VERSION={version}"),
        exposed_ports={"cli": (), "apache": ("80/tcp",), "fpm": ("9000/tcp",)}[kind],
        entrypoint=("docker-php-entrypoint",),
        cmd=command,
        working_dir="" if kind == "cli" else "/var/www/html",
        stop_signal={"cli": "", "apache": "SIGWINCH", "fpm": "SIGQUIT"}[kind],
    )  # fmt: skip
    program = "apache2-foreground" if kind == "apache" else command[0]
    extra = {"cli": "", "apache": _APACHE, "fpm": _FPM}[kind]
    helpers = (
        ("ca-certificates", "curl")
        if base is alpine.ALPINE
        else ("ca-certificates", "curl", "gcc", "g++", "make")
    )
    steps = (
        run("set -eux; apt-get update; apt-get install -y --no-install-recommends $PHPIZE_DEPS "
            "ca-certificates curl xz-utils ; rm -rf /var/lib/apt/lists/*", Files(packages=helpers)),
        *(kit(f"ENV {pair}") for pair in config.env[2:]),
        run("set -eux; ./configure --enable-option-checking=fatal --with-curl --with-openssl; make "
            '-j "$(nproc)"; make install; php --version',
            Files(_PROGRAMS + extra, size=size, bulk="/usr/local/lib/php/build/all.php")),
        kit("COPY docker-php-ext-* docker-php-entrypoint /usr/local/bin/ # buildkit",
            Files(scripts.file("/usr/local/bin/docker-php-entrypoint", scripts.fill(scripts.PHP, program=program)))),
        *settings(replace(config, env=())),
    )  # fmt: skip
    return Recipe(tags, version, _SOURCE if real else "estimated", config, steps, real, base=base)


def _family(version: str, *, newest: bool) -> tuple[Recipe, ...]:
    short = version.rpartition(".")[0]

    def tags(kind: str, *more: str) -> tuple[str, ...]:
        first = ("8", short, version) if newest else (short, version)
        return (*(f"{name}{kind}" for name in first), *(more if newest else ()))

    return (
        _recipe(
            version, "cli", (*tags("-cli", "latest", "cli"), *tags("")), debian.SLIM, 125_000_000, 0
        ),
        _recipe(version, "apache", tags("-apache", "apache"), debian.SLIM, 150_000_000, 0),
        _recipe(version, "fpm", tags("-fpm", "fpm"), debian.SLIM, 130_000_000, 0),
        _recipe(
            version,
            "cli",
            (*tags("-cli-alpine"), *tags("-alpine", "alpine")),
            alpine.ALPINE,
            90_000_000,
            0,
        ),
        _recipe(version, "fpm", tags("-fpm-alpine", "fpm-alpine"), alpine.ALPINE, 73_000_000, 0),
    )


def _composer(version: str, tags: tuple[str, ...], base: Recipe) -> Recipe:
    config = ImageConfig(
        env=(*base.config.env, "COMPOSER_ALLOW_SUPERUSER=1", "COMPOSER_HOME=/tmp",
             f"COMPOSER_VERSION={version}"),
        entrypoint=("/docker-entrypoint.sh",),
        cmd=("composer",),
        working_dir="/app",
    )  # fmt: skip
    entrypoint = scripts.file("/docker-entrypoint.sh", '#!/bin/sh\n\nexec "$@"\n')
    steps = (
        run("set -eux ; apk add --no-cache --virtual .composer-rundeps bash coreutils git make "
            "openssh-client patch tini unzip zip", Files(packages=("bash", "git", "unzip"))),
        *(kit(f"ENV {pair}") for pair in config.env[-3:]),
        run("set -eux ; curl --silent --fail --location --output /tmp/installer.php; php "
            "/tmp/installer.php --no-ansi --install-dir=/usr/bin --filename=composer",
            Files("p /usr/bin/composer 2989000\nd /app\n")),
        kit("COPY docker-entrypoint.sh /docker-entrypoint.sh # buildkit", Files(entrypoint)),
        *settings(replace(config, env=())),
    )  # fmt: skip
    return Recipe(tags, version, "estimated", config, steps, 0, base=base)


_PHP = (
    *_family("8.3.1", newest=True),
    *_family("8.2.14", newest=False),
    *_family("8.1.27", newest=False),
)
_ALPINE = next(recipe for recipe in _PHP if "8.3.1-cli-alpine" in recipe.tags)
RECIPES = {
    "composer": (_composer("2.6.6", ("latest", "2", "2.6", "2.6.6", "lts"), _ALPINE),),
    "php": _PHP,
}
