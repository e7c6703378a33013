# %% [markdown] lang="en"
# # 12 CMD and ENTRYPOINT
#
# After this lesson you can
#
# * say exactly which process a container runs, for every pair of CMD and ENTRYPOINT;
# * build an image that is used like a command, with default arguments;
# * say where arguments go that seem to vanish;
# * make a container stop at once and cleanly.
#
# Reading 26 minutes, exercises 18 minutes. It follows *CMD or ENTRYPOINT* in the notes.

# %% [markdown] lang="zh"
# # 12 CMD 与 ENTRYPOINT
#
# 学完这一课，你能
#
# * 对任意一种 CMD 与 ENTRYPOINT 的组合，准确说出容器运行的是哪个进程；
# * 做出像命令一样使用、带默认参数的镜像；
# * 说清那些“消失”的参数去了哪里；
# * 让容器立刻而且体面地停下来。
#
# 阅读 26 分钟，习题 18 分钟。对应笔记的“CMD or ENTRYPOINT”。

# %% [markdown] lang="en"
# ## CMD: what runs if nobody says otherwise
#
# CMD runs nothing while the [image](99_glossary.ipynb#image) is built. It writes a default into the config, and it is the
# [container](99_glossary.ipynb#container) that runs it: usually the service that the image is for. There are three ways to write it:
#
# ```dockerfile
# CMD ["executable","param1","param2"]   # exec form: this process, these arguments
# CMD ["param1","param2"]                # arguments for an ENTRYPOINT
# CMD command param1 param2              # shell form: /bin/sh -c "command param1 param2"
# ```
#
# The first two are the [exec form](99_glossary.ipynb#exec-form), the third is the [shell form](99_glossary.ipynb#shell-form). Here is the notes' example, with
# an [environment variable](99_glossary.ipynb#environment-variable).

# %% [markdown] lang="zh"
# ## CMD：不另外指定，就运行它
#
# 构建[镜像](99_glossary.ipynb#image)时 CMD 什么都不运行，只是往配置里写一个默认值，真正运行它的是创建后的[容器](99_glossary.ipynb#container)：通常就是
# 这个镜像要启动的服务。它有三种写法：
#
# ```dockerfile
# CMD ["executable","param1","param2"]   # 就是这个进程、这些参数
# CMD ["param1","param2"]                # 给 ENTRYPOINT 的参数
# CMD command param1 param2              # /bin/sh -c "command param1 param2"
# ```
#
# 前两种是 [exec 形式](99_glossary.ipynb#exec-form)，第三种是 [shell 形式](99_glossary.ipynb#shell-form)。笔记里的例子用到一个
# [环境变量](99_glossary.ipynb#environment-variable)：

# %%
# %%dockerfile maven-home
FROM debian
#....
ENV M2_HOME=/usr/share/maven3
CMD echo $M2_HOME

# %%
# %docker run maven-home

# %% [markdown] lang="en"
# The notes go on: with `docker run -it <image>:<tag> /bin/bash`, docker ignores `echo $M2_HOME` and runs only `/bin/bash`. The lines below the command are what
# somebody types there.

# %% [markdown] lang="zh"
# 笔记接着说：若执行 `docker run -it <image>:<tag> /bin/bash`，docker 会忽略 `echo $M2_HOME`，只执行 `/bin/bash`。命令下面的几行是在里面敲的内容。

# %%
# %%docker run -it maven-home:latest /bin/bash
echo I am bash, and process $$

# %% [markdown] lang="en"
# So it is: what stands after the image's name takes the place of CMD.
#
# **Predict, then run.** CMD in exec form starts no shell. What will this one print?

# %% [markdown] lang="zh"
# 确实如此：写在镜像名后面的内容会顶替 CMD。
#
# **先猜再运行。** exec 形式的 CMD 不经过 shell。下面会打印什么？

# %%
# %%dockerfile maven-exec
FROM debian
ENV M2_HOME=/usr/share/maven3
CMD ["echo", "$M2_HOME"]

