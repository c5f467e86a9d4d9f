"""Identifiers as people type them and services send them: what they are read as, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.bibtex import dialect_fields, works
from pubtrack.bibtex.document import parse
from pubtrack.checks import Context, check
from pubtrack.checks.rules.dois import bare_doi
from pubtrack.model import identifiers
from pubtrack.model.record import Identifier
from pubtrack.store.library import Library

DOIS = {
    "10.1000/Xyz.123": "10.1000/xyz.123",
    " https://doi.org/10.1000/XYZ ": "10.1000/xyz",
    "http://dx.doi.org/10.1000/xyz": "10.1000/xyz",
    "doi: 10.1000/xyz": "10.1000/xyz",
    "https://doi.org/10.1002/(SICI)1097%3C1::AID-A%3E3.0.CO;2-2": "10.1002/(sici)1097<1::aid-a>3.0.co;2-2",
    "10.1000/a%20b": "10.1000/a%20b",  # a percent sign of a DOI that is not an address is its own
    "10.1000/a,b#c?d": "10.1000/a,b#c?d",
    "10.1000/a..b": "10.1000/a..b",
    "10.1000/../x": "",
    "10.1000/x/..": "",
    "10.1000/./x": "",
    "10.1000/x\\..\\y": "",
    "https://doi.org/10.1000/%2e%2e/x": "",
    "10.1000/a b": "",
    "10.1000/a\nb": "",
    "10.1000/a\x00b": "",
    "10.1000/a\u202eb": "",
    "10.1000/": "",
    "10.1/x": "",
    "11.1000/x": "",
    "10.1000/" + "x" * 600: "",
    "": "",
}
ARXIV = {
    "2301.01234": "2301.01234",
    "arXiv:2301.01234v3": "2301.01234",
    "https://arxiv.org/abs/2301.01234v3": "2301.01234",
    "https://arxiv.org/pdf/2301.01234v3.pdf": "2301.01234",
    "https://doi.org/10.48550/arXiv.2301.01234": "2301.01234",
    "10.48550/arxiv.2301.01234": "2301.01234",
    "math.GT/0309136": "math/0309136",
    "hep-th/9901001v2": "hep-th/9901001",
    "2313.01234": "",
    "hep-th/9913001": "",
    "2301.012": "",
    "../2301.01234": "",
    "10.1000/2301.01234": "",
    "": "",
}
ISBNS = {
    "0-306-40615-2": "9780306406157",
    "978-0-306-40615-7": "9780306406157",
    "ISBN-13: 978 0 306 40615 7": "9780306406157",
    "080442957X": "9780804429573",
    "978-0-306-40615-8": "",
    "0-306-40615-3": "",
    "12345": "",
}
URLS = {
    "https://doi.org/10.1000/XYZ": ("doi", "10.1000/xyz"),
    "https://doi.org/10.48550/arXiv.2301.01234": ("arxiv", "2301.01234"),
    "arxiv.org/abs/2301.01234": ("arxiv", "2301.01234"),
    "http://export.arxiv.org/pdf/math/0309136": ("arxiv", "math/0309136"),
    "https://pubmed.ncbi.nlm.nih.gov/12345678/": ("pmid", "12345678"),
    "https://www.ncbi.nlm.nih.gov/pubmed/12345678": ("pmid", "12345678"),
    "https://aclanthology.org/2020.acl-main.1/": ("doi", "10.18653/v1/2020.acl-main.1"),
    "https://www.aclweb.org/anthology/N19-1423.pdf": ("doi", "10.18653/v1/n19-1423"),
    "https://link.example.com/article/10.1007/s11192-019-1": ("doi", "10.1007/s11192-019-1"),
    "https://online.example.com/doi/full/10.1111/2041-210X.1": ("doi", "10.1111/2041-210x.1"),
    "https://dl.example.org/doi/pdf/10.1145/1.2?download=true": ("doi", "10.1145/1.2"),
    "https://journals.example.org/article?id=10.1371/journal.pone.1&type=printable": ("doi", "10.1371/journal.pone.1"),
    "https://www.biorxiv.org/content/10.1101/2022.08.16.504181v2.full.pdf": ("doi", "10.1101/2022.08.16.504181"),
    "https://www.example.org/about": None,
    "https://pubmed.ncbi.nlm.nih.gov/advanced": None,
    "ftp://doi.org/10.1000/x": None,
    "javascript:alert(10.1000/x)": None,
    "https://[::1/10.1000/x": None,
    "https://doi.org/10.1000/../../x": None,
    "": None,
}


@pytest.mark.parametrize(("typed", "read"), DOIS.items())
def test_doi(typed: str, read: str) -> None:
    assert identifiers.doi(typed) == read


@pytest.mark.parametrize(("typed", "read"), ARXIV.items())
def test_arxiv(typed: str, read: str) -> None:
    assert identifiers.arxiv(typed) == read


@pytest.mark.parametrize(("typed", "read"), ISBNS.items())
def test_isbn_is_checked_and_has_thirteen_digits(typed: str, read: str) -> None:
    assert identifiers.isbn(typed) == read


@pytest.mark.parametrize(("address", "read"), URLS.items())
def test_a_url_is_read_by_its_form(address: str, read: tuple[str, str] | None) -> None:
    found = identifiers.identifier_of_url(address)
    assert (found and (found.kind, found.value)) == read


def test_pmid_issn_and_orcid() -> None:
    assert identifiers.pmid("PMID: 12345") == "12345"
    assert identifiers.pmid("012345") == "" == identifiers.pmid("12a")
    assert identifiers.issn("eISSN 2049 3630") == "2049-3630"
    assert identifiers.issn("2049-3631") == ""
    assert identifiers.orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert identifiers.orcid("0000-0002-1825-0098") == ""
    assert identifiers.identifier("isbn", "0-306-40615-2") == Identifier("isbn", "9780306406157")
    assert identifiers.identifier("pmid", "x") is None


@given(st.text())
def test_what_is_read_is_read_as_itself(text: str) -> None:
    for normal in (identifiers.doi, identifiers.arxiv, identifiers.pmid, identifiers.isbn, identifiers.issn):
        found = normal(text)
        assert normal(found) == found
        assert found == "" or (found.isprintable() and " " not in found)
    identifiers.identifier_of_url(text)


PLACES = (
    "", "doi:", "doi: ", "DOI ", "https://doi.org/", "http://dx.doi.org/", "https://www.doi.org/", "doi.org/",
    "https://doi.org/doi:", "http://doi.acm.org/", "http://doi.ieeecomputersociety.org/",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_doi_is_found_behind_the_same_places_by_all_readers(place: str) -> None:
    written = f"{place}10.1000/tea"
    work = works.work(parse(f"@misc{{a, title = {{T}}, doi = {{{written}}}}}").entries[0])
    assert work.doi == identifiers.doi(written) == bare_doi(written) == dialect_fields.doi(written) == "10.1000/tea"


@pytest.mark.parametrize("written", ["doing", "10.123/tea", "doi:", "11.1000/tea"])
def test_what_is_not_a_doi_is_one_for_nobody(written: str) -> None:
    assert identifiers.doi(written) == bare_doi(written) == ""
    assert works.work(parse(f"@misc{{a, title = {{T}}, doi = {{{written}}}}}").entries[0]).doi == written


@pytest.mark.parametrize("page", ["abs", "pdf", "html", "format"])
@pytest.mark.parametrize("host", ["arxiv.org", "www.arxiv.org", "export.arxiv.org"])
def test_a_page_of_arxiv_is_one_for_reader_check_and_look_up(host: str, page: str) -> None:
    address = f"https://{host}/{page}/2001.00001v2"
    assert identifiers.arxiv(address) == "2001.00001"
    work = works.work(parse(f"@misc{{a, title = {{T}}, year = 2020, url = {{{address}}}}}").entries[0])
    assert (work.type, work.custom.get("eprint")) == ("article", "2001.00001v2")
    entry = f"@misc{{a, title = {{T}}, year = 2020, eprint = {{{address}}}, eprinttype = {{arxiv}}}}"
    assert list(check(Library.parse(entry.encode()), Context(), select=["id-arxiv"])) == []
