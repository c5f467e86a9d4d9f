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
_TAIL = f"[{re.escape(_TRAILS)}]"
# A run of Han, Kana or Hangul, which nobody writes otherwise.
_RUN = f"(?:[\u00e3-\u00ed]{_TAIL}{{2}}){{2,}}"
_QUOTES = "\u00ab\u00bb\u2018-\u201e\u2039\u203a"
_SEQUENCE = re.compile(f"{_RUN}|[{re.escape(_LEADS)}]{_TAIL}{{1,3}}")
# A letter before a quotation mark, a dash or a no-break space: good text, unless what surrounds it speaks against it.
# Those that Greek, Cyrillic and Arabic letters begin with are hardly ever the last of a word.
_DOUBTFUL = re.compile(f"[\u00c2-\u00cd\u00d2-\u00d7\u00dc-\u00f4][\u00a0\u2026\u2013\u2014{_QUOTES}]")
# What is never written so: no word has "Ã" or "Â" before a sign, and none holds a control character. A quotation mark
# may stand behind a word in capitals ("IRMÃ»"), but not within one, and a capital does not stand within a word.
_CAPITAL = "A-Z\u00c0-\u00de"
_SCRIPTS = "[\u00ce-\u00d1\u00d8-\u00db]"  # Greek, Cyrillic, Arabic
_GARBLED = (
    rf"[\u00c2\u00c3](?![{_QUOTES}])[\u00a0-\u00bf]"
    rf"|(?<![{_CAPITAL}])[\u00c2\u00c3][\u00ab\u00bb]|(?<![{_CAPITAL}])\u00c3[{_QUOTES}]|\u00c3[{_QUOTES}](?=[A-Za-z])"
    r"|\u00c3[\u0152-\u0192\u02c6\u02dc\u2013\u2014\u2020-\u2030\u20ac\u2122]"
    r"|[\u00c2-\u00f4][\u0080-\u009f]|\u00e2[\u20ac\u0080][\u0080-\u00bf\u0152-\u2122]"
    rf"|\u00e2[\u0080-\u009f\u201a\u201e\u02c6\u2030]{_TAIL}|\u00ef[\u00ac\u00bb]{_TAIL}"
    r"|\u00c5\u201a|[\u00c4\u00c5][\u0152\u0153\u0160\u0161\u0178\u017d\u017e]"
    r"|[\u00c4\u00c5][\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bf\u0192\u02c6\u02dc\u2020-\u2022\u2030\u203a\u20ac\u2122]"
    r"|(?<=[a-z])[\u00c4\u00c5][\u2018-\u201e\u2026](?=[a-z])"
    rf"|{_SCRIPTS}(?![\u00a0\u2026{_QUOTES}]){_TAIL}(?={_SCRIPTS}{_TAIL})|{_RUN}"
)
REMAINS = re.compile(f"{_GARBLED}|[\u0080-\u009f]|\ufffd")
"""The beginning of what only wrong decoding leaves in a text: `Ã¼`, controls of Latin-1, U+FFFD."""
_SYMBOLS = frozenset("–—‘’‚“”„…•‹›€™′″°±²³µ·º¹»«¼½¾¿¡§©®×÷−≤≥≈∞→←↔\u00a0\u00ad\u2009\u2010\u2011\u2212")
_MOST_LAYERS = 2


def repair_mojibake(text: str) -> str:
    """`text` with its wrongly decoded characters put right, as it is where nothing proves that it has any.

    Only sequences that decode as UTF-8, to letters and signs of ordinary print, are touched.
    """
    for _ in range(_MOST_LAYERS):
        if text.isascii() or not REMAINS.search(text):
            break
        better = _SEQUENCE.sub(_repaired_sequence, text)
        if better == text:
            break
        text = better
    return text


def is_garbled(text: str) -> bool:
    """Whether characters stand in `text` that only wrong decoding puts there: controls of Latin-1, U+FFFD, `Ã¼`."""
    return REMAINS.search(text) is not None


def _repaired_sequence(match: re.Match[str]) -> str:
    sequence, text, place = match.group(), match.string, match.start()
    is_good = _DOUBTFUL.match(sequence) and not REMAINS.match(text, place)
    return sequence if is_good else _decoded(sequence)


def _decoded(sequence: str) -> str:
    """What the sequence, a run of letters or one, was before it was read wrongly, or `sequence` itself.

    Behind the one letter the rest stays.
    """
    try:
        content = bytes(_BYTES[character] for character in sequence)
    except KeyError:
        return sequence
    one = 2 if content[0] < 0xE0 else 3 if content[0] < 0xF0 else 4
    for length in dict.fromkeys((len(content), one)):
        try:
            meant = content[:length].decode()
        except UnicodeDecodeError:
            continue
        if all(map(_is_print, meant)):
            return meant + sequence[length:]
    return sequence


def _is_print(character: str) -> bool:
    return character in _SYMBOLS or unicodedata.category(character) in ("Lu", "Ll", "Lo", "Lm", "Mn")
