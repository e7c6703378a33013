"""The exercises of 10_env: quoting, PATH, the old value of a variable, what a container gets."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.environment import HasEnvironment
from course_lib.exercises.layersizes import LayersOn
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.rebuilding import Again
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "10_env"

_LOOK = ("FROM", "ENV", "RUN")

_PRACTICE = Exercise(
    id="env-plain",
    lesson=LESSON,
    title=Text("Two variables, no layer", "两个变量，不加层"),
    answers=(DockerfileAnswer("env-plain"),),
    practice=True,
    hints=(
        Text("ENV NAME=value. Several pairs fit on one line.", "ENV 名字=值。一行可以写好几对。"),
        Text(
            "Only RUN, COPY, ADD and WORKDIR add a layer; ENV edits the config.",
            "只有 RUN、COPY、ADD、WORKDIR 会加层；ENV 只改配置。",
        ),
        Text("FROM alpine, then ENV MODE=...", "FROM alpine，然后 ENV MODE=……"),
    ),
    checks=(
        Check(
            Text("both variables are there", "两个变量都在"),
            0.5,
            HasEnvironment("env-plain", {"MODE": "fast", "PORT": "8080"}),
        ),
        Check(
            Text("no layer on top of alpine", "在 alpine 之上没有加层"),
            0.5,
            LayersOn(
                "env-plain",
                "alpine",
                0,
                hint=Text(
                    "a variable needs no RUN: ENV alone writes it into the config",
                    "设变量用不着 RUN：ENV 自己就会写进配置",
                ),
            ),
        ),
    ),
)

PG_FILES = """\
FROM alpine
RUN mkdir -p /usr/local/postgres-9.3/bin
RUN printf '#!/bin/sh\\necho "psql (PostgreSQL) $PG_VERSION"\\n' > /usr/local/postgres-9.3/bin/psql
RUN chmod 755 /usr/local/postgres-9.3/bin/psql
"""

_PATH = Text(
    "put the folder in front of what PATH already holds: .../bin:$PATH; a variable in it must be set on a line above",
    "把目录加在 PATH 原有内容的前面：……/bin:$PATH；里面用到的变量要在上面的行里先设好",
)
_ONLY_ENV = Text(
    "what a RUN exports ends with its shell; ENV stays",
    "RUN 里 export 的变量随那个 shell 一起结束；ENV 才会留下",
)

_PG = Exercise(
    id="env-pg",
    lesson=LESSON,
    title=Text("A program by its name", "用名字就能运行的程序"),
    start=Start(images={"pg-files": PG_FILES}),
    answers=(DockerfileAnswer("env-pg"),),
    hints=(
        Text(
            "Three variables: two versions, and PATH, in which docker looks for programs.",
            "一共三个变量：两个版本号，还有 PATH，docker 在它列出的目录里找程序。",
        ),
        Text(
            "A new PATH that holds only one folder loses all the others. $PATH is its value so far.",
            "PATH 只写一个目录，别的目录就都丢了。$PATH 是它到目前为止的值。",
        ),
        Text(
            "FROM pg-files, ENV PG_MAJOR=9.3 PG_VERSION=9.3.4, and on a line of its own ENV PATH=/usr/local/postgres-$PG_MAJOR/...",
            "FROM pg-files，ENV PG_MAJOR=9.3 PG_VERSION=9.3.4，再另起一行 ENV PATH=/usr/local/postgres-$PG_MAJOR/……",
        ),
    ),
    checks=(
        Check(
            Text("PG_MAJOR and PG_VERSION", "PG_MAJOR 和 PG_VERSION"),
            0.75,
            HasEnvironment("env-pg", {"PG_MAJOR": "9.3", "PG_VERSION": "9.3.4"}, hint=_ONLY_ENV),
        ),
        Check(
            Text("psql runs by its name", "只写名字就能运行 psql"),
            1,
            Prints("env-pg", "psql (PostgreSQL) 9.3.4", ("psql",), look=_LOOK, hint=_PATH),
        ),
        Check(
            Text(
                "it is the one in /usr/local/postgres-9.3/bin",
                "运行的就是 /usr/local/postgres-9.3/bin 里的那个",
            ),
            0.5,
            Prints(
                "env-pg",
                "/usr/local/postgres-9.3/bin/psql",
                ("/bin/sh", "-c", "command -v psql"),
                look=_LOOK,
                hint=_PATH,
            ),
        ),
        Check(
            Text("the other programs are still found", "别的程序也还找得到"),
            0.75,
            Prints(
                "env-pg",
                "/usr/local/postgres-9.3/bin/psql",
                ("ls", "/usr/local/postgres-9.3/bin/psql"),
                look=_LOOK,
                hint=_PATH,
            ),
        ),
    ),
)

_QUOTES = Exercise(
    id="env-quotes",
    lesson=LESSON,
    title=Text("Blanks, quotes and a dollar", "空格、引号和美元符号"),
    answers=(DockerfileAnswer("env-quotes"),),
    hints=(
        Text(
            "Which signs mean something in an ENV line: blanks, quotes, $ and \\. Each of the values has one of them.",
            "ENV 这一行里，空格、引号、$ 和 \\ 都有特殊含义。每个值里都有其中一种。",
        ),
        Text(
            'Between single quotes everything is taken as it stands. Between double quotes, write \\" and \\$.',
            '单引号里的内容原样保留；双引号里要写 \\" 和 \\$。',
        ),
        Text(
            "ENV DOG=\"Rex The Dog\" PRICE='$5', and for SAYS the single quotes around everything.",
            "ENV DOG=\"Rex The Dog\" PRICE='$5'，SAYS 则用单引号把整个值括起来。",
        ),
    ),
    checks=(
        Check(
            Text("a value with blanks", "带空格的值"),
            0.75,
            HasEnvironment(
                "env-quotes",
                {"DOG": "Rex The Dog"},
                hint=Text(
                    "double quotes around the value, or a \\ before each blank",
                    "用双引号括起来，或者在每个空格前写 \\",
                ),
            ),
        ),
        Check(
            Text("a value with quotes", "带引号的值"),
            1,
            HasEnvironment(
                "env-quotes",
                {"SAYS": 'say "woof" twice'},
                hint=Text(
                    "quotes that belong to the value: inside single quotes, or with a \\ before each",
                    "属于值的引号：放在单引号里，或者每个前面加 \\",
                ),
            ),
        ),
        Check(
            Text("a value with a dollar", "带美元符号的值"),
            0.75,
            HasEnvironment(
                "env-quotes",
                {"PRICE": "$5"},
                hint=Text(
                    "$5 is read as a variable named 5, which is empty; \\$ or single quotes keep the sign",
                    "$5 会被当成名叫 5 的变量，而它是空的；写 \\$ 或用单引号就能留住它",
                ),
            ),
        ),
    ),
)

APP = """\
FROM alpine
ENV VERSION=1.4
"""
_OTHER_APP = APP.replace("1.4", "1.9")
_OLD = Text(
    "every $VERSION of a line is the value from before that line: read it before, or in the same line in which, you set it anew",
    "一行里的 $VERSION 都是这一行之前的值：要在改它之前，或者就在改它的同一行里读",
)

_UPGRADE = Exercise(
    id="env-upgrade",
    lesson=LESSON,
    title=Text("The version before", "上一个版本"),
    start=Start(images={"app": APP}),
    answers=(DockerfileAnswer("env-upgrade"),),
    hints=(
        Text(
            "FROM takes over the variables of the base: $VERSION has a value from the first line on.",
            "FROM 会继承基础镜像的变量：从第一行起 $VERSION 就有值。",
        ),
        Text(
            "Once VERSION is 2.0, the old value is gone. Keep it first, or in the same line.",
            "VERSION 一旦变成 2.0，旧值就没了。要先把它留下来，或者在同一行里留。",
        ),
        Text(
            "FROM app, and below it ENV VERSION=2.0 PREVIOUS=...",
            "FROM app，下面写 ENV VERSION=2.0 PREVIOUS=……",
        ),
    ),
    checks=(
        Check(
            Text("VERSION is the new one", "VERSION 是新的"),
            0.5,
            HasEnvironment("env-upgrade", {"VERSION": "2.0"}),
        ),
        Check(
            Text("PREVIOUS is the one of app", "PREVIOUS 是 app 的版本"),
            1,
            HasEnvironment("env-upgrade", {"PREVIOUS": "1.4"}, hint=_OLD),
        ),
        Check(
            Text("with another app, its version", "换一个 app，就是那一个的版本"),
            1,
            Again(
                {},
                Text("with an app of version 1.9", "app 换成 1.9 版"),
                HasEnvironment("env-upgrade", {"PREVIOUS": "1.9"}, hint=_OLD),
                images={"app": _OTHER_APP},
            ),
        ),
    ),
)

_VALUES = Exercise(
    id="env-values",
    lesson=LESSON,
    title=Text("What is the value?", "值是多少？"),
    answers=(LiteralAnswer("env-values"),),
    hints=(
        Text(
            "An ENV line is worked out once, while the image is built, with the values from before that line.",
            "一行 ENV 只在构建时计算一次，用的是这一行之前的值。",
        ),
        Text(
            "-e sets one variable of one container. It works nothing out anew.",
            "-e 只给这一个容器设这一个变量，别的都不会重新计算。",
        ),
        Text(
            "b: line 4 comes after line 3. d: no shell, so nobody replaces $abc.",
            "b：第 4 行在第 3 行之后。d：没有 shell，没人替换 $abc。",
        ),
    ),
    checks=(
        sealed(
            Text("four values and a count", "四个值和一个数目"),
            2,
            Sealed(
                "env-values",
                {
                    "a": "cb4a352ecea5b1e57f69",
                    "b": "a5e7d8193b166d3818c3",
                    "c": "5de3cad37528a1a68b73",
                    "d": "44c8f912c26f6b264199",
                    "e": "dde806aaf45d46a9d0a8",
                },
                hints={
                    "a": Text("what was abc before line 3?", "第 3 行之前 abc 是什么？"),
                    "b": Text("what is abc after line 3?", "第 3 行之后 abc 是什么？"),
                    "c": Text(
                        "def was worked out while the image was built",
                        "def 在构建时就已经算好了",
                    ),
                    "d": Text(
                        "who puts a value in the place of $abc in exec form?",
                        "exec 形式里，谁来把 $abc 换成值？",
                    ),
                    "e": Text(
                        "which of these instructions add files?",
                        "这些指令里哪些会增加文件？",
                    ),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _PG, _QUOTES, _UPGRADE, _VALUES)
