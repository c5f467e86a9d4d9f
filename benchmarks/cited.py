"""What a 300-page thesis cites, against programs that extract a document's entries from a library: whole processes.

`python -m benchmarks cited` prints the table (`--full`: with biber, which takes minutes and runs once).
"""

from __future__ import annotations

import random
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import _WORDS, bibtex
from benchmarks.measure import Table, fastest, process
from benchmarks.options import Options
from benchmarks.startup import program

CHAPTERS, SECTIONS, PARAGRAPHS = 10, 6, 36
"""About 900,000 characters: 300 pages of 3,000."""
CITATIONS = 1500
ENTRIES = 50_000


def thesis(folder: Path, entries: int) -> Path:
    """Writes a thesis as its author would keep it: a main file, chapters, sections; the same at every run.

    It cites entries of `corpus.bibtex(entries)`, in natbib's words, with comments, code and commands of its own.
    """
    rng = random.Random(20_240_501)
    paragraphs = CHAPTERS * SECTIONS * PARAGRAPHS
    cited = [rng.randrange(entries) for _ in range(CITATIONS)]
    places = sorted(rng.randrange(paragraphs) for _ in cited)
    texts = [_paragraph(rng) for _ in range(paragraphs)]
    for place, number in zip(places, cited, strict=True):
        texts[place] += _citation(rng, number, entries)
    chapters = [f"chapters/chapter{number}" for number in range(CHAPTERS)]
    head = "\\documentclass{book}\n\\usepackage{natbib}\n\\newcommand{\\see}[2][]{(see \\citealt[#1]{#2})}\n"
    body = "".join(f"\\include{{{name}}}\n" for name in chapters)
    main = f"{head}\\begin{{document}}\n{body}\\bibliographystyle{{plainnat}}\n"
    main += "\\bibliography{library}\n\\end{document}\n"
    (folder / "chapters").mkdir()
    (folder / "main.tex").write_text(main, encoding="utf-8")
    for chapter, name in enumerate(chapters):
        sections = [f"{name}-{section}" for section in range(SECTIONS)]
        inputs = "".join(f"\\input{{{section}}}\n" for section in sections)
        (folder / f"{name}.tex").write_text(f"\\chapter{{Part {chapter}}}\n{inputs}", encoding="utf-8")
        for number, section in enumerate(sections, chapter * SECTIONS):
            own = texts[number * PARAGRAPHS : (number + 1) * PARAGRAPHS]
            (folder / f"{section}.tex").write_text("\n\n".join(own), encoding="utf-8")
    return folder / "main.tex"


def _paragraph(rng: random.Random) -> str:
    """About 360 characters with what LaTeX's text has: formulas, emphasis, references, comments, code."""
    words = [rng.choice(_WORDS) for _ in range(rng.randint(35, 50))]
    words[5] = f"\\emph{{{words[5]}}}"
    words[15] = f"$x_{{{rng.randint(1, 9)}}} = \\alpha + \\frac{{1}}{{2}}$"
    words[25] = f"\\ref{{sec:{words[25]}}}"
    kind = rng.random()
    if kind < 0.1:
        words[20] += " % look this up: \\cite{later}\n"
    elif kind < 0.15:
        words.append("\n\\begin{verbatim}\n\\cite{shown} % as it is typed\n\\end{verbatim}\n")
    return f"{' '.join(words).capitalize()}."


def _citation(rng: random.Random, number: int, entries: int) -> str:
    others = f"work{number}, work{rng.randrange(entries)},%\n  work{rng.randrange(entries)}"
    return rng.choice(
        (
            f" \\citet{{work{number}}} say so.",
            f" \\citep{{work{number}}}",
            f" \\citep[see][p.~{number % 90}]{{work{number}}}",
            f" \\citep{{{others}}}",
            f" \\see[sec.~2]{{work{number}}}",
        )
    )


def aux(keys: Sequence[str]) -> str:
    """The `.aux` file that BibTeX's peers read: what LaTeX writes for these citations."""
    lines = [f"\\citation{{{key}}}" for key in keys]
    return "\n".join(
        ["\\relax ", *lines, "\\bibstyle{plainnat}", "\\bibdata{library}", "\\gdef \\@abspage@last{300}", ""]
    )


