# %% [markdown] lang="en"
# # Where Docker differs from this simulator
#
# The course runs on a simulator. Its sizes, digests, histories and messages are compared with those of a real Docker. Here is what we
# know to be otherwise, and why. What is not simulated at all says so when you meet it, with its line.

# %% [markdown] lang="zh"
# # 真实的 Docker 与这个模拟器的不同
#
# 这门课用的是模拟器。大小、digest、历史记录和报错都与真正的 Docker 对照过。已知不一样的地方都列在这里，并说明原因。
# 完全没有模拟的功能，遇到时会直说，并指出是哪一行。

# %% [markdown] lang="en"
# ## Builds
#
# ### No heredocs in the older builder
#
# The older builder refuses heredocs with a plain sentence.
#
# Why: Docker's own fails later and says something else, which differs from version to version.
#
# ### A very small internet
#
# ADD, curl, wget and git reach example.com, downloads.example.com and git.example.com; no other host has an address.
#
# Why: The simulator touches no network; what these hosts have is data, the same on every machine.
#
# ### A failed RUN leaves no container
#
# A RUN that fails in the older builder leaves no stopped container behind.
#
# Why: The image before it is there and can be run, which shows the same files.

# %% [markdown] lang="zh"
# ## 构建
#
# ### 旧构建器不认 heredoc
#
# 旧构建器遇到 heredoc 时会给出明确的说明并拒绝。
#
# 原因：Docker 自己会在后面才失败，说法也因版本而异。
#
# ### 很小的互联网
#
# ADD、curl、wget 和 git 只能访问 example.com、downloads.example.com 和 git.example.com；别的主机名都解析不了。
#
# 原因：模拟器不访问网络；这几台主机上的内容是固定的数据，在哪台机器上都一样。
#
# ### 失败的 RUN 不留容器
#
# 旧构建器里失败的 RUN 不会留下停止的容器。
#
# 原因：失败之前的镜像还在，用它运行容器就能看到同样的文件。

# %% [markdown] lang="en"
# ## Files and layers
#
# ### Hard links are copies
#
# A hard link is a copy: two names of one file are two files.
#
# Why: Layers are read path by path; a link count would be the only use of it.

# %% [markdown] lang="zh"
# ## 文件和层
#
# ### 硬链接是副本
#
# 硬链接按复制处理：同一文件的两个名字成了两个文件。
#
# 原因：层是按路径读的；除了链接计数，用不到它。

# %% [markdown] lang="en"
# ## Base images
#
# ### Programs run without their library
#
# A program of a base image, copied to `scratch`, runs without the C library that it needs in Docker; one compiled here by gcc needs it.
#
# Why: Programs of the registry's images are known by name; only what is compiled here is known to be static or not.

# %% [markdown] lang="zh"
# ## 基础镜像
#
# ### 程序没有库也能运行
#
# 基础镜像里的程序复制到 `scratch` 上，不带 C 库也能运行，真实的 Docker 里则不行；在这里用 gcc 编译出来的程序是需要的。
#
# 原因：镜像自带的程序只认名字；只有在这里编译的程序，才知道是不是静态链接。

# %% [markdown] lang="en"
# ## Images and containers
#
# ### Time stands still between two commands
#
# A program that sleeps in the background goes on when the next command is typed; with a volume, or after `docker exec` has written files, it stays where it slept.
#
# Why: Nothing runs between two commands: the program is run again from its start, and that must not do anything twice.
#
# ### A web server has files only
#
# A web server answers with the files of its folder; rewrites, proxies and programs behind it are not run.
#
# Why: The servers are known by their name and by the port and folder in their configuration.
#
# ### Health checks run when you type
#
# A health check runs when a command is typed and its time has come; the checks missed in between get the same answer.
#
# Why: Nothing happens between two commands; the result is the same for checks that only look.
#
# ### The digest is the ID
#
# The digest of an image of the registry is its ID, the SHA-256 of its config.
#
# Why: Docker takes that of the manifest, whose compressed layers are never made here; both stand for one image and no other.

# %% [markdown] lang="zh"
# ## 镜像和容器
#
# ### 两条命令之间，时间是停的
#
# 在后台 sleep 的程序，要等你输入下一条命令才会继续；如果挂了数据卷，或者 `docker exec` 写过文件，它就停在原处。
#
# 原因：两条命令之间什么都不运行：程序会从头重放一遍，而重放不能把同一件事做两次。
#
# ### Web 服务器只有文件
#
# Web 服务器只返回目录里的文件；不执行改写、代理和后端程序。
#
# 原因：模拟器只从配置里读出服务器的端口和目录。
#
# ### 输入命令时才做健康检查
#
# 到了检查时间，要等你输入下一条命令才会执行健康检查；中间错过的几次算作同样的结果。
#
# 原因：两条命令之间什么都不会发生；对只做查看的检查，结果是一样的。
#
# ### digest 就是 ID
#
# registry 里镜像的 digest 就是它的 ID，即配置的 SHA-256。
#
# 原因：Docker 用的是 manifest 的 SHA-256，而这里从不生成压缩过的层；两者都只认定唯一的一个镜像。

