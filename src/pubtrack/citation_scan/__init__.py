"""The contents of documents in; the keys they cite, each with its place, out.

Nothing here touches a disk: the documents and what they include come through the argument `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module

from pubtrack.citation_scan._missing_keys import missing_keys, unused_keys
from pubtrack.citation_scan._paths import suffix_of
from pubtrack.citation_scan._values import Cited, CitedKey, Read, Scan
from pubtrack.model.errors import PubtrackError, UsageError, did_you_mean

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Cited",
    "CitedKey",
    "Read",
    "Scan",
    "Scanner",
    "cited_in",
    "format_of",
    "missing_keys",
    "unused_keys",
]

Scanner = Callable[[bytes, str, Read], Scan]
"""A document's content, its file's name and the way to the files that it includes, to what it cites.

Never raises: what is wrong stands in the result.
"""

FORMATS: Mapping[str, str] = {
    "aux": "pubtrack.citation_scan.aux_file",
    "bcf": "pubtrack.citation_scan.bcf",
    "tex": "pubtrack.citation_scan.tex",
    "typst": "pubtrack.citation_scan.typst",
    "markdown": "pubtrack.citation_scan.markdown",
    "notebook": "pubtrack.citation_scan.notebook",
    "docx": "pubtrack.citation_scan.docx",
    "keys": "pubtrack.citation_scan.keys",
}
"""A format's name to its module, loaded when it is asked for; each has `scan`, a `Scanner`."""

SUFFIXES: Mapping[str, str] = {
    ".aux": "aux",
    ".bcf": "bcf",
    ".tex": "tex",
    ".ltx": "tex",
    ".latex": "tex",
    ".rnw": "tex",
    ".typ": "typst",
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".ipynb": "notebook",
    ".docx": "docx",
    ".txt": "keys",
    ".keys": "keys",
}
"""A file name's ending in lower case to the format."""


def cited_in(documents: Iterable[str], read: Read, *, format_: str = "") -> Cited:
    """What the documents cite, all together, in their order; each is scanned with the files that it includes.

    The format is told by a document's suffix unless `format_` names one for all. Raises UsageError for a format or
    suffix that is not known. All else that is wrong, a document that is not there too, stands in `problems`.
    """
    scanners = [(document, _scanner(format_ or format_of(document))) for document in documents]
    scans = [_scanned(document, scanner, read) for document, scanner in scanners]
    labels = frozenset[str]().union(*(scan.labels for scan in scans))
    found: dict[str, CitedKey] = {}
    for scan in scans:
        for citation in scan.citations:
            if not (citation.key in labels and citation.key in scan.references):
                found.setdefault(citation.key, citation)
    problems = [problem for scan in scans for problem in scan.problems]
    return Cited(
        tuple(found.values()),
        everything=any(scan.everything for scan in scans),
        bibliographies=tuple(dict.fromkeys(name for scan in scans for name in scan.bibliographies)),
        problems=(*problems, *_differing_in_case(list(found.values()))),
        warnings=tuple(warning for scan in scans for warning in scan.warnings),
    )


def format_of(document: str) -> str:
    """The format that a document's suffix tells. Raises UsageError when it tells none."""
    suffix = suffix_of(document)
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix == ".bib":
        raise UsageError("this is a library, no document that cites; read it with --bib", file=document)
    hint = (did_you_mean(suffix, SUFFIXES) if suffix else "") or f"; it reads {', '.join(SUFFIXES)}"
    raise UsageError(f'"{suffix}" is not a kind of document whose citations pubtrack reads{hint}', file=document)


def _scanner(name: str) -> Scanner:
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or f"; there is {', '.join(FORMATS)}"
        raise UsageError(f'unknown kind of document "{name}"{hint}')
    scanner: Scanner = import_module(FORMATS[name]).scan
    return scanner


def _scanned(document: str, scanner: Scanner, read: Read) -> Scan:
    try:
        content = read(document)
    except PubtrackError as error:
        return Scan((), problems=(error,))
    if content is None:
        return Scan((), problems=(PubtrackError("there is no such file", file=document),))
    return scanner(content, document, read)


def _differing_in_case(citations: Sequence[CitedKey]) -> list[PubtrackError]:
    """BibTeX stops at two citations whose keys differ in case only (bibtex.web, "Case mismatch error")."""
    first: dict[str, CitedKey] = {}
    problems = []
    for citation in citations:
        other = first.setdefault(citation.key.lower(), citation)
        if other is not citation:
            where = ":".join(str(part) for part in (other.file, other.line, other.column) if part)
            problems.append(
                PubtrackError(
                    f'"{citation.key}" is cited as "{other.key}" at {where}; spell both alike',
                    file=citation.file,
                    line=citation.line,
                    column=citation.column,
                )
            )
    return problems
