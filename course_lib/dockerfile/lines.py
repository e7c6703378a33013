"""Physical lines and how they are continued."""

from __future__ import annotations

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.instructions import Span
from course_lib.text import Text

LONGEST = 65535  # bytes of one line, without its newline: the limit of Go's bufio.Scanner
_BYTES_OF_A_CHARACTER = 4
_BYTES_OF_A_SURROGATE = 3


class Lines:
    r"""The lines of a text, one after the other, each with its `\n`; `number` is the last one's."""

    def __init__(self, text: str) -> None:
        parts = text.split("\n")
        last = parts.pop()
        self._lines = [f"{part}\n" for part in parts]
        if last:
            self._lines.append(last)
        self.number = 0

    def next(self) -> str | None:
        """The next line, None after the last.

        Raises:
            DockerfileError: a line of more than 65535 bytes.

        """
        if self.number == len(self._lines):
            return None
        line = self._lines[self.number]
        self.number += 1
        if len(line) * _BYTES_OF_A_CHARACTER > LONGEST and _bytes(line) > LONGEST:
            raise DockerfileError(
                message=f"dockerfile line greater than max allowed size of {LONGEST}",
                span=Span(self.number, self.number),
                help=Text(
                    "Break this line into several with \\ at their ends, or put the text into a file "
                    "and COPY it.",
                    "请用行末的 \\ 把这一行拆成几行，或者把内容放进文件再用 COPY 复制。",
                ),
            )
        return line

    def text(self, first: int, last: int) -> str:
        """The lines from `first` to `last`, counted from 1."""
        return "".join(self._lines[first - 1 : last])


def _bytes(line: str) -> int:
    """Count bytes in UTF-8; a byte that was no UTF-8 stands in the text as one surrogate."""
    escaped = sum("\udc80" <= char <= "\udcff" for char in line)
    encoded = line.removesuffix("\n").encode("utf-8", "surrogatepass")
    return len(encoded) - escaped * (_BYTES_OF_A_SURROGATE - 1)


def before_continuation(line: str, escape: str) -> str | None:
    r"""`RUN make \` -> `RUN make `; None for a line that ends here, as after `\\`."""
    bare = line.rstrip(" \t")
    if bare.endswith(escape) and not bare.endswith(escape * 2):
        return bare[:-1]
    return None
