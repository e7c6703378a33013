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
# Reading 22 minutes, exercises 18 minutes. It follows §1 of the notes, *images and containers*, which names an article as its source, `http://dockone.io/article/783`.
# The eight pictures of the notes are lost; the pictures here take their places.

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
# 阅读 22 分钟，习题 18 分钟。对应笔记第 1 节“镜像与容器”，笔记注明资料来自 `http://dockone.io/article/783`。笔记里的八张图已经丢失，这里的图补上它们的位置。

# %% [markdown] lang="en"
# ## An image is a list of layers
#
# A [layer](99_glossary.ipynb#layer) is a set of files: what one step added, changed or deleted. An [image](99_glossary.ipynb#image) is an ordered
# list of layers plus a config (what to run, which variables). Here is one with three layers over its [base image](99_glossary.ipynb#base-image).

# %% [markdown] lang="zh"
# ## 镜像是一串层
#
# 一[层](99_glossary.ipynb#layer)就是一组文件：某一步新增、修改、删除了什么。[镜像](99_glossary.ipynb#image)则是一串有顺序的层，再加一份
# 配置（运行什么、有哪些环境变量）。下面这个镜像在[基础镜像](99_glossary.ipynb#base-image)上加了三层。

# %%
# %%dockerfile notes
FROM alpine
RUN mkdir /notes && echo "buy milk" > /notes/today.txt
RUN echo "call home" >> /notes/today.txt
RUN rm /notes/today.txt && echo "done" > /notes/result.txt

# %% [markdown] lang="en"
# Read the stack from the top, as Docker does: whoever looks for a file takes it from the first layer that knows it. From outside the many layers
# look like one file system.
#
# **Predict, then run.** The last step deleted `/notes/today.txt`. Is the file gone from the image?

# %% [markdown] lang="zh"
# 这一摞要从上往下看，Docker 也是这样找文件的：从最上面一层开始，哪一层先认得它，就用哪一层的。从外面看，许多层合起来就像一个文件系统。
#
# **先猜再运行。** 最后一步删掉了 `/notes/today.txt`。镜像里真的没有它了吗？

# %%
# %picture read notes /notes/today.txt

# %% [markdown] lang="en"
# A container no longer sees it. But both older versions still lie in their layers and are shipped with the image: the last layer holds only a mark,
# a [whiteout](99_glossary.ipynb#whiteout), that says "deleted". No later layer can make an earlier one smaller.
#
# `docker history` lists the steps, newest first, with the size of the layer that each one wrote.

# %% [markdown] lang="zh"
# 容器里确实看不到它了，可两个旧版本都还躺在各自的层里，跟着镜像一起分发。最后一层里只有一个表示“已删除”的标记，
# 叫 [whiteout](99_glossary.ipynb#whiteout)。后面的层再怎么删，前面的层也不会变小。
#
# `docker history` 列出每一步和它写出的层的大小，最新的在最上面。

# %%
# %docker history notes

# %% [markdown] lang="en"
# ## A container stands on an image
#
# The notes begin like this: a container has an image, or rather, it is built on top of one. `docker run` takes the image's layers, which are
# read-only, and puts one empty [writable layer](99_glossary.ipynb#writable-layer) on top. That is a [container](99_glossary.ipynb#container).

# %% [markdown] lang="zh"
# ## 容器立在镜像上
#
# 笔记一开头就说：容器也有自己的镜像，不如说容器就是建立在镜像上面的。`docker run` 拿来镜像的各层（都是只读的），在最上面放一个空的
# [可写层](99_glossary.ipynb#writable-layer)，这就是[容器](99_glossary.ipynb#container)。

# %%
# %docker run --name first notes true

# %%
# %picture stack first

# %% [markdown] lang="en"
# All that a container writes goes into its own layer; the layers of the image are never written to. So whatever you install or change in a container,
# its image stays as it was. `docker diff` shows what is in the writable layer: **A** added, **C** changed, **D** deleted.

# %% [markdown] lang="zh"
# 容器写的东西全部落在它自己那一层，镜像的各层从不改动。所以在容器里装什么、改什么，都不会影响镜像。`docker diff` 显示可写层里
# 有什么：**A** 新增，**C** 修改，**D** 删除。

# %%
# %%docker
docker diff first
docker run --name second notes sh -c "echo again >> /notes/result.txt; echo new > /notes/extra.txt; rm /etc/motd"
docker diff second

# %%
# %picture stack second

