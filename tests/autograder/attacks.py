"""Attacks on the grader: what each tries, what stops it, and how it is handed in.

Every attack comes with no right answer, so that each point would be a stolen one. `SECRET` stands in
another student's work and in a file of the host; `TOUCHED` is a name that every written file bears.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat

from tests.autograder.classroom import LESSON, notebook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nbformat import NotebookNode

SECRET = "the-secret-of-another-student"  # noqa: S105 - no password
TOUCHED = "touched-by-an-attack"


@dataclass(frozen=True, slots=True)
class Attack:
    """`put` gets the folder to hand in; `says` stands in what the grader says of it."""

    tries: str
    stopped_by: str
    put: Callable[[Path], None]
    says: str = ""


NOT_RUN = "answers are data: no cell is executed"
MENDED = "grade cells and their metadata are put back as they were released"
LITERAL = "a literal is read by ast.literal_eval, within bounds"
BUDGET = "the simulator's budgets"
SIMULATED = "the simulator has no way to the host"
CLEANED = "Markdown is cleaned, and the page's policy forbids all that acts or loads"
ESCAPED = "the page escapes what an answer prints"
DROPPED = "only sources and nbgrader's own keys are taken from the file"
NO_LINKS = "links are not followed, and only the notebook is read"
NOT_COPIED = "no other file of a submission is used or copied"


def save(made: NotebookNode) -> Callable[[Path], None]:
    def put(folder: Path) -> None:
        (folder / f"{LESSON}.ipynb").write_text(json.dumps(made), encoding="utf-8")

    return put


def code(source: str) -> Callable[[Path], None]:
    """Hand in an extra code cell, first in the notebook."""
    made = notebook({})
    made.cells.insert(0, nbformat.v4.new_code_cell(source))
    return save(made)


def prose(source: str) -> Callable[[Path], None]:
    made = notebook({})
    made.cells.insert(0, nbformat.v4.new_markdown_cell(source))
    return save(made)


def answer(**answers: str) -> Callable[[Path], None]:
    return save(notebook({name.replace("_", "-"): text for name, text in answers.items()}))


def greet(body: str) -> Callable[[Path], None]:
    return answer(cmd_greet=f"%%dockerfile cmd-greet\n{body}")


def changed(change: Callable[[NotebookNode], object]) -> Callable[[Path], None]:
    made = notebook({})
    change(made)
    return save(made)


def beside(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Hand in a blank notebook with another file beside it."""

    def put(folder: Path) -> None:
        save(notebook({}))(folder)
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)

    return put


def _graded_cells(made: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in made.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def _numbers(made: NotebookNode) -> None:
    for cell in _graded_cells(made):
        cell.source = "3.0"


def _outputs(made: NotebookNode) -> None:
    for cell in _graded_cells(made):
        cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "3.0"})]


def _own_grade_cell(made: NotebookNode) -> None:
    cell = nbformat.v4.new_code_cell("100")
    cell.metadata["nbgrader"] = {
        **_graded_cells(made)[0].metadata.nbgrader,
        "grade_id": "bonus",
        "points": 100,
    }
    made.cells.append(cell)


def _easier(made: NotebookNode) -> None:
    for cell in _graded_cells(made):
        cell.source = 'check("welcome-first")'


def _manual(made: NotebookNode) -> None:
    for cell in made.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(grade=True, solution=True, points=1000)


def _path_ids(made: NotebookNode) -> None:
    for cell in made.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.grade_id = f"../../../{TOUCHED}"


def _forged(made: NotebookNode) -> None:
    made.metadata["course"] = {
        "language": "en",
        "graded": "0" * 64,
        "unreadable": "x",
        "lesson": "00_welcome",
    }


def _marks(made: NotebookNode) -> None:
    for cell in made.cells:
        cell.metadata["course"] = {"marks": [["<script>pwned=1</script>", 3, 3, True, None]]}


def _html_output(made: NotebookNode) -> None:
    html = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"
    out = nbformat.v4.new_output("display_data", data={"text/html": html})
    js = nbformat.v4.new_output("display_data", data={"application/javascript": "window.pwned=1"})
    made.cells.insert(0, nbformat.v4.new_code_cell("1", outputs=[out, js]))


def _widgets(made: NotebookNode) -> None:
    state = {"x": {"model_name": "HTMLModel", "state": {"value": "<script>pwned=1</script>"}}}
    made.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": state, "</script><script>": 1}
    }


def _kernelspec(made: NotebookNode) -> None:
    made.metadata["kernelspec"] = {"name": "../../evil", "display_name": "<script>pwned=1</script>"}
    made.metadata["language_info"] = {"name": "'><script>pwned=1</script>"}
    made.metadata["title"] = "</title><script>window.pwned=1</script>"


