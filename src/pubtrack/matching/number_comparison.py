"""Years, volumes, issues and pages: what a work says to how well it agrees with what a record says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubtrack.matching.grades import SILENT, Comparison, Grade
from pubtrack.matching.thresholds import PREPRINT_LAG_CONFERENCE, PREPRINT_LAG_JOURNAL, YEARS
from pubtrack.people.folding import HYPHENS, strip_accents

_NO_SIGN = re.compile(r"[\W_]+")
_LEADING = re.compile(r"^(?:vol(?:ume)?|no|nr|issue|number|art(?:icle)?|pp?|pages?|e?id)[.:\s]+", re.I)
_BRACKET = re.compile(r"(?:(?<!\s)\s++)?\([^()]*+\)")
_PAGES = re.compile(rf"(?:(?<!\s)\s++)?(?:[{''.join(map(re.escape, HYPHENS))}]++|,)\s*+")


def compare_years(mine: int | None, theirs: Iterable[int], named: Iterable[int] = ()) -> Comparison:
    """How a year agrees with those of a record (print, online, issued).

    `named` are the years in the venue's name. A conference's papers may be printed in the year after, so those count;
    and where the name of the record's conference holds a year, another one is wrong even if it is one off.
    """
    years, named = sorted(set(theirs)), set(named)
    if mine is None or not (years or named):
        return SILENT
    shown = ", ".join(map(str, sorted({*years, *named})))
    if mine in named or (mine in years and not named):
        return Comparison(Grade.SAME, "", str(mine), shown)
    if mine in years:
        return Comparison(Grade.ALIKE, "the year of print", str(mine), shown)
    if named:
        return Comparison(Grade.CONTRADICTS, "another year than the conference's", str(mine), shown)
    gap = min(abs(mine - year) for year in years)
    if gap <= YEARS:
        return Comparison(Grade.ALIKE, "one year off", str(mine), shown)
    return Comparison(Grade.CONTRADICTS, f"{gap} years off", str(mine), shown)


def compare_to_preprint(mine: int | None, theirs: Iterable[int], *, journal: bool) -> Comparison:
    """How the year of a published work agrees with those of its preprint, which comes before by a few years at most."""
    years = sorted(set(theirs))
    if mine is None or not years:
        return SILENT
    shown = ", ".join(map(str, years))
    lag = PREPRINT_LAG_JOURNAL if journal else PREPRINT_LAG_CONFERENCE
    if mine in years:
        return Comparison(Grade.SAME, "", str(mine), shown)
    if years[0] - YEARS <= mine <= years[-1] + lag:
        return Comparison(Grade.SILENT, "the preprint's year", str(mine), shown)
    why = f"{mine - years[-1]} years after the preprint" if mine > years[-1] else "before the preprint"
    return Comparison(Grade.CONTRADICTS, why, str(mine), shown)


def compare_numbers(mine: str, theirs: str) -> Comparison:
    """How two volumes, issues or article numbers agree; signs, case, leading zeros and "vol." are nothing."""
    one, other = _number(mine), _number(theirs)
    if not one or not other:
        return SILENT
    if one == other:
        return Comparison(Grade.SAME, "", mine, theirs)
    if not any(map(str.isdigit, one)) or not any(map(str.isdigit, other)):
        return Comparison(Grade.SILENT, "a name for a number", mine, theirs)
    if one in other.split() or other in one.split():
        return Comparison(Grade.ALIKE, "a double number", mine, theirs)
    return Comparison(Grade.CONTRADICTS, "", mine, theirs)


def _number(text: str) -> str:
    words = _NO_SIGN.sub(" ", strip_accents(_LEADING.sub("", text.strip()))).split()
    return " ".join(word.lstrip("0") or "0" for word in words)


def compare_pages(mine: str, theirs: str) -> Comparison:
    """How two page ranges agree: by the first page; by the last one where both have it ("123-45" is "123-145").

    An article number for a page is not a contradiction, nor are "1-12" for any other twelve pages: services count so.
    """
    one, other = _range(mine), _range(theirs)
    if not one or not other:
        return SILENT
    if one == other:
        return Comparison(Grade.SAME, "", mine, theirs)
    if one[0] == other[0] and (len(one) == 1 or len(other) == 1):
        return Comparison(Grade.ALIKE, "without the last page", mine, theirs)
    if len(one) != len(other) or one[0] == "1" or other[0] == "1":
        return Comparison(Grade.SILENT, "pages counted otherwise", mine, theirs)
    return Comparison(Grade.CONTRADICTS, "", mine, theirs)


def _range(text: str) -> tuple[str, ...]:
    text = _BRACKET.sub("", _LEADING.sub("", text.strip()))
    parts = [number for part in _PAGES.split(text) if (number := _number(part))]
    if len(parts) != 2:
        return tuple(parts[:1] + parts[-1:]) if len(parts) > 2 else tuple(parts)
    first, last = parts
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return (first,) if first == last else (first, last)
