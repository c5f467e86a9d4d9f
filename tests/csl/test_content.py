"""Quotations and apostrophes within a variable ("Quotes"; citeproc-js's fixtures "flipflop_*" show the rules)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.csl.content import content, lower_superscript, plain_content, term_content
from pubtrack.csl.output_tree import Parts, flatten_characters
from pubtrack.model.richtext import Span


def shown(parts: Parts) -> str:
    """Quotations in angle brackets, marks in square ones."""
    out = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif part.kind == "quoted":
            out.append(f"<{shown(part.parts)}>")
        elif part.kind == "content":
            out.append(shown(part.parts))
        else:
            out.append(f"[{shown(part.parts)}]")
    return "".join(out)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ('a "b" c', "a <b> c"),
        ("a 'b c' d", "a <b c> d"),
        ("a “b” c", "a <b> c"),
        ("a “b ‘c’ d” e", "a <b <c> d> e"),
        ("rock 'n' roll", "rock <n> roll"),
        ("the '90s", "the ’90s"),
        ("don't, can't", "don’t, can’t"),
        ("'You're a dog': a tale", "<You’re a dog>: a tale"),
        ('5" disk', '5" disk'),
        ('an "open one', 'an "open one'),
        ("l'''", "l’’’"),
        ("James' book", "James’ book"),
        ('("x")', "(<x>)"),
        ('""', '""'),
    ],
)
def test_quotations_are_recognised_and_apostrophes_are_typographic(text: str, expected: str) -> None:
    assert shown(plain_content(text)) == expected


def test_marks_are_nested_by_their_order_and_quotations_may_hold_them() -> None:
    value = (Span("a “"), Span("b", ("italic",)), Span("c", ("italic", "bold")), Span("” d"))
    assert shown(content(value)) == "a <[b[c]]> d"


def test_math_and_protected_spans_become_what_no_case_touches() -> None:
    kinds = [
        part.kind for part in content((Span("x'", ("math",)), Span("y", ("nocase",)))) if not isinstance(part, str)
    ]
    assert kinds == ["math", "protected"]


@given(st.text(alphabet="a '\"“”‘’(", max_size=30))
def test_no_character_is_lost(text: str) -> None:
    quotes = str.maketrans("", "", "'\"“”‘’")
    assert flatten_characters(plain_content(text)).translate(quotes) == text.translate(quotes)


def test_superscripts_of_terms_are_raised_letters() -> None:
    """ "Terms": superscript characters may stand for superscripting."""
    assert shown(term_content("1ᵉʳ")) == "1[e][r]"
    assert (lower_superscript("ᵉ"), lower_superscript("e"), lower_superscript("™")) == ("e", "", "TM")
