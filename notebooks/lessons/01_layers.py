# %% [markdown] lang="en"
# # 01 Layers
#
# After this lesson you can
#
# * say what an image is made of, and what a container adds to it;
# * tell what happens to a file of the image when a container reads, changes or deletes it;
# * keep data when a container goes;
# * say what a hundred containers of one image cost.
#
# Reading 15 minutes, exercises 15 minutes. It follows §1 of the notes.

# %% [markdown] lang="zh"
# # 01 层
#
# 学完这一课，你能
#
# * 说出镜像由什么组成，容器又在上面加了什么；
# * 讲清楚容器读取、修改、删除镜像里的文件时发生了什么；
# * 在容器消失后保住数据；
# * 算出一百个同镜像的容器要占多少空间。
#
# 阅读 15 分钟，习题 15 分钟。对应笔记第 1 节。

# %% [markdown] lang="en"
# ## An image is a list of layers
#
# A layer is a set of files: what one step added, changed or deleted. An image is an ordered list of
# layers plus a config (what to run, which variables). Here is one with three layers over its base.

# %% [markdown] lang="zh"
# ## 镜像是一串层
#
# 一层就是一组文件：某一步新增、修改、删除了什么。镜像则是一串有顺序的层，再加一份配置（运行什么、有
# 哪些环境变量）。下面这个镜像在基础镜像上加了三层。

# %%
# %%dockerfile notes
FROM alpine
RUN mkdir /notes && echo "buy milk" > /notes/today.txt
RUN echo "call home" >> /notes/today.txt
RUN rm /notes/today.txt && echo "done" > /notes/result.txt

# %% [markdown] lang="en"
# Read the picture from the top, as Docker does: whoever looks for a file takes the first layer from above
# that knows it.
#
# **Predict, then run.** The last step deleted `/notes/today.txt`. Is the file gone from the image?

# %% [markdown] lang="zh"
# 图要从上往下看，Docker 也是这样找文件的：从最上面一层开始，哪一层先认得它，就用哪一层的。
#
# **先猜再运行。** 最后一步删掉了 `/notes/today.txt`。镜像里真的没有它了吗？

# %%
# %picture read notes /notes/today.txt

# %% [markdown] lang="en"
# A container no longer sees it. But both older versions still lie in their layers and are shipped with the
# image: the last layer holds only a mark, a *whiteout*, that says "deleted". No later layer can make an earlier one smaller.
#
# `docker history` lists the steps, newest first, with the size of the layer that each one wrote.

# %% [markdown] lang="zh"
# 容器里确实看不到它了，可两个旧版本都还躺在各自的层里，跟着镜像一起分发。最后一层里只有一个表示
# “已删除”的标记，叫 *whiteout*。后面的层再怎么删，前面的层也不会变小。
#
# `docker history` 列出每一步和它写出的层的大小，最新的在最上面。

# %%
# %docker history notes

# %% [markdown] lang="en"
# ## A container is an image and one writable layer
#
# `docker run` puts one empty layer on top. All that the container writes goes there; the layers of the image
# are never written to. `docker diff` shows what is in the writable layer: **A** added, **C** changed, **D** deleted.

# %% [markdown] lang="zh"
# ## 容器 = 镜像 + 一个可写层
#
# `docker run` 在最上面放一个空的层，容器写的东西全部落在这里，镜像的各层从不改动。`docker diff` 显示可写层里
# 有什么：**A** 新增，**C** 修改，**D** 删除。

# %%
# %%docker
docker run --name first notes true
docker diff first
docker run --name second notes sh -c "echo again >> /notes/result.txt; echo new > /notes/extra.txt; rm /etc/motd"
docker diff second

# %% [markdown] lang="en"
# `first` did nothing, so its layer is empty. `second` shows all three letters. A folder in which something
# changed counts as changed.
#
# What happens to one file, step by step:
#
# * **read**: looked up from the top; nothing is copied;
# * **first write**: the whole file is copied up into the writable layer, and the copy is changed;
# * **delete**: a whiteout in the writable layer hides it.

