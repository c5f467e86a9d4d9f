"""ISBNs and ISSNs by their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.identifiers import isbn_fits, issn

_ISBN = pattern(r"(?<![\dXx])[\d][\dXx \-‐–]{8,16}[\dXx](?![\dXx])")
_ISSN = pattern(r"(?<!\d)\d{4}\s?[-‐–]?\s?\d{3}[\dXx](?![\dXx])")


@rule(
    "id-isbn",
    "error",
    why="A digit is wrong: no library finds the book.",
    source="ISO 2108; JabRef's ISBNChecker; biber --validate-datamodel",
    bad="@misc{study2020, title = {A study}, isbn = {978-0-306-40615-8}, year = 2020}",
    good="@misc{study2020, title = {A study}, isbn = {978-0-306-40615-7, 0-306-40615-2 (paper)}, year = 2020}",
)
def id_isbn(view: View, context: Context) -> Iterator[Hit]:
    """An ISBN has a wrong check digit, or a wrong number of digits."""
    del context
    for item, field, latex in view.fields("isbn"):
        written = characters(latex)
        found = [re.sub(r"[^\dXx]", "", match.group()) for match in _ISBN.finditer(written)]
        numbers = [number for number in found if len(number) in (10, 13)]
        wrong = [number for number in numbers if not isbn_fits(number.upper())]
        if wrong:
            yield Hit(item, field, f"the check digit of the ISBN {wrong[0]} does not fit; copy it again")
        elif not numbers and any(map(str.isdigit, written)):
            digits = re.sub(r"[^\dXx]", "", written)
            shown, is_issn = " ".join(written.split()), _ISSN.match(written)
            message = f'"{shown}" is not an ISBN but an ISSN; write it as issn' if is_issn else ""
            yield Hit(item, field, message or f'"{shown}" has {len(digits)} digits; an ISBN has 10 or 13')
        elif len(numbers) == 2 and {len(number) for number in numbers} == {10, 13}:
            ten, thirteen = sorted(numbers, key=len)
            if thirteen.startswith("978") and ten[:9] != thirteen[3:12] and "(" not in written:
                yield Hit(item, field, f"the ISBNs {ten} and {thirteen} are of two books", severity="warning")


@rule(
    "id-issn",
    "error",
    why="A digit is wrong: the journal cannot be told by it.",
    source="ISO 3297; JabRef's ISSNChecker; biber --validate-datamodel",
    bad="@misc{study2020, title = {A study}, issn = {0378-5954}, year = 2020}",
    good="@misc{study2020, title = {A study}, issn = {0378-5955, 2434-561X}, year = 2020}",
)
def id_issn(view: View, context: Context) -> Iterator[Hit]:
    """An ISSN has a wrong check digit, or a wrong number of digits."""
    del context
    for item, field, latex in view.fields("issn"):
        written = characters(latex)
        found = [re.sub(r"[^\dXx]", "", match.group()) for match in _ISSN.finditer(written)]
        wrong = [number for number in found if not issn(number)]
        if wrong:
            yield Hit(
                item, field, f"the check digit of the ISSN {wrong[0][:4]}-{wrong[0][4:]} does not fit; copy it again"
            )
        elif not found and any(map(str.isdigit, written)) and not _ISBN.search(written):
            yield Hit(item, field, f'"{written}" is not an ISSN; one has eight digits, as in 0378-5955')
