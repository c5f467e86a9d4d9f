"""The works in which the owner is nobody, and why: works with their roles in, absences or a sentence on them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pubtrack.model.name import ME, Name
from pubtrack.model.work import Work
from pubtrack.people.owner import Match, Owner, identify, near_spellings

_SAID_SHARE = 10
"""Absences are worth a remark where they are more than one in so many works."""
_FREQUENT = 3
"""So many works must have an author before they are named as the one whose works these are."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A work without the owner, what is known of its authors, and those of them spelt almost like the owner."""

    work: Work
    match: Match
    alike: tuple[Name, ...] = ()


def absences(works: Sequence[Work], owner: Owner) -> list[Absence]:
    """Those of `works`, whose people have their roles, in which nobody is the owner."""
    return [
        Absence(
            work,
            identify(work.creators, owner, others=bool(work.others & {"author", "editor"})),
            tuple(name for _, name in near_spellings(work.creators, owner)),
        )
        for work in works
        if not any(ME in name.roles for names in work.people.values() for name in names)
    ]


def absence_remark(works: Sequence[Work], owner: Owner) -> str:
    """How many of `works` are without the owner and why; "" where that is nothing to speak of.

    A few works by others are usual in a list; a name that is spelt almost like the owner's is a mistake, however few.
    """
    absent = absences(works, owner)
    alike = [one for one in absent if one.alike]
    unsure = [one for one in absent if one.match.written_as and not one.alike]
    if not alike and (len(absent) - len(unsure)) * _SAID_SHARE <= len(works):
        return ""  # where the owner may be one of several is said for itself
    reasons = []
    if alike:
        first = f'"{alike[0].alike[0]}" in {alike[0].work.id}'
        reasons.append(f"{len(alike)} with a name spelt almost like it ({first}{', …' if len(alike) > 1 else ''})")
    rest = [one for one in absent if not one.alike and not one.match.written_as]
    nameless = [one for one in rest if one.match.status == "no-authors"]
    rest = [one for one in rest if one.match.status != "no-authors"]
    short = [one for one in rest if one.match.status == "ambiguous"]
    by_others = [one for one in rest if one.match.status != "ambiguous"]
    reasons += [f"{len(unsure)} with a name that may be yours"] if unsure else []
    reasons += [f'{len(short)} {"ends" if len(short) == 1 else "end"} in "and others"'] if short else []
    reasons += [f"{len(nameless)} without authors"] if nameless else []
    reasons += [f"{len(by_others)} by others"] if by_others else []
    number = f"{len(absent)} of {len(works)} work{'' if len(works) == 1 else 's'}"
    return f"{number} without you ({owner.name}): {', '.join(reasons)}{_frequent_author(absent)}"


def _frequent_author(absent: Sequence[Absence]) -> str:
    """The author of most of the works, who may be the owner under another name."""
    count = Counter(key for one in absent for key in {_initial_and_family(name) for name in one.work.creators})
    key, times = min(count.items(), key=lambda pair: (-pair[1], pair[0]), default=(("", ""), 0))
    if times < _FREQUENT or times * 2 <= len(absent):
        return ""
    forms = (str(name) for one in absent for name in one.work.creators if _initial_and_family(name) == key)
    return f'; "{max(forms, key=len)}" is an author of {times}'


def _initial_and_family(name: Name) -> tuple[str, str]:
    """What most ways of writing a name have in common."""
    return name.given[:1].casefold(), (name.family or name.literal).casefold()
