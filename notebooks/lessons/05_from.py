# %% [markdown] lang="en"
# # 05 FROM
#
# After this lesson you can
#
# * say what an image gets from its base: files, and more than files;
# * choose a base by its tag, and pin it by its digest;
# * build on nothing at all;
# * write several stages, name them, and build only one of them.
#
# Reading 18 minutes, exercises 20 minutes. It follows *FROM* in the notes.

# %% [markdown] lang="zh"
# # 05 FROM
#
# 学完这一课，你能
#
# * 说清镜像从基础镜像那里得到什么：有文件，也不止文件；
# * 用 tag 选基础镜像，用 digest 把它固定下来；
# * 从一无所有开始构建；
# * 写几个阶段，给它们起名，并且只构建其中一个。
#
# 阅读 18 分钟，习题 20 分钟。对应笔记的“FROM 来自基础镜像”。

# %% [markdown] lang="en"
# ## Where a build begins
#
# > The `FROM` instruction initializes a new build stage and sets the Base Image for subsequent instructions. As such, a valid Dockerfile
# > must start with a FROM instruction.
#
# So the notes quote the manual. A [stage](99_glossary.ipynb#stage) begins, and it stands on a [base image](99_glossary.ipynb#base-image). Here is
# the notes' example, with one more line to have something to see.

# %% [markdown] lang="zh"
# ## 构建从哪里开始
#
# > The `FROM` instruction initializes a new build stage and sets the Base Image for subsequent instructions. As such, a valid Dockerfile
# > must start with a FROM instruction.
#
# 这是笔记引用的手册原文：FROM 开始一个新的[阶段](99_glossary.ipynb#stage)，并定下它的[基础镜像](99_glossary.ipynb#base-image)，所以合法的
# Dockerfile 必须以 FROM 开头。下面是笔记里的例子，多加一行，好看出点东西。

# %%
# %%dockerfile on-centos
FROM centos:latest
RUN cat /etc/centos-release > /release.txt

# %%
# %docker pull centos:latest

# %%
# %picture compare centos:latest on-centos

# %% [markdown] lang="en"
# The layer of `centos` is not copied: the new image lists it, and adds its own. Any image can be a base, one from a
# [registry](99_glossary.ipynb#registry) or one of yours.
#
# **The notes say / today.** "Must start with a FROM" has one exception since Docker 17.05 (May 2017): ARG may stand above it, for the sake of lines such as
# `FROM centos:$VERSION`. That is [04 ARG](04_arg.ipynb).
#
# ## More than files
#
# Here is a base of our own, with a few settings.

# %% [markdown] lang="zh"
# `centos` 的那一层没有复制：新镜像引用它，再加上自己的。任何镜像都可以当基础镜像，可以来自
# [registry](99_glossary.ipynb#registry)，也可以是自己做的。
#
# **笔记的说法与今天。** “必须以 FROM 开头”从 Docker 17.05（2017 年 5 月）起有一个例外：ARG 可以写在它上面，为的是
# `FROM centos:$VERSION` 这样的写法，见 [04 ARG](04_arg.ipynb)。
#
# ## 不止文件
#
# 先做一个自己的基础镜像，带几项设置。

# %%
# %%dockerfile greeter
FROM alpine
ENV GREETING=hello
WORKDIR /srv
RUN echo "a note" > note.txt
USER nobody
CMD ["sh", "-c", "echo $GREETING from $PWD, I am $(id -un)"]

# %% [markdown] lang="en"
# **Predict, then run.** This child has nothing but a FROM and one variable. What does a container of it do?

# %% [markdown] lang="zh"
# **先猜再运行。** 这个子镜像只有一行 FROM 和一个变量。它的容器会做什么？

# %%
# %%dockerfile child
FROM greeter
ENV GREETING=welcome

# %%
# %docker run --rm child

# %% [markdown] lang="en"
# It does what the base does. The child begins with the whole config of its base: the variables, the folder, the user, the command, ports, labels. Each
# instruction changes one of them and leaves the rest. Now the two stacks side by side: not one layer differs.

# %% [markdown] lang="zh"
# 基础镜像做什么，它就做什么。子镜像以基础镜像的整份配置为起点：环境变量、工作目录、用户、命令、端口、label。每条指令只改其中一项，其余不动。
# 把两摞并排看看：没有哪一层不同。

# %%
# %picture compare greeter child

# %% [markdown] lang="en"
# `COPY --from=greeter` is something else: it takes files out of that image and nothing of its config.

