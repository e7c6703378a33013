"""The exercises of 01_layers: the writable layer, what outlives it, who serves a path."""

from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.state import (
    Changed,
    Holds,
    KeptOutside,
    MadeFrom,
    NothingElse,
    OthersGone,
)
from course_lib.exercises.values import Check, CommandsAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "01_layers"

SITE = """\
FROM alpine
RUN mkdir /site && echo "<h1>Soon</h1>" > /site/index.html && echo "old" > /site/old.html
"""
_WANTED = ("C /site/index.html", "A /site/about.html", "D /site/old.html")

_DIFF = Exercise(
    id="layers-diff",
    lesson=LESSON,
    title=Text("A given diff", "指定的 diff"),
    start=Start(images={"site": SITE}),
    answers=(CommandsAnswer("layers-diff"),),
    checks=(
        Check(
            Text("a container named edited, made from site", "从 site 创建的容器 edited"),
            0.5,
            MadeFrom("edited", "site"),
        ),
        Check(
            Text("one file changed, one added, one deleted", "改一个、加一个、删一个文件"),
            1.5,
            Changed("edited", _WANTED),
        ),
        Check(
            Text("nothing else in the writable layer", "可写层里没有别的"),
            1,
            NothingElse("edited", ("C /site", *_WANTED)),
        ),
    ),
)

_KEEP = Exercise(
    id="layers-keep",
    lesson=LESSON,
    title=Text("Keep a file", "保住一个文件"),
    answers=(CommandsAnswer("layers-keep"),),
    checks=(
        Check(
            Text("reader can read /data/visits.txt", "reader 能读到 /data/visits.txt"),
            1,
            Holds("reader", "/data/visits.txt", "1"),
        ),
        Check(
            Text("it is not in the writable layer of reader", "文件不在 reader 的可写层里"),
            0.75,
            KeptOutside("reader", "/data/visits.txt"),
        ),
        Check(
            Text("the container that wrote it is gone", "写出它的容器已经删除"),
            0.75,
            OthersGone("reader"),
        ),
    ),
)

_TWO = Exercise(
    id="layers-two",
    lesson=LESSON,
    title=Text("Two containers, one difference", "两个容器，一处不同"),
    answers=(CommandsAnswer("layers-two"),),
    checks=(
        Check(
            Text("tick has its /clock", "tick 有自己的 /clock"),
            0.4,
            Holds("tick", "/clock", "tick", image="alpine"),
        ),
        Check(
            Text("tock has its /clock", "tock 有自己的 /clock"),
            0.4,
            Holds("tock", "/clock", "tock", image="alpine"),
        ),
        Check(
            Text("nothing else differs in tick", "tick 里没有别的不同"),
            0.35,
            NothingElse("tick", ("A /clock",)),
        ),
        Check(
            Text("nothing else differs in tock", "tock 里没有别的不同"),
            0.35,
            NothingElse("tock", ("A /clock",)),
        ),
    ),
)

_HINTS = {
    "/etc/hosts.allow": Text(
        "read from the top: which layer is the first to know the file?",
        "从上往下看：哪一层最先认得这个文件？",
    ),
    "/opt/tool": Text(
        "the whiteout in layer 3 is the first thing that is found",
        "最先碰到的是第 3 层的 whiteout",
    ),
    "/srv/app": Text("a fresh container has changed nothing yet", "全新的容器还什么都没改"),
    "containers": Text(
        "one changed byte copies the whole file up, in each container",
        "改一个字节也要把整个文件复制上来，每个容器各一份",
    ),
    "together": Text(
        "the image's layers are there once, however many containers share them",
        "不管有几个容器共用，镜像的层都只有一份",
    ),
}

_SERVE = Exercise(
    id="layers-serve",
    lesson=LESSON,
    title=Text("Who serves it, what does it cost", "谁来提供，占多少"),
    answers=(LiteralAnswer("layers-serve"),),
    checks=(
        sealed(
            Text("three paths and two costs", "三个路径和两个大小"),
            3,
            Sealed(
                "layers-serve",
                {
                    "/etc/hosts.allow": "a50eef91a3a428277581",
                    "/opt/tool": "72a21501a364faa63e7d",
                    "/srv/app": "3078a57ea64a93b06eac",
                    "containers": "7ef655826d7c3ad32d5b",
                    "together": "ba6c49d691d2f4ffa8bb",
                },
                hints=_HINTS,
            ),
        ),
    ),
)

EXERCISES = (_DIFF, _KEEP, _TWO, _SERVE)
