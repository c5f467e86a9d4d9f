"""The functions of the package that ask the registries, against fake services on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubtrack import (
    Library,
    Owner,
    PubtrackError,
    PubtrackWarning,
    Style,
    apply_proposals,
    check,
    decline_proposals,
    default_client,
    export,
    find_missing_works,
    find_record,
    find_records,
    refresh_library,
    render,
    search_records,
    undo_refresh,
)
from pubtrack.checks import Context
from pubtrack.model.findings import Finding
from pubtrack.model.work import Work
from tests.sources.fake_payloads import Sample
from tests.sources.fake_server import FakeServer

OWNER = "0000-0002-1825-0097"
KNOWN = Sample("10.5555/known", "On the Theory of Lamps", ("Ada", "Brook"), 2019, pmid="12345", orcid=OWNER)
NEW = Sample("10.5555/new", "Night and Its Optics Observed", ("Ada", "Brook"), 2021, orcid=OWNER)
GONE = Sample("10.5555/gone", "Lamps That Never Were", retraction="10.5555/notice")
STORE = b"""\
@article{brook2019,
  author = {Brook, Ada},
  title  = {On the Theory of Lamps},
  doi    = {10.5555/known},
  year   = {2019},
}
"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("PUBTRACK_CACHE", str(tmp_path / "cache"))
    with FakeServer([KNOWN, NEW, GONE]) as fake:
        for name, url in fake.environment.items():
            monkeypatch.setenv(name, url)
        yield fake


@pytest.fixture
def library(tmp_path: Path, server: FakeServer) -> Library:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "publications.bib").write_bytes(STORE)
    return Library.load(tmp_path / "bib")


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "named", ["10.5555/known", "doi:10.5555/KNOWN", "https://doi.org/10.5555/known", "pmid:12345", " 10.5555/known "]
)
def test_a_record_is_found_by_any_form_of_an_identifier(named: str) -> None:
    record = find_record(named)
    assert record.work.doi == "10.5555/known"
    assert repr(record) == "<Record crossref 10.5555/known: Brook, On the Theory of Lamps, 2019>"


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("lamps", "'lamps' is not a DOI, an arXiv number, an ISBN or the address of a work; a PMID is pmid:123"),
        ("https://lamps.example/", "'https://lamps.example/' is not a DOI, an arXiv number"),
        ("pmid:x", "'x' is not a number of PubMed's"),
        ("10.5555/absent", "10.5555/absent: there is no such DOI"),
    ],
)
def test_what_names_no_work_is_an_error(named: str, message: str) -> None:
    with pytest.raises(PubtrackError) as caught:
        find_record(named)
    assert str(caught.value).startswith(message)


def test_several_records_are_asked_for_at_once_and_all_that_is_wrong_is_said(server: FakeServer) -> None:
    named = ["10.5555/new", "10.5555/known", "10.5555/new"]
    assert [record.id for record in find_records(iter(named))] == named
    assert server.count("crossref") == 1
    with pytest.raises(PubtrackError, match=r"one: there is no such DOI; 10\.5555/two: there"):
        find_records(["10.5555/one", "10.5555/new", "10.5555/two"])
    for wrong in ("10.5555/new", [3], 3):
        with pytest.raises(PubtrackError):
            find_records(wrong)  # type: ignore[arg-type]


@pytest.mark.usefixtures("server")
def test_a_retraction_is_a_warning() -> None:
    with pytest.warns(
        PubtrackWarning, match="^10.5555/gone: retraction is noted by publisher, see 10.5555/notice$"
    ) as warned:
        find_record("10.5555/gone")
    assert Path(warned[0].filename).name == "test_api_online.py"


@pytest.mark.usefixtures("server")
def test_a_search_finds_records_and_needs_a_word() -> None:
    assert [record.work.doi for record in search_records("Night and Its Optics Observed")][:1] == ["10.5555/new"]
    with pytest.raises(PubtrackError, match="there is no word"):
        search_records(" ")


