"""JSON gives programs each entry: CSL-JSON, its place, and the printed text in HTML of few elements."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.lists.listing_model import Item, Listing, Section
from pubtrack.model.richtext import Span, text
from pubtrack.model.work import Work
from pubtrack.writers import write
from tests.writers.samples import HOSTILE, listing, read_html, runs, squeezed


def test_an_entry_is_an_object() -> None:
    work = Work("k1", "article-journal", {"title": text("On *x*"), "container_title": text("J & K")})
    value = (Span("Doe", ("bold",)), Span("*, "), Span("On x", ("italic",), "https://x.y/?a&b"))
    made = write(Listing((Section((Item(work, value, "J2."),), "Papers"),)), "json")
    assert json.loads(made) == [
        {
            "id": "k1",
            "section": "Papers",
            "number": "J2.",
            "html": '<strong>Doe</strong>*, <a href="https://x.y/?a&amp;b"><em>On x</em></a>',
            "text": "Doe*, On x",
            "item": {"id": "k1", "type": "article-journal", "title": "On *x*", "container-title": "J & K"},
        }
    ]


def test_the_number_of_a_style_is_the_number() -> None:
    value = (Span("[1] ", display="left-margin"), Span("Doe", display="right-inline"), Span("Note", display="block"))
    (made,) = json.loads(write(listing(value), "json"))
    assert (made["number"], made["html"], made["text"]) == ("[1]", "Doe Note", "Doe Note")


def test_an_entry_that_prints_nothing_is_there() -> None:
    (made,) = json.loads(write(listing(()), "json"))
    assert (made["id"], made["html"], made["text"]) == ("key0", "", "")


def test_hostile_text_is_text() -> None:
    made = json.loads(write(listing(*(text(line) for line in HOSTILE.values())), "json"))
    for row, line in zip(made, HOSTILE.values(), strict=True):
        assert row["text"] == line
        assert runs(read_html(row["html"])) == [(squeezed(line), frozenset())]


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec=None), max_size=8))
def test_nothing_is_lost_of_an_item_and_nothing_breaks_a_terminal(value: str) -> None:
    made = str(write(Listing((Section((Item(Work(value, "book"), text("x")),), value),)), "json"))
    assert json.loads(made)[0]["item"]["id"] == json.loads(made)[0]["section"] == value
    made.encode("utf-8")
    assert not {"\x1b", "\x9b", "\x7f", "\u202e", "\u2028"} & set(made)
