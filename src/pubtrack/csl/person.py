"""One person: a `Name` in, its parts in the order and form that the style asks for out (CSL 1.0.2, "Name")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pubtrack.csl.content import plain_content
from pubtrack.csl.look import Look
from pubtrack.csl.rich import Part, Parts
from pubtrack.csl.state import State
from pubtrack.names import Name

# Scripts whose names run family name first and without a blank ("Name-part Order").
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u2e80-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")
_JOINS = frozenset("'’-‐\u2011")
_PERIODS = re.compile(r"(?<=\.)(?=[^\s.\-‐-])")
_HYPHEN = re.compile(r"\s*[-‐\u2011]\s*")
_BARE_INITIALS = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True, slots=True)
class NameForm:
    """How `<name>` forms one person."""

    form: str = "long"
    initialize: bool = True
    initialize_with: str | None = None
    with_hyphen: bool = True
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    given: Look | None = None
    family: Look | None = None


def is_east_asian(text: str) -> bool:
    return not text.isascii() and _EAST_ASIAN.search(text) is not None


def is_inverted(name: Name, wanted: bool) -> bool:
    """Whether the family name really comes first because the style sorts names."""
    return wanted and not name.literal and not name.static_ordering and not is_east_asian(name.family)


def person(name: Name, form: NameForm, state: State, *, inverted: bool, expand: int = 0) -> Parts:
    """The parts of one name. `expand` shows more of it to tell people apart: 1 initials, 2 the given name."""
    if name.literal or not name.family:
        text = name.literal or name.given
        return plain_content(text) if form.family is None else form.family.dress(plain_content(text), state)
    short = form.form == "short" and not expand
    given = "" if short else given_name(name.given, form, full=expand > 1)
    if is_east_asian(name.family) or name.static_ordering:
        blank = " " if name.static_ordering and not is_east_asian(name.family) and given else ""
        return [*_dressed(form.family, name.family, state), blank, *_dressed(form.given, given, state)]
    if short:
        return _dressed(form.family, _glued(name.non_dropping_particle, name.family), state)
    if inverted:
        return _inverted(name, given, form, state)
    return _straight(name, given, form, state)


def _straight(name: Name, given: str, form: NameForm, state: State) -> list[Part]:
    """ "Vincent van Gogh III": given, dropping particle, non-dropping particle, family, suffix."""
    first = _spaced(given, name.dropping_particle)
    family = _glued(name.non_dropping_particle, name.family)
    parts: list[Part] = list(_dressed(form.given, first, state))
    if parts:
        parts.append("" if first[-1:] in _JOINS and name.dropping_particle else " ")
    parts += _dressed(form.family, family, state)
    if name.suffix:
        parts.append(f"{',' if name.comma_suffix else ''} {name.suffix}")
    return parts


def _inverted(name: Name, given: str, form: NameForm, state: State) -> list[Part]:
    """ "van Gogh, Vincent, III", or "Gogh, Vincent van, III" where the particle is demoted."""
    if form.demote == "display-and-sort":
        family = name.family
        after = _spaced(given, name.dropping_particle, name.non_dropping_particle)
    else:
        family = _glued(name.non_dropping_particle, name.family)
        after = _spaced(given, name.dropping_particle)
    parts: list[Part] = list(_dressed(form.family, family, state))
    if after:
        parts += [form.sort_separator, *_dressed(form.given, after, state)]
    if name.suffix:
        parts += [form.sort_separator, name.suffix]
    return parts


def _dressed(look: Look | None, text: str, state: State) -> Parts:
    parts = plain_content(text)
    return parts if look is None or not parts else look.dress(parts, state)


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)


def _glued(particle: str, family: str) -> str:
    """A particle and what follows, without a blank after "d’" or "al-" (but with one in "de’ Medici")."""
    if not particle:
        return family
    glued = particle[-1] in _JOINS and particle[-3:-1].lower() != "de"
    return particle + family if glued else f"{particle} {family}"


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
    return tidied(given, form.initialize_with, form.with_hyphen)


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
    return " ".join(out.replace("\u00a0", "\u00a0").split(" ")).strip() if end.strip() or end else out.strip()


def _starts_name(piece: str) -> bool:
    return piece[0].isupper() or not (piece[0].islower() or piece[0] in ".'’")


def _initial(piece: str) -> str:
    """The first letter, or a digraph written with a lower-case second one after an apostrophe-free capital."""
    return piece[0]


def _words(given: str, with_hyphen: bool) -> list[str]:
    text = given if with_hyphen else _HYPHEN.sub(" ", given)
    return _PERIODS.sub(" ", text).split()


@lru_cache(maxsize=16384)
def tidied(given: str, end: str, with_hyphen: bool) -> str:
    """ "James T Kirk" as "James T. Kirk" for `end` ".": only what is an initial already gets `end`."""
    out = ""
    for word in _words(given, with_hyphen):
        pieces = _HYPHEN.split(word)
        if all(_BARE_INITIALS.fullmatch(piece) and piece[0].isupper() for piece in pieces):
            out += (end.rstrip() + "-").join(piece[0] for piece in pieces) + end
        else:
            out = f"{out}{'' if not out or out.endswith(' ') else ' '}{word} "
    return out.strip()
