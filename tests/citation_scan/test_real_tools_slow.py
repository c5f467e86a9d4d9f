"""What we find in a source is what LaTeX, Typst and pandoc find: the same citations, in the same order."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pubtrack.citation_scan import cited_in
from pubtrack.cli.document_files import document_reader

pytestmark = pytest.mark.slow

BODY = r"""
\newcommand{\my}[2][]{\textbf{see} \citep[#1]{#2}}
\newcommand{\bare}{\citet}
\let\other\citealp
\newif\ifdraft\draftfalse
\begin{document}
Text \citep[see][p.~3]{a, b,% \cite{no}
  c} and \citet*{d}. % \cite{no}
100\% of \citeauthor{e}\citeyearpar[p. 4]{f}, \verb|\cite{no}|.
\begin{verbatim}
\cite{no}
\end{verbatim}
\iffalse \cite{no} \ifx\a\b\else\cite{no}\fi \fi
\if0
\cite{no}
\fi
\iftrue \cite{g} \else \cite{no} \fi
\my[p. 3]{h}\bare{i}\other{j}\my{k,a}
\footnote{See \citealt{l}; \citetext{see \citealp{m}}.}
\citep[see {\cite[p. 3]{o}}][]{n}
\defcitealias{a}{Paper I}\citetalias{a}\nocite{p}
\input{parts/one}
\include{two}
\begin{comment}
\cite{no}
\end{comment}
\newcommand{\folder}{parts}\input{\folder/three.tex}
\newcommand{\smith}{w}\cite{\smith}
\bibliographystyle{plainnat}
\bibliography{refs}
\end{document}
\cite{no}
"""

NATBIB = {
    "main.tex": "\\documentclass{article}\\usepackage{natbib,comment}" + BODY,
    "parts/one.tex": r"\cite{q}\input{parts/nested}\endinput" + "\n\\cite{no}\n",
    "parts/nested.tex": r"\Citet{r}",
    "parts/three.tex": r"\Citeauthor{v}",
    "two.tex": "\\citep{s}\n\\begin{figure}\\caption[Short]{After \\citep{t}}\\end{figure}\n\\cite{u}",
}

BIBLATEX = {
    "main.tex": r"""\documentclass{article}
\usepackage[backend=biber,style=authoryear]{biblatex}\usepackage{csquotes}\addbibresource{refs.bib}
\newcommand{\my}{\parencite}
\DeclareCiteCommand{\own}{\usebibmacro{prenote}}{\usebibmacro{citeindex}\usebibmacro{cite}}{\multicitedelim}{\usebibmacro{postnote}}
\NewDocumentCommand{\three}{s O{} m m}{\textit{#3} \autocite[#2]{#4}}
\begin{document}
\textcites(pre)(post)[1][2]{a}[3]{b}{c} and \parencites{d}{e}, \footcite[3]{f}. \smartcite{g}\supercite{h}
\volcite{2}[p. 3]{i}\pvolcite[see]{1}{j}\citefield{k}{title}\citelist{l}{publisher}\fullcite{m}\footfullcite{n}
\notecite[p]{o}\citetitle*{p}\my[4]{q}\own{r}\three*[3]{text}{s}\three{text}{t}
\textcquote[see][3]{u}[.]{text}\blockcquote{v}{text}\hyphentextcquote{english}[3]{w}{text}
\begin{displaycquote}[3]{x}text\end{displaycquote}
\volcites{1}{y}{2}[p. 3]{z}\nocite{aa}\citeurl{bb}\Textcite{cc}\Autocites{dd}{ee}
\end{document}
"""
}


def run(words: list[str], folder: Path) -> str:
    """The program's standard output; it may warn, and LaTeX does of undefined citations."""
    made = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return made.stdout.decode("utf-8", "replace")


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / next(iter(files))


def ours(document: Path) -> list[str]:
    name = str(document)
    found = cited_in([name], document_reader([name]))
    assert [*map(str, found.problems), *map(str, found.warnings)] == []
    return list(found.keys)


@pytest.mark.parametrize("files", [NATBIB, BIBLATEX], ids=["natbib", "biblatex"])
def test_a_latex_source_cites_what_its_run_says(files: Mapping[str, str], tmp_path: Path) -> None:
    assert shutil.which("pdflatex") is not None
    main = written(tmp_path, files)
    log = run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "main.tex"], tmp_path)
    assert main.with_suffix(".aux").exists(), log[-2000:]
    found = ours(main)
    assert len(found) > 20
    assert found == ours(main.with_suffix(".aux"))
    control = main.with_suffix(".bcf")
    if control.exists():
        assert ours(control) == found


def test_a_run_that_fails_leaves_an_aux_that_is_refused(tmp_path: Path) -> None:
    main = written(tmp_path, {"main.tex": NATBIB["main.tex"].replace(r"\input{parts/one}", r"\nosuchcommand")})
    run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "main.tex"], tmp_path)
    name = str(main.with_suffix(".aux"))
    assert "run LaTeX again" in str(cited_in([name], document_reader([name])).problems[0])


TYPST = """\
#set heading(numbering: "1.")
#let prose(key) = cite(key, form: "prose")
= Title <sec>
As @a and @b[p. 3] say in @sec, @c. me\\@example.org https://example.org/@no `@no` // @no
#cite(<d>, supplement: [see @e]) #prose(<f>) #cite(label("g:h")) /* @no /* @no */ */
#if true [@i] else [x] "quoted" @j
#figure([x], caption: [After @k]) <fig>
@fig $ x_"@no" $ #footnote[@l]
#include "part.typ"
#bibliography("refs.bib")
"""


def test_a_typst_source_cites_what_typst_queries(tmp_path: Path) -> None:
    import typst

    keys = ["a", "b", "c", "d", "e", "f", "g:h", "i", "j", "k", "l", "m"]
    entries = "".join(f"@book{{{key}, author={{Doe, J.}}, title={{T {key}}}, year=2000}}\n" for key in keys)
    main = written(tmp_path, {"main.typ": TYPST, "part.typ": "Part @m, @sec.\n", "refs.bib": entries})
    queried: list[Any] = json.loads(typst.query(str(main), "cite"))
    theirs = [str(one["key"]).strip("<>") for one in queried]
    assert sorted(ours(main)) == sorted(set(theirs)) == sorted(keys)


MARKDOWN = """\
---
author: me@example.org
nocite: |
  @a, @b
...

# Title @c {#sec:x}

As @d [p. 3] says [see -@e; @f, p. 3-4; *and* @{https://example.org/x?y=z}], me@example.org. @Foo_bar.baz. @g--x

    @no

- item

    @h

```r
'@no'
```

`@no` ``@no ` @no`` \\@no <!-- @no --> $x@no$ <a href="@no">@i</a> [t](https://example.org/@no)

(@good) An example.

As (@good) shows (@j). ~~~ @k

> @l

[^1]: Note @m.

Text[^1] \\`@o\\` "@p" @q: @r; "*@s*"
"""


def test_a_markdown_source_cites_what_pandoc_parses(tmp_path: Path) -> None:
    assert shutil.which("pandoc") is not None
    main = written(tmp_path, {"main.md": MARKDOWN})
    parsed = json.loads(run(["pandoc", "-f", "markdown", "-t", "json", "main.md"], tmp_path))
    theirs: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            theirs.update([node["citationId"]] if "citationId" in node else [])
            node = list(node.values())
        for one in node if isinstance(node, list) else []:
            walk(one)

    walk(parsed)
    assert sorted(ours(main)) == sorted(theirs)
    assert len(theirs) > 18
