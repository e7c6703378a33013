"""The exercises of 12_cmd_entrypoint: which process, an image like a command, a clean stop."""

from course_lib.exercises.behaviour import Prints, Serves, Stops, TakesOver
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "12_cmd_entrypoint"

SERVER = """\
#!/bin/sh
trap 'echo "bye"; exit 0' TERM
echo "mode: ${1:-none}"
while true; do sleep 1; done
"""

_HINTS = {
    "a": Text("ENTRYPOINT first, then CMD", "先 ENTRYPOINT，后 CMD"),
    "b": Text("the argument replaces CMD only", "参数只顶替 CMD"),
    "c": Text(
        "the shell form is three arguments: the shell, -c, and the whole text as one",
        "shell 形式是三个参数：shell、-c、整段文本",
    ),
    "d": Text(
        "a CMD in shell form is appended with its /bin/sh -c",
        "shell 形式的 CMD 会连同 /bin/sh -c 一起接在后面",
    ),
    "e": Text("how many CMDs count?", "有几个 CMD 算数？"),
    "f": Text(
        "what does a new ENTRYPOINT do to the CMD of the base?",
        "新的 ENTRYPOINT 会怎样对待基础镜像的 CMD？",
    ),
}

_TABLE = Exercise(
    id="cmd-table",
    lesson=LESSON,
    title=Text("Which process?", "运行的是什么？"),
    hints=(
        Text(
            "ENTRYPOINT first, then CMD; words behind the image's name take the place of CMD.",
            "先 ENTRYPOINT，后 CMD；镜像名后面的词顶替 CMD。",
        ),
        Text(
            "The shell form is always three words: /bin/sh, -c, and the whole text in one string.",
            "shell 形式总是三个词：/bin/sh、-c、整段文字放在一个字符串里。",
        ),
        Text(
            'Build it and look: docker run -d --name one IMAGE, then docker container inspect -f "{{.Path}} {{json .Args}}" one.',
            '构建出来看一看：docker run -d --name one 镜像，再 docker container inspect -f "{{.Path}} {{json .Args}}" one。',
        ),
    ),
    answers=(LiteralAnswer("cmd-table"),),
    checks=(
        sealed(
            Text("six whole commands", "六条完整的命令"),
            3,
            Sealed(
                "cmd-table",
                {
                    "a": "9da3e27dc3914d300017",
                    "b": "b421ed1902a46471983b",
                    "c": "9a0bd73489fc7df113bb",
                    "d": "13586a4fb8167ea33c4f",
                    "e": "a52e374d87910760e0a8",
                    "f": "e9eb93006d65a5b8cac8",
                },
                hints=_HINTS,
            ),
        ),
    ),
)

_SPLIT = Text(
    "what never changes goes into ENTRYPOINT, the default into CMD, both in exec form",
    "不变的部分写进 ENTRYPOINT，默认参数写进 CMD，两个都用 exec 形式",
)

_GREET = Exercise(
    id="cmd-greet",
    lesson=LESSON,
    title=Text("An image like a command", "像命令一样的镜像"),
    hints=(
        Text(
            "What is the same in all three outputs, and what changes?",
            "三次输出里，哪部分不变，哪部分会变？",
        ),
        Text(
            "What stays belongs into ENTRYPOINT, what may be replaced into CMD. Both in exec form, or a shell swallows the words.",
            "不变的写进 ENTRYPOINT，会被顶替的写进 CMD。两个都用 exec 形式，否则词会被 shell 吞掉。",
        ),
        Text(
            'ENTRYPOINT ["echo", "hello"], and below it a CMD with one word.',
            'ENTRYPOINT ["echo", "hello"]，下面再写一个只有一个词的 CMD。',
        ),
    ),
    answers=(DockerfileAnswer("cmd-greet"),),
    hidden_points=0.5,
    checks=(
        Check(
            Text("without arguments it greets the world", "不带参数时向 world 问好"),
            1,
            Prints("cmd-greet", "hello world", hint=_SPLIT),
        ),
        Check(
            Text("an argument takes the place of world", "参数会顶替 world"),
            0.75,
            Prints("cmd-greet", "hello docker", ("docker",), hint=_SPLIT),
        ),
        Check(
            Text("two arguments are both there", "两个参数都在"),
            0.75,
            Prints("cmd-greet", "hello a b", ("a", "b"), hint=_SPLIT),
        ),
    ),
)

_SHELL = Text(
    "only a shell puts a value in the place of $M2_HOME: use the shell form",
    "把 $M2_HOME 换成值的是 shell：用 shell 形式",
)
_REPLACED = Text(
    "words after the image name replace CMD; an ENTRYPOINT stays in front of them",
    "镜像名后面的词顶替 CMD；ENTRYPOINT 则会留在它们前面",
)

_LOOK = ("ENV", "ENTRYPOINT", "CMD")

