# %% [markdown] lang="en"
# # 15 WORKDIR
#
# After this lesson you can
#
# * say in which folder each instruction works, and where a container starts;
# * predict what relative paths add up to;
# * replace `RUN cd`, which has no effect on the next line;
# * write a WORKDIR that does not depend on the base image.
#
# Reading 15 minutes, exercises 20 minutes. It follows *WORKDIR* in the notes.

# %% [markdown] lang="zh"
# # 15 WORKDIR
#
# 学完这一课，你能
#
# * 说出每条指令在哪个目录里执行，容器从哪个目录启动；
# * 算出几个相对路径叠起来是什么；
# * 换掉对下一行不起作用的 `RUN cd`；
# * 写出不受基础镜像影响的 WORKDIR。
#
# 阅读 15 分钟，习题 20 分钟。对应笔记的“WORKDIR 切换工作空间”。

# %% [markdown] lang="en"
# ## Where a line works
#
# Every process works in some folder, and a path without a slash in front is meant from there. In a Dockerfile that folder is the [working directory](99_glossary.ipynb#working-directory). It is `/`, unless the
# [base image](99_glossary.ipynb#base-image) or a WORKDIR says otherwise:
#
# ```dockerfile
# WORKDIR /path/to/workdir
# ```
#
# **Predict, then run.** The notes' example, below a FROM. What does `pwd` print?

# %% [markdown] lang="zh"
# ## 每一行在哪里执行
#
# 每个进程都在某个目录里工作，前面没有斜杠的路径就从那里算起。在 Dockerfile 里，这个目录叫[工作目录](99_glossary.ipynb#working-directory)。[基础镜像](99_glossary.ipynb#base-image)和 WORKDIR 都没说，它就是 `/`：
#
# ```dockerfile
# WORKDIR /path/to/workdir
# ```
#
# **先猜再运行。** 笔记的例子，前面加上 FROM。`pwd` 会打印什么？

# %%
# %%dockerfile abc
FROM alpine
WORKDIR /a
WORKDIR b
WORKDIR c
RUN pwd

# %% [markdown] lang="en"
# `/a/b/c`, as the notes say. A path with a slash in front begins anew; one without goes on from where you are.

# %% [markdown] lang="zh"
# 笔记说“实际输出为`/a/b/c`”，没错。前面有斜杠的路径从头算起；没有的，接着当前目录往下走。

# %%
# %picture workdir abc

# %% [markdown] lang="en"
# **Predict, then run.** And here? Three times `pwd`.

# %% [markdown] lang="zh"
# **先猜再运行。** 这里呢？三个 `pwd`。

# %%
# %%dockerfile walk
FROM alpine
ENV ROOT=/opt
WORKDIR /srv/www
RUN pwd
WORKDIR ../log
RUN pwd
WORKDIR $ROOT/shop
RUN pwd

# %%
# %picture workdir walk

# %% [markdown] lang="en"
# `..` leads one up, and variables of ENV and ARG are filled in.
#
# ## Made if it is missing
#
# Nobody had to make `/srv/www` or `/opt/shop`: WORKDIR makes what is missing, and that is why it has a [layer](99_glossary.ipynb#layer) of its own. Look at the top of the history:

# %% [markdown] lang="zh"
# `..` 往上一级；ENV 和 ARG 的变量会被替换。
#
# ## 没有就创建
#
# `/srv/www`、`/opt/shop` 都没有人建过：缺的目录 WORKDIR 会建，所以它有自己的一[层](99_glossary.ipynb#layer)。看看历史记录的最上面几行：

# %%
# %docker history walk

# %% [markdown] lang="en"
# Whose is the new folder? With BuildKit it belongs to the [USER](14_user.ipynb) in force, with the older builder to root.

# %% [markdown] lang="zh"
# 新目录归谁？BuildKit 建的归当时的 [USER](14_user.ipynb)，旧构建器建的归 root。

# %%
# %%contextfile owner.Dockerfile
FROM alpine
RUN adduser -D tea
USER tea
WORKDIR /var/pot

