"""Names to words: what is folded, what is taken out, where the given name, particles and family name are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.model.name import Name
from pubtrack.people import Form, Level, ascii_letters, fold, spellings, words_of_name, words_of_text
from pubtrack.people.east_asian import SURNAMES, divisions, is_given_name, is_syllable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Müller", ("muller", "mueller")),
        ("Mueller", ("mueller",)),
        ("Weiß", ("weiss",)),
        ("Sørensen", ("sorensen", "soerensen")),
        ("Åkesson", ("akesson", "aakesson")),
        ("Đorđević", ("dordevic", "djordjevic")),
        ("Łukasz", ("lukasz",)),
        ("IŞIK", ("isik",)),
        ("Işık", ("isik",)),
        ("İpek", ("ipek",)),
        ("Þórðarson", ("thordarson", "thordharson")),
        ("D’Angelo", ("dangelo",)),
        ("Meyer‐Gohde 2", ("meyergohde",)),
        ("Zhe\u200bxiao", ("zhexiao",)),
        ("Ｘｉｏｎｇ", ("xiong",)),
        ("Ёлкин", ("елкин",)),
        ("Χρήστος", ("χρηστοσ",)),
        ("कुमार", ("कुमार",)),
        ("", ("",)),
    ],
)
def test_a_name_has_few_spellings(text: str, expected: tuple[str, ...]) -> None:
    assert spellings(text) == expected


def test_kana_and_indic_marks_are_no_accents() -> None:
    assert spellings("ばば") != spellings("はは")
    assert spellings("कुमार") != spellings("कमार")


def test_folding_keeps_words_apart() -> None:
    assert fold("  José  María\u00a0O’Neill ") == "jose maria oneill"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert ascii_letters(text).isascii()


@pytest.mark.parametrize(
    ("name", "given_name", "particles", "family", "suffix"),
    [
        (Name(family="Berg", given="Jan", non_dropping_particle="van der"), 1, 2, 1, ""),
        (Name(family="Van der Berg", given="Jan"), 1, 2, 1, ""),
        (Name(family="Berg", given="Jan van der"), 1, 2, 1, ""),
        (Name(family="al-Khwarizmi", given="Muhammad"), 1, 1, 1, ""),
        (Name(family="Nguyen", given="Anh Van"), 2, 0, 1, ""),
        (Name(family="xiong", non_dropping_particle="zhexiao"), 1, 0, 1, ""),
        (Name(family="Sánchez", given="M", non_dropping_particle="a"), 2, 0, 1, ""),
        (Name(family="Smith III", given="James"), 1, 0, 1, "iii"),
        (Name(family="Jr.", given="James Smith"), 1, 0, 1, "jr"),
        (Name(family="IV", given="Petrov"), 1, 0, 1, ""),
        (Name(family="(PI)", given="Nguyen"), 0, 0, 1, ""),
        (Name(family="Xiong", given="Dr. Zhexiao"), 1, 0, 1, ""),
        (Name(family="Kendall", given="C.M.K."), 3, 0, 1, ""),
        (Name(family="Kendall", given="C.-M.K."), 2, 0, 1, ""),
        (Name(literal="Zhexiao Xiong"), 1, 0, 1, ""),
        (Name(family="Bowen, C."), 1, 0, 1, ""),
        (Name(), 0, 0, 0, ""),
    ],
)
def test_the_words_find_their_places(name: Name, given_name: int, particles: int, family: int, suffix: str) -> None:
    written = words_of_name(name)
    assert (len(written.given), len(written.particles), len(written.family)) == (given_name, particles, family)
    assert written.suffix == suffix


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Finn*, Kelly", ("*",)),
        ("Hai Duong³", ("³",)),
        ("Hai Duong³,*", ("³,*",)),
        ("Hai Duongᵃ", ("ᵃ",)),
        ("Hai Duong (corresponding)", ("(corresponding)",)),
        ("Hai Duong $^1$", ("$^1$",)),
        (r"\textbf{Hai Duong}", (r"\textbf",)),
        ('Zhexiao "Joe" Xiong', ('"Joe"',)),
        ("Zhexiao Xiong et al.", ("et al.",)),
        ("Prof. Zhexiao Xiong", ("Prof.",)),
        ("D'Angelo, Carla-Ann M.", ()),
        ("Zhe\u200bxiao Xiong", ()),
        ("D.R. Smith", ()),
    ],
)
def test_what_is_typed_around_a_name_is_taken_out_and_told(text: str, marks: tuple[str, ...]) -> None:
    written = words_of_text(text)
    assert written.marks == marks
    assert len(written.words) >= 2


@pytest.mark.parametrize(
    ("text", "given_name", "family"),
    [
        ("Carberry, Josiah S.", "josiahs", "carberry"),
        ("Josiah S. Carberry", "josiahs", "carberry"),
        ("King, Jr., Martin", "martin", "king"),
        ("King, Martin, Jr.", "martin", "king"),
        ("Martin King, Jr.", "martin", "king"),
        ("Martin King, PhD", "martin", "king"),
        ("Jan van der Berg", "jan", "berg"),
        ("熊哲骁", "", "熊哲骁"),
    ],
)
def test_a_typed_name_is_read_with_and_without_comma(text: str, given_name: str, family: str) -> None:
    written = words_of_text(text)
    assert "".join(p.spellings[0] for word in written.given for p in word.parts) == given_name
    assert "".join(p.spellings[0] for word in written.family for p in word.parts) == family


@pytest.mark.parametrize("text", ["A. Lee and B. Kim", "Lee; Kim", "Lee, A., Kim, B.", "Lee & Kim", "Lee et al."])
def test_a_text_that_holds_several_names_says_so(text: str) -> None:
    assert words_of_text(text).shared


def test_a_list_of_two_in_medlines_way_is_no_name_of_one() -> None:
    assert words_of_name(Name(literal="Smith J, Doe JK")).shared
    assert not words_of_name(Name(literal="Smith, Doe JK")).shared


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Zhexiao Xiong", "Xiong, Zhe-Xiao", Level.EXACT),
        ("Toby Dylan Hocking", "Hocking, Toby", Level.FULL),
        ("Toby Dylan Hocking", "TD Hocking", Level.INITIALS),
        ("Toby Hocking", "T. D. Hocking", Level.PERHAPS),
        ("Toby Hocking", "Tony Hocking", Level.NO),
    ],
)
def test_two_names_are_more_or_less_alike(one: str, other: str, level: Level) -> None:
    assert Form(words_of_text(one)).likeness(words_of_text(other)).level == level


@pytest.mark.parametrize("word", ["zhe", "xiong", "nguyen", "thanh", "soon", "kyung", "min", "qu"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word) and is_given_name(word)


@pytest.mark.parametrize("word", ["smith", "stewart", "martin", "carberry", "x"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word) and not is_given_name(word)


def test_two_syllables_are_told_apart_and_one_is_not_divided() -> None:
    assert ("zhe", "xiao") in divisions("zhexiao")
    assert divisions("xian") == ()
    assert divisions("smith") == ()


def test_family_names_are_folded() -> None:
    assert {"xiong", "nguyen", "kim", "wong"} <= SURNAMES
    assert all(fold(name).replace("ü", "u") == name.replace("ü", "u") for name in SURNAMES)