_ENV = Exercise(
    id="cmd-env",
    lesson=LESSON,
    title=Text("A default that knows the environment", "认得环境变量的默认命令"),
    hints=(
        Text(
            "Who puts the value in the place of $M2_HOME, and when?",
            "把 $M2_HOME 换成值的是谁？在什么时候？",
        ),
        Text(
            "Only a shell in the container knows what -e gave. And another command takes the place of CMD, never of ENTRYPOINT.",
            "只有容器里的 shell 知道 -e 给了什么。别的命令能顶替的是 CMD，不是 ENTRYPOINT。",
        ),
        Text(
            "ENV M2_HOME=/usr/share/maven3, then a CMD in shell form: CMD echo ...",
            "ENV M2_HOME=/usr/share/maven3，再写一个 shell 形式的 CMD：CMD echo ……",
        ),
    ),
    answers=(DockerfileAnswer("cmd-env"),),
    checks=(
        Check(
            Text("it prints M2_HOME", "打印 M2_HOME 的值"),
            0.5,
            Prints("cmd-env", "/usr/share/maven3", look=_LOOK, hint=_SHELL),
        ),
        Check(
            Text("it prints another value given with -e", "打印用 -e 另外给的值"),
            0.5,
            Prints(
                "cmd-env", "/opt/m2", options=("-e", "M2_HOME=/opt/m2"), look=_LOOK, hint=_SHELL
            ),
        ),
        Check(
            Text("another command takes its place", "可以换成别的命令"),
            0.5,
            TakesOver("cmd-env", "hi", ("echo", "hi"), look=_LOOK, hint=_REPLACED),
        ),
    ),
)

_START = Text(
    "a script must be executable (COPY --chmod=755), or a shell must run it (sh server.sh)",
    "脚本要有可执行权限（COPY --chmod=755），或者交给 shell 运行（sh server.sh）",
)
_MODE = Text(
    "the program in ENTRYPOINT, its mode in CMD, both in exec form",
    "程序写进 ENTRYPOINT，模式写进 CMD，两个都用 exec 形式",
)
_FIRST = Text(
    "the server itself must be process 1: exec form, or exec in a script that starts it",
    "服务器自己要成为 1 号进程：用 exec 形式，或者在启动它的脚本里用 exec",
)

_STOP = Exercise(
    id="cmd-stop",
    lesson=LESSON,
    title=Text("Stop cleanly", "体面地停下"),
    hints=(
        Text(
            "server.sh stops well by itself, if only it gets the signal. Which process gets it?",
            "只要收到信号，server.sh 自己就会好好停下。信号会发给哪个进程？",
        ),
        Text(
            "Make the script executable while it is copied. The program goes into ENTRYPOINT, its mode into CMD, both in exec form.",
            "复制的时候就给脚本加上可执行权限。程序写进 ENTRYPOINT，模式写进 CMD，都用 exec 形式。",
        ),
        Text(
            'COPY --chmod=755 server.sh /server.sh, then ENTRYPOINT ["/server.sh"] and CMD ["..."].',
            'COPY --chmod=755 server.sh /server.sh，然后 ENTRYPOINT ["/server.sh"] 和 CMD ["……"]。',
        ),
    ),
    start=Start(files={"server.sh": SERVER}),
    answers=(DockerfileAnswer("cmd-stop"),),
    checks=(
        Check(
            Text("it serves, fast by default", "启动后提供服务，默认 fast"),
            0.5,
            Serves("cmd-stop", "mode: fast", hint=_START),
        ),
        Check(
            Text("an argument sets the mode", "参数决定模式"),
            0.5,
            Serves("cmd-stop", "mode: slow", ("slow",), hint=_MODE),
        ),
        Check(Text("it stops at once", "立刻停下"), 1.5, Stops("cmd-stop", "bye", hint=_FIRST)),
    ),
)

_KEPT = Text(
    "a shell form swallows what follows it: write ENTRYPOINT as a JSON list",
    "shell 形式会吞掉后面的词：ENTRYPOINT 要写成 JSON 列表",
)

_SWALLOW = Exercise(
    id="cmd-swallow",
    lesson=LESSON,
    title=Text("Words that get lost", "不见了的词"),
    practice=True,
    hints=(
        Text(
            "Look at the whole command: %picture argv cmd-swallow",
            "看看完整的命令：%picture argv cmd-swallow",
        ),
        Text(
            "A shell form as ENTRYPOINT swallows what follows.",
            "shell 形式的 ENTRYPOINT 会吞掉后面的词。",
        ),
        Text('ENTRYPOINT ["echo", "..."]', 'ENTRYPOINT ["echo", "……"]'),
    ),
    answers=(DockerfileAnswer("cmd-swallow"),),
    checks=(
        Check(
            Text("it says good morning", "打印 good morning"),
            0.5,
            Prints("cmd-swallow", "good morning", hint=_KEPT),
        ),
        Check(
            Text("an argument takes the place of morning", "参数会顶替 morning"),
            0.5,
            Prints("cmd-swallow", "good night", ("night",), hint=_KEPT),
        ),
    ),
)

EXERCISES = (_TABLE, _GREET, _ENV, _STOP, _SWALLOW)
