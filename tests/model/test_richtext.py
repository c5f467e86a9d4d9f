"""Rich text: spans that say the same are one, and joining them takes time in proportion to their number."""

from __future__ import annotations

from pubtrack.model.richtext import Span, merge_spans
from tests.linear import grows_linearly


def test_equal_neighbours_are_one_span_and_empty_ones_are_none() -> None:
    spans = [Span("a"), Span(""), Span("b"), Span("c", ("italic",)), Span("d", ("italic",)), Span("e")]
    assert merge_spans(spans) == (Span("ab"), Span("cd", ("italic",)), Span("e"))


def test_formulas_stay_apart() -> None:
    spans = [Span("x", ("math",)), Span("y", ("math",))]
    assert merge_spans(spans) == tuple(spans)


def test_many_spans_are_joined_in_linear_time() -> None:
    assert grows_linearly(lambda count: merge_spans([Span("abcde")] * count), small=8000)
