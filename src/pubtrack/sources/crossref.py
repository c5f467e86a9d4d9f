"""Crossref, the registry of most articles and books: DOIs, titles and authors to addresses, replies to records.

https://api.crossref.org; the members are described in Crossref's rest-api-doc, api_format.md. What of a reply does not
arrive: references, licences, funders, affiliations and counts, which no citation prints.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pubtrack.bibtex import preprints
from pubtrack.model import identifiers
from pubtrack.model.record import Identifier, Record
from pubtrack.model.vocabulary import TYPES
from pubtrack.model.work import Date
from pubtrack.sources import _json, _record_dates, _record_names, _work_types
from pubtrack.sources._record_builder import Draft, book_and_series, journal_of
from pubtrack.sources._sanitize import address
from pubtrack.sources._service import ReplyError, check_identifier

NAME = "crossref"
BATCH = 50
ACCEPT = "application/json"
_BASE = "https://api.crossref.org/works"
_MOST_ROWS = 1000
_WORK = {"status": "ok", "message-type": "work", "message-version": "1.0.0"}
_CHAPTERS = frozenset({"chapter", "paper-conference", "entry-encyclopedia"})
_RELATED_KINDS = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "isbn": "isbn", "uri": "url", "url": "url"}


# Addresses ---------------------------------------------------------------------------------------------------------


def url(ids: Sequence[str]) -> str:
    """One work by its DOI, or up to 50 in one request; only `is_batchable` DOIs may share one."""
    dois = [check_identifier(identifiers.doi, doi, "a DOI") for doi in ids]
    if len(dois) == 1:
        return f"{_BASE}/{quote(dois[0], safe='')}"
    if not 2 <= len(dois) <= BATCH or not all(map(is_batchable, dois)):
        raise ValueError(f"Crossref takes 1 to {BATCH} DOIs at once, those with a comma alone")
    wanted = quote(",".join(f"doi:{doi}" for doi in dois), safe=":,")
    return f"{_BASE}?filter={wanted}&rows={len(dois)}"


def is_batchable(doi: str) -> bool:
    """Whether a DOI can stand in a list: the comma, which parts the filters of a list, has no escape."""
    return "," not in doi


def search_url(title: str, author: str = "", rows: int = 5) -> str:
    """Works whose description is like these words; `query.title` is deprecated, so the title goes into the whole."""
    words = f"query.bibliographic={quote(title, safe='')}"
    person = f"&query.author={quote(author, safe='')}" if author else ""
    return f"{_BASE}?{words}{person}&rows={min(max(rows, 1), _MOST_ROWS)}"


def author_url(orcid: str, cursor: str = "*") -> str:
    """A page of the works whose publishers deposited an author's iD, which is one work in six."""
    owner = check_identifier(identifiers.orcid, orcid, "an ORCID iD")
    return f"{_BASE}?filter=orcid:{owner}&rows=100&cursor={quote(cursor, safe='')}"


def isbn_url(isbn: str) -> str:
    """Books, and chapters of books, with an ISBN."""
    return f"{_BASE}?filter=isbn:{check_identifier(identifiers.isbn, isbn, 'an ISBN')}&rows=20"


def next_cursor(content: bytes) -> str:
    """Where the next page of a list begins, "" behind the last one."""
    message = _json.mapping(_envelope(content), "message")
    if not _json.mappings(message, "items"):
        return ""
    return _json.string(message, "next-cursor")


