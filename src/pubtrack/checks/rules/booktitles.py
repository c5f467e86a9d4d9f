"""What does not belong into the title of a book, and where such a title was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.date_words import MONTH_NAMES

_CUT = pattern(
    r"\b(?:conference|workshop|symposium|proceedings|meeting|congress|journal|advances)\s+"
    r"(?:on|of|of the|for|in|in the)\s*\Z",
    re.I,
)
_PAGES = pattern(r"\b(?:pp\.|pages|p\.)\s*\d+\s*(?:[-–]+\s*\d+)?", re.I)
_MONTH = "|".join(MONTH_NAMES[1:])
_DAYS = pattern(rf"\b(?:{_MONTH})\s+\d{{1,2}}\b|\b\d{{1,2}}(?:\s*[-–]+\s*\d{{1,2}})?\s+(?:{_MONTH})\b", re.I)


@rule(
    "fld-booktitle",
    "warning",
    why="The style prints pages, dates and places itself, from fields of their own; a title that was cut names no "
    "conference. Dates in the title, DBLP's habit, are an info.",
    source="JabRef's BooktitleChecker, BooktitleContainsPagesChecker, NoURLChecker",
    bad="@inproceedings{study2020, author = {Roe, Ann}, title = {A study}, year = 2020,\n"
    "  booktitle = {Proceedings of the 5th International Conference on}}",
    good="@inproceedings{study2020, author = {Roe, Ann}, title = {A study}, year = 2020,\n"
    "  booktitle = {Proceedings of the 2020 International Conference on Tea}}",
)
def fld_booktitle(view: View, context: Context) -> Iterator[Hit]:
    """A booktitle ends in the middle ("Conference on"), or holds a URL, pages or dates."""
    del context
    for item, field, latex in view.fields("booktitle"):
        low = latex.lower()
        if (
            low.rstrip(" .,}")[-3:] in (" on", " of", "the", "for", " in")
            or "http" in low
            or ("p" in low and any(map(str.isdigit, low)))
        ):
            written = characters(latex)
            if found := _CUT.search(written):
                yield Hit(item, field, f'the title ends with "{found.group().strip()}"; add what it is about')
            if "http" in low:
                yield Hit(item, field, "a URL is not part of a title; write it as url")
            if found := _PAGES.search(written):
                yield Hit(item, field, f'"{found.group()}" is not part of a title; write it as pages')
            elif found := _DAYS.search(written):
                message = f'"{found.group()}" is when it was held; styles have no use for it in a title'
                yield Hit(item, field, message, severity="info")
