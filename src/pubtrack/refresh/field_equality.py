"""Compare two values of a field: the same to the letter, or the same in meaning.

`is_same_text` asks whether a person changed anything: LaTeX or Unicode, dashes, braces, blanks and the order of a
name's parts are how a file writes, all else is a difference. `grade_values` asks whether there is anything to say: it
goes by `matching`, to which letter case, a subtitle or an abbreviation are habits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pubtrack.bibtex import date_fields, name_lists
from pubtrack.bibtex.latex import characters, verbatim
from pubtrack.matching import Grade, compare_titles, compare_venues, normal_doi
from pubtrack.matching.number_comparison import compare_numbers, compare_pages
from pubtrack.model.name import Name
from pubtrack.model.record import Record
from pubtrack.model.work import Date
from pubtrack.people import fold
from pubtrack.refresh.field_kinds import FieldKind

_DASHES = re.compile(r"(?:(?<!\s)\s++)?[-‐‑‒–—−]++\s*+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "\u00a0": " "})
_NOT_LETTERS = re.compile(r"[\W_]+")
_SCHEME = re.compile(r"\Ahttps?://(?:www\.)?", re.I)
_CODE = re.compile(r"[\dxX][\dxX\s\u2010-\u2015-]{6,}[\dxX]")


def is_same_text(sort: FieldKind, one: str, other: str) -> bool:
    """Whether two values, LaTeX, differ in nothing but notation."""
    if sort == "people":
        return _people(one) == _people(other)
    if sort == "month":
        return month(one) == month(other)
    if sort in ("doi", "url"):
        return verbatim(one).strip() == verbatim(other).strip()
    return _text(one) == _text(other)


def grade_values(sort: FieldKind, mine: str, theirs: str, record: Record | None = None) -> Grade:
    """How well two values, LaTeX, agree: from ALIKE there is nothing to say. `record` is where `theirs` comes from;
    its other titles, years and names of the venue count as well."""
    match sort:
        case "people":
            return _of_people(mine, theirs)
        case "title":
            return _of_titles(mine, theirs, record)
        case "venue":
            return _of_venues(mine, theirs, record)
        case "date":
            return _of_dates(mine, theirs, record)
        case "pages":
            forms = (characters(theirs), *_article_numbers(record))
            return _same(any(compare_pages(characters(mine), form).grade is Grade.SAME for form in forms))
        case "house":
            return _of_houses(mine, theirs)
        case "doi":
            # A DOI led to its record, so it is the record's own or an alias of that, and stays.
            return _same(record is not None or normal_doi(verbatim(mine)) == normal_doi(verbatim(theirs)))
        case "url":
            return _same(_address(mine) == _address(theirs))
        case "code":
            return _same(bool(_codes(mine) & _codes(theirs)))
        case "month":
            return _same(month(mine) == month(theirs))
        case _:
            return compare_numbers(characters(mine), characters(theirs)).grade


def _same(same: bool) -> Grade:
    return Grade.SAME if same else Grade.NEAR


@lru_cache(maxsize=8192)
def _text(source: str) -> str:
    shown = unicodedata.normalize("NFC", characters(source)).translate(_QUOTES)
    return " ".join(_DASHES.sub("-", shown.replace("''", '"')).split())


# People ------------------------------------------------------------------------------------------------------------


def _people(source: str) -> tuple[tuple[str, ...], bool]:
    people = name_lists.parse(source)
    return tuple(map(running_name, people.names)), people.others


@lru_cache(maxsize=8192)
def running_name(name: Name) -> str:
    """A name in running text, initials apart: the same for "J.A." and "J. A."."""
    shown = re.sub(r"\.(?=[^\W\d_])", ". ", str(name))
    return " ".join(unicodedata.normalize("NFC", shown).translate(_QUOTES).split())


def is_same_name(one: Name, other: Name) -> bool:
    """Whether two names have the same letters in the same order, and the same capitals but for particles."""
    if running_name(one) == running_name(other):
        return True
    first, second = (letters(str(name)) for name in (one, other))
    return first == second and is_capitals(one.family) == is_capitals(other.family)


def _of_people(mine: str, theirs: str) -> Grade:
    one, other = name_lists.parse(mine), name_lists.parse(theirs)
    same = (
        one.others == other.others
        and len(one.names) == len(other.names)
        and all(is_same_name(a, b) for a, b in zip(one.names, other.names, strict=True))
    )
    return _same(same)


# Titles and venues -------------------------------------------------------------------------------------------------


def letters(shown: str) -> str:
    """The letters and digits alone, with their accents, in lower case."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", shown.casefold()))


