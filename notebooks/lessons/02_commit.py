# %% [markdown] lang="en"
# # 02 docker commit
#
# After this lesson you can
#
# * make an image from a container, and show that the old image is unchanged;
# * name the ancestors of an image;
# * say what a commit keeps, what it leaves out, and how to set the config on the way;
# * say why a Dockerfile is the better way.
#
# Reading 15 minutes, exercises 15 minutes. It follows the end of §1 of the notes, and their *docker commit*.

# %% [markdown] lang="zh"
# # 02 docker commit
#
# 学完这一课，你能
#
# * 把容器做成镜像，并且证明原来的镜像没有变；
# * 说出一个镜像的各代祖先；
# * 说清 commit 留下什么、漏掉什么，以及怎样顺便修改配置；
# * 说出为什么写 Dockerfile 更好。
#
# 阅读 15 分钟，习题 15 分钟。对应笔记第 1 节末尾和“docker commit”。

# %% [markdown] lang="en"
# ## The notes' story: CentOS and Tomcat
#
# > You take the centos image, install tomcat in a container, and make an image of it.
#
# Here it is, from end to end. First a container of `centos:7` in which yum installs Tomcat. (The mirrors of CentOS 7 were switched
# off in 2024. The simulator still serves a few of its packages.)

# %% [markdown] lang="zh"
# ## 笔记里的故事：CentOS 和 Tomcat
#
# > 比如你用centos镜像上建立了一个安装了tomcat服务的docker镜像……
#
# 我们把它从头到尾做一遍。先用 `centos:7` 起一个容器，在里面用 yum 安装 Tomcat。（CentOS 7 的软件源 2024 年已经关闭，
# 模拟器里还留着其中几个软件包。）

# %%
# %docker run --name shop centos:7 yum install -y tomcat

# %% [markdown] lang="en"
# All that yum wrote lies in the writable layer of the container `shop`.

# %% [markdown] lang="zh"
# yum 写下的一切都在容器 `shop` 的可写层里。

# %%
# %docker ps -a -s

# %% [markdown] lang="en"
# `docker commit` freezes that layer and puts it on top of the parent's layers: a new image.

# %% [markdown] lang="zh"
# `docker commit` 把这一层固定下来，放到父镜像的各层之上，就成了一个新镜像。

# %%
# %%docker
docker commit -m "centos with tomcat" shop mytomcat
docker images
docker history mytomcat

# %%
# %picture stack mytomcat

# %% [markdown] lang="en"
# One new layer, with everything that yum did in it. **Predict, then run:** has `centos:7` changed?

# %% [markdown] lang="zh"
# 只多了一层，yum 做的事全在里面。**先猜再运行：** `centos:7` 变了吗？

# %%
# %%docker
docker run --rm centos:7 ls /usr/share/tomcat
docker inspect -f "{{.RootFS.Layers}}" centos:7
docker inspect -f "{{.RootFS.Layers}}" mytomcat

# %% [markdown] lang="en"
# It has not: the parent's list of layers is the beginning of the new one. Now a container of the new image. Tomcat serves, so it
# stays up.

# %% [markdown] lang="zh"
# 没有变：父镜像的层列表正是新列表的开头。现在用新镜像起一个容器。Tomcat 是服务，会一直运行。

# %%
# %%docker
docker run -d --name web mytomcat /usr/libexec/tomcat/server start
docker ps
docker logs web
docker stop web

# %%
# %picture family mytomcat

# %% [markdown] lang="en"
# ## The notes say / today
#
# > The new image holds a parent pointer to the old one. When such a container runs, there are really two images inside.
#
# The two stacks in the picture are two *images*; the container `web` has **one**, `mytomcat`. Its list names the layers of
# both. The daemon that committed remembers the parent (`docker inspect` shows it as `Parent`), but that is a note about where
# the image came from. Push the image and pull it elsewhere: the note is gone, and nothing is missing.

# %% [markdown] lang="zh"
# ## 笔记的说法与今天
#
# > 而是在你新建的镜像中引入父级指针指向原有的镜像。……那这个容器运行的时候内部实际上是有两个镜像的。
#
# 图里的两摞是两个*镜像*，但容器 `web` 只有**一个**镜像 `mytomcat`，它的列表里写着两边所有的层。做 commit 的那台机器会记下
# 父镜像（`docker inspect` 里的 `Parent`），不过那只是一条出身记录。把镜像推送出去、在别处拉下来，记录就没了，
# 而镜像什么也不缺。

