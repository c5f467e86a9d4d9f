"""DBLP: addresses, and records of replies in both of its formats."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.csl_json import text_to_markup
from pubtrack.model.name import Name
from pubtrack.model.record import Record
from pubtrack.model.richtext import plain
from pubtrack.model.work import Date
from pubtrack.sources import ReplyError, dblp

INFO: dict[str, Any] = {
    "authors": {"author": [{"@pid": "1/2", "text": "Jane van Doe"}, {"@pid": "3/4", "text": "Bin Liu 0041"}]},
    "title": "On tests &amp; trials.", "venue": "J. Test. Res.", "volume": "7", "number": "2", "pages": "1-9",
    "year": "2020",
    "type": "Journal Articles", "key": "journals/jtr/DoeL20", "doi": "10.5555/ABC", "ee": "https://doi.org/10.5555/ABC",
    "url": "https://dblp.org/rec/journals/jtr/DoeL20",
}  # fmt: skip
XML = """<?xml version="1.0"?>
<dblp>
<inproceedings key="conf/tst/DoeR20" mdate="2020-01-01">
<author pid="1/2" orcid="0000-0002-1825-0097">Jane Doe</author><author pid="5/6">Rick Roe 0002</author>
<title>O(<i>n</i><sup>2</sup>) tests.</title><pages>10-12</pages><year>2020</year><booktitle>TST</booktitle>
<ee type="oa">https://doi.org/10.5555/XYZ</ee><ee>https://example.org/x.pdf</ee><crossref>conf/tst/2020</crossref>
</inproceedings>
<www key="homepages/1/2"><author>Jane Doe</author></www>
</dblp>"""


def records(*infos: dict[str, Any]) -> tuple[Record, ...]:
    hits = [{"@score": "1", "@id": "2", "info": info} for info in infos]
    return dblp.parse(json.dumps({"result": {"hits": {"@total": str(len(hits)), "hit": hits}}}).encode())


def test_a_hit_of_a_search() -> None:
    (found,) = records(INFO)
    assert (found.id, found.work.type) == ("journals/jtr/DoeL20", "article-journal")
    assert {name: plain(value) for name, value in found.work.values.items()} == {
        "title": "On tests & trials", "doi": "10.5555/abc", "container_title": "J. Test. Res.", "volume": "7",
        "issue": "2",
        "page": "1-9",
    }  # fmt: skip
    assert found.work.author == (Name("Doe", "Jane", non_dropping_particle="van"), Name("Liu", "Bin"))
    assert found.work.issued == Date((2020,))
    assert found.titles == ("On tests & trials", "On tests & trials.")


def test_a_record_by_its_key() -> None:
    (found,) = dblp.parse(XML.encode())
    assert (found.id, found.work.type) == ("conf/tst/DoeR20", "paper-conference")
    assert text_to_markup(found.work.title) == "O(<i>n</i><sup>2</sup>) tests"
    assert found.work.author == (Name("Doe", "Jane", orcid="0000-0002-1825-0097"), Name("Roe", "Rick"))
    assert (plain(found.work.values["container_title"]), found.work.doi) == ("TST", "10.5555/xyz")


def test_one_author_and_several_links_are_no_list_or_are_one() -> None:
    (found,) = records(
        INFO | {"authors": {"author": {"text": "Jane Doe"}}, "doi": "", "ee": ["https://x.org", INFO["ee"]]}
    )
    assert found.work.author == (Name("Doe", "Jane"),)
    assert found.work.doi == "10.5555/abc"


def test_corr_is_arxiv_and_a_thesis_has_its_kind() -> None:
    preprint, thesis = records(
        INFO
        | {"type": "Informal and Other Publications", "venue": "CoRR", "volume": "abs/2301.01234", "doi": "", "ee": ""},
        INFO | {"type": "Books and Theses", "key": "phd/hal/Doe20", "doi": "", "ee": "https://hal.science/x"},
    )
    assert preprint.work.custom == {"eprint": "2301.01234", "eprinttype": "arXiv"}
    assert (thesis.work.type, thesis.work.get("genre"), thesis.work.get("url")) == (
        "thesis", "PhD thesis", "https://hal.science/x",
    )  # fmt: skip


def test_no_hits_is_none_found_and_a_challenge_is_a_failure() -> None:
    assert dblp.parse(b'{"result": {"hits": {"@total": "0"}}}') == ()
    with pytest.raises(ReplyError, match="HTML"):
        dblp.parse(b"<!doctype html><html><title>Making sure you're not a bot!</title></html>")


def test_addresses() -> None:
    assert dblp.url(["conf/nips/SnoekLA12"]) == "https://dblp.org/rec/conf/nips/SnoekLA12.xml"
    assert dblp.search_url("A & b", "Doe", 3) == "https://dblp.org/search/publ/api?q=A%20%26%20b%20Doe&h=3&format=json"
