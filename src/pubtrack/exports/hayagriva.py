"""Hayagriva: a `Selection` to the YAML in which Typst keeps bibliographies (`#bibliography("refs.yml")`).

Types, fields and parents are those of hayagriva's page file-format.md. Typst refuses a whole file for one value that is
not as it wants it (a date, a language, a URL), so that a value which may be none stays out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pubtrack.exports import _checksum_header, _shared_fields, _yaml
from pubtrack.exports._selection import Selection
from pubtrack.model.richtext import Text, text
from pubtrack.model.work import Date, Work

TYPES: Mapping[str, tuple[str, str]] = {
    "article-journal": ("article", "periodical"), "article-magazine": ("article", "periodical"),
    "article-newspaper": ("article", "newspaper"), "review": ("article", "periodical"),
    "review-book": ("article", "periodical"), "article": ("article", "repository"),
    "paper-conference": ("article", "proceedings"), "book": ("book", "book"), "classic": ("book", "book"),
    "collection": ("anthology", "book"), "chapter": ("chapter", "book"), "entry": ("entry", "reference"),
    "entry-dictionary": ("entry", "reference"), "entry-encyclopedia": ("entry", "reference"),
    "thesis": ("thesis", "book"), "report": ("report", "book"), "manuscript": ("manuscript", "book"),
    "webpage": ("web", "web"), "post": ("post", "thread"), "post-weblog": ("article", "blog"),
    "dataset": ("repository", "repository"), "software": ("repository", "repository"), "patent": ("patent", "book"),
    "legislation": ("legislation", "anthology"), "bill": ("legislation", "anthology"),
    "regulation": ("legislation", "anthology"), "treaty": ("legislation", "anthology"),
    "legal_case": ("case", "book"), "hearing": ("case", "book"), "motion_picture": ("video", "video"),
    "broadcast": ("video", "video"), "song": ("audio", "audio"), "musical_score": ("audio", "book"),
    "graphic": ("artwork", "exhibition"), "figure": ("artwork", "article"), "map": ("artwork", "book"),
    "performance": ("performance", "misc"), "periodical": ("periodical", "periodical"),
}  # fmt: skip
"""CSL's types: hayagriva's, and the type of what contains the work. Any other is `misc`."""
ROLES: Mapping[str, str] = {
    "translator": "translator", "compiler": "compiler", "director": "director", "producer": "producer",
    "executive_producer": "executive-producer", "composer": "composer", "illustrator": "illustrator",
    "narrator": "narrator", "organizer": "organizer", "performer": "cast-member", "script_writer": "writer",
    "contributor": "collaborator",
}  # fmt: skip
"""Roles of CSL's that hayagriva knows beside authors and editors."""

_CONTROL = re.compile(r"[\\{}$]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")


def export(selection: Selection) -> str:
    """A mapping from citation keys to entries, in order; a key that is there already gets a number behind it."""
    entries: dict[str, Any] = {}
    for work in selection.works:
        stem = _shared_fields.word(work.id) or "work"
        key, count = stem, 1
        while key in entries:
            count += 1
            key = f"{stem}-{count}"
        entries[key] = _entry(work)
    return _checksum_header.add_checksum(_yaml.dump(entries), "#")


is_former = _checksum_header.is_sealed


def _entry(work: Work) -> dict[str, Any]:
    type_, container_type = TYPES.get(work.type, ("misc", "misc"))
    if work.type == "book" and work.custom.get("entrytype") in ("proceedings", "mvproceedings"):
        type_ = "proceedings"
    parents = [parent for parent in (_container(work, container_type), _event(work)) if parent]
    is_part = bool(work.values.get("container_title"))
    entry: dict[str, Any] = {
        "type": type_,
        "title": _titled(work, "title"),
        "author": _people(work, "author"),
        "editor": [] if is_part else _people(work, "editor"),
        "affiliated": [
            {"role": role, "names": named} for variable, role in ROLES.items() if (named := _people(work, variable))
        ],
        "date": _date(work.issued),
        "publisher": {} if is_part else _publisher(work),
        "genre": _formatted(work, "genre"),
        "edition": "" if is_part else _shared_fields.value(work, "edition"),
        "volume": "" if is_part else _shared_fields.value(work, "volume"),
        "volume-total": _whole_number(_shared_fields.value(work, "number_of_volumes")),
        "issue": "" if is_part else _shared_fields.value(work, "issue"),
        "page-range": _shared_fields.value(work, "page"),
        "page-total": _whole_number(_shared_fields.value(work, "number_of_pages")),
        "serial-number": _serial_numbers(work, is_part=is_part),
        "url": _url(work),
        "language": _language(work),
        "archive": _formatted(work, "archive"),
        "archive-location": _formatted(work, "archive_location"),
        "note": _formatted(work, "note"),
        "abstract": _formatted(work, "abstract"),
        "parent": parents[0] if len(parents) == 1 else parents,
    }
    if not is_part and (series := _series(work)):
        entry["parent"] = [series, *parents] if parents else series
    return _filled(entry)


