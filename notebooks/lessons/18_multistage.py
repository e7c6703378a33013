# %% [markdown] lang="en"
# # 18 Multi-stage builds
#
# After this lesson you can
#
# * build with all the tools you like, and ship none of them;
# * take files from a stage, by its name or number, or from any image;
# * say why a program runs on `scratch` or does not;
# * say which stages a build works through, and which it leaves out;
# * let a stage test what you are about to ship.
#
# Reading 18 minutes, exercises 20 minutes. It follows the Go example in §2 of the notes.

# %% [markdown] lang="zh"
# # 18 多阶段构建
#
# 学完这一课，你能
#
# * 构建时想用什么工具都行，交付时一样也不带；
# * 从阶段里取文件，写名字、写编号都行，还能从任意镜像里取；
# * 说清一个程序在 `scratch` 上为什么能跑，或者不能跑；
# * 说清一次构建会做哪些阶段，跳过哪些阶段；
# * 用一个阶段来测试将要交付的东西。
#
# 阅读 18 分钟，习题 20 分钟。对应笔记第 2 节的 Go 例子。

# %% [markdown] lang="en"
# ## The tools that stay behind
#
# A program of six lines, and the [image](99_glossary.ipynb#image) that compiles and runs it:

# %% [markdown] lang="zh"
# ## 用完还赖着不走的工具
#
# 六行的小程序，以及编译并运行它的[镜像](99_glossary.ipynb#image)：

# %%
# %%contextfile c/hello.c
#include <stdio.h>

int main(void) {
    puts("hello from C");
    return 0;
}

# %%
# %%dockerfile hello-fat
FROM alpine
RUN apk add --no-cache gcc musl-dev
COPY c/hello.c /src/hello.c
RUN gcc -static -o /hello /src/hello.c
CMD ["/hello"]

# %%
# %%docker
docker run --rm hello-fat
docker history hello-fat

# %% [markdown] lang="en"
# The program has 35 kB, and the image that carries it 167 MB: the compiler came along. Deleting it in a later step frees nothing, for
# the [layer](99_glossary.ipynb#layer) below keeps it. Installing, compiling and deleting would all have to stand in one RUN.
#
# ## Two stages
#
# Each FROM begins a new [stage](99_glossary.ipynb#stage), and AS gives it a name. `COPY --from=build` takes a file out of the stage `build`.

# %% [markdown] lang="zh"
# 程序只有 35 kB，带着它的镜像却有 167 MB：编译器也跟来了。后面再删也省不下空间，因为下面的[层](99_glossary.ipynb#layer)还留着它；除非把安装、
# 编译、删除全写进一条 RUN。
#
# ## 两个阶段
#
# 每个 FROM 开始一个新的[阶段](99_glossary.ipynb#stage)，AS 给它起名字。`COPY --from=build` 从阶段 `build` 里取文件。

# %%
# %%dockerfile hello
FROM alpine AS build
RUN apk add --no-cache gcc musl-dev
COPY c/hello.c /src/hello.c
RUN gcc -static -o /hello /src/hello.c

FROM scratch
COPY --from=build /hello /hello
CMD ["/hello"]

# %%
# %picture stages hello

# %% [markdown] lang="en"
# **Predict, then run.** The first stage has 167 MB. How much of it is in the image? And does the image have a layer, or a line in its history, from it?

# %% [markdown] lang="zh"
# **先猜再运行。** 第一个阶段有 167 MB，镜像里有它的多少？镜像里有没有来自它的层，历史里有没有来自它的行？

# %%
# %%docker
docker run --rm hello
docker history hello
docker images hello

# %% [markdown] lang="en"
# One file. **Earlier stages are not in the final image**: not their layers, not their history, not their settings. A stage is a build of its own, and only the last one
# becomes the image. What the others leave behind is the [cache](99_glossary.ipynb#cache) of the builder. (A file that you
# copy is in the image, of course, with its owner and its mode.)
#
# **The notes say / today.** Stages came with Docker 17.05 (May 2017), and the notes' example is of the same year. Before that it took two Dockerfiles, and a script that
# fetched the program out of a container of the one to put it into the other.
#
# ## A program that needs nothing
#
# **Predict, then run.** The same file without `-static`. The build goes well. And the container?

