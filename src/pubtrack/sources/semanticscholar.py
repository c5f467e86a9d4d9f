"""Semantic Scholar, an index with identifiers of many registries: DOIs and titles to addresses, replies to records.

https://api.semanticscholar.org (Academic Graph API, "paper"). Without a key it answers few (all callers share one
limit), names mostly have initials only, and its licence asks for attribution: asked only where somebody wants it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pubtrack.bibtex import preprints
from pubtrack.model import identifiers
from pubtrack.model.record import HAS_PREPRINT, Identifier, Record
from pubtrack.sources import _json, _record_dates, _record_names
from pubtrack.sources._record_builder import Draft
from pubtrack.sources._service import ReplyError, check_identifier

NAME = "semanticscholar"
BATCH = 1
ACCEPT = "application/json"
_BASE = "https://api.semanticscholar.org/graph/v1/paper"
_FIELDS = "title,authors,year,venue,publicationVenue,journal,externalIds,publicationDate,publicationTypes,url"
_PAPER = re.compile(r"[0-9a-f]{40}")
_TYPES = (
    ("Conference", "paper-conference"), ("JournalArticle", "article-journal"), ("BookSection", "chapter"),
    ("Book", "book"), ("Dataset", "dataset"), ("Review", "article-journal"), ("LettersAndComments", "article-journal"),
    ("Editorial", "article-journal"), ("CaseReport", "article-journal"),
)  # fmt: skip


def url(ids: Sequence[str]) -> str:
    """One paper by its DOI, its arXiv number or Semantic Scholar's own number."""
    (name,) = ids
    if _PAPER.fullmatch(name):
        found = name
    elif number := identifiers.arxiv(name):
        found = f"ARXIV:{number}"
    else:
        found = f"DOI:{quote(check_identifier(identifiers.doi, name, 'a DOI'), safe='/')}"
    return f"{_BASE}/{found}?fields={_FIELDS}"


def search_url(title: str, author: str = "", rows: int = 5) -> str:
    """Papers whose title and description hold these words."""
    words = quote(" ".join(filter(None, (title, author))).replace("-", " "), safe="")
    return f"{_BASE}/search?query={words}&limit={min(max(rows, 1), 100)}&fields={_FIELDS}"


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of a reply about one paper or about many."""
    reply = _json.load(content)
    if isinstance(reply, dict) and ("data" in reply or "total" in reply):
        return tuple(record for item in _json.mappings(reply, "data") if (record := _record(item)) is not None)
    record = _record(reply) if isinstance(reply, dict) else None
    if record is None:
        raise ReplyError("the reply is about no paper")
    return (record,)


def _record(item: dict[str, Any]) -> Record | None:
    paper = _json.string(item, "paperId")
    title = _json.string(item, "title")
    if not _PAPER.fullmatch(paper) or not title:
        return None
    draft = Draft(NAME, paper)
    draft.url = f"https://www.semanticscholar.org/paper/{paper}"
    draft.put_titles(title)
    authors = _json.mappings(item, "authors")
    draft.put_people("author", (_record_names.displayed_name(_json.string(author, "name")) for author in authors))
    date = _record_dates.date_of_iso(_json.string(item, "publicationDate"))
    year = _record_dates.date_of_numbers(_json.number(item, "year"))
    is_same = date is not None and (year is None or date.year == year.year)
    draft.put_date(date if is_same else year)
    draft.put_year("issued", year or date)
    names = _json.mapping(item, "externalIds")
    draft.put_doi(_json.string(names, "DOI"))
    draft.put("pmid", identifiers.pmid(_json.string(names, "PubMed")))
    _put_place(draft, item, identifiers.arxiv(_json.string(names, "ArXiv")))
    return draft.record()


def _put_place(draft: Draft, item: dict[str, Any], number: str) -> None:
    """Type, venue and pages: a preprint where nothing but the archive is named, else the published version."""
    venue = _json.mapping(item, "publicationVenue")
    journal = _json.mapping(item, "journal")
    names = [
        _json.string(venue, "name"),
        _json.string(item, "venue"),
        _json.string(journal, "name"),
    ]
    words = _json.strings(item, "publicationTypes")
    draft.registered_type = "/".join(words)[:80]
    published = [name for name in names if name and not preprints.preprint_of_text(name)]
    doi = "".join(span.text for span in draft.values.get("doi", ()))
    if not published and (number or any(names)):
        draft.as_preprint(next(filter(None, names), "") if not number else "arXiv", number or identifiers.arxiv(doi))
        return
    draft.type = next((csl for word, csl in _TYPES if word in words), "document")
    if _json.string(venue, "type") == "conference" and draft.type in ("document", "article-journal"):
        draft.type = "paper-conference"
    elif _json.string(venue, "type") == "journal" and draft.type in ("document", "paper-conference"):
        draft.type = "article-journal"
    draft.put_containers(published)
    draft.put_title("container_title", next(iter(published), ""))
    volume = _json.string(journal, "volume")
    draft.put("volume", "" if volume.startswith("abs/") else volume)  # CoRR's number of the preprint
    draft.put_pages(_json.string(journal, "pages").replace(" ", ""))
    draft.put_issn([_json.string(venue, "issn")])
    if identifiers.arxiv(doi):
        del draft.values["doi"]
    if number:
        draft.relate(HAS_PREPRINT, Identifier("arxiv", number))
