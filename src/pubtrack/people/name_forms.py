"""One form of each person's name in one list: the fullest that is written, initials with dots, or initials alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pubtrack.model.name import ME, Name
from pubtrack.people import east_asian
from pubtrack.people.folding import spellings
from pubtrack.people.given import Level
from pubtrack.people.name_likeness import Form
from pubtrack.people.name_words import NamePart, are_initials, glue_letters
from pubtrack.people.written_name import WrittenName, words_of_name

_SAME = frozenset({"name", "middle name left out", "middle name abbreviated", "first name abbreviated", "initials"})
"""By which rules of people/owner.py a shorter form is a fuller one's."""

_MOST_FORMS = 400
"""So many names with one family name and one initial are not those of a few people: all are printed as written."""

_PIECE = re.compile(r"[^.]+\.?")
_HYPHEN = re.compile(r"([-‐‑–])")


def with_dots(name: Name) -> Name:
    """`name` with a dot behind each initial and a blank between: "Philip S", "P.S." and "CMK." become "Philip S.",
    "P. S." and "C. M. K."."""
    return replace(name, given=" ".join(_words(name)) or name.given)


def with_initials(name: Name) -> Name:
    """`name` with its given names as initials: "Jean-Pierre M." becomes "J.-P. M.".

    Abbreviations stay ("Yu." of a Russian name), so do small words, and names in scripts without capitals.
    """
    words = list(_words(name))
    all_small = not any(word[:1].isupper() for word in words)
    return replace(name, given=" ".join(filter(None, (_initial(word, all_small) for word in words))) or name.given)


def _words(name: Name) -> Iterator[str]:
    """The given names one by one, initials apart and dotted."""
    whole = name.given + name.family
    for chunk in name.given.split():
        parts = [
            part if _HYPHEN.fullmatch(part) else " ".join(_pieces(part, all_caps=whole == whole.upper()))
            for part in _HYPHEN.split(chunk)
        ]
        yield from "".join(parts).split()


def _pieces(part: str, *, all_caps: bool) -> Iterator[str]:
    for piece in _PIECE.findall(part):
        letters = piece.removesuffix(".")
        if are_initials(letters, all_caps=all_caps) or (len(letters) == 1 and letters.isupper()):
            yield from (f"{letter}." for letter in letters)
        else:
            yield piece


def _initial(word: str, all_small: bool) -> str:
    if word.endswith(".") and "-" not in word:
        return word
    if not word[0].isalpha():
        return ""  # a nickname in quotes or brackets
    if word[0].islower() and not all_small:
        return word
    if word[0].lower() == word[0].upper():
        return word
    parts = _HYPHEN.split(word)
    return "".join(part if _HYPHEN.fullmatch(part) else f"{_capital(part[0])}." for part in parts if part)


def _capital(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter  # "ß" has no capital of one letter


@dataclass(frozen=True)
class _Written:
    """A form in which a name is written, and how often."""

    name: Name
    times: int

    @cached_property
    def words(self) -> WrittenName:
        return words_of_name(self.name)

    @cached_property
    def form(self) -> Form:
        return Form(self.words)

    @cached_property
    def given(self) -> Sequence[NamePart]:
        return [part for word in self.words.given for part in (word.initials or word.parts)]

    @cached_property
    def fullness(self) -> tuple[bool, int, int, bool, int, int, str]:
        """What makes a form the better one: nothing typed to it, names spelt out, names, case, accents, frequency."""
        whole = f"{self.name.given} {self.name.family}"
        has_case = whole not in (whole.upper(), whole.lower())
        accents = sum(sign.isalpha() and not sign.isascii() for sign in whole)
        spelt_out = sum(not part.short for part in self.given)
        return not self.words.marks, spelt_out, len(self.given), has_case, accents, self.times, str(self.name)

    @cached_property
    def letters(self) -> str:
        return spellings(self.name.given)[0]

    def may_be(self, other: _Written) -> bool:
        """False where both first names are spelt out and differ: cheap, for most pairs of names are such."""
        mine, theirs = self.given[:1], other.given[:1]
        if not mine or not theirs or mine[0].short or theirs[0].short:
            return True
        return mine[0].equals(theirs[0]) or self.letters == other.letters

    def is_short_for(self, other: _Written) -> bool:
        """Whether this is the name of the person whose fuller name is `other`."""
        if (ME in self.name.roles) != (ME in other.name.roles):
            return False
        if self.name.orcid and other.name.orcid:
            return self.name.orcid == other.name.orcid
        likeness = other.form.likeness(self.words)
        if ME in self.name.roles:
            return likeness.level > Level.NO
        if likeness.rule not in _SAME or self.name.suffix != other.name.suffix:
            return False
        if likeness.level > Level.INITIALS:
            return True
        # One initial and a family name that many have are too little to know a person by.
        return len(self.given) > 1 or not glue_letters(self.words.family) & east_asian.SURNAMES


def fullest_forms(names: Iterable[Name]) -> Mapping[Name, Name]:
    """Each person's name in `names` that has a fuller form there, to that form.

    The roles of the keys are `me` at most. Nobody is taken for somebody else: where two fuller names that are not one
    person's fit, the name has no entry.
    """
    times = Counter(as_person(name) for name in names if name.family and name.given)
    alike: defaultdict[tuple[str, str], list[_Written]] = defaultdict(list)
    for name, count in times.items():
        alike[spellings(name.family)[0], spellings(name.given)[0][:1]].append(_Written(name, count))
    found: dict[Name, Name] = {}
    for group in alike.values():
        if len(group) > _MOST_FORMS:
            continue
        for written in group:
            best = _best(written, group)
            if best is not written:
                found[written.name] = best.name
    return found


def _best(written: _Written, group: Sequence[_Written]) -> _Written:
    clean = (one for one in group if not one.words.marks and one.fullness > written.fullness)
    fuller = [one for one in clean if written.may_be(one) and written.is_short_for(one)]
    best = max(fuller, key=lambda one: one.fullness, default=written)
    return best if all(one is best or one.is_short_for(best) for one in fuller) else written


def as_person(name: Name) -> Name:
    """`name` with no role but `me`: what is the same wherever the person is written alike."""
    return replace(name, roles=name.roles & {ME})


def put_parts(name: Name, parts: Name) -> Name:
    """`name` written as `parts`: the same person, in the same roles, with the signs that were typed to it ("*")."""
    signs = "".join(mark for mark in words_of_name(name).marks if not any(map(str.isalpha, mark)))
    return replace(parts, family=f"{parts.family}{signs}", roles=name.roles, orcid=name.orcid or parts.orcid)
