"""docker's command line over the engine: reads words, prints docker's own columns."""

from course_lib.cli.docker import docker
from course_lib.cli.hostscript import host
from course_lib.cli.session import Answer, Printed

__all__ = ["Answer", "Printed", "docker", "host"]
