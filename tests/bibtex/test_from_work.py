"""Works to the types and fields of entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.bibtex.document import parse
from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.from_work import entry_fields, entry_type
from pubtrack.bibtex.latex import Encoding
from pubtrack.bibtex.works import works
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import Name
from pubtrack.model.richtext import text
from pubtrack.model.vocabulary import TEXT_VARIABLES, TYPES
from pubtrack.model.work import Date, Work

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"
WORKS = works([parse(REFERENCE.read_text(encoding="utf-8"))])[0]
DIALECTS: list[Dialect] = ["biblatex", "bibtex"]


def written(work: Work, dialect: Dialect, encoding: Encoding = "unicode") -> str:
    fields = entry_fields(work, dialect, encoding)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{entry_type(work, dialect)}{{{work.id},\n{lines}}}\n"


def again(work: Work, dialect: Dialect, encoding: Encoding = "unicode") -> Work:
    document = parse(written(work, dialect, encoding))
    assert document.problems == ()
    return works([document])[0][0]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("work", WORKS, ids=[work.id for work in WORKS])
def test_a_work_is_written_so_that_it_is_read_back(work: Work, dialect: Dialect) -> None:
    is_beyond = dialect == "bibtex" and work.id == "extended-names"  # BibTeX has no dropping particles
    assert (again(work, dialect) == work) is not is_beyond


@pytest.mark.parametrize("work", WORKS, ids=[work.id for work in WORKS])
def test_a_work_in_ascii_is_read_back_or_the_character_that_has_no_form_is_named(work: Work) -> None:
    try:
        found = written(work, "biblatex", "latex")
    except PubtrackError as error:
        assert "no LaTeX form" in str(error)
        assert work.id in ("names", "chinese")
        return
    assert found.isascii()
    assert again(work, "biblatex", "latex") == work


ENTRY_TYPES = [
    ("article", "article", "article"), ("preprint", "online", "misc"), ("phdthesis", "thesis", "phdthesis"),
    ("mastersthesis", "thesis", "mastersthesis"), ("techreport", "report", "techreport"),
    ("collection", "collection", "book"), ("proceedings", "proceedings", "proceedings"), ("manual", "manual", "manual"),
    ("inbook", "inbook", "inbook"), ("bibtex-inbook", "inbook", "inbook"), ("dataset", "dataset", "misc"),
    ("patent", "patent", "misc"), ("online", "online", "misc"), ("magazine", "article", "article"),
    ("talk", "unpublished", "unpublished"), ("unknown-type", "weaving", "weaving"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "biblatex", "bibtex"), ENTRY_TYPES)
def test_the_type_in_each_dialect(key: str, biblatex: str, bibtex: str) -> None:
    work = next(work for work in WORKS if work.id == key)
    assert (entry_type(work), entry_type(work, "bibtex")) == (biblatex, bibtex)


def test_the_words_of_each_dialect() -> None:
    article = next(work for work in WORKS if work.id == "article")
    assert entry_fields(article, "bibtex", "latex") == {
        "author": r"Moreau, {\'{E}}lise and Tanaka, Hiroshi and Adeyemi, Tunde Bello",
        "title": "Slow Light in Warm Vapour", "journal": "Journal of Imaginary Optics", "volume": "41", "number": "3",
        "pages": "201--219", "year": "2019", "month": "May", "doi": "10.1234/jio.2019.41_201", "issn": "1234-5679",
    }  # fmt: skip
    preprint = next(work for work in WORKS if work.id == "preprint")
    assert entry_fields(preprint) == {
        "author": "Okafor, Ngozi and Lindqvist, Per", "title": "Sparse Attention without the Tears",
        "date": "2022-03-02", "eprint": "2203.01234", "eprinttype": "arxiv", "eprintclass": "cs.LG",
    }  # fmt: skip
    assert list(entry_fields(preprint, "bibtex"))[-3:] == ["eprint", "archivePrefix", "primaryClass"]
    assert entry_fields(next(work for work in WORKS if work.id == "phdthesis"), "bibtex")["school"]
    assert entry_fields(next(work for work in WORKS if work.id == "book"), "bibtex")["edition"] == "Third"


def test_what_comes_from_a_service_is_written_in_the_words_of_the_dialect() -> None:
    """A work as Crossref's CSL-JSON gives it, which no entry stands behind."""
    work = Work(
        "k", "paper-conference",
        {"title": text("T"), "container_title": text("P"), "page": text("1-9"), "publisher": text("H & Co"),
         "publisher_place": text("L"), "doi": text("10.1/a_b%c"), "event_title": text("E")},
        {"author": (Name("Doe", "Jane", roles=frozenset({"me", "equal"}), orcid="0000-0002-1825-0097"),)},
        {"issued": Date((2020, 3)), "accessed": Date((2021, 1, 2))},
    )  # fmt: skip
    assert written(work, "bibtex") == (
        "@inproceedings{k,\n  author = {Doe, Jane},\n  title = {T},\n  booktitle = {P},\n  pages = {1--9},\n"
        "  publisher = {H \\& Co},\n  address = {L},\n  year = {2020},\n  month = {March},\n  doi = {10.1/a_b%c},\n"
        '  urldate = {2021-01-02},\n  author+an = {1=equal},\n  author+an:orcid = {1="0000-0002-1825-0097"},\n'
        "  eventtitle = {E},\n}\n"
    )


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("csl", sorted(TYPES))
def test_every_type_of_csls_is_read_back(csl: str, dialect: Dialect) -> None:
    work = Work("k", csl, {"title": text("T")})
    assert again(work, dialect).type == csl