# %% [markdown] lang="zh"
# `COPY --from=greeter` 是另一回事：它只从那个镜像里取文件，配置一概不要。

# %%
# %%dockerfile only-files
FROM alpine
COPY --from=greeter /srv /srv

# %%
# %%docker
docker run --rm only-files sh -c 'cat /srv/note.txt; pwd; id -un; echo "GREETING is: $GREETING"'

# %% [markdown] lang="en"
# (A base's ONBUILD triggers are the one thing that is used up by the child: [16 ONBUILD](16_onbuild.ipynb). And a new ENTRYPOINT clears the base's CMD: [12 CMD and ENTRYPOINT](12_cmd_entrypoint.ipynb).)
#
# ## Which image: name, tag, digest
#
# The notes give three forms:
#
# ```dockerfile
# FROM <image> [AS <name>]
# FROM <image>[:<tag>] [AS <name>]
# FROM <image>[@<digest>] [AS <name>]
# ```
#
# A [tag](99_glossary.ipynb#tag) picks one of the images in a repository. Without one, docker takes `latest`.
#
# **Predict, then run.** Is `latest` the newest?

# %% [markdown] lang="zh"
# （只有基础镜像的 ONBUILD 触发器会被子镜像用掉，见 [16 ONBUILD](16_onbuild.ipynb)。还有，新的 ENTRYPOINT 会清掉基础镜像的 CMD，见 [12 CMD 与 ENTRYPOINT](12_cmd_entrypoint.ipynb)。）
#
# ## 哪个镜像：名字、tag、digest
#
# 笔记给出三种写法：
#
# ```dockerfile
# FROM <image> [AS <name>]
# FROM <image>[:<tag>] [AS <name>]
# FROM <image>[@<digest>] [AS <name>]
# ```
#
# [tag](99_glossary.ipynb#tag) 在同一个仓库的镜像里选一个。不写的话，docker 就用 `latest`。
#
# **先猜再运行。** `latest` 是最新的吗？

# %%
# %%docker
docker run --rm alpine cat /etc/alpine-release
docker run --rm alpine:3.22 cat /etc/alpine-release

# %% [markdown] lang="en"
# In the course's registry it is not, and nowhere does it have to be: `latest` is a tag like any other, and stands for the image that somebody gave it to. The notes'
# own `centos:latest` is the sad case. It was last pushed in September 2021; CentOS Linux 8 ended in December of that year, and the tag will stay there for good.

# %% [markdown] lang="zh"
# 在课程的 registry 里不是，在哪里都不必是：`latest` 和别的 tag 一样，只代表有人把它贴上去的那个镜像。笔记里的 `centos:latest` 就是个
# 让人惋惜的例子：最后一次推送是 2021 年 9 月，同年 12 月 CentOS Linux 8 停止维护，这个 tag 从此不会再动了。

# %%
# %docker inspect -f "{{.Created}}" centos:latest

# %% [markdown] lang="en"
# So write the version that you want: `centos:7`, `alpine:3.18`. And a tag can move. Whoever owns a repository may give `3.18` to another image tomorrow, with fixes in it,
# and mostly that is welcome. A [digest](99_glossary.ipynb#digest) cannot move: it is the SHA-256 of one image.

# %% [markdown] lang="zh"
# 所以要写明想要的版本：`centos:7`、`alpine:3.18`。不过 tag 会移动。仓库的主人明天就可能把 `3.18` 给另一个打了补丁的镜像，多数时候这正是
# 我们想要的。[digest](99_glossary.ipynb#digest) 则不会移动：它是某一个镜像的 SHA-256。

# %%
# %%docker
docker pull alpine:3.18
docker images --digests alpine

# %% [markdown] lang="en"
# With `@` and the digest the base is *pinned*. A tag may stand before it, for the reader; docker looks at the digest.

# %% [markdown] lang="zh"
# 写上 `@` 和 digest，基础镜像就*固定*下来了。前面可以再写 tag，那是给人看的，docker 只看 digest。

# %%
# %%dockerfile pinned
FROM alpine:3.18@sha256:95caff3818e86c18a32e3a699c384a9b5e19077ecc2ce667fe0099528a8d9374
RUN cat /etc/alpine-release

# %% [markdown] lang="en"
# Let us move the tag on our own machine, and build by tag and by digest. `docker tag` gives a name to another image.

# %% [markdown] lang="zh"
# 我们在自己的机器上把 tag 挪一下，再分别用 tag 和 digest 构建。`docker tag` 把名字给另一个镜像。

