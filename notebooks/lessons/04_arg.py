# %% [markdown] lang="en"
# # 04 ARG
#
# After this lesson you can
#
# * give a build a value from outside, with a default;
# * say on which lines of a Dockerfile a name exists, and which value it has there;
# * choose between ARG and ENV;
# * say why a secret does not belong in an ARG.
#
# Reading 15 minutes, exercises 15 minutes. It follows *ARG* in the notes.

# %% [markdown] lang="zh"
# # 04 ARG
#
# 学完这一课，你能
#
# * 从外面给构建传一个值，并写好默认值；
# * 说出一个名字在 Dockerfile 的哪些行上存在，值是多少；
# * 在 ARG 和 ENV 之间作出选择；
# * 说清为什么密码不该放进 ARG。
#
# 阅读 15 分钟，习题 15 分钟。对应笔记的“ARG 变量”。

# %% [markdown] lang="en"
# ## A value from outside
#
# `ARG <name>[=<default value>]` declares a variable of the build. `$<name>` is its value. `docker build --build-arg NAME=VALUE` gives another one
# than the default. The notes' example, with a line below it that shows which [base image](99_glossary.ipynb#base-image) it got:

# %% [markdown] lang="zh"
# ## 从外面传一个值
#
# `ARG <name>[=<default value>]` 声明一个构建变量，用 `$<name>` 取值。`docker build --build-arg 名字=值` 可以换掉默认值。下面是笔记里的例子，
# 另加一行，看看用的是哪个[基础镜像](99_glossary.ipynb#base-image)：

# %%
# %%contextfile Dockerfile
ARG VERSION=latest
FROM centos:$VERSION
RUN cat /etc/centos-release

# %%
# %%docker
docker build -t on-latest .
docker build --build-arg VERSION=7 -t on-seven .

# %% [markdown] lang="en"
# One file, two images. And the notes' own lines, exactly as they print them, with `...` for "and so on"?

# %% [markdown] lang="zh"
# 同一个文件，构建出两个镜像。那么照笔记的原样写呢？它用 `...` 表示“等等”。

# %%
# %%contextfile written/Dockerfile
ARG VERSION=latest
FROM centos:$VERSION
...

# %%
# %%docker
docker build -f written/Dockerfile .
docker build --build-arg VERSION=latest ....

# %% [markdown] lang="en"
# For Docker the dots are an instruction, and in the command the name of a folder. Above you saw both corrected: real instructions, and `.`, the current folder.
#
# ## A name that nobody declared
#
# The notes quote: "If a user specifies a build argument that was not defined in the Dockerfile, the build outputs a warning."
#
# **Predict, then run.** `VERSOIN` is a slip of the fingers. What do the two builders say?

# %% [markdown] lang="zh"
# 在 Docker 看来，那几个点是一条指令；在命令里，它们是一个目录名。上面就是改正后的样子：真正的指令，以及代表当前目录的 `.`。
#
# ## 没人声明过的名字
#
# 笔记引用的官方说法是：“If a user specifies a build argument that was not defined in the Dockerfile, the build outputs a warning.”（传入 Dockerfile 里没有定义的构建
# 参数时，构建会给出警告。）
#
# **先猜再运行。** `VERSOIN` 是手滑打错的。两个构建器各会说什么？

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build --build-arg VERSOIN=7 -t typo .
docker build --build-arg VERSOIN=7 -t typo .

# %% [markdown] lang="en"
# The older builder warns at the end. BuildKit, the default since Docker 23 (2023), says nothing: the slip passes, and you get the default. So look at what you built.
#
# ## Where a name exists
#
# An ARG exists from its line on, in its [stage](99_glossary.ipynb#stage). Above the first FROM there is no stage yet: such an ARG is for FROM lines only.
#
# **Predict, then run.** What does the RUN print?

