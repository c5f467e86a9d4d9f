"""howpublished and note begin a sentence of the reference, so with a capital."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule

_WHY = "BibTeX's standard styles print it as the beginning of a sentence and do not change its first letter."


def _small(view: View, name: str) -> Iterator[Hit]:
    for item, field, latex in view.fields(name):
        if item.page.dialect != "bibtex" or not latex[:1].islower() or latex.startswith(("http", "www.", "doi")):
            continue
        written = characters(latex)
        first = written.split()[0] if written.split() else ""
        if first.isalpha() and first.islower():
            yield Hit(item, field, f'"{first}" begins a sentence of the reference; write it with a capital')


@rule(
    "fld-howpublished",
    "info",
    why=_WHY,
    source="btxdoc, 3.2 (howpublished: “The first word should be capitalized”); JabRef's HowPublishedChecker",
    bad="@misc{study2020, title = {A study}, howpublished = {private letter}, year = 2020}",
    good="@misc{study2020, title = {A study}, howpublished = {Private letter}, year = 2020}",
)
def fld_howpublished(view: View, context: Context) -> Iterator[Hit]:
    """howpublished begins with a small letter (in BibTeX's dialect)."""
    del context
    return _small(view, "howpublished")


@rule(
    "fld-note",
    "info",
    why=_WHY,
    source="btxdoc, 3.2 (note: “The first word should be capitalized”); JabRef's NoteChecker",
    bad="@misc{study2020, title = {A study}, note = {with a map}, year = 2020}",
    good="@misc{study2020, title = {A study}, note = {With a map}, year = 2020}",
)
def fld_note(view: View, context: Context) -> Iterator[Hit]:
    """A note begins with a small letter (in BibTeX's dialect)."""
    del context
    return _small(view, "note")
