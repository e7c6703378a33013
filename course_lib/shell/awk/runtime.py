"""What a running awk program has: variables, arrays, the record, input and output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.awk.channels import Channels
from course_lib.shell.awk.errors import AwkError
from course_lib.shell.awk.records import Input, Record
from course_lib.shell.awk.tokens import unescaped
from course_lib.shell.awk.values import LARGEST_WHOLE, UNSET, Array, from_input, number, string
from course_lib.shell.openfile import open_for_reading
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.awk.values import Scalar
    from course_lib.shell.task import Task

_MOST_FIELDS = 32_767


class Runtime:
    """The state of one program; `frame` are the parameters of the function that runs."""

    def __init__(self, task: Task, operands: Sequence[str]) -> None:
        self.task = task
        self.meter = task.machine.meter
        self.record = Record()
        self.channels = Channels(task)
        self.frame: dict[str, Scalar | Array] | None = None
        arguments: Array = {str(at): from_input(one) for at, one in enumerate(("awk", *operands))}
        self.variables: dict[str, Scalar | Array] = {
            "FS": " ", "OFS": " ", "RS": "\n", "ORS": "\n", "SUBSEP": "\x1c", "CONVFMT": "%.6g",
            "OFMT": "%.6g", "NR": 0.0, "FNR": 0.0, "FILENAME": "", "RSTART": 0.0, "RLENGTH": -1.0,
            "ARGV": arguments, "ARGC": float(len(arguments)),
            "ENVIRON": {name: from_input(value) for name, value in task.env.items()},
        }  # fmt: skip
        self.status = 0
        self.largest = 2.0**63 - 1024 if task.busybox else LARGEST_WHOLE
        self._input: Input | None = None
        self._next_argument = 1
        self._any_file = False
        self.seed = 0.0

    # -- variables --------------------------------------------------------------------------

    def home(self, name: str) -> dict[str, Scalar | Array]:
        """Where a name lives: among the parameters or the globals."""
        frame = self.frame
        return frame if frame is not None and name in frame else self.variables

    def get(self, name: str) -> Scalar:
        """A variable's value.

        Raises:
            AwkError: for an array.

        """
        if name == "NF":
            return float(self.record.count())
        found = self.home(name).get(name, UNSET)
        if isinstance(found, dict):
            msg = f"type error: {name} is an array"
            raise AwkError(msg)
        return found

    def set(self, name: str, value: Scalar) -> None:
        """Set a variable; some change how records are read."""
        home = self.home(name)
        if isinstance(home.get(name), dict):
            msg = f"type error: {name} is an array"
            raise AwkError(msg)
        if name == "NF":
            self.record.resize(self.field_number(value))
            return
        home[name] = value
        if name == "FS":
            self.record.separator = string(value)
        elif name == "OFS":
            self.record.joiner = string(value)
        elif name == "RS":
            self.record.paragraphs = string(value) == ""
        elif name == "CONVFMT":
            self.record.number_format = string(value)

    def array(self, name: str) -> Array:
        """An array, made when it is new.

        Raises:
            AwkError: for a name that has a scalar.

        """
        home = self.home(name)
        found = home.get(name, UNSET)
        if isinstance(found, dict):
            return found
        if found is not UNSET:
            msg = f"type error: {name} is no array"
            raise AwkError(msg)
        made: Array = {}
        home[name] = made
        return made

    def string(self, value: Scalar) -> str:
        """A value as a string, by CONVFMT."""
        return (
            value
            if isinstance(value, str)
            else string(value, self.record.number_format, self.largest)
        )

    def made(self, text: str) -> str:
        """Count a string that the program has built."""
        if len(text) > 64:  # noqa: PLR2004 - short ones live for a moment
            self.meter.memory(len(text))
        return text

    def field_number(self, value: Scalar) -> int:
        """The number of a field.

        Raises:
            AwkError: for one below 0 or far above what any line has.

        """
        index = number(value)
        if not 0 <= index <= _MOST_FIELDS:
            msg = f"trying to access out of range field {string(index)}"
            raise AwkError(msg)
        return int(index)

    # -- input ------------------------------------------------------------------------------

    def next_record(self) -> str | None:
        """The next record of the files on the command line, or of stdin; None at the end."""
        while True:
            source = self._input or self._open_next()
            if source is None:
                return None
            self._input = source
            text = source.read(self.string(self.get("RS")))
            self.meter.step()
            if text is not None:
                self.counted()
                return text
            self._input = None

    def counted(self, *, both: bool = True) -> None:
        """One more record: NR, and FNR for the files of the command line."""
        for name in ("NR", "FNR") if both else ("NR",):
            self.variables[name] = number(self.get(name)) + 1

    def skip_file(self) -> None:
        """`nextfile`."""
        self._input = None

    def _open_next(self) -> Input | None:
        while self._next_argument < number(self.get("ARGC")):
            key = str(self._next_argument)
            self._next_argument += 1
            name = self.string(self.array("ARGV").get(key, ""))
            if not name:
                continue
            before, equals, after = name.partition("=")
            if equals and before.isidentifier():
                self.set(before, from_input(unescaped(after)))
                continue
            self._any_file = True
            found = self._open(name)
            if found is not None:
                return found
        if self._any_file:
            return None
        self._any_file = True
        return Input(self.task.stdin)

    def _open(self, name: str) -> Input | None:
        self.variables["FILENAME"] = name
        self.variables["FNR"] = 0.0
        if name in {"-", "/dev/stdin"}:
            return Input(self.task.stdin)
        try:
            self.task.files.file(name)
            return Input(open_for_reading(self.task.files, name))
        except OSError as error:
            if self.task.busybox:
                self.task.complain(f"{name}: {words(error)}")
                self.status = 1
                return None
            msg = f"cannot open {name} ({words(error)})"
            raise AwkError(msg) from error
