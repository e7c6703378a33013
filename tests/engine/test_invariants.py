"""Any sequence of engine operations keeps what must hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from course_lib.engine import Engine, EngineError
from course_lib.engine.keeping import keep, restore
from course_lib.image.entries import File
from course_lib.run.container import Running
from course_lib.run.options import RunOptions

if TYPE_CHECKING:
    from course_lib.image.layer import Layer

PATHS = st.sampled_from(["/a", "/etc/passwd", "/tmp/b", "/root/c", "/bin/cat"])  # noqa: S108 - in a container
TAGS = st.sampled_from(["one:1", "two:1", "three:1"])


class Machine(RuleBasedStateMachine):
    """One engine; every rule is a docker command."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = Engine()
        self.engine.pull("alpine")
        self.layers = {layer.diff_id: dict(layer.entries) for layer in self._layers()}

    def _layers(self) -> list[Layer]:
        return [
            layer for line in self.engine.images(intermediate=True) for layer in line.image.layers
        ]

    def _pick(self, number: int) -> str:
        containers = self.engine.ps(all=True)
        return containers[number % len(containers)].id

    def _has_containers(self) -> bool:
        return bool(self.engine.ps(all=True))

    def _has_images(self) -> bool:
        return bool(self.engine.images(intermediate=True))

    @rule()
    def pull(self) -> None:
        self.engine.pull("alpine")

    @precondition(_has_images)
    @rule(number=st.integers(0, 9), path=PATHS)
    def run_and_write(self, number: int, path: str) -> None:
        images = self.engine.images(intermediate=True)
        image = images[number % len(images)].image
        self.engine.run(image.id, ["sh", "-c", f"echo {number} > {path}"])

    @precondition(_has_images)
    @rule(number=st.integers(0, 9))
    def run_for_ever(self, number: int) -> None:
        images = self.engine.images(intermediate=True)
        image = images[number % len(images)].image
        self.engine.run(image.id, ["sleep", "infinity"], RunOptions(detach=True))

    @precondition(_has_images)
    @rule(number=st.integers(0, 9))
    def an_untouched_container_has_no_diff(self, number: int) -> None:
        images = self.engine.images(intermediate=True)
        container = self.engine.create(images[number % len(images)].image.id, ["true"])
        assert self.engine.diff(container.id) == ()

    @precondition(_has_containers)
    @rule(number=st.integers(0, 9), path=PATHS)
    def exec_remove(self, number: int, path: str) -> None:
        container = self._pick(number)
        if isinstance(self.engine.container(container).state, Running):
            self.engine.exec(container, ["rm", "-f", path])

    @precondition(_has_containers)
    @rule(number=st.integers(0, 9), tag=TAGS)
    def commit_then_run_shows_the_same_files(self, number: int, tag: str) -> None:
        container = self._pick(number)
        image = self.engine.commit(container, tag).image
        files = self.engine.files(container).tree()
        again = self.engine.create(image.id, ["true"])
        assert self.engine.files(again.id).tree() == files

    @precondition(_has_containers)
    @rule(number=st.integers(0, 9))
    def stop(self, number: int) -> None:
        self.engine.stop(self._pick(number))

    @precondition(_has_containers)
    @rule(number=st.integers(0, 9), force=st.booleans())
    def rm(self, number: int, force: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        container = self.engine.container(self._pick(number))
        try:
            self.engine.rm(container.id, force=force)
        except EngineError:
            assert isinstance(container.state, Running)
            assert not force

    @precondition(_has_images)
    @rule(number=st.integers(0, 9), force=st.booleans())
    def rmi(self, number: int, force: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        images = self.engine.images(intermediate=True)
        image = images[number % len(images)].image
        users = [c for c in self.engine.ps(all=True) if c.image == image]
        children = [
            line.image
            for line in images
            if (origin := self.engine.made_from(line.image)) and origin.parent == image
        ]
        try:
            self.engine.rmi(image.id, force=force)
        except EngineError:
            assert users or children or len(self.engine.references(image)) > 1

    @rule()
    def keep_and_restore(self) -> None:
        """From here on with an engine that has been a document in between: nothing may be lost."""
        document = json.dumps(keep(self.engine))
        self.engine = restore(json.loads(document))
        assert json.dumps(keep(self.engine)) == document

    @invariant()
    def layers_never_change(self) -> None:
        for line in self.engine.images(intermediate=True):
            for layer in line.image.layers:
                entries = self.layers.setdefault(layer.diff_id, dict(layer.entries))
                assert dict(layer.entries) == entries

    @invariant()
    def a_running_container_has_its_image(self) -> None:
        ids = {line.image.id for line in self.engine.images(intermediate=True)}
        for container in self.engine.ps():
            assert container.image.id in ids
            assert isinstance(container.image.tree.get("/bin/busybox"), File)

    @invariant()
    def names_and_ids_are_unique(self) -> None:
        containers = self.engine.ps(all=True)
        assert (
            len({c.name for c in containers}) == len({c.id for c in containers}) == len(containers)
        )


Machine.TestCase.settings = settings(max_examples=25, stateful_step_count=20)
TestInvariants = Machine.TestCase
