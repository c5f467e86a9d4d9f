"""Measures who is recognised as the owner on real lists: `python tests/people/shared_owner.py DATA_FOLDER [--cli]`.

DATA_FOLDER holds `owners.json` (or a folder `owner` that does): for each .bib file the owner's declared names and for
each entry the owner's places, checked by hand. Prints the figures and every miss; exits 1 if a wrong person is
recognised or fewer than 98 in 100 places are found. `--cli` goes through the command line, a process for each file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pubtrack.people.owner import Owner, identify
from pubtrack.store.library import Library

RECALL = 0.98
Found = Mapping[str, Mapping[str, Any]]


def in_process(bib: Path, name: str, also: list[str]) -> Found:
    owner = Owner.parse(name, also)
    works = Library.load(str(bib)).works
    return {work.id: asdict(identify(work.author, owner, others="author" in work.others)) for work in works}


def by_command(bib: Path, name: str, also: list[str]) -> Found:
    options = [option for other in also for option in ("--also", other)]
    program = "import sys; from pubtrack.cli import main; sys.argv[0] = 'pubtrack'; main()"
    command = [sys.executable, "-c", program, "who", "--json", "--bib", str(bib), "--owner", name, *options]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if not result.stdout:
        sys.exit(f"{bib}: {result.stderr}")
    found: Found = json.loads(result.stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--cli", action="store_true", help="go through the command line")
    arguments = parser.parse_args()
    folder = arguments.data / "owner" if (arguments.data / "owner").is_dir() else arguments.data
    truth = json.loads((folder / "owners.json").read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for file, expected in truth.items():
        declared = expected["owner"]
        look = by_command if arguments.cli else in_process
        found = look(folder / file, declared["name"], declared["variants_a_person_would_declare"])
        for key, entry in expected["entries"].items():
            compare(f"{file} {key}", entry, found.get(key), counts, rules)
    return verdict(counts, rules)


def compare(
    place: str,
    expected: Mapping[str, Any],
    found: Mapping[str, Any] | None,
    counts: Counter[str],
    rules: Counter[str],
) -> None:
    """Counts one entry's hits and misses; those to be asked about count only if somebody is wrongly recognised."""
    if found is None:
        counts["missed"] += len(expected["positions"])
        print(f"LOST    {place}: no such entry was read")
        return
    wanted, got = set(expected["positions"]), set(found["positions"])
    counts["right"] += len(wanted & got)
    counts["wrong"] += len(got - wanted)
    counts["missed"] += len(wanted - got)
    counts[found["status"]] += 1
    rules[found["rule"] or "nobody"] += 1
    if got - wanted:
        print(f"WRONG   {place}: {sorted(got - wanted)}, {found}")
    if wanted - got:
        print(f"MISSED  {place}: {sorted(wanted - got)} ({expected['written_as']}), {found['status']}: {found['note']}")
    if (expected.get("inside") or expected.get("hidden_in_others")) and found["status"] != "ambiguous":
        counts["unasked"] += 1
        print(f"UNASKED {place}: {found}")


def verdict(counts: Counter[str], rules: Counter[str]) -> int:
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    recall = right / (right + missed)
    precision = right / (right + wrong)
    print(f"{right} right, {wrong} wrong, {missed} missed: precision {precision:.4f}, recall {recall:.4f}")
    print(
        "status:",
        ", ".join(f"{counts[status]} {status}" for status in ("certain", "ambiguous", "absent", "no-authors")),
    )
    print("rule:", ", ".join(f"{count} {rule}" for rule, count in rules.most_common()))
    return 1 if wrong or recall < RECALL or counts["unasked"] else 0


if __name__ == "__main__":
    sys.exit(main())
