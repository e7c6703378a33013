"""Dockerfiles that BuildKit refuses: a sentence, the text, the message, the lines to blame."""

from __future__ import annotations

from typing import NamedTuple


class Refused(NamedTuple):
    """`lines` is None where BuildKit has no place for the error."""

    about: str
    text: str
    message: str
    lines: tuple[int, int] | None


_LINE_2 = "dockerfile parse error on line 2: "


def _second(about: str, line: str, message: str) -> Refused:
    """A file whose second line is wrong as an instruction."""
    return Refused(about, f"FROM a\n{line}\n", _LINE_2 + message, (2, 2))


def _untokenised(about: str, line: str, message: str) -> Refused:
    """A file whose second line can't even be split: those errors have no prefix."""
    return Refused(about, f"FROM a\n{line}\n", message, (2, 2))


WHOLE_FILES = [
    Refused("an empty file", "", "the Dockerfile cannot be empty", None),
    Refused("blank lines only", "\n \n", "file with no instructions", (2, 2)),
    Refused("comments only", "# a\n# b\n", "file with no instructions", (2, 2)),
    Refused("arguments only", "ARG A=1\n", "dockerfile contains no stages to build", None),
    Refused("RUN before FROM", "RUN a\nFROM b\n", "no build stage in current context", (1, 1)),
    Refused(
        "ENV between ARG and FROM",
        "ARG A\n\nENV A=1\nFROM b\n",
        "no build stage in current context",
        (3, 3),
    ),
    Refused(
        "a line of 65536 bytes",
        "FROM a\nRUN " + "é" * 32766 + "\n",
        "dockerfile line greater than max allowed size of 65535",
        (2, 2),
    ),
]
DIRECTIVES = [
    Refused(
        "an escape of a letter",
        "# escape=x\nFROM a\n",
        "invalid escape token 'x' does not match ` or \\",
        (1, 1),
    ),
    Refused(
        "two escapes",
        "# escape=`\n# Escape = `\nFROM a\n",
        "only one escape parser directive can be used",
        (2, 2),
    ),
    Refused(
        "two syntaxes",
        "#syntax=a\n#syntax=b\nFROM a\n",
        "only one syntax parser directive can be used",
        (2, 2),
    ),
]
UNKNOWN = [
    _second("a mistyped word", "COPPY a b", "unknown instruction: COPPY (did you mean COPY?)"),
    _second("in small letters", "rum a", "unknown instruction: rum (did you mean run?)"),
    _second(
        "a mixed case counts as capitals", "Rum a", "unknown instruction: Rum (did you mean RUN?)"
    ),
    _second("nothing is near", "INCLUDE x", "unknown instruction: INCLUDE"),
    _second("a shell line", "&& make", "unknown instruction: &&"),
    Refused(
        "a forgotten backslash",
        "FROM a\nRUN x &&\n  y\n",
        "dockerfile parse error on line 3: unknown instruction: y",
        (3, 3),
    ),
    Refused(
        "a C comment as syntax",
        "// syntax=a\nFROM a\n",
        "dockerfile parse error on line 1: unknown instruction: //",
        (1, 1),
    ),
]
FROM_LINES = [
    Refused(
        "no image",
        "FROM\n",
        "dockerfile parse error on line 1: FROM requires either one or three arguments",
        (1, 1),
    ),
    Refused(
        "a comment behind it",
        "FROM a # x\n",
        "dockerfile parse error on line 1: FROM requires either one or three arguments",
        (1, 1),
    ),
    Refused(
        "a name without AS",
        "FROM a b\n",
        "dockerfile parse error on line 1: FROM requires either one or three arguments",
        (1, 1),
    ),
    Refused(
        "another word than AS",
        "FROM a IS b\n",
        "dockerfile parse error on line 1: FROM requires either one or three arguments",
        (1, 1),
    ),
    Refused(
        "a name that begins with a digit",
        "FROM a AS 1x\n",
        'dockerfile parse error on line 1: invalid name for build stage: "1x", name can\'t start with '
        "a number or contain symbols",
        (1, 1),
    ),
    Refused(
        "a name with a slash",
        "FROM a AS B/c\n",
        'dockerfile parse error on line 1: invalid name for build stage: "B/c", name can\'t start '
        "with a number or contain symbols",
        (1, 1),
    ),
    Refused(
        "an unknown flag",
        "FROM --platfrom=x a\n",
        "dockerfile parse error on line 1: unknown flag: --platfrom (did you mean platform?)",
        (1, 1),
    ),
]
NO_ARGUMENTS = [
    *(
        _second(f"{word} alone", word, f"{word} requires at least one argument")
        for word in ("ARG", "ENV", "LABEL", "EXPOSE", "VOLUME", "ONBUILD", "HEALTHCHECK", "SHELL")
    ),
    *(
        _second(f"{word} alone", word.lower(), f"{word} requires exactly one argument")
        for word in ("MAINTAINER", "USER", "WORKDIR", "STOPSIGNAL")
    ),
    *(
        _second(
            f"{word} with one word",
            f"{word} x",
            f"{word} requires at least two arguments, but only one was provided. Destination could "
            "not be determined",
        )
        for word in ("COPY", "ADD")
    ),
    _second("an empty SHELL array", "SHELL []", "SHELL requires at least one argument"),
]
PAIRS = [
    _untokenised("ENV with a name only", "ENV A", "ENV must have two arguments"),
    _untokenised("LABEL with a name only", "label a", "LABEL must have two arguments"),
    _untokenised(
        "ENV with a second word without =",
        "ENV A=1 B",
        'Syntax error - can\'t find = in "B". Must be of the form: name=value',
    ),
    _untokenised(
        "ENV with blanks behind the =",
        "ENV A= b",
        'Syntax error - can\'t find = in "b". Must be of the form: name=value',
    ),
    _second("ENV without a name", "ENV =1", "ENV names can not be blank"),
    _second("LABEL without a second name", "LABEL a=1 =2", "LABEL names can not be blank"),
    _second("ARG with blanks around =", "ARG a = b", "ARG names can not be blank"),
]
JSON_ARRAYS = [
    *(
        _untokenised(
            f"{word} with {what}",
            f"{word} {array}",
            "when using JSON array syntax, arrays must be comprised of strings only",
        )
        for word, what, array in (
            ("CMD", "a number", '["a", 1]'),
            ("RUN", "an array inside", '["a", ["b"]]'),
            ("ENTRYPOINT", "null", "[null]"),
            ("COPY", "an object", '[{"a": 1}, "b"]'),
            ("VOLUME", "true", "[true]"),
            ("HEALTHCHECK CMD", "a number", "[1]"),
            ("ONBUILD CMD", "a number", "[1]"),
        )
    ),
    _second("SHELL in words", "SHELL bash -c", "SHELL requires the arguments to be in JSON form"),
    _second(
        "SHELL in single quotes",
        "SHELL ['bash', '-c']",
        "SHELL requires the arguments to be in JSON form",
    ),
]
FLAGS = [
    _second("a flag of RUN", "RUN --moutn=x a", "unknown flag: --moutn (did you mean mount?)"),
    _second("a flag of COPY", "COPY --form=a b c", "unknown flag: --form (did you mean from?)"),
    _second("a flag of ADD only", "COPY --unpack a b", "unknown flag: --unpack"),
    _second("a flag of COPY only", "ADD --parents a b", "unknown flag: --parents"),
    *(
        _second(f"{line.split()[0]} takes none", line, "unknown flag: --x")
        for line in (
            "ENV --x A=1",
            "LABEL --x a=1",
            "EXPOSE --x 80",
            "VOLUME --x /a",
            "USER --x a",
            "WORKDIR --x /a",
            "MAINTAINER --x a",
            "CMD --x a",
            "ENTRYPOINT --x a",
            "ONBUILD --x RUN a",
        )
    ),
    _second("SHELL takes none", 'SHELL --x ["a"]', "unknown flag: --x"),
    _second("a flag without value", "COPY --from a b", "missing a value on flag: --from"),
    _second("a truth without value", "COPY --link= a b", "missing a value on flag: --link"),
    _second(
        "a flag that comes twice",
        "COPY --chown=a --chown=b c d",
        "duplicate flag specified: --chown",
    ),
    _second(
        "a truth that is none",
        "COPY --link=maybe a b",
        "expecting boolean value for flag --link, not: maybe",
    ),
]
RUN_FLAGS = [
    _second("an unknown network", "RUN --network=x a", 'invalid network mode "x"'),
    _second("an empty network", "RUN --network= a", 'invalid network mode ""'),
    _second("an unknown security mode", "RUN --security=x a", 'security "x" is not valid'),
    _second(
        "a variable in from of a mount",
        "RUN --mount=from=$A,target=/x a",
        "'from' doesn't support variable expansion, define alias stage instead",
    ),
    _second(
        "a key of a mount without value",
        "RUN --mount=type=cache,target a",
        "invalid field 'target' must be a key=value pair",
    ),
    _second(
        "a quote inside a field of a mount",
        "RUN --mount='type=\"cache\"' a",
        'failed to parse csv mounts: parse error on line 1, column 6: bare " in non-quoted field',
    ),
    _second(
        "two names of a device",
        "RUN --device=a/b=c,name=d/e=f x",
        "device name already set to a/b=c",
    ),
    _second(
        "an unknown key of a device",
        "RUN --device=a/b=c,requird=1 x",
        "unexpected key 'requird' in 'requird=1' (did you mean required?)",
    ),
    _second(
        "a device that is maybe required",
        "RUN --device=a/b=c,required=maybe x",
        "invalid value for required: maybe",
    ),
]
HEALTHCHECKS = [
    _second(
        "another type",
        "HEALTHCHECK curl localhost",
        'Unknown type "CURL" in HEALTHCHECK (try CMD)',
    ),
    _second("CMD alone", "HEALTHCHECK CMD", "Missing command after HEALTHCHECK CMD"),
    _second("an empty array", "HEALTHCHECK CMD []", "Missing command after HEALTHCHECK CMD"),
    _second("NONE and more", "HEALTHCHECK NONE x", "HEALTHCHECK NONE takes no arguments"),
    _second(
        "a time without unit",
        "HEALTHCHECK --interval=5 CMD x",
        'time: missing unit in duration "5"',
    ),
    _second(
        "a time in days",
        "HEALTHCHECK --timeout=1d CMD x",
        'time: unknown unit "d" in duration "1d"',
    ),
    _second("no time", "HEALTHCHECK --timeout=x CMD x", 'time: invalid duration "x"'),
    _second(
        "a time that is too short",
        "HEALTHCHECK --start-period=1us CMD x",
        'Interval "start-period" cannot be less than 1ms',
    ),
    _second(
        "a time below zero",
        "HEALTHCHECK --interval=-1s CMD x",
        'Interval "interval" cannot be less than 1ms',
    ),
    _second(
        "retries below zero",
        "HEALTHCHECK --retries=-1 CMD x",
        "--retries cannot be negative (-1)",
    ),
    _second(
        "retries in words",
        "HEALTHCHECK --retries=three CMD x",
        'strconv.ParseInt: parsing "three": invalid syntax',
    ),
    _second(
        "too many retries",
        "HEALTHCHECK --retries=2147483648 CMD x",
        'strconv.ParseInt: parsing "2147483648": value out of range',
    ),
]
HEREDOCS = [
    Refused("no terminator", "FROM a\nRUN <<E\nx\n E\n", "unterminated heredoc", (2, 4)),
    Refused(
        "a terminator in other capitals",
        "FROM a\nCOPY <<Eof /x\nEOF\n",
        "unterminated heredoc",
        (2, 3),
    ),
    Refused("inside ONBUILD", "FROM a\nONBUILD RUN <<E\n", "unterminated heredoc", (2, 2)),
    Refused(
        "as destination",
        "FROM a\nCOPY x <<E\nE\n",
        "dockerfile parse error on line 2: COPY cannot accept a heredoc as a destination",
        (2, 3),
    ),
]
OTHERS = [
    _second("an empty volume", 'VOLUME ["/a", " "]', "VOLUME specified can not be an empty string"),
    _second(
        "ONBUILD twice",
        "ONBUILD onbuild RUN x",
        "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
    ),
    _second("ONBUILD FROM", "ONBUILD from a", "FROM isn't allowed as an ONBUILD trigger"),
    _second(
        "ONBUILD MAINTAINER",
        "ONBUILD MAINTAINER a",
        "MAINTAINER isn't allowed as an ONBUILD trigger",
    ),
    Refused(
        "an instruction over several lines",
        "FROM a\n\nCOPY \\\n  # c\n  x\n",
        "dockerfile parse error on line 3: COPY requires at least two arguments, but only one was "
        "provided. Destination could not be determined",
        (3, 5),
    ),
]
ALL = [
    *WHOLE_FILES,
    *DIRECTIVES,
    *UNKNOWN,
    *FROM_LINES,
    *NO_ARGUMENTS,
    *PAIRS,
    *JSON_ARRAYS,
    *FLAGS,
    *RUN_FLAGS,
    *HEALTHCHECKS,
    *HEREDOCS,
    *OTHERS,
]
