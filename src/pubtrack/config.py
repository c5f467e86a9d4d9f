"""pubtrack.toml to a `Config`: every key has a default; an unknown key or a wrong type is an error with its line."""

from __future__ import annotations

import json
import os.path
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from pubtrack.model.digits import int_of
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.regular_files import CONFIGURATION_LIMIT, read_regular_file

FILE_NAME = "pubtrack.toml"

Highlight = Literal["bold", "italic", "underline", "none"]
Numbering = Literal[
    "none", "ascending", "descending", "ascending-per-section", "descending-per-section"
]  # fmt: skip
InPress = Literal["newest", "oldest"]
HeadingLevel = Literal[1, 2, 3, 4, 5, 6]


@dataclass(frozen=True, slots=True)
class OwnerConfig:
    name: str = ""
    also: tuple[str, ...] = ()
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class StoreConfig:
    path: str = "bib"
    dialect: Literal["bibtex", "biblatex"] = "bibtex"


@dataclass(frozen=True, slots=True)
class SectionConfig:
    """One section of a list; what is None is as the list says."""

    title: str = ""
    where: str = ""
    prefix: str = ""
    style: str | None = None
    sort: str | None = None
    number: Numbering | None = None


@dataclass(frozen=True, slots=True)
class ListConfig:
    style: str = "cv"
    highlight: Highlight = "bold"
    marks: bool = True
    legend: bool = False
    sort: str = "-date"
    number: Numbering = "none"
    max_authors: int | Literal["style"] = "style"
    keep_owner: bool = True
    year_suffix: bool = False
    locale: str = ""
    heading_level: HeadingLevel = 3
    rest: str = "Other"
    where: str = ""
    preprints: Literal["all", "hide-published", "none"] = "hide-published"
    links: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    in_press: InPress = "newest"
    by_year: bool = False
    sections: tuple[SectionConfig, ...] = ()


@dataclass(frozen=True, slots=True)
class HighlightConfig:
    names: tuple[str, ...] = ()
    with_: Highlight = "underline"


@dataclass(frozen=True, slots=True)
class ExportConfig:
    """A profile of exported .bib files; what is None is as its `base` has it, and without one as the default."""

    base: str = ""
    dialect: Literal["bibtex", "biblatex"] | None = None
    encoding: Literal["latex", "unicode"] | None = None
    journals: Literal["full", "iso4", "short", "keep"] | None = None
    venues: Literal["keep", "short", "full"] | None = None
    strings: Literal["keep", "resolve"] | None = None
    protect: Literal["keep", "acronyms"] | None = None
    links: Literal["both", "doi", "url", "none"] | None = None
    months: bool | None = None
    dashes: Literal["--", "-", "–"] | None = None
    max_authors: int | None = None
    fields: tuple[str, ...] | None = None
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    order: tuple[str, ...] | None = None
    keys: str | None = None


@dataclass(frozen=True, slots=True)
class CheckConfig:
    """What `pubtrack check` looks for. `select`, `ignore` and the keys of `severity` are ids of rules or prefixes."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Literal["error", "warning", "info"]] = field(default_factory=dict)
    dialect: Literal["auto", "bibtex", "biblatex"] = "auto"
    key_pattern: str = ""
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    mailto: str = ""


DEFAULT_MARKS: Mapping[str, str] = {"corresponding": "*", "equal": "†"}


@dataclass(frozen=True, slots=True)
class RefreshConfig:
    fill: tuple[str, ...] = (
        "author", "title", "journal", "booktitle", "volume", "number", "pages", "eid", "year", "publisher",
        "institution", "doi",
    )  # fmt: skip
    lock: tuple[str, ...] = ()
    published: Literal["link", "upgrade"] = "link"
    search: bool = True


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of pubtrack.toml. `root` is the folder that its paths are relative to."""

    owner: OwnerConfig = OwnerConfig()
    store: StoreConfig = StoreConfig()
    marks: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_MARKS))
    network: NetworkConfig = NetworkConfig()
    check: CheckConfig = field(default_factory=CheckConfig)
    refresh: RefreshConfig = RefreshConfig()
    lists: Mapping[str, ListConfig] = field(default_factory=dict)
    highlight: Mapping[str, HighlightConfig] = field(default_factory=dict)
    venues: Mapping[str, str] = field(default_factory=dict)
    exports: Mapping[str, ExportConfig] = field(default_factory=dict)
    root: Path = Path()
    file: str = ""

    def list_named(self, name: str) -> ListConfig:
        """The list `name`; "cv" exists always.

        Raises PubtrackError, naming the lists that exist, for any other name that is not configured.
        """
        if name in self.lists:
            return self.lists[name]
        if name == "cv":
            return ListConfig()
        known = sorted({*self.lists, "cv"})
        hint = did_you_mean(name, known) or f"; there is {', '.join(known)}"
        raise PubtrackError(f'no list named "{name}"{hint}')


