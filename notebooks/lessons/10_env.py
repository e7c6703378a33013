# %% [markdown] lang="en"
# # 10 ENV
#
# After this lesson you can
#
# * give an image variables that every later step and every container gets;
# * write values with blanks, quotes and dollar signs;
# * put a folder in front of PATH without losing the rest;
# * say which value a variable has at each line, and what `docker run -e` changes.
#
# Reading 15 minutes, exercises 15 minutes. It follows *ENV* in the notes.

# %% [markdown] lang="zh"
# # 10 ENV
#
# 学完这一课，你能
#
# * 给镜像设置变量，后面的每一步和每个容器都拿得到；
# * 写出带空格、引号、美元符号的值；
# * 在 PATH 前面加一个目录，又不丢掉原来的；
# * 说出每一行上变量的值是多少，以及 `docker run -e` 改变了什么。
#
# 阅读 15 分钟，习题 15 分钟。对应笔记的“ENV 环境变量”。

# %% [markdown] lang="en"
# ## A variable that stays
#
# ENV writes an [environment variable](99_glossary.ipynb#environment-variable) into the config of the [image](99_glossary.ipynb#image). Every
# later step of the build has it, and so has every [container](99_glossary.ipynb#container).

# %% [markdown] lang="zh"
# ## 留得下来的变量
#
# ENV 把[环境变量](99_glossary.ipynb#environment-variable)写进[镜像](99_glossary.ipynb#image)的配置。之后构建的每一步都有它，每个[容器](99_glossary.ipynb#container)里也都有它。

# %%
# %%dockerfile stays
FROM alpine
ENV MODE=fast
RUN echo "the build sees $MODE"
CMD echo "the container sees $MODE"

# %%
# %%docker
docker run --rm stays
docker run --rm stays env

# %% [markdown] lang="en"
# `env` lists all that a process is given. `PATH` came from the base image; `HOSTNAME` and `HOME` are added by Docker when the container starts.
#
# ## Two forms, three ways of quoting
#
# * `ENV KEY=value KEY2=value2`: as many pairs as you like.
# * `ENV KEY value`: the older form. One variable only; everything after the first blank is the value.
#
# The notes' example sets three variables in one line, each quoted in its own way.

# %% [markdown] lang="zh"
# `env` 列出进程拿到的全部变量。`PATH` 来自基础镜像；`HOSTNAME` 和 `HOME` 是容器启动时 Docker 加上的。
#
# ## 两种写法，三种引用方式
#
# * `ENV KEY=value KEY2=value2`：一行可以写任意多对。
# * `ENV KEY value`：较老的写法，一行只能设一个变量，第一个空格之后全是值。
#
# 笔记里的例子一行设了三个变量，各用一种方式处理空格。

# %%
# %%dockerfile three
FROM alpine
ENV myName="John Doe" myDog=Rex\ The\ Dog \
    myCat=fluffy

# %%
# %docker inspect -f "{{json .Config.Env}}" three

# %% [markdown] lang="en"
# Double quotes hold the blank together, a `\` protects one sign, and a word without blanks needs neither. The quotes and the `\` are
# gone from the values. The `\` at the end of the line only carries the instruction on to the next one.
#
# | written | value |
# |---|---|
# | `A="John Doe"` | `John Doe` |
# | `A=John\ Doe` | `John Doe` |
# | `A="$HOME/x"` | what HOME was, then `/x` |
# | `A='$HOME/x'` | `$HOME/x`: single quotes protect everything |
# | `A="a \"b\" \$5"` | `a "b" $5` |

# %% [markdown] lang="zh"
# 双引号把空格括在一起，`\` 保护一个字符，没有空格的词两样都不用。值里不会留下引号和 `\`。行末的 `\` 只是把指令接到下一行。
#
# | 写法 | 值 |
# |---|---|
# | `A="John Doe"` | `John Doe` |
# | `A=John\ Doe` | `John Doe` |
# | `A="$HOME/x"` | HOME 当时的值，再接 `/x` |
# | `A='$HOME/x'` | `$HOME/x`：单引号里的内容原样保留 |
# | `A="a \"b\" \$5"` | `a "b" $5` |

