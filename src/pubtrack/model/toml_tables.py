"""TOML tables to frozen dataclasses: every key and value checked, every mistake with the keys that lead to it."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, TypeVar

from pubtrack.model.errors import did_you_mean

T = TypeVar("T")


class TomlValueError(Exception):
    """A value that does not fit, with the keys that lead to it."""

    def __init__(self, path: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def table_to(kind: type[T], table: Any, path: tuple[str, ...], hidden: set[str] = frozenset()) -> T:  # type: ignore[assignment]
    """A TOML table as the dataclass `kind`, each key checked against its fields."""
    if not isinstance(table, dict):
        raise TomlValueError(path, f"{_spell(path)} must be a table")
    hints = typing.get_type_hints(kind)
    known = {one.name.rstrip("_"): one.name for one in fields(kind) if one.name not in hidden}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in table.items():
        here = (*path, key)
        if key not in known:
            hint = did_you_mean(key, known) or f"; known here: {', '.join(known)}"
            raise TomlValueError(here, f'unknown key "{_spell(here)}"{hint}')
        values[known[key]] = check_value(hints[known[key]], value, here)
    return kind(**values)


def check_value(hint: Any, value: Any, path: tuple[str, ...]) -> Any:
    """`value` checked against the type `hint`, lists as tuples and tables as dataclasses."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType) and any(typing.get_origin(one) is tuple for one in arguments):
        return check_value(next(one for one in arguments if typing.get_origin(one) is tuple), value, path)
    if is_dataclass(hint) and isinstance(hint, type):
        return table_to(hint, value, path)
    if origin is tuple:
        if typing.get_origin(arguments[0]) is Literal and isinstance(value, str):
            value = value.replace(",", " ").split() or [value]  # words of a fixed set: "bold underline"
        if not isinstance(value, list):
            raise TomlValueError(path, f"{_spell(path)} must be a list, as in [{_example(arguments[0])}]")
        return tuple(check_value(arguments[0], one, path) for one in value)
    if hint is not str and origin is not None and _is_mapping(origin):
        if not isinstance(value, dict):
            raise TomlValueError(path, f"{_spell(path)} must be a table")
        return {key: check_value(arguments[1], one, (*path, key)) for key, one in value.items()}
    if _fits(hint, value):
        return value
    raise TomlValueError(path, f"{_spell(path)} must be {_describe(hint)}, not {_shown(value)}")


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _fits(hint: Any, value: Any) -> bool:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return not isinstance(value, bool) and value in arguments
    if origin in (typing.Union, types.UnionType):
        return any(_fits(one, value) for one in arguments)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(hint, type) and hint is not type(None) and isinstance(value, hint)


def _describe(hint: Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return " or ".join(_shown(one) for one in arguments)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_describe(one) for one in arguments if one is not type(None))
    return {str: "a text in quotes", bool: "true or false", int: "a number from 0"}.get(hint, str(hint))


def _example(hint: Any) -> str:
    return '"…"' if hint is str else "{ … }"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value}"


def _spell(path: tuple[str, ...]) -> str:
    return ".".join(path)


def line_of(source: str, path: tuple[str, ...]) -> int:
    """The line in which the key at `path` most likely stands: TOML's parser keeps no places."""
    lines = source.splitlines()
    begin = 0
    for depth in range(len(path) - 1, 0, -1):
        table = ".".join(path[:depth])
        heads = [n for n, line in enumerate(lines) if line.replace('"', "").strip().startswith(f"[{table}]")]
        if heads:
            begin = heads[0]
            break
    key = path[-1] if path else ""
    for number in range(begin, len(lines)):
        words = lines[number].replace('"', "").replace("[", " ").replace("]", " ").replace("=", " = ")
        words = words.replace("{", " ").replace(",", " ").replace(".", " ")
        if key in words.split():
            return number + 1
    return begin + 1