def cited(options: Options) -> Iterator[Table]:
    """The citations of the source tree and of the `.aux`, and what peers take to extract the entries from a library."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        main = thesis(folder, ENTRIES)
        (folder / "library.bib").write_text(bibtex(ENTRIES).replace("journaltitle", "journal"), encoding="utf-8")
        keys = _keys(main)
        (folder / "main.aux").write_text(aux(keys), encoding="utf-8")
        runs = fastest(_commands(folder), repeats=options.repeats)
        runs |= {name: process(command, limit=1800) for name, command in _slow(folder, options).items()}
    base = runs[OURS]
    rows = [
        [
            name,
            f"{run.seconds * 1000:.0f} ms",
            f"{run.seconds / base.seconds:.1f}",
            f"{run.cpu / (base.cpu or 1):.1f}",
            f"{run.megabytes:.0f} MB",
        ]
        for name, run in runs.items()
    ]
    files = 1 + CHAPTERS + CHAPTERS * SECTIONS
    title = (
        f"What a thesis cites: {len(keys):,} works in {files} files of 300 pages, a library of {ENTRIES:,} entries; "
        f"the fastest of {options.repeats} whole processes, as multiples of the second"
    )
    yield title, ["command", "time", "on the clock", "of the processor", "peak"], rows


OURS = "pubtrack.citation_scan, main.tex and what it includes"


PROGRAM = """\
import sys
from pubtrack.citation_scan import cited_in
from pubtrack.cli.document_files import reading
print(len(cited_in(sys.argv[1:], reading(sys.argv[1:])).keys))
"""
"""The process that is measured, with nothing of the benchmarks in it."""


def _commands(folder: Path) -> Mapping[str, Sequence[str]]:
    """What is run, by its name; peers and `pubtrack export DOCUMENT` where they are installed."""
    count = [sys.executable, "-c", PROGRAM]
    commands: dict[str, Sequence[str]] = {
        "pubtrack --version": [program(), "--version"],
        OURS: [*count, str(folder / "main.tex")],
        "pubtrack.citation_scan, main.aux": [*count, str(folder / "main.aux")],
    }
    if _export_reads_documents():
        export = [program(), "export", "--bib", str(folder / "library.bib")]
        for document in ("main.tex", "main.aux"):
            output = ["-o", str(folder / "out-pubtrack.bib"), "--force"]
            commands[f"pubtrack export {document}"] = [*export, str(folder / document), *output]
    if _installed("bibexport"):
        commands["bibexport main.aux"] = _within(folder, "bibexport -ns -t -o out-bibexport main.aux")
    return commands


def _slow(folder: Path, options: Options) -> Mapping[str, Sequence[str]]:
    """What takes so long that it is run once."""
    commands = {}
    if _installed("bibtool"):
        commands["bibtool -x main.aux, once"] = _within(folder, "bibtool -x main.aux -o out-bibtool.bib")
    if options.full and _installed("biber") and _installed("pdflatex"):
        _write_control_file(folder)
        commands["biber, once"] = _within(folder, "biber --quiet --quiet -O out-biber.bbl control")
    return commands


PACKAGES = {
    "bibtool": "bibtool",
    "bibexport": "texlive-bibtex-extra",
    "biber": "biber",
    "pdflatex": "texlive-latex-base texlive-bibtex-extra",
}


def _installed(peer: str) -> bool:
    """Whether a peer is there; its absence is said."""
    if shutil.which(peer) is None:
        print(f"{peer} is not installed (Debian: apt-get install {PACKAGES[peer]})", file=sys.stderr)
    return shutil.which(peer) is not None


def _within(folder: Path, words: str) -> Sequence[str]:
    """A command run in the folder, for these programs write nowhere else."""
    return ["sh", "-c", f"cd {shlex.quote(str(folder))} && exec {words} >peer.log 2>&1"]


def _export_reads_documents() -> bool:
    """Whether this version's `export` takes documents yet."""
    shown = subprocess.run([program(), "export", "--help"], capture_output=True, text=True, check=True)
    return "DOCUMENT" in shown.stdout


def _write_control_file(folder: Path) -> None:
    """The control file that biblatex writes for the same citations."""
    keys = ",%\n".join(_keys(folder / "main.aux"))
    source = (
        "\\documentclass{article}\n\\usepackage[backend=biber]{biblatex}\n\\addbibresource{library.bib}\n"
        f"\\begin{{document}}\\nocite{{{keys}}}\\printbibliography\\end{{document}}\n"
    )
    (folder / "control.tex").write_text(source, encoding="utf-8")
    latex = ["pdflatex", "-interaction=batchmode", "control.tex"]
    subprocess.run(latex, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def _keys(document: Path) -> Sequence[str]:
    from pubtrack.citation_scan import cited_in
    from pubtrack.cli.document_files import document_reader

    name = str(document)
    found = cited_in([name], document_reader([name]))
    if found.problems or found.warnings:
        raise RuntimeError(str((found.problems or found.warnings)[0]))
    return found.keys
