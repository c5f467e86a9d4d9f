"""The owner as a person: declared names and ORCID iD, and their places in a work's authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from pubtrack import people
from pubtrack.model.errors import PubtrackError
from pubtrack.model.identifiers import ORCID, checked_orcid
from pubtrack.model.name import ANNOTATED_ME, ME, Name
from pubtrack.people import Form, Level, Likeness, Word, WrittenName, ascii_letters

Status = Literal["certain", "ambiguous", "absent", "no-authors"]

RULES = {
    "ORCID": "the name carries the owner's ORCID iD",
    "name": "the name is a declared one, whatever its order, accents, case, hyphens and blanks",
    "middle name left out": "the first name is spelt out, a middle name of the declared one is missing",
    "middle name abbreviated": "the first name is spelt out, a middle name is an initial",
    "middle name spelt out": "a middle name is spelt out of which the declared name has the initial",
    "middle initial added": "the first name is spelt out, and there is an initial that no declared name has",
    "first name abbreviated": "the first name is an initial and a middle name is spelt out",
    "particle left out": "the particle of the family name (van der, de, Le) is missing",
    "suffix left out": "a declared suffix (Jr., III) is missing",
    "suffix added": "the name has a suffix that no declared name has",
    "initials": "the given name is abbreviated to its initials, and no other author fits them",
    "family name first": "the family name stands first without a comma",
    "family name with a role": "every name of the list is a family name and a role in brackets, as in a grant",
    "annotation": "the file says so, as in author+an = {2=me}, and the name does not speak against it",
}
"""What `Match.rule` can be, each with its meaning."""

_AND = re.compile(r"\s(?:and|und)\s|[;&]", re.I)
_INVESTIGATOR = re.compile(r"[(\[](?=.*+(?<=[)\]])\Z).*?\b(?:co-?)?(?:pi|investigator)\b.*+", re.I)
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_REMEMBERED = 20_000
_NAMED = 5  # of the places where the owner is listed


@dataclass(frozen=True)
class Match:
    """Where the owner stands in one list of names.

    `positions` count from 1 and hold only what is to be highlighted. `rule` is one of `RULES`, "" where nobody is.
    `written_as` are the names at these positions, or the ones in question. `note` is for a person to read.
    """

    positions: tuple[int, ...] = ()
    status: Status = "absent"
    rule: str = ""
    written_as: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class _Hit:
    position: int
    name: Name
    written: WrittenName
    likeness: Likeness


@dataclass(frozen=True)
class Owner:
    """A person who is looked for in lists of names, under every name declared; made by `parse`."""

    name: str
    also: tuple[str, ...] = ()
    orcid: str = ""
    print_as: str = ""

    def __repr__(self) -> str:
        return f"<Owner {'; '.join((self.name, *self.also, *([self.orcid] if self.orcid else [])))}>"

    @classmethod
    def parse(cls, name: str, also: Sequence[str] = (), orcid: str = "", print_as: str = "") -> Owner:
        """The owner who is called `name` ("Family, Given" or "Given Family") and `also` has other names.

        In lists, the name is printed in the parts of `print_as`, if that is given. Raises PubtrackError for an empty
        name, for several names in one and for an ORCID iD that is none.
        """
        for text in (name, *also):
            _check_name(text)
        if print_as.strip():
            _check_name(print_as)
        identifier = checked_orcid(orcid) if orcid else ""
        return cls(name.strip(), tuple(text.strip() for text in also), identifier, print_as.strip())

    @classmethod
    def of_orcid(cls, orcid: str) -> Owner:
        """The person who has this ORCID iD and is recognised by nothing else. Raises PubtrackError if it is none."""
        return cls("", (), checked_orcid(orcid))

    @cached_property
    def printed(self) -> Name | None:
        """The parts in which the name is printed, None where it is printed as it is written."""
        if not self.print_as:
            return None
        from pubtrack.bibtex.name_lists import parse

        return parse(self.print_as).names[0]

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The declared names, those with a given name spelt out first."""
        texts = dict.fromkeys((self.name, *self.also)) if self.name else ()
        forms = [Form(people.words_of_text(_unicode(text))) for text in texts]
        return tuple(sorted(forms, key=lambda form: form.written.is_abbreviated))

    @cached_property
    def _glance(self) -> _Glance:
        return _Glance(self.forms)

    @cached_property
    def _given_names(self) -> frozenset[str]:
        """The declared given names as they are typed."""
        found: set[str] = set()
        for form in self.forms:
            family, comma, given = form.written.text.partition(",")
            found.add(given.strip() if comma else " ".join(family.split()[:-1]))
        return frozenset(found - {""})

    @cached_property
    def _known(self) -> dict[tuple[str, ...], tuple[WrittenName, Likeness]]:
        return {}

    def likeness(self, name: Name) -> tuple[WrittenName, Likeness] | None:
        """The words of `name` and how likely it is the owner's, or None where it cannot be."""
        key = (name.given, name.dropping_particle, name.non_dropping_particle, name.family, name.suffix, name.literal)
        known = self._known.get(key)
        if known is None and self._glance.may_be(name):
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            written = people.words_of_name(name)
            known = self._known[key] = written, self._best(written)
        return known

    def real_parts(self, name: Name) -> Name:
        """`name` as it is, or with its family name in its place where it is the owner's, written family name first."""
        found = self.likeness(name)
        if found is None or found[1].rule != "family name first":
            return name
        words = str(name).split()
        families = frozenset[str]().union(*(form.families for form in self.forms))
        for count in range(1, len(words)):
            if people.glue_letters(people.words_of_text(", ".join((" ".join(words[:count]), "X"))).family) & families:
                parts = Name(family=" ".join(words[:count]), given=" ".join(words[count:]))
                return replace(parts, roles=name.roles, orcid=name.orcid)
        return name

    def _best(self, written: WrittenName) -> Likeness:
        """The greatest likeness to any declared name that no fuller declared name contradicts."""
        found: list[Likeness] = []
        spelt_out = frozenset[str]()
        for form in self.forms:
            likeness = form.likeness(written)
            if form.written.is_abbreviated:
                likeness = _of_abbreviation(likeness, has_full=bool(form.families & spelt_out))
            else:
                spelt_out |= form.families
            found.append(likeness)
        best = max(found, key=lambda likeness: (likeness.level, likeness.same_family))
        if best.adds and any(likeness.denies for likeness in found):
            return replace(best, level=Level.NO, why="another middle name")
        return best


