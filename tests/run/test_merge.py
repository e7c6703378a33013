"""The daemon's merge of what the user gives with what the image says."""

from __future__ import annotations

import pytest

from course_lib.image.config import HealthConfig, ImageConfig
from course_lib.run.merge import container_config, merge, process_environment
from course_lib.run.options import MountSpec, PortBinding, RunOptions

IMAGE = ImageConfig(  # noqa: S604 - `shell` is a field of the config
    user="app",
    exposed_ports=("80/tcp",),
    env=("PATH=/bin", "MODE=image"),
    entrypoint=("entry",),
    cmd=("cmd",),
    volumes=("/data",),
    working_dir="/srv",
    labels={"from": "image", "both": "image"},
    stop_signal="SIGQUIT",
    healthcheck=HealthConfig(("CMD", "check"), interval=5, retries=2),
    shell=("/bin/bash", "-c"),
    on_build=("RUN x",),
)


def test_without_options_a_container_has_the_config_of_its_image_but_shell_and_onbuild() -> None:
    config = container_config(IMAGE)
    assert config.entrypoint == ("entry",)
    assert config.cmd == ("cmd",)
    assert (config.user, config.working_dir, config.stop_signal) == ("app", "/srv", "SIGQUIT")
    assert (config.shell, config.on_build) == (None, ())


@pytest.mark.parametrize(
    ("field", "options", "expected"),
    [
        ("user", RunOptions(user="bob"), "bob"),
        ("working_dir", RunOptions(workdir="/w"), "/w"),
        ("stop_signal", RunOptions(stop_signal="KILL"), "KILL"),
        ("env", RunOptions(env=("MODE=user", "NEW=1")), ("MODE=user", "NEW=1", "PATH=/bin")),
        ("env", RunOptions(env=("A=1", "A=2")), ("A=2", "PATH=/bin", "MODE=image")),
        ("exposed_ports", RunOptions(expose=("90/tcp",)), ("80/tcp", "90/tcp")),
        ("exposed_ports", RunOptions(ports=(PortBinding(443),)), ("443/tcp", "80/tcp")),
        ("volumes", RunOptions(mounts=(MountSpec("/x"),)), ("/data", "/x")),
        ("volumes", RunOptions(mounts=(MountSpec("/x", "named"),)), ("/data",)),
        ("labels", RunOptions(labels={"both": "user"}), {"from": "image", "both": "user"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_field_by_field(field: str, options: RunOptions, expected: object) -> None:
    assert getattr(container_config(IMAGE, (), options), field) == expected


def test_an_entrypoint_of_the_user_keeps_the_images_cmd_out() -> None:
    config = container_config(IMAGE, (), RunOptions(entrypoint="other"))
    assert (config.entrypoint, config.cmd) == (("other",), None)


def test_an_empty_entrypoint_clears_the_images() -> None:
    config = container_config(IMAGE, ("ls",), RunOptions(entrypoint=""))
    assert (config.entrypoint, config.cmd) == (None, ("ls",))


def test_arguments_replace_cmd_only() -> None:
    config = container_config(IMAGE, ("ls", "-l"))
    assert (config.entrypoint, config.cmd) == (("entry",), ("ls", "-l"))


def test_a_healthcheck_is_merged_field_by_field() -> None:
    merged = merge(ImageConfig(healthcheck=HealthConfig((), timeout=7, retries=9)), IMAGE)
    assert merged.healthcheck == HealthConfig(("CMD", "check"), interval=5, timeout=7, retries=9)


def test_the_environment_of_a_process_begins_with_the_daemons_own_names() -> None:
    environment = process_environment(IMAGE, hostname="abc", home="/root", tty=True)
    assert environment == {
        "PATH": "/bin",
        "HOSTNAME": "abc",
        "TERM": "xterm",
        "MODE": "image",
        "HOME": "/root",
    }
    assert list(environment) == ["PATH", "HOSTNAME", "TERM", "MODE", "HOME"]


def test_a_home_in_the_config_wins() -> None:
    config = ImageConfig(env=("HOME=/here",))
    assert process_environment(config, hostname="h", home="/root")["HOME"] == "/here"
