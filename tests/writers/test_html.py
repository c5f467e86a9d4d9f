"""HTML is read back by html.parser: the same characters and looks, no element and no link that was not meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from pubtrack.lists.listing_model import Item, Listing, Section
from pubtrack.model.richtext import Mark, Span, Text, text
from pubtrack.model.work import Work
from pubtrack.writers import html, inline, write
from tests.writers.samples import (
    HOSTILE,
    INVISIBLE,
    SAFE,
    SEEN,
    Shown,
    listing,
    meant,
    read_html,
    runs,
    squeezed,
    texts,
)

WRITTEN: dict[str, tuple[Text, str]] = {
    "special characters": (text("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; \"c\" 'd'"),
    "marks": (
        (Span("a", ("bold",)), Span("b", ("italic",)), Span("c", ("sup",)), Span("d", ("sub",))),
        "<strong>a</strong><em>b</em><sup>c</sup><sub>d</sub>",
    ),
    "small capitals and underline": (
        (Span("a", ("small-caps",)), Span("b", ("underline",))),
        '<span style="font-variant:small-caps;">a</span><span style="text-decoration:underline;">b</span>',
    ),
    "marks that neighbours share": (
        (Span("a", ("bold",)), Span("b", ("bold", "italic")), Span("c", ("italic",))),
        "<strong>a<em>b</em></strong><em>c</em>",
    ),
    "a link": (
        (Span("a", (), "https://x.y/?b=1&c='\"<"),),
        '<a href="https://x.y/?b=1&amp;c=&#x27;%22%3C">a</a>',
    ),
    "no link": ((Span("a", (), "javascript:alert(1)"),), "a"),
    "math": ((Span("a<b", ("math",)),), "$a&lt;b$"),
    "protected case": ((Span("a", ("nocase",)), Span("b")), "ab"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_written(case: str) -> None:
    value, expected = WRITTEN[case]
    assert inline(value, "html") == expected


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("look", [(), ("bold",)])
def test_hostile_text_is_text(kind: str, look: tuple[Mark, ...]) -> None:
    made = write(listing((Span(HOSTILE[kind], look),), title=HOSTILE[kind]), "html")
    line = squeezed(HOSTILE[kind])
    title: Shown = [(character, frozenset()) for character in line]
    assert read_html(str(made)) == title + [(character, frozenset(look)) for character in line]


def test_invisible_characters_are_gone() -> None:
    assert inline(text(INVISIBLE), "html") == SEEN


@settings(max_examples=200, deadline=None)
@given(texts())
def test_every_text_reads_back(value: Text) -> None:
    assert runs(read_html(inline(value, "html"))) == runs(meant(value, SAFE))


def test_a_list_has_headings_bodies_numbers_ids_and_a_legend() -> None:
    assert write(listing(text("A"), text("B"), title="Papers", number="1.", legend="* equal"), "html") == (
        "<h3>Papers</h3>\n"
        '<div class="csl-bib-body hanging-indent">\n'
        '<div class="csl-entry" id="pub-key0"><span class="csl-left-margin">1.</span> A</div>\n'
        '<div class="csl-entry" id="pub-key1"><span class="csl-left-margin">1.</span> B</div>\n'
        "</div>\n"
        '<p class="csl-legend">* equal</p>\n'
    )


def test_display_blocks_keep_their_places() -> None:
    value = (
        Span("[1] ", display="left-margin"),
        Span("a", display="right-inline"),
        Span("b", display="block"),
        Span("c", display="indent"),
        Span("d"),
    )
    assert (
        '<span class="csl-left-margin">[1]</span> a<div class="csl-block">b</div><div class="csl-indent">c</div>d</div>'
    ) in str(write(listing(value), "html"))


def test_ids_are_safe_and_differ() -> None:
    keys = ['LL:ESA-SCI(2000)4"><script>', "a b", "a_b", "a-b", "", "熊"]
    items = tuple(Item(Work(key, "book"), text("x")) for key in keys)
    made = html.write(Listing((Section(items),)), prefix="p-")
    ids = [part.partition('"')[0] for part in made.split('id="')[1:]]
    assert ids == ["p-LL-ESA-SCI-2000-4-script", "p-a-b", "p-a_b", "p-a-b-2", "p", "p-2"]


def test_a_page_is_whole_and_says_its_language() -> None:
    page = write(Listing((Section((Item(Work("k", "book"), text("x")),)),), language='de"DE'), "html", standalone=True)
    assert str(page).startswith('<!DOCTYPE html>\n<html lang="de&quot;DE">\n')
    assert str(page).endswith("</body>\n</html>\n")
