# %% [markdown] lang="en"
# # 07 LABEL
#
# A short lesson. After it you can
#
# * write labels with blanks, quotes and dollar signs in them;
# * say what a child does with the labels of its base;
# * find and clear away images by label;
# * choose keys that others understand.
#
# Reading 12 minutes, exercises 15 minutes. It follows *LABEL* in the notes.

# %% [markdown] lang="zh"
# # 07 LABEL
#
# 很短的一课。学完之后，你能
#
# * 写出带空格、引号、美元符号的 label；
# * 说清子镜像怎样对待基础镜像的 label；
# * 按 label 查找和清理镜像；
# * 选用别人也看得懂的键。
#
# 阅读 12 分钟，习题 15 分钟。对应笔记的“LABEL 标签”。

# %% [markdown] lang="en"
# ## A key and a value
#
# > You can add labels to your image to help organize images by project, record licensing information, to aid in automation, or for
# > other reasons. For each label, add a line beginning with `LABEL` and with one or more **key-value** pairs. The following examples show the different
# > acceptable formats. Explanatory comments are included inline.
#
# So the notes quote the manual. They keep two of its examples, one label and two, and leave the comments out.

# %% [markdown] lang="zh"
# ## 一个键，一个值
#
# > You can add labels to your image to help organize images by project, record licensing information, to aid in automation, or for
# > other reasons. For each label, add a line beginning with `LABEL` and with one or more **key-value** pairs. The following examples show the different
# > acceptable formats. Explanatory comments are included inline.
#
# 这是笔记引用的手册原文：label 用来按项目整理镜像、记录许可证、配合自动化等等；以 `LABEL` 开头写一行，里面放一个或几个“键=值”。手册的例子笔记留下两个，
# 一个写一对，一个写两对；原文说的行内注释没有抄下来。

# %%
# %%dockerfile one-label
FROM alpine
LABEL com.example.version="0.0.1-beta"

# %%
# %%dockerfile two-labels
FROM alpine
LABEL com.example.version="0.0.1-beta" com.example.release-date="2015-02-12"

# %%
# %docker inspect -f "{{json .Config.Labels}}" two-labels

# %% [markdown] lang="en"
# [Labels](99_glossary.ipynb#label) lie in the config of the [image](99_glossary.ipynb#image). They change nothing that a container does.
#
# **Predict, then run.** Five labels, in five lines. How many [layers](99_glossary.ipynb#layer) does that make?

# %% [markdown] lang="zh"
# [label](99_glossary.ipynb#label) 放在[镜像](99_glossary.ipynb#image)的配置里，不影响容器做任何事。
#
# **先猜再运行。** 五个 label，写成五行，会产生几[层](99_glossary.ipynb#layer)？

# %%
# %%dockerfile five-lines
FROM alpine
LABEL one=1
LABEL two=2
LABEL three=3
LABEL four=4
LABEL five=5

# %%
# %docker inspect -f "{{len .RootFS.Layers}}" five-lines

# %% [markdown] lang="en"
# None: there is the one of `alpine`. Old advice says "put all labels into one line, to save layers". That was true up to Docker 1.9; since 1.10 (February 2016) it is a matter
# of taste.
#
# ## Quotes and blanks
#
# > If your string contains spaces, it must be quoted or the spaces must be escaped. If your string contains inner quote characters ("), escape them as well.
#
# So the notes. Here is what that looks like. A `\` at the end of a line goes on with the next one.

# %% [markdown] lang="zh"
# 一层也没有多，只有 `alpine` 那一层。老教程说“把 label 写进一行，可以少几层”，那是 Docker 1.9 以前的事；从 1.10（2016 年 2 月）起，
# 怎么写只看喜好。
#
# ## 引号和空格
#
# > If your string contains spaces, it must be quoted or the spaces must be escaped. If your string contains inner quote characters ("), escape them as well.
#
# 笔记这段是说：值里有空格，要加引号或者转义；值里有双引号，也要转义。写出来是下面这样。行末的 `\` 表示接到下一行。

