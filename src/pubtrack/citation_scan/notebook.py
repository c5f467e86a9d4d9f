"""The citations of a Jupyter notebook: those of its Markdown cells, and nbconvert's `<cite data-cite="key">`.

A place is given within its cell: `paper.ipynb (cell 3)`, its line and column. Code cells cite nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from pubtrack.citation_scan._collector import Gathering, SourceText, decode_document
from pubtrack.citation_scan._values import Read, Scan
from pubtrack.citation_scan.markdown import scan_texts

_DATA_CITE = re.compile(r"""<(?:cite|strong|a)\s[^<>]*?data-cite=["']([^"'<>]+)["']""", re.I)

_ZOTERO = re.compile(r"^\d+/")
"""The library's number that Zotero's clipboard puts before a key."""


def scan(content: bytes, file: str, read: Read) -> Scan:
    """What the notebook cites. What is not a notebook leaves a problem."""
    try:
        cells = _cells(json.loads(decode_document(content)))
    except (ValueError, RecursionError):
        return Scan((), problems=(SourceText("", file).whole("this is not a Jupyter notebook; its JSON is broken"),))
    parts = [(text, f"{file} (cell {number})") for number, text in cells]
    tags = Gathering(read, file)
    for text, name in parts:
        source = SourceText(text, name)
        for match in _DATA_CITE.finditer(text):
            for key in re.finditer(r"[^\s,]+", match[1]):
                tags.cite(_ZOTERO.sub("", key[0]), source, match.start(1) + key.start())
    found = scan_texts(parts, file, read)
    keys = {citation.key for citation in found.citations}
    return replace(found, citations=(*found.citations, *(one for one in tags.scan().citations if one.key not in keys)))


def _cells(notebook: Any) -> list[tuple[int, str]]:
    """The Markdown cells with their numbers, from 1. Raises ValueError for what has none."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ValueError("no cells")
    found = []
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown":
            text = cell.get("source", "")
            lines = text if isinstance(text, list) else [text]
            found.append((number, "".join(line for line in lines if isinstance(line, str))))
    return found
