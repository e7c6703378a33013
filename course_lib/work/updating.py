"""Pages of a new version, put where a learner works: answers are carried over, nothing is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text
from course_lib.work.document import WorkError
from course_lib.work.pages import Page, replace

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = "before-update"
BROUGHT = ".course-pages.json"


@dataclass(frozen=True, slots=True)
class Updated:
    """Names of pages: that are new, that were renewed with their answers, that were the same."""

    new: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    @property
    def said(self) -> Text:
        """What a learner reads."""
        return Text(
            f"{len(self.new)} new, {len(self.renewed)} renewed, {len(self.same)} unchanged."
            + (
                f" Your answers were carried over; the pages as they were are in {BEFORE}."
                if self.renewed
                else ""
            ),
            f"新增 {len(self.new)} 页，更新 {len(self.renewed)} 页，{len(self.same)} 页没有变化。"
            + (f"你的答案都已带过来；更新前的页面在 {BEFORE} 里。" if self.renewed else ""),
        )


def update(source: Path, folder: Path, *, renew: bool = True) -> Updated:
    """Bring the pages of `source` into `folder`, language by language.

    A page whose lesson has not changed since it was brought is left alone, whatever the learner did in it. A
    page of a changed lesson is renewed with its answers; as it was, it goes to `before-update/`. Without
    `renew` only missing pages are brought.

    Raises:
        WorkError: a page can't be read or written.

    """
    brought = _brought(folder)
    found: dict[str, list[str]] = {"new": [], "renewed": [], "same": []}
    for path in sorted(source.glob("*/*.ipynb")):
        name = f"{path.parent.name}/{path.name}"
        fresh = Page.read(path)
        target = folder / name
        if not renew and target.exists():
            found["same"].append(name)
            continue
        found[_bring(Page(target, fresh.document), brought.get(name), folder)].append(name)
        brought[name] = fresh.fingerprint()
    replace(folder / BROUGHT, (json.dumps(brought, indent=1) + "\n").encode())
    return Updated(*map(tuple, found.values()))


def _brought(folder: Path) -> dict[str, str]:
    """Which lessons were brought last, by their fingerprints."""
    try:
        document = json.loads((folder / BROUGHT).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}  # pages are then compared themselves
    if not isinstance(document, dict):
        return {}
    return {str(name): str(digest) for name, digest in document.items()}


def _bring(page: Page, brought: str | None, folder: Path) -> str:
    target = page.path
    if not target.exists():
        page.write()
        return "new"
    try:
        old = Page.read(target)
    except WorkError:
        answers: dict[str, str] = {}  # a damaged page is kept beside, like any other
    else:
        if page.fingerprint() in (brought, old.fingerprint()):
            return "same"
        answers = old.answers()
    replace(_free(folder / BEFORE / target.parent.name / target.name), _bytes(target))
    page.with_answers(answers).write()
    return "renewed"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkError(Text(f"{path}: {error.strerror}", f"{path}：{error.strerror}")) from error


def _free(path: Path) -> Path:
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 10_000)))
    return next(name for name in names if not name.exists())
