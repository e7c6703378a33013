"""Copy-on-write, step by step: a container reads, writes and deletes files of its image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, Whiteout
from course_lib.text import Text
from course_lib.views.grid import Grid, draw_grid, grid_of
from course_lib.views.markup import Html, join, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from course_lib.image.entries import Entry
    from course_lib.image.image import Image

MOST_PATHS = 5
"""So many paths fit side by side; the picture says when there are more."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment: what happens, what it means, and where every path stands after it."""

    title: Text
    happens: Text
    grid: Grid


@dataclass(frozen=True, slots=True)
class Story:
    """The frames of one container, in order; `left_out` counts the paths not shown."""

    container: str
    frames: tuple[Frame, ...]
    left_out: int = 0


def story_of(image: Image, container: str, writable: Mapping[str, Entry]) -> Story:
    """Tell how a writable layer came about: each path read, copied up, made or deleted.

    `writable` maps paths to what the container's layer has there; directories along the way
    are left out.
    """
    acts = {path: entry for path, entry in writable.items() if not isinstance(entry, Directory)}
    paths = tuple(acts)[:MOST_PATHS]
    shown = {path: acts[path] for path in paths}
    frames = tuple(_frames(image, container, shown))
    return Story(container, frames, len(acts) - len(paths))


def _frames(image: Image, container: str, acts: Mapping[str, Entry]) -> Iterator[Frame]:
    done: dict[str, Entry] = {}
    paths = tuple(acts)
    first = grid_of(image, paths, done)
    yield Frame(
        Text(f"{container} starts", f"{container} 启动"),
        Text(
            "Its writable layer is empty. Every file comes from the read-only layers of the image.",
            "它的可写层是空的。所有文件都来自镜像的只读层。",
        ),
        first,
    )
    for path, entry in acts.items():
        number = first.serving(path)
        if number and not isinstance(entry, Whiteout):
            yield Frame(
                Text(f"read {path}", f"读 {path}"),
                Text(
                    f"The search goes from the top down and ends at layer {number}. Nothing is copied.",
                    f"自上而下查找，到第 {number} 层找到。什么也不复制。",
                ),
                grid_of(image, paths, done),
            )
        done[path] = entry
        title, happens = _act(path, entry, number)
        yield Frame(title, happens, grid_of(image, paths, done))


def _act(path: str, entry: Entry, number: int | None) -> tuple[Text, Text]:
    if isinstance(entry, Whiteout):
        return Text(f"delete {path}", f"删除 {path}"), Text(
            f"A whiteout in the writable layer hides it. Layer {number} still holds the file.",
            f"可写层里的 whiteout 把它挡住。第 {number} 层里文件还在。",
        )
    if number:
        return Text(f"write {path}", f"写 {path}"), Text(
            f"Copy-up: the whole file is copied from layer {number} into the writable layer, and the "
            f"copy is changed. Layer {number} keeps the old one.",
            f"copy-up：整个文件从第 {number} 层复制到可写层，改的是副本。第 {number} 层保留原样。",
        )
    return Text(f"create {path}", f"新建 {path}"), Text(
        "No layer below shows it, so it is made in the writable layer alone.",
        "下面的层里都看不到它，所以只在可写层里新建。",
    )


def draw_frame(story: Story, at: int) -> Picture:
    """Draw one frame of the story; `at` counts from 0."""
    frame = story.frames[at]
    step = Text(
        f"Step {at + 1} of {len(story.frames)}: ", f"第 {at + 1} 步，共 {len(story.frames)} 步："
    )
    grid = draw_grid(frame.grid, step + frame.title)
    title, _, rest = grid.text.partition("\n")
    return Picture(
        f"{title}\n  {frame.happens}\n{rest}", join([grid.html, tag("p", frame.happens)])
    )


def copy_on_write(story: Story) -> Picture:
    """Draw all frames of the story, one below the other; in HTML each but the first is folded."""
    drawn = [draw_frame(story, at) for at in range(len(story.frames))]
    return Picture(
        "\n".join(picture.text for picture in drawn) + _left_out(story),
        join([_folded(story, drawn), tag("p", _left_out(story))]),
    )


def _folded(story: Story, drawn: Sequence[Picture]) -> Html:
    parts = []
    for at, (frame, picture) in enumerate(zip(story.frames, drawn, strict=True)):
        title = tag("b", f"{at + 1}. {frame.title}")
        summary = tag("summary", title, " ", frame.happens, style="cursor:pointer")
        parts.append(_details(summary, picture.html, is_open=at == 0))
    return join(parts)


def _details(summary: Html, inside: Html, *, is_open: bool) -> Html:
    if is_open:
        return tag("details", summary, inside, open="open")
    return tag("details", summary, inside)


def _left_out(story: Story) -> str:
    if not story.left_out:
        return ""
    return str(
        Text(
            f"{story.left_out} more paths are not shown.\n",
            f"另有 {story.left_out} 个路径没有画出。\n",
        )
    )
