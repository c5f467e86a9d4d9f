"""Compares the golden files with citeproc-js: every line is equal, or listed with its reason, or printed here.

    python -m benchmarks.compare_golden PEERS

PEERS is a folder outside the checkout in which `npm install citeproc` was run. Exit 1 when a line differs that
tests/csl/golden/differences.json does not list, or when citeproc-js prints something else than is listed there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.csl.reference import BUNDLED, GOLDEN, MOST_USED, golden_lines, items
from tests.csl.shown import NOTHING, shown_html

from benchmarks.peers import AbsentError, citeproc_js, citeproc_js_version
from pubtrack.csl.find import find_style


def differences(peers: Path) -> Iterator[tuple[str, str, str, str]]:
    """(style, id, our line, citeproc-js's line) of each golden line that differs."""
    styles = BUNDLED + MOST_USED
    answers = citeproc_js(peers, items(), [(name, find_style(name).file, "") for name in styles])
    for style in styles:
        answer = answers[style]
        if "error" in answer:
            raise RuntimeError(f"citeproc-js, {style}: {answer['error']}")
        theirs = {key: shown_html(html) for key, html in zip(answer["ids"], answer["html"], strict=True)}
        for key, ours in golden_lines(style).items():
            if ours != theirs.get(key, NOTHING):
                yield style, key, ours, theirs.get(key, NOTHING)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison and prints what is not listed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", type=Path)
    options = parser.parse_args(arguments)
    listed = json.loads((GOLDEN / "differences.json").read_text(encoding="utf-8"))["differences"]
    try:
        version = citeproc_js_version(options.peers)
        found = list(differences(options.peers))
    except (AbsentError, OSError) as error:
        print(f"cannot compare: {error}", file=sys.stderr)
        return 2
    unlisted = 0
    for style, key, ours, theirs in found:
        if listed.get(style, {}).get(key, ("", ""))[1] != theirs:
            unlisted += 1
            print(f"{style} {key}\n  ours   {ours}\n  theirs {theirs}")
    total = sum(len(golden_lines(style)) for style in BUNDLED + MOST_USED)
    equal = total - len(found)
    print(f"citeproc-js {version}: {equal} of {total} lines equal, {len(found) - unlisted} listed, {unlisted} not")
    return 1 if unlisted else 0


if __name__ == "__main__":
    sys.exit(main())
