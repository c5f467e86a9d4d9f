r"""Which LaTeX commands cite, and which of their arguments hold keys; citations that are typed into other markup.

Names are those of LaTeX itself, natbib, biblatex (manual, 3.9) and its styles, apacite, jurabib, harvard, cite,
REVTeX, bibentry, csquotes, mciteplus. Packages and users make new ones after the same pattern, so most are known by
their look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` are the places of the mandatory arguments with keys, from 0; `many`: the arguments may come again."""

    keys: frozenset[int] = frozenset({0})
    many: bool = False


STANDARD = Command()
MULTIPLE = Command(many=True)
_QUOTES = re.compile(r"(foreign|hyphen)?(?:text|block|display)cquote")
"""Quotations with their source (csquotes manual, 5 and 6): the language stands before the key."""
_SECOND = Command(frozenset({1}))
_SECONDS = Command(frozenset({1}), many=True)  # biblatex manual, 3.9.6: \volcite[prenote]{volume}[pages]{key}
_VOLCITE = re.compile(r"(?:|p|P|f|F|ft|Ft|s|S|t|T|a|A|note)[vV]olcite(s?)")
_LOOKS = re.compile(
    r"[cC]ite[A-Za-z]*"
    r"|(?:foot|full|footfull|short|mask|text|paren|smart|super|auto|posse?s?|possessive|no|np|note|online|short|apa|in)"
    r"[cC]ite[A-Za-z]*"
    r"|[A-Za-z]+?[cC]ites?|[A-Za-z]*bibentry|defcitealias|bstctlcite"
)
_MANY = re.compile(r".*cites|.*citetexts|[cC]itetitles")
_NOT = re.compile(
    r"citetext|citation\w*|citestyle|citereset\w*|citename(?:font)?|citenumfont|citepunct|citesep|citeleft|citeright|citemid"
    r"|citeopen|citeclose|citedash|citeindex\w*|citetracker\w*|citecount\w*|citeform|citesetup|citeprefix|citepostfix"
    r"|citeBBL\w*|citebordercolor|citecolor|citeneeded|citationneeded"
    r"|(?:(?!cite)\w)*+cite\w*(?:true|false|style|font|delim|format|setup|reset|color|option|options|prefix|suffix|fortype)"
    r"|newcites|shortcites|setcite\w*|mancite|declarecite|printcite|excite|incite|recite|calcite|defbibentry|printbibentry"
)
"""Look like it, but cite nothing: they set something, print signs, or are other words."""

KNOWN = frozenset(
    "cite nocite citep citet citealt citealp citeauthor citefullauthor citeyear citeyearpar citenum citetalias "
    "citepalias Citet Citep Citealt Citealp Citeauthor defcitealias cites Cite Cites parencite Parencite "
    "parencites Parencites footcite Footcite footcites Footcites footcitetext footcitetexts textcite Textcite "
    "textcites Textcites smartcite Smartcite smartcites Smartcites autocite Autocite autocites Autocites "
    "supercite supercites fullcite footfullcite citetitle citedate citeurl volcite Volcite pvolcite Pvolcite "
    "fvolcite ftvolcite svolcite tvolcite avolcite notecite Notecite pnotecite Pnotecite fnotecite citefield "
    "citelist citen citeonline onlinecite citeasnoun citeaffixed possessivecite citeA citeNP fullciteA shortcite "
    "shortciteA bibentry".split()
)
"""Commands that stay commands that cite, however a document defines them anew."""


@lru_cache(maxsize=4096)
def command(name: str) -> Command | None:
    """How the command of this name cites, or None if it does not."""
    volumes = _VOLCITE.fullmatch(name)
    if volumes:
        return _SECONDS if volumes[1] else _SECOND
    quotes = _QUOTES.fullmatch(name)
    if quotes:
        return _SECOND if quotes[1] else STANDARD
    if not _LOOKS.fullmatch(name) or _NOT.fullmatch(name):
        return None
    return MULTIPLE if _MANY.fullmatch(name) else STANDARD


ARGUMENTS = re.compile(r"\*?\s*+(?:\[[^][{}%\\]*+\]\s*+){0,2}\{([^{}%\\#]*+)\}")
"""What stands behind nearly every command that cites: a star, up to two notes without markup, the keys."""

_COMMAND = re.compile(r"\\([A-Za-z]++)")
_BEFORE_KEYS = re.compile(r"\*?\s*+(?:[\[(][^][(){}\\]*+[\])]\s*+){0,4}")
_GROUP = re.compile(r"\{([^{}]*+)\}")


def pieces(keys: str) -> Iterator[tuple[int, str]]:
    """The keys of a list with commas, with their offsets in it; comments and blanks around them fall away.

    A comment takes the blanks at the beginning of the next line along (The TeXbook, chapter 8). The `*` and the note
    that REVTeX and mciteplus allow before a key (`*[See also][]key`) go, too.
    """
    if "%" in keys:
        keys = _COMMENT.sub(lambda match: "\0" * len(match[0]), keys)
    offset = 0
    for piece in keys.split(","):
        key = piece.lstrip("\0 \t\n")
        start = offset + len(piece) - len(key)
        key = key.rstrip("\0 \t\n").replace("\0", "")
        if key.startswith("*") and len(key) > 1:
            bare = _GROUPING.sub("", key)
            start += len(key) - len(bare)
            key = bare
        if key:
            yield start, key
        offset += len(piece) + 1


_COMMENT = re.compile(r"%[^\n]*\n?[ \t]*")
_GROUPING = re.compile(r"\*\s*(?:\[[^][]*\]\s*){0,2}")


def typed(text: str) -> Iterator[tuple[int, str]]:
    r"""The offsets and keys of commands like `\cite[p. 3]{a,b}` in text that is not LaTeX otherwise."""
    for match in _COMMAND.finditer(text):
        cites = command(match[1])
        position = match.end()
        place = 0
        while cites is not None:
            position = _BEFORE_KEYS.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing, too
            group = _GROUP.match(text, position)
            if group is None:
                break
            if place in cites.keys:
                for offset, key in pieces(group[1]):
                    yield group.start(1) + offset, key
            place += 1
            position = group.end()
            if place > max(cites.keys):
                if not cites.many:
                    break
                place = 0
