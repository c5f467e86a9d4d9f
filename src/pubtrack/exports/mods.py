"""MODS 3.7: a `Selection` to the Library of Congress's XML, which libraries, repositories and bibutils read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from pubtrack.exports import _shared_fields, _xml_layout
from pubtrack.exports._selection import Selection
from pubtrack.model.name import Name
from pubtrack.model.work import Date, Work

NAMESPACE = "http://www.loc.gov/mods/v3"

GENRES: Mapping[str, str] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "newspaper article",
    "review": "review", "review-book": "review", "paper-conference": "conference paper", "book": "book",
    "classic": "book", "chapter": "book chapter", "entry": "encyclopedia entry", "entry-dictionary": "dictionary entry",
    "entry-encyclopedia": "encyclopedia entry", "thesis": "thesis", "report": "technical report", "patent": "patent",
    "standard": "standard or specification", "dataset": "dataset", "software": "computer program",
    "webpage": "web site", "post": "web site", "post-weblog": "web site", "legislation": "legislation",
    "legal_case": "legal case and case notes", "treaty": "treaty", "map": "map", "motion_picture": "motion picture",
    "song": "sound", "graphic": "picture", "speech": "speech", "personal_communication": "letter",
    "interview": "interview", "periodical": "periodical", "manuscript": "unpublished", "article": "preprint",
}  # fmt: skip
"""CSL's types and the words of the MARC Genre Term List, as far as it has one."""
_MARC = frozenset(
    "article book dataset interview legislation letter map patent periodical picture review sound speech thesis treaty"
    .split()
) | {"computer program", "technical report", "standard or specification", "motion picture",
     "web site", "legal case and case notes"}  # fmt: skip
_PERIODICALS: Mapping[str, str] = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_RESOURCES: Mapping[str, str] = {
    "map": "cartographic", "song": "sound recording", "musical_score": "notated music", "graphic": "still image",
    "figure": "still image", "motion_picture": "moving image", "broadcast": "moving image",
    "software": "software, multimedia", "dataset": "software, multimedia",
}  # fmt: skip
"""What MODS calls the kind of resource (`typeOfResource`); text for every other type."""
# MARC's relators: what each role is called there.
_RELATORS: Mapping[str, str] = {
    "author": "author", "editor": "editor", "translator": "translator", "compiler": "compiler", "director": "director",
    "producer": "producer", "composer": "composer", "illustrator": "illustrator", "narrator": "narrator",
    "contributor": "contributor", "interviewer": "interviewer", "recipient": "addressee", "performer": "performer",
}  # fmt: skip
_OF_THE_WHOLE: Mapping[str, str] = {"container_author": "author", "editor": "editor"}
_NCNAME = re.compile(r"[A-Za-z_][\w.-]*", re.A)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def export(selection: Selection) -> str:
    """`<modsCollection>` with a `<mods>` for each work.

    The journal or book is its related item `host`, with volume, issue and pages as `part`; a book in a series has
    `series`. Marks are characters (H₂O); the citation key is an identifier, and the `ID` where XML allows it as one.
    """
    root = Element("modsCollection", {"xmlns": NAMESPACE})
    taken: set[str] = set()
    for work in selection.works:
        record = SubElement(root, "mods", {"version": "3.7"})
        if _NCNAME.fullmatch(work.id) and work.id not in taken:
            record.set("ID", work.id)
            taken.add(work.id)
        _describe(record, work)
    return _xml_layout.document(root)


is_former = _xml_layout.is_former


def _describe(record: Element, work: Work) -> None:
    whole = _whole(work)
    _title(record, _shared_fields.value(work, "title"), _shared_fields.value(work, "title_short"))
    for role, relator in _RELATORS.items():
        if not (whole is not None and role in _OF_THE_WHOLE and role != "author"):
            _people(record, work, role, relator)
    if work.type == "thesis":
        _name(record, Name(literal=_shared_fields.value(work, "publisher")), "degree grantor")
    _xml_layout.put_text(record, "typeOfResource", _RESOURCES.get(work.type, "text"))
    _genres(record, work)
    _origin(record, work, whole)
    _languages(record, work)
    for element, variable in (("abstract", "abstract"), ("note", "note")):
        _xml_layout.put_text(record, element, _shared_fields.value(work, variable))
    _xml_layout.put_text(record, "note", _shared_fields.value(work, "status"), type="publication status")
    for keyword in _shared_fields.keywords(work):
        subject = SubElement(record, "subject")
        _xml_layout.put_text(subject, "topic", keyword)
    if whole is not None:
        record.append(whole)
    else:
        _part(record, work)
    _series(record if whole is None else whole, work)
    _identify(record, work, whole)


def _title(parent: Element, title: str, short: str = "") -> None:
    _xml_layout.put_text(parent, "titleInfo/title", title)
    if short:
        _xml_layout.put_text(SubElement(parent, "titleInfo", {"type": "abbreviated"}), "title", short)


def _people(parent: Element, work: Work, role: str, relator: str) -> None:
    for name in work.people.get(role, ()):
        _name(parent, name, relator)
    if role in work.others:
        name_element = SubElement(parent, "name")
        SubElement(name_element, "etal").text = "et al."
        _xml_layout.put_text(name_element, "role/roleTerm", relator, authority="marcrelator", type="text")