# %%
# %docker run maven-exec

# %% [markdown] lang="en"
# `$M2_HOME` is replaced by a shell, and there was none.
#
# **Predict, then run.** Two CMDs: do both run?

# %% [markdown] lang="zh"
# 把 `$M2_HOME` 换成值的是 shell，而这里没有 shell。
#
# **先猜再运行。** 写了两条 CMD，两条都会执行吗？

# %%
# %%dockerfile two-cmds
FROM alpine
CMD ["echo", "first"]
CMD ["echo", "second"]

# %%
# %docker run two-cmds

# %% [markdown] lang="en"
# Of several CMDs only the last one counts, and docker warns of the others.
#
# ## ENTRYPOINT: an image like a command
#
# An ENTRYPOINT lets a container be used like a program or a service. It has two forms, with the same difference:
#
# ```dockerfile
# ENTRYPOINT ["executable", "param1", "param2"]
# ENTRYPOINT command param1 param2
# ```
#
# With an ENTRYPOINT, the command of the container is ENTRYPOINT followed by CMD. Arguments of `docker run` still replace only
# CMD. So both can pass arguments to it, and those of `docker run` win. The notes' example:

# %% [markdown] lang="zh"
# 有多条 CMD 时只有最后一条算数，docker 会对其余的给出警告。
#
# ## ENTRYPOINT：像命令一样的镜像
#
# ENTRYPOINT 让容器以应用程序或者服务的形式运行。它有两种写法，区别和 CMD 一样：
#
# ```dockerfile
# ENTRYPOINT ["executable", "param1", "param2"]
# ENTRYPOINT command param1 param2
# ```
#
# 有了 ENTRYPOINT，容器的命令就是 ENTRYPOINT 后面接上 CMD。`docker run` 的参数仍然只顶替 CMD。所以两边都能给它传参数，`docker run` 的优先。
# 笔记里的例子：

# %%
# %%dockerfile greeter
FROM ubuntu
ENTRYPOINT ["echo", "hello"]
CMD ["world"]

# %%
# %%docker
docker run -it greeter
docker run -it greeter docker

# %% [markdown] lang="en"
# And ENTRYPOINT itself? The notes say that it is not ignored and will certainly run, whatever command `docker run` names. Almost: `--entrypoint` replaces
# it, and drops CMD with it.

# %% [markdown] lang="zh"
# 那 ENTRYPOINT 本身呢？笔记说它“不会被忽略，一定会被执行”，即使 `docker run` 指定了其他命令。大体如此，除非用 `--entrypoint`：它会顶替 ENTRYPOINT，而且把 CMD 一起丢掉。

# %%
# %%docker
docker run --entrypoint ls greeter /home
docker run --entrypoint "" greeter echo "no entrypoint at all"
docker run --entrypoint echo greeter

# %% [markdown] lang="en"
# The last line printed an empty line: `echo` alone, without `world`.
#
# ## Which process, exactly
#
# Choose a form for each, and see what runs and why.

# %% [markdown] lang="zh"
# 最后一条打印了一个空行：只有 `echo`，没有 `world`。
#
# ## 到底运行什么
#
# 各选一种写法，看看运行的是什么、为什么。

# %%
# %picture argv

# %% [markdown] lang="en"
# ## The table of the notes, live
#
# "The table below shows what command is executed for different `ENTRYPOINT` / `CMD` combinations", say the notes. Twelve images, one for each of its cells; three little programs print how they were called.

# %% [markdown] lang="zh"
# ## 把笔记里的表格跑一遍
#
# 笔记的表格写着，`ENTRYPOINT` 和 `CMD` 的各种组合分别执行什么命令。表里每一格一个镜像，一共十二个。三个小程序会打印自己是怎样被调用的。

# %%
# %%contextfile Dockerfile
FROM alpine AS programs
RUN printf '#!/bin/sh\necho "$(basename $0) got: $*"\n' > /bin/exec_entry
RUN chmod +x /bin/exec_entry && cp /bin/exec_entry /bin/exec_cmd && cp /bin/exec_entry /bin/p1_cmd
CMD []

