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


def owner(shared: Path) -> Figures:
    """Who is recognised in 38 real lists, through the command line."""
    output = run("-m", "tests.people.shared_owner", str(shared / "data"), "--cli")
    found = re.search(r"^(\d+) right, (\d+) wrong, (\d+) missed: .*recall ([\d.]+)", output, re.M)
    assert found is not None, output
    return {"wrong": float(found[2]), "recall": float(found[4])}


def cv_pairs(shared: Path) -> Figures:
    """How many of ten real lists come out as their owners printed them."""
    output = run("-m", "tests.cv_pairs.measure", str(shared / "data"))
    found = re.search(r"^pairs-good (\d+)", output, re.M)
    assert found is not None, output
    return {"good": float(found[1])}


def csl_reference(shared: Path) -> Figures:
    """In how many cells we print what citeproc-js and pandoc agree on, or the one of them that is right."""
    output = run("-m", "tests.csl.agreement", str(shared / "data" / "csl-reference"))
    agreeing, judged = (float(count) for count in re.findall(r"^(?:cells|others) .*: (\d+) of", output, re.M))
    return {"agreeing": agreeing, "judged": judged}


def all_styles(shared: Path) -> Figures:
    """How many of the installed styles raise on items of every type."""
    del shared
    output = run("-m", "tests.csl.all_styles")
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines()[-5:]))
    found = re.search(r"(\d+) with a fault", output)
    assert found is not None, output
    return {"faults": float(found[1])}


def seed_cv(shared: Path) -> Figures:
    """Whether the author's list is what the CV prints, byte for byte."""
    output = run("-m", "pubtrack", "render")
    return {"equal": float(output == (shared / "data" / "seed-cv" / "expected.md").read_text(encoding="utf-8"))}


def bibtex_files(shared: Path) -> Figures:
    """Real and nasty .bib files: bytes, keys, faults, edits, and the entries that two other parsers read alike."""
    output = run("-m", "tests.bibtex.shared_checks", str(shared / "data"))
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines() if line.startswith("    ")))
    figures = {name: float(value) for name, value in re.findall(r"^([a-z-]+-agreed) (\d+)$", output, re.M)}
    found = re.search(r"^(\d+) faults$", output, re.M)
    assert found is not None, output
    return {"faults": float(found[1]), **figures}


def refresh(shared: Path) -> Figures:
    """A store of true entries against the fake services and their quirks: nothing disputed, lost or over a limit."""
    output = run("-m", "tests.refresh.shared_refresh", str(shared))
    return {name: float(value) for name, value in re.findall(r"^([a-z-]+) (\d+)$", output, re.M)}


def round_trip(shared: Path) -> Figures:
    """Real .bib files exported whole and read again: how many works are the same, in both dialects."""
    output = run("-m", "tests.exports.shared_round_trip", str(shared / "data"))
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines() if line.startswith("    ")))
    found = re.search(r"^same (\d+)\nexplained \d+\n(\d+) faults$", output, re.M)
    assert found is not None, output
    return {"same": float(found[1]), "faults": float(found[2])}


def source_payloads(shared: Path) -> Figures:
    """Real replies of the services: read without an error, what is lost of them, whether an entry keeps the rest."""
    output = run("-m", "tests.sources.shared_payloads", str(shared / "data"))
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines() if not re.match(r"[a-z]+ \d+$", line)))
    return {name: float(value) for name, value in re.findall(r"^([a-z]+) (\d+)$", output, re.M)}


def source_fetch(shared: Path) -> Figures:
    """Fetching from another fake of the services, without and with faults: what came, and what was broken."""
    output = run("-m", "tests.sources.shared_fetch", str(shared / "tools" / "services"))
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines() if not re.match(r"[a-z-]+ \d+$", line)))
    return {name: float(value) for name, value in re.findall(r"^([a-z-]+) (\d+)$", output, re.M)}


def add_online(shared: Path) -> Figures:
    """`add` from the independent fake of the services, with the faults of real records, of networks, and none."""
    output = run("-m", "tests.cli.shared_add", str(shared / "tools" / "services"))
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines() if line.startswith("  ")))
    return {name: float(value) for name, value in re.findall(r"^([a-z]+) (\d+)$", output, re.M)}


def hallmark(shared: Path) -> Figures:
    """Fabricated and altered references told from true ones, through the command line and a fake of the services."""
    output = run("-m", "tests.checks.shared_hallmark", str(shared))
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines() if not re.match(r"[a-z-]+ [\d.]+$", line)))
    return {name: float(value) for name, value in re.findall(r"^([a-z-]+) ([\d.]+)$", output, re.M)}


def dedupe(shared: Path) -> Figures:
    """Labelled pairs of DBLP's and the ACM's records: precision and recall, and those of plain title and year."""
    output = run("-m", "tests.matching.shared_dedupe", str(shared))
    found = re.search(r"^pubtrack: .*; ([\d.]+) ([\d.]+)$", output, re.M)
    assert found is not None, output
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines()))
    return {"precision": float(found[1]), "recall": float(found[2])}


def checks(shared: Path) -> Figures:
    """That no rule raises and fixes keep the meaning on real files; accusations that are right; HALLMARK offline."""
    output = run("-m", "tests.checks.shared_checks", str(shared))
    sys.stdout.write("".join(f"  {line}\n" for line in output.splitlines() if line.startswith("    ")))
    faults = re.search(r"^(\d+) faults in", output, re.M)
    figures = {name: float(value) for name, value in re.findall(r"^(hallmark-[a-z]+) ([\d.]+)$", output, re.M)}
    judged = run("-m", "tests.checks.precision", str(shared))
    right = re.search(r"^(\d+) of 100 right, (\d+) not judged", judged, re.M)
    assert faults is not None, output
    assert right is not None, judged
    return {"faults": float(faults[1]), "right": float(right[1]), **figures}


MEASURES: Mapping[str, Callable[[Path], Figures]] = {
    "seed-cv": seed_cv,
    "bibtex-files": bibtex_files,
    "round-trip": round_trip,
    "source-payloads": source_payloads,
    "source-fetch": source_fetch,
    "add-online": add_online,
    "hallmark": hallmark,
    "checks": checks,
    "owner": owner,
    "cv-pairs": cv_pairs,
    "csl-suite": csl_suite,
    "csl-reference": csl_reference,
    "all-styles": all_styles,
    "refresh": refresh,
    "dedupe": dedupe,
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
