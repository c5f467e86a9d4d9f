"""biber's control files, as biblatex writes them, and what is none."""

from __future__ import annotations

import pytest

from pubtrack.citation_scan import bcf
from tests.citation_scan.given import cites, keys, said

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bcf:controlfile xmlns:bcf="https://sourceforge.net/projects/biblatex">\n'
)


def control(*citekeys: str) -> str:
    """A control file with these elements in its section."""
    return (
        f'{HEAD}<bcf:bibdata section="0"><bcf:datasource type="file">a b.bib</bcf:datasource></bcf:bibdata>\n'
        f'<bcf:section number="0">\n{"".join(citekeys)}</bcf:section>\n</bcf:controlfile>\n'
    )


GOOD = {
    control('<bcf:citekey order="1" intorder="1">b</bcf:citekey>', '<bcf:citekey order="2">a</bcf:citekey>'): "b a",
    control('<bcf:citekey order="1" nocite="1">*</bcf:citekey><bcf:citekey order="2">a&amp;b</bcf:citekey>'): "a&b *",
    control('<bcf:citekey type="set" members="m,n">s</bcf:citekey><bcf:citekey order="1">s</bcf:citekey>'): "m n",
    control('<bcf:citekey type="set" members="m,n">s</bcf:citekey>'): "",
    control().replace("bcf:", "x:"): "",
}


@pytest.mark.parametrize(("source", "expected"), GOOD.items())
def test_what_a_control_file_asks_for(source: str, expected: str) -> None:
    assert keys(source, name="paper.bcf") == expected


def test_places_and_libraries() -> None:
    found = cites(control('  <bcf:citekey order="1">b</bcf:citekey>'), name="paper.bcf")
    assert [(one.line, one.column) for one in found.citations] == [(5, 3)]
    assert found.bibliographies == ("a b.bib",)


AGAIN = "run LaTeX again, to its end"
BAD = {
    "": f"paper.bcf: this file is empty, so the LaTeX run failed; {AGAIN}",
    HEAD: f"paper.bcf:3:1: broken XML: no element found; {AGAIN}",
    '<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<x>&a;</x>': "paper.bcf:1:13: a biber control file has no DOCTYPE; "
    "this one is not read",
    "<html></html>": "paper.bcf:1:1: <html> begins no biber control file; give the .bcf that biblatex wrote",
    '<?xml version="1.0" encoding="x-none"?><a/>': f"paper.bcf: broken XML: unknown encoding: x-none; {AGAIN}",
}


@pytest.mark.parametrize(("source", "expected"), BAD.items())
def test_what_is_no_control_file_is_a_problem(source: str, expected: str) -> None:
    assert said(cites(source, name="paper.bcf")) == [expected]


def test_a_control_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bcf, "MAX_SIZE", 100)
    assert said(cites(control(), name="paper.bcf")) == [
        "paper.bcf: this file is larger than 100 bytes; it is not a biber control file"
    ]
