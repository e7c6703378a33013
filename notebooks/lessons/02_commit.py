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
# Reading 22 minutes, exercises 16 minutes. It follows the end of §1 of the notes, and their *docker commit*.

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
# 阅读 22 分钟，习题 16 分钟。对应笔记第 1 节末尾和“docker commit”。

# %% [markdown] lang="en"
# ## The notes' story: CentOS and Tomcat
#
# > You take the centos image, install tomcat in a container, and make an image of it. Then you create a container from your image.
#
# Here it is, from end to end. First a [container](99_glossary.ipynb#container) of `centos:7` in which yum installs Tomcat. (CentOS 7 came to its end in June 2024,
# and its mirrors were switched off. The simulator still serves a few of its packages.)

# %% [markdown] lang="zh"
# ## 笔记里的故事：CentOS 和 Tomcat
#
# > 比如你用centos镜像上建立了一个安装了tomcat服务的docker镜像，然后又用你的镜像创建一个docker容器……
#
# 我们把它从头到尾做一遍。先用 `centos:7` 起一个[容器](99_glossary.ipynb#container)，在里面用 yum 安装 Tomcat。（CentOS 7 在 2024 年 6 月停止维护，
# 软件源也关了，模拟器里还留着其中几个软件包。）

# %%
# %docker run --name shop centos:7 yum install -y tomcat

# %% [markdown] lang="en"
# All that yum wrote lies in the [writable layer](99_glossary.ipynb#writable-layer) of the container `shop`.

# %% [markdown] lang="zh"
# yum 写下的一切都在容器 `shop` 的[可写层](99_glossary.ipynb#writable-layer)里。

# %%
# %docker ps -a -s

# %% [markdown] lang="en"
# `docker commit` freezes that layer and puts it on top of the parent's [layers](99_glossary.ipynb#layer): a new [image](99_glossary.ipynb#image).

# %% [markdown] lang="zh"
# `docker commit` 把这一[层](99_glossary.ipynb#layer)固定下来，放到父镜像的各层之上，就成了一个新[镜像](99_glossary.ipynb#image)。

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

# %%
# %picture compare centos:7 mytomcat

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
# The picture takes the place of a lost one of the notes: `centos:7`, the [base image](99_glossary.ipynb#base-image), and `mytomcat` with the container made from it.
#
# ## The notes say / today
#
# > The old image does not change; the new one gets a parent pointer that points to it. When such a container runs, there are really
# > two images inside: the base image centos, and your own with tomcat.
#
# The first half is right: the old image does not change. The two stacks in the picture are two *images*, but the container `web` has **one**, `mytomcat`. Its
# list names the layers of both. So it has been since Docker 1.10 (February 2016); before that the pointer was real.
#
# What is left of the pointer is a note of the daemon that made the commit: `docker inspect` shows it as `Parent`.

# %% [markdown] lang="zh"
# 这张图补上笔记里丢失的一张：[基础镜像](99_glossary.ipynb#base-image) `centos:7`，用它做出的 `mytomcat`，以及再从它创建的容器。
#
# ## 笔记的说法与今天
#
# > 原有的镜像也不会改变，而是在你新建的镜像中引入父级指针指向原有的镜像。……那这个容器运行的时候内部实际上是有两个镜像的，一个是centos的Base镜像，一个是装了tomcat的你个人自定义的镜像。
#
# 前半句没错：原有的镜像不会改变。图里的两摞是两个*镜像*，但容器 `web` 只有**一个**镜像 `mytomcat`，它的列表里写着两边所有的层。从 Docker 1.10
# （2016 年 2 月）起就是这样，在那以前确实有指针。
#
# 那个指针如今只剩一条记录，由做 commit 的那台机器自己保存，`docker inspect` 里叫 `Parent`。

# %%
# %%docker
docker inspect -f "{{.Image}}" web
docker inspect -f "{{.Id}}" mytomcat
docker inspect -f "{{.Parent}}" mytomcat
docker inspect -f "{{.Id}}" centos:7

# %% [markdown] lang="en"
# Push the image and pull it elsewhere: the note is gone, and nothing is missing.
#
# ## What it is good for
#
# The notes say: `docker commit` makes an image of a container, mostly to change some config for a while. Say, a web site that is
# closed today.

