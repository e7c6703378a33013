"""The course at home: `course lab`, `course update`, `course save-work`, `course bring-back`.

The pages are data of the installed package, or the folder `notebooks` of the kit.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib import work
from course_lib.terminal.sources import CommandLineError
from course_lib.text import Text, language

if TYPE_CHECKING:
    import argparse

FOLDER = "docker-images-course"
WELCOME = "00_welcome.ipynb"
_SHARED = Path("share") / FOLDER


def pages() -> Path:
    """The folder with `en/` and `zh/` as this version of the course has them.

    Raises:
        CommandLineError: the package was installed without them.

    """
    kit = Path(__file__).resolve().parents[2] / "notebooks"
    for folder in (kit, Path(sysconfig.get_path("data")) / _SHARED):
        if (folder / "en" / WELCOME).is_file():
            return folder
    raise CommandLineError(
        message="the pages of the course are not installed",
        help=Text(
            "Install the course from its wheel; it brings them.",
            "请用 wheel 安装课程，页面就在里面。",
        ),
    )


def lab(options: argparse.Namespace) -> int:
    """Put missing pages into a folder and open the welcome page in JupyterLab; ends with it."""
    folder = Path(options.folder).absolute()
    if importlib.util.find_spec("jupyterlab") is None:
        raise CommandLineError(
            message="JupyterLab is not installed in this Python",
            help=Text(
                "Install it beside the course: pip install jupyterlab ipywidgets",
                "请在同一个 Python 里安装：pip install jupyterlab ipywidgets",
            ),
        )
    done = work.update(pages(), folder, renew=False)
    sys.stdout.write(f"{folder}: {done.said}\n")
    page = f"{options.language or language()}/{WELCOME}"
    words = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    words += [f"--LabApp.default_url=/lab/tree/{page}", *options.words]
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 - JupyterLab takes this process over


def update(options: argparse.Namespace) -> int:
    """Bring the pages of this version into a folder; answers are carried over."""
    folder = Path(options.folder).absolute()
    if not folder.is_dir():
        raise CommandLineError(
            message=f"{folder}: no such folder",
            help=Text(
                "`course lab` makes it. Name the folder that you work in.",
                "`course lab` 会建立它。请写出你学习用的文件夹。",
            ),
        )
    sys.stdout.write(f"{work.update(pages(), folder).said}\n")
    return 0


def save_work(options: argparse.Namespace) -> int:
    """Write the answers in the pages of a folder into one file."""
    here = Path(options.folder)
    sys.stdout.write(f"{work.save(here, work.save_path(here, options.file)).said}\n")
    return 0


def bring_back(options: argparse.Namespace) -> int:
    """Put the answers of a file into the pages of a folder."""
    path = Path(options.file) if options.file else work.save_path(Path(options.folder), "")
    sys.stdout.write(f"{work.bring_back(Path(options.folder), path).said}\n")
    return 0


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Tell the parser of `course` about them."""
    opening = commands.add_parser("lab", help="open the course in JupyterLab")
    opening.add_argument("folder", nargs="?", default=FOLDER, metavar="FOLDER")
    opening.add_argument("--language", choices=("en", "zh"), default="")
    opening.add_argument("--no-browser", action="append_const", dest="words", const="--no-browser")
    opening.add_argument("--port", action="append", dest="words", type=lambda n: f"--port={n}")
    opening.set_defaults(run=lab, words=[], json=False)
    renewing = commands.add_parser("update", help="bring new versions of the pages; answers stay")
    renewing.add_argument("folder", nargs="?", default=FOLDER, metavar="FOLDER")
    renewing.set_defaults(run=update, json=False)
    for name, run, help_text in (
        ("save-work", save_work, "the answers in a folder's pages, as one file"),
        ("bring-back", bring_back, "the answers of such a file, back into pages"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("file", nargs="?", default="", metavar="FILE")
        command.add_argument("--folder", default=".", help="where the pages are")
        command.set_defaults(run=run, json=False)
