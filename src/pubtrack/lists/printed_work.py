"""A work as a list prints it: its state in the place of a date that it has not, and nothing that says nothing.

What is typed stays in the store; only what a reader of the list sees is put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pubtrack.bibtex import fields
from pubtrack.bibtex.name_lists import collaboration_name
from pubtrack.bibtex.pubstate import REJECTED, UNPUBLISHED, noted_state
from pubtrack.bibtex.pubstate import state as state_of
from pubtrack.lists.status_terms import localize_state
from pubtrack.model.richtext import Span, Text, plain, text
from pubtrack.model.work import Date, Work

_ET_AL = re.compile(r",?\s(?:et\sal\.?|and others|et coll\.|u\.\s?a\.|等)")
_YEAR_AND_MONTH = re.compile(r"\d{4}[-–]\d{2}")  # Google Scholar's pages of a preprint
_ZERO = re.compile(r"0+(?:\(0+\))?")
_NOTED_BY_PROGRAMS = re.compile(
    r"arxiv:\s*(?:[a-z-]+/)?\d{4}[.\d]*\d(?:v\d+)?(?:\s*\[[\w.,\s-]*\])?"
    r"|(?:publisher|comment|number|section|citation key|tex\.[\w-]+|_eprint|zscc|conference name|container-title|issue|"
    r"number of pages|accession number|originally-? ?published(?: in)?|place|type|event-place|isbn|issn|doi|pmid|pmcid)"
    r"\s*:[^\n]*",
    re.I,
)
"""Lines that Zotero and its like leave in a note: what they had no field for."""


def printed_work(work: Work, language: str, term: Callable[[str], str]) -> Work:
    """The work with its state in words of `language`, a single page as one, and without zeros and programs' notes."""
    values = dict(work.values)
    for name in ("volume", "issue", "number"):
        if name in values and _ZERO.fullmatch(plain(values[name]).strip()):
            del values[name]
    if (page := values.get("page")) and (single := _single_page(plain(page))):
        values["page"] = text(single)
    if "note" in values and (note := _without_programs_lines(plain(values["note"]))) is not None:
        values["note"] = text(note)
        if not note:
            del values["note"]
    dates = work.dates
    state = plain(values.get("status", ()))
    if state:
        shown = localize_state(state, language, term)
        known = state_of(state) or state
        if known in UNPUBLISHED or "issued" not in dates:
            del values["status"]
            dates = {**dates, "issued": Date(literal=shown)}
        else:
            values["status"] = text(shown)
    if work.type == "article" and (server := fields.ARCHIVES.get(work.custom.get("eprinttype", "").lower(), "")):
        values["publisher"] = text(server)
        if _YEAR_AND_MONTH.fullmatch(plain(values.get("page", ()))):
            del values["page"]
    if plain(values.get("note", ())).lower().startswith(REJECTED):
        del values["note"]
    if values == work.values and dates is work.dates:
        return work
    return replace(work, values=values, dates=dates)


def _single_page(pages: str) -> str:
    """The page of a range that begins and ends at it ("859–859"), else ""."""
    ends = [end.strip() for end in pages.replace("–", "-").split("-") if end.strip()]
    return ends[0] if len(ends) == 2 and ends[0] == ends[1] else ""


def with_collaboration(value: Text, work: Work) -> Text:
    """A printed entry whose authors worked as a collaboration, which stands behind their names: "et al. (CMS …)"."""
    group = work.custom.get("collaboration", "")
    if not group or any(name.literal for name in work.author) or group.lower() in plain(value).lower():
        return value
    last = max((place for place, span in enumerate(value) if span.name in work.author), default=-1)
    if last < 0:
        return value
    words = f" ({collaboration_name(group)})"
    following = "".join(span.text for span in value[last + 1 : last + 4] if span.name is None)
    if more := _ET_AL.match(following):
        return _inserted(value, last + 1, more.end(), words)
    return (*value[: last + 1], Span(words, display=value[last].display), *value[last + 1 :])


def _inserted(value: Text, place: int, offset: int, words: str) -> Text:
    """`words` so many characters behind the beginning of the span at `place`."""
    while offset > len(value[place].text):
        offset -= len(value[place].text)
        place += 1
    span = value[place]
    parts = (replace(span, text=span.text[:offset]), Span(words, display=span.display))
    rest = (replace(span, text=span.text[offset:]),) if offset < len(span.text) else ()
    return (*value[:place], *parts, *rest, *value[place + 1 :])


def with_state(value: Text, work: Work, language: str, term: Callable[[str], str]) -> Text:
    """A printed entry that says the state of its work: where the style does not, it stands at the end, in brackets."""
    state = plain(work.values.get("status", ()))
    if not state:
        return value
    note = plain(work.values.get("note", ()))
    words = plain(value).lower()
    shown = localize_state(state, language, term)
    if shown.lower() in words or (noted_state(note) and note.lower() in words):
        return value
    return _before_the_stop(value, f" ({shown})")


def _before_the_stop(value: Text, words: str) -> Text:
    """`words` at the end of an entry, before its full stop."""
    if not value:
        return value
    last = value[-1]
    if last.text.endswith(".") and not last.url:
        return (*value[:-1], replace(last, text=last.text[:-1]), Span(f"{words}.", display=last.display))
    return (*value, Span(words, display=last.display))


def _without_programs_lines(note: str) -> str | None:
    """The note without the lines that programs left, None where there are none."""
    lines = [line.strip() for line in re.split(r"[\r\n]+|(?<=\])\s+(?=\w+:)", note)]
    kept = [line for line in lines if not _NOTED_BY_PROGRAMS.fullmatch(line)]
    return None if len(kept) == len(lines) else " ".join(kept).strip()