def _attachment(made: NotebookNode) -> None:
    cell = nbformat.v4.new_markdown_cell("![x](attachment:x.svg)")
    cell.attachments = {"x.svg": {"image/svg+xml": '"><script>window.pwned=1</script>'}}
    made.cells.insert(0, cell)


def _raw_html(made: NotebookNode) -> None:
    cell = nbformat.v4.new_raw_cell("<script>window.pwned=1</script>")
    cell.metadata["raw_mimetype"] = "text/html"
    made.cells.insert(0, cell)


def _tags(made: NotebookNode) -> None:
    for cell in made.cells:
        cell.metadata["tags"] = ['"><script>window.pwned=1</script>']
        cell["id"] = '"><script>window.pwned=1</script>'


def _link(target: str, name: str = f"{LESSON}.ipynb") -> Callable[[Path], None]:
    def put(folder: Path) -> None:
        if name != f"{LESSON}.ipynb":
            save(notebook({}))(folder)
        (folder / name).symlink_to(target.format(course=folder.parents[2]))

    return put


def _folder_link(folder: Path) -> None:
    folder.rmdir()
    folder.symlink_to(folder.parents[1] / "victim" / LESSON)


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / f"{LESSON}.ipynb")


def _directory(folder: Path) -> None:
    (folder / f"{LESSON}.ipynb").mkdir()


EVIL = f"import pathlib; pathlib.Path('{TOUCHED}').write_text('x')"
DOUBLING = "\n".join(f"ENV V{n + 1}=$V{n}$V{n}$V{n}$V{n}" for n in range(40))

