"""Compare two lists of authors: who is the same person, who is missing, what differs.

Whether two names are one person's says `person`; here lists are laid side by side.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from pubtrack.matching.grades import Grade
from pubtrack.model.name import Name
from pubtrack.people import Form, Level, Word, WrittenName, east_asian, fold, glue_letters, spellings, words_of_name
from pubtrack.people.folding import strip_accents
from pubtrack.people.organisations import ORGANISATION

Kind = Literal["missing", "extra", "misspelt", "given", "order", "truncated"]
_LONGEST = 60
"""Of the people whom a look at the same place leaves over, so many are laid side by side; more is not a slip of a
hand."""
_LONGEST_NAME = 200  # characters; in longer ones no lost letters are looked for

_SHORT_FORMS = {
    frozenset(pair.split("="))
    for pair in """bob=robert rob=robert bill=william will=william mike=michael jim=james tony=anthony andy=andrew
    kate=katherine kate=catherine liz=elizabeth beth=elizabeth dick=richard rick=richard ted=edward ted=theodore
    chuck=charles jack=john peggy=margaret meg=margaret harry=henry hank=henry larry=lawrence larry=laurence
    bert=albert bert=robert fritz=friedrich hans=johannes pepe=jose paco=francisco sasha=alexander sasha=alexandra
    misha=mikhail kolya=nikolai vova=vladimir dima=dmitri dima=dmitry steve=stephen tommy=thomas jerry=gerald
    jerry=jerome gerry=gerald betty=elizabeth sally=sarah nick=nicolas nick=nikolaos kostas=konstantinos
    kostas=constantinos yannis=ioannis yiannis=ioannis giannis=ioannis dan=daniel""".split()
}


class Tie(IntEnum):
    """How two names are tied, rising."""

    NONE = 0
    GIVEN = 1
    """One family name, but given names that contradict each other."""
    MISSPELT = 2
    """The same but for a letter or two."""
    PERSON = 3
    """One person's name, perhaps with initials, a particle less or the family name first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two lists of people do not agree on. `mine` and `theirs` are names as they stand there."""

    kind: Kind
    mine: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class PeopleMatch:
    """How two lists of people agree.

    `shared` is the share of the shorter list's people that are in the other one, misspelt or not; 0.0 says that nobody
    is an author of both. `first` says whether the first ones are one person.
    """

    grade: Grade
    why: str = ""
    shared: float = 0.0
    first: bool = False
    differences: tuple[Difference, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Difference, ...]:
        """The differences of these kinds."""
        return tuple(one for one in self.differences if one.kind in kinds)


def compare_people(
    mine: Sequence[Name],
    theirs: Sequence[Name],
    *,
    others: bool = False,
    truncated: bool = False,
    ordered: bool = True,
) -> PeopleMatch:
    """How the list `mine` agrees with `theirs`, that of a registry.

    `others` says that mine ends in "and others", `truncated` that theirs is not whole; `ordered` that their order is
    that of the paper. An order is judged only among three people or more, and not against a list that runs from A to Z.
    Groups ("the ATLAS Collaboration") may be missing on either side.
    """
    own, other = _people(mine), _people(theirs)
    if not own or not other:
        return PeopleMatch(Grade.SILENT)
    ties = _tied(own, other)
    differences = [*_differences(own, other, ties)]
    if others:
        differences = [one for one in differences if one.kind != "missing"]
    if truncated:
        differences = [one for one in differences if one.kind != "extra"]
    if not others and not any(one.kind == "extra" for one in differences):
        differences = _as_truncated(differences, own, other, ties)
    persons = [(i, j) for i, (j, tie) in ties.items() if tie is Tie.PERSON]
    if not differences and ordered and _out_of_order(persons, other):
        differences.append(Difference("order", _listed(own), _listed(other)))
    return _judged(own, other, ties, differences, others or truncated)


def _judged(
    own: Sequence[Name],
    other: Sequence[Name],
    ties: dict[int, tuple[int, Tie]],
    differences: Sequence[Difference],
    cut: bool,
) -> PeopleMatch:
    first = ties.get(0) in ((0, Tie.PERSON), (0, Tie.MISSPELT))
    shortest = min(len(own), len(other))
    shared = sum(tied > Tie.GIVEN for _, tied in ties.values()) / shortest
    in_place = sum(tied is Tie.GIVEN and i == j for i, (j, tied) in ties.items()) / shortest
    if not differences:
        whole = len(own) == len(other) and all(fold(str(a)) == fold(str(b)) for a, b in zip(own, other, strict=True))
        why = "" if whole else "the list is cut off" if cut and len(own) != len(other) else "names written otherwise"
        return PeopleMatch(Grade.SAME if whole else Grade.ALIKE, why, shared, first)
    grade = Grade.NEAR if 2 * (shared + in_place) >= 1 else Grade.CONTRADICTS
    why = ", ".join(dict.fromkeys(map(_worded, differences[:3]))) + (" and more" if len(differences) > 3 else "")
    return PeopleMatch(grade, "other people" if shared == 0 else why, shared, first, tuple(differences))


