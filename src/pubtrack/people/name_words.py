"""A name's raw characters to words: hyphens, initials and accents understood, typed marks taken out and reported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pubtrack.people.folding import APOSTROPHES, HYPHENS, is_accent, spellings

EDGE = "\x1f"
"""Stands between the fields of a name while it is read."""

_QUOTED = re.compile(r"(?<![^\s\x1f])([\"“„«‘'])[^\s\"“”„«»'’\x1f]+[\"”“»’'](?![^\s\x1f])")
_BRACKETED = re.compile(r"\$[^$]*\$|\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|<[^<>]*>")
_MACRO = re.compile(r"\\[A-Za-z]+")
_ET_AL = re.compile(r"[,\s\x1f]\(?et\.?[\s\x1f]+al(?![^\W\d_])\.?\)?", re.I)
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_PREFIXES = ("Mc", "Mac", "De", "La", "Le", "Di", "Fitz", "Van")  # of one name: DeShawn, McKenna
_VOWELS = frozenset("aeiouyаеиоуыэюяαεηιουω")
_PLAIN = re.compile(r"[A-Za-z. \x1f-]*")
_TITLES = frozenset("Dr dr Prof prof Professor Mr Mrs PhD Ph.D DPhil D.Phil".split())


@dataclass(frozen=True, slots=True)
class NamePart:
    """What stands between two hyphens or blanks. `short` says that it is an initial or an abbreviation."""

    spellings: tuple[str, ...]
    short: bool = False

    def begins(self, other: NamePart) -> bool:
        """Whether `other` can be abbreviated to this."""
        return any(long.startswith(short) for long in other.spellings for short in self.spellings)

    def equals(self, other: NamePart) -> bool:
        return any(spelling in other.spellings for spelling in self.spellings)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its hyphenated parts, and other ways to read it.

    `initials` is how "TD" reads as two initials, `inner` how "ThanhVu" reads as two parts. `caps`: all letters of a
    word of two or more are capitals; `low`: it begins with a small letter.
    """

    parts: tuple[NamePart, ...]
    initials: tuple[NamePart, ...] = ()
    inner: tuple[NamePart, ...] = ()
    caps: bool = False
    low: bool = False

    @property
    def short(self) -> bool:
        return all(part.short for part in self.parts)


def glue_letters(words: Sequence[Word]) -> frozenset[str]:
    """The letters of `words` without blanks and hyphens, in the first and in the last spelling of each."""
    parts = [part.spellings for word in words for part in word.parts]
    return frozenset(("".join(part[0] for part in parts), "".join(part[-1] for part in parts)))


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without what is typed around a name and is none, and what that was.

    Taken out are symbols, digits, raised letters, bracketed and quoted words, LaTeX macros, "et al." and titles.
    """
    if _PLAIN.fullmatch(text) and "et" not in text:
        return text, ()
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        marks.append(match.group().replace(EDGE, " ").strip(" ,"))
        return EDGE * match.group().count(EDGE) or " "

    for pattern in (_BRACKETED, _QUOTED, _ET_AL, _MACRO):
        text = pattern.sub(take, text)
    letters: list[str] = []
    open_mark = False
    for at, character in enumerate(text):
        kept = _kept(character)
        if character == "," and open_mark and at + 1 < len(text) and _kept(text[at + 1]) is None:
            kept = None  # the comma in ³,*
        if kept is None:
            marks[-1:] = [marks[-1] + character] if open_mark else [*marks[-1:], character]
        elif kept:
            letters.append(kept)
        open_mark = kept is None or (open_mark and not kept)
    return "".join(letters), tuple(mark for mark in marks if mark.strip("{}"))


def _kept(character: str) -> str | None:
    """What a character of a name counts as; "" for nothing, None for a mark."""
    if character.isspace() or character in "_~":
        return EDGE if character == EDGE else " "
    if character in HYPHENS:
        return "-"
    if character in APOSTROPHES or character in "{}":
        return ""
    if character in ".,":
        return character
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category[0] in "LM":
        if category[0] == "L" and unicodedata.decomposition(character).startswith(("<super>", "<sub>")):
            return None
        return character
    return "" if character in "·・•" else None


def words_of(text: str, *, all_caps: bool = False) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words of a text without marks, and the titles that stood among them.

    `all_caps` says that the whole name is in capitals, so that two capitals without a dot need not be initials.
    """
    words: list[Word] = []
    titles: list[str] = []
    for chunk in text.replace(",", " ").split():
        if chunk.rstrip(".") in _TITLES:
            titles.append(chunk)
        else:
            words += _words_of_chunk(chunk, all_caps)
    return tuple(words), tuple(titles)


def _words_of_chunk(chunk: str, all_caps: bool) -> list[Word]:
    """The words in what stands between two blanks: "C.M.-K." is C. and the hyphenated M.-K."""
    words: list[list[tuple[str, bool]]] = [[]]
    for segment in chunk.split("-"):
        pieces = segment.split(".")
        if pieces[-1] == "" and len(pieces) > 1:
            pieces.pop()
            ended = True
        else:
            ended = False
        for number, piece in enumerate(pieces):
            if number:
                words.append([])
            if spellings(piece)[0]:
                words[-1].append((piece, ended or number < len(pieces) - 1))
    return [_word(pieces, all_caps) for pieces in words if pieces]


def _word(pieces: list[tuple[str, bool]], all_caps: bool) -> Word:
    parts = tuple(_part(piece, dotted) for piece, dotted in pieces)
    raw = pieces[0][0]
    bare = raw if raw.isascii() else "".join(character for character in raw if not is_accent(character))
    if len(parts) > 1 or len(bare) < 2:
        return Word(parts, low=bare[:1].islower(), caps=len(parts) > 1 and all(p.isupper() for p, _ in pieces))
    caps = bare.isupper()
    is_initials = are_initials(bare, all_caps=all_caps)
    inner = (
        ()
        if caps or bare.startswith(_PREFIXES)
        else tuple(_part(piece, False) for piece in _CAMEL.split(bare) if piece)
    )
    return Word(
        parts,
        initials=tuple(_part(letter, True) for letter in bare) if is_initials else (),
        inner=inner if len(inner) > 1 and all(len(part.spellings[0]) > 1 for part in inner) else (),
        caps=caps,
        low=bare[0].islower(),
    )


def are_initials(letters: str, *, all_caps: bool) -> bool:
    """Whether `letters` are initials without dots ("TD"); in a name all in capitals only letters without a vowel."""
    bare = letters if letters.isascii() else "".join(sign for sign in letters if not is_accent(sign))
    if not (1 < len(bare) <= 4 and bare.isupper() and bare.isalpha()):
        return False
    return not (all_caps and _VOWELS.intersection(spellings(bare)[0]))


def _part(piece: str, dotted: bool) -> NamePart:
    found = spellings(piece)
    has_case = piece.lower() != piece.upper()
    return NamePart(found, short=has_case and (dotted or len(found[0]) == 1))
