# %% [markdown] lang="en"
# # 09 EXPOSE
#
# After this lesson you can
#
# * say what EXPOSE does, and what it does not;
# * publish a port of a container with `-p` and `-P`, and find out where it is;
# * tell apart three things: a port that is noted, published, open;
# * find out why nobody answers.
#
# Reading 15 minutes, exercises 15 minutes. It follows *EXPOSE* in the notes.

# %% [markdown] lang="zh"
# # 09 EXPOSE
#
# 学完这一课，你能
#
# * 说出 EXPOSE 做什么、不做什么；
# * 用 `-p` 和 `-P` 发布容器的端口，并查到它在哪里；
# * 分清三件事：记下的端口、发布的端口、打开的端口；
# * 没人应答时找出原因。
#
# 阅读 15 分钟，习题 15 分钟。对应笔记的“EXPOSE 开放端口”。

# %% [markdown] lang="en"
# ## A note in the config
#
# ```dockerfile
# EXPOSE <port> [<port>/<protocol>...]
# ```
#
# EXPOSE writes into the config of an [image](99_glossary.ipynb#image) on which ports its server listens. The protocol is `tcp` or `udp` (or `sctp`); without
# one it is `tcp`. Here are the two examples of the notes, on an image with a web server.

# %% [markdown] lang="zh"
# ## 配置里的一条注记
#
# ```dockerfile
# EXPOSE <port> [<port>/<protocol>...]
# ```
#
# EXPOSE 在[镜像](99_glossary.ipynb#image)的配置里写下：里面的服务监听哪些端口。协议可以是 `tcp`、`udp`（或 `sctp`），不写就是 `tcp`。
# 下面是笔记里的两个例子，放在一个自带网页服务的镜像上。

# %%
# %%contextfile Dockerfile
FROM nginx
#http port
EXPOSE 80

#mysql port
EXPOSE 3306

# %%
# %%docker
docker build -q -t noted .
docker inspect -f "{{json .Config.ExposedPorts}}" noted
docker history noted

# %% [markdown] lang="en"
# No [layer](99_glossary.ipynb#layer) came of it, only a line in the config. And nothing checks the note: there is no MySQL in this image.
#
# **Predict, then run.** A [container](99_glossary.ipynb#container) of this image runs. Does the web server answer on your machine, the host?

# %% [markdown] lang="zh"
# 它没有产生[层](99_glossary.ipynb#layer)，只是配置里多了一行。也没有谁去核对：这个镜像里根本没有 MySQL。
#
# **先猜再运行。** 用这个镜像启动一个[容器](99_glossary.ipynb#container)。在你的机器（宿主机）上，网页服务有应答吗？

# %%
# %%docker
docker run -d --name quiet noted

# %% [markdown] lang="en"
# A cell `%%host` is a terminal on the host, with a shell, `docker` and `curl`.

# %% [markdown] lang="zh"
# `%%host` 单元格就是宿主机上的终端，有 shell，有 `docker` 和 `curl`。

# %%
# %%host
curl localhost:80

# %%
# %picture ports quiet

# %% [markdown] lang="en"
# Nobody answers. The server is there and listens, but inside. EXPOSE has opened nothing.
#
# ## Publish: -p
#
# `-p HOST:CONTAINER` makes a [published port](99_glossary.ipynb#published-port): whoever comes to the host's port is led to the container's.

# %% [markdown] lang="zh"
# 没有应答。服务在，也在监听，但只在容器里面。EXPOSE 什么也没有打开。
#
# ## 发布：-p
#
# `-p 宿主机端口:容器端口` 得到一个[发布端口](99_glossary.ipynb#published-port)：访问宿主机的这个端口，就会转到容器的那个端口。

# %%
# %%host
docker run -d --name web -p 8080:80 noted
curl -s localhost:8080 | grep title
docker port web

# %%
# %picture ports web

# %% [markdown] lang="en"
# The host's port comes first. The second number is the port on which the server listens.
#
# **Predict, then run.** This image has no EXPOSE. Its server listens on port 9000. Does `-p` work?

# %% [markdown] lang="zh"
# 宿主机的端口在前，后一个数字是服务监听的端口。
#
# **先猜再运行。** 下面这个镜像没有 EXPOSE，服务监听 9000 端口。`-p` 管用吗？

# %%
# %%dockerfile unnoted
FROM busybox
RUN mkdir /www && echo "nobody noted me" > /www/index.html
CMD ["httpd", "-f", "-p", "9000", "-h", "/www"]