def _name(parent: Element, name: Name, relator: str) -> None:
    """A person in parts; a literal, which may be a person or a group, without a type."""
    family = _shared_fields.word(f"{name.non_dropping_particle} {name.family}")
    given = _shared_fields.word(f"{name.given} {name.dropping_particle}")
    literal = _shared_fields.word(name.literal)
    if not (literal or family or given):
        return
    element = SubElement(parent, "name", {} if literal else {"type": "personal"})
    if literal:
        _xml_layout.put_text(element, "namePart", literal)
    else:
        _xml_layout.put_text(element, "namePart", given, type="given")
        _xml_layout.put_text(element, "namePart", family, type="family")
        _xml_layout.put_text(element, "namePart", _shared_fields.word(name.suffix), type="termsOfAddress")
    _xml_layout.put_text(element, "role/roleTerm", relator, authority="marcrelator", type="text")
    if orcid := _shared_fields.orcid(name):
        _xml_layout.put_text(element, "nameIdentifier", orcid, type="orcid", typeURI="https://orcid.org")


def _genres(record: Element, work: Work) -> None:
    genre = GENRES.get(work.type, "")
    if genre in _MARC:
        _xml_layout.put_text(record, "genre", genre, authority="marcgt")
    else:
        _xml_layout.put_text(record, "genre", genre)
    _xml_layout.put_text(record, "genre", _shared_fields.value(work, "genre"))


def _origin(record: Element, work: Work, whole: Element | None) -> None:
    """Publisher, place and edition; they are the book's where the work is a part of one."""
    _date(record, "dateIssued", work.issued)
    holder = record if whole is None else whole
    if work.type != "thesis":
        _xml_layout.put_text(holder, "originInfo/publisher", _shared_fields.value(work, "publisher"))
    if place := _shared_fields.value(work, "publisher_place"):
        _xml_layout.put_text(_xml_layout.new_element(holder, "originInfo/place"), "placeTerm", place, type="text")
    _xml_layout.put_text(
        holder, "originInfo/edition", _shared_fields.value(work, "edition") or _shared_fields.value(work, "version")
    )


def _date(record: Element, name: str, when: Date | None) -> None:
    """A date of W3CDTF's, both ends of a range, else words."""
    if when is None:
        return
    start = _shared_fields.iso_date(when)
    end = _shared_fields.iso_date(Date(when.end)) if when.end else ""
    qualifier = {"qualifier": "approximate"} if when.circa else {}
    if start and end:
        _xml_layout.put_text(record, f"originInfo/{name}", start, encoding="w3cdtf", point="start", **qualifier)
        _xml_layout.put_text(record, f"originInfo/{name}", end, encoding="w3cdtf", point="end", **qualifier)
    elif start:
        _xml_layout.put_text(record, f"originInfo/{name}", start, encoding="w3cdtf", **qualifier)
    else:
        _xml_layout.put_text(
            record, f"originInfo/{name}", _shared_fields.word(when.literal) or _shared_fields.year(when), **qualifier
        )


def _languages(record: Element, work: Work) -> None:
    language = _shared_fields.value(work, "language")
    if _LANGUAGE.fullmatch(language):
        _xml_layout.put_text(record, "language/languageTerm", language, type="code", authority="rfc5646")
    else:
        _xml_layout.put_text(record, "language/languageTerm", language, type="text")


def _whole(work: Work) -> Element | None:
    """The journal or book in which the work is, with the place that it has there."""
    container = _shared_fields.value(work, "container_title")
    if not container:
        return None
    whole = Element("relatedItem", {"type": "host"})
    _title(whole, container, _shared_fields.value(work, "container_title_short"))
    for role, relator in _OF_THE_WHOLE.items():
        _people(whole, work, role, relator)
    is_periodical = work.type.startswith(("article-", "review"))
    if is_periodical:
        _xml_layout.put_text(whole, "originInfo/issuance", "continuing")
        _xml_layout.put_text(whole, "genre", _PERIODICALS.get(work.type, "academic journal"))
        _xml_layout.put_text(whole, "genre", "periodical", authority="marcgt")
    else:
        _xml_layout.put_text(whole, "originInfo/issuance", "monographic")
        is_conference = work.type == "paper-conference"
        _xml_layout.put_text(whole, "genre", "conference publication" if is_conference else "book", authority="marcgt")
    _part(whole, work)
    return whole


def _part(parent: Element, work: Work) -> None:
    """Volume, issue, number, chapter and pages."""
    details = {"volume": "volume", "issue": "issue", "number": "number", "chapter": "chapter_number"}
    for kind, variable in details.items():
        if number := _shared_fields.value(work, variable):
            _xml_layout.put_text(_part_of(parent, "detail", type=kind), "number", number)
    first, last = _shared_fields.pages(work)
    if last:
        extent = _part_of(parent, "extent", unit="page")
        _xml_layout.put_text(extent, "start", first)
        _xml_layout.put_text(extent, "end", last)
    elif first:
        _xml_layout.put_text(_part_of(parent, "detail", type="page"), "number", first)


def _part_of(parent: Element, name: str, **attributes: str) -> Element:
    return _xml_layout.new_element(parent, f"part/{name}", **attributes)


def _series(parent: Element, work: Work) -> None:
    if title := _shared_fields.value(work, "collection_title"):
        series = SubElement(parent, "relatedItem", {"type": "series"})
        _title(series, title)
        if number := _shared_fields.value(work, "collection_number"):
            _xml_layout.put_text(_part_of(series, "detail", type="volume"), "number", number)


def _identify(record: Element, work: Work, whole: Element | None) -> None:
    for kind in ("isbn", "issn"):
        _xml_layout.put_text(
            record if whole is None else whole, "identifier", _shared_fields.value(work, kind), type=kind
        )
    for kind in ("doi", "pmid", "pmcid"):
        _xml_layout.put_text(record, "identifier", _shared_fields.value(work, kind), type=kind)
    _xml_layout.put_text(record, "identifier", _shared_fields.word(work.id), type="citekey")
    if url := _shared_fields.link(work, "url"):
        accessed = _shared_fields.iso_date(work.dates.get("accessed"))
        _xml_layout.put_text(record, "location/url", url, **({"dateLastAccessed": accessed} if accessed else {}))
