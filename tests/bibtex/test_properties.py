"""Laws that hold for every text: blocks tile it, an edit is local, fmt is idempotent, what was written is read."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.bibtex import edit
from pubtrack.bibtex.document import Document, parse, pieces
from pubtrack.bibtex.tidy import Options, tidy
from pubtrack.model.errors import PubtrackError
from pubtrack.store.bib_file import decode_bib, wide_encoding
from tests.bibtex import fuzz

laws = settings(max_examples=150, deadline=None)

balanced = st.recursive(
    st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=12),
    lambda inner: st.lists(inner.map(lambda text: f"{{{text}}}") | inner, max_size=3).map("".join),
    max_leaves=8,
)
names = st.from_regex(re.compile(r"[A-Za-z][A-Za-z0-9+_-]{0,11}"), fullmatch=True)
keys = st.from_regex(re.compile(r"""[^\s,{}="#%~\\()']{1,12}"""), fullmatch=True)
fields = st.dictionaries(names.map(str.lower), balanced, max_size=5).map(dict.items).map(list)
entry = st.tuples(st.sampled_from(("article", "book", "misc")), keys, fields)
entries = st.lists(entry, max_size=4, unique_by=lambda one: one[1].lower())
options = st.builds(
    Options,
    indent=st.integers(0, 5),
    align=st.booleans(),
    lower=st.booleans(),
    trailing_comma=st.booleans(),
    blank_lines=st.integers(0, 2),
    sort=st.sampled_from(("", "key", "-year", "type")),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Texts from nothing but the characters and words of the syntax, and pieces of real entries."""
    parts = st.sampled_from((*fuzz.TOKENS, *fuzz.SEEDS)) | st.text(max_size=5)
    return "".join(draw(st.lists(parts, max_size=12)))


NEW_LINE = re.compile(r"\r\n?|\n")
Said = list[tuple[str, str, list[tuple[str, str]]]]


def said(document: Document) -> Said:
    """The entries of a document, the pieces of each value joined."""
    return [
        (
            one.type,
            one.key,
            [(field.name, "".join(piece.text for piece in pieces(field.value))) for field in one.fields],
        )
        for one in document.entries
    ]


def in_any_order(entries: Said) -> Said:
    """Sorted, and every line end as LF: order and line ends are the file's own."""
    return sorted(
        (type_, key, sorted((name, NEW_LINE.sub("\n", value)) for name, value in fields))
        for type_, key, fields in entries
    )


@laws
@given(texts())
def test_blocks_tile_every_text_and_fields_are_where_they_say(text: str) -> None:
    document = parse(text)
    assert "".join(document.source(block) for block in document.blocks) == text
    assert all(block.end > block.start for block in document.blocks)
    for entry in document.entries:
        assert [text[field.value_start : field.value_end] for field in entry.fields] == [
            field.value for field in entry.fields
        ]
    assert all(problem.line >= 1 and problem.column >= 1 for problem in document.problems)


@laws
@given(st.binary(max_size=200))
def test_every_file_comes_back_byte_for_byte(content: bytes) -> None:
    if wide_encoding(content):
        return  # UTF-16 or UTF-32, which is read but not written
    assert decode_bib(content).encode("utf-8", "surrogateescape") == content


@laws
@given(entries)
def test_what_was_written_is_read_as_it_was_meant(wanted: Said) -> None:
    document = parse(edit.add_entries(parse(""), wanted))
    assert in_any_order(said(document)) == in_any_order(wanted)
    assert not [problem for problem in document.problems if problem.severity == "error"]


@laws
@given(st.sampled_from(fuzz.SEEDS), st.integers(0, 9), names, balanced)
def test_an_edit_changes_one_entry_and_of_it_one_field(seed: str, number: int, name: str, value: str) -> None:
    document = parse(seed)
    if not document.entries:
        return
    target = document.entries[number % len(document.entries)]
    try:
        after = parse(edit.set_field(document, target.key, name, value))
    except PubtrackError:
        assert target.problem or not target.key
        return
    field = after.entry(target.key).get(name)
    assert field and [NEW_LINE.sub("\n", piece.text) for piece in pieces(field.value)] == [NEW_LINE.sub("\n", value)]
    for old, new in zip(document.blocks, after.blocks, strict=True):
        if old.start != target.start:
            assert document.source(old) == after.source(new)
    others = [one for one in target.fields if one.name.lower() != name.lower()]
    left = [one for one in after.entry(target.key).fields if one.name.lower() != name.lower()]
    assert [(one.name, one.value) for one in others] == [(one.name, one.value) for one in left]


@laws
@given(st.sampled_from(fuzz.SEEDS), st.integers(0, 9), names, balanced)
def test_setting_a_new_field_and_removing_it_leaves_the_text_as_it_was(
    seed: str, number: int, name: str, value: str
) -> None:
    document = parse(seed)
    if not document.entries:
        return
    target = document.entries[number % len(document.entries)]
    if target.get(name) or not target.fields or "%" in document.source(target):
        return
    try:
        after = edit.set_field(document, target.key, name, value)
    except PubtrackError:
        assert target.problem or not target.key
        return
    assert edit.unset_field(parse(after), target.key, name) == seed


@laws
@given(texts(), options)
def test_tidying_twice_is_as_once(text: str, chosen: Options) -> None:
    try:
        once = tidy(text, chosen)
    except PubtrackError:
        assert chosen.sort and any(block.is_guessed for block in parse(text).blocks)
        return
    assert tidy(once, chosen) == once


def test_a_thousand_mutated_texts_break_no_law() -> None:
    """The first of the 100,000 that `python -m tests.bibtex.fuzz` runs through."""
    assert fuzz.run(1000) == []