# %%
# %%dockerfile quoted
FROM alpine
LABEL a="green tea" \
      b=green\ tea \
      c="the \"best\" tea" \
      d='the "best" tea'

# %%
# %docker inspect -f "{{json .Config.Labels}}" quoted

# %% [markdown] lang="en"
# `json` writes inner quotes as `\"`; the value has no backslash. To see one bare value, ask for it with `index`.
#
# **Predict, then run.** Double quotes let `$` through, single ones don't. What is the price?

# %% [markdown] lang="zh"
# `json` 把值里的双引号写成 `\"`，值本身并没有反斜杠。想看某个值的原样，用 `index` 取出来。
#
# **先猜再运行。** 双引号里 `$` 起作用，单引号里不起作用。那么价格是多少？

# %%
# %%dockerfile prices
FROM alpine
ENV CURRENCY=EUR
LABEL tea="$2 or 3 $CURRENCY" soup='$4 or 5 $CURRENCY' cake="\$6 or 7 $CURRENCY"

# %%
# %%docker
docker inspect -f '{{index .Config.Labels "tea"}}' prices
docker inspect -f '{{index .Config.Labels "soup"}}' prices
docker inspect -f '{{index .Config.Labels "cake"}}' prices

# %% [markdown] lang="en"
# `$2` was taken for a variable that nobody set, and docker warned. A `\` before the `$` keeps it.
#
# ## Inherited, replaced, never removed
#
# A child begins with the labels of its base. A key that is written again gets the new value.

# %% [markdown] lang="zh"
# `$2` 被当成了没人设置过的变量，docker 还给了警告。在 `$` 前面加 `\` 就能保住它。
#
# ## 会继承，能替换，删不掉
#
# 子镜像以基础镜像的 label 为起点，同一个键再写一次就换成新值。

# %%
# %%dockerfile next-version
FROM two-labels
LABEL com.example.version="0.0.2" com.example.release-date=

# %%
# %%docker
docker inspect -f "{{json .Config.Labels}}" next-version

# %% [markdown] lang="en"
# There is no way to take a label out, only to empty it. A container gets the labels of its image, and `docker run --label` adds some of its own.
#
# ## Labels for finding things
#
# `--filter label=KEY` or `label=KEY=VALUE` works for images and for containers.

# %% [markdown] lang="zh"
# label 删不掉，只能设成空。容器会得到镜像的 label，`docker run --label` 可以再加几个。
#
# ## 用 label 找东西
#
# `--filter label=键` 或 `label=键=值`，对镜像和容器都能用。

# %%
# %%docker
docker images --filter label=com.example.version
docker images --filter label=com.example.version=0.0.2
docker run -d --name till --label shift=night next-version sleep 1000
docker ps --filter label=shift=night
docker ps --filter label=com.example.version --format "{{.Names}}: {{.Labels}}"

# %% [markdown] lang="en"
# That is the automation that the notes speak of. Clearing away, for example: `-a` means images with a name, too, `-f` asks no questions, and what a container uses stays.

# %% [markdown] lang="zh"
# 笔记说的“配合自动化”就是这样用的。比如清理：`-a` 连有名字的镜像也算上，`-f` 不再询问，容器正在用的会留下。

# %%
# %%docker
docker image prune -a -f --filter label=com.example.release-date
docker images --filter label=com.example.version

# %% [markdown] lang="en"
# ## Keys that others understand
#
# A key is any text. Two habits keep keys apart: your own start with your domain turned round, `com.example.`; and for common facts there are agreed keys in the OCI image
# specification, all beginning with `org.opencontainers.image.`
#
# * `title`, `description`, `documentation`, `url`
# * `version`, `revision`, `created`, `source`
# * `authors`, `vendor`, `licenses`
#
# Registries and scanners read them. **The notes say / today.** The notes' two keys are fine. The specification with the agreed ones is from 2017; before, there was `org.label-schema.`, which `centos` still has.

