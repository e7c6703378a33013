"""BuildKit's build checks: each rule is a value with a name and the form of its message."""

from course_lib.dockerfile.rules.catalogue import RULES
from course_lib.dockerfile.rules.checking import BaseImage, check, violation
from course_lib.dockerfile.rules.rule import Rule

__all__ = ["RULES", "BaseImage", "Rule", "check", "violation"]
