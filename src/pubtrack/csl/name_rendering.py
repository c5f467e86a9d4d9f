"""One person: a `Name` in, its parts in the order and form that the style asks for out (CSL 1.0.2, "Name")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.content import plain_content
from pubtrack.csl.formatting import Formatting
from pubtrack.csl.output_tree import Part, Parts
from pubtrack.model.name import Name

# Scripts whose names run family name first and without a blank ("Name-part Order").
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u2e80-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")
_MOST_KNOWN = 4096
_JOINS = frozenset("'’-‐\u2011")
_PERIODS = re.compile(r"(?<=\.)(?=[^\s.\-‐-])")
_HYPHEN = re.compile(r"(?:(?<!\s)\s++)?[-‐\u2011]\s*+")
_ABBREVIATED = re.compile(r"[^\W\d_]{1,3}\.")
_DIGRAPH = re.compile(r"[A-Z]{2}(?=[a-z])")
_BARE_INITIALS = re.compile(r"[^\W\d_]|[^\W\d_]{1,3}\.")


@dataclass(frozen=True, slots=True)
class PartLook:
    """How `<name-part>` dresses its part: the look without affixes, and the affixes, which enclose more."""

    look: Formatting | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def recases(self) -> bool:
        return self.look is not None and self.look.text_case != ""

    def dress(self, text: str, context: CiteContext) -> Parts:
        parts = plain_content(text)
        return parts if self.look is None or not parts else self.look.dress(parts, context)

    def framed(self, parts: Parts) -> Parts:
        return [self.prefix, *parts, self.suffix] if parts and (self.prefix or self.suffix) else parts

    def part(self, text: str, context: CiteContext) -> Parts:
        return self.framed(self.dress(text, context))


@dataclass(frozen=True, slots=True)
class NameForm:
    """How `<name>` forms one person."""

    form: str = "long"
    initialize: bool = True
    initialize_with: str | None = None
    with_hyphen: bool = True
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    given: PartLook = PartLook()
    family: PartLook = PartLook()
    _known: dict[tuple[Name, bool, int], Parts] = field(default_factory=dict, compare=False, repr=False)

    def shown(self, name: Name, context: CiteContext, *, inverted: bool, expand: int = 0) -> Parts:
        """As `person`; people of many works are formed once, unless the language of the work matters."""
        if self.given.recases or self.family.recases:
            return person(name, self, context, inverted=inverted, expand=expand)
        key = (name, inverted, expand)
        parts = self._known.get(key)
        if parts is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            parts = self._known[key] = person(name, self, context, inverted=inverted, expand=expand)
        return parts


@dataclass(frozen=True, slots=True)
class NameSet:
    """What was rendered of one list: all its people, how many of them were shown, and the least `forms` means."""

    people: tuple[Name, ...]
    shown: int
    base: int
    form: NameForm


def is_east_asian(text: str) -> bool:
    return not text.isascii() and _EAST_ASIAN.search(text) is not None


def is_inverted(name: Name, wanted: bool) -> bool:
    """Whether the family name really comes first because the style sorts names."""
    return wanted and not name.literal and not name.static_ordering and not is_east_asian(name.family)


def person(name: Name, form: NameForm, context: CiteContext, *, inverted: bool, expand: int = 0) -> Parts:
    """The parts of one name. `expand` shows more of it to tell people apart: 1 initials, 2 the given name."""
    if name.literal or not name.family:
        return form.family.dress(name.literal or name.given, context)
    short = form.form == "short" and not expand
    if is_east_asian(name.family):
        given = "" if short else name.given
        blank = "" if not given or is_east_asian(given) else " "
        return [*form.family.part(name.family, context), blank, *form.given.part(given, context)]
    given = "" if short else given_name(name.given, form, full=expand > 1)
    if name.static_ordering:
        blank = " " if given else ""
        return [*form.family.part(name.family, context), blank, *form.given.part(given, context)]
    if short:
        return form.family.framed(_family(name, form, context))
    if inverted:
        return _inverted(name, given, form, context)
    return _straight(name, given, form, context)


def _family(name: Name, form: NameForm, context: CiteContext) -> list[Part]:
    """The family name with the particle that belongs to it."""
    family = form.family.dress(name.family, context)
    particle = name.non_dropping_particle
    return [*form.family.dress(particle, context), _blank_after(particle), *family] if particle else [*family]


def _straight(name: Name, given: str, form: NameForm, context: CiteContext) -> list[Part]:
    """ "Vincent van Gogh III": given, dropping particle, non-dropping particle, family, suffix."""
    family = _family(name, form, context)
    particle = name.dropping_particle
    if particle:
        family = [*form.given.dress(particle, context), _blank_after(particle), *family]
    if name.suffix:
        family += [", " if name.comma_suffix else " ", *plain_content(_suffix(name, form))]
    parts = form.family.framed(family)
    return [*form.given.part(given, context), " ", *parts] if given else [*parts]


def _inverted(name: Name, given: str, form: NameForm, context: CiteContext) -> list[Part]:
    """ "van Gogh, Vincent, III", or "Gogh, Vincent van, III" where the particle is demoted."""
    demoted = form.demote == "display-and-sort" and bool(name.non_dropping_particle)
    family = [*form.family.dress(name.family, context)] if demoted else _family(name, form, context)
    after = [*form.given.dress(given, context)]
    if name.dropping_particle:
        after += [" ", *form.given.dress(name.dropping_particle, context)]
    if demoted:
        after += [" ", *form.family.dress(name.non_dropping_particle, context)]
    parts: list[Part] = [*form.family.framed(family)]
    if after:
        parts += [form.sort_separator, *form.given.framed(after[1:] if after[0] == " " else after)]
    if name.suffix:
        parts += [form.sort_separator, *plain_content(_suffix(name, form))]
    return parts


def _suffix(name: Name, form: NameForm) -> str:
    """ "Jr.", or "Jr" where initials have no period either ("King ML Jr")."""
    bare = form.initialize_with is not None and "." not in form.initialize_with
    return name.suffix.replace(".", "") if bare else name.suffix


def _blank_after(particle: str) -> str:
    """Nothing after "d’" or "al-", but a blank in "de’ Medici"."""
    return "" if particle[-1:] in _JOINS and particle[-3:-1].lower() != "de" else " "


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)


def _glued(particle: str, family: str) -> str:
    return f"{particle}{_blank_after(particle)}{family}" if particle else family


def sort_person(name: Name, form: NameForm, *, english: bool = True) -> str:
    """The string by which a name sorts, its keys between U+0001 ("Name-part Order", sorting order)."""
    if name.literal or not name.family:
        if not english:
            return name.literal or name.given
        return re.sub(r"^(?:the|an?)\s+", "", name.literal or name.given, flags=re.IGNORECASE)
    given = "" if form.form == "short" else given_name(name.given, form)
    if form.demote == "never":
        keys = (_glued(name.non_dropping_particle, name.family), name.dropping_particle, given, name.suffix)
    else:
        keys = (name.family, _spaced(name.dropping_particle, name.non_dropping_particle), given, name.suffix)
    if form.form == "short":
        keys = (keys[0], "", "", "")
    return "\u0001".join(keys).rstrip("\u0001")


def given_name(given: str, form: NameForm, *, full: bool = False) -> str:
    """The given names as the style wants them: in full, as initials, or with their initials tidied."""
    if form.initialize_with is None or not given:
        return given
    if form.initialize and not full:
        return initials(given, form.initialize_with, form.with_hyphen)
    return punctuate_initials(given, form.initialize_with, form.with_hyphen)


@lru_cache(maxsize=16384)
def initials(given: str, end: str, with_hyphen: bool) -> str:
    """ "Jean-Luc Marie" as "J.-L. M." for `end` ". "; words in lower case stay whole."""
    out = ""
    for word in _words(given, with_hyphen):
        pieces = [piece for piece in _HYPHEN.split(word) if piece]
        if not pieces or not _starts_name(pieces[0]):
            out = f"{out.rstrip()} {word} "
            continue
        letters = [_initial(piece) for piece in pieces if _starts_name(piece)]
        out += (end.rstrip() + "-").join(letters) + end
    return out.strip()


def _starts_name(piece: str) -> bool:
    return piece[0].isalpha() and not piece[0].islower()


def _initial(piece: str) -> str:
    """The first letter; all of what the author abbreviated ("Ph."); a digraph in capitals ("TSerendorj": "Ts")."""
    if _ABBREVIATED.fullmatch(piece):
        return piece[:-1]
    digraph = _DIGRAPH.match(piece)
    return digraph[0].capitalize() if digraph else piece[0]


def _words(given: str, with_hyphen: bool) -> list[str]:
    text = given if with_hyphen else _HYPHEN.sub(" ", given)
    return _PERIODS.sub(" ", text).split()


@lru_cache(maxsize=16384)
def punctuate_initials(given: str, end: str, with_hyphen: bool) -> str:
    """ "James T Kirk" as "James T. Kirk" for `end` ".": only what is an initial already gets `end`."""
    out = ""
    for word in _words(given, with_hyphen):
        pieces = _HYPHEN.split(word)
        if all(_BARE_INITIALS.fullmatch(piece) and _starts_name(piece) for piece in pieces):
            out += (end.rstrip() + "-").join(piece.removesuffix(".") for piece in pieces) + end
        else:
            out = f"{out}{'' if not out or out.endswith(' ') else ' '}{word} "
    return out.strip()
