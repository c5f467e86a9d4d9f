"""Works to a fresh .bib by bibtexparser 2: BibTeX's dialect, UTF-8, only the fields asked for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pubtrack.bibtex.from_work import entry_fields, entry_type
from pubtrack.model.work import Work
from pubtrack.writers._inline import printable

STANDARD = frozenset(
    "author editor translator title booktitle journal series edition volume number issue pages eid chapter publisher "
    "institution school organization howpublished address location date year month day type note abstract doi "
    "url urldate isbn issn eprint archiveprefix primaryclass language langid version pubstate".split()
)
"""Fields of BibTeX and biblatex (lower case) that say what the work is and where it appeared."""

_NO_KEY = re.compile(r"[^\w:.+/-]+")
_NO_TYPE = re.compile(r"[^a-z]")


def write(works: Iterable[Work], fields: Container[str], *, more: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """The entries of `works` as .bib text, of their fields those in `fields` (in lower case).

    `more` has further fields by key, written where the entry has none of that name. A key that no .bib may have is
    spelt with hyphens.
    """
    from bibtexparser import BibtexFormat, Library, write_string
    from bibtexparser.model import Entry, Field

    blocks: list[Any] = []
    taken: set[str] = set()
    for work in works:
        kept = fields_of(work, fields, (more or {}).get(work.id, {}))
        written = [Field(name, value) for name, value in kept.items()]
        blocks.append(Entry(type_of(work), unique_key(work.id, taken), written))
    layout = BibtexFormat()
    layout.indent = "  "
    layout.value_column = "auto"
    layout.trailing_comma = True
    layout.block_separator = "\n"
    text: str = write_string(Library(blocks), bibtex_format=layout)
    return text


def type_of(work: Work) -> str:
    """BibTeX's type for `work`."""
    return _NO_TYPE.sub("", entry_type(work, "bibtex")) or "misc"


def fields_of(work: Work, fields: Container[str], more: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """The fields of `work` among `fields` (in lower case), those of `more` where it has none of that name."""
    kept: dict[str, str] = {}
    for name, value in (*entry_fields(work, "bibtex", "unicode").items(), *more.items()):
        if name.lower() in fields and name.lower() not in map(str.lower, kept) and value.strip():
            kept[name] = printable(value).strip()
    return kept


def unique_key(key: str, taken: set[str]) -> str:
    """`key` as a .bib may have it, unlike those `taken` in whatever case; it is taken then."""
    stem = _NO_KEY.sub("-", key).strip("-") or "work"
    found, count = stem, 1
    while found.lower() in taken:
        count += 1
        found = f"{stem}-{count}"
    taken.add(found.lower())
    return found