# %% [markdown] lang="zh"
# 旧构建器在最后给出警告。从 Docker 23（2023 年）起默认的 BuildKit 却一声不吭：打错就打错了，用的还是默认值。所以构建完要看一眼结果。
#
# ## 名字在哪里存在
#
# ARG 从它那一行起，在自己的[阶段](99_glossary.ipynb#stage)里存在。第一个 FROM 之前还没有阶段，那里的 ARG 只给 FROM 行用。
#
# **先猜再运行。** RUN 会打印什么？

# %%
# %%dockerfile above-from
ARG VERSION=latest
FROM alpine:$VERSION
RUN echo "version: $VERSION"

# %% [markdown] lang="en"
# Nothing: FROM saw the name, RUN does not. Repeat the ARG below FROM, without a value, and it takes over the one from above. Each stage
# needs that line for itself.

# %% [markdown] lang="zh"
# 什么也没有：FROM 看得到这个名字，RUN 看不到。在 FROM 下面再写一次 ARG，不带值，它就接过上面的值。每个阶段都要自己写这一行。

# %%
# %%dockerfile scopes
ARG VERSION=3.18
FROM alpine:$VERSION AS one
RUN echo "one, too early: $VERSION"
ARG VERSION
RUN echo "one: $VERSION" > /one.txt
FROM alpine AS two
ARG VERSION=2.0
RUN echo "two: $VERSION" > /two.txt
FROM alpine
RUN echo "three: $VERSION"
COPY --from=one /one.txt /
COPY --from=two /two.txt /

# %%
# %docker run --rm scopes cat /one.txt /two.txt

# %% [markdown] lang="en"
# The picture shows for each line which names exist on it, with which value, and where it comes from.

# %% [markdown] lang="zh"
# 下图画出每一行上有哪些名字、值是多少、从哪里来。

# %%
# %picture scope scopes

# %% [markdown] lang="en"
# Three sources for a value, the strongest first:
#
# 1. `--build-arg`, for every ARG line of that name;
# 2. the default on the ARG line of the stage: `2.0` in stage two;
# 3. the default from above the first FROM.
#
# A stage that is built `FROM one` begins with the ARGs of `one`.
#
# ## ARG or ENV
#
# **Predict, then run.** An ARG is set during the build. Is it there when the container runs?

# %% [markdown] lang="zh"
# 值有三个来源，从强到弱：
#
# 1. `--build-arg`，对这个名字的每一行 ARG 都有效；
# 2. 阶段里 ARG 行上的默认值，比如阶段 two 的 `2.0`；
# 3. 第一个 FROM 之前的默认值。
#
# 以 `FROM one` 开始的阶段，会带着 `one` 的 ARG。
#
# ## ARG 还是 ENV
#
# **先猜再运行。** 构建时设了 ARG。容器运行时它还在吗？

# %%
# %%dockerfile gone
FROM alpine
ARG WHO=world
RUN echo "the build says hello $WHO"
CMD echo "the container says hello $WHO"

# %%
# %docker run --rm gone

# %% [markdown] lang="en"
# ARG lasts as long as the build. An [environment variable](99_glossary.ipynb#environment-variable) that is set with ENV stays in the image. To hand a value on, let an ENV take it from the ARG:

# %% [markdown] lang="zh"
# ARG 只活到构建结束；用 ENV 设的[环境变量](99_glossary.ipynb#environment-variable)会留在镜像里。要把值传下去，就让 ENV 从 ARG 取值：

# %%
# %%dockerfile handed-on --build-arg WHO=docker
FROM alpine
ARG WHO=world
ENV WHO=$WHO
CMD echo "the container says hello $WHO"

# %%
# %docker run --rm handed-on

# %%
# %picture scope handed-on

# %% [markdown] lang="en"
# | | ARG | ENV |
# |---|---|---|
# | in later steps of the build | yes | yes |
# | in the container | no | yes |
# | from outside | `docker build --build-arg` | `docker run -e` |
# | in FROM | if above the first FROM | no |
# | can be read in the image | in its history | in its config |
#
# If both have the same name, the later line wins during the build with BuildKit. In the container it is always the ENV.

