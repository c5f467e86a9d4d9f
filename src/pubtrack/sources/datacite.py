"""DataCite, the registry of data, theses and arXiv's DOIs: DOIs, titles and authors to addresses, replies to records.

https://api.datacite.org (JSON:API); the attributes are those of the DataCite Metadata Schema 4.6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from pubtrack.model import identifiers
from pubtrack.model.name import Name
from pubtrack.model.record import PREPRINT_OF, Identifier, Record
from pubtrack.model.work import Date
from pubtrack.sources import _json, _record_dates, _record_names, _work_types
from pubtrack.sources._record_builder import Draft
from pubtrack.sources._service import ReplyError, check_identifier
from pubtrack.sources.crossref import doi_target, url_target

NAME = "datacite"
BATCH = 1
ACCEPT = "application/vnd.api+json"
_BASE = "https://api.datacite.org/dois"
_NOT_WORDS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ARXIV_CLASS = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)\s*\Z")
_VAGUE = frozenset({"text", "other", "collection", ""})
_FIRST = "1"


def url(ids: Sequence[str]) -> str:
    """One work by its DOI."""
    (doi,) = ids
    return f"{_BASE}/{quote(check_identifier(identifiers.doi, doi, 'a DOI'), safe='')}"


def search_url(title: str, author: str = "", rows: int = 5) -> str:
    """Works with these words in the title, and an author of that family name."""
    fields = (("titles.title", title), ("creators.familyName", author))
    terms = [f"{field}:({words})" for field, text in fields if (words := " ".join(_NOT_WORDS.split(text)).strip())]
    if not terms:
        raise ValueError("there is no word to search for")
    return f"{_BASE}?query={quote(' AND '.join(terms), safe='')}&page[size]={min(max(rows, 1), 100)}"


def author_url(orcid: str, cursor: str = "*") -> str:
    """A page of the works that name an author's iD."""
    owner = check_identifier(identifiers.orcid, orcid, "an ORCID iD")
    query = quote(f'creators.nameIdentifiers.nameIdentifier:"https://orcid.org/{owner}"', safe="")
    return f"{_BASE}?query={query}&page[size]=100&page[cursor]={quote(_FIRST if cursor == '*' else cursor, safe='')}"