FROM programs AS none-none

FROM programs AS none-exec
CMD ["exec_cmd", "p1_cmd"]

FROM programs AS none-params
CMD ["p1_cmd", "p2_cmd"]

FROM programs AS none-shell
CMD exec_cmd p1_cmd

FROM programs AS shell-none
ENTRYPOINT exec_entry p1_entry

FROM programs AS shell-exec
ENTRYPOINT exec_entry p1_entry
CMD ["exec_cmd", "p1_cmd"]

FROM programs AS shell-params
ENTRYPOINT exec_entry p1_entry
CMD ["p1_cmd", "p2_cmd"]

FROM programs AS shell-shell
ENTRYPOINT exec_entry p1_entry
CMD exec_cmd p1_cmd

FROM programs AS exec-none
ENTRYPOINT ["exec_entry", "p1_entry"]

FROM programs AS exec-exec
ENTRYPOINT ["exec_entry", "p1_entry"]
CMD ["exec_cmd", "p1_cmd"]

FROM programs AS exec-params
ENTRYPOINT ["exec_entry", "p1_entry"]
CMD ["p1_cmd", "p2_cmd"]

FROM programs AS exec-shell
ENTRYPOINT ["exec_entry", "p1_entry"]
CMD exec_cmd p1_cmd

# %% [markdown] lang="en"
# First column, no ENTRYPOINT. The first cell is an error, as the notes say: there is nothing to run. The last command shows what the other three containers
# ran, each word by itself.

# %% [markdown] lang="zh"
# 第一列：没有 ENTRYPOINT。第一格如笔记所说是个错误，因为没有东西可运行。最后一条命令逐词列出另外三个容器实际运行的命令。

# %%
# %%docker
docker build -q --target none-none -t none-none .
docker run none-none
docker build -q --target none-exec -t none-exec .
docker run --name none-exec none-exec
docker build -q --target none-params -t none-params .
docker run --name none-params none-params
docker build -q --target none-shell -t none-shell .
docker run --name none-shell none-shell
docker container inspect -f "{{.Name}}: {{.Path}} {{json .Args}}" none-exec none-params none-shell

# %% [markdown] lang="en"
# Second column, ENTRYPOINT in shell form. The notes give the same four times: `/bin/sh -c exec_entry p1_entry`.
#
# **Predict, then run.** Is the CMD really gone?

# %% [markdown] lang="zh"
# 第二列：shell 形式的 ENTRYPOINT。笔记里四格都一样：`/bin/sh -c exec_entry p1_entry`。
#
# **先猜再运行。** CMD 真的没了吗？

# %%
# %%docker
docker build -q --target shell-none -t shell-none .
docker run --name shell-none shell-none
docker build -q --target shell-exec -t shell-exec .
docker run --name shell-exec shell-exec
docker build -q --target shell-params -t shell-params .
docker run --name shell-params shell-params
docker build -q --target shell-shell -t shell-shell .
docker run --name shell-shell shell-shell
docker container inspect -f "{{.Name}}: {{.Path}} {{json .Args}}" shell-none shell-exec shell-params shell-shell

# %% [markdown] lang="en"
# All four print the same, so the notes look right. But the arguments are there, and it is the shell that swallows them: `sh -c SCRIPT a b` gives `a` and `b` to
# the script as `$0` and `$1`, and this script does not use them.
#
# | CMD | the notes | the real command |
# |---|---|---|
# | none | `/bin/sh -c exec_entry p1_entry` | `/bin/sh` `-c` `exec_entry p1_entry` |
# | `["exec_cmd", "p1_cmd"]` | the same | `/bin/sh` `-c` `exec_entry p1_entry` `exec_cmd` `p1_cmd` |
# | `["p1_cmd", "p2_cmd"]` | the same | `/bin/sh` `-c` `exec_entry p1_entry` `p1_cmd` `p2_cmd` |
# | `exec_cmd p1_cmd` | the same | `/bin/sh` `-c` `exec_entry p1_entry` `/bin/sh` `-c` `exec_cmd p1_cmd` |
#
# Arguments of `docker run` are swallowed in the same way.

