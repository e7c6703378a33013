"""The exercises of 17_cache: a better order, a context without noise, a build argument below, predictions."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.caching import Reused
from course_lib.exercises.combining import AllOf, Provided
from course_lib.exercises.files import FileHolds
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.metadata import HasLabels
from course_lib.exercises.placement import HasFiles
from course_lib.exercises.rebuilding import Again, Building, WithArguments
from course_lib.exercises.values import (
    Check,
    DockerfileAnswer,
    Exercise,
    FileAnswer,
    LiteralAnswer,
    Start,
)
from course_lib.text import Text

LESSON = "17_cache"


def _edited(file: str) -> Text:
    return Text(f"after an edit of {file}", f"改了 {file} 之后")


WORDS = {"words.txt": "pear\napple\n", "notes.txt": "buy more\n"}
_SORTED = HasFiles(
    "cache-sorted",
    {
        "/srv/words.txt": WORDS["words.txt"],
        "/srv/notes.txt": WORDS["notes.txt"],
        "/srv/sorted.txt": "apple\npear\n",
    },
)

_PRACTICE = Exercise(
    id="cache-sorted",
    lesson=LESSON,
    title=Text("Sort once", "只排一次序"),
    start=Start(files=WORDS),
    answers=(DockerfileAnswer("cache-sorted"),),
    practice=True,
    hints=(
        Text("Which of the two files does sort read?", "sort 读的是两个文件里的哪一个？"),
        Text(
            "Copy that one alone before the RUN, and the other one after it.",
            "RUN 之前只复制那一个，另一个放到后面。",
        ),
        Text(
            "COPY words.txt /srv/, then RUN sort ..., then COPY notes.txt /srv/.",
            "COPY words.txt /srv/，然后 RUN sort ……，最后 COPY notes.txt /srv/。",
        ),
    ),
    checks=(
        Check(Text("the three files are there", "三个文件都在"), 0.5, _SORTED),
        Check(
            Text("an edit of notes.txt sorts nothing again", "改 notes.txt 不会重新排序"),
            0.5,
            Provided(
                (_SORTED,),
                Reused(
                    "cache-sorted",
                    {"notes.txt": "buy less\n"},
                    "/sorted.txt",
                    _edited("notes.txt"),
                    Text("sorted.txt", " sorted.txt "),
                    hint=Text(
                        "what RUN does not read should be copied below it",
                        "RUN 不读的文件，放到它下面再复制",
                    ),
                ),
            ),
        ),
    ),
)

APP = {
    "requirements.txt": "flask\n",
    "app.py": 'print("shop")\n',
    "templates/page.html": "<h1>Shop</h1>\n",
}
_NEW_APP = {"app.py": 'print("shop, second edition")\n'}
_NEW_LIST = {"requirements.txt": "flask\nrequests\n"}
_FLASK, _CURL = Text("flask", " flask "), Text("curl", " curl ")
_LIST_FIRST = Text(
    "between FROM and the installation, copy nothing but the list that it reads",
    "FROM 和安装之间，只复制安装要读的那个清单",
)
_CURL_FIRST = Text(
    "curl depends on none of your files: install it above every COPY",
    "curl 和你的文件无关：把它装在所有 COPY 上面",
)


def _packages(name: str) -> Prints:
    return Prints(
        "cache-order",
        "1",
        ("-c", f"pip freeze | grep -c {name}=="),
        ("--entrypoint", "/bin/sh"),
        look=("COPY", "ADD", "RUN"),
    )


_WORKS = AllOf(
    HasFiles(
        "cache-order",
        {
            "/app/app.py": APP["app.py"],
            "/app/templates/page.html": APP["templates/page.html"],
        },
    ),
    (
        _packages("flask"),
        Prints(
            "cache-order",
            "exit code 7",
            ("-c", "curl -s localhost:9; echo exit code $?"),
            ("--entrypoint", "/bin/sh"),
            look=("RUN",),
            hint=Text(
                "7 is curl's own word for: nobody listens there; 127 is the shell's: there is no curl",
                "7 是 curl 自己的回答：那里没人监听；127 是 shell 的回答：没有 curl",
            ),
        ),
    ),
)

_ORDER = Exercise(
    id="cache-order",
    lesson=LESSON,
    title=Text("A better order", "换个顺序"),
    start=Start(files=APP),
    answers=(DockerfileAnswer("cache-order"),),
    hints=(
        Text(
            "Ask of each RUN: which files does it read? Only those have to be copied above it.",
            "对每条 RUN 问一句：它读哪些文件？只有这些要在它上面复制。",
        ),
        Text(
            "apt-get reads none of your files, pip reads requirements.txt, and nothing reads app.py during the build.",
            "apt-get 一个也不读，pip 读 requirements.txt，构建过程中没有谁读 app.py。",
        ),
        Text(
            "FROM, RUN apt-get ..., WORKDIR /app, COPY requirements.txt ., RUN pip ..., COPY . .",
            "FROM，RUN apt-get ……，WORKDIR /app，COPY requirements.txt .，RUN pip ……，COPY . .",
        ),
    ),
    checks=(
        Check(Text("it still does its work", "功能不变"), 0.5, _WORKS),
        Check(
            Text("an edit of app.py leaves flask alone", "改 app.py 不会重装 flask"),
            1,
            Provided(
                (_WORKS,),
                Reused(
                    "cache-order",
                    _NEW_APP,
                    "/flask/__init__.py",
                    _edited("app.py"),
                    _FLASK,
                    hint=_LIST_FIRST,
                ),
            ),
        ),
        Check(
            Text("and curl", "也不会重装 curl"),
            0.5,
            Provided(
                (_WORKS,),
                Reused(
                    "cache-order",
                    _NEW_APP,
                    "/bin/curl",
                    _edited("app.py"),
                    _CURL,
                    hint=_CURL_FIRST,
                ),
            ),
        ),
        Check(
            Text("the edit is in the image", "改动进了镜像"),
            0.5,
            Again(
                _NEW_APP,
                _edited("app.py"),
                HasFiles("cache-order", {"/app/app.py": _NEW_APP["app.py"]}),
            ),
        ),
        Check(
            Text("a new line in requirements.txt is installed", "requirements.txt 新增的包会装上"),
            0.5,
            Again(_NEW_LIST, _edited("requirements.txt"), _packages("requests")),
        ),
        Check(
            Text("without curl being installed again", "curl 不会跟着重装"),
            0.5,
            Provided(
                (_WORKS,),
                Reused(
                    "cache-order",
                    _NEW_LIST,
                    "/bin/curl",
                    _edited("requirements.txt"),
                    _CURL,
                    hint=_CURL_FIRST,
                ),
            ),
        ),
    ),
)

SITE = """\
FROM alpine
COPY . /srv/
RUN sh /srv/build.sh > /srv/site.txt
"""
PAGES = {
    "build.sh": "cat /srv/pages/*.txt\n",
    "pages/a.txt": "first page\n",
    "pages/b.txt": "second page\n",
    "README.md": "# The site\n",
    "notes/todo.txt": "write a third page\n",
    "logs/today.log": "09:00 started\n",
    ".git/HEAD": "ref: refs/heads/main\n",
}
_SITE_DONE = Building(
    SITE, "site", FileHolds("site", "/srv/site.txt", ("first page", "second page"))
)
_OUT = Text(
    "a file that the build does not need stays out of the context with a line of its own in .dockerignore",
    "构建用不着的文件，在 .dockerignore 里写一行把它挡在外面",
)


def _quiet(file: str, edit: str) -> Provided:
    return Provided(
        (_SITE_DONE,),
        Reused(
            "site",
            {file: edit},
            "/srv/site.txt",
            _edited(file),
            Text("site.txt", " site.txt "),
            hint=_OUT,
            dockerfile=SITE,
        ),
    )


_IGNORE = Exercise(
    id="cache-ignore",
    lesson=LESSON,
    title=Text("A quiet context", "安静的上下文"),
    start=Start(files=PAGES),
    answers=(FileAnswer("cache-ignore", ".dockerignore"),),
    hints=(
        Text(
            "COPY . compares everything that the context holds. Make the context smaller.",
            "COPY . 会比较上下文里的一切。把上下文变小。",
        ),
        Text(
            "Only build.sh and the folder pages are needed.",
            "真正要用的只有 build.sh 和 pages 目录。",
        ),
        Text(
            "Four lines: README.md, notes, logs, .git. Or * and then !build.sh, !pages.",
            "四行：README.md、notes、logs、.git。或者先写 *，再写 !build.sh 和 !pages。",
        ),
    ),
    checks=(
        Check(Text("the site is built", "网站能构建"), 0.25, _SITE_DONE),
        Check(
            Text("an edit of README.md changes nothing", "改 README.md 没有影响"),
            0.5,
            _quiet("README.md", "# Our site\n"),
        ),
        Check(
            Text("nor does a new line in a log", "日志多一行也没有影响"),
            0.5,
            _quiet("logs/today.log", "09:00 started\n09:05 a visitor\n"),
        ),
        Check(
            Text("nor a commit, nor a note", "提交、记笔记都没有影响"),
            0.5,
            AllOf(
                _quiet(".git/HEAD", "ref: refs/heads/next\n"),
                (_quiet("notes/todo.txt", "nothing\n"),),
            ),
        ),
        Check(
            Text("an edit of a page arrives", "改了网页会生效"),
            0.25,
            Again(
                {"pages/b.txt": "another page\n"},
                _edited("pages/b.txt"),
                Building(
                    SITE,
                    "site",
                    FileHolds("site", "/srv/site.txt", ("first page", "another page")),
                ),
            ),
        ),
    ),
)

_ARG_BELOW = Text(
    "from its ARG line on, a variable is part of the key of every RUN: declare it below the RUN that does not need it",
    "从 ARG 那行起，变量就是每条 RUN 的键的一部分：不需要它的 RUN，放在声明的上面",
)
_VERSION = FileHolds("cache-arg", "/version.txt", ("built from a1b2c3",))
_STAMPED = WithArguments({"COMMIT": "a1b2c3"}, _VERSION)
_STAMPED_AGAIN = WithArguments(
    {"COMMIT": "d4e5f6"}, FileHolds("cache-arg", "/version.txt", ("built from d4e5f6",))
)

_ARG = Exercise(
    id="cache-arg",
    lesson=LESSON,
    title=Text("The number of the commit", "提交的编号"),
    answers=(DockerfileAnswer("cache-arg"),),
    hints=(
        Text(
            "Which RUN needs COMMIT, and which one gets it although it does not need it?",
            "哪条 RUN 需要 COMMIT？哪条并不需要，却也收到了？",
        ),
        Text(
            "An ARG counts from its line downwards.",
            "ARG 从它那一行往下起作用。",
        ),
        Text(
            "Move RUN apk add above the line ARG COMMIT=unknown.",
            "把 RUN apk add 挪到 ARG COMMIT=unknown 上面。",
        ),
    ),
    checks=(
        Check(
            Text("the label has the number", "label 里有编号"),
            0.5,
            WithArguments({"COMMIT": "a1b2c3"}, HasLabels("cache-arg", {"commit": "a1b2c3"})),
        ),
        Check(Text("so has the file", "文件里也有"), 0.5, _STAMPED),
        Check(
            Text("without a number it is unknown", "不给编号就是 unknown"),
            0.25,
            FileHolds("cache-arg", "/version.txt", ("built from unknown",)),
        ),
        Check(
            Text("a new number does not install curl again", "换个编号，不会重装 curl"),
            1.25,
            Provided(
                (_STAMPED, _STAMPED_AGAIN),
                Reused(
                    "cache-arg",
                    {},
                    "/bin/curl",
                    Text("with another COMMIT", "换一个 COMMIT"),
                    _CURL,
                    hint=_ARG_BELOW,
                    arguments=(("COMMIT", "d4e5f6"),),
                ),
            ),
        ),
    ),
)

_HITS = Exercise(
    id="cache-hits",
    lesson=LESSON,
    title=Text("Where does it begin again?", "从哪里重新开始？"),
    answers=(LiteralAnswer("cache-hits"),),
    hints=(
        Text(
            "Look for the first step whose key changed; all above it is CACHED.",
            "找出键变了的第一步；它上面的都是 CACHED。",
        ),
        Text(
            "Times are in no key, and neither are comments. With BuildKit, a LABEL is in no key either.",
            "时间不在任何键里，注释也不在。用 BuildKit 时，LABEL 也不在任何键里。",
        ),
        Text(
            "Four of the eight are 0. In the older builder every instruction is a step with a key, LABEL too.",
            "八个里有四个是 0。在旧构建器里，每条指令都是有键的一步，LABEL 也是。",
        ),
    ),
    checks=(
        sealed(
            Text("eight edits", "八处改动"),
            2,
            Sealed(
                "cache-hits",
                {
                    "a": "a65009f0f95a99ce1dd1",
                    "b": "1e888ba41aa7d029bb03",
                    "c": "1ecc7629320d5c277d8e",
                    "d": "92bd25f7dc646ac411b8",
                    "e": "a1db1f08429cf4cca490",
                    "f": "0321f8d07fd6a53d9821",
                    "g": "dcf8da0aa7dc82f8fdb6",
                    "h": "38dd4ad14e797a943cfa",
                },
                hints={
                    "a": Text(
                        "what stands above the changed step stays as it is",
                        "变了的那一步上面的，保持不变",
                    ),
                    "b": Text("which COPY takes this file?", "哪条 COPY 会复制这个文件？"),
                    "c": Text(
                        "the time of a file is not part of a key", "文件的时间不是键的一部分"
                    ),
                    "d": Text(
                        "BuildKit takes LABEL for config only", "BuildKit 把 LABEL 只看作配置"
                    ),
                    "e": Text(
                        "the older builder compares the whole config", "旧构建器会比较整份配置"
                    ),
                    "f": Text(
                        "which is the first RUN below the ARG?", "ARG 下面的第一条 RUN 是哪条？"
                    ),
                    "g": Text("comments are gone before anything is built", "构建之前注释就没了"),
                    "h": Text(
                        "docker does not ask the outside world whether something is new",
                        "docker 不会去问外面有没有新东西",
                    ),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _ORDER, _IGNORE, _ARG, _HITS)
