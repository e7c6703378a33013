"""The exercises of 08_run: one lean layer, a pipe that may fail, a file for bash, what stays."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.combining import Provided
from course_lib.exercises.files import FileHolds, Folders
from course_lib.exercises.layersizes import AtMost, LayersOn, NothingHidden
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.rebuilding import Again, FailsToBuild
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "08_run"

_BRACES = Text(
    "/bin/sh knows no {a,b}: name each folder, or let bash run the line",
    "/bin/sh 不认识 {a,b}：逐个写出目录，或者交给 bash 执行",
)

_PRACTICE = Exercise(
    id="run-one-layer",
    lesson=LESSON,
    title=Text("Three folders, one layer", "三个目录，一层"),
    answers=(DockerfileAnswer("run-one-layer"),),
    practice=True,
    hints=(
        Text("One RUN makes one layer.", "一条 RUN 就是一层。"),
        Text(
            "In one RUN, && joins commands; mkdir -p also takes several folders at once.",
            "一条 RUN 里用 && 连接命令；mkdir -p 也可以一次带好几个目录。",
        ),
        Text("RUN mkdir -p /srv/css /srv/...", "RUN mkdir -p /srv/css /srv/……"),
    ),
    checks=(
        Check(
            Text("three folders below /srv", "/srv 下有三个目录"),
            0.5,
            Folders("run-one-layer", ("/srv/css", "/srv/js", "/srv/img"), hint=_BRACES),
        ),
        Check(
            Text("one layer on top of alpine", "在 alpine 之上只加一层"),
            0.5,
            LayersOn(
                "run-one-layer",
                "alpine",
                1,
                hint=Text(
                    "each RUN, COPY, ADD and WORKDIR makes a layer",
                    "每条 RUN、COPY、ADD、WORKDIR 都会产生一层",
                ),
            ),
        ),
    ),
)

_SAME_STEP = Text(
    "make it and remove it in the same RUN, joined with &&: a layer holds what is there at the end of its step",
    "在同一条 RUN 里生成并删除，用 && 连起来：层里只有这一步结束时还在的东西",
)
_INSTALL = Text(
    "7 is curl's own word for: nobody listens there; 127 is the shell's: there is no curl. Install it in a RUN",
    "7 是 curl 自己的回答：那里没人监听；127 是 shell 的回答：没有 curl。用 RUN 装上它",
)
_CURL = Prints(
    "run-shrink",
    "exit code 7",
    ("-c", "curl -s localhost:9; echo exit code $?"),
    ("--entrypoint", "/bin/sh"),
    look=("RUN",),
    hint=_INSTALL,
)
_COUNT = FileHolds("run-shrink", "/srv/size.txt", ("60000000",))

_SHRINK = Exercise(
    id="run-shrink",
    lesson=LESSON,
    title=Text("Shrink an image", "给镜像瘦身"),
    answers=(DockerfileAnswer("run-shrink"),),
    hints=(
        Text(
            "Look at docker history of the image that you start from: which layers are large, and which of their files does nobody need in the end?",
            "看看起点镜像的 docker history：哪些层大？里面哪些文件最后没人需要？",
        ),
        Text(
            "Whoever makes a file that is not needed at the end removes it in the same RUN.",
            "最后用不到的文件，由生成它的那条 RUN 自己删掉。",
        ),
        Text(
            "Two RUNs: apt-get update && apt-get install ... && rm -rf /var/lib/apt/lists/*, and truncate ... && wc ... && rm /tmp/dump.",
            "两条 RUN：apt-get update && apt-get install …… && rm -rf /var/lib/apt/lists/*，以及 truncate …… && wc …… && rm /tmp/dump。",
        ),
    ),
    checks=(
        Check(
            Text("curl is there", "有 curl 可用"),
            0.5,
            _CURL,
        ),
        Check(
            Text("the file with the count", "记着字节数的文件"),
            0.5,
            _COUNT,
        ),
        Check(
            Text("at most 130 MB", "不超过 130 MB"),
            2,
            Provided((_CURL, _COUNT), AtMost("run-shrink", 130, hint=_SAME_STEP)),
        ),
        Check(
            Text("nothing hidden in lower layers", "下面的层里没有藏着东西"),
            1,
            Provided((_CURL, _COUNT), NothingHidden("run-shrink", 1, hint=_SAME_STEP)),
        ),
    ),
)

FETCH = """\
#!/bin/sh
# stands for a download: here it works
printf 'pear\\napple\\nplum\\n'
"""
_OTHER = FETCH.replace("pear\\napple\\nplum", "fig\\nkiwi\\nbanana")
_BROKEN = """\
#!/bin/sh
printf 'pear\\napp'
echo "fetch: connection lost" >&2
exit 3
"""

_PIPE = Exercise(
    id="run-pipe",
    lesson=LESSON,
    title=Text("A pipe that may fail", "会出错的管道"),
    start=Start(files={"fetch.sh": FETCH}),
    answers=(DockerfileAnswer("run-pipe"),),
    hints=(
        Text(
            "The exit code of a pipe is that of its last command. Which command is the last one?",
            "管道的退出码是最后一条命令的。最后一条是哪个？",
        ),
        Text(
            "A shell with the option pipefail counts every command of the pipe. bash has it, and so has the sh of alpine; the sh of debian has not.",
            "打开 pipefail 选项的 shell 会看管道里的每一条命令。bash 有，alpine 的 sh 也有；debian 的 sh 没有。",
        ),
        Text(
            "COPY the script, then RUN set -o pipefail && sh /fetch.sh | sort > /sorted.txt on alpine. Or leave the pipe out: write to a file, && sort the file.",
            "先 COPY 脚本，再在 alpine 上 RUN set -o pipefail && sh /fetch.sh | sort > /sorted.txt。或者干脆不用管道：先写进文件，&& 再对文件排序。",
        ),
    ),
    checks=(
        Check(
            Text("the sorted list", "排好序的列表"),
            0.5,
            FileHolds("run-pipe", "/sorted.txt", ("apple", "pear", "plum")),
        ),
        Check(
            Text("the list comes from fetch.sh", "列表出自 fetch.sh"),
            0.5,
            Again(
                {"fetch.sh": _OTHER},
                Text("with another fetch.sh", "换一个 fetch.sh"),
                FileHolds("run-pipe", "/sorted.txt", ("banana", "fig", "kiwi")),
            ),
        ),
        Check(
            Text("a failing download fails the build", "下载失败，构建就失败"),
            1.5,
            FailsToBuild(
                "run-pipe",
                {"fetch.sh": _BROKEN},
                Text(
                    "with a fetch.sh that breaks off with exit code 3",
                    "换一个中途断掉、退出码为 3 的 fetch.sh",
                ),
                hint=Text(
                    "sort ends well whatever it was given, and it is the last of the pipe: use pipefail, or no pipe",
                    "sort 不管收到什么都会正常结束，而它是管道的最后一个：用 pipefail，或者不用管道",
                ),
            ),
        ),
    ),
)

LAYOUT = """\
# written for bash
SITE=/srv/site
mkdir -p $SITE/{css,js,img}
"""
_OTHER_LAYOUT = """\
# written for bash
SITE=/opt/shop
mkdir -p $SITE/{cart,mail}
"""
_BASH = Text(
    "/bin/sh is no bash: it has no {a,b}, and on debian no source. Start bash yourself: RUN bash -c '...'",
    "/bin/sh 不是 bash：没有 {a,b}，在 debian 上连 source 也没有。自己启动 bash：RUN bash -c '……'",
)
_ONE_SHELL = Text(
    "SITE lives in the shell that has read the file, and ends with it: source and echo belong into one bash, in single quotes",
    "SITE 只活在读过这个文件的那个 shell 里：source 和 echo 要放进同一个 bash，并且用单引号括起来",
)

_SOURCE = Exercise(
    id="run-source",
    lesson=LESSON,
    title=Text("A file for bash", "写给 bash 的文件"),
    start=Start(files={"layout.bash": LAYOUT}),
    answers=(DockerfileAnswer("run-source"),),
    hints=(
        Text(
            "Which shell runs a RUN line, and which one understands {css,js,img}?",
            "RUN 这一行由哪个 shell 执行？哪个 shell 懂 {css,js,img}？",
        ),
        Text(
            "RUN bash -c '...' starts bash in any image that has it. Single quotes: otherwise /bin/sh replaces $SITE before bash begins.",
            "在装有 bash 的镜像里，RUN bash -c '……' 就能启动它。要用单引号，否则 bash 还没开始，/bin/sh 就已经把 $SITE 换掉了。",
        ),
        Text(
            "On debian: COPY layout.bash /, then RUN bash -c 'source /layout.bash && echo $SITE > ...'",
            "在 debian 上：COPY layout.bash /，然后 RUN bash -c 'source /layout.bash && echo $SITE > ……'",
        ),
    ),
    checks=(
        Check(
            Text("the folders are there", "目录都在"),
            0.75,
            Folders("run-source", ("/srv/site/css", "/srv/site/js", "/srv/site/img"), hint=_BASH),
        ),
        Check(
            Text("/where.txt holds the value of SITE", "/where.txt 里是 SITE 的值"),
            0.75,
            FileHolds("run-source", "/where.txt", ("/srv/site",), hint=_ONE_SHELL),
        ),
        Check(
            Text("another layout.bash gives other folders", "换一个 layout.bash，目录也跟着换"),
            0.5,
            Again(
                {"layout.bash": _OTHER_LAYOUT},
                Text("with another layout.bash", "换一个 layout.bash"),
                Folders("run-source", ("/opt/shop/cart", "/opt/shop/mail"), hint=_BASH),
            ),
        ),
        Check(
            Text("and another value", "值也跟着换"),
            0.5,
            Again(
                {"layout.bash": _OTHER_LAYOUT},
                Text("with another layout.bash", "换一个 layout.bash"),
                FileHolds("run-source", "/where.txt", ("/opt/shop",), hint=_ONE_SHELL),
            ),
        ),
    ),
)

_STAYS = Exercise(
    id="run-stays",
    lesson=LESSON,
    title=Text("What stays, what it costs", "什么留下，占多少"),
    answers=(LiteralAnswer("run-stays"),),
    hints=(
        Text(
            "A layer holds the files that are different at the end of its step, and nothing else.",
            "层里只有这一步结束时变了的文件，没有别的。",
        ),
        Text(
            "Files stay for the next RUN. Folder, variables and processes of the shell do not.",
            "留给下一条 RUN 的只有文件；shell 的当前目录、变量、进程都不会留下。",
        ),
        Text(
            "a: 80 + 30 + 0. b: the file is never in a layer. c: chmod copies the file into a layer of its own.",
            "a：80 + 30 + 0。b：文件从没进过任何一层。c：chmod 会把文件整个复制进自己那一层。",
        ),
    ),
    checks=(
        sealed(
            Text("three sizes and two lines", "三个大小和两行输出"),
            1,
            Sealed(
                "run-stays",
                {
                    "a": "c3243445139b0cfc7044",
                    "b": "bb195eddcaf505337d59",
                    "c": "11e892cc476801e217c0",
                    "d": "ca50436f4df5924366b6",
                    "e": "50ba028b39a8fb8215c8",
                },
                hints={
                    "a": Text(
                        "rm in a later RUN leaves a whiteout; the file stays below",
                        "后面的 RUN 里 rm 只留下 whiteout，文件还在下面",
                    ),
                    "b": Text(
                        "what is gone at the end of the step is in no layer",
                        "这一步结束时已经不在的东西，哪一层都没有",
                    ),
                    "c": Text(
                        "owner and mode belong to the file: it is copied as a whole",
                        "属主和权限是文件的一部分：整个文件都会复制",
                    ),
                    "d": Text(
                        "each RUN is a new shell, which begins in WORKDIR",
                        "每条 RUN 都是新的 shell，从 WORKDIR 开始",
                    ),
                    "e": Text("whose variable was it?", "那是谁的变量？"),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _SHRINK, _PIPE, _SOURCE, _STAYS)