# %% [markdown] lang="zh"
# 只有一个文件。**前面的阶段不在最后的镜像里**：层不在，历史不在，配置也不在。每个阶段都是一次独立的构建，成为镜像的只有最后一个。
# 其他阶段留下的只是构建器的[缓存](99_glossary.ipynb#cache)。（复制过去的文件当然在镜像里，属主和权限也跟着过去。）
#
# **笔记的说法与今天。** 多阶段构建是 Docker 17.05（2017 年 5 月）引入的，笔记里的例子就是那一年的。在那之前要写两个 Dockerfile，再加一个脚本：
# 从前一个镜像的容器里把程序取出来，放进后一个镜像。
#
# ## 什么都不依赖的程序
#
# **先猜再运行。** 还是这个文件，去掉 `-static`。构建顺利，那容器呢？

# %%
# %%dockerfile hello-dynamic
FROM alpine AS build
RUN apk add --no-cache gcc musl-dev
COPY c/hello.c /src/hello.c
RUN gcc -o /hello /src/hello.c

FROM scratch
COPY --from=build /hello /hello
CMD ["/hello"]

# %%
# %docker run --rm hello-dynamic

# %% [markdown] lang="en"
# `/hello` is there; it is *its loader* that is missing. By default a program is linked dynamically: the C library stays outside, and a loader, here `/lib/ld-musl-x86_64.so.1`,
# brings both together at the start. On `scratch` there is neither. Two ways out:
#
# * link it as a [static binary](99_glossary.ipynb#static-binary), with all it needs inside the one file: `gcc -static`, and for Go `CGO_ENABLED=0 go build`;
# * take a base with the *same* C library as the stage that compiled it.

# %% [markdown] lang="zh"
# `/hello` 明明在，缺的是*它的加载器*。程序默认是动态链接的：C 库在程序外面，启动时由加载器（这里是 `/lib/ld-musl-x86_64.so.1`）把两者接起来。
# `scratch` 上两样都没有。有两条路：
#
# * 做成[静态程序](99_glossary.ipynb#static-binary)，把需要的都装进这一个文件：`gcc -static`；Go 用 `CGO_ENABLED=0 go build`；
# * 换一个基础镜像，它的 C 库要和编译时用的*相同*。

# %%
# %%dockerfile hello-alpine
FROM alpine AS build
RUN apk add --no-cache gcc musl-dev
COPY c/hello.c /src/hello.c
RUN gcc -o /hello /src/hello.c

FROM alpine
COPY --from=build /hello /hello
CMD ["/hello"]

# %%
# %%dockerfile hello-debian
FROM alpine AS build
RUN apk add --no-cache gcc musl-dev
COPY c/hello.c /src/hello.c
RUN gcc -o /hello /src/hello.c

FROM debian
COPY --from=build /hello /hello
CMD ["/hello"]

# %%
# %%docker
docker run --rm hello-alpine
docker run --rm hello-debian

# %% [markdown] lang="en"
# alpine has musl, debian has glibc: compile and run on one family. Even a static program may miss something on `scratch`. There are no certificates for HTTPS, no time zones, no
# `/tmp`, no users, and no shell to look around in. What is needed is copied in, or the base is a little larger.
#
# ## Three ways to say from where
#
# `--from=` takes the **name** of a stage, its **number** (the first is 0), or an **image**.

# %% [markdown] lang="zh"
# alpine 用 musl，debian 用 glibc：在哪一家编译，就在哪一家运行。静态程序到了 `scratch` 上也可能缺东西：没有 HTTPS 证书，没有时区，
# 没有 `/tmp`，没有用户，也没有 shell 可以进去看看。需要什么就复制什么，或者换个稍大一点的基础镜像。
#
# ## 从哪里取：三种写法
#
# `--from=` 后面可以写阶段的**名字**、阶段的**编号**（从 0 数起），或者一个**镜像**。