# %% [markdown] lang="en"
# ## The docker command
#
# ### A foreground program hands the prompt back
#
# A program in the foreground that does not end hands the prompt back and goes on in its container.
#
# Why: A notebook cell has no Ctrl-C for one container; a plain line says what a terminal would do.
#
# ### No networks of your own
#
# `docker network` has only ls: bridge, host and none are there, others can't be made.
#
# Why: The course is about images; containers reach each other by address and by published ports.

# %% [markdown] lang="zh"
# ## docker 命令
#
# ### 前台程序会交还提示符
#
# 前台程序如果不会结束，会把提示符交还给你，程序在容器里继续运行。
#
# 原因：笔记本的单元格没法只对一个容器按 Ctrl-C；会有一行说明真实终端的表现。
#
# ### 不能自己创建网络
#
# `docker network` 只有 ls：有 bridge、host 和 none，不能自己创建网络。
#
# 原因：课程讲的是镜像；容器之间用地址和发布的端口互访。

# %% [markdown] lang="en"
# ## The shell and its commands
#
# ### Sixty levels deep, no more
#
# More than 60 calls, substitutions or programs inside one another are stopped with a message.
#
# Why: Each level needs room on Python's stack, and a loop without an end must not crash the notebook.
#
# ### One after the other, also with `&`
#
# A command with `&` runs to its end before the next one starts, and the writer of a pipe before its reader.
#
# Why: The same script gives the same output each time; what waits for ever is left running.
#
# ### `a|ab` takes the first that fits
#
# In a regular expression `a|ab` takes the first alternative that fits, not the longest.
#
# Why: Patterns run on Python's `re`, or in bounded time; both try alternatives in order.
#
# ### What is not simulated says so
#
# An option or command that is not simulated, such as `grep -P`, ends the script and says so with its line.
#
# Why: A result that is only half right would be worse than none.
#
# ### One line of usage instead of a page
#
# A busybox applet that is called wrongly prints one line instead of its page of usage.
#
# Why: The page names a version and the options of that build; the line and the status are what a script meets.

# %% [markdown] lang="zh"
# ## shell 和命令
#
# ### 嵌套最多 60 层
#
# 函数调用、命令替换或程序嵌套超过 60 层时，会停下来并说明原因。
#
# 原因：每一层都占用 Python 的调用栈；没有尽头的递归不该让笔记本崩溃。
#
# ### 带 `&` 也是一条接一条
#
# 带 `&` 的命令会先运行完，才轮到下一条；管道里也是先写完、再读。
#
# 原因：这样同一个脚本每次输出都一样；永远等待的命令会留在后台。
#
# ### `a|ab` 取先匹配的
#
# 正则表达式里 `a|ab` 取第一个匹配的分支，而不是最长的那个。
#
# 原因：匹配交给 Python 的 `re`，或用限时的算法；两者都按顺序尝试各个分支。
#
# ### 没有模拟的会直说
#
# 没有模拟的选项或命令（例如 `grep -P`）会结束脚本，并指出是哪一行。
#
# 原因：似是而非的结果，比没有结果更糟。
#
# ### 用法只有一行
#
# busybox 的命令用错时，只打印一行，而不是整页用法。
#
# 原因：整页用法随版本和编译选项而变；脚本在意的只是那一行和退出状态。

# %% [markdown] lang="en"
# ## Archives of images
#
# ### What is read from an archive has its own ID
#
# An image read from an archive gets an ID of its own, and so do its layers.
#
# Why: Layers are written anew from their files; parts of a second, extended attributes and hard links are not kept.
#
# ### No devices in a layer
#
# Devices and pipes in a layer are left out, and said to be.
#
# Why: Files here are files, folders and links; nothing could be done with a device.

# %% [markdown] lang="zh"
# ## 镜像的归档
#
# ### 从归档读入的镜像有自己的 ID
#
# 从归档读入的镜像会得到自己的 ID，它的层也是。
#
# 原因：层由其中的文件重新写出；不保留秒以下的时间、扩展属性和硬链接。
#
# ### 层里没有设备
#
# 层里的设备和管道会被略去，并给出说明。
#
# 原因：这里只有文件、目录和链接；设备没有用处。