ATTACKS: dict[str, Attack] = {
    # Python in cells
    "check is rebound": Attack("give full marks", NOT_RUN, code("check = lambda _: 3.0")),
    "builtins are patched": Attack(
        "give full marks", NOT_RUN, code("import builtins; builtins.float = lambda _: 3.0")
    ),
    "the library is patched": Attack(
        "give full marks",
        NOT_RUN,
        code("from course_lib.exercises import report\nreport.Report.points = 99"),
    ),
    "the checks on disk are overwritten": Attack(
        "pass the next student",
        NOT_RUN,
        code("import course_lib, pathlib\npathlib.Path(course_lib.__file__).write_text('')"),
    ),
    "the gradebook is written": Attack(
        "change scores",
        NOT_RUN,
        code(
            "import sqlite3\nsqlite3.connect('../../../gradebook.db')"
            ".execute('update grade set auto_score = 99').connection.commit()"
        ),
    ),
    "the grader is ended": Attack("stop the class", NOT_RUN, code("import os; os._exit(0)")),
    "a segfault": Attack("stop the class", NOT_RUN, code("import ctypes; ctypes.string_at(0)")),
    "a process stays": Attack(
        "outlive grading", NOT_RUN, code("import subprocess; subprocess.Popen(['sleep', '9876'])")
    ),
    "a fork bomb in Python": Attack(
        "stop the machine", NOT_RUN, code("import os\nwhile True: os.fork()")
    ),
    "a loop without end": Attack("stop the class", NOT_RUN, code("while True: pass")),
    "a file is written": Attack("touch the host", NOT_RUN, code(EVIL)),
    "another student is read": Attack(
        "copy", NOT_RUN, code(f"print(open('../../victim/{LESSON}/{LESSON}.ipynb').read())")
    ),
    "an input transformer": Attack(
        "rewrite the checks",
        NOT_RUN,
        code("get_ipython().input_transformers_cleanup.append(lambda _: ['3.0'])"),
    ),
    # magics
    "a shell magic": Attack("touch the host", NOT_RUN, code(f"%%bash\ntouch {TOUCHED}")),
    "a shell escape": Attack("touch the host", NOT_RUN, code(f"!touch {TOUCHED}")),
    "writefile": Attack("shadow the library", NOT_RUN, code("%%writefile course_lib.py\n1/0")),
    "a context file outside": Attack(
        "write a path of the host",
        "only the exercise's own answer cells count",
        code(f"%%contextfile ../../../{TOUCHED} --answer cmd-stop\nx"),
    ),
    "a context of the host": Attack(
        "read the host",
        "the context is the exercise's, whatever the first line says",
        answer(cmd_greet="%%dockerfile cmd-greet --context /\nFROM alpine\nCOPY etc/passwd /"),
        says="etc/passwd",
    ),
    # literals
    "a call in a literal": Attack(
        "run code",
        LITERAL,
        answer(cmd_table=f"cmd_table = __import__('os').system('touch {TOUCHED}')"),
    ),
    "a formatted text in a literal": Attack(
        "run code", LITERAL, answer(cmd_table="cmd_table = f'{open(\"/etc/passwd\").read()}'")
    ),
    "a comprehension": Attack(
        "use up memory", LITERAL, answer(cmd_table="cmd_table = [0 for _ in range(10**12)]")
    ),
    "a power": Attack("use up time", LITERAL, answer(cmd_table="cmd_table = 9**9**9**9")),
    "a deep list": Attack(
        "end the process", LITERAL, answer(cmd_table="cmd_table = " + "[" * 3000 + "]" * 3000)
    ),
    "many minus signs": Attack(
        "end the process", LITERAL, answer(cmd_table="cmd_table = " + "-" * 7000 + "1")
    ),
    "a number of 7,000 digits": Attack(
        "use up time", LITERAL, answer(cmd_table="cmd_table = " + "9" * 7000)
    ),
    "a key that can't be one": Attack(
        "raise in the grader", LITERAL, answer(cmd_table="cmd_table = {[]: {}}")
    ),
    "JSON that is deep": Attack(
        "end the process",
        "a cell's source is text, nothing else",
        changed(lambda made: made.cells[0].update(source=[[["x"]]] * 1000)),
    ),
    # grade cells and metadata
    "grade cells become numbers": Attack("give full marks", MENDED, changed(_numbers)),
    "outputs are forged": Attack("give full marks", MENDED, changed(_outputs)),
    "a grade cell of one's own": Attack("a bonus", MENDED, changed(_own_grade_cell)),
    "an easier exercise is asked for": Attack("give full marks", MENDED, changed(_easier)),
    "answers that a person grades": Attack("hide from the checks", MENDED, changed(_manual)),
    "grade ids that are paths": Attack("touch the host", MENDED, changed(_path_ids)),
    "the grader's own notes are forged": Attack(
        "pass for graded already", DROPPED, changed(_forged)
    ),
    "forged marks": Attack("change the statistics", DROPPED, changed(_marks)),
    "a kernel and a title": Attack("run another kernel", DROPPED, changed(_kernelspec)),
    "widget state": Attack("run scripts in feedback", DROPPED, changed(_widgets)),
    "cell ids and tags": Attack("run scripts in feedback", DROPPED, changed(_tags)),
    "outputs with scripts": Attack("run scripts in feedback", DROPPED, changed(_html_output)),
    "an attachment": Attack("run scripts in feedback", DROPPED, changed(_attachment)),
    "a raw cell of HTML": Attack("run scripts in feedback", DROPPED, changed(_raw_html)),
    # Dockerfiles and shells
    "COPY from above": Attack(
        "read the host", SIMULATED, greet("FROM alpine\nCOPY ../../../../etc/passwd /"), "not found"
    ),
    "ADD from the network": Attack(
        "reach a server", SIMULATED, greet("FROM alpine\nADD http://127.0.0.1:8888/x /")
    ),
    "a bind mount": Attack(
        "read the host",
        SIMULATED,
        greet("FROM alpine\nRUN --mount=type=bind,source=/,target=/m cat /m/etc/shadow"),
    ),
    "another frontend": Attack(
        "run a frontend", SIMULATED, greet("# syntax=evil/frontend\nFROM alpine\nRUN true")
    ),
    "a base that is a path": Attack("read the host", SIMULATED, greet("FROM ../../../etc\n")),
    "a shell fork bomb": Attack(
        "stop the machine", BUDGET, greet("FROM alpine\nRUN b() { b | b & }; b")
    ),
    "a shell loop": Attack("use up time", BUDGET, greet("FROM alpine\nRUN while true; do :; done")),
    "a shell recursion": Attack("end the process", BUDGET, greet("FROM alpine\nRUN f() { f; }; f")),
    "output without end": Attack("use up memory", BUDGET, greet("FROM alpine\nRUN yes")),
    "a full disk": Attack(
        "use up memory", BUDGET, greet("FROM alpine\nRUN dd if=/dev/zero of=/x bs=1G count=100000")
    ),
    "variables that double": Attack(
        "use up memory", BUDGET, greet(f"FROM alpine\nENV V0=xxxxxxxxxxxxxxxx\n{DOUBLING}")
    ),
    "variables that double in a shell": Attack(
        "use up memory",
        BUDGET,
        greet("FROM alpine\nRUN x=aaaaaaaa; while :; do x=$x$x$x$x; done"),
    ),
    "a regular expression that never ends": Attack(
        "use up time",
        BUDGET,
        greet("FROM alpine\nRUN echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | grep -E '^(a+)+$'"),
    ),
    "thousands of layers": Attack("use up time", BUDGET, greet("FROM alpine\n" + "RUN :\n" * 3000)),
    "an archive that unpacks without end": Attack(
        "use up memory",
        BUDGET,
        greet(
            "FROM alpine\nRUN head -c 100000000000 /dev/zero | tar czf /x.tgz - && tar xf /x.tgz"
        ),
    ),
    "output that looks like HTML": Attack(
        "run scripts in feedback",
        ESCAPED,
        greet('FROM alpine\nCMD ["echo", "</pre><script>window.pwned=1</script>"]'),
        says="window.pwned=1",
    ),
    "an unknown instruction that looks like HTML": Attack(
        "run scripts in feedback", ESCAPED, greet("FROM alpine\n<img/src=x/onerror=pwned=1> x")
    ),
    "terminal escapes": Attack(
        "run scripts in feedback",
        ESCAPED,
        greet('FROM alpine\nCMD printf "\\033]8;;javascript:pwned=1\\033\\\\x\\033[31m<script>"'),
    ),
    "source that looks like HTML": Attack(
        "run scripts in feedback",
        ESCAPED,
        greet("FROM </pre></div><script>window.pwned=1</script>"),
    ),
    # files beside the notebook
    "the notebook is a link": Attack(
        "read another student",
        NO_LINKS,
        _link(f"{{course}}/submitted/victim/{LESSON}/{LESSON}.ipynb"),
        says="links are not followed",
    ),
    "a link beside the notebook": Attack(
        "have the host copied into feedback", NO_LINKS, _link("{course}/secret.txt", "notes.txt")
    ),
    "the folder is a link": Attack(
        "read another student", NO_LINKS, _folder_link, says="links are not followed"
    ),
    "the timestamp is a link": Attack(
        "read the host", NO_LINKS, _link("{course}/secret.txt", "timestamp.txt")
    ),
    "a pipe instead of a file": Attack("make the grader wait", NO_LINKS, _fifo, says="not a file"),
    "a folder instead of a file": Attack("raise in the grader", NO_LINKS, _directory, "not a file"),
    "a library beside the notebook": Attack(
        "shadow the library", NOT_COPIED, beside("course_lib.py", EVIL)
    ),
    "sitecustomize": Attack("run at start", NOT_COPIED, beside("sitecustomize.py", EVIL)),
    "a config of nbgrader": Attack(
        "change settings", NOT_COPIED, beside("nbgrader_config.py", EVIL)
    ),
    "a config of Jupyter": Attack(
        "change settings", NOT_COPIED, beside(".jupyter/jupyter_config.py", EVIL)
    ),
    "a kernelspec": Attack(
        "run another kernel",
        NOT_COPIED,
        beside("kernels/python3/kernel.json", json.dumps({"argv": ["touch", TOUCHED]})),
    ),
    "a pickle": Attack(
        "run code",
        NOT_COPIED,
        beside("answers.pkl", f"cposix\nsystem\n(S'touch {TOUCHED}'\ntR.".encode()),
    ),
    "a feedback page of one's own": Attack(
        "have it handed back", NOT_COPIED, beside(f"{LESSON}.html", "<script>pwned=1</script>")
    ),
}

