"""LaTeX CVs with filled regions compile, in the classes and environments that people use, and print the list."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests.cli.project import make_project
from tests.cli.run import run_in

STORE = """\
@book{a, author={Doe, Jane and Roe, Al}, author+an={2=equal}, title={Work \\& Rest: 100\\% $x^2$}, year=1999}
@article{b, author={M{\\"u}ller, Jörg and Doe, Jane}, title={{[On]} {NeRF}}, journal={J}, doi={10.1000/x_y}, year=2001}
"""

CVS = {
    "article": (
        "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{hyperref}\n"
        "\\begin{document}\n% pubtrack:begin cv\n% pubtrack:end\n\\end{document}\n"
    ),
    "enumerate": (
        "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage{hyperref}\n\\begin{document}\\begin{enumerate}\n"
        '% pubtrack:begin cv item="\\item" style=apa\n% pubtrack:end\n\\end{enumerate}\\end{document}\n'
    ),
    "etaremune": (
        "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage{etaremune,hyperref}\n"
        '\\begin{document}\\begin{etaremune}\n% pubtrack:begin cv item="\\item" style=ieee number=descending\n'
        "% pubtrack:end\n\\end{etaremune}\\end{document}\n"
    ),
    "own environment": (
        "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage{hyperref}\n"
        "\\newenvironment{cvpubs}{\\begin{list}{--}{}}{\\end{list}}\\begin{document}\\begin{cvpubs}\n"
        '% pubtrack:begin cv item="\\item"\n% pubtrack:end\n\\end{cvpubs}\\end{document}\n'
    ),
    "moderncv": (
        "\\documentclass{moderncv}\\moderncvstyle{classic}\\moderncvcolor{blue}\\usepackage[utf8]{inputenc}\n"
        "\\name{Jane}{Doe}\\begin{document}\\makecvtitle\\section{Publications}\n"
        '% pubtrack:begin cv item="\\cvlistitem{}"\n% pubtrack:end\n'
        '% pubtrack:begin cv item="\\cvitem{}{}" number=descending\n% pubtrack:end\n\\end{document}\n'
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", CVS)
def test_a_filled_cv_compiles_and_prints_the_list(kind: str, tmp_path: Path) -> None:
    assert shutil.which("pdflatex"), "pdflatex is needed; .ci/run installs it"
    assert shutil.which("pdftotext"), "pdftotext is needed; .ci/run installs it"
    make_project(tmp_path, STORE)
    (tmp_path / "cv.tex").write_text(CVS[kind], encoding="utf-8")
    assert run_in(tmp_path, "cv", "cv.tex").code == 0
    # The icons of moderncv are a font of half a gigabyte in Debian; the list prints none.
    (tmp_path / "fontawesome5.sty").write_text(
        "\\ProvidesPackage{fontawesome5}\\newcommand\\faCircle[1][]{*}\n", encoding="utf-8"
    )
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "cv.tex"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert result.returncode == 0, result.stdout.decode("latin-1")[-2000:]
    subprocess.run(["pdftotext", "-raw", "cv.pdf", "cv.txt"], cwd=tmp_path, check=True)
    words = unicodedata.normalize("NFKC", " ".join((tmp_path / "cv.txt").read_text(encoding="utf-8").split()))
    assert "Rest: 100% x" in words
    assert "[On] NeRF" in words
    assert "Müller" in words
