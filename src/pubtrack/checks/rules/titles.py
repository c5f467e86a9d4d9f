"""Titles: their case as a whole, their end, and what publishers put before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View, content
from pubtrack.checks.rule import Hit, rule

_RETRACTED = pattern(
    r"[\s\[({]*+(?:retracted|withdrawn|retraction|retracted\s++article|removed)\b\s*+[\])}]*+\s*+[:–—-]", re.I
)
_BRACKETED = pattern(r"\s*[\[(]\s*(?:retracted|withdrawn)(?:\s+article)?\s*[\])]", re.I)
_LETTERS = pattern(r"[^\W\d_]")
_LAST_WORD = pattern(r"(?<![^\W\d_])([^\W\d_]++)\.$")
_ABBREVIATIONS = frozenset("inc ltd corp etc al jr sr vol vols dept univ gmbh ed eds tome esq".split())


@rule(
    "ttl-overprotect",
    "info",
    why="Braces around the whole title keep every style from writing it in its own case. Protect single words.",
    source="JabRef, issue 3974; biblatex manual, \\MakeSentenceCase",
    bad="@misc{study2020, title = {{A Study of Tea and Rain}}, year = 2020}",
    good="@misc{study2020, title = {A Study of {Tea} and Rain}, year = 2020}",
)
def ttl_overprotect(view: View, context: Context) -> Iterator[Hit]:
    """A whole title stands in braces of its own."""
    del context
    for item, field, latex in view.fields("title"):
        if latex[0] == "{" and latex[-1] == "}" and " " in latex and _is_wrapped(latex):
            yield Hit(item, field, "the whole title is protected from every style's case; protect single words")


def _is_wrapped(latex: str) -> bool:
    depth = 0
    for at, sign in enumerate(latex):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and at < len(latex) - 1:
            return False
    return latex[1:2] != "\\"


@rule(
    "ttl-caps",
    "warning",
    why="No style can tell which words are names; the title prints in capitals, or with all capitals lost.",
    source="bibtex-tidy --drop-all-caps; 8 of 502 recorded Crossref works come so",
    bad="@misc{study2020, title = {A STUDY OF TEA AND RAIN}, year = 2020}",
    good="@misc{study2020, title = {{NASA} and the {ESA}}, year = 2020}",
)
def ttl_caps(view: View, context: Context) -> Iterator[Hit]:
    """A title is in capitals throughout."""
    del context
    for item, field, latex in view.fields("title"):
        if latex.isupper() and is_all_caps(latex):
            yield Hit(item, field, "the title is in capitals throughout; write it as the work itself does in its text")


def is_all_caps(latex: str) -> bool:
    """Whether a title of three words or more is in capitals."""
    written = characters(latex)
    letters = _LETTERS.findall(written)
    is_cased = sum(letter != letter.lower() for letter in letters)
    return written == written.upper() and is_cased > 9 and len(written.split()) > 2


@rule(
    "ttl-dot",
    "info",
    why="The style ends the title with its own mark; those that use a comma print “.,”.",
    source="DBLP's and PubMed's titles end so",
    bad="@misc{study2020, title = {A study of tea.}, year = 2020}",
    good="@misc{study2020, title = {A study of Tea, Inc.}, year = 2020}",
    fixes=True,
)
def ttl_dot(view: View, context: Context) -> Iterator[Hit]:
    """A title ends with a full stop."""
    del context
    for item, field, latex in view.fields("title"):
        if latex[-1] != "." or latex[-2:] == ".." or (inner := content(field)) is None or inner[1][-1:] != ".":
            continue
        word = _LAST_WORD.search(latex)
        if word and len(word[1]) > 2 and word[1].islower() and word[1] not in _ABBREVIATIONS:
            place = inner[0] + len(inner[1]) - 1
            message = "the title ends with a full stop, which the style adds"
            yield Hit(item, field, message, place, fix=item.fix(field, inner[1][:-1]))


@rule(
    "ttl-retracted",
    "error",
    why="The publisher has withdrawn the work; who cites it must know and say so.",
    source="Crossref deposits carry the word before the title; Retraction Watch",
    bad="@misc{study2020, title = {RETRACTED: A study of tea}, year = 2020}",
    good="@misc{study2020, title = {Retracted papers: a study}, year = 2020}",
)
def ttl_retracted(view: View, context: Context) -> Iterator[Hit]:
    """A title begins with RETRACTED or WITHDRAWN."""
    del context
    for item, field, latex in view.fields("title"):
        if latex.lstrip("{[( ")[:5].lower() not in ("retra", "withd", "remov"):
            continue
        found = _RETRACTED.match(latex) or _BRACKETED.match(latex)
        if found and (
            found.group().isupper()
            or "[" in found.group()
            or "article" in found.group().lower()
            or _is_mark(found.group())
        ):
            yield Hit(item, field, f'the title says "{found.group().strip()}": the work was withdrawn')


def _is_mark(found: str) -> bool:
    word = found.strip(" [](){}:–—-").lower()
    return word in ("retracted", "withdrawn", "retracted article")
