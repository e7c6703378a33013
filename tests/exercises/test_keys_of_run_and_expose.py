"""The keys of the literal exercises of 08 and 09 are what docker does."""

from __future__ import annotations

import pytest

from autograder.keys import answers as keys
from course_lib.exercises.machine import Machine

_MB = 1_000_000
BASE = (
    "FROM busybox AS made\nRUN mkdir -p /base/data && truncate -s 80000000 /base/big\n"
    "FROM scratch\nCOPY --from=made /base /\nCOPY --from=busybox /bin /bin\n"
    "COPY --from=busybox /lib /lib\n"
)
FETCH = "truncate -s 30000000 /data/film"
SITE = (
    "FROM busybox\nRUN mkdir /www && echo page > /www/index.html\nEXPOSE 80 53/udp\n"
    'CMD ["httpd", "-f", "-p", "80", "-h", "/www"]\n'
)


def _key(name: str) -> dict[str, object]:
    key = keys()[name]
    assert isinstance(key, dict)
    return {**key}


@pytest.mark.parametrize(
    ("row", "steps"),
    [
        ("a", (FETCH, "rm /data/film")),
        ("b", (f"{FETCH} && rm /data/film",)),
        ("c", (FETCH, "chmod 600 /data/film")),
    ],
)
def test_the_sizes_of_run_stays(row: str, steps: tuple[str, ...]) -> None:
    machine = Machine()
    assert machine.build(BASE, "base").exit_code == 0
    runs = "".join(f"RUN {step}\n" for step in steps)
    assert machine.build(f"FROM base\n{runs}", "it").exit_code == 0

    grown = machine.engine.image("it").size - machine.engine.image("base").size

    assert grown == (int(str(_key("run-stays")[row])) - 80) * _MB


@pytest.mark.parametrize(
    ("row", "steps"),
    [
        ("d", ("cd /data", "pwd > /said")),
        ("e", ("export MODE=fast", 'echo "mode:$MODE" > /said')),
    ],
)
def test_what_the_last_step_of_run_stays_prints(row: str, steps: tuple[str, str]) -> None:
    machine = Machine()
    machine.build("FROM busybox\nRUN mkdir /data\n" + "".join(f"RUN {s}\n" for s in steps), "it")

    assert machine.docker("run --rm it cat /said").stdout.strip() == _key("run-stays")[row]


@pytest.mark.parametrize(
    ("row", "options"), [("a", ""), ("b", "-P"), ("d", "-P -p 9000:9000")], ids=lambda o: o or "-"
)
def test_how_many_ports_of_expose_sees_are_published(row: str, options: str) -> None:
    machine = Machine()
    machine.build(SITE, "site")
    machine.docker(f"run -d --name it {options} site")

    assert len(machine.engine.container("it").ports) == _key("expose-sees")[row]


@pytest.mark.parametrize(("options", "reached"), [("-p 8080:80", True), ("-p 8080:80/udp", False)])
def test_who_is_reached_in_expose_sees(options: str, *, reached: bool) -> None:
    machine = Machine()
    machine.build(SITE, "site")
    machine.docker(f"run -d {options} site")
    port = _key("expose-sees")["c"]

    said = machine.host(f"curl -s localhost:{port}").stdout

    assert (said == "page\n") is reached
    assert _key("expose-sees")["e"] == "no"


def test_how_many_ports_a_child_notes_in_expose_sees() -> None:
    machine = Machine()
    machine.build(SITE, "site")
    machine.build("FROM site\nEXPOSE 443\n", "child")

    assert len(machine.engine.image("child").config.exposed_ports) == _key("expose-sees")["f"]
