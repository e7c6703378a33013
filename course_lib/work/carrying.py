"""Saving one's work into a file, and bringing it back into pages: Binder, the browser and home alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib import progress
from course_lib.text import Text, same
from course_lib.work.document import FILE, Work, WorkError
from course_lib.work.pages import pages_in, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Saved:
    """What went into a file."""

    path: Path
    answers: int
    exercises: int

    @property
    def said(self) -> Text:
        """What a learner reads."""
        return Text(
            f"Saved in {self.path.name}: {self.answers} answer{'' if self.answers == 1 else 's'} from the pages of this "
            f"folder, and your progress. Download it: a right click on {self.path.name} in the list of files, then Download. "
            "To bring it back elsewhere: drag it into the list of files, then run %bring_back.",
            f"已保存到 {self.path.name}：这个文件夹里各页的 {self.answers} 个答案，还有你的进度。下载方法：在左边的文件列表里"
            f"右键点击 {self.path.name}，选 Download。要在别处恢复：把它拖进文件列表，再运行 %bring_back。",
        )


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What came out of a file: the pages with answers, and what no page asks for."""

    answers: int
    pages: tuple[str, ...]
    unknown: tuple[str, ...]
    kept: Path | None

    @property
    def said(self) -> Text:
        """What a learner reads."""
        names = ", ".join(self.pages)
        if not self.pages:
            text = Text(
                "Every answer of the file stands in its page already.",
                "文件里的答案都已经在页面里了。",
            )
        else:
            text = Text(
                f"Brought back: {self.answers} answer{'' if self.answers == 1 else 's'}, into {names}. A page that is "
                "open shows them after File > Reload Notebook from Disk.",
                f"已恢复 {self.answers} 个答案，写入 {names}。已经打开的页面，用“File > Reload Notebook from Disk”就能看到。",
            )
        if self.kept is not None:
            text += Text(
                f" What stood there before is in {self.kept.name}.",
                f"原来的内容保存在 {self.kept.name}。",
            )
        if self.unknown:
            text += Text(" No page here asks for ", "这里没有页面需要 ") + same(
                ", ".join(self.unknown)
            )
            text += Text(
                ": they are kept in the file, nothing is lost.", "：它们还在文件里，没有丢失。"
            )
        return text


def save_path(folder: Path, name: str) -> Path:
    """The file of a name in a folder; `my-course-work.json` without one.

    Raises:
        WorkError: the name is no JSON file's.

    """
    path = folder / (name or FILE)
    if path.suffix != ".json":
        raise WorkError(
            Text(
                f"The file of your work ends in .json: {FILE}, say.",
                f"作业文件的名字以 .json 结尾，比如 {FILE}。",
            )
        )
    return path


def save(folder: Path, path: Path, heard: Mapping[str, str] | None = None) -> Saved:
    """Write the answers in the pages of a folder, and the progress, into a file.

    `heard` are answers of a page that is open and perhaps not saved: they count more.

    Raises:
        WorkError: the file can't be written.

    """
    answers: dict[str, str] = {}
    for page in pages_in(folder):
        answers |= page.answers()
    answers |= heard or {}
    try:
        standing = progress.read()
    except progress.ProgressError:
        standing = {}  # the answers are what counts; `%progress` says what is wrong
    if path.exists():
        _check_own(path)
    replace(path, Work(answers, standing).to_bytes())
    return Saved(path, len(answers), len(standing))


def bring_back(folder: Path, path: Path) -> BroughtBack:
    """Put the answers of a file into the pages of a folder; other answers that stood there are kept beside.

    Everything is read before anything is written.

    Raises:
        WorkError: a bad file; nothing was changed then.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WorkError(
            Text(
                f"There is no file {path.name} here ({error.strerror}). Drag it into the list of files first.",
                f"这里没有文件 {path.name}（{error.strerror}）。请先把它拖进文件列表。",
            )
        ) from error
    work = Work.of_bytes(data, path.name)
    pages = tuple(pages_in(folder))
    asked = {grade_id for page in pages for grade_id in page.answer_ids()}
    changed = []
    lost: dict[str, str] = {}
    count = 0
    for page in pages:
        before = page.answers()
        differs = {
            name: work.answers[name]
            for name in page.answer_ids() & set(work.answers)
            if before.get(name) != work.answers[name]
        }
        if differs:
            lost |= {name: before[name] for name in differs if name in before}
            changed.append(page.with_answers(differs))
            count += len(differs)
    kept = _free_name(path) if lost else None
    if kept is not None:
        replace(kept, Work(lost).to_bytes())
    for page in changed:
        page.write()
    progress.merge(work.progress)
    return BroughtBack(
        count,
        tuple(page.path.name for page in changed),
        tuple(sorted(set(work.answers) - asked)),
        kept,
    )


def _check_own(path: Path) -> None:
    """Refuse to write over a file that is no work of the course."""
    try:
        Work.of_bytes(path.read_bytes(), path.name)
    except (OSError, WorkError) as error:
        raise WorkError(
            Text(
                f"{path.name} is there and is no work of this course; it is left alone. Give another name.",
                f"{path.name} 已经存在，而且不是这门课的作业文件，没有动它。请换一个名字。",
            )
        ) from error


def _free_name(path: Path) -> Path:
    number = 1
    while (found := path.with_name(f"{path.stem}-before-{number}.json")).exists():
        number += 1
    return found
