"""A paper's .bib beside the store: what is one work is the same, however it is written, and real differences show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from pubtrack.bibtex import works as convert
from pubtrack.bibtex.document import parse
from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.from_work import entry_fields, entry_type
from pubtrack.bibtex.latex import Encoding
from pubtrack.compare_bib import PaperEntry, compare, read, select_entries
from pubtrack.model.errors import PubtrackError
from pubtrack.model.work import Work

REFERENCE = (Path(__file__).parent.parent / "data" / "reference.bib").read_text(encoding="utf-8")
STORE = "@article{a, author={Doe, Jane and Roe, Al}, title={On Looms}, journal={Loom Letters}, volume=3, number=2, "
STORE += "pages={45--67}, year=2020, month=may, publisher={Association for Computing Machinery}, address={New York}}"
NO_VENUES: Mapping[str, str] = MappingProxyType({})


def works(source: str) -> tuple[Work, ...]:
    return convert.works([parse(source)])[0]


def compared(
    paper: str, store: str | Iterable[Work] = STORE, venues: Mapping[str, str] = NO_VENUES
) -> list[PaperEntry]:
    held = works(store) if isinstance(store, str) else list(store)
    return compare(read(parse(paper))[0], held, venues=venues)


def one(paper: str, store: str = STORE) -> PaperEntry:
    (found,) = compared(paper, store)
    return found


def test_the_reference_store_is_the_same_as_itself() -> None:
    found = compared(REFERENCE, REFERENCE)
    assert len(found) == len(works(REFERENCE))
    assert {(entry.work.id, entry.twin, entry.status) for entry in found} == {
        (work.id, work.id, "same") for work in works(REFERENCE)
    }


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("encoding", ["unicode", "latex"])
def test_it_is_the_same_in_another_dialect_and_encoding(dialect: Dialect, encoding: Encoding) -> None:
    written = []
    held = [work for work in works(REFERENCE) if encoding == "unicode" or work.id not in ("names", "chinese")]
    for work in held:
        lines = (f"  {name} = {{{value}}},\n" for name, value in entry_fields(work, dialect, encoding).items())
        written.append(f"@{entry_type(work, dialect)}{{{work.id},\n{''.join(lines)}}}\n")
    found = compared("\n".join(written), held)
    assert [(entry.work.id, entry.twin) for entry in found] == [(work.id, work.id) for work in held]
    assert {entry.work.id: entry.differences + entry.fills for entry in found if entry.status != "same"} == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("author", "Doe, J. and Roe, A."), ("author", "Jane Doe and Al Roe"), ("author", "Doe, Jane and others"),
        ("title", "{On} {LOOMS}."), ("title", r"On \emph{Looms}"), ("journal", "Loom Lett."), ("number", "02"),
        ("pages", "45-67"), ("pages", "45–67"), ("pages", "45"), ("month", "5"), ("month", ""),
        ("publisher", "ACM"), ("address", "New York, NY, USA"), ("volume", "Vol. 3"), ("note", "Anything"),
        ("keywords", "looms"), ("file", "a.pdf"), ("owner", "me"), ("author+an", "1=equal"),
    ],
)  # fmt: skip
def test_how_a_value_is_written_is_no_difference(field: str, value: str) -> None:
    assert one(changed(field, value)).status == "same"


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("author", "Doe, Jane and Poe, Edgar", "author"), ("author", "Doe, Jane", "author"),
        ("journal", "Nature", "journal"), ("volume", "4", "volume"), ("number", "3", "number"),
        ("pages", "45--99", "pages"), ("pages", "1--22", "pages"), ("year", "2021", "year"), ("month", "jun", "month"),
        ("publisher", "Springer", "publisher"), ("address", "Berlin", "address"),
    ],
)  # fmt: skip
def test_another_value_is_a_difference(field: str, value: str, word: str) -> None:
    found = one(changed(field, value))
    assert (found.status, [unlike.field for unlike in found.differences], found.fills) == ("differs", [word], ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("doi", "10.1234/x"), ("issn", "1234-5679"), ("url", "https://example.org"), ("series", "Looms"),
        ("abstract", "We weave."), ("eprint", "2001.00001"), ("isbn", "978-3-16-148410-0"),
    ],
)  # fmt: skip
def test_a_field_that_the_store_lacks_is_a_gap_there(field: str, value: str) -> None:
    found = one(changed(field, value))
    assert (found.status, [(unlike.field, unlike.store) for unlike in found.fills]) == ("has-more", [(field, "")])


def test_what_the_paper_lacks_is_no_difference() -> None:
    assert one("@article{a, author={Doe, Jane and Roe, Al}, title={On Looms}}").status == "same"


def test_two_kinds_of_publication_differ_and_a_vague_one_does_not() -> None:
    paper = "author={Doe, Jane and Roe, Al}, title={On Looms}, year=2020}"
    assert [unlike.field for unlike in one("@inproceedings{a, " + paper).differences] == ["type"]
    assert one("@misc{a, " + paper).status == "same"


def test_the_words_are_those_of_the_papers_entry() -> None:
    paper = "@article{a, author={Doe, Jane and Roe, Al}, title={On Looms}, journaltitle={Nature}, date={2021}}"
    assert [unlike.field for unlike in one(paper).differences] == ["journaltitle", "date"]


def test_of_two_entries_of_a_work_the_one_with_the_key_is_its_twin() -> None:
    store = STORE + "\n" + STORE.replace("{a,", "{b,")
    assert one(STORE.replace("{a,", "{b,"), store).twin == "b"


def test_a_note_without_a_title_is_found_by_its_key() -> None:
    note = "@misc{cook, author={Cook, William}, year=1996, note={Personal communication}}"
    assert one(note, note).reason == "the same key"
    other = one("@misc{cook, author={Doe, Jane}, year=1996, note={Talk}}", note)
    assert (other.status, other.clash) == ("new", True)


def test_a_subtitle_that_one_side_lacks_does_not_hide_a_twin() -> None:
    paper = STORE.replace("{a,", "{b,").replace("On Looms", "On Looms: A Survey of Silent Machines and Hemp")
    found = one(paper)
    assert (found.twin, found.reason) == ("a", "the same title, authors and year")
    assert [(fill.field, fill.paper) for fill in found.fills] == [
        ("title", "On Looms: A Survey of Silent Machines and Hemp")
    ]
    (shorter,) = compared(STORE, paper)
    assert shorter.status == "same"


def test_an_undefined_macro_is_the_same_as_itself() -> None:
    bib = "@article{a, author={Doe, Jane}, title={On Looms}, journal=nosuch, volume={?}, pages={--}, year=2020}"
    assert one(bib, bib).status == "same"


def test_places_of_a_part_are_those_of_the_paper() -> None:
    paper = parse("% words\n@book{x,\n title={X}}\n@book{y,\n title={Y}\n}\n@book{z, title={Z}}", file="refs.bib")
    part = select_entries(paper, ["y"], [])
    assert [(entry.key, entry.line) for entry in part.entries] == [("y", 4)]
    assert part.file == "refs.bib"


def test_a_part_has_what_its_entries_take_fields_from_but_no_works_that_they_are_related_to() -> None:
    paper = parse(
        "@string{p = {Press}}@inbook{a, crossref={b}, related={r}}@book{b, xdata={c}, title={B}}@xdata{c, publisher=p}"
        "@book{r, title={R}}"
    )
    part = select_entries(paper, ["a"], [])
    assert [entry.key for entry in part.entries] == ["a", "b", "c"]
    assert [string.name for string in part.strings] == ["p"]


def test_a_key_that_the_paper_has_not_names_the_nearest() -> None:
    with pytest.raises(PubtrackError, match="did you mean looms2020"):
        select_entries(parse("@book{looms2020, title={X}}"), ["looms2021"], [])


def changed(field: str, value: str) -> str:
    """The store's entry with one field set anew."""
    (work,) = works(STORE)
    fields = entry_fields(work, "bibtex", "unicode") | {field: value}
    return "@article{a, " + ", ".join(f"{name} = {{{held}}}" for name, held in fields.items()) + "}"
