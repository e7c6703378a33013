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
    hints=(
        Text(
            "Three commands: run a container that writes the file, commit it, remove it.",
            "三条命令：起一个写文件的容器，commit，删掉容器。",
        ),
        Text(
            "The file is a script: its first line is #!/bin/sh, and chmod +x makes it executable. All of that happens inside the one docker run.",
            "这个文件是脚本：第一行是 #!/bin/sh，再用 chmod +x 加上可执行权限。这些都在同一条 docker run 里做完。",
        ),
        Text(
            'docker run --name maker alpine sh -c "printf \'#!/bin/sh\\necho ready\\n\' > /usr/local/bin/tool; chmod +x ...", then docker commit -m "add tool" maker tool:1, then docker rm maker.',
            'docker run --name maker alpine sh -c "printf \'#!/bin/sh\\necho ready\\n\' > /usr/local/bin/tool; chmod +x ……"，然后 docker commit -m "add tool" maker tool:1，最后 docker rm maker。',
        ),
    ),
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
    hints=(
        Text(
            "The files are right already. Only the config has to change.",
            "文件已经对了，要改的只是配置。",
        ),
        Text(
            "One docker commit with three --change options: CMD, WORKDIR, ENV. Put each one in quotes.",
            "一条 docker commit，带三个 --change：CMD、WORKDIR、ENV。每个都用引号括起来。",
        ),
        Text(
            'docker commit --change \'CMD ["cat", "/app/note"]\' --change "WORKDIR /app" --change "ENV ..." draft app',
            'docker commit --change \'CMD ["cat", "/app/note"]\' --change "WORKDIR /app" --change "ENV ……" draft app',
        ),
    ),
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
    hints=(
        Text(
            "Write down for each container: its image, what is mounted where, what its own layer holds.",
            "给每个容器写下：它的镜像、哪里挂载了什么、它自己的层里有什么。",
        ),
        Text(
            "/log is a volume in c1, and a plain folder in c2. A commit keeps what is in the container's layer, deletions included.",
            "/log 在 c1 里是数据卷，在 c2 里只是普通目录。commit 留下容器那一层里的东西，包括删除。",
        ),
        Text(
            "third stands on second, and second on debian. Of the four paths, the two that c2 wrote are there.",
            "third 建立在 second 上，second 建立在 debian 上。四个路径里，c2 写的那两个在。",
        ),
    ),
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

_SUMS = Exercise(
    id="commit-sums",
    lesson=LESSON,
    title=Text("A command that shows the result", "能显示结果的命令"),
    practice=True,
    hints=(
        Text(
            "Which command does the committed image run? docker inspect shows it.",
            "提交出来的镜像会运行哪条命令？docker inspect 看得到。",
        ),
        Text(
            "docker commit --change 'CMD ...' sets another one on the way.",
            "docker commit --change 'CMD ……' 可以顺便换一条。",
        ),
        Text(
            'docker commit --change \'CMD ["cat", "/..."]\' sums sums:1',
            'docker commit --change \'CMD ["cat", "/……"]\' sums sums:1',
        ),
    ),
    start=Start(commands=('docker run --name sums alpine sh -c "echo 42 > /answer"',)),
    answers=(CommandsAnswer("commit-sums"),),
    checks=(
        Check(
            Text("one layer more than alpine, from a commit", "由 commit 得来，比 alpine 多一层"),
            0.5,
            OneMore("sums:1", "alpine"),
        ),
        Check(
            Text("sums:1 prints 42", "sums:1 打印 42"), 0.5, Prints("sums:1", "42", hint=_CHANGE)
        ),
    ),
)

EXERCISES = (_NEW_IMAGE, _CONFIG, _MISSES, _SUMS)