# %% [markdown] lang="zh"
# 四次打印都一样，看上去笔记是对的。其实参数都在，只是被 shell 吞掉了：`sh -c 脚本 a b` 把 `a`、`b` 作为 `$0`、`$1` 交给脚本，而这个脚本没有用它们。
#
# | CMD | 笔记 | 真正的命令 |
# |---|---|---|
# | 没有 | `/bin/sh -c exec_entry p1_entry` | `/bin/sh` `-c` `exec_entry p1_entry` |
# | `["exec_cmd", "p1_cmd"]` | 同上 | `/bin/sh` `-c` `exec_entry p1_entry` `exec_cmd` `p1_cmd` |
# | `["p1_cmd", "p2_cmd"]` | 同上 | `/bin/sh` `-c` `exec_entry p1_entry` `p1_cmd` `p2_cmd` |
# | `exec_cmd p1_cmd` | 同上 | `/bin/sh` `-c` `exec_entry p1_entry` `/bin/sh` `-c` `exec_cmd p1_cmd` |
#
# `docker run` 的参数也是这样被吞掉的。

# %%
# %docker run shell-none and these words too

# %%
# %picture argv shell-exec

# %% [markdown] lang="en"
# Third column, ENTRYPOINT in exec form: CMD is added as arguments, whatever its form. The last cell is hardly ever meant.

# %% [markdown] lang="zh"
# 第三列：exec 形式的 ENTRYPOINT。不管 CMD 是哪种写法，都接在后面当参数。最后一格几乎从来不是人们想要的。

# %%
# %%docker
docker build -q --target exec-none -t exec-none .
docker run --name exec-none exec-none
docker build -q --target exec-exec -t exec-exec .
docker run --name exec-exec exec-exec
docker build -q --target exec-params -t exec-params .
docker run --name exec-params exec-params
docker build -q --target exec-shell -t exec-shell .
docker run --name exec-shell exec-shell
docker container inspect -f "{{.Name}}: {{.Path}} {{json .Args}}" exec-none exec-exec exec-params exec-shell

# %% [markdown] lang="en"
# The notes print the table with typographic quotes, `[“exec_entry”, “p1_entry”]`. Typed like that it is no JSON, so it is
# not the exec form: Docker takes the line as shell form, without an error, and the shell looks for a program called `[“echo”,`.

# %% [markdown] lang="zh"
# 笔记的表格里用的是弯引号：`[“exec_entry”, “p1_entry”]`。照这样敲进去就不是 JSON，也就不是 exec 形式：Docker 不报错，
# 直接当成 shell 形式，shell 则去找一个叫 `[“echo”,` 的程序。

# %%
# %%dockerfile curly-quotes
FROM alpine
ENTRYPOINT [“echo”, “hello”]

# %%
# %%docker
docker inspect -f "{{json .Config.Entrypoint}}" curly-quotes
docker run curly-quotes

# %% [markdown] lang="en"
# Corrected, with straight quotes, it is two words.

# %% [markdown] lang="zh"
# 改成直引号，就是两个词。

# %%
# %%dockerfile straight-quotes
FROM alpine
ENTRYPOINT ["echo", "hello"]

# %%
# %%docker
docker inspect -f "{{json .Config.Entrypoint}}" straight-quotes
docker run straight-quotes

# %% [markdown] lang="en"
# ## The base's CMD is lost
#
# **Predict, then run.** `alpine` has `CMD ["/bin/sh"]`. This child sets only an ENTRYPOINT. Does `ls` get `/bin/sh` as its argument?

# %% [markdown] lang="zh"
# ## 基础镜像的 CMD 会丢
#
# **先猜再运行。** `alpine` 带有 `CMD ["/bin/sh"]`。下面的子镜像只设置了 ENTRYPOINT，那么 `ls` 会得到参数 `/bin/sh` 吗？

