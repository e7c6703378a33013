# %% [markdown] lang="en"
# # 19 HEALTHCHECK, STOPSIGNAL, SHELL
#
# After this lesson you can
#
# * let docker ask a container whether it works, and read the answers;
# * say when a container is `starting`, `healthy` or `unhealthy`;
# * choose the signal that `docker stop` sends, and explain the exit code that follows;
# * choose the shell that runs every shell form of a Dockerfile.
#
# Reading 20 minutes, exercises 20 minutes. The notes say nothing of these three, but for one comment about RUN.

# %% [markdown] lang="zh"
# # 19 HEALTHCHECK、STOPSIGNAL、SHELL
#
# 学完这一课，你能
#
# * 让 docker 去问容器是否正常工作，并看懂它的回答；
# * 说清容器什么时候是 `starting`、`healthy`、`unhealthy`；
# * 选择 `docker stop` 发送的信号，并解释随后的退出码；
# * 选择由哪个 shell 来运行 Dockerfile 里所有的 shell 形式。
#
# 阅读 20 分钟，习题 20 分钟。笔记没有讲这三条指令，只有 RUN 那里的一行注释与此有关。

# %% [markdown] lang="en"
# ## Running is not working
#
# Here is a web server in a [container](99_glossary.ipynb#container). Somebody takes its page away. The cell below is a script at the terminal of the host; `sleep` lets time pass.
#
# **Predict, then run.** What does `docker ps` say of it at the end?

# %% [markdown] lang="zh"
# ## 在运行，不等于在工作
#
# 一个[容器](99_glossary.ipynb#container)里跑着 Web 服务器，有人把它的网页拿走了。下面的单元格是宿主机终端上的一段脚本；`sleep` 让时间过去。
#
# **先猜再运行。** 最后 `docker ps` 会怎么说它？

# %%
# %%host
docker run -d --name plain -p 8080:80 nginx:alpine
docker exec plain rm /usr/share/nginx/html/index.html
sleep 60
curl -s -o /dev/null -w "the visitor gets %{http_code}\n" localhost:8080
docker ps --format "{{.Names}}: {{.Status}}"

# %% [markdown] lang="en"
# It is `Up`: its process runs, and docker knows no more. HEALTHCHECK tells docker *how to ask*. It names a command that docker runs **inside the container**, again and again: exit code 0 means
# it works, 1 means it doesn't. Here is a [health check](99_glossary.ipynb#health-check):

# %% [markdown] lang="zh"
# 状态是 `Up`：进程在运行，别的 docker 一概不知。HEALTHCHECK 告诉 docker *怎么问*。它写一条命令，docker 反复**在容器里面**运行：退出码 0 表示正常，
# 1 表示不正常。下面就是一个[健康检查](99_glossary.ipynb#health-check)：

# %%
# %%dockerfile shop
FROM nginx:alpine
HEALTHCHECK --interval=5s --timeout=3s --retries=3 CMD curl -f http://localhost/ || exit 1

# %% [markdown] lang="en"
# `curl -f` ends with an exit code other than 0 when the server answers with an error; `|| exit 1` makes it a plain 1. The check is asked every five seconds, may take three seconds, and three failures
# in a row are needed.
#
# **Predict, then run.** What stands in the column STATUS each time?

# %% [markdown] lang="zh"
# 服务器回应错误时，`curl -f` 的退出码不是 0；`|| exit 1` 把它统一成 1。每五秒问一次，最多等三秒，连续失败三次才算数。
#
# **先猜再运行。** STATUS 一列每次写的是什么？

# %%
# %%host
docker run -d --name shop shop
sleep 3
docker ps --filter name=shop --format "{{.Names}}: {{.Status}}"
sleep 3
docker ps --filter name=shop --format "{{.Names}}: {{.Status}}"
docker exec shop rm /usr/share/nginx/html/index.html
sleep 6
docker ps --filter name=shop --format "{{.Names}}: {{.Status}}"
sleep 10
docker ps --filter name=shop --format "{{.Names}}: {{.Status}}"