def _container(work: Work, type_: str) -> dict[str, Any]:
    """The journal or book in which the work is, and the series of that."""
    if not work.values.get("container_title"):
        return {}
    return {"type": type_} | _filled(
        {
            "title": _titled(work, "container_title"),
            "author": _people(work, "container_author"),
            "editor": _people(work, "editor"),
            "publisher": _publisher(work),
            "edition": _shared_fields.value(work, "edition"),
            "volume": _shared_fields.value(work, "volume"),
            "issue": _shared_fields.value(work, "issue"),
            "serial-number": _filled({kind: _shared_fields.value(work, kind) for kind in ("isbn", "issn")}),
            "parent": _series(work),
        }
    )


def _series(work: Work) -> dict[str, Any]:
    """An anthology: of a book in a book CSL styles would print the volume as a chapter's number."""
    title = _titled(work, "collection_title")
    volume = _shared_fields.value(work, "collection_number")
    return _filled({"type": "anthology", "title": title, "volume": volume}) if title else {}


def _event(work: Work) -> dict[str, Any]:
    title, place = _titled(work, "event_title"), _formatted(work, "event_place")
    found = _filled({"title": title, "location": place, "date": _date(work.dates.get("event_date"))})
    return {"type": "conference"} | found if title else {}


def _people(work: Work, role: str) -> list[dict[str, Any]]:
    """People in their parts; hayagriva's prefix is what goes behind the given name. A group has a name alone."""
    found = [
        _filled(
            {
                "name": _shared_fields.word(name.literal or f"{name.non_dropping_particle} {name.family}") or given,
                "given-name": given if name.family and not name.literal else "",
                "prefix": _shared_fields.word(name.dropping_particle),
                "suffix": _shared_fields.word(name.suffix),
            }
        )
        for name, given in ((name, _shared_fields.word(name.given)) for name in work.people.get(role, ()))
    ]
    return [person for person in found if "name" in person] + [{"name": "et al."}] * (role in work.others)


def _formatted(work: Work, variable: str) -> str:
    return _chunks(work.values.get(variable, ()))


def _titled(work: Work, variable: str) -> str | dict[str, str]:
    """A title, with its short form where there is one."""
    long, short = _formatted(work, variable), _formatted(work, f"{variable}_short")
    return {"value": long, "short": short} if long and short else long


def _chunks(value: Text) -> str:
    """A formattable string: what has its case protected stands in braces, nothing else is markup.

    Between dollar signs Typst would run what it reads, so formulas are characters and every such sign is escaped.
    """
    stretches: list[tuple[bool, list[Any]]] = []
    for span in value:
        is_kept = "nocase" in span.marks or "math" in span.marks
        if stretches and stretches[-1][0] == is_kept:
            stretches[-1][1].append(span)
        else:
            stretches.append((is_kept, [span]))
    shown = "".join(
        f"{{{_escaped(tuple(spans))}}}" if is_kept else _escaped(tuple(spans)) for is_kept, spans in stretches
    )
    return _shared_fields.words(text(shown)) if _shared_fields.words(value) else ""


def _escaped(value: Text) -> str:
    before, after = (" " if part.isspace() else "" for part in (value[0].text[:1], value[-1].text[-1:]))
    return before + _CONTROL.sub(r"\\\g<0>", _shared_fields.words(value)) + after


def _date(when: Date | None) -> str:
    """A day, month or year with "~" for about; the first one of a range. The year 44 BC is -0043 (ISO 8601)."""
    if when is None or when.year is None:
        return ""
    found = _shared_fields.iso_date(when)
    if not found and -9998 <= when.year < 0:
        found = f"{when.year + 1:05}" if when.year < -1 else "0000"
    return f"~{found}" if found and when.circa else found


def _publisher(work: Work) -> dict[str, Any]:
    return _filled({"name": _formatted(work, "publisher"), "location": _formatted(work, "publisher_place")})


def _serial_numbers(work: Work, *, is_part: bool) -> dict[str, str]:
    arxiv = work.custom.get("eprint", "") if work.custom.get("eprinttype", "").lower() == "arxiv" else ""
    found = {kind: _shared_fields.value(work, kind) for kind in ("doi", "pmid", "pmcid", "version")}
    found |= {"arxiv": _shared_fields.word(arxiv), "serial": "" if arxiv else _shared_fields.value(work, "number")}
    if not is_part:
        found |= {kind: _shared_fields.value(work, kind) for kind in ("isbn", "issn")}
    return _filled(found)


def _url(work: Work) -> dict[str, Any] | str:
    url = _shared_fields.link(work, "url")
    accessed = _date(work.dates.get("accessed"))
    return {"value": url, "date": accessed} if url and accessed else url


def _language(work: Work) -> str:
    language = _shared_fields.value(work, "language")
    return language if _LANGUAGE.fullmatch(language) else ""


def _whole_number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}
