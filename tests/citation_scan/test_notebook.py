"""Jupyter notebooks: Markdown cells cite."""

from __future__ import annotations

import json

from tests.citation_scan.given import cites, keys, said

CELLS = [
    {"cell_type": "markdown", "source": ["As @a\n", 'and `@no` <cite data-cite="6/c,d">x</cite>']},
    {"cell_type": "code", "source": "x @ no"},
    {"cell_type": "markdown", "source": "[@b]"},
    {"cell_type": "raw", "source": "@no"},
]


def test_markdown_cells_cite_and_code_does_not() -> None:
    notebook = json.dumps({"cells": CELLS, "nbformat": 4})
    assert keys(notebook, name="n.ipynb") == "a b c d"
    found = cites(notebook, name="n.ipynb")
    assert [(one.key, one.file, one.line, one.column) for one in found.citations[:2]] == [
        ("a", "n.ipynb (cell 1)", 1, 4),
        ("b", "n.ipynb (cell 3)", 1, 2),
    ]


def test_what_is_no_notebook_is_a_problem() -> None:
    for source in ("", "{", "[]", "{}", "[" * 100_000, '{"cells": 1}'):
        assert said(cites(source, name="n.ipynb")) == ["n.ipynb: this is not a Jupyter notebook; its JSON is broken"]
    assert keys('{"cells": [1, {"cell_type": "markdown", "source": [1, "@a"]}]}', name="n.ipynb") == "a"
