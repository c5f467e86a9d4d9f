"""Draws the error findings on real files that docs/check-precision.toml judges, and says which are not judged yet.

usage: python -m tests.checks.precision SHARED

At random with a fixed seed: each finding has a random number, made of the seed and its name, and the smallest are
drawn, so that one finding more or less changes the sample by one. At most three of one rule in one file: files that
repeat one fault a thousand times would be all of it.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pubtrack.model.findings import Finding
from tests.checks.shared_checks import findings

JUDGED = Path(__file__).parent.parent.parent / "docs" / "check-precision.toml"
SEED, SIZE, MOST = 20_261_125, 100, 3


def drawn(folder: Path) -> list[Finding]:
    """The sample from the files in `folder`, sorted."""
    errors = [one for one in findings(folder) if one.severity == "error"]
    errors.sort(key=_lot)
    seen: Counter[tuple[str, str]] = Counter()
    chosen: list[Finding] = []
    for one in errors:
        seen[one.file, one.code] += 1
        if seen[one.file, one.code] <= MOST and len(chosen) < SIZE:
            chosen.append(one)
    return sorted(chosen, key=lambda one: (one.code, one.file, one.line, one.column))


def name(one: Finding) -> tuple[str, str, str]:
    """What a finding is known by in the list of judgements: rule, file and line, entry."""
    return one.code, f"{one.file}:{one.line}", one.key


def _lot(one: Finding) -> str:
    text = "|".join((str(SEED), *name(one), one.field, one.message))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def main(arguments: Sequence[str]) -> int:
    """Prints what is not judged, then the share of the judged ones that are right."""
    judged = {
        (row["rule"], row["place"], row["key"]): row["right"]
        for row in tomllib.loads(JUDGED.read_text(encoding="utf-8"))["finding"]
    }
    sample = drawn(Path(arguments[0]).resolve() / "data" / "bib")
    missing = [one for one in sample if name(one) not in judged]
    for one in missing:
        print(f"not judged: {one}")
    right = sum(judged.get(name(one), False) for one in sample)
    print(f"{right} of {len(sample)} right, {len(missing)} not judged")
    return 1 if missing or right < 0.95 * len(sample) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
