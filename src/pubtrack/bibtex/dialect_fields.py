"""What both dialects share when an entry is put into the words of one: what goes in and comes out, names, titles.

The values are LaTeX as someone wrote it, under biblatex's field names, macros marked (`macros.mark`). to_bibtex.py and
to_biblatex.py move and join them; what they cannot place they name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pubtrack.bibtex import fields, macros, name_lists
from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.latex import characters, verbatim
from pubtrack.model.identifiers import strip_resolver
from pubtrack.model.work import Work

PEOPLE = frozenset(fields.PEOPLE_FIELDS) | fields.NAME_LISTS
"""Fields that are lists of names."""
TITLES = frozenset(
    "title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle maintitleaddon issuetitle "
    "issuesubtitle eventtitle".split()
)
QUIET = frozenset(
    "shorttitle shortjournal shortseries shorthand shorthandintro shortauthor shorteditor label sortkey sortname "
    "sorttitle sortyear presort indextitle langid langidopts pagination bookpagination options relatedoptions "
    "entrysubtype ids editoratype editorbtype editorctype nameaddon authortype day".split()
)
"""What says nothing of the work itself, but how a style may sort, label or shorten it."""
REQUIRED: Mapping[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "article": "author title journaltitle date year", "book": "author editor title publisher date year",
        "inbook": "author editor title chapter pages publisher date year booktitle",
        "incollection": "author title booktitle publisher date year", "manual": "title", "booklet": "title",
        "inproceedings": "author title booktitle date year", "proceedings": "title date year",
        "thesis": "author title institution date year type", "report": "author title institution date year",
        "unpublished": "author title note", "online": "title url date year", "dataset": "title", "software": "title",
        "patent": "author title number date year", "misc": "title",
    }.items()
}  # fmt: skip
"""What a type requires (btxdoc, section 3.1; biblatex manual, section "Regular Types"), under biblatex's names."""

_EXTENDED = re.compile(r"(?:\A|,|\sand\s)\s*(?:family|given)\s*=", re.I)
_DRESSED = re.compile(
    r"\\(?:textbf|textit|textsl|emph|underline|uline|ul|hl|highlight|myname|mkbib\w+|textcolor)\b|"
    r"\{\s*\\(?:bf|it|em|sl|bfseries|itshape|slshape|color)(?![A-Za-z])"
)
_PLAIN_PAGES = re.compile(r"[\w\s,.:;+()/–—-]+")
_LONG_DASH = re.compile(r"(?:(?<!\s)\s++)?(?:-{2,3}|–|—)\s*+")
_HYPHEN = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
_ENDS = "?!:.。？！"


@dataclass(frozen=True, slots=True)
class DialectEntry:
    """An entry to be put into words: its type as written and as biblatex calls it, its fields, and the work it means.

    `fields` have what the entry inherits, `own` are the names of its own ones.
    """

    written: str
    type: str
    fields: Mapping[str, str]
    work: Work
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """An entry in the words of a dialect: its type, its fields, and the fields that the dialect has no words for."""

    type: str
    fields: Mapping[str, str]
    unsaid: tuple[str, ...] = field(default=())


def people(value: str, *, dialect: Dialect, useprefix: bool = True) -> str:
    """A list of names as the dialect can have it: as it stands, unless it holds what only biblatex reads, or a name is
    dressed up (`\\textbf{Doe, Jane}`), which is for one's own list and not for a paper."""
    plain = macros.resolve_macros(value)
    is_extended = (not useprefix or _EXTENDED.search(plain) is not None) and dialect == "bibtex"
    if not is_extended and not _DRESSED.search(plain):
        return value
    listed = name_lists.write(name_lists.parse(plain, useprefix=useprefix), extended=dialect == "biblatex")
    return " and ".join(_as_one(part) if part.endswith(",") else part for part in name_lists.chunks(listed))


def _as_one(name: str) -> str:
    """A name that is a family name alone: BibTeX warns of a comma at its end."""
    bare = name.rstrip(", ")
    return bare if bare.startswith("{") and bare.endswith("}") else f"{{{bare}}}"


def limit_names(value: str, most: int) -> str:
    """A list of names with no more than the first `most`, and "others" behind them; 0 is not a limit."""
    if not most:
        return value
    parts = list(name_lists.chunks(macros.resolve_macros(value)))
    others = parts[-1:] == ["others"]
    if len(parts) - others <= most:
        return value
    return " and ".join([*parts[:most], "others"])


def join_title(*parts: str) -> str:
    """Title and subtitle as one, a colon between unless the title ends in a mark of its own."""
    joined = ""
    for part in filter(None, parts):
        last = characters(macros.resolve_macros(joined))[-1:]
        joined = f"{joined}{' ' if last in _ENDS else ': '}{part}" if joined else part
    return joined


def doi(value: str) -> str:
    """A DOI without the address that leads to it."""
    return strip_resolver(address(value))[0]


def address(value: str) -> str:
    """A URL or an identifier as it is, without LaTeX's escapes; braces as an address may have them."""
    return verbatim(macros.resolve_macros(value)).strip().replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def pages(value: str, dash: str = "--") -> str:
    """Pages with one kind of dash in ranges; a hyphen within a number (`3-1--3-20`) stays."""
    if not _PLAIN_PAGES.fullmatch(value):
        return value
    if _LONG_DASH.search(value):
        return _LONG_DASH.sub(dash, value)
    return ",".join(_HYPHEN.sub(dash, part) if part.count("-") == 1 else part for part in value.split(","))


def genre(value: str) -> str:
    """biblatex's key of a kind of work (`patentus`) in words, or what stands there."""
    found = fields.GENRES.get(value.strip().lower())
    return found.replace("’", "'") if found else value


GENRE_KEYS: Mapping[str, str] = {text.replace("’", "'").lower(): key for key, text in fields.GENRES.items()} | {
    text.lower(): key for key, text in fields.GENRES.items()
}
"""biblatex's keys by what they print, in lower case."""
