"""Letter case (CSL 1.0.2, "Text-case")."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.csl.output_tree import Parts, Wrap, flatten_characters
from pubtrack.csl.text_case import recase


def cased(text: str, case: str, **options: object) -> str:
    return flatten_characters(recase((text,), case, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the art of the deal", "The Art of the Deal"),
        ("a study: the return of it", "A Study: The Return of It"),
        ("who is it? an answer", "Who Is It? An Answer"),
        ("one for all. For one", "One for All. For One"),
        ("Proc. of the Conf.", "Proc. of the Conf."),
        ("state-of-the-art models", "State-of-the-Art Models"),
        ("iPad and DNA in use", "iPad and DNA in Use"),
        ("what it is for", "What It Is For"),
        ("cats/dogs and birds—with fish", "Cats/Dogs and Birds—with Fish"),
        ("β-carotene levels", "β-Carotene Levels"),
        ("vitamin a-z", "Vitamin A-z"),
        ("according to whom", "According to Whom"),
        ("life according to whom", "Life according to Whom"),
        ("IEEE TPAMI", "IEEE TPAMI"),
        ("THE LONG AND SHOUTED TITLE", "The Long and Shouted Title"),
        ("The Rise Of The Robots", "The Rise of the Robots"),
        ("“new” things", "“New” Things"),
        ("", ""),
        ("…", "…"),
    ],
)
def test_title_case(before: str, after: str) -> None:
    """ "Title Case Conversion": stop words stay lower unless first, last or behind a colon."""
    assert cased(before, "title") == after


def test_title_case_leaves_other_languages_alone() -> None:
    """ "Non-English Items"."""
    assert cased("les mots et les choses", "title", english=False) == "les mots et les choses"


@pytest.mark.parametrize(
    ("case", "before", "after"),
    [
        ("lowercase", "A Study OF", "a study of"),
        ("uppercase", "straße x", "STRASSE X"),
        ("capitalize-first", "edited by Jane", "Edited by Jane"),
        ("capitalize-first", "eBay and more", "eBay and more"),
        ("capitalize-first", "(ed.", "(Ed."),
        ("capitalize-all", "a pen IS here", "A Pen IS Here"),
        ("sentence", "The Art of DNA Testing", "The art of DNA testing"),
        ("sentence", "ALL OF IT IN CAPITALS", "All of it in capitals"),
        ("no-such-case", "As It Is", "As It Is"),
    ],
)
def test_other_cases(case: str, before: str, after: str) -> None:
    assert cased(before, case) == after


def test_turkish_has_two_letters_i() -> None:
    assert cased("iıI", "uppercase", language="tr-TR") == "İII"
    assert cased("Iİ", "lowercase", language="tr") == "ıi"


def test_protected_spans_and_math_keep_their_case_and_still_count_as_words() -> None:
    parts: Parts = [
        "why ",
        Wrap("protected", None, ["neRF"]),
        " and ",
        Wrap("math", None, ["o(n)"]),
        "-ary ",
        "the end",
    ]
    assert flatten_characters(recase(parts, "title")) == "Why neRF and o(n)-Ary the End"
    assert flatten_characters(recase(parts, "uppercase")) == "WHY neRF AND o(n)-ARY THE END"


def test_words_cross_formatting() -> None:
    parts: Parts = ["the ", Wrap("markup", ("italic",), ["o"]), "ther of", Wrap("markup", ("bold",), [" it"])]
    assert flatten_characters(recase(parts, "title")) == "The Other of It"


def test_a_stop_word_behind_an_opening_quotation_mark_is_a_first_word() -> None:
    assert (
        flatten_characters(recase(["on ", Wrap("quoted", None, ["the raven"]), " again"], "title"))
        == "On The Raven Again"
    )


@given(st.text(max_size=40), st.sampled_from(["title", "sentence", "capitalize-first", "capitalize-all"]))
def test_case_changes_letters_only_and_never_the_length(text: str, case: str) -> None:
    after = cased(text, case)
    assert len(after) == len(text)
    assert after.casefold() == text.casefold() or after.lower() == text.lower()


@given(st.text(max_size=40))
def test_title_case_is_idempotent(text: str) -> None:
    once = cased(text, "title")
    assert cased(once, "title") == once
