"""Names in; whether two are one person's, and the owner's places in a work, out."""

from __future__ import annotations

from pubtrack.people.folding import ascii_letters, fold, spellings
from pubtrack.people.given import Level
from pubtrack.people.name_likeness import Form, Likeness
from pubtrack.people.name_words import Word, glued
from pubtrack.people.written_name import Written, of_name, of_text

__all__ = [
    "Form",
    "Level",
    "Likeness",
    "Word",
    "Written",
    "ascii_letters",
    "fold",
    "glued",
    "of_name",
    "of_text",
    "spellings",
]
