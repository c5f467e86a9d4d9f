"""Whatever the bytes: no scanner raises, each is linear, places point at keys, plain citations are all found."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.citation_scan import FORMATS, cited_in
from tests.citation_scan.given import reader
from tests.linear import grows_linearly

PIECES = {
    "tex": (
        r"\cite \citep \textcites \volcite \newcommand \def \let \NewDocumentCommand \newenvironment \begin{verbatim} "
        r"\end{verbatim} \verb| \iffalse \else \fi \ifx \input{a} \import{b}{c} \endinput \end{document} \my #1 #2 "
        r"[ ] { } ( ) < > * = % %% , a b \\ \{ \} \url{ \DeclareAcronym{ cite= \citation{a} \usepackage[ \@ifstar "
        r"\begin{displaycquote} \newcites \if0 \newif\ifx \mintinline \href \bibliography{x}"
    ).split(),
    "typst": (
        '@a @ # #cite( <a> < > #let #for #if else #{ #( ( ) [ ] { } " ` ``` // /* */ $ \\ \\@ https:// label("a")'
        " #include include #bibliography( full: true ; = : . ,"
    ).split(),
    "markdown": (
        "@a @{ @{a} @* - [ ] ( ) ` `` ``` ~~~ <!-- --> <a > $ $$ \\ \\cite{a} {#a} {r,fig.cap= {=latex} --- "
        "... nocite: | > - 1. # {{< include >}} https:// ]( <script> (@a)"
    ).split(),
    "aux": r"\relax \citation{a} \citation{ \abx@aux@cite{0}{a} \@input{a} \bibdata{a} { } , ^^c3 \bibcite".split(),
    "keys": "a , # * \\ @ =".split(),
    "bcf": '<a> </a> <bcf:controlfile> <citekey <!DOCTYPE &amp; &x; " \' members="a" type="set" > /'.split(),
    "notebook": '{ } [ ] "cells": "cell_type":"markdown" "source": "@a" , 1 null'.split(),
    "docx": ["PK", "\x03\x04", "word/document.xml", "<w:p>"],
}


def test_every_format_is_tried() -> None:
    assert set(PIECES) == set(FORMATS)


def texts(format_: str) -> st.SearchStrategy[str]:
    """Texts that look like the format, with blanks, line ends and other letters between."""
    between = st.sampled_from(["", "", " ", "\n", "\n\n", "    ", "é"])
    return st.lists(st.tuples(st.sampled_from(PIECES[format_]), between), max_size=40).map(
        lambda parts: "".join(piece + blank for piece, blank in parts)
    )


@pytest.mark.parametrize("format_", FORMATS)
@given(st.data())
def test_no_text_makes_a_scanner_raise(format_: str, data: st.DataObject) -> None:
    files = {"d": data.draw(texts(format_)), "a": data.draw(texts(format_)), "a.tex": data.draw(texts("tex"))}
    found = cited_in(["d"], reader(files), format_=format_)
    for citation in found.citations:
        assert citation.key
        assert " ".join(citation.key.split()) == citation.key
        assert citation.line > 0
        assert citation.column > 0
    for problem in (*found.problems, *found.warnings):
        assert "\n" not in str(problem)


@pytest.mark.parametrize("format_", FORMATS)
@given(st.binary(max_size=300))
def test_no_bytes_make_a_scanner_raise(format_: str, content: bytes) -> None:
    for problem in cited_in(["d"], reader({"d": content}), format_=format_).problems:
        assert "\n" not in str(problem)


@given(st.binary(max_size=200))
def test_no_xml_within_a_package_makes_the_scanner_of_word_documents_raise(content: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", content)
    cited_in(["d"], reader({"d": stream.getvalue()}), format_="docx")


KEYS = st.lists(st.from_regex(r"[a-z][a-z0-9]{0,3}(?:[:_-][a-z0-9]{1,3})?", fullmatch=True), min_size=1, max_size=8)
WRITTEN: dict[str, Callable[[list[str]], str]] = {
    "tex": lambda keys: f"\\section{{x}} Text \\citep[see][3]{{{', '.join(keys)}}}.\n",
    "typst": lambda keys: f"Text {' '.join(f'@{key}' for key in keys)}.\n",
    "markdown": lambda keys: f"Text [{'; '.join(f'@{key}' for key in keys)}].\n",
    "aux": lambda keys: f"\\relax \n\\citation{{{','.join(keys)}}}\n\\bibdata{{x}}\n",
    "keys": lambda keys: "\n".join(keys),
}


@pytest.mark.parametrize("format_", WRITTEN)
@given(KEYS)
def test_plain_citations_are_found_in_their_order_at_their_places(format_: str, keys: list[str]) -> None:
    keys = [key for key in keys if not key.startswith(("cor-", "def-", "eq-", "fig-"))] or ["k"]
    text = WRITTEN[format_](keys)
    found = cited_in(["d"], reader({"d": text}), format_=format_)
    assert list(found.keys) == list(dict.fromkeys(keys))
    lines = text.split("\n")
    for citation in found.citations:
        assert lines[citation.line - 1][citation.column - 1 :].removeprefix("@").startswith(citation.key)


HOSTILE = {
    "tex": [
        r"\cite{",
        r"\cite[",
        r"\cite[{",
        r"\cite[\cite{a}",
        r"\cite{a}",
        r"\textcites(",
        r"\volcite{",
        r"\newcommand{\a}{",
        r"\newcommand\a[",
        r"\def\a#1{",
        r"\verb|",
        "\\verbé",
        r"\begin{verbatim}",
        r"\iffalse ",
        r"\iffalse\fi\ifx\a\b",
        r"\url{",
        r"\url{{}",
        r"\href{{",
        r"\input{",
        r"\DeclareAcronym{a}{",
        r"\DeclareAcronym{a}{cite={",
        "\\cite%\n",
        "%\n",
        r"\cite     ",
        r"\cite[ ]",
        "{",
        "}",
        r"\newenvironment{a}[1][",
        r"\NewDocumentCommand{\a}{{",
        "\\cite\n\n",
        r"\usepackage[{}",
        r"\lstinline[",
        r"\mintinline{a}{",
        r"\cite<",
        r"\citeA<\citeA[",
        r"\newcommand{\a}{\cite}",
        r"\begin{displaycquote}[",
        "\\cite{a%",
    ],
    "typst": [
        "@a",
        "#cite(",
        "#cite(<a>",
        "((<a>",
        "#let a(",
        "#let a(k) = ",
        "/*",
        "`",
        "```",
        '"',
        "#{",
        "[#{",
        "$",
        "#f[",
        "#x.y(",
        "<a",
        "https://a",
        "@a.",
        "#if x [",
        "\\",
        "#bibliography(",
        "@" + "." * 3,
        '#include "a"',
        "#label(",
        "#let a() = cite.with(",
    ],
    "markdown": [
        "@a ",
        "`",
        "`` ` ",
        "```a\n",
        "~~~\n",
        "<!-- ",
        "<!--\n",
        "<a ",
        '<a "',
        "<a '",
        "$a",
        "$$",
        "{#a",
        "{{< include a ",
        "](",
        "](<",
        "\\",
        "[@{a",
        "> ",
        "- a\n\n    b\n",
        "\\cite[",
        "\\cite{",
        "\\textcites{a}",
        "<script>",
        "<pre",
        "---\n",
        "@a:/",
        "https://a",
        "a@",
        "<a@",
        "```{r, child='a'}\n",
        "(@a) b\n",
        "{cite}`",
        "{#a b",
        "{{< include " + " " * 9,
        "\\cite(a)",
        "\n",
        "\t",
    ],
    "aux": [r"\citation{", r"\citation{a}", r"\abx@aux@cite{0}", r"\@input{a}", "^^c3", "{", r"\bibdata{"],
    "keys": ["a ", "#", "# a", ",", "a\n"],
    "bcf": ["<a>", "<a b='", "&amp;", "<citekey>a</citekey>"],
    "notebook": ["[", '{"cells":', '"', '{"a":1},'],
    "docx": ["PK\x03\x04", "PK\x05\x06", "a"],
}


@pytest.mark.parametrize(("format_", "piece"), [(format_, piece) for format_ in HOSTILE for piece in HOSTILE[format_]])
def test_work_grows_with_the_text_not_with_its_square(format_: str, piece: str) -> None:
    def run(count: int) -> None:
        cited_in(["d"], reader({"d": piece * count}), format_=format_)

    assert grows_linearly(run, small=600)


def test_many_different_pieces_stay_linear() -> None:
    def backticks(count: int) -> None:
        cited_in(["d"], reader({"d": " ".join("`" * (n % 90 + 1) for n in range(count))}), format_="markdown")

    def paragraphs(count: int) -> None:
        content = "<w:p><w:r><w:t>@a @b \\cite{c}</w:t></w:r></w:p>" * count
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr("word/document.xml", f'<w:d xmlns:w="w">{content}</w:d>')
        cited_in(["d"], reader({"d": stream.getvalue()}), format_="docx")

    def distinct(count: int) -> None:
        cited_in(["d"], reader({"d": "".join(f"\\cite{{a{n}}}\n" for n in range(count))}), format_="tex")

    for run in (backticks, paragraphs, distinct):
        assert grows_linearly(run, small=300)