def has_other_accents(one: str, other: str) -> bool:
    """Whether two texts have the same letters but for accents."""
    first, second = letters(one), letters(other)
    return first != second and fold(first) == fold(second)


def is_capitals(shown: str) -> bool:
    """Whether there are letters enough to be shouting, all of them capitals."""
    found = [sign for sign in shown if sign.isalpha()]
    return len(found) > 3 and all(sign.isupper() for sign in found)


def _of_titles(mine: str, theirs: str, record: Record | None) -> Grade:
    one, other = characters(mine), characters(theirs)
    forms = record.titles if record is not None else ()
    found = max(compare_titles(one, [other]).grade, compare_titles(one, forms).grade if forms else Grade.CONTRADICTS)
    if found is Grade.SAME and all(has_other_accents(one, form) for form in (other, *forms)):
        return Grade.NEAR
    return found


def _of_venues(mine: str, theirs: str, record: Record | None) -> Grade:
    one, other = characters(mine), characters(theirs)
    forms = dict.fromkeys((other, *(record.containers if record is not None else ())))
    if any(letters(one) == letters(form) for form in forms):
        return Grade.SAME if letters(one) == letters(other) else Grade.ALIKE
    if has_other_accents(one, other):
        return Grade.NEAR
    return min(compare_venues([one], forms).grade, Grade.ALIKE)


def _of_houses(mine: str, theirs: str) -> Grade:
    """One name within the other, or its initials ("ACM"), is the same house."""
    one, other = (fold(characters(value)).split() for value in (mine, theirs))
    if one == other:
        return Grade.SAME
    short, long = sorted((one, other), key=len)
    initials = "".join(word[0] for word in long if word not in ("for", "of", "and", "the", "fur"))
    return Grade.ALIKE if set(short) <= set(long) or "".join(short) == initials else Grade.NEAR


# Numbers, dates, addresses -----------------------------------------------------------------------------------------


def _article_numbers(record: Record | None) -> tuple[str, ...]:
    if record is None:
        return ()
    found = (record.work.get("number"), record.work.get("page"), record.work.custom.get("eid", ""))
    return tuple(value for value in found if value)


def date(source: str) -> Date | None:
    """The date that a value stands for, None where that is not a date ("in press")."""
    found = date_fields.parse(characters(source)).date
    return found if found is not None and found.parts else None


def _of_dates(mine: str, theirs: str, record: Record | None) -> Grade:
    one, other = date(mine), date(theirs)
    if one is None or other is None:
        return Grade.NEAR
    if one.year == other.year:
        shared = min(len(one.parts), len(other.parts))
        return Grade.SAME if one.parts[:shared] == other.parts[:shared] else Grade.ALIKE
    return Grade.ALIKE if record is not None and one.year in record.years.values() else Grade.NEAR


def month(source: str) -> int:
    """The number of a month in whatever spelling, 0 for none."""
    found = date_fields.issued({"year": "2000", "month": characters(source)}).date
    return found.parts[1] if found is not None and len(found.parts) > 1 else 0


def _address(source: str) -> str:
    """An address without its scheme and what the same page may have at its end."""
    return _SCHEME.sub("", verbatim(source).strip()).rstrip("/").lower()


def _codes(source: str) -> frozenset[str]:
    shown = characters(source)
    return frozenset(_without_prefix(found) for found in _CODE.findall(shown))


def _without_prefix(code: str) -> str:
    """An ISBN's nine digits that tell the book, an ISSN as it is: with 10 or 13 digits it is the same ISBN."""
    digits = re.sub(r"[^\dX]", "", code.upper())
    return digits[3:12] if len(digits) == 13 else digits[:9] if len(digits) == 10 else digits


def count_accents(values: Iterable[str]) -> int:
    """How many letters of these texts carry an accent or are no ASCII."""
    return sum(not sign.isascii() for value in values for sign in unicodedata.normalize("NFC", value) if sign.isalpha())
