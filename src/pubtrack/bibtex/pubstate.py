"""Recognise the state of a publication as people type it ("in press", "à paraître", biblatex's pubstate).

People put it into the year, the journal, the volume, the pages or the note; there it is not a date, journal or page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_STATES: Mapping[str, tuple[str, ...]] = {
    "in press": (
        "in press", "in-press", "inpress", "in print", "article in press", "im druck", "sous presse", "en prensa",
        "in stampa", "no prelo", "in druk", "в печати", "印刷中", "待刊",
    ),
    "forthcoming": ("forthcoming", "im erscheinen", "erscheint demnächst", "à paraître", "a paraître", "próximamente"),
    "to appear": ("to appear", "to be published", "will appear", "appearing"),
    "accepted": ("accepted", "conditionally accepted", "angenommen", "accepté", "aceptado", "accettato"),
    "submitted": (
        "submitted", "manuscript submitted", "under submission", "eingereicht", "soumis", "enviado", "submetido",
    ),
    "under review": ("under review", "in review", "being reviewed", "under peer review", "in begutachtung", "審査中"),
    "revise and resubmit": (
        "revise and resubmit", "revise & resubmit", "revise-and-resubmit", "revised and resubmitted", "r&r", "r & r",
    ),
    "in revision": ("in revision", "under revision", "major revision", "minor revision"),
    "in preparation": (
        "in preparation", "inpreparation", "in prep", "manuscript in preparation", "work in progress", "in progress",
        "in vorbereitung", "en préparation", "en preparación",
    ),
    "advance online publication": (
        "advance online publication", "prepublished", "pre-published", "online first", "early access", "early view",
        "ahead of print", "epub ahead of print", "published online ahead of print", "published online first",
        "advance access", "articles in advance", "aheadofprint",
    ),
    "rejected": ("rejected", "desk rejected", "desk-rejected"),
}  # fmt: skip
_PUBSTATES: Mapping[str, str] = {
    "in press": "inpress", "forthcoming": "forthcoming", "submitted": "submitted", "in preparation": "inpreparation",
    "advance online publication": "prepublished",
}  # fmt: skip
REJECTED = "rejected"
"""What no list says of a work."""
UNPUBLISHED = frozenset({"submitted", "under review", "revise and resubmit", "in revision", "in preparation"})
"""The states in which a work has no year of publication yet, whatever its entry says."""
_STATE_OF = {phrase: state for state, phrases in _STATES.items() for phrase in phrases}
_PHRASE = (
    rf"({'|'.join(sorted(map(re.escape, _STATE_OF), key=len, reverse=True))})(?!\w)"
    r"(?:\s+for\s+(?:publication|presentation|review))?"
)
_ANYWHERE = re.compile(rf"(?<!\w){_PHRASE}", re.I)
_PLACE = r"(?:in|to(?!\s+(?:appear|be)\b)|at|by|for|with|bei|dans)\s+(?:the\s+)?"
_LEADING = re.compile(
    rf"[(\[]?{_PHRASE}(?:(?:\s+(?:to|in|by|at))?[)\]]\s*|\s*[:,;(\[]\s*|\.\s+|\s+(?={_PLACE}))(?:{_PLACE})?(?P<rest>.+)",
    re.I,
)
_TO_A_PLACE = re.compile(rf"(?i:(?:\s+for\s+\w+)?\s+{_PLACE})[^\W\d_a-z]")  # what is named has a capital
_TRAILING = re.compile(
    rf"(?P<rest>.+?)(?:(?:(?:(?<!\s)|(?<=\A\s))\s++)?[,;:(\[]\s*+|\.\s++|(?:(?<!\s)|(?<=\A\s))\s++[–—-]\s++)"
    rf"{_PHRASE}[)\].]*+",
    re.I,
)
_OUTER = " \t\r\n.,;:()[]"
_LONGEST = 300  # characters in which a state is looked for


@lru_cache(maxsize=4096)
def state(source: str) -> str:
    """The state that `source` names if it names nothing else, in English ("in press"), or ""."""
    if len(source) > 60:
        return ""
    match = _ANYWHERE.fullmatch(" ".join(source.split()).strip(_OUTER))
    return _STATE_OF[match.group(1).lower()] if match else ""


@lru_cache(maxsize=4096)
def split_state(source: str) -> tuple[str, str]:
    """The state at either end of a journal's name, and the name: "Accepted in Nature", "Nature (in press)".

    A name that merely begins with such a word ("Accepted papers") holds no state.
    """
    if len(source) > _LONGEST or not _ANYWHERE.search(source):
        return "", source
    found, rest = "", " ".join(source.split())
    for _ in range(3):
        whole = state(rest)
        if whole:
            return found or whole, ""
        match = _LEADING.fullmatch(rest) or _TRAILING.fullmatch(rest)
        if match is None:
            break
        found, rest = found or _STATE_OF[match.group(1 if match.re is _LEADING else 2).lower()], match.group("rest")
    if found and rest.count("(") != rest.count(")"):
        rest = rest.strip("()[] ")
    return (found, rest.strip(" ,;:")) if found else ("", source)


def remove_state(source: str) -> tuple[str, str]:
    """The state that stands anywhere in a year or date, and what else stands there."""
    match = _ANYWHERE.search(source) if len(source) <= _LONGEST else None
    if match is None:
        return "", source
    rest = f"{source[: match.start()]} {source[match.end() :]}"
    return _STATE_OF[match.group(1).lower()], " ".join(rest.split()).strip(_OUTER)


def noted_state(source: str) -> str:
    """The state that a note begins with, before the place that it names ("Submitted to Nature"), or ""."""
    if len(source) > 120 or (match := _LEADING.fullmatch(" ".join(source.split()).strip(_OUTER))) is None:
        return ""
    return _STATE_OF[match.group(1).lower()] if _TO_A_PLACE.match(source[match.end(1) :]) else ""


def pubstate(name: str) -> str:
    """biblatex's `pubstate` for a state's English name; one that biblatex lacks is written as it is."""
    return _PUBSTATES.get(name, name)
