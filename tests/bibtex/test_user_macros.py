r"""Macros of a store's preambles: read as definitions, expanded where text is shown, kept in LaTeX's formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack import Library, render
from pubtrack.bibtex.user_macros import UserMacro, expand_fields, read_definitions
from tests.linear import grows_linearly

PREAMBLE = r"""\newcommand{\TeV}{\,\mathrm{TeV}} \renewcommand\PW{W} \providecommand{\pair}[2]{#1--#2}
\newcommand{\opt}[2][x]{#1:#2} \def\twice#1{#1#1} \let\ET\twice \DeclareMathOperator{\Tr}{Tr}
\newcommand\LHC{{LHC}\xspace}"""


def test_definitions_of_every_kind_are_read() -> None:
    assert read_definitions([PREAMBLE]) == {
        "TeV": UserMacro(0, r"\,\mathrm{TeV}"),
        "PW": UserMacro(0, "W"),
        "pair": UserMacro(2, "#1--#2"),
        "opt": UserMacro(2, "#1:#2", "x"),
        "twice": UserMacro(1, "#1#1"),
        "ET": UserMacro(0, r"\twice"),
        "Tr": UserMacro(0, r"\operatorname{Tr}"),
        "LHC": UserMacro(0, r"{LHC}\xspace"),
    }


@pytest.mark.parametrize(
    ("written", "expanded"),
    [
        (r"a \PW{} b", "a W b"),
        (r"a \PW\ b", r"a W\ b"),
        (r"\pair{a}{b} and \pair cd", "a--b and c--d"),
        (r"\opt{b} \opt[a]{b}", "x:b a:b"),
        (r"\twice{\PW}", "WW"),
        (r"at the \LHC and", "at the {LHC} and"),
        (r"\unknown{\PW}", r"\unknown{W}"),
        (r"\\PW", r"\\PW"),
        (r"\pair{a", "{--a"),
    ],
)
def test_macros_in_text_are_expanded(written: str, expanded: str) -> None:
    fields, formulas = expand_fields({"title": written}, read_definitions([PREAMBLE]))
    assert (fields["title"], formulas) == (expanded, {})


@pytest.mark.parametrize("written", [r"$13\TeV$", r"\(13\TeV\)", r"$$13\TeV$$", r"\ensuremath{13\TeV}", r"\[13\TeV\]"])
def test_a_formula_keeps_what_was_written(written: str) -> None:
    fields, formulas = expand_fields({"title": f"at {written} now"}, read_definitions([PREAMBLE]))
    assert formulas == {r"13\,\mathrm{TeV}": r"13\TeV"}
    assert fields["title"] == f"at {written} now".replace(r"\TeV", r"\,\mathrm{TeV}")


@pytest.mark.parametrize(
    "preamble",
    [r"\newcommand{\a}{\a}", r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}", r"\newcommand{\a}[1]{#1#1\a{#1#1}}"],
)
def test_what_goes_in_a_circle_or_grows_without_bound_stays_as_it_is(preamble: str) -> None:
    fields, _ = expand_fields({"title": r"x \a{y} z"}, read_definitions([preamble]))
    assert fields["title"] == r"x \a{y} z"


def test_addresses_and_verbatim_values_are_not_touched() -> None:
    fields, _ = expand_fields({"url": r"https://x.y/\PW"}, read_definitions([PREAMBLE]))
    assert fields["url"] == r"https://x.y/\PW"


PIECES = [*PREAMBLE.split(), *r"\PW \pair \opt \twice \ET { } [ ] $ $$ \( \) \ensuremath a \\ # #1 ^ _".split()]


@given(st.lists(st.sampled_from(PIECES)).map(" ".join), st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_text_raises(preamble: str, value: str) -> None:
    expand_fields({"title": value}, read_definitions([preamble, PREAMBLE]))


@pytest.mark.parametrize("piece", [r"\pair{", r"\opt[", r"\PW ", r"\twice{a}", "$", r"\ensuremath{", r"\(", "{"])
def test_long_values_take_time_in_proportion(piece: str) -> None:
    definitions = read_definitions([PREAMBLE])
    assert grows_linearly(lambda size: expand_fields({"title": r"\PW" + piece * size}, definitions), small=500)


STORE = rb"""@preamble{"\newcommand{\TeV}{\,\mathrm{TeV}}" # "\newcommand{\PW}{W}\newcommand{\evil}[1]{a+b}"}
@article{a, title={Search for $\PW^+ \to \ell\nu$ at $\sqrt{s}=13\TeV$ with \PW{}s}, journal={J}, year=2021}
@article{b, title={$\evil{\input{/etc/passwd}}$ and $\evil{\csname x\endcsname}$ and $\evil{^^5cinput}$}, year=2021}
"""


def test_latex_prints_formulas_with_the_authors_macros_and_other_formats_what_they_mean() -> None:
    library = Library.parse(STORE)
    latex = str(render([library["a"]], to="latex"))
    assert r"Search for $\PW^+ \to \ell\nu$ at $\sqrt{s}=13\TeV$ with Ws" in latex
    assert "Search for W⁺ →ℓν at √s=13 TeV with Ws" in str(render([library["a"]], to="text"))


def test_a_formula_whose_arguments_act_is_printed_expanded() -> None:
    latex = str(render([Library.parse(STORE)["b"]], to="latex"))
    assert latex.count("$a+b$") == 3
    for word in ("input", "csname", "evil", "^"):
        assert word not in latex
