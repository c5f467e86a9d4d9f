"""The name of a journal or a conference to the words that tell it from others: no years, ordinals, societies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pubtrack.matching._known_venues import VENUES
from pubtrack.model.ordinals import ORDINALS, TENS
from pubtrack.people.folding import APOSTROPHES, strip_accents

_ORDINALS = frozenset((*ORDINALS, *TENS, *"twenty thirty forty fifty sixty seventy eighty ninety".split()))
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|\.)|[xvi]{2,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’`‘]\s?\d\d(?!\d)")
_WHOLE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WORD = re.compile(r"[^\W_]+\.?")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_VOLUME = re.compile(
    r"(?:[,;]\s*+|(?<![,;\s])\s++)?\b(?:vol(?:ume)?|no|number|part|pp|pages)\b\.?\s*+[\divx]++\b.*$", re.I
)
_ACRONYM = re.compile(r"(?:[A-Z][a-z]{0,4}){2,}[a-z]?s?|[A-Z]&[A-Z]|[A-Z]{2,}[a-z]{0,2}")
_CUT = re.compile(r"(?:(?<!\s)\s++)?[:;—]\s*+|(?<!\s)\s++[-–]\s++")

SMALL = frozenset(
    "a an and as at by for from in into of on or the to und der die das des für fur et de du la le les y el los of "
    "with on".split()
)
_IDLE = frozenset(
    """international annual ieee acm cvf rsj siam usenix ifip iapr isca iacr eurographics sigkdd sigchi
    sigplan sigsoft sigact sigops sigarch sigweb sigspatial aaai edition online virtual event ed main track
    proceedings proceeding papers record meeting companion extended abstracts computer-society
    long short volume""".split()
)
"""Words that a name has in one place and lacks in another: organisers, "international", "proceedings"."""
_WHOLE = {
    "conf": "conference", "symp": "symposium", "proc": "proceedings", "procs": "proceedings", "intl": "international",
    "int": "international", "trans": "transactions", "j": "journal", "lett": "letters", "ann": "annals",
    "bull": "bulletin", "mag": "magazine", "annu": "annual", "wkshp": "workshop",
}  # fmt: skip
"""Abbreviations (ISO 4) of the words that say what a venue is."""
CONFERENCES = frozenset("conference conferences symposium colloquium congress convention".split())
JOURNALS = frozenset(
    "journal transactions letters magazine annals archives bulletin quarterly gazette newsletter".split()
)
_WORKSHOPS = frozenset(("workshop", "workshops", "wkshp", "wksp"))
SIBLINGS = frozenset(
    "letters communications open reports report reviews review research methods supplement magazine protocols medicine "
    "surveys advances".split()
)
"""Words that tell the journals of one family apart, such as Nature and Nature Communications."""

SERIES = re.compile(
    r"lecture notes in|communications in computer and information science|ceur workshop proceedings"
    r"|leibniz international proceedings|proceedings of machine learning research|^pmlr\b|^lncs\b|^lnai\b|^lipics\b"
    r"|:? conference series\b|^procedia\b|\bweb of conferences\b|^aip conference proceedings"
    r"|jmlr:? workshop and conference proceedings|advances in intelligent systems|ifip advances in"
    r"|springer proceedings in|springer series in|^studies in|acm international conference proceeding series"
    r"|international federation for information processing|smart innovation, systems|frontiers in artificial"
    r" intelligence and applications|^icps\b|electronic proceedings in theoretical|undergraduate texts|graduate texts",
    re.I,
)
"""Series in which whole books appear: their name says nothing against a conference."""


@dataclass(frozen=True, slots=True)
class VenueName:
    """One reading of a venue's name.

    `words` are all that count, in order; `content` those of them that say a subject or a place; `acronyms` stand in
    brackets or are the whole name; `years` are those that the name holds.
    """

    words: tuple[str, ...]
    acronyms: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    is_workshop: bool = False
    is_acronym: bool = False

    @property
    def content(self) -> frozenset[str]:
        return frozenset(self.words) - CONFERENCES - JOURNALS

    @property
    def is_conference(self) -> bool:
        return not CONFERENCES.isdisjoint(self.words)

    @property
    def is_journal(self) -> bool:
        return not JOURNALS.isdisjoint(self.words)

    @property
    def key(self) -> str:
        return " ".join(self.words)


@lru_cache(maxsize=1 << 14)
def venue_readings(name: str) -> tuple[VenueName, ...]:
    """The ways to read a venue's name: as it stands, and each part of it that a colon, a dash or a comma ends."""
    return tuple(dict.fromkeys(reading for text in _stretches(name) if (reading := _reading(text)).words))


