"""Scripts on the simulated host: docker and curl in a shell."""

from __future__ import annotations

import pytest

from course_lib.cli import Answer, host
from course_lib.engine import Engine

BUSYBOX_SERVER = "busybox httpd -f -p 80 -h /www"


@pytest.fixture
def engine() -> Engine:
    """An engine with an image `site` that serves one page on port 80 and exposes nothing."""
    engine = Engine()
    prepared = host(
        "printf 'FROM busybox\\nRUN mkdir /www && echo page > /www/index.html\\n"
        f"CMD {BUSYBOX_SERVER}\\n' > Dockerfile; docker build -q -t site . > /dev/null; rm Dockerfile",
        engine,
    )
    assert prepared.exit_code == 0, prepared.stderr
    return engine


def run(engine: Engine, script: str) -> Answer:
    return host(script, engine)


@pytest.mark.parametrize(
    ("script", "stdout"),
    [
        pytest.param(
            "docker run -d -p 8080:80 site >/dev/null; curl -s localhost:8080",
            "page\n",
            id="a published port is reached, exposed or not",
        ),
        pytest.param(
            "docker run -d --network host site >/dev/null; curl -s localhost:80",
            "page\n",
            id="a container with the host's network has the host's ports",
        ),
        pytest.param(
            "docker run -d -p 80 --name srv site >/dev/null; curl -s $(docker port srv 80/tcp | head -1)",
            "page\n",
            id="docker chooses a host port",
        ),
        pytest.param(
            "docker run -d --name srv site >/dev/null; "
            "curl -s $(docker inspect -f '{{.NetworkSettings.IPAddress}}' srv)",
            "page\n",
            id="the host reaches a container at its address",
        ),
        pytest.param(
            "docker run -d --name srv site >/dev/null; docker run --rm busybox wget -qO- 172.17.0.2 2>/dev/null",
            "page\n",
            id="a container reaches another at its address",
        ),
        pytest.param(
            "docker run -d --name srv site >/dev/null; docker exec srv wget -qO- localhost",
            "page\n",
            id="a container reaches itself",
        ),
        pytest.param(
            "docker run -d --name srv --network none site >/dev/null; docker exec srv wget -qO- localhost",
            "page\n",
            id="without a network a container reaches itself",
        ),
        pytest.param(
            "mkdir d; echo mine > d/index.html; "
            'docker run -d -p 8080:80 -v "$PWD/d":/www:ro site >/dev/null; '
            "curl -s localhost:8080; echo new > d/index.html; curl -s localhost:8080",
            "mine\nnew\n",
            id="a bind mount shows what the host writes",
        ),
        pytest.param(
            "docker create --name srv site >/dev/null; docker cp srv:/www/index.html .; cat index.html",
            "page\n",
            id="docker cp brings a file to the host",
        ),
        pytest.param(
            "echo typed | docker run -i --rm busybox cat", "typed\n", id="a pipe into a container"
        ),
        pytest.param(
            "docker run --rm busybox printf 'a\\nb\\n' | wc -l",
            "2\n",
            id="a pipe out of a container",
        ),
        pytest.param(
            "docker run --rm busybox false || echo failed",
            "failed\n",
            id="exit statuses reach the shell",
        ),
        pytest.param(
            "docker save -o s.tar site && docker rmi site >/dev/null && docker load -qi s.tar",
            "Loaded image: site:latest\n",
            id="save and load through a file",
        ),
        pytest.param(
            "docker create --name srv site >/dev/null; docker export -o e.tar srv; tar tf e.tar | grep ^www/",
            "www/\nwww/index.html\n",
            id="export into a file",
        ),
        pytest.param(
            "echo KEY=value > my.env; docker run --rm --env-file my.env busybox sh -c 'echo $KEY'",
            "value\n",
            id="an env file of the host",
        ),
        pytest.param(
            "cd /tmp; docker run --rm -v .:/d busybox touch /d/f; ls", "f\n", id="cd counts"
        ),
    ],
)
def test_what_works(engine: Engine, script: str, stdout: str) -> None:
    answer = run(engine, script)
    assert answer.stdout == stdout, answer.stderr


