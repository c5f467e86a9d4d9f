"""Citation keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex import date_fields
from pubtrack.bibtex.grammar import GOOD_KEY
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.store.citation_keys import new_key

_YEAR = pattern(r"(?<!\d)((?:19|20)\d\d)(?![-.]?\d)")
_NO_KEYS: frozenset[str] = frozenset()


@rule(
    "key-pattern",
    "info",
    why="Keys by one pattern can be guessed, and find duplicates; a wrong year in a key misleads.",
    source="JabRef's CitationKeyDeviationChecker; papis refs",
    bad="@misc{study2010, title = {A study}, year = 2020}\n@misc{tea2018, title = {Tea}, year = 2018}\n"
    "@misc{rain2019, title = {Rain}, year = 2019}",
    good="@misc{study2020, title = {A study}, year = 2020}",
)
def key_pattern(view: View, context: Context) -> Iterator[Hit]:
    """A key is not what the declared pattern makes of the entry, or names another year than the entry."""
    for item, work in view.works if context.key_pattern else ():
        wanted = new_key(work, context.key_pattern, _NO_KEYS)
        if not re.fullmatch(rf"{re.escape(wanted)}(?:[a-z]|-\d+)?", item.key.lower()):
            yield Hit(item, None, f'the key is "{wanted}" by the pattern {context.key_pattern}')
    if not context.key_pattern:
        yield from _other_years(view)


def _other_years(view: View) -> Iterator[Hit]:
    """The keys with a wrong year, in a library whose keys have the year as a rule."""
    hits: list[Hit] = []
    agreeing = 0
    for item in view.items:
        years = _YEAR.findall(item.key)
        if len(years) != 1:
            continue
        latex = item.value("date") or item.value("year")
        own = latex if latex.isdigit() else (item.plain("date") or item.plain("year"))
        read = int(own) if own.isdigit() and len(own) == 4 else _year_of(own)
        if read and abs(read - int(years[0])) > 1:
            hits.append(Hit(item, None, f'the key "{item.key}" says {years[0]}, the entry {read}'))
        else:
            agreeing += read > 0
    if agreeing > len(hits):
        yield from hits


def _year_of(written: str) -> int:
    read = date_fields.parse(written).date if written else None
    return read.parts[0] if read is not None and read.parts else 0


@rule(
    "key-chars",
    "error",
    why="LaTeX cannot cite it: these characters end the argument of \\cite, begin a comment or mean something to TeX.",
    source="biblatex manual, 2.4; JabRef's ValidCitationKeyChecker",
    bad="@misc{study#2020, title = {A study}, year = 2020}",
    good="@misc{study:2020-a/b, title = {A study}, year = 2020}",
)
def key_chars(view: View, context: Context) -> Iterator[Hit]:
    """A key holds a character that no key may have."""
    del context
    for item in view.items:
        if item.entry.problem is None and not GOOD_KEY.fullmatch(item.key):
            bad = next((sign for sign in item.key if not GOOD_KEY.fullmatch(sign)), " ")
            yield Hit(item, None, f'the key "{item.key}" holds "{bad}", which \\cite cannot take')