# %%
# %%dockerfile three-ways
FROM alpine AS words
RUN printf 'pear\napple\n' > /words.txt

FROM words
RUN sort /words.txt > /sorted.txt

FROM scratch
COPY --from=words /words.txt /
COPY --from=1 /sorted.txt /
COPY --from=busybox:musl /bin/busybox /bin/busybox
CMD ["/bin/busybox", "head", "words.txt", "sorted.txt"]

# %%
# %docker run --rm three-ways

# %%
# %picture stages three-ways

# %% [markdown] lang="en"
# The second stage stands *on* the first: `FROM words` inherits all of it, files and settings. COPY takes only files. A number goes wrong as soon as somebody inserts a stage, so
# give names. The path begins at the root of the stage, whatever its WORKDIR.
#
# ## The example of the notes
#
# [Lesson 03](03_dockerfile.ipynb) built it step by step. Now you know why it is written that way. First its files, then the Dockerfile as written.

# %% [markdown] lang="zh"
# 第二个阶段建立在第一个*之上*：`FROM words` 把文件和配置全部继承下来，而 COPY 只取文件。中间插进一个阶段，编号就错位了，所以最好起名字。
# 路径从那个阶段的根目录算起，和它的 WORKDIR 无关。
#
# ## 笔记里的例子
#
# [第 03 课](03_dockerfile.ipynb)已经一步一步构建过它，现在你知道它为什么这样写了。先准备文件，然后是原样的 Dockerfile。

# %%
# %%contextfile main.go
package main

import "fmt"

func main() {
	fmt.Println("usage: project [--help]")
}

# %%
# %%contextfile Gopkg.toml
[[constraint]]
  name = "github.com/pkg/errors"
  version = "0.8.0"

# %%
# %%contextfile Gopkg.lock
[[projects]]
  name = "github.com/pkg/errors"
  packages = ["."]
  revision = "645ef00459ed84a119197bfb8d8205042c6df63d"
  version = "v0.8.0"

# %%
# %%dockerfile project
FROM golang:1.9.2-alpine3.6 AS build

# Install tools required to build the project
# We need to run `docker build --no-cache .` to update those dependencies
RUN apk add --no-cache git
RUN go get github.com/golang/dep/cmd/dep

# Gopkg.toml and Gopkg.lock lists project dependencies
# These layers are only re-built when Gopkg files are updated
COPY Gopkg.lock Gopkg.toml /go/src/project/
WORKDIR /go/src/project/
# Install library dependencies
RUN dep ensure -vendor-only

# Copy all project and build it
# This layer is rebuilt when ever a file has changed in the project directory
COPY . /go/src/project/
RUN go build -o /bin/project

# This results in a single layer image
FROM scratch
COPY --from=build /bin/project /bin/project
ENTRYPOINT ["/bin/project"]
CMD ["--help"]

# %%
# %picture stages project

# %%
# %%docker
docker run --rm project
docker history project

# %% [markdown] lang="en"
# "This results in a single layer image": so it does, and the program runs on `scratch`, since Go links statically as long as nothing asks for C. Of the image with the
# compiler there is no trace. To look into it, let `--target` end the build at that stage.

# %% [markdown] lang="zh"
# “This results in a single layer image”：确实只有一层。程序能在 `scratch` 上运行，因为只要没用到 C，Go 就静态链接。
# 带编译器的那个镜像无影无踪。想看看里面，就用 `--target` 让构建停在那个阶段。

# %%
# %%contextfile Dockerfile
FROM golang:1.9.2-alpine3.6 AS build
RUN apk add --no-cache git
RUN go get github.com/golang/dep/cmd/dep
COPY Gopkg.lock Gopkg.toml /go/src/project/
WORKDIR /go/src/project/
RUN dep ensure -vendor-only
COPY . /go/src/project/
RUN go build -o /bin/project

