"""HALLMARK's development split through `pubtrack check --online` and the independent fake of the services.

Three runs: as it is; with half of the records as badly kept as real ones are; and with a third of the true works
withheld and a tenth of the replies failing, where nothing may be called wrong for being absent.

usage: python -m tests.checks.shared_hallmark SHARED
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SERVICES = ("crossref", "doi", "datacite", "arxiv", "openalex", "orcid")
RUNS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "quirks": ("--quirks", "0.5"),
    "absence": ("--withhold", "0.3", "--faults", "0.1"),
}


def run(shared: Path, out: Path, *options: str) -> tuple[dict[str, Any], dict[str, Any], float]:
    """The harness's score of one run, what the fake's server counted, and the seconds it took."""
    tools, data = shared / "tools" / "services", shared / "data" / "citation-check"
    urls = " ".join(f"PUBTRACK_{name.upper()}_URL={{base}}/{name}" for name in SERVICES)
    check = f"{sys.executable} -m pubtrack check --bib {{bib}} --online --quiet --format json -o {{report}}"
    words = [sys.executable, "-B", str(tools / "hallmark.py"), "run", str(data / "hallmark-dev_public.jsonl")]
    words += ["--pool", str(data / "hallmark-raw_valid.jsonl"), "--out", str(out), "--enforce", "--limit-factor", "20"]
    words += [*options, "--cmd", f"env PUBTRACK_CACHE={{out}}/cache {urls} {check}"]
    begin = time.perf_counter()
    result = subprocess.run(words, capture_output=True, text=True, encoding="utf-8")
    if result.returncode:
        raise SystemExit(f"hallmark.py ended with {result.returncode}\n{result.stderr[-2000:]}")
    score = json.loads((out / "report.score.json").read_text(encoding="utf-8"))
    # two JSON objects, the summary of the split and that of the server, then the table
    decoder = json.JSONDecoder()
    _, end = decoder.raw_decode(result.stdout)
    served, _ = decoder.raw_decode(result.stdout[end:].lstrip())
    return score, served["server"], time.perf_counter() - begin


def main() -> int:
    shared = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scores = {}
        for title, options in RUNS.items():
            full = ("--full-report", str(folder / "plain" / "report.json")) if title == "absence" else ()
            score, server, seconds = run(shared, folder / title, *options, *full)
            scores[title] = score
            print(f"{title}: {seconds:.0f} s, {server['requests']} requests, by status {server['by_status']}")
            print(f"{title}-violations {sum(server.get('violations', {}).values())}")
    plain, quirks, absence = scores["plain"], scores["quirks"], scores["absence"]
    for kind, row in plain["by_type"].items():
        print(f"    {kind:26} {row['n']:4}  detected {row['detected']:.4f}  abstained {row['abstained']:.4f}")
    print(f"detected {plain['hallucinated_detectable']['detected']}")
    print(f"detected-of-all {plain['detection_rate']}")
    print(f"false {plain['false_positive_rate']}")
    print(f"verified {plain['valid']['verified']}")
    print(f"quirks-detected {quirks['hallucinated_detectable']['detected']}")
    print(f"quirks-false {quirks['false_positive_rate']}")
    print(f"from-absence {absence['absence']['false_problems_from_absence']}")
    print(f"under-faults {absence['absence']['false_problems_under_faults']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