# %% [markdown] lang="zh"
# `first` 什么也没做，它的可写层是空的。`second` 三个字母都有。里面有东西变动的目录也算“修改”。
#
# 对一个文件来说，过程是这样的：
#
# * **读**：从上往下找，不复制任何东西；
# * **第一次写**：整个文件先复制到可写层（copy-up），再改这份副本；
# * **删**：可写层里放一个 whiteout，把它遮住。

# %%
# %picture stepper second

# %% [markdown] lang="en"
# Even one byte copies the whole file. Even `chmod` does: owner and mode belong to the file.
#
# ## Two containers of one image
#
# They share the image's layers and see nothing of each other.

# %% [markdown] lang="zh"
# 哪怕只改一个字节，也要复制整个文件。`chmod` 同样如此，因为属主和权限是文件的一部分。
#
# ## 同一个镜像的两个容器
#
# 它们共用镜像的层，彼此互不可见。

# %%
# %%docker
docker run --name red notes sh -c "echo red > /notes/colour.txt"
docker run --name blue notes sh -c "echo blue > /notes/colour.txt"
docker diff red
docker diff blue
docker run --rm notes ls /notes

# %%
# %picture containers notes

# %% [markdown] lang="en"
# The image has no `/notes/colour.txt`, and never will: a new container starts from the image alone. `docker ps -s`
# shows what each container costs: its writable layer, and in brackets the image that it shares.

# %% [markdown] lang="zh"
# 镜像里没有 `/notes/colour.txt`，以后也不会有：新容器只从镜像出发。`docker ps -s` 显示每个容器占多少空间：
# 前面是可写层，括号里是算上共用镜像之后的大小。

# %%
# %docker ps -a -s

# %% [markdown] lang="en"
# ## When a container goes, its layer goes
#
# **Predict, then run.** A container writes a file and is removed. Does a new container have it?

# %% [markdown] lang="zh"
# ## 容器没了，可写层也没了
#
# **先猜再运行。** 容器写了一个文件，然后被删除。新容器里还有吗？

# %%
# %%docker
docker run --name diary alpine sh -c "echo 'dear diary' > /diary.txt"
docker rm diary
docker run --rm alpine cat /diary.txt

# %% [markdown] lang="en"
# Data that must last belongs in a *volume*: a folder outside all layers, mounted into the container.

# %% [markdown] lang="zh"
# 要长久保存的数据应该放进*数据卷*（volume）：它在所有层之外，挂载到容器里使用。

# %%
# %%docker
docker run --name diary -v memories:/diary alpine sh -c "echo 'dear diary' > /diary/1.txt"
docker diff diary
docker rm diary
docker run --rm -v memories:/diary alpine cat /diary/1.txt

# %% [markdown] lang="en"
# The volume stayed when the container went. And `docker diff` never saw the file: of the whole affair it knows only
# the folder that was made as a place for the mount.
#
# ## The notes say / today
#
# > A docker container may hold several images, stacked; the upper one leads to the lower one by a pointer.
#
# So the notes put it in 2018, and so it looked long ago. Today a container has **one** image, and the image has one
# ordered list of layers in its config. No layer points to another one; many images can list the same layer.

# %% [markdown] lang="zh"
# 容器删了，数据卷还在。而且 `docker diff` 从头到尾没看见那个文件，它只知道多了一个用来挂载的目录。
#
# ## 笔记的说法与今天
#
# > 一个docker容器内部可能含有多个镜像，这几个镜像重叠在一起，然后由上个镜像通过指针引导到下个镜像。
#
# 2018 年的笔记这样写，很久以前看上去也确实如此。今天，一个容器只有**一个**镜像，镜像的配置里写着一串有顺序的
# 层。层与层之间没有指针，同一层可以出现在许多镜像的列表里。

