"""Works for the tests of the exports: a small list as people keep it, and values that want to be something else."""

from __future__ import annotations

from dataclasses import replace

from pubtrack.exports import Selection, SelectionSection
from pubtrack.model.name import ME, Name
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work
from pubtrack.people.groups import with_roles
from pubtrack.people.owner import Owner
from pubtrack.store.library import Library

BIB = r"""
@article{doe2021looms,
  author    = {Doe, Jane and {\'A}lvarez, Ana and van der Berg, Jan},
  author+an = {1=equal;2=equal,corresponding},
  title     = {Why $O(n^2)$ Looms are \emph{Slow}: {A} Study of 50\% \& More},
  journal   = {Journal of Imaginary Looms},
  volume    = 12, number = 3, pages = {45--67},
  year      = 2021, month = may,
  doi       = {10.1234/jil.2021.12_345},
  abstract  = {We weave. Then we measure.},
  keywords  = {looms, weaving; speed},
  abbr      = {JIL}, selected = {true}, bibtex_show = {true}, preview = {loom.png}, award = {Best Paper},
  pdf       = {https://example.org/loom.pdf}, code = {https://example.org/code},
  slides    = {slides.pdf},
  file      = {:/home/jane/secret.pdf:PDF}, owner = {jane}, timestamp = {2021-05-01}, groups = {private},
  annote    = {Reviewer 2 was wrong.},
}
@inproceedings{doe2020knots,
  author    = {J. Doe and Quill, Edmund and others},
  title     = {Knots, Counted},
  booktitle = {Proceedings of the Knot Conference},
  publisher = {Ropewalk Press}, pages = {1--9}, year = 2020, month = feb, day = 30,
  url       = {https://example.org/knots_/_a_(b)#results},
}
@misc{doe2022attention,
  author = {Doe, Jane}, title = {Attention to Looms}, eprint = {2203.01234}, archivePrefix = {arXiv},
  primaryClass = {cs.LG}, year = 2022,
}
@phdthesis{doe2018, author = {Doe, Jane}, title = {Looms}, school = {University of Ropes}, year = 2018}
@book{ed2019, editor = {Doe, Jane and {The Loom Society}}, title = {Looms of the World}, publisher = {Ropewalk Press},
  series = {Looms}, edition = {2}, isbn = {978-3-16-148410-0}, year = 2019}
@article{doepress, author = {Doe, Jane}, title = {On Press}, journal = {Loom Letters}, pubstate = {inpress}}
"""

OWNER = "Doe, Jane"
SYMBOLS = {"corresponding": "*", "equal": "†"}


def works() -> tuple[Work, ...]:
    """The list's works with the owner recognised."""
    owner = Owner.parse(OWNER)
    return tuple(with_roles(work, owner) for work in Library.parse(BIB.encode()).works)


def selection() -> Selection:
    """Two sections, the owner, and signs for roles."""
    found = works()
    parts = (
        SelectionSection(found[:1] + found[5:], "Journal articles"),
        SelectionSection(found[1:5], "Everything else"),
    )
    return Selection(parts, owner="Jane Doe", symbols=SYMBOLS)


WICKED: tuple[str, ...] = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '#read("/etc/passwd") and #let x = 1',
    "$$ 1 + 1 $$ and $x$ and $5",
    "**bold** _under_ `code` ~~gone~~ a_b_c *",
    "[text](javascript:alert(1)) and [ref]: http://example.org",
    "&lt;b&gt; &amp; &#x3c;",
    "{{< figure src=x >}} {{% x %}} {{ .Site }} {% raw %} {# x #}",
    "--- \n---\ntitle: other",
    "- item: value",
    "!!! note",
    "# heading",
    "1. first",
    "= Heading",
    "yes",
    "null",
    "1e3",
    "0o17",
    "12:30:00",
    "2020-01-01",
    "~",
    "!!python/object/apply:os.system ['ls']",
    "&anchor *anchor",
    "'single' \"double\" \\ back\\slash \\n",
    "%comment @article{x, title={y}} \\input{x}",
    "}, year = {1066}, note = {",
    "}{",
    "tab\tand\nline\r\nand\u2028separator\u0000nul\u202ertl",
    "\ufeffmark \ud800 surrogate",
    "Ünïcödé 织机 😀",
    '= HYPERLINK("http://example.org")',
    "RENDERCVTYPSTCOMMANDORMATH0 TITLE AUTHORS",
)
"""Texts that mean something to YAML, JSON, HTML, Markdown, Typst, TeX, BibTeX, Hugo's templates or a terminal."""

WICKED_KEYS: tuple[str, ...] = (
    "../../etc/passwd", "..", ".", "", "a/b", "A:B", "a b", "CON", "nul", "aux", "Äpfel", "织机", "x" * 300, "-rf",
    "a,b}", "same", "SAME", "a\\b", "a\x00b", "{}", "%", "_index",
)  # fmt: skip


def wicked(value: str, key: str = "wicked") -> Work:
    """A work whose every value is `value`."""
    names = tuple(
        replace(name, roles=roles)
        for name in (Name(family=value, given=value, suffix=value), Name(literal=value))
        for roles in (frozenset[str](), frozenset({ME, "equal"}))
    )
    variables = (
        "title container_title container_title_short collection_title publisher publisher_place volume issue number "
        "page edition genre version status doi url isbn issn abstract note annote language keyword event_title "
        "part_number"
    )
    fields = (
        "abbr selected pdf code slides video poster website html blog supp data preview award award_name eprint file "
        "bibtex_show arxiv owner crossref entrytype eid relatedtype pubstate keywords x"
    )
    return Work(
        key,
        "article-journal",
        {name: text(value) for name in variables.split()},
        {"author": names, "editor": names, "translator": names},
        {"issued": Date((2020,), literal=value)},
        frozenset({"author"}),
        dict.fromkeys(fields.split(), value) | {value: value},
    )


def wicked_selection() -> Selection:
    """Every wicked value in a work of its own, in a section that bears it as title too."""
    parts = tuple(SelectionSection((wicked(value, f"wicked{n}"),), value) for n, value in enumerate(WICKED))
    keys = SelectionSection(tuple(wicked("Title", key) for key in WICKED_KEYS), "Keys")
    return Selection((*parts, keys), owner=WICKED[0], symbols={"equal": "*†"})
