"""Numbers, labels and ordinals (CSL 1.0.2, "Number", "Label", "Ordinal Suffixes")."""

from __future__ import annotations

import pytest

from pubtrack.csl.locale import load_locale
from pubtrack.csl.number_rendering import is_plural, roman
from pubtrack.csl.variables import is_numeric
from tests.csl.mini import entry, work


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        ("2", True), ("D2", True), ("2b", True), ("L2d", True), ("2nd", True), ("2, 3", True), ("2-4", True),
        ("2 & 4", True), ("2–4", True), ("second", False), ("2nd edition", False), ("", False), ("3/4", False),
        ("1 2", False), ("Special", False),
    ],
)  # fmt: skip
def test_what_is_numeric(text: str, numeric: bool) -> None:
    """ "Choose", is-numeric."""
    assert is_numeric(text) is numeric


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        ("numeric", "2 - 4", "2–4"),
        ("numeric", "2 , 3", "2, 3"),
        ("numeric", "2&3", "2 &amp; 3"),
        ("ordinal", "2", "2nd"),
        ("ordinal", "2, 3", "2nd, 3rd"),
        ("ordinal", "11", "11th"),
        ("ordinal", "121", "121st"),
        ("ordinal", "2E", "2E"),
        ("long-ordinal", "3", "third"),
        ("long-ordinal", "12", "12th"),
        ("roman", "23", "xxiii"),
        ("roman", "4, 9", "iv, ix"),
        ("ordinal", "Special edition", "Special edition"),
        ("no-such-form", "7", "7"),
    ],
)
def test_forms(form: str, value: str, expected: str) -> None:
    assert entry(f'<number variable="edition" form="{form}"/>', work(edition=value)) == expected


def test_a_range_of_bare_numbers_has_its_dash_in_text_too() -> None:
    assert entry('<text variable="issue"/>', work(issue="3-4")) == "3–4"
    assert entry('<text variable="number"/>', work(number="TR-2001-12")) == "TR-2001-12"


def test_ordinals_agree_with_the_noun_in_gender() -> None:
    """ "Gender-specific Ordinals": a French edition is feminine, an issue masculine."""
    french = 'default-locale="fr-FR"'
    assert entry('<number variable="edition" form="ordinal"/>', work(edition="1"), attributes=french) == (
        "1<sup>r</sup><sup>e</sup>"
    )
    assert entry('<number variable="edition" form="long-ordinal"/>', work(edition="2"), attributes=french) == "deuxième"


TERMS = """<locale><terms><term name="ordinal">o</term><term name="ordinal-01">A</term>
<term name="ordinal-02" match="whole-number">B</term><term name="ordinal-03" match="last-two-digits">C</term>
<term name="ordinal-11">D</term><term name="ordinal-12" match="whole-number">E</term></terms></locale>"""


@pytest.mark.parametrize(
    ("number", "suffix"),
    [
        (1, "A"),
        (21, "A"),
        (2, "B"),
        (22, "o"),
        (3, "C"),
        (103, "C"),
        (13, "o"),
        (11, "D"),
        (111, "D"),
        (12, "E"),
        (112, "o"),
    ],
)
def test_the_most_specific_ordinal_term_wins_and_a_style_replaces_all(number: int, suffix: str) -> None:
    """ "Ordinal Suffixes": match, and that any redefinition replaces all."""
    shown = entry('<number variable="number" form="ordinal"/>', work(number=str(number)), extra=TERMS)
    assert shown == f"{number}{suffix}"


def test_the_ordinals_of_csl_1_0() -> None:
    terms = "".join(f'<term name="ordinal-0{n}">{letter}</term>' for n, letter in enumerate("abcd", 1))
    locale = f"<locale><terms>{terms}</terms></locale>"
    shown = [
        entry('<number variable="number" form="ordinal"/>', work(number=str(n)), extra=locale)
        for n in (1, 11, 2, 33, 4, 10)
    ]
    assert shown == ["1a", "11d", "2b", "33c", "4d", "10d"]


@pytest.mark.parametrize(("number", "numeral"), [(1, "i"), (1994, "mcmxciv"), (0, "0"), (4000, "4000")])
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@pytest.mark.parametrize(
    ("variable", "text", "plural"),
    [
        ("page", "3", False), ("page", "3-5", True), ("page", "3, 5", True), ("page", "3\\-5", False),
        ("page", "i–ix", True), ("page", "3 and 5", True), ("page", "Michaelson-Morley", False),
        ("number_of_volumes", "1", False), ("number_of_volumes", "2", True), ("volume", "2 & 4", True),
    ],
)  # fmt: skip
def test_plural_labels(variable: str, text: str, plural: bool) -> None:
    """ "Label", plural: several numbers, or a count above one."""
    assert is_plural(variable, text) is plural


@pytest.mark.parametrize(
    ("attributes", "page", "expected"),
    [
        ('form="short"', "3-5", "pp. 3–5"),
        ('form="short"', "3", "p. 3"),
        ("", "3-5", "pages 3–5"),
        ('plural="never" form="short"', "3-5", "p. 3–5"),
        ('plural="always" text-case="capitalize-first"', "3", "Pages 3"),
        ('form="short" strip-periods="true"', "3", "p 3"),
    ],
)
def test_labels(attributes: str, page: str, expected: str) -> None:
    layout = f'<group delimiter=" "><label variable="page" {attributes}/><text variable="page"/></group>'
    assert entry(layout, work(page=page)) == expected


def test_a_label_without_its_variable_prints_nothing() -> None:
    assert entry('<label variable="page"/><text variable="title"/>', work(title="T")) == "T"


def test_locales_fall_back_from_dialect_to_language_to_english() -> None:
    """ "Locale Fallback"."""
    assert load_locale("de-AT").term("and") == "und"
    assert load_locale("de").language == "de-DE"
    assert load_locale("xx-YY").term("and") == "and"
    assert load_locale("not a tag").language == "en-US"
    assert load_locale("pt_br").language == "pt-BR"
