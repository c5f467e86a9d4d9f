"""Plain lists of keys."""

from __future__ import annotations

import pytest

from tests.citation_scan.given import cites, keys, said


@pytest.mark.parametrize(
    ("source", "expected"),
    {
        "a\nb\n": "a b",
        "a, b,c\n\n d": "a b c d",
        "# all of chapter 1\na # the first\n#b\nc#d": "a c#d",
        "*\n": "*",
        "a\r\na\r\n": "a",
        "": "",
    }.items(),
)
def test_a_list(source: str, expected: str) -> None:
    assert keys(source, name="cited.txt") == expected


@pytest.mark.parametrize("word", ["@article{a", r"\cite{a}", "title", '"a"'])
def test_what_is_no_list(word: str) -> None:
    found = said(cites(f"b\n {word}= x", name="cited.keys"))
    message = "is not a citation key; a list has one key a line, or commas between"
    assert found == [f'cited.keys:2:2: "{word}=" {message}']
