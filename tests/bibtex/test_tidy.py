"""fmt: layout alone changes, twice is as once, and what is not layout stands as it did."""

from __future__ import annotations

import pytest

from pubtrack.bibtex import tidy as layout
from pubtrack.bibtex.document import parse
from pubtrack.bibtex.tidy import Options, tidy
from pubtrack.model.errors import PubtrackError

UNTIDY = """\ufeff

% top
@STRING( jn = {J} # " x" )
@String{b = "B"}
% about one
@Article{one , Title={A
   long  title}, % why
  YEAR=2001,,  author = "A"}  remark
@misc{two} @misc(three, a=b # c % see
, note = {x @y{z}}
)



free text
  goes on



@PREAMBLE {  "x"  }
@comment{Keep  This}
@misc{four % odd
 , a % why
 = {1}}
"""

TIDY = """\ufeff% top
@string(jn = {J} # " x")
@string{b = "B"}
% about one
@Article{one , Title={A
   long  title}, % why
  YEAR=2001,,  author = "A"}  remark

@misc{two,
}

@misc(three,
  a    = b # c, % see
  note = {x @y{z}},
)

free text
  goes on

@preamble{"x"}
@comment{Keep  This}

@misc{four % odd
 , a % why
 = {1}}
"""


def test_a_file_is_tidied_but_for_what_is_broken_or_holds_odd_comments() -> None:
    assert tidy(UNTIDY) == TIDY
    assert tidy(TIDY) == TIDY


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Options(), "@article{k,\n  title  = {T},\n  author = {A},\n}\n\n@misc{l,\n}\n"),
        (Options(indent=4, align=False), "@article{k,\n    title = {T},\n    author = {A},\n}\n\n@misc{l,\n}\n"),
        (Options(lower=False), "@Article{k,\n  TITLE  = {T},\n  author = {A},\n}\n\n@misc{l,\n}\n"),
        (Options(trailing_comma=False), "@article{k,\n  title  = {T},\n  author = {A}\n}\n\n@misc{l,\n}\n"),
        (Options(blank_lines=0), "@article{k,\n  title  = {T},\n  author = {A},\n}\n@misc{l,\n}\n"),
    ],
)
def test_options(options: Options, expected: str) -> None:
    assert tidy("@Article{k, TITLE={T}, author={A}}@misc{l}", options) == expected


def test_line_endings_are_kept() -> None:
    assert tidy("@misc{a,b={c\r\n d}}\r\n") == "@misc{a,\r\n  b = {c\r\n d},\r\n}\r\n"


def test_sorting_takes_comments_along_and_keeps_parents_last_and_strings_in_front() -> None:
    text = """@string{a = "A"}

@inbook{c, crossref = {A1}}

% the parent
@book{a1, year = {2}}

% stands alone

@misc{b, year = 3} % b's remark

@string{z = "Z"}

@misc{a, note = z}
"""
    assert [entry.key for entry in parse(tidy(text, Options(sort="key"))).entries] == ["b", "c", "a1", "a"]
    assert [entry.key for entry in parse(tidy(text, Options(sort="-year"))).entries] == ["b", "c", "a1", "a"]
    result = tidy(text, Options(sort="key"))
    assert "% the parent\n@book{a1," in result
    assert "}\n\n% stands alone\n" in result
    assert "} % b's remark\n" in result
    assert tidy(result, Options(sort="key")) == result


def test_a_result_that_says_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof at run time is real: a layout that loses a field does not get through."""

    def lossy(text: str, entry: object, options: Options, newline: str) -> str:
        return "@misc{k,}"

    monkeypatch.setattr(layout, "_entry", lossy)
    with pytest.raises(PubtrackError, match="more than the layout"):
        tidy("@misc{k, a = {1}}")


def test_broken_entries_and_empty_texts_stand_as_they_did() -> None:
    assert tidy("@Misc{k, a = {1\n\n@misc{l, b={2}}") == "@Misc{k, a = {1\n\n@misc{l,\n  b = {2},\n}\n"
    assert tidy("") == tidy("\n\n") == ""
