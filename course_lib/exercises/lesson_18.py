"""The exercises of 18_multistage: one layer, a stage for tests, tests as a gate, which stages are built."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.combining import Provided
from course_lib.exercises.files import FileCount, FileHolds
from course_lib.exercises.layersizes import AtMost, LayersInAll
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.placement import NotShipped
from course_lib.exercises.rebuilding import Again, FailsToBuild
from course_lib.exercises.stages import TargetFails
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "18_multistage"

_PRACTICE = Exercise(
    id="stages-sources",
    lesson=LESSON,
    title=Text("Three sources", "三个来源"),
    start=Start(files={"words.txt": "pear\napple\n"}),
    answers=(DockerfileAnswer("stages-sources"),),
    practice=True,
    hints=(
        Text(
            "Build it and read the messages one at a time. The first one: which stage has the number 1?",
            "构建一下，逐条看报错。先看第一条：编号 1 是哪个阶段？",
        ),
        Text(
            "Stages count from 0. A path behind --from=... begins at the root of that stage, WORKDIR or not.",
            "阶段从 0 数起。--from=…… 后面的路径从那个阶段的根目录算起，和 WORKDIR 无关。",
        ),
        Text(
            'There is no shell on scratch: CMD ["/bin/busybox", "cat", "/sorted.txt"].',
            'scratch 上没有 shell：CMD ["/bin/busybox", "cat", "/sorted.txt"]。',
        ),
    ),
    checks=(
        Check(Text("two files", "两个文件"), 0.5, FileCount("stages-sources", 2)),
        Check(
            Text("a container prints the sorted words", "容器打印排好序的词"),
            0.5,
            Prints("stages-sources", "apple\npear"),
        ),
    ),
)

HELLO = """\
#include <stdio.h>

int main(void) {
    puts("hello from C");
    return 0;
}
"""
_OTHER_HELLO = """\
#include <stdio.h>

int main(void) {
    puts("good morning from C");
    return 0;
}
"""
_STATIC = Text(
    "on scratch there is no C library: link it into the program with gcc -static",
    "scratch 上没有 C 库：用 gcc -static 把它链接进程序里",
)
_LAST = Text(
    "begin a second stage with FROM scratch, and let one COPY --from=... take the program",
    "用 FROM scratch 开始第二个阶段，用一条 COPY --from=…… 取程序",
)
_RUNS = Prints("stages-cut", "hello from C", hint=_STATIC)

_COMPILED = Again(
    {"hello.c": _OTHER_HELLO},
    Text("with another hello.c", "换一个 hello.c"),
    Prints(
        "stages-cut",
        "good morning from C",
        hint=Text(
            "hello.c is compiled while the image is built: gcc -static -o /hello hello.c",
            "hello.c 要在构建时编译：gcc -static -o /hello hello.c",
        ),
    ),
)

_CUT = Exercise(
    id="stages-cut",
    lesson=LESSON,
    title=Text("Down to one layer", "只剩一层"),
    start=Start(files={"hello.c": HELLO}),
    answers=(DockerfileAnswer("stages-cut"),),
    hints=(
        Text(
            "What does a container need of these 167 MB? And where does the rest have to stay?",
            "这 167 MB 里，容器用得到的是哪些？其余的应该留在哪里？",
        ),
        Text(
            "Two FROMs: the file as it stands becomes the first stage, with AS and a name. The second stage begins empty and takes one file.",
            "两个 FROM：原来的文件用 AS 起个名字，成为第一个阶段；第二个阶段从空的开始，只取一个文件。",
        ),
        Text(
            'gcc -static, then FROM scratch, COPY --from=... /hello /hello, and CMD ["/hello"].',
            'gcc 加上 -static，然后 FROM scratch、COPY --from=…… /hello /hello、CMD ["/hello"]。',
        ),
    ),
    checks=(
        Check(Text("a container says hello", "容器打印问候"), 1, _RUNS),
        Check(
            Text("the program is made from hello.c", "程序由 hello.c 编译而来"),
            1,
            _COMPILED,
        ),
        Check(
            Text("one layer", "一层"),
            1,
            Provided((_RUNS, _COMPILED), LayersInAll("stages-cut", 1, hint=_LAST)),
        ),
        Check(
            Text("small", "够小"),
            1,
            Provided((_RUNS, _COMPILED), AtMost("stages-cut", 0.1, hint=_LAST)),
        ),
    ),
)

PRICES = "tea 2\nsoup 4\ncake 3\n"
CHECK = """\
#!/bin/sh
# sh check.sh FILE: every line has a name and a price
while read -r name price; do
    case "$price" in
        '' | *[!0-9]*) echo "no price: $name"; exit 1 ;;
    esac
