"""Judges of scripts that work on what `docker save` and `docker inspect` tell of an image."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.values import Finding
from course_lib.image.entries import File
from course_lib.text import Text, same

if TYPE_CHECKING:
    from course_lib.cli import Answer
    from course_lib.exercises.attempt import Attempt

_SHOWN = 5
_NOTHING = Text("nothing", "什么也没有")


@dataclass(frozen=True, slots=True)
class PrintsChainID:
    """`bash SCRIPT DIFF_ID...`, with the diff IDs of `image` from the bottom, prints its chain ID."""

    script: str
    image: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Run it on the host with the diff IDs of the image as its words."""
        image = attempt.image(self.image)
        answer = attempt.machine.host(shlex.join(["bash", self.script, *image.diff_ids]))
        right = answer.stdout.split() == [image.chain_ids[-1]]
        count = len(image.diff_ids)
        words = " ".join(f"sha256:{one[7:11]}..." for one in image.diff_ids)
        return Finding(
            1 if right else 0,
            Text(
                f"with the {count} diff IDs of {self.image}, `bash {self.script} {words}` prints",
                f"给出 {self.image} 的 {count} 个 diff ID，`bash {self.script} {words}` 打印",
            )
            + same(f" {image.chain_ids[-1]}"),
            _printed(answer),
            way_on=self.hint,
        )


@dataclass(frozen=True, slots=True)
class FindsLayers:
    """`bash SCRIPT PATH`, in an unpacked archive of `image`, prints the layers that hold the file, in any order.

    A layer is named by its digest, `sha256:...`, a line each.
    """

    script: str
    image: str
    path: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Save the image on the host, unpack it, and run the script there."""
        image = attempt.image(self.image)
        holding = [
            layer.diff_id
            for layer in image.layers
            if isinstance(layer.entries.get(f"/{self.path}"), File)
        ]
        folder = shlex.quote(f"unpacked-{self.image}")
        script = "\n".join(
            (
                f"rm -rf {folder} && mkdir {folder}",
                f"docker save -o {folder}.tar {shlex.quote(self.image)}",
                f"tar -x -f {folder}.tar -C {folder} && cd {folder}",
                shlex.join(["bash", f"../{self.script}", self.path]),
            )
        )
        answer = attempt.machine.host(script)
        return Finding(
            1 if sorted(answer.stdout.split()) == sorted(holding) else 0,
            Text(
                f"in the unpacked {self.image}, `bash ../{self.script} {self.path}` prints",
                f"在解开的 {self.image} 里，`bash ../{self.script} {self.path}` 打印",
            )
            + same("".join(f"\n{one}" for one in holding)),
            _printed(answer),
            way_on=self.hint,
        )


def _printed(answer: Answer) -> Text:
    lines = (answer.stdout + answer.stderr).splitlines()
    if not lines:
        return Text("it prints ", "它打印：") + _NOTHING
    more = ["..."] if len(lines) > _SHOWN else []
    whole = "".join(f"\n{line}" for line in [*lines[:_SHOWN], *more])
    return Text("it prints", "它打印") + same(whole)
