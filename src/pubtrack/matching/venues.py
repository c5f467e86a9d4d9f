"""Two names of journals or conferences to how well they agree: abbreviations, acronyms, aliases and series allowed for.

A contradiction needs two names that are both understood; where one may stand for the other, nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pubtrack.matching._known_venues import KIN
from pubtrack.matching._venue_words import (
    JOURNALS,
    SERIES,
    SIBLINGS,
    SMALL,
    VenueName,
    known_names,
    names_of,
    venue_readings,
)
from pubtrack.matching.grades import SILENT, Comparison, Grade
from pubtrack.matching.thresholds import COMMON_WORDS

_NEARLY = 0.9  # of the letters of two names: a slip of the pen


def compare_venues(
    mine: Iterable[str], theirs: Iterable[str], *, aliases: Mapping[str, str] | None = None, certain: bool = True
) -> Comparison:
    """How the names `mine` of a venue agree with `theirs`; any name that agrees is enough.

    `aliases` maps short names to full ones, as [venues] does, and is used both ways. `certain` says that theirs is the
    venue itself: False, as for a book chapter, leaves only known venues to contradict each other.
    """
    own, other = _with_aliases(mine, aliases or {}), _with_aliases(theirs, aliases or {})
    whole = [name for name in other if not SERIES.search(name)]
    if not own or not other:
        return SILENT
    grades = [(_agreement(a, b, certain), a, b) for a in own for b in other]
    best = max(grades, key=lambda found: found[0][0])
    (grade, why), a, b = best
    if grade <= Grade.SILENT and (not whole or any(SERIES.search(name) for name in own)):
        return SILENT
    if grade is Grade.CONTRADICTS:
        a, b = own[0], whole[0]
    return Comparison(grade, why, a, b)


def venue_years(names: Iterable[str]) -> frozenset[int]:
    """The years that stand in a venue's names: that of a conference, whenever its proceedings are printed."""
    return frozenset(year for name in names for reading in venue_readings(name)[:1] for year in reading.years)


def is_workshop(names: Iterable[str]) -> bool:
    """Whether one of a venue's names is that of a workshop."""
    return any(reading.is_workshop for name in names for reading in venue_readings(name)[:1])


def is_conference(names: Iterable[str]) -> bool:
    """Whether one of a venue's names is that of a conference and not of a journal."""
    return any(
        reading.is_conference or "proceedings" in name.lower() or known_acronym(name) in _CONFERENCE_ACRONYMS
        for name in names
        for reading in venue_readings(name)[:1]
    )


_CONFERENCE_ACRONYMS = frozenset("neurips kdd emnlp uai cav miccai pvldb aaai iclr".split())


def _with_aliases(names: Iterable[str], aliases: Mapping[str, str]) -> list[str]:
    names = [name for name in dict.fromkeys(names) if venue_readings(name)]
    if aliases:
        keys = {venue_readings(name)[0].key for name in names}
        for short, full in aliases.items():
            pair = [name for name in (short, full) if venue_readings(name)]
            if not keys.isdisjoint(venue_readings(name)[0].key for name in pair):
                names += pair
    return list(dict.fromkeys(names))


def known_acronym(name: str) -> str:
    """The first acronym of the known venue that `name` names, else ""."""
    return next((known_names()[reading.key] for reading in venue_readings(name) if reading.key in known_names()), "")


@lru_cache(maxsize=1 << 15)
def _agreement(mine: str, theirs: str, certain: bool) -> tuple[Grade, str]:
    pairs = [(a, b) for a in venue_readings(mine) for b in venue_readings(theirs)]
    main, their_main = venue_readings(mine)[0], venue_readings(theirs)[0]
    workshop = main.is_workshop != their_main.is_workshop
    best = max((_positive(a, b) for a, b in pairs), default=(Grade.SILENT, ""))
    if best[0] >= Grade.ALIKE:
        if workshop:
            return Grade.CONTRADICTS, "a workshop is not the conference"
        return best
    one, other = known_acronym(mine), known_acronym(theirs)
    if (one and one == other) or _spells(theirs, one, other) or _spells(mine, other, one):
        return (Grade.CONTRADICTS, "a workshop is not the conference") if workshop else (Grade.ALIKE, "the same venue")
    return _negative(main, their_main, one, other, certain)


def _spells(name: str, known_group: str, own_group: str) -> bool:
    """Whether `name`, which names no known venue, abbreviates a name of the known one."""
    if not known_group or own_group:
        return False
    return any(
        _positive(reading, full)[0].agrees
        for full_name in names_of(known_group)
        for full in venue_readings(full_name)[:1]
        for reading in venue_readings(name)
    )


