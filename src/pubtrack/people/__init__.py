"""Names in; whether two are one person's, and the owner's places in a work, out."""

from __future__ import annotations

from pubtrack.people.folding import ascii_letters, fold, spellings
from pubtrack.people.given import Level
from pubtrack.people.name_likeness import Form, Likeness
from pubtrack.people.name_words import Word, glue_letters
from pubtrack.people.written_name import WrittenName, words_of_name, words_of_text

__all__ = [
    "Form",
    "Level",
    "Likeness",
    "Word",
    "WrittenName",
    "ascii_letters",
    "fold",
    "glue_letters",
    "spellings",
    "words_of_name",
    "words_of_text",
]