T = TypeVar("T")


class _WrongError(Exception):
    """A value that does not fit, with the keys that lead to it."""

    def __init__(self, path: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def parse(source: str, *, file: str = FILE_NAME, root: Path | None = None) -> Config:
    """`source`, the text of a pubtrack.toml, as a `Config`.

    Raises PubtrackError with `file` and the line for broken TOML, unknown keys and values of the wrong type.
    """
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at line ")
        line = int(place.partition(",")[0]) if place and place[0].isdigit() else source.count("\n") + 1
        raise PubtrackError(f"not valid TOML: {message}", file=file, line=line) from None
    except (ValueError, RecursionError) as error:  # a number beyond Python's limit of digits; brackets without end
        what = "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
        raise PubtrackError(f"not valid TOML: {what}", file=file) from None
    try:
        _refuse_base_urls(tables.get("network"))
        config = _table(Config, tables, (), hidden={"root", "file"})
        _check_marks(config)
    except _WrongError as wrong:
        raise PubtrackError(wrong.message, file=file, line=_line_of(source, wrong.path)) from None
    marks = {**DEFAULT_MARKS, **config.marks}
    return replace(config, marks=marks, root=root or Path(), file=file)


def load(path: Path) -> Config:
    """The configuration in the file `path`. Raises PubtrackError if it cannot be read or is wrong."""
    return parse(read_text(path), file=str(path), root=path.parent)


def read_text(path: Path) -> str:
    """The text of a configuration file. Raises PubtrackError if it is not a small regular file in UTF-8."""
    try:
        text = read_regular_file(path, CONFIGURATION_LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PubtrackError("not UTF-8; save it as UTF-8", file=str(path)) from error
    return text.replace("\r\n", "\n")


def find(start: Path) -> Path | None:
    """The pubtrack.toml in `start` or its nearest parent, or None. It may be no file; reading it says so."""
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if os.path.lexists(candidate):
            return candidate
    return None


def toml_text(value: str) -> str:
    """`value` as a TOML basic string (TOML 1.0.0, section "String")."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def list_options(base: ListConfig, options: Mapping[str, str]) -> ListConfig:
    """`base` with options typed as words, as on a region's first line (`style=apa`, `max_authors=3`).

    Raises PubtrackError for an unknown option or a value that does not fit.
    """
    hints = typing.get_type_hints(ListConfig)
    known = [name for name in hints if name != "sections"]
    values: dict[str, Any] = {}
    for name, word in options.items():
        if name not in known:
            raise PubtrackError(f'unknown option "{name}"{did_you_mean(name, known)}')
        try:
            values[name] = _value(hints[name], _typed(hints[name], word), (name,))
        except _WrongError as wrong:
            raise PubtrackError(wrong.message) from None
    if "where" in values and base.where:
        values["where"] = f"({base.where}) and ({values['where']})"
    return replace(base, **values)


def list_config(options: Mapping[str, Any]) -> ListConfig:
    """A `ListConfig` of options by name: sections are dicts or `SectionConfig`s, and any iterable is a list.

    Raises PubtrackError for an unknown option or a value that does not fit.
    """
    table = {name: _plain(value) for name, value in options.items()}
    try:
        return _table(ListConfig, table, ())
    except _WrongError as wrong:
        raise PubtrackError(wrong.message) from None


def _plain(value: Any) -> Any:
    """A value of Python's as TOML would give it: iterables as lists, a section as a table."""
    if isinstance(value, SectionConfig):
        given = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: word for name, word in given.items() if word is not None}
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        return value
    return [_plain(one) for one in value]


def export_options(options: Mapping[str, Any]) -> ExportConfig:
    """An `ExportConfig` of options by name. Raises PubtrackError for an unknown one or a value that does not fit."""
    table = {name: _plain(value) for name, value in options.items()}
    try:
        return _table(ExportConfig, table, ())
    except _WrongError as wrong:
        raise PubtrackError(wrong.message) from None


def _typed(hint: Any, word: str) -> Any:
    if hint is bool:
        return {"true": True, "yes": True, "false": False, "no": False}.get(word.lower(), word)
    if hint == tuple[str, ...]:
        return [part.strip() for part in word.split(",") if part.strip()]
    admits_int = hint is int or any(one is int or isinstance(one, int) for one in typing.get_args(hint))
    digits = word.removeprefix("-")
    return int_of(digits) * (-1 if digits != word else 1) if admits_int and digits.isdecimal() else word


def _table(kind: type[T], table: Any, path: tuple[str, ...], hidden: set[str] = frozenset()) -> T:  # type: ignore[assignment]
    """A TOML table as the dataclass `kind`, each key checked against its fields."""
    if not isinstance(table, dict):
        raise _WrongError(path, f"{_spell(path)} must be a table")
    hints = typing.get_type_hints(kind)
    known = {one.name.rstrip("_"): one.name for one in fields(kind) if one.name not in hidden}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in table.items():
        here = (*path, key)
        if key not in known:
            hint = did_you_mean(key, known) or f"; known here: {', '.join(known)}"
            raise _WrongError(here, f'unknown key "{_spell(here)}"{hint}')
        values[known[key]] = _value(hints[known[key]], value, here)
    return kind(**values)


def _value(hint: Any, value: Any, path: tuple[str, ...]) -> Any:
    """`value` checked against the type `hint`, lists as tuples and tables as dataclasses."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType) and any(typing.get_origin(one) is tuple for one in arguments):
        return _value(next(one for one in arguments if typing.get_origin(one) is tuple), value, path)
    if is_dataclass(hint) and isinstance(hint, type):
        return _table(hint, value, path)
    if origin is tuple:
        if not isinstance(value, list):
            raise _WrongError(path, f"{_spell(path)} must be a list, as in [{_example(arguments[0])}]")
        return tuple(_value(arguments[0], one, path) for one in value)
    if hint is not str and origin is not None and _is_mapping(origin):
        if not isinstance(value, dict):
            raise _WrongError(path, f"{_spell(path)} must be a table")
        return {key: _value(arguments[1], one, (*path, key)) for key, one in value.items()}
    if _fits(hint, value):
        return value
    raise _WrongError(path, f"{_spell(path)} must be {_describe(hint)}, not {_shown(value)}")


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


def _refuse_base_urls(table: Any) -> None:
    """Raises for a service's address: the configuration of a cloned folder must not aim requests anywhere."""
    for key, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, str) and "://" in value:
            message = f"network.{key}: a configuration cannot name a service's address; "
            raise _WrongError(("network", key), f"{message}set PUBTRACK_{key.upper()}_URL in the environment")


def _check_marks(config: Config) -> None:
    for role, symbol in config.marks.items():
        if not symbol.strip():
            raise _WrongError(("marks", role), f"marks.{role} must be a symbol, not empty")


def _line_of(source: str, path: tuple[str, ...]) -> int:
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
