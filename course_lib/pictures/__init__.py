"""`%picture KIND NAME ...`: find the value that a picture shows, and draw it.

%picture stack IMAGE|CONTAINER        the layers
%picture read IMAGE|CONTAINER PATH    which layer serves a path
%picture stepper CONTAINER            how its writable layer came about
%picture containers IMAGE             the containers of one image
%picture mounts CONTAINER             volumes, host paths, tmpfs over the layers
%picture health IMAGE|CONTAINER       HEALTHCHECK: when it is asked, what follows
%picture family IMAGE                 ancestors, descendants, shared layers
%picture compare IMAGE IMAGE          two images side by side
%picture waste IMAGE                  size and waste, and the paths that waste
%picture oci IMAGE                    the files of docker save: JSON and tar lists
%picture ports CONTAINER              ports of the host and of the container
%picture argv [IMAGE [WORD...]]       ENTRYPOINT x CMD x words after the image name

%picture map                          the lessons, what each builds on, how far you are

%progress shows which exercises are done.

Of the last `%%dockerfile NAME` cell, also of one whose build failed:

%picture context NAME [LINE]          COPY and ADD: which path became which, what stayed out
%picture rebuild NAME                 its last two builds: the edit, the cache, and why
%picture scope NAME                   ARG and ENV: which name exists on which line, and why
%picture stages NAME                  the stages: built on, copied from, sizes
%picture workdir NAME                 WORKDIR, line by line
"""

from course_lib.pictures.course import panel
from course_lib.pictures.drawing import View, draw
from course_lib.pictures.finding import find
from course_lib.pictures.places import Builds, PictureError

__all__ = ["Builds", "PictureError", "View", "draw", "find", "panel"]
