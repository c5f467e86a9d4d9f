"""A file that is no bibliography, and what the user may have meant by it: its name and first bytes in, a hint out."""

from __future__ import annotations

import re
from pathlib import PurePath

from pubtrack.cli.options import refuse

_RECORDS = "export it from its program as BibTeX or CSL-JSON"
_FORMATS = {
    ".ris": "RIS", ".nbib": "PubMed's format", ".enw": "EndNote's format", ".xml": "XML", ".rdf": "RDF",
    ".yaml": "YAML", ".yml": "YAML", ".pdf": "PDF", ".csv": "a table", ".html": "HTML", ".htm": "HTML", ".rtf": "RTF",
    ".odt": "a document", ".doc": "a document",
}  # fmt: skip
_DOCUMENTS = frozenset(".docx .tex .ltx .aux .bcf .typ .md .markdown .qmd .rmd .ipynb".split())
_SIGNATURES = {b"TY  - ": ".ris", b"PMID- ": ".nbib", b"%PDF-": ".pdf", b"<?xml": ".xml", b"PK\x03\x04": ".docx"}
_BIBLIOGRAPHIES = frozenset({".bib", ".bibtex", ".json"})
_ENDING = re.compile(r"\.(?:bib|bibtex|json|csl|tex|aux|md|docx|typ|ris|xml|toml|txt|pdf)\Z", re.I)


def looks_like_file(word: str) -> bool:
    """Whether a word that was to be a key, a filter or a command is rather the name of a file."""
    return " " not in word and (_ENDING.search(word) is not None or word.startswith(("./", "../", "/", "~/")))


def refuse_file(filter_: str) -> None:
    """Raises UsageError for the name of a file in the place of a filter."""
    if looks_like_file(filter_):
        refuse(f'"{filter_}" is not a filter; --bib {filter_} reads a file')


def other_kind(file: str, head: bytes) -> str:
    """What a file without entries is in place of a bibliography, and which command reads it; "" if nobody knows."""
    suffix = PurePath(file).suffix.lower()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    signed = next((kind for signature, kind in _SIGNATURES.items() if start.startswith(signature)), "")
    kind = signed if signed and (suffix in _BIBLIOGRAPHIES or suffix not in _DOCUMENTS) else suffix
    if kind in _DOCUMENTS:
        return (
            f"this is a document, not a bibliography; `pubtrack export {file}` writes the .bib of what it cites, "
            f"`pubtrack cv {file}` fills its lists"
        )
    if kind == ".toml":
        return f"this is a configuration, not a bibliography; --config {file} reads it"
    if kind == ".csl":
        return f"this is a citation style, not a bibliography; --style {file} uses it"
    return f"this is {_FORMATS[kind]}, not BibTeX or CSL-JSON; {_RECORDS}" if kind in _FORMATS else ""
