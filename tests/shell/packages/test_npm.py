"""npm, yarn and node."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

PROJECT = {
    "name": "shop",
    "version": "1.2.3",
    "scripts": {"start": "echo started", "where": "command -v nodemon"},
    "dependencies": {"express": "^4.18.0"},
    "devDependencies": {"nodemon": "^3.0.0"},
}


@pytest.fixture
def shop(room: Rooms) -> Room:
    here = room("node:20-alpine")
    here.ok(f"mkdir /app; cd /app; echo '{json.dumps(PROJECT)}' > package.json")
    return here


def test_install_reads_package_json(shop: Room) -> None:
    said = shop.ok("npm install", cwd="/app")
    assert said == "\nadded 90 packages, and audited 91 packages in 2s\n\nfound 0 vulnerabilities\n"
    assert shop.exists("/app/node_modules/express/package.json")
    assert shop.exists("/app/package-lock.json")
    assert shop.bytes_below("/root/.npm") > 0


@pytest.mark.parametrize(
    ("command", "brings"),
    [
        ("npm install", True),
        ("npm install --omit=dev", False),
        ("npm install --production", False),
        ("NODE_ENV=production npm install", False),
        ("yarn", True),
        ("yarn install --production", False),
    ],
)
def test_development_packages_come_unless_declined(shop: Room, command: str, brings: bool) -> None:  # noqa: FBT001 - a column
    shop.ok(command, cwd="/app")
    assert shop.exists("/app/node_modules/nodemon") == brings


def test_ci_needs_a_lock_file(shop: Room) -> None:
    status, said = shop.fails("cd /app; npm ci")
    assert (status, "npm ERR! The `npm ci` command can only install with an existing" in said) == (
        1,
        True,
    )
    shop.ok("npm install; rm -r node_modules; npm ci", cwd="/app")
    assert shop.exists("/app/node_modules/express")


def test_a_script_finds_the_commands_of_packages(shop: Room) -> None:
    said = shop.ok("npm install >/dev/null; npm run where", cwd="/app")
    assert said == "\n> shop@1.2.3 where\n> command -v nodemon\n\n/app/node_modules/.bin/nodemon\n"
    assert shop.ok("npm start", cwd="/app").endswith("\nstarted\n")


def test_adding_a_package_is_saved(shop: Room) -> None:
    shop.ok("npm install cors", cwd="/app")
    assert json.loads(shop.text("/app/package.json"))["dependencies"]["cors"] == "^2.8.5"


def test_a_global_package_brings_its_command(room: Rooms) -> None:
    here = room("node:20-alpine")
    here.ok("npm install -g nodemon")
    assert here.ok("command -v nodemon") == "/usr/local/bin/nodemon\n"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("npm install nope", "npm ERR! 404  'nope@*' is not in this registry.\n"),
        ("npm run nope", 'npm ERR! Missing script: "nope"\n'),
        ("echo '{' > package.json; npm install", "npm ERR! code EJSONPARSE\n"),
        ("rm package.json; npm start", "npm ERR! code ENOENT\n"),
        ("npm frob", 'Unknown command: "frob"\n'),
        ("node nope.js", "Error: Cannot find module '/app/nope.js'\n"),
    ],
)
def test_failures_in_npms_own_words(shop: Room, command: str, words: str) -> None:
    status, said = shop.fails(f"cd /app; {command}")
    assert (status, words in said) == (1, True), said


def test_a_user_without_rights_is_told_so(room: Rooms) -> None:
    _, said = room("node:20-alpine").fails("npm install -g nodemon", user="node")
    assert "npm ERR! code EACCES\n" in said


def test_what_a_user_installs_is_the_users(shop: Room) -> None:
    shop.ok("chown -R node:node /app")
    shop.ok("npm install", user="node", cwd="/app")
    assert shop.ok("stat -c %U /app/node_modules/express/package.json /home/node/.npm") != ""
    assert shop.ok("stat -c %U /app/node_modules/express/package.json") == "node\n"


def test_node_says_its_version_and_runs_no_programs(room: Rooms) -> None:
    here = room("node:20-alpine")
    assert here.ok("node --version") == "v20.11.0\n"
    assert here.sh("echo > a.js; node a.js").unsupported is not None
