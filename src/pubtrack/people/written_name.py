"""A `Name`, or a name as somebody types it, to its words in their places: given name, particles, family name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pubtrack.model.name import Name
from pubtrack.people import east_asian
from pubtrack.people.folding import is_east_asian
from pubtrack.people.name_words import EDGE, NamePart, Word, glue_letters, without_marks, words_of

PARTICLES = frozenset(
    """af al an at auf av d da dal dalla das de degli dei del dela dele della delle delli dello den der des di dos du e
    el het i in l la las le les li lo los m op opt t te ten ter thoe thor til to tot ul und van vande vanden vander
    vel vom von y z za ze zu zum zur abu ben bin bint ibn""".split()
)
_SHORTENED = frozenset("dtvz")  # v. d. Berg
SUFFIXES = {"jr": "jr", "sr": "sr", "junior": "jr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_DEGREES = frozenset(("PhD", "MD", "DPhil", "MSc", "BSc", "Esq"))
_MOST_PARTICLES = 8
_LONGEST = 20_000  # characters; what is longer is not a name, but may hold the owner's in its beginning
_ARTICLES = frozenset(("abu", "ad", "al", "ar", "as", "at", "az", "bin", "el", "es", "ibn", "ul"))
_MEDLINE = re.compile(r"(?:[^\W\d_][^\s,;.]+ )+[A-Z]{1,3}")  # "Doe JK", in a list of such
_SHARING = re.compile(r"[;&|]|\b(?:and|und|with|et\s+al)\b", re.I)


@dataclass(frozen=True)
class WrittenName:
    """A person's name as words. `marks` is what was typed around it, `shared` says that it holds more than a name.

    `text` is what was read. `literal` is set where the source says that the name has no parts, as for a group.
    """

    text: str
    given: tuple[Word, ...] = ()
    particles: tuple[Word, ...] = ()
    family: tuple[Word, ...] = ()
    suffix: str = ""
    marks: tuple[str, ...] = ()
    literal: bool = False
    shared: bool = False

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words, given name first."""
        return self.given + self.particles + self.family

    @cached_property
    def parts(self) -> tuple[NamePart, ...]:
        """All parts, given name first: hyphens count as blanks."""
        return tuple(part for word in self.words for part in word.parts)

    @cached_property
    def running_parts(self) -> tuple[NamePart, ...]:
        """All parts in the order of `text`."""
        words, _ = words_of(without_marks(self.text)[0])
        return tuple(part for word in words for part in word.parts)

    @cached_property
    def is_east_asian(self) -> bool:
        """Whether it is written in Han, Kana, Hangul or Bopomofo."""
        return any(is_east_asian(character) for character in self.text)

    @cached_property
    def is_abbreviated(self) -> bool:
        """Whether the first given name is no more than an initial."""
        return bool(self.given) and all(part.short for part in self.given[0].initials or self.given[0].parts)

    @cached_property
    def family_spellings(self) -> frozenset[str]:
        """The family name's letters, without its particles and with them."""
        return glue_letters(self.family) | glue_letters(self.particles + self.family)


def words_of_name(name: Name) -> WrittenName:
    """The words of `name`. Its fields may be split wrongly, as in a file that writes "Xiong Zhexiao"; that stays."""
    if name.literal and not name.family:
        return _of_text(name.literal, literal=True)
    fields = (name.given, name.dropping_particle, name.non_dropping_particle, name.family, name.suffix)
    if sum(map(len, fields)) > _LONGEST:
        return _of_text(str(name), literal=True)
    if "," in name.family and not name.given:
        return _of_text(" ".join((*fields[1:3], name.family)), literal=False)
    cleaned, marks = without_marks(EDGE.join(field.replace(EDGE, " ") for field in fields))
    given, dropping, non_dropping, family, suffix = cleaned.split(EDGE)
    shared = any(_SHARING.search(field) for field in (name.given, name.family)) or "," in given + family
    return _assembled(str(name), given, f"{dropping} {non_dropping}", family, suffix, marks, shared=shared)


def words_of_text(text: str) -> WrittenName:
    """The words of a name typed as "Family, Given", "Family, Jr., Given" or "Given Family"."""
    return _of_text(text, literal=False)


