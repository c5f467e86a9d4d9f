"""Make the BibTeX entry that `add` writes from a registry's record, with its capitals protected.

Everything a service sent is escaped by from_work.py; what comes in here as text comes out as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pubtrack.bibtex.fields import BABEL_NAMES, Dialect
from pubtrack.bibtex.from_work import entry_fields, entry_type
from pubtrack.model.record import Record
from pubtrack.model.richtext import Span, Text, merge_spans, plain, text
from pubtrack.model.work import Date, Work

TRUST = ("crossref", "datacite", "arxiv", "doi", "pubmed", "dblp", "semanticscholar", "orcid", "openalex")
"""The services by how far their description of a work is to be preferred: the publisher's own words come first."""

_DROPPED = frozenset("abstract language issn container_title_short pmcid".split())
_OF_EVENTS = frozenset("event_title event_place".split())
_OF_ARTICLES = frozenset("publisher publisher_place".split())
_KEPT_CUSTOM = frozenset("eprint eprinttype eprintclass eid entrytype".split())
_WITH_ISBN = frozenset({"book"})
_TOKEN = re.compile(r"\s+|[^\s]+")
_CORE = re.compile(r"[^\W_](?:[^\s]*[^\W_])?")
_SMALL = frozenset(
    "a an and as at but by for from in into of on or over the to under upon versus via vs with without nor per".split()
)


def choose_record(records: Iterable[Record], arxiv: bool = False) -> Record | None:
    """The record to make an entry from, or None; `arxiv` where arXiv's own paper was asked for."""
    order = ("arxiv", *TRUST) if arxiv else TRUST
    found = [record for record in records if record.work.title]
    return min(found, key=lambda record: order.index(record.source) if record.source in order else 99, default=None)


def entry_of(work: Work, dialect: Dialect) -> str:
    """The entry that stands for the work of a record, without a key, as BibTeX text.

    Raises PubtrackError for a character that no entry can hold.
    """
    lean = _citable(work, dialect)
    fields = entry_fields(lean, dialect)
    if dialect == "bibtex" and entry_type(lean, dialect) == "misc":
        fields = _with_howpublished(fields, lean)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@{entry_type(lean, dialect)}{{,", *lines, "}", ""])


def _citable(work: Work, dialect: Dialect) -> Work:
    """The work with what its entry will hold, and its title's capitals protected."""
    dropped = set(_DROPPED)
    if dialect == "bibtex" or work.type != "paper-conference":
        dropped |= _OF_EVENTS
    if work.type == "article-journal":
        dropped |= _OF_ARTICLES
    if work.type not in _WITH_ISBN:
        dropped.add("isbn")
    values = {name: value for name, value in work.values.items() if name not in dropped}
    language = work.get("language")
    if language and not language.lower().startswith("en"):
        # "de" is the language of "de-DE", for which babel has a name.
        known = (code for code in BABEL_NAMES if code.startswith(f"{language.lower()}-"))
        values["language"] = text(next(known, language))
    if work.title:
        values["title"] = protect_capitals(work.title)
    if dialect == "bibtex" and work.type == "report":
        values.setdefault("genre", text("Technical report"))
    people = {
        variable: tuple(replace(name, orcid="", roles=frozenset()) for name in names)
        for variable, names in work.people.items()
    }
    dates = {name: date for name, date in work.dates.items() if name == "issued" or "event_title" not in dropped}
    issued = work.issued
    if issued is not None and dialect == "bibtex":
        dates["issued"] = _to_the_month(issued)
    custom = {name: value for name, value in work.custom.items() if name in _KEPT_CUSTOM}
    return replace(work, values=values, people=people, dates=dates, custom=custom)


def _to_the_month(date: Date) -> Date:
    """BibTeX's styles have no day, and read no range."""
    return replace(date, parts=date.parts[:2], end=None)


def _with_howpublished(fields: dict[str, str], work: Work) -> dict[str, str]:
    """BibTeX's @misc prints no publisher and no archive but in `howpublished` (btxdoc, 3.1)."""
    for name in ("organization", "publisher", "institution"):
        if name in fields:
            return {("howpublished" if one == name else one): value for one, value in fields.items()}
    archive = plain(work.values.get("publisher", ()))
    if work.type == "article" and archive and "eprint" not in fields:
        return fields | {"howpublished": archive}
    return fields


# Capitals ----------------------------------------------------------------------------------------------------------


def protect_capitals(title: Text) -> Text:
    """`title` with the words marked whose capitals a style must not make small: "NeRF", "3D", "E. coli".

    In a title in sentence case every other capitalised word is a name; in one in title case no one can tell.
    """
    shown = plain(title)
    if shown == shown.upper():
        return title
    is_sentence = _is_sentence_case(shown)
    spans: list[Span] = []
    begins = True
    for span in title:
        if "math" in span.marks or "nocase" in span.marks:
            spans.append(span)
            begins = False
            continue
        for token in _TOKEN.findall(span.text):
            core = _CORE.search(token)
            if core is None or not _needs_braces(core.group(), begins, is_sentence, "italic" in span.marks):
                spans.append(Span(token, span.marks, span.url))
            else:
                start, end = core.span()
                spans += (
                    Span(token[:start], span.marks, span.url),
                    Span(token[start:end], (*span.marks, "nocase"), span.url),
                    Span(token[end:], span.marks, span.url),
                )
            if core is not None:
                begins = token.endswith((":", "?", "!", "."))
    return merge_spans(spans)


def _needs_braces(word: str, begins: bool, is_sentence: bool, is_italic: bool) -> bool:
    parts = re.split(r"[-–/]", word)
    if any(part[1:] != part[1:].lower() for part in parts):
        return True  # a capital within a part: NeRF, COVID-19, mRNA
    if len(word) == 1:
        return word.isupper() and not begins and word not in ("A", "I")
    if not word[:1].isupper() or begins:
        return any(part[:1].isupper() and is_sentence for part in parts[1:])
    return is_sentence or is_italic


def _is_sentence_case(title: str) -> bool:
    """Whether most of the long words behind the first begin small."""
    words = [word for word in re.findall(r"[^\W\d_][^\s]*", title)[1:] if len(word) > 3 and word.lower() not in _SMALL]
    small = [word for word in words if word[:1].islower()]
    return 2 * len(small) > len(words)