FROM scratch
COPY --from=build /bin/project /bin/project
ENTRYPOINT ["/bin/project"]
CMD ["--help"]

# %%
# %%docker
docker build -q --target build -t project-build .
docker run --rm project-build ls -l /bin/project
docker images

# %% [markdown] lang="en"
# ## What is built, and what is not
#
# Here are four stages. **Predict, then run.** Nothing below needs `tests`, nor `docs`. Does the build work through them? The tests fail, by the way.

# %% [markdown] lang="zh"
# ## 哪些会构建，哪些不会
#
# 下面有四个阶段。**先猜再运行。** 后面没有谁用到 `tests`，也没有谁用到 `docs`。构建会做这两个阶段吗？顺便说一句，测试是通不过的。

# %%
# %%dockerfile app
FROM alpine AS base
RUN echo "the program" > /program

FROM base AS tests
RUN echo "testing" && false

FROM base AS docs
RUN echo "the manual" > /manual

FROM scratch AS app
COPY --from=base /program /

# %%
# %picture stages app

# %% [markdown] lang="en"
# BuildKit begins at the [target](99_glossary.ipynb#target) and goes upwards, along every FROM and `COPY --from`. What it does not meet on the way isn't built. Asked for by name, it
# is; for that the same text goes into a file.

# %% [markdown] lang="zh"
# BuildKit 从[目标](99_glossary.ipynb#target)出发往上走，沿着每个 FROM 和 `COPY --from`。路上没遇到的，就不构建。点名要它，才会构建；为此把同样的内容写成一个文件：

# %%
# %%contextfile stages.Dockerfile
FROM alpine AS base
RUN echo "the program" > /program

FROM base AS tests
RUN echo "testing" && false

FROM base AS docs
RUN echo "the manual" > /manual

FROM scratch AS app
COPY --from=base /program /

# %%
# %docker build -f stages.Dockerfile -t tests --target tests .

# %% [markdown] lang="en"
# **The notes say / today.** In 2018 it was otherwise. The older builder, which built by default until Docker 23.0 (February 2023), goes from top to bottom and works through every stage
# as far as the target:

# %% [markdown] lang="zh"
# **笔记的说法与今天。** 2018 年不是这样。旧构建器（到 Docker 23.0 即 2023 年 2 月为止是默认的）从上到下，把目标之前的每个阶段都做一遍：

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -f stages.Dockerfile -t app-2018 .

# %% [markdown] lang="en"
# So with BuildKit one file can hold several images: `--target tests` for the tests, `--target docs` for the manual, and no target for what is shipped.
#
# ## Tests that can't be left out
#
# A stage on the side is run only when somebody asks for it. If there shall be no image without a passed test, the last stage has to need it. It takes the file
# *from the stage that has tested it*:

# %% [markdown] lang="zh"
# 所以用 BuildKit，一个文件可以装下好几个镜像：测试用 `--target tests`，文档用 `--target docs`，要交付的不写 target。
#
# ## 绕不过去的测试
#
# 放在旁边的阶段，有人点名才会运行。如果要做到“测试不过就没有镜像”，就得让最后的阶段离不开它：从*测试过的那个阶段*取文件。

# %%
# %%dockerfile gated
FROM alpine AS base
RUN echo "the program" > /program

FROM base AS tests
RUN grep -q program /program && echo "the tests pass"

FROM scratch
COPY --from=tests /program /

# %%
# %picture stages gated

# %% [markdown] lang="en"
# ## Common mistakes
#
# **A path that begins at WORKDIR.** After `--from` every path begins at the root of the stage.

# %% [markdown] lang="zh"
# ## 常见错误
#
# **以为路径从 WORKDIR 算起。** `--from` 后面的路径一律从那个阶段的根目录算起。

