"""An engine as a document, and the engine of a document."""

from __future__ import annotations

import json

import pytest

from course_lib.cli import docker, host
from course_lib.engine import Engine
from course_lib.engine.keeping import KeptStateError, keep, restore

SCRIPT = """
run -d --name web -p 8080:80 -v data:/usr/share/nginx/html -v /anonymous --tmpfs /t nginx
run --name box -e A=1 --health-cmd true --stop-timeout 3 -l a=b alpine sh -c 'echo x > /f; rm /etc/motd; mkdir /d'
commit -m note -c 'VOLUME /v' box made:1
run -d --name sleeper --hostname here --read-only alpine sleep infinity
pause sleeper
run --name broken alpine no-such-program
run --name orphan busybox true
rmi -f busybox
"""
QUESTIONS = """
ps -a --no-trunc
images --no-trunc
volume ls
diff box
inspect web box sleeper broken orphan made:1 data
history --no-trunc made:1
logs web
port web
system df
"""


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    docker(SCRIPT, engine)
    return engine


def again(engine: Engine) -> Engine:
    return restore(json.loads(json.dumps(keep(engine))))


def test_an_engine_answers_as_it_did_before_it_was_kept(engine: Engine) -> None:
    restored = again(engine)
    assert docker(QUESTIONS, restored) == docker(QUESTIONS, engine)


def test_a_restored_engine_goes_on(engine: Engine) -> None:
    restored = again(engine)
    answer = host(
        "curl -s localhost:8080 | head -1; docker exec web sh -c 'echo new > /usr/share/nginx/html/index.html'; "
        "curl -s localhost:8080; docker run --rm made:1 cat /f; docker start -a box; docker unpause sleeper; "
        "docker exec sleeper hostname",
        restored,
    )
    assert answer.stdout == "<!DOCTYPE html>\nnew\nx\nsleeper\nhere\n"


def test_new_ids_do_not_repeat_old_ones(engine: Engine) -> None:
    old = {container.id for container in engine.ps(all=True)}
    restored = again(engine)
    assert restored.create("alpine").id not in old


def test_base_images_cost_nothing_in_the_document(engine: Engine) -> None:
    assert len(json.dumps(keep(engine))) < engine.image("alpine").size / 100


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"format": 2}, id="another format"),
        pytest.param({"layers": None}, id="a part is missing"),
        pytest.param(
            {"images": [{"config": {"_": "os.system"}}]}, id="a class that no engine writes"
        ),
        pytest.param({"here": ["sha256:0"]}, id="an image that is not there"),
        pytest.param({"references": {"UPPER": "sha256:0"}}, id="a name without its image"),
        pytest.param({"containers": [{}]}, id="a container without a value"),
        pytest.param(
            {"layers": [{"image": "alpine:latest", "number": 0, "size": 1, "diff_id": "x"}]},
            id="a base image of another version",
        ),
    ],
)
def test_a_document_that_no_engine_wrote_is_refused(
    engine: Engine, change: dict[str, object]
) -> None:
    with pytest.raises(KeptStateError):
        restore({**keep(engine), **change})
