"""Resolve `crossref` and `xdata`: entries with the fields that they inherit.

The rules are biblatex's default ones (biblatex manual, "Cross-referencing" and appendix "Default Inheritance Setup";
for `xdata` "Data Containers"): an own field is never replaced, a container's title becomes the `booktitle` of what it
contains, and some fields are no one's to inherit. Two leniencies for BibTeX's habits: any book may be the container of
any part of a book, and a container's own `booktitle` counts before its `title`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pubtrack.bibtex.blocks import Entry
from pubtrack.bibtex.user_macros import UserMacro
from pubtrack.model.digits import int_of
from pubtrack.model.findings import Finding

CODE = "fld-crossref"

_PRIVATE = frozenset(
    "ids crossref xref entryset entrysubtype execute label options presort related relatedoptions relatedstring "
    "relatedtype shorthand shorthandintro sortkey xdata key "
    # what a paper's page shows is its own (al-folio, JabRef)
    "selected abbr bibtex_show preview owner timestamp groups".split()
)
_PARTS = frozenset("inbook bookinbook suppbook incollection inreference suppcollection inproceedings entry".split())
_CONTAINERS = frozenset("book collection reference proceedings mvbook mvcollection mvreference mvproceedings".split())
_VOLUMES_OF = {
    "mvbook": frozenset({"book", *_PARTS}), "mvcollection": frozenset({"collection", *_PARTS}),
    "mvreference": frozenset({"reference", *_PARTS}), "mvproceedings": frozenset({"proceedings", *_PARTS}),
}  # fmt: skip
_STRICT_PARTS = {
    "book": frozenset({"inbook", "bookinbook", "suppbook"}),
    "collection": frozenset({"incollection", "inreference", "suppcollection"}),
    "reference": frozenset({"incollection", "inreference", "suppcollection"}),
    "proceedings": frozenset({"inproceedings"}),
}
_NO_SHORT_FORMS = dict.fromkeys(("shorttitle", "sorttitle", "indextitle", "indexsorttitle"), "")
_TO_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon", **_NO_SHORT_FORMS}
_TO_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon", **_NO_SHORT_FORMS}
_TO_JOURNAL = {
    "title": "journaltitle", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon", **_NO_SHORT_FORMS
}  # fmt: skip
_DATES = frozenset({"date", "year", "month", "day"})


@dataclass(slots=True)
class ResolvedEntry:
    """An entry on its way to a work: biblatex's name of its type, and its fields under biblatex's names, as LaTeX."""

    entry: Entry
    file: str
    type: str
    fields: dict[str, str] = field(default_factory=dict)
    definitions: Mapping[str, UserMacro] = field(default_factory=dict)
    """The macros that the store's preambles define."""


def inherit(records: Sequence[ResolvedEntry]) -> tuple[Finding, ...]:
    """Put what entries inherit into their `fields`; remarks on targets that do not exist, and on circles."""
    index, folded = _index(records)
    findings: list[Finding] = []
    waiting = [number for number, record in enumerate(records) if record.fields.keys() & {"crossref", "xdata", "xref"}]
    if any(record.type == "xdata" for record in records):
        waiting += (number for number, record in enumerate(records) if _quotes_xdata(record))
    states: dict[int, int] = {}  # 1: its sources are being resolved, 2: done

    def found(number: int, name: str, key: str) -> int | None:
        place = index.get(key, folded.get(key.lower()))
        if place is None:
            findings.append(_finding(records[number], name, f'there is no entry "{key}" to take fields from'))
        return place

    for start in dict.fromkeys(waiting):
        stack = [] if states.get(start) else [start]
        while stack:
            number = stack[-1]
            record = records[number]
            if states.get(number) == 2:
                stack.pop()
                continue
            if states.get(number) is None:
                states[number] = 1
                targets = [(name, found(number, name, key)) for name, key in _targets(record)]
                pending = []
                for name, target in targets:
                    if target is not None and states.get(target) == 1:
                        findings.append(_finding(record, name, "this entry takes fields from itself, in a circle"))
                    elif target is not None and target not in states:
                        pending.append(target)
                stack += pending
                if pending:
                    continue
            _take(record, records, index, folded)
            states[number] = 2
            stack.pop()
    return tuple(findings)


