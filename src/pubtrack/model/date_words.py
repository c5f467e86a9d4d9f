"""The names of months and seasons: numbers from the words of many languages, and the English words from numbers."""

from __future__ import annotations

import unicodedata

MONTH_NAMES = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""The English names, the first in place 1; the standard library's follow the locale of the process."""
MONTH_MACROS = tuple(name[:3].lower() for name in MONTH_NAMES)
"""BibTeX's macros for the months, the first in place 1."""
SEASON_NAMES = ("", "Spring", "Summer", "Autumn", "Winter")
"""The English names, spring in place 1."""

_MONTH_WORDS = (
    "january jan januar januari januari janvier janv enero ene gennaio gen janeiro jänner",
    "february feb februar februari février fév févr febrero febbraio febb fevereiro fev",
    "march mar märz mrz maart mrt mars marzo março",
    "april apr avril avr abril abr aprile",
    "may mai mei mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_SEASON_WORDS = (
    "spring frühling frühjahr printemps primavera lent trinity",
    "summer sommer été verano estate verão",
    "autumn fall herbst automne otoño autunno outono michaelmas",
    "winter hiver invierno inverno hilary",
)


def fold_word(word: str) -> str:
    """`word` in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


_MONTH_OF = {fold_word(word): number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_SEASON_OF = {fold_word(word): number for number, words in enumerate(_SEASON_WORDS, 1) for word in words.split()}


def month_number(word: str) -> int:
    """The number of the month that a word names, whole or abbreviated without its full stop; 0 for none."""
    return _MONTH_OF.get(fold_word(word), 0)


def season_number(word: str) -> int:
    """The number of the season that a word names, 1 for spring; 0 for none. An academic term is its season."""
    return _SEASON_OF.get(fold_word(word), 0)
