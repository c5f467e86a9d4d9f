"""Plain text is the characters alone, and safe to show in a terminal."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import bidirectional, category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.model.richtext import Span, Text, text
from pubtrack.writers import inline, write
from tests.writers.samples import HOSTILE, INVISIBLE, SEEN, characters, listing, meant, squeezed, texts

WRITTEN: dict[str, tuple[Text, str]] = {
    "no markup": ((Span("a*", ("bold",)), Span("_b_", ("italic",), "http://x.y")), "a*_b_"),
    "math in characters": ((Span("O("), Span("n^2 \\alpha_{i}", ("math",)), Span(")")), "O(n² αᵢ)"),
    "math without such characters": ((Span("x^{a,b}_\\beta", ("math",)),), "x^(a,b)_β"),
    "no math": ((Span("\\def\\x", ("math",)),), "$\\def\\x$"),
    "direction marks and soft hyphens": (text("a\u200eb\u00adc\u2060d\u200ce"), "abcd\u200ce"),
    "display blocks": ((Span("[1]", display="left-margin"), Span("a", display="right-inline")), "[1] a"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_written(case: str) -> None:
    value, expected = WRITTEN[case]
    assert inline(value, "text") == expected


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_text(kind: str) -> None:
    assert inline(text(HOSTILE[kind]), "text") == HOSTILE[kind]


def test_invisible_characters_are_gone() -> None:
    assert inline(text(INVISIBLE), "text") == SEEN


@settings(max_examples=100, deadline=None)
@given(texts())
def test_every_text_keeps_its_characters(value: Text) -> None:
    value = tuple(
        replace(span, marks=tuple(mark for mark in span.marks if mark not in ("sup", "sub"))) for span in value
    )
    assert squeezed(inline(value, "text")) == characters(meant(value, {}))


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ((Span("10"), Span("−3", ("sup",))), "10⁻³"),
        ((Span("13", ("sup",)), Span("C")), "¹³C"),
        ((Span("H"), Span("2", ("sub",)), Span("O")), "H₂O"),
        ((Span("1"), Span("st", ("sup",))), "1st"),
        ((Span("x"), Span("a,b", ("sup",))), "x^(a,b)"),
    ],
)
def test_what_is_raised_or_lowered_keeps_its_meaning(spans: Text, shown: str) -> None:
    assert inline(spans, "text") == shown


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_nothing_that_moves_a_cursor_gets_through(value: str) -> None:
    shown = inline(text(value), "text")
    assert not [character for character in shown if category(character) in ("Cc", "Cs", "Zl", "Zp")]
    assert not {bidirectional(character) for character in shown} & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}


def test_a_list_has_blank_lines_between_its_blocks() -> None:
    made = write(listing(text("A"), text("B"), title="熊 x", number="1.", legend="* equal"), "text")
    assert made == "熊 x\n----\n\n1. A\n\n1. B\n\n* equal\n"