# %%
# %%dockerfile quoted
FROM alpine
ENV HOME_DIR="$PATH/x" RAW='$PATH/x' PRICE="a \"b\" \$5"

# %%
# %docker run --rm quoted env

# %% [markdown] lang="en"
# ## No layer
#
# > Each time ENV sets something, an image is made as well.
#
# So the notes put it. The older builder prints an ID after each ENV, and you could believe it:

# %% [markdown] lang="zh"
# ## 没有层
#
# > 每`ENV`设置一次，同样会生成一次镜像。
#
# 笔记是这样写的。旧的构建器在每个 ENV 之后都打印一个 ID，看上去确实如此：

# %%
# %%contextfile Dockerfile
FROM alpine
ENV MODE=fast
ENV PORT=8080

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -t layers-old .
docker history layers-old

# %% [markdown] lang="en"
# `docker history` shows what an ENV costs: 0B. What the older builder made was an intermediate image: a new config, the same files. BuildKit,
# the default since Docker 23 (2023), does not even do that: it edits the config and goes on.

# %% [markdown] lang="zh"
# 从 `docker history` 可以看到一条 ENV 要占多少空间：0B。旧构建器做出来的是中间镜像：配置是新的，文件还是那些。从 Docker 23（2023 年）起默认的
# BuildKit 连这个也不做，只改一下配置就往下走。

# %%
# %%docker
docker build -q -t layers-new .
docker pull -q alpine
docker inspect -f "{{len .RootFS.Layers}} layer in {{.RepoTags}}" alpine layers-old layers-new

# %% [markdown] lang="en"
# One [layer](99_glossary.ipynb#layer) in all three: the one of alpine.
#
# ## The value at each line
#
# An ENV line is worked out once, while the image is built, with the values from **before** that line.
#
# **Predict, then run.** What are `def` and `ghi` in the end?

# %% [markdown] lang="zh"
# 三个镜像都只有一[层](99_glossary.ipynb#layer)，就是 alpine 的那一层。
#
# ## 每一行上的值
#
# 一行 ENV 只在构建时计算一次，用的是这一行**之前**的值。
#
# **先猜再运行。** 最后 `def` 和 `ghi` 各是什么？

# %%
# %%dockerfile order
FROM alpine
ENV abc=hello
ENV abc=bye def=$abc
ENV ghi=$abc

# %%
# %docker run --rm order env

# %% [markdown] lang="en"
# `def` is `hello`: line 3 still saw the old `abc`. `ghi` is `bye`. Here is the environment at each step: what a line sets, and which value
# a `$` on it finds.

# %% [markdown] lang="zh"
# `def` 是 `hello`：第 3 行看到的还是旧的 `abc`。`ghi` 是 `bye`。下面逐步画出环境：每一行设了什么，行里的 `$` 取到的又是哪个值。

# %%
# %picture scope order

# %% [markdown] lang="en"
# ## PATH
#
# A name without a slash is looked for in the folders of `PATH`, from left to right. The notes:
#
# > To make new software easier to run, you can use `ENV` to update the `PATH` environment variable for the software your container installs.
# > For example, `ENV PATH /usr/local/nginx/bin:$PATH` ensures that `CMD [“nginx”]` just works.
#
# Here is a program called `nginx` in that folder, and the line as the notes print it, with typographic quotes.

# %% [markdown] lang="zh"
# ## PATH
#
# 不带斜杠的程序名，会从左到右在 `PATH` 的各个目录里找。笔记说：
#
# > To make new software easier to run, you can use `ENV` to update the `PATH` environment variable for the software your container installs.
# > For example, `ENV PATH /usr/local/nginx/bin:$PATH` ensures that `CMD [“nginx”]` just works.
#
# 下面在那个目录里放一个叫 `nginx` 的程序，CMD 先照笔记那样用弯引号写。