# %% [markdown] lang="zh"
# 把镜像推送出去、在别处拉下来，记录就没了，而镜像什么也不缺。
#
# ## 它适合做什么
#
# 笔记说，docker commit 是以某个容器制作成镜像，常用于临时修改某个配置等。比如一个今天停业的网站。

# %%
# %%docker
docker run -d --name site nginx
docker exec site sh -c "echo 'closed today' > /usr/share/nginx/html/index.html"
docker commit -a "Ann" -m "closed today" site site:closed
docker rm -f site
docker run -d --name site site:closed
docker exec site curl -s http://localhost

# %% [markdown] lang="en"
# The container was running all the time. A commit pauses it for a moment, so that no file is caught half written.
#
# ## What a commit keeps
#
# Besides the files, the new image gets a config: that of the container. So its command is what the container was started with.

# %% [markdown] lang="zh"
# 容器一直在运行。commit 会让它暂停片刻，免得正好保存下写到一半的文件。
#
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
# words of a Dockerfile; among them are `CMD`, `ENTRYPOINT`, `ENV`, `WORKDIR` and `USER`.

# %% [markdown] lang="zh"
# 以后每个 `hello` 的容器都会再执行一遍那条 `sh -c ...`，这往往不是我们想要的。`--change` 可以顺便设置配置，写法和 Dockerfile
# 一样，例如 `CMD`、`ENTRYPOINT`、`ENV`、`WORKDIR`、`USER`。

# %%
# %%docker
docker commit --change 'CMD ["cat", "/hello.txt"]' --change "ENV MOOD=good" once hello:2
docker run --rm hello:2
docker inspect -f "{{json .Config.Env}}" hello:2

# %% [markdown] lang="en"
# ## What a commit leaves out
#
# **Predict, then run.** The container writes one file into a [volume](99_glossary.ipynb#volume), one into a folder of the host, and one beside them. Which ones are in the image?

# %% [markdown] lang="zh"
# ## commit 漏掉什么
#
# **先猜再运行。** 容器往[数据卷](99_glossary.ipynb#volume)里写一个文件，往挂载进来的宿主机目录里写一个，再在旁边写一个。镜像里会有哪几个？

# %%
# %%docker
docker run --name mixed -v store:/data -v /home/me:/me alpine sh -c "echo 1 > /data/in; echo 2 > /me/in; echo 3 > /out"
docker diff mixed
docker commit --change "CMD sh" mixed keeps
docker run --rm keeps find /data /me /out

# %%
# %picture stack keeps

# %% [markdown] lang="en"
# What is mounted is not part of any layer, so a commit never sees it; only the two empty folders are there. Nor does it keep processes or open ports: a container
# of the new image starts afresh.
#
# ## Why a Dockerfile is better
#
# Somebody works in a container by hand, then commits.

# %% [markdown] lang="zh"
# 挂载进来的东西不属于任何一层，commit 看不到，只留下两个空目录。正在运行的进程、打开的端口也不会保存：新镜像的容器总是重新开始。
#
# ## 为什么 Dockerfile 更好
#
# 有人在容器里手工改了一通，然后 commit。

# %%
# %%docker run -i --name hand alpine sh
mkdir /etc/shop
echo "open = 9" > /etc/shop/hours
apk add --no-cache curl

# %%
# %%docker
docker commit -m "opening hours" hand byhand
docker history byhand

# %% [markdown] lang="en"
# Half a year later: what was done here, and with which versions? The history says `sh`. The same as a Dockerfile:

# %% [markdown] lang="zh"
# 半年以后：这里到底做了什么，用的是什么版本？history 只会说 `sh`。同样的事写成 Dockerfile：

# %%
# %%dockerfile bybuild
FROM alpine
RUN mkdir /etc/shop && echo "open = 9" > /etc/shop/hours
RUN apk add --no-cache curl

# %%
# %docker history bybuild

# %% [markdown] lang="en"
# This one can be read, repeated, reviewed, and changed in one line.
#
# ## Common mistakes
#
# **Committing an image.** A commit needs a container.

