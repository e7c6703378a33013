"""The exercises of 05_from: a pinned base, no base, a named stage, what is inherited."""

from course_lib.exercises.bases import AtStage, FromScratch, Pinned, StandsOn
from course_lib.exercises.behaviour import Prints
from course_lib.exercises.files import FileCount, FileHolds
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.rebuilding import Again
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "05_from"

CLOCK = """\
FROM alpine
ENV ZONE=London
WORKDIR /clock
RUN echo "it is noon in" > text
CMD ["sh", "-c", "echo $(cat text) $ZONE"]
"""

_PRACTICE = Exercise(
    id="from-child",
    lesson=LESSON,
    title=Text("A child", "子镜像"),
    start=Start(images={"clock": CLOCK}),
    answers=(DockerfileAnswer("from-child"),),
    practice=True,
    hints=(
        Text(
            "The child gets all settings of its base. Which one has to change?",
            "子镜像会得到基础镜像的全部设置。要改的是哪一项？",
        ),
        Text(
            "FROM names the base, ENV sets a variable anew.", "FROM 写基础镜像，ENV 重新设置变量。"
        ),
        Text("FROM clock, then ENV ZONE=...", "FROM clock，然后 ENV ZONE=……"),
    ),
    checks=(
        Check(Text("it stands on clock", "站在 clock 上"), 0.5, StandsOn("from-child", "clock")),
        Check(
            Text("it prints noon in Paris", "打印巴黎的正午"),
            0.5,
            Prints("from-child", "it is noon in Paris", look=("ENV", "ENTRYPOINT", "CMD")),
        ),
    ),
)

_PIN = Exercise(
    id="from-pin",
    lesson=LESSON,
    title=Text("Pin the base", "固定基础镜像"),
    answers=(DockerfileAnswer("from-pin"),),
    hints=(
        Text(
            "A tag can move, a digest can't. FROM takes either.",
            "tag 会移动，digest 不会。FROM 两种都收。",
        ),
        Text(
            "docker pull alpine:3.18, then docker images --digests shows its digest.",
            "先 docker pull alpine:3.18，再用 docker images --digests 看它的 digest。",
        ),
        Text(
            'FROM alpine:3.18@sha256:..., with all 64 digits, and CMD ["cat", "/etc/alpine-release"]',
            'FROM alpine:3.18@sha256:……（64 位要写全），再加 CMD ["cat", "/etc/alpine-release"]',
        ),
    ),
    checks=(
        Check(
            Text("it stands on alpine:3.18", "站在 alpine:3.18 上"),
            1,
            StandsOn("from-pin", "alpine:3.18"),
        ),
        Check(
            Text("the base is pinned", "基础镜像固定了"),
            1.5,
            Pinned(
                "from-pin",
                hint=Text(
                    "a tag can move, however exact it looks; name the digest: FROM image@sha256:...",
                    "tag 写得再细也会移动；要写 digest：FROM 镜像@sha256:……",
                ),
            ),
        ),
        Check(Text("it prints the release", "打印版本"), 0.5, Prints("from-pin", "3.18.5")),
    ),
)

_EXEC = Text(
    "without a shell only the exec form works, with the whole path of the program",
    "没有 shell，只能用 exec 形式，程序要写完整路径",
)

_SCRATCH = Exercise(
    id="from-scratch",
    lesson=LESSON,
    title=Text("From nothing", "从零开始"),
    start=Start(files={"greeting.txt": "good morning\n"}),
    answers=(DockerfileAnswer("from-scratch"),),
    hints=(
        Text(
            "Without a base nobody can print anything: a program has to be copied in, too.",
            "没有基础镜像，就没有谁能打印：程序也得复制进来。",
        ),
        Text(
            "FROM scratch; one COPY from the context; one COPY --from=busybox:musl for /bin/busybox, which is many programs in one.",
            "FROM scratch；一条 COPY 从构建上下文取文件；一条 COPY --from=busybox:musl 取 /bin/busybox，它一个程序顶许多个。",
        ),
        Text(
            'The command is CMD ["/bin/busybox", "cat", "/..."]',
            '命令写成 CMD ["/bin/busybox", "cat", "/……"]',
        ),
    ),
    checks=(
        Check(
            Text("no base", "没有基础镜像"),
            0.75,
            FromScratch("from-scratch", hint=Text("FROM scratch", "FROM scratch")),
        ),
        Check(
            Text("two files", "两个文件"),
            0.75,
            FileCount(
                "from-scratch",
                2,
                hint=Text(
                    "copy the greeting and one program, not whole folders",
                    "只复制问候和一个程序，不要整个目录",
                ),
            ),
        ),
        Check(
            Text("the greeting of the context", "构建上下文里的问候"),
            0.5,
            Again(
                {"greeting.txt": "good night\n"},
                Text("with another greeting.txt", "换一个 greeting.txt"),
                FileHolds("from-scratch", "/greeting.txt", ("good night",)),
            ),
        ),
        Check(
            Text("a container prints it", "容器打印它"),
            1,
            Prints("from-scratch", "good morning", hint=_EXEC),
        ),
    ),
)

