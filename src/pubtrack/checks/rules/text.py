"""Text that came from elsewhere and was not turned into LaTeX on the way: HTML, wrong encodings, stray blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import NOT_TEXT, UNPRINTED, View, content
from pubtrack.checks.rule import Hit, rule
from pubtrack.checks.rules.unicode import name_character
from pubtrack.checks.running_text import lone_dollar, running_stretches

_ENTITY = pattern(r"(?<!\\)\\?&(?:amp;)?(#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8}\d?);", re.I)
_TAGS = "i|b|em|strong|sub|sup|scp|sc|tt|u|ovl|italic|bold|inf|p|br|span|div|title|sec|list|li|ul|ol"
_TAG = pattern(
    rf"</?(?:{_TAGS}|jats:[a-z-]+|mml:[a-z]+|math|mrow|mi|mo|mn|msub|msup|inline-formula|tex-math|alternatives)"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)
_MATH_TAG = pattern(r"\$\\less\$\s*+/?\s*+[a-z]++\s*+\$\\greater\$", re.I)
_ANY = pattern(rf"{_ENTITY.pattern}|{_TAG.pattern}|{_MATH_TAG.pattern}", re.I)
_FACES = {
    "i": "emph", "em": "emph", "italic": "emph", "b": "textbf", "strong": "textbf", "bold": "textbf",
    "sub": "textsubscript", "inf": "textsubscript", "sup": "textsuperscript", "scp": "textsc", "sc": "textsc",
}  # fmt: skip
_PAIR = pattern(rf"<({'|'.join(_FACES)})>([^<>{{}}]*)</\1>", re.I)
_LESS = pattern(r"\$\\less\$\s*+(/?)\s*+([a-z]++)\s*+\$\\greater\$", re.I)


@rule(
    "txt-html",
    "warning",
    why="Registries deliver titles in HTML, MathML or JATS; LaTeX prints the markup as it stands, or stops at its &.",
    source="JabRef's HTMLCharacterChecker; papis html-codes, html-tags; Crossref, “Face markup”",
    bad="@misc{study2020, title = {Salt &amp; <i>Zea mays</i>}, year = 2020}",
    good=r"@misc{study2020, title = {Salt \& \emph{Zea mays}, p < 0.05}, year = 2020}",
    fixes=True,
)
def txt_html(view: View, context: Context) -> Iterator[Hit]:
    """A value holds an HTML entity or tag, MathML or JATS."""
    del context
    for _, (item, field, latex) in view.texts():
        if ("<" not in latex and "&" not in latex and "\\less" not in latex) or (inner := content(field)) is None:
            continue
        found = next((match for match in _ANY.finditer(inner[1]) if _is_markup(match.group())), None)
        if found is None:
            continue
        text = _without_html(inner[1])
        fix = None if _ANY.search(text) or _is_in_math(inner[1]) else item.fix(field, text)
        message = f'"{found.group()}" is HTML, which LaTeX prints as it stands; write it in LaTeX'
        yield Hit(item, field, message, inner[0] + found.start(), fix=fix)


def _is_markup(found: str) -> bool:
    from html.entities import html5

    entity = _ENTITY.fullmatch(found)
    return entity is None or entity[1].startswith("#") or f"{entity[1]};" in html5


def _is_in_math(text: str) -> bool:
    """Whether markup stands within math, where its meaning is another, or a dollar sign has no partner."""
    text = _LESS.sub("", text)
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return False
    running = sum(len(_ANY.findall(text[part.start : part.end])) for part in running_stretches(text))
    return lone_dollar(text) >= 0 or running < len(_ANY.findall(text))


def _without_html(text: str) -> str:
    text = _LESS.sub(r"<\1\2>", text)
    for _ in range(4):
        changed = _PAIR.sub(lambda match: f"\\{_FACES[match[1].lower()]}{{{match[2]}}}", text)
        if changed == text:
            break
        text = changed
    return _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    from html import unescape

    sign = unescape(f"&{match[1]};")
    if len(sign) != 1 or not sign.isprintable():
        return "~" if sign == "\u00a0" else match.group()
    if sign in "&%#_${}":
        return f"\\{sign}"
    if sign in "<>":
        return {"<": "{\\textless}", ">": "{\\textgreater}"}[sign]
    return {
        "\\": "{\\textbackslash}",
        "~": "{\\textasciitilde}",
        "^": "{\\textasciicircum}",
        '"': "{\\textquotedbl}",
    }.get(sign, sign)


_FOREIGN = pattern(r"[^\x00-\x7f]+")
_SUSPECT = pattern("[\u0080-\u009f\u00c2-\u00f4\ufffd]")


@rule(
    "txt-mojibake",
    "warning",
    why="The text was decoded in the wrong encoding once; it prints as gibberish and matches no record.",
    source="Zotero's Crossref translator repairs the same; Unicode Standard, C1 controls and U+FFFD",
    bad="@misc{study2020, title = {CafÃ© culture}, year = 2020}",
    good="@misc{study2020, title = {Café culture in {SÃO PAULO}}, year = 2020}",
    fixes=True,
)
def txt_mojibake(view: View, context: Context) -> Iterator[Hit]:
    """Characters are the remains of a wrong decoding."""
    del context
    if not any(_SUSPECT.search(page.rare) for page in view.pages):
        return
    from pubtrack.model.mojibake import REMAINS, repair_mojibake

    for found in view.search(REMAINS, _SUSPECT):
        inner = content(found.field)
        if inner is None or found.name in ("file", "bdsk-file-1"):
            continue
        text = repair_mojibake(inner[1])
        run, meant = _foreign_run(inner[1], text, found.match.start() - inner[0])
        sign = found.match.group()[0]
        if run != meant:
            message = f'"{run}" was "{meant}" before it was read in the wrong encoding'
        elif sign < "\u00a0" or sign == "\ufffd":
            message = f"{name_character(sign)} is what a wrong decoding left; look the text up again"
        else:
            continue
        fix = found.item.fix(found.field, text) if not REMAINS.search(text) else None
        yield Hit(found.item, found.field, message, found.match.start(), fix=fix)


def _foreign_run(text: str, repaired: str, place: int) -> tuple[str, str]:
    """The run of characters around `place` that are not ASCII, as it stands and as repaired; a repair leaves ASCII."""
    runs = list(_FOREIGN.finditer(text))
    number = next(number for number, run in enumerate(runs) if run.start() <= place < run.end())
    return runs[number].group(), _FOREIGN.findall(repaired)[number]


_DECOMPOSED = pattern(
    "[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\u0653-\u0655\u1100-\u11ff\u212a\u212b\u2126]"
)
_LOSSY = pattern("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


@rule(
    "txt-nfc",
    "warning",
    why="The same letter in two encodings is two letters to every program that compares, sorts or searches.",
    source="UAX 15; JabRef's UnicodeNormalFormCanonicalCompositionCheck",
    bad="@misc{study2020, title = {Cafe\u0301 culture}, year = 2020}",
    good="@misc{study2020, title = {Café culture}, year = 2020}",
    fixes=True,
)
def txt_nfc(view: View, context: Context) -> Iterator[Hit]:
    """A value is not in Unicode's normal form C: a letter and its accent are two characters."""
    del context
    for found in view.search(_DECOMPOSED):
        inner = content(found.field)
        if inner is None or found.name in ("file", "url", "bdsk-file-1"):
            continue
        start, text = inner
        composed = unicodedata.normalize("NFC", text)
        if composed == text:
            continue
        at = next((n for n, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), 0)
        fix = None if _LOSSY.search(text) else found.item.fix(found.field, composed)
        shown = text[at : at + 2]
        message = f'"{shown}" is a letter and its accent as two characters; write "{composed[at]}" (NFC)'
        yield Hit(found.item, found.field, message, start + at, fix=fix)