def _stretches(name: str) -> Iterator[str]:
    name = " ".join(_VOLUME.sub("", " ".join(name.split())).split())
    yield name
    parts = [part for part in _CUT.split(name) if part]
    yield from parts if len(parts) > 1 else ()
    for part in parts:
        head, comma, tail = part.partition(",")
        if comma and (any(map(str.isdigit, tail)) or len(head.split()) > 3 or _is_acronym(_without_years(head))):
            yield head


def _reading(text: str) -> VenueName:
    brackets = [inner for inner in map(_without_years, _BRACKET.findall(text)) if _is_acronym(inner)]
    acronyms = {strip_accents(part) for inner in brackets for part in (inner, *re.split(r"[\s/-]+", inner)) if part}
    years = frozenset(int(year) for year in _WHOLE_YEAR.findall(text))
    outside = _without_years(_BRACKET.sub(" ", text)) or _without_years(text)
    is_acronym = _is_acronym(outside)
    tokens = [_WHOLE.get(word.rstrip("."), word) for word in _tokens(outside.replace("-", " "))]
    is_workshop = not _WORKSHOPS.isdisjoint(tokens) or any(_is_of_workshops(acronym) for acronym in acronyms)
    words = [word for word in tokens if word not in _WORKSHOPS]
    words = [word for word in words if word not in SMALL and not _is_ordinal(word)]  # "Des." is Design, not "des"
    words = [word.rstrip(".") for word in words]
    kept = [word for word in words if word not in _IDLE] or words
    if is_acronym or (len(kept) == 1 and kept[0] in _ACRONYMS):
        is_acronym = True
        acronyms.add(" ".join(kept))
    named = {word for word in words if word in _ACRONYMS}
    acronyms |= named if len(words) > 1 and not is_acronym else set()
    return VenueName(tuple(kept), frozenset(acronyms), years, is_workshop, is_acronym)


def _tokens(text: str) -> list[str]:
    text = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", strip_accents(text).replace("&", " and "))
    return _WORD.findall(text.translate(dict.fromkeys(map(ord, APOSTROPHES))))


def _without_years(text: str) -> str:
    return _YEAR.sub(" ", text).strip(" ,'’")


def _is_acronym(text: str) -> bool:
    """Whether a text is one or two words that look like an acronym, or one that is known as such."""
    words = text.replace("/", " ").replace("-", " ").split()
    if not 0 < len(words) <= 3:
        return False
    return all(_ACRONYM.fullmatch(word) is not None or strip_accents(word) in _ACRONYMS for word in words)


def _is_of_workshops(acronym: str) -> bool:
    """Whether an acronym is that of a conference's workshops: CVPRW, ICCVW."""
    return acronym.endswith("w") and acronym[:-1] in _ACRONYMS


def _is_ordinal(word: str) -> bool:
    return word in _ORDINALS or _ORDINAL.fullmatch(word) is not None or word.isdigit()


_ACRONYMS: frozenset[str] = frozenset(
    strip_accents(word) for acronyms, _ in VENUES for word in acronyms if word not in ("mm", "rss", "s&p")
)


@lru_cache(maxsize=1)
def known_names() -> dict[str, str]:
    """Each known name, as the key of its reading, to its venue's first acronym."""
    found: dict[str, str] = {}
    for acronyms, names in VENUES:
        short = [word.upper() for word in acronyms]
        for name in (*short, *(f"{word} Conference" for word in short), *names):
            for reading in venue_readings(name):
                found.setdefault(reading.key, acronyms[0])
    return found


def names_of(acronym: str) -> tuple[str, ...]:
    """The full names of the known venue with this first acronym."""
    return next((names for acronyms, names in VENUES if acronyms[0] == acronym), ())
