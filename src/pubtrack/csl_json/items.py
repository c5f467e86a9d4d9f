"""CSL-JSON documents and items to `Work`s and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pubtrack.csl_json.date_objects import date_from_csl, date_to_csl
from pubtrack.csl_json.name_objects import annotation_fields, apply_annotation_fields, name_from_csl, name_to_csl
from pubtrack.csl_json.scalars import characters, shorten
from pubtrack.csl_json.text_markup import text_from_markup, text_to_markup
from pubtrack.model.errors import PubtrackError
from pubtrack.model.json_text import to_json
from pubtrack.model.name import Name
from pubtrack.model.richtext import Text
from pubtrack.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, snake_case
from pubtrack.model.work import Date, Work

_TEXT = frozenset(TEXT_VARIABLES.values())
_NAMES = frozenset(NAME_VARIABLES.values())
_DATES = frozenset(DATE_VARIABLES.values())
# Two names that csl-data.json still allows for variables that CSL 1.0.1 renamed.
_OLD_NAMES = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}
_OTHERS = {"literal": "others"}
_REMAINDER = "csl-json"
"""The key of `Work.custom` that holds, as JSON, what no field of a `Work` can."""
_BESIDES = frozenset({"categories"})
"""Members that the schema has beside the variables, kept in the remainder and written where they were."""


def load(text: str, *, file: str = "") -> tuple[Work, ...]:
    """The works of a CSL-JSON document: a list of items, one item, or an object with a list `items`.

    Raises PubtrackError with line and column where `text` is not JSON, and with the item and variable where an
    item is not as the schema csl-data.json has it.
    """
    value = _parsed(text.removeprefix("\ufeff"), file)
    if isinstance(value, dict):
        value = value["items"] if isinstance(value.get("items"), list) else [value]
    if not isinstance(value, list):
        raise PubtrackError("CSL-JSON: expected a list of items", file=file)
    return tuple(work_from_item(item, number=number, file=file) for number, item in enumerate(value, 1))


def _parsed(text: str, file: str) -> Any:
    def refuse(constant: str) -> None:
        raise PubtrackError(f"CSL-JSON: {constant} is not a JSON value", file=file)

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise PubtrackError(f"no JSON: {error.msg}", file=file, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise PubtrackError("CSL-JSON: nested too deeply", file=file) from None
    except ValueError:  # an integer beyond Python's limit of digits
        raise PubtrackError("CSL-JSON: a number is too long", file=file) from None


def work_from_item(item: object, *, number: int = 1, file: str = "") -> Work:
    """The `Work` of one CSL-JSON item, the `number`th of its document.

    Old variable names are read under their new ones; an absent type is `document`. What CSL has no variable for
    goes to `custom`. Raises PubtrackError that names the item and the variable.
    """
    where, variable = f"item {number}", ""
    try:
        if not isinstance(item, dict):
            raise PubtrackError("is not an object")
        variable = "id"
        key = characters(item.get("id"))
        if not key:
            raise PubtrackError("is missing")
        where = f"item {number} ({shorten(key)})"
        variable = "type"
        reading = _Reading(key, characters(item.get("type")) or "document")
        for variable, value in item.items():
            if value is not None:
                reading.take(characters(variable), value)
        variable = ""
        return reading.work()
    except PubtrackError as error:
        spot = f"{where}, {shorten(ascii(variable)[1:-1])}" if variable else where
        raise PubtrackError(f"CSL-JSON: {spot}: {error.message}", file=file) from None
    except RecursionError:
        raise PubtrackError(f"CSL-JSON: {where}: nested too deeply", file=file) from None


class _Reading:
    """The parts of one work while its item is read."""

    def __init__(self, key: str, kind: str) -> None:
        self.key = key
        self.type = kind
        self.values: dict[str, Text] = {}
        self.people: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.others: set[str] = set()
        self.custom: dict[str, str] = {}
        self.remainder: dict[str, Any] = {}

    def take(self, variable: str, value: Any) -> None:
        """Puts one member of the item where it belongs."""
        if variable in _TEXT:
            if text := text_from_markup(characters(value)):
                self.values[snake_case(variable)] = text
        elif variable in _NAMES:
            self.take_names(snake_case(variable), value)
        elif variable in _DATES:
            if (date := date_from_csl(value)) is not None:
                self.dates[snake_case(variable)] = date
        elif variable in _OLD_NAMES:
            if text := text_from_markup(characters(value)):
                self.values.setdefault(snake_case(_OLD_NAMES[variable]), text)
        elif variable == "custom":
            if not isinstance(value, dict):
                raise PubtrackError("is not an object")
            for name, part in value.items():
                self.take_custom(characters(name), part)
        elif variable not in ("id", "type"):
            self.take_custom(variable, value)

    def take_names(self, key: str, value: Any) -> None:
        if not isinstance(value, list):
            raise PubtrackError("is not a list of names")
        objects = [part for part in value if part is not None]
        others = bool(objects) and objects[-1] == _OTHERS
        names = tuple(name for part in objects[: -1 if others else None] if (name := name_from_csl(part)) != Name())
        if names:
            self.people[key] = names
            self.others |= {key} if others else set()

    def take_custom(self, name: str, value: Any) -> None:
        if isinstance(value, str) and name != _REMAINDER and name not in _BESIDES:
            if text := characters(value):
                self.custom[name] = text
        elif value is not None:
            self.remainder[name] = _clean(value)

    def work(self) -> Work:
        people = {key: apply_annotation_fields(key, names, self.custom) for key, names in self.people.items()}
        if self.remainder:
            self.custom[_REMAINDER] = json.dumps(self.remainder, ensure_ascii=False, sort_keys=True)
        return Work(
            self.key, self.type, self.values, people, self.dates, frozenset(self.others), self.custom
        )  # fmt: skip


def _clean(value: Any) -> Any:
    """`value` with every string in it such as every output can hold."""
    if isinstance(value, dict):
        return {characters(name): _clean(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if not isinstance(value, bool) and value is not None:
        text = characters(value)
        return text if isinstance(value, str) else value
    return value


def item_from_work(work: Work) -> dict[str, Any]:
    """The CSL-JSON item of `work`, in the words of the schema csl-data.json.

    `custom` holds what CSL has no variable for: `Work.custom`, roles as `author+an` and ORCIDs as
    `author+an:orcid`, both in biblatex's annotation syntax. A list cut short ends in the literal "others".
    """
    item: dict[str, Any] = {"id": work.id, "type": work.type}
    fields = dict(work.custom)
    remainder = _remainder(fields.pop(_REMAINDER, ""))
    for key, text in work.values.items():
        item[TEXT_VARIABLES.get(key, key)] = text_to_markup(text)
    for key, names in work.people.items():
        others = [_OTHERS] if key in work.others else []
        item[NAME_VARIABLES.get(key, key)] = [*map(name_to_csl, names), *others]
        fields |= dict(annotation_fields(key, names))
    for key, date in work.dates.items():
        item[DATE_VARIABLES.get(key, key)] = date_to_csl(date)
    item |= {name: value for name, value in remainder.items() if name in _BESIDES}
    custom = fields | {name: value for name, value in remainder.items() if name not in _BESIDES}
    return item | {"custom": custom} if custom else item


def _remainder(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {_REMAINDER: text}


def dump(works: Iterable[Work]) -> str:
    """The works as one CSL-JSON document, indented, with a line break at its end."""
    return to_json([item_from_work(work) for work in works]) + "\n"
