"""Compares the golden files with citeproc-js: every line is equal, or listed with its reason, or printed here.

    python -m benchmarks.compare_golden PEERS [--pandoc]

PEERS is a folder outside the checkout in which `npm install citeproc` was run. The number in front of an entry is not
compared, the order of the entries is. Exit 1 when a line or an order differs that tests/csl/golden/differences.json
does not list, or when citeproc-js prints something else than is listed there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tests.csl.reference import BUNDLED, GOLDEN, MOST_USED, golden_lines, items
from tests.csl.shown import NOTHING, shown_html, without_number

from benchmarks.peers import AbsentError, citeproc_js, citeproc_js_version, pandoc
from pubtrack.csl.style_registry import find_style


@dataclass(frozen=True, slots=True)
class Style:
    """One style's golden lines and citeproc-js's, by id, each in its order."""

    name: str
    ours: dict[str, str]
    theirs: dict[str, str]

    def differences(self) -> Iterator[tuple[str, str, str]]:
        """(id, our line, their line) where they differ in more than the number."""
        for key, ours in self.ours.items():
            theirs = self.theirs.get(key, NOTHING)
            if without_number(ours) != without_number(theirs):
                yield key, ours, theirs

    def moved(self) -> list[str]:
        """The ids that citeproc-js puts elsewhere."""
        ours = [key for key in self.ours if key in self.theirs]
        theirs = [key for key in self.theirs if key in self.ours]
        same = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        kept = {key for block in same for key in ours[block.a : block.a + block.size]}
        return [key for key in ours if key not in kept]


def compared(peers: Path) -> Iterator[Style]:
    """Every style whose golden file is kept."""
    names = BUNDLED + MOST_USED
    answers = citeproc_js(peers, items(), [(name, find_style(name).file, "") for name in names])
    for name in names:
        answer = answers[name]
        if "error" in answer:
            raise RuntimeError(f"citeproc-js, {name}: {answer['error']}")
        theirs = {key: shown_html(html) for key, html in zip(answer["ids"], answer["html"], strict=True)}
        yield Style(name, golden_lines(name), theirs)


def opinions(style: str) -> dict[str, str]:
    """What pandoc prints in a style, by id."""
    return {key: shown_html(html) for key, html in pandoc(items(), find_style(style).file).items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison and prints what is not listed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", type=Path)
    parser.add_argument("--pandoc", action="store_true", help="print pandoc's opinion on every difference")
    options = parser.parse_args(arguments)
    listed = json.loads((GOLDEN / "differences.json").read_text(encoding="utf-8"))
    lines = different = unlisted = 0
    try:
        version = citeproc_js_version(options.peers)
        for style in compared(options.peers):
            found = list(style.differences())
            lines += len(style.ours)
            different += len(found)
            known = listed["differences"].get(style.name, {})
            new = [one for one in found if known.get(one[0], ("", ""))[1] != one[2]]
            unlisted += report(style, new, opinions(style.name) if options.pandoc and new else None)
            if (moved := style.moved()) != listed["order"].get(style.name, ("", []))[1]:
                unlisted += 1
                print(f"{style.name}: citeproc-js puts elsewhere {json.dumps(moved)}")
    except (AbsentError, OSError) as error:
        print(f"cannot compare: {error}", file=sys.stderr)
        return 2
    print(
        f"citeproc-js {version}: {lines - different} of {lines} lines equal, {different} differ; {unlisted} not listed"
    )
    return 1 if unlisted else 0


def report(style: Style, new: Sequence[tuple[str, str, str]], third: dict[str, str] | None) -> int:
    """Prints the differences that are not listed; their number."""
    for key, ours, theirs in new:
        print(f"{style.name} {key}\n  ours   {ours}\n  theirs {theirs}")
        if third is not None:
            opinion = third.get(key, NOTHING)
            print(f"  pandoc { {ours: 'as ours', theirs: 'as theirs'}.get(opinion, opinion) }")
    return len(new)


if __name__ == "__main__":
    sys.exit(main())