def test_records_works_and_texts_are_added_and_saved(library: Library, tmp_path: Path) -> None:
    more = library.add([find_record("10.5555/new"), "@book{, title = {Rest}, author = {Roe, R.}, year = 1999}"])
    assert [work.id for work in more] == ["brook2019", "brook2021night", "roe1999rest"]
    assert len(library) == 1
    more.save()
    written = (tmp_path / "bib" / "publications.bib").read_bytes()
    assert written.startswith(STORE)
    assert b"brook2021night" in written
    with pytest.raises(PubtrackError, match='is in the store already as "brook2019"'):
        library.add([find_record("10.5555/known")])
    for wrong in ("@book{a}", [3], 3):
        with pytest.raises(PubtrackError):
            library.add(wrong)  # type: ignore[arg-type]
    with pytest.raises(PubtrackError, match=r'"10\.5555/new" is not BibTeX text; find_record asks'):
        library.add(["10.5555/new"])


@pytest.mark.usefixtures("server")
def test_a_record_is_added_in_the_dialect_of_the_file_it_goes_to(tmp_path: Path) -> None:
    (tmp_path / "old.bib").write_text("@article{a, title={A}, journal={J}, year={2001}}\n", encoding="utf-8")
    (tmp_path / "publications.bib").write_text(
        "@article{b, title={B}, journaltitle={J}, date={2001-05}}\n", encoding="utf-8"
    )
    source = Library.load(tmp_path).add([find_record("10.5555/new")]).source("brook2021night")
    assert "journaltitle" in source
    assert "date" in source


def test_new_entries_go_to_the_file_and_get_the_key_that_are_asked_for(tmp_path: Path) -> None:
    for name in ("one.bib", "two.bib"):
        (tmp_path / name).write_text("", encoding="utf-8")
    new = "@book{, author={Roe, R.}, title={Rest}, year=1999}"
    more = Library.load(tmp_path).add([new], into="one.bib", key_pattern="{family}:{year}")
    assert [path.name for path in more.save()] == ["one.bib"]
    assert "roe:1999" in more
    with pytest.raises(PubtrackError, match="not a file of the store"):
        more.add([new], into="three.bib")


def test_a_work_of_another_library_is_added(library: Library) -> None:
    other = Library.parse(b"@book{x, title = {On Rest}, author = {Roe, R.}, year = 1999}")
    works: list[Work] = list(other)
    assert "roe1999rest" in library.add(works)


def test_a_check_with_the_registries_knows_what_they_say(library: Library) -> None:
    said: list[tuple[str, int, int]] = []
    wrong = library.set("brook2019", title="On the Practice of Boats")
    codes = {one.code for one in check(wrong, online=True, progress=lambda *step: said.append(step))}
    assert {"net-doi-other-work", "net-title"} & codes
    assert said[-1][0] == "Checking"
    assert said[-1][1] == said[-1][2] > 0
    assert not {"net-doi-other-work", "net-title"} & {one.code for one in check(library, online=True)}


def test_a_service_that_does_not_answer_is_a_warning(library: Library, server: FakeServer) -> None:
    server.faults["500"] = 100
    with default_client(seconds=2) as client, pytest.warns(PubtrackWarning) as warned:
        codes = [one.code for one in check(library, online=True, client=client, select=["net"])]
    assert codes == ["net-incomplete"]
    assert {Path(one.filename).name for one in warned} == {"test_api_online.py"}


def test_pages_are_looked_at_when_asked_and_what_is_not_judged_is_a_warning(library: Library) -> None:
    linked = library.set("brook2019", url="https://gone.invalid/")
    with default_client(offline=True) as client, pytest.warns(PubtrackWarning, match="none is asked for"):
        assert check(linked, urls=True, client=client, select=["net-url"]) == ()