MARKUP = {
    "a script": "<script>window.pwned=1</script>",
    "a picture's handler": '<img src=x onerror="window.pwned=1">',
    "a drawing's handler": '<svg onload="window.pwned=1"></svg>',
    "a frame": '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
    "a link of script": "[x](javascript:window.pwned=1) <a href='jAvAsCrIpT&#58;pwned=1'>x</a>",
    "a link of data": '<a href="data:text/html,<script>window.pwned=1</script>">x</a>',
    "a style": "<style>@import 'http://127.0.0.1:9/x'; body {display: none}</style>",
    "an inline style": '<div style="position:fixed;inset:0;background:url(http://127.0.0.1:9/x)">x</div>',
    "a refresh": '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
    "a base": '<base href="http://127.0.0.1:9/">',
    "a stylesheet": '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    "a form": '<form action="http://127.0.0.1:9/"><input name=x autofocus onfocus="pwned=1"></form>',
    "an object": '<object data="data:text/html,<script>pwned=1</script>"></object><embed src=x>',
    "a picture from outside": "![x](http://127.0.0.1:9/track.png)",
    "a score of one's own": '<div class="panel panel-primary nbgrader_cell"><span class="pull-right">'
    "Score: 10.0 / 10.0</span></div>",
    "an end of the page": "</div></div></div></body></html><script>window.pwned=1</script>",
    "plain text for the rest": "<plaintext><xmp><noscript><textarea><title>",
    "markup that changes when read twice": '<math><mtext><table><mglyph><style><!--</style>'
    '<img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">',
    "a fence with a language": "```<script>window.pwned=1</script>\nx\n```",
    "a comment": "<!--><script>window.pwned=1</script>-->",
    "a media element": '<video><source onerror="window.pwned=1"></video><audio src=x onerror=pwned=1>',
    "a detail that opens": '<details open ontoggle="window.pwned=1">x</details>',
    "a formula": r"$\href{javascript:window.pwned=1}{x}$ $$<script>window.pwned=1</script>$$",
}  # fmt: skip
ATTACKS |= {
    f"Markdown: {name}": Attack("run scripts in feedback", CLEANED, prose(source))
    for name, source in MARKUP.items()
}
