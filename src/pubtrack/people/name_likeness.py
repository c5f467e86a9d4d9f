"""Two names to how likely they are one person's: the family names, their order, particles and suffixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pubtrack.people import east_asian
from pubtrack.people.given import Given, Level
from pubtrack.people.name_words import Word, glue_letters
from pubtrack.people.written_name import WrittenName

_LONGEST_FAMILY = 5  # words
_LONGEST_NAME = 30  # words


@dataclass(frozen=True, slots=True)
class Likeness:
    """`rule` is what makes them alike, `why` what is doubtful. `same_family` holds for namesakes as well.

    `adds` and `denies` are those of `given.Agreement`; `bare`: there is a family name and nothing else.
    """

    level: Level
    rule: str = ""
    why: str = ""
    same_family: bool = False
    adds: bool = False
    denies: bool = False
    bare: bool = False


STRANGER = Likeness(Level.NO)


@dataclass(frozen=True)
class _Reading:
    """What a name's given part and particles are once its family name has been found in it."""

    given: tuple[Word, ...]
    particles: tuple[Word, ...] = ()
    swapped: bool = False


@dataclass(frozen=True)
class Form:
    """A name that is looked for, `written` in one way."""

    written: WrittenName

    @cached_property
    def given(self) -> Given:
        return Given(self.written.given, self.written.family)

    @cached_property
    def families(self) -> frozenset[str]:
        """The spellings of the family name, with its particles, without them, and without those inside."""
        inner = [word for word in self.written.family if not (glue_letters((word,)) & {"y", "e", "i", "de"})]
        return self.written.family_spellings | (glue_letters(inner) if inner else frozenset())

    def likeness(self, other: WrittenName) -> Likeness:
        """How likely `other` is the person whose name this is."""
        own = self.written
        if own.is_east_asian or other.is_east_asian:
            return _in_east_asian_script(own, other)
        if not other.family or len(other.words) > _LONGEST_NAME:
            return STRANGER
        if _same_words(own, other):
            return self._with_suffix(Likeness(Level.EXACT, "name", same_family=True), other)
        found = [self._judged(reading, other) for reading in self._readings(other)]
        if not found:
            found = [self._partly(other)]
        return max(found, key=lambda likeness: (likeness.level, likeness.denies, likeness.same_family))

    def _readings(self, other: WrittenName) -> Iterator[_Reading]:
        """The places where the family name stands in `other`."""
        as_split = self._as_split(other)
        if as_split:
            yield as_split
        else:
            yield from self._across_the_split(other)
        yield from self._family_first(other)

    def _as_split(self, other: WrittenName) -> _Reading | None:
        """Where `other` has this family name, its particles apart, in the family name or typed behind the given one."""
        own = self.written
        if glue_letters(other.family) & glue_letters(own.family):
            given, particles = other.given, other.particles
            if own.particles and not particles:
                given, particles = _particles_behind(given, own.particles)
            return _Reading(given, particles)
        for count in range(len(other.particles) + 1):
            if glue_letters(other.particles[count:] + other.family) & self.families:
                return _Reading(other.given + other.particles[:count], own.particles)
        return None

    def _across_the_split(self, other: WrittenName) -> Iterator[_Reading]:
        """Where a family name of several words ends `other`, though its first words were taken for given names.

        In a name without parts it may be of one word.
        """
        own, words = self.written, other.words
        parts = [part for word in own.family for part in word.parts]
        lone = not other.given
        if len(parts) < 2 and not lone:
            return
        for count in range(len(other.family) if not lone else 1, min(len(words), _LONGEST_FAMILY + 1)):
            tail = [part for word in words[-count:] for part in word.parts]
            if len(tail) == len(parts) and all(a.equals(b) for a, b in zip(tail, parts, strict=True)):
                yield _Reading(*_particles_behind(words[:-count], own.particles))

    def _family_first(self, other: WrittenName) -> Iterator[_Reading]:
        """Where the family name opens `other`, as in a file that writes "Xiong Zhexiao" without a comma."""
        head = len(other.given) if other.given else len(other.words) - 1
        for count in range(1, min(head, _LONGEST_FAMILY) + 1):
            if glue_letters(other.words[:count]) & self.families:
                yield _Reading(other.words[count:], self.written.particles, swapped=True)

    def _judged(self, reading: _Reading, other: WrittenName) -> Likeness:
        found = self.given.agreement(reading.given)
        same_family = not reading.swapped
        if reading.swapped:
            if found.level >= Level.INITIALS and self._is_safely_swapped(reading, other, found.level):
                return Likeness(found.level, "family name first", adds=found.adds)
            if found.level >= Level.FULL or (found.level and _are_initials(other.family)):
                why = "given and family name may be swapped" if found.level >= Level.FULL else found.why
                return Likeness(Level.PERHAPS, why=why, adds=found.adds)
            return STRANGER
        if not reading.given and self.written.given:
            if other.literal:
                return STRANGER
            return Likeness(Level.PERHAPS, why="the family name alone", same_family=True, bare=True)
        rule = {Level.EXACT: "name", Level.FULL: found.why, Level.INITIALS: "initials"}.get(found.level, "")
        likeness = Likeness(found.level, rule, found.why, same_family, found.adds, found.denies)
        return self._with_suffix(self._with_particles(likeness, reading), other)

    def _with_particles(self, likeness: Likeness, reading: _Reading) -> Likeness:
        own, theirs = self.written.particles, reading.particles
        if not likeness.level or glue_letters(own) == glue_letters(theirs) or _is_shortened(theirs, own):
            return likeness
        if own and theirs:
            return Likeness(Level.NO, why="another particle", same_family=False)
        if own and likeness.level >= Level.FULL:
            return replace(likeness, level=Level.FULL, rule="particle left out")
        why = "the particle is left out" if own else "a particle more"
        return replace(likeness, level=Level.PERHAPS, rule="", why=why)

    def _with_suffix(self, likeness: Likeness, other: WrittenName) -> Likeness:
        own, theirs = self.written.suffix, other.suffix
        if not likeness.level or own == theirs:
            return likeness
        if own and theirs:
            return Likeness(Level.NO, why="another suffix", same_family=True)
        if likeness.level >= Level.FULL:
            return replace(likeness, level=Level.FULL, rule="suffix left out" if own else "suffix added")
        return likeness if own else replace(likeness, level=Level.PERHAPS, rule="", why="a suffix more")

    def _is_safely_swapped(self, reading: _Reading, other: WrittenName, level: Level) -> bool:
        """Whether "A B" can only be B A, not somebody whose given name is A.

        It can where initials stand behind, where three words or more agree, where only the family name is in
        capitals, and where only A is a Chinese, Korean or Vietnamese family name and B such a given name.
        """
        given = reading.given
        head = other.words[: len(other.words) - len(given)]
        if _are_initials(other.family) and (level is not Level.EXACT or other.family[0].short):
            return True
        if len(other.words) > 2 and level is Level.EXACT:
            return True
        if all(word.caps for word in head) and not any(word.caps or word.short for word in given):
            return True
        return level is Level.EXACT and (_is_family_first(head, given) or _is_family_first(given, head))

    def _partly(self, other: WrittenName) -> Likeness:
        """The likeness to somebody with the same given name and a part of the family name, or a longer one."""
        own = {spelling for word in self.written.family for part in word.parts for spelling in part.spellings}
        theirs = {spelling for word in other.family for part in word.parts for spelling in part.spellings}
        if not {word for word in own & theirs if len(word) > 2} or other.literal:
            return STRANGER
        if self.given.agreement(other.given).level < Level.FULL:
            return STRANGER
        return Likeness(Level.PERHAPS, why="only a part of the family name is the same")