def _index(records: Iterable[ResolvedEntry]) -> tuple[dict[str, int], dict[str, int]]:
    """Each key's first record, by key (or one of its `ids`) and by key in lower case, as BibTeX compares them."""
    index: dict[str, int] = {}
    aliases: dict[str, int] = {}
    for number, record in enumerate(records):
        index.setdefault(record.entry.key, number)
        if "ids" in record.fields:
            for alias in _keys(record.fields["ids"]):
                aliases.setdefault(alias, number)
    index = aliases | index
    folded: dict[str, int] = {}
    for key, number in index.items():
        folded.setdefault(key.lower(), number)
    return index, folded


def _keys(source: str) -> list[str]:
    return [key.strip() for key in source.split(",") if key.strip()]


def _quotes_xdata(record: ResolvedEntry) -> bool:
    return any("xdata=" in value for value in record.fields.values())


def _targets(record: ResolvedEntry) -> list[tuple[str, str]]:
    """The fields that name other entries, each with a key it names."""
    targets = [("xdata", key) for key in _keys(record.fields.get("xdata", ""))]
    targets += ((name, record.fields[name].strip()) for name in ("crossref", "xref") if record.fields.get(name))
    return targets


def _take(
    record: ResolvedEntry, records: Sequence[ResolvedEntry], index: Mapping[str, int], folded: Mapping[str, int]
) -> None:
    """Give `record` what its sources, already complete, have for it: containers of data first, then its parent."""
    for name, key in _targets(record):
        place = index.get(key, folded.get(key.lower()))
        parent = records[place] if place is not None else None
        if parent is None or parent is record or name == "xref":
            continue
        if name == "xdata":
            _fill(record, {own: value for own, value in parent.fields.items() if own not in ("xdata", "ids")})
        else:
            _fill(record, inheritable_fields(parent, record))
    for name, value in record.fields.items():
        if "xdata=" in value:
            record.fields[name] = " and ".join(_granular(item, records, index) for item in value.split(" and "))


def _fill(record: ResolvedEntry, fields: Mapping[str, str]) -> None:
    dated = not _DATES.isdisjoint(record.fields)
    for name, value in fields.items():
        if not (dated and name in _DATES):
            record.fields.setdefault(name, value)


def inheritable_fields(parent: ResolvedEntry, child: ResolvedEntry, *, strict: bool = False) -> dict[str, str]:
    """The fields that `child` may have from `parent`, under the names that they have there.

    With `strict` by biblatex's default setup alone, as biber reads a file.
    """
    renamed = _renamed(parent.type, child.type)
    if strict and renamed is _TO_BOOK and child.type not in _STRICT_PARTS.get(parent.type, ()):
        renamed = {}
    own = parent.fields
    taken = {name: value for name, value in own.items() if name not in _PRIVATE and name not in renamed}
    is_book = parent.type in ("book", "mvbook") and child.type in ("inbook", "bookinbook", "suppbook")
    if is_book and "author" in own:
        taken.setdefault("bookauthor", own["author"])
    for name, other in renamed.items():
        if other and name in own:
            if strict:
                taken[other] = own[name]
            taken.setdefault(other, own[name])
    return taken


def _renamed(parent: str, child: str) -> Mapping[str, str]:
    """The parent's fields that have another name in the child; "" is for what is not inherited."""
    if child in _VOLUMES_OF.get(parent, ()):
        return _TO_MAIN
    if parent in _CONTAINERS and child in _PARTS:
        return _TO_BOOK
    if parent == "periodical" and child in ("article", "suppperiodical"):
        return _TO_JOURNAL
    return {}


def _granular(source: str, records: Sequence[ResolvedEntry], index: Mapping[str, int]) -> str:
    """The field, or the item of a list, that `xdata=key-field-index` quotes; `source` itself if there is none."""
    if not source.strip().startswith("xdata="):
        return source
    key, _, rest = source.strip().removeprefix("xdata=").strip().rpartition("-")
    number = 0
    if rest.isdecimal() and key:
        number = int_of(rest)
        key, _, rest = key.rpartition("-")
    place = index.get(key)
    value = records[place].fields.get(rest.lower(), "") if place is not None else ""
    if number and value:
        items = value.split(" and ")
        value = items[number - 1] if number <= len(items) else ""
    return value or source


def _finding(record: ResolvedEntry, name: str, message: str) -> Finding:
    found = record.entry.get(name)
    line = found.line if found else record.entry.line
    return Finding(CODE, "error", message, record.file, line, 0, record.entry.key, name)
