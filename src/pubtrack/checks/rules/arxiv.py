"""arXiv's identifiers: their syntax, and whether what stands beside them can be true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex import date_fields
from pubtrack.bibtex.latex import verbatim
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import EntryView, View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.identifiers import ARXIV_ADDRESS, ARXIV_DOI

_NEW = pattern(r"(\d\d)(\d\d)\.(\d{4,5})(?:v\d+)?")
_OLD = pattern(r"[a-z-]+(?:\.[a-z]{2})?/(\d\d)(\d\d)\d{3}(?:v\d+)?", re.I)
_DOI = pattern(rf"(?:https?://(?:dx\.)?doi\.org/)?{re.escape(ARXIV_DOI)}(\S+)", re.I)
_PREFIX = pattern(rf"(?:{ARXIV_ADDRESS}|arxiv:\s*)", re.I)
_CLASS = pattern(r"(?:(?<!\s)\s++)?\[[\w.-]++\]\Z|\.pdf\Z")
_ALIKE = pattern(r"\d{3,4}\.\d{3,6}(?:v\d+)?")


@rule(
    "id-arxiv",
    "error",
    why="The number says when the paper came to arXiv; a number that cannot be, or a paper older than its own number, "
    "was copied from another work or made up.",
    source="arXiv, “Understanding the arXiv identifier”; HALLMARK, “arxiv_version_mismatch”",
    bad="@misc{study2020, author = {Roe, Ann}, title = {A study}, eprint = {2013.00001}, archivePrefix = {arXiv},\n"
    "  year = 2020}",
    good="@misc{study2020, author = {Roe, Ann}, title = {A study}, eprint = {2001.00001v2}, archivePrefix = {arXiv},\n"
    "  primaryClass = {cs.CL}, year = 2020}",
)
def id_arxiv(view: View, context: Context) -> Iterator[Hit]:
    """An arXiv number has no such form or month, is younger than its work, or contradicts the DOI."""
    for item, field, latex in view.fields("eprint"):
        number = _number(latex)
        kind = item.plain("eprinttype").lower()
        if kind not in ("", "arxiv") or (not kind and not (_ALIKE.fullmatch(number) or _OLD.fullmatch(number))):
            continue
        if not kind and not item.entry.get("journal") and _ALIKE.fullmatch(number) is None:
            continue
        message = _impossible(number, context)
        if message:
            yield Hit(item, field, message)
            continue
        other = _DOI.fullmatch(verbatim(item.value("doi")))
        if other and _sans_version(other[1]) != _sans_version(number):
            yield Hit(item, field, f"eprint is {number}, but the DOI is that of {other[1]}")
        elif message := _too_young(item, number, is_preprint=item.type in ("misc", "online", "unpublished")):
            yield Hit(item, field, message)
    for item, field, latex in view.fields("doi"):
        found = _DOI.fullmatch(verbatim(latex))
        if found is None or item.value("eprint"):
            continue
        message = _impossible(found[1], context) or _too_young(item, found[1], is_preprint=True)
        if message:
            yield Hit(item, field, message)


def _number(latex: str) -> str:
    return _CLASS.sub("", _PREFIX.sub("", verbatim(latex).strip(), count=1)).strip()


def _sans_version(number: str) -> str:
    return re.sub(r"v\d+\Z", "", number.lower())


def _date(number: str) -> tuple[int, int]:
    """The year and month in an identifier; (0, 0) if it is none."""
    found = _NEW.fullmatch(number)
    if found:
        return 2000 + int(found[1]), int(found[2])
    found = _OLD.fullmatch(number)
    if found:
        year = int(found[1])
        return (1900 if year > 90 else 2000) + year, int(found[2])
    return 0, 0


def _impossible(number: str, context: Context) -> str:
    year, month = _date(number)
    if not year:
        return f'"{number}" is not an arXiv number; one looks like 2001.01234 or math.GT/0309136'
    new = _NEW.fullmatch(number)
    if not 1 <= month <= 12:
        return f"{number}: there is no month {month:02}"
    if new and (year, month) < (2007, 4):
        return f"{number}: arXiv has such numbers since April 2007"
    if new and (len(new[3]) == 5) != (year >= 2015):
        digits = 5 if year >= 2015 else 4
        return f"{number}: a number of {year} has {digits} digits behind the dot"
    if context.year and (year, month) > (context.year, context.month):
        return f"{number}: that month is yet to come"
    return ""


def _too_young(item: EntryView, number: str, *, is_preprint: bool) -> str:
    """What is wrong where a preprint's year is before that of its own number."""
    read = date_fields.parse(item.plain("date") or item.plain("year")).date
    year, month = _date(number)
    if not is_preprint or not year or read is None or not read.parts:
        return ""
    if read.parts[0] < year - (month == 1):
        return f"{number} came to arXiv in {year}, the entry says {read.parts[0]}"
    return ""