# %%
# %%host
docker run -d --name unnoted -p 8081:9000 unnoted
curl localhost:8081

# %% [markdown] lang="en"
# It does: `-p` needs no EXPOSE. And the other way round, a port that is noted and published, with nobody behind it:

# %% [markdown] lang="zh"
# 管用：`-p` 不需要 EXPOSE。反过来，记下了也发布了，可后面没有人：

# %%
# %%host
docker run -d --name db -p 3306:3306 noted
curl localhost:3306

# %%
# %picture ports db

# %% [markdown] lang="en"
# Compare the two messages. *Couldn't connect*: nothing is published at that port of the host. *Connection reset*: Docker took the call, and found nobody
# in the container.
#
# ## Publish all that is noted: -P
#
# This is what the note is good for besides reading it. `-P` publishes every noted port at a free port of the host, from 32768 on.

# %% [markdown] lang="zh"
# 比较两条报错。*Couldn't connect*：宿主机的这个端口上什么也没发布。*Connection reset*：Docker 接了电话，却发现容器里没有人。
#
# ## 发布所有记下的端口：-P
#
# 除了给人看，注记还有这个用处：`-P` 把每个记下的端口发布到宿主机的一个空闲端口上，从 32768 开始。

# %%
# %%host
docker run -d --name every -P noted
docker port every
curl -s localhost:$(docker port every 80 | head -1 | cut -d: -f2) | grep title

# %% [markdown] lang="en"
# An image without EXPOSE gives `-P` nothing to publish. `docker run --expose 9000 -P` notes a port for one container.
#
# ## TCP and UDP
#
# Port 53 of TCP and port 53 of UDP are two different ports. A name server listens on both.
#
# **Predict, then run.** How many ports does `-P` publish?

# %% [markdown] lang="zh"
# 镜像里没有 EXPOSE，`-P` 就没有可发布的。`docker run --expose 9000 -P` 可以只为一个容器记下端口。
#
# ## TCP 和 UDP
#
# TCP 的 53 端口和 UDP 的 53 端口是两个不同的端口，域名服务器两个都听。
#
# **先猜再运行。** `-P` 会发布几个端口？

# %%
# %%contextfile names.Dockerfile
FROM alpine
EXPOSE 53/udp 53
EXPOSE 5000-5001
CMD ["sleep", "1000"]

# %%
# %%docker
docker build -q -f names.Dockerfile -t names .
docker run -d --name names -P names
docker port names
docker run -d --name names-too -p 5353:53/udp names
docker port names-too

# %% [markdown] lang="en"
# Four: 53 twice, and a range is as many ports as it spans. With `-p`, too, UDP has to be said.
#
# ## To whom?
#
# `0.0.0.0` and `[::]` in the list mean: every network of the host, the internet too, if it has such an address. Docker opens it past the
# firewall rules that `ufw` shows. What is for this machine alone gets its address in front.

# %% [markdown] lang="zh"
# 四个：53 有两个，一段范围有几个端口就是几个。用 `-p` 时 UDP 也要写明。
#
# ## 对谁开放？
#
# 列表里的 `0.0.0.0` 和 `[::]` 表示宿主机的所有网络，如果它有公网地址，也包括互联网。Docker 开的口子会绕过 `ufw` 显示的防火墙规则。
# 只给本机用的，就在前面写上地址。

# %%
# %%host
docker run -d --name local -p 127.0.0.1:8082:80 noted
docker port local
curl -s localhost:8082 | grep title

# %% [markdown] lang="en"
# Between containers nothing has to be published: they share a network and reach every port that is open, noted or not.

# %% [markdown] lang="zh"
# 容器之间不用发布：它们在同一个网络里，对方打开的端口都能访问，记没记下都一样。

# %%
# %%host
address=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' unnoted)
echo "unnoted is at $address"
docker run --rm busybox wget -qO- $address:9000

# %% [markdown] lang="en"
# ## The notes say / today
#
# > The `EXPOSE` instruction informs Docker that the container listens on the specified network ports at runtime. You can specify whether the port
# > listens on TCP or UDP, and the default is TCP if the protocol is not specified.
#
# The notes add that EXPOSE mainly describes which ports should be published, that it publishes nothing by itself, and that this needs
# `docker run -p <hostPort>:<port>`. All of it is still true. What you have seen goes beyond it: `-p` does not need the
# note, `-P` lives on it, and nothing checks it. In the days of `--link`, before Docker 1.9 (2015), EXPOSE also told a linked container which ports there
# are. Networks have taken its place.
#
# ## Common mistakes
#
# **A name instead of a number**, **commas**, **a comment behind it.** All three are errors of the same kind.

