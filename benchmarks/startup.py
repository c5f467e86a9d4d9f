"""How long the command takes to start: whole processes against a bare `import click`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import bibtex
from benchmarks.measure import Table, fastest
from benchmarks.options import Options


def program() -> str:
    """The console script of this environment."""
    found = shutil.which("pubtrack", path=str(Path(sys.executable).parent))
    if found is None:
        raise RuntimeError("pubtrack is not installed beside this Python")
    return found


def startup(options: Options) -> Iterator[Table]:
    """`pubtrack --version`, `--help` and `render` of a 200-entry store, as multiples of `import click`."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store.bib")
        store.write_text(bibtex(200), encoding="utf-8")
        render = [program(), "render", "--bib", str(store), "--owner", "Xiong, Wen", "--style"]
        runs = fastest(
            {
                'python -c "import click"': [sys.executable, "-c", "import click"],
                "pubtrack --version": [program(), "--version"],
                "pubtrack --help": [program(), "--help"],
                "pubtrack render --style cv, 200 entries": [*render, "cv"],
                "pubtrack render --style apa, 200 entries": [*render, "apa"],
                "pubtrack styles nature": [program(), "styles", "nature"],
            },
            repeats=options.repeats,
        )
    base = next(iter(runs.values()))
    rows = [
        [
            name,
            f"{run.seconds * 1000:.0f} ms",
            f"{run.seconds / base.seconds:.2f}",
            f"{run.cpu / (base.cpu or 1):.2f}",
            f"{run.megabytes:.0f} MB",
        ]
        for name, run in runs.items()
    ]
    title = f"Start-up: the fastest of {options.repeats} whole processes, as multiples of the first"
    yield title, ["command", "time", "on the clock", "of the processor", "peak"], rows
