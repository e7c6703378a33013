"""nginx and httpd, on debian-slim and on alpine."""

from __future__ import annotations

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, debian, scripts
from course_lib.registry.layers import Files
from course_lib.registry.recipe import PATH, Recipe, kit, run, settings

_WELCOME = r"""
t /usr/share/nginx/html/index.html "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n<style>\nhtml { color-scheme: light dark; }\nbody { width: 35em; margin: 0 auto;\nfont-family: Tahoma, Verdana, Arial, sans-serif; }\n</style>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n<p>If you see this page, the nginx web server is successfully installed and\nworking. Further configuration is required.</p>\n\n<p>For online documentation and support please refer to\n<a href=\"http://nginx.org/\">nginx.org</a>.<br/>\nCommercial support is available at\n<a href=\"http://nginx.com/\">nginx.com</a>.</p>\n\n<p><em>Thank you for using nginx.</em></p>\n</body>\n</html>\n"
t /usr/share/nginx/html/50x.html "<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n</body>\n</html>\n"
t /etc/nginx/nginx.conf "\nuser  nginx;\nworker_processes  auto;\n\nerror_log  /var/log/nginx/error.log notice;\npid        /var/run/nginx.pid;\n\n\nevents {\n    worker_connections  1024;\n}\n\n\nhttp {\n    include       /etc/nginx/mime.types;\n    default_type  application/octet-stream;\n\n    access_log  /var/log/nginx/access.log;\n\n    sendfile        on;\n    keepalive_timeout  65;\n\n    include /etc/nginx/conf.d/*.conf;\n}\n"
t /etc/nginx/conf.d/default.conf "server {\n    listen       80;\n    server_name  localhost;\n\n    location / {\n        root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }\n\n    error_page   500 502 503 504  /50x.html;\n    location = /50x.html {\n        root   /usr/share/nginx/html;\n    }\n}\n"
f /etc/nginx/mime.types 5349
l /etc/nginx/modules /usr/lib/nginx/modules
d /usr/lib/nginx/modules
p /usr/sbin/nginx 1430000
d /docker-entrypoint.d
d /var/cache/nginx
l /var/log/nginx/access.log /dev/stdout
l /var/log/nginx/error.log /dev/stderr
"""
_SCRIPTS = {
    "10-listen-on-ipv6-by-default.sh": '#!/bin/sh\nset -e\necho "$0: info: ipv6 not available"\n',
    "15-local-resolvers.envsh": '#!/bin/sh\n[ "${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ] || return 0\n',
    "20-envsubst-on-templates.sh": "#!/bin/sh\nset -e\n[ -d /etc/nginx/templates ] || exit 0\n",
    "30-tune-worker-processes.sh": '#!/bin/sh\n[ "${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ] || exit 0\n',
}


def _nginx(  # noqa: PLR0913, PLR0917 - what differs from variant to variant
    version: str, tags: tuple[str, ...], base: Recipe, bulk: Files, real: int, line: str
) -> Recipe:
    config = ImageConfig(
        env=(PATH, f"NGINX_VERSION={version}", "NJS_VERSION=0.8.2", "PKG_RELEASE=1"),
        exposed_ports=("80/tcp",),
        entrypoint=("/docker-entrypoint.sh",),
        cmd=("nginx", "-g", "daemon off;"),
        labels={"maintainer": "NGINX Docker Maintainers <docker-maint@nginx.com>"},
        stop_signal="SIGQUIT",
    )
    copies = [
        kit(
            f"COPY {name} /docker-entrypoint.d # buildkit",
            Files(scripts.file(f"/docker-entrypoint.d/{name}", text)),
        )
        for name, text in _SCRIPTS.items()
    ]
    steps = (
        kit("LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>"),
        *(kit(f"ENV {pair}") for pair in config.env[1:]),
        run(line, bulk),
        kit(
            "COPY docker-entrypoint.sh / # buildkit",
            Files(scripts.file("/docker-entrypoint.sh", scripts.NGINX)),
        ),
        *copies,
        *settings(ImageConfig(
            exposed_ports=config.exposed_ports, entrypoint=config.entrypoint, cmd=config.cmd,
            stop_signal=config.stop_signal,
        )),
    )  # fmt: skip
    return Recipe(tags, version, _SOURCE, config, steps, real, base=base)


_SOURCE = (
    "config, history and sizes: docker-nginx and docker history, January 2024; scripts shortened"
)
_NGINX_USER = "u nginx 101:101 /nonexistent /bin/false"


def _on_debian(version: str, tags: tuple[str, ...]) -> Recipe:
    line = (
        "set -x && groupadd --system --gid 101 nginx && useradd --system --gid nginx "
        '--no-create-home --home /nonexistent --comment "nginx user" --shell /bin/false --uid 101 '
        "nginx && apt-get update && apt-get install --no-install-recommends --no-install-suggests "
        "-y gnupg1 ca-certificates && apt-get install -y nginx gettext-base curl && apt-get remove "
        "--purge --auto-remove -y && rm -rf /var/lib/apt/lists/*"
    )
    files = Files(
        _WELCOME, ("ca-certificates", "curl", "gettext-base"), 112_000_000,
        "/usr/lib/nginx/modules/ngx_http_js_module.so", (_NGINX_USER,),
    )  # fmt: skip
    return _nginx(version, tags, debian.SLIM, files, 187_000_000, line)


