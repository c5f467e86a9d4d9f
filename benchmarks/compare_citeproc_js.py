"""Compares our engine with citeproc-js, style by style and item by item: prints equality and every difference.

    python -m benchmarks.compare_citeproc_js PEERS [--styles 100 | --style NAME ...] [--items FILE] [--show] [--pandoc]

PEERS is a folder outside the checkout in which `npm install citeproc` was run. By default the styles are the 100
independent installed ones whose file names have the smallest SHA-256, and the items those of items.json beside
this file. Year suffixes are off on both sides. With --pandoc, every difference says what pandoc prints. Exit 1
when fewer than 90 % of the entries are equal.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.csl.shown import NOTHING, shown_entry, shown_html

from benchmarks.peers import AbsentError, citeproc_js, citeproc_js_version, installed_styles, pandoc
from pubtrack.csl import Style
from pubtrack.csl_json import work_from_item

ITEMS = Path(__file__).with_name("items.json")
GATE = 0.90


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that the two engines print differently."""

    style: str
    item: str
    ours: str
    theirs: str
    pandoc: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of one style: equal entries, all entries, and whether both put them into the same order."""

    style: str
    equal: int
    total: int
    same_order: bool
    differences: tuple[Difference, ...]


def smallest_by_hash(styles: Sequence[Path], count: int) -> list[Path]:
    """The `count` styles whose file names have the smallest SHA-256."""
    return sorted(styles, key=lambda path: hashlib.sha256(path.name.encode()).hexdigest())[:count]


def our_entries(style: Path, items: Sequence[Any]) -> dict[str, str]:
    """Our entries by item id, in the style's order; a style that raises has its error in every entry."""
    works = [work_from_item(item) for item in items]
    try:
        made = Style.parse(style.read_bytes(), file=style.name)
        if not made.has_bibliography:
            return {}
        return {entry.work.id: shown_entry(entry) for entry in made.bibliography(works)}
    except Exception as error:  # a crash is a difference in every entry, not the end of the comparison
        return {work.id: f"RAISES {type(error).__name__}: {error}" for work in works}


def compare(style: Path, items: Sequence[Any], answer: dict[str, Any]) -> Comparison | None:
    """The comparison of one style, None where both say that it has no bibliography."""
    ours = our_entries(style, items)
    no_bibliography = answer.get("error") == "the style has no bibliography"
    if no_bibliography and not ours:
        return None
    if "error" in answer:
        theirs = {str(item["id"]): f"RAISES {answer['error']}" for item in items}
    else:
        theirs = {str(key): shown_html(html) for key, html in zip(answer["ids"], answer["html"], strict=True)}
    keys = [str(item["id"]) for item in items]
    differences = tuple(
        Difference(style.stem, key, ours.get(key, NOTHING), theirs.get(key, NOTHING))
        for key in keys
        if ours.get(key, NOTHING) != theirs.get(key, NOTHING)
    )
    both = [key for key in ours if ours[key] != NOTHING and key in theirs]
    same_order = both == [key for key in theirs if key in both]
    return Comparison(style.stem, len(keys) - len(differences), len(keys), same_order, differences)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison and prints it; 0 when the gate is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", type=Path)
    parser.add_argument("--styles", type=int, default=100, metavar="N")
    parser.add_argument("--style", action="append", default=[], metavar="NAME", help="these styles instead")
    parser.add_argument("--items", type=Path, default=ITEMS)
    parser.add_argument("--show", action="store_true", help="print every difference")
    parser.add_argument("--pandoc", action="store_true", help="print pandoc's opinion on every difference")
    options = parser.parse_args(arguments)
    items = json.loads(options.items.read_text(encoding="utf-8"))
    try:
        installed = installed_styles()
        version = citeproc_js_version(options.peers)
        styles = smallest_by_hash(installed, options.styles)
        if options.style:
            styles = [path for path in installed if path.stem in options.style]
        answers = citeproc_js(options.peers, items, [(path.stem, path, "") for path in styles])
    except (AbsentError, OSError) as error:
        print(f"cannot compare: {error}", file=sys.stderr)
        return 2
    results = [(path.stem, compare(path, items, answers[path.stem])) for path in styles]
    if options.pandoc:
        files = {path.stem: path for path in styles}
        results = [(name, one and with_pandoc(one, files[name], items)) for name, one in results]
    return report(results, len(items), version, show=options.show or options.pandoc)


def with_pandoc(comparison: Comparison, style: Path, items: Sequence[Any]) -> Comparison:
    """The comparison with what pandoc prints in every difference."""
    if not comparison.differences:
        return comparison
    printed = {key: shown_html(html) for key, html in pandoc(items, style).items()}
    differences = tuple(replace(one, pandoc=printed.get(one.item, NOTHING)) for one in comparison.differences)
    return replace(comparison, differences=differences)


def report(results: Sequence[tuple[str, Comparison | None]], items: int, version: str, *, show: bool) -> int:
    """Prints the comparison; 0 when the gate is met."""
    print(f"citeproc-js {version}, {len(results)} styles, {items} items")
    compared = [comparison for _, comparison in results if comparison is not None]
    for one in sorted(compared, key=lambda one: (one.equal / one.total, one.style)):
        print(f"{one.equal:4d}/{one.total:<4d} {one.style}{'' if one.same_order else '  (another order)'}")
        for difference in one.differences if show else ():
            print(f"     {difference.item}\n       ours   {difference.ours}\n       theirs {difference.theirs}")
            if opinion := difference.pandoc:
                named = {difference.ours: "as ours", difference.theirs: "as theirs"}
                print(f"       pandoc {named.get(opinion, opinion)}")
    for name, comparison in results:
        if comparison is None:
            print(f"   -/-    {name}: both say that it has no bibliography")
    equal, total = sum(one.equal for one in compared), sum(one.total for one in compared)
    perfect = sum(one.equal == one.total for one in compared)
    ordered = sum(one.same_order for one in compared)
    share = equal / total if total else 0.0
    print(
        f"equal: {equal} of {total} entries ({share:.1%}); all entries in {perfect} of {len(compared)} styles; "
        f"the same order in {ordered}"
    )
    return 0 if share >= GATE else 1


if __name__ == "__main__":
    sys.exit(main())
