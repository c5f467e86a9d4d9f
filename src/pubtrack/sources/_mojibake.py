"""UTF-8 that was read as Latin-1 or Windows-1252: text in, the text that was meant out, where that is certain."""

from __future__ import annotations

import re
import unicodedata

# The byte behind each character of Windows-1252, and of Latin-1 where that leaves a gap (WHATWG, "windows-1252").
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)}
for _byte in range(0x80, 0xA0):
    _character = bytes([_byte]).decode("cp1252", "ignore")
    if _character:
        _BYTES[_character] = _byte
_LEADS = "".join(character for character, byte in _BYTES.items() if 0xC2 <= byte <= 0xF4)
_TRAILS = "".join(character for character, byte in _BYTES.items() if 0x80 <= byte <= 0xBF)
_SEQUENCE = re.compile(f"[{re.escape(_LEADS)}][{re.escape(_TRAILS)}]{{1,3}}")
# What is never written so: no word has "Ã" or "Â" before a sign, and none holds a control character. A quotation mark
# may stand behind a word in capitals ("IRMÃ»"), but not within one.
_CAPITAL = "A-Z\u00c0-\u00de"
_QUOTES = "\u00ab\u00bb\u2018-\u201e\u2039\u203a"
_CERTAIN = re.compile(
    rf"[\u00c2\u00c3](?![{_QUOTES}])[\u00a0-\u00bf]"
    rf"|(?<![{_CAPITAL}])[\u00c2\u00c3][\u00ab\u00bb]|(?<![{_CAPITAL}])\u00c3[{_QUOTES}]|\u00c3[{_QUOTES}](?=[A-Za-z])"
    r"|\u00c3[\u0152-\u0192\u02c6\u02dc\u2013\u2014\u2020-\u2030\u20ac\u2122]"
    r"|[\u00c2-\u00f4][\u0080-\u009f]|\u00e2[\u20ac\u0080][\u0080-\u00bf\u0152-\u2122]"
    r"|\u00c5[\u201a\u2020\u2021\u00a1\u00be]|\u00c4[\u2021\u0178\u0152]"
)
_SYMBOLS = frozenset("–—‘’‚“”„…•‹›€™′″°±²³µ·º¹»«¼½¾¿¡§©®×÷−≤≥≈∞→←↔\u00a0\u00ad\u2009\u2010\u2011\u2212")
_MOST_LAYERS = 2


def repair_mojibake(text: str) -> str:
    """`text` with its wrongly decoded characters put right, as it is where nothing proves that it has any.

    Only sequences that decode as UTF-8, to letters and signs of ordinary print, are touched.
    """
    for _ in range(_MOST_LAYERS):
        if text.isascii() or not _CERTAIN.search(text):
            break
        better = _SEQUENCE.sub(lambda match: _decoded(match.group()), text)
        if better == text:
            break
        text = better
    return text


def is_garbled(text: str) -> bool:
    """Whether characters stand in `text` that only wrong decoding puts there: controls of Latin-1, U+FFFD, `Ã¼`."""
    if text.isascii():
        return False
    return any("\x80" <= c <= "\x9f" or c == "\ufffd" for c in text) or _CERTAIN.search(text) is not None


def _decoded(sequence: str) -> str:
    """The character that the first two to four of `sequence` are the bytes of, with the rest, or `sequence` itself."""
    try:
        content = bytes(_BYTES[character] for character in sequence)
    except KeyError:
        return sequence
    length = 2 if content[0] < 0xE0 else 3 if content[0] < 0xF0 else 4
    try:
        meant = content[:length].decode()
    except UnicodeDecodeError:
        return sequence
    return meant + sequence[length:] if _is_print(meant) else sequence


def _is_print(character: str) -> bool:
    return character in _SYMBOLS or unicodedata.category(character) in ("Lu", "Ll", "Lo", "Lm", "Mn")