# %% [markdown] lang="zh"
# ## 别人也看得懂的键
#
# 键可以是任意文字。有两个习惯能避免撞车：自己的键用倒过来的域名开头，比如 `com.example.`；常见的信息则用 OCI 镜像规范约定的键，
# 全都以 `org.opencontainers.image.` 开头：
#
# * `title`、`description`、`documentation`、`url`
# * `version`、`revision`、`created`、`source`
# * `authors`、`vendor`、`licenses`
#
# registry 和扫描工具会读它们。**笔记的说法与今天。** 笔记里的两个键没有问题。约定这些键的规范是 2017 年的；再早用的是 `org.label-schema.`，在
# `centos` 里就能看到。

# %%
# %%docker
docker pull centos:latest
docker inspect -f "{{json .Config.Labels}}" centos:latest

# %% [markdown] lang="en"
# ## Common mistakes
#
# Blanks without quotes: the second word is taken for the next label.

# %% [markdown] lang="zh"
# ## 常见错误
#
# 有空格却没加引号：第二个词被当成下一个 label。

# %%
# %%dockerfile no-quotes
FROM alpine
LABEL description=a nice cup of tea

# %% [markdown] lang="en"
# No `=` at all. That is an older form, one key and the rest of the line. It works, and docker warns.

# %% [markdown] lang="zh"
# 干脆没有 `=`。这是旧写法：一个键，后面整行都是值。能用，但 docker 会警告。

# %%
# %%dockerfile older-form
FROM alpine
LABEL description a nice cup of tea

# %% [markdown] lang="en"
# Blanks around the `=`: the older form again, and the value begins with `=`.

# %% [markdown] lang="zh"
# `=` 两边有空格：又成了旧写法，值以 `=` 开头。

# %%
# %%dockerfile blanks-around
FROM alpine
LABEL description = tea

# %%
# %docker inspect -f "{{json .Config.Labels}}" blanks-around

# %% [markdown] lang="en"
# Typographic quotes, from a web page or a word processor: for docker they are letters, no quotes. With one word this even passes unnoticed.

# %% [markdown] lang="zh"
# 从网页或文字处理软件里带来的弯引号：对 docker 来说它们是普通字符，不是引号。值只有一个词时，还不容易发现。

# %%
# %%dockerfile curly
FROM alpine
LABEL com.example.version=“0.0.1-beta”

# %%
# %docker inspect -f "{{json .Config.Labels}}" curly

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. Mend this file: `com.example.version` is to be `0.0.1 beta`, with a blank, and `com.example.release-date` is to be `2015-02-12`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。改对下面的文件：`com.example.version` 的值要是 `0.0.1 beta`，中间有空格；`com.example.release-date` 的值要是 `2015-02-12`。

# %% bare=true
# %%dockerfile label-mend
FROM alpine
LABEL com.example.version=“0.0.1 beta” com.example.release-date = "2015-02-12"

# %% bare=true
check("label-mend")

# %% bare=true
# %hint label-mend

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points.
#
# ### 1. Quotes (4 points)
#
# Build an image on `alpine` with these four labels, character by character, and no others of your own:
#
# | key | value |
# |---|---|
# | `org.opencontainers.image.title` | `Corner shop` |
# | `org.opencontainers.image.description` | `The "best" tea in town` |
# | `com.example.price` | `$5 a cup` |
# | `com.example.folder` | `C:\shop\tea` |

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。
#
# ### 1. 引号（4 分）
#
# 在 `alpine` 上构建一个镜像，带下面四个 label，一个字符也不差，也不要有别的：
#
# | 键 | 值 |
# |---|---|
# | `org.opencontainers.image.title` | `Corner shop` |
# | `org.opencontainers.image.description` | `The "best" tea in town` |
# | `com.example.price` | `$5 a cup` |
# | `com.example.folder` | `C:\shop\tea` |

# %% nbgrader={"grade_id": "label-quotes", "solution": true}
# %%dockerfile label-quotes
### BEGIN SOLUTION
FROM alpine
LABEL org.opencontainers.image.title="Corner shop" \
      org.opencontainers.image.description="The \"best\" tea in town"
