"""An entry's fields to biblatex's types and fields (biblatex manual, chapter 2): dates, kinds and editions as there."""

from __future__ import annotations

from pubtrack.bibtex import date_fields, dialect_fields, fields, macros
from pubtrack.bibtex.dialect_fields import DialectEntry, Said
from pubtrack.bibtex.latex import characters, encode
from pubtrack.bibtex.pubstate import pubstate
from pubtrack.bibtex.pubstate import state as state_of
from pubtrack.model.ordinals import edition_number
from pubtrack.model.richtext import text


def to_biblatex(source: DialectEntry) -> Said:
    """The entry in biblatex's words."""
    left = {name: value for name, value in source.fields.items() if macros.resolve_macros(value).strip()}
    unsaid: list[str] = []
    kind = source.type if source.type in fields.ENTRY_TYPES or source.type in fields.NOT_WORKS else "misc"
    if kind == "misc" and _is_online(source):
        kind = "online"
        if _only_address(source):
            del left["howpublished"]
            left.setdefault("url", source.work.get("url"))  # `address` below makes one of it
    for name in dialect_fields.PEOPLE & left.keys():
        left[name] = dialect_fields.people(left[name], dialect="biblatex")
    _put_date(source, left, unsaid)
    _put_kind(source, left)
    _put_edition(left)
    if "doi" in left:
        left["doi"] = dialect_fields.doi(left["doi"])
    for name in ("url", "eprint"):
        if name in left:
            left[name] = dialect_fields.address(left[name])
    if "eprint" in left and "eprinttype" not in left and source.work.custom.get("eprinttype"):
        left["eprinttype"] = encode(text(source.work.custom["eprinttype"]))
    return Said(kind, left, tuple(unsaid))


def _is_online(source: DialectEntry) -> bool:
    """Whether a @misc is a preprint, or has nothing but an address that says where it appeared."""
    return source.written == "misc" and (source.work.type == "article" or _only_address(source))


def _only_address(source: DialectEntry) -> bool:
    work = source.work
    named = work.get("publisher") or work.custom.get("howpublished")
    return "howpublished" in source.fields and bool(work.get("url")) and not named


def _put_date(source: DialectEntry, left: dict[str, str], unsaid: list[str]) -> None:
    state = source.work.get("status")
    if state:
        left["pubstate"] = encode(text(pubstate(state)))
        for name in ("note", "pages"):
            if state_of(characters(macros.resolve_macros(left.get(name, "")))) == state:
                del left[name]
    if "date" in left:
        for name in ("year", "month", "day"):
            left.pop(name, None)
        return
    date = source.work.issued
    written = {name: left.pop(name) for name in ("year", "month", "day") if name in left}
    if date is not None and date.parts and ("year" in written or "year" in source.fields):
        left["date"] = date_fields.write_date(date, biblatex=True)["date"]
        if "month" in written and len(date.parts) == 1 and not date.season and not state:
            unsaid.append("month")
    elif "year" in written and not state and date_fields.parse(characters(macros.resolve_macros(written["year"]))).date:
        unsaid.append("year")


def _put_kind(source: DialectEntry, left: dict[str, str]) -> None:
    """The `type` that BibTeX's types say in their own name; and one in words as the key for it, which is translated."""
    said = fields.GENRE_OF_ALIAS.get(source.written, "")
    if "type" in left:
        word = characters(macros.resolve_macros(left["type"])).lower()
        left["type"] = dialect_fields.GENRE_KEYS.get(word, left["type"])
    elif said:
        left["type"] = said


def _put_edition(left: dict[str, str]) -> None:
    """biblatex wants a number where it is one."""
    if "edition" in left:
        left["edition"] = edition_number(characters(macros.resolve_macros(left["edition"]))) or left["edition"]