def _of_abbreviation(likeness: Likeness, *, has_full: bool) -> Likeness:
    """The likeness to a name declared with initials, which is never more than that of initials.

    Where the owner has the same name spelt out, the abbreviated one stands for nothing but itself.
    """
    if has_full and (likeness.adds or (likeness.level is Level.PERHAPS and not likeness.bare)):
        return replace(likeness, level=Level.NO)
    if likeness.level > Level.INITIALS:
        return replace(likeness, level=Level.INITIALS, rule="initials")
    return likeness


class _Glance:
    """Prefilter that cheaply rejects names which cannot be the owner's."""

    def __init__(self, forms: Iterable[Form]) -> None:
        latin: set[str] = set()
        self.foreign: set[str] = set()
        for form in forms:
            words = [form.written.family, form.written.particles + form.written.family]
            words += [(word,) for word in form.written.family]
            words += [(Word((part,)),) for word in form.written.family for part in word.parts]
            for spelling in (spelling for one in words for spelling in people.glue_letters(one) if spelling):
                if spelling.isascii():
                    latin.add(spelling)
                else:
                    self.foreign.update(part.spellings[0][:1] for part in form.written.parts)
        self.latin = frozenset(latin)
        self.shortest = tuple(
            one.encode() for one in latin if not any(other != one and other in one for other in latin)
        )
        self.long = tuple(one for one in latin if len(one) > 3)

    def may_be(self, name: Name) -> bool:
        """False where no part of `name` is a family name that is looked for, or a word that begins or ends in one."""
        text = name.family
        if name.given or name.literal or name.non_dropping_particle or name.dropping_particle:
            text = f"{name.given}\n{name.dropping_particle} {name.non_dropping_particle} {text}\n{name.literal}"
        if self.foreign and not text.isascii():
            folded = "".join(people.spellings(text))
            if any(character in folded for character in self.foreign):
                return True
        plain = text.lower() if text.isascii() else ascii_letters(text)
        joined = plain.encode().translate(None, _NO_LETTERS)
        for needle in self.shortest:
            if needle in joined:
                return self._has_word(ascii_letters(text), name)
        return False

    def _has_word(self, letters: str, name: Name) -> bool:
        words = letters.replace("-", " ").split()
        words += letters.replace("-", "").split()
        words += [ascii_letters(field).replace(" ", "").replace("-", "") for field in (name.family, name.given)]
        if not self.latin.isdisjoint(words):
            return True
        return any(word.startswith(self.long) or word.endswith(self.long) for word in words)