LABEL com.example.price='$5 a cup' com.example.folder='C:\shop\tea'
### END SOLUTION

# %% nbgrader={"grade_id": "label-quotes-check", "grade": true, "points": 4}
check("label-quotes")

# %% bare=true
# %hint label-quotes

# %% [markdown] lang="en"
# ### 2. A new version (3 points)
#
# There is an image `shop-base`. Somebody else builds it, and it has the labels `vendor`, `version=1.0` and `stage=test`. Make a child of it: its `version` is `2.0`, its `stage` is empty, and its `vendor` is the one that the base
# says, whoever that is.

# %% [markdown] lang="zh"
# ### 2. 新版本（3 分）
#
# 有一个镜像 `shop-base`，由别人构建，带有 label `vendor`、`version=1.0` 和 `stage=test`。做一个它的子镜像：`version` 是 `2.0`，`stage` 是空的，
# `vendor` 和基础镜像里写的一样，不管写的是谁。

# %% nbgrader={"grade_id": "label-child", "solution": true}
# %%dockerfile label-child
### BEGIN SOLUTION
FROM shop-base
LABEL version=2.0 stage=
### END SOLUTION

# %% nbgrader={"grade_id": "label-child-check", "grade": true, "points": 3}
check("label-child")

# %% bare=true
# %hint label-child

# %% [markdown] lang="en"
# ### 3. Find and clear away (3 points)
#
# There are six images, `tea`, `soup`, `cake`, `bread`, `milk` and `salt`. Some have the label `stage`. With docker commands, remove those whose `stage` is exactly `test`, and keep the others.
# Then start a container named `night` from `milk`, with the label `shift=night`.
#
# Nobody tells you which images they are: a line with `docker images --filter ...` in your answer does.

# %% [markdown] lang="zh"
# ### 3. 查找和清理（3 分）
#
# 有六个镜像：`tea`、`soup`、`cake`、`bread`、`milk`、`salt`，其中几个有 label `stage`。用 docker 命令删掉 `stage` 恰好是 `test` 的，其余都留着。
# 然后用 `milk` 启动一个名叫 `night` 的容器，带上 label `shift=night`。
#
# 要删的是哪几个，题目不说；在答案里写一行 `docker images --filter ...` 就知道了。

# %% nbgrader={"grade_id": "label-clear", "solution": true}
# %%docker --answer label-clear
### BEGIN SOLUTION
docker images --filter label=stage=test
docker image prune -a -f --filter label=stage=test
docker run --name night --label shift=night milk
### END SOLUTION

# %% nbgrader={"grade_id": "label-clear-check", "grade": true, "points": 3}
check("label-clear")

# %% bare=true
# %hint label-clear

# %% [markdown] lang="en"
# ## Key points
#
# * A label is a key and a value in the config: no layer, no effect on what runs.
# * Blanks need quotes or `\`; in double quotes `\"` and `\$`, in single quotes everything stays as it is.
# * A child inherits labels and can replace or empty them.
# * `--filter label=...` finds images and containers. For common facts there are keys that begin with `org.opencontainers.image.`
#
# Next: [08 RUN](08_run.ipynb). To read on: *LABEL* in the [Dockerfile reference](https://docs.docker.com/reference/dockerfile/#label).

# %% [markdown] lang="zh"
# ## 要点
#
# * label 是配置里的一个键和一个值：没有层，也不影响运行什么。
# * 有空格就要加引号或 `\`；双引号里写 `\"`、`\$`，单引号里全部原样保留。
# * 子镜像继承 label，可以替换，也可以设成空。
# * `--filter label=……` 能找到镜像和容器。常见的信息有约定的键，以 `org.opencontainers.image.` 开头。
#
# 下一课：[08 RUN](08_run.ipynb)。延伸阅读：[Dockerfile 参考](https://docs.docker.com/reference/dockerfile/#label)的 LABEL 一节。
