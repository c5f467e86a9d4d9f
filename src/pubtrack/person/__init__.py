"""Are two names one person's? Names to words, words to forms, and how alike two of them are; `owner` builds on it."""

from __future__ import annotations

from pubtrack.person.folding import ascii_letters, fold, spellings
from pubtrack.person.given import Level
from pubtrack.person.likeness import Form, Likeness
from pubtrack.person.words import Word, glued
from pubtrack.person.written import Written, of_name, of_text

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
