"""What each instruction does to the config and to the history, in BuildKit's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from course_lib.build import BuildError
from course_lib.image.config import HealthConfig
from tests.build.conftest import PATH, base_image

if TYPE_CHECKING:
    from tests.build.conftest import Kitchen

_MINUTE = 60_000_000_000


@pytest.mark.parametrize(
    ("lines", "changed"),
    [
        ("ENV A=1 B=$A", {"env": (PATH, "A=1", "B=")}),
        ("ENV A=1\nENV B=$A A=2", {"env": (PATH, "A=2", "B=1")}),
        ("ENV A one two", {"env": (PATH, "A=one two")}),
        ("ENV PATH=/x:$PATH", {"env": (PATH.replace("=", "=/x:", 1),)}),
        ("LABEL a=1 b=2\nLABEL a=3", {"labels": {"a": "3", "b": "2"}}),
        (
            "EXPOSE 443 80/UDP 8000-8001",
            {"exposed_ports": ("443/tcp", "80/udp", "8000/tcp", "8001/tcp")},
        ),
        ("USER ada:staff", {"user": "ada:staff"}),
        ("VOLUME /b /a", {"volumes": ("/a", "/b")}),
        ('VOLUME ["/with blank"]', {"volumes": ("/with blank",)}),
        ("STOPSIGNAL 9", {"stop_signal": "9"}),
        ("STOPSIGNAL sigquit", {"stop_signal": "sigquit"}),
        (
            'SHELL ["/bin/bash", "-c"]\nCMD x',
            {"shell": ("/bin/bash", "-c"), "cmd": ("/bin/bash", "-c", "x")},
        ),
        (
            'CMD x\nSHELL ["/bin/bash", "-c"]',
            {"shell": ("/bin/bash", "-c"), "cmd": ("/bin/sh", "-c", "x")},
        ),
        ("CMD x\nCMD y", {"cmd": ("/bin/sh", "-c", "y")}),
        ("CMD", {"cmd": ("/bin/sh", "-c", "")}),
        ("CMD []", {"cmd": None}),
        ('ENTRYPOINT ["e"]', {"entrypoint": ("e",), "cmd": None}),
        ("ENTRYPOINT []", {"entrypoint": None, "cmd": None}),
        ('CMD ["c"]\nENTRYPOINT ["e"]', {"entrypoint": ("e",), "cmd": ("c",)}),
        ('ENTRYPOINT ["e"]\nCMD ["c"]', {"entrypoint": ("e",), "cmd": ("c",)}),
        ("HEALTHCHECK NONE", {"healthcheck": HealthConfig(("NONE",))}),
        (
            "HEALTHCHECK --interval=1m --retries=3 CMD curl x",
            {"healthcheck": HealthConfig(("CMD-SHELL", "curl x"), interval=_MINUTE, retries=3)},
        ),
        ("ONBUILD RUN x\nONBUILD CMD y", {"on_build": ("RUN x", "CMD y")}),
        ("WORKDIR /a\nWORKDIR b/../c\nWORKDIR ..", {"working_dir": "/a"}),
        ("WORKDIR /a/", {"working_dir": "/a/"}),
        ("ARG A=1", {}),
        ("RUN x", {}),
    ],
)
def test_the_config_after(lines: str, changed: dict[str, Any], kitchen: Kitchen) -> None:
    assert kitchen.cook(f"FROM base\n{lines}\n").image.config == base_image(**changed).config


@pytest.mark.parametrize(
    ("line", "created_by", "empty"),
    [
        ("ENV A=1 B='two words'", "ENV A=1 B=two words", True),
        ("LABEL a=$PATH b=2", f"LABEL a={PATH[5:]} b=2", True),
        ("ARG A=9 B", "ARG A=9 B", True),
        ("MAINTAINER Ada", "MAINTAINER Ada", True),
        ("EXPOSE 80 443 80", "EXPOSE [443/tcp 80/tcp 80/tcp]", True),
        ("USER ada", "USER ada", True),
        ("VOLUME /b /a", "VOLUME [/b /a]", True),
        ("STOPSIGNAL SIGTERM", "STOPSIGNAL SIGTERM", True),
        ('SHELL ["/bin/bash", "-c"]', "SHELL [/bin/bash -c]", True),
        ('CMD ["a", "say \\"b\\""]', r'CMD ["a" "say \"b\""]', True),
        ("CMD a b", 'CMD ["/bin/sh" "-c" "a b"]', True),
        ('ENTRYPOINT ["a"]', 'ENTRYPOINT ["a"]', True),
        (
            "HEALTHCHECK --timeout=90s CMD x",
            (
                "HEALTHCHECK {Test:[CMD-SHELL x] Interval:0s Timeout:1m30s StartPeriod:0s "
                "StartInterval:0s Retries:0}"
            ),
            True,
        ),
        ("WORKDIR /", "WORKDIR /", True),
        ("WORKDIR x", "WORKDIR /x", False),
        ("RUN make  all", "RUN /bin/sh -c make  all # buildkit", False),
        ('RUN ["make", "all"]', "RUN make all # buildkit", False),
        ("COPY f /x", "COPY f /x # buildkit", False),
        (
            "COPY --chown=ada --chmod=755 --link f g /x/",
            "COPY --chown=ada --chmod=755 f g /x/ # buildkit",
            False,
        ),
        ("COPY --from=base /file /x", "COPY /file /x # buildkit", False),
        ("ADD f /x", "ADD f /x # buildkit", False),
    ],
)
def test_the_line_in_the_history(
    line: str, created_by: str, kitchen: Kitchen, *, empty: bool
) -> None:
    image = kitchen.cook(f"FROM base\n{line}\n", {"f": "1", "g": "2"}).image
    last = image.history[-1]
    assert (last.created_by, last.empty_layer) == (created_by, empty)
    assert last.comment == "buildkit.dockerfile.v0"
    assert len(image.history) == 2


def test_onbuild_leaves_no_line(kitchen: Kitchen) -> None:
    assert len(kitchen.cook("FROM base\nONBUILD RUN x\n").image.history) == 1


def test_the_history_has_one_line_with_a_layer_for_each_layer(kitchen: Kitchen) -> None:
    image = kitchen.cook("FROM base\nENV A=1\nRUN x\nCMD y\nWORKDIR /w\nCOPY no* /n\n").image
    assert sum(not line.empty_layer for line in image.history) == len(image.layers) == 4


def test_lines_before_the_first_new_layer_take_its_time_and_later_ones_the_one_before(
    kitchen: Kitchen,
) -> None:
    image = kitchen.cook("FROM base\nENV A=1\nRUN x\nENV B=1\nRUN y\nENV C=1\n").image
    times = [line.created for line in image.history]
    first, second = "2024-01-15T09:00:00Z", "2024-01-15T09:00:01Z"
    assert times == ["2024-01-01T00:00:00Z", first, first, first, second, second]
    assert image.created == second


def test_without_new_layers_the_image_is_as_old_as_its_base(kitchen: Kitchen) -> None:
    kitchen.clock.tick(1000)
    image = kitchen.cook("FROM base\nENV A=1\n").image
    assert image.created == image.history[-1].created == "2024-01-01T00:00:00Z"


def test_scratch_starts_with_a_path_and_the_root_folder(kitchen: Kitchen) -> None:
    image = kitchen.cook("FROM scratch\nCOPY f /\n", {"f": "1"}).image
    assert (image.config.env, image.config.working_dir) == ((PATH,), "/")
    assert [list(layer.entries) for layer in image.layers] == [["/f"]]


def test_a_stage_from_a_stage_forgets_that_a_cmd_was_set(kitchen: Kitchen) -> None:
    text = 'FROM base AS a\nCMD ["c"]\nFROM a\nENTRYPOINT ["e"]\n'
    assert kitchen.cook(text).image.config.cmd is None


def test_maintainer_is_the_author(kitchen: Kitchen) -> None:
    assert kitchen.cook("FROM base AS a\nMAINTAINER Ada\nFROM a\n").image.author == "Ada"


_TOO_MUCH = {
    "ENV": "\n".join(f"ENV A{n}=v" for n in range(3000)),
    "LABEL": "\n".join(f"LABEL a{n}=v" for n in range(3000)),
    "EXPOSE": "\n".join(f"EXPOSE {n + 1}" for n in range(3000)),
    "VOLUME": "\n".join(f"VOLUME /v{n}" for n in range(3000)),
    "ranges": "EXPOSE 1-60000\n" + "\n".join(f"EXPOSE {n}" for n in range(60001, 60100)),
    "one line": "ENV " + " ".join(f"A{n}=v" for n in range(5000)) + "\nENV B=1" * 400,
}
_MUCH = {
    "ENV": "ENV " + " ".join(f"A{n}=v" for n in range(5000)),
    "EXPOSE": "EXPOSE 1-65535",
    "LABEL": "\n".join(f"LABEL a{n}=v" for n in range(500)),
}


@pytest.mark.parametrize("name", _TOO_MUCH)
def test_a_config_that_grows_with_every_line_is_stopped(name: str, kitchen: Kitchen) -> None:
    with pytest.raises(BuildError, match="config entries is not simulated") as stopped:
        kitchen.cook(f"FROM scratch\n{_TOO_MUCH[name]}\n")
    assert stopped.value.span is not None


@pytest.mark.parametrize("name", _MUCH)
def test_a_large_config_in_few_lines_is_built(name: str, kitchen: Kitchen) -> None:
    config = kitchen.cook(f"FROM scratch\n{_MUCH[name]}\n").image.config
    assert max(len(config.env), len(config.exposed_ports), len(config.labels)) >= 500


_LONG = "9" * 5000
_NO_NUMBERS = (
    f"EXPOSE {_LONG}", f"STOPSIGNAL {_LONG}", f"HEALTHCHECK --interval={_LONG}s CMD x",
    f"HEALTHCHECK --retries={_LONG} CMD x", f"COPY --from={_LONG} /a /", f"WORKDIR /{_LONG}",
    f"WORKDIR {'/a' * 3000}", "WORKDIR /" + "\u5c42" * 100, "EXPOSE \u00b2", "STOPSIGNAL \u00b2",
)  # fmt: skip


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
@pytest.mark.parametrize("number", range(len(_NO_NUMBERS)))
def test_a_number_or_a_path_that_is_far_too_long_is_refused(
    number: int, builder: str, kitchen: Kitchen
) -> None:
    with pytest.raises(BuildError):
        kitchen.cook(f"FROM base\n{_NO_NUMBERS[number]}\n", builder=builder)
