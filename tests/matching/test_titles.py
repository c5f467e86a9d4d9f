"""Titles are the same work's through typography, and another's for a single changed word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.matching.grades import Grade
from pubtrack.matching.titles import compare_titles, fold_title


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Deep Learning of {NeRF}s", "Deep learning of NeRFs"),
        ("K-means for large-scale data", "k means for large scale data"),
        ("Data base design", "Database Design"),
        (r"\"Uber die Gr{\"o}{\ss}e", "Über die Größe"),
        (r"{\L}ukasiewicz and S{\o}rensen", "Łukasiewicz and Sørensen"),
        ("The $k$-SAT problem", "The k-SAT Problem"),
        (r"An $\alpha$-stable law", "An α-stable law"),
        ("Don’t stop “now”", "Don't stop 'now'"),
        ("Cats &amp;amp; <i>dogs</i>", "Cats and dogs"),
        ("CO$_2$ and H<sub>2</sub>O", "CO₂ and H2O"),
        ("On Work*", "On Work"),
        ("RETRACTED: On Work", "On Work"),
        ("On  Work.\n", "On Work"),
    ],
)
def test_typography_makes_no_difference(mine: str, theirs: str) -> None:
    assert compare_titles(mine, [theirs]).grade is Grade.SAME


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ("NeRF", "NeRF: Representing Scenes as Fields", "subtitle"),
        ("What is work? An answer", "What is work", "subtitle"),
        ("On work (extended abstract)", "On work", "subtitle"),
        ("Modelling the behaviour of neighbours", "Modeling the behavior of neighbors", "spelling"),
        ("Analysing centres", "Analyzing centers", "spelling"),
        ("Fuer Muenchen und Koeln", "Für München und Köln", "spelling"),
        ("Poster Abstract: On work", "On work", "label"),
        ("Databases (panel session): who cares", "Databases: Who Cares (Panel Abstract)", "label"),
    ],
)
def test_habits_of_citing_are_allowed_for(mine: str, theirs: str, why: str) -> None:
    match = compare_titles(mine, [theirs])
    assert (match.grade, why in match.why) == (Grade.ALIKE, True)


@pytest.mark.parametrize(
    ("mine", "theirs", "changed"),
    [
        ("Debiasing towards fair models", "Debiasing for fair models", (("towards", "for"),)),
        ("Characterizing risk of washing", "Characterizing the risk of washing", (("", "the"),)),
        ("Predictive models of state", "Predictive model of state", (("models", "model"),)),
        (
            "Prompt training with optimal transport",
            "Prompt learning with optimal transport",
            (("training", "learning"),),
        ),
        ("Programs in C++ for all", "Programs in C for all", (("c++", "c"),)),
        ("Programs in C# for all", "Programs in C++ for all", (("c#", "c++"),)),
    ],
)
def test_one_changed_word_is_told_from_typography(mine: str, theirs: str, changed: tuple[tuple[str, str], ...]) -> None:
    match = compare_titles(mine, [theirs])
    assert (match.grade, match.changed) == (Grade.NEAR, changed)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Logic, Part I", "Logic, Part II"),
        ("Logic 1", "Logic 2"),
        ("Logic", "Logic II"),
        ("wav2vec 1.0", "wav2vec 2.0"),
    ],
)
def test_parts_of_a_series_are_works_of_their_own(mine: str, theirs: str) -> None:
    assert compare_titles(mine, [theirs]).numbered


def test_the_form_that_agrees_best_counts() -> None:
    match = compare_titles("On work", ["Über Arbeit", "On Work"])
    assert (match.grade, match.theirs) == (Grade.SAME, "On Work")


@pytest.mark.parametrize(("mine", "theirs"), [("", ["A"]), ("A", []), ("A", [" "])])
def test_nothing_is_concluded_without_a_title(mine: str, theirs: list[str]) -> None:
    assert compare_titles(mine, theirs).grade is Grade.SILENT


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_compare_alike_both_ways(one: str, other: str) -> None:
    assert compare_titles(one, [other]).grade == compare_titles(other, [one]).grade
    assert compare_titles(one, [one]).grade in (Grade.SAME, Grade.SILENT)
    fold_title(one)
