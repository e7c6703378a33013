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
    hints=(
        Text(
            "Each line of the diff is one thing that a shell in the container can do: write to a file that is there, make a new one, delete one.",
            "diff 的每一行都对应容器里的 shell 能做的一件事：写入已有的文件、新建一个文件、删除一个文件。",
        ),
        Text(
            'One docker run does it all: docker run --name edited site sh -c "first; second; third". The line C /site comes by itself.',
            '一条 docker run 就能做完：docker run --name edited site sh -c "第一件; 第二件; 第三件"。C /site 那一行会自己出现。',
        ),
        Text(
            'docker run --name edited site sh -c "echo new > /site/index.html; echo us > /site/about.html; rm ..."',
            'docker run --name edited site sh -c "echo new > /site/index.html; echo us > /site/about.html; rm ……"',
        ),
    ),
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
    hints=(
        Text(
            "The file has to lie somewhere that does not go away with the first container.",
            "文件得放在一个不会随第一个容器消失的地方。",
        ),
        Text(
            "Give both containers the same -v NAME:/data. Between them, docker rm the first one.",
            "两个容器都带上同样的 -v 名字:/data，中间用 docker rm 删掉前一个。",
        ),
        Text(
            'docker run --name writer -v visits:/data alpine sh -c "echo 1 > /data/visits.txt", then docker rm writer, then a reader with the same -v.',
            'docker run --name writer -v visits:/data alpine sh -c "echo 1 > /data/visits.txt"，然后 docker rm writer，再起一个带同样 -v 的 reader。',
        ),
    ),
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
    hints=(
        Text(
            "Two docker run commands that differ in a name and in a word.",
            "两条 docker run，只有名字和一个词不同。",
        ),
        Text(
            'A > in the docker line itself does nothing: the container needs a shell of its own, sh -c "...".',
            '直接写在 docker 那一行里的 > 不起作用：容器里要有自己的 shell，sh -c "……"。',
        ),
        Text(
            'docker run --name tick alpine sh -c "echo tick > /clock", and the same for tock.',
            'docker run --name tick alpine sh -c "echo tick > /clock"，tock 也一样。',
        ),
    ),
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
    hints=(
        Text(
            "Draw the three layers on top of each other, and look down from above: the first one that knows the path decides.",
            "把三层叠着画出来，从上往下看：最先认得这个路径的那一层说了算。",
        ),
        Text(
            "A whiteout is also an answer: it says that there is nothing. And a changed file is copied up as a whole, in each container.",
            "碰到 whiteout 也算有了答案：没有这个文件。文件一改就要整个复制上来，每个容器各复制一份。",
        ),
        Text(
            "Three containers copy up 10 MB each. The image itself, 100 + 40 + 0 MB, is there only once.",
            "三个容器各复制 10 MB。镜像本身是 100 + 40 + 0 MB，只有一份。",
        ),
    ),
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

_LETTERS = Exercise(
    id="layers-letters",
    lesson=LESSON,
    title=Text("Which letter?", "哪个字母？"),
    practice=True,
    hints=(
        Text(
            "Is the file there at the end? Was it in the image before?",
            "最后这个文件在不在？镜像里原来有没有？",
        ),
        Text(
            "Reading copies nothing. The mode belongs to the file, so a change of it is a change of the file.",
            "只读不复制任何东西。权限是文件的一部分，改权限就是改文件。",
        ),
        Text(
            "In this order: not there, C, A, D, C, and for the last one: made and deleted again, is anything left to show?",
            "依次是：不出现、C、A、D、C；最后一个：建了又删，还有什么可显示的吗？",
        ),
    ),
    answers=(LiteralAnswer("layers-letters"),),
    checks=(
        sealed(
            Text("six letters", "六个字母"),
            1,
            Sealed(
                "layers-letters",
                {
                    "cat /etc/motd": "9b4a1bd6d73aeda2cdee",
                    "echo hi > /etc/motd": "023f647641ee9152d584",
                    "echo hi > /etc/note": "8c02476d2f653b8db5d4",
                    "rm /etc/motd": "c5a59a43a496f3f9d375",
                    "chmod 600 /etc/motd": "bbe6001d6a72baa61f0e",
                    "touch /etc/note; rm /etc/note": "3ddbf4d3650e986b6868",
                },
                hints={
                    "cat /etc/motd": Text("nothing is written", "什么都没写"),
                    "echo hi > /etc/motd": Text("the image has this file", "镜像里有这个文件"),
                    "echo hi > /etc/note": Text("the image has no such file", "镜像里没有这个文件"),
                    "rm /etc/motd": Text(
                        "the writable layer gets a whiteout", "可写层里多了一个 whiteout"
                    ),
                    "chmod 600 /etc/motd": Text(
                        "the file is copied up to get its new mode",
                        "文件会被复制上来，再换上新的权限",
                    ),
                    "touch /etc/note; rm /etc/note": Text(
                        "compare the end with the image, not with the middle",
                        "拿最后的样子和镜像比，不看中间",
                    ),
                },
            ),
        ),
    ),
)

_TRIMMED = Exercise(
    id="layers-trimmed",
    lesson=LESSON,
    title=Text("One file less", "少一个文件"),
    practice=True,
    hints=(
        Text("Which command deletes a file?", "删除文件用什么命令？"),
        Text(
            "The command stands behind the image: docker run --name NAME IMAGE COMMAND",
            "命令写在镜像后面：docker run --name 名字 镜像 命令",
        ),
        Text("docker run --name trimmed alpine rm ...", "docker run --name trimmed alpine rm ……"),
    ),
    answers=(CommandsAnswer("layers-trimmed"),),
    checks=(
        Check(
            Text("a container named trimmed, made from alpine", "从 alpine 创建的容器 trimmed"),
            0.25,
            MadeFrom("trimmed", "alpine"),
        ),
        Check(
            Text("/etc/motd is deleted", "/etc/motd 已删除"),
            0.5,
            Changed("trimmed", ("D /etc/motd",)),
        ),
        Check(
            Text("nothing else is changed", "别的都没动"),
            0.25,
            NothingElse("trimmed", ("C /etc", "D /etc/motd")),
        ),
    ),
)

EXERCISES = (_DIFF, _KEEP, _TWO, _SERVE, _LETTERS, _TRIMMED)
