"""LaTeX CVs with filled regions compile, in the classes and environments that people use, and print the list."""

from __future__ import annotations

import re
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

T1 = "\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\n"
NUMBERED = "% pubtrack:begin cv number=descending legend=true\n% pubtrack:end\n"
OWNER = '[owner]\nname = "Doe, Jane"\n'
SECTIONS = """
[[lists.sections.sections]]
title = "Books"
where = "type = book"
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
    "memoir": f"\\documentclass{{memoir}}{T1}\\begin{{document}}\\chapter{{Work}}\n{NUMBERED}\\end{{document}}\n",
    "scrartcl": f"\\documentclass{{scrartcl}}{T1}\\begin{{document}}\\section{{Work}}\n{NUMBERED}\\end{{document}}\n",
    "beamer": (
        f"\\documentclass{{beamer}}{T1}\\begin{{document}}\\begin{{frame}}{{Work}}\n{NUMBERED}"
        "\\end{frame}\\end{document}\n"
    ),
    "europecv": (
        f"\\documentclass[nologo]{{europecv}}\\usepackage{{hyperref}}{T1}\\ecvname{{Doe}}\\begin{{document}}\\begin{{europecv}}\\ecvpersonalinfo"
        f"\\end{{europecv}}\n{NUMBERED}\\end{{document}}\n"
    ),
    "moderncv with an own list": (
        "\\documentclass{moderncv}\\moderncvstyle{classic}\\moderncvcolor{blue}\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{lmodern}\n"
        "\\name{Jane}{Doe}\\begin{document}\\makecvtitle\\section{Publications}\n"
        f'{NUMBERED}% pubtrack:begin cv item="\\cvitem{{number}}{{}}" number=descending\n% pubtrack:end\n'
        f'% pubtrack:begin cv item="\\cventry{{year}}{{}}{{}}{{}}{{}}{{}}"\n% pubtrack:end\n\\end{{document}}\n'
    ),
    "references": (
        f"\\documentclass{{article}}{T1}\\usepackage{{hyperref}}\\begin{{document}}See \\ref{{pub:a}}.\n"
        "% pubtrack:begin cv number=ascending labels=true\n% pubtrack:end\n\\end{document}\n"
    ),
    "awesome-cv and altacv": (
        # their publications stand in environments of their own, which these lines have the shape of
        f"\\documentclass{{article}}{T1}\\newcommand\\cvsubsection[1]{{\\par\\textbf{{#1}}\\par}}"
        "\\newenvironment{cvpubs}{\\begin{itemize}}{\\end{itemize}}\\begin{document}\n"
        '% pubtrack:begin sections environment=cvpubs heading="\\cvsubsection{}"\n% pubtrack:end\n\\end{document}\n'
    ),
}


def printed_by_latex(folder: Path) -> str:
    """The words that pdfLaTeX prints of cv.tex, stopping at the first error."""
    # The icons of moderncv are a font of half a gigabyte in Debian; the list prints none.
    (folder / "fontawesome5.sty").write_text(
        "\\ProvidesPackage{fontawesome5}\\newcommand\\faCircle[1][]{*}\n", encoding="utf-8"
    )
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "cv.tex"]
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert result.returncode == 0, result.stdout.decode("latin-1")[-2000:]
    subprocess.run(["pdftotext", "-raw", "cv.pdf", "cv.txt"], cwd=folder, check=True)
    return unicodedata.normalize("NFKC", " ".join((folder / "cv.txt").read_text(encoding="utf-8").split()))


@pytest.mark.slow
@pytest.mark.parametrize("kind", CVS)
def test_a_filled_cv_compiles_and_prints_the_list(kind: str, tmp_path: Path) -> None:
    assert shutil.which("pdflatex"), "pdflatex is needed; .ci/run installs it"
    assert shutil.which("pdftotext"), "pdftotext is needed; .ci/run installs it"
    make_project(tmp_path, STORE, OWNER + SECTIONS)
    (tmp_path / "cv.tex").write_text(CVS[kind], encoding="utf-8")
    assert run_in(tmp_path, "cv", "cv.tex").code == 0
    words = printed_by_latex(tmp_path)
    assert "Rest: 100% x" in words
    assert "[On] NeRF" in words
    assert "Müller" in words


PAGE = (Path(__file__).parents[2] / "docs" / "latex.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^```latex\n(.*?)^```", PAGE, re.M | re.S)


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.splitlines()[-2])
def test_a_recipe_of_the_documentation_compiles(recipe: str, tmp_path: Path) -> None:
    make_project(tmp_path, STORE, OWNER)
    is_moderncv = "\\cvitem{" in recipe or "\\cvlistitem" in recipe
    begin = (
        "\\documentclass{moderncv}\\moderncvstyle{classic}\\moderncvcolor{blue}\\name{Jane}{Doe}"
        if is_moderncv
        else "\\documentclass{article}\\usepackage{etaremune,hyperref}\\newcommand\\cvsubsection[1]{\\subsection*{#1}}"
        "\\newenvironment{cvitems}{\\begin{itemize}}{\\end{itemize}}"
    )
    page = f"{begin}{T1}\\usepackage{{lmodern}}\\begin{{document}}\n{recipe}\\end{{document}}\n"
    (tmp_path / "cv.tex").write_text(page, encoding="utf-8")
    assert run_in(tmp_path, "cv", "cv.tex").code == 0
    assert "Rest: 100% x" in printed_by_latex(tmp_path)