# %%
# %%dockerfile web-curly
FROM alpine
RUN mkdir -p /usr/local/nginx/bin \
 && printf '#!/bin/sh\necho nginx serves\n' > /usr/local/nginx/bin/nginx \
 && chmod +x /usr/local/nginx/bin/nginx
ENV PATH /usr/local/nginx/bin:$PATH
CMD [“nginx”]

# %%
# %docker run --rm web-curly

# %% [markdown] lang="en"
# Curly quotes make no JSON, so the line became [shell form](99_glossary.ipynb#shell-form), and the shell looked for a program named `[“nginx”]`. PATH had no part in it.
# The build also warns that `ENV key value` is the older form; these checks came with Docker 27 (2024). Corrected:

# %% [markdown] lang="zh"
# 弯引号构不成 JSON，这一行就成了 [shell 形式](99_glossary.ipynb#shell-form)，shell 去找一个名叫 `[“nginx”]` 的程序，跟 PATH 没关系。构建时还有一条警告，说
# `ENV key value` 是老写法；这类检查是 Docker 27（2024 年）加入的。改正之后：

# %%
# %%dockerfile web
FROM alpine
RUN mkdir -p /usr/local/nginx/bin \
 && printf '#!/bin/sh\necho nginx serves\n' > /usr/local/nginx/bin/nginx \
 && chmod +x /usr/local/nginx/bin/nginx
ENV PATH=/usr/local/nginx/bin:$PATH
CMD ["nginx"]

# %%
# %%docker
docker run --rm web
docker inspect -f "{{json .Config.Env}}" web

# %% [markdown] lang="en"
# It just works, as promised. `$PATH` was replaced during the build: the config holds the whole list.
#
# ## The notes' example
#
# > ```
# > ENV PG_MAJOR 9.3
# > ENV PG_VERSION 9.3.4
# > RUN curl -SL http://example.com/postgres-$PG_VERSION.tar.xz | tar -xJC /usr/src/postgress && …
# > ENV PATH /usr/local/postgres-$PG_MAJOR/bin:$PATH
# > ```
#
# As written, below a FROM:

# %% [markdown] lang="zh"
# 果然能用。`$PATH` 在构建时就换成了值：配置里是完整的一串目录。
#
# ## 笔记里的例子
#
# > ```
# > ENV PG_MAJOR 9.3
# > ENV PG_VERSION 9.3.4
# > RUN curl -SL http://example.com/postgres-$PG_VERSION.tar.xz | tar -xJC /usr/src/postgress && …
# > ENV PATH /usr/local/postgres-$PG_MAJOR/bin:$PATH
# > ```
#
# 加上 FROM，照抄运行：

# %%
# %%dockerfile pg-written
FROM debian
ENV PG_MAJOR 9.3
ENV PG_VERSION 9.3.4
RUN curl -SL http://example.com/postgres-$PG_VERSION.tar.xz | tar -xJC /usr/src/postgress && …
ENV PATH /usr/local/postgres-$PG_MAJOR/bin:$PATH

# %% [markdown] lang="en"
# The variables are fine: Docker shows the address with `9.3.4` in it. The rest is a sketch: `debian` has no `curl`, there is no folder
# `/usr/src/postgress`, example.com has no such file, and `…` stands for "and so on", which a shell would take for a command.
#
# Corrected: an archive of the build context stands in for the download. `%%host` is a shell on the simulated machine, in the folder that is the context.

# %% [markdown] lang="zh"
# 变量没有问题：Docker 显示的地址里已经是 `9.3.4`。别的地方只是示意：`debian` 里没有 `curl`，也没有目录 `/usr/src/postgress`；example.com 上没有这个文件；
# `…` 的意思是“等等”，shell 却会当成一条命令。
#
# 改正：用构建上下文里的一个压缩包代替下载。`%%host` 是模拟机器上的一个 shell，它所在的目录就是上下文。

