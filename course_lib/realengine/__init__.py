"""A real Docker engine beside the simulator: the same command asked twice, and whether they agree.

Nothing here is loaded, and no engine contacted, before a line says `--engine real`. `docker run` gets no privileges
there, none of the host's files, its ports on loopback; what is made bears `connecting.LABEL`.
"""

from course_lib.realengine.comparing import compare, lend_to, lends
from course_lib.realengine.connecting import LABEL, RealEngine, RealEngineError, connect

__all__ = ["LABEL", "RealEngine", "RealEngineError", "compare", "connect", "lend_to", "lends"]
