"""LaTeX sources: which commands cite, what LaTeX does not read, what the document defines, which files it inputs."""

from __future__ import annotations

import pytest

from pubtrack.model.errors import PubtrackError
from tests.citation_scan.given import cites, keys, reader, said

CITING = {
    r"\cite{a}": "a",
    r"\cite{a,b}": "a b",
    r"\cite{ a , b }": "a b",
    "\\cite{a,\n  b}": "a b",
    "\\cite{a,% not \\cite{no}}\n  b}": "a b",
    "\\cite{a,% the first\n  b,%\n\tc}": "a b c",
    "\\cite{a%\n  b}": "ab",
    r"\cite {a}": "a",
    "\\cite\n{a}": "a",
    "\\cite% why not\n  {a}": "a",
    r"\cite[p.~3]{a}": "a",
    r"\citep[see][p.~3]{a,b}": "a b",
    r"\citep[][]{a}": "a",
    r"\citep*{a}": "a",
    r"\citep* [see] {a}": "a",
    r"\citet[{[sic]}, p. 3]{a}": "a",
    r"\citep[see \emph{this}][p. 3]{a}": "a",
    r"\citep[see \citealt{b}]{a}": "a b",
    r"\citep[{see \cite[p. 3]{b}}][]{a}": "a b",
    r"\cite[\cite[\cite{c}]{b}]{a}\cite{d}": "a b c d",
    r"\cite[\cite{a}": "a",
    r"\citetext{see \citealt{a}; \citealp[p. 3]{b}}": "a b",
    r"\citeauthor*{a}\citeyearpar{b}\Citet{c}\Citealp{d}\citefullauthor{e}\citenum{f}": "a b c d e f",
    r"\defcitealias{a}{Paper I}\citetalias{a}\citepalias{b}": "a b",
    r"\parencite{a}\footcite{b}\footcitetext{c}\autocite*{d}\smartcite{e}\supercite{f}\textcite{g}": "a b c d e f g",
    r"\fullcite{a}\footfullcite{b}\citetitle*{c}\citedate{d}\citeurl{e}\notecite[p]{f}\pnotecite{g}\fnotecite{h}": (
        "a b c d e f g h"
    ),
    r"\textcites(pre)(post)[a][b]{a}[c]{b,c}": "a b c",
    r"\parencites{a}{b}{c} \emph{no}": "a b c",
    "\\cites[1]{a}\n  [2]{b}\n\n{no}": "a b",
    r"\footcites(see)()[1]{a}[2]{b}": "a b",
    r"\volcite{2}{a}": "a",
    r"\pvolcite[see]{2}[p.~3]{a}": "a",
    r"\volcites{1}[p]{a}{2}{b}": "a b",
    r"\citefield{a}{title}\citelist{b}{publisher}": "a b",
    r"\nocite{a,b}": "a b",
    r"\nocite{*}": "*",
    r"\nocite{a}\nocite{*}": "a *",
    r"\citeA<see>[p. 3]{a}\citeNP{b}\shortciteA{c}\fullciteA{d}\maskcite{e}\nocitemeta{f}": "a b c d e f",
    r"\citeasnoun{a}\citeaffixed{b}{see}\possessivecite{c}": "a b c",
    r"\footcitet{a}\citealtnoibidem{b}\onlinecite{c}\citeonline{d}\bibentry{e}\bstctlcite{f}": "a b c d e f",
    r"\textcquote[see][3]{a}[.]{text}\blockcquote*{b}{text}": "a b",
    r"\foreigntextcquote{german}[][3]{a}{text}\hyphenblockcquote{german}{b}{text}": "a b",
    r"\begin{displaycquote}[3]{a}text\end{displaycquote}": "a",
    r"\begin{hyphendisplaycquote}{german}{a}": "a",
    r"\mcite{a,*b,*[also][]c}": "a b c",
    r"\DeclareAcronym{x}{short = X, long = The X, cite = a}": "a",
    r"\DeclareAcronym{x}{short = X, cite = {a,b}, long = {The \emph{X}}}": "a b",
    r"\DeclareAcronym{x}{cite = [see][3]{a}, short-cite = {no}}": "a",
    r"\DeclareAcronym{x}{short = X, cite = {[see][3]{a}}}": "a",
    r"\cite{DBLP:conf/a_b+c.d-e}": "DBLP:conf/a_b+c.d-e",
    r"\cite{müller2020,王2021}": "müller2020 王2021",
    r"\footnote{See \cite{a} and~\cite{b}.}": "a b",
    r"\cite{b}\cite{a}\cite{b}": "b a",
    r"100\% sure \cite{a}": "a",
    r"\\% \cite{no}": "",
    "% \\cite{no}\n\\cite{a} % \\cite{no}": "a",
    r"\cite{}\cite{,}\cite{a,,b,}": "a b",
}