def _of_text(text: str, *, literal: bool) -> WrittenName:
    text = text[:_LONGEST]
    cleaned, marks = without_marks(text.replace(EDGE, " "))
    shared = _SHARING.search(text) is not None
    fields = [field.strip() for field in cleaned.split(",")]
    while len(fields) > 1 and (not fields[-1] or fields[-1].replace(".", "") in _DEGREES):
        fields.pop()
    if len(fields) in (2, 3) and _suffix(fields[-1]):
        fields = [fields[0], fields[-1], *fields[1:-1]]
    if len(fields) == 1 or (len(fields) == 2 and _suffix(fields[1])):
        words = fields[0].split()
        given, family, suffix = " ".join(words[:-1]), "".join(words[-1:]), "".join(fields[1:])
    elif len(fields) == 2:
        (family, given), suffix = fields, ""
        shared = shared or (literal and all(map(_MEDLINE.fullmatch, fields)))
    elif len(fields) == 3 and _suffix(fields[1]):
        family, suffix, given = fields
    else:
        family, given, suffix, shared = fields[0], " ".join(fields[1:]), "", True
    return _assembled(text, given, "", family, suffix, marks, literal=literal, shared=shared)


def _suffix(text: str) -> str:
    """The suffix that `text` is, in one spelling, or ""."""
    return SUFFIXES.get(text.strip(" .").casefold(), "")


def _assembled(
    text: str,
    given_text: str,
    particle_text: str,
    family_text: str,
    suffix_text: str,
    marks: tuple[str, ...],
    *,
    literal: bool = False,
    shared: bool = False,
) -> WrittenName:
    whole = given_text + family_text
    all_caps = whole == whole.upper()
    given, titles = words_of(given_text, all_caps=all_caps)
    particles, _ = words_of(particle_text)
    family, more = words_of(family_text, all_caps=all_caps)
    suffix = _suffix(suffix_text)
    if not suffix:
        given, family, suffix = _suffix_taken(given, family)
    if not given and particles and not _are_particles(particles):
        given, particles = particles, ()  # BibTeX takes "zhexiao" in "zhexiao xiong" for a particle
    if not family:
        given, family = given[:-1], given[-1:]
    if particles and not _are_particles(particles):
        given, particles = given + particles, ()
    given, particles, family = _particles_found(given, particles, family)
    return WrittenName(text, given, particles, family, suffix, marks + titles + more, literal, shared)


def _suffix_taken(given: tuple[Word, ...], family: tuple[Word, ...]) -> tuple[tuple[Word, ...], tuple[Word, ...], str]:
    """The words without a "Jr." or "III" that stands behind the family name or the given one, and that suffix.

    What looks like a roman number may be initials: "Petrov IV" is I. V. Petrov, "James Smith IV" the fourth.
    """
    for number, words in enumerate((family, given)):
        last = SUFFIXES.get(words[-1].parts[0].spellings[0], "") if words else ""
        if not last or len(words[-1].parts) > 1:
            continue
        if len(words) > 1:
            return (given, words[:-1], last) if number == 0 else (words[:-1], family, last)
        if number == 0 and len(given) > (last in ("ii", "iii", "iv")):
            return given[:-1], given[-1:], last
    return given, family, ""


def _are_particles(words: Sequence[Word]) -> bool:
    return all(glue_letters((word,)) & (_SHORTENED if word.short else PARTICLES) for word in words)


def _particles_found(
    given: tuple[Word, ...], particles: tuple[Word, ...], family: tuple[Word, ...]
) -> tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]]:
    """The words with the particles at the end of the given name and at the head of the family name set apart.

    With a Chinese, Korean or Vietnamese family name only small letters make a particle: "Van" is a name there.
    """
    easily = not (family and glue_letters(family[-1:]) & east_asian.SURNAMES)

    def is_particle(word: Word) -> bool:
        return (easily or word.low) and not word.short and bool(glue_letters((word,)) & PARTICLES)

    while len(given) > 1 and len(particles) < _MOST_PARTICLES and is_particle(given[-1]):
        particles, given = (given[-1], *particles), given[:-1]
    while len(family) > 1 and len(particles) < _MOST_PARTICLES and is_particle(family[0]):
        particles, family = (*particles, family[0]), family[1:]
    if family and len(family[0].parts) > 1 and family[0].parts[0].spellings[0] in _ARTICLES:
        article, *rest = family[0].parts
        particles = (*particles, Word((article,)))
        family = (Word(tuple(rest)), *family[1:])
    return given, particles, family
