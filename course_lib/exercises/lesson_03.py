"""The exercises of 03_dockerfile: a first file, which lines make layers, a file to mend."""

from course_lib.exercises.bases import StandsOn
from course_lib.exercises.behaviour import Prints
from course_lib.exercises.files import FileHolds
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.metadata import Labelled
from course_lib.exercises.rebuilding import Again
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "03_dockerfile"

_OWN_LINE = Text(
    "a comment is a line of its own; behind an argument or a \\ it is none",
    "注释要自成一行；跟在参数或 \\ 后面就不是注释了",
)

_PRACTICE = Exercise(
    id="dockerfile-comments",
    lesson=LESSON,
    title=Text("Comments in their place", "注释各归各位"),
    answers=(DockerfileAnswer("dockerfile-comments"),),
    practice=True,
    hints=(
        Text("Look where each # stands in its line.", "看看每个 # 在行里的什么位置。"),
        Text(
            "Give each comment a line of its own. It may stand between the two lines of the RUN.",
            "让每条注释自成一行。RUN 的两行之间也可以放一行注释。",
        ),
        Text(
            "# or coffee\nENV DRINK=tea\nRUN mkdir /shop && \\\n    # the folder first\n    ...",
            "# or coffee\nENV DRINK=tea\nRUN mkdir /shop && \\\n    # the folder first\n    ……",
        ),
    ),
    checks=(
        Check(
            Text("it prints tea", "打印 tea"),
            0.5,
            Prints(
                "dockerfile-comments",
                "tea",
                look=("ENV", "ENTRYPOINT", "CMD"),
                hint=_OWN_LINE,
            ),
        ),
        Check(
            Text("the sign says open", "牌子上写着 open"),
            0.5,
            FileHolds("dockerfile-comments", "/shop/sign", ("open",), hint=_OWN_LINE),
        ),
    ),
)

MENU = "tea 2\nsoup 4\n"
_OTHER_MENU = "coffee 3\n"
_COPY = Text(
    "COPY takes a file from the context: COPY menu.txt /srv/menu.txt",
    "COPY 从构建上下文里取文件：COPY menu.txt /srv/menu.txt",
)

_FIRST = Exercise(
    id="dockerfile-first",
    lesson=LESSON,
    title=Text("A first Dockerfile", "第一个 Dockerfile"),
    start=Start(files={"menu.txt": MENU}),
    answers=(DockerfileAnswer("dockerfile-first"),),
    hints=(
        Text(
            "Four parts, four instructions: FROM, LABEL, one that brings the file, one that says what a container runs.",
            "四个部分，四条指令：FROM、LABEL、一条把文件放进来、一条写明容器运行什么。",
        ),
        Text(
            'LABEL key="value" names the maintainer; COPY takes a file from the context; CMD is what a container runs, and cat prints a file.',
            'LABEL 键="值" 写维护者；COPY 从构建上下文取文件；CMD 是容器运行的命令，cat 可以打印文件。',
        ),
        Text(
            'FROM alpine, LABEL org.opencontainers.image.authors="...", COPY menu.txt /srv/..., CMD ["cat", "..."]',
            'FROM alpine，LABEL org.opencontainers.image.authors="……"，COPY menu.txt /srv/……，CMD ["cat", "……"]',
        ),
    ),
    checks=(
        Check(
            Text("it starts from alpine", "从 alpine 开始"),
            0.5,
            StandsOn("dockerfile-first", "alpine"),
        ),
        Check(
            Text("a maintainer is named", "写明了维护者"),
            0.5,
            Labelled("dockerfile-first", "org.opencontainers.image.authors"),
        ),
        Check(
            Text("the menu lies in /srv", "菜单在 /srv 里"),
            0.5,
            FileHolds("dockerfile-first", "/srv/menu.txt", ("tea 2", "soup 4"), hint=_COPY),
        ),
        Check(
            Text("the menu comes from the context", "菜单来自构建上下文"),
            0.5,
            Again(
                {"menu.txt": _OTHER_MENU},
                Text("with another menu.txt", "换一个 menu.txt"),
                FileHolds("dockerfile-first", "/srv/menu.txt", ("coffee 3",), hint=_COPY),
            ),
        ),
        Check(
            Text("a container prints it", "容器会打印它"),
            1,
            Prints(
                "dockerfile-first",
                MENU.rstrip("\n"),
                hint=Text(
                    "CMD says what a container runs; RUN works while the image is built",
                    "容器运行什么由 CMD 决定；RUN 是构建时执行的",
                ),
            ),
        ),
    ),
)