# %%
# %%docker
docker build -q -f owner.Dockerfile -t pot .
docker run --rm pot ls -ld /var/pot
DOCKER_BUILDKIT=0 docker build -q -f owner.Dockerfile -t pot-older .
docker run --rm pot-older ls -ld /var/pot

# %% [markdown] lang="en"
# A folder that is already there keeps its owner with both. Who wants to be sure makes it in a RUN and gives it away: `RUN mkdir /var/pot && chown tea:tea /var/pot`.
#
# ## The notes say / today
#
# > 类似`RUN cd <dir>`
#
# "Like `RUN cd <dir>`." That is what it is not. **Predict, then run.** What do the two last lines print?

# %% [markdown] lang="zh"
# 目录已经存在的话，两种构建器都不动它的属主。想保险，就自己用 RUN 建好、交出去：`RUN mkdir /var/pot && chown tea:tea /var/pot`。
#
# ## 笔记的说法与今天
#
# > 类似`RUN cd <dir>`
#
# 恰恰不像。**先猜再运行。** 最后两行各打印什么？

# %%
# %%dockerfile with-cd
FROM alpine
RUN mkdir -p /srv/www
RUN cd /srv/www
RUN pwd
RUN cd /srv/www && pwd

# %% [markdown] lang="en"
# `cd` moves the shell of its own RUN, and [that shell is gone](08_run.ipynb) in the next line. It has never been different, with either builder. Within one line it works. WORKDIR stands in the config, so it holds for all that comes after it:

# %% [markdown] lang="zh"
# `cd` 换的是这一条 RUN 自己那个 shell 的目录，到下一行[这个 shell 就没了](08_run.ipynb)。两种构建器都一样，从来如此。写在同一行里才管用。WORKDIR 则写进配置，对后面的一切都有效：

# %%
# %%contextfile start.sh
#!/bin/sh
echo "started in $(pwd)"

# %%
# %%dockerfile shop
FROM alpine
WORKDIR /srv/shop
COPY --chmod=755 start.sh bin/
RUN touch visits
WORKDIR log
CMD ["../bin/start.sh"]

# %%
# %picture workdir shop

# %%
# %%docker
docker run --rm shop
docker run --rm -w /srv/shop shop bin/start.sh
docker run -d --name open shop sleep 1000
docker exec open pwd
docker exec -w /tmp open pwd

# %% [markdown] lang="en"
# * RUN, and the destination of COPY and ADD, follow the WORKDIR **above** them.
# * CMD, ENTRYPOINT and HEALTHCHECK follow the **last** one of the image; so does `docker exec`. With `-w` you say another one.
# * A child image goes on from there.
#
# ## A relative path at the beginning
#
# **Predict, then run.** The same line on two bases. Where is the page?

# %% [markdown] lang="zh"
# * RUN，还有 COPY、ADD 的目标，看的是它们**上面**的 WORKDIR。
# * CMD、ENTRYPOINT、HEALTHCHECK 看的是镜像里**最后一个**，`docker exec` 也一样。用 `-w` 可以另外指定。
# * 子镜像从那里接着走。
#
# ## 一开头就写相对路径
#
# **先猜再运行。** 同样一行，放在两个基础镜像上。网页在哪里？

# %%
# %%contextfile page.html
<h1>Hello</h1>

# %%
# %%dockerfile on-alpine
FROM alpine
WORKDIR app
COPY page.html .
RUN pwd

# %%
# %%dockerfile on-golang
FROM golang
WORKDIR app
COPY page.html .
RUN pwd

# %% [markdown] lang="en"
# `golang` has a working directory of its own, `/go`. If the base changes its mind, your files move. Docker warns (`WorkdirRelativePath`), and it is right: the first WORKDIR of a file begins with a slash.
#
# ## Common mistakes
#
# **A comment behind it.** WORKDIR takes the whole rest of the line, blanks and all.

# %% [markdown] lang="zh"
# `golang` 自带工作目录 `/go`。哪天基础镜像改了主意，你的文件就跟着搬家。Docker 会警告（`WorkdirRelativePath`），警告得对：一个文件里第一个 WORKDIR 要以斜杠开头。
#
# ## 常见错误
#
# **在后面写注释。** WORKDIR 把这一行剩下的全拿走，空格也算。

