"""A service's JSON: bytes in, values out that are safe to walk; whatever is no such JSON is a `ReplyError`.

A service may leave any member out or send it in another shape than documented, and one odd member is not a reason to
lose a record: the functions here give an empty value for what is absent or of a wrong kind.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from pubtrack.sources._service import ReplyError

_MOST_DIGITS = 20


def load(content: bytes) -> Any:
    """The value of a JSON document in UTF-8. NaN, infinite and monstrous numbers and absurd depth are refused."""

    def refuse(constant: str) -> NoReturn:
        raise ReplyError(f"the reply holds {constant[:20]}, which is not a JSON number")

    def whole(digits: str) -> int:
        return int(digits) if len(digits) <= _MOST_DIGITS else refuse(digits)

    def real(digits: str) -> float:
        number = float(digits) if len(digits) < 400 else float("inf")
        return number if abs(number) < float("inf") else refuse(digits)

    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_constant=refuse, parse_int=whole, parse_float=real)
    except UnicodeDecodeError:
        raise ReplyError("the reply is not in UTF-8") from None
    except json.JSONDecodeError as error:
        shape = "an HTML page" if text.lstrip()[:1] == "<" else "no JSON, or cut short"
        raise ReplyError(f"the reply is {shape} (line {error.lineno})") from None
    except RecursionError:
        raise ReplyError("the reply is nested too deeply") from None


def mapping(value: Any, *path: str) -> dict[str, Any]:
    """The object at `path` within `value`, or an empty one."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def mappings(value: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of the list at `path`; an object alone counts as a list of one."""
    found = _at(value, path)
    return [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]


def strings(value: Any, *path: str) -> list[str]:
    """The strings of the list at `path`; a string alone counts as a list of one."""
    found = _at(value, path)
    return [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, str)]


def string(value: Any, *path: str) -> str:
    """The string at `path`, a whole number as its digits, the first one of a list, or ""."""
    found = _at(value, path)
    if isinstance(found, list):
        found = next((item for item in found if isinstance(item, str)), "")
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return found if isinstance(found, str) else ""


def number(value: Any, *path: str) -> int | None:
    """The whole number at `path`, also where it is written as a string, or None."""
    found = _at(value, path)
    if isinstance(found, str) and found.isascii() and found.strip().isdigit():
        return int(found) if len(found) < _MOST_DIGITS else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def dump(value: Any) -> bytes:
    """A JSON document, in ASCII, of a value that `load` gave; half of a surrogate pair in it stays one."""
    return json.dumps(value).encode()
