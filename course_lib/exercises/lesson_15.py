"""The exercises of 15_workdir: what pwd prints, a chain of cd, a base that may change, an owner."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.combining import AllOf, Provided
from course_lib.exercises.files import FileHolds
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.metadata import NoWarnings
from course_lib.exercises.placement import Absent, HasFiles
from course_lib.exercises.rebuilding import Again, ByOlderBuilder, WithArguments
from course_lib.exercises.values import (
    Check,
    DockerfileAnswer,
    Exercise,
    LiteralAnswer,
    Start,
)
from course_lib.text import Text

LESSON = "15_workdir"
_LOOK = ("FROM", "WORKDIR", "RUN", "COPY", "ADD")
_PAGE = {"page.html": "<h1>Hello</h1>\n"}


def _starts_in(image: str, path: str) -> Prints:
    return Prints(
        image,
        path,
        ("-c", "pwd"),
        ("--entrypoint", "/bin/sh"),
        look=("FROM", "WORKDIR"),
        hint=Text(
            "the last WORKDIR of the file is where a container starts",
            "文件里最后一个 WORKDIR 就是容器启动的目录",
        ),
    )


_PRACTICE = Exercise(
    id="workdir-first",
    lesson=LESSON,
    title=Text("At home in /srv/site", "住进 /srv/site"),
    start=Start(files=_PAGE),
    answers=(DockerfileAnswer("workdir-first"),),
    practice=True,
    hints=(
        Text("The folder need not exist.", "目录不必事先存在。"),
        Text(
            "WORKDIR first; a dot as the destination of COPY means: here.",
            "先写 WORKDIR；COPY 的目标写一个点，就是“这里”。",
        ),
        Text(
            "WORKDIR /srv/site, then COPY page.html ...",
            "WORKDIR /srv/site，然后 COPY page.html ……",
        ),
    ),
    checks=(
        Check(
            Text("a container starts in /srv/site", "容器从 /srv/site 启动"),
            0.5,
            Prints("workdir-first", "/srv/site", ("pwd",), look=_LOOK),
        ),
        Check(
            Text("the page is there", "网页在那里"),
            0.5,
            AllOf(
                Prints("workdir-first", "page.html", ("ls",), look=_LOOK),
                (FileHolds("workdir-first", "/srv/site/page.html", ("<h1>Hello</h1>",)),),
            ),
        ),
    ),
)

_PWD = Exercise(
    id="workdir-pwd",
    lesson=LESSON,
    title=Text("What does pwd print?", "pwd 打印什么？"),
    answers=(LiteralAnswer("workdir-pwd"),),
    hints=(
        Text(
            "Go line by line: a slash in front begins anew, anything else goes on from where you are.",
            "一行一行走：前面有斜杠就从头算起，别的都接着当前目录。",
        ),
        Text(
            "A cd ends with its RUN. A container starts where the last WORKDIR is, also when that stands below CMD.",
            "cd 到它那条 RUN 结束为止。容器从最后一个 WORKDIR 启动，哪怕它写在 CMD 下面。",
        ),
        Text(
            "c: one up from /srv/www, then into log. e: the value of BASE begins with a slash. g: -w beats the image.",
            "c：从 /srv/www 往上一级，再进 log。e：BASE 的值以斜杠开头。g：-w 比镜像里写的优先。",
        ),
    ),
    checks=(
        sealed(
            Text("eight paths", "八个路径"),
            2,
            Sealed(
                "workdir-pwd",
                {
                    "a": "b272c4e4b069b3f1efea",
                    "b": "6528c7bb7e95e560f2f6",
                    "c": "f2940c566826746ad786",
                    "d": "dc5ced47592103de3740",
                    "e": "d652fa8c37974797e213",
                    "f": "9a04089adb8346e10f4e",
                    "g": "89bb89cd80da68268e4e",
                    "h": "bf3639be2084e8b15905",
                },
                hints={
                    "a": Text("each one goes on from the last", "每一个都接着上一个"),
                    "b": Text("a slash in front begins anew", "前面有斜杠就从头算起"),
                    "c": Text("where does .. lead?", ".. 通向哪里？"),
                    "d": Text("whose folder did cd change?", "cd 换的是谁的目录？"),
                    "e": Text(
                        "fill in the variable first; does the path have a slash in front then?",
                        "先把变量替换掉；这时路径前面有斜杠吗？",
                    ),
                    "f": Text(
                        "a container starts where the last WORKDIR is",
                        "容器从最后一个 WORKDIR 启动",
                    ),
                    "g": Text("what does -w do?", "-w 有什么作用？"),
                    "h": Text(
                        "a child goes on from the working directory of its base",
                        "子镜像接着基础镜像的工作目录",
                    ),
                },
            ),
        ),
    ),
)

_START = """\
echo "the shop is $(cat state), $(wc -l < log/visits) visits"
"""
_STRAY = ("/bin/start.sh", "/log", "/visits", "/state")
_RELATIVE = Text(
    "say the folder in one WORKDIR at the top, and write all else relative to it",
    "在最上面用一个 WORKDIR 写明目录，其余的都写相对路径",
)


def _shop_in(folder: str) -> HasFiles:
    texts = {
        f"{folder}/bin/start.sh": _START,
        f"{folder}/log/visits": "",
        f"{folder}/state": "open\n",
    }
    return HasFiles("workdir-cd", texts, hint=_RELATIVE)


_OPENS = Prints("workdir-cd", "the shop is open, 0 visits", look=(*_LOOK, "CMD"), hint=_RELATIVE)

_CD = Exercise(
    id="workdir-cd",
    lesson=LESSON,
    title=Text("A chain of cd", "一串 cd"),
    start=Start(files={"start.sh": _START}),
    answers=(DockerfileAnswer("workdir-cd"),),
    hints=(
        Text(
            "Where did the writer think he was at each line? A WORKDIR can say so.",
            "写的人每一行以为自己在哪里？用 WORKDIR 写出来。",
        ),
        Text(
            "ARG DIR=/srv/shop below FROM, then WORKDIR $DIR. After that, no path needs a slash in front.",
            "FROM 下面写 ARG DIR=/srv/shop，再写 WORKDIR $DIR。之后的路径前面都不用斜杠。",
        ),
        Text(
            "WORKDIR $DIR, COPY start.sh bin/, RUN echo open > state, RUN mkdir log && touch log/visits, and CMD as it was.",
            "WORKDIR $DIR，COPY start.sh bin/，RUN echo open > state，RUN mkdir log && touch log/visits，CMD 照旧。",
        ),
    ),
    checks=(
        Check(
            Text("it prints how the shop is doing", "打印店里的情况"),
            1,
            Provided((_shop_in("/srv/shop"),), _OPENS),
        ),
        Check(
            Text("the files are in /srv/shop", "文件在 /srv/shop 里"), 0.9, _shop_in("/srv/shop")
        ),
        Check(
            Text("nothing lies elsewhere", "别处没有"),
            0.5,
            Provided(
                (_shop_in("/srv/shop"),),
                Absent(
                    "workdir-cd",
                    _STRAY,
                    Text("where was this line's working directory?", "这一行的工作目录是哪里？"),
                ),
            ),
        ),
        Check(
            Text("a container starts in /srv/shop", "容器从 /srv/shop 启动"),
            0.6,
            _starts_in("workdir-cd", "/srv/shop"),
        ),
        Check(
            Text("the folder is said once", "目录只写一次"),
            1,
            WithArguments(
                {"DIR": "/opt/kiosk"},
                AllOf(
                    _shop_in("/opt/kiosk"),
                    (
                        _OPENS,
                        Absent(
                            "workdir-cd",
                            ("/srv/shop",),
                            Text(
                                "no line names /srv/shop but ARG",
                                "除了 ARG，哪一行都不写 /srv/shop",
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

_TODAY = "FROM alpine\nWORKDIR /srv\n"
_TOMORROW = "FROM alpine\nWORKDIR /opt/work\n"
_ABSOLUTE = Text(
    "the first WORKDIR of a file begins with a slash: it does not depend on the base then",
    "文件里的第一个 WORKDIR 以斜杠开头，就不受基础镜像影响",
)
_AT_HOME = HasFiles("workdir-base", {"/srv/app/page.html": _PAGE["page.html"]}, hint=_ABSOLUTE)

_BASE = Exercise(
    id="workdir-base",
    lesson=LESSON,
    title=Text("Whatever the base says", "不管基础镜像怎么说"),
    start=Start(files=_PAGE, images={"team": _TODAY}),
    answers=(DockerfileAnswer("workdir-base"),),
    hints=(
        Text(
            "From where does a relative WORKDIR go on, when it is the first of the file?",
            "文件里的第一个 WORKDIR 是相对路径时，从哪里接着走？",
        ),
        Text("Which paths do not depend on where you are?", "哪种路径跟“现在在哪里”无关？"),
        Text("WORKDIR /srv/...", "WORKDIR /srv/……"),
    ),
    checks=(
        Check(Text("the page is in /srv/app", "网页在 /srv/app 里"), 0.5, _AT_HOME),
        Check(
            Text("also on tomorrow's base", "明天的基础镜像也一样"),
            0.75,
            Again(
                {},
                Text("with WORKDIR /opt/work in team", "team 里是 WORKDIR /opt/work 时"),
                AllOf(_AT_HOME, (_starts_in("workdir-base", "/srv/app"),)),
                images={"team": _TOMORROW},
            ),
        ),
        Check(
            Text("a container starts there", "容器从那里启动"),
            0.25,
            _starts_in("workdir-base", "/srv/app"),
        ),
        Check(
            Text("no warning", "没有警告"),
            0.5,
            Provided((_AT_HOME,), NoWarnings("workdir-base", hint=_ABSOLUTE)),
        ),
    ),
)

_HOME = AllOf(
    Prints(
        "workdir-owner",
        "app",
        ("-un",),
        ("--entrypoint", "id"),
        look=("USER",),
        hint=Text("the last USER counts: USER app", "最后一个 USER 算数：USER app"),
    ),
    (_starts_in("workdir-owner", "/var/work"),),
)
_FOLDER = Text(
    "make the folder in a RUN and give it to app, before WORKDIR finds it missing",
    "先用 RUN 建好目录、交给 app，别等到 WORKDIR 来建",
)
_DONE = AllOf(
    Prints("workdir-owner", "done", look=("USER", *_LOOK, "CMD"), hint=_FOLDER),
    (
        Prints(
            "workdir-owner",
            "again",
            ("-c", "echo again > again && cat again"),
            ("--entrypoint", "/bin/sh"),
            look=("USER", *_LOOK),
            hint=_FOLDER,
        ),
    ),
)

_OWNER = Exercise(
    id="workdir-owner",
    lesson=LESSON,
    title=Text("A place to work, on both builders", "两种构建器都能干活的地方"),
    answers=(DockerfileAnswer("workdir-owner"),),
    hints=(
        Text(
            "Whose is a folder that WORKDIR has made, with one builder and with the other?",
            "WORKDIR 建的目录归谁？两种构建器各是怎样？",
        ),
        Text(
            "A folder that is already there is not touched. Who can make it, and give it away?",
            "已经有的目录，WORKDIR 不会动它。谁能建好它，再交出去？",
        ),
        Text(
            "Above USER: RUN mkdir /var/work && chown ...",
            "在 USER 之前：RUN mkdir /var/work && chown ……",
        ),
    ),
    checks=(
        Check(Text("as app, in /var/work", "以 app，在 /var/work 里"), 0.5, _HOME),
        Check(Text("BuildKit: it works", "BuildKit：能用"), 0.5, Provided((_HOME,), _DONE)),
        Check(
            Text("older builder: it works", "旧构建器：能用"),
            1,
            ByOlderBuilder(AllOf(_HOME, (_DONE,))),
        ),
    ),
)

EXERCISES = (_PRACTICE, _PWD, _CD, _BASE, _OWNER)