# %% [markdown] lang="en"
# ## What a commit keeps
#
# Besides the files, the new image gets a config: that of the container. So its command is what the container was started with.

# %% [markdown] lang="zh"
# ## commit 留下什么
#
# 除了文件，新镜像还有一份配置，来自容器的配置。所以它的默认命令就是当初启动容器的命令。

# %%
# %%docker
docker run --name once alpine sh -c "echo hello > /hello.txt"
docker commit once hello
docker inspect -f "{{json .Config.Cmd}}" hello

# %% [markdown] lang="en"
# Every container of `hello` would run that `sh -c ...` again. That is seldom wanted. `--change` sets the config on the way, in the
# words of a Dockerfile; among them are `CMD`, `ENV`, `WORKDIR` and `USER`.

# %% [markdown] lang="zh"
# 以后每个 `hello` 的容器都会再执行一遍那条 `sh -c ...`，这往往不是我们想要的。`--change` 可以顺便设置配置，写法和 Dockerfile
# 一样，例如 `CMD`、`ENV`、`WORKDIR`、`USER`。

# %%
# %%docker
docker commit --change 'CMD ["cat", "/hello.txt"]' --change "ENV MOOD=good" once hello:2
docker run --rm hello:2
docker commit --change "RUN echo no" once hello:3

# %% [markdown] lang="en"
# `RUN` is not among them: a commit takes the container as it is.
#
# ## What a commit leaves out
#
# **Predict, then run.** The container writes one file into a volume and one beside it. Which one is in the image?

# %% [markdown] lang="zh"
# `RUN` 不行：commit 只是照容器现在的样子保存。
#
# ## commit 漏掉什么
#
# **先猜再运行。** 容器往数据卷里写一个文件，在卷外再写一个。镜像里会有哪一个？

# %%
# %%docker
docker run --name mixed -v store:/data alpine sh -c "echo inside > /data/in.txt; echo outside > /out.txt"
docker commit --change "CMD sh" mixed keeps
docker run --rm keeps sh -c "ls /data; cat /out.txt"

# %% [markdown] lang="en"
# A volume is not part of any layer, so a commit never sees it. Nor does it keep processes or open ports: a container of the
# new image starts afresh.
#
# ## Why a Dockerfile is better
#
# Ask the committed image how it was made.

# %% [markdown] lang="zh"
# 数据卷不属于任何一层，commit 看不到它。正在运行的进程、打开的端口也不会保存：新镜像的容器总是重新开始。
#
# ## 为什么 Dockerfile 更好
#
# 问问这个镜像，它是怎么做出来的。

# %%
# %docker history --no-trunc hello:2

# %%
# %%dockerfile hello-built
FROM alpine
ENV MOOD=good
RUN echo hello > /hello.txt
CMD ["cat", "/hello.txt"]

# %%
# %docker history hello-built

# %% [markdown] lang="en"
# Both images hold the same file. But the first only tells which command the container was started with; what somebody typed inside it
# would be lost. The second can be read, repeated, reviewed and changed in one line. As the notes say, `docker commit` is for a quick change now and then.
#
# ## Exercises
#
# 10 points.
#
# ### 1. A new image, the old one unchanged (4 points)
#
# From a container of `alpine` make an image `tool:1` by `docker commit`. In it there is an executable `/usr/local/bin/tool`: when it
# is run it prints one line, `ready`. `tool:1` has exactly one layer more than `alpine`, and its message (`-m`) is `add tool`. At the end
# no container is left, and `alpine` still has no such file.

# %% [markdown] lang="zh"
# 两个镜像里的文件一样。可前一个只说得出容器是用什么命令启动的，如果有人在里面手工敲过什么，就无从查起了；后一个看得懂、能重做、
# 能评审，改一行就行。正如笔记所说，`docker commit` 适合临时修改某个配置。
#
# ## 习题
#
# 共 10 分。
#
# ### 1. 做出新镜像，旧的不变（4 分）
#
# 从一个 `alpine` 容器出发，用 `docker commit` 做出镜像 `tool:1`。里面有一个可执行文件 `/usr/local/bin/tool`，运行它会打印一行
# `ready`。`tool:1` 恰好比 `alpine` 多一层，提交说明（`-m`）是 `add tool`。最后不留下任何容器，`alpine` 里仍然没有这个文件。

# %% nbgrader={"grade_id": "commit-tool", "solution": true}
# %%docker --answer commit-tool
### BEGIN SOLUTION
docker run --name maker alpine sh -c "printf '#!/bin/sh\necho ready\n' > /usr/local/bin/tool; chmod +x /usr/local/bin/tool"
docker commit -m "add tool" maker tool:1
docker rm maker
### END SOLUTION

