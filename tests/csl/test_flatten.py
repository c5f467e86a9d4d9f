"""Punctuation where parts meet, quotation marks, flipped fonts, display blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.csl.flatten import raise_superscripts, set_parts, to_text
from pubtrack.csl.locale import load_locale
from pubtrack.csl.output_tree import Parts, Wrap
from pubtrack.model.name import Name
from pubtrack.model.richtext import Span, plain
from tests.csl.adapter import to_html

US, GB = load_locale("en-US"), load_locale("en-GB")


def quoted(*parts: object) -> Wrap:
    return Wrap("quoted", None, list(parts))  # type: ignore[arg-type]


def characters(parts: Parts, locale: object = US) -> str:
    return plain(to_text(set_parts(parts, locale)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("a.", ". b", "a. b"),
        ("a?", ". b", "a? b"),
        ("a!", ". b", "a! b"),
        ("a:", ". b", "a: b"),
        ("a;", ": b", "a; b"),
        ("a.", ": b", "a.: b"),
        ("a:", "! b", "a! b"),
        ("a;", "? b", "a? b"),
        ("a?", ", b", "a?, b"),
        ("a.", ", b", "a., b"),
        ("a,", ", b", "a, b"),
        ("a ", " b", "a b"),
        ("a ", ", b", "a, b"),
        ("a\u00a0", " b", "a\u00a0b"),
        ("etc.", "", "etc."),
    ],
)
def test_punctuation_that_meets(left: str, right: str, expected: str) -> None:
    """The table of the fixtures "punctuation_FullMonty*"."""
    assert characters([left, right]) == expected


def test_punctuation_within_one_part_stays() -> None:
    assert characters(["what?! yes.. no"]) == "what?! yes.. no"


@pytest.mark.parametrize(
    ("parts", "inside", "outside"),
    [
        ([quoted("a"), ", b"], "“a,” b", "‘a’, b"),
        ([quoted("a"), ". b"], "“a.” b", "‘a’. b"),
        ([quoted("a"), "; b"], "“a”; b", "‘a’; b"),
        ([quoted("a?"), ", b"], "“a?,” b", "‘a?’, b"),
        ([quoted("a."), ". b"], "“a.” b", "‘a.’. b"),
        ([quoted("a ", quoted("b")), "."], "“a ‘b.’”", "‘a “b”’."),
        ([quoted(), "b"], "b", "b"),
    ],
)
def test_punctuation_in_quote(parts: list[object], inside: str, outside: str) -> None:
    """ "Locale Options", punctuation-in-quote: American style moves it, British does not."""
    assert characters(parts) == inside  # type: ignore[arg-type]
    assert characters(parts, GB) == outside  # type: ignore[arg-type]


def test_moved_punctuation_takes_the_format_of_the_quotation() -> None:
    assert to_html(set_parts([quoted(Wrap("format", ("italic",), ["a"])), ","], US)) == "“<i>a</i>,”"


def test_quotation_marks_alternate_and_typed_ones_stay_at_the_outside() -> None:
    typed = Wrap("quoted", ("‘", "’"), ["b"])
    assert characters(["a ", typed]) == "a ‘b’"
    assert characters([quoted("a ", typed)]) == "“a ‘b’”"
    assert characters([quoted(quoted(typed))]) == "“‘“b”’”"


def test_italics_within_italics_are_upright() -> None:
    inner = Wrap("markup", ("italic",), ["b"])
    runs = set_parts([Wrap("format", ("italic",), ["a ", inner])], US)
    assert to_html(runs) == '<i>a <span style="font-style:normal;">b</span></i>'
    assert to_text(runs) == (Span("a ", ("italic",)), Span("b"))


def test_a_style_may_set_back_what_is_set_and_nothing_else() -> None:
    """ "Formatting": font-style="normal" matters only within another."""
    normal = Wrap("format", ("no-italic",), ["a"])
    assert to_html(set_parts([normal], US)) == "a"
    assert "font-style:normal" in to_html(set_parts([Wrap("format", ("italic",), [normal])], US))


def test_links_take_in_the_resolver_that_a_style_prints_before_them() -> None:
    """Appendix VI."""
    spans = to_text(set_parts(["doi: ", "https://doi.org/", Wrap("link", "https://doi.org/10.1/x", ["10.1/x"])], US))
    assert spans == (Span("doi: "), Span("https://doi.org/10.1/x", url="https://doi.org/10.1/x"))


def test_spans_know_their_name_and_block() -> None:
    name = Name("Doe", "J.")
    parts: Parts = [
        Wrap("display", "left-margin", ["1. "]),
        Wrap("display", "block", [Wrap("name", name, ["J. Doe"]), " x"]),
    ]
    spans = to_text(set_parts(parts, US))
    assert [(span.text, span.name, span.display) for span in spans] == [
        ("1.", None, "left-margin"),
        ("J. Doe", name, "block"),
        (" x", None, "block"),
    ]


def test_superscript_characters_can_be_raised() -> None:
    assert to_html(raise_superscripts(set_parts(["m² x"], US))) == "m<sup>2</sup> x"


@given(st.lists(st.text(alphabet="ab .,:;!?", max_size=4), max_size=8))
def test_letters_are_never_lost_and_no_blank_is_doubled(parts: list[str]) -> None:
    shown = characters(parts)
    assert [c for c in shown if c.isalpha()] == [c for part in parts for c in part if c.isalpha()]
    if not any("  " in part for part in parts):
        assert "  " not in shown
