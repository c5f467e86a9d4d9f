"""Refreshes a store of true entries against the fake services: `python -m tests.refresh.shared_refresh SHARED`.

The entries say what the works of HALLMARK's pool say; some works are served as they are, others with one of the fake's
quirks of real records. Prints what was proposed by quirk, and the figures: conflicts and problems must be none, what a
quirk spoils is protected, no value is lost, an undone refresh leaves the very bytes, and no limit is broken.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pubtrack.bibtex.document import parse

EACH = 6
"""Works for each quirk; six times as many have none."""
Sample = dict[str, Any]


def samples(shared: Path) -> list[Sample]:
    """Works as the fake services want them, each with what its entry in the store is to be called."""
    sys.path.insert(0, str(shared / "tools" / "services"))
    import hallmark  # type: ignore[import-not-found]
    import payloads  # type: ignore[import-not-found]

    entries = hallmark.load(shared / "data" / "citation-check" / "hallmark-raw_valid.jsonl")
    quirks = ["", "", "", "", "", "", *payloads.QUIRKS]
    found: list[Sample] = []
    titles: set[str] = set()
    for entry in entries:
        work = hallmark.record(entry)
        work["authors"] = [html.unescape(name) for name in work["authors"]]
        title = work["title"].casefold()
        usable = work["type"] != "preprint" and work["year"] and len(work["authors"]) > 1 and len(title.split()) > 4
        if not usable or title in titles or ":" not in title or not work["venue"]:
            continue
        titles.add(title)
        number = len(found)
        work |= {"doi": f"10.5555/sample.{number}", "volume": str(number % 40 + 1), "number": str(number % 12 + 1),
                 "pages": f"{number + 100}-{number + 112}", "quirks": [q for q in [quirks[number % len(quirks)]] if q],
                 "key": f"key{number}"}  # fmt: skip
        found.append(work)
        if len(found) == EACH * len(quirks):
            return found
    raise SystemExit(f"only {len(found)} works in the pool")


def entry_of(work: Sample) -> str:
    """The entry as its author would have it; every third one lacks its pages, every fifth one its volume."""
    number = int(work["key"].removeprefix("key"))
    authors = " and ".join(", ".join(reversed(_parted(name))) for name in work["authors"])
    title = re.sub(r"\b([A-Z]\w*[A-Z]\w*)", r"{\1}", work["title"]).replace("&", r"\&")
    kind, venue = ("article", "journal") if work["type"] == "article" else ("inproceedings", "booktitle")
    fields = {
        "author": authors, "title": title, venue: work["venue"].replace("&", r"\&"), "year": str(work["year"]),
        "volume": work["volume"] if number % 5 else "", "number": work["number"],
        "pages": work["pages"].replace("-", "--") if number % 3 else "", "doi": work["doi"], "note": "as I like it",
    }  # fmt: skip
    written = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{work['key']},\n{written}\n}}\n"


def _parted(name: str) -> tuple[str, str]:
    import payloads

    given, family = payloads.split_name(name)
    return given, family


@contextmanager
def services(shared: Path, works: list[Sample], folder: Path, *options: str) -> Iterator[str]:
    """The fake services with these works; their address, and in the folder the configuration that leads to them."""
    (folder / "works.json").write_text(json.dumps(works), encoding="utf-8")
    program = [sys.executable, str(shared / "tools" / "services" / "fake_apis.py"), "--enforce", *options]
    with subprocess.Popen(
        [*program, "--works", str(folder / "works.json")], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        base = f"http://127.0.0.1:{int(server.stdout.readline())}"
        apis = ("crossref", "doi", "datacite", "arxiv", "openalex")
        os.environ.update({f"PUBTRACK_{api.upper()}_URL": f"{base}/{api}" for api in apis})
        (folder / "pubtrack.toml").write_text('[network]\nmailto = "me@university.edu"\n', encoding="utf-8")
        try:
            yield base
        finally:
            server.terminate()


def refresh(folder: Path, *words: str) -> tuple[int, Any]:
    program = "import sys; from pubtrack.cli import main; sys.argv[0] = 'pubtrack'; main()"
    command = [sys.executable, "-c", program, "refresh", "--json", *words]
    environment = {**os.environ, "PUBTRACK_CACHE": str(folder / "cache")}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    if not result.stdout:
        raise SystemExit(f"refresh {' '.join(words)}: {result.stderr}")
    return result.returncode, json.loads(result.stdout)


def violations(base: str) -> tuple[int, int]:
    """How often a limit was broken, and how many requests came."""
    with urllib.request.urlopen(f"{base}/stats") as stats:
        counted = json.load(stats)
    return sum(counted.get("violations", {}).values()), counted["requests"]


def fields(bib: Path) -> Mapping[tuple[str, str], str]:
    document = parse(bib.read_text(encoding="utf-8"))
    return {(entry.key, field.name): field.value for entry in document.entries for field in entry.fields}


def measure(shared: Path) -> Mapping[str, int]:
    works = samples(shared)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bib = folder / "bib" / "own.bib"
        bib.parent.mkdir()
        bib.write_text("% mine\n\n" + "\n".join(map(entry_of, works)), encoding="utf-8")
        before, held = bib.read_bytes(), fields(bib)
        with services(shared, works, folder) as base:
            code, first = refresh(folder)
            untouched = bib.read_bytes() == before
            refresh(folder, "--apply-safe")
            now = fields(bib)
            _, second = refresh(folder, "--apply-safe")
            broken, requests = violations(base)
        refresh(folder, "--undo")
        undone = bib.read_bytes() == before
        faulty = under_faults(shared, works, folder)
    return report(works, first) | {
        "failed": code + len(first["incomplete"]),
        "lost": sum(now.get(place) != value for place, value in held.items()) + (not untouched) + (not undone),
        "filled": len(now) - len(held),
        "left": len(second["applied"]),
        "violations": broken,
        "requests": requests,
        **faulty,
    }


def under_faults(shared: Path, works: list[Sample], folder: Path) -> dict[str, int]:
    """A run in which Crossref shows a web page for all it is asked: nothing may be disputed, or read as not found."""
    with services(shared, works, folder, "--fault", "html=1", "--fault-api", "crossref") as base:
        code, outcome = refresh(folder, "--no-cache")
        broken, _ = violations(base)
    reached = {one["key"] for one in outcome["incomplete"]}
    said = [one for one in outcome["messages"] if one["code"] in ("not-found", "doi-unknown")]
    wrong = sum(one["kind"] in ("conflict", "problem", "update") for one in outcome["proposals"])
    return {"silent-failures": (code != 1) + len(works) - len(reached), "absent-by-failure": len(said) + wrong + broken}


def report(works: list[Sample], outcome: Any) -> dict[str, int]:
    """Prints what was proposed for each quirk; how much of it should not have been, and which notices were seen."""
    quirk_of = {work["key"]: (work["quirks"] or ["none"])[0] for work in works}
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for one in outcome["proposals"]:
        table[quirk_of[one["key"]]][f"{one['kind']} {one['field']}"] += 1
        if one["kind"] in ("conflict", "problem", "update"):
            print(f"    {quirk_of[one['key']]}: {one['kind']} {one['field']}: {one['mine']!r} {one['theirs']!r}")
    for one in outcome["messages"]:
        table[quirk_of[one["key"]]][f"{one['severity']} {one['code']}"] += 1
    for quirk, counts in sorted(table.items()):
        print(f"  {quirk:18} {', '.join(f'{name} {count}' for name, count in sorted(counts.items()))}")
    kinds = Counter(one["kind"] for one in outcome["proposals"])
    clean = sum(one["kind"] != "fill" for one in outcome["proposals"] if quirk_of[one["key"]] == "none")
    notices = sum(one["code"] == "retraction" for one in outcome["messages"])
    return {"disputed": kinds["conflict"] + kinds["problem"] + kinds["update"], "disputed-clean": clean,
            "protected": kinds["protected"], "retractions": notices}  # fmt: skip


if __name__ == "__main__":
    for figure, value in measure(Path(sys.argv[1]).resolve()).items():
        print(figure, value)