# %%
# %%dockerfile wrong-path
FROM alpine AS build
WORKDIR /work
RUN echo hello > result.txt
FROM scratch
COPY --from=build result.txt /

# %% [markdown] lang="en"
# **A stage that comes later.** COPY looks upwards only.

# %% [markdown] lang="zh"
# **从后面的阶段取文件。** COPY 只能往上看。

# %%
# %%dockerfile wrong-order
FROM scratch AS app
COPY --from=build /result.txt /
FROM alpine AS build
RUN echo hello > /result.txt
FROM app

# %% [markdown] lang="en"
# **A number of its own.** Two FROMs are 0 and 1, so in the second stage 1 is the stage itself.

# %% [markdown] lang="zh"
# **写成了自己的编号。** 两个 FROM 是 0 和 1，在第二个阶段里，1 就是它自己。

# %%
# %%dockerfile wrong-number
FROM alpine
RUN echo hello > /result.txt
FROM scratch
COPY --from=1 /result.txt /

# %% [markdown] lang="en"
# **Settings in the wrong stage.** ENV, USER, EXPOSE or CMD of an earlier stage stay there. **Predict, then run.** What will the container run?

# %% [markdown] lang="zh"
# **配置写错了阶段。** 前面阶段的 ENV、USER、EXPOSE、CMD 都留在那里。**先猜再运行。** 这个容器会运行什么？

# %%
# %%dockerfile wrong-stage
FROM alpine AS build
RUN apk add --no-cache gcc musl-dev
COPY c/hello.c /src/hello.c
RUN gcc -static -o /hello /src/hello.c
CMD ["/hello"]

FROM scratch
COPY --from=build /hello /hello

# %%
# %docker run --rm wrong-stage

# %% [markdown] lang="en"
# **A variable behind `--from`.** It is not replaced there; docker names the way around.

# %% [markdown] lang="zh"
# **`--from` 后面写变量。** 那里不做替换；docker 会告诉你怎么绕过去。

