"""DBLP, the bibliography of computer science: keys and titles to addresses, replies to records.

https://dblp.org; the fields are described in its FAQ ("What do I find in dblp.xml?", "How to use the search API?").
The order of its authors is the papers'; its venues are abbreviated. Since 2026 it answers programs with a page that
wants a proof of work, which is a failure: asked only where somebody wants it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree.ElementTree import Element

from pubtrack.model import identifiers
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import Name
from pubtrack.model.record import HAS_PREPRINT, Identifier, Record
from pubtrack.sources import _json, _record_dates, _record_names, _work_types, _xml
from pubtrack.sources._record_builder import Draft
from pubtrack.sources._sanitize import address
from pubtrack.sources._service import ReplyError

NAME = "dblp"
BATCH = 1
ACCEPT = "application/json, application/xml;q=0.9"
_BASE = "https://dblp.org"
_KEY = re.compile(r"[a-z]{2,20}(?:/[\w:.-]{1,100}){1,3}", re.A)
_WORDS_OF_ELEMENTS = {
    "article": "Journal Articles", "inproceedings": "Conference and Workshop Papers", "proceedings": "Editorship",
    "book": "Books and Theses", "incollection": "Parts in Books or Collections", "phdthesis": "Books and Theses",
    "mastersthesis": "Books and Theses", "data": "Data and Artifacts",
}  # fmt: skip
_THESES = ("phd/", "ms/")


class _Fields(NamedTuple):
    """A record of DBLP's, from either format."""

    key: str
    kind: str
    title: str
    authors: tuple[Name | None, ...]
    texts: dict[str, str]
    links: tuple[str, ...]


def url(ids: Sequence[str]) -> str:
    """One record by its key, `conf/nips/SnoekLA12`."""
    (key,) = ids
    if not _KEY.fullmatch(key) or ".." in key:
        raise PubtrackError(f"{ascii(key)[:80]} is not a key of DBLP's")
    return f"{_BASE}/rec/{quote(key, safe='/')}.xml"


def search_url(title: str, author: str = "", rows: int = 5) -> str:
    """Works with all these words in title, authors or venue."""
    words = quote(" ".join(filter(None, (title, author))), safe="")
    return f"{_BASE}/search/publ/api?q={words}&h={min(max(rows, 1), 1000)}&format=json"


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of an XML reply about one key, or of a JSON one to a search."""
    if content.lstrip()[:1] == b"<":
        root = _xml.load(content, "dblp")
        found = [_of_element(element) for element in root if _xml.local(element) in _WORDS_OF_ELEMENTS]
    else:
        reply = _json.load(content)
        hits = _json.mapping(reply, "result", "hits")
        if not hits:
            raise ReplyError("the reply is not a list of hits")
        found = [_of_info(_json.mapping(hit, "info")) for hit in _json.mappings(hits, "hit")]
    return tuple(record for fields in found if (record := _record(fields)) is not None)


def _of_element(element: Element) -> _Fields:
    names = [child for child in element if _xml.local(child) in ("author", "editor")]
    texts = {_xml.local(child): _xml.content(child) for child in reversed(element)}
    texts["venue"] = texts.get("journal") or texts.get("booktitle", "")
    return _Fields(
        element.get("key", ""),
        _WORDS_OF_ELEMENTS[_xml.local(element)],
        _xml.markup(element, "title"),
        tuple(_record_names.displayed_name(_xml.content(child), child.get("orcid", "")) for child in names),
        texts,
        tuple(_xml.content(child) for child in _xml.children(element, "ee")),
    )


def _of_info(info: dict[str, Any]) -> _Fields:
    authors = _json.mappings(info, "authors", "author")
    return _Fields(
        _json.string(info, "key"),
        _json.string(info, "type"),
        _json.string(info, "title"),
        tuple(_record_names.displayed_name(_json.string(author, "text")) for author in authors),
        {name: _json.string(info, name) for name in ("venue", "volume", "number", "pages", "year", "doi", "publisher")},
        tuple(_json.strings(info, "ee")),
    )


def _record(fields: _Fields) -> Record | None:
    if not _KEY.fullmatch(fields.key) or not fields.title:
        return None
    draft = Draft(NAME, fields.key)
    draft.url = f"{_BASE}/rec/{fields.key}"
    get = fields.texts.get
    kind = _work_types.DBLP.get(fields.kind, _work_types.WorkType("document"))
    draft.type, draft.registered_type = kind.csl, fields.kind[:80]
    draft.put_titles(fields.title)
    draft.put_people("editor" if fields.kind == "Editorship" else "author", fields.authors)
    date = _record_dates.date_of_numbers(get("year"), get("month"))
    draft.put_date(date)
    draft.put_year("issued", date)
    links = [identifiers.identifier_of_url(link) for link in fields.links]
    draft.put_doi(get("doi") or next((link.value for link in links if link and link.kind == "doi"), ""))
    number = next((link.value for link in links if link and link.kind == "arxiv"), "")
    number = number or identifiers.arxiv((get("volume") or "").removeprefix("abs/"))
    _put_place(draft, fields, kind, number)
    link = next((written for written in map(address, fields.links) if written), "")
    draft.put("url", link if "doi" not in draft.values else "")
    return draft.record()


def _put_place(draft: Draft, fields: _Fields, kind: _work_types.WorkType, number: str) -> None:
    get = fields.texts.get
    venue = get("venue", "")
    if venue == "CoRR" or (draft.type == "article" and number):
        draft.as_preprint("arXiv", number)
        return
    if draft.type == "article":
        draft.type = "document"
    if fields.key.startswith(_THESES):
        draft.type = "thesis"
        draft.put_thesis("PhD" if fields.key.startswith("phd/") else "master", get("school", ""))
    elif kind.biblatex:
        draft.custom["entrytype"] = kind.biblatex
    draft.put_containers([venue])
    draft.put_title("collection_title" if draft.type == "book" else "container_title", get("series") or venue)
    draft.put("volume", get("volume"))
    draft.put("issue", get("number"))
    draft.put_pages(get("pages"))
    draft.put("publisher", get("publisher"))
    draft.put_isbn([get("isbn")])
    if number:
        draft.relate(HAS_PREPRINT, Identifier("arxiv", number))
