"""Fields that an entry's type must have, by BibTeX's and biblatex's own tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pubtrack.bibtex import fields
from pubtrack.bibtex.pubstate import state
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import EntryView, View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.findings import Severity

# btxdoc, 3.1, with biblatex's names of the fields; "|" stands for "or". BibTeX's own types come by the word written.
_BIBTEX: Mapping[str, str] = {
    "article": "author title journaltitle date", "book": "author|editor title publisher date",
    "booklet": "title", "inbook": "author|editor title chapter|pages|booktitle publisher date",
    "incollection": "author title booktitle publisher date", "inproceedings": "author title booktitle date",
    "conference": "author title booktitle date", "manual": "title", "misc": "",
    "mastersthesis": "author title institution date", "phdthesis": "author title institution date",
    "proceedings": "title date", "techreport": "author title institution date", "unpublished": "author title note",
}  # fmt: skip
# biblatex manual, "Entry Types"; where blx-dm.def (`biber --validate-datamodel`) asks for less, the lesser.
_BIBLATEX: Mapping[str, str] = {
    "article": "author title journaltitle date", "book": "author|editor title date",
    "mvbook": "author|editor title date", "inbook": "author title booktitle date",
    "bookinbook": "author title booktitle date", "suppbook": "author title booktitle date",
    "booklet": "author|editor title date", "collection": "editor title date", "mvcollection": "editor title date",
    "incollection": "author title booktitle date", "suppcollection": "author title booktitle date",
    "inproceedings": "author title booktitle date", "manual": "title", "misc": "title", "dataset": "title",
    "software": "title", "online": "title url|doi|eprint", "patent": "author title number",
    "periodical": "title date", "proceedings": "title date", "mvproceedings": "title date", "reference": "title date",
    "report": "author title type institution date", "thesis": "author title type institution date",
    "unpublished": "author title",
}  # fmt: skip
_SPELT = {
    "bibtex": {"journaltitle": "journal", "date": "year", "institution": "institution"},
    "biblatex": {"date": "date"},
}  # fmt: skip
_SCHOOLS = frozenset({"mastersthesis", "phdthesis"})


@rule(
    "fld-required",
    "error",
    why="Every style prints the field; without it the reference has a gap, and the reader cannot find the work. "
    "What BibTeX requires and biblatex does not (a book's publisher) is a warning, unless [check] dialect says BibTeX.",
    source="btxdoc, 3.1; biblatex manual, “Entry Types”; JabRef's definitions of types; biber --validate-datamodel",
    bad="@article{study2020, author = {Roe, Ann}, title = {A study}, year = 2020}",
    good="@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {Tea}, year = 2020}",
)
def fld_required(view: View, context: Context) -> Iterator[Hit]:
    """A field is missing that the entry's type requires, also by any other name and by inheritance."""
    extra = {fields.biblatex_type(name): wanted for name, wanted in context.required.items()}
    for item in view.items:
        written = item.entry.type.lower()
        if item.page.dialect == "bibtex" and written in _BIBTEX:
            wanted = _BIBTEX[written]
        elif item.type in _BIBLATEX:
            wanted = _BIBLATEX[item.type]
        else:
            wanted = ""
        missing = [names for names in wanted.split() if not _has(item, names.split("|"))]
        asked = extra.get(item.type, ()) + extra.get("*", ()) if extra else ()
        more = [name for name in asked if not _has(item, [fields.field_name(name)[0]]) and name not in missing]
        if not missing and not more:
            continue
        # What BibTeX alone asks for is an error where the file is known to be for BibTeX.
        in_both = not set(missing).isdisjoint(_BIBLATEX.get(item.type, "").split())
        severity: Severity | None = None if in_both or more or context.dialect is not None else "warning"
        shown = " and ".join(_spelt(names, item) for names in (*missing, *more))
        yield Hit(item, None, f"@{item.entry.type} needs {shown}", severity=severity)


def _has(item: EntryView, names: list[str]) -> bool:
    own = item.record.fields
    if any(name in own for name in names):
        return True
    if "date" in names:
        return "year" in own or "pubstate" in own or any(state(item.plain(name)) for name in ("note", "journaltitle"))
    if "title" in names:  # a part of a book may be known by its chapter, a whole one by its booktitle
        return "maintitle" in own or ("booktitle" in own and item.type in fields.PARENTS)
    if "type" in names:
        return item.entry.type.lower() in fields.GENRE_OF_ALIAS
    if "institution" in names:
        return "publisher" in own
    if "journaltitle" in names:
        return "shortjournal" in own
    return ("note" in names and "howpublished" in own) or ("publisher" in names and "organization" in own)


def _spelt(names: str, item: EntryView) -> str:
    spelt = {**_SPELT[item.page.dialect]}
    if item.entry.type.lower() in _SCHOOLS:
        spelt["institution"] = "school"
    return " or ".join(spelt.get(name, name) for name in names.split("|"))