# %%
# %%dockerfile wrong-variable
ARG VERSION=musl
FROM scratch
ARG VERSION
COPY --from=busybox:$VERSION /bin/busybox /bin/busybox

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. The image shall hold two files: busybox, and the words of `words.txt`, which stands in the [build context](99_glossary.ipynb#build-context), in order. `docker run IMAGE`
# prints them. There are three mistakes in the file.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。镜像里要有两个文件：busybox，以及把[构建上下文](99_glossary.ipynb#build-context)里的 `words.txt` 排好序的结果。`docker run IMAGE` 打印排好序的词。
# 下面的文件有三处错误。

# %% bare=true
# %%dockerfile stages-sources
FROM alpine
WORKDIR /work
COPY words.txt .
RUN sort words.txt > sorted.txt

FROM scratch
COPY --from=busybox:musl /bin/busybox /bin/busybox
COPY --from=1 sorted.txt /sorted.txt
CMD cat /sorted.txt

# %% bare=true
check("stages-sources")

# %% bare=true
# %hint stages-sources

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. `%hint` gives a hint; run it again for the next.
#
# ### 1. Down to one layer (4 points)
#
# The context holds the `hello.c` of this lesson. This file works, and gives an image of 167 MB:
#
# ```dockerfile
# FROM alpine
# RUN apk add --no-cache gcc musl-dev
# COPY hello.c /src/hello.c
# RUN gcc -o /hello /src/hello.c
# CMD ["/hello"]
# ```
#
# Cut it to an image of one single layer with at most 0.1 MB that does the same. The check also builds with another `hello.c`.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。`%hint` 给一条提示，再运行一次给下一条。
#
# ### 1. 只剩一层（4 分）
#
# 构建上下文里有这一课开头的 `hello.c`。下面的文件能用，做出的镜像有 167 MB：
#
# ```dockerfile
# FROM alpine
# RUN apk add --no-cache gcc musl-dev
# COPY hello.c /src/hello.c
# RUN gcc -o /hello /src/hello.c
# CMD ["/hello"]
# ```
#
# 把它改成只有一层、最多 0.1 MB 的镜像，作用不变。检查时还会换一个 `hello.c` 再构建。

# %% nbgrader={"grade_id": "stages-cut", "solution": true}
# %%dockerfile stages-cut
### BEGIN SOLUTION
FROM alpine AS build
RUN apk add --no-cache gcc musl-dev
COPY hello.c /src/hello.c
RUN gcc -static -o /hello /src/hello.c

FROM scratch
COPY --from=build /hello /hello
CMD ["/hello"]
### END SOLUTION

# %% nbgrader={"grade_id": "stages-cut-check", "grade": true, "points": 4}
check("stages-cut")

# %% bare=true
# %hint stages-cut

# %% [markdown] lang="en"
# ### 2. Tests when asked for (2.5 points)
#
# The context holds `prices.txt`, with a name and a price in each line, and `check.sh`. `sh check.sh FILE` ends with an exit code other than 0 if a line of the file has no price.
# Write a Dockerfile so that
#
# * `docker build .` gives an image with the file `/srv/prices.txt`, its lines sorted, and without `check.sh`. It does not run the tests: the image is built even if a line has no price;
# * `docker build --target test .` runs `check.sh` over the prices, and fails when it fails.

# %% [markdown] lang="zh"
# ### 2. 需要时才跑测试（2.5 分）
#
# 构建上下文里有 `prices.txt`，每行一个名字和一个价格；还有 `check.sh`。`sh check.sh 文件` 会检查每一行，有哪一行没有价格，退出码就不是 0。
# 写一个 Dockerfile，做到：
#
# * `docker build .` 得到的镜像里有 `/srv/prices.txt`，各行排好序，没有 `check.sh`。它不运行测试：就算有一行没有价格，镜像也照样构建；
# * `docker build --target test .` 用 `check.sh` 检查价目，检查失败，构建就失败。

# %% nbgrader={"grade_id": "stages-test", "solution": true}
# %%dockerfile stages-test
### BEGIN SOLUTION
FROM alpine AS test
COPY prices.txt check.sh /
RUN sh /check.sh /prices.txt

FROM alpine
COPY prices.txt /tmp/prices.txt
RUN sort /tmp/prices.txt > /srv/prices.txt
### END SOLUTION

# %% nbgrader={"grade_id": "stages-test-check", "grade": true, "points": 2.5}
check("stages-test")

# %% bare=true
# %hint stages-test

# %% [markdown] lang="en"
# ### 3. No image without tests (2 points)
#
# The same two files. Now `docker build .` shall fail if `check.sh` fails. The image holds one single file, `/prices.txt`, as it stands in the context.

# %% [markdown] lang="zh"
# ### 3. 测试不过，没有镜像（2 分）
#
# 还是那两个文件。这次 `check.sh` 失败时，`docker build .` 也要失败。镜像里只有一个文件 `/prices.txt`，内容和构建上下文里的一样。

# %% nbgrader={"grade_id": "stages-gate", "solution": true}
# %%dockerfile stages-gate
### BEGIN SOLUTION
FROM alpine AS test
COPY prices.txt check.sh /
RUN sh /check.sh /prices.txt

FROM scratch
COPY --from=test /prices.txt /prices.txt
### END SOLUTION

# %% nbgrader={"grade_id": "stages-gate-check", "grade": true, "points": 2}
check("stages-gate")

# %% bare=true
# %hint stages-gate

# %% [markdown] lang="en"
# ### 4. Which stages, how large? (1.5 points)
#
# `starter` is an image with one layer of 10 MB. Behind each line stands what it writes.
#
# ```dockerfile
# FROM starter AS base
# RUN install-library          # 20 MB
#
# FROM base AS tools
# RUN install-compiler         # 100 MB
#
# FROM tools AS test
# RUN run-tests                # 0 MB
#
# FROM tools AS build
# RUN compile -o /app          # /app has 5 MB
#
# FROM base AS dev
# RUN install-editor           # 1 MB
#
# FROM scratch
# COPY --from=build /app /app
# ```
#
# * `a`: the stages that `docker build .` builds, besides the last one
# * `b`: those that `docker build --target dev .` builds, `dev` included
# * `c`: those that the older builder builds with `--target build`, `build` included
# * `d`: the size of the image of `docker build .`, in MB
# * `e`: the size of the image of `docker build --target dev .`, in MB
# * `f`: the number of layers of the image of `docker build .`
#
# Copy this into the cell and put a value in the place of each `...`. Names stand in the order of the file.
#
# ```
# stages_which = {
#     "a": ["...", "..."],
#     "b": ["...", "..."],
#     "c": ["...", "..."],
#     "d": ...,
#     "e": ...,
#     "f": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 构建哪些阶段，有多大？（1.5 分）
#
# `starter` 是一个只有一层的镜像，10 MB。每行后面写着它写入多少。
#
# ```dockerfile
# FROM starter AS base
# RUN install-library          # 20 MB
#
# FROM base AS tools
# RUN install-compiler         # 100 MB
#
# FROM tools AS test
# RUN run-tests                # 0 MB
#
# FROM tools AS build
# RUN compile -o /app          # /app 有 5 MB
#
# FROM base AS dev
# RUN install-editor           # 1 MB
#
# FROM scratch
# COPY --from=build /app /app
# ```
#
# * `a`：`docker build .` 会构建哪些阶段（最后一个不算）
# * `b`：`docker build --target dev .` 会构建哪些阶段（包括 `dev`）
# * `c`：旧构建器用 `--target build` 会构建哪些阶段（包括 `build`）
# * `d`：`docker build .` 得到的镜像有多大，单位 MB
# * `e`：`docker build --target dev .` 得到的镜像有多大，单位 MB
# * `f`：`docker build .` 得到的镜像有几层
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案。名字按文件里的顺序写。
#
# ```
# stages_which = {
#     "a": ["...", "..."],
#     "b": ["...", "..."],
#     "c": ["...", "..."],
#     "d": ...,
#     "e": ...,
#     "f": ...,
# }
# ```

# %% nbgrader={"grade_id": "stages-which", "solution": true}
### BEGIN SOLUTION
stages_which = {
    "a": ["base", "tools", "build"],
    "b": ["base", "dev"],
    "c": ["base", "tools", "test", "build"],
    "d": 5,
    "e": 31,
    "f": 1,
}
### END SOLUTION

# %% nbgrader={"grade_id": "stages-which-check", "grade": true, "points": 1.5}
check("stages-which")

# %% bare=true
# %hint stages-which

# %% [markdown] lang="en"
# ## Key points
#
# * Each FROM begins a stage. The last one, or `--target`, becomes the image; the others leave nothing in it.
# * `COPY --from` takes files by name, by number or from an image; paths begin at the root, settings stay behind.
# * On `scratch` only a static program runs; otherwise take a base with the same C library.
# * BuildKit builds what the target needs; the older builder builds every stage above it.
# * A test stage is skipped unless it is asked for, or the last stage copies from it.
#
# Read on: [19 HEALTHCHECK, STOPSIGNAL, SHELL](19_health_stop_shell.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * 每个 FROM 开始一个阶段。最后一个（或 `--target` 指定的）成为镜像，其余的什么也不会留在里面。
# * `COPY --from` 按名字、编号取文件，也能从镜像里取；路径从根目录算起，配置不会跟过去。
# * `scratch` 上只有静态程序能运行；不然就用 C 库相同的基础镜像。
# * BuildKit 只构建目标需要的；旧构建器会把目标之前的阶段都做一遍。
# * 测试阶段没人点名就会跳过，除非最后的阶段从它那里复制文件。
#
# 接着读：[19 HEALTHCHECK、STOPSIGNAL、SHELL](19_health_stop_shell.ipynb)。
