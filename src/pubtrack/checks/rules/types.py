"""Entries whose fields say that they are of another type."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.bibtex import preprints
from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule


@rule(
    "fld-type-clash",
    "warning",
    why="The style prints the fields of the type and ignores the others: the venue is missing from the reference.",
    source="JabRef's TypeChecker; biblatex manual, “Entry Types”",
    bad="@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {arXiv preprint arXiv:2001.00001},\n"
    "  year = 2020}",
    good="@misc{study2020, author = {Roe, Ann}, title = {A study}, eprint = {2001.00001}, archivePrefix = {arXiv},\n"
    "  year = 2020}",
)
def fld_type_clash(view: View, context: Context) -> Iterator[Hit]:
    """An @article has a booktitle, an @inproceedings a journal in its place, or a preprint server stands as journal."""
    del context
    for item, field, latex in view.fields("journaltitle"):
        if item.type in ("inproceedings", "incollection", "inbook") and not item.value("booktitle"):
            message = f"@{item.entry.type} takes the name of the book from booktitle; or this is an @article"
            yield Hit(item, field, message, offset=field.name_start)
        elif item.type in ("article", "inproceedings") and preprints.preprint_of_text(characters(latex)) is not None:
            kind = "@misc or @online" if item.page.dialect == "biblatex" else "@misc"
            message = f"a preprint server is not a journal; make it {kind} with eprint and archivePrefix"
            yield Hit(item, field, message)
    for item, field, _ in view.fields("booktitle"):
        if item.type == "article" and not item.value("journaltitle"):
            message = "@article takes the journal from journal; or this is an @inproceedings or @incollection"
            yield Hit(item, field, message, offset=field.name_start)
