"""The exercises of 11_add_copy: a layout, an archive, a .dockerignore, an owner."""

import io
import tarfile

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.combining import Provided
from course_lib.exercises.files import FileHolds
from course_lib.exercises.placement import (
    Absent,
    BelongsTo,
    HasFiles,
    NoOtherFiles,
    NotShipped,
    WrittenOnce,
)
from course_lib.exercises.rebuilding import Again, Building
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, FileAnswer, Start
from course_lib.text import Text

LESSON = "11_add_copy"

_PRACTICE = Exercise(
    id="copy-page",
    lesson=LESSON,
    title=Text("A page under another name", "换个名字的网页"),
    start=Start(files={"page.html": "<h1>Hello</h1>\n"}),
    answers=(DockerfileAnswer("copy-page"),),
    practice=True,
    hints=(
        Text("COPY SOURCE DESTINATION.", "COPY 源 目标。"),
        Text(
            "Without a slash at its end, the destination is the new name of the file.",
            "目标末尾不带斜杠，就是文件的新名字。",
        ),
        Text("COPY page.html /srv/...", "COPY page.html /srv/……"),
    ),
    checks=(
        Check(
            Text("the page is there", "网页在"),
            0.5,
            FileHolds("copy-page", "/srv/index.html", ("<h1>Hello</h1>",)),
        ),
        Check(
            Text("another page is copied as well", "换一个网页，内容也跟着换"),
            0.5,
            Again(
                {"page.html": "<h1>Bye</h1>\n"},
                Text("with another page.html", "换一个 page.html"),
                FileHolds("copy-page", "/srv/index.html", ("<h1>Bye</h1>",)),
            ),
        ),
    ),
)

_APP = {
    "app.py": 'print("serving")\n',
    "requirements.txt": "flask\n",
    "static/index.html": "<h1>Shop</h1>\n",
    "static/css/site.css": "h1 { color: teal }\n",
    "conf/shop.conf.example": "port = 8080\n",
    "notes/todo.txt": "buy milk\n",
    "notes/ideas/new.txt": "a cat\n",
}
_STATIC = {
    "/srv/static/index.html": _APP["static/index.html"],
    "/srv/static/css/site.css": _APP["static/css/site.css"],
}
_PLAIN = {"/srv/app.py": _APP["app.py"], "/srv/requirements.txt": _APP["requirements.txt"]}
_CONTENTS = Text(
    "a folder gives its contents, not itself: name the folder in the destination, too",
    "复制目录，给出的是里面的内容，不是目录本身：目标里也要写上目录名",
)

_LAYOUT = Exercise(
    id="copy-layout",
    lesson=LESSON,
    title=Text("Everything in its place", "各就各位"),
    start=Start(files=_APP),
    answers=(DockerfileAnswer("copy-layout"),),
    hints=(
        Text(
            "Three kinds of COPY: two files into a folder, a folder, one file under another name.",
            "三种 COPY：两个文件放进一个目录；一个目录；一个文件换个名字。",
        ),
        Text(
            "COPY static /srv/ puts index.html directly into /srv: the folder itself does not come along.",
            "COPY static /srv/ 会把 index.html 直接放进 /srv：目录本身不会跟过去。",
        ),
        Text(
            "COPY app.py requirements.txt /srv/, then COPY static /srv/static/, and conf/shop.conf.example with the name /etc/shop.conf.",
            "COPY app.py requirements.txt /srv/，再 COPY static /srv/static/，conf/shop.conf.example 则写上新名字 /etc/shop.conf。",
        ),
    ),
    checks=(
        Check(
            Text("the two files in /srv", "/srv 里的两个文件"), 0.5, HasFiles("copy-layout", _PLAIN)
        ),
        Check(
            Text("the folder static, with its folders", "目录 static，连同里面的目录"),
            1,
            HasFiles("copy-layout", _STATIC, hint=_CONTENTS),
        ),
        Check(
            Text("the config under its new name", "换了名字的配置文件"),
            0.5,
            HasFiles("copy-layout", {"/etc/shop.conf": _APP["conf/shop.conf.example"]}),
        ),
        Check(
            Text("nothing else below /srv", "/srv 下没有别的"),
            0.5,
            NoOtherFiles(
                "copy-layout",
                "/srv",
                (*_PLAIN, *_STATIC),
                hint=Text(
                    "name what you need, or keep the rest out with a .dockerignore",
                    "只写需要的，或者用 .dockerignore 挡住其余的",
                ),
            ),
        ),
        Check(
            Text("a new file in static comes along", "static 里新增的文件也会带上"),
            0.5,
            Again(
                {"static/img/logo.svg": "<svg/>\n"},
                Text("with one more file in static", "static 里多一个文件"),
                HasFiles("copy-layout", {"/srv/static/img/logo.svg": "<svg/>\n"}, hint=_CONTENTS),
            ),
        ),
    ),
)