# Replies -----------------------------------------------------------------------------------------------------------


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of a reply about one work or about many; a member of a list that has no DOI is left out."""
    reply = _envelope(content)
    kind = _json.string(reply, "message-type")
    message = reply.get("message")
    if kind == "work-list" and isinstance(message, dict) and isinstance(message.get("items"), list):
        return tuple(record for item in _json.mappings(message, "items") if (record := record_of(item)) is not None)
    if kind == "work" and isinstance(message, dict):
        record = record_of(message)
        if record is not None:
            return (record,)
    raise ReplyError("the reply is about no work")


def split(content: bytes) -> Mapping[str, bytes]:
    """The reply about many as the replies about each would be, by DOI."""
    message = _json.mapping(_envelope(content), "message")
    items = ((identifiers.doi(_json.string(item, "DOI")), item) for item in _json.mappings(message, "items"))
    return {doi: json.dumps(_WORK | {"message": item}).encode() for doi, item in items if doi}


def _envelope(content: bytes) -> dict[str, Any]:
    reply = _json.load(content)
    if not isinstance(reply, dict) or reply.get("status") != "ok":
        raise ReplyError("the reply does not say that it is one of Crossref's")
    return reply


def record_of(item: dict[str, Any], source: str = NAME) -> Record | None:
    """The record of one work as Crossref describes it, None without a DOI.

    `source` is another service that passes on the same members, which may be those of CSL-JSON.
    """
    doi = identifiers.doi(_json.string(item, "DOI"))
    if not doi:
        return None
    draft = Draft(source, doi)
    draft.url = f"https://doi.org/{quote(doi, safe='/:;()')}"
    draft.put_doi(doi)
    _put_type(draft, item)
    _put_titles(draft, item)
    for variable, member in (("author", "author"), ("editor", "editor"), ("translator", "translator")):
        draft.put_people(variable, map(_person, _json.mappings(item, member)))
    _put_containers(draft, item)
    _put_numbers(draft, item)
    _put_publisher(draft, item)
    _put_dates(draft, item)
    _put_event(draft, item)
    draft.put_abstract(_json.string(item, "abstract"))
    _put_links(draft, item)
    return draft.record()


def _put_type(draft: Draft, item: dict[str, Any]) -> None:
    word = _json.string(item, "type")
    subtype = _json.string(item, "subtype")
    kind = _work_types.CROSSREF.get(word) or _work_types.WorkType(word if word in TYPES else "document")
    if word == "posted-content":
        kind = _work_types.POSTED.get(subtype, kind)
    draft.registered_type = f"{word}/{subtype}" if word == "posted-content" and subtype else word[:80]
    draft.type = kind.csl
    if kind.biblatex:
        draft.custom["entrytype"] = kind.biblatex


def _put_titles(draft: Draft, item: dict[str, Any]) -> None:
    titles, subtitles = _json.strings(item, "title"), _json.strings(item, "subtitle")
    translated = [f"{title}: {sub}" for title, sub in zip(titles[1:], subtitles[1:], strict=False)]
    others = [
        *titles[1:],
        *translated,
        *_json.strings(item, "original-title"),
        *_json.strings(item, "short-title"),
    ]
    draft.put_titles(next(iter(titles), ""), next(iter(subtitles), ""), others)
    draft.put_language(_json.string(item, "language"))


def _person(item: dict[str, Any]) -> Any:
    name, orcid = item.get("name") or item.get("literal"), item.get("ORCID")
    if not item.get("family") and isinstance(name, str) and name.strip():
        return _record_names.unsplit_name(name, orcid)
    return _record_names.person(item.get("given"), item.get("family"), item.get("suffix"), orcid)


def _put_containers(draft: Draft, item: dict[str, Any]) -> None:
    draft.put_containers(_json.strings(item, "container-title"), _json.strings(item, "short-container-title"))
    names = list(dict.fromkeys(_json.strings(item, "container-title")))
    if draft.type in _CHAPTERS:
        book, series, only_series = book_and_series(names)
        draft.put_title("container_title", book)
        draft.put_title("collection_title", series)
        if only_series:
            draft.traits.add("venue-is-series")
    elif draft.type == "book":
        draft.put_title("collection_title", next(iter(names), ""))
    else:
        draft.put_title("container_title", journal_of(names))


def _put_numbers(draft: Draft, item: dict[str, Any]) -> None:
    draft.put("volume", _json.string(item, "volume"))
    issue = _json.string(item, "issue") or _json.string(item, "journal-issue", "issue")
    draft.put("issue", issue)
    draft.put("edition", _json.string(item, "edition-number"))
    draft.put_pages(_json.string(item, "page"), article=_json.string(item, "article-number"))
    for member, put in (("isbn-type", draft.put_isbn), ("issn-type", draft.put_issn)):
        kinds = _json.mappings(item, member)
        kinds.sort(key=lambda entry: entry.get("type") != "print")
        put([*(entry.get("value") for entry in kinds), *_json.strings(item, member.partition("-")[0].upper())])


def _put_publisher(draft: Draft, item: dict[str, Any]) -> None:
    """Who published: of theses, reports and data the institution, of preprints the repository."""
    institutions = [_json.string(entry, "name") for entry in _json.mappings(item, "institution")]
    institution = next(filter(None, institutions), "")
    publisher = _json.string(item, "publisher")
    if draft.type == "article":
        container = next(iter(_json.strings(item, "container-title")), "")
        archive = container or institution or publisher or _json.string(item, "group-title")
        if draft.registered_type.startswith("posted-content") or preprints.preprint_of_text(archive):
            draft.as_preprint(archive, _eprint_of(draft))
            return
        draft.type = "document"  # DataCite's CSL-JSON calls software so
    if draft.type == "thesis":
        draft.put_thesis(_json.string(item, "degree"), institution or publisher)
    elif draft.type == "post-weblog":
        draft.put("container_title", _json.string(item, "group-title"))
    elif draft.type == "standard":
        draft.put("publisher", _json.string(item, "standards-body", "name"))
    if draft.type in ("report", "dataset"):
        draft.put("publisher", institution)
    draft.put("publisher", publisher)
    draft.put("publisher_place", _json.string(item, "publisher-location"))


def _eprint_of(draft: Draft) -> str:
    """What of the DOI of a preprint is its number in the archive: arXiv's, bioRxiv's and medRxiv's are made of it."""
    if draft.id.startswith(identifiers.ARXIV_DOI):
        return identifiers.arxiv(draft.id)
    prefix, _, suffix = draft.id.partition("/")
    return suffix if prefix == "10.1101" else ""


