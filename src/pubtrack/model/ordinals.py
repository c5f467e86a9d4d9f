"""Ordinals in words ("second") and the numbers of editions: "2nd", "Second" and "2nd ed." are the edition 2."""

from __future__ import annotations

import re

ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth".split()
)
TENS = tuple("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth".split())
"""The ordinals of the tens behind the twentieth, which names of conferences begin with."""

_NUMBER_OF = {word: str(number) for number, word in enumerate(ORDINALS, 1)}
_EDITION = re.compile(
    r"(\d++)\s*+(?:st|nd|rd|th|\.|e|er|ère|ème|\.?ª|\.?º|版)?(?:\s*+(?:ed|edn|edition|aufl|auflage)\.?)?", re.I
)


def edition_number(written: str) -> str:
    """The digits of an edition that is a number however it is written, "" for one that is not."""
    word = written.strip()
    match = _EDITION.fullmatch(word)
    return match[1] if match else _NUMBER_OF.get(word.lower().removesuffix("edition").strip(" ."), "")


def ordinal_of(digits: str) -> str:
    """The ordinal of a number, in small letters ("second"), "" for what has no word of its own here."""
    return next((word for word, number in _NUMBER_OF.items() if number == digits.lstrip("0")), "")
