"""pubtrack.toml to a `Config`: every key has a default; an unknown key or a wrong type is an error with its line."""

from __future__ import annotations

import json
import os.path
import tomllib
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from pubtrack.model.digits import int_of
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.toml_tables import TomlValueError, check_value, line_of, table_to
from pubtrack.regular_files import CONFIGURATION_LIMIT, read_regular_file

FILE_NAME = "pubtrack.toml"

Look = Literal["bold", "italic", "underline", "small-caps", "none"]
Looks = tuple[Look, ...]
"""How a person's name is highlighted; in a text its words stand apart: "bold underline"."""
Numbering = Literal[
    "none", "ascending", "descending", "ascending-per-section", "descending-per-section"
]  # fmt: skip
NameForm = Literal["as-written", "initials", "full"]
InPress = Literal["newest", "oldest"]
HeadingLevel = Literal[1, 2, 3, 4, 5, 6]


@dataclass(frozen=True, slots=True)
class OwnerConfig:
    name: str = ""
    also: tuple[str, ...] = ()
    orcid: str = ""
    print_as: str = ""


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
    intro: str = ""
    environment: str | None = None
    item: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class ListConfig:
    style: str = "cv"
    highlight: Looks = ("bold",)
    names: NameForm = "as-written"
    marks: bool = True
    legend: bool = False
    sort: str | None = None
    number: Numbering = "none"
    max_authors: int | Literal["style"] = "style"
    keep_owner: bool = True
    year_suffix: bool = False
    locale: str = ""
    heading_level: HeadingLevel = 3
    rest: str = "Other"
    where: str = ""
    keys: tuple[str, ...] = ()
    preprints: Literal["all", "hide-published", "none"] = "hide-published"
    links: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    in_press: InPress = "newest"
    short_venues: Literal["none", "margin", "behind"] = "none"
    group: Literal["none", "year"] = "none"
    environment: str = ""
    item: str = ""
    heading: str = ""
    labels: bool = False
    sections: tuple[SectionConfig, ...] = ()

    @property
    def order(self) -> str:
        """The sort keys: those given, else none for a list by hand (`keys`), else the newest first."""
        return self.sort if self.sort is not None else "" if self.keys else "-date"


@dataclass(frozen=True, slots=True)
class HighlightConfig:
    """People with a look of their own; `legend` is what a list's legend calls them, None: the table's name."""

    names: tuple[str, ...] = ()
    orcid: tuple[str, ...] = ()
    role: str = ""
    keyword: str = ""
    with_: Looks = ("underline",)
    legend: str | None = None


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

    @property
    def roles(self) -> frozenset[str]:
        """The roles that have a symbol in `[marks]` or a group in `[highlight]`."""
        return frozenset(self.marks) | {one.role for one in self.highlight.values() if one.role}

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
        config = table_to(Config, tables, (), hidden={"root", "file"})
        _check_marks(config)
    except TomlValueError as wrong:
        raise PubtrackError(wrong.message, file=file, line=line_of(source, wrong.path)) from None
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
            values[name] = check_value(hints[name], _typed(hints[name], word), (name,))
        except TomlValueError as wrong:
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
        return table_to(ListConfig, table, ())
    except TomlValueError as wrong:
        raise PubtrackError(wrong.message) from None


def _plain(value: Any) -> Any:
    """A value of Python's as TOML would give it: iterables as lists, a section as a table."""
    if isinstance(value, SectionConfig):
        given = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: word for name, word in given.items() if word is not None}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        return value
    return [_plain(one) for one in value]


def highlight_config(tables: Mapping[str, Any]) -> dict[str, HighlightConfig]:
    """The groups of `[highlight]` by name, of dicts or `HighlightConfig`s.

    Raises PubtrackError for an unknown option or a value that does not fit.
    """
    try:
        return {
            name: table if isinstance(table, HighlightConfig) else table_to(HighlightConfig, _plain(table), (name,))
            for name, table in tables.items()
        }
    except TomlValueError as wrong:
        raise PubtrackError(wrong.message) from None


def export_options(options: Mapping[str, Any]) -> ExportConfig:
    """An `ExportConfig` of options by name. Raises PubtrackError for an unknown one or a value that does not fit."""
    table = {name: _plain(value) for name, value in options.items()}
    try:
        return table_to(ExportConfig, table, ())
    except TomlValueError as wrong:
        raise PubtrackError(wrong.message) from None


def _typed(hint: Any, word: str) -> Any:
    if hint is bool:
        return {"true": True, "yes": True, "false": False, "no": False}.get(word.lower(), word)
    if hint == tuple[str, ...]:
        return [part.strip() for part in word.split(",") if part.strip()]
    admits_int = hint is int or any(one is int or isinstance(one, int) for one in typing.get_args(hint))
    digits = word.removeprefix("-")
    return int_of(digits) * (-1 if digits != word else 1) if admits_int and digits.isdecimal() else word


def _refuse_base_urls(table: Any) -> None:
    """Raises for a service's address: the configuration of a cloned folder must not aim requests anywhere."""
    for key, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, str) and "://" in value:
            message = f"network.{key}: a configuration cannot name a service's address; "
            raise TomlValueError(("network", key), f"{message}set PUBTRACK_{key.upper()}_URL in the environment")


def _check_marks(config: Config) -> None:
    for role, symbol in config.marks.items():
        if not symbol.strip():
            raise TomlValueError(("marks", role), f"marks.{role} must be a symbol, not empty")
