"""go, dep, cargo, mvn, gradle, gem, bundle, composer; gosu, su-exec, java, hello-world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

PRINTS = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hi", )\n}\n'.replace(
    '"hi", ', '"hi"'
)
SERVES = (
    'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":80", nil)\n}\n'
)


def wrote(room: Room, path: str, text: str) -> Room:
    """The room, with a file in it."""
    room.ok(f"mkdir -p $(dirname {path}); cat > {path} <<'END'\n{text}END\n")
    return room


def test_the_notes_go_example_builds(room: Rooms) -> None:
    here = wrote(room("golang:1.9.2-alpine3.6"), "/go/src/project/main.go", PRINTS)
    here.ok("apk add --no-cache git && go get github.com/golang/dep/cmd/dep")
    lock = '[[projects]]\n  name = "github.com/pkg/errors"\n'
    wrote(wrote(here, "/go/src/project/Gopkg.lock", lock), "/go/src/project/Gopkg.toml", "")
    here.ok("dep ensure -vendor-only && go build -o /bin/project", cwd="/go/src/project")
    assert here.exists("/go/src/project/vendor/github.com/pkg/errors")
    assert here.ok("/bin/project --help") == "hi\n"


def test_go_get_needs_git(room: Rooms) -> None:
    status, said = room("golang:1.9.2-alpine3.6").fails("go get github.com/golang/dep/cmd/dep")
    assert status == 1
    assert 'exec: "git": executable file not found in $PATH\n' in said


def test_a_go_program_that_does_more_says_that_it_is_not_simulated(room: Rooms) -> None:
    here = wrote(room("golang"), "/app/main.go", SERVES)
    here.ok("go mod init x && go build -o /srv/x .", cwd="/app")
    assert here.bytes_below("/srv") > 5_000_000
    assert here.sh("/srv/x").unsupported is not None


@pytest.mark.parametrize(
    ("image", "command", "status", "words"),
    [
        ("golang", "mkdir /e; cd /e; go build", 1, "no Go files in /e\n"),
        ("golang", "cd /srv; echo package main > a.go; go build", 1, "go: go.mod file not found"),
        ("golang", "go frob", 2, "go frob: unknown command\n"),
        ("maven", "mvn package", 1, "there is no POM in this directory (/)"),
        ("gradle", "gradle build", 1, "does not contain a Gradle build."),
        ("rust", "cargo build", 101, "error: could not find `Cargo.toml` in `/`"),
        ("ruby", "bundle install", 10, "Could not locate Gemfile\n"),
        ("php", "gosu", 127, "gosu: not found\n"),
        ("redis", "gosu nope id", 1, 'error: failed switching to "nope": '),
        ("eclipse-temurin:17", "javac", 1, ""),
    ],
)
def test_failures_in_their_own_words(
    room: Rooms, image: str, command: str, status: int, words: str
) -> None:
    if image == "eclipse-temurin:17":
        assert room(image).sh(command).unsupported is not None
        return
    found, said = room(image).fails(command)
    assert (found, words in said) == (status, True), said


@pytest.mark.parametrize(
    ("image", "path", "text", "command", "result"),
    [
        ("maven", "/app/pom.xml",
         "<project><artifactId>shop</artifactId><version>2.0</version></project>\n",
         "mvn -q package", "/app/target/shop-2.0.jar"),
        ("gradle", "/app/build.gradle", "version = '1.0'\n", "gradle build", "/app/build/libs/app-1.0.jar"),
        ("rust", "/app/Cargo.toml", '[package]\nname = "tool"\nversion = "0.1.0"\n',
         "mkdir src; touch src/main.rs; cargo build --release", "/app/target/release/tool"),
        ("ruby", "/app/Gemfile", "gem 'sinatra'\n", "bundle install", "/usr/local/bundle/gems/sinatra"),
    ],
)  # fmt: skip
def test_what_is_built_is_there(  # noqa: PLR0913, PLR0917 - columns of a table
    room: Rooms, image: str, path: str, text: str, command: str, result: str
) -> None:
    here = wrote(room(image), path, text)
    here.ok(command, cwd="/app")
    assert here.exists(result)


@pytest.mark.parametrize(("image", "program"), [("redis", "gosu"), ("redis:alpine", "su-exec")])
def test_gosu_goes_on_as_another_user(room: Rooms, image: str, program: str) -> None:
    here = room(image)
    assert here.ok(f"{program} redis id -un") == "redis\n"
    assert here.ok(f"{program} redis sh -c 'echo $HOME'") == "/home/redis\n"


def test_postgres_wants_a_password(room: Rooms) -> None:
    here = room("postgres")
    status, said = here.fails("exec docker-entrypoint.sh postgres")
    assert (status, "Error: Database is uninitialized and superuser password" in said) == (1, True)
    outcome = here.sh("export POSTGRES_PASSWORD=x; exec docker-entrypoint.sh postgres")
    assert outcome.exit_code is None
    assert here.text("/var/lib/postgresql/data/PG_VERSION") == "16\n"


def test_java_says_its_version(room: Rooms) -> None:
    assert b"openjdk version" in room("eclipse-temurin:17").sh("java -version").stderr
