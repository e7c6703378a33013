"""The exercises of 19_health_stop_shell: a check that asks the server, a signal, a shell, a story of states."""

from course_lib.exercises.behaviour import Prints, Serves, Stops
from course_lib.exercises.children import ChildFails, InChild
from course_lib.exercises.combining import Provided
from course_lib.exercises.files import FileHolds
from course_lib.exercises.health import Asked, HealthStory, HealthTimes, TellsHealth
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.rebuilding import Again
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.exercises.webpages import ServesPage
from course_lib.text import Text

LESSON = "19_health_stop_shell"

_PRACTICE = Exercise(
    id="health-mend",
    lesson=LESSON,
    title=Text("Mend a check", "改好一个检查"),
    answers=(DockerfileAnswer("health-mend"),),
    practice=True,
    hints=(
        Text(
            "Build it and read docker's message. What does a time need besides its number?",
            "构建一下，看 docker 怎么说。时间除了数字还要写什么？",
        ),
        Text(
            "In exec form each word is a string of its own; as it stands docker looks for a program with blanks in its name.",
            "exec 形式里每个词是一个字符串；照现在这样写，docker 会去找一个名字里带空格的程序。",
        ),
        Text(
            'The time is 5s, and the command three words: ["curl", "-f", "http://localhost/"].',
            '时间写成 5s，命令写成三个词：["curl", "-f", "http://localhost/"]。',
        ),
    ),
    checks=(
        Check(
            Text("it tells a server from none", "分得清有没有服务"),
            1,
            TellsHealth("health-mend"),
        ),
    ),
)

_PAGE = "<h1>The shop is open</h1>"
_SERVED = ServesPage("health-web", 80, (_PAGE,))
_ASK = Text(
    "ask the server for its page, as a visitor does: curl -f http://localhost/",
    "像访客那样向服务器要网页：curl -f http://localhost/",
)

_WEB = Exercise(
    id="health-web",
    lesson=LESSON,
    title=Text("Is the shop open?", "店开着吗？"),
    start=Start(files={"index.html": f"{_PAGE}\n"}),
    answers=(DockerfileAnswer("health-web"),),
    hints=(
        Text(
            "What would you do to find out whether a web server works? The check does the same, inside the container.",
            "你自己会怎么确认网站是好的？检查做的是同一件事，只不过在容器里面。",
        ),
        Text(
            "curl ends with 0 even if the server answers with an error page; with -f it doesn't. The two numbers are options of HEALTHCHECK.",
            "服务器返回错误页面时，curl 的退出码还是 0；加上 -f 就不是了。两个数字是 HEALTHCHECK 的选项。",
        ),
        Text(
            "FROM nginx:alpine, COPY index.html /usr/share/nginx/html/, HEALTHCHECK --interval=5s --retries=2 CMD curl -f ...",
            "FROM nginx:alpine、COPY index.html /usr/share/nginx/html/、HEALTHCHECK --interval=5s --retries=2 CMD curl -f ……",
        ),
    ),
    checks=(
        Check(Text("the page is served", "能提供网页"), 0.5, _SERVED),
        Check(
            Text("it tells a server from none", "分得清有没有服务"),
            1,
            Provided((_SERVED,), TellsHealth("health-web", hint=_ASK)),
        ),
        Check(
            Text(
                "it notices that the page is gone, and that it is back",
                "网页没了、又回来了，它都知道",
            ),
            1.5,
            Provided(
                (_SERVED,),
                HealthStory(
                    "health-web",
                    (
                        Asked(Text("after the first question", "第一次检查之后"), "healthy"),
                        Asked(
                            Text(
                                "the page is taken away; after so many failures as retries",
                                "拿走网页，失败次数达到 retries 之后",
                            ),
                            "unhealthy",
                            "mv /usr/share/nginx/html /usr/share/nginx/away",
                            0,
                        ),
                        Asked(
                            Text(
                                "the page is back; after the next question",
                                "放回网页，下一次检查之后",
                            ),
                            "healthy",
                            "mv /usr/share/nginx/away /usr/share/nginx/html",
                        ),
                    ),
                    hint=_ASK,
                ),
            ),
        ),
        Check(
            Text("every 5 seconds, 2 failures", "每 5 秒一次，2 次失败"),
            1,
            Provided(
                (_SERVED,),
                HealthTimes(
                    "health-web",
                    5,
                    2,
                    hint=Text(
                        "HEALTHCHECK --interval=5s --retries=2 CMD ...",
                        "HEALTHCHECK --interval=5s --retries=2 CMD ……",
                    ),
                ),
            ),
        ),
    ),
)

SERVE = """\
#!/bin/sh
trap 'echo "all is saved"; exit 0' QUIT
echo "serving"
while true; do sleep 1; done
"""
_OTHER_SERVE = """\
#!/bin/sh
trap 'echo "the till is counted"; exit 0' QUIT
echo "serving"
while true; do sleep 1; done
"""
_START = Text(
    'the script is not executable: let a shell run it, CMD ["sh", "/serve.sh"], or COPY --chmod=755',
    '脚本没有可执行权限：交给 shell 运行，CMD ["sh", "/serve.sh"]，或者 COPY --chmod=755',
)
_SIGNAL = Text(
    "the script has a handler for one signal, and STOPSIGNAL says which one docker stop sends",
    "脚本只处理一种信号；docker stop 发哪种信号，由 STOPSIGNAL 决定",
)