NOT_CITING = [
    r"\bibitem{no} \bibitem[No(2020)]{no2}",
    r"\citestyle{plain}\setcitestyle{square}\citereset\citeindextrue\citeindexfalse\citefullfirstfortype{no}",
    r"\DeclareCiteCommand{\mycite}{}{}{}{}",
    r"\newcites{own}{Own papers}",
    r"\newcommand{\x}{\cite}",
    r"\ref{no}\label{no}\citation{no}\mancite\citesetup{no}",
    r"\excite{no}\calcite{no}\shortcites{no}",
    r"\verb|\cite{no}| \verb*+\cite{no}+ \lstinline{\cite{no}} \lstinline[language=TeX]!\cite{no}!",
    r"\mintinline{tex}{\cite{no}} \mintinline[x]{tex}|\cite{no}| \url{\cite{no}}",
    *(f"\\begin{{{name}}}\n\\cite{{no}} % \\end{{other}}\n\\end{{{name}}}" for name in (
        "verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "filecontents*"
    )),
    r"\iffalse \cite{no} \ifx\a\b \cite{no} \else \cite{no} \fi \cite{no} \fi",
    "\\if0\n\\cite{no}\n\\fi",
    r"\newif\ifdraft \iffalse \ifdraft \cite{no} \fi \cite{no} \fi",
    r"\iftrue \else \cite{no} \fi",
    r"\end{document} \cite{no} \nocite{*}",
    "\\endinput\n\\cite{no}",
    r"\DeclareAcronym{x}{short = X, long = {cite {no}}}",
    r"\lstnewenvironment{py}{}{}\begin{py}\cite{no}\end{py}",
    r"\newminted{python}{}\begin{pythoncode}\cite{no}\end{pythoncode}",
    r"\newenvironment{note}{\comment}{\endcomment}\begin{note}\cite{no}\end{note}",
    r"\excludecomment{private}\begin{private}\cite{no}\end{private}",
    r"\newcommand{\citeneeded}[1]{[?#1]}\citeneeded{no}",
]  # fmt: skip