# %%
# %%dockerfile commented
FROM alpine
WORKDIR /srv/app # here the app lives
RUN pwd

# %% [markdown] lang="en"
# **The tilde.** `~` is a word of the shell, and here is no shell. It becomes a folder of that name.

# %% [markdown] lang="zh"
# **波浪号。** `~` 是 shell 的写法，这里没有 shell，于是成了一个叫 `~` 的目录。

# %%
# %%dockerfile tilde
FROM alpine
WORKDIR ~/app
RUN pwd

# %% [markdown] lang="en"
# **A variable that is misspelt.** It is empty, and an empty WORKDIR changes nothing; here the file lands in `/`. Only warnings tell. The older builder stops.

# %% [markdown] lang="zh"
# **变量写错了名字。** 它是空的，而空的 WORKDIR 什么也不改，文件就落在了 `/`。只有警告会提醒你。旧构建器则会停下来。

# %%
# %%contextfile misspelt.Dockerfile
FROM alpine
ENV APP_DIR=/srv/app
WORKDIR $APPDIR
COPY page.html .
RUN ls /page.html

# %%
# %%docker
docker build -f misspelt.Dockerfile .
DOCKER_BUILDKIT=0 docker build -f misspelt.Dockerfile .

# %% [markdown] lang="en"
# **A file in the way.**

# %% [markdown] lang="zh"
# **有个文件挡路。**

# %%
# %%dockerfile in-the-way
FROM alpine
COPY page.html /srv/app
WORKDIR /srv/app

# %% [markdown] lang="en"
# `/srv/app` did not exist when COPY came, so it became the name of the file. WORKDIR first, then `COPY page.html .`
#
# **`cd` as the program.** It is a word of the shell, and it would end at once.

# %% [markdown] lang="zh"
# COPY 的时候还没有 `/srv/app` 这个目录，它就成了文件名。先写 WORKDIR，再写 `COPY page.html .`
#
# **拿 `cd` 当程序。** 它是 shell 内部的命令，而且马上就结束。

# %%
# %%dockerfile cd-cmd
FROM alpine
CMD ["cd", "/srv"]

# %%
# %docker run --rm cd-cmd

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. The context holds `page.html`. On `alpine`, build an image so that `docker run IMAGE pwd` prints `/srv/site` and `docker run IMAGE ls` prints `page.html`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。上下文里有 `page.html`。以 `alpine` 为基础构建镜像：`docker run IMAGE pwd` 打印 `/srv/site`，`docker run IMAGE ls` 打印 `page.html`。

# %% bare=true
# %%dockerfile workdir-first
# YOUR ANSWER HERE

# %% bare=true
check("workdir-first")

# %% bare=true
# %hint workdir-first

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each exercise has a machine of its own; nothing of this page is on it.
#
# ### 1. What does pwd print? (2 points)
#
# Each file begins with `FROM alpine` and ends in `RUN pwd`, unless something else is said.
#
# * `a`: `WORKDIR /srv`, `WORKDIR www`, `WORKDIR log`
# * `b`: `WORKDIR /srv/www`, `WORKDIR /log`
# * `c`: `WORKDIR /srv/www`, `WORKDIR ..`, `WORKDIR log`
# * `d`: `WORKDIR /srv`, `RUN cd /tmp`
# * `e`: `ENV BASE=/opt`, `WORKDIR /srv`, `WORKDIR $BASE/app`
# * `f`: `WORKDIR /srv`, `CMD ["pwd"]`, `WORKDIR log`; what does `docker run IMAGE` print?
# * `g`: the image of `a`, started with `docker run -w /tmp IMAGE pwd`
# * `h`: `FROM` the image of `a`, then `WORKDIR old`
#
# Copy this into the cell and put a path in the place of each `"..."`.
#
# ```
# workdir_pwd = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": "...",
#     "f": "...",
#     "g": "...",
#     "h": "...",
# }
# ```

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每道题有自己的机器，这一页上的东西都不在那里。
#
# ### 1. pwd 打印什么？（2 分）
#
# 没有另外说明的话，每个文件都以 `FROM alpine` 开头，以 `RUN pwd` 结尾。
#
# * `a`：`WORKDIR /srv`，`WORKDIR www`，`WORKDIR log`
# * `b`：`WORKDIR /srv/www`，`WORKDIR /log`
# * `c`：`WORKDIR /srv/www`，`WORKDIR ..`，`WORKDIR log`
# * `d`：`WORKDIR /srv`，`RUN cd /tmp`
# * `e`：`ENV BASE=/opt`，`WORKDIR /srv`，`WORKDIR $BASE/app`
# * `f`：`WORKDIR /srv`，`CMD ["pwd"]`，`WORKDIR log`；`docker run IMAGE` 打印什么？
# * `g`：`a` 的镜像，用 `docker run -w /tmp IMAGE pwd` 启动
# * `h`：`FROM` `a` 的镜像，再写 `WORKDIR old`
#
# 把下面的内容抄进单元格，将每个 `"..."` 换成路径。
#
# ```
# workdir_pwd = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": "...",
#     "f": "...",
#     "g": "...",
#     "h": "...",
# }
# ```

