"""The exercises of 09_expose: publish what listens, note TCP and UDP, what the host can see."""

from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.ports import AnswersWithP, Exposes, OnlyLocal, PublishAll, Reaches
from course_lib.exercises.values import (
    Check,
    CommandsAnswer,
    DockerfileAnswer,
    Exercise,
    LiteralAnswer,
    Start,
)
from course_lib.text import Text

LESSON = "09_expose"

_COLOUR = """\
FROM busybox
RUN mkdir /www && echo "{name}" > /www/index.html
CMD ["httpd", "-f", "-p", "80", "-h", "/www"]
"""

_PRACTICE = Exercise(
    id="expose-two",
    lesson=LESSON,
    title=Text("Two servers, one port inside", "两个服务，里面是同一个端口"),
    practice=True,
    start=Start(images={"red": _COLOUR.format(name="red"), "blue": _COLOUR.format(name="blue")}),
    answers=(CommandsAnswer("expose-two"),),
    hints=(
        Text("Each container has its own port 80.", "每个容器都有自己的 80 端口。"),
        Text(
            "On the host a port exists once, so each needs another one there.",
            "宿主机上每个端口只有一个，所以两个容器要用不同的。",
        ),
        Text(
            "docker run -d --name red -p 8081:80 red, and blue alike.",
            "docker run -d --name red -p 8081:80 red，blue 也一样。",
        ),
    ),
    checks=(
        Check(
            Text("red answers at 8081", "red 在 8081 应答"), 0.5, Reaches("red", "red", 8081, "red")
        ),
        Check(
            Text("blue answers at 8082", "blue 在 8082 应答"),
            0.5,
            Reaches("blue", "blue", 8082, "blue"),
        ),
    ),
)

SHOP = """\
FROM busybox
RUN mkdir /www && echo "the shop is open" > /www/index.html
EXPOSE 80
CMD ["httpd", "-f", "-p", "8000", "-h", "/www"]
"""

_PUBLISH = Exercise(
    id="expose-publish",
    lesson=LESSON,
    title=Text("Publish so that it is reachable", "发布到能访问为止"),
    start=Start(images={"shop": SHOP}),
    answers=(CommandsAnswer("expose-publish"),),
    hints=(
        Text(
            "EXPOSE is a note. On which port does the server listen? Read its CMD.",
            "EXPOSE 只是一条注记。服务究竟监听哪个端口？看它的 CMD。",
        ),
        Text(
            "-p HOST:CONTAINER: first the port on your machine, then the one on which the server listens.",
            "-p 宿主机端口:容器端口：先写你机器上的端口，再写服务监听的端口。",
        ),
        Text(
            "docker run -d --name front -p 8080:8000 shop; for office an address stands in front: -p 127.0.0.1:9090:...",
            "docker run -d --name front -p 8080:8000 shop；office 要在前面加上地址：-p 127.0.0.1:9090:……",
        ),
    ),
    checks=(
        Check(
            Text("front answers at 8080", "front 在 8080 应答"),
            2,
            Reaches("front", "shop", 8080, "the shop is open"),
        ),
        Check(
            Text("office answers at 9090", "office 在 9090 应答"),
            1,
            Reaches("office", "shop", 9090, "the shop is open"),
        ),
        Check(
            Text("office only on this machine", "office 只对本机开放"), 1, OnlyLocal("office", 9090)
        ),
    ),
)

_WANTED = ("80/tcp", "443/tcp", "53/udp")

_NOTE = Exercise(
    id="expose-note",
    lesson=LESSON,
    title=Text("Note the ports", "记下端口"),
    answers=(DockerfileAnswer("expose-note"),),
    hints=(
        Text(
            "EXPOSE takes several ports, with blanks between them; nginx is a base with a web server.",
            "EXPOSE 可以写多个端口，用空格隔开；nginx 是自带网页服务的基础镜像。",
        ),
        Text(
            "A port without a word behind it is TCP; UDP must be said: 53/udp.",
            "后面什么也不写就是 TCP；UDP 要写明：53/udp。",
        ),
        Text(
            "FROM nginx, then EXPOSE 80 443 ...; nginx has EXPOSE 80 already, a second time does no harm.",
            "FROM nginx，然后 EXPOSE 80 443 ……；nginx 已经有 EXPOSE 80，再写一次也没关系。",
        ),
    ),
    checks=(
        Check(
            Text("three ports in the config", "配置里有三个端口"),
            1.5,
            Exposes("expose-note", _WANTED),
        ),
        Check(
            Text("-P publishes these and no other", "-P 正好发布这三个"),
            0.75,
            PublishAll("expose-note", _WANTED),
        ),
        Check(
            Text("a web server answers on port 80", "80 端口有网页服务应答"),
            0.75,
            AnswersWithP("expose-note", 80),
        ),
    ),
)

_SEES = Exercise(
    id="expose-sees",
    lesson=LESSON,
    title=Text("What the host sees", "宿主机看到什么"),
    answers=(LiteralAnswer("expose-sees"),),
    hints=(
        Text(
            "Three things are different: noted (EXPOSE), published (-p, -P), open (a server listens).",
            "三件事要分开：记下（EXPOSE）、发布（-p、-P）、打开（有服务监听）。",
        ),
        Text(
            "-P takes what is noted; -p takes what you say, noted or not.",
            "-P 发布记下的端口；-p 发布你写的端口，记没记下都行。",
        ),
        Text(
            "a publishes nothing. d publishes the two noted ones and one more. e: curl speaks TCP.",
            "a 什么也不发布。d 发布记下的两个，再加一个。e：curl 说的是 TCP。",
        ),
    ),
    checks=(
        sealed(
            Text("six rows", "六行"),
            3,
            Sealed(
                "expose-sees",
                {
                    "a": "1ce3aca8192e15fc3d11",
                    "b": "82be55192c9d277f359d",
                    "c": "a709e3c67ff6e9fe6618",
                    "d": "9caf5ee476c1605fedb1",
                    "e": "3c08c3e02312651323ff",
                    "f": "092d76bab3c033cb647e",
                },
                hints={
                    "a": Text("who publishes here?", "这里是谁在发布？"),
                    "b": Text("-P takes every noted port", "-P 发布记下的每个端口"),
                    "c": Text("the host's port is the first number", "宿主机端口是前一个数字"),
                    "d": Text("-P and -p add up", "-P 和 -p 会相加"),
                    "e": Text("TCP and UDP are two different ports", "TCP 和 UDP 是两个不同的端口"),
                    "f": Text(
                        "a child inherits what its base notes", "子镜像会继承基础镜像记下的端口"
                    ),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _PUBLISH, _NOTE, _SEES)
