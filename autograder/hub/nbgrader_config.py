"""What every user of The Littlest JupyterHub is told: /opt/tljh/user/etc/jupyter/nbgrader_config.py."""

c = get_config()  # noqa: F821 - traitlets gives it
c.CourseDirectory.course_id = "docker-images"
c.Exchange.root = "/srv/nbgrader/exchange"