def _worded(one: Difference) -> str:
    match one.kind:
        case "missing":
            return f"{one.theirs} is missing"
        case "extra":
            return f"{one.mine} is not an author"
        case "truncated":
            return f'the list ends before {one.theirs} without "and others"'
        case "order":
            return "the order differs"
        case _:
            return f"{one.mine} is {one.theirs}"


def _people(names: Iterable[Name]) -> list[Name]:
    """The persons of a list, a group only where there is nobody else; "?" is not a name."""
    names = [_unescaped(name) for name in names if spellings(str(name))[0]]
    return [name for name in names if not is_group(name)] or names


def _unescaped(name: Name) -> Name:
    """A name without the entities of a web page that it was copied from: "d&apos;Amore"."""
    if "&" not in f"{name.family}{name.given}{name.literal}":
        return name
    family, given, literal = map(html.unescape, (name.family, name.given, name.literal))
    return replace(name, family=family, given=given, literal=literal)


_GROUP = re.compile(rf"\b(?:{ORGANISATION}|group)\b")


def is_group(name: Name) -> bool:
    """Whether a name without parts is one of a group, by its words."""
    return bool(name.literal) and _GROUP.search(fold(name.literal)) is not None


@lru_cache(maxsize=1 << 15)
def _written(name: Name) -> WrittenName:
    return words_of_name(name)


@lru_cache(maxsize=1 << 15)
def match_names(mine: Name, theirs: Name) -> Tie:
    """How the names of two lists are tied: one person's, one letter off, another given name, or not at all."""
    if "?" in f"{mine.family}{mine.given}" or "?" in f"{theirs.family}{theirs.given}":
        return Tie.PERSON if _lost_letters(mine, theirs) or _lost_letters(theirs, mine) else Tie.NONE
    one, other = _written(mine), _written(theirs)
    found = max((Form(other).likeness(one), Form(one).likeness(other)), key=lambda likeness: likeness.level)
    if found.level > Level.NO:
        return Tie.PERSON
    same_family = bool(one.family_spellings & other.family_spellings)
    if (
        (same_family and _given_may_agree(one, other))
        or _has_second_family(one, other)
        or _has_second_family(other, one)
    ):
        return Tie.PERSON
    if _is_misspelt(one, other, same_family=same_family):
        return Tie.MISSPELT
    return Tie.GIVEN if same_family or found.same_family else Tie.NONE


def _lost_letters(garbled: Name, other: Name) -> bool:
    """Whether a name in which question marks stand for letters that an encoding lost is `other`: "Erd?s"."""
    return all(
        _stands_for(strip_accents(lost), strip_accents(whole))
        for lost, whole in ((garbled.family, other.family), (garbled.given, other.given))
    )


def _stands_for(garbled: str, whole: str) -> bool:
    """Whether `whole` is `garbled` with at most two letters or digits in the place of each question mark."""
    if max(len(garbled), len(whole)) > _LONGEST_NAME:
        return garbled == whole
    ends = {0}  # where in `whole` what is read of `garbled` may end
    for sign in garbled:
        if sign != "?":
            ends = {end + 1 for end in ends if whole[end : end + 1] == sign}
            continue
        for _ in range(2):
            ends |= {end + 1 for end in ends if whole[end : end + 1].isalnum() or whole[end : end + 1] == "_"}
    return len(whole) in ends


def _has_second_family(short: WrittenName, long: WrittenName) -> bool:
    """Whether `long` is `short` with a second family name behind, as Spanish and Portuguese ones have it."""
    if len(long.given) < 2 or not short.given or len(short.family) != 1:
        return False
    return bool(glue_letters(short.family) & glue_letters(long.given[-1:])) and bool(
        glue_letters(short.given) & glue_letters(long.given[:-1])
    )