# %%
# %%dockerfile lister
FROM alpine
ENTRYPOINT ["ls", "-d"]

# %%
# %%docker
docker inspect -f "{{json .Config.Cmd}}" lister
docker run lister

# %% [markdown] lang="en"
# No: setting an ENTRYPOINT clears a CMD that came from the base. A CMD earlier in the same stage stays.
#
# ## PID 1 and `docker stop`
#
# The process that a container runs has the number 1. `docker stop` sends it SIGTERM, waits ten seconds, and kills it. Process 1
# is special: a signal for which it has no handler is ignored.
#
# This little server has a handler.

# %% [markdown] lang="zh"
# 不会：设置 ENTRYPOINT 会清掉从基础镜像继承来的 CMD。同一个阶段里写在前面的 CMD 则会保留。
#
# ## PID 1 与 `docker stop`
#
# 容器运行的那个进程编号是 1。`docker stop` 给它发 SIGTERM，等十秒，再强行杀掉。1 号进程有个特别之处：它没有注册处理函数的
# 信号会被忽略。
#
# 下面这个小服务器处理了 SIGTERM。

# %%
# %%contextfile server.sh
#!/bin/sh
trap 'echo "bye"; exit 0' TERM
echo "mode: ${1:-none}"
while true; do sleep 1; done

# %%
# %%dockerfile stops-at-once
FROM alpine
COPY --chmod=755 server.sh /server.sh
CMD ["/server.sh", "fast"]

# %%
# %%dockerfile stops-late
FROM alpine
COPY --chmod=755 server.sh /server.sh
CMD /server.sh fast; echo "server ended"

# %%
# %%docker
docker run -d --name quick stops-at-once
docker stop quick
docker logs quick
docker run -d --name slow stops-late
docker top slow
docker stop slow
docker logs slow
docker inspect -f "{{.Name}} ended with {{.State.ExitCode}}" quick slow

# %% [markdown] lang="en"
# In `slow`, process 1 is a shell that waits for the server. It has no handler, and it does not pass the signal on. After ten seconds both are
# killed: no `bye`, exit code 137.
#
# A shell form with one single command is not so bad as its name: today's `sh -c` replaces itself by the last command. But it takes only
# a `;`, a pipe, or an older shell. And a program without a handler, such as `sleep`, waits out the ten seconds in any form.
#
# ## A script in front
#
# Often something must be prepared before the program starts. Then ENTRYPOINT is a script whose last line is `exec "$@"`: it replaces itself by the words that
# come from CMD or from `docker run`.

# %% [markdown] lang="zh"
# `slow` 里的 1 号进程是一个等着服务器结束的 shell。它没有处理函数，也不会把信号转给别人。十秒一到，两个都被杀掉：没有 `bye`，
# 退出码是 137。
#
# 只含一条命令的 shell 形式没有传说中那么糟：今天的 `sh -c` 会用最后一条命令替换自己。但只要有一个 `;`、一个管道，或者 shell 旧一些，
# 就不是这样了。而像 `sleep` 这种没有处理函数的程序，用哪种形式都要等满十秒。
#
# ## 前面加一个脚本
#
# 程序启动之前常常要先准备点什么。这时 ENTRYPOINT 写成一个脚本，脚本的最后一行是 `exec "$@"`：用 CMD 或 `docker run` 给的那些词替换自己。

# %%
# %%contextfile start.sh
#!/bin/sh
echo "preparing"
exec "$@"

# %%
# %%dockerfile prepared
FROM alpine
COPY --chmod=755 start.sh server.sh /
ENTRYPOINT ["/start.sh"]
CMD ["/server.sh", "fast"]

# %%
# %%docker
docker run -d --name ready prepared
docker top ready
docker stop ready
docker logs ready
docker run --rm prepared echo "another command"

