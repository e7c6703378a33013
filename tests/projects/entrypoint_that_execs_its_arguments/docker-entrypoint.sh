#!/usr/bin/env bash
set -Eeo pipefail

if [ "${1:0:1}" = '-' ]; then
	set -- greet "$@"
fi

if [ "$1" = 'greet' ]; then
	shift
	name="${GREET_NAME:-world}"
	echo "hello $name${1:+ ($*)}"
	exit 0
fi

exec "$@"
