"""The entry that a record becomes: what it holds, whose capitals are protected, and that nothing breaks out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.bibtex import works
from pubtrack.bibtex.document import parse
from pubtrack.bibtex.from_record import choose_record, entry_of, protect_capitals
from pubtrack.bibtex.latex import encode
from pubtrack.model.name import Name
from pubtrack.model.record import Record
from pubtrack.model.richtext import Span, plain, text
from pubtrack.model.work import Date, Work

ARTICLE = Work(
    "",
    "article-journal",
    {
        "title": text("On NeRF"), "container_title": text("J. Tests"), "publisher": text("Tester"),
        "abstract": text("We."), "issn": text("1234-5679"), "isbn": text("9780306406157"), "language": text("de"),
        "page": text("1-2"),
        "doi": text("10.5555/x"), "container_title_short": text("JT"), "event_title": text("TestConf"),
    },
    {"author": (Name("Doe", "Jane", orcid="0000-0002-1825-0097"),)},
    {"issued": Date((2020, 5, 31)), "event_date": Date((2020, 5))},
    custom={"comment": "12 pages", "journalref": "x", "eprint": "2001.00001", "eprinttype": "arXiv"},
)  # fmt: skip


def test_an_article_holds_what_a_list_prints() -> None:
    assert entry_of(ARTICLE, "bibtex") == (
        "@article{,\n"
        "  author = {Doe, Jane},\n"
        "  title = {On {NeRF}},\n"
        "  journal = {J. Tests},\n"
        "  pages = {1--2},\n"
        "  year = {2020},\n"
        "  month = {May},\n"
        "  doi = {10.5555/x},\n"
        "  eprint = {2001.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  langid = {german},\n"
        "}\n"
    )
    assert "  date = {2020-05-31},\n" in entry_of(ARTICLE, "biblatex")


@pytest.mark.parametrize(
    ("kind", "dialect", "line"),
    [
        ("book", "bibtex", "  isbn = {9780306406157},\n"),
        ("book", "bibtex", "  publisher = {Tester},\n"),
        ("paper-conference", "biblatex", "  eventtitle = {TestConf},\n"),
        ("paper-conference", "biblatex", "  eventdate = {2020-05},\n"),
        ("report", "bibtex", "@techreport{,\n"),
        ("report", "bibtex", "  institution = {Tester},\n"),
        ("dataset", "bibtex", "  howpublished = {Tester},\n"),
        ("dataset", "biblatex", "  publisher = {Tester},\n"),
    ],
)
def test_other_types(kind: str, dialect: str, line: str) -> None:
    work = Work("", kind, ARTICLE.values, ARTICLE.people, ARTICLE.dates)
    assert line in entry_of(work, "bibtex" if dialect == "bibtex" else "biblatex")


def test_a_report_does_not_say_twice_what_it_is() -> None:
    assert "entrysubtype" not in entry_of(Work("", "report", ARTICLE.values), "bibtex")


def test_bibtex_prints_the_archive_of_a_preprint_without_number() -> None:
    values = {"title": text("T"), "publisher": text("bioRxiv"), "genre": text("Preprint")}
    work = Work("", "article", values, custom={"eprinttype": "bioRxiv"})
    entry = entry_of(work, "bibtex")
    assert "  howpublished = {bioRxiv},\n" in entry
    assert works.work(parse(entry).entries[0]).get("publisher") == "bioRxiv"


@pytest.mark.parametrize(
    ("title", "written"),
    {
        "NeRF: Representing Scenes": "{NeRF}: Representing Scenes",
        "Measuring 3D and mRNA": "Measuring {3D} and {mRNA}",
        "COVID-19 in Practice": "{COVID-19} in Practice",
        "A Survey of Things, II": "A Survey of Things, {II}",
        "The C language and a B cell": "The {C} language and a {B} cell",
        "A study of Bayesian methods in practice": "A study of {Bayesian} methods in practice",
        "A study of Balian–Low methods in practice": "A study of {Balian–Low} methods in practice",
        "Small words only: Some title in sentence case": "Small words only: Some title in sentence case",
        "A Study of Bayesian Methods": "A Study of Bayesian Methods",
        "ALL CAPITALS HERE": "ALL CAPITALS HERE",
        "Deep (CNN) nets": "Deep ({CNN}) nets",
        "": "",
    }.items(),
)
def test_protected_capitals(title: str, written: str) -> None:
    assert encode(protect_capitals(text(title))) == written


def test_species_and_formulas() -> None:
    title = (Span("Growth of "), Span("Mycobacterium smegmatis", ("italic",)), Span(" at "), Span("T_N", ("math",)))
    assert encode(protect_capitals(title)) == r"Growth of \emph{{Mycobacterium} smegmatis} at $T_N$"


def test_the_best_record_is_the_publishers() -> None:
    def record(source: str, title: str = "T") -> Record:
        return Record(Work("", "article", {"title": text(title)} if title else {}), source, source)

    records = [record("openalex"), record("arxiv"), record("datacite"), record("crossref", "")]
    assert choose_record(records) == records[2]
    assert choose_record(records, arxiv=True) == records[1]
    assert choose_record([record("crossref", "")]) is None
    assert choose_record([]) is None


@given(st.text(st.one_of(st.sampled_from('{}\\@%#,=\n"$&~^_ ABab'), st.characters(exclude_categories=["Cs", "Cc"]))))
def test_what_a_service_sends_stays_in_its_field(value: str) -> None:
    """Whatever the text, the entry is one entry with these fields, and the text is what it was."""
    given_text = " ".join(value.split())
    values = {"title": text(given_text), "container_title": text(given_text), "doi": text("10.5555/x")}
    work = Work("", "article-journal", {name: part for name, part in values.items() if part})
    document = parse(entry_of(work, "bibtex"))
    assert len(document.entries) == 1
    names = {"title", "journal"} if given_text else set()
    assert {field.name for field in document.entries[0].fields} == names | {"doi"}
    assert plain(protect_capitals(text(given_text))) == given_text