# %% [markdown] lang="en"
# `first` did nothing, so its layer is empty. `second` shows all three letters. A folder in which something changed counts as changed.
#
# **Container = image + writable layer**: the formula of the notes, word for word, and it holds. They also say that the top layer may be taken for a
# writable "image". For an image it lacks one thing: it must stand still. `docker commit` does that, in the next lesson.
#
# ## A running container is one process more
#
# While a container runs, a process lives in this file system: it reads through all the layers, and writes on top.

# %% [markdown] lang="zh"
# `first` 什么也没做，它的可写层是空的。`second` 三个字母都有。里面有东西变动的目录也算“修改”。
#
# **容器 = 镜像 + 读写层**，笔记这个公式一个字都不用改（读写层就是可写层）。笔记还说，最上面那一层也可以当做可读写的“镜像”。要真正成为镜像，
# 还差一步：它得固定下来。那是 `docker commit` 的事，下一课讲。
#
# ## 运行中的容器：再加一个进程
#
# 容器运行的时候，有一个进程活在这个文件系统里：读，要穿过所有的层；写，只写最上面一层。

# %%
# %%docker
docker run -d --name clock notes sh -c "while true; do date > /notes/now.txt; sleep 1; done"
docker top clock
docker ps

# %%
# %picture stack clock

# %% [markdown] lang="en"
# When the process ends, the layer stays. The container is stopped, not gone: `docker ps -a` still lists it, and `docker start` begins again with the
# same layer.

# %% [markdown] lang="zh"
# 进程结束了，可写层还在。容器只是停了，并没有消失：`docker ps -a` 里还有它，`docker start` 会带着同一个可写层重新开始。

# %%
# %%docker
docker kill clock
docker diff clock
docker ps -a

# %% [markdown] lang="en"
# ## Copy on write
#
# What happens to one file of the image, step by step:
#
# * **read**: looked up from the top; nothing is copied;
# * **first write**: the whole file is copied up into the writable layer ([copy-up](99_glossary.ipynb#copy-up)), and the copy is changed. It hides the old one;
# * **delete**: a whiteout in the writable layer hides it.

# %% [markdown] lang="zh"
# ## 写时复制
#
# 对镜像里的一个文件来说，过程是这样的：
#
# * **读**：从上往下找，不复制任何东西；
# * **第一次写**：整个文件先复制到可写层（[copy-up](99_glossary.ipynb#copy-up)），再改这份副本，副本遮住旧的只读文件；
# * **删**：可写层里放一个 whiteout，把它遮住。

# %%
# %picture stepper second

# %% [markdown] lang="en"
# **Predict, then run.** The image `big` has a file of 5 MB. One container adds a line to it, one only changes its mode, one reads it, one deletes it. How
# large is the writable layer of each?

# %% [markdown] lang="zh"
# **先猜再运行。** 镜像 `big` 里有一个 5 MB 的文件。一个容器往里加一行，一个只改权限，一个只读，一个把它删掉。四个容器的可写层各有多大？

# %%
# %%dockerfile big
FROM alpine
RUN truncate -s 5000000 /big.bin

# %%
# %%docker
docker run --name adds big sh -c "echo x >> /big.bin"
docker run --name chmods big chmod 600 /big.bin
docker run --name reads big wc -c /big.bin
docker run --name deletes big rm /big.bin
docker ps -a -s --filter ancestor=big

# %% [markdown] lang="en"
# A few bytes copy the whole file, and so does `chmod`: owner and mode belong to the file. Reading and deleting cost nothing, and nothing is freed. `docker
# ps -s` shows what each container costs: its writable layer, and in brackets that layer together with the image that it shares.
#
# ## Two containers of one image
#
# They share the image's layers and see nothing of each other.

# %% [markdown] lang="zh"
# 改几个字节也要复制整个文件，`chmod` 同样如此，因为属主和权限是文件的一部分。读和删不占地方，删也腾不出地方。`docker ps -s` 显示每个容器
# 占多少空间：前面是可写层，括号里是可写层加上共用的镜像。
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
# The image has no `/notes/colour.txt`, and never will: a new container starts from the image alone. And the image is on the disk once, for two containers
# or for a hundred: a hundred cost the image plus a hundred writable layers.
#
# ## When a container goes, its layer goes
#
# **Predict, then run.** A container writes a file and is removed. Does a new container have it?