# %% [markdown] lang="zh"
# ## 笔记的说法与今天
#
# > `EXPOSE`可以用来描述开放容器内部部分端口。主要用于描述该镜像所需发布的端口，但并不会自动发布端口。实际端口匹配还需在`docker run -p <hostPort>:<port>`中指定
# >
# > The `EXPOSE` instruction informs Docker that the container listens on the specified network ports at runtime. You can specify whether the port
# > listens on TCP or UDP, and the default is TCP if the protocol is not specified.
#
# 这些话今天仍然对。你刚看到的还要多一点：`-p` 不需要注记，`-P` 全靠它，而注记对不对没有谁检查。在 Docker 1.9（2015 年）之前的 `--link` 时代，EXPOSE
# 还用来告诉被连接的容器有哪些端口；如今这件事由网络来做。
#
# ## 常见错误
#
# **用名字代替数字**、**加逗号**、**后面跟注释**。三种写法犯的是同一种错。

# %%
# %%dockerfile wrong-name
FROM nginx
EXPOSE http

# %%
# %%dockerfile wrong-comma
FROM nginx
EXPOSE 80, 443

# %%
# %%dockerfile wrong-comment
FROM nginx
EXPOSE 80 # for http

# %% [markdown] lang="en"
# **A port of the host in EXPOSE.** An image can't choose a port of the host. BuildKit takes 80, warns, and forgets the 8080.

# %% [markdown] lang="zh"
# **在 EXPOSE 里写宿主机端口。** 镜像没法替宿主机选端口。BuildKit 会取 80，给个警告，丢掉 8080。

# %%
# %%contextfile mapped.Dockerfile
FROM nginx
EXPOSE 8080:80

# %%
# %%docker
docker build -f mapped.Dockerfile -t mapped .
docker inspect -f "{{json .Config.ExposedPorts}}" mapped

# %% [markdown] lang="en"
# **A port of the host twice.** The container is made, but it can't start.

# %% [markdown] lang="zh"
# **宿主机端口用了两次。** 容器创建了，却启动不了。

# %%
# %%docker
docker run -d --name second -p 8080:80 noted

# %% [markdown] lang="en"
# **The two numbers the wrong way round.** No error at all; only nobody answers.

# %% [markdown] lang="zh"
# **两个数字写反。** 一点错误也不报，只是没人应答。

# %%
# %%host
docker run -d --name turned -p 80:8088 noted
curl localhost:8088

# %%
# %picture ports turned

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. There are two images, `red` and `blue`, each with a server on port 80 and no EXPOSE. Start a container `red` that the host reaches at port
# 8081, and a container `blue` at 8082.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。有两个镜像 `red` 和 `blue`，里面各有一个监听 80 端口的服务，没有 EXPOSE。启动容器 `red`，让宿主机能在 8081 访问它；再启动容器 `blue`，
# 用 8082。

# %% bare=true
# %%docker --answer expose-two
docker run -d --name red red
docker ps

# %% bare=true
check("expose-two")

# %% bare=true
# %hint expose-two

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points.
#
# ### 1. Publish so that it is reachable (4 points)
#
# There is an image `shop`:
#
# ```dockerfile
# FROM busybox
# RUN mkdir /www && echo "the shop is open" > /www/index.html
# EXPOSE 80
# CMD ["httpd", "-f", "-p", "8000", "-h", "/www"]
# ```
#
# Start two containers from it: `front`, which answers `curl localhost:8080`, and `office`, which answers `curl localhost:9090`. `office` must be published for
# this machine alone, at no other address.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。
#
# ### 1. 发布到能访问为止（4 分）
#
# 有一个镜像 `shop`：
#
# ```dockerfile
# FROM busybox
# RUN mkdir /www && echo "the shop is open" > /www/index.html
# EXPOSE 80
# CMD ["httpd", "-f", "-p", "8000", "-h", "/www"]
# ```
#
# 用它启动两个容器：`front` 应答 `curl localhost:8080`，`office` 应答 `curl localhost:9090`。`office` 只能发布给本机，不能在别的地址上开放。

