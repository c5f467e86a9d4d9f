"""Libraries of bibtexparser 2: ours equal its own on sound files, and come back."""

from __future__ import annotations

import bibtexparser
import pytest
from bibtexparser import model

from pubtrack.bibtex.document import parse
from pubtrack.bibtex.interop import from_bibtexparser, to_bibtexparser
from pubtrack.model.errors import PubtrackError

TEXT = """% a remark
@string{jn = "Journal"}
@preamble{ "x" # jn }
@comment{jabref: y}
@Article{k1,
  author = {A and B},
  Title = "T {U}",
  journal = jn,
  year = 2001,
}
@misc{k2, note = {a} # " b"}
"""


def blocks(library: bibtexparser.Library) -> list[tuple[str, dict[str, object]]]:
    hidden = ("_raw", "_parser_metadata", "_start_line_in_file", "_enclosing", "_error")
    return [
        (type(block).__name__, {name: str(value) for name, value in vars(block).items() if name not in hidden})
        for block in library.blocks
    ]


@pytest.mark.parametrize("raw", [True, False])
def test_a_library_is_what_bibtexparser_reads_itself(raw: bool) -> None:
    theirs = bibtexparser.parse_string(TEXT, parse_stack=[] if raw else None)
    assert blocks(to_bibtexparser([parse(TEXT)], raw=raw)) == blocks(theirs)


@pytest.mark.parametrize("raw", [True, False])
def test_a_library_comes_back(raw: bool) -> None:
    document = from_bibtexparser(to_bibtexparser([parse(TEXT)], raw=raw), raw=raw, file="x.bib")
    assert document.file == "x.bib"
    assert [(entry.type, entry.key) for entry in document.entries] == [("article", "k1"), ("misc", "k2")]
    title = document.entry("k1").get("title")
    assert title and title.value == ('"T {U}"' if raw else "{T {U}}")
    assert not [problem for problem in document.problems if problem.severity == "error"]


def test_what_is_broken_or_doubled_comes_as_a_failed_block_with_the_entry() -> None:
    text = "@misc{a, b = {1} c = {2}}\n@misc{d, e = {1}, e = {2}}\n@misc{f,}\n@misc{f,}\n"
    library = to_bibtexparser([parse(text)])
    assert [type(block) for block in library.failed_blocks] == [
        model.ParsingFailedBlock, model.DuplicateFieldKeyBlock, model.DuplicateBlockKeyBlock,
    ]  # fmt: skip
    broken = library.failed_blocks[0]
    assert str(broken.error).endswith('expected "," before the field "c"')
    assert [field.key for field in broken.ignore_error_block.fields] == ["b", "c"]
    assert [entry.key for entry in library.entries] == ["f"]


def test_values_that_are_no_text_are_refused() -> None:
    library = to_bibtexparser([parse(TEXT)])
    library.entries[0].fields[0].value = ["A", "B"]
    with pytest.raises(PubtrackError, match='field "author" of "k1" is a list'):
        from_bibtexparser(library)