# %% [markdown] lang="en"
# Before the first answer a container is `starting`. **One** success makes it `healthy`. A failure alone changes nothing; so many **in a row** as `--retries` says make it `unhealthy`, and
# one success makes it healthy again. `docker inspect` has the last five answers, with all that the check printed:

# %% [markdown] lang="zh"
# 第一次检查之前，容器是 `starting`。成功**一次**就是 `healthy`。失败一次什么也不变；**连续**失败达到 `--retries` 次，才是 `unhealthy`；
# 再成功一次又变回 healthy。`docker inspect` 里有最近五次检查的结果，连打印的内容都在：

# %%
# %%docker
docker ps --filter health=unhealthy
docker inspect -f "{{.State.Health.Status}}, {{.State.Health.FailingStreak}} failures in a row" shop
docker inspect -f "{{range .State.Health.Log}}{{.Start}} exit {{.ExitCode}} {{end}}" shop

# %% [markdown] lang="en"
# The picture shows the same for any answer: when docker asks, and what the container is called afterwards.

# %% [markdown] lang="zh"
# 下图把各种情况都列了出来：docker 什么时候问，问完之后容器是什么状态。

# %%
# %picture health shop

# %% [markdown] lang="en"
# **Predict, then run.** The container is unhealthy. Does docker start it anew?

# %% [markdown] lang="zh"
# **先猜再运行。** 容器已经 unhealthy 了，docker 会重新启动它吗？

# %%
# %%host
sleep 600
docker ps --filter name=shop --format "{{.Names}}: {{.Status}}"

# %% [markdown] lang="en"
# No. Docker asks and notes; somebody else has to act: you, Compose (`depends_on` with `condition: service_healthy`), or Swarm. Kubernetes has its own probes and does not look at HEALTHCHECK.
#
# ## The options
#
# | option | meaning | default |
# |---|---|---|
# | `--interval` | time between two questions, and before the first one | 30s |
# | `--timeout` | a check that takes longer has failed | 30s |
# | `--retries` | so many failures in a row make it unhealthy | 3 |
# | `--start-period` | failures in this time don't count, until one check has passed | 0s |
# | `--start-interval` | time between questions in the start period (since Docker 25, January 2024) | 5s |
#
# A start period is for programs that need a while. This one needs 25 seconds until it is ready:

# %% [markdown] lang="zh"
# 不会。docker 只管问、只管记，动手的是别人：你自己、Compose（`depends_on` 加 `condition: service_healthy`）或 Swarm。Kubernetes 有自己的探针，
# 根本不看 HEALTHCHECK。
#
# ## 选项
#
# | 选项 | 意思 | 默认值 |
# |---|---|---|
# | `--interval` | 两次检查之间的间隔，第一次之前也等这么久 | 30s |
# | `--timeout` | 检查超过这个时间就算失败 | 30s |
# | `--retries` | 连续失败这么多次就是 unhealthy | 3 |
# | `--start-period` | 这段时间里、第一次成功之前的失败不计 | 0s |
# | `--start-interval` | start period 期间两次检查的间隔（Docker 25，2024 年 1 月起） | 5s |
#
# start period 是给启动慢的程序准备的。下面这个要 25 秒才准备好：

# %%
# %%dockerfile slow
FROM alpine
HEALTHCHECK --interval=10s --retries=2 --start-period=30s CMD test -f /ready
CMD ["sh", "-c", "sleep 25; touch /ready; sleep infinity"]

# %%
# %%host
docker run -d --name slow slow
sleep 22
docker inspect -f "{{.State.Health.Status}}, {{len .State.Health.Log}} failed, {{.State.Health.FailingStreak}} count" slow
sleep 10
docker inspect -f "{{.State.Health.Status}}" slow

# %%
# %picture health slow

