"""`.aux` files of BibTeX, biblatex and REVTeX, with their parts, and those that failed runs leave."""

from __future__ import annotations

import pytest

from tests.citation_scan.given import cites, keys, said

END = "\\gdef \\@abspage@last{3}\n"
BIB = "\\bibdata{refs}\n"

GOOD = {
    f"\\relax \n\\citation{{a}}\n\\citation{{b,c}}\n\\bibstyle{{plain}}\n{BIB}{END}": "a b c",
    f"\\relax \n\\citation{{b}}\n\\citation{{a}}\n\\citation{{b}}\n\\citation{{*}}\n{BIB}": "b a *",
    f"\\relax \n\\abx@aux@cite{{0}}{{a}}\n\\abx@aux@segm{{0}}{{0}}{{a}}\n\\abx@aux@cite{{1}}{{b}}\n{END}": "a b",
    f"\\relax \n\\abx@aux@cite{{a}}\n\\abx@aux@cite{{2020}}\n{END}": "a 2020",
    "\\relax \n\\abx@aux@cite{0}{a}\n\\abx@aux@nociteall\n\\abx@aux@read@bbl@mdfivesum{nohash}\n": "a *",
    f"\\relax \n\\bibdata{{paper-blx,refs}}\n\\citation{{biblatex-control}}\n\\citation{{a}}\n{END}": "a",
    f"\\relax \n\\citation{{REVTEX42Control}}\n\\citation{{apsrev42Control}}\n\\citation{{a}}\n"
    f"\\citation{{Note1}}\n\\bibdata{{paperNotes,refs}}\n{END}": "a",
    f"\\relax \n\\citation{{achemso-control}}\n\\citation{{Note1}}\n{BIB}": "Note1",
    f"\\relax \n\\citation{{m^^c3^^bcller}}\n{BIB}": "müller",
    f"\\relax \n\\citation{{a}}\n\\bibcite{{b}}{{{{1}}{{2020}}{{}}{{}}}}\n{END}": "a",
    f"\\relax \n\\newlabel{{c}}{{{{1}}{{1}}}}\n\\@writefile{{toc}}{{\\contentsline {{section}}{{x}}}}\n{END}": "",
    "\\relax \n\\citation{a}\n\\@setckpt{chapters/one}{\n\\setcounter{page}{3}\n}\n": "a",
    f"\\relax \n\\citation{{a, b,\n c}}\n{BIB}": "a b c",
    "\\relax \n": "",
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), GOOD.items())
def test_what_a_run_cites(source: str, expected: str) -> None:
    assert keys(source, name="paper.aux") == expected


def test_parts_are_read_from_the_main_files_folder_in_their_place() -> None:
    files = {
        "out/main.aux": f"\\relax \n\\citation{{a}}\n\\@input{{parts/one.aux}}\n\\citation{{d}}\n{BIB}",
        "out/parts/one.aux": "\\relax \n\\citation{b,\nc}\n\\@setckpt{parts/one}{\n}\n",
    }
    found = cites(files)
    assert found.keys == ("a", "b", "c", "d")
    assert (found.citations[2].file, found.citations[2].line) == ("out/parts/one.aux", 3)
    assert found.bibliographies == ("refs.bib",)


AGAIN = "run LaTeX again, to its end"
STOPPED = f"paper.aux: this is left from a LaTeX run that stopped before its bibliography; {AGAIN}"
ABSENT = "one.aux is not there, so what it cites is not known"
LOOP = "paper.aux -> paper.aux"
FAILED = {
    "": f"paper.aux: this file is empty, so the LaTeX run failed; {AGAIN}",
    "\\relax \n\\citation{a": f"paper.aux: this file ends within a line, so the LaTeX run failed; {AGAIN}",
    "\\relax \n\\citation{a}\n": STOPPED,
    "\\relax \n\\abx@aux@refcontext{nty/global//global/global}\n\\abx@aux@cite{0}{a}\n": STOPPED,
    "\\relax \n\\bibdata{paper-blx}\n\\citation{a}\n": STOPPED,
    f"\\relax \n\\@input{{one.aux}}\n{BIB}": f"paper.aux:2:1: {ABSENT}; {AGAIN}",
    f"\\relax \n\\@input{{paper.aux}}\n{BIB}": f"paper.aux:2:1: files include each other in a circle: {LOOP}; break it",
}


@pytest.mark.parametrize(("source", "expected"), FAILED.items())
def test_what_a_failed_run_leaves_is_a_problem(source: str, expected: str) -> None:
    assert said(cites(source, name="paper.aux")) == [expected]
