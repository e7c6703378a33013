"""vite, react-scripts, webpack, tsc: what a front end becomes; files of the right names and about the right sizes.

Nothing is compiled: a bundle begins with the text it is made of. What is missing in the project fails
as it really does.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.shell.task import Task

_SOURCES = (".js", ".jsx", ".mjs", ".ts", ".tsx", ".vue", ".svelte")
_LIBRARY = {"react-dom": 132_000, "react": 8_000, "vue": 58_000, "svelte": 4_000, "axios": 30_000}
_SCRIPT = re.compile(r"""<script[^>]*\bsrc=["']/?([^"']+)["'][^>]*></script>""")


def _vite(task: Task) -> int:
    words = [word for word in task.args if not word.startswith("-")]
    if words[:1] != ["build"]:
        raise task.not_simulated(words[0] if words else "")
    if task.files.find("index.html") is None:
        task.err('error during build:\nCould not resolve entry module "index.html".')
        return 1
    page = task.files.read("index.html").decode("utf-8", "replace")
    match = _SCRIPT.search(page)
    entry = match.group(1) if match else ""
    if entry and task.files.find(entry) is None:
        task.err(
            f"error during build:\nFailed to resolve /{entry} from {task.files.absolute('index.html')}"
        )
        return 1
    task.out(f"vite v{_version(task, 'vite')} building for production...\ntransforming...\n")
    outputs = []
    modules = list(_texts(task, "src", _SOURCES))
    if entry:
        text = "".join(modules).encode()
        name = f"assets/index-{_hash(text)}.js"
        outputs.append((name, Content(text[:4096], max(len(text), 1) + _libraries(task))))
        page = _SCRIPT.sub(f'<script type="module" crossorigin src="/{name}"></script>', page)
    styles = "".join(_texts(task, "src", (".css",))).encode()
    if styles:
        outputs.append((f"assets/index-{_hash(styles)}.css", Content.of(styles)))
    outputs.insert(0, ("index.html", Content.of(page)))
    task.out(f"✓ {len(modules)} modules transformed.\nrendering chunks...\n")
    for name, content in outputs:
        _put(task, f"dist/{name}", content)
        task.out(f"dist/{name:<30} {content.size / 1000:>7.2f} kB\n")
    _copy_public(task, "dist")
    task.out("✓ built in 1.02s\n")
    return 0


def _react_scripts(task: Task) -> int:
    if task.args[:1] != ("build",):
        raise task.not_simulated(" ".join(task.args[:1]))
    task.out("Creating an optimized production build...\n")
    for name in ("public/index.html", "src/index.js"):
        other = name.replace("index.js", "index.tsx")
        if task.files.find(name) is None and task.files.find(other) is None:
            folder, _, file = task.files.absolute(name).rpartition("/")
            task.out(f"Could not find a required file.\n  Name: {file}\n  Searched in: {folder}\n")
            return 1
    text = "".join(_texts(task, "src", _SOURCES)).encode()
    name = f"static/js/main.{_hash(text)}.js"
    _put(task, f"build/{name}", Content(text[:4096], len(text) + _libraries(task)))
    page = task.files.read("public/index.html").decode("utf-8", "replace")
    tag = f'<script defer="defer" src="/{name}"></script></head>'
    _copy_public(task, "build")
    _put(task, "build/index.html", Content.of(page.replace("</head>", tag)))
    task.out("Compiled successfully.\n\nThe build folder is ready to be deployed.\n")
    return 0


def _webpack(task: Task) -> int:
    if task.files.find("webpack.config.js") is not None:
        msg = "with a configuration, which is a program of its own,"
        raise task.not_simulated(msg)
    if task.files.find("src/index.js") is None:
        task.out(
            f"ERROR in main\nModule not found: Error: Can't resolve './src' in '{task.files.cwd}'\n"
        )
        return 1
    text = "".join(_texts(task, "src", _SOURCES)).encode()
    _put(task, "dist/main.js", Content(text[:4096], len(text) + _libraries(task)))
    task.out(f"webpack {_version(task, 'webpack')} compiled successfully in 1000 ms\n")
    return 0


def _tsc(task: Task) -> int:
    """tsc: each .ts of the sources has its .js in outDir; the text stays as it is."""
    if "-v" in task.args or "--version" in task.args:
        task.out(f"Version {_version(task, 'typescript')}\n")
        return 0
    if task.files.find("tsconfig.json") is None:
        task.out("Version " + _version(task, "typescript") + "\ntsc: The TypeScript Compiler\n")
        return 1
    text = task.files.read("tsconfig.json").decode("utf-8", "replace")
    out, root = _setting(text, "outDir"), _setting(text, "rootDir")
    if "--noEmit" in task.args or '"noEmit": true' in text:
        return 0
    sources = [
        path
        for path, node in task.files.walk(task.files.absolute("."))
        if isinstance(node, File)
        and path.endswith((".ts", ".tsx"))
        and not path.endswith(".d.ts")
        and "/node_modules/" not in path
    ]
    if not sources:
        task.out("error TS18003: No inputs were found in config file 'tsconfig.json'.\n")
        return 2
    above = task.files.absolute(root) if root else posixpath.commonpath(
        [path.rpartition("/")[0] for path in sources]
    )  # fmt: skip
    for path in sources:
        name = posixpath.relpath(path, above)
        stem = name.rpartition(".")[0]
        place = posixpath.join(out, f"{stem}.js") if out else f"{path.rpartition('.')[0]}.js"
        _put(task, place, Content.of(task.files.read(path)))
    return 0


def _setting(text: str, name: str) -> str:
    match = re.search(rf'^\s*"{name}"\s*:\s*"([^"]*)"', text, re.MULTILINE)
    return match.group(1) if match else ""


def _texts(task: Task, folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    if not task.files.is_directory(folder):
        return
    for path, node in task.files.walk(task.files.absolute(folder)):
        if isinstance(node, File) and path.endswith(endings):
            yield task.files.read(path).decode("utf-8", "replace")


def _libraries(task: Task) -> int:
    """Bytes that the dependencies of the project add to its bundle."""
    if task.files.find("package.json") is None:
        return 0
    said = json.loads(task.files.read("package.json"))
    return sum(_LIBRARY.get(name, 12_000) for name in said.get("dependencies", {}))


def _copy_public(task: Task, out: str) -> None:
    if not task.files.is_directory("public"):
        return
    root = task.files.absolute("public")
    for path, node in task.files.walk(root):
        if isinstance(node, File):
            _put(task, f"{out}{path[len(root) :]}", node.content)


def _put(task: Task, path: str, content: Content) -> None:
    missing = []
    folder = task.files.absolute(path).rpartition("/")[0]
    while folder and task.files.find(folder) is None:
        missing.append(folder)
        folder = folder.rpartition("/")[0]
    for each in reversed(missing):
        task.files.make_directory(each)
    task.files.write(path, content)


def _version(task: Task, package: str) -> str:
    path = f"node_modules/{package}/package.json"
    if task.files.find(path) is None:
        return "5.0.11"
    return str(json.loads(task.files.read(path)).get("version", ""))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


COMMANDS: dict[str, Callable[[Task], int]] = {
    "react-scripts": _react_scripts,
    "tsc": _tsc,
    "vite": _vite,
    "webpack": _webpack,
}