# %%
# %docker tag alpine:3.22 alpine:3.18

# %%
# %%dockerfile by-tag
FROM alpine:3.18
RUN cat /etc/alpine-release

# %%
# %%dockerfile by-digest
FROM alpine:3.18@sha256:95caff3818e86c18a32e3a699c384a9b5e19077ecc2ce667fe0099528a8d9374
RUN cat /etc/alpine-release

# %% [markdown] lang="en"
# The first one silently got 3.22. The second one says CACHED: nothing has changed for it. Pin what must be the same in a year; and renew the pin now and
# then, or the fixes pass you by. `docker pull` asks the registry, and puts our tag back in its place.

# %% [markdown] lang="zh"
# 第一个不声不响地换成了 3.22。第二个显示 CACHED：对它来说什么都没变。一年后必须一模一样的，就固定下来；同时要记得时不时更新，
# 不然补丁就与你无缘了。`docker pull` 会去问 registry，把我们挪动的 tag 放回原处。

# %%
# %docker pull alpine:3.18

# %% [markdown] lang="en"
# ## A base with nothing in it
#
# `FROM scratch` begins with no layer and an empty config. There is no such image to pull: the name is reserved. Whatever a program needs has to be copied in.
# `busybox:musl` has a program that needs no library.

# %% [markdown] lang="zh"
# ## 什么都没有的基础镜像
#
# `FROM scratch` 从零层、空配置开始。它不是一个能拉取的镜像，这个名字是保留的。程序需要的东西都得自己复制进去。`busybox:musl` 里有一个
# 不依赖任何库的程序。

# %%
# %%dockerfile tiny
FROM scratch
COPY --from=busybox:musl /bin/busybox /bin/busybox
CMD ["/bin/busybox", "echo", "one file is enough"]

# %%
# %docker run --rm tiny

# %% [markdown] lang="en"
# **Predict, then run.** Does RUN work on `scratch`?

# %% [markdown] lang="zh"
# **先猜再运行。** 在 `scratch` 上 RUN 能用吗？

# %%
# %%dockerfile no-shell
FROM scratch
RUN echo hello > /hello.txt

# %% [markdown] lang="en"
# RUN is `/bin/sh -c`, and there is no `/bin/sh`. For the same reason CMD has to be in exec form here.
#
# ## Several FROMs
#
# Each FROM begins a new stage, and AS gives it a name. The last stage becomes the image. What the last stage doesn't use isn't even built: look for the
# stage `tests` in the output.

# %% [markdown] lang="zh"
# RUN 就是 `/bin/sh -c`，而这里没有 `/bin/sh`。同样的道理，CMD 在这里必须用 exec 形式。
#
# ## 几个 FROM
#
# 每个 FROM 开始一个新阶段，AS 给它起名字，最后一个阶段成为镜像。最后的阶段用不到的，根本不会构建：在输出里找找 `tests` 阶段。

# %%
# %%contextfile words.txt
pear
apple

# %%
# %%contextfile Dockerfile
FROM alpine:3.22 AS sorted
COPY words.txt /
RUN sort /words.txt > /sorted.txt

FROM sorted AS tests
RUN grep -q apple /sorted.txt && echo "the tests pass"

FROM scratch
COPY --from=sorted /sorted.txt /

# %%
# %%docker
docker build -t words .
docker history words

# %% [markdown] lang="en"
# `--target` stops at a stage and makes that one the image.

# %% [markdown] lang="zh"
# `--target` 让构建停在某个阶段，把那个阶段做成镜像。

# %%
# %%docker
docker build --target tests -t words-tests .
docker run --rm words-tests cat /sorted.txt

# %% [markdown] lang="en"
# A stage can be the base of a later one, as `sorted` is for `tests`. With its name its config is inherited, just as from any image.
#
# ## Common mistakes
#
# The notes' forms typed as they stand: the angle brackets are meant to be replaced, the square ones mean "may be left out".

# %% [markdown] lang="zh"
# 前面的阶段可以当后面的基础镜像，就像 `tests` 站在 `sorted` 上。这时配置一样会继承，和用别的镜像没有区别。
#
# ## 常见错误
#
# 把笔记里的写法原样敲进去：尖括号里的要换成自己的，方括号表示可以省略。

# %%
# %%dockerfile as-written
FROM <image>[:<tag>] [AS <name>]

# %% [markdown] lang="en"
# A blank after the colon; a tag that is not there; capitals in the name.

# %% [markdown] lang="zh"
# 冒号后面多了空格；没有这个 tag；名字里有大写字母。

