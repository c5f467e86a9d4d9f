"""Entries as they are to be written to .bib text, by bibtexparser 2: one layout, the same at every run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pubtrack.bibtex import fields, macros
from pubtrack.bibtex.dialect_fields import PEOPLE
from pubtrack.bibtex.latex import Encoding
from pubtrack.bibtex.latex_decoder import is_balanced
from pubtrack.bibtex.reencode import percent_encoded, reencode
from pubtrack.exports.bib.entry_fields import ExportedEntry
from pubtrack.writers._inline import printable

_NO_KEY = re.compile(r"[\s,{}\"=%#~\\'()\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2060-\u206f\ufeff]+")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|def|let|newcommand\*)\s*+\*?\s*+\{?\s*+"
    r"\\([A-Za-z]+)"
)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SPACE_AT_END = re.compile(r"(?:(?<![\\ ])|(?<=\\ )) ++\Z")
_LINE_BREAKS = re.compile(r"[\r\n]+")
_VALUE_COLUMN = 16  # a fixed one, so that a longer field elsewhere moves no line


@dataclass(frozen=True, slots=True)
class Encoded:
    """A value's pieces in order, in their final encoding: (macro, what it stands for) or ("", LaTeX)."""

    pieces: tuple[tuple[str, str], ...]


NOTHING = Encoded((("", "{}"),))
"""A value that prints nothing but is one: a child without it, or with an empty one (for biber), has its parent's."""


def encode_value(name: str, value: str, encoding: Encoding, *, strings: bool) -> Encoded:
    """The value of the field `name` (as biblatex calls it) in its final encoding; with `strings` macros stay.

    Raises `PubtrackError` for a character without a form in it.
    """
    whole = value if strings else macros.resolve_macros(value)
    pieces = []
    kept = macros.split_macros(whole)
    for place, (macro, text) in enumerate(kept):
        if macro:
            pieces.append((macro, _text(name, text, encoding)))
            continue
        text = _lines_joined(text) if name in fields.RAW else printable_latex(text)
        text = text.lstrip(" ") if place == 0 else text
        text = _SPACE_AT_END.sub("", text) if place == len(kept) - 1 else text
        if text:
            pieces.append(("", _text(name, text, encoding)))
    return Encoded(tuple(pieces))


def printable_latex(value: str) -> str:
    """`value` in one line, blanks collapsed; what is not a blank to TeX (no-break spaces, thin ones) stays."""
    return _BLANKS.sub(" ", printable(value))


def _lines_joined(value: str) -> str:
    """A value that is some program's own, of which no blank is to be lost."""
    return " ".join(_blanks_kept(line) for line in _LINE_BREAKS.split(value))


def _blanks_kept(line: str) -> str:
    return "  ".join(printable(part) for part in line.split("  "))


def _text(name: str, text: str, encoding: Encoding) -> str:
    if name in fields.RAW or "+an" in name:
        return text
    if name in fields.VERBATIM:
        return percent_encoded(text) if encoding == "latex" else text
    return reencode(text, encoding, names=name in PEOPLE)


def defined_macros(entries: Iterable[Mapping[str, Encoded]]) -> dict[str, str]:
    """The `@string`s that the entries need, the first meaning of each; BibTeX and biber have months of their own."""
    found: dict[str, str] = {}
    for entry in entries:
        for value in entry.values():
            for macro, text in value.pieces:
                if macro and not _is_month(macro, text):
                    found.setdefault(macro, text)
    return found


def _is_month(macro: str, text: str) -> bool:
    return len(macro) == 3 and macros.STANDARD.get(macro) == text and macro not in ("and", "tcs", "aap")


def raw_value(value: Encoded, strings: Mapping[str, str]) -> str:
    """The value as the file has it: macros by name where they mean what `strings` say, all else in braces."""
    written: list[str] = []
    text = ""
    for macro, meant in value.pieces:
        if macro and (_is_month(macro, meant) or strings.get(macro) == meant):
            written += [f"{{{text}}}", macro] if text else [macro]
            text = ""
        else:
            text += meant
    written += [f"{{{text}}}"] if text or not written else []
    return " # ".join(written)


def needed_preambles(preambles: Iterable[str], values: Iterable[str]) -> list[str]:
    """Of the `@preamble`s, as they stand in their files, the values of those that define a command which stands in
    `values`."""
    used = {name for value in values for name in _COMMAND.findall(value)}
    found = []
    for source in preambles:
        value = source[source.find("{" if "{" in source else "(") + 1 : -1].strip()
        if value and not used.isdisjoint(_DEFINED.findall(value)) and is_balanced(value):
            found.append(re.sub(r"\s+", " ", value))
    return list(dict.fromkeys(found))


def valid_key(key: str) -> str:
    """`key` as BibTeX and biber can have it."""
    return key if key and not _NO_KEY.search(key) else _NO_KEY.sub("-", key).strip("-") or "work"


def _unlike(wanted: str, key: str, taken: set[str]) -> str:
    """`key`, unlike those `taken` where it had to be spelt otherwise than wanted."""
    found, count = key, 1
    while found in taken or (key != wanted and found.lower() in map(str.lower, taken)):
        count += 1
        found = f"{key}-{count}"
    taken.add(found)
    return found


def text(
    entries: Sequence[tuple[str, ExportedEntry, Mapping[str, str]]],
    strings: Mapping[str, str],
    preambles: Sequence[str],
    order: Sequence[str],
) -> str:
    """The file: preambles, macros by name, entries (key, what it is, its raw values) in the order given."""
    from bibtexparser import BibtexFormat, Library, write_string
    from bibtexparser.middlewares import SortFieldsCustomMiddleware
    from bibtexparser.model import Entry, Field, Preamble, String

    blocks: list[Any] = [Preamble(value) for value in preambles]
    blocks += [String(name, f"{{{value}}}") for name, value in sorted(strings.items())]
    taken: set[str] = set()
    for wanted, entry, values in entries:
        key = _unlike(wanted, valid_key(wanted), taken)
        written = [Field(name, values[name]) for name in sorted(values, key=str.lower)]
        blocks.append(Entry(entry.type, key, written))
    layout = BibtexFormat()
    layout.indent = "  "
    layout.value_column = _VALUE_COLUMN
    layout.trailing_comma = True
    layout.block_separator = "\n"
    sorting = SortFieldsCustomMiddleware(tuple(name.lower() for name in order), allow_inplace_modification=True)
    found: str = write_string(Library(blocks), unparse_stack=[sorting], bibtex_format=layout)
    return found