# %% nbgrader={"grade_id": "workdir-pwd", "solution": true}
### BEGIN SOLUTION
workdir_pwd = {
    "a": "/srv/www/log",
    "b": "/log",
    "c": "/srv/log",
    "d": "/srv",
    "e": "/opt/app",
    "f": "/srv/log",
    "g": "/tmp",
    "h": "/srv/www/log/old",
}
### END SOLUTION

# %% nbgrader={"grade_id": "workdir-pwd-check", "grade": true, "points": 2}
check("workdir-pwd")

# %% bare=true
# %hint workdir-pwd

# %% [markdown] lang="en"
# ### 2. A chain of cd (4 points)
#
# Somebody has written a Dockerfile like a script. It builds, but nothing is where it should be:
#
# ```dockerfile
# FROM alpine
# RUN mkdir -p /srv/shop
# RUN cd /srv/shop
# COPY start.sh bin/
# RUN mkdir log && cd log
# RUN touch visits
# RUN cd ..
# RUN echo open > state
# CMD ["sh", "bin/start.sh"]
# ```
#
# The script `start.sh` of the context prints the state and the number of visits. Write the Dockerfile as it was meant, with WORKDIR:
#
# * `/srv/shop` holds `bin/start.sh`, `log/visits` and `state`, and nothing of them lies elsewhere;
# * `docker run IMAGE` prints `the shop is open, 0 visits`, and a container starts in `/srv/shop`;
# * the folder is said once, at the top: built with `--build-arg DIR=/opt/kiosk`, all of it lies in `/opt/kiosk` instead. Without the argument it is `/srv/shop`.

# %% [markdown] lang="zh"
# ### 2. 一串 cd（4 分）
#
# 有人把 Dockerfile 当成脚本来写。能构建，可是什么都不在该在的地方：
#
# ```dockerfile
# FROM alpine
# RUN mkdir -p /srv/shop
# RUN cd /srv/shop
# COPY start.sh bin/
# RUN mkdir log && cd log
# RUN touch visits
# RUN cd ..
# RUN echo open > state
# CMD ["sh", "bin/start.sh"]
# ```
#
# 上下文里的脚本 `start.sh` 会打印状态和访问次数。请按他的本意，用 WORKDIR 重写：
#
# * `/srv/shop` 里有 `bin/start.sh`、`log/visits` 和 `state`，别处都没有；
# * `docker run IMAGE` 打印 `the shop is open, 0 visits`，容器从 `/srv/shop` 启动；
# * 目录只在最上面写一次：用 `--build-arg DIR=/opt/kiosk` 构建，全部内容就都在 `/opt/kiosk` 里；不给参数则是 `/srv/shop`。

