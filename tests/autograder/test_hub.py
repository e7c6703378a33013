"""The examples for a JupyterHub are well-formed, agree with each other, and nbgrader reads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from nbgrader.apps.nbgraderapp import NbGraderApp
from nbgrader.exchange.default import Exchange
from traitlets.config.loader import PyFileConfigLoader

if TYPE_CHECKING:
    from traitlets.config import Config

HUB = Path(__file__).parents[2] / "autograder" / "hub"
EXCHANGE = "/srv/nbgrader/exchange"


def values(name: str) -> dict[str, dict[str, object]]:
    loaded = yaml.safe_load((HUB / name).read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def _config(text: str, folder: Path) -> Config:
    (folder / "nbgrader_config.py").write_text(text)
    return PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()


@pytest.fixture(params=["cluster", "machine"])
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Config:
    """Nbgrader's settings of each example."""
    if request.param == "machine":
        return _config((HUB / "nbgrader_config.py").read_text("utf-8"), tmp_path)
    files = values("zero-to-jupyterhub.yaml")["singleuser"]["extraFiles"]
    assert isinstance(files, dict)
    return _config(files["nbgrader"]["stringData"], tmp_path)


def test_both_name_one_course_and_one_exchange(config: Config) -> None:
    assert (config.CourseDirectory.course_id, config.Exchange.root) == ("docker-images", EXCHANGE)


def test_nbgrader_knows_every_setting(config: Config) -> None:
    known = {cls.__name__: cls for cls in (*NbGraderApp().classes, Exchange)}
    for name, section in config.items():
        assert set(section) <= set(known[name].class_trait_names(config=True))


def test_the_cluster_mounts_the_exchange_where_nbgrader_looks_for_it() -> None:
    storage = values("zero-to-jupyterhub.yaml")["singleuser"]["storage"]
    assert isinstance(storage, dict)
    (mount,) = storage["extraVolumeMounts"]
    (volume,) = storage["extraVolumes"]
    assert (mount["mountPath"], mount["name"]) == (EXCHANGE, volume["name"])


@pytest.mark.parametrize("name", ["zero-to-jupyterhub.yaml", "littlest-jupyterhub.yaml"])
def test_a_student_has_room_for_several_lessons(name: str) -> None:
    limit = re.search(r"(?:limit|memory): (\d)G", (HUB / name).read_text("utf-8"))
    assert limit is not None
    assert int(limit[1]) * 1000 >= 130 + 5 * 90


def test_the_page_of_the_example_opens_and_the_wheel_is_of_this_version() -> None:
    project = HUB.parents[1]
    url = values("zero-to-jupyterhub.yaml")["singleuser"]["defaultUrl"]
    assert isinstance(url, str)
    assert (project / url.removeprefix("/lab/tree/")).is_file()
    version = re.search(
        r'^version = "(.+)"$', (project / "pyproject.toml").read_text(), re.MULTILINE
    )
    assert version is not None
    assert f"docker_images_course-{version[1]}-" in (HUB / "README.md").read_text("utf-8")
