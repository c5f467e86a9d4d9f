"""Links and remarks behind an entry."""

from __future__ import annotations

import pytest

from pubtrack.lists.links_and_remarks import links_of, remarks_of
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import Span, plain, text
from pubtrack.model.work import Work

WORK = Work(
    "a",
    "article-journal",
    {"doi": text("10.1000/a<b>"), "url": text("https://example.org/x"), "note": text("Best paper!")},
    custom={
        "pdf": "https://example.org/a.pdf",
        "code": "javascript:x",
        "poster": "p.pdf",
        "award": "Silver Medal",
        "citations": "12",
        "eprint": "2101.00001",
        "eprinttype": "arXiv",
    },
)


def test_links_come_in_the_order_wanted_and_only_where_they_lead_somewhere() -> None:
    links = links_of(WORK, ["pdf", "slides", "code", "poster", "doi", "arxiv"])
    assert plain(links) == " [PDF] [DOI] [arXiv]"
    assert [span.url for span in links if span.url] == [
        "https://example.org/a.pdf",
        "https://doi.org/10.1000/a%3Cb%3E",
        "https://arxiv.org/abs/2101.00001",
    ]


def test_remarks_are_sentences() -> None:
    assert (
        plain(remarks_of(WORK, ["note", "award", "citations", "addendum"])) == " Best paper! Silver Medal. Cited by 12."
    )


@pytest.mark.parametrize("empty", [links_of(WORK, []), remarks_of(WORK, []), links_of(WORK, ["video"])])
def test_nothing_wanted_or_there_is_nothing_printed(empty: tuple[Span, ...]) -> None:
    assert empty == ()


def test_an_unknown_name_is_named_with_the_nearest() -> None:
    with pytest.raises(PubtrackError, match='unknown link "pdff"; did you mean pdf'):
        links_of(WORK, ["pdff"])
    with pytest.raises(PubtrackError, match='unknown remark "awrad"; did you mean award'):
        remarks_of(WORK, ["awrad"])