# %% [markdown] lang="zh"
# 这一个看得懂、能重做、能评审，改一行就行。
#
# ## 常见错误
#
# **对镜像做 commit。** commit 要的是容器。

# %%
# %docker commit alpine fresh

# %% [markdown] lang="en"
# **An upper case name**, and **a command in `--change`**: a commit takes the container as it is.

# %% [markdown] lang="zh"
# **名字里有大写字母**，以及**在 `--change` 里写命令**：commit 只是照容器现在的样子保存。

# %%
# %%docker
docker commit once Hello:3
docker commit --change "RUN echo no" once hello:3

# %% [markdown] lang="en"
# **Deleting to save space.** The files lie in the parent's layers, and those are shared, not rewritten. Compare the sizes.

# %% [markdown] lang="zh"
# **删文件来省空间。** 那些文件在父镜像的层里，而父镜像的层是共用的，不会重写。比比大小。

# %%
# %%docker
docker run --name slim debian rm -rf /usr/share/doc /usr/share/locale /usr/share/man
docker commit slim slim
docker images --filter reference=slim
docker images --filter reference=debian

# %% [markdown] lang="en"
# **A secret comes along.** What was given with `-e` is in the container's config, and so in the image's.

# %% [markdown] lang="zh"
# **把密码也带进去了。** 用 `-e` 给的环境变量在容器的配置里，于是也进了镜像的配置。

# %%
# %%docker
docker run --name job -e TOKEN=s3cret alpine true
docker commit job job
docker inspect -f "{{json .Config.Env}}" job

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. There is a stopped container `sums` of `alpine`, started with `sh -c "echo 42 > /answer"`. Commit it as `sums:1`, so that
# `docker run sums:1` prints `42`. Look at the image's command first, if you like: `docker inspect`, `docker run`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。有一个已停止的 `alpine` 容器 `sums`，它是用 `sh -c "echo 42 > /answer"` 启动的。把它提交成 `sums:1`，让 `docker run sums:1`
# 打印 `42`。可以先用 `docker inspect`、`docker run` 看看镜像的默认命令。

# %% bare=true
# %%docker --answer commit-sums
docker commit sums sums:1
docker run sums:1

# %% bare=true
check("commit-sums")

# %% bare=true
# %hint commit-sums

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Below each one, `%hint` gives a hint; run it again for the next. Hints cost nothing.
#
# ### 1. A new image, the old one unchanged (4 points)
#
# From a container of `alpine` make an image `tool:1` by `docker commit`. In it there is an executable `/usr/local/bin/tool`: when it
# is run it prints one line, `ready`. `tool:1` has exactly one layer more than `alpine`, and its message (`-m`) is `add tool`. At the end
# no container is left, and `alpine` still has no such file.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每题下面的 `%hint` 给一条提示，再运行一次给下一条，不扣分。
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

# %% bare=true
# %hint commit-tool

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

# %% bare=true
# %hint commit-config

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

# %% bare=true
# %hint commit-misses

# %% [markdown] lang="en"
# ## Key points
#
# * `docker commit` = the parent's layers + one layer with the container's diff + the container's config.
# * The parent never changes; its layers are shared, not copied.
# * Volumes, mounts and processes are not in it.
# * `--change` sets CMD, ENV, WORKDIR and the like; a Dockerfile does the same and can be read afterwards.
#
# Next: [03 The Dockerfile](03_dockerfile.ipynb). To read on: [docker container commit](https://docs.docker.com/reference/cli/docker/container/commit/) in Docker's manual.

# %% [markdown] lang="zh"
# ## 要点
#
# * `docker commit` = 父镜像的各层 + 一层容器的改动 + 容器的配置。
# * 父镜像从不改变；它的层是共用的，不是复制的。
# * 数据卷、挂载、进程都不在里面。
# * `--change` 可以设置 CMD、ENV、WORKDIR 等；Dockerfile 能做同样的事，而且事后读得懂。
#
# 下一课：[03 Dockerfile](03_dockerfile.ipynb)。延伸阅读：Docker 手册的 [docker container commit](https://docs.docker.com/reference/cli/docker/container/commit/)。
