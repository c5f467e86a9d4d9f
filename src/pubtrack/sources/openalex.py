"""OpenAlex, an index of all works and their authors: identifiers, titles and authors to addresses, replies to records.

https://api.openalex.org; the members are described at docs.openalex.org, "Work object". OpenAlex makes one work of a
preprint and its published version, and takes the title, the DOI or the venue from either: a record of its is evidence
that a work exists, and whose it is, but no source to copy a title or a DOI from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pubtrack.bibtex import preprints
from pubtrack.model import identifiers
from pubtrack.model.record import HAS_PREPRINT, PREPRINT_OF, Identifier, Record
from pubtrack.sources import _json, _record_dates, _record_names, _work_types
from pubtrack.sources._record_builder import Draft
from pubtrack.sources._service import ReplyError, check_identifier
from pubtrack.sources.crossref import doi_target, url_target

NAME = "openalex"
BATCH = 1
ACCEPT = "application/json"
_BASE = "https://api.openalex.org/works"
_NOT_WORDS = re.compile(r"[\W_]+")
_WORK = re.compile(r"(?:https://openalex\.org/)?(W\d{1,19})", re.A)
_HOST = re.compile(r"(?:(?<!\s)\s++)?\([^()]*+\)\Z")
_MOST_LISTED = 100
"""Of a work in a list OpenAlex names 100 authors at most (docs.openalex.org, "Authorship object")."""


def url(ids: Sequence[str]) -> str:
    """One work by its DOI or OpenAlex's own number; one of arXiv's by the DOI made of its number."""
    (name,) = ids
    own = _WORK.fullmatch(name)
    # The slash of a DOI stays, as the documentation writes it; no segment of an accepted DOI is "..".
    found = own[1] if own else f"doi:{quote(check_identifier(identifiers.doi, name, 'a DOI'), safe='/')}"
    return f"{_BASE}/{found}"


def search_url(title: str, author: str = "", rows: int = 5) -> str:
    """Works with these words in the title; the author cannot be asked for beside them."""
    words = " ".join(_NOT_WORDS.split(title)).strip()
    if not words:
        raise ValueError("there is no word to search for")
    return f"{_BASE}?filter=title.search:{quote(words, safe='')}&per_page={min(max(rows, 1), _MOST_LISTED)}"


def author_url(orcid: str, cursor: str = "*") -> str:
    """A page of the works of an author."""
    owner = check_identifier(identifiers.orcid, orcid, "an ORCID iD")
    return f"{_BASE}?filter=author.orcid:{owner}&per_page={_MOST_LISTED}&cursor={quote(cursor, safe='')}"


def next_cursor(content: bytes) -> str:
    """Where the next page of a list begins, "" behind the last one."""
    reply = _json.load(content)
    return _json.string(reply, "meta", "next_cursor") if _json.mappings(reply, "results") else ""


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of a reply about one work or about many."""
    reply = _json.load(content)
    if isinstance(reply, dict) and isinstance(reply.get("results"), list) and isinstance(reply.get("meta"), dict):
        return tuple(record for item in _json.mappings(reply, "results") if (record := _record(item)) is not None)
    record = _record(reply) if isinstance(reply, dict) else None
    if record is None:
        raise ReplyError("the reply is about no work")
    return (record,)


def _record(item: dict[str, Any]) -> Record | None:
    own = _WORK.fullmatch(_json.string(item, "id"))
    if own is None or not isinstance(item.get("authorships"), list):
        return None
    draft = Draft(NAME, own[1])
    draft.url = f"https://openalex.org/{own[1]}"
    draft.put_doi(_json.string(item, "doi"))
    draft.put_titles(_json.string(item, "title") or _json.string(item, "display_name"))
    authorships = _json.mappings(item, "authorships")
    draft.put_people("author", map(_person, authorships))
    if item.get("is_authors_truncated") is True:
        draft.truncated("author")
    date = _record_dates.date_of_iso(_json.string(item, "publication_date"))
    year = _record_dates.date_of_numbers(_json.number(item, "publication_year"))
    is_day = date is not None and date.parts[1:] not in ((1, 1), ())  # the first of January stands for a year
    draft.put_date(date if is_day else year or date)
    draft.put_year("issued", year or date)
    draft.put_language(_json.string(item, "language"))
    pmid = identifiers.pmid(_json.string(item, "ids", "pmid"))
    draft.put("pmid", pmid)
    _put_place(draft, item)
    _put_links(draft, item)
    if item.get("is_retracted") is True:
        draft.update("retraction", "", None, NAME)
    return draft.record()


def _person(item: dict[str, Any]) -> Any:
    author = _json.mapping(item, "author")
    name = _json.string(item, "raw_author_name") or _json.string(author, "display_name")
    return _record_names.displayed_name(name, _json.string(author, "orcid"))


def _put_place(draft: Draft, item: dict[str, Any]) -> None:
    """The type, the venue and the place in it, from the location that OpenAlex holds for the chief one."""
    word = _json.string(item, "type")
    place = _json.mapping(item, "primary_location")
    source = _json.mapping(place, "source")
    name, kind = _json.string(source, "display_name"), _json.string(source, "type")
    draft.registered_type = word[:80]
    draft.type = _work_types.OPENALEX.get(word, _work_types.WorkType("document")).csl
    if draft.type == "article-journal" and (
        kind == "conference" or _json.string(item, "type_crossref") == "proceedings-article"
    ):
        draft.type = "paper-conference"
    if kind != "repository":
        draft.put_containers([name, _json.string(place, "raw_source_name")])
    if draft.type == "article":
        archive = _HOST.sub("", name)
        draft.as_preprint("arXiv" if archive == "ArXiv.org" else archive, next(_arxiv_numbers(draft, item), ""))
        return
    if kind == "book series":
        draft.put_title("collection_title", name)
        draft.traits.add("venue-is-series")
    elif kind in ("journal", "conference") and draft.type not in ("book", "thesis", "report", "dataset", "software"):
        draft.put_title("container_title", name)
    elif draft.type == "thesis" and kind == "repository":
        draft.put_thesis("", name)
    draft.put("publisher", _json.string(source, "host_organization_name") if kind != "repository" else "")
    draft.put_issn([_json.string(source, "issn_l")])
    biblio = _json.mapping(item, "biblio")
    draft.put("volume", _json.string(biblio, "volume"))
    draft.put("issue", _json.string(biblio, "issue"))
    draft.put_pages(_json.string(biblio, "first_page"), _json.string(biblio, "last_page"))


def _arxiv_numbers(draft: Draft, item: dict[str, Any]) -> Any:
    """The numbers at arXiv that the work's DOI and places name."""
    addresses = [_json.string(place, "landing_page_url") for place in _places(item)]
    for address in (_json.string(item, "doi"), *addresses):
        found = preprints.preprint_of_url(address.replace("http://", "https://", 1))
        if found:
            yield identifiers.arxiv(found.identifier)


def _places(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [*_json.mappings(item, "primary_location"), *_json.mappings(item, "locations")]


def _put_links(draft: Draft, item: dict[str, Any]) -> None:
    """The other version, where the places of the work name a preprint beside a published one."""
    if draft.type != "article":
        for number in _arxiv_numbers(draft, item):
            draft.relate(HAS_PREPRINT, Identifier("arxiv", number))
        return
    own = doi_target(_json.string(item, "doi"))
    for place in _places(item):
        other = url_target(_json.string(place, "landing_page_url"))
        is_other = other is not None and other.kind == "doi" and other != own
        if is_other and place.get("is_published") is True:
            draft.relate(PREPRINT_OF, other)
