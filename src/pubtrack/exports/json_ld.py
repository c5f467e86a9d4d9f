"""schema.org: a `Selection` to JSON-LD that may stand in a page's <script type="application/ld+json">."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pubtrack.exports import _json_layout, _shared_fields
from pubtrack.exports._selection import Selection
from pubtrack.model.name import ME, Name
from pubtrack.model.work import Work

TYPES: Mapping[str, str] = {
    "article": "ScholarlyArticle", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "paper-conference": "ScholarlyArticle", "book": "Book", "pamphlet": "Book",
    "classic": "Book", "chapter": "Chapter", "entry": "Chapter", "entry-dictionary": "Chapter",
    "entry-encyclopedia": "Chapter", "thesis": "Thesis", "report": "Report", "manuscript": "Manuscript",
    "dataset": "Dataset", "software": "SoftwareApplication", "webpage": "WebPage", "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting", "review": "Review", "review-book": "Review", "periodical": "Periodical",
    "collection": "Collection", "legislation": "Legislation", "map": "Map", "motion_picture": "Movie",
    "graphic": "ImageObject", "figure": "ImageObject", "song": "MusicRecording",
}  # fmt: skip
"""CSL's types and schema.org's; any other is a CreativeWork."""

_ARTICLES = frozenset({"ScholarlyArticle", "Article", "NewsArticle", "Report", "SocialMediaPosting", "BlogPosting"})
_START = '{\n  "@context": "https://schema.org",\n  "@graph": ['


def export(selection: Selection) -> str:
    """One `@graph` with a node for each work; no `<`, `>` or `&` stands in it bare."""
    graph = [_node(work) for work in selection.works]
    return _json_layout.dump({"@context": "https://schema.org", "@graph": graph}, in_script=True)


def is_former(text: str) -> bool:
    """In this very layout, with the same beginning."""
    return text.startswith(_START) and _json_layout.in_this_layout(text, in_script=True) is not None


def _node(work: Work) -> dict[str, Any]:
    kind = TYPES.get(work.type, "CreativeWork")
    get = _getter(work)
    title = get("title") or _shared_fields.word(work.id)
    address = _shared_fields.address(work)
    editors = [_person(name) for name in work.people.get("editor", ())]
    node: dict[str, Any] = {
        "@type": kind,
        "@id": address,
        "name": title,
        "headline": title if kind in _ARTICLES else "",
        "author": [_person(name) for name in work.author],
        "editor": [person for person in editors if person["@type"] == "Person"],
        "contributor": [person for person in editors if person["@type"] != "Person"],  # no editors, schema.org says
        "translator": [_person(name) for name in work.people.get("translator", ())],
        "datePublished": _shared_fields.iso_date(work.issued),
        "creativeWorkStatus": get("status"),
        "isPartOf": _whole(work, kind),
        "publisher": _organization(get("publisher")) if kind != "Thesis" else {},
        "sourceOrganization": _organization(get("publisher")) if kind == "Thesis" else {},
        "inSupportOf": get("genre") if kind == "Thesis" else "",
        "isbn": get("isbn") if kind == "Book" else "",
        "bookEdition": get("edition") if kind == "Book" else "",
        "pagination": get("page") if kind in _ARTICLES or kind == "Chapter" else "",
        "reportNumber": get("number") if kind == "Report" else "",
        "version": get("version"),
        "abstract": get("abstract"),
        "keywords": _shared_fields.keywords(work),
        "inLanguage": get("language"),
        "award": _shared_fields.word(work.custom.get("award_name", "") or work.custom.get("award", "")),
        "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": work.doi} if work.doi else {},
        "url": _shared_fields.link(work, "url") or address,
        "encoding": _encoding(work),
    }
    return _filled(node)


def _getter(work: Work) -> Any:
    return lambda variable: _shared_fields.words(work.values.get(variable, ()))


def _whole(work: Work, kind: str) -> dict[str, Any]:
    """What the work is a part of: an issue of a volume of a journal, a book, or a series of books."""
    get = _getter(work)
    container = get("container_title")
    series = {"@type": "BookSeries", "name": get("collection_title")} if get("collection_title") else {}
    if kind == "Book" or not container:
        return series
    if work.type in ("paper-conference", "chapter", "entry", "entry-dictionary", "entry-encyclopedia"):
        return _filled({"@type": "Book", "name": container, "isbn": get("isbn"), "isPartOf": series})
    whole = _filled({"@type": "Periodical", "name": container, "issn": get("issn")})
    for type_, name, value in (
        ("PublicationVolume", "volumeNumber", get("volume")),
        ("PublicationIssue", "issueNumber", get("issue")),
    ):
        if value:
            whole = {"@type": type_, name: value, "isPartOf": whole}
    return whole


def _person(name: Name) -> dict[str, Any]:
    """A name without parts is an organization's, unless something else says that it is a person's."""
    orcid = f"https://orcid.org/{found}" if (found := _shared_fields.orcid(name)) else ""
    is_person = not name.literal or ME in name.roles or orcid
    particles = [name.dropping_particle, name.non_dropping_particle, name.family]
    return _filled(
        {
            "@type": "Person" if is_person else "Organization",
            "@id": orcid,
            "name": _shared_fields.word(str(name)),
            "givenName": _shared_fields.word(name.given),
            "familyName": _shared_fields.word(" ".join(part for part in particles if part)),
            "honorificSuffix": _shared_fields.word(name.suffix),
        }
    )


def _organization(name: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name} if name else {}


def _encoding(work: Work) -> dict[str, Any]:
    pdf = _shared_fields.link(work, "pdf")
    return {"@type": "MediaObject", "contentUrl": pdf, "encodingFormat": "application/pdf"} if pdf else {}


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}
