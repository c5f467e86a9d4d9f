"""arXiv: addresses, and records of feeds in the shape that it sends."""

from __future__ import annotations

import pytest

from pubtrack.csl_json import text_to_markup
from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Relation
from pubtrack.model.work import Date
from pubtrack.sources import ReplyError, arxiv

FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2301.01234v3</id>
    <updated>2024-02-01T12:00:00Z</updated><published>2023-01-03T10:00:00Z</published>
    <title>Erd\\H{o}s--R\\'enyi graphs
  in $\\mathcal{O}(n)$ &amp; more</title>
    <summary>  We test.  </summary>
    <author><name>Jan van der Berg</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">X</arxiv:affiliation></author>
    <author><name>ATLAS Collaboration</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/PUB</arxiv:doi>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">12 pages</arxiv:comment>
    <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Tests 12 (2024) 3</arxiv:journal_ref>
    <link href="http://arxiv.org/abs/2301.01234v3" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="math.CO" scheme="x"/>
    <category term="math.CO"/><category term="cs.DM"/>
  </entry>
  <entry><id>http://arxiv.org/abs/hep-th/9901001v1</id><title>Old</title>
  <published>1999-01-01T00:00:00Z</published></entry>
  <entry><id>http://arxiv.org/abs/9999.99999v1</id><title></title></entry>
</feed>
"""


def test_a_paper_arrives_whole() -> None:
    found, old = arxiv.parse(FEED)
    assert (found.id, found.work.type, found.url) == ("2301.01234", "article", "https://arxiv.org/abs/2301.01234")
    assert {name: text_to_markup(value) for name, value in found.work.values.items()} == {
        "title": "Erdős–Rényi graphs in $\\mathcal{O}(n)$ & more", "abstract": "We test.", "publisher": "arXiv",
        "number": "arXiv:2301.01234", "genre": "Preprint", "url": "https://arxiv.org/abs/2301.01234",
    }  # fmt: skip
    assert found.work.author == (
        Name("Berg", "Jan", non_dropping_particle="van der"),
        Name(literal="ATLAS Collaboration"),
    )
    assert found.work.issued == Date((2023, 1, 3))
    assert found.years == {"posted": 2023, "updated": 2024}
    assert found.work.custom == {
        "eprint": "2301.01234", "eprinttype": "arXiv", "eprintclass": "math.CO", "journalref": "J. Tests 12 (2024) 3",
        "comment": "12 pages",
    }  # fmt: skip
    assert found.relations == (Relation("is-preprint-of", Identifier("doi", "10.5555/pub")),)
    assert (old.id, old.relations, old.work.author) == ("hep-th/9901001", (), ())


def test_a_feed_is_split_into_feeds_of_one() -> None:
    parts = arxiv.split(FEED)
    assert list(parts) == ["2301.01234", "hep-th/9901001"]
    assert tuple(arxiv.parse(part)[0] for part in parts.values()) == arxiv.parse(FEED)


def test_an_empty_feed_is_none_found_and_an_error_is_refused() -> None:
    assert arxiv.parse(b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>') == ()
    with pytest.raises(ReplyError, match="error"):
        arxiv.parse(
            b"<feed><entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title></entry></feed>"
        )


@pytest.mark.parametrize(
    "content",
    [
        FEED[:900],
        FEED.replace(b"<feed", b"<!DOCTYPE feed><feed"),
        FEED.replace(b"<feed", b'<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed'),
        FEED.replace(b"</title>", b"&undefined;</title>", 1),
        FEED.decode().encode("utf-16"),
        b"<rss/>",
        b"<feed>" + b"<a>" * 100 + b"</a>" * 100 + b"</feed>",
    ],
)
def test_other_xml_is_refused(content: bytes) -> None:
    with pytest.raises(ReplyError):
        arxiv.parse(content)


def test_addresses() -> None:
    assert arxiv.url(["2301.01234", "math.GT/0309136"]) == (
        "https://export.arxiv.org/api/query?id_list=2301.01234,math/0309136&max_results=2"
    )
    assert arxiv.search_url('On "tests": part 1', "Doe", 3) == (
        "https://export.arxiv.org/api/query?search_query=ti%3A%22On%20tests%20part%201%22%20AND%20au%3A%22Doe%22"
        "&max_results=3"
    )
    with pytest.raises(ValueError, match="takes 1 to 100"):
        arxiv.url(["2301.01234"] * 101)
    with pytest.raises(ValueError, match="no word"):
        arxiv.search_url("…")
