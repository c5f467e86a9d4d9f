"""Math is passed on as TeX only where it is of a small language that can neither break out nor fail to compile."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.model.richtext import Span, plain, text
from pubtrack.writers._math import FUNCTIONS, LETTERS, OPERATORS, formula_in_characters, read_formula, spell_math

FORMULAS = {
    "x": ("x", "x"),
    "n^2": ("n^2", "n²"),
    "n^{12}_i": ("n^{12}_i", "n¹²ᵢ"),
    r"O(n \log n)": (r"O(n \log n)", "O(n log n)"),
    r"\alpha_1\beta": (r"\alpha_1\beta", "α₁β"),
    r"\alpha x": (r"\alpha x", "αx"),
    "α≤5": (r"\alpha\le 5", "α≤5"),
    r"k\ge-1": (r"k\ge-1", "k≥−1"),
    r"\frac{a}{bc}": (r"\frac{a}{bc}", "a/(bc)"),
    r"\sqrt{x}": (r"\sqrt{x}", "√x"),
    r"\mathbb{R}^{n+1}": (r"\mathbb{R}^{n+1}", "ℝⁿ⁺¹"),
    r"\text{if } x": (r"\text{if } x", "if  x"),
    r"\left(x\right]": (r"\left(x\right]", "(x]"),
    r"\left\{x\right.": (r"\left\{x\right.", "{x"),
    "f''^b_a": ("f''^b_a", "f′′^bₐ"),
    "f'_a": ("f'_a", "f′ₐ"),
    r"a\ b~c\,d": (r"a\;b\;c\,d", "a b c d"),
    r"x^{y^2}": (r"x^{y^2}", "x^(y²)"),
    r"\hat{x}": (r"\hat{x}", "x\u0302"),
    r"5\%": (r"5\%", "5%"),
    " x ": ("x", "x"),
    r"^+\Pi_1": (r"^+\Pi_1", "⁺Π₁"),
    r"x^\mathrm{GKMS}": (r"x^{\mathrm{GKMS}}", "x^(GKMS)"),
    r"4^{\textrm{ème}}": (r"4^{\textrm{ème}}", "4^(ème)"),
}  # fmt: skip

REFUSED = [
    "", " ", r"\input{x}", r"\write18{rm}", r"\def\x{}", r"\catcode`\$=1", r"\csname x\endcsname", r"\end{document}",
    r"\begin{x}", "^^5c", "a^b^c", "a^b ^c", "a^b~'_c _d", "a_b_c", "a^", "a_", "a^_b", "{", "}", "{a", "a}",
    "}{", "$", "$x$", "a$b", "%", "a%", "#1",
    "a&b", r"\\", "\\", "a\\", r"\frac{a}", r"\frac12", r"\sqrt x", r"\hat", r"\left(x", r"\right)", r"\left x\right)",
    r"\text{a_b}", r"\text{a\b}", r"\text{a{b}c}", r"\text{a", r"\text", r"\text a", r"\undefined", r"x^\hat{x}", r'"',
    "`", "é", "\n", "x^'", "f'_a^b", "f'_a'",
    r"x^\frac{a}{b}", r"\$", r"\href{a}{b}", r"\color{red}", "{" * 1000 + "}" * 1000, "x" + "^{y" * 500 + "}" * 500,
]  # fmt: skip


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_is_checked_and_reads(tex: str) -> None:
    expected = FORMULAS[tex]
    found = read_formula(tex)
    assert (found and (found.tex, formula_in_characters(tex))) == expected


@pytest.mark.parametrize("tex", REFUSED)
def test_anything_else_is_no_formula(tex: str) -> None:
    assert read_formula(tex) is None
    assert formula_in_characters(tex) == f"${tex}$"


COMMANDS = r"\\([A-Za-z]+)"
PIECES = ["x", "1", "{", "}", "^", "_", "'", " ", "~", "\\", "$", "%", "#", "&", "\\alpha", "\\frac", "\\sqrt",
          "\\left", "\\right",
          "(", ")", "\\text", "\\input", "\\,", "\\ ", "\\{", "\\log", "\\hat", "\n", "^^", "é", "≤"]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_what_is_let_through_cannot_break_out(tex: str) -> None:
    found = read_formula(tex)
    if found is None:
        return
    others = "quad frac sqrt left right text hat".split()
    assert set(re.findall(COMMANDS, found.tex)) <= {*LETTERS, *OPERATORS, *FUNCTIONS, *others}
    bare = re.sub(r"\\[^A-Za-z]", "", found.tex)
    assert not re.search(r"[$%#&\n]|\^\^|\\$", bare)
    assert bare.count("{") == bare.count("}")
    assert bare.count(r"\left") == bare.count(r"\right")
    again = read_formula(found.tex)
    assert again is not None and again.tex == found.tex


def test_scripts_become_marks_and_other_marks_stay() -> None:
    value = (Span("a "), Span("x^2_{i,j}", ("bold", "math")), Span(r"\bad", ("math",)))
    assert spell_math(value) == (
        Span("a "), Span("x", ("bold",)), Span("2", ("bold", "sup")), Span("i,j", ("bold", "sub")), Span(r"$\bad$"),
    )  # fmt: skip
    assert plain(spell_math(text("no math"))) == "no math"