# %% [markdown] lang="en"
# Four failures came, at 5, 10, 15 and 20 seconds, and none of them counted. Without the start period it would have been unhealthy after 20 seconds.
#
# ## Where the check lives
#
# HEALTHCHECK writes into the config: no [layer](99_glossary.ipynb#layer). It has a [shell form](99_glossary.ipynb#shell-form) and an [exec form](99_glossary.ipynb#exec-form), children inherit it, and of several ones the
# last counts. `HEALTHCHECK NONE` switches off that of the base. `docker run` can set another one, or none:

# %% [markdown] lang="zh"
# 第 5、10、15、20 秒失败了四次，一次也没计入。没有 start period，20 秒时它就是 unhealthy 了。
#
# ## 检查写在哪里
#
# HEALTHCHECK 只写进配置，不产生[层](99_glossary.ipynb#layer)。它有 [shell 形式](99_glossary.ipynb#shell-form)和 [exec 形式](99_glossary.ipynb#exec-form)，子镜像会继承；写了几条，只有最后一条算数。
# `HEALTHCHECK NONE` 关掉基础镜像里的检查。`docker run` 可以换一个检查，也可以不要：

# %%
# %%dockerfile shop-unchecked
FROM shop
HEALTHCHECK NONE

# %%
# %%docker
docker inspect -f "{{json .Config.Healthcheck}}" shop
docker inspect -f "{{json .Config.Healthcheck}}" shop-unchecked
docker run -d --name one shop-unchecked
docker run -d --name two --no-healthcheck shop
docker run -d --name three --health-cmd "pidof nginx" --health-interval 10s shop
docker ps --format "{{.Names}}: {{.Status}}"

# %% [markdown] lang="en"
# The times are in nanoseconds, and a time that nobody set does not appear: docker's default holds.
#
# ## STOPSIGNAL
#
# `docker stop` sends a signal to process 1, waits ten seconds, and kills what is left; that was [lesson 12](12_cmd_entrypoint.ipynb). The signal is SIGTERM, unless the
# [image](99_glossary.ipynb#image) says otherwise. Python's little web server knows Ctrl-C, which is SIGINT, and has no handler for SIGTERM.

# %% [markdown] lang="zh"
# 时间以纳秒为单位；没有设置的不出现，按 docker 的默认值来。
#
# ## STOPSIGNAL
#
# `docker stop` 给 1 号进程发一个信号，等十秒，还没停就强行杀掉，这是[第 12 课](12_cmd_entrypoint.ipynb)讲过的。这个信号是 SIGTERM，除非[镜像](99_glossary.ipynb#image)另有规定。
# Python 自带的小 Web 服务器认得 Ctrl-C，也就是 SIGINT，但没有处理 SIGTERM。

# %%
# %%dockerfile python-term
FROM python:3.11-slim
CMD ["python", "-m", "http.server"]

# %%
# %%dockerfile python-int
FROM python:3.11-slim
STOPSIGNAL SIGINT
CMD ["python", "-m", "http.server"]

# %% [markdown] lang="en"
# **Predict, then run.** Which one stops at once, and which exit codes will `docker ps` show?

# %% [markdown] lang="zh"
# **先猜再运行。** 哪一个立刻停下？`docker ps` 会显示什么退出码？

# %%
# %%docker
docker run -d --name term python-term
docker run -d --name int python-int
docker stop int
docker stop term
docker ps -a --filter name=int --filter name=term --format "{{.Names}}: {{.Status}}"
docker inspect -f "{{.Name}} ended with {{.State.ExitCode}}" int term

# %% [markdown] lang="en"
# A [stop signal](99_glossary.ipynb#stop-signal) is only a wish; the program must have a handler for it. The exit code tells the story:
#
# | exit code | what happened |
# |---|---|
# | 0 | the program heard the signal and ended by itself |
# | 137 = 128 + 9 | it was killed: SIGKILL is number 9 |
# | 143 = 128 + 15 | SIGTERM ended it, without a handler; process 1 is safe from that, a process below `docker run --init` is not |
#
# nginx takes SIGTERM for "drop everything" and SIGQUIT for "finish what you have begun", so its image says which one it wants. `--stop-signal` and `docker stop -s` are the same for one container or one time.