# %%
# %%dockerfile blank
FROM centos: latest

# %%
# %%dockerfile no-such-tag
FROM centos:lates

# %%
# %%dockerfile capitals
FROM CentOS:latest

# %% [markdown] lang="en"
# And a misspelt stage: docker takes an unknown name for that of an image, and asks the registry for it.

# %% [markdown] lang="zh"
# 还有写错的阶段名：docker 不认识的名字会当成镜像名，去 registry 里找。

# %%
# %%dockerfile misspelt-stage
FROM alpine AS sorted
RUN echo apple > /sorted.txt
FROM scratch
COPY --from=sortde /sorted.txt /

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. There is an image `clock`, built like this:
#
# ```dockerfile
# FROM alpine
# ENV ZONE=London
# WORKDIR /clock
# RUN echo "it is noon in" > text
# CMD ["sh", "-c", "echo $(cat text) $ZONE"]
# ```
#
# Make a child of it that prints `it is noon in Paris`. Two lines are enough.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。有一个镜像 `clock`，它是这样构建的：
#
# ```dockerfile
# FROM alpine
# ENV ZONE=London
# WORKDIR /clock
# RUN echo "it is noon in" > text
# CMD ["sh", "-c", "echo $(cat text) $ZONE"]
# ```
#
# 做一个它的子镜像，打印 `it is noon in Paris`。两行就够了。

# %% bare=true
# %%dockerfile from-child
# YOUR ANSWER HERE

# %% bare=true
check("from-child")

# %% bare=true
# %hint from-child

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. `%hint` gives a hint; run it again for the next.
#
# ### 1. Pin the base (3 points)
#
# Build an image on `alpine:3.18`, so that it stands on the very same base even when the tag moves. `docker run IMAGE` prints the release of Alpine, which stands in
# `/etc/alpine-release`. To look something up, add a cell of your own.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。`%hint` 给一条提示，再运行一次给下一条。
#
# ### 1. 固定基础镜像（3 分）
#
# 在 `alpine:3.18` 上构建一个镜像，即使 tag 以后移动，它的基础镜像也分毫不变。`docker run IMAGE` 打印 Alpine 的版本，版本写在
# `/etc/alpine-release` 里。想查什么，可以自己加一个单元格。

# %% nbgrader={"grade_id": "from-pin", "solution": true}
# %%dockerfile from-pin
### BEGIN SOLUTION
FROM alpine:3.18@sha256:95caff3818e86c18a32e3a699c384a9b5e19077ecc2ce667fe0099528a8d9374
CMD ["cat", "/etc/alpine-release"]
### END SOLUTION

# %% nbgrader={"grade_id": "from-pin-check", "grade": true, "points": 3}
check("from-pin")

# %% bare=true
# %hint from-pin

# %% [markdown] lang="en"
# ### 2. From nothing (3 points)
#
# The context holds `greeting.txt`. Build an image without a base: in it there are two files, `/greeting.txt` and one program that can print it. `docker run IMAGE`
# prints the greeting.

# %% [markdown] lang="zh"
# ### 2. 从零开始（3 分）
#
# 构建上下文里有 `greeting.txt`。构建一个没有基础镜像的镜像：里面只有两个文件，`/greeting.txt` 和一个能打印它的程序。
# `docker run IMAGE` 打印这句问候。

# %% nbgrader={"grade_id": "from-scratch", "solution": true}
# %%dockerfile from-scratch
### BEGIN SOLUTION
FROM scratch
COPY --from=busybox:musl /bin/busybox /bin/busybox
COPY greeting.txt /
CMD ["/bin/busybox", "cat", "/greeting.txt"]
### END SOLUTION

# %% nbgrader={"grade_id": "from-scratch-check", "grade": true, "points": 3}
check("from-scratch")

# %% bare=true
# %hint from-scratch

# %% [markdown] lang="en"
# ### 3. A stage with a name (2 points)
#
# The context holds `numbers.txt`, one number a line, in no order. Write two stages. The first one is called `tidy`: built alone with `--target tidy`, it gives an image of `alpine` in
# which `/tidy.txt` holds the numbers in order, `1` first. The image of the whole file holds `/tidy.txt` and no other file.

# %% [markdown] lang="zh"
# ### 3. 有名字的阶段（2 分）
#
# 构建上下文里有 `numbers.txt`，每行一个数字，没有排序。写两个阶段。第一个叫 `tidy`：用 `--target tidy` 单独构建，得到一个以 `alpine` 为基础的镜像，
# 其中 `/tidy.txt` 是排好序的数字，`1` 在最前。整个文件构建出的镜像里只有 `/tidy.txt`，没有别的文件。