# %% [markdown] lang="zh"
# | | ARG | ENV |
# |---|---|---|
# | 构建的后续步骤里 | 有 | 有 |
# | 容器里 | 没有 | 有 |
# | 从外面给值 | `docker build --build-arg` | `docker run -e` |
# | 能用在 FROM 里 | 写在第一个 FROM 之前就能 | 不能 |
# | 在镜像里读得到 | 在历史里 | 在配置里 |
#
# 两者同名时，BuildKit 构建中后写的那一行生效；容器里则永远是 ENV。

# %%
# %%dockerfile both --build-arg V=from-outside
FROM alpine
ENV V=env
ARG V=arg
RUN echo "the build sees $V"

# %%
# %docker run --rm both printenv V

# %% [markdown] lang="en"
# With the older builder, an ENV always hid the ARG; Docker's documentation still says so.
#
# ## A secret in an ARG
#
# Gone from the container, so nobody can see it? Look.

# %% [markdown] lang="zh"
# 旧构建器里 ENV 总是盖过 ARG，Docker 的文档至今还这么写。
#
# ## ARG 里的密码
#
# 容器里没有了，是不是就没人看得到？来看看。

# %%
# %%dockerfile leaky --build-arg TOKEN=tiger-4711
FROM alpine
ARG TOKEN
RUN echo "fetching with $TOKEN" > /dev/null

# %%
# %docker history --no-trunc --format "{{.CreatedBy}}" leaky

# %% [markdown] lang="en"
# Two lines tell it to everybody who has the image: `|1 TOKEN=...` is how a RUN records the ARGs that it saw. The build warns about the name. Only the last stage's
# history goes into the image; what an earlier stage used stays behind, and only files are copied out of it. Better still is
# `RUN --mount=type=secret`, which stores the secret nowhere.
#
# ## Common mistakes
#
# **The name in FROM is not declared, or spelled differently.**

# %% [markdown] lang="zh"
# 历史里有两行写着它，谁拿到镜像谁就能看见：`|1 TOKEN=...` 是 RUN 记下自己用到的 ARG 的方式。构建时，BuildKit 也对这个名字给了警告。进入镜像的只有最后一个阶段的历史；前面阶段
# 用过的东西留在原地，只有文件会被复制出来。更好的办法是 `RUN --mount=type=secret`，这样 token 哪里都不会留下。
#
# ## 常见错误
#
# **FROM 里的名字没有声明，或者拼错了。**

# %%
# %%dockerfile misspelled
ARG VERSION=3.18
FROM alpine:$VERSOIN

# %% [markdown] lang="en"
# Its value is empty, so the reference ends in a colon.
#
# **Blanks around the `=`.**

# %% [markdown] lang="zh"
# 值是空的，于是镜像名以冒号结尾。
#
# **`=` 两边有空格。**

# %%
# %%dockerfile blanks
FROM alpine
ARG WHO = world

# %% [markdown] lang="en"
# **A RUN that changes the value.** It changes a variable of its own shell; the next line does not see it.

# %% [markdown] lang="zh"
# **用 RUN 改值。** 改的只是那个 shell 自己的变量，下一行看不到。

# %%
# %%dockerfile changed
FROM alpine
ARG WHO=world
RUN WHO=docker && echo "first: $WHO"
RUN echo "second: $WHO"

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. From `alpine`, build an image in which the file `/hello.txt` holds the line `hello world`. With `--build-arg WHO=docker` it holds `hello docker`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。从 `alpine` 构建一个镜像，文件 `/hello.txt` 的内容是一行 `hello world`；加上 `--build-arg WHO=docker` 时，内容是 `hello docker`。

# %% bare=true
# %%dockerfile arg-hello
# YOUR ANSWER HERE

# %% bare=true
check("arg-hello")