def _positive(one: VenueName, other: VenueName) -> tuple[Grade, str]:
    """The agreement of two readings, SILENT where they do not."""
    from rapidfuzz import fuzz

    if one.words == other.words:
        return Grade.SAME, ""
    if {one.key, other.key} <= known_names().keys() and known_names()[one.key] != known_names()[other.key]:
        return Grade.SILENT, ""
    if one.is_journal == other.is_journal or one.is_conference == other.is_conference:
        if _bare_words(one) == _bare_words(other) and not (one.is_journal or other.is_journal):
            return Grade.SAME, ""
        if _abbreviates(one.words, other.words) or _abbreviates(other.words, one.words):
            return Grade.ALIKE, "abbreviated"
    if one.acronyms & other.acronyms:
        return Grade.ALIKE, "the same acronym"
    if _is_acronym_of(one, other) or _is_acronym_of(other, one):
        return Grade.ALIKE, "an acronym"
    if min(len(one.key), len(other.key)) > 12 and fuzz.ratio(one.key, other.key) / 100 >= _NEARLY:
        return Grade.ALIKE, "nearly the same name"
    return Grade.SILENT, ""


def _is_acronym_of(short: VenueName, long: VenueName) -> bool:
    """Whether an acronym that is not known for another venue is made of the words of `long`."""
    if not short.is_acronym or long.is_acronym or short.key in known_names():
        return False
    return any(_fits(acronym.replace(" ", ""), long.words) for acronym in short.acronyms)


def _bare_words(name: VenueName) -> tuple[str, ...]:
    return tuple(word for word in name.words if word in name.content)


def _negative(one: VenueName, other: VenueName, mine: str, theirs: str, certain: bool) -> tuple[Grade, str]:
    """Whether two names that do not agree contradict each other."""
    found = (Grade.CONTRADICTS, "another venue")
    if one.is_workshop != other.is_workshop and not theirs:
        return Grade.SILENT, "a workshop may be in the proceedings of its conference"
    if mine and theirs:
        return (Grade.SILENT, "related venues") if frozenset((mine, theirs)) in KIN else found
    if frozenset((mine or one.key, theirs or other.key)) in KIN:
        return Grade.SILENT, "related venues"
    if not certain:
        return Grade.SILENT, ""
    if one.is_acronym or other.is_acronym:
        known_one, other_is_open = (mine, other.is_acronym) if not theirs else (theirs, one.is_acronym)
        return found if known_one and (theirs or not other_is_open) else (Grade.SILENT, "")
    if one.is_journal != other.is_journal and (one.is_conference or other.is_conference):
        return found
    if _common(one, other) < COMMON_WORDS or _is_sibling(one, other):
        return found
    if theirs and other.content < one.content:
        return found  # a narrower subject than that of the known venue
    return Grade.SILENT, "similar names"


def _is_sibling(one: VenueName, other: VenueName) -> bool:
    """Whether two names differ by what tells journals of one family or of one subject apart: Letters, Transactions."""
    apart = set(one.words) ^ set(other.words)
    if not (one.content <= other.content or other.content <= one.content):
        return False
    kinds = JOURNALS & apart
    return bool(SIBLINGS & apart) or (one.is_journal and other.is_journal and len(kinds) > 1)


def _common(one: VenueName, other: VenueName) -> float:
    """The share of telling words in common, an abbreviation counted as its word."""
    mine, theirs = one.content, other.content
    if not mine or not theirs:
        return 1.0
    shared = sum(any(_stands_for(a, b) or _stands_for(b, a) for b in theirs) for a in mine)
    return shared / (len(mine) + len(theirs) - min(shared, len(theirs)))


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether every word of `short` stands for the word of `long` in its place (ISO 4: small words are left out)."""
    return len(short) == len(long) and all(_stands_for(a, b) for a, b in zip(short, long, strict=True))


def _stands_for(short: str, long: str) -> bool:
    """Whether `short` is `long`, its beginning, or its first and last letters with some between: "intl", "natl"."""
    if long.startswith(short):
        return True
    if len(short) < 3 or short[0] != long[:1] or short[-1] != long[-1:] or len(short) + 2 > len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _fits(acronym: str, words: Sequence[str]) -> bool:
    """Whether the letters of an acronym are beginnings of the words in their order; "international" may be left out.

    >>> _fits("icml", ("conference", "machine", "learning"))
    True
    """
    letters = acronym[1:] if acronym.startswith(("i", "a")) and words[:1] != (acronym[0],) else acronym
    return _taken(acronym, tuple(words)) or _taken(letters, tuple(words))


@lru_cache(maxsize=4096)
def _taken(letters: str, words: tuple[str, ...]) -> bool:
    """Whether `letters` can be used up by beginnings of `words`; a word that is not a conference's may not be
    skipped."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    for count in range(min(len(word), len(letters)), 0, -1):
        if word.startswith(letters[:count]) and _taken(letters[count:], rest):
            return True
    return (word in ("conference", "journal", "symposium", "transactions") or word in SMALL) and _taken(letters, rest)
