"""Letter case: parts in, the same parts with another case out (CSL 1.0.2, section "Text-case").

The strings of the tree are looked at as one text, so that words may cross formatting; protected spans and math
keep their case, and the other changes never change a string's length, so that each gets its own piece back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from pubtrack.csl.output_tree import Part, Parts, Wrap

TextCase = Literal["", "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"]

# The stop words of the CSL schema (stop-words.json), single words and the phrases that stand together.
_STOP = frozenset(
    """a about above across afore after against al along alongside amid amidst among amongst an and anenst apropos
    apud around as aside astride at athwart atop barring before behind below beneath beside besides between beyond
    but by c ca circa d’ de despite down during et except for forenenst from given in inside into lest like modulo
    near next nor notwithstanding of off on onto or out over per plus pro qua sans since so than the through
    throughout thru thruout till to toward towards under underneath until unto up upon v van versus via vis-à-vis von
    vs with within without yet""".split()
)
_PHRASES = frozenset(
    """according to|ahead of|apart from|as for|as of|as per|as regards|aside from|back to|because of|close to|due to
    |except for|far from|inside of|instead of|near to|next to|on to|out from|out of|outside of|prior to|pursuant to
    |rather than|regardless of|such as|that of|up to|where as""".replace("\n    ", "").split("|")
)  # fmt: skip
_IMPLICIT = frozenset({"sup", "sub", "small-caps", "nodecor"})
_WORD = re.compile(r"[^\s–—/]+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_OPEN, _CLOSE = "“", "”"
_BEGINNERS = frozenset(":?!" + _OPEN)  # behind which a stop word has its capital
_GREEK = re.compile(r"[\u0370-\u03ff]")
_ELIDED = re.compile(r"[dlDL]['’]")


def recase(parts: Parts, case: str, *, english: bool = True, language: str = "") -> Parts:
    """`parts` in the given text-case.

    Title case changes English text only ("Non-English Items"); `language` matters for Turkish and its like.
    """
    if case == "title" and not english:
        return parts
    if case in ("uppercase", "lowercase"):
        change = _per_string(case, language)
        return [_map_strings(part, change) for part in parts]
    whole = _WHOLE.get(case)
    if whole is None:
        return parts
    pieces = list(_pieces(parts))
    text = "".join(piece for piece, _ in pieces)
    mask = "".join(("x" if protected else " ") * len(piece) for piece, protected in pieces)
    changed = whole(text, mask)
    if changed == text:
        return parts
    return _refilled(parts, iter(_cut(changed, pieces)))


def _per_string(case: str, language: str) -> Callable[[str], str]:
    turkic = language[:2].lower() in ("tr", "az")
    if case == "uppercase":
        return lambda text: (text.replace("i", "İ") if turkic else text).upper()
    return lambda text: (text.replace("I", "ı").replace("İ", "i") if turkic else text).lower()


def _map_strings(part: Part, change: Callable[[str], str]) -> Part:
    if isinstance(part, str):
        return change(part)
    if part.kind in ("protected", "math"):
        return part
    return Wrap(part.kind, part.value, [_map_strings(inner, change) for inner in part.parts])


def _is_protected(wrap: Wrap) -> bool:
    return wrap.kind in ("protected", "math") or (wrap.kind == "markup" and not _IMPLICIT.isdisjoint(wrap.value))


def _pieces(parts: Parts, protected: bool = False) -> Iterator[tuple[str, bool]]:
    """The strings of the tree in order, each with whether it is protected; a quotation's marks stand for themselves."""
    for part in parts:
        if isinstance(part, str):
            yield part, protected
        elif part.kind == "quoted":
            yield _OPEN, True
            yield from _pieces(part.parts, protected)
            yield _CLOSE, True
        else:
            yield from _pieces(part.parts, protected or _is_protected(part))


def _cut(text: str, pieces: Sequence[tuple[str, bool]]) -> Iterator[str]:
    start = 0
    for piece, protected in pieces:
        end = start + len(piece)
        yield piece if protected else text[start:end]
        start = end


def _refilled(parts: Parts, strings: Iterator[str]) -> list[Part]:
    out: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            out.append(next(strings))
            continue
        marks = part.kind == "quoted"
        if marks:
            next(strings)
        out.append(Wrap(part.kind, part.value, _refilled(part.parts, strings)))
        if marks:
            next(strings)
    return out


