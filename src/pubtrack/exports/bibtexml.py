"""BibTeXML: a `Selection` to BibTeX's entries as XML, written by pybtex."""

from __future__ import annotations

from typing import Any

from pubtrack.bibtex.latex import encode
from pubtrack.exports import _entries, _shared_fields, _xml_layout
from pubtrack.exports._selection import Selection
from pubtrack.model.richtext import text
from pubtrack.model.work import Work

_PEOPLE = ("author", "editor")
"""The fields that pybtex keeps as people; others stay text."""


def export(selection: Selection) -> str:
    """`<bibtex:file>` with an entry for each work: BibTeX's fields as a .bib would have them, people in their parts.

    The values are LaTeX as in a .bib (braces that protect, `\\emph`), in Unicode.
    """
    from pybtex.database import BibliographyData
    from pybtex.database.output.bibtexml import Writer

    taken: set[str] = set()
    entries = {_entries.unique_key(work.id, taken): _entry(work) for work in selection.works}
    content: str = Writer().to_string(BibliographyData(entries))
    return _xml_layout.add_checksum(content)


is_former = _xml_layout.is_former


def _entry(work: Work) -> Any:
    from pybtex.database import Entry

    fields = _entries.fields_of(work, _entries.STANDARD)
    people = {role: _people(work, role) for role in _PEOPLE if fields.pop(role, "")}
    return Entry(_entries.type_of(work), fields, people)


def _people(work: Work, role: str) -> list[Any]:
    """pybtex's persons with their parts put in place, so that nothing in them is parsed again."""
    from pybtex.database import Person

    people = []
    for name in work.people[role]:
        person = Person()
        person.first_names = _part(name.given)
        person.prelast_names = _part(f"{name.dropping_particle} {name.non_dropping_particle}")
        person.last_names = [f"{{{part}}}" for part in _part(name.literal)] or _part(name.family)
        person.lineage_names = _part(name.suffix)
        people.append(person)
    if role in work.others:
        people.append(Person("others"))
    return people


def _part(value: str) -> list[str]:
    written = encode(text(_shared_fields.word(value)), "unicode")
    return [written] if written else []