_LAYERS = Exercise(
    id="dockerfile-layers",
    lesson=LESSON,
    title=Text("Which lines make a layer?", "哪些行产生层？"),
    answers=(LiteralAnswer("dockerfile-layers"),),
    hints=(
        Text(
            "Layers hold files. Which of these instructions work on files?",
            "层里装的是文件。这些指令里哪几条会动文件？",
        ),
        Text(
            "Build it: %%dockerfile shows for each instruction what it made. One of the lines is no instruction.",
            "动手构建一下：%%dockerfile 会列出每条指令做出了什么。其中有一行根本不是指令。",
        ),
        Text(
            "RUN, COPY, ADD and WORKDIR make a layer, even when no file changes. A comment makes nothing.",
            "RUN、COPY、ADD、WORKDIR 都产生层，哪怕没有文件变动。注释什么也不产生。",
        ),
    ),
    checks=(
        sealed(
            Text("six lines", "六行"),
            3,
            Sealed(
                "dockerfile-layers",
                {
                    "line 2": "b86f84bc7cf11cdecee6",
                    "line 3": "3845ab1a8080dd7e8f5d",
                    "line 4": "e7fea1f3b93a678af52a",
                    "line 5": "9d2025e7142ce29b1a4d",
                    "line 6": "f7d5325ce72796e49683",
                    "line 7": "292a4c0a13ccef8d6134",
                },
                fold=True,
                hints={
                    "line 2": Text(
                        "a variable is no file: where does the image keep it?",
                        "环境变量不是文件，镜像把它记在哪里？",
                    ),
                    "line 3": Text(
                        "/shop is not in alpine: somebody has to make the folder",
                        "alpine 里没有 /shop，总得有谁建这个目录",
                    ),
                    "line 4": Text("it brings a file", "它带来一个文件"),
                    "line 5": Text("what does it begin with?", "它以什么开头？"),
                    "line 6": Text(
                        "does a RUN that changes no file make a layer?",
                        "没有改动文件的 RUN 产生层吗？",
                    ),
                    "line 7": Text(
                        "does it change a file while the image is built?",
                        "构建镜像时它动过文件吗？",
                    ),
                },
            ),
        ),
    ),
)

PRICES = "apples 3\npears 4\n"

_MEND = Exercise(
    id="dockerfile-mend",
    lesson=LESSON,
    title=Text("Mend it", "改对它"),
    start=Start(files={"prices.txt": PRICES}),
    answers=(DockerfileAnswer("dockerfile-mend"),),
    hints=(
        Text(
            "One message at a time: each build names one line with >>> and the reason behind ERROR:.",
            "一次看一条：每次构建用 >>> 指出一行，原因写在 ERROR: 后面。",
        ),
        Text(
            "A misspelt instruction; a value with a blank; the name of a file; a program that alpine does not have; a comment behind a \\.",
            "一个拼错的指令；一个带空格的值；一个文件名；一个 alpine 里没有的程序；一条写在 \\ 后面的注释。",
        ),
        Text(
            'FROM; ENV SHOP_NAME="corner shop"; prices.txt; apk add --no-cache curl; and the comment moves to a line of its own, or goes.',
            'FROM；ENV SHOP_NAME="corner shop"；prices.txt；apk add --no-cache curl；注释挪到单独一行，或者删掉。',
        ),
    ),
    checks=(
        Check(
            Text("SHOP_NAME is corner shop", "SHOP_NAME 的值是 corner shop"),
            1,
            Prints(
                "dockerfile-mend",
                "corner shop",
                ("-c", 'echo "$SHOP_NAME"'),
                ("--entrypoint", "/bin/sh"),
                look=("ENV",),
                hint=Text(
                    "a value with a blank stands in double quotes",
                    "带空格的值要用双引号括起来",
                ),
            ),
        ),
        Check(
            Text("the prices lie in /shop", "价目表在 /shop 里"),
            0.5,
            FileHolds("dockerfile-mend", "/shop/prices.txt", ("apples 3", "pears 4")),
        ),
        Check(
            Text("curl is installed", "装好了 curl"),
            1,
            Prints(
                "dockerfile-mend",
                "curl is there",
                ("-c", "command -v curl > /dev/null && echo curl is there"),
                ("--entrypoint", "/bin/sh"),
                look=("FROM", "RUN"),
                hint=Text(
                    "each base has its own package program: apk in alpine, apt-get in debian",
                    "每种基础镜像有自己的包管理器：alpine 用 apk，debian 用 apt-get",
                ),
            ),
        ),
        Check(
            Text("today's stock", "今天的库存"),
            0.5,
            FileHolds("dockerfile-mend", "/shop/stock/today", ("apples",)),
        ),
        Check(
            Text("a container prints the prices", "容器打印价目表"),
            1,
            Prints("dockerfile-mend", PRICES.rstrip("\n")),
        ),
    ),
)

EXERCISES = (_PRACTICE, _FIRST, _LAYERS, _MEND)
