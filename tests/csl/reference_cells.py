"""Compares 13 styles x 12 items with what citeproc-js and pandoc print: `python -m tests.csl.reference_cells DATA`.

Where those two agree, we must too. For each of the other cells reference_verdicts.toml says which is right, and why;
the list fails both ways. DATA is the folder with csl-reference/items.json and expected.json.
"""

from __future__ import annotations

import html
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pubtrack import csl_json
from pubtrack.csl import Style
from pubtrack.rendered import Item, Listing, Section
from pubtrack.writers import write

VERDICTS = Path(__file__).with_name("reference_verdicts.toml")


def printed(style: str, items: str) -> dict[str, str]:
    """Each item's entry in the style, as canonical HTML, by the item's id."""
    entries = Style.load(style).bibliography(csl_json.load(items), year_suffix=True)
    listing = Listing((Section(tuple(Item(entry.work, entry.text) for entry in entries)),))
    rows = json.loads(write(listing, "json"))
    return {row["id"]: canonical(row["html"]) for row in rows}


def canonical(source: str) -> str:
    """HTML with one spelling of marks and entities, without links."""
    source = re.sub(r"</?a\b[^>]*>", "", source)
    for long, short in (("em", "i"), ("strong", "b")):
        source = source.replace(f"<{long}>", f"<{short}>").replace(f"</{long}>", f"</{short}>")
    return " ".join(html.unescape(source).split())


def words(source: str) -> str:
    """The letters and digits alone: what is left to compare where both references have a fault in the looks."""
    return re.sub(r"[\W_]+", "", re.sub(r"<[^>]*>", "", source)).casefold()


def faults(data: Path) -> Iterator[str]:
    """Every cell that is not as it should be, a line each; then the counts, as `agreeing` and `judged`."""
    expected = json.loads((data / "csl-reference" / "expected.json").read_text(encoding="utf-8"))
    items = (data / "csl-reference" / "items.json").read_text(encoding="utf-8")
    verdicts = tomllib.loads(VERDICTS.read_text(encoding="utf-8"))
    agreeing = judged = 0
    unused = {(style, item) for style, cells in verdicts.items() for item in cells}
    for style, cells in expected.items():
        ours = printed(style, items)
        for cell in cells:
            item, got = cell["id"], ours[cell["id"]]
            both = {name: canonical(cell[name]) for name in ("citeproc_js", "pandoc")}
            if cell["agree"]:
                agreeing += got == both["pandoc"]
                if got != both["pandoc"]:
                    yield f"{style} {item}: {got} | both: {both['pandoc']}"
                continue
            verdict = verdicts.get(style, {}).get(item, "")
            unused.discard((style, item))
            right = verdict.partition(":")[0]
            if right == "neither":
                good = got not in both.values() and words(got) in map(words, both.values())
            else:
                good = got == both.get(right)
            judged += good
            if not good:
                yield f"{style} {item}: {got} | the verdict is {verdict or 'missing'} | {both}"
    for style, item in sorted(unused):
        yield f"{style} {item}: a verdict for a cell in which both agree"
    yield f"agreeing {agreeing}, judged {judged}"


def main() -> int:
    lines = list(faults(Path(sys.argv[1])))
    print("\n".join(lines))
    return 1 if len(lines) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