# %%
# %%docker
docker inspect -f "{{.RootFS.Layers}}" alpine
docker inspect -f "{{.RootFS.Layers}}" notes

# %% [markdown] lang="en"
# The first entry is the same in both: `notes` lists the layer of `alpine`, it does not copy it.
#
# The notes are right about the rest: **container = image + writable layer**, changes happen on a copy, and what must
# last is mounted from outside.
#
# ## Exercises
#
# 10 points. Each answer cell starts from its own clean state every time it runs, so try things out as you like; a line such as
# `docker diff edited` at its end shows how far you are.
#
# ### 1. A given diff (3 points)
#
# You start with an image `site`, built like this:
#
# ```dockerfile
# FROM alpine
# RUN mkdir /site && echo "<h1>Soon</h1>" > /site/index.html && echo "old" > /site/old.html
# ```
#
# With docker commands, make a container named `edited` from it, so that `docker diff edited` shows exactly this (in any order):
#
# ```
# C /site
# C /site/index.html
# A /site/about.html
# D /site/old.html
# ```

# %% [markdown] lang="zh"
# 两个列表的第一项相同：`notes` 引用了 `alpine` 的那一层，并没有复制它。
#
# 笔记的其余说法是对的：**容器 = 镜像 + 读写层**；改动发生在副本上；要长久保存的数据从外面挂载进来。
#
# ## 习题
#
# 共 10 分。答案单元格每次运行都从它自己的干净状态开始，所以尽管试；在末尾加一行 `docker diff edited` 之类的命令，
# 就能看到做到哪一步了。
#
# ### 1. 指定的 diff（3 分）
#
# 一开始有一个镜像 `site`，它是这样构建的：
#
# ```dockerfile
# FROM alpine
# RUN mkdir /site && echo "<h1>Soon</h1>" > /site/index.html && echo "old" > /site/old.html
# ```
#
# 请用 docker 命令从它创建一个名叫 `edited` 的容器，让 `docker diff edited` 恰好显示（顺序不限）：
#
# ```
# C /site
# C /site/index.html
# A /site/about.html
# D /site/old.html
# ```

# %% nbgrader={"grade_id": "layers-diff", "solution": true}
# %%docker --answer layers-diff
### BEGIN SOLUTION
docker run --name edited site sh -c "echo '<h1>Here</h1>' > /site/index.html; echo us > /site/about.html; rm /site/old.html"
docker diff edited
### END SOLUTION

# %% nbgrader={"grade_id": "layers-diff-check", "grade": true, "points": 3}
check("layers-diff")

# %% [markdown] lang="en"
# ### 2. Keep a file (2.5 points)
#
# A container of `alpine` writes a file `visits.txt` that holds the line `1`. That container is removed. Then a container named
# `reader` is made, and in it `/data/visits.txt` can be read. It must not lie in the writable layer of `reader`: it must have been
# kept. No other container is left at the end. Write the commands.

# %% [markdown] lang="zh"
# ### 2. 保住一个文件（2.5 分）
#
# 一个 `alpine` 容器写出文件 `visits.txt`，内容是一行 `1`，然后这个容器被删除。之后再创建一个名叫 `reader` 的容器，在它里面
# 能读到 `/data/visits.txt`。这个文件不能在 `reader` 的可写层里，它必须是保存下来的。最后不留下别的容器。请写出命令。

# %% nbgrader={"grade_id": "layers-keep", "solution": true}
# %%docker --answer layers-keep
### BEGIN SOLUTION
docker run --name writer -v visits:/data alpine sh -c "echo 1 > /data/visits.txt"
docker rm writer
docker run --name reader -v visits:/data alpine cat /data/visits.txt
### END SOLUTION

# %% nbgrader={"grade_id": "layers-keep-check", "grade": true, "points": 2.5}
check("layers-keep")

# %% [markdown] lang="en"
# ### 3. Two containers, one difference (1.5 points)
#
# Make two containers of `alpine`, named `tick` and `tock`, that differ in exactly one file: `/clock` holds the line `tick` in
# the first and `tock` in the second. Nothing else may differ from the image.