done < "$1"
echo "all prices are numbers"
"""
_NO_PRICE = "tea 2\nsoup four\ncake 3\n"
_ALWAYS_FAILS = "#!/bin/sh\necho 'not today'\nexit 3\n"
_SORTED = ("cake 3", "soup 4", "tea 2")
_FILES = {"prices.txt": PRICES, "check.sh": CHECK}
_BAD_LINE = Text("with a line that has no price", "有一行没有价格时")
_RUN_IT = Text(
    "a stage AS test that copies both files and runs the script: RUN sh check.sh prices.txt",
    "用 AS test 起名的阶段复制这两个文件并运行脚本：RUN sh check.sh prices.txt",
)
_NOT_NEEDED = Text(
    "a stage that the last one neither stands on nor copies from is not built",
    "最后的阶段既不建立在它上面、也不从它复制，它就不会构建",
)
_HAS_SORTED = FileHolds("stages-test", "/srv/prices.txt", _SORTED)

_TEST = Exercise(
    id="stages-test",
    lesson=LESSON,
    title=Text("Tests when asked for", "需要时才跑测试"),
    start=Start(files=_FILES),
    answers=(DockerfileAnswer("stages-test"),),
    hints=(
        Text(
            "Which stages does a build leave out? Make the tests one of those.",
            "哪些阶段构建时会被跳过？让测试成为这样的阶段。",
        ),
        Text(
            "The stage test stands above the last one, and the last one doesn't mention it.",
            "test 阶段写在最后一个阶段上面，而最后一个阶段不提到它。",
        ),
        Text(
            "FROM alpine AS test, COPY prices.txt check.sh /, RUN sh /check.sh /prices.txt; then FROM alpine, COPY prices.txt, RUN sort ... > /srv/prices.txt",
            "FROM alpine AS test、COPY prices.txt check.sh /、RUN sh /check.sh /prices.txt；然后 FROM alpine、COPY prices.txt、RUN sort …… > /srv/prices.txt",
        ),
    ),
    checks=(
        Check(Text("the sorted prices", "排好序的价目"), 0.5, _HAS_SORTED),
        Check(
            Text("the image has no check.sh", "镜像里没有 check.sh"),
            0.5,
            Provided((_HAS_SORTED,), NotShipped("stages-test", "check.sh", hint=_RUN_IT)),
        ),
        Check(
            Text("the stage test finds a line without a price", "test 阶段能发现没有价格的行"),
            0.5,
            TargetFails("stages-test", "test", {"prices.txt": _NO_PRICE}, _BAD_LINE, hint=_RUN_IT),
        ),
        Check(
            Text("it runs check.sh, whatever stands in it", "不管 check.sh 里写了什么，都会运行它"),
            0.5,
            TargetFails(
                "stages-test",
                "test",
                {"check.sh": _ALWAYS_FAILS},
                Text("with a check.sh that always fails", "换一个总是失败的 check.sh"),
                hint=_RUN_IT,
            ),
        ),
        Check(
            Text("a plain build doesn't run it", "普通构建不运行它"),
            0.5,
            Again(
                {"prices.txt": _NO_PRICE},
                _BAD_LINE,
                FileHolds(
                    "stages-test",
                    "/srv/prices.txt",
                    ("cake 3", "soup four", "tea 2"),
                    hint=_NOT_NEEDED,
                ),
            ),
        ),
    ),
)

_ONE_FILE = FileHolds("stages-gate", "/prices.txt", ("tea 2", "soup 4", "cake 3"))

_GATE = Exercise(
    id="stages-gate",
    lesson=LESSON,
    title=Text("No image without tests", "测试不过，没有镜像"),
    start=Start(files=_FILES),
    answers=(DockerfileAnswer("stages-gate"),),
    hints=(
        Text(
            "The last stage has to need the tests, so that no build can leave them out.",
            "要让最后的阶段离不开测试，这样构建就没法跳过它。",
        ),
        Text(
            "A stage is needed when something is copied from it. Which file could the last stage take from the tests?",
            "从一个阶段复制了东西，就离不开它。最后的阶段可以从测试阶段拿哪个文件？",
        ),
        Text(
            "FROM scratch, COPY --from=test /prices.txt /prices.txt: the file that has passed, not the one of the context.",
            "FROM scratch、COPY --from=test /prices.txt /prices.txt：拿通过了测试的那个文件，而不是构建上下文里的。",
        ),
    ),
    checks=(
        Check(Text("the prices", "价目"), 0.5, _ONE_FILE),
        Check(
            Text("and no other file", "没有别的文件"),
            0.5,
            Provided(
                (_ONE_FILE,),
                FileCount(
                    "stages-gate",
                    1,
                    hint=Text(
                        "a last stage FROM scratch takes the one file",
                        "最后一个阶段用 FROM scratch，只取这一个文件",
                    ),
                ),
            ),
        ),
        Check(
            Text("a line without a price stops the build", "有一行没有价格，构建就停下"),
            1,
            FailsToBuild(
                "stages-gate",
                {"prices.txt": _NO_PRICE},
                _BAD_LINE,
                hint=Text(
                    "take the file from the stage that has tested it: COPY --from=...",
                    "从测试过它的那个阶段取文件：COPY --from=……",
                ),
            ),
        ),
    ),
)

_WHICH = Exercise(
    id="stages-which",
    lesson=LESSON,
    title=Text("Which stages, how large?", "构建哪些阶段，有多大？"),
    answers=(LiteralAnswer("stages-which"),),
    hints=(
        Text(
            "Begin at the target and follow FROM and COPY --from upwards.",
            "从目标阶段出发，顺着 FROM 和 COPY --from 往上找。",
        ),
        Text(
            "BuildKit builds what you have met on the way. The older builder begins at the top and stops behind the target.",
            "BuildKit 构建的就是一路上遇到的阶段。旧构建器从头开始，做到目标阶段为止。",
        ),
        Text(
            "An image has the layers that its own stage stands on, and its own. What COPY --from takes counts, the stage it comes from does not.",
            "镜像的层是它那个阶段的底子加上自己的。COPY --from 取来的文件算，被取的那个阶段不算。",
        ),
    ),
    checks=(
        sealed(
            Text("three lists and three numbers", "三个列表和三个数"),
            1.5,
            Sealed(
                "stages-which",
                {
                    "a": "e1d82f842c3edf0d31f3",
                    "b": "2f16d4ac5a0236f0b179",
                    "c": "f6cf92c6263ee608d8d9",
                    "d": "7acc50df139c64aa313d",
                    "e": "8005e0ae05fc6005fb87",
                    "f": "793e3d0bee322e5d113c",
                },
                hints={
                    "a": Text(
                        "what does the last stage copy from, and what does that stand on?",
                        "最后的阶段从谁那里复制？那个阶段又建立在谁上面？",
                    ),
                    "b": Text(
                        "dev stands on base, and copies nothing", "dev 建立在 base 上，什么也不复制"
                    ),
                    "c": Text(
                        "the older builder leaves out only what stands below the target",
                        "旧构建器只省掉写在目标下面的阶段",
                    ),
                    "d": Text("scratch, and one file", "scratch 加一个文件"),
                    "e": Text("all layers from the base on", "从基础镜像起的所有层"),
                    "f": Text(
                        "how many instructions of the last stage work on files?",
                        "最后的阶段有几条指令动文件？",
                    ),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _CUT, _TEST, _GATE, _WHICH)
