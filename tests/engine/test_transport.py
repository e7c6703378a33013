"""Images on their way: save and load, export and import."""

from __future__ import annotations

import io
import tarfile

import pytest

from course_lib.build import Context
from course_lib.engine import Engine, EngineError
from course_lib.run.options import MountSpec, RunOptions


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.build(
        'FROM alpine\nRUN echo x > /x && rm /etc/motd\nCMD ["cat", "/x"]\n',
        Context.of({}),
        tags=["a:1"],
    )
    return engine


def test_what_was_saved_is_loaded_with_the_same_id_and_names(engine: Engine) -> None:
    engine.tag("a:1", "b:2")
    before = engine.image("a:1")
    data = engine.save(["a:1", "b:2"])
    engine.rmi("a:1")
    engine.rmi("b:2")
    (loaded,) = engine.load(data)
    assert (loaded.image.id, loaded.names) == (before.id, ("a:1", "b:2"))
    assert engine.image("b:2").config == before.config


def test_layers_that_are_here_already_are_shared(engine: Engine) -> None:
    before = engine.image("a:1")
    (loaded,) = engine.load(engine.save(["a:1"]))
    assert all(new is old for new, old in zip(loaded.image.layers, before.layers, strict=True))


def test_an_image_saved_by_id_has_no_name(engine: Engine) -> None:
    (loaded,) = Engine().load(engine.save([engine.image("a:1").id]))
    assert loaded.names == ()


@pytest.mark.parametrize("data", [b"", b"no tar", bytes(2048)])
def test_bytes_that_hold_no_image_are_refused(data: bytes) -> None:
    with pytest.raises(EngineError):
        Engine().load(data)


def test_export_holds_the_files_as_they_are_and_none_of_a_volume(engine: Engine) -> None:
    options = RunOptions(name="box", mounts=(MountSpec("/v", "data"),))
    engine.run("a:1", ["sh", "-c", "touch /v/in /out"], options)
    with tarfile.open(fileobj=io.BytesIO(engine.export("box"))) as tar:
        names = {name.rstrip("/") for name in tar.getnames()}
    assert {"x", "out", "v", "bin/busybox"} <= names
    assert "v/in" not in names
    assert "etc/motd" not in names


def test_import_makes_one_layer_and_a_config_of_the_changes_alone(engine: Engine) -> None:
    engine.create("a:1", (), RunOptions(name="box"))
    image = engine.import_image(
        engine.export("box"), "flat:1", message="why", changes=['CMD ["cat", "/x"]', "ENV A=1"]
    )
    assert len(image.layers) == 1
    assert (image.config.cmd, image.config.env) == (("cat", "/x"), ("A=1",))
    assert image.history[0].comment == "why"
    assert [chunk.data for chunk in engine.run("flat:1").output] == [b"x\n"]


def test_an_archive_too_large_for_the_host_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_lib.engine.transport.MOST_BYTES", 1000)
    with pytest.raises(EngineError, match="no space left on device"):
        engine.save(["a:1"])