# %% [markdown] lang="zh"
# 镜像里没有 `/notes/colour.txt`，以后也不会有：新容器只从镜像出发。不管是两个容器还是一百个，镜像在磁盘上都只有一份：一百个容器占的就是
# 一份镜像加一百个可写层。
#
# ## 容器没了，可写层也没了
#
# **先猜再运行。** 容器写了一个文件，然后被删除。新容器里还有吗？

# %%
# %%docker
docker run --name diary alpine sh -c "echo 'dear diary' > /diary.txt"
docker rm diary
docker run --rm alpine cat /diary.txt

# %% [markdown] lang="en"
# Data that must last is kept outside all layers and *mounted* into the container. The notes mount a whole folder of the host.

# %% [markdown] lang="zh"
# 要长久保存的数据放在所有层之外，再*挂载*到容器里。笔记的办法是把宿主机的整个文件夹挂进去。

# %%
# %%docker
docker run --name diary -v /home/me/diary:/diary alpine sh -c "echo 'dear diary' > /diary/1.txt"
docker diff diary
docker rm diary
docker run --rm -v /home/me/diary:/diary alpine cat /diary/1.txt

# %% [markdown] lang="en"
# `docker diff` never saw the file: of the whole affair it knows only the folder that was made as a place for the mount. The other way is a
# [volume](99_glossary.ipynb#volume): a folder that Docker keeps for you under a name. [13 VOLUME](13_volume.ipynb) is about both.

# %% [markdown] lang="zh"
# `docker diff` 从头到尾没看见那个文件，它只知道多了一个用来挂载的目录。另一种办法是[数据卷](99_glossary.ipynb#volume)（volume）：由 Docker 替你
# 保管的一个有名字的目录。两种办法在 [13 VOLUME](13_volume.ipynb) 细讲。

# %%
# %%docker
docker run --rm -v memories:/diary alpine sh -c "echo 'dear diary' > /diary/1.txt"
docker volume ls
docker run --rm -v memories:/diary alpine cat /diary/1.txt

# %% [markdown] lang="en"
# ## The notes say / today
#
# > A docker container may hold several images, stacked; the upper one leads to the lower one by a pointer. Docker hides this, and
# > from outside it counts as one image.
#
# That was once close to the truth: each layer was stored as an image of its own, with the ID of its parent in it. With Docker 1.10 (February 2016) it ended, two
# years before the notes were written. Today a container has **one** image, and the image's config holds one ordered list of layers. A layer is named
# by the [digest](99_glossary.ipynb#digest) of its content; it points to no other layer, and many images can list it.

# %% [markdown] lang="zh"
# ## 笔记的说法与今天
#
# > 一个docker容器内部可能含有多个镜像，这几个镜像重叠在一起，然后由上个镜像通过指针引导到下个镜像，但是docker操作的时候一般不让用户察觉，则外部“默认”为一个镜像。
#
# 这话曾经差不多是对的：那时每一层都存成一个单独的镜像，里面写着父镜像的 ID。到 Docker 1.10（2016 年 2 月）就不是这样了，比笔记还早两年。今天，
# 一个容器只有**一个**镜像，镜像的配置里写着一串有顺序的层。每一层用自己内容的 [digest](99_glossary.ipynb#digest) 命名，不指向别的层，同一层
# 可以出现在许多镜像的列表里。

# %%
# %%docker
docker inspect -f "{{.Image}}" second
docker inspect -f "{{.RootFS.Layers}}" alpine
docker inspect -f "{{.RootFS.Layers}}" notes
docker inspect -f "{{.RootFS.Layers}}" big

# %%
# %picture compare notes big

# %% [markdown] lang="en"
# `second` names one image. The first layer is the same in all three lists: `notes` and `big` list the layer of `alpine`, they don't copy it.
#
# ## Common mistakes
#
# **"I delete it in the container, then it takes less space."** You have seen it: `deletes` hides 5 MB and frees none.
#
# **"I run it again, then it goes on where it was."** `docker run` makes a *new* container each time. `docker start` goes on with the old one.

# %% [markdown] lang="zh"
# `second` 只写着一个镜像。三个列表的第一项相同：`notes` 和 `big` 都引用了 `alpine` 的那一层，并没有复制它。
#
# ## 常见错误
#
# **“在容器里删掉，就能少占空间。”** 刚才看到了：`deletes` 只是遮住了 5 MB，一个字节也没腾出来。
#
# **“再 run 一次，就能接着上次。”** `docker run` 每次都创建一个*新*容器。要接着用旧的，是 `docker start`。

