"""The words that a filter knows for the type of a work: BibTeX's, biblatex's, CSL's, and `preprint`.

`article` is BibTeX's: CSL's own `article`, a preprint, is `preprint` here. Every other word that two vocabularies share
accepts what either of them means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pubtrack.bibtex.fields import (
    BIBLATEX_OF_CSL,
    ENTRY_TYPES,
    GENRE_OF_ALIAS,
    SUBTYPE_OF_ALIAS,
    TYPE_ALIASES,
    csl_type,
)
from pubtrack.model.vocabulary import TYPES
from pubtrack.model.work import Work

PREPRINT = "article"
"""CSL's type of preprints (CSL 1.0.2, appendix III)."""

_DEGREES = {"mathesis": ("master", "msc", "m.sc", "diplom"), "bathesis": ("bachelor", "bsc", "b.sc")}
"""What the genre of a thesis says of its degree, under biblatex's words; any other thesis is a doctoral one."""
_DOCTORAL = "phdthesis"


@dataclass(frozen=True, slots=True)
class TypeWord:
    """The works that a word means: those of a CSL type, those kept in an entry of a biblatex type, or theses for
    a degree (biblatex's word for it)."""

    csl: str = ""
    entry: str = ""
    degree: str = ""

    def accepts(self, work: Work) -> bool:
        if self.degree:
            return work.type == "thesis" and _degree(work) == self.degree
        return work.type == self.csl or (self.entry != "" and self.entry in _entry_types(work))


def _degree(work: Work) -> str:
    genre = work.get("genre").casefold()
    return next((name for name, signs in _DEGREES.items() if any(sign in genre for sign in signs)), _DOCTORAL)


def _entry_types(work: Work) -> tuple[str, ...]:
    """biblatex's types of the entry that the work is kept in; `@misc` and `@online` are one for a preprint."""
    own = work.custom.get("entrytype", "")
    if work.type == PREPRINT:
        return () if own == "article" else (own,) if own else ("online", "misc")
    return (own or BIBLATEX_OF_CSL.get(work.type, "misc"),)


def _of_alias(alias: str) -> TypeWord:
    entry = TYPE_ALIASES[alias]
    if alias in SUBTYPE_OF_ALIAS:
        return TypeWord(csl=csl_type(entry, SUBTYPE_OF_ALIAS[alias]))
    return TypeWord(degree=GENRE_OF_ALIAS[alias]) if entry == "thesis" else TypeWord(entry=entry)


TYPE_WORDS: Mapping[str, TypeWord] = {
    **{alias: _of_alias(alias) for alias in TYPE_ALIASES},
    **{name: TypeWord(entry=name) for name in ENTRY_TYPES},
    **{name: TypeWord(csl=name, entry=name if name in ENTRY_TYPES else "") for name in TYPES if name != PREPRINT},
    "preprint": TypeWord(csl=PREPRINT),
}
"""Every word of a filter's `type`, in lower case."""


def csl_name(word: str) -> str:
    """The CSL type that `word` stands for, as a word of another vocabulary; "" for one that nobody knows."""
    known = TYPE_WORDS.get(word)
    if known is None:
        return ""
    return "thesis" if known.degree else known.csl or csl_type(known.entry)


def type_names(work: Work) -> list[str]:
    """All words that accept the work."""
    return [word for word, meaning in TYPE_WORDS.items() if meaning.accepts(work)]
