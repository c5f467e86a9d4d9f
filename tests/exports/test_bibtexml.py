"""BibTeXML: what pybtex reads from it is what it reads from a .bib of the same works."""

from __future__ import annotations

from typing import Any

from pybtex.database import parse_string

from pubtrack.exports import Selection
from pubtrack.exports._entries import STANDARD, fields_of
from tests.exports.reading import exported, of, reference, titled
from tests.exports.samples import WICKED, wicked_selection


def read(selection: Selection) -> Any:
    return parse_string(exported(selection, "bibtexml"), "bibtexml")


def test_pybtex_reads_the_entries_with_the_fields_of_a_bib() -> None:
    found = read(reference()).entries
    assert list(found) == [work.id for work in reference().works]
    for work, entry in zip(reference().works, found.values(), strict=True):
        wanted = fields_of(work, STANDARD)
        assert set(map(str.lower, entry.fields)) | set(entry.persons) == set(map(str.lower, wanted))
        assert all(entry.fields[name] == value for name, value in wanted.items() if name in entry.fields)


def test_people_keep_their_parts() -> None:
    people = read(reference()).entries["names"].persons["author"]
    assert [(person.first_names + person.middle_names, person.prelast_names, person.last_names, person.lineage_names)
            for person in people][:4] == [
        (["Jan", "Pieter"], ["van", "der"], ["Berg"], []),
        (["Martin", "L."], [], ["King"], ["Jr."]),
        (["José"], [], ["Álvarez-García"], []),
        (["Ludwig"], ["van"], ["Beethoven"], []),
    ]  # fmt: skip
    assert [str(person) for person in people][4] == "{World Weather Office}"
    assert str(people[-1]) == "others"


def test_wicked_works_are_entries_with_keys_of_their_own() -> None:
    assert len(read(wicked_selection()).entries) == len(wicked_selection().works)


def test_any_title_is_as_a_bib_has_it() -> None:
    for value in WICKED:
        work = titled(value)
        title = read(of(work)).entries["key"].fields["title"]
        assert title == fields_of(work, STANDARD)["title"]
