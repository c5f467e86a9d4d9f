"""A frozen value from the members of a JSON object, each checked against the type that its dataclass declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def read_members(kind: type[T], members: object) -> T:
    """The value of the dataclass `kind`; its members are strings, numbers, such values, and tuples (lists in JSON).

    Raises TypeError where a member is unknown, missing or of another type.
    """
    if not isinstance(members, dict):
        raise TypeError(f"{members!r} is not the members of a {kind.__name__}")
    known = _types(kind)  # type: ignore[arg-type]  # mypy takes type[T] for not hashable
    return kind(**{name: check_type(known.get(name, _Unknown), value) for name, value in members.items()})


class _Unknown:
    """The type of a member that the dataclass lacks; no value has it."""


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def check_type(kind: Any, value: Any) -> Any:
    """`value` as one of the type `kind`; raises TypeError where it is not."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None and type(None) in arguments else check_type(arguments[0], value)
    if origin is Literal:
        fits: Callable[[Any], bool] = arguments.__contains__
    elif origin is tuple:
        if not isinstance(value, list | tuple):
            raise TypeError(f"{value!r} is not a list")
        many = arguments[-1] is Ellipsis
        kinds = [arguments[0]] * len(value) if many else arguments
        return tuple(check_type(one, member) for one, member in zip(kinds, value, strict=True))
    elif is_dataclass(kind) and isinstance(kind, type):
        return read_members(kind, value)
    else:
        fits = kind.__instancecheck__
    if isinstance(value, bool) or not fits(value):
        raise TypeError(f"{value!r} is not {kind}")
    return value