_SITE = {"site/index.html": "<h1>Home</h1>\n", "site/css/site.css": "body { margin: 0 }\n"}


def _archive(files: dict[str, str]) -> str:
    """A tar archive as text: plain, so that every byte of it is ASCII."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, text in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(text.encode())
            archive.addfile(about, io.BytesIO(text.encode()))
    return written.getvalue().decode("ascii")


_UNPACKED = HasFiles(
    "copy-archive",
    {f"/srv/{name}": text for name, text in _SITE.items()},
    hint=Text(
        "ADD unpacks an archive of the context into the folder that you name; COPY does not",
        "ADD 会把上下文里的压缩包解到你写的目录里；COPY 不会",
    ),
)

_ARCHIVE = Exercise(
    id="copy-archive",
    lesson=LESSON,
    title=Text("Unpacked, without the package", "只要里面的东西"),
    start=Start(files={"site.tar": _archive(_SITE)}),
    answers=(DockerfileAnswer("copy-archive"),),
    hints=(
        Text(
            "Which of the two, COPY or ADD, opens an archive of the build context?",
            "COPY 和 ADD，哪一个会打开构建上下文里的压缩包？",
        ),
        Text(
            "The archive brings its folder site along. The destination is the folder around it.",
            "压缩包里自带目录 site。目标要写它外面的那一层目录。",
        ),
        Text("ADD site.tar ...: the destination is /srv/.", "ADD site.tar ……：目标是 /srv/。"),
    ),
    checks=(
        Check(Text("both files are unpacked", "两个文件都解开了"), 1, _UNPACKED),
        Check(
            Text("the archive itself is in no layer", "任何一层里都没有压缩包本身"),
            1,
            Provided(
                (_UNPACKED,),
                NotShipped(
                    "copy-archive",
                    "site.tar",
                    hint=Text(
                        "what one layer holds, an rm in a later one only hides",
                        "一层里有的东西，后面的层再 rm 也只是遮住",
                    ),
                ),
            ),
        ),
    ),
)

_FOLDER = {
    "app.py": 'print("serving")\n',
    "src/main.js": "start()\n",
    "src/debug.log": "noise\n",
    "logs/old.log": "noise\n",
    "logs/important.log": "keep me\n",
    "node_modules/pad/index.js": "pad()\n",
    "src/node_modules/left/index.js": "left()\n",
    ".env": "TOKEN=tiger-4711\n",
}
_ALL_IN = "FROM alpine\nCOPY . /srv/\n"
_KEPT = ("app.py", "src/main.js")
_STAYS = Building(
    _ALL_IN, "copy-ignore", HasFiles("copy-ignore", {f"/srv/{one}": _FOLDER[one] for one in _KEPT})
)


def _out(*names: str, hint: Text) -> Provided:
    paths = tuple(f"/srv/{name}" for name in names)
    return Provided((_STAYS,), Building(_ALL_IN, "copy-ignore", Absent("copy-ignore", paths, hint)))


_DEEP = Text(
    "a pattern without ** fits only at the root of the context: **/NAME fits at any depth",
    "不带 ** 的模式只匹配上下文的根目录；**/名字 才能匹配任意深度",
)

_IGNORE = Exercise(
    id="copy-ignore",
    lesson=LESSON,
    title=Text("What stays out", "哪些留在外面"),
    start=Start(files=_FOLDER),
    answers=(FileAnswer("copy-ignore", ".dockerignore"),),
    hints=(
        Text(
            "One pattern a line. * stays within one folder, ** crosses any number of them.",
            "一行一个模式。* 只在一个目录里匹配，** 可以跨任意多层。",
        ),
        Text(
            "A line that begins with ! lets something in again, if it stands below the line that kept it out.",
            "以 ! 开头的行把东西放回来，要写在挡住它的那一行下面。",
        ),
        Text(
            "Four lines: .env, **/node_modules, **/*.log, and one with ! for logs/important.log.",
            "四行：.env、**/node_modules、**/*.log，再加一行带 ! 的，放回 logs/important.log。",
        ),
    ),
    checks=(
        Check(
            Text(".env stays out", ".env 留在外面"),
            0.5,
            _out(".env", hint=Text("a line .env", "写一行 .env")),
        ),
        Check(
            Text("node_modules stays out, wherever it is", "node_modules 在哪一层都留在外面"),
            0.8,
            _out("node_modules", "src/node_modules", hint=_DEEP),
        ),
        Check(
            Text("logs stay out, in every folder", "日志在哪个目录都留在外面"),
            0.8,
            _out("src/debug.log", "logs/old.log", hint=_DEEP),
        ),
        Check(
            Text("but important.log comes along", "但 important.log 要带上"),
            0.4,
            Provided(
                (_out("logs/old.log", hint=_DEEP),),
                Building(
                    _ALL_IN,
                    "copy-ignore",
                    HasFiles(
                        "copy-ignore",
                        {"/srv/logs/important.log": _FOLDER["logs/important.log"]},
                        hint=Text(
                            "!logs/important.log, below the line that keeps logs out",
                            "在挡住日志的那一行下面写 !logs/important.log",
                        ),
                    ),
                ),
            ),
        ),
    ),
)

TEAM = """\
FROM alpine
RUN adduser -D app
USER app
"""
_RUNNER = """\
#!/bin/sh
echo "$(id -un) runs $0"
"""
_CHOWN = Text(
    "USER changes nothing for COPY: say it with --chown=app:app",
    "USER 管不到 COPY：用 --chown=app:app 写明",
)

_OWNER = Exercise(
    id="copy-owner",
    lesson=LESSON,
    title=Text("Whose file is it?", "文件归谁？"),
    start=Start(files={"run.sh": _RUNNER}, images={"team": TEAM}),
    answers=(DockerfileAnswer("copy-owner"),),
    hints=(
        Text(
            "Look at ls -l of the copy: who owns it, and may it be executed?",
            "看看复制后的 ls -l：属主是谁？能执行吗？",
        ),
        Text(
            "COPY has two options for that, one for the owner and one for the mode. A RUN chown writes the whole file a second time.",
            "COPY 有两个选项，一个管属主，一个管权限。RUN chown 会把整个文件再写一遍。",
        ),
        Text(
            "COPY --chown=app:app --chmod=... run.sh /srv/run.sh",
            "COPY --chown=app:app --chmod=…… run.sh /srv/run.sh",
        ),
    ),
    checks=(
        Check(
            Text("it belongs to app", "属于 app"),
            1,
            BelongsTo("copy-owner", "/srv/run.sh", 1000, 1000, hint=_CHOWN),
        ),
        Check(
            Text("app can run it", "app 能运行它"),
            1,
            Prints(
                "copy-owner",
                "app runs /srv/run.sh",
                ("/srv/run.sh",),
                look=("COPY", "ADD", "RUN", "USER", "ENTRYPOINT"),
                hint=Text(
                    "the mode of the context's file comes along, 0644: --chmod=755 lets everybody run it",
                    "文件的权限是从上下文带来的 0644：--chmod=755 才能运行",
                ),
            ),
        ),
        Check(
            Text("it is written once", "只写了一遍"),
            0.5,
            Provided(
                (BelongsTo("copy-owner", "/srv/run.sh", 1000, 1000, hint=_CHOWN),),
                WrittenOnce(
                    "copy-owner",
                    "/srv/run.sh",
                    hint=Text(
                        "chown and chmod in a RUN copy the whole file into another layer",
                        "在 RUN 里 chown、chmod 会把整个文件复制进另一层",
                    ),
                ),
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _LAYOUT, _ARCHIVE, _IGNORE, _OWNER)
