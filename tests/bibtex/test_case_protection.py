"""Braces around acronyms in titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.bibtex.case_protection import protect_words, with_commands_kept
from pubtrack.bibtex.latex import characters, decode
from tests.bibtex.test_reencode import VALUES


@pytest.mark.parametrize(
    ("title", "braced"),
    [
        ("NeRF in 3D: A GPT-4 and mRNA Study", "{NeRF} in {3D}: A {GPT-4} and {mRNA} Study"),
        ("{NeRF} and the {iPhone}", "{NeRF} and the {iPhone}"),
        ("{{GPU}} use", "{{GPU}} use"),
        ("The GPU's Cost", "The {GPU}'s Cost"),
        ("BERT-based COVID-19 X-ray T-cells", "{BERT}-based {COVID-19} X-ray T-cells"),
        ("On $O(N^2)$ and $GPU$", "On $O(N^2)$ and $GPU$"),
        (r"\emph{NeRF} and {\em GPU}", r"\emph{NeRF} and {\em GPU}"),
        (r"AT\&T and \LaTeX{} for PDEs", r"{AT}\&T and \LaTeX{} for {PDEs}"),
        (r"\'ETUDE of \"Uber GPUs \ldots and GPUs", r"\'ETUDE of \"Uber {GPUs} \ldots and {GPUs}"),
        ("A Plain Title, I Think", "A Plain Title, I Think"),
        ("ON THE THEORY OF ROPES", "ON THE THEORY OF ROPES"),
        ("McDonald and O'Brien", "{McDonald} and O'Brien"),
        ("Élan and ÉLAN for H2", "Élan and {ÉLAN} for {H2}"),
        (r"See \url{https://X.org/ABC}", r"See \url{https://X.org/ABC}"),
        ("GPU", "{GPU}"),
        ("", ""),
    ],
)
def test_acronyms_and_inner_capitals_alone(title: str, braced: str) -> None:
    assert protect_words(title) == braced
    assert protect_words(braced) == braced


@given(VALUES, st.sampled_from(["GPU ", " mRNA", "NeRF-2", ""]))
def test_what_is_printed_stays(value: str, word: str) -> None:
    title = f"{word}{value} and {word}".replace("\u00a0", "~")
    assert characters(protect_words(title)) == characters(title)
    assert protect_words(protect_words(title)) == protect_words(title)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (r"On $O(n^2)$ and $x$ with \LaTeX{} or \TeX", r"On {$O(n^2)$} and $x$ with {\LaTeX}{} or {\TeX}"),
        (r"{On $O(n)$ and \LaTeX} \emph{$N$}", r"{On $O(n)$ and \LaTeX} \emph{$N$}"),
        (r"$\Gamma$-rays, \O re", r"{$\Gamma$}-rays, \O re"),
    ],
)
def test_formulas_and_logos_are_out_of_reach_of_bibtex(title: str, kept: str) -> None:
    assert with_commands_kept(title) == kept
    assert with_commands_kept(kept) == kept
    assert decode(kept) == decode(title)
