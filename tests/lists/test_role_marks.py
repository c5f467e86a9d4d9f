"""Highlighting and role marks: put on people, never on their namesakes."""

from __future__ import annotations

from pubtrack.lists.role_marks import Highlight, highlight_names, legend, with_marks
from pubtrack.model.name import Name
from pubtrack.model.richtext import Span

ME = Name(family="Smith", given="Jo", roles=frozenset({"me", "equal", "corresponding"}))
OTHER = Name(family="Smith", given="Al", roles=frozenset({"equal"}))
RUN = (Span("J. ", name=ME), Span("Smith", ("small-caps",), name=ME), Span(", "), Span("A. Smith", name=OTHER))
SYMBOLS = {"corresponding": "*", "equal": "†"}


def test_only_the_person_with_the_role_is_highlighted() -> None:
    assert highlight_names(RUN, [Highlight("me", ("bold",))]) == (
        Span("J. ", ("bold",), name=ME),
        Span("Smith", ("bold", "small-caps"), name=ME),
        Span(", "),
        Span("A. Smith", name=OTHER),
    )


def test_marks_stand_behind_the_whole_name_in_the_order_of_the_symbols() -> None:
    assert with_marks(RUN, SYMBOLS) == (*RUN[:2], Span("*†"), RUN[2], RUN[3], Span("†"))


def test_the_first_way_that_fits_is_taken() -> None:
    shown = highlight_names(
        RUN,
        [
            Highlight("student", ("italic",)),
            Highlight("equal", ("underline",)),
            Highlight("me", ("bold",)),
        ],
    )
    assert [span.marks[:1] for span in shown] == [("underline",), ("underline",), (), ("underline",)]


def test_the_legend_names_the_symbols_that_are_used() -> None:
    assert legend([(Span("A. Smith", name=OTHER),)], SYMBOLS) == (Span("† equal contribution"),)
    assert legend([(Span("A. Smith"),)], SYMBOLS) == ()


def test_the_legend_shows_each_look_on_its_own_words() -> None:
    looks = [Highlight("equal", ("bold", "italic"), "students"), Highlight("me", ("underline",), "me")]
    assert legend([RUN], {"corresponding": "*"}, looks) == (
        Span("* corresponding author"),
        Span(", "),
        Span("students", ("bold", "italic")),
    )
