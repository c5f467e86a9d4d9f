"""The .bib of a 300-page thesis from a library of 50,000 entries, against programs that extract one: processes.

`python -m benchmarks export` prints the tables (`--full`: with `biber --tool`, which writes the whole library and takes
minutes). The library is that of the store's benchmark (54 MB, with abstracts, accents, macros, comments), the thesis
that of the citations' one. Only pubtrack converts dialect, encoding and fields; the peers copy entries.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.cited import _installed, _keys, _within, aux, thesis
from benchmarks.measure import Run, Table, fastest, process
from benchmarks.options import Options
from benchmarks.startup import program
from benchmarks.store import library

ENTRIES = 50_000
GOAL = 5.0
"""How many times faster than bibtool and biber."""
OURS = "pubtrack export main.tex"


def export(options: Options) -> Iterator[Table]:
    """Whole processes on the clock, as multiples of ours, and their memory; then ours by profile and dialect."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        thesis(folder, ENTRIES)
        (folder / "library.bib").write_text(library(ENTRIES), encoding="utf-8", newline="\n")
        keys = _keys(folder / "main.tex")
        (folder / "main.aux").write_text(aux(keys), encoding="utf-8")
        ways = fastest(_ways(folder), repeats=min(options.repeats, 5))
        peers = {name: process(command, limit=1800) for name, command in _peers(folder, options).items()}
    runs = {OURS: ways[OURS], **peers}
    rows = [
        [name, f"{run.seconds:.2f} s", _ratio(run, runs[OURS]), f"{run.megabytes:.0f} MB"] for name, run in runs.items()
    ]
    title = f"The .bib of a thesis: {len(keys):,} works of {ENTRIES:,}; goal: peers take {GOAL:g} times as long or more"
    yield title, ["command", "time", "as multiples of the first", "peak"], rows
    rows = [[name, f"{run.seconds:.2f} s", f"{run.cpu:.2f} s", f"{run.megabytes:.0f} MB"] for name, run in ways.items()]
    yield "The same in other words", ["command", "time", "of the processor", "peak"], rows


def _ratio(run: Run, ours: Run) -> str:
    return f"{'over ' if run.stopped else ''}{run.seconds / ours.seconds:.1f}"


def _ways(folder: Path) -> Mapping[str, Sequence[str]]:
    """pubtrack with the documents and profiles that make a difference."""
    common = ["--bib", str(folder / "library.bib"), "--quiet", "--force", "-o", str(folder / "out.bib")]
    words = {
        OURS: ["main.tex"],
        "pubtrack export main.aux": ["main.aux"],
        "pubtrack export main.aux --to biblatex --encoding unicode": [
            "main.aux", "--to", "biblatex", "--encoding", "unicode",
        ],
        "pubtrack export main.aux --profile ieee": ["main.aux", "--profile", "ieee"],
        "pubtrack export --key work7": ["--key", "work7"],
    }  # fmt: skip
    return {
        name: [
            program(),
            "export",
            *(str(folder / word) if word.startswith("main.") else word for word in own),
            *common,
        ]
        for name, own in words.items()
    }


def _peers(folder: Path, options: Options) -> Mapping[str, Sequence[str]]:
    """The peers that are installed, each run once."""
    commands = {
        "bibexport": "bibexport -ns -t -o out-bibexport main.aux",
        "bibtool": "bibtool -x main.aux -o out-bibtool.bib",
    }
    if options.full:
        commands["biber"] = "biber --quiet --quiet --tool --output-file out-biber.bib library.bib"
    return {words: _within(folder, words) for peer, words in commands.items() if _installed(peer)}