def _unicode(text: str) -> str:
    """A declared name that was copied from a .bib file with its LaTeX."""
    if not any(character in text for character in "\\{}$~"):
        return text
    from pubtrack.bibtex.latex import characters

    return characters(text)


def _check_name(text: str) -> None:
    written = people.words_of_text(_unicode(text))
    if not written.words:
        raise PubtrackError(f'the name is empty: "{text}"; write it as "Family, Given"')
    if written.shared or _AND.search(text):
        raise PubtrackError(f'"{text}" is more than one name; declare each further name on its own, under "also"')


def identify(authors: Sequence[Name], owner: Owner, *, others: bool = False, role: str = ME) -> Match:
    """The places of `owner` among `authors`; `others` says that the list ends in "and others".

    A name annotated with `role` settles what the names alone leave open.
    """
    if not authors:
        return Match(status="no-authors", note='only "and others"' if others else "")
    hits: list[_Hit] = []
    for position, name in enumerate(authors, 1):
        if name.orcid and owner.orcid:
            match = ORCID.fullmatch(name.orcid.strip())
            if match and match.group(1).upper() == owner.orcid:
                hits.append(_Hit(position, name, people.words_of_name(name), Likeness(Level.EXACT, "ORCID")))
            if match:
                continue
        found = owner.likeness(name)
        if found is not None:
            hits.append(_Hit(position, name, *found))
    return _decided(hits, authors, owner, others, role) if hits else _absent(hits, authors, owner, others)


def _decided(hits: list[_Hit], authors: Sequence[Name], owner: Owner, others: bool, role: str) -> Match:
    """The match that the hits make: the surest kind of hit decides, and of several unsure ones none is chosen."""
    by_orcid = [hit for hit in hits if hit.likeness.rule == "ORCID"]
    if by_orcid:
        return _certain(by_orcid, owner)
    single = [hit for hit in hits if not hit.written.shared]
    for level in (Level.EXACT, Level.FULL, Level.INITIALS):
        chosen = [hit for hit in single if hit.likeness.level == level]
        if not chosen:
            continue
        if len(chosen) == 1 or level is Level.EXACT or (level is Level.FULL and _all_one(chosen)):
            return _certain(chosen, owner)
        return _annotated(chosen, role) or _ambiguous(chosen, "all fit")
    doubtful = [hit for hit in single if hit.likeness.level is Level.PERHAPS]
    annotated = _annotated([hit for hit in single if hit.likeness.level or hit.likeness.same_family], role)
    if annotated:
        return annotated
    if len(doubtful) == 1 and doubtful[0].likeness.bare and _is_grant(authors):
        return replace(_certain(doubtful, owner), rule="family name with a role")
    if doubtful:
        return _ambiguous(doubtful, ", ".join(dict.fromkeys(hit.likeness.why for hit in doubtful)))
    inside = [hit for hit in hits if (hit.written.shared or hit.written.literal) and _is_inside(hit.written, owner)]
    if inside:
        return _ambiguous(inside, "the name stands in a text with more in it; give every author a name of its own")
    return _absent(hits, authors, owner, others)


def _all_one(hits: Sequence[_Hit]) -> bool:
    """Whether the hits are the same name written twice."""
    return len({tuple(part.spellings[0] for part in hit.written.parts) for hit in hits}) == 1


