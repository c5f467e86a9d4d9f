"""Digits of any length are numbers, and no command ends in a traceback over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtrack.model.digits import MOST_DIGITS, int_of
from tests.cli.run import run_in

LONG = "9" * 5000


@pytest.mark.parametrize(("digits", "number"), [("0", 0), ("0042", 42), ("9" * MOST_DIGITS, 10**MOST_DIGITS - 1)])
def test_digits_are_read_exactly(digits: str, number: int) -> None:
    assert int_of(digits) == number


def test_more_digits_count_as_the_same_large_number() -> None:
    assert int_of(LONG) == int_of("1" * 400_000) == 10**MOST_DIGITS


def test_what_is_not_decimal_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        int_of("²")


@pytest.mark.parametrize("field", ["pages", "edition", "volume", "number", "year"])
@pytest.mark.parametrize(
    "words",
    [["render", "--style", "apa"], ["render", "--style", "chicago-author-date"], ["render", "--sort", "volume"],
     ["check"], ["export"], ["list"]],
    ids=" ".join,
)  # fmt: skip
def test_no_command_fails_over_five_thousand_digits(field: str, words: list[str], tmp_path: Path) -> None:
    value = f"{LONG}--{LONG}" if field == "pages" else LONG
    (tmp_path / "refs.bib").write_text(
        f"@book{{a, author = {{Doe, Jane}}, title = {{One}}, {field} = {{{value}}}}}\n"
        f"@article{{b, author = {{Roe, Ann}}, title = {{Two}}, journal = {{J}}, {field} = {{{value}}}}}\n"
    )
    result = run_in(tmp_path, *words, "--bib", "refs.bib")
    assert result.code in (0, 1)
    assert "internal error" not in result.err


def test_a_number_of_a_configuration_may_not_be_so_long(tmp_path: Path) -> None:
    (tmp_path / "pubtrack.toml").write_text(f"[lists.cv]\nmax_authors = {LONG}\n")
    result = run_in(tmp_path, "list")
    assert result.code == 1
    assert result.err.endswith("pubtrack.toml: not valid TOML: a number is too long\n")