# %% nbgrader={"grade_id": "workdir-cd", "solution": true}
# %%dockerfile workdir-cd
### BEGIN SOLUTION
FROM alpine
ARG DIR=/srv/shop
WORKDIR $DIR
COPY start.sh bin/
RUN echo open > state
WORKDIR log
RUN touch visits
WORKDIR ..
CMD ["sh", "bin/start.sh"]
### END SOLUTION

# %% nbgrader={"grade_id": "workdir-cd-check", "grade": true, "points": 4}
check("workdir-cd")

# %% bare=true
# %hint workdir-cd

# %% [markdown] lang="en"
# ### 3. Whatever the base says (2 points)
#
# The team's image `team` is your base. Its working directory is `/srv` today, and it may be another one tomorrow.
#
# ```dockerfile
# FROM team
# WORKDIR app
# COPY page.html .
# ```
#
# Write it so that the page is at `/srv/app/page.html`, and a container starts in `/srv/app`, whatever `team` says. Docker warns of nothing.

# %% [markdown] lang="zh"
# ### 3. 不管基础镜像怎么说（2 分）
#
# 团队的镜像 `team` 是你的基础镜像。它的工作目录今天是 `/srv`，明天就可能是别的。
#
# ```dockerfile
# FROM team
# WORKDIR app
# COPY page.html .
# ```
#
# 改写它：不管 `team` 怎么写，网页都在 `/srv/app/page.html`，容器都从 `/srv/app` 启动。Docker 不给任何警告。

# %% nbgrader={"grade_id": "workdir-base", "solution": true}
# %%dockerfile workdir-base
### BEGIN SOLUTION
FROM team
WORKDIR /srv/app
COPY page.html .
### END SOLUTION

# %% nbgrader={"grade_id": "workdir-base-check", "grade": true, "points": 2}
check("workdir-base")

# %% bare=true
# %hint workdir-base

# %% [markdown] lang="en"
# ### 4. A place to work, on both builders (2 points)
#
# With BuildKit this image works. Built with `DOCKER_BUILDKIT=0`, its container says `Permission denied`.
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app
# USER app
# WORKDIR /var/work
# CMD ["sh", "-c", "echo done > note && cat note"]
# ```
#
# Write it so that with both builders the container runs as `app` in `/var/work`, and `docker run IMAGE` prints `done`.

# %% [markdown] lang="zh"
# ### 4. 两种构建器都能干活的地方（2 分）
#
# 用 BuildKit 构建，这个镜像没问题。用 `DOCKER_BUILDKIT=0` 构建，容器就报 `Permission denied`。
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app
# USER app
# WORKDIR /var/work
# CMD ["sh", "-c", "echo done > note && cat note"]
# ```
#
# 改写它，让两种构建器构建出来的容器都以 `app` 在 `/var/work` 里运行，`docker run IMAGE` 打印 `done`。

# %% nbgrader={"grade_id": "workdir-owner", "solution": true}
# %%dockerfile workdir-owner
### BEGIN SOLUTION
FROM alpine
RUN adduser -D app
RUN mkdir /var/work && chown app:app /var/work
USER app
WORKDIR /var/work
CMD ["sh", "-c", "echo done > note && cat note"]
### END SOLUTION

# %% nbgrader={"grade_id": "workdir-owner-check", "grade": true, "points": 2}
check("workdir-owner")

# %% bare=true
# %hint workdir-owner

# %% [markdown] lang="en"
# ## Key points
#
# * WORKDIR is the folder for RUN, COPY and ADD below it; the last one is where a container starts.
# * With a slash in front it begins anew, without one it goes on. The first one of a file has a slash.
# * What is missing is made: with BuildKit for the USER in force, with the older builder for root.
# * `cd` lasts to the end of its RUN and no longer.
#
# Read on: [16 ONBUILD](16_onbuild.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * WORKDIR 是它下面的 RUN、COPY、ADD 的目录；最后一个就是容器启动的目录。
# * 前面有斜杠就从头算起，没有就接着走。文件里的第一个要有斜杠。
# * 缺的目录会创建：BuildKit 建的归当时的 USER，旧构建器建的归 root。
# * `cd` 只管到它那条 RUN 结束。
#
# 接着读：[16 ONBUILD](16_onbuild.ipynb)。