# %% [markdown] lang="zh"
# [停止信号](99_glossary.ipynb#stop-signal)只是一个请求，程序得有对应的处理函数才行。退出码会说明经过：
#
# | 退出码 | 发生了什么 |
# |---|---|
# | 0 | 程序收到信号，自己结束 |
# | 137 = 128 + 9 | 被强行杀掉：SIGKILL 的编号是 9 |
# | 143 = 128 + 15 | 没有处理函数，被 SIGTERM 结束；1 号进程不会这样，`docker run --init` 下面的进程会 |
#
# nginx 把 SIGTERM 理解为“马上撒手”，把 SIGQUIT 理解为“把手上的做完”，所以它的镜像写明了要哪一个。`--stop-signal` 只对一个容器有效，`docker stop -s` 只管这一次。

# %%
# %%docker
docker inspect -f "{{.Config.StopSignal}}" shop
docker run -d --name init --init alpine sleep 1000
docker run -d --name once python-term
docker stop init
docker stop -s SIGINT once
docker inspect -f "{{.Name}} ended with {{.State.ExitCode}}" init once

# %% [markdown] lang="en"
# **Predict, then run.** `STOPSIGNAL SIGKILL` makes every container stop at once. Is that a good idea?

# %% [markdown] lang="zh"
# **先猜再运行。** 写上 `STOPSIGNAL SIGKILL`，什么容器都会立刻停下。这是个好主意吗？

# %%
# %%dockerfile impatient
FROM alpine
STOPSIGNAL SIGKILL
CMD ["sh", "-c", "trap 'echo all is saved; exit 0' TERM; echo serving; while true; do sleep 1; done"]

# %%
# %%docker
docker run -d --name impatient impatient
docker stop impatient
docker logs impatient
docker inspect -f "{{.State.ExitCode}}" impatient

# %% [markdown] lang="en"
# It stops at once, and nothing is saved: no handler can hear SIGKILL.
#
# ## SHELL
#
# **The notes say / today.** Above `RUN <command>` the notes write the comment `#/bin/bash -c <command>`. It is `/bin/sh -c` ([lesson 08](08_run.ipynb)). But since Docker 1.12 (July 2016) there is an instruction that makes the
# comment true. SHELL names the words that stand in front of every shell form below it:

# %% [markdown] lang="zh"
# 立刻停了，可什么也没保存：SIGKILL 没有任何程序能收到。
#
# ## SHELL
#
# **笔记的说法与今天。** 笔记在 `RUN <command>` 上面写了注释 `#/bin/bash -c <command>`，其实是 `/bin/sh -c`（见[第 08 课](08_run.ipynb)）。不过从 Docker 1.12（2016 年 7 月）起，
# 有一条指令能让这句注释成真：SHELL 规定了它下面每个 shell 形式前面的那几个词。

# %%
# %%dockerfile bashful
FROM debian
RUN echo "$0 makes" {a,b}
SHELL ["/bin/bash", "-c"]
RUN echo "$0 makes" {a,b}
RUN source $HOME/.bashrc; echo $HOME

# %% [markdown] lang="en"
# The last line is the notes' own example, `RUN /bin/bash -c 'source $HOME/.bashrc; echo $HOME'`, without the bash around it. The list is JSON, and its last word is `-c`: the text of the
# instruction comes after it.
#
# The most useful SHELL is the one with `pipefail`: then a pipe fails when any part of it fails.

# %% [markdown] lang="zh"
# 最后一行就是笔记里的例子 `RUN /bin/bash -c 'source $HOME/.bashrc; echo $HOME'`，去掉了外面那层 bash。列表必须是 JSON，最后一个词是 `-c`，
# 指令的文字接在它后面。
#
# 最有用的 SHELL 是带 `pipefail` 的：管道里任何一环出错，整条就算出错。

