"""LaTeX escapes everything special; compiled by pdfLaTeX (slow) it prints the same text again."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from pubtrack.lists.listing_model import LatexOptions, Listing
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import Mark, Span, Text, text
from pubtrack.writers import inline, write
from pubtrack.writers._math import FUNCTIONS, LETTERS, OPERATORS, read_formula
from pubtrack.writers.latex import write as write_latex
from tests.writers.samples import FRAGMENTS, HOSTILE, INVISIBLE, SAFE, SEEN, URLS, listing, squeezed
from tests.writers.test_math import PIECES

WRITTEN: dict[str, tuple[Text, str]] = {
    "special characters": (text(r"\ { } $ & # % _ |"), r"\textbackslash{} \{ \} \$ \& \# \% \_ \textbar{}"),
    "signs that are ligatures": (text("<a>"), r"\textless{}a\textgreater{}"),
    "accents without a letter": (text("^~`"), r"\textasciicircum{}\textasciitilde{}\textasciigrave{}"),
    "a quotation mark": (text('"a'), r"\symbol{34}a"),
    "ligatures": (text("a--b---c ,,d'' ?`"), r"a-{}-b-{}-{}-c ,{},d'{}' ?\textasciigrave{}"),
    "a ligature across spans": ((Span("a-", ("nocase",)), Span("-b")), "a-{}-b"),
    "letters stay": (text("Łódź “Müller” – 熊 Yıldırım"), "Łódź “Müller” – 熊 Yıldırım"),
    "composed": (text("e\u0301"), "é"),
    "blanks that are not blanks": (text("a\u00a0b\u202fc\u2011d\u00ade\u200bf"), r"a~b\,c\mbox{-}d\-e\allowbreak{}f"),
    "a Greek letter is a symbol": (text("β-catenin ≤ −1"),
    r"\ensuremath{\beta}-catenin \ensuremath{\le} \ensuremath{-}1"),
    "Greek words are words": (text("Η πόλη"), "Η πόλη"),
    "marks": (
        (Span("a", ("bold",)), Span("b", ("italic",)), Span("c", ("sup",)), Span("d", ("sub",)),
         Span("e", ("small-caps",)), Span("f", ("underline",))),
        r"\textbf{a}\textit{b}\textsuperscript{c}\textsubscript{d}\textsc{e}\underline{f}",
    ),
    "a link": (
        (Span("a_b", (), r"https://x.y/a_b?c=1&d=%20#e~f{g}\h"),),
        r"\href{https://x.y/a_b?c=1\&d=\%20\#e\%7Ef\%7Bg\%7D\%5Ch}{a\_b}",
    ),
    "no link": ((Span("a", (), r"javascript:\evil"),), "a"),
    "math": ((Span("n^2 α", ("math",)),), r"$n^2 \alpha$"),
    "math beside math": ((Span("a", ("math",)), Span("b", ("math",))), "$a b$"),
    "no math": ((Span(r"\input{x}", ("math",)),), r"\$\textbackslash{}input\{x\}\$"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRITTEN)
def test_written(case: str) -> None:
    value, expected = WRITTEN[case]
    assert inline(value, "latex") == expected


def test_invisible_characters_are_gone() -> None:
    assert inline(text(INVISIBLE), "latex") == SEEN


ENTRIES = (text("[1] A"), text("*B"), (Span("C", display="block"), Span("d", display="block")))
ITEMS = {
    (r"\item", ""): (r"\item {[}1] A", r"\item {*}B"),
    (r"\item", "3]"): (r"\item[{3]}] [1] A", r"\item[{3]}] *B"),
    (r"\item[{number}]", "3."): (r"\item[{3.}] {[}1] A", r"\item[{3.}] {*}B"),
    (r"\cvlistitem{}", "3."): (r"\cvlistitem{3. [1] A}", r"\cvlistitem{3. *B}"),
    (r"\cvitem{}{}", "3."): (r"\cvitem{3.}{[1] A}", r"\cvitem{3.}{*B}"),
    (r"\cvitem{number}{}", "3."): (r"\cvitem{3.}{[1] A}", r"\cvitem{3.}{*B}"),
    (r"\cvitem{number}{}", ""): (r"\cvitem{}{[1] A}", r"\cvitem{}{*B}"),
    (r"\cventry{year}{}{}{}{}{}", ""): (r"\cventry{}{[1] A}{}{}{}{}", r"\cventry{}{*B}{}{}{}{}"),
    (r"\entry{key}{text}", "3."): (r"\entry{key0}{3. [1] A}", r"\entry{key1}{3. *B}"),
}


@pytest.mark.parametrize(("item", "number"), ITEMS)
def test_an_entry_is_an_item_or_an_argument(item: str, number: str) -> None:
    made = write_latex(with_latex(listing(*ENTRIES[:2], number=number), item=item))
    assert made == "\n\n".join(ITEMS[item, number]) + "\n"


def with_latex(made: Listing, **options: Any) -> Listing:
    sections = tuple(replace(section, latex=LatexOptions(**options)) for section in made.sections)
    return replace(made, sections=sections)


def test_a_list_is_a_list_with_headings_and_a_legend_apart() -> None:
    made = write(listing(text("A"), title="50%", legend="* equal"), "latex")
    assert made.startswith("\\subsection*{50\\%}\n\n\\begin{list}{}{%\n")  # type: ignore[arg-type]
    assert made.endswith("\\item[] A\n\\end{list}\n\n\\par\\medskip\\noindent * equal\n")  # type: ignore[arg-type]


def test_labels_of_all_sections_are_as_wide_as_the_widest() -> None:
    sections = [*listing(text("A"), title="X", number="9.").sections, *listing(text("B"), number="100.").sections]
    made = write_latex(Listing(tuple(sections)))
    assert made.count("\\settowidth{\\labelwidth}{100.}") == 2
    assert "\\item[{9.}] A" in made


def test_an_environment_a_heading_and_labels_of_ones_own() -> None:
    made = with_latex(
        listing(text("A"), title="50%", number="[3]"),
        environment="etaremune[start=9]",
        heading=r"\cvsection",
        labels=True,
    )
    assert write_latex(made) == (
        "\\cvsection{50\\%}\n\n\\begin{etaremune}[start=9]\n\\item[{[3]}] "
        "\\ifdefined\\phantomsection\\phantomsection\\fi\\expandafter\\def\\csname @currentlabel\\endcsname{3}"
        "\\label{pub:key0}A\n\\end{etaremune}\n"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"item": r"\input{/etc/passwd}"}, r"item: \input has no place in a list"),
        ({"item": r"\immediate\write18{ls}"}, r"item: \immediate has no place in a list"),
        ({"heading": r"\subsection*{"}, r"heading: the braces of \subsection*{ do not match"),
        ({"heading": "\\subsection*{} %"}, "heading: a % or a line break would hide what follows"),
        ({"environment": "{x}"}, 'environment: "{x}" is not an environment, as enumerate or etaremune[start=9] is'),
        ({"environment": r"list}\def\x{y}\begin{list"}, r"environment: \def has no place in a list"),
    ],
)
def test_a_template_that_does_more_than_set_text_is_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(PubtrackError) as caught:
        write_latex(with_latex(listing(text("A")), **options))
    assert str(caught.value).startswith(message)


# Needs pdfLaTeX and poppler. They may be absent from a machine, but not from CI.
compiled = pytest.mark.skipif(
    not os.environ.get("CI") and not (shutil.which("pdflatex") and shutil.which("pdftotext")),
    reason="pdflatex or pdftotext is not installed",
)


def compile_latex(source: str, folder: Path) -> str:
    """What pdfLaTeX, stopping at the first error, prints of `source`."""
    (folder / "a.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "a.tex"]
    result = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    assert result.returncode == 0, result.stdout[-2000:]
    shown = subprocess.run(["pdftotext", "-raw", "a.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return shown.stdout.decode("utf-8").replace("\f", "")


WIDE = (
    "\\documentclass{article}\n\\usepackage{cmap}\\usepackage[T1]{fontenc}\\usepackage{amsmath,amssymb,hyperref}\n"
    "\\paperwidth=16000pt\\paperheight=9000pt\\textwidth=15900pt\\textheight=8800pt\\hoffset=-1in\\voffset=-1in\n"
    "\\oddsidemargin=9pt\\topmargin=0pt\\headheight=0pt\\headsep=0pt\\pagestyle{empty}\\parskip=9pt\n"
    "\\newcommand\\cvlistitem[1]{\\par\\noindent #1}\n\\begin{document}\n"
)
"""A page so wide that each entry is one line of what pdftotext reads."""


PLAIN_LOOKS: tuple[Mark, ...] = ("bold", "italic", "small-caps")  # raised text leaves the line of pdftotext


def as_printed(value: str) -> str:
    return squeezed(value).replace("'", "’")


@pytest.mark.slow
@compiled
@pytest.mark.parametrize("item", ["", r"\cvlistitem{}"])
def test_every_text_compiles_and_reads_back(item: str, tmp_path: Path) -> None:
    chance = random.Random(21)
    known = [fragment for fragment in FRAGMENTS if not re.search("[熊。†€]", fragment)]  # what T1 has and poppler reads
    values: list[Text] = [text(HOSTILE[kind]) for kind in HOSTILE if kind != "letters"]
    while len(values) < 400:
        looks = [tuple(chance.sample(PLAIN_LOOKS, chance.randint(0, 2))) for _ in range(4)]
        spans = tuple(Span("".join(chance.choices(known, k=4)), look, chance.choice(URLS)) for look in looks)
        if squeezed("".join(span.text for span in spans)):
            values.append(spans)
    source = (
        WIDE
        + write_latex(with_latex(listing(*values), environment="none", item=item or "\\noindent"))
        + "\\end{document}\n"
    )
    lines = [line for line in compile_latex(source, tmp_path).splitlines() if line.strip()]
    assert [as_printed(line) for line in lines] == [as_printed("".join(s.text for s in value)) for value in values]
    assert set(re.findall(r'<a href="(.*?)"', as_xml(tmp_path))) == {escape(url) for url in SAFE.values()}


def as_xml(folder: Path) -> str:
    """What poppler finds in a.pdf: texts with their fonts and links."""
    command = ["pdftohtml", "-xml", "-stdout", "-i", "a.pdf"]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.slow
@compiled
def test_bold_is_a_bold_font_and_lists_number_literally(tmp_path: Path) -> None:
    value = (Span("Zhexiao Xiong", ("bold",)), Span(", Xu Zhao. "), Span("Title", ("italic",)), Span(" $ "))
    source = (
        "\\documentclass{article}\\usepackage{hyperref}\\begin{document}\n\\begin{enumerate}\n"
        + write_latex(with_latex(listing(value, text("[x]"), number="J7."), item="\\item"))
        + write_latex(with_latex(listing(text("[y]")), item="\\item"))
        + "\\end{enumerate}\n\\end{document}\n"
    )
    shown = compile_latex(source, tmp_path)
    assert re.findall(r"J7\..*|1\..*", shown) == ["J7. Zhexiao Xiong, Xu Zhao. Title $", "J7. [x]", "1. [y]"]
    xml = as_xml(tmp_path)
    fonts = dict(re.findall(r'<fontspec id="(\d+)"[^>]*family="[A-Z]*\+?(\w+)"', xml))
    set_in = {shown: fonts[number] for number, shown in re.findall(r'font="(\d+)">(.*?)</text>', xml)}
    assert (set_in["Zhexiao Xiong"], set_in["Title"], set_in[", Xu Zhao."]) == ("CMBX10", "CMTI10", "CMR10")


@pytest.mark.slow
@compiled
def test_a_document_compiles(tmp_path: Path) -> None:
    math = (
        Span("O("),
        Span(r"\sqrt{n} \leq \frac{1}{2}\mathbb{R}_{i,j}^{2} \text{if } \hat{x}'", ("math",)),
        Span(")"),
    )
    values = [text(HOSTILE[kind]) for kind in HOSTILE if kind != "letters"]
    letters = text("Ærøskøbing Łódź Đorđe é † ‡ § € ° × ± α ≤ → ∞ — … • ™ ′ ½ ³ \u00a0\u2009\u202f\u2011\u200b\u200e")
    made = write(listing(*values, letters, math, title=HOSTILE["ascii"], legend="† equal"), "latex", standalone=True)
    assert "Publications" not in compile_latex(str(made), tmp_path)


@pytest.mark.slow
@compiled
def test_every_formula_that_is_let_through_compiles(tmp_path: Path) -> None:
    chance = random.Random(22)
    symbols = [rf"\{name} x" for name in (*LETTERS, *OPERATORS, *FUNCTIONS)]
    symbols += [
        rf"\{name}{{x}}" for name in "mathbb mathcal mathfrak mathsf boldsymbol operatorname overline vec sqrt".split()
    ]
    pieces = [
        *PIECES,
        "{x}",
        "^2",
        "_{i,j}",
        r"\frac{a}{b}",
        r"\sqrt{x^2}",
        r"\left(",
        r"\right]",
        r"\text{if }",
        r"\hat{x}",
    ]
    made = [tex for _ in range(20000) if read_formula(tex := "".join(chance.choices(pieces, k=chance.randint(1, 9))))]
    assert len(set(made)) > 500
    values = [(Span(tex, ("math",)), Span(" end")) for tex in [*symbols, *sorted(set(made))]]
    assert all(read_formula(value[0].text) for value in values)
    source = WIDE + write_latex(listing(*values)) + "\\end{document}\n"
    assert compile_latex(source, tmp_path).count("end") == len(values)


def test_labels_of_words_begin_at_one_edge_and_numbers_end_at_the_other() -> None:
    made = write_latex(listing(text("A"), number="CHI ’18"))
    assert r"\item[{CHI ’18\hfill}] A" in made
    assert r"\item[{[3]}] A" in write_latex(listing(text("A"), number="[3]"))
