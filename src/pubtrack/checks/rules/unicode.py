"""Characters that nobody sees or that look like others: the ways in which text lies about itself (UTS 39)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import LazyPattern, pattern
from pubtrack.checks.library_view import NOT_TEXT, UNPRINTED, PatternMatches, View, content
from pubtrack.checks.rule import Hit, rule
from pubtrack.checks.running_text import running_stretches
from pubtrack.model.findings import Fix, Severity

_BIDI = pattern("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_RIGHT_TO_LEFT = pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = "\u200e\u200f\u061c"


def name_character(character: str) -> str:
    """A character by code point and name, for a message."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


_WORD_BEFORE = pattern(r"\\[A-Za-z]*\Z")


def _without(found: PatternMatches, signs: LazyPattern) -> Fix | None:
    inner = content(found.field)
    if inner and any(sign in inner[1] for sign in "$-'`\\"):
        # What stands on both sides may be something else when nothing is between: $$, --, '', a longer control word. In
        # a formula a sign may be all that is there.
        text = [(one.start, one.end) for one in running_stretches(inner[1])]
        for match in signs.finditer(inner[1]):
            start = match.start()
            before, behind = inner[1][max(0, start - 40) : start], inner[1][match.end() : match.end() + 1]
            is_text = any(begin <= start < end for begin, end in text)
            if not is_text or (before[-1:] == behind and behind in "$-'`") or _WORD_BEFORE.search(before):
                return None
    return found.item.fix(found.field, signs.sub("", inner[1])) if inner else None


def _more(count: int) -> str:
    return f" (and {count - 1} more)" if count > 1 else ""


@rule(
    "uni-bidi",
    "error",
    why="It makes text appear in another order than it is stored: what you read is not what is compared and printed.",
    source="UTS 39; Boucher and Anderson, “Trojan Source”, 2021",
    bad="@misc{study2020, title = {A study\u202e of tea}, year = 2020}",
    good="@misc{study2020, title = {A study of tea}, year = 2020}",
    fixes=True,
)
def uni_bidi(view: View, context: Context) -> Iterator[Hit]:
    """A value holds a character that changes the direction of writing."""
    del context
    for found in view.search(_BIDI):
        character = found.match.group()
        is_rtl = _RIGHT_TO_LEFT.search(found.field.value) is not None
        if is_rtl and character in _MARKS:
            continue  # Hebrew and Arabic text needs these marks
        message = f"{name_character(character)} turns the direction of writing; remove it{_more(found.times)}"
        fix = None if is_rtl else _without(found, _BIDI)
        severity: Severity | None = "warning" if is_rtl else None
        yield Hit(found.item, found.field, message, found.match.start(), severity, fix)


_INVISIBLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2064\u206a-\u206f"
    "\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
    "|(?<![\u0600-\u0fff\u1000-\u109f\u1780-\u18af\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])[\u200c\u200d]"
    "|(?<![\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u2000-\u3300\U0001f000-\U0001faff#*0-9])"
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


@rule(
    "uni-invisible",
    "error",
    why="It breaks search, sorting and the comparison with registries, and fonts print a box in its place.",
    source="UTS 39, “General Security Profile”; UAX 31, default-ignorable code points",
    bad="@misc{study2020, title = {A stu\u200bdy}, year = 2020}",
    good="@misc{study2020, title = {A study}, year = 2020}",
    fixes=True,
)
def uni_invisible(view: View, context: Context) -> Iterator[Hit]:
    """A value holds a character that cannot be seen: zero-width, soft hyphen, control or tag character."""
    del context
    for found in view.search(_INVISIBLE):
        if found.name in UNPRINTED and found.match.group() == "\u00ad":
            continue
        message = f"{name_character(found.match.group())} cannot be seen; remove it{_more(found.times)}"
        yield Hit(found.item, found.field, message, found.match.start(), fix=_without(found, _INVISIBLE))


# Letters that look like Latin ones, by UTS 39's table of confusables.
_CYRILLIC_ALIKE = "АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһԛԝ"
_GREEK_ALIKE = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧορν"
_ALIKE = pattern(f"[{_CYRILLIC_ALIKE}{_GREEK_ALIKE}]")
_WORD = pattern(r"[^\W\d_]+")


@rule(
    "uni-mixed-script",
    "warning",
    why="A letter that only looks right makes another word: the name is not found, and the title matches no record.",
    source="UTS 39, “Mixed-Script Detection” and its confusables",
    bad="@misc{study2020, title = {A study of c\u043effee}, year = 2020}",
    good="@misc{study2020, title = {A study of coffee and кофе, with Δt}, year = 2020}",
)
def uni_mixed_script(view: View, context: Context) -> Iterator[Hit]:
    """One word mixes Latin letters with Cyrillic or Greek ones that look like Latin letters."""
    del context
    for found in view.search(_ALIKE):
        inner = content(found.field)
        if inner is None or found.name in NOT_TEXT or found.name in UNPRINTED:
            continue
        start, text = inner
        for stretch in running_stretches(text):
            for match in _WORD.finditer(text, stretch.start, stretch.end):
                word = match.group()
                foreign = next((at for at, sign in enumerate(word) if sign in _CYRILLIC_ALIKE + _GREEK_ALIKE), -1)
                if foreign < 0 or not _is_disguised(word):
                    continue
                message = f'"{word}" is Latin but for {name_character(word[foreign])}; type the Latin letter'
                yield Hit(found.item, found.field, message, start + match.start() + foreign)
                break
            else:
                continue
            break


def _is_disguised(word: str) -> bool:
    """Whether all letters of the other script look like Latin ones, and most letters are Latin."""
    foreign = [sign for sign in word if not unicodedata.name(sign, "").startswith("LATIN")]
    alike = all(sign in _CYRILLIC_ALIKE + _GREEK_ALIKE for sign in foreign)
    return alike and 0 < len(foreign) * 2 < len(word) and len(word) > 2
