"""The exported .bib in the real programs: BibTeX with the styles of venues, biber with biblatex, and the PDF read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pubtrack.exports.bib import PROFILES, Profile, export_bib
from pubtrack.store.library import Library

pytestmark = pytest.mark.slow

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"
# pdfTeX has no Chinese letters, and no form of them in LaTeX's commands.
CHINESE = ("names", "chinese")
PROGRAMS = ("pdflatex", "bibtex", "biber", "pdftotext")
STYLES = {"plainnat": Profile(), "plain": Profile(), "IEEEtran": PROFILES["ieee"], "splncs04": PROFILES["springer"]} | {
    "elsarticle-num": PROFILES["elsevier"], "unsrtnat": PROFILES["neurips"], "abbrvnat": PROFILES["arxiv"],
}  # fmt: skip
SHOWN = (
    "Slow Light in Warm Vapour", "Journal of Imaginary Optics", "Élise", "Inês", "Łukasz Škoda", "Tromsø", "O(n2 )",
    "NeRF", "50%", "Cardamine", "LaTeX", "arXiv", "https://example.org/clocks?a=1&b=100%25", "10.1234/jio.2019.41_201",
    "The Handbook of Drowsiness", "Proceedings of the Ninth Conference on Quiet Machines", "Bearings That Do Not",
)  # fmt: skip


def keys() -> list[str]:
    """The keys of the reference store that a paper may cite and pdfTeX can print."""
    library = Library.load(REFERENCE)
    return [work.id for work in library.works if work.id not in CHINESE]


def exported(profile: Profile) -> str:
    found = export_bib([Library.load(REFERENCE)], keys(), profile)
    assert found.is_sound, [str(finding) for finding in found.findings]
    return found.text


def run(folder: Path, *command: str) -> str:
    """The output of a program; CI demands that it is there."""
    if shutil.which(command[0]) is None and not os.environ.get("CI"):
        pytest.skip(f"{command[0]} is not installed")
    environment = os.environ | {"max_print_line": "1000"}
    done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def compiled(folder: Path, preamble: str, end: str, backend: str) -> tuple[str, str, str]:
    """The text of the PDF, the backend's log and LaTeX's last output."""
    source = (
        "\\documentclass{article}\n\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}\\usepackage{lmodern,amsmath}\n"
        f"{preamble}\n\\usepackage[hidelinks]{{hyperref}}\n\\providecommand{{\\frobnicate}}[1]{{#1}}\n"
        f"\\begin{{document}}\nText.\\nocite{{*}}\n{end}\n\\end{{document}}\n"
    )
    (folder / "paper.tex").write_text(source, encoding="utf-8")
    latex = ("pdflatex", "-interaction=nonstopmode", "paper")
    run(folder, *latex)
    run(folder, backend, "paper")
    run(folder, *latex)
    said = run(folder, *latex)
    text = run(folder, "pdftotext", "-layout", "-nopgbrk", "paper.pdf", "-")
    return text, (folder / "paper.blg").read_text(encoding="utf-8", errors="replace"), said


def absent(text: str, *but: str) -> list[str]:
    """What of `SHOWN` a PDF's text lacks, line breaks, hyphenation and a style's letter case apart."""
    found = re.sub(r"\s+", "", re.sub(r"-\n\s*", "", text)).replace("ﬁ", "fi").lower()
    return [word for word in SHOWN if word not in but and word.replace(" ", "").lower() not in found]


@pytest.mark.parametrize("style", STYLES)
def test_bibtex_has_nothing_to_warn_of(style: str, tmp_path: Path) -> None:
    """natbib's plainnat, and the style of each venue with its profile."""
    (tmp_path / "refs.bib").write_text(exported(STYLES[style]), encoding="utf-8", newline="\n")
    (tmp_path / "paper.aux").write_text(
        f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n", encoding="utf-8"
    )
    run(tmp_path, "bibtex", "paper")
    log = (tmp_path / "paper.blg").read_text(encoding="utf-8", errors="replace")
    assert re.findall(r"^(?:Warning|I .*|.*error.*)$|^Warning--.*", log, re.M | re.I) == []


def test_a_paper_with_natbib_compiles_and_prints_what_it_cites(tmp_path: Path) -> None:
    text_of_bib = exported(Profile())
    assert text_of_bib.isascii()
    (tmp_path / "refs.bib").write_text(text_of_bib, encoding="utf-8", newline="\n")
    end = "\\bibliographystyle{plainnat}\\bibliography{refs}"
    text, log, said = compiled(tmp_path, "\\usepackage{natbib}", end, "bibtex")
    assert "Warning--" not in log
    assert re.findall(r"^!.*|Citation .* undefined|^.*Missing character.*", said, re.M) == []
    assert absent(text, "Tromsø", "arXiv") == []  # natbib's styles print no `eprint`, and BibTeX has no `venue`


def test_a_paper_with_biblatex_compiles_and_prints_what_it_cites(tmp_path: Path) -> None:
    profile = Profile(dialect="biblatex", encoding="unicode")
    (tmp_path / "refs.bib").write_text(exported(profile), encoding="utf-8", newline="\n")
    preamble = "\\usepackage[backend=biber,style=authoryear]{biblatex}\\addbibresource{refs.bib}"
    text, log, said = compiled(tmp_path, preamble, "\\printbibliography", "biber")
    assert re.findall(r"^.*(?:WARN|ERROR).*$", log, re.M) == []
    assert re.findall(r"^!.*|Citation .* undefined", said, re.M) == []
    assert absent(text) == []


def test_biber_reads_every_entry_and_letter(tmp_path: Path) -> None:
    found = export_bib([Library.load(REFERENCE)], None, Profile(dialect="biblatex", encoding="unicode"))
    (tmp_path / "refs.bib").write_text(found.text, encoding="utf-8", newline="\n")
    said = run(tmp_path, "biber", "--tool", "--output-file=again.bib", "refs.bib")
    assert [line for line in said.splitlines() if "WARN" in line or "ERROR" in line] == []
    again = (tmp_path / "again.bib").read_text(encoding="utf-8")
    assert "织机的历史" in again
    assert len(re.findall(r"^@", again, re.M)) >= len(keys())