# %% bare=true
# %hint arg-hello

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. The checks build your file several times, with and without `--build-arg`.
#
# ### 1. A version from outside (3 points)
#
# Build an image on `alpine:3.18`. `docker build --build-arg ALPINE=3.17` must give one on `alpine:3.17` instead. In both, the file `/base.txt` holds the version as its only line: `3.18`,
# or `3.17`.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。检查时会把你的文件构建好几次，有时带 `--build-arg`，有时不带。
#
# ### 1. 版本由外面决定（3 分）
#
# 以 `alpine:3.18` 为基础构建镜像；`docker build --build-arg ALPINE=3.17` 则要得到以 `alpine:3.17` 为基础的镜像。两种情况下，文件 `/base.txt` 都只有一行，就是版本号：`3.18` 或
# `3.17`。

# %% nbgrader={"grade_id": "arg-version", "solution": true}
# %%dockerfile arg-version
### BEGIN SOLUTION
ARG ALPINE=3.18
FROM alpine:$ALPINE
ARG ALPINE
RUN echo "$ALPINE" > /base.txt
### END SOLUTION

# %% nbgrader={"grade_id": "arg-version-check", "grade": true, "points": 3}
check("arg-version")

# %% bare=true
# %hint arg-version

# %% [markdown] lang="en"
# ### 2. In both stages (3 points)
#
# This file builds, but `/tool.txt` holds only the word `tool`, and the container's `TOOL_VERSION` is empty.
#
# ```dockerfile
# ARG TOOL_VERSION=1.4
#
# FROM alpine AS make
# RUN echo "tool $TOOL_VERSION" > /tool.txt
#
# FROM alpine
# COPY --from=make /tool.txt /
# ENV TOOL_VERSION=$TOOL_VERSION
# ```
#
# Mend it: `/tool.txt` holds `tool 1.4`, and a container gets `TOOL_VERSION=1.4`. With `--build-arg TOOL_VERSION=2.0`, both say `2.0`.

# %% [markdown] lang="zh"
# ### 2. 两个阶段都要有（3 分）
#
# 下面这个文件能构建，但 `/tool.txt` 里只有 `tool` 一个词，容器里的 `TOOL_VERSION` 是空的。
#
# ```dockerfile
# ARG TOOL_VERSION=1.4
#
# FROM alpine AS make
# RUN echo "tool $TOOL_VERSION" > /tool.txt
#
# FROM alpine
# COPY --from=make /tool.txt /
# ENV TOOL_VERSION=$TOOL_VERSION
# ```
#
# 请改好它：`/tool.txt` 的内容是 `tool 1.4`，容器里 `TOOL_VERSION=1.4`。加上 `--build-arg TOOL_VERSION=2.0` 时，两处都变成 `2.0`。

# %% nbgrader={"grade_id": "arg-stages", "solution": true}
# %%dockerfile arg-stages
### BEGIN SOLUTION
ARG TOOL_VERSION=1.4

FROM alpine AS make
ARG TOOL_VERSION
RUN echo "tool $TOOL_VERSION" > /tool.txt

FROM alpine
ARG TOOL_VERSION
COPY --from=make /tool.txt /
ENV TOOL_VERSION=$TOOL_VERSION
### END SOLUTION

# %% nbgrader={"grade_id": "arg-stages-check", "grade": true, "points": 3}
check("arg-stages")

# %% bare=true
# %hint arg-stages

# %% [markdown] lang="en"
# ### 3. A token that stays out (2 points)
#
# This file is built with `--build-arg TOKEN=tiger-4711`. The context has the script `fetch.sh`, which asks for the token and prints data.
#
# ```dockerfile
# FROM alpine
# ARG TOKEN
# COPY fetch.sh /
# RUN sh /fetch.sh "$TOKEN" > /data.txt
# ```
#
# Write it anew: `/data.txt` holds the same data, but `tiger-4711` can be read nowhere in the image, neither in its history nor in its config nor in a file of any layer.

