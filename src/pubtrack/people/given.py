"""Two given names to how well they agree: in full, by initials, in part, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice, product

from pubtrack.people import east_asian
from pubtrack.people.name_words import NamePart, Word, glue_letters


class Level(IntEnum):
    """How sure a name is another's, rising."""

    NO = 0
    PERHAPS = 1
    INITIALS = 2
    FULL = 3
    EXACT = 4


@dataclass(frozen=True, slots=True)
class Agreement:
    """`why` says what differs, in a few words; `adds` that a middle name was added, `denies` that one contradicts."""

    level: Level
    why: str = ""
    adds: bool = False
    denies: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a given name. `joint`: it is one name with the part before, as in Jean-Pierre."""

    part: NamePart
    joint: bool = False


NOTHING = Agreement(Level.NO, "another given name")


class Given:
    """The given name that is looked for, in every way it may be divided."""

    def __init__(self, words: Sequence[Word], family: Sequence[Word]) -> None:
        self.words = tuple(words)
        is_surname = bool(glue_letters(family) & east_asian.SURNAMES)
        self.is_east_asian = is_surname and all(map(_is_east_asian, words))
        as_one_name = self.is_east_asian and len(words) > 1 and all(map(_is_syllable, words))
        self.full = glue_letters(words)
        self.explicit = _divided(words, [word.parts for word in words], as_one_name)
        self.derived = [
            _divided(words, parts, as_one_name)
            for parts in islice(product(*(_readings(word, self.is_east_asian) for word in words)), 1, 12)
        ]
        self.runs = [
            (
                *(_Piece(NamePart(tuple(glue_letters(words[:count])))),),
                *_divided(words[count:], [w.parts for w in words[count:]]),
            )
            for count in range(1, len(words) + 1)
            if count > 1 or len(words[0].parts) > 1
        ]

    def agreement(self, theirs: Sequence[Word]) -> Agreement:
        """How well the words `theirs` agree with this given name."""
        if not theirs or not self.words:
            return Agreement(Level.EXACT) if not theirs and not self.words else NOTHING
        if glue_letters(theirs) & self.full and not theirs[0].short:
            return Agreement(Level.EXACT)
        return max(self._agreements(theirs), key=lambda found: (found.level, found.denies), default=NOTHING)

    def _agreements(self, theirs: Sequence[Word]) -> Iterator[Agreement]:
        as_one_name = self.is_east_asian and all(map(_is_syllable, theirs))
        for parts in islice(product(*map(_their_readings, theirs)), 16):
            pieces = _divided(theirs, parts, as_one_name)
            yield self._judged(pieces, self.explicit, is_derived=False)
            for own in self.derived:
                yield self._judged(pieces, own, is_derived=True)
            if not pieces[0].part.short:
                for own in self.runs:
                    yield self._judged(pieces, own, is_derived=False)

    def _judged(self, theirs: Sequence[_Piece], own: Sequence[_Piece], *, is_derived: bool) -> Agreement:
        first = _first(theirs[0].part, own[0].part)
        if first is Level.NO:
            return NOTHING
        added, skipped, spelt_out = _aligned(theirs[1:], own[1:])
        if added and skipped:
            return Agreement(Level.NO, "another middle name", denies=not is_derived)
        if first is Level.PERHAPS:
            return Agreement(Level.PERHAPS, "the name is declared with initials only")
        if first is Level.FULL:
            return _in_full(theirs, own, added, skipped)
        if any(not piece.part.short for piece in added):
            return NOTHING
        if spelt_out:
            return Agreement(Level.FULL, "first name abbreviated", adds=bool(added))
        if added:
            return Agreement(Level.PERHAPS, "an initial that no declared name has", adds=True)
        return Agreement(Level.INITIALS, "initials")


def _in_full(
    theirs: Sequence[_Piece], own: Sequence[_Piece], added: Sequence[_Piece], skipped: Sequence[_Piece]
) -> Agreement:
    """The judgement where the first given name is spelt out and the same."""
    if any(piece.joint for piece in skipped) or any(piece.joint and not piece.part.short for piece in added):
        return NOTHING  # Jean is not Jean-Pierre, Wei not Wei-Yu
    if any(piece.joint or not piece.part.short for piece in added):
        return Agreement(Level.PERHAPS, "a middle name more", adds=True)
    if added:
        return Agreement(Level.FULL, "middle initial added", adds=True)
    if skipped:
        return Agreement(Level.FULL, "middle name left out")
    if any(piece.part.short for piece in theirs):
        return Agreement(Level.FULL, "middle name abbreviated")
    return (
        Agreement(Level.FULL, "middle name spelt out")
        if any(piece.part.short for piece in own)
        else Agreement(Level.EXACT)
    )


def _first(theirs: NamePart, own: NamePart) -> Level:
    """How the first given names agree: PERHAPS where the one looked for is only an initial itself."""
    if theirs.equals(own) and len(own.spellings[0]) > 1:
        return Level.FULL
    if theirs.short:
        return Level.INITIALS if theirs.begins(own) or (own.short and own.begins(theirs)) else Level.NO
    return Level.PERHAPS if own.short and own.begins(theirs) else Level.NO


def _aligned(theirs: Sequence[_Piece], own: Sequence[_Piece]) -> tuple[list[_Piece], list[_Piece], bool]:
    """The middle names that only they have, those that only the own name has, and whether one agrees in full."""
    added: list[_Piece] = []
    skipped: list[_Piece] = []
    spelt_out = False
    at = 0
    for piece in theirs:
        place = next((i for i in range(at, len(own)) if _same_middle(piece.part, own[i].part)), None)
        if place is None:
            added.append(piece)
            continue
        spelt_out = spelt_out or not (piece.part.short or own[place].part.short)
        skipped += own[at:place]
        at = place + 1
    return added, [*skipped, *own[at:]], spelt_out


def _same_middle(theirs: NamePart, own: NamePart) -> bool:
    if theirs.short or own.short:
        return theirs.begins(own) if theirs.short else own.begins(theirs)
    return theirs.equals(own)


def _divided(
    words: Sequence[Word], parts: Sequence[Sequence[NamePart]], as_one_name: bool = False
) -> tuple[_Piece, ...]:
    return tuple(
        _Piece(part, joint=(within > 0 and parts[number] is not words[number].initials) or (as_one_name and number > 0))
        for number in range(len(words))
        for within, part in enumerate(parts[number])
    )


def _readings(word: Word, is_east_asian_name: bool) -> list[tuple[NamePart, ...]]:
    """The ways to divide a word of the own name: as it stands, at inner capitals, into two syllables."""
    found = [word.parts]
    if word.initials:
        found.append(word.initials)
    if word.inner:
        found.append(word.inner)
    elif is_east_asian_name and len(word.parts) == 1:
        found += [(NamePart((a,)), NamePart((b,))) for a, b in east_asian.divisions(word.parts[0].spellings[0])]
    return found


def _their_readings(word: Word) -> list[tuple[NamePart, ...]]:
    """The ways to read a word of a name in a list."""
    found = [word.parts]
    found += [other for other in (word.initials, word.inner) if other]
    if len(word.parts) > 1 and not word.short:
        found.append((NamePart(tuple(glue_letters((word,)))),))
    return found


def _is_syllable(word: Word) -> bool:
    return len(word.parts) == 1 and not word.short and east_asian.is_syllable(word.parts[0].spellings[0])


def _is_east_asian(word: Word) -> bool:
    return not word.short and east_asian.is_given_name("".join(part.spellings[0] for part in word.parts))
