"""The exercises of 04_arg: a version from outside, two stages, a secret that stays out, values."""

from course_lib.exercises.bases import StandsOn
from course_lib.exercises.combining import Provided
from course_lib.exercises.environment import HasEnvironment
from course_lib.exercises.files import FileHolds
from course_lib.exercises.leaks import NowhereIn
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.rebuilding import WithArguments
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "04_arg"

_DECLARE = Text(
    "a name exists in a stage only below its ARG line there",
    "在一个阶段里，名字只在该阶段的 ARG 那一行之后才存在",
)

_PRACTICE = Exercise(
    id="arg-hello",
    lesson=LESSON,
    title=Text("Hello, whoever you are", "你好，不管你是谁"),
    answers=(DockerfileAnswer("arg-hello"),),
    practice=True,
    hints=(
        Text("ARG NAME=default, below FROM.", "在 FROM 下面写 ARG 名字=默认值。"),
        Text(
            "A RUN below it finds the value in $WHO. It must write it into a file.",
            "它下面的 RUN 用 $WHO 就能拿到值，再写进文件。",
        ),
        Text(
            'FROM alpine, ARG WHO=world, RUN echo "hello $WHO" > ...',
            'FROM alpine，ARG WHO=world，RUN echo "hello $WHO" > ……',
        ),
    ),
    checks=(
        Check(
            Text("by default it greets the world", "默认向 world 问好"),
            0.5,
            FileHolds("arg-hello", "/hello.txt", ("hello world",), hint=_DECLARE),
        ),
        Check(
            Text("--build-arg greets somebody else", "用 --build-arg 换一个人问好"),
            0.5,
            WithArguments(
                {"WHO": "docker"},
                FileHolds("arg-hello", "/hello.txt", ("hello docker",), hint=_DECLARE),
            ),
        ),
    ),
)

_FROM_ARG = Text(
    "FROM can use a name only if an ARG above the first FROM declares it",
    "FROM 只能用第一个 FROM 之前的 ARG 声明过的名字",
)
_AGAIN = Text(
    "an ARG from above FROM is seen by FROM alone; repeat it below, without a value",
    "FROM 上面的 ARG 只有 FROM 看得到；要在 FROM 下面再写一次，不带值",
)

_VERSION = Exercise(
    id="arg-version",
    lesson=LESSON,
    title=Text("A version from outside", "版本由外面决定"),
    answers=(DockerfileAnswer("arg-version"),),
    hints=(
        Text(
            "The tag in FROM is a variable. Which ARG can FROM see?",
            "FROM 里的 tag 是一个变量。FROM 看得到哪个 ARG？",
        ),
        Text(
            "Two ARG lines: one above FROM, with the default, and one below it, so that RUN sees the name, too.",
            "要写两行 ARG：一行在 FROM 上面，带默认值；一行在下面，让 RUN 也看得到。",
        ),
        Text(
            "ARG ALPINE=3.18, FROM alpine:$ALPINE, ARG ALPINE, RUN echo ... > /base.txt",
            "ARG ALPINE=3.18，FROM alpine:$ALPINE，ARG ALPINE，RUN echo …… > /base.txt",
        ),
    ),
    checks=(
        Check(
            Text("alpine 3.18 by default", "默认是 alpine 3.18"),
            0.5,
            StandsOn("arg-version", "alpine:3.18", hint=_FROM_ARG),
        ),
        Check(
            Text("another alpine with --build-arg", "用 --build-arg 换一个 alpine"),
            1,
            WithArguments(
                {"ALPINE": "3.17"}, StandsOn("arg-version", "alpine:3.17", hint=_FROM_ARG)
            ),
        ),
        Check(
            Text("/base.txt holds the default", "/base.txt 里是默认值"),
            0.5,
            FileHolds("arg-version", "/base.txt", ("3.18",), hint=_AGAIN),
        ),
        Check(
            Text("/base.txt holds what --build-arg said", "/base.txt 里是 --build-arg 给的值"),
            1,
            WithArguments(
                {"ALPINE": "3.17"},
                FileHolds("arg-version", "/base.txt", ("3.17",), hint=_AGAIN),
            ),
        ),
    ),
)

_KEEP = Text(
    "ARG ends with the build; ENV NAME=$NAME hands its value on to containers",
    "ARG 随构建结束；用 ENV 名字=$名字 才能把值交给容器",
)

