"""PubMed, the bibliography of medicine: its numbers to addresses, replies to records.

https://eutils.ncbi.nlm.nih.gov (E-utilities, efetch); the elements are those of NLM's PubMed DTD of 2025. Its titles
end in a full stop, those in brackets are translations, and its page ranges leave out what the last page repeats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, tostring

from pubtrack.model import identifiers
from pubtrack.model.name import Name
from pubtrack.model.record import Record
from pubtrack.model.work import Date
from pubtrack.sources import _record_dates, _record_names, _xml
from pubtrack.sources._record_builder import Draft
from pubtrack.sources._service import check_identifier

NAME = "pubmed"
BATCH = 100
ACCEPT = "application/xml"
_BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&tool=pubtrack"
_ROOT = "PubmedArticleSet"
_PAGES = re.compile(r"(\d+)-(\d+)", re.A)
_YEAR = re.compile(r"\d{4}", re.A)
_NOTICES = {
    "RetractionIn": "retraction", "ErratumIn": "correction", "ExpressionOfConcernIn": "expression_of_concern",
    "CorrectedandRepublishedIn": "correction", "UpdateIn": "new_version", "PartialRetractionIn": "partial_retraction",
}  # fmt: skip


def url(ids: Sequence[str]) -> str:
    """Up to 100 works by their numbers."""
    numbers = [check_identifier(identifiers.pmid, number, "a PubMed number") for number in ids]
    if not 1 <= len(numbers) <= BATCH:
        raise ValueError(f"PubMed takes 1 to {BATCH} numbers at once")
    return f"{_BASE}&id={','.join(numbers)}"


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of a reply, without those of numbers that PubMed does not know."""
    found = _xml.load(content, _ROOT, doctype=_ROOT)
    return tuple(record for article in found if (record := _record(article)) is not None)


def split(content: bytes) -> Mapping[str, bytes]:
    """The reply as the replies about each work would be, by number."""
    replies: dict[str, bytes] = {}
    for article in _xml.load(content, _ROOT, doctype=_ROOT):
        record = _record(article)
        if record is not None:
            whole = Element(_ROOT)
            whole.append(article)
            replies[record.id] = tostring(whole, encoding="utf-8")
    return replies


def _record(article: Element) -> Record | None:
    if _xml.local(article) == "PubmedBookArticle":
        document = _xml.child(article, "BookDocument")
        return _book(document) if document is not None else None
    citation = _xml.child(article, "MedlineCitation")
    described = _xml.child(citation, "Article")
    number = identifiers.pmid(_xml.content(citation, "PMID"))
    if described is None or not number:
        return None
    draft = _draft(number)
    title = _xml.markup(described, "ArticleTitle").strip()
    translated = re.fullmatch(r"\[(.+)\]\.?", title, re.S)
    draft.put_titles(translated[1] if translated else title, "", [_xml.markup(described, "VernacularTitle")])
    _put_people(draft, "author", _xml.child(described, "AuthorList"))
    _put_journal(draft, described)
    _put_ids(draft, _xml.child(article, "PubmedData", "ArticleIdList"), "ArticleId", "IdType")
    for element in _xml.children(described, "ELocationID"):
        if element.get("EIdType") == "doi":
            draft.put_doi(_xml.content(element))
    draft.put_language(_xml.content(described, "Language"))
    draft.put_abstract(" ".join(_xml.markup(part) for part in _parts(described, "Abstract", "AbstractText")))
    types = [_xml.content(element) for element in _parts(described, "PublicationTypeList", "PublicationType")]
    draft.registered_type = next(iter(types), "")[:80]
    draft.type = "article" if "Preprint" in types else "article-journal"
    if draft.type == "article":
        draft.as_preprint("".join(span.text for span in draft.values.get("container_title", ())))
    _put_notices(draft, citation, types)
    return draft.record()


def _draft(number: str) -> Draft:
    draft = Draft(NAME, number)
    draft.url = f"https://pubmed.ncbi.nlm.nih.gov/{number}/"
    draft.put("pmid", number)
    return draft


def _parts(element: Element | None, group: str, name: str) -> list[Element]:
    found = _xml.child(element, group)
    return _xml.children(found, name) if found is not None else []


def _put_people(draft: Draft, variable: str, people: Element | None) -> None:
    if people is not None:
        draft.put_people(variable, map(_person, _xml.children(people, "Author")))
        if people.get("CompleteYN") == "N":
            draft.truncated(variable)


