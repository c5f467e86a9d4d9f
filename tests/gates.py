"""Measures pubtrack against the shared data and fails where a figure is worse than docs/gates.toml records.

usage: python -m tests.gates SHARED [NAME...]
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
Figures = Mapping[str, float]


def run(*words: str) -> str:
    """The standard output of a Python program of the project, which is shown where it fails."""
    result = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if result.returncode not in (0, 1):
        sys.stderr.write(result.stderr)
        raise SystemExit(f"{' '.join(words)} ended with {result.returncode}")
    return result.stdout


def csl_suite(shared: Path) -> Figures:
    """How many of the official CSL fixtures pass: by mode, and of the two lists that matter for publications."""
    suite, engine = str(shared / "tools" / "csl_suite.py"), "tests.csl.adapter:render"
    whole = run(suite, engine)
    figures = {
        mode: float(re.search(rf"^{mode} +(\d+)/", whole, re.M)[1])  # type: ignore[index]
        for mode in ("all", "bibliography", "citation")
    }
    for name in ("core-bibliography", "publication-list-relevant"):
        output = run(suite, engine, "--names", str(shared / "data" / "csl-suite" / f"{name}.json"))
        figures[name] = float(re.search(r"^all +(\d+)/", output, re.M)[1])  # type: ignore[index]
    return figures


MEASURES: Mapping[str, Callable[[Path], Figures]] = {
    "csl-suite": csl_suite,
}


def main() -> int:
    shared = Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or list(MEASURES)
    gates = tomllib.loads((ROOT / "docs" / "gates.toml").read_text(encoding="utf-8"))
    failed = 0
    for name in wanted:
        begin = time.perf_counter()
        figures = MEASURES[name](shared)
        print(f"{name} ({time.perf_counter() - begin:.1f} s)")
        for figure, value in figures.items():
            low = gates["at-least"].get(name, {}).get(figure)
            high = gates["at-most"].get(name, {}).get(figure)
            if low is None and high is None:
                raise SystemExit(f"docs/gates.toml has no bound for {name}.{figure}")
            good = (low is None or value >= low) and (high is None or value <= high)
            failed += not good
            bound = f"at least {low}" if low is not None else f"at most {high}"
            print(f"  {figure:40} {value:10g}  {bound}{'' if good else '  WORSE'}")
    print(f"{failed} figures worse than recorded")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