# %% nbgrader={"grade_id": "commit-tool-check", "grade": true, "points": 4}
check("commit-tool")

# %% [markdown] lang="en"
# ### 2. Set the config on the way (3 points)
#
# You start with a stopped container `draft` of `alpine` that was started with `sh -c "mkdir /app; echo hi > /app/note"`. Commit it as
# `app`, so that `docker run app` prints `hi` and nothing else, a shell in it starts in `/app`, and it has the variable
# `STAGE` with the value `test`.

# %% [markdown] lang="zh"
# ### 2. 顺便设置配置（3 分）
#
# 一开始有一个已停止的 `alpine` 容器 `draft`，它是用 `sh -c "mkdir /app; echo hi > /app/note"` 启动的。请把它提交成镜像 `app`：
# `docker run app` 只打印 `hi`；在里面打开 shell 时位于 `/app`；环境变量 `STAGE` 的值是 `test`。

# %% nbgrader={"grade_id": "commit-config", "solution": true}
# %%docker --answer commit-config
### BEGIN SOLUTION
docker commit --change 'CMD ["cat", "/app/note"]' --change "WORKDIR /app" --change "ENV STAGE=test" draft app
### END SOLUTION

# %% nbgrader={"grade_id": "commit-config-check", "grade": true, "points": 3}
check("commit-config")

# %% [markdown] lang="en"
# ### 3. Ancestors, and what is missing (3 points)
#
# Somebody ran this:
#
# ```
# docker run --name c1 -v logs:/log debian sh -c "echo 1 > /log/one; echo 2 > /etc/two"
# docker commit c1 second
# docker run --name c2 second sh -c "rm /etc/two; echo 3 > /srv/three; echo 4 > /log/four"
# docker commit c2 third
# ```
#
# Copy this into the cell and fill it in. `ancestors`: the images that `third` descends from, nearest first, named as above. Then, for each path, whether
# a new container of `third`, started without `-v`, has it: `"yes"` or `"no"`. (No image here declares a VOLUME.)
#
# ```
# commit_misses = {
#     "ancestors": ["...", "..."],
#     "/log/one": ...,
#     "/etc/two": ...,
#     "/srv/three": ...,
#     "/log/four": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 3. 祖先，以及缺了什么（3 分）
#
# 有人执行了：
#
# ```
# docker run --name c1 -v logs:/log debian sh -c "echo 1 > /log/one; echo 2 > /etc/two"
# docker commit c1 second
# docker run --name c2 second sh -c "rm /etc/two; echo 3 > /srv/three; echo 4 > /log/four"
# docker commit c2 third
# ```
#
# 把下面的内容抄进单元格，填好。`ancestors` 是 `third` 的各代祖先镜像，由近到远，名字照上面写。其余各项：不带 `-v` 启动一个 `third` 的新容器，里面有没有
# 这个路径，填 `"yes"` 或 `"no"`。（这里的镜像都没有声明 VOLUME。）
#
# ```
# commit_misses = {
#     "ancestors": ["...", "..."],
#     "/log/one": ...,
#     "/etc/two": ...,
#     "/srv/three": ...,
#     "/log/four": ...,
# }
# ```

# %% nbgrader={"grade_id": "commit-misses", "solution": true}
### BEGIN SOLUTION
commit_misses = {
    "ancestors": ["second", "debian"],
    "/log/one": "no",
    "/etc/two": "no",
    "/srv/three": "yes",
    "/log/four": "yes",
}
### END SOLUTION

# %% nbgrader={"grade_id": "commit-misses-check", "grade": true, "points": 3}
check("commit-misses")

# %% [markdown] lang="en"
# ## Key points
#
# * `docker commit` = the parent's layers + one layer with the container's diff + the container's config.
# * The parent never changes; its layers are shared, not copied.
# * Volumes, mounts and processes are not in it.
# * `--change` sets CMD, ENV, WORKDIR and the like; a Dockerfile does the same and can be read afterwards.

# %% [markdown] lang="zh"
# ## 要点
#
# * `docker commit` = 父镜像的各层 + 一层容器的改动 + 容器的配置。
# * 父镜像从不改变；它的层是共用的，不是复制的。
# * 数据卷、挂载、进程都不在里面。
# * `--change` 可以设置 CMD、ENV、WORKDIR 等；Dockerfile 能做同样的事，而且事后读得懂。