# %% [markdown] lang="zh"
# ### 3. 不留下 token（2 分）
#
# 下面的文件用 `--build-arg TOKEN=tiger-4711` 构建。上下文里有脚本 `fetch.sh`，给它 token，它就打印数据。
#
# ```dockerfile
# FROM alpine
# ARG TOKEN
# COPY fetch.sh /
# RUN sh /fetch.sh "$TOKEN" > /data.txt
# ```
#
# 请改写：`/data.txt` 的数据不变，但镜像里哪儿都读不到 `tiger-4711`，历史、配置、任何一层的文件里都不能有。

# %% nbgrader={"grade_id": "arg-leak", "solution": true}
# %%dockerfile arg-leak --build-arg TOKEN=tiger-4711
### BEGIN SOLUTION
FROM alpine AS fetch
ARG TOKEN
COPY fetch.sh /
RUN sh /fetch.sh "$TOKEN" > /data.txt

FROM alpine
COPY --from=fetch /data.txt /
### END SOLUTION

# %% nbgrader={"grade_id": "arg-leak-check", "grade": true, "points": 2}
check("arg-leak")

# %% bare=true
# %hint arg-leak

# %% [markdown] lang="en"
# ### 4. Which value? (2 points)
#
# ```dockerfile
# ARG A=one
# ARG B=two
# FROM alpine
# ARG A
# ARG B=three
# ENV C=$A
# RUN echo $A $B $C
# CMD echo $A $B $C
# ```
#
# * `a`: what the RUN prints in `docker build .`
# * `b`: what `docker run` of that image prints
# * `c`: what the RUN prints in `docker build --build-arg B=four .`
# * `d`: what the RUN prints in `docker build --build-arg A=five .`
#
# Copy this into the cell and put the printed words in the place of each `...`, with one blank between two words.
#
# ```
# arg_values = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 是哪个值？（2 分）
#
# ```dockerfile
# ARG A=one
# ARG B=two
# FROM alpine
# ARG A
# ARG B=three
# ENV C=$A
# RUN echo $A $B $C
# CMD echo $A $B $C
# ```
#
# * `a`：`docker build .` 时 RUN 打印什么
# * `b`：`docker run` 这个镜像时打印什么
# * `c`：`docker build --build-arg B=four .` 时 RUN 打印什么
# * `d`：`docker build --build-arg A=five .` 时 RUN 打印什么
#
# 把下面的内容抄进单元格，将每个 `...` 换成打印出来的词，词与词之间一个空格。
#
# ```
# arg_values = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
# }
# ```

# %% nbgrader={"grade_id": "arg-values", "solution": true}
### BEGIN SOLUTION
arg_values = {
    "a": "one three one",
    "b": "one",
    "c": "one four one",
    "d": "five three five",
}
### END SOLUTION

# %% nbgrader={"grade_id": "arg-values-check", "grade": true, "points": 2}
check("arg-values")

# %% bare=true
# %hint arg-values

# %% [markdown] lang="en"
# ## Key points
#
# * `ARG NAME=default` is a variable of the build; `--build-arg NAME=VALUE` beats every default.
# * It exists from its line to the end of its stage. Above the first FROM it is for FROM alone; `ARG NAME` in a stage takes it over.
# * It is gone when the container runs. `ENV NAME=$NAME` keeps it.
# * It stands in the history: no secrets.
#
# Next: [05 FROM](05_from.ipynb). More about variables that stay: [10 ENV](10_env.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * `ARG NAME=默认值` 是构建用的变量；`--build-arg NAME=值` 压过所有默认值。
# * 它从自己那一行起，到所在阶段结束为止。写在第一个 FROM 之前的只给 FROM 用；在阶段里写 `ARG NAME` 就能接过来。
# * 容器运行时它已经没了；`ENV NAME=$NAME` 能把值留下。
# * 它会留在历史里，所以不要放密码。
#
# 下一课：[05 FROM](05_from.ipynb)。想看留得下来的变量，见 [10 ENV](10_env.ipynb)。
