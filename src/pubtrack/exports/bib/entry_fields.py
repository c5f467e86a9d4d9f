"""The fields of an exported entry, as a profile wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pubtrack.bibtex import date_fields, dialect_fields, fields, from_work, macros, to_bibtex
from pubtrack.bibtex.case_protection import protect_words, with_commands_kept
from pubtrack.bibtex.dialect_fields import DialectEntry, Said
from pubtrack.bibtex.latex import characters
from pubtrack.bibtex.to_biblatex import to_biblatex
from pubtrack.exports.bib import journals
from pubtrack.exports.bib.profiles import PUBLIC, REFERRING, Profile
from pubtrack.model.date_words import MONTH_NAMES
from pubtrack.model.edtf import parse_edtf

_DATES = frozenset({"date", "year", "month", "day"})
_BIBLATEX_ALIASES = frozenset({"conference", "electronic", "mastersthesis", "phdthesis", "techreport", "www"})
"""Other names of types that biblatex has itself (manual, section "Type Aliases")."""
_FROM_WORK = ("date", "year", "month", "day")


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """An entry as it is to be written: its type, its fields as the dialect spells them, what could not be said."""

    type: str
    fields: Mapping[str, str]
    unsaid: tuple[str, ...] = ()


def export_entry(source: DialectEntry, profile: Profile, venues: Mapping[str, str]) -> ExportedEntry:
    """The entry, with what it inherits, as the profile wants it; of a `whole` profile its own fields alone."""
    if source.type in fields.NOT_WORKS and source.type != "set" and source.type != "xdata":
        return ExportedEntry(source.written, dict(source.fields))  # what steers a style: IEEEtran's BSTcontrol
    if profile.whole:
        return _whole(source, profile)
    chosen = journals.name_venues(_public(source, profile), profile, venues)
    if source.type == "xdata":
        return ExportedEntry("xdata", _finished(Said("xdata", _spelt(chosen, profile)), source, profile))
    said = _said(chosen, profile)
    return ExportedEntry(said.type, _finished(said, source, profile), _lost(said, source, profile))


def biblatex_field(name: str) -> str:
    """biblatex's name of a field as a dialect spells it."""
    return fields.field_name(name)[0]


def _public(source: DialectEntry, profile: Profile) -> DialectEntry:
    """The entry without its private fields and those that the profile drops, but for what its type requires."""
    required = dialect_fields.REQUIRED.get(source.type, frozenset())

    def stays(name: str) -> bool:
        if name in profile.keep or (name in required and name != "type"):
            return True
        return name in PUBLIC and name not in profile.drop

    kept = {name: value for name, value in source.fields.items() if stays(name)}
    return replace(source, fields=kept)


def _said(source: DialectEntry, profile: Profile) -> Said:
    if profile.dialect == "biblatex":
        return to_biblatex(source)
    return to_bibtex.to_bibtex(source, native=profile.types, kept=profile.keep, eprints=profile.eprints)


def _lost(said: Said, source: DialectEntry, profile: Profile) -> tuple[str, ...]:
    """What the dialect could not say of the entry's own fields that the profile would have."""
    wanted = source.own & (PUBLIC if profile.fields is None else profile.fields)
    return tuple(name for name in said.unsaid if name in wanted and name not in profile.drop)


def _finished(said: Said, source: DialectEntry, profile: Profile) -> dict[str, str]:
    found = {name: value for name, value in said.fields.items() if _wanted(biblatex_field(name), source, profile)}
    _linked(found, profile)
    if not profile.months:
        _without_months(found)
    for name, value in found.items():
        if biblatex_field(name) in dialect_fields.PEOPLE:
            found[name] = dialect_fields.limit_names(value, profile.max_authors)
    if "pages" in found:
        found["pages"] = dialect_fields.pages(found["pages"], profile.dashes)
    for name in dialect_fields.TITLES & found.keys():
        found[name] = "".join(
            macros.mark_macro(macro, text) if macro else _protected(text, profile)
            for macro, text in macros.split_macros(found[name])
        )
    return found


def _protected(title: str, profile: Profile) -> str:
    title = protect_words(title) if profile.protect == "acronyms" else title
    return with_commands_kept(title) if profile.dialect == "bibtex" else title


def _wanted(name: str, source: DialectEntry, profile: Profile) -> bool:
    """Whether a field stays; `note` is here only where it is required or was made of other fields."""
    if name in profile.keep or name in dialect_fields.REQUIRED.get(source.type, ()):
        return True
    if name in profile.drop or (name in ("month", "day") and not profile.months):
        return False
    if profile.fields is None or name == "note":
        return True
    return (
        name in profile.fields
        or name in REFERRING - {"related", "relatedtype"}
        or (name in _DATES and bool(_DATES & profile.fields))
    )


def _linked(found: dict[str, str], profile: Profile) -> None:
    has_doi, has_url = bool(found.get("doi")), bool(found.get("url"))
    gone = {
        "both": (),
        "doi": ("url",) if has_doi else (),
        "url": ("doi",) if has_url else (),
        "none": ("doi", "url"),
    }[profile.links]
    for name in gone:
        found.pop(name, None)
    if "url" not in found:
        found.pop("urldate", None)


def _without_months(found: dict[str, str]) -> None:
    date = parse_edtf(found["date"]) if "date" in found else None
    if date is not None and date.parts:
        end = date.end[:1] if date.end else date.end
        end = None if end == date.parts[:1] else end
        found["date"] = date_fields.write_date(replace(date, parts=date.parts[:1], end=end, season=0), biblatex=True)[
            "date"
        ]


def _spelt(source: DialectEntry, profile: Profile) -> dict[str, str]:
    """Fields under the dialect's names."""
    if profile.dialect == "biblatex":
        return dict(source.fields)
    return {fields.BIBTEX_NAMES.get(name, name): value for name, value in source.fields.items()}


# Everything, as it is ----------------------------------------------------------------------------------------------


def _whole(source: DialectEntry, profile: Profile) -> ExportedEntry:
    """Every field of the entry's own, so that it is read as the same work; only words that the dialect lacks change."""
    work = source.work
    kind = source.written
    left = {name: source.fields[name] for name in source.fields if name in source.own and name not in profile.drop}
    is_foreign = profile.dialect == "bibtex" and kind not in to_bibtex.TYPES
    if is_foreign or (profile.dialect == "biblatex" and kind in fields.TYPE_ALIASES.keys() - _BIBLATEX_ALIASES):
        kind = from_work.entry_type(work, profile.dialect) if source.type not in fields.NOT_WORKS else kind
        if kind != source.written:
            composed = from_work.entry_fields(work, profile.dialect, "unicode")
            left.pop("type", None)
            left |= {name: composed[name] for name in ("type", "entrysubtype") if name in composed}
    if ("date" in left) == (profile.dialect == "bibtex") and _DATES & left.keys() and work.issued is not None:
        composed = from_work.entry_fields(work, profile.dialect, "unicode")
        if any(name in composed for name in _FROM_WORK):
            left = {name: value for name, value in left.items() if name not in _DATES}
            left |= {name: composed[name] for name in _FROM_WORK if name in composed}
    named = _spelt(replace(source, fields=left), profile)
    if profile.dialect == "bibtex":
        if kind in ("phdthesis", "mastersthesis") and "institution" in named:
            named["school"] = named.pop("institution")
        if "sortkey" in named:
            named["key"] = named.pop("sortkey")
        month = characters(named.get("month", "")).lower()
        if month in map(str.lower, MONTH_NAMES[1:]):
            named["month"] = macros.mark_macro(month[:3], month.capitalize())
    return ExportedEntry(kind, named)