# %% [markdown] lang="en"
# `server.sh` became process 1. Without `exec` the script would be process 1, and wait in front of the server like the shell before.
#
# ## RUN, CMD or ENTRYPOINT
#
# * **RUN** works while the image is built: to install applications and prepare them.
# * **ENTRYPOINT** makes the image a program or a service, such as MySQL or Tomcat.
# * **CMD** is a simple default command, or the default arguments of the ENTRYPOINT.
#
# **The notes say / today.** "ENTRYPOINT and CMD are carried out in the container, so they make no new image file." That they run later, in the container, is
# right. But each one changes the config, and with it the image's ID. The older builder, which built by default until Docker 23.0 (February 2023), even makes an image for
# each line.

# %% [markdown] lang="zh"
# `server.sh` 成了 1 号进程。如果没有 `exec`，1 号进程就是脚本，它会像刚才那个 shell 一样挡在服务器前面。
#
# ## RUN、CMD 还是 ENTRYPOINT
#
# * **RUN** 在构建时执行，适合用来安装应用和软件。
# * **ENTRYPOINT** 适合用来运行程序或者服务，比如 MySQL、Tomcat。
# * **CMD** 除了运行一些简单命令，更适合当 ENTRYPOINT 的默认参数。
#
# **笔记的说法与今天。** 笔记说，ENTRYPOINT 与 CMD 都是在容器层面上执行的命令，“不会产生新的镜像文件”。它们后来才在容器里执行，这没错；但每一条都会改配置，
# 镜像 ID 也就跟着变。Docker 23.0（2023 年 2 月）之前默认的旧构建器，甚至每一行都会产生一个镜像。

# %%
# %%contextfile Dockerfile
FROM alpine
ENTRYPOINT ["echo", "hello"]
CMD ["world"]

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -t by-the-older .
docker build -t by-buildkit .
docker history by-the-older
docker history by-buildkit

# %% [markdown] lang="en"
# An ID behind each `--->` above; no layer, `0B`, with either builder.
#
# ## Common mistakes
#
# **The whole command in one string.** It is the *name of one program*, blanks included, and the error comes only at the start.

# %% [markdown] lang="zh"
# 上面每个 `--->` 后面都是一个镜像 ID；而两种构建器都没有为它们产生层，大小是 `0B`。
#
# ## 常见错误
#
# **把整条命令写进一个字符串。** 那就成了*一个程序的名字*，连空格都算在内，而且要到启动时才报错。

# %%
# %%dockerfile one-string
FROM alpine
ENTRYPOINT ["echo hello"]

# %%
# %docker run one-string

# %% [markdown] lang="en"
# **Single quotes.** JSON has double quotes only. This is shell form, as with the curly ones.

# %% [markdown] lang="zh"
# **用单引号。** JSON 只认双引号。这一行和弯引号一样，成了 shell 形式。

# %%
# %%dockerfile single-quotes
FROM alpine
CMD ['echo', 'hello']

# %%
# %docker run single-quotes

# %% [markdown] lang="en"
# **Options for an image that has no ENTRYPOINT.** They take the place of CMD, and so the first one is taken for a program.

# %% [markdown] lang="zh"
# **镜像没有 ENTRYPOINT，却只给选项。** 选项会顶替 CMD，于是第一个选项被当成了程序。

# %%
# %docker run two-cmds -l /

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. This image should print `good morning`, and `docker run IMAGE night` should print `good night`. As it is, the words get lost. Mend it.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。这个镜像应该打印 `good morning`，`docker run IMAGE night` 应该打印 `good night`。现在后面的词都不见了。把它改对。

# %% bare=true
# %%dockerfile cmd-swallow
FROM alpine
ENTRYPOINT echo good
CMD ["morning"]

# %% bare=true
check("cmd-swallow")