# %% [markdown] lang="zh"
# ### 3. 两个容器，一处不同（1.5 分）
#
# 从 `alpine` 创建两个容器 `tick` 和 `tock`，它们只有一个文件不同：`/clock` 在前一个里是一行 `tick`，在后一个里
# 是一行 `tock`。除此之外都和镜像一样。

# %% nbgrader={"grade_id": "layers-two", "solution": true}
# %%docker --answer layers-two
### BEGIN SOLUTION
docker run --name tick alpine sh -c "echo tick > /clock"
docker run --name tock alpine sh -c "echo tock > /clock"
### END SOLUTION

# %% nbgrader={"grade_id": "layers-two-check", "grade": true, "points": 1.5}
check("layers-two")

# %% [markdown] lang="en"
# ### 4. Who serves it, what does it cost (3 points)
#
# An image has three layers. Layer 1 is the base and has 100 MB; it holds `/etc/hosts.allow` and `/opt/tool`. Layer 2 has 40 MB; it
# adds `/srv/app` and changes `/etc/hosts.allow`. Layer 3 has 0 MB; it deletes `/opt/tool`. Three containers run from it. Each
# one has changed the 10 MB file `/srv/app` by a single byte, and nothing else.
#
# Copy this into the cell and put a value in the place of each `...`. For a path: the layer of the **image** that serves it to a
# fresh container, 1, 2 or 3, or `"none"`. For the two costs: whole MB on the disk, of all three containers **besides** the image,
# and of everything **together**.
#
# ```
# layers_serve = {
#     "/etc/hosts.allow": ...,
#     "/opt/tool": ...,
#     "/srv/app": ...,
#     "containers": ...,
#     "together": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 谁来提供，占多少（3 分）
#
# 一个镜像有三层。第 1 层是基础，100 MB，里面有 `/etc/hosts.allow` 和 `/opt/tool`。第 2 层 40 MB，新增 `/srv/app`，修改了
# `/etc/hosts.allow`。第 3 层 0 MB，删除了 `/opt/tool`。现在有三个容器在运行，每个都只把 10 MB 的 `/srv/app` 改了一个字节，
# 别的都没动。
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案。路径要填：对一个全新的容器，由**镜像**的第几层提供，1、2、3 或者 `"none"`。大小填
# 整数 MB：三个容器**在镜像之外**一共占多少（`containers`），**连同镜像**一共占多少（`together`）。
#
# ```
# layers_serve = {
#     "/etc/hosts.allow": ...,
#     "/opt/tool": ...,
#     "/srv/app": ...,
#     "containers": ...,
#     "together": ...,
# }
# ```

# %% nbgrader={"grade_id": "layers-serve", "solution": true}
### BEGIN SOLUTION
layers_serve = {
    "/etc/hosts.allow": 2,
    "/opt/tool": "none",
    "/srv/app": 2,
    "containers": 30,
    "together": 170,
}
### END SOLUTION

# %% nbgrader={"grade_id": "layers-serve-check", "grade": true, "points": 3}
check("layers-serve")

# %% [markdown] lang="en"
# ## Key points
#
# * An image is one ordered list of read-only layers and a config. Layers do not point to each other.
# * A container adds one writable layer. Reading takes from the first layer above; writing copies up; deleting leaves a whiteout.
# * The layer goes with its container; a volume stays.
# * Deleting in a later layer frees nothing in an earlier one.
#
# Next: [02 Commit](02_commit.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * 镜像是一串有顺序的只读层，加一份配置；层与层之间没有指针。
# * 容器再加一个可写层。读的时候从上往下找；写的时候先复制上来；删的时候留下 whiteout。
# * 可写层随容器消失，数据卷会留下。
# * 在后面的层里删除，前面的层不会因此变小。
#
# 下一课：[02 commit](02_commit.ipynb)。