# %%
# %%dockerfile strict
FROM debian
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN cat /no-such-file | sort > /sorted.txt

# %% [markdown] lang="en"
# SHELL holds for RUN, CMD, ENTRYPOINT and HEALTHCHECK in shell form, from its line on, and in every child. **Predict, then run.** A CMD above it, an ENTRYPOINT below it: which
# shell does each one get?

# %% [markdown] lang="zh"
# SHELL 从它那一行起对 shell 形式的 RUN、CMD、ENTRYPOINT、HEALTHCHECK 有效，子镜像也一样。**先猜再运行。** CMD 写在它上面，ENTRYPOINT 写在它下面，
# 各自得到哪个 shell？

# %%
# %%dockerfile two-shells
FROM debian
CMD echo hello
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
ENTRYPOINT echo hello

# %%
# %%docker
docker inspect -f "{{json .Config.Cmd}}" two-shells
docker inspect -f "{{json .Config.Entrypoint}}" two-shells
docker inspect -f "{{json .Config.Shell}}" two-shells

# %% [markdown] lang="en"
# What is written stays written: the CMD keeps `/bin/sh`. A health check is the exception. It keeps only its text, and is run by the SHELL that the finished image has.
#
# HEALTHCHECK and SHELL are Docker's own: the format of OCI, which other tools write, knows neither, and those tools leave them out with a warning. STOPSIGNAL is in both.
#
# ## Common mistakes
#
# **No CMD.** HEALTHCHECK takes the word CMD, then the command.

# %% [markdown] lang="zh"
# 写下的就定了：CMD 保持 `/bin/sh`。健康检查是例外：它只存文字，由最终镜像的 SHELL 来运行。
#
# HEALTHCHECK 和 SHELL 是 Docker 自己的：别的工具写的 OCI 格式里没有这两项，那些工具会给个警告，然后略去。STOPSIGNAL 两边都有。
#
# ## 常见错误
#
# **漏了 CMD。** HEALTHCHECK 后面先写 CMD，再写命令。

# %%
# %%dockerfile no-cmd
FROM nginx:alpine
HEALTHCHECK CURL -f http://localhost/

# %% [markdown] lang="en"
# **A time without its unit.**

# %% [markdown] lang="zh"
# **时间没写单位。**

# %%
# %%dockerfile no-unit
FROM nginx:alpine
HEALTHCHECK --interval=30 CMD curl -f http://localhost/

# %% [markdown] lang="en"
# **A check that asks nobody, and a program that is not there.** `curl` without `-f` is content with an error page. And debian has no curl at all: a container is unhealthy although it works. The log says why.

# %% [markdown] lang="zh"
# **什么都没问出来的检查，和不存在的程序。** 不带 `-f` 的 `curl` 拿到错误页面也满意。而 debian 里压根没有 curl：容器明明好好的，却是 unhealthy。原因在日志里。

# %%
# %%host
docker run -d --name content --health-cmd "curl http://localhost/" --health-interval 5s shop
docker exec content rm /usr/share/nginx/html/index.html
docker run -d --name no-curl --health-cmd "curl -f http://localhost/" --health-interval 5s debian sleep infinity
sleep 20
docker ps --filter name=content --filter name=no-curl --format "{{.Names}}: {{.Status}}"
docker inspect -f "{{(index .State.Health.Log 0).Output}}" no-curl

# %% [markdown] lang="en"
# **A signal that does not exist; a SHELL that is no JSON; a SHELL without `-c`; a shell that the image does not have.**

# %% [markdown] lang="zh"
# **不存在的信号；不是 JSON 的 SHELL；没有 `-c` 的 SHELL；镜像里没有的 shell。**

# %%
# %%dockerfile no-signal
FROM alpine
STOPSIGNAL SIGSTOPP

# %%
# %%dockerfile no-json
FROM debian
SHELL /bin/bash -c