def _same_words(own: WrittenName, other: WrittenName) -> bool:
    """Whether both are the same words in the same order, none abbreviated, wherever the family name is cut off."""
    mine, theirs = own.parts, other.parts
    return (
        len(mine) == len(theirs) > 1
        and not mine[0].short
        and not theirs[0].short
        and all(a.equals(b) and a.short == b.short for a, b in zip(mine, theirs, strict=True))
    )


def _particles_behind(
    words: tuple[Word, ...], particles: tuple[Word, ...]
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """`words` without the particles at their end, and those; a given name stays."""
    for count in range(min(len(particles), len(words) - 1), 0, -1):
        tail = words[-count:]
        if glue_letters(tail) & glue_letters(particles) or _is_shortened(tail, particles):
            return words[:-count], tail
    return words, ()


def _is_shortened(theirs: Sequence[Word], own: Sequence[Word]) -> bool:
    """Whether `theirs` are the last of the particles `own`, which may be abbreviated: "v. d." for "van der"."""
    if not theirs or len(theirs) > len(own):
        return False
    pairs = zip(theirs, own[len(own) - len(theirs) :], strict=True)
    return all(a.parts[0].equals(b.parts[0]) or (a.short and a.parts[0].begins(b.parts[0])) for a, b in pairs)


def _are_initials(words: Sequence[Word]) -> bool:
    return all(word.short or word.initials for word in words)


def _is_family_first(head: Sequence[Word], given: Sequence[Word]) -> bool:
    family, name = glue_letters(head), glue_letters(given)
    if not family & east_asian.SURNAMES or name & east_asian.SURNAMES:
        return False
    if not all(map(east_asian.is_given_name, name)):
        return False
    return not family & east_asian.ALSO_WESTERN or any(len(word.parts) > 1 for word in given)


def _in_east_asian_script(own: WrittenName, other: WrittenName) -> Likeness:
    """The likeness of names in Han, Kana or Hangul: the same characters, the family name first or last."""
    if not (own.is_east_asian and other.is_east_asian):
        return STRANGER
    mine = {*glue_letters(own.family + own.given), *glue_letters(own.given + own.family)}
    theirs = {*glue_letters(other.family + other.given), *glue_letters(other.given + other.family)}
    if not mine & theirs:
        return STRANGER
    return Likeness(Level.EXACT, "name", same_family=True)