def _on_alpine(version: str, tags: tuple[str, ...]) -> Recipe:
    line = (
        "set -x && addgroup -g 101 -S nginx && adduser -S -D -H -u 101 -h /var/cache/nginx -s "
        "/sbin/nologin -G nginx -g nginx nginx && apk add --no-cache nginx curl gettext-envsubst"
    )
    files = Files(
        _WELCOME, ("curl", "gettext-envsubst", "pcre2", "tzdata"), 35_300_000,
        "/usr/lib/nginx/modules/ngx_http_js_module.so", (_NGINX_USER,),
    )  # fmt: skip
    return _nginx(version, tags, alpine.ALPINE, files, 42_600_000, line)


def _nginx_tags(version: str, *others: str, suffix: str = "") -> tuple[str, ...]:
    short = version.rpartition(".")[0]
    return tuple(f"{name}{suffix}" for name in (version, short, *others))


_APACHE = r"""
p /usr/local/apache2/bin/httpd 780000
p /usr/local/apache2/bin/apachectl 4500
p /usr/local/apache2/bin/htpasswd 40000
l /usr/local/bin/httpd /usr/local/apache2/bin/httpd
t /usr/local/apache2/htdocs/index.html "<html><body><h1>It works!</h1></body></html>\n"
t /usr/local/apache2/conf/httpd.conf "ServerRoot \"/usr/local/apache2\"\n\nListen 80\n\nUser www-data\nGroup www-data\n\nDocumentRoot \"/usr/local/apache2/htdocs\"\n"
d /usr/local/apache2/cgi-bin
d /usr/local/apache2/logs
"""
_APACHE_CONFIG = ImageConfig(
    env=(
        PATH.replace("PATH=", "PATH=/usr/local/apache2/bin:"),
        "HTTPD_PREFIX=/usr/local/apache2",
        "HTTPD_VERSION=2.4.58",
    ),
    exposed_ports=("80/tcp",),
    cmd=("httpd-foreground",),
    working_dir="/usr/local/apache2",
    stop_signal="SIGWINCH",
)


def _apache(tags: tuple[str, ...], base: Recipe, install: Files, sizes: tuple[int, int]) -> Recipe:
    steps = (
        kit("ENV HTTPD_PREFIX=/usr/local/apache2"),
        kit(f"ENV {_APACHE_CONFIG.env[0]}"),
        run('mkdir -p "$HTTPD_PREFIX" && chown www-data:www-data "$HTTPD_PREFIX"',
            Files("d /usr/local/apache2 owner=33:33")),
        kit("WORKDIR /usr/local/apache2"),
        run("set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates "
            "libaprutil1-ldap libldap-common ; rm -rf /var/lib/apt/lists/*", install),
        kit("ENV HTTPD_VERSION=2.4.58"),
        run('set -eux; ./configure --prefix="$HTTPD_PREFIX" --enable-mods-shared=reallyall; make '
            '-j "$(nproc)"; make install; httpd -v',
            Files(_APACHE, size=sizes[0], bulk="/usr/local/apache2/modules/mod_all.so")),
        kit("STOPSIGNAL SIGWINCH"),
        kit("COPY httpd-foreground /usr/local/bin/ # buildkit",
            Files(scripts.file("/usr/local/bin/httpd-foreground", scripts.HTTPD))),
        kit("EXPOSE map[80/tcp:{}]"),
        kit('CMD ["httpd-foreground"]'),
    )  # fmt: skip
    source = "config, history and sizes: docker-library/httpd and docker history, January 2024"
    return Recipe(tags, "2.4.58", source, _APACHE_CONFIG, steps, sizes[1], base=base)


RECIPES = {
    "nginx": (
        _on_debian("1.25.3", ("latest", "mainline", "1", *_nginx_tags("1.25.3", "bookworm"))),
        _on_debian("1.24.0", ("stable", *_nginx_tags("1.24.0"))),
        _on_alpine("1.25.3", ("alpine", "mainline-alpine", "1-alpine", *_nginx_tags("1.25.3", suffix="-alpine"))),
        _on_alpine("1.24.0", ("stable-alpine", *_nginx_tags("1.24.0", suffix="-alpine"))),
    ),
    "httpd": (
        _apache(
            ("latest", "2", "2.4", "2.4.58", "bookworm", "2.4-bookworm"),
            debian.SLIM,
            Files(packages=("ca-certificates",), size=31_500_000, bulk="/usr/lib/x86_64-linux-gnu/libldap-all.so"),
            (61_500_000, 168_000_000),
        ),
        _apache(
            ("alpine", "2-alpine", "2.4-alpine", "2.4.58-alpine"),
            alpine.ALPINE,
            Files(packages=("apr", "apr-util", "ca-certificates"), size=9_000_000),
            (46_000_000, 62_900_000),
        ),
    ),
}  # fmt: skip