# %% nbgrader={"grade_id": "from-stage", "solution": true}
# %%dockerfile from-stage
### BEGIN SOLUTION
FROM alpine AS tidy
COPY numbers.txt /
RUN sort -n /numbers.txt > /tidy.txt

FROM scratch
COPY --from=tidy /tidy.txt /
### END SOLUTION

# %% nbgrader={"grade_id": "from-stage-check", "grade": true, "points": 2}
check("from-stage")

# %% bare=true
# %hint from-stage

# %% [markdown] lang="en"
# ### 4. What comes along? (2 points)
#
# Three files, built as `kit`, `one` and `two`:
#
# ```dockerfile
# FROM debian
# ENV MODE=fast
# WORKDIR /app
# RUN echo "I am the tool" > tool.txt
# USER nobody
# CMD ["cat", "tool.txt"]
# ```
#
# ```dockerfile
# FROM kit
# ENV MODE=slow
# ```
#
# ```dockerfile
# FROM debian
# COPY --from=kit /app /app
# ```
#
# Copy this into the cell and put a value in the place of each `...`: the variable `MODE` (or `"none"`), the folder and the user that a container starts with, and
# whether it has the file `/app/tool.txt`, `"yes"` or `"no"`.
#
# ```
# from_inherit = {
#     "MODE in one": ...,
#     "folder of one": ...,
#     "user of one": ...,
#     "file in one": ...,
#     "MODE in two": ...,
#     "folder of two": ...,
#     "user of two": ...,
#     "file in two": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 什么会跟过来？（2 分）
#
# 三个文件，分别构建成 `kit`、`one`、`two`：
#
# ```dockerfile
# FROM debian
# ENV MODE=fast
# WORKDIR /app
# RUN echo "I am the tool" > tool.txt
# USER nobody
# CMD ["cat", "tool.txt"]
# ```
#
# ```dockerfile
# FROM kit
# ENV MODE=slow
# ```
#
# ```dockerfile
# FROM debian
# COPY --from=kit /app /app
# ```
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案：容器里环境变量 `MODE` 的值（没有就填 `"none"`）、启动时所在的目录和用户，
# 以及有没有文件 `/app/tool.txt`，填 `"yes"` 或 `"no"`。
#
# ```
# from_inherit = {
#     "MODE in one": ...,
#     "folder of one": ...,
#     "user of one": ...,
#     "file in one": ...,
#     "MODE in two": ...,
#     "folder of two": ...,
#     "user of two": ...,
#     "file in two": ...,
# }
# ```

# %% nbgrader={"grade_id": "from-inherit", "solution": true}
### BEGIN SOLUTION
from_inherit = {
    "MODE in one": "slow",
    "folder of one": "/app",
    "user of one": "nobody",
    "file in one": "yes",
    "MODE in two": "none",
    "folder of two": "/",
    "user of two": "root",
    "file in two": "yes",
}
### END SOLUTION

# %% nbgrader={"grade_id": "from-inherit-check", "grade": true, "points": 2}
check("from-inherit")

# %% bare=true
# %hint from-inherit

# %% [markdown] lang="en"
# ## Key points
#
# * FROM begins a stage with the layers *and* the config of its base. `COPY --from` takes files only.
# * `latest` is what you get without a tag, and need not be the newest. A tag can move; a digest cannot.
# * `scratch` is empty: no shell, so no RUN and no shell form.
# * Each FROM begins a stage, AS names it, the last one becomes the image, `--target` chooses another.
#
# Next: [06 MAINTAINER](06_maintainer.ipynb). To read on: *FROM* in the [Dockerfile reference](https://docs.docker.com/reference/dockerfile/#from).

# %% [markdown] lang="zh"
# ## 要点
#
# * FROM 开始一个阶段，得到基础镜像的层，*也*得到它的配置。`COPY --from` 只取文件。
# * `latest` 只是不写 tag 时的默认值，未必最新。tag 会移动，digest 不会。
# * `scratch` 是空的：没有 shell，所以不能 RUN，也不能用 shell 形式。
# * 每个 FROM 开始一个阶段，AS 起名字，最后一个成为镜像，`--target` 可以另选一个。
#
# 下一课：[06 MAINTAINER](06_maintainer.ipynb)。延伸阅读：[Dockerfile 参考](https://docs.docker.com/reference/dockerfile/#from)的 FROM 一节。