def _certain(hits: Sequence[_Hit], owner: Owner) -> Match:
    positions = tuple(hit.position for hit in hits)
    notes = [_marks_note(hits)]
    if len(hits) > 1:
        places = " and ".join(map(str, positions[:_NAMED])) + (" and others" if len(hits) > _NAMED else "")
        notes.append(f"listed {len(hits)} times, as authors {places}; if one is a namesake, annotate ORCID iDs")
    return Match(
        positions,
        "certain",
        hits[0].likeness.rule,
        tuple(str(hit.name) for hit in hits),
        "; ".join(note for note in notes if note),
    )


def _marks_note(hits: Iterable[_Hit]) -> str:
    marks = [mark for hit in hits for mark in hit.written.marks]
    if not marks:
        return ""
    return (
        f"typed into the name: {' '.join(marks)} (a role belongs into an annotation: author+an = {{1=corresponding}})"
    )


def _ambiguous(hits: Sequence[_Hit], why: str) -> Match:
    names = ", ".join(f"{hit.position} ({hit.name})" for hit in hits)
    remedy = f'declare the name under "also", or annotate the author: author+an = {{{hits[0].position}=me}}'
    written_as = tuple(str(hit.name) for hit in hits)
    return Match((), "ambiguous", "", written_as, f"author {names}: {why}; {remedy}")


def _annotated(hits: Sequence[_Hit], role: str) -> Match | None:
    """The match by annotation: `me`, or `highlight` as biblatex users write it, on one of the hits."""
    chosen = [hit for hit in hits if (ANNOTATED_ME if role == ME else role) in hit.name.roles]
    if not chosen and role == ME:
        chosen = [hit for hit in hits if "highlight" in hit.name.roles and hit.likeness.level]
    if len(chosen) != 1:
        return None
    hit = chosen[0]
    return Match((hit.position,), "certain", "annotation", (str(hit.name),), _marks_note(chosen))


def _is_grant(authors: Sequence[Name]) -> bool:
    """Whether every name is a family name with the role of an investigator behind it, one's own shorthand."""
    read = [people.words_of_name(name) for name in authors]
    return all(len(one.words) == 1 and any(map(_INVESTIGATOR.fullmatch, one.marks)) for one in read)


def _is_inside(written: WrittenName, owner: Owner) -> bool:
    """Whether the owner's full name, or initials beside the family name, stands among the words of a shared text."""
    words = written.running_parts
    for form in owner.forms:
        own = form.written
        family = tuple(part for word in own.particles + own.family for part in word.parts)
        given = tuple(part for word in own.given for part in word.parts)
        for wanted in ((*given, *family), (*family, *given), (*given[:1], *family), (*family, *given[:1])):
            for start in range(len(words) - len(wanted) + 1):
                if all(
                    a.equals(b) or (a.short and written.shared and a.begins(b))
                    for a, b in zip(words[start : start + len(wanted)], wanted, strict=True)
                ):
                    return bool(given)
    return False


def _absent(hits: Sequence[_Hit], authors: Sequence[Name], owner: Owner, others: bool) -> Match:
    notes = [
        f"author {hit.position}, {hit.name}, is a namesake: {hit.likeness.why}"
        for hit in hits
        if hit.likeness.same_family and not hit.written.literal
    ]
    alike = near_spellings(authors, owner)
    notes += [f"author {place}, {name}, is spelt almost like the owner" for place, name in alike]
    if others:
        notes.insert(0, 'the list ends in "and others", who may include the owner')
    return Match(status="ambiguous" if others else "absent", note="; ".join(notes))


def near_spellings(authors: Sequence[Name], owner: Owner) -> list[tuple[int, Name]]:
    """The authors with a given name of the owner's and a family name that is one letter off."""
    known = owner._given_names
    alike = [(position, name) for position, name in enumerate(authors, 1) if name.given in known]
    if not alike:
        return []
    from rapidfuzz.distance import OSA

    families = {family for form in owner.forms for family in form.families if len(family) > 4}
    return [
        (position, name)
        for position, name in alike
        if any(OSA.distance(people.spellings(name.family)[0], family, score_cutoff=1) == 1 for family in families)
    ]