COMPOSED = {"citation_key", "citation_label", "citation_number", "first_reference_note_number", "locator", "keyword",
            "year_suffix", "page_first", "event", "language", "edition", "status", "note", "doi", "url"}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("csl", ["article-journal", "book", "chapter", "paper-conference", "report", "document", "map"])
def test_every_variable_of_csls_is_read_back(csl: str, dialect: Dialect) -> None:
    values = {name: text(f"some {name}") for name in TEXT_VARIABLES if name not in COMPOSED}
    if csl not in ("report", "document", "map"):
        del values["genre"]  # a journal article's kind is printed nowhere, and stays `type`
    if csl == "book":
        del values["container_title"]
    found = again(Work("k", csl, values), dialect)
    assert dict(found.values) == values


def test_braces_in_an_address_cannot_unbalance_the_file() -> None:
    work = Work("k", "webpage", {"url": text("https://x.org/{a"), "doi": text("10.1/a}b")}, custom={"file": "}{"})
    assert entry_fields(work) == {"url": "https://x.org/%7Ba", "doi": "10.1/a%7Db", "file": "%7D%7B"}
    assert parse(written(work, "biblatex")).problems == ()


TEXT = st.text(alphabet="aB é–&%$#_{}~^\\'\"王.,", min_size=1, max_size=10).filter(
    lambda value: value.strip() == value != ""
)


@given(
    st.builds(
        Work,
        st.just("k"),
        st.sampled_from(sorted(TYPES)),
        st.dictionaries(st.sampled_from(["title", "container_title", "note", "volume", "abstract"]), TEXT.map(text)),
        st.dictionaries(
            st.sampled_from(["author", "editor"]),
            st.lists(st.builds(Name, TEXT, st.one_of(st.just(""), TEXT)), min_size=1, max_size=2).map(tuple),
        ),
        custom=st.dictionaries(st.sampled_from(["keywords", "award", "pdf", "file"]), TEXT),
    ),
    st.sampled_from(DIALECTS),
)
@settings(max_examples=150, deadline=None)
def test_whatever_a_work_holds_the_entry_is_sound(work: Work, dialect: Dialect) -> None:
    document = parse(written(work, dialect))
    assert document.problems == ()
    (found,), _ = works([document])
    assert found.type == work.type
    assert set(found.people) == set(work.people)