# %% nbgrader={"grade_id": "expose-publish", "solution": true}
# %%docker --answer expose-publish
### BEGIN SOLUTION
docker run -d --name front -p 8080:8000 shop
docker run -d --name office -p 127.0.0.1:9090:8000 shop
### END SOLUTION

# %% nbgrader={"grade_id": "expose-publish-check", "grade": true, "points": 4}
check("expose-publish")

# %% bare=true
# %hint expose-publish

# %% [markdown] lang="en"
# ### 2. Note the ports (3 points)
#
# Build an image whose config notes TCP 80, TCP 443 and UDP 53. `docker run -d -P IMAGE` publishes exactly these three, and a web server answers on port 80.

# %% [markdown] lang="zh"
# ### 2. 记下端口（3 分）
#
# 构建一个镜像，配置里记着 TCP 80、TCP 443 和 UDP 53。`docker run -d -P IMAGE` 正好发布这三个，80 端口有网页服务应答。

# %% nbgrader={"grade_id": "expose-note", "solution": true}
# %%dockerfile expose-note
### BEGIN SOLUTION
FROM nginx
EXPOSE 80 443 53/udp
### END SOLUTION

# %% nbgrader={"grade_id": "expose-note-check", "grade": true, "points": 3}
check("expose-note")

# %% bare=true
# %hint expose-note

# %% [markdown] lang="en"
# ### 3. What the host sees (3 points)
#
# The image `site` has `EXPOSE 80 53/udp`, and a web server in it listens on TCP 80.
#
# * `a`: `docker run -d site`: how many ports are published?
# * `b`: `docker run -d -P site`: how many?
# * `c`: `docker run -d -p 8080:80 site`: at which port of `localhost` does curl get the page?
# * `d`: `docker run -d -P -p 9000:9000 site`: how many ports are published?
# * `e`: `docker run -d -p 8080:80/udp site`: does `curl localhost:8080` get the page, `"yes"` or `"no"`?
# * `f`: a Dockerfile with `FROM site` and `EXPOSE 443`: how many ports does its image note?
#
# Copy this into the cell and put a value in the place of each `...`.
#
# ```
# expose_sees = {
#     "a": ...,
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": "...",
#     "f": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 3. 宿主机看到什么（3 分）
#
# 镜像 `site` 有 `EXPOSE 80 53/udp`，里面的网页服务监听 TCP 80。
#
# * `a`：`docker run -d site`：发布了几个端口？
# * `b`：`docker run -d -P site`：几个？
# * `c`：`docker run -d -p 8080:80 site`：curl 从 `localhost` 的哪个端口拿到网页？
# * `d`：`docker run -d -P -p 9000:9000 site`：发布了几个端口？
# * `e`：`docker run -d -p 8080:80/udp site`：`curl localhost:8080` 能拿到网页吗？填 `"yes"` 或 `"no"`。
# * `f`：Dockerfile 里写 `FROM site` 和 `EXPOSE 443`：它的镜像记着几个端口？
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案。
#
# ```
# expose_sees = {
#     "a": ...,
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": "...",
#     "f": ...,
# }
# ```

# %% nbgrader={"grade_id": "expose-sees", "solution": true}
### BEGIN SOLUTION
expose_sees = {
    "a": 0,
    "b": 2,
    "c": 8080,
    "d": 3,
    "e": "no",
    "f": 3,
}
### END SOLUTION

# %% nbgrader={"grade_id": "expose-sees-check", "grade": true, "points": 3}
check("expose-sees")

# %% bare=true
# %hint expose-sees

# %% [markdown] lang="en"
# ## Key points
#
# * EXPOSE is a note in the config. It opens nothing and publishes nothing.
# * `-p HOST:CONTAINER` publishes, with or without EXPOSE; `-P` publishes all that is noted.
# * The container's number must be the one on which the server listens.
# * TCP unless `/udp` is said. All networks of the host, unless an address stands in front.
# * *Couldn't connect*: not published. *Connection reset*: published, nobody there.
#
# Read on: [10 ENV](10_env.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * EXPOSE 是配置里的一条注记，不打开也不发布任何端口。
# * `-p 宿主机端口:容器端口` 负责发布，有没有 EXPOSE 都行；`-P` 发布所有记下的端口。
# * 容器那边的数字必须是服务监听的端口。
# * 不写 `/udp` 就是 TCP；前面不写地址，就对宿主机的所有网络开放。
# * *Couldn't connect*：没有发布。*Connection reset*：发布了，里面没人。
#
# 接着读：[10 ENV](10_env.ipynb)。
