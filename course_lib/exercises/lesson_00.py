"""The trial check of the welcome page. It is worth no points."""

from course_lib.exercises.state import HasFile
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise
from course_lib.text import Text

EXERCISES = (
    Exercise(
        id="welcome-first",
        lesson="00_welcome",
        title=Text("A first answer", "第一个答案"),
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
