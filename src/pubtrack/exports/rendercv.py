"""RenderCV: a `Selection` to its YAML, whose `cv.sections` hold publication entries by section title."""

from __future__ import annotations

import re
from typing import Any

from pubtrack.exports import _checksum_header, _shared_fields, _yaml
from pubtrack.exports._plain_markdown import markdown
from pubtrack.exports._selection import Selection
from pubtrack.model.digits import int_of
from pubtrack.model.name import ME, Name
from pubtrack.model.work import Work

DEFAULT_TITLE = "Publications"

_HIGHLIGHTS = {"italic": "*", "none": ""}  # Markdown has no underline; RenderCV's own way is bold
# RenderCV prints a DOI as a Markdown link, text and all. These characters are what Crossref recommends for DOIs.
_PLAIN_DOI = re.compile(
    r"10\.[0-9.]{4,}/[A-Za-z0-9](?:[A-Za-z0-9.:/-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|\([A-Za-z0-9]*\))*"
)
_LOOSE_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_FRAGMENT = re.compile(r"#(?=[^\W\d]).*")


def export(selection: Selection) -> str:
    """A document for `rendercv render`, or with sections to copy into one.

    Titles, names and venues are escaped as Markdown, as RenderCV reads them; sections of one title are joined.
    """
    sections: dict[str, list[dict[str, Any]]] = {}
    for part in selection.parts:
        entries = sections.setdefault(markdown(_shared_fields.word(part.title)) or DEFAULT_TITLE, [])
        entries += (_entry(work, selection) for work in part.works)
    owner = {"name": markdown(_shared_fields.word(selection.owner))} if selection.owner else {}
    return _checksum_header.add_checksum(_yaml.dump({"cv": owner | {"sections": sections}}), "#")


is_former = _checksum_header.is_sealed


def _entry(work: Work, selection: Selection) -> dict[str, Any]:
    named, others = _shared_fields.people(work)
    entry: dict[str, Any] = {
        "title": markdown(_shared_fields.words(work.title) or _shared_fields.word(work.id)),
        "authors": [_person(name, selection) for name in named] + ["et al."] * others,
    }
    if _PLAIN_DOI.fullmatch(work.doi):
        entry["doi"] = work.doi
    elif url := _shared_fields.address(work):
        entry["url"] = _url(url)
    venue = [part for part in (_shared_fields.venue(work), _shared_fields.numbers(work)) if part]
    if venue:
        entry["journal"] = markdown(", ".join(venue))
    when = _date(work)
    if when:
        entry["date"] = when
    summary = _shared_fields.words(work.values.get("abstract", ()))
    if summary:
        entry["summary"] = markdown(summary)
    return entry


def _person(name: Name, selection: Selection) -> str:
    shown = markdown(_shared_fields.word(str(name)))
    if ME in name.roles:
        mark = _HIGHLIGHTS.get(selection.highlight, "**")
        shown = f"{mark}{shown}{mark}"
    return shown + markdown("".join(sign for role, sign in selection.symbols.items() if role in name.roles))


def _date(work: Work) -> str | int:
    """A year is a number, for RenderCV prints the string "2020" as January 2020."""
    found = _shared_fields.iso_date(work.issued)
    if not found:
        literal = work.issued.literal if work.issued else ""
        return markdown(_shared_fields.word(literal) or _shared_fields.words(work.values.get("status", ())))
    return int_of(found) if found.isdecimal() else found


def _url(url: str) -> str:
    """An address that may stand in Markdown as text too; RenderCV runs what stands behind # as a Typst command."""
    kept = _FRAGMENT.sub("", url)
    for sign in "()*~$'":
        kept = kept.replace(sign, f"%{ord(sign):02X}")
    return _LOOSE_UNDERSCORE.sub("%5F", kept)