DEFINING = {
    r"\newcommand{\my}{\citep}\my[see][3]{a}": "a",
    r"\newcommand\my\citep\my{a}": "a",
    r"\newcommand*{\my}{\citep[see]}\my{a}": "a",
    r"\newcommand{\my}[1]{(\citealt{#1})}\my{a,b}": "a b",
    r"\newcommand{\my}[2][]{\citep[#1]{#2}}\my[3]{a}\my{b}": "a b",
    r"\newcommand{\my}[2]{\textbf{#1}\cite{#2}}\my{text}{a}": "a",
    r"\newcommand{\my}[3]{\cite{#1}#2\cite{#3}}\my{a}{no}{b}": "a b",
    r"\newcommand{\my}[1]{#1, \citep}\my{text}[3]{a}": "a",
    r"\newcommand{\my}{\@ifstar{\citet}{\citep}}\my*{a}": "a",
    r"\newcommand{\my}{see \cite{a}}": "a",
    r"\def\my#1{\cite{#1}}\my{a}": "a",
    r"\long\def\my[#1]#2{\cite[#1]{#2}}\my[3]{a}": "a",
    r"\gdef\my{\citet}\my{a}": "a",
    r"\let\my\citet\my{a}": "a",
    r"\let\my=\citet \my[3]{a}": "a",
    r"\NewCommandCopy{\my}{\citet}\my{a}": "a",
    r"\let\old\cite\renewcommand{\cite}[1]{\textcolor{blue}{\old{#1}}}\cite{a}": "a",
    r"\renewcommand{\citet}[1]{\colored{#1}}\citet{a}": "a",
    r"\NewDocumentCommand{\my}{s O{} m m}{\textit{#3}\cite[#2]{#4}}\my*[3]{text}{a}": "a",
    r"\DeclareDocumentCommand\my{>{\SplitList;}m m}{\cite{#2}}\my{text}{a}": "a",
    r"\DeclareCiteCommand{\my}[\mkbibparens]{\usebibmacro{prenote}}{\usebibmacro{cite}}{}{}\my[3]{a}": "a",
    r"\DeclareMultiCiteCommand{\my}{\cite}{\addcomma}\my{a}[3]{b}": "a b",
    r"\newcites{own,web}{Own,Web}\citeown{a}\nociteweb{b}\citepown[3]{c}": "a b c",
    r"\newcommand{\outer}[1]{\newcommand{\inner}[1]{\cite{##1}}}\my \cite{a}": "a",
    r"\newcommand{\smith}{smith2020}\cite{\smith,b}": "smith2020 b",
    r"\newcommand{\all}{a,b}\cite{\all}": "a b",
    r"\newenvironment{said}[1]{\quote\cite{#1}}{\endquote}\begin{said}{a}text\end{said}": "a",
    r"\newcommand{\x}{\iffalse}\newcommand{\y}{\fi}\cite{a}": "a",
    r"\newcommand{\x}{\begin{comment}}\newcommand{\y}{\end{comment}}\cite{a}": "a",
    "\\newif\\ifdraft \\ifdraft \\cite{a}\\else \\cite{b}\\fi": "a b",
    r"\iffalse \cite{no}\else \cite{a}\fi \cite{b}": "a b",
    r"\let\ifmine\iffalse \cite{a}": "a",
    r"\ifx\a\b\endinput\fi \cite{a}": "a",
    "\\cite{a}\\endinput \\cite{b}\n\\cite{no}": "a b",
    r"\href{http://example.org/a%20b}{\cite{a}}": "a",
    r"\url{http://example.org/a%20b} \cite{a}": "a",
    r"\verb|%| \cite{a} \lstinline|%| \cite{b}": "a b",
}


@pytest.mark.parametrize(("source", "expected"), CITING.items())
def test_what_commands_cite(source: str, expected: str) -> None:
    assert keys(source) == expected


@pytest.mark.parametrize("source", NOT_CITING)
def test_what_cites_nothing(source: str) -> None:
    assert keys(source) == ""


@pytest.mark.parametrize(("source", "expected"), DEFINING.items())
def test_what_the_document_defines(source: str, expected: str) -> None:
    assert keys(source) == expected


def test_places_are_those_of_the_first_citation() -> None:
    found = cites("Text\n  \\citep[see][3]{a,\n b}\n\\cite{a}")
    assert [(one.key, one.file, one.line, one.column) for one in found.citations] == [
        ("a", "paper.tex", 2, 18),
        ("b", "paper.tex", 3, 2),
    ]


def test_libraries_are_named() -> None:
    source = r"\bibliography{a,b.bib}\addbibresource[datatype=bibtex]{c.bib}\addglobalbib{d.bib}\nobibliography*{a}"
    assert cites(source).bibliographies == ("a.bib", "b.bib", "c.bib", "d.bib")


def test_encodings_and_line_ends() -> None:
    assert keys("\ufeff\\cite{é}\r\n% \\cite{no}\r\\cite{b}".encode()) == "é b"
    assert keys("\\cite{é}".encode("cp1252")) == "é"
    assert keys("\\cite{é}".encode("utf-16")) == "é"