_STAGE = Exercise(
    id="from-stage",
    lesson=LESSON,
    title=Text("A stage with a name", "有名字的阶段"),
    start=Start(files={"numbers.txt": "10\n9\n1\n"}),
    answers=(DockerfileAnswer("from-stage"),),
    hints=(
        Text(
            "Two FROMs. The first stage does the work, the second one takes its result.",
            "两个 FROM。第一个阶段干活，第二个只拿结果。",
        ),
        Text(
            "AS gives a stage its name, COPY --from=NAME takes files from it. sort -n sorts numbers.",
            "AS 给阶段起名字，COPY --from=名字 从里面取文件。sort -n 按数字排序。",
        ),
        Text(
            "FROM alpine AS tidy, COPY, RUN sort -n /numbers.txt > /tidy.txt; FROM scratch, COPY --from=tidy ...",
            "FROM alpine AS tidy、COPY、RUN sort -n /numbers.txt > /tidy.txt；FROM scratch、COPY --from=tidy ……",
        ),
    ),
    checks=(
        Check(
            Text("the stage tidy stands on alpine", "阶段 tidy 站在 alpine 上"),
            0.5,
            AtStage("from-stage", "tidy", StandsOn("from-stage-tidy", "alpine")),
        ),
        Check(
            Text("the stage tidy has the numbers in order", "阶段 tidy 里的数字排好了"),
            0.5,
            AtStage(
                "from-stage",
                "tidy",
                FileHolds(
                    "from-stage-tidy",
                    "/tidy.txt",
                    ("1", "9", "10"),
                    hint=Text(
                        "sort compares texts, sort -n numbers",
                        "sort 按文本比较，sort -n 按数字比较",
                    ),
                ),
            ),
        ),
        Check(
            Text("the image has them, too", "最后的镜像里也有"),
            0.5,
            FileHolds("from-stage", "/tidy.txt", ("1", "9", "10")),
        ),
        Check(
            Text("and no other file", "没有别的文件"),
            0.5,
            FileCount(
                "from-stage",
                1,
                hint=Text(
                    "a second stage, FROM scratch, takes the one file",
                    "第二个阶段用 FROM scratch，只取那一个文件",
                ),
            ),
        ),
    ),
)

_CONFIG = Text("the config of the base is where a child begins", "子镜像以基础镜像的配置为起点")
_FILES_ONLY = Text(
    "COPY --from takes files; whose config is it then?",
    "COPY --from 只取文件；那配置是谁的？",
)

_INHERIT = Exercise(
    id="from-inherit",
    lesson=LESSON,
    title=Text("What comes along?", "什么会跟过来？"),
    answers=(LiteralAnswer("from-inherit"),),
    hints=(
        Text(
            "Two ways to use kit: as a base, and as a box of files.",
            "kit 有两种用法：当基础镜像，或者只当一箱文件。",
        ),
        Text(
            "A base gives files and config; an ENV in the child replaces a variable of the same name. COPY --from gives files.",
            "基础镜像既给文件也给配置；子镜像里的 ENV 会替换同名变量。COPY --from 只给文件。",
        ),
        Text(
            "two has the config of debian: no MODE, the folder /, the user root.",
            "two 的配置来自 debian：没有 MODE，目录是 /，用户是 root。",
        ),
    ),
    checks=(
        sealed(
            Text("four facts of each image", "每个镜像四项"),
            2,
            Sealed(
                "from-inherit",
                {
                    "MODE in one": "035b12fc498f253f70a6",
                    "folder of one": "92346f2631d613bad223",
                    "user of one": "9717f180e594e132a3ed",
                    "file in one": "27c7890c922ac555c2ed",
                    "MODE in two": "8b4c5bb2e4b5716a6380",
                    "folder of two": "50b495624fd60952e3df",
                    "user of two": "6456eab9fdf801b14a09",
                    "file in two": "2be18801b50aee6a1e48",
                },
                hints={
                    "MODE in one": Text(
                        "the child's own ENV comes later", "子镜像自己的 ENV 在后面"
                    ),
                    "folder of one": _CONFIG,
                    "user of one": _CONFIG,
                    "file in one": Text("its layers are those of kit", "它的层就是 kit 的层"),
                    "MODE in two": _FILES_ONLY,
                    "folder of two": _FILES_ONLY,
                    "user of two": _FILES_ONLY,
                    "file in two": Text(
                        "COPY takes what is in the folder", "COPY 取走目录里的内容"
                    ),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _PIN, _SCRATCH, _STAGE, _INHERIT)
