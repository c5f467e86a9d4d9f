"""What breaks a LaTeX run: characters that are special to TeX, and control sequences that do more than typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex.blocks import Field
from pubtrack.bibtex.fields import PEOPLE_FIELDS
from pubtrack.bibtex.latex_tables import UNSAFE_COMMANDS
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import UNPRINTED, EntryView, View, content
from pubtrack.checks.rule import Hit, rule
from pubtrack.checks.running_text import lone_dollar, running_stretches
from pubtrack.model.findings import Fix

PRINTED = frozenset(PEOPLE_FIELDS) | frozenset(
    "title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle maintitleaddon "
    "journaltitle journalsubtitle journaltitleaddon issuetitle issuesubtitle eventtitle eventtitleaddon shorttitle "
    "shortjournal series publisher organization institution location venue howpublished note addendum edition type "
    "chapter version number volume pages part".split()
)
"""Fields that styles print, by biblatex's names."""

_LONE = pattern(r"[&%#_^]")
_ENTITY = pattern(r"&(?:#\d+|#x[\da-f]+|[a-z]{2,8}\d?);", re.I)
_WHAT = {
    "&": "ends a column", "%": "begins a comment", "#": "is a parameter", "_": "is a subscript of math",
    "^": "is a superscript of math",
}  # fmt: skip


@rule(
    "tex-unescaped",
    "error",
    why="TeX stops with an error, or drops the rest of the line, in every document that cites the entry.",
    source="The TeXbook, chapter 7; JabRef's AmpersandChecker and LatexIntegrityChecker; bibtex-tidy --escape",
    bad="@misc{study2020, title = {Salt & pepper}, year = 2020}",
    good=r"@misc{study2020, title = {Salt \& pepper, $x_1$}, year = 2020, url = {https://a.org/?b_c&d#e}}",
    fixes=True,
)
def tex_unescaped(view: View, context: Context) -> Iterator[Hit]:
    """A character that is special to TeX stands bare in a field that is printed."""
    del context
    for item, field in view.written(*sorted(PRINTED)):
        value = field.value
        # `_` and `&` are the usual ones; each look for one character costs nearly nothing.
        if not ("_" in value or "&" in value or "$" in value or "%" in value or "#" in value or "^" in value):
            continue
        if (inner := content(field)) is None:
            continue
        start, text = inner
        places = [
            stretch.start + match.start()
            for stretch in running_stretches(text)
            for match in _LONE.finditer(text[stretch.start : stretch.end])
            if match.group() != "&" or not _ENTITY.match(text, stretch.start + match.start())
        ]
        if places:
            yield _unescaped(item, field, start, text, places)
        elif "$" in text and (lone := lone_dollar(text)) >= 0:
            yield Hit(item, field, 'this "$" begins math that nothing ends; write \\$', offset=start + lone)


def _unescaped(item: EntryView, field: Field, start: int, text: str, places: list[int]) -> Hit:
    sign = text[places[0]]
    more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
    remedy = "put it into $…$" if sign == "^" else f"write \\{sign}"
    fix: Fix | None = None
    if not any(text[place] == "^" for place in places) and lone_dollar(text) < 0:
        parts = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
        fix = item.fix(field, "\\".join(parts))
    return Hit(item, field, f'"{sign}" {_WHAT[sign]} in TeX; {remedy}{more}', offset=start + places[0], fix=fix)


_DANGER = pattern(
    rf"\\(?:{'|'.join(sorted(UNSAFE_COMMANDS, reverse=True))}|write18|begin\s*\{{filecontents\*?\}})(?![A-Za-z])|\^\^"
)


@rule(
    "tex-danger",
    "error",
    why="A bibliography often comes from others: such a command can read and write files, or redefine what follows.",
    source="kpathsea manual, “Security”; LaTeX's \\openin, \\write18; Checkoway, Shacham, Rescorla, “Are Text-Only "
    "Data Formats Safe?”, 2010",
    bad=r"@misc{study2020, title = {A study \input{notes}}, year = 2020}",
    good=r"@misc{study2020, title = {A study of \emph{input}}, year = 2020}",
)
def tex_danger(view: View, context: Context) -> Iterator[Hit]:
    """A value holds a control sequence that does more than typeset: it reads files, writes them or defines macros."""
    del context
    for name, (item, field, latex) in view.texts():
        if ("\\" not in latex and "^^" not in latex) or name in UNPRINTED or not (found := _DANGER.search(field.value)):
            continue
        word = " ".join(found.group().split())
        place = field.value_start + found.start()
        yield Hit(item, field, f'"{word}" has no place in a reference; remove it', place)