# Included files ------------------------------------------------------------------------------------------------------


def test_inputs_are_followed_in_their_order_from_the_main_documents_folder() -> None:
    files = {
        "thesis/main.tex": r"\cite{a}\input{chapters/one}\cite{e}\include{chapters/two}\input chapters/three \cite{h}",
        "thesis/chapters/one.tex": r"\cite{b}\input{chapters/one-a.tex}\cite{d}",
        "thesis/chapters/one-a.tex": r"\cite{c}",
        "thesis/chapters/two.tex": r"\cite{f}\endinput",
        "thesis/chapters/three.tex": r"\cite{g}",
    }
    found = cites(files)
    assert " ".join(found.keys) == "a b c d e f g h"
    assert found.citations[2].file == "thesis/chapters/one-a.tex"
    assert said(found) == []


def test_every_way_to_input_a_file() -> None:
    files = {
        "m.tex": (
            r"\input{one.tikz}\input{./two}\input{sub/../three}\@input{four.tex}\InputIfFileExists{five}{}{}"
            r'\input "six seven"\standaloneinput{eight}'
        ),
        **{f"{name}.tex": f"\\cite{{{name}}}" for name in ("two", "three", "four", "five", "eight")},
        "one.tikz": r"\cite{one}",
        "six seven.tex": r"\cite{six}",
    }
    assert keys(files) == "one two three four five six eight"


def test_a_name_with_its_suffix_is_tried_with_tex_first() -> None:
    assert keys({"m.tex": r"\input{a.b}", "a.b.tex": r"\cite{first}", "a.b": r"\cite{no}"}) == "first"


def test_imports_look_in_their_folder_first() -> None:
    files = {
        "m.tex": r"\import{parts/}{one}\subimport*{parts}{one}\subfile{sub/two}\import{a/}{x}",
        "parts/one.tex": r"\input{inner}\input{outer}\subimport{deep/}{three}",
        "parts/inner.tex": r"\cite{inner}",
        "outer.tex": r"\cite{outer}",
        "parts/deep/three.tex": r"\cite{three}",
        "sub/two.tex": r"\documentclass[../m]{subfiles}\begin{document}\input{near}\end{document}",
        "sub/near.tex": r"\cite{near}",
        "a/x.tex": r"\cite{x}",
    }
    found = cites(files)
    assert " ".join(found.keys) == "inner outer three near x"
    assert said(found) == []


def test_input_path_is_searched() -> None:
    files = {"m.tex": r"\makeatletter\def\input@path{{tex/}{more/}}\makeatother\input{a}", "more/a.tex": r"\cite{a}"}
    assert keys(files) == "a"


def test_the_end_of_the_document_may_stand_in_an_included_file() -> None:
    assert keys({"m.tex": r"\input{a}\cite{no}", "a.tex": r"\cite{a}\end{document}"}) == "a"


def test_a_file_included_twice_is_read_once() -> None:
    files = {f"f{n}.tex": f"\\input{{f{n + 1}}}\\input{{f{n + 1}}}" for n in range(40)}
    assert keys({**files, "f40.tex": r"\cite{a}"}) == "a"


def test_packages_beside_the_document_define_commands_but_cite_nothing() -> None:
    files = {
        "m.tex": r"\documentclass{mine}\usepackage[x]{natbib,macros}\my{a}\chapcite{b}\cite{c}",
        "macros.sty": r"\ProvidesPackage{macros}\newcommand{\my}[1]{\citep{#1}\nocite{no}}\input{more}",
        "more.tex": r"\newcommand{\chapcite}{\citet}\cite{no}",
        "mine.cls": r"\LoadClass{article}\endinput \cite{no}",
    }
    assert keys(files) == "a b c"


def test_a_subfile_alone_knows_what_its_main_document_defines() -> None:
    files = {
        "chapters/one.tex": r"\documentclass[../main.tex]{subfiles}\begin{document}\my{a}\end{document}",
        "main.tex": r"\newcommand{\my}[1]{\cite{#1}}\begin{document}\cite{no}\subfile{chapters/one}\end{document}",
    }
    assert keys(files) == "a"