_NOT_ASCII = pattern("[^\x00-\x7f]")


@rule(
    "txt-ascii",
    "info",
    why="Classic BibTeX sorts bytes and cuts an initial from the first byte of a name: É. becomes half a character. "
    'biber and bibtexu do not. Looked for where [check] dialect = "bibtex" says that it is BibTeX.',
    source="btxhak; JabRef's ASCIICharacterChecker",
    bad="@misc{study2020, author = {Roe, Émile}, title = {A study}, year = 2020}",
    good=r"@misc{study2020, author = {Roe, {\'E}mile}, title = {A study}, year = 2020}",
    given=Context(year=2026, dialect="bibtex"),
)
def txt_ascii(view: View, context: Context) -> Iterator[Hit]:
    """A file has characters beyond ASCII though it is declared to be for classic BibTeX (one finding a file)."""
    if context.dialect != "bibtex":
        return
    seen: set[int] = set()
    counts: dict[int, int] = {}
    hits: list[tuple[int, Hit]] = []
    if all(page.text.isascii() for page in view.pages):
        return
    for found in view.search(_NOT_ASCII):
        page = found.item.page
        if page.dialect != "bibtex" or found.name in NOT_TEXT or found.name in UNPRINTED:
            continue
        counts[id(page)] = counts.get(id(page), 0) + 1
        if id(page) not in seen:
            seen.add(id(page))
            hits.append((id(page), Hit(found.item, found.field, found.match.group(), found.match.start())))
    for page_id, hit in hits:
        more = counts[page_id] - 1
        tail = f"; so have {more} more fields of this file" if more else ""
        yield hit._replace(message=f'"{hit.message}" is not ASCII, which classic BibTeX cannot sort or cut{tail}')


_INNER = pattern(r"(?<=\S)(?:[ \t]{2,}|\t)(?=\S)")


@rule(
    "txt-space",
    "info",
    why="TeX prints one blank, but programs that compare titles and names see two words more or less.",
    source="papis string-cleaner",
    bad="@misc{study2020, title = {A  study}, year = 2020}",
    good="@misc{study2020, title = {A study\n    of tea}, year = 2020}",
    fixes=True,
)
def txt_space(view: View, context: Context) -> Iterator[Hit]:
    """A value has two blanks, a tab or a no-break space where one blank is meant, or begins or ends with one."""
    del context
    for name, (item, field, latex) in view.texts():
        is_tidy = "  " not in latex and "\t" not in latex and "\u00a0" not in latex
        if (is_tidy and latex[0] != " " and latex[-1] != " ") or name in UNPRINTED or (inner := content(field)) is None:
            continue
        start, text = inner
        tidy = _INNER.sub(" ", text.strip(" \t")).replace("\u00a0", "~")
        if tidy == text:
            continue
        at = next((n for n, (a, b) in enumerate(zip(text, tidy, strict=False)) if a != b), min(len(text), len(tidy)))
        what = "a no-break space; write ~" if text[at : at + 1] == "\u00a0" else "a blank too many"
        in_math = "\u00a0" in text and ("$" in text or "\\(" in text or "\\[" in text)
        yield Hit(item, field, what, start + at, fix=None if in_math else item.fix(field, tidy))
