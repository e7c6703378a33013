"""The one visual language of all pictures: a sign, a word and two colors for each idea.

Each tone brings its background and its foreground, so that it reads alike on a light and on
a dark page. A test holds every pair at a contrast of 4.5 to 1 or more.
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class Tone:
    """What an idea looks like: never color alone, always with its sign or its word."""

    sign: str
    word: Text
    background: str
    foreground: str


READ_ONLY = Tone("=", Text("read-only layer", "只读层"), "#dfeaf7", "#10304f")
WRITABLE = Tone("w", Text("writable layer", "可写层"), "#fff0c2", "#4a3500")
MOUNTED = Tone("m", Text("mounted", "挂载"), "#d5efee", "#0b3f3d")
CONFIG = Tone("-", Text("config only", "只改配置"), "#ececec", "#333333")
PLAIN = Tone(" ", Text("", ""), "transparent", "inherit")
"""Nothing special: the colors of the page."""

ADDED = Tone("A", Text("added", "新增"), "#d9f2df", "#0a4a20")
CHANGED = Tone("C", Text("changed", "修改"), "#fff0c2", "#4a3500")
DELETED = Tone("D", Text("deleted", "删除"), "#fbdcdc", "#7a0c0c")

DIFFERENT = Tone("|", Text("different", "不同"), "#fff0c2", "#4a3500")
LEFT_ONLY = Tone("<", Text("only on the left", "只在左边"), "#fde7d3", "#5a2d00")
RIGHT_ONLY = Tone(">", Text("only on the right", "只在右边"), "#d5efee", "#0b3f3d")
"""Two things side by side, with the signs of `diff -y`: neither came from the other."""

SERVES = Tone("*", Text("read from here", "从这里读到"), "#d9f2df", "#0a4a20")
HIDDEN = Tone("o", Text("there, but hidden", "在，但被挡住"), "#ececec", "#444444")
WHITEOUT = Tone("x", Text("whiteout", "whiteout（删除标记）"), "#fbdcdc", "#7a0c0c")

PUBLISHED = Tone(">", Text("published", "已发布"), "#d9f2df", "#0a4a20")
INSIDE = Tone("o", Text("not published", "没有发布"), "#ececec", "#444444")
SILENT = Tone("!", Text("published, nobody answers", "已发布，但没人应答"), "#fbdcdc", "#7a0c0c")

TARGET = Tone("T", Text("becomes the image", "成为镜像"), "#d9f2df", "#0a4a20")
NEEDED = Tone("b", Text("built on the way", "途中构建"), "#dfeaf7", "#10304f")
SKIPPED = Tone("-", Text("not needed", "用不到"), "#ececec", "#444444")

CACHED = Tone("c", Text("cached", "用了缓存"), "#e6e0f8", "#2d1c70")
REBUILT = Tone("r", Text("run", "执行"), "#fff0c2", "#4a3500")
NOTICED = Tone("?", Text("check", "检查"), "#fff0c2", "#4a3500")
WRONG = Tone("!", Text("error", "错误"), "#fbdcdc", "#7a0c0c")

DONE = Tone("+", Text("done", "完成"), "#d9f2df", "#0a4a20")
BEGUN = Tone("~", Text("in part", "部分完成"), "#fff0c2", "#4a3500")
OPEN = Tone("o", Text("not yet", "还没做"), "#ececec", "#444444")

TONES = (
    READ_ONLY,
    WRITABLE,
    MOUNTED,
    CONFIG,
    ADDED,
    CHANGED,
    DELETED,
    DIFFERENT,
    LEFT_ONLY,
    RIGHT_ONLY,
    SERVES,
    HIDDEN,
    WHITEOUT,
    PUBLISHED,
    INSIDE,
    SILENT,
    TARGET,
    NEEDED,
    SKIPPED,
    CACHED,
    REBUILT,
    NOTICED,
    WRONG,
    DONE,
    BEGUN,
    OPEN,
)
