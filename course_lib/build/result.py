"""What a build gives back: its steps, each with its reason, and the image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import CheckWarning, Instruction, Stage
    from course_lib.image.config import ImageConfig
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer
    from course_lib.shell import Chunk
    from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a stage, done.

    `number` of `total` is BuildKit's `[2/5]`; it is 0 for an instruction that only edits the
    config, which BuildKit does not print. `because` says why the step came from the cache, or
    what differed first. `layer` is None where none was made.

    Only the older builder sets `image`, which stands after this step (it commits each), and `intro` and
    `outro`, what it prints before and after the step's output.
    """

    instruction: Instruction
    stage: Stage
    text: str
    cached: bool
    because: Text
    config_before: ImageConfig
    config: ImageConfig
    layer: Layer | None = None
    output: tuple[Chunk, ...] = ()
    number: int = 0
    total: int = 0
    stage_name: str = ""
    intro: str = ""
    outro: str = ""
    image: Image | None = None

    @property
    def label(self) -> str:
        """`[builder 2/5] RUN make`, as `--progress=plain` prints it; the text alone without a number."""
        if not self.number:
            return self.text
        name = f"{self.stage_name} " if self.stage_name else ""
        place = str(self.number).rjust(len(str(self.total)))
        mark = "ONBUILD " if self.instruction.onbuild else ""
        return f"[{name}{place}/{self.total}] {mark}{self.text}"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The image of the target stage, and the steps of all stages that it needed.

    `closing` is what the older builder prints at its end.
    """

    image: Image
    steps: tuple[Step, ...]
    warnings: tuple[CheckWarning, ...] = ()
    closing: str = ""