# %%
# %%docker
docker run --name count alpine sh -c "echo one more >> /count.txt; cat /count.txt"
docker run --rm alpine sh -c "echo one more >> /count.txt; cat /count.txt"
docker start -a count

# %% [markdown] lang="en"
# **"The name is free, for the container has ended."** It has ended, but it is there, with its layer. And as long as it is there, its image is in use.

# %% [markdown] lang="zh"
# **“容器都结束了，名字自然空出来了。”** 结束了，但它还在，可写层也还在。只要它在，它的镜像就还有人用。

# %%
# %%docker
docker run --name count alpine true
docker rmi big

# %% [markdown] lang="en"
# **`docker diff` of an image.** A diff belongs to a container. For the layers of an image there is `docker history`.

# %% [markdown] lang="zh"
# **对镜像用 `docker diff`。** diff 是容器的事，镜像的各层要用 `docker history` 看。

# %%
# %docker diff notes

# %% [markdown] lang="en"
# ## Practice
#
# Not graded, and as often as you like. A container of `alpine` runs one of these commands. Which letter does `docker diff` show for the file: `"A"`, `"C"`,
# `"D"`, or `"none"` if it does not appear? Put one in the place of each `...`. (`/etc/motd` is a file of the image.)

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分，想做几次都行。一个 `alpine` 容器执行下面的某一条命令，`docker diff` 会给这个文件标哪个字母：`"A"`、`"C"`、`"D"`，还是根本不出现（`"none"`）？
# 把每个 `...` 换成答案。（`/etc/motd` 是镜像里的文件。）

# %% bare=true
layers_letters = {
    "cat /etc/motd": ...,
    "echo hi > /etc/motd": ...,
    "echo hi > /etc/note": ...,
    "rm /etc/motd": ...,
    "chmod 600 /etc/motd": ...,
    "touch /etc/note; rm /etc/note": ...,
}

# %% bare=true
check("layers-letters")

# %% bare=true
# %hint layers-letters

# %% [markdown] lang="en"
# The second one: make a container named `trimmed` from `alpine`, in which `/etc/motd` is deleted and nothing else is changed.

# %% [markdown] lang="zh"
# 再来一个：从 `alpine` 创建一个名叫 `trimmed` 的容器，在里面删掉 `/etc/motd`，别的都不动。

# %% bare=true
# %%docker --answer layers-trimmed

# %% bare=true
check("layers-trimmed")

# %% bare=true
# %hint layers-trimmed

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each answer cell starts from its own clean state every time it runs, so try things out as you like; a line such as
# `docker diff edited` at its end shows how far you are. Below each one, `%hint` gives a hint; run it again for the next. Hints cost nothing.
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
# ## 习题
#
# 共 10 分。答案单元格每次运行都从它自己的干净状态开始，所以尽管试；在末尾加一行 `docker diff edited` 之类的命令，
# 就能看到做到哪一步了。每题下面的 `%hint` 给一条提示，再运行一次给下一条，不扣分。
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

# %% bare=true
# %hint layers-diff

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

# %% bare=true
# %hint layers-keep

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

# %% bare=true
# %hint layers-two

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

# %% bare=true
# %hint layers-serve

# %% [markdown] lang="en"
# ## Key points
#
# * An image is one ordered list of read-only layers and a config. Layers do not point to each other.
# * A container adds one writable layer. Reading takes from the first layer above; writing copies up; deleting leaves a whiteout.
# * The layer goes with its container; a volume stays.
# * Deleting in a later layer frees nothing in an earlier one.
#
# Next: [02 Commit](02_commit.ipynb). To read on: [storage drivers](https://docs.docker.com/engine/storage/drivers/) in Docker's manual, on layers and copy-on-write, and the
# [image specification](https://github.com/opencontainers/image-spec/blob/main/layer.md) of OCI, which says how a layer is written down.

# %% [markdown] lang="zh"
# ## 要点
#
# * 镜像是一串有顺序的只读层，加一份配置；层与层之间没有指针。
# * 容器再加一个可写层。读的时候从上往下找；写的时候先复制上来；删的时候留下 whiteout。
# * 可写层随容器消失，数据卷会留下。
# * 在后面的层里删除，前面的层不会因此变小。
#
# 下一课：[02 commit](02_commit.ipynb)。延伸阅读：Docker 手册的 [storage drivers](https://docs.docker.com/engine/storage/drivers/) 一节，讲层和写时复制；
# OCI 的[镜像规范](https://github.com/opencontainers/image-spec/blob/main/layer.md)，讲一层是怎样写下来的。
