"""Entrypoint scripts of official images, shortened to what a container's user can see of them."""

from __future__ import annotations

import json

NGINX = r"""#!/bin/sh
# vim:sw=4:ts=4:et

set -e

entrypoint_log() {
    if [ -z "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}

if [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then
    if [ -n "$(ls /docker-entrypoint.d/)" ]; then
        entrypoint_log "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"

        entrypoint_log "$0: Looking for shell scripts in /docker-entrypoint.d/"
        for f in /docker-entrypoint.d/*; do
            case "$f" in
                *.envsh)
                    if [ -x "$f" ]; then
                        entrypoint_log "$0: Sourcing $f";
                        . "$f"
                    else
                        entrypoint_log "$0: Ignoring $f, not executable";
                    fi
                    ;;
                *.sh)
                    if [ -x "$f" ]; then
                        entrypoint_log "$0: Launching $f";
                        "$f"
                    else
                        entrypoint_log "$0: Ignoring $f, not executable";
                    fi
                    ;;
                *) entrypoint_log "$0: Ignoring $f";;
            esac
        done

        entrypoint_log "$0: Configuration complete; ready for start up"
    else
        entrypoint_log "$0: No files found in /docker-entrypoint.d/, skipping configuration"
    fi
fi

exec "$@"
"""
REDIS = r"""#!/bin/sh
set -e

# first arg is `-f` or `--some-option`
# or first arg is `something.conf`
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then
	set -- redis-server "$@"
fi

# allow the container to be started with `--user`
if [ "$1" = 'redis-server' -a "$(id -u)" = '0' ]; then
	find . \! -user redis -exec chown redis '{}' +
	exec @gosu@ redis "$0" "$@"
fi

# set an appropriate umask (if one isn't set already)
um="$(umask)"
if [ "$um" = '0022' ]; then
	umask 0077
fi

exec "$@"
"""
MEMCACHED = r"""#!/bin/sh
set -e

# first arg is `-f` or `--some-option`
if [ "${1#-}" != "$1" ]; then
	set -- memcached "$@"
fi

exec "$@"
"""
HTTPD = r"""#!/bin/sh
set -e

# Apache gets grumpy about PID files pre-existing
rm -f /usr/local/apache2/logs/httpd.pid

exec httpd -DFOREGROUND "$@"
"""
PHP = r"""#!/bin/sh
set -e

# first arg is `-f` or `--some-option`
if [ "${1#-}" != "$1" ]; then
	set -- @program@ "$@"
fi

exec "$@"
"""
POSTGRES = r"""#!/bin/sh
set -e

if [ "${1#-}" != "$1" ]; then
	set -- postgres "$@"
fi

if [ "$1" = 'postgres' ]; then
	mkdir -p "$PGDATA"
	if [ "$(id -u)" = '0' ]; then
		chown -R postgres "$PGDATA"
		exec @gosu@ postgres "$0" "$@"
	fi
	if [ ! -s "$PGDATA/PG_VERSION" ]; then
		if [ -z "$POSTGRES_PASSWORD" ] && [ 'trust' != "$POSTGRES_HOST_AUTH_METHOD" ]; then
			cat >&2 <<'EOE'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
EOE
			exit 1
		fi
		chmod 700 "$PGDATA"
		echo "The files belonging to this database system will be owned by user \"postgres\"."
		echo "$PG_MAJOR" > "$PGDATA/PG_VERSION"
		mkdir -p "$PGDATA/base" "$PGDATA/global" "$PGDATA/pg_wal"
		echo "listen_addresses = '*'" > "$PGDATA/postgresql.conf"
		echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" > "$PGDATA/pg_hba.conf"
		for f in /docker-entrypoint-initdb.d/*; do
			case "$f" in
				*.sh)
					if [ -x "$f" ]; then
						printf '%s: running %s\n' "$0" "$f"
						"$f"
					else
						printf '%s: sourcing %s\n' "$0" "$f"
						. "$f"
					fi
					;;
				*.sql) printf '%s: running %s\n' "$0" "$f" ;;
				*'/*') printf '%s: ignoring %s\n' "$0" "$f" ;;
				*) printf '%s: ignoring %s\n' "$0" "$f" ;;
			esac
		done
		echo
		echo 'PostgreSQL init process complete; ready for start up.'
		echo
	else
		echo
		echo 'PostgreSQL Database directory appears to contain a database; Skipping initialization'
		echo
	fi
fi

exec "$@"
"""
MYSQL = r"""#!/bin/bash
set -eo pipefail

if [ "${1:0:1}" = '-' ]; then
	set -- @server@ "$@"
fi

if [ "$1" = '@server@' ]; then
	echo "$(date -u '+%Y-%m-%d %H:%M:%S+00:00') [Note] [Entrypoint]: Entrypoint script for @title@ Server $@prefix@_VERSION started."
	if [ "$(id -u)" = '0' ]; then
		mkdir -p /var/lib/mysql
		chown mysql:mysql /var/lib/mysql
		echo "$(date -u '+%Y-%m-%d %H:%M:%S+00:00') [Note] [Entrypoint]: Switching to dedicated user 'mysql'"
		exec gosu mysql "$0" "$@"
	fi
	if [ ! -d /var/lib/mysql/mysql ]; then
		if [ -z "$MYSQL_ROOT_PASSWORD$MARIADB_ROOT_PASSWORD$MYSQL_ALLOW_EMPTY_PASSWORD$MARIADB_ALLOW_EMPTY_ROOT_PASSWORD$MYSQL_RANDOM_ROOT_PASSWORD$MARIADB_RANDOM_ROOT_PASSWORD" ]; then
			echo "$(date -u '+%Y-%m-%d %H:%M:%S+00:00') [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified" >&2
			echo "    You need to specify one of the following as an environment variable:" >&2
			for name in ROOT_PASSWORD ALLOW_EMPTY_@empty@PASSWORD RANDOM_ROOT_PASSWORD; do
				echo "    - @prefix@_$name" >&2
			done
			exit 1
		fi
		echo "$(date -u '+%Y-%m-%d %H:%M:%S+00:00') [Note] [Entrypoint]: Initializing database files"
		mkdir -p /var/lib/mysql/mysql
		if [ -n "$MYSQL_DATABASE$MARIADB_DATABASE" ]; then
			mkdir -p "/var/lib/mysql/$MYSQL_DATABASE$MARIADB_DATABASE"
		fi
		for f in /docker-entrypoint-initdb.d/*; do
			case "$f" in
				*.sh) echo "[Note] [Entrypoint]: running $f"; . "$f" ;;
				*.sql) echo "[Note] [Entrypoint]: running $f" ;;
			esac
		done
		echo "$(date -u '+%Y-%m-%d %H:%M:%S+00:00') [Note] [Entrypoint]: @title@ init process done. Ready for start up."
	fi
fi

exec "$@"
"""


def fill(text: str, **words: str) -> str:
    """A script with its `@word@` filled in."""
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


def file(path: str, text: str, mode: str = "755") -> str:
    """The line of a manifest for a script."""
    return f"t {path} {json.dumps(text)} mode={mode}\n"