# What goes wrong -----------------------------------------------------------------------------------------------------


def test_a_missing_include_is_a_warning_and_a_missing_part_of_the_document_a_problem() -> None:
    lines = (
        r"\include{two}",
        r"\input{glyphtounicode}",
        r"\input{parts/one}",
        r"\subfile{s}",
        r"\import{x/}{y}\cite{a}",
    )
    found = cites({"d/m.tex": "\n".join(lines)})
    assert found.keys == ("a",)
    assert said(found) == [
        "d/m.tex:3:7: d/parts/one is not there; write it, or take the \\input out",
        "d/m.tex:4:9: d/s is not there; write it, or take the \\input out",
        "d/m.tex:5:8: d/x/y is not there; write it, or take the \\input out",
        "warning d/m.tex:1:9: d/two is not beside the document; what it cites is not counted",
        "warning d/m.tex:2:7: d/glyphtounicode is not beside the document; what it cites is not counted",
    ]


def test_a_file_that_need_not_exist_is_no_warning() -> None:
    assert keys(r"\InputIfFileExists{a/b}{}{}\IfFileExists{x/y}{\input{x/y}}{}\input{a/b}\cite{a}") == "a"


def test_an_include_loop_names_the_chain() -> None:
    files = {"m.tex": r"\input{a}\cite{m}", "a.tex": "\\cite{a}\n\\input{b}", "b.tex": r"\input{./a.tex}\cite{b}"}
    found = cites(files)
    assert found.keys == ("a", "b", "m")
    assert said(found) == [
        "b.tex:1:7: files include each other in a circle: a.tex -> b.tex -> a.tex; break it",
    ]
    assert "m.tex -> m.tex" in said(cites({"m.tex": r"\input{m}"}))[0]


def test_files_within_files_without_end_are_a_problem() -> None:
    files = {f"f{n}.tex": f"\\input{{f{n + 1}}}" for n in range(100)}
    assert said(cites(files)) == ["f49.tex:1:7: files include files more than 50 deep"]


def test_a_file_that_cannot_be_read_is_a_problem_at_its_input() -> None:
    def read(path: str) -> bytes | None:
        if path == "secret.tex":
            raise PubtrackError("cannot read this file: Permission denied", file=path)
        return reader({"m.tex": "\\cite{a}\n\\input{secret}"})(path)

    from pubtrack.citation_scan import cited_in

    found = cited_in(["m.tex"], read)
    assert found.keys == ("a",)
    assert said(found) == [
        "m.tex:2:7: secret.tex: cannot read this file: Permission denied, so what it cites is not known"
    ]


def test_what_the_source_does_not_tell_is_said() -> None:
    found = cites("\\cite{\\jobname,a}\n\\input{\\chapters/x}\\begin{verbatim}\n\\cite{b}")
    assert found.keys == ("a",)
    hint = "cannot be told from the source; export from the .aux instead"
    assert said(found) == [
        f'warning paper.tex:1:7: which key "\\jobname" is {hint}',
        f'warning paper.tex:2:7: which file "\\chapters/x" is {hint}',
        "warning paper.tex:2:26: there is no \\end{verbatim} for this, so nothing that follows is counted",
    ]
    assert said(cites("\\iffalse\n\\cite{no}")) == [
        "warning paper.tex:1:9: there is no \\fi for this, so nothing that follows is counted"
    ]


def test_texts_for_folders_are_understood() -> None:
    assert keys({"m.tex": r"\newcommand{\dir}{parts}\input{\dir/one}", "parts/one.tex": r"\cite{a}"}) == "a"


@pytest.mark.parametrize(
    "source", [r"\cite{a", r"\cite[x{a}", r"\cite", r"\newcommand", r"\def\x{", r"\input", "\\", "%"]
)
def test_broken_commands_cite_nothing(source: str) -> None:
    assert keys(source) == ""