# %%
# %%dockerfile no-c
FROM debian
SHELL ["/bin/bash", "-o", "pipefail"]
RUN echo hello

# %%
# %%dockerfile no-bash
FROM alpine
SHELL ["/bin/bash", "-c"]
RUN echo hello

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. Two things are wrong with this check. Mend it, so that a container is healthy while nginx answers.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。这个检查有两处不对。改好它，让容器在 nginx 能应答时是 healthy。

# %% bare=true
# %%dockerfile health-mend
FROM nginx:alpine
HEALTHCHECK --interval=5 CMD ["curl -f http://localhost/"]

# %% bare=true
check("health-mend")

# %% bare=true
# %hint health-mend

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. `%hint` gives a hint; run it again for the next.
#
# ### 1. Is the shop open? (4 points)
#
# The [build context](99_glossary.ipynb#build-context) holds `index.html`. Build an image with nginx that serves it on port 80, and gives docker a health check:
#
# * healthy while the page is served; unhealthy when the server doesn't run, or has no page to give;
# * asked every 5 seconds; unhealthy after 2 failures in a row.
#
# nginx takes its pages from `/usr/share/nginx/html/`.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。`%hint` 给一条提示，再运行一次给下一条。
#
# ### 1. 店开着吗？（4 分）
#
# [构建上下文](99_glossary.ipynb#build-context)里有 `index.html`。用 nginx 构建一个镜像，在 80 端口提供这个网页，并带上健康检查：
#
# * 网页能打开就是 healthy；服务器没在运行，或者拿不出网页，就是 unhealthy；
# * 每 5 秒问一次；连续失败 2 次就是 unhealthy。
#
# nginx 的网页放在 `/usr/share/nginx/html/`。

# %% nbgrader={"grade_id": "health-web", "solution": true}
# %%dockerfile health-web
### BEGIN SOLUTION
FROM nginx:alpine
COPY index.html /usr/share/nginx/html/
HEALTHCHECK --interval=5s --retries=2 CMD curl -f http://localhost/ || exit 1
### END SOLUTION

# %% nbgrader={"grade_id": "health-web-check", "grade": true, "points": 4}
check("health-web")

# %% bare=true
# %hint health-web

# %% [markdown] lang="en"
# ### 2. The signal it knows (2.5 points)
#
# The context holds `serve.sh`, a script for `sh` (not executable):
#
# ```
# #!/bin/sh
# trap 'echo "all is saved"; exit 0' QUIT
# echo "serving"
# while true; do sleep 1; done
# ```
#
# Build an image that runs it, so that `docker stop` ends it at once, with exit code 0 and with all saved. The script stays as it is; the check also tries it with another one that knows the same signal.

# %% [markdown] lang="zh"
# ### 2. 它认得的信号（2.5 分）
#
# 构建上下文里有 `serve.sh`，一个给 `sh` 的脚本（没有可执行权限）：
#
# ```
# #!/bin/sh
# trap 'echo "all is saved"; exit 0' QUIT
# echo "serving"
# while true; do sleep 1; done
# ```
#
# 构建一个运行它的镜像，`docker stop` 能让它立刻结束，退出码是 0，并且保存完毕。脚本本身不改；检查时还会换一个认得同样信号的脚本。

# %% nbgrader={"grade_id": "stop-saves", "solution": true}
# %%dockerfile stop-saves
### BEGIN SOLUTION
FROM alpine
COPY serve.sh /serve.sh
STOPSIGNAL SIGQUIT
CMD ["sh", "/serve.sh"]
### END SOLUTION

# %% nbgrader={"grade_id": "stop-saves-check", "grade": true, "points": 2.5}
check("stop-saves")

# %% bare=true
# %hint stop-saves

# %% [markdown] lang="en"
# ### 3. A shell for everybody (2 points)
#
# Others will build on your image, with `FROM shell-base`. Every RUN and every CMD that they write in shell form shall be run by bash, and a pipe of theirs shall fail when any part of it fails.

