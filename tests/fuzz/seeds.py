"""The files of a sound project, which the runs change: a store, a configuration, documents of every kind, notes."""

from __future__ import annotations

import functools
import io
import json
import random
from collections.abc import Mapping
from pathlib import Path

import docx

from tests.bibtex.fuzz import SEEDS as SMALL_BIBS

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"

PAPERS = r"""@article{brook2019,
  author  = {Brook, Ada and {\.I}nan, {\c C}a{\u g}la},
  title   = {On the Weight of {Shadows}},
  journal = {Annals of Dim Optics},
  year    = 2019,
  pages   = {101--117},
  doi     = {10.5555/abc},
  url     = {https://example.org/brook},
  keywords = {selected},
}

@article{brook2020,
  author = {Ada Brook and Franz Meyer},
  title = {On the Weight of Brighter Shadows and Lamps},
  journal = {Annals of Dim Optics},
  year = 2020,
  eprint = {2001.00001},
  archiveprefix = {arXiv},
}

@inproceedings{meyer2001,
  author = {Meyer, Franz},
  title = {A Completely Different Thing},
  booktitle = {Other Things},
  year = 2001,
  doi = {10.5555/wrong},
}
"""
CONFIG = """\
[owner]
name = "Brook, Ada"
also = ["A. Brook"]
orcid = "0000-0002-1825-0097"

[store]
path = "bib"
dialect = "bibtex"

[marks]
corresponding = "*"

[check]
ignore = ["ttl-caps"]
key_pattern = "{family}{year}"
words = ["GAN"]

[check.severity]
fld-pages-dash = "error"

[refresh]
fill = ["volume", "number", "title"]
published = "link"

[network]
mailto = "ada.brook@uni.edu"

[venues]
"Annals of Dim Optics" = "ADO"

[highlight.students]
names = ["Meyer, Franz"]
with = "underline"

[exports.mine]
base = "ieee"
max_authors = 3

[lists.cv]
style = "apa"
number = "descending"
links = ["doi", "url"]
sort = "-date, title"

[[lists.cv.sections]]
title = "Articles"
where = "type = article-journal"

[[lists.cv.sections]]
title = "Rest"

[lists.short]
where = "year >= 2010"
max_authors = 2
"""
MARKDOWN = """\
# Papers

<!-- pubtrack:begin cv -->
<!-- pubtrack:end -->

As [@brook2019, p. 3; -@meyer2001] say, @brook2020 [see `@code`].

<!-- pubtrack:begin short style=ieee where="year >= 2000" -->
old
<!-- pubtrack:end -->
"""
HTML = """<html><body>
<!-- pubtrack:begin cv -->
<!-- pubtrack:end -->
</body></html>
"""
LATEX = r"""\documentclass{article}
\usepackage{biblatex}\addbibresource{bib/publications.bib}
\begin{document}
As \cite[see][p.~3]{brook2019, meyer2001} and \textcite{brook2020} say. % \cite{not}
\begin{verbatim}\cite{no}\end{verbatim} \input{part}
% pubtrack:begin cv item="\item"
% pubtrack:end
\bibliography{bib/publications}
\end{document}
"""
TYPST = """#bibliography("bib/publications.bib")
As @brook2019[p. 3] and #cite(<meyer2001>) say. `@raw` // @comment
// pubtrack:begin cv
// pubtrack:end
"""
AUX = "\\relax\n\\citation{brook2019,meyer2001}\n\\@input{part.aux}\n\\bibdata{bib/publications}\n\\bibstyle{plain}\n"
BCF = """<?xml version="1.0" encoding="UTF-8"?>
<bcf:controlfile version="3.8" xmlns:bcf="https://sourceforge.net/projects/biblatex">
  <bcf:bibdata section="0">
    <bcf:datasource type="file" datatype="bibtex">bib/publications.bib</bcf:datasource></bcf:bibdata>
  <bcf:section number="0"><bcf:citekey order="1">brook2019</bcf:citekey><bcf:citekey order="2">meyer2001</bcf:citekey>
  </bcf:section>
</bcf:controlfile>
"""
NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["As [@brook2019] says\n", "so."]},
            {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": [], "execution_count": None},
        ],
        "metadata": {"kernelspec": {"name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)
KEYS = "brook2019\nmeyer2001  # mine\n\nbrook2020\n"
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Own</title><id>own</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <locale xml:lang="en"><terms><term name="in">in</term></terms></locale>
  <macro name="who"><names variable="author"><name et-al-min="3" et-al-use-first="1" initialize-with=". "/>
    <label form="short" prefix=" "/><substitute><names variable="editor"/><text variable="title"/></substitute></names>
  </macro>
  <citation collapse="year"><sort><key macro="who"/></sort>
    <layout delimiter="; " prefix="(" suffix=")"><text macro="who"/></layout></citation>
  <bibliography hanging-indent="true" subsequent-author-substitute="---">
    <sort><key macro="who"/><key variable="issued" sort="descending"/></sort>
    <layout suffix="."><group delimiter=", "><text macro="who"/><text variable="title" text-case="title" quotes="true"/>
      <choose><if type="book" match="any"><number variable="edition" form="ordinal"/></if>
      <else><text variable="container-title" font-style="italic"/><text variable="page"/></else></choose>
      <date variable="issued" form="text" date-parts="year-month"/></group></layout></bibliography>
</style>
"""
CSL_JSON = json.dumps(
    [
        {
            "id": "brook2019",
            "type": "article-journal",
            "title": "On the <i>Weight</i> of Shadows",
            "author": [{"family": "Brook", "given": "Ada"}, {"literal": "The Lamp Group"}],
            "issued": {"date-parts": [[2019, 3, 1]]},
            "container-title": "Annals of Dim Optics",
            "page": "101-117",
            "DOI": "10.5555/abc",
            "note": "original-date: 1999",
            "custom": {"x": 1},
        },
        {"id": "b", "type": "book", "title": "B", "editor": [{"family": "Q"}], "issued": {"raw": "May 2001"}},
    ]
)
LOCK = b'{"host": "nowhere", "pid": 1}\n'
JOURNAL = json.dumps([["bib/.a.bib.1-1.pubtrack-save", "bib/a.bib", "00"]]).encode()


@functools.cache
def word_document() -> bytes:
    """A .docx with a marked place and citations."""
    document = docx.Document()
    document.core_properties.author = "Ada"
    document.add_paragraph("As [@brook2019; @meyer2001] say")
    document.add_paragraph("{{pubtrack:cv}}", style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@functools.cache
def _reference() -> str:
    return REFERENCE.read_text(encoding="utf-8")


def bib(rng: random.Random, *, is_sound: bool) -> str:
    """A .bib with entries of the reference store, and if it need not be sound, of the scanner's own seeds."""
    if rng.random() < 0.02:
        return _reference()
    pool = (*_reference().split("\n\n"), *(() if is_sound else SMALL_BIBS))
    parts = [PAPERS, *(rng.choice(pool) for _ in range(rng.choice((0, 1, 2, 6))))]
    rng.shuffle(parts)
    return "\n\n".join(parts)


def documents() -> Mapping[str, bytes]:
    """The documents of a project, by name: those that a cv fills and those that cite."""
    texts = {
        "cv.md": MARKDOWN, "cv.html": HTML, "cv.tex": LATEX, "cv.typ": TYPST,
        "paper.tex": LATEX, "paper.aux": AUX, "paper.bcf": BCF, "paper.typ": TYPST, "paper.md": MARKDOWN,
        "paper.qmd": MARKDOWN, "paper.ipynb": NOTEBOOK, "keys.txt": KEYS,
    }  # fmt: skip
    return {name: text.encode() for name, text in texts.items()} | {
        "cv.docx": word_document(),
        "paper.docx": word_document(),
    }