def _person(author: Element) -> Name | None:
    group = _xml.content(author, "CollectiveName")
    if group:
        return _record_names.group_name(group)
    orcids = [_xml.content(one) for one in _xml.children(author, "Identifier") if one.get("Source") == "ORCID"]
    given = _xml.content(author, "ForeName") or _xml.content(author, "Initials")
    orcid = next((found for text in orcids if (found := _orcid(text))), "")
    return _record_names.person(given, _xml.content(author, "LastName"), _xml.content(author, "Suffix"), orcid)


def _orcid(text: str) -> str:
    """An iD as old records have it too: without hyphens."""
    digits = re.sub(r"[^\dX]", "", text.rpartition("/")[2].upper())
    return identifiers.orcid("-".join(re.findall(r".{4}", digits))) if len(digits) == 16 else ""


def _put_journal(draft: Draft, described: Element) -> None:
    journal = _xml.child(described, "Journal")
    issue = _xml.child(journal, "JournalIssue")
    draft.put_title("container_title", _xml.markup(journal, "Title"))
    draft.put_containers([_xml.content(journal, "Title")], [_xml.content(journal, "ISOAbbreviation")])
    draft.put_issn([_xml.content(journal, "ISSN")])
    draft.put("volume", _xml.content(issue, "Volume"))
    draft.put("issue", _xml.content(issue, "Issue"))
    draft.put_pages(_whole_range(_xml.content(described, "Pagination", "MedlinePgn")))
    printed = _date(_xml.child(issue, "PubDate"))
    online = _date(_xml.child(described, "ArticleDate"))
    is_print = issue is not None and issue.get("CitedMedium") == "Print"
    draft.put_date(printed or online)
    draft.put_year("print" if is_print else "issued", printed)
    draft.put_year("online", online)


def _whole_range(pages: str) -> str:
    """ "1234-8" in full: 1234-1238."""
    found = _PAGES.fullmatch(pages.strip())
    if not found or len(found[2]) >= len(found[1]):
        return pages
    return f"{found[1]}-{found[1][: -len(found[2])]}{found[2]}"


def _date(element: Element | None) -> Date | None:
    if element is None:
        return None
    written = _YEAR.search(_xml.content(element, "MedlineDate"))
    if written:
        return _record_dates.date_of_numbers(written.group())
    return _record_dates.date_of_numbers(*(_xml.content(element, name) for name in ("Year", "Month", "Day")))


def _put_ids(draft: Draft, ids: Element | None, name: str, kind: str) -> None:
    for element in _xml.children(ids, name) if ids is not None else ():
        if element.get(kind) == "doi":
            draft.put_doi(_xml.content(element))
        elif element.get(kind) == "pmc":
            draft.put("pmcid", _xml.content(element))


def _put_notices(draft: Draft, citation: Element | None, types: Sequence[str]) -> None:
    for note in _parts(citation, "CommentsCorrectionsList", "CommentsCorrections"):
        kind = _NOTICES.get(note.get("RefType", ""))
        if kind:
            draft.update(kind, _notice_doi(_xml.content(note, "RefSource")), None, NAME)
    if "Retracted Publication" in types and not any(update.kind == "retraction" for update in draft.updates):
        draft.update("retraction", "", None, NAME)


def _notice_doi(reference: str) -> str:
    found = re.search(r"\bdoi:\s*(10\.\S+)", reference, re.I)
    return identifiers.doi(found[1].rstrip(".;,")) if found else ""


def _book(document: Element) -> Record | None:
    number = identifiers.pmid(_xml.content(document, "PMID"))
    book = _xml.child(document, "Book")
    if not number or book is None:
        return None
    draft = _draft(number)
    chapter, whole = _xml.markup(document, "ArticleTitle"), _xml.markup(book, "BookTitle")
    draft.registered_type = "Book chapter" if chapter else "Book"
    draft.type = "chapter" if chapter else "book"
    draft.put_titles(chapter or whole)
    if chapter:
        draft.put_title("container_title", whole)
        draft.put_containers([_xml.content(book, "BookTitle")])
    for people in (*_xml.children(book, "AuthorList"), *_xml.children(document, "AuthorList")):
        _put_people(draft, "editor" if people.get("Type") == "editors" else "author", people)
    draft.put("publisher", _xml.content(book, "Publisher", "PublisherName"))
    draft.put("publisher_place", _xml.content(book, "Publisher", "PublisherLocation"))
    draft.put_isbn(_xml.content(element) for element in _xml.children(book, "Isbn"))
    date = _date(_xml.child(book, "PubDate"))
    draft.put_date(date)
    draft.put_year("issued", date)
    _put_ids(draft, _xml.child(document, "ArticleIdList"), "ArticleId", "IdType")
    return draft.record()
