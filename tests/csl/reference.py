"""The reference bibliography as works, and the styles whose golden files are kept."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pubtrack.csl import Style
from pubtrack.csl_json import work_from_item
from pubtrack.model.work import Work
from tests.csl.shown import shown_entry

ITEMS = Path(__file__).with_name("reference_works.json")
GOLDEN = Path(__file__).with_name("golden")
BUNDLED = ("cv", "cv-compact", "cv-doi", "cv-numbered", "cv-title-first", "cv-year-first")
MOST_USED = (
    "acm-sig-proceedings",
    "american-medical-association",
    "apa",
    "chicago-author-date",
    "elsevier-harvard",
    "harvard-cite-them-right",
    "ieee",
    "modern-language-association",
    "nature",
    "nlm-citation-sequence",
    "science",
    "springer-lecture-notes-in-computer-science",
)


@cache
def items() -> list[dict[str, Any]]:
    """The reference bibliography as CSL-JSON items: every type of CSL, every known nastiness."""
    value: list[dict[str, Any]] = json.loads(ITEMS.read_text(encoding="utf-8"))
    return value


@cache
def works() -> tuple[Work, ...]:
    """The reference bibliography."""
    return tuple(map(work_from_item, items()))


def rendered(style: str) -> str:
    """The reference bibliography in a style, a line an entry: the id, a tab, the entry in canonical HTML."""
    entries = Style.load(style).bibliography(works())
    return "".join(f"{entry.work.id}\t{shown_entry(entry)}\n" for entry in entries)


def golden_lines(style: str) -> dict[str, str]:
    """The golden file of a style: entries by id, in its order."""
    text = (GOLDEN / f"{style}.txt").read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines())