# %% [markdown] lang="zh"
# ### 3. 给大家一个 shell（2 分）
#
# 别人会用 `FROM shell-base` 在你的镜像上构建。他们写的 shell 形式的 RUN 和 CMD 都要由 bash 运行，管道里任何一环出错，整条就要出错。

# %% nbgrader={"grade_id": "shell-base", "solution": true}
# %%dockerfile shell-base
### BEGIN SOLUTION
FROM debian
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
### END SOLUTION

# %% nbgrader={"grade_id": "shell-base-check", "grade": true, "points": 2}
check("shell-base")

# %% bare=true
# %hint shell-base

# %% [markdown] lang="en"
# ### 4. What is it called, and when? (1.5 points)
#
# `HEALTHCHECK --interval=10s --start-period=15s --start-interval=10s --retries=2 CMD ask`. So docker asks every ten seconds. The program works from second 25 to second 55 after its start; before that, and after it, `ask` fails. In which state is the
# container, `"starting"`, `"healthy"` or `"unhealthy"`,
#
# * `a`: at second 15,
# * `b`: at second 25,
# * `c`: at second 35,
# * `d`: at second 65,
# * `e`: at second 75?
#
# And `f`: process 1 has no handler for the stop signal. Which exit code does the container have after `docker stop`?
#
# Copy this into the cell and put a value in the place of each `...`.
#
# ```
# health_times = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": "...",
#     "f": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 什么时候是什么状态？（1.5 分）
#
# `HEALTHCHECK --interval=10s --start-period=15s --start-interval=10s --retries=2 CMD ask`，也就是每十秒问一次。程序在启动后第 25 秒到第 55 秒之间正常工作，在这之前和之后，`ask` 都会失败。
# 下面这些时刻，容器是 `"starting"`、`"healthy"` 还是 `"unhealthy"`？
#
# * `a`：第 15 秒
# * `b`：第 25 秒
# * `c`：第 35 秒
# * `d`：第 65 秒
# * `e`：第 75 秒
#
# 还有 `f`：1 号进程没有处理停止信号，`docker stop` 之后容器的退出码是多少？
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案。
#
# ```
# health_times = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": "...",
#     "f": ...,
# }
# ```

# %% nbgrader={"grade_id": "health-times", "solution": true}
### BEGIN SOLUTION
health_times = {
    "a": "starting",
    "b": "starting",
    "c": "healthy",
    "d": "healthy",
    "e": "unhealthy",
    "f": 137,
}
### END SOLUTION

# %% nbgrader={"grade_id": "health-times-check", "grade": true, "points": 1.5}
check("health-times")

# %% bare=true
# %hint health-times

# %% [markdown] lang="en"
# ## Key points
#
# * HEALTHCHECK is a command inside the container: 0 is well, 1 is not. One success makes it healthy, `--retries` failures in a row unhealthy.
# * Docker only asks and notes. Ask what a visitor would ask, with a program that the image has.
# * STOPSIGNAL says what `docker stop` sends; the program needs a handler. 0 is a clean end, 137 a kill.
# * SHELL stands in front of the shell forms below it, and of those of every child. Its last word is `-c`.
# * All three write into the config only.
#
# Read on: [20 Inside an image](20_inside_an_image.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * HEALTHCHECK 是在容器里运行的命令：0 是正常，1 是不正常。成功一次就是 healthy，连续失败 `--retries` 次就是 unhealthy。
# * docker 只问、只记。要问访客会问的事，用镜像里有的程序去问。
# * STOPSIGNAL 决定 `docker stop` 发什么信号；程序要有处理函数。0 是体面结束，137 是被杀掉。
# * SHELL 加在它下面的 shell 形式前面，也加在每个子镜像的 shell 形式前面。最后一个词是 `-c`。
# * 三条指令都只写配置。
#
# 接着读：[20 打开一个镜像](20_inside_an_image.ipynb)。
