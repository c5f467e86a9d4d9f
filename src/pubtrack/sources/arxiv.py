"""arXiv: numbers and titles to addresses, Atom feeds to records.

https://export.arxiv.org/api; the elements are described in arXiv's API User's Manual, section 3.3. The DOI that a paper
names is that of its published version, to which the record has a relation, never its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element, tostring

from pubtrack.model import identifiers
from pubtrack.model.record import PREPRINT_OF, Identifier, Record
from pubtrack.sources import _record_dates, _record_names, _xml
from pubtrack.sources._record_builder import Draft
from pubtrack.sources._service import ReplyError, check_identifier

NAME = "arxiv"
BATCH = 100
ACCEPT = "application/atom+xml"
_BASE = "https://export.arxiv.org/api/query"
_NOT_WORDS = re.compile(r"[\W_]+")
_ATOM = "http://www.w3.org/2005/Atom"
_MOST_ROWS = 2000


def url(ids: Sequence[str]) -> str:
    """Up to 100 papers by their numbers, each in its newest version."""
    numbers = [check_identifier(identifiers.arxiv, number, "an arXiv number") for number in ids]
    if not 1 <= len(numbers) <= BATCH:
        raise ValueError(f"arXiv takes 1 to {BATCH} numbers at once")
    return f"{_BASE}?id_list={quote(','.join(numbers), safe=',/')}&max_results={len(numbers)}"


def search_url(title: str, author: str = "", rows: int = 5) -> str:
    """Papers with these words in the title, one after the other, by an author of that family name."""
    terms = [f'{field}:"{words}"' for field, text in (("ti", title), ("au", author)) if (words := _words(text))]
    if not terms:
        raise ValueError("there is no word to search for")
    return f"{_BASE}?search_query={quote(' AND '.join(terms), safe='')}&max_results={min(max(rows, 1), _MOST_ROWS)}"


def _words(text: str) -> str:
    return " ".join(_NOT_WORDS.split(text)).strip()


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of a feed; what the feed has no title for is left out, as the number is none of arXiv's."""
    feed = _xml.load(content, "feed")
    entries = _xml.children(feed, "entry")
    for entry in entries:
        if "/api/errors" in _xml.content(entry, "id"):
            raise ReplyError("the reply is an error message")
    return tuple(record for entry in entries if (record := _record(entry)) is not None)


def split(content: bytes) -> Mapping[str, bytes]:
    """The feed as the feeds of each paper would be, by number."""
    feeds: dict[str, bytes] = {}
    for entry in _xml.children(_xml.load(content, "feed"), "entry"):
        record = _record(entry)
        if record is not None:
            feed = Element(f"{{{_ATOM}}}feed")
            feed.append(entry)
            feeds[record.id] = tostring(feed, encoding="utf-8")
    return feeds


def _record(entry: Element) -> Record | None:
    number = identifiers.arxiv(_xml.content(entry, "id").strip().replace("http://", "https://", 1))
    title = _xml.content(entry, "title")
    if not number or not title.strip():
        return None
    draft = Draft(NAME, number)
    draft.url = f"https://arxiv.org/abs/{number}"
    draft.put_titles(title)
    authors = _xml.children(entry, "author")
    draft.put_people("author", (_record_names.displayed_name(_xml.content(author, "name")) for author in authors))
    first = _record_dates.date_of_iso(_xml.content(entry, "published"))
    draft.put_date(first)
    draft.put_year("posted", first)
    draft.put_year("updated", _record_dates.date_of_iso(_xml.content(entry, "updated")))
    draft.put_abstract(_xml.content(entry, "summary"))
    draft.as_preprint("arXiv", number)
    category = _xml.child(entry, "primary_category")
    draft.put_custom("eprintclass", category.get("term") if category is not None else "")
    draft.put_custom("journalref", _xml.content(entry, "journal_ref"))
    draft.put_custom("comment", _xml.content(entry, "comment"))
    draft.registered_type = "preprint"
    published = identifiers.doi(_xml.content(entry, "doi"))
    if published and not identifiers.arxiv(published):
        draft.relate(PREPRINT_OF, Identifier("doi", published))
    return draft.record()