def _upper(char: str) -> str:
    upper = char.upper()
    return upper if len(upper) == 1 else char


def _lowered(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_lower(word: str) -> bool:
    return word == word.lower()


def _capitalized(word: str) -> str:
    return word if _GREEK.fullmatch(word) else _upper(word[:1]) + word[1:]


def _cores(text: str) -> Iterator[tuple[int, int]]:
    """Where each word's letters and digits start and end."""
    for match in _WORD.finditer(text):
        core = _CORE.search(match[0])
        if core:
            yield match.start() + core.start(), match.start() + core.end()


def _capitalize_first(text: str, mask: str) -> str:
    for start, end in _cores(text):
        if mask[start] == " " and _is_lower(text[start:end]):
            return text[:start] + _upper(text[start]) + text[start + 1 :]
        break
    return text


def _capitalize_all(text: str, mask: str) -> str:
    chars = list(text)
    for start, end in _cores(text):
        if mask[start] == " " and _is_lower(text[start:end]):
            chars[start] = _upper(chars[start])
    return "".join(chars)


def _sentence(text: str, mask: str) -> str:
    """The first word capitalized, the others lowercased; words that hold more capitals than their first letter
    (names, acronyms) stay, unless the whole text is in capitals."""
    shouted = _is_shouted(text)
    chars = list(text)
    for number, (start, end) in enumerate(_cores(text)):
        word = text[start:end]
        if mask[start] != " ":
            continue
        if shouted or _is_lower(word[1:]):
            chars[start:end] = _lowered(word)
        if number == 0 and _is_lower("".join(chars[start:end])):
            chars[start] = _upper(chars[start])
    return "".join(chars)


def _is_shouted(text: str) -> bool:
    """A text all in capitals; one of few words is rather a name or acronym ("IEEE TPAMI") and stays."""
    return text.isupper() and sum(word[:2].isalpha() and len(word) > 1 for word in text.split()) > 3


def _title(text: str, mask: str) -> str:
    if _is_shouted(text):
        text = "".join(_lowered(char) if flag == " " else char for char, flag in zip(text, mask, strict=True))
    spots = list(_cores(text))
    words = [text[start:end] for start, end in spots]
    chars = list(text)
    fresh = True  # at the start, and after a colon, the end of a sentence or an opening quotation mark
    for number, (start, end) in enumerate(spots):
        word, last = words[number], number == len(spots) - 1
        before, after = words[number - 1] if number else "", "" if last else words[number + 1]
        if "x" in mask[start:end]:
            chars[start:end] = _beside_protected(word, mask[start:end])
        else:
            chars[start:end] = _title_word(word, fresh or last, _phrase(before, word) or _phrase(word, after))
        gap = "" if last else text[end : spots[number + 1][0]]
        # A full stop may end a sentence or an abbreviation ("Proc. of"): the writer's own capital tells.
        ended = "." in gap and word.lower() not in _STOP and len(word) > 1 and after[:1].isupper()
        fresh = ended or any(stop in gap for stop in _BEGINNERS)
    return "".join(chars)


def _beside_protected(word: str, mask: str) -> str:
    """A word of which a part is protected: the hyphenated parts that are not are words of their own."""
    out, start = [], 0
    for part in word.split("-"):
        end = start + len(part)
        out.append(part if "x" in mask[start:end] else _title_part(part))
        start = end + 1
    return "-".join(out)


def _phrase(first: str, second: str) -> bool:
    return f"{first} {second}".lower() in _PHRASES


def _title_word(word: str, bare: bool, in_phrase: bool) -> str:
    """One word in title case; `bare` forbids to lowercase it as a stop word."""
    stop = word.lower().replace("'", "’") in _STOP or in_phrase
    if stop and not bare:
        return _lowered(word) if _is_lower(word[1:]) and len(word) > 1 else word
    if not _is_lower(word):
        return "-".join(_title_part(part) for part in word.split("-")) if "-" in word else word
    if _ELIDED.match(word) and not bare:
        return word
    first, *rest = word.split("-")
    return "-".join([_capitalized(first), *(_title_part(part) for part in rest)])


def _title_part(part: str) -> str:
    """A later part of a hyphenated word: "distinct words", stop words and single letters staying."""
    if len(part) < 2 or not _is_lower(part) or part in _STOP:
        return part
    return _capitalized(part)


_WHOLE: dict[str, Callable[[str, str], str]] = {
    "capitalize-first": _capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
    "title": _title,
}
