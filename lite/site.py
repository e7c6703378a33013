"""The whole site: JupyterLite with the notebooks, Python for it, and the page that lists the lessons."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from course_lib.text import LANGUAGES, Language
from lite import pyodide
from lite.lessons import Lesson, lessons
from lite.page import PAGES, page
from lite.wheels import PROJECT, gather

NOTEBOOKS = PROJECT / "notebooks"
_EXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
# The site's JupyterLab has these two extensions, whatever else the environment holds.
_WANTED = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension")
# Loaded with Python itself, all at once. `%load_ext course_lib` is no import that Pyodide would see.
_FROM_THE_START = (
    *("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"),
    *("ipywidgets", "docker-images-course"),
)
_KERNEL = {
    "disablePyPIFallback": True,
    # /drive is what the browser keeps; the rest of the kernel's files end with it.
    "loadPyodideOptions": {
        "packages": list(_FROM_THE_START),
        "env": {"HOME": "/home/pyodide", "COURSE_HOME": "/drive/.course"},
    },
}
# What no browser that runs Python asks for: forms of fonts from before woff, and how JupyterLite itself is built.
_UNUSED = ("build/*.eot", "build/*.svg", "build/*.ttf", "rspack.config*.js", "package.json")


class SiteError(Exception):
    """JupyterLite's own build ended with an error; the message holds what it said."""


def build(site: Path, cache: Path, repository: str | None = None) -> None:
    """Write the site into a folder; one that is there already is made anew. A lesson is in it once it is woven.

    `cache` keeps the wheels that were fetched. `repository`, OWNER/REPO on GitHub, is what Binder opens; without
    it the page has no links to Binder.

    Raises:
        UntoldError: a lesson does not say what the page shows.
        PyodideError: `npm install` has not run in lite/, or node can't compile.
        WheelsError: a wheel can't be made or fetched.
        SiteError: JupyterLite can't be built.

    """
    woven = [
        lesson
        for lesson in lessons(NOTEBOOKS / "lessons")
        if all(_notebook(lesson, lang).is_file() for lang in LANGUAGES)
    ]
    wheels = gather(cache, pyodide.python())
    with tempfile.TemporaryDirectory() as name:
        source = Path(name)
        pyodide.fill(source / "static" / "pyodide", wheels)
        for lang in LANGUAGES:
            (source / "files" / lang).mkdir(parents=True)
            for lesson in woven:
                path = _notebook(lesson, lang)
                (source / "files" / lang / path.name).write_text(_whole(path), encoding="utf-8")
        _write(source / "jupyter_lite_config.json", {"LiteBuildConfig": _how_to_build()})
        _write(source / "jupyter-lite.json", _settings())
        shutil.rmtree(site, ignore_errors=True)
        _jupyter_lite(source, site)
    for pattern in _UNUSED:
        for path in site.glob(pattern):
            path.unlink()
    for lang, name in PAGES.items():  # its own index.html only leads to lab/
        (site / name).write_text(page(woven, lang, repository), encoding="utf-8")


def size(site: Path) -> int:
    """The bytes of all files of a site."""
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def _notebook(lesson: Lesson, lang: Language) -> Path:
    return NOTEBOOKS / lang / f"{lesson.name}.ipynb"


def _whole(path: Path) -> str:
    """A notebook with each text in one string: JupyterLite would put commas between the lines of an output."""
    return json.dumps(nbformat.read(path, as_version=4), ensure_ascii=False)


def _how_to_build() -> dict[str, object]:
    return {
        "apps": ["lab"],
        "federated_extensions": [str(_EXTENSIONS / name) for name in _WANTED],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }


def _settings() -> dict[str, object]:
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Docker images, taken apart",
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": _KERNEL},
        },
    }


def _write(path: Path, document: dict[str, object]) -> None:
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _jupyter_lite(source: Path, site: Path) -> None:
    done = subprocess.run(  # noqa: S603 - this environment's own program
        [
            *(sys.executable, "-m", "jupyterlite_core", "build"),
            *(f"--lite-dir={source}", f"--output-dir={site.resolve()}"),
        ],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        msg = f"jupyter lite build ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        raise SiteError(msg)