# %%
# %%host
cat > psql << 'END'
#!/bin/sh
echo "psql of $PG_VERSION"
END
chmod +x psql
tar -czf postgres-9.3.4.tar.gz psql

# %%
# %%dockerfile pg
FROM debian
ENV PG_MAJOR=9.3 PG_VERSION=9.3.4
COPY postgres-$PG_VERSION.tar.gz /tmp/
RUN mkdir -p /usr/local/postgres-$PG_MAJOR/bin \
 && tar -xzf /tmp/postgres-$PG_VERSION.tar.gz -C /usr/local/postgres-$PG_MAJOR/bin
ENV PATH=/usr/local/postgres-$PG_MAJOR/bin:$PATH

# %%
# %docker run --rm pg psql

# %% [markdown] lang="en"
# In COPY and ENV it is Docker that replaces `$PG_VERSION`. In RUN it is the shell, which finds the variable in its environment.
#
# ## Other values for one container
#
# `docker run -e NAME=value` sets a variable of one container, whether the image has it or not.
#
# **Predict, then run.** In the image `order`, `def` came from `abc`. What is `def` with another `abc`?

# %% [markdown] lang="zh"
# 在 COPY 和 ENV 里，替换 `$PG_VERSION` 的是 Docker；在 RUN 里是 shell，它从自己的环境里找到这个变量。
#
# ## 给单个容器换值
#
# `docker run -e 名字=值` 给这一个容器设变量，不管镜像里有没有。
#
# **先猜再运行。** 在镜像 `order` 里，`def` 来自 `abc`。换一个 `abc`，`def` 会是什么？

# %%
# %docker run --rm -e abc=mine -e new=1 order env

# %% [markdown] lang="en"
# Still `hello`. `-e` works nothing out anew, and it changes nothing in the image. For many variables there is `--env-file`: one `NAME=value`
# a line, taken as it stands.

# %% [markdown] lang="zh"
# 还是 `hello`。`-e` 不会重新计算什么，也不改镜像。变量多的时候用 `--env-file`：一行一个 `名字=值`，原样照收。

# %%
# %%contextfile prod.env
# quotes belong to the value here
abc=prod
title="two words"

# %%
# %docker run --rm --env-file prod.env order env

# %% [markdown] lang="en"
# ## Common mistakes
#
# **A blank in a value, without quotes.** Docker reads `Doe` as the next pair.

# %% [markdown] lang="zh"
# ## 常见错误
#
# **值里有空格，却没加引号。** Docker 会把 `Doe` 当成下一对。

# %%
# %%dockerfile no-quotes
FROM alpine
ENV NAME=John Doe

# %% [markdown] lang="en"
# **Blanks around the `=`.** No error: this is the older form, and the value is `= fast`.

# %% [markdown] lang="zh"
# **`=` 两边加空格。** 不会报错：这成了老写法，值是 `= fast`。

# %%
# %%dockerfile blanks
FROM alpine
ENV MODE = fast

# %%
# %docker run --rm blanks printenv MODE

# %% [markdown] lang="en"
# **A PATH that forgets `$PATH`.** Every other program is gone.

# %% [markdown] lang="zh"
# **PATH 里忘了 `$PATH`。** 别的程序全都找不到了。

# %%
# %%dockerfile lost-path
FROM alpine
ENV PATH=/opt/tools/bin
RUN ls

# %% [markdown] lang="en"
# **`export` in a RUN.** It ends with the shell of that RUN.

# %% [markdown] lang="zh"
# **在 RUN 里 `export`。** 它随那个 RUN 的 shell 一起结束。

# %%
# %%dockerfile exported
FROM alpine
RUN export MODE=fast
RUN echo "mode: $MODE"

# %% [markdown] lang="en"
# **A secret in ENV.** Everybody who has the image can read it. The build warns.

# %% [markdown] lang="zh"
# **把密码写进 ENV。** 拿到镜像的人都能看到。构建时有警告。

# %%
# %%dockerfile secret
FROM alpine
ENV DB_PASSWORD=hunter2