# %% bare=true
# %hint cmd-swallow

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Below each one, `%hint` gives a hint; run it again for the next. Hints cost nothing.
#
# ### 1. Which process? (3 points)
#
# Give the whole command as a list, each argument a string of its own.
#
# * `a`: `ENTRYPOINT ["echo", "hello"]`, `CMD ["world"]`, started with `docker run IMAGE`
# * `b`: the same image, started with `docker run IMAGE docker`
# * `c`: no ENTRYPOINT, `CMD echo hi`, started with `docker run IMAGE`
# * `d`: `ENTRYPOINT ["top"]`, `CMD run -b`, started with `docker run IMAGE`
# * `e`: `CMD ["date"]`, below it `CMD ["uptime"]`, started with `docker run IMAGE`
# * `f`: `FROM` a base with `CMD ["sh"]`, then `ENTRYPOINT ["ls"]`, started with `docker run IMAGE`
#
# Copy this into the cell and put a list in the place of each `...`.
#
# ```
# cmd_table = {
#     "a": ["...", "..."],
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": ...,
#     "f": ...,
# }
# ```

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每题下面的 `%hint` 给一条提示，再运行一次给下一条，不扣分。
#
# ### 1. 运行的是什么？（3 分）
#
# 把完整的命令写成列表，每个参数一个字符串。
#
# * `a`：`ENTRYPOINT ["echo", "hello"]`，`CMD ["world"]`，用 `docker run IMAGE` 启动
# * `b`：同一个镜像，用 `docker run IMAGE docker` 启动
# * `c`：没有 ENTRYPOINT，`CMD echo hi`，用 `docker run IMAGE` 启动
# * `d`：`ENTRYPOINT ["top"]`，`CMD run -b`，用 `docker run IMAGE` 启动
# * `e`：`CMD ["date"]`，下面又有 `CMD ["uptime"]`，用 `docker run IMAGE` 启动
# * `f`：`FROM` 的基础镜像带 `CMD ["sh"]`，再写 `ENTRYPOINT ["ls"]`，用 `docker run IMAGE` 启动
#
# 把下面的内容抄进单元格，将每个 `...` 换成列表。
#
# ```
# cmd_table = {
#     "a": ["...", "..."],
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": ...,
#     "f": ...,
# }
# ```

# %% nbgrader={"grade_id": "cmd-table", "solution": true}
### BEGIN SOLUTION
cmd_table = {
    "a": ["echo", "hello", "world"],
    "b": ["echo", "hello", "docker"],
    "c": ["/bin/sh", "-c", "echo hi"],
    "d": ["top", "/bin/sh", "-c", "run -b"],
    "e": ["uptime"],
    "f": ["ls"],
}
### END SOLUTION

# %% nbgrader={"grade_id": "cmd-table-check", "grade": true, "points": 3}
check("cmd-table")

# %% bare=true
# %hint cmd-table

# %% [markdown] lang="en"
# ### 2. An image like a command (3 points)
#
# Build an image so that `docker run IMAGE` prints `hello world`, `docker run IMAGE docker` prints `hello docker`, and
# `docker run IMAGE a b` prints `hello a b`.

# %% [markdown] lang="zh"
# ### 2. 像命令一样的镜像（3 分）
#
# 构建一个镜像：`docker run IMAGE` 打印 `hello world`，`docker run IMAGE docker` 打印 `hello docker`，
# `docker run IMAGE a b` 打印 `hello a b`。

# %% nbgrader={"grade_id": "cmd-greet", "solution": true}
# %%dockerfile cmd-greet
### BEGIN SOLUTION
FROM alpine
ENTRYPOINT ["echo", "hello"]
CMD ["world"]
### END SOLUTION

# %% nbgrader={"grade_id": "cmd-greet-check", "grade": true, "points": 3}
check("cmd-greet")

# %% bare=true
# %hint cmd-greet

# %% [markdown] lang="en"
# ### 3. A default that knows the environment (1.5 points)
#
# Build an image with the variable `M2_HOME`, set to `/usr/share/maven3`. `docker run IMAGE` prints its value, `docker run -e M2_HOME=/opt/m2 IMAGE`
# prints `/opt/m2`, and `docker run IMAGE echo hi` prints `hi` and nothing else.

