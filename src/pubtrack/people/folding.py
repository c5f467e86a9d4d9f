"""The letters of a name, however they are spelt: text to the few spellings that stand for the same name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

APOSTROPHES = frozenset("'’‘‛`´ʻʼʽʾʿʹˈ′＇＇")
HYPHENS = frozenset("-‐‑‒–—―−﹣－⁃־")

# Letters that Unicode does not decompose into a base and an accent, as they are written where the letter is missing.
_BARE = str.maketrans(
    {
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "ȷ": "j",
        "æ": "ae", "œ": "oe", "ŋ": "ng", "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y",
        "ĸ": "k",
    }
)  # fmt: skip
# Those that have a second spelling without the accent: German, the Nordic languages, Serbian, Azerbaijani.
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj", "ð": "dh", "ə": "a"})
_ACCENTS = (
    (0x0300, 0x036F), (0x0591, 0x05C7), (0x064B, 0x0655), (0x0670, 0x0670), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
)  # fmt: skip
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalpha()}
_NO_MARKS = {code: " " if chr(code).isspace() else None for code in _NO_LETTERS if chr(code) != "-"}
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC")


@lru_cache(maxsize=8192)
def spellings(text: str) -> tuple[str, ...]:
    """The letters of `text` in lower case without accents, then the spelling with ae, oe, ue, aa if it has one.

    Only letters stay: hyphens, apostrophes, blanks, digits and invisible characters are gone. Two texts may be the
    same name if they share a spelling: "Müller" shares one with "Muller" and one with "Mueller", which share none.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    bare = _letters(folded)
    other = folded if folded.isascii() else _letters(folded.translate(_SPELT_OUT))
    return (bare,) if folded.isascii() or other == bare else (bare, other)


def fold(text: str) -> str:
    """The first of the `spellings` of `text`, its words apart by one blank: for sorting into groups and comparing."""
    return " ".join(word for word in (spellings(word)[0] for word in text.split()) if word)


def _letters(text: str) -> str:
    if text.isascii():
        return text.translate(_NO_LETTERS)
    text = unicodedata.normalize("NFKD", text).casefold().translate(_BARE)  # in this order: "𝐀" is an A only then
    return "".join(c for c in text if c.isalpha() or (unicodedata.category(c)[0] == "M" and not is_accent(c)))


@lru_cache(maxsize=16384)
def ascii_letters(text: str) -> str:
    """`text` in the Latin letters of its `spellings`, blanks and hyphens kept and all else dropped: fast, for a glance.

    Texts that have two spellings show both, one behind the other.
    """
    text = text.lower()
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", text.translate(_BARE))
        other = text.translate(_SPELT_OUT)
        if other != text:
            bare += " " + unicodedata.normalize("NFKD", other.translate(_BARE))
        for hyphen in "‐‑–":
            bare = bare.replace(hyphen, "-")
        text = bare.encode("ascii", "ignore").decode()
    return text.translate(_NO_MARKS)


def is_accent(character: str) -> bool:
    """Whether `character` combines with a letter and may be lost; vowel signs of Indic scripts may not."""
    return any(first <= ord(character) <= last for first, last in _ACCENTS)


@lru_cache(maxsize=4096)
def is_east_asian(character: str) -> bool:
    """Whether `character` is Han, Kana, Hangul or Bopomofo, where names are written without blanks, family first."""
    return unicodedata.name(character, "").startswith(_EAST_ASIAN)


def strip_accents(text: str) -> str:
    """`text` in lower case, every letter without its accents or as it is written where it is missing; all else stays.

    Compatibility characters are their plain ones (NFKD): "ﬁ" is "fi", a raised 2 is "2".
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_BARE)  # in this order: "𝐀" is an A only then
    return "".join(character for character in decomposed if not is_accent(character))
