"""`RUN --device=vendor.com/device=gpu,required`."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.dockerfile.csvfields import BadFieldError, fields
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.suggestions import with_suggestion
from course_lib.text import Text

_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})
_HELP = Text(
    "Write --device=vendor.com/class=name, with ,required behind it if the build can't do without.",
    "请写成 --device=vendor.com/class=name；构建缺它不可时，后面加上 ,required。",
)


@dataclass(frozen=True, slots=True)
class Device:
    """A device by its CDI name; without one that is `required`, the build fails."""

    name: str = ""
    required: bool = False


def read_device(text: str) -> Device:
    """The value of `--device=`.

    Raises:
        DockerfileError: no CSV, a name given twice, an unknown key.

    """
    try:
        written = fields(text)
    except BadFieldError as error:
        raise DockerfileError(
            message=f"failed to parse csv devices: {error}", help=_HELP
        ) from error
    device = Device()
    for field in written:
        device = _with(device, field)
    return device


def _with(device: Device, field: str) -> Device:
    key, equals, value = field.partition("=")
    key = key.lower()
    if key == "required" and (not equals or value in _TRUE | _FALSE):
        return Device(device.name, not equals or value in _TRUE)
    if equals and key == "name" and not device.name:
        return Device(value, device.required)
    if not device.name and key not in ("name", "required"):
        return Device(field, device.required)
    if equals and key == "name":
        message = f"device name already set to {device.name}"
    elif equals and key == "required":
        message = f"invalid value for {key}: {value}"
    elif equals:
        message = with_suggestion(f"unexpected key '{key}' in '{field}'", key, ("name", "required"))
    elif not device.name:
        return Device(field, device.required)
    else:
        message = f"invalid field '{field}' must be a key=value pair"
    raise DockerfileError(message, help=_HELP)
