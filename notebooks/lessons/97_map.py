# %% [markdown] lang="en"
# # The map of the course
#
# The lessons follow one another, and that order is a good one. It is not the only one: a lesson needs what stands beside
# it under "builds on", and what that builds on in its turn. Minutes are for reading and for the exercises.
#
# | lesson | minutes | builds on |
# |---|---|---|
# | [00 Welcome](00_welcome.ipynb) | 10 |  |
# | [01 Layers](01_layers.ipynb) | 40 | [00](00_welcome.ipynb) |
# | [02 docker commit](02_commit.ipynb) | 38 | [01](01_layers.ipynb) |
# | [03 The Dockerfile](03_dockerfile.ipynb) | 42 | [02](02_commit.ipynb) |
# | [04 ARG](04_arg.ipynb) | 30 | [03](03_dockerfile.ipynb) |
# | [05 FROM](05_from.ipynb) | 38 | [04](04_arg.ipynb) |
# | [06 MAINTAINER](06_maintainer.ipynb) | 22 | [05](05_from.ipynb) |
# | [07 LABEL](07_label.ipynb) | 27 | [05](05_from.ipynb) |
# | [08 RUN](08_run.ipynb) | 40 | [03](03_dockerfile.ipynb) |
# | [09 EXPOSE](09_expose.ipynb) | 30 | [03](03_dockerfile.ipynb) |
# | [10 ENV](10_env.ipynb) | 30 | [04](04_arg.ipynb) |
# | [11 ADD and COPY](11_add_copy.ipynb) | 40 | [08](08_run.ipynb) |
# | [12 CMD and ENTRYPOINT](12_cmd_entrypoint.ipynb) | 44 | [08](08_run.ipynb) [10](10_env.ipynb) |
# | [13 VOLUME](13_volume.ipynb) | 35 | [08](08_run.ipynb) |
# | [14 USER](14_user.ipynb) | 35 | [11](11_add_copy.ipynb) [13](13_volume.ipynb) |
# | [15 WORKDIR](15_workdir.ipynb) | 35 | [14](14_user.ipynb) |
# | [16 ONBUILD](16_onbuild.ipynb) | 35 | [05](05_from.ipynb) [11](11_add_copy.ipynb) |
# | [17 The build cache](17_cache.ipynb) | 40 | [11](11_add_copy.ipynb) |
# | [18 Multi-stage builds](18_multistage.ipynb) | 38 | [05](05_from.ipynb) [17](17_cache.ipynb) |
# | [19 HEALTHCHECK, STOPSIGNAL, SHELL](19_health_stop_shell.ipynb) | 40 | [09](09_expose.ipynb) [12](12_cmd_entrypoint.ipynb) |
# | [20 Inside an image](20_inside_an_image.ipynb) | 40 | [07](07_label.ipynb) [08](08_run.ipynb) |
# | [21 Everything together](21_capstone.ipynb) | 43 | [15](15_workdir.ipynb) [18](18_multistage.ipynb) [19](19_health_stop_shell.ipynb) [20](20_inside_an_image.ipynb) |
#
# Beside the lessons: the [glossary](99_glossary.ipynb), each word once, and
# [where Docker differs from this simulator](98_differences.ipynb).
#
# In the picture the lessons stand in steps: those of one step do not need one another, only what stands above them. The signs are
# your progress. Run the cell again to see what has changed; `%progress` lists every exercise.

# %% [markdown] lang="zh"
# # 课程地图
#
# 各课按顺序学下来就好。也可以换个顺序：学一课之前，先学“先学”那一列里的课，以及它们各自要先学的课。
# 分钟数包括阅读和习题。
#
# | 课程 | 分钟 | 先学 |
# |---|---|---|
# | [00 欢迎](00_welcome.ipynb) | 10 |  |
# | [01 层](01_layers.ipynb) | 40 | [00](00_welcome.ipynb) |
# | [02 docker commit](02_commit.ipynb) | 38 | [01](01_layers.ipynb) |
# | [03 Dockerfile](03_dockerfile.ipynb) | 42 | [02](02_commit.ipynb) |
# | [04 ARG](04_arg.ipynb) | 30 | [03](03_dockerfile.ipynb) |
# | [05 FROM](05_from.ipynb) | 38 | [04](04_arg.ipynb) |
# | [06 MAINTAINER](06_maintainer.ipynb) | 22 | [05](05_from.ipynb) |
# | [07 LABEL](07_label.ipynb) | 27 | [05](05_from.ipynb) |
# | [08 RUN](08_run.ipynb) | 40 | [03](03_dockerfile.ipynb) |
# | [09 EXPOSE](09_expose.ipynb) | 30 | [03](03_dockerfile.ipynb) |
# | [10 ENV](10_env.ipynb) | 30 | [04](04_arg.ipynb) |
# | [11 ADD 与 COPY](11_add_copy.ipynb) | 40 | [08](08_run.ipynb) |
# | [12 CMD 与 ENTRYPOINT](12_cmd_entrypoint.ipynb) | 44 | [08](08_run.ipynb) [10](10_env.ipynb) |
# | [13 VOLUME](13_volume.ipynb) | 35 | [08](08_run.ipynb) |
# | [14 USER](14_user.ipynb) | 35 | [11](11_add_copy.ipynb) [13](13_volume.ipynb) |
# | [15 WORKDIR](15_workdir.ipynb) | 35 | [14](14_user.ipynb) |
# | [16 ONBUILD](16_onbuild.ipynb) | 35 | [05](05_from.ipynb) [11](11_add_copy.ipynb) |
# | [17 构建缓存](17_cache.ipynb) | 40 | [11](11_add_copy.ipynb) |
# | [18 多阶段构建](18_multistage.ipynb) | 38 | [05](05_from.ipynb) [17](17_cache.ipynb) |
# | [19 HEALTHCHECK、STOPSIGNAL、SHELL](19_health_stop_shell.ipynb) | 40 | [09](09_expose.ipynb) [12](12_cmd_entrypoint.ipynb) |
# | [20 打开一个镜像](20_inside_an_image.ipynb) | 40 | [07](07_label.ipynb) [08](08_run.ipynb) |
# | [21 全部用上](21_capstone.ipynb) | 43 | [15](15_workdir.ipynb) [18](18_multistage.ipynb) [19](19_health_stop_shell.ipynb) [20](20_inside_an_image.ipynb) |
#
# 另外还有：[术语表](99_glossary.ipynb)，每个词解释一次；[真实的 Docker 与这个模拟器的不同](98_differences.ipynb)。
#
# 下面的图把课分成几步：同一步里的课互不依赖，只依赖上面的课。每课前面的符号是你的进度；想看新的进度，就再运行一次。`%progress` 会列出每一道习题。

# %% varies=true
# %picture map
