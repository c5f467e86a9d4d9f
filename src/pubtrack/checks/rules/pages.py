"""Pages: how a range is written, whether it can be one, and what is not a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View, content
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.digits import int_of

_NUMBER = r"[A-Za-z]{0,3}\d+[A-Za-z]?"
_ROMAN = r"[ivxlcdm]+|[IVXLCDM]+"
# One hyphen, or a dash of Unicode, between two numbers of one kind; not "2-13" for page 13 of chapter 2 twice.
_HYPHEN = pattern(
    rf"(?<![\w-])({_NUMBER}|{_ROMAN})\s*(-|–|—|‐|‑|−|---|\\textendash(?:\{{\}})?\s*+)\s*+({_NUMBER}|{_ROMAN})(?![\w-])"
)
_SAFE = pattern(
    rf"(?:\s*(?:{_NUMBER}|{_ROMAN})\s*(?:(?:-{{1,3}}|–|—|‐|‑|−|\\textendash(?:\{{\}})?)\s*(?:{_NUMBER}|{_ROMAN})\s*)?(?:[,;+]|\\?&|\Z))+"
)
_RANGE = pattern(r"(?<![\w.:/-])([A-Za-z]{0,3})(\d+)\s*(-{1,3}|–|—)\s*([A-Za-z]{0,3})(\d+)(?![\w.:/-])")


@rule(
    "fld-pages-dash",
    "warning",
    why="A range has an en dash, -- in LaTeX; a hyphen prints too short, and styles that shorten ranges do not see it.",
    source="btxdoc, 3.2 (pages); JabRef's PagesChecker; bibtex-tidy",
    bad="@misc{study2020, title = {A study}, pages = {12-19}, year = 2020}",
    good="@misc{study2020, title = {A study}, pages = {12--19, 30, 5-2}, year = 2020, chapter = {5-2}}",
    fixes=True,
)
def fld_pages_dash(view: View, context: Context) -> Iterator[Hit]:
    """A range of pages is written with one hyphen or another dash in place of --."""
    del context
    for item, field, latex in view.fields("pages"):
        if latex.isdigit() or (inner := content(field)) is None:
            continue
        start, text = inner
        found = next((one for one in _HYPHEN.finditer(text) if one[2] != "--" and _ascends(one[1], one[3])), None)
        if found is None or not _SAFE.fullmatch(text):
            continue
        fixed = _HYPHEN.sub(lambda one: f"{one[1]}--{one[3]}" if _ascends(one[1], one[3]) else one.group(), text)
        message = f'"{found.group()}" is a range; write {found[1]}--{found[3]}'
        yield Hit(item, field, message, start + found.start(), fix=item.fix(field, fixed))


def _digits(page: str) -> str:
    return "".join(sign for sign in page if sign.isdigit())


def _ascends(first: str, last: str) -> bool:
    one, other = _digits(first), _digits(last)
    if not one or not other:
        return not one and not other
    if len(other) < len(one):
        return int_of(one[: len(one) - len(other)] + other) > int_of(one)
    return int_of(other) >= int_of(one)


@rule(
    "fld-pages-reversed",
    "error",
    why="A digit is wrong: the pages cannot be found.",
    source="nothing else checks it; HALLMARK's altered references have it",
    bad="@misc{study2020, title = {A study}, pages = {345--312}, year = 2020}",
    good="@misc{study2020, title = {A study}, pages = {1023--45}, year = 2020}",
)
def fld_pages_reversed(view: View, context: Context) -> Iterator[Hit]:
    """A range of pages ends before it begins."""
    del context
    for item, field, latex in view.fields("pages"):
        if ("-" not in latex and "–" not in latex) or (inner := content(field)) is None:
            continue
        start, text = inner
        for found in _RANGE.finditer(text):
            prefix, first, dash, other, last = found.groups()
            # "5-2" may be page 2 of chapter 5.
            is_range = dash != "-" or len(first) == len(last) > 2
            is_range = is_range and not (len(first) > 4 and len(last) < 3)  # article 106108, its page 3
            if is_range and other in ("", prefix) and not _ascends(first, last):
                yield Hit(item, field, f"page {last} is before page {first}", start + found.start())
                break


_EID = pattern(r"e\d{3,}|\d{5,}|[A-Z]?\d{6,}[A-Z]?|(?=.*\d)\d{4,}[A-Z]|art\.?\s*\d+|article\s*(?:no\.?\s*)?\d+", re.I)


@rule(
    "fld-pages-eid",
    "info",
    why="biblatex has eid for the number of an article without pages, and prints it as such.",
    source="biblatex manual, “Data Fields” (eid); papis, issue 1019",
    bad="@article{study2020, author = {Roe, Ann}, title = {A study}, journaltitle = {Tea}, date = {2020},\n"
    "  pages = {e0123456}}",
    good="@article{study2020, author = {Roe, Ann}, title = {A study}, journaltitle = {Tea}, date = {2020},\n"
    "  eid = {e0123456}}",
)
def fld_pages_eid(view: View, context: Context) -> Iterator[Hit]:
    """What stands as pages is the number of an article (in biblatex's dialect)."""
    del context
    for item, field, latex in view.fields("pages"):
        if item.page.dialect == "biblatex" and item.type == "article" and _EID.fullmatch(latex.strip()):
            yield Hit(item, field, f'"{latex.strip()}" looks like the number of an article; write it as eid')
