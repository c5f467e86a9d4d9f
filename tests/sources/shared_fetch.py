"""Fetches from the independent fake of the services, with their limits enforced, once as they should be and once with
faults; prints what came and what was broken.

usage: python -m tests.sources.shared_fetch FOLDER   (the folder with fake_apis.py)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pubtrack.model.record import Identifier
from pubtrack.sources.fetch import Fetched, fetch
from pubtrack.sources.http import Client, Settings

SERVICES = ("crossref", "doi", "datacite", "arxiv", "openalex", "orcid")
FAULTS = ("429", "500", "503", "html", "reset", "bomb", "truncated", "shape", "redirect-host", "redirect-loop")
SHARE = 0.02
"""Of the requests that meet each fault."""

Works = Mapping[str, Any]


def works() -> Works:
    """What the services are to know: works of three agencies, papers of arXiv, aliases, and DOIs without metadata."""
    people = ["Ada Brook", "Lin Weir"]

    def work(doi: str, title: str, kind: str = "article") -> dict[str, Any]:
        return {
            "type": kind,
            "doi": doi,
            "title": title,
            "authors": people,
            "venue": "Annals of Dim Optics",
            "year": 2019,
        }

    articles = [work(f"10.5555/dim.{number}", f"On Shadow Number {number}") for number in range(330)]
    odd = [work(f"10.5555/s(1){number},2<3::a>4;5#6%7", "A Serial Item") for number in range(6)]
    sets = [work(f"10.5281/zenodo.{number}", f"Lamp Readings {number}", "dataset") for number in range(30)]
    papers = [work(f"10.48550/arxiv.2001.{number:05}", f"Dim Preprint {number}") for number in range(1, 140)]
    foreign = [work(f"10.11467/isss.{number}", "Kage") | {"agency": "JaLC"} for number in range(4)]
    return {
        "works": [*articles, *odd, *sets, *papers, *foreign],
        "opaque": [f"10.5555/bare.{number}" for number in range(10)],
        "aliases": {f"10.5555/alias.{number}": f"10.5555/dim.{number}" for number in range(5)},
    }


@contextmanager
def served(folder: Path, file: Path, faults: Mapping[str, float]) -> Iterator[str]:
    """The address at which fake_apis.py runs."""
    command = [sys.executable, str(folder / "fake_apis.py"), "--works", str(file), "--enforce"]
    command += [word for name, share in faults.items() for word in ("--fault", f"{name}={share}")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def run(folder: Path, name: str, faults: Mapping[str, float]) -> None:
    """One fetch of everything, and what there is to say of it."""
    known = works()
    there = [Identifier("doi", work["doi"]) for work in known["works"]]
    there += [Identifier("doi", alias) for alias in known["aliases"]]
    bare = [Identifier("doi", doi) for doi in known["opaque"]]
    dead = [Identifier("doi", f"10.9999/never.{number}") for number in range(10)]
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "works.json"
        file.write_text(json.dumps(known), encoding="utf-8")
        with served(folder, file, faults) as base:
            urls = {service: f"{base}/{service}" for service in SERVICES}
            begin = time.perf_counter()
            with Client(Settings("ada.brook@uni.edu", urls, cache=temporary)) as client:
                found = fetch(client, [*there, *bare, *dead])
            seconds = time.perf_counter() - begin
            with urllib.request.urlopen(f"{base}/stats") as reply:
                stats = json.load(reply)
    figures = {
        "missing": sum(not found[one].records for one in there),
        "silent": sum(not found[one].records and found[one].complete for one in there),
        "dead": sum(found[one].exists is False for one in [*there, *bare]),
        "alive": sum(found[one].exists is not False for one in dead),
        "violations": sum(stats.get("violations", {}).values()),
        "strayed": sum(stats.get("trap", {}).values()),
        "misnamed": sum(
            stats["identity"].get(kind, 0) for kind in ("invalid_mailto", "placeholder_mailto", "default_user_agent")
        ),
    }
    print(f"{name}: {len(there)} works, {stats['requests']} requests, {seconds:.1f} s, {_failed(found)} incomplete")
    print(f"  faults met: {stats.get('faults', {})}")
    for figure, value in figures.items():
        print(f"{name}-{figure} {value}")


def _failed(found: Fetched) -> int:
    return sum(not answer.complete for answer in found.values())


if __name__ == "__main__":
    run(Path(sys.argv[1]), "clean", {})
    run(Path(sys.argv[1]), "faulty", dict.fromkeys(FAULTS, SHARE))
