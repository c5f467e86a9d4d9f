"""Entries to works."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.bibtex.document import Document, parse
from pubtrack.bibtex.works import work as work_of
from pubtrack.bibtex.works import works
from pubtrack.model.richtext import Span, plain
from pubtrack.model.work import Date, Work

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"


def read(entry: str) -> Work:
    found, _ = works([parse(entry)])
    return found[0]


def misc(fields: str, kind: str = "misc") -> Work:
    return read(f"@{kind}{{k, {fields}}}")


@pytest.fixture(scope="module")
def reference() -> dict[str, Work]:
    found, _ = works([parse(REFERENCE.read_text(encoding="utf-8"), file="reference.bib")])
    return {work.id: work for work in found}


def test_the_reference_store_is_sound_but_for_the_faults_that_it_is_to_show(reference: dict[str, Work]) -> None:
    document = parse(REFERENCE.read_text(encoding="utf-8"), file="reference.bib")
    _, findings = works([document])
    assert document.problems == ()
    assert [(finding.code, finding.key) for finding in findings] == [
        ("syn-undef-string", "astro"), ("syn-undef-string", "undefined"),
        ("fld-crossref", "orphan"), ("fld-crossref", "circle-b"),
    ]  # fmt: skip
    assert len(reference) == len(document.entries) - 1  # the container of data is not a work


TYPES = {
    "article": "article-journal", "magazine": "article-magazine", "newspaper": "article-newspaper", "book": "book",
    "mvbook": "book", "inbook": "chapter", "bibtex-inbook": "book", "booklet": "pamphlet", "collection": "book",
    "incollection": "chapter", "inreference": "entry-encyclopedia", "proceedings": "book",
    "inproceedings": "paper-conference", "manual": "book", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "unpublished": "manuscript", "talk": "speech",
    "online": "webpage", "preprint": "article", "arxiv-misc": "article", "arxiv-journal": "article",
    "dataset": "dataset", "software": "software", "patent": "patent", "standard": "standard",
    "periodical": "periodical", "review": "review", "video": "motion_picture", "audio": "song", "image": "graphic",
    "legislation": "legislation", "jurisdiction": "legal_case", "letter": "personal_communication",
    "performance": "performance", "misc": "document", "unknown-type": "document",
}  # fmt: skip


def test_each_type_becomes_csls(reference: dict[str, Work]) -> None:
    assert {key: reference[key].type for key in TYPES} == TYPES


VALUES = {
    "article": {
        "title": "Slow Light in Warm Vapour", "container_title": "Journal of Imaginary Optics", "volume": "41",
        "issue": "3", "page": "201-219", "doi": "10.1234/jio.2019.41_201", "issn": "1234-5679",
    },
    "book": {
        "title": "A Grammar of Knots", "edition": "3", "volume": "2", "number_of_volumes": "4",
        "collection_title": "Studies in Cordage", "collection_number": "12", "publisher": "Ropewalk Press",
        "publisher_place": "Bristol", "isbn": "978-0-00-000000-2", "number_of_pages": "412",
    },
    "incollection": {
        "title": "On Counting Sheep", "container_title": "The Handbook of Drowsiness", "edition": "2",
        "page": "33-58", "publisher": "Lantern House", "publisher_place": "Oxford",
    },
    "serial": {
        "title": "A Number That Is an Issue", "container_title": "Proceedings of the Society", "volume": "34",
        "issue": "7", "page": "70-77",
    },
    "bibtex-inbook": {
        "title": "Letters and Ledgers", "chapter_number": "4", "page": "33-58", "publisher": "Ropewalk Press",
    },
    "phdthesis": {"title": "Voices from the Shaft", "publisher": "University of Northport", "genre": "PhD thesis"},
    "mastersthesis": {
        "title": "Whispers from the Shaft", "publisher": "University of Northport", "genre": "Master’s thesis",
    },
    "thesis": {"title": "Rope and Reason", "publisher": "University of Uppland", "genre": "Habilitation thesis"},
    "techreport": {
        "title": "Tide Gauges of the Azores", "publisher": "Ocean Office", "number": "TR-18/3",
        "publisher_place": "Ponta Delgada", "genre": "Technical report",
    },
    "preprint": {
        "title": "Sparse Attention without the Tears", "publisher": "arXiv", "number": "arXiv:2203.01234",
        "genre": "Preprint", "url": "https://arxiv.org/abs/2203.01234",
    },
    "patent": {
        "title": "Silent Loom", "number": "US1234567B2", "genre": "U.S. patent",
        "jurisdiction": "United States of America",
    },
    "misc": {"title": "Rules of the Mill", "url": "https://example.org/rules"},
    "online": {"title": "Clocks, Updated", "url": "https://example.org/clocks?a=1&b=100%25"},
    "subtitle": {
        "title": "Is It So? A Question", "title_short": "So?", "container_title": "Journal of Imaginary Optics",
    },
    "eid": {
        "title": "Article Numbers", "container_title": "Journal of Imaginary Optics", "volume": "7", "page": "e1234",
    },
    "hyphened-pages": {
        "title": "Hyphened", "container_title": "Journal of Imaginary Optics", "page": "3-1–3-20",
    },
    "in-press": {
        "title": "Printed Soon", "container_title": "Journal of Imaginary Optics", "status": "in press",
    },
    "accepted": {
        "title": "A Journal That Says So", "container_title": "Journal of Imaginary Optics", "status": "accepted",
    },
    "with-xdata": {"title": "Data Borrowed", "publisher": "Ropewalk Press", "publisher_place": "Bristol"},
}  # fmt: skip


@pytest.mark.parametrize("key", VALUES)
def test_the_variables_of_each_type(reference: dict[str, Work], key: str) -> None:
    assert {name: plain(value) for name, value in reference[key].values.items()} == VALUES[key]


def test_people_dates_and_the_rest(reference: dict[str, Work]) -> None:
    assert [str(name) for name in reference["names"].author] == [
        "Jan Pieter van der Berg", "Martin L. King Jr.", "José Álvarez-García", "Ludwig van Beethoven",
        "World Weather Office", "小明 王", "Ken-ichi Sato", "Mary Ann O'Brien",
    ]  # fmt: skip
    assert reference["names"].others == {"author"}
    assert [sorted(name.roles) for name in reference["annotated"].author] == [
        ["equal"], ["corresponding", "equal"], ["student"],
    ]  # fmt: skip
    assert reference["annotated"].author[1].orcid == "0000-0002-1825-0097"
    assert set(reference["edited"].people) == {"compiler", "translator"}
    assert reference["edited"].dates == {"issued": Date((1950,)), "original_date": Date((1841,))}
    assert reference["proceedings"].dates["event_date"] == Date((2016, 6, 2), end=(2016, 6, 4))
    assert reference["online"].dates == {"issued": Date((2019, 12)), "accessed": Date((2020, 1, 9))}
    issued = {
        key: reference[key].issued for key in ("circa", "open-range", "decade", "ancient", "month-day", "undated")
    }
    assert issued == {
        "circa": Date((1723,), circa=True), "open-range": Date((1997,), end=()), "decade": Date((1990,), end=(1999,)),
        "ancient": Date((-44, 3, 15)), "month-day": Date((2010, 1, 10)), "undated": None,
    }  # fmt: skip


def test_what_csl_lacks_stands_under_biblatexs_names(reference: dict[str, Work]) -> None:
    assert reference["al-folio"].custom == {
        "abbr": "JIO", "bibtex_show": "true", "selected": "true", "preview": "loom.png", "pdf": "loom_2020.pdf",
        "code": "https://example.org/code", "slides": "loom.pdf", "video": "https://example.org/v",
        "award": "Best Paper & More", "keywords": "looms, silence", "addendum": "With a map", "related": "article",
        "relatedtype": "reprintof", "file": r":C\:/papers/loom.pdf:PDF",
    }  # fmt: skip
    assert reference["al-folio"].get("language") == "de-DE"
    assert reference["preprint"].custom == {"eprint": "2203.01234", "eprinttype": "arxiv", "eprintclass": "cs.LG"}
    assert reference["in-press"].custom == {"pubstate": "inpress"}


STATES = [
    ("pubstate={inpress}", "in press"),
    ("pubstate={In Press}", "in press"),
    ("pubstate={awaiting}", "awaiting"),
    ("pubstate={ppublish}", ""),
    ("status={accepted}", "accepted"),
    ("status={read}", ""),
    ("year={in press}", "in press"),
    ("year={2024 (to appear)}", "to appear"),
    ("month={submitted}", "submitted"),
    ("pages={to appear}", "to appear"),
    ("volume={in press}, number={in press}", "in press"),
    ("note={To appear.}", "to appear"),
    ("note={To appear in two parts}", ""),
    ("journal={Accepted in Nature}", "accepted"),
    ("booktitle={Forthcoming}", "forthcoming"),
    ("publisher={Under review}", "under review"),
    ("pubstate={submitted}, year={in press}", "submitted"),
    ("year={}", ""),
    ("journal={Nature}, year=2020, pages={1--2}", ""),
]


@pytest.mark.parametrize(("fields", "state"), STATES)
def test_a_state_is_a_state_wherever_it_is_typed(fields: str, state: str) -> None:
    work = misc(fields, "article")
    assert work.get("status") == state
    for variable in ("page", "volume", "issue", "publisher"):
        assert work.get(variable) in ("", "1-2")
    assert work.issued is None or work.issued.parts


PAGES = [
    ("12--15", "12-15"), ("12-15", "12-15"), ("12–15", "12-15"), ("12 -- 15", "12-15"), ("12---15", "12-15"),
    ("12 - 15", "12-15"), ("449- 462", "449-462"), ("225-–240", "225-240"), ("1--5, 7--9", "1-5, 7-9"),
    ("e12--e15", "e12-e15"), ("S1-S5", "S1-S5"), ("A-1--A-9", "A-1–A-9"), ("pp. 12--15", "12-15"), ("p. 5", "5"),
    ("xii", "xii"), ("{}", ""), ("112+", "112+"), ("024006 (7pp)", "024006 (7pp)"), ("123", "123"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "page"), PAGES)
def test_pages_have_a_hyphen_or_where_they_hold_hyphens_a_dash(written: str, page: str) -> None:
    assert misc(f"pages={{{written}}}", "article").get("page") == page


def test_the_pages_of_a_book_may_be_their_number() -> None:
    work = misc("pages={312 pp.}", "book")
    assert (work.get("page"), work.get("number_of_pages")) == ("", "312")


def test_an_eid_is_the_page_unless_there_are_pages() -> None:
    assert misc("eid={e1}", "article").get("page") == "e1"
    both = misc("eid={e1}, pages={1--9}", "article")
    assert (both.get("page"), both.get("number"), both.custom) == ("1-9", "e1", {})


EDITIONS = {
    "2": "2", "2nd": "2", "Second": "2", "second edition": "2", "3rd ed.": "3", "2., Aufl.": "2., Aufl.",
    "2. Auflage": "2", "revised": "revised", "Twentieth": "20",
}  # fmt: skip


def test_editions_that_are_numbers_are_numbers() -> None:
    assert {written: misc(f"edition={{{written}}}", "book").get("edition") for written in EDITIONS} == EDITIONS


NUMBERS = [
    ("article", "number=3", {"issue": "3"}),
    ("article", "issue={Spring}", {"issue": "Spring"}),
    ("article", "number=3, issue={Spring}", {"issue": "3"}),
    ("book", "series={S}, number=3", {"collection_number": "3"}),
    ("inproceedings", "series={S}, number=3", {"collection_number": "3"}),
    ("inproceedings", "volume=34, number=3", {"issue": "3"}),
    ("techreport", "number={TR-3}", {"number": "TR-3"}),
    ("patent", "number={US1}", {"number": "US1"}),
    ("misc", "number={7}", {"number": "7"}),
]


@pytest.mark.parametrize(("kind", "fields", "expected"), NUMBERS)
def test_what_a_number_counts_depends_on_the_type(kind: str, fields: str, expected: dict[str, str]) -> None:
    values = misc(fields, kind).values
    found = {name: plain(values[name]) for name in ("issue", "number", "collection_number") if name in values}
    assert found == expected


ALIASES = [
    ("journal={J}", "container_title", "J"), ("journaltitle={J}", "container_title", "J"),
    ("journal={A}, journaltitle={B}", "container_title", "B"), ("address={P}", "publisher_place", "P"),
    ("location={P}", "publisher_place", "P"), ("annote={A}", "annote", "A"), ("annotation={A}", "annote", "A"),
    ("numpages={7}", "number_of_pages", "7"), ("shortjournal={J.}", "container_title_short", "J."),
    ("doi={https://dx.doi.org/10.1/X}", "doi", "10.1/X"), ("doi={doi: 10.1/a\\_b}", "doi", "10.1/a_b"),
    ("doi={10.1/<1::A>3}", "doi", "10.1/<1::A>3"), ("url={\\url{https://x.org/\\%7E}}", "url", "https://x.org/%7E"),
    ("Title={T}, TITLE={U}", "title", "T"), ("langid={ngerman}", "language", "de-DE"),
    ("language={English}", "language", "en-US"), ("language={de}", "language", "de"),
    ("language={langfrench}", "language", "fr-FR"), ("hyphenation={british}", "language", "en-GB"),
    ("eventtitle={E}", "event_title", "E"), ("venue={V}", "event_place", "V"), ("organization={O}", "publisher", "O"),
    ("howpublished={Handout}", "publisher", "Handout"), ("type={Fact sheet}", "genre", "Fact sheet"),
    ("howpublished={Available at \\url{https://x.org/a}}", "url", "https://x.org/a"),
    ("medium={Vinyl}", "medium", "Vinyl"), ("chapter=3", "chapter_number", "3"), ("pmid=12", "pmid", "12"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "variable", "value"), ALIASES)
def test_fields_by_any_of_their_names(fields: str, variable: str, value: str) -> None:
    assert misc(fields).get(variable) == value


def test_a_preprints_number_is_no_issue_besides() -> None:
    work = read("@article{k, title={T}, eprint={2301.00001}, archivePrefix={arXiv}, number={arXiv:2301.00001}}")
    assert work.get("number") == "arXiv:2301.00001"
    assert "issue" not in work.values


def test_the_place_of_a_conference_is_not_its_publishers_where_both_are_given() -> None:
    both = "title={T}, address={New York}, location={Oslo}"
    paper, book = read(f"@inproceedings{{k, {both}}}"), read(f"@book{{k, {both}}}")
    assert (paper.get("publisher_place"), paper.get("event_place")) == ("New York", "Oslo")
    assert (book.get("publisher_place"), book.get("event_place")) == ("Oslo", "")
    assert read("@inproceedings{k, title={T}, location={Oslo}}").get("publisher_place") == "Oslo"


def test_of_several_publishers_none_is_lost() -> None:
    work = misc("publisher={Springer}, organization={ACM}", "inproceedings")
    assert (work.get("publisher"), work.custom) == ("Springer", {"organization": "ACM"})
    work = misc("institution={MIT}, publisher={MIT Press}", "techreport")
    assert (work.get("publisher"), work.custom) == ("MIT", {"publisher": "MIT Press"})


PREPRINTS = [
    ("@misc{k, title={T}, eprint={2301.00001}, archivePrefix={arXiv}}", "arXiv:2301.00001"),
    ("@online{k, title={T}, eprint={2301.00001}, eprinttype={arxiv}}", "arXiv:2301.00001"),
    ("@unpublished{k, title={T}, eprint={2301.00001}, eprinttype={arxiv}}", "arXiv:2301.00001"),
    ("@article{k, title={T}, journal={arXiv preprint arXiv:2301.00001}}", "arXiv:2301.00001"),
    ("@article{k, title={T}, journal={CoRR}, volume={abs/2301.00001}}", "arXiv:2301.00001"),
    ("@article{k, title={T}, eprint={2301.00001}}", "arXiv:2301.00001"),
    ("@misc{k, title={T}, doi={10.48550/arXiv.2301.00001}}", "arXiv:2301.00001"),
    ("@misc{k, title={T}, url={https://arxiv.org/abs/2301.00001}}", "arXiv:2301.00001"),
    ("@misc{k, title={T}, howpublished={arXiv:2301.00001}}", "arXiv:2301.00001"),
    ("@misc{k, title={T}, note={arXiv:2301.00001 [cs.LG]}}", "arXiv:2301.00001"),
    ("@misc{k, title={T}, arxivId={2301.00001}}", "arXiv:2301.00001"),
    ("@online{k, title={T}, eprint={hal-1}, eprinttype={hal}}", "hal-1"),
    ("@article{k, title={T}, journal={bioRxiv}}", ""),
    ("@inproceedings{k, title={T}, booktitle={arXiv}, doi={10.48550/arXiv.2301.00001}}", "arXiv:2301.00001"),
]


@pytest.mark.parametrize(("entry", "number"), PREPRINTS)
def test_a_preprint_is_an_article_with_its_archive_and_number(entry: str, number: str) -> None:
    work = read(entry)
    assert work.type == "article"
    assert work.get("number") == number
    assert work.get("publisher") in ("arXiv", "HAL", "bioRxiv")
    assert work.get("container_title") == work.get("note") == work.get("volume") == ""


NO_PREPRINTS = [
    "@article{k, title={T}, journal={Nature}, eprint={2301.00001}, eprinttype={arxiv}}",
    "@inproceedings{k, title={T}, booktitle={CVPR}, eprint={2301.00001}}",
    "@online{k, title={T}, eprint={123}, eprinttype={jstor}}",
    "@misc{k, title={T}, publisher={Zenodo}, doi={10.5281/zenodo.1}}",
    "@misc{k, title={T}, note={An arXiv story}}",
]


@pytest.mark.parametrize("entry", NO_PREPRINTS)
def test_a_published_text_is_no_preprint(entry: str) -> None:
    assert read(entry).type != "article"


def test_the_title_of_a_volume_and_of_its_whole_are_one() -> None:
    work = misc("title={Vol}, maintitle={Main}, subtitle={Sub}", "book")
    assert work.title == (Span("Main: Vol: Sub"),)
    assert misc("title={Done.}, subtitle={Sub}").title == (Span("Done. Sub"),)


def test_bytes_that_are_no_utf8_are_read_as_western_europeans_wrote_them() -> None:
    text = b"@misc{k, author={M\xfcller, J\xf6rg}, title={Caf\xe9 \x96 Bar \x81}}".decode("utf-8", "surrogateescape")
    work = read(text)
    assert str(work.author[0]) == "Jörg Müller"
    assert plain(work.title) == "Café – Bar �"


def test_broken_entries_and_those_that_are_none_are_no_works() -> None:
    text = "@misc{a, title={A}}\n@misc{b, title={B}\n\n@misc{c, title={C}}\n@IEEEtranBSTCTL{x, y={z}}\n@xdata{d, a={b}}"
    found, _ = works([parse(text)])
    assert [work.id for work in found] == ["a", "c"]


def test_an_entry_by_itself_is_a_work_too() -> None:
    entry = parse("@article{k, title={T}, month=jan, year=2020, journal=j}").entries[0]
    assert work_of(entry).issued == Date((2020, 1))
    assert work_of(entry, {"j": "Journal"}).get("container_title") == "Journal"


def test_entries_with_one_key_are_all_works() -> None:
    found, _ = works([parse("@misc{k, title={A}} @misc{k, title={B}}")])
    assert [plain(work.title) for work in found] == ["A", "B"]


NAMES = st.sampled_from(
    "title author editor year date month pages journal booktitle volume number eprint doi url note publisher type "
    "crossref xdata edition author+an howpublished eid langid pubstate keywords urldate file ids".split()
)
VALUE = st.text(alphabet='ab1{}\\$~,-:/. and=%&"#é王', max_size=20)


def entries(fields: list[tuple[str, str]], kind: str) -> Document:
    balanced = ((name, value) for name, value in fields if parse(f"@misc{{k, x={{{value}}}}}").problems == ())
    return parse(f"@{kind}{{k, " + ", ".join(f"{name} = {{{value}}}" for name, value in balanced) + "}")


@given(
    st.lists(st.tuples(NAMES, VALUE), max_size=6), st.sampled_from(["article", "misc", "inproceedings", "book", "x"])
)
@settings(max_examples=250, deadline=None)
def test_no_entry_raises_and_no_value_is_empty(fields: list[tuple[str, str]], kind: str) -> None:
    found, _ = works([entries(fields, kind)])
    for work in found:
        assert all(work.values.values())
        assert all(work.custom.values())
        assert all(work.people.values())