def next_cursor(content: bytes) -> str:
    """Where the next page of a list begins, "" behind the last one; the address that the reply holds is not used."""
    reply = _json.load(content)
    if not _json.mappings(reply, "data"):
        return ""
    try:
        found = parse_qs(urlsplit(_json.string(reply, "links", "next")).query).get("page[cursor]")
    except ValueError:
        return ""
    return found[0] if found else ""


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of a reply about one DOI or about many."""
    reply = _json.load(content)
    found = reply.get("data") if isinstance(reply, dict) else None
    if isinstance(found, dict):
        record = _record(found)
        if record is not None:
            return (record,)
    elif isinstance(found, list):
        return tuple(record for item in _json.mappings(found) if (record := _record(item)) is not None)
    raise ReplyError("the reply is about no DOI")


def _record(item: dict[str, Any]) -> Record | None:
    given = _json.mapping(item, "attributes")
    doi = identifiers.doi(_json.string(given, "doi") or _json.string(item, "id"))
    if not doi or not given:
        return None
    draft = Draft(NAME, doi)
    draft.url = f"https://doi.org/{quote(doi, safe='/:;()')}"
    draft.put_doi(doi)
    _put_type(draft, given)
    _put_titles(draft, given)
    creators = _json.mappings(given, "creators")
    draft.put_people("author", (name for creator in creators for name in _people_of(creator)))
    editors = [one for one in _json.mappings(given, "contributors") if one.get("contributorType") == "Editor"]
    draft.put_people("editor", (name for editor in editors for name in _people_of(editor)))
    _put_dates(draft, given)
    _put_container(draft, given)
    _put_publisher(draft, given)
    draft.put_language(_json.string(given, "language"))
    draft.put("version", _json.string(given, "version") if draft.type in ("software", "dataset") else "")
    for description in _json.mappings(given, "descriptions"):
        if _json.string(description, "descriptionType") == "Abstract":
            draft.put_abstract(_json.string(description, "description"))
    _put_links(draft, given)
    return draft.record()


def _put_type(draft: Draft, given: dict[str, Any]) -> None:
    """The general type; where that is "Text" or the like, the free one or the CSL one if either is known."""
    general = _json.string(given, "types", "resourceTypeGeneral")
    free = _json.string(given, "types", "resourceType")
    draft.registered_type = (general if _plain(general) not in _VAGUE or not free else f"{general}/{free}")[:80]
    kind = _work_types.DATACITE.get(_plain(general))
    refined = _work_types.DATACITE.get(_plain(free))
    if _plain(general) in ("image", "audiovisual") and refined is not None:
        kind = refined
    if kind is None:
        csl = _json.string(given, "types", "citeproc")
        kind = refined or _work_types.WorkType("thesis" if csl == "thesis" else "book" if csl == "book" else "document")
    draft.type = kind.csl
    if kind.biblatex:
        draft.custom["entrytype"] = kind.biblatex


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()


def _put_titles(draft: Draft, given: dict[str, Any]) -> None:
    titles = _json.mappings(given, "titles")
    main = [_json.string(one, "title") for one in titles if not one.get("titleType")]
    subtitles = [_json.string(one, "title") for one in titles if one.get("titleType") == "Subtitle"]
    others = [_json.string(one, "title") for one in titles if one.get("titleType") not in (None, "", "Subtitle")]
    whole = main or others
    draft.put_titles(next(iter(whole), ""), next(iter(subtitles), ""), [*whole[1:], *others])


def _people_of(item: dict[str, Any]) -> list[Name | None]:
    """The person or group of a creator; old records have all of them in one, with semicolons between."""
    iDs = _json.mappings(item, "nameIdentifiers")  # noqa: N806
    orcid = next((_json.string(one, "nameIdentifier") for one in iDs if _is_orcid(one)), "")
    name, family = _json.string(item, "name"), _json.string(item, "familyName")
    if item.get("nameType") == "Organizational":
        return [_record_names.group_name(name)]
    if family:
        return [_record_names.person(_json.string(item, "givenName"), family, "", orcid)]
    if ";" in name:
        return [_record_names.unsplit_name(part) for part in name.split(";")]
    return [_record_names.unsplit_name(name, orcid)]


def _is_orcid(item: dict[str, Any]) -> bool:
    return _json.string(item, "nameIdentifierScheme").upper() == "ORCID"


def _put_dates(draft: Draft, given: dict[str, Any]) -> None:
    """When it was issued: the fullest date of that year that says so, else when it became available."""
    dates: dict[str, Date] = {}
    for entry in _json.mappings(given, "dates"):
        date = _record_dates.date_of_iso(_json.string(entry, "date"))
        if date is not None:
            dates.setdefault(_json.string(entry, "dateType"), date)
    year = _record_dates.date_of_numbers(_json.number(given, "publicationYear"))
    issued = dates.get("Issued") or year or dates.get("Available")
    if issued is not None and len(issued.parts) == 1:
        fuller = (dates.get(kind) for kind in ("Available", "Submitted" if draft.type == "article" else ""))
        issued = next((date for date in fuller if date and date.year == issued.year), issued)
    draft.put_date(issued)
    draft.put_year("issued", dates.get("Issued") or year)
    draft.put_year("online", dates.get("Available"))
    draft.put_year("posted", dates.get("Submitted"))
    draft.put_year("updated", dates.get("Updated"))


def _put_container(draft: Draft, given: dict[str, Any]) -> None:
    container = _json.mapping(given, "container")
    title = _json.string(container, "title")
    if draft.type in ("thesis", "book"):
        draft.put_title("collection_title", title if draft.type == "book" else "")
        draft.put_containers([title] if draft.type == "book" else [])
    else:
        draft.put_title("container_title", title)
        draft.put_containers([title])
    if draft.type in ("article-journal", "paper-conference", "chapter", "book"):
        draft.put("volume", _json.string(container, "volume"))
        draft.put("issue", _json.string(container, "issue"))
        draft.put("collection_number" if draft.type == "book" else "number", _json.string(container, "number"))
        first, last = _json.string(container, "firstPage"), _json.string(container, "lastPage")
        if any(map(str.isdigit, first)):  # the rest of a title gets there by a wrong comma
            draft.put_pages(first, last)
    named = [(container.get("identifierType"), container.get("identifier"))]
    named += (
        (entry.get("relatedIdentifierType"), entry.get("relatedIdentifier"))
        for entry in _json.mappings(given, "relatedIdentifiers")
        if _json.string(entry, "relationType") in ("IsPartOf", "IsPublishedIn")
    )
    draft.put_issn(value for kind, value in named if kind == "ISSN")
    draft.put_isbn(value for kind, value in named if kind == "ISBN")


def _put_publisher(draft: Draft, given: dict[str, Any]) -> None:
    """The publisher, which is a string, or an object with a name in it (from September 2027 always)."""
    publisher = _json.string(given, "publisher") or _json.string(given, "publisher", "name")
    number = identifiers.arxiv(draft.id) if draft.id.startswith(identifiers.ARXIV_DOI) else ""
    if draft.type == "article" or number:
        draft.as_preprint("arXiv" if number else publisher, number)
        subjects = _json.mappings(given, "subjects") if number else []
        classes = (_ARXIV_CLASS.search(_json.string(entry, "subject")) for entry in subjects if _is_arxiv(entry))
        draft.put_custom("eprintclass", next((found[1] for found in classes if found), ""))
    elif draft.type == "thesis":
        draft.put_thesis(_json.string(given, "types", "resourceType"), publisher)
    else:
        draft.put("publisher", publisher)


def _is_arxiv(subject: dict[str, Any]) -> bool:
    return _json.string(subject, "subjectScheme").lower() == "arxiv"


def _put_links(draft: Draft, given: dict[str, Any]) -> None:
    """Relations in Crossref's words: `IsSupplementTo` is `is-supplement-to`.

    arXiv says that a preprint "is version of" the published paper, which is Crossref's `is-preprint-of`.
    """
    for entry in _json.mappings(given, "relatedIdentifiers"):
        word = _json.string(entry, "relationType")
        if not word.isalpha() or word in ("IsPartOf", "IsPublishedIn", "Cites", "References", "IsCitedBy"):
            continue
        kind = _CAMEL.sub("-", word).lower()
        if draft.type == "article" and kind in ("is-version-of", "is-published-in", "is-identical-to"):
            kind = PREPRINT_OF
        draft.relate(kind[:50], _target(entry))


def _target(entry: dict[str, Any]) -> Identifier | None:
    kind, value = (
        _json.string(entry, "relatedIdentifierType").upper(),
        _json.string(entry, "relatedIdentifier"),
    )
    if kind == "DOI":
        return doi_target(value)
    if kind == "ARXIV":
        return identifiers.identifier("arxiv", value)
    if kind in ("PMID", "ISBN"):
        return identifiers.identifier("pmid" if kind == "PMID" else "isbn", value)
    return url_target(value) if kind == "URL" else None
