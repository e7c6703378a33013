"""The exercises of 02_commit: one new layer, the config on the way, what a commit misses."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.state import Message, NoneLeft, OneMore, ParentUnchanged
from course_lib.exercises.values import Check, CommandsAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "02_commit"
_TOOL = "/usr/local/bin/tool"

_EXECUTABLE = Text(
    "a script begins with #!/bin/sh, and chmod +x makes it executable",
    "脚本第一行是 #!/bin/sh，再用 chmod +x 加上可执行权限",
)
_CHANGE = Text(
    "docker commit --change INSTRUCTION ..., in the words of a Dockerfile: CMD, WORKDIR, ENV",
    "docker commit --change 指令 ...，写法和 Dockerfile 一样：CMD、WORKDIR、ENV",
)

_NEW_IMAGE = Exercise(
    id="commit-tool",
    lesson=LESSON,
    title=Text("A new image, the old one unchanged", "做出新镜像，旧的不变"),
    answers=(CommandsAnswer("commit-tool"),),
    checks=(
        Check(
            Text("the tool runs in tool:1", "tool:1 里的工具能运行"),
            1.5,
            Prints("tool:1", "ready", options=("--entrypoint", _TOOL), hint=_EXECUTABLE),
        ),
        Check(
            Text("one layer more than alpine, from a commit", "由 commit 得来，比 alpine 多一层"),
            1,
            OneMore("tool:1", "alpine"),
        ),
        Check(Text("the message", "提交说明"), 0.5, Message("tool:1", "add tool")),
        Check(
            Text("alpine is unchanged", "alpine 没有变"), 0.5, ParentUnchanged("tool:1", "alpine")
        ),
        Check(Text("no container is left", "没有留下容器"), 0.5, NoneLeft("tool:1")),
    ),
)

_CONFIG = Exercise(
    id="commit-config",
    lesson=LESSON,
    title=Text("Set the config on the way", "顺便设置配置"),
    start=Start(
        commands=('docker run --name draft alpine sh -c "mkdir /app; echo hi > /app/note"',)
    ),
    answers=(CommandsAnswer("commit-config"),),
    checks=(
        Check(
            Text("app prints its note", "app 打印它的便条"), 1, Prints("app", "hi", hint=_CHANGE)
        ),
        Check(
            Text("a shell starts in /app", "shell 从 /app 开始"),
            1,
            Prints("app", "/app", ("-c", "pwd"), ("--entrypoint", "/bin/sh"), hint=_CHANGE),
        ),
        Check(
            Text("STAGE is test", "STAGE 的值是 test"),
            1,
            Prints("app", "test", ("-c", "echo $STAGE"), ("--entrypoint", "/bin/sh"), hint=_CHANGE),
        ),
    ),
)

_HINTS = {
    "ancestors": Text(
        "the nearest first: the image of container c2, then the image of container c1",
        "由近到远：先是容器 c2 的镜像，再是容器 c1 的镜像",
    ),
    "/log/one": Text("where does the volume lie?", "数据卷放在哪里？"),
    "/etc/two": Text("the second commit keeps deletions, too", "第二次 commit 也会记下删除"),
    "/srv/three": Text("it was in the writable layer of c2", "它在 c2 的可写层里"),
    "/log/four": Text(
        "was anything mounted at /log in container c2?", "容器 c2 的 /log 挂载了东西吗？"
    ),
}

_MISSES = Exercise(
    id="commit-misses",
    lesson=LESSON,
    title=Text("Ancestors, and what is missing", "祖先，以及缺了什么"),
    answers=(LiteralAnswer("commit-misses"),),
    checks=(
        sealed(
            Text("the ancestors and four paths", "祖先和四个路径"),
            3,
            Sealed(
                "commit-misses",
                {
                    "ancestors": "269f56774276083f5a64",
                    "/log/one": "ad25e9e54fb307826eab",
                    "/etc/two": "ca083d11d02fcf3ed692",
                    "/srv/three": "4feda19c14c438d62a12",
                    "/log/four": "6883d1d9dbdac0d73834",
                },
                hints=_HINTS,
            ),
        ),
    ),
)

EXERCISES = (_NEW_IMAGE, _CONFIG, _MISSES)
