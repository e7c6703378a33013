"""The trial check of the welcome page. It is worth no points."""

from course_lib.exercises.state import HasFile
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise
from course_lib.text import Text

EXERCISES = (
    Exercise(
        id="welcome-first",
        lesson="00_welcome",
        title=Text("A first answer", "第一个答案"),
        hints=(
            Text(
                "Two lines: the image that you start from, then a RUN.",
                "两行：先写从哪个镜像开始，再写一条 RUN。",
            ),
            Text(
                "A shell writes a file with >, as in echo hello > /file.",
                "在 shell 里用 > 写文件，比如 echo hello > /文件。",
            ),
            Text(
                "FROM alpine, and below it RUN echo hello > /...",
                "FROM alpine，下一行 RUN echo hello > /……",
            ),
        ),
        answers=(DockerfileAnswer("welcome-first"),),
        checks=(
            Check(
                Text("the image has a file /me.txt", "镜像里有文件 /me.txt"),
                0,
                HasFile("welcome-first", "/me.txt"),
            ),
        ),
    ),
)