_STOP = Exercise(
    id="stop-saves",
    lesson=LESSON,
    title=Text("The signal it knows", "它认得的信号"),
    start=Start(files={"serve.sh": SERVE}),
    answers=(DockerfileAnswer("stop-saves"),),
    hints=(
        Text(
            "Which signal does docker stop send, and for which one has the script a handler?",
            "docker stop 发的是什么信号？脚本处理的又是什么信号？",
        ),
        Text(
            "One instruction of this lesson changes the signal. And the script has to be process 1.",
            "这一课有一条指令可以换信号。另外，脚本得是 1 号进程。",
        ),
        Text(
            'COPY serve.sh /, STOPSIGNAL SIGQUIT, CMD ["sh", "/serve.sh"]',
            'COPY serve.sh /、STOPSIGNAL SIGQUIT、CMD ["sh", "/serve.sh"]',
        ),
    ),
    checks=(
        Check(Text("it serves", "提供服务"), 0.5, Serves("stop-saves", "serving", hint=_START)),
        Check(
            Text("it saves and stops at once", "保存之后立刻停下"),
            1.5,
            Stops("stop-saves", "all is saved", hint=_SIGNAL),
        ),
        Check(
            Text("whatever the script says at the end", "不管脚本最后说什么"),
            0.5,
            Again(
                {"serve.sh": _OTHER_SERVE},
                Text("with another serve.sh", "换一个 serve.sh"),
                Stops("stop-saves", "the till is counted", hint=_SIGNAL),
            ),
        ),
    ),
)

_INHERITED = Text(
    "SHELL is inherited: what you set here holds for the shell forms of every child",
    "SHELL 会继承：在这里设置的，对每个子镜像的 shell 形式都有效",
)
_LOOK = ("FROM", "SHELL")

_SHELL = Exercise(
    id="shell-base",
    lesson=LESSON,
    title=Text("A shell for everybody", "给大家一个 shell"),
    answers=(DockerfileAnswer("shell-base"),),
    hints=(
        Text(
            "Which instruction decides what runs the shell forms, and is it inherited?",
            "shell 形式由谁来运行，是哪条指令决定的？它会不会继承？",
        ),
        Text(
            "The list is the beginning of the command; the text of the RUN comes after it. So -c has to be its last word.",
            "这个列表是命令的开头，RUN 的文字接在后面，所以最后一个词必须是 -c。",
        ),
        Text(
            'FROM debian, SHELL ["/bin/bash", "-o", "...", "-c"]',
            'FROM debian、SHELL ["/bin/bash", "-o", "……", "-c"]',
        ),
    ),
    checks=(
        Check(
            Text("a RUN of a child is run by bash", "子镜像的 RUN 由 bash 运行"),
            0.75,
            InChild(
                "shell-base",
                {},
                "shell-words",
                FileHolds("shell-words", "/words", ("one two",)),
                more="RUN echo {one,two} > /words\n",
                look=_LOOK,
                hint=_INHERITED,
            ),
        ),
        Check(
            Text("a failing pipe fails its build", "管道出错，构建就失败"),
            0.75,
            ChildFails(
                "shell-base",
                "RUN cat /no-such-file | sort > /sorted\n",
                look=_LOOK,
                hint=Text(
                    "a pipe counts as its last command unless the option pipefail is on: -o pipefail",
                    "管道只看最后一条命令，除非打开 pipefail 选项：-o pipefail",
                ),
            ),
        ),
        Check(
            Text("a CMD of a child, too", "子镜像的 CMD 也一样"),
            0.5,
            InChild(
                "shell-base",
                {},
                "shell-command",
                Prints("shell-command", "bash"),
                more="CMD [[ -d /etc ]] && echo bash\n",
                look=_LOOK,
                hint=_INHERITED,
            ),
        ),
    ),
)

_TIMES = Exercise(
    id="health-times",
    lesson=LESSON,
    title=Text("What is it called, and when?", "什么时候是什么状态？"),
    answers=(LiteralAnswer("health-times"),),
    hints=(
        Text(
            "Write down the questions first: at 10, 20, 30, ... seconds. Which of them fail?",
            "先列出检查的时刻：10、20、30…… 秒。哪几次会失败？",
        ),
        Text(
            "A failure in the start period does not count; one success makes it healthy; two failures in a row make it unhealthy.",
            "start period 里的失败不计；成功一次就是 healthy；连续失败两次就是 unhealthy。",
        ),
        Text(
            "10 fails and doesn't count, 20 fails and is the first, 30 passes. For f: which signal can nobody refuse, and what is 128 plus its number?",
            "10 秒失败但不计，20 秒失败算第一次，30 秒通过。f：哪个信号谁也拒绝不了？128 加上它的编号是多少？",
        ),
    ),
    checks=(
        sealed(
            Text("five states and an exit code", "五个状态和一个退出码"),
            1.5,
            Sealed(
                "health-times",
                {
                    "a": "8c127df2235c6e35765b",
                    "b": "ceb6793eb25d940041ce",
                    "c": "78b814db2afe635e85f4",
                    "d": "dd4532c1baf2d6de8d47",
                    "e": "c0e9c3e8d447eb3ccc26",
                    "f": "0010f058babb3c35e81f",
                },
                hints={
                    "a": Text(
                        "a failure in the start period does not count", "start period 里的失败不计"
                    ),
                    "b": Text("how many failures count by now?", "到这时计入了几次失败？"),
                    "c": Text("how many successes does it take?", "要成功几次？"),
                    "d": Text(
                        "two failures in a row; which one is this?", "要连续失败两次，这是第几次？"
                    ),
                    "e": Text("60 and 70 both failed", "60 秒和 70 秒都失败了"),
                    "f": Text(
                        "128 plus the number of the signal that ended it",
                        "128 加上让它结束的那个信号的编号",
                    ),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _WEB, _STOP, _SHELL, _TIMES)