@pytest.mark.parametrize(
    ("script", "code", "says"),
    [
        pytest.param(
            "docker run -d site >/dev/null; curl localhost:80",
            7,
            "curl: (7) Failed to connect to localhost port 80",
            id="a port that is not published",
        ),
        pytest.param(
            "printf 'FROM site\\nEXPOSE 80\\n' | docker build -q -t e - >/dev/null; "
            "docker run -d e >/dev/null; curl localhost",
            7,
            "Couldn't connect to server",
            id="EXPOSE opens nothing",
        ),
        pytest.param(
            "docker run -d -p 8080:81 site >/dev/null; curl localhost:8080",
            56,
            "Recv failure: Connection reset by peer",
            id="published, but nobody listens inside",
        ),
        pytest.param(
            "docker run -d -p 8080:80 --name srv site >/dev/null; docker stop srv >/dev/null; curl localhost:8080",
            7,
            "Couldn't connect to server",
            id="a container that has ended",
        ),
        pytest.param(
            "docker run -d -p 8080:80 site >/dev/null; docker run -d -p 8080:80 site",
            125,
            "Bind for 0.0.0.0:8080 failed: port is already allocated",
            id="a port that is in use",
        ),
        pytest.param(
            "docker run -d --name srv site >/dev/null; "
            "docker run --rm --network none busybox wget -qO- 172.17.0.2",
            1,
            "wget: can't connect to remote host",
            id="a container without a network reaches nobody",
        ),
        pytest.param(
            "docker run -d --name srv site >/dev/null; docker run --rm busybox wget -qO- s",
            1,
            "wget: bad address 's'",
            id="the default bridge has no names",
        ),
        pytest.param(
            "docker run -d -p 8080:80 site >/dev/null; curl -f localhost:8080/nope",
            22,
            "curl: (22) The requested URL returned error: 404",
            id="a page that is not there",
        ),
        pytest.param(
            "docker run -d site >/dev/null; curl localhost:80",
            7,
            "Couldn't connect to server",
            id="a server on the bridge that is not published",
        ),
        pytest.param(
            "docker run -d -p 8080:80/udp site >/dev/null; curl localhost:8080",
            7,
            "Couldn't connect to server",
            id="a server of TCP behind a port of UDP",
        ),
        pytest.param(
            "docker run -d -p 8080:81 site >/dev/null; curl 172.17.0.2:81",
            7,
            "Couldn't connect to server",
            id="a port of a container where nobody listens",
        ),
        pytest.param(
            "curl example.org", 6, "curl: (6) Could not resolve host: example.org", id="no web"
        ),
        pytest.param(
            "docker run --rm -v '$PWD':/d busybox true",
            125,
            "includes invalid characters",
            id="quoted",
        ),
        pytest.param(
            "docker build nope", 1, 'path "nope" not found', id="a folder that is not there"
        ),
        pytest.param("exit 9", 9, "", id="the script's own status"),
    ],
)
def test_what_does_not(engine: Engine, script: str, code: int, says: str) -> None:
    answer = run(engine, script)
    assert (answer.exit_code, says in answer.stderr) == (code, True), answer.stderr


def test_files_and_containers_stay_from_one_script_to_the_next(engine: Engine) -> None:
    run(engine, "echo kept > note; docker run -d --name srv site")
    assert run(engine, "cat note; docker ps --format '{{.Names}}'").stdout == "kept\nsrv\n"


def test_a_request_is_in_the_log_of_the_server(engine: Engine) -> None:
    run(engine, "docker run -d -p 8080:80 --name srv nginx; curl -s localhost:8080/x")
    assert '"GET /x HTTP/1.1" 404' in run(engine, "docker logs srv").stdout
