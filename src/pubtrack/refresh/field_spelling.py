"""Spell a registry's value as the entry spells its own: encoding, name order, braces, dashes, dates.

What agrees with mine is copied from it as it stands: a name that is the same keeps its spelling, a title's word its
braces. Everything fetched is escaped on the way; only what the file holds already is taken as LaTeX.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pubtrack.bibtex import name_lists
from pubtrack.bibtex.document import Document, Entry
from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.file_dialect import dialect_of, entry_dialect
from pubtrack.bibtex.latex import Encoding, characters, decode, encode
from pubtrack.bibtex.latex_decoder import is_balanced
from pubtrack.bibtex.name_lists import People
from pubtrack.bibtex.source_style import MONTHS
from pubtrack.model.date_words import MONTH_NAMES
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import Span, Text
from pubtrack.refresh import field_equality
from pubtrack.refresh.field_pairs import FieldPair

_SPECIAL_WORD = re.compile(r"[{\\$]")
_SURROGATE = re.compile("[\udc80-\udcff]")  # a byte that is not UTF-8
_AND = re.compile(r"(?<!\s)\s++and\s++", re.I)


@dataclass(frozen=True)
class Ways:
    """How a file writes; `usual` is the dialect of a file that does not say."""

    document: Document
    usual: Dialect = "bibtex"

    @cached_property
    def is_narrow(self) -> bool:
        """Whether the file is not UTF-8, so that it cannot hold every character."""
        return _SURROGATE.search(self.document.text) is not None

    @cached_property
    def encoding(self) -> Encoding:
        """Unicode only where the file has it already: what is ASCII stays it, and so does Latin-1."""
        return "latex" if self.document.text.isascii() or self.is_narrow else "unicode"

    def dialect(self, entry: Entry) -> Dialect:
        """The words that the entry is written in, else those of most of the file's entries."""
        return entry_dialect(entry) or self._file_dialect

    @cached_property
    def _file_dialect(self) -> Dialect:
        return dialect_of(self.document, self.usual)

    def given_first(self, mine: str | None) -> bool:
        """Whether names are written "Jane Doe": in this list, else in most of the file's."""
        lists = [mine] if mine else self._authors
        counted = Counter("," in name for value in lists for name in _AND.split(value.strip('{}" ')) if " " in name)
        return counted[False] > counted[True]

    @cached_property
    def _authors(self) -> list[str]:
        fields = (field for entry in self.document.entries for field in entry.fields)
        return [field.value for field in fields if field.name.lower() == "author"]

    @cached_property
    def abbreviates(self) -> bool:
        """Whether most journals of more than a word are written with full stops ("Phys. Rev. Lett.")."""
        found = [
            "." in field.value
            for entry in self.document.entries
            for field in entry.fields
            if field.name.lower() in ("journal", "journaltitle") and " " in field.value
        ]
        return sum(found) * 2 > len(found)


def spell_value(pair: FieldPair, ways: Ways) -> str:
    """What is to stand between the delimiters. A character that has no form in LaTeX stays as it is."""
    try:
        return _spelled(pair, ways, ways.encoding)
    except PubtrackError:
        return _spelled(pair, ways, "unicode")


def _spelled(pair: FieldPair, ways: Ways, encoding: Encoding) -> str:
    match pair.sort:
        case "people":
            return _people(pair, ways, encoding)
        case "date":
            return _date(pair)
        case "month":
            return _month(pair)
        case "pages":
            return _pages(pair, ways, encoding)
        case "doi" | "url":
            return pair.theirs
        case "venue" if pair.mine is None and ways.abbreviates and pair.record.work.get("container_title_short"):
            return encode(pair.record.work.values["container_title_short"], encoding)
        case "title" | "venue" | "house":
            return _words(decode(pair.theirs), pair.mine or "", encoding)
        case _:
            return encode(decode(pair.theirs), encoding)


