"""EndNote XML: a `Selection` to the file that EndNote exports itself and imports, with its styles of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from pubtrack.exports import _shared_fields, _xml_layout
from pubtrack.exports._reference_types import NUMBERED, ReferenceType, kind
from pubtrack.exports._selection import Selection
from pubtrack.model.date_words import MONTH_NAMES
from pubtrack.model.richtext import Text, text
from pubtrack.model.work import Date, Work
from pubtrack.writers._inline import one_line
from pubtrack.writers._math import spell_math

_FACES = {"bold": "bold", "italic": "italic", "underline": "underline", "sup": "superscript", "sub": "subscript"}
_EDITED = ReferenceType("EDBOOK", "Edited Book", 28)


def export(selection: Selection) -> str:
    """`<xml><records>`, a record for each work, its elements in the order in which EndNote has them.

    Texts keep bold, italics, underlining, raised and lowered letters; a formula is spelt in these. A name is
    "Family, Given, Suffix", that of a group ends in a comma.
    """
    root = Element("xml")
    records = SubElement(root, "records")
    for number, work in enumerate(selection.works, 1):
        _record(SubElement(records, "record"), work, number)
    return _xml_layout.document(root, inline="style")


is_former = _xml_layout.is_former


def _record(record: Element, work: Work, number: int) -> None:
    _xml_layout.put_text(record, "source-app", "pubtrack", name="pubtrack")
    _xml_layout.put_text(record, "rec-number", str(number))
    edited = work.type == "book" and not work.author and bool(work.people.get("editor"))
    type_ = _EDITED if edited else kind(work)
    _xml_layout.put_text(record, "ref-type", str(type_.number), name=type_.endnote)
    _contributors(record, work, edited=edited)
    for path, value in (*_titles(work), *_numbers(work), *_keywords(work), *_dates(work), *_rest(work)):
        _put(record, path, value)


def _contributors(record: Element, work: Work, *, edited: bool) -> None:
    """Editors are a book's tertiary authors, what it is if there are no others, and secondary ones elsewhere."""
    editors = "authors" if edited else "tertiary-authors" if work.type == "book" else "secondary-authors"
    roles = {"authors": "author", editors: "editor", "subsidiary-authors": "translator"}
    for path, role in roles.items():
        for name in _shared_fields.inverted_names(work, role):
            _put(record, f"contributors/{path}/author", text(name))


def _titles(work: Work) -> Iterator[tuple[str, Text]]:
    get = work.values.get
    container = get("container_title") or get("event_title") or ()
    series = get("collection_title", ())
    yield "titles/title", work.title
    yield "titles/secondary-title", container or series
    yield "titles/tertiary-title", series if container else ()
    yield "titles/short-title", get("title_short", ())
    if work.type.startswith(("article-", "review")):
        yield "periodical/full-title", get("container_title", ())
        yield "periodical/abbr-1", get("container_title_short", ())


def _numbers(work: Work) -> Iterator[tuple[str, Text]]:
    get = work.values.get
    pages = "-".join(part for part in _shared_fields.pages(work) if part)
    yield "pages", text(pages)
    yield "volume", get("volume", ())
    numbers = (get(name, ()) for name in ("issue", "collection_number", "number"))
    yield "number", next((value for value in numbers if value), ()) if work.type not in NUMBERED else get("issue", ())
    yield "num-vols", get("number_of_volumes", ())
    yield "edition", get("edition") or get("version") or ()
    yield "section", get("chapter_number", ())


def _keywords(work: Work) -> Iterable[tuple[str, Text]]:
    return (("keywords/keyword", text(keyword)) for keyword in _shared_fields.keywords(work))


def _dates(work: Work) -> Iterator[tuple[str, Text]]:
    yield "dates/year", text(_shared_fields.year(work.issued) or _shared_fields.value(work, "status"))
    yield "dates/pub-dates/date", text(_day(work.issued))


def _day(when: Date | None) -> str:
    """What of a date is not a year: "May 3", "May", "Spring", or its own words."""
    if when is None:
        return ""
    if when.literal:
        return _shared_fields.word(when.literal)
    _, month, day = (*_shared_fields.iso_date(when).split("-"), "", "")[:3]
    if not month:
        return _shared_fields.season(when)
    return f"{MONTH_NAMES[int(month)]} {int(day)}" if day else MONTH_NAMES[int(month)]


def _rest(work: Work) -> Iterator[tuple[str, Text]]:
    get = work.values.get
    number = get("number", ()) if work.type in NUMBERED else ()
    yield "pub-location", get("publisher_place") or get("event_place") or ()
    yield "publisher", get("publisher", ())
    yield "isbn", number or get("isbn") or get("issn") or ()
    yield "electronic-resource-num", text(_shared_fields.word(work.doi))
    yield "abstract", get("abstract", ())
    yield "label", text(_shared_fields.word(work.id))
    yield "notes", get("note", ())
    yield "work-type", get("genre", ())
    yield "language", get("language", ())
    yield "urls/related-urls/url", text(_shared_fields.link(work, "url"))
    yield "access-date", text(_shared_fields.iso_date(work.dates.get("accessed")))


def _put(record: Element, path: str, value: Text) -> None:
    """`value` at `path`, in an element `style` for each stretch that looks alike."""
    spans = [span for span in one_line(spell_math(value)) if span.text]
    if not spans:
        return
    holder = _xml_layout.new_element(record, path)
    for span in spans:
        face = " ".join(_FACES[mark] for mark in span.marks if mark in _FACES)
        SubElement(holder, "style", face=face or "normal", font="default", size="100%").text = span.text
