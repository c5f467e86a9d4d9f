"""Compares with the cells of csl-reference: `python -m tests.csl.agreement FOLDER [--show]`.

FOLDER holds items.json and expected.json: what citeproc-js and pandoc print of hard items in popular styles. Where
the two agree we must print the same; where they differ, what `VERDICTS` says. Prints every other cell, exits 1 if
there is one.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubtrack.csl import Style
from pubtrack.csl_json import load
from tests.csl.adapter import to_html

JS, PANDOC, NEITHER = "citeproc_js", "pandoc", "neither"
DASH = "pages 12:1-12:30 are a range: with the locale's dash, and so plural"
ITALICS = "a style's italics hold for Chinese titles too, and Chinese names have no initials and so no period"
NAMES = "Chinese names have no initials and so no period behind them"
MATH = "TeX math is opaque to title case, the hyphenated word behind it is not"
COMMA = 'a comma follows a question mark ("?,"): the table of the fixtures punctuation_FullMonty*'
LABEL = "a label that stands before the names is printed before them"
TYPED = "the author's typographic quotation marks stay where no quotation is around them"
HYPHEN = 'initialize-with-hyphen="false" holds for names that are initials already'
SUFFIX = 'a suffix has no period where initials have none (initialize-with="")'
SPACE = "the style's text stands between, with its blanks"

_ACM, _SIG, _AMA = "association-for-computing-machinery", "acm-sig-proceedings", "american-medical-association"
_MLA, _NLM, _ACS = "modern-language-association", "nlm-citation-sequence", "american-chemical-society"
_CITE_RIGHT, _LNCS = "harvard-cite-them-right", "springer-lecture-notes-in-computer-science"
VERDICTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("apa", "amp"): (PANDOC, DASH),
    ("apa", "chinese"): (JS, NAMES),
    ("ieee", "article8"): (JS, COMMA),
    ("ieee", "chinese"): (NEITHER, ITALICS),
    ("ieee", "amp"): (NEITHER, f"{DASH}; {COMMA}"),
    ("ieee", "quoted"): (JS, SPACE),
    (_ACM, "amp"): (PANDOC, DASH),
    (_ACM, "chinese"): (PANDOC, ITALICS),
    (_SIG, "amp"): (PANDOC, DASH),
    (_SIG, "chinese"): (NEITHER, ITALICS),
    ("chicago-author-date", "amp"): (PANDOC, DASH),
    ("chicago-author-date", "article8"): (NEITHER, MATH),
    ("chicago-author-date", "chinese"): (PANDOC, ITALICS),
    (_MLA, "amp"): (PANDOC, DASH),
    (_MLA, "article8"): (NEITHER, MATH),
    (_MLA, "chinese"): (PANDOC, ITALICS),
    ("nature", "preprint"): (JS, TYPED),
    ("nature", "chinese"): (NEITHER, ITALICS),
    ("nature", "amp"): (PANDOC, DASH),
    ("nature", "quoted"): (JS, TYPED),
    (_NLM, "article8"): (JS, SUFFIX),
    (_NLM, "chapter"): (JS, LABEL),
    (_NLM, "amp"): (NEITHER, f"{DASH}; {HYPHEN}"),
    (_NLM, "quoted"): (JS, LABEL),
    (_CITE_RIGHT, "amp"): (NEITHER, f"{DASH}; {COMMA}"),
    (_CITE_RIGHT, "article8"): (JS, COMMA),
    (_CITE_RIGHT, "chinese"): (NEITHER, ITALICS),
    (_AMA, "chapter"): (JS, LABEL),
    (_AMA, "chinese"): (PANDOC, ITALICS),
    (_AMA, "amp"): (JS, HYPHEN),
    (_AMA, "quoted"): (JS, LABEL),
    (_LNCS, "chinese"): (JS, NAMES),
    (_LNCS, "amp"): (PANDOC, DASH),
    ("elsevier-harvard", "amp"): (PANDOC, DASH),
    ("elsevier-harvard", "chinese"): (JS, NAMES),
    (_ACS, "article8"): (NEITHER, MATH),
    (_ACS, "chinese"): (NEITHER, ITALICS),
    (_ACS, "amp"): (PANDOC, DASH),
}
"""Of each cell in which the two differ: whose output the specification asks for, and why. "neither" where each is
right in a part of the cell and wrong in another."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One item in one style: what we print, what was expected, and whose it is."""

    style: str
    item: str
    ours: str
    expected: Mapping[str, str]
    winner: str

    @property
    def good(self) -> bool:
        if self.winner == NEITHER:
            return self.ours not in self.expected.values() and _words(self.ours) in map(_words, self.expected.values())
        return self.ours == self.expected[self.winner]


def cells(folder: Path) -> Iterator[Cell]:
    works = load((folder / "items.json").read_text(encoding="utf-8"))
    expected: dict[str, list[dict[str, Any]]] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for style, rows in expected.items():
        ours = {
            works[index].id: _flat(to_html(run for run in runs if run.frame.display != "left-margin"))
            for index, runs in Style.load(style).bibliography_runs(works, year_suffix=True)
        }
        for row in rows:
            winner = JS if row["agree"] else VERDICTS[style, row["id"]][0]
            yield Cell(style, row["id"], ours[row["id"]], {name: _flat(row[name]) for name in (JS, PANDOC)}, winner)


def _words(value: str) -> str:
    """Letters and digits alone: what must be right where each of the two has a fault in the looks."""
    return re.sub(r"[\W_]+", "", re.sub(r"<[^>]*>", "", value)).casefold()


def _flat(value: str) -> str:
    """HTML without blocks, entities decoded, blanks single."""
    return " ".join(html.unescape(re.sub(r"</?div[^>]*>", "", value)).split())


def main() -> int:
    found = list(cells(Path(sys.argv[1])))
    bad = [cell for cell in found if not cell.good]
    for cell in bad:
        print(f"{cell.style} {cell.item}: expected {cell.winner}\n  ours   {cell.ours}")
        print("".join(f"  {name:6} {value}\n" for name, value in cell.expected.items()), end="")
    same = [cell.good for cell in found if cell.expected[JS] == cell.expected[PANDOC]]
    others = [cell.good for cell in found if cell.expected[JS] != cell.expected[PANDOC]]
    neither = sum(cell.winner == NEITHER for cell in found)
    print(f"cells in which both agree: {sum(same)} of {len(same)}")
    print(f"others as the verdicts say: {sum(others)} of {len(others)}, {neither} of them unlike either")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