def _put_dates(draft: Draft, item: dict[str, Any]) -> None:
    """When it was published: in print, in its issue, online, else whatever came first; never when it was registered.

    `issued` is the earlier of print and online (api_format.md), so that a volume of 2020 would be one of 2019.
    """
    issue = _json.mapping(item, "journal-issue")
    printed = _record_dates.first_of(item, "published-print") or _record_dates.first_of(issue, "published-print")
    online = _record_dates.first_of(item, "published-online", "posted") or _record_dates.first_of(
        issue, "published-online"
    )
    issued = _record_dates.first_of(item, "issued")
    any_date = _record_dates.first_of(item, "published", "content-updated", "content-created", "approved")
    first = _record_dates.first_of(item, "approved") if draft.type == "thesis" else None
    for kind, found in (("print", printed), ("issued", issued)):
        draft.put_year(kind, found[1] if found else None)
    for kind, member in (("online", "published-online"), ("posted", "posted"), ("approved", "approved")):
        found = _record_dates.first_of(item, member)
        draft.put_year(kind, found[1] if found else None)
    chosen = first or printed or online or issued or any_date
    draft.put_date(chosen[1] if chosen else None)


def _put_event(draft: Draft, item: dict[str, Any]) -> None:
    event = _json.mapping(item, "event")
    draft.put("event_title", _json.string(event, "name"))
    draft.put("event_place", _json.string(event, "location"))
    start, end = (_record_dates.date_of_parts(event.get(member)) for member in ("start", "end"))
    draft.put_date(_record_dates.date_range(start, end), "event_date")


def _put_links(draft: Draft, item: dict[str, Any]) -> None:
    for kind, targets in _json.mapping(item, "relation").items():
        if kind.replace("-", "").replace("_", "").isalpha() and len(kind) < 50:
            for target in _json.mappings(targets):
                draft.relate(kind, _target(target))
    for entry in _json.mappings(item, "updated-by"):
        kind = _json.string(entry, "type")
        notice = identifiers.doi(_json.string(entry, "DOI"))
        if kind:
            date: Date | None = _record_dates.date_of_parts(entry.get("updated"))
            draft.update(kind[:80], notice, date, _json.string(entry, "source")[:80])
    for entry in _json.mappings(item, "update-to"):
        draft.relate("updates", doi_target(_json.string(entry, "DOI")))


def _target(target: dict[str, Any]) -> Identifier | None:
    kind = _RELATED_KINDS.get(_json.string(target, "id-type").lower())
    value = _json.string(target, "id")
    if kind == "doi":
        return doi_target(value)
    if kind == "arxiv":
        return identifiers.identifier("arxiv", value)
    if kind == "pmid":
        return identifiers.identifier("pmid", value)
    if kind == "isbn":
        return identifiers.identifier("isbn", value)
    return url_target(value) if kind == "url" else None


def doi_target(value: str) -> Identifier | None:
    """A DOI, which for one of arXiv's is the number there."""
    number = identifiers.arxiv(value) if "arxiv" in value.lower() else ""
    return Identifier("arxiv", number) if number else identifiers.identifier("doi", value)


def url_target(value: str) -> Identifier | None:
    """What an address leads to where its form says so, else the address, if it is one."""
    written = address(value)
    return (identifiers.identifier_of_url(written) or Identifier("url", written)) if written else None