_STAGES = Exercise(
    id="arg-stages",
    lesson=LESSON,
    title=Text("In both stages", "两个阶段都要有"),
    answers=(DockerfileAnswer("arg-stages"),),
    hints=(
        Text(
            "The file builds, but every $TOOL_VERSION in it is empty. %picture scope shows where the name exists.",
            "文件能构建，可里面的 $TOOL_VERSION 都是空的。用 %picture scope 看看这个名字在哪些行上存在。",
        ),
        Text(
            "Each stage begins without ARGs. Declare the name in each of them; the default stays above the first FROM.",
            "每个阶段开头都没有 ARG。在每个阶段里声明这个名字，默认值留在第一个 FROM 之前。",
        ),
        Text(
            "The line ARG TOOL_VERSION below FROM alpine AS make, and once more below the second FROM.",
            "在 FROM alpine AS make 下面加一行 ARG TOOL_VERSION，第二个 FROM 下面再加一行。",
        ),
    ),
    checks=(
        Check(
            Text("/tool.txt of the first stage", "第一阶段写的 /tool.txt"),
            0.75,
            FileHolds("arg-stages", "/tool.txt", ("tool 1.4",), hint=_DECLARE),
        ),
        Check(
            Text("TOOL_VERSION in the container", "容器里的 TOOL_VERSION"),
            0.75,
            HasEnvironment("arg-stages", {"TOOL_VERSION": "1.4"}, hint=_KEEP),
        ),
        Check(
            Text("another version reaches the file", "换一个版本，文件跟着变"),
            0.75,
            WithArguments(
                {"TOOL_VERSION": "2.0"},
                FileHolds("arg-stages", "/tool.txt", ("tool 2.0",), hint=_DECLARE),
            ),
        ),
        Check(
            Text("and the container", "容器里也跟着变"),
            0.75,
            WithArguments(
                {"TOOL_VERSION": "2.0"},
                HasEnvironment("arg-stages", {"TOOL_VERSION": "2.0"}, hint=_KEEP),
            ),
        ),
    ),
)

FETCH = """\
#!/bin/sh
# stands for a download that asks for a token
[ -n "$1" ] || { echo "fetch: no token" >&2; exit 1; }
echo "data for $(echo "$1" | md5sum | cut -c1-6)"
"""
_TOKEN = "tiger-4711"  # noqa: S105 - the secret of an exercise, printed in its text
_DATA = FileHolds("arg-leak", "/data.txt", ("data for 1fde27",))
_OTHER = WithArguments(
    {"TOKEN": "heron-0815"}, FileHolds("arg-leak", "/data.txt", ("data for 5f98b3",))
)
_LEAVE = Text(
    "ARG and RUN lines of the last stage go into its history; use the token in an earlier stage and copy only the result",
    "最后一个阶段的 ARG 和 RUN 会进入历史；在前面的阶段里用 token，只把结果复制过来",
)

_LEAK = Exercise(
    id="arg-leak",
    lesson=LESSON,
    title=Text("A token that stays out", "不留下 token"),
    start=Start(files={"fetch.sh": FETCH}),
    answers=(DockerfileAnswer("arg-leak", build_args=(("TOKEN", _TOKEN),)),),
    hints=(
        Text(
            "Look at docker history --no-trunc of the image: which two lines tell the token?",
            "看看镜像的 docker history --no-trunc：哪两行泄露了 token？",
        ),
        Text(
            "Only the last stage becomes the image, with the history of that stage alone.",
            "只有最后一个阶段会成为镜像，历史也只有那个阶段的。",
        ),
        Text(
            "Give the stage a name, FROM alpine AS fetch; below it a second FROM alpine and COPY --from=fetch /data.txt ...",
            "给这个阶段起名：FROM alpine AS fetch；下面再写一个 FROM alpine 和 COPY --from=fetch /data.txt ……",
        ),
    ),
    checks=(
        Check(Text("/data.txt is there", "/data.txt 在"), 0.5, _DATA),
        Check(
            Text("the data comes from fetch.sh and the token", "数据确实是用 token 取来的"),
            0.5,
            _OTHER,
        ),
        Check(
            Text("the token stands nowhere in the image", "镜像里找不到 token"),
            1,
            Provided((_DATA, _OTHER), NowhereIn("arg-leak", _TOKEN, hint=_LEAVE)),
        ),
    ),
)

_VALUES = Exercise(
    id="arg-values",
    lesson=LESSON,
    title=Text("Which value?", "是哪个值？"),
    answers=(LiteralAnswer("arg-values"),),
    hints=(
        Text(
            "For each name ask: does it exist on this line? Since which line?",
            "对每个名字都问一句：在这一行它存在吗？从哪一行开始？",
        ),
        Text(
            "A default on the ARG line of the stage beats the one above FROM; --build-arg beats both.",
            "阶段里 ARG 行上的默认值压过 FROM 之前的；--build-arg 压过两者。",
        ),
        Text(
            "b: only C is there when the container runs, for it alone is an ENV.",
            "b：容器运行时只有 C 还在，因为只有它是 ENV。",
        ),
    ),
    checks=(
        sealed(
            Text("four lines of output", "四行输出"),
            2,
            Sealed(
                "arg-values",
                {
                    "a": "f05676635c0ce4f8547e",
                    "b": "ba6023701df7edcac319",
                    "c": "70508809209bf535d9ce",
                    "d": "a1bc2230e0099a1329d5",
                },
                hints={
                    "a": Text("which ARG line gives B its value?", "B 的值是哪一行 ARG 给的？"),
                    "b": Text(
                        "which of the three names does a container get?",
                        "容器能拿到三个名字里的哪几个？",
                    ),
                    "c": Text(
                        "--build-arg beats every default of the name",
                        "--build-arg 压过这个名字的所有默认值",
                    ),
                    "d": Text("C is worked out from A, during the build", "C 在构建时由 A 算出"),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _VERSION, _STAGES, _LEAK, _VALUES)