# %%
# %docker history secret

# %% [markdown] lang="en"
# An `unset` in a later RUN does not help: the variable stands in the config. Give secrets to the container when it starts, not to the image.
#
# ## Practice
#
# Not graded. On `alpine`, build an image that has the variables `MODE`, with the value `fast`, and `PORT`, with the value `8080`, and not one layer more than
# `alpine`.

# %% [markdown] lang="zh"
# 在后面的 RUN 里 `unset` 也没用：变量写在配置里。密码应当在启动容器时再给，不要放进镜像。
#
# ## 练习
#
# 不计分。在 `alpine` 上构建一个镜像，设置变量 `MODE`，值为 `fast`；变量 `PORT`，值为 `8080`。层数不能比 `alpine` 多。

# %% bare=true
# %%dockerfile env-plain
# YOUR ANSWER HERE

# %% bare=true
check("env-plain")

# %% bare=true
# %hint env-plain

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each answer starts from its own clean state.
#
# ### 1. A program by its name (3 points)
#
# You start with an image `pg-files`: alpine, with the program `psql` in the folder `/usr/local/postgres-9.3/bin`. It prints the value of `PG_VERSION`.
#
# Build an image from `pg-files` with `PG_MAJOR` set to `9.3` and `PG_VERSION` set to `9.3.4`. `docker run IMAGE psql` runs the program in that folder and prints
# `psql (PostgreSQL) 9.3.4`; all other programs, such as `ls`, are still found by their names.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每个答案都从自己的干净状态开始。
#
# ### 1. 用名字就能运行的程序（3 分）
#
# 一开始有一个镜像 `pg-files`：alpine，目录 `/usr/local/postgres-9.3/bin` 里有程序 `psql`，它会打印 `PG_VERSION` 的值。
#
# 请以 `pg-files` 为基础构建镜像，`PG_MAJOR` 设为 `9.3`，`PG_VERSION` 设为 `9.3.4`。`docker run IMAGE psql` 运行那个目录里的程序，打印
# `psql (PostgreSQL) 9.3.4`；别的程序，比如 `ls`，仍然用名字就能找到。

# %% nbgrader={"grade_id": "env-pg", "solution": true}
# %%dockerfile env-pg
### BEGIN SOLUTION
FROM pg-files
ENV PG_MAJOR=9.3 PG_VERSION=9.3.4
ENV PATH=/usr/local/postgres-$PG_MAJOR/bin:$PATH
### END SOLUTION

# %% nbgrader={"grade_id": "env-pg-check", "grade": true, "points": 3}
check("env-pg")

# %% bare=true
# %hint env-pg

# %% [markdown] lang="en"
# ### 2. Blanks, quotes and a dollar (2.5 points)
#
# Build an image from `alpine` with three variables. Their values are exactly these:
#
# | name | value |
# |---|---|
# | DOG | `Rex The Dog` |
# | SAYS | `say "woof" twice` |
# | PRICE | `$5` |

# %% [markdown] lang="zh"
# ### 2. 空格、引号和美元符号（2.5 分）
#
# 从 `alpine` 构建一个镜像，设三个变量，值要和表里一字不差：
#
# | 名字 | 值 |
# |---|---|
# | DOG | `Rex The Dog` |
# | SAYS | `say "woof" twice` |
# | PRICE | `$5` |

# %% nbgrader={"grade_id": "env-quotes", "solution": true}
# %%dockerfile env-quotes
### BEGIN SOLUTION
FROM alpine
ENV DOG="Rex The Dog" SAYS='say "woof" twice' PRICE='$5'
### END SOLUTION

# %% nbgrader={"grade_id": "env-quotes-check", "grade": true, "points": 2.5}
check("env-quotes")

# %% bare=true
# %hint env-quotes

# %% [markdown] lang="en"
# ### 3. The version before (2.5 points)
#
# You start with an image `app` that has a variable `VERSION`; today it is `1.4`. Build an image from `app` in which `VERSION` is `2.0`, and `PREVIOUS` is what `VERSION` was in
# `app`. The check also builds your Dockerfile on another `app`, with another version.