@pytest.mark.usefixtures("server")
def test_the_works_of_an_author_that_a_library_lacks_are_found() -> None:
    library = Library.parse(STORE)
    found = find_missing_works(library, OWNER)
    assert [one.doi for one in found] == ["10.5555/new"]
    more = library.add(find_records(found))
    assert [work.id for work in more] == ["brook2019", "brook2021night"]
    assert find_missing_works(more, OWNER) == ()
    assert repr(found[0]) == "<Authored 10.5555/new: Brook, Night and Its Optics Observed, 2021>"
    context = Context(Owner.parse("Brook, Ada", orcid=OWNER))
    assert "net-orcid-missing" in {one.code for one in check(library, context, online=True)}
    with pytest.raises(PubtrackError, match="ORCID"):
        find_missing_works(library, "0000-0002-1825-0098")


def test_a_refresh_proposes_applies_and_takes_back(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "bib" / "publications.bib"
    said: list[str] = []
    found = refresh_library(library, keys=["brook2019"], progress=lambda what, done, total: said.append(what))
    assert "looking up" in said
    assert file.read_bytes() == STORE
    safe = [one for one in found.proposals if one.safe]
    assert repr(found).startswith(f"<Refreshed: {len(found.proposals)} proposals")
    volume = next(one for one in safe if one.field == "volume")
    assert repr(volume) == f"<Proposal {volume.id} brook2019.volume: fill 12 (crossref)>"
    assert apply_proposals(library, safe) == safe
    assert Library.load(file)["brook2019"].get("volume") == "12"
    assert undo_refresh(library) == ()
    assert file.read_bytes() == STORE
    written = refresh_library(library, apply_safe=True).written
    assert {one.field for one in written} >= {"volume"}
    assert decline_proposals(Library.load(tmp_path / "bib")) == []


def test_proposals_are_named_by_themselves_or_by_their_ids(library: Library) -> None:
    first, second = refresh_library(library).proposals[:2]
    assert apply_proposals(library, [first, second.id]) == [first, second]
    for wrong in (first.id, first):
        with pytest.raises(PubtrackError, match="proposals are a list"):
            apply_proposals(library, wrong)  # type: ignore[arg-type]


def test_a_refresh_of_a_text_keeps_nothing(server: FakeServer) -> None:
    library = Library.parse(STORE)
    assert refresh_library(library).proposals
    assert refresh_library(library, keys=[]).proposals == ()
    for call in (
        lambda: refresh_library(library, apply_safe=True),
        lambda: refresh_library(library, keys="brook2019"),
        lambda: apply_proposals(library, ["x"]),
        lambda: refresh_library(Library.parse(b"[]")),
        lambda: refresh_library(library, keys=["brook"]),
    ):
        with pytest.raises(PubtrackError):
            call()


def test_a_client_serves_several_calls_and_asks_nobody_offline(server: FakeServer) -> None:
    with default_client() as client:
        find_record("10.5555/known", client=client)
        asked = server.count("crossref")
        find_record("10.5555/known", client=client)
        assert server.count("crossref") == asked  # kept
    with default_client(offline=True) as client:
        assert find_record("10.5555/known", client=client).work.doi == "10.5555/known"
        with pytest.raises(PubtrackError):
            find_record("10.5555/new", client=client)
    assert server.count("crossref") == asked


def test_nothing_else_opens_a_socket(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    applied = refresh_library(library, apply_safe=True)
    left = [one for one in applied.proposals if not one.safe]
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, lambda *args, **options: pytest.fail("a socket was opened"))
    check(library)
    render(library, style="apa")
    export(library)
    library.add(["@book{, title = {Rest}, author = {Roe, R.}, year = 1999}"])
    assert decline_proposals(library, left) == left
    assert undo_refresh(library) == ()
    with default_client() as client:
        assert client.settings.offline is False


def test_values_show_themselves_in_one_line() -> None:
    assert repr(Owner.parse("Brook, Ada", ["A. Brook"])) == "<Owner Brook, Ada; A. Brook>"
    assert repr(Style.load("cv")).startswith("<Style ")
    finding = check(Library.parse(b"@misc{a, title = {B}, pages = {9--2}}"))[0]
    assert isinstance(finding, Finding)
    assert repr(finding) == f"<Finding {finding}>"
    assert "\n" not in repr(finding)