def _people(pair: FieldPair, ways: Ways, encoding: Encoding) -> str:
    theirs = name_lists.parse(pair.theirs)
    known: dict[str, str] = {}
    for chunk in name_lists.chunks(pair.mine or ""):
        found = name_lists.parse(chunk)
        if len(found.names) == 1 and not found.others:
            known.setdefault(field_equality.running_name(found.names[0]), chunk)
    given_first = ways.given_first(pair.mine)
    parts = [
        known.get(field_equality.running_name(name))
        or name_lists.write(People((name,)), encoding=encoding, given_first=given_first)
        for name in theirs.names
    ]
    return " and ".join([*parts, "others"] if theirs.others else parts)


def _date(pair: FieldPair) -> str:
    """A date as precise as mine; a new one is a year."""
    if pair.name.lower() == "year" or pair.mine is None:
        return pair.theirs.split("/")[0].split("-")[0] if not pair.theirs.startswith("-") else pair.theirs
    if "/" in pair.theirs or pair.theirs.startswith("-"):
        return pair.theirs
    return "-".join(pair.theirs.split("-")[: max(1, len(pair.mine.split("/")[0].split("-")))])


def _month(pair: FieldPair) -> str:
    number = field_equality.month(pair.theirs)
    before = (pair.before or "").strip('{}" ')
    if before.isdigit():
        return str(number)
    if before and before.lower() not in MONTHS:
        return MONTH_NAMES[number]
    return MONTH_NAMES[number][:3].lower()


def _pages(pair: FieldPair, ways: Ways, encoding: Encoding) -> str:
    dash = next((dash for dash in ("--", "–", "-") if dash in (pair.mine or "")), "--")
    return encode(decode(pair.theirs), encoding).replace("–", "--").replace("--", dash)


# Words that keep their braces --------------------------------------------------------------------------------------


def _words(theirs: Text, mine: str, encoding: Encoding) -> str:
    """`theirs` as LaTeX, its words as mine writes them where mine protects or spells them specially."""
    if mine and _is_one_group(mine):
        return f"{{{encode(theirs, encoding)}}}"
    known = _specially_written(mine)
    if not known:
        return encode(theirs, encoding)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(known, key=len, reverse=True)))
    written, plain = "".join(_pieces(theirs, pattern, known, encoding)), encode(theirs, encoding)
    return written if characters(written) == characters(plain) else plain


def _pieces(theirs: Text, pattern: re.Pattern[str], known: dict[str, str], encoding: Encoding) -> Iterable[str]:
    for span in theirs:
        if span.marks or span.url:
            yield encode((span,), encoding)
            continue
        done = 0
        for match in pattern.finditer(span.text):
            yield encode((Span(span.text[done : match.start()]),), encoding)
            yield known[match.group()]
            done = match.end()
        yield encode((Span(span.text[done:]),), encoding)


def _specially_written(source: str) -> dict[str, str]:
    """The words of a LaTeX value that hold braces, commands or math, by their characters."""
    found: dict[str, str] = {}
    for word in _at_blanks(source):
        core = word.strip(".,:;?!")
        shown = characters(core)
        is_whole = is_balanced(core) and not core.endswith("\\") and shown == shown.strip()
        if _SPECIAL_WORD.search(core) and is_whole and any(map(str.isalnum, shown)):
            found.setdefault(shown, core)
    return found


def _at_blanks(source: str) -> list[str]:
    """`source` at the blanks that stand outside braces and math."""
    words, depth, math, start = [], 0, False, 0
    for at, sign in enumerate(source):
        if sign == "$":
            math = not math
        depth += (sign == "{") - (sign == "}")
        if sign.isspace() and not depth and not math:
            words.append(source[start:at])
            start = at + 1
    return [word for word in [*words, source[start:]] if word]


def _is_one_group(source: str) -> bool:
    """Whether one pair of braces holds the whole value."""
    depth = 0
    for at, sign in enumerate(source):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(source) - 1 and source[0] == "{" and not source.startswith("{\\")
    return False
