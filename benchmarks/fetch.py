"""Fetching 1,000 DOIs from a Crossref on loopback with the real one's limits, against one request a DOI by habanero.

`python -m benchmarks fetch` prints the table (`--full`: habanero on all DOIs, not on a tenth). The service runs in a
process of its own and counts what is over its limits. `python -m benchmarks.fetch TASK URL COUNT [FOLDER]` is a client:
`ours` fetches with the cache in FOLDER, `habanero` asks one DOI after the other, at the pace of the limit for singles.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measure import Run, Table, process
from benchmarks.options import Options
from benchmarks.peers import AbsentError, python_peer

COUNT = 1000
BATCH, LISTS, SINGLES = 50, 3, 10
"""DOIs in a request; requests in a second of Crossref's polite pool: lists, singles."""
LATENCY = 0.5
"""Seconds that a reply takes in the second measurement."""
REFERENCES = 40
"""In the list of references of each work, which Crossref sends along: some 8 KB a work in all."""
GOALS = {"least": 1.3, "peer": 10.0, "cache": 1.0}
MAILTO = "ada.brook@uni.edu"


def fetch(options: Options) -> Iterator[Table]:
    """The table: a first run, a second from the cache, with replies at once and with slow ones; the peer."""
    requests = math.ceil(COUNT / BATCH)
    least = (requests - 1) // LISTS  # windows of a second, each begun with LISTS requests
    rows: list[tuple[str, ...]] = []
    for latency in (0.0, LATENCY):
        with served(latency) as (base, finished), tempfile.TemporaryDirectory() as folder:
            first = process(client("ours", base, COUNT, folder))
            again = process(client("ours", base, COUNT, folder))
            told = finished()
        bound = least + latency * 2  # the first reply tells the limits, the last one ends the run
        name = f"pubtrack, replies take {latency:g} s" if latency else "pubtrack, replies at once"
        over = f"{told['requests']} requests, {told['over']} over a limit"
        rows.append(
            (
                name,
                str(first),
                _processor(first),
                f"{first.seconds / bound:.2f} x least ({bound:g} s)",
                _memory(first),
                over,
            )
        )
        rows.append(
            (
                "  again, from the cache",
                str(again),
                _processor(again),
                f"goal: under {GOALS['cache']:g} s",
                _memory(again),
                "",
            )
        )
        if not latency:
            rows += list(_peer(options, first))
    goals = (
        f"goals: {GOALS['least']} x the least time that the limits allow, {GOALS['peer']:g} x faster than one by one"
    )
    title = f"{COUNT:,} DOIs from Crossref's polite pool ({LISTS} lists, {SINGLES} singles a second; {goals})"
    yield title, ("who", "time", "processor", "ratio", "memory", "what the service saw"), rows


def _peer(options: Options, ours: Run) -> Iterator[tuple[str, ...]]:
    count = COUNT if options.full else COUNT // 10
    try:
        folder = python_peer(options.peers, "habanero")
    except AbsentError as error:
        yield f"habanero: {error}", "", "", "", "", ""
        return
    with served(0.0) as (base, finished):
        run = process(client("habanero", base, count, str(folder)))
        told = finished()
    whole = run.seconds * COUNT / count
    name = "habanero, one request a DOI" + ("" if count == COUNT else f" ({count} DOIs, times {COUNT // count})")
    over = f"{told['requests']} requests, {told['over']} over a limit"
    yield (
        name,
        f"{whole:.2f} s",
        f"{run.cpu * COUNT / count:.2f} s",
        f"{whole / ours.seconds:.1f} x ours",
        _memory(run),
        over,
    )


def _processor(run: Run) -> str:
    return f"{run.cpu:.2f} s"


def _memory(run: Run) -> str:
    return f"{run.megabytes:.0f} MB"


def client(task: str, base: str, count: int, folder: str) -> list[str]:
    """The command of a client."""
    return [sys.executable, "-m", "benchmarks.fetch", task, base, str(count), folder]


@contextmanager
def served(latency: float) -> Iterator[tuple[str, Finished]]:
    """The service in a process of its own: its base URL, and what ends it and says what it saw."""
    command = [sys.executable, "-m", "benchmarks.fetch", "serve", str(latency), str(COUNT)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin is not None
    assert server.stdout is not None
    finished = Finished(server)
    try:
        yield server.stdout.readline().strip(), finished
    finally:
        if server.poll() is None:
            finished()


class Finished:
    """Ends the service, and gives what it saw: {"requests", "over"}."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def __call__(self) -> dict[str, int]:
        out, _ = self._server.communicate("\n", timeout=30)
        told: dict[str, int] = json.loads(out)
        return told


# The processes -------------------------------------------------------------------------------------------------------


def dois(count: int) -> list[str]:
    return [f"10.5555/bench.{number}" for number in range(count)]


def _serve(latency: float, count: int) -> None:
    from tests.sources.fake_payloads import Sample
    from tests.sources.fake_server import FakeServer

    works = [Sample(doi, f"On Shadow {doi}", references=REFERENCES) for doi in dois(count)]
    with FakeServer(works, latency=latency) as server:
        print(server.base_urls["crossref"], flush=True)
        sys.stdin.readline()
        print(json.dumps({"requests": len(server.requests), "over": sum(server.broken.values())}))


def _ours(base: str, count: int, folder: str) -> None:
    from pubtrack.model.record import Identifier
    from pubtrack.sources.fetch import fetch as fetch_works
    from pubtrack.sources.http import Client, Settings

    with Client(Settings(MAILTO, {"crossref": base}, cache=folder)) as door:
        found = fetch_works(door, [Identifier("doi", doi) for doi in dois(count)])
    assert all(answer.records for answer in found.values())


def _habanero(base: str, count: int, folder: str) -> None:
    sys.path.insert(0, folder)
    from habanero import Crossref  # type: ignore[import-not-found, unused-ignore]

    asked = Crossref(base_url=base, mailto=MAILTO, ua_string="benchmark")
    for doi in dois(count):
        begin = time.perf_counter()
        assert asked.works(ids=doi)["message"]["DOI"] == doi
        time.sleep(max(0.0, 1.02 / SINGLES - (time.perf_counter() - begin)))


def main() -> None:
    task, base, count, *folder = sys.argv[1:]
    if task == "serve":
        _serve(float(base), int(count))
    else:
        {"ours": _ours, "habanero": _habanero}[task](base, int(count), folder[0])


if __name__ == "__main__":
    main()