# %% [markdown] lang="zh"
# ### 3. 认得环境变量的默认命令（1.5 分）
#
# 构建一个镜像，环境变量 `M2_HOME` 设为 `/usr/share/maven3`。`docker run IMAGE` 打印它的值；`docker run -e M2_HOME=/opt/m2 IMAGE`
# 打印 `/opt/m2`；`docker run IMAGE echo hi` 只打印 `hi`。

# %% nbgrader={"grade_id": "cmd-env", "solution": true}
# %%dockerfile cmd-env
### BEGIN SOLUTION
FROM alpine
ENV M2_HOME=/usr/share/maven3
CMD echo $M2_HOME
### END SOLUTION

# %% nbgrader={"grade_id": "cmd-env-check", "grade": true, "points": 1.5}
check("cmd-env")

# %% bare=true
# %hint cmd-env

# %% [markdown] lang="en"
# ### 4. Stop cleanly (2.5 points)
#
# The context holds the `server.sh` from above (not executable). Build an image that serves when it is started: by default it logs `mode: fast`,
# and `docker run -d IMAGE slow` logs `mode: slow`. `docker stop` must end it at once, with `bye` in the log and the exit code 0.

# %% [markdown] lang="zh"
# ### 4. 体面地停下（2.5 分）
#
# 构建上下文里有上面那个 `server.sh`（没有可执行权限）。构建一个启动后提供服务的镜像：默认在日志里写 `mode: fast`，用
# `docker run -d IMAGE slow` 启动时写 `mode: slow`。`docker stop` 必须能让它立刻结束，日志里有 `bye`，退出码为 0。

# %% nbgrader={"grade_id": "cmd-stop", "solution": true}
# %%dockerfile cmd-stop
### BEGIN SOLUTION
FROM alpine
COPY --chmod=755 server.sh /server.sh
ENTRYPOINT ["/server.sh"]
CMD ["fast"]
### END SOLUTION

# %% nbgrader={"grade_id": "cmd-stop-check", "grade": true, "points": 2.5}
check("cmd-stop")

# %% bare=true
# %hint cmd-stop

# %% [markdown] lang="en"
# ## Key points
#
# * The command is ENTRYPOINT followed by CMD. Arguments of `docker run` replace CMD; `--entrypoint` replaces ENTRYPOINT and drops CMD.
# * Exec form runs the program itself. Shell form runs `/bin/sh -c`; as an ENTRYPOINT it swallows arguments.
# * The last CMD and the last ENTRYPOINT count. A new ENTRYPOINT clears the base's CMD.
# * Process 1 gets the signal of `docker stop`. It needs a handler, or it waits ten seconds and is killed. A script in front ends in `exec "$@"`.
#
# Next: [13 VOLUME](13_volume.ipynb). To read on: the [Dockerfile reference](https://docs.docker.com/reference/dockerfile/), section *Understand how CMD and ENTRYPOINT interact*:
# it has the same table of twelve cells.

# %% [markdown] lang="zh"
# ## 要点
#
# * 运行的命令是 ENTRYPOINT 后面接 CMD。`docker run` 的参数顶替 CMD；`--entrypoint` 顶替 ENTRYPOINT，并丢掉 CMD。
# * exec 形式直接运行程序；shell 形式运行 `/bin/sh -c`，用在 ENTRYPOINT 上会吞掉参数。
# * CMD 和 ENTRYPOINT 都是最后一个算数。新的 ENTRYPOINT 会清掉基础镜像的 CMD。
# * `docker stop` 的信号发给 1 号进程。它要有处理函数，否则等满十秒被杀掉。前面加的脚本要以 `exec "$@"` 结尾。
#
# 下一课：[13 VOLUME](13_volume.ipynb)。延伸阅读：[Dockerfile 参考](https://docs.docker.com/reference/dockerfile/)的 Understand how CMD and ENTRYPOINT interact 一节，
# 里面就有这张十二格的表。