def _given_may_agree(one: WrittenName, other: WrittenName) -> bool:
    """Whether a given name is a short form of the other ("Dan", "Bob") or one of its words ("Chris" of "Yuan Chris").

    Not so with a Chinese, Korean or Vietnamese family name, where Wei and Weiming are two people.
    """
    if not one.given or not other.given:
        return True
    mine = {_letters([word]) for word in one.given}
    theirs = {_letters([word]) for word in other.given}
    if any(len(word) > 2 for word in mine & theirs) and (mine <= theirs or theirs <= mine):
        return True
    first, second = _letters(one.given[:1]), _letters(other.given[:1])
    if frozenset((first, second)) in _SHORT_FORMS:
        return True
    short, whole = sorted((first, second), key=len)
    return len(short) > 2 and whole.startswith(short) and not glue_letters(one.family) & east_asian.SURNAMES


def _is_misspelt(one: WrittenName, other: WrittenName, *, same_family: bool) -> bool:
    """Whether one of the two names, family or given, is the same and the other is one or two letters off."""
    from rapidfuzz.distance import OSA

    def off(first: str, second: str) -> bool:
        longest = max(len(first), len(second))
        return longest > 3 and OSA.distance(first, second, score_cutoff=2) <= (1 if longest < 8 else 2)

    family, given = _letters(one.family), _letters(one.given)
    their_family, their_given = _letters(other.family), _letters(other.given)
    if same_family:
        return off(given, their_given)
    if not off(family, their_family):
        return False
    return given == their_given or (given[:1] == their_given[:1] and min(len(given), len(their_given)) <= 2)


def _letters(words: Iterable[Word]) -> str:
    return "".join(part.spellings[0] for word in words for part in word.parts)


def _tied(own: Sequence[Name], other: Sequence[Name]) -> dict[int, tuple[int, Tie]]:
    """Each place of the one list to the place of the other that it is tied to, one to one, the strongest ties first."""
    ties: dict[int, tuple[int, Tie]] = {}
    taken: set[int] = set()
    for i, (a, b) in enumerate(zip(own, other, strict=False)):
        if a == b or match_names(a, b) is Tie.PERSON:
            ties[i] = i, Tie.PERSON
            taken.add(i)
    for least in (Tie.PERSON, Tie.MISSPELT, Tie.GIVEN):
        rest = [i for i in range(len(own)) if i not in ties][:_LONGEST]
        free = [j for j in range(len(other)) if j not in taken][:_LONGEST]
        for i in rest:
            found = next(
                (j for j in sorted(free, key=lambda j: abs(i - j)) if match_names(own[i], other[j]) is least), None
            )
            if found is not None:
                ties[i] = found, least
                taken.add(found)
                free.remove(found)
    return ties


def _differences(own: Sequence[Name], other: Sequence[Name], ties: dict[int, tuple[int, Tie]]) -> Iterator[Difference]:
    for i, name in enumerate(own):
        if i not in ties:
            yield Difference("extra", str(name))
            continue
        j, tied = ties[i]
        if tied is Tie.MISSPELT:
            yield Difference("misspelt", str(name), str(other[j]))
        elif tied is Tie.GIVEN:
            yield Difference("given", str(name), str(other[j]))
    found = {j for j, _ in ties.values()}
    yield from (Difference("missing", "", str(name)) for j, name in enumerate(other) if j not in found)


def _as_truncated(
    differences: list[Difference], own: Sequence[Name], other: Sequence[Name], ties: dict[int, tuple[int, Tie]]
) -> list[Difference]:
    """The differences with the names that follow the last one of `own` as one, for a list that is cut off silently."""
    missing = [one for one in differences if one.kind == "missing"]
    if len(missing) < 2 or len(own) < 2 or sorted(j for j, _ in ties.values()) != list(range(len(own))):
        return differences
    first = Difference("truncated", _listed(own), str(other[len(own)]))
    return [*(one for one in differences if one.kind != "missing"), first]


def _out_of_order(pairs: Sequence[tuple[int, int]], other: Sequence[Name]) -> bool:
    """Whether three people or more stand in another order, and theirs is not just the alphabet's."""
    places = [j for _, j in sorted(pairs)]
    if len(places) < 3 or places == sorted(places):
        return False
    families = [family_key(name) for name in other]
    return families != sorted(families)


def _listed(names: Sequence[Name]) -> str:
    return ", ".join(map(str, names[:4])) + (", …" if len(names) > 4 else "")


@lru_cache(maxsize=1 << 16)
def family_key(name: Name) -> str:
    """The letters of a family name without particles, for sorting into groups; of a group, its whole name."""
    written = _written(name)
    return _letters(written.family) or spellings(name.family or name.literal)[0]


def families_shared(mine: Sequence[Name], theirs: Sequence[Name]) -> float:
    """The share of family names in common of all that either list has (Jaccard)."""
    one, other = {family_key(name) for name in mine}, {family_key(name) for name in theirs}
    return len(one & other) / len(one | other) if one and other else 0.0