# %% [markdown] lang="zh"
# ### 3. 上一个版本（2.5 分）
#
# 一开始有一个镜像 `app`，它有变量 `VERSION`，目前是 `1.4`。请以 `app` 为基础构建镜像，其中 `VERSION` 是 `2.0`，`PREVIOUS` 是 `app` 里 `VERSION` 原来的值。检查时还会
# 换一个版本不同的 `app` 再构建一次。

# %% nbgrader={"grade_id": "env-upgrade", "solution": true}
# %%dockerfile env-upgrade
### BEGIN SOLUTION
FROM app
ENV VERSION=2.0 PREVIOUS=$VERSION
### END SOLUTION

# %% nbgrader={"grade_id": "env-upgrade-check", "grade": true, "points": 2.5}
check("env-upgrade")

# %% bare=true
# %hint env-upgrade

# %% [markdown] lang="en"
# ### 4. What is the value? (2 points)
#
# ```dockerfile
# FROM alpine
# ENV abc=hello
# ENV abc=bye def=$abc
# ENV ghi=$abc
# CMD ["echo", "$abc"]
# ```
#
# * `a`: `def`, with `docker run IMAGE`
# * `b`: `ghi`, with `docker run IMAGE`
# * `c`: `def`, with `docker run -e abc=mine IMAGE`
# * `d`: what `docker run IMAGE` prints
# * `e`: how many layers the image has, when `alpine` has one
#
# Copy this into the cell and put a value in the place of each `...`: text in quotes, a number without.
#
# ```
# env_values = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 值是多少？（2 分）
#
# ```dockerfile
# FROM alpine
# ENV abc=hello
# ENV abc=bye def=$abc
# ENV ghi=$abc
# CMD ["echo", "$abc"]
# ```
#
# * `a`：用 `docker run IMAGE` 启动时的 `def`
# * `b`：用 `docker run IMAGE` 启动时的 `ghi`
# * `c`：用 `docker run -e abc=mine IMAGE` 启动时的 `def`
# * `d`：`docker run IMAGE` 打印什么
# * `e`：`alpine` 有一层，这个镜像有几层
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案：文字加引号，数字不加。
#
# ```
# env_values = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": ...,
# }
# ```

# %% nbgrader={"grade_id": "env-values", "solution": true}
### BEGIN SOLUTION
env_values = {
    "a": "hello",
    "b": "bye",
    "c": "hello",
    "d": "$abc",
    "e": 1,
}
### END SOLUTION

# %% nbgrader={"grade_id": "env-values-check", "grade": true, "points": 2}
check("env-values")

# %% bare=true
# %hint env-values

# %% [markdown] lang="en"
# ## Key points
#
# * ENV edits the config. It makes no layer; later steps and all containers get the variable.
# * All of one line is worked out with the values from before that line, once, while the image is built.
# * A value with blanks needs quotes; single quotes keep `$` and `"` as they stand.
# * `ENV PATH=/new/bin:$PATH` adds a folder; without `$PATH` all others are lost.
# * `-e` and `--env-file` set variables of one container.
#
# Next: [11 ADD and COPY](11_add_copy.ipynb). For values that are needed only while the image is built, see [04 ARG](04_arg.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * ENV 只改配置，不产生层；后面的步骤和所有容器都拿得到这个变量。
# * 同一行用的都是这一行之前的值，只在构建时计算一次。
# * 值里有空格要加引号；单引号里的 `$` 和 `"` 原样保留。
# * `ENV PATH=/new/bin:$PATH` 加一个目录；漏了 `$PATH`，别的目录就全丢了。
# * `-e` 和 `--env-file` 给单个容器设变量。
#
# 下一课：[11 ADD 与 COPY](11_add_copy.ipynb)。只在构建时用到的值，见 [04 ARG](04_arg.ipynb)。
