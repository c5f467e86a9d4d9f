"""The scanner: blocks tile every text, fields know their place, and each fault is found where it is."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.document import Document, parse, pieces
from pubtrack.bibtex.positions import LineIndex
from tests.bibtex.deletions import deletion_faults
from tests.linear import grows_linearly

SOUND = """% A library
@string{jan1 = "January"}
@STRING(pub = {A } # jan1)
@preamble{ "\\newcommand{\\noop}[1]{}" # " x" }
@Comment{jabref-meta: databaseType:bibtex;}
@comment to the end of the line

@article{one,
  author  = {Ann {\\"O}ne and {Group, Inc.}},
  title   = "A {"}quoted{"} word",
  year    = 2001,
  month   = "1~" # jan,
}
@misc(two, note = {a ) b}, title = "c ) d")
@InProceedings
 {2008A&A...480..775V ,
  Title = {{Whole {Nested {Deep {Deeper {Deepest {Bottom}}}}}}}
}

see me@example.org or a@b{c}
@book{LL:ESA-SCI(2000)4,} @misc{Müłler/2020+x}
"""


def joined(document: Document) -> str:
    return "".join(document.source(block) for block in document.blocks)


def faults(text: str) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.message) for one in parse(text).problems if one.severity == "error"]


def test_a_sound_file_reads_whole_and_without_a_remark() -> None:
    document = parse(SOUND)
    assert joined(document) == SOUND
    assert [(entry.type, entry.key) for entry in document.entries] == [
        ("article", "one"), ("misc", "two"), ("InProceedings", "2008A&A...480..775V"),
        ("book", "LL:ESA-SCI(2000)4"), ("misc", "Müłler/2020+x"),
    ]  # fmt: skip
    assert [(one.name, one.value) for one in document.strings] == [("jan1", '"January"'), ("pub", "{A } # jan1")]
    assert document.problems == ()
    assert [block.kind for block in document.blocks].count("comment") == 2


def test_fields_are_found_at_their_place_with_their_source_text() -> None:
    document = parse(SOUND)
    for entry in document.entries:
        assert document.text[entry.start] == "@"
        assert document.places.of(entry.start) == (entry.line, entry.column)
        for field in entry.fields:
            assert document.text[field.name_start : field.name_end] == field.name
            assert document.text[field.value_start : field.value_end] == field.value
            assert document.places.of(field.name_start)[0] == field.line
    month = document.entry("one").get("MONTH")
    assert month is not None and (month.value, month.line) == ('"1~" # jan', 12)


def test_one_entry_is_read_the_same_alone_and_with_all() -> None:
    alone = parse(SOUND)
    assert [alone.entry(entry.key) for entry in parse(SOUND).entries] == list(parse(SOUND).entries)
    assert alone.blocks  # read without the fields before


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{a {b} c}", [("braced", "a {b} c")]),
        ('"a {"} b"', [("quoted", 'a {"} b')]),
        ("2001", [("bare", "2001")]),
        ('"1~" # jan', [("quoted", "1~"), ("bare", "jan")]),
        ("{a} # {b}", [("braced", "a"), ("braced", "b")]),
        ('{a}#b % c\n # "d"', [("braced", "a"), ("bare", "b"), ("quoted", "d")]),
        ("{{{{{{{{deep}}}}}}}}", [("braced", "{{{{{{{deep}}}}}}}")]),
        ("", []),
        ("{a} {b}", [("bare", "{a} {b}")]),
        ('"a', [("bare", '"a')]),
    ],
)
def test_a_value_falls_into_its_operands(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(piece.kind, piece.text) for piece in pieces(value)] == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("@misc{n,\n title = {T}\n note = {N}\n}", 3, 2, 'expected "," before the field "note"'),
        ("@misc{n,\n title {T},\n}", 2, 8, 'expected "=" behind the field name "title"'),
        ("@misc{n,\n title = {T},\n note = {open,\n year=3\n}\n\n@book{z,}", 3, 9, "add the brace that closes"),
        ('@misc{n,\n title = "open,\n note = {x}\n}\n@book{z,}', 2, 10, "is never closed"),
        ("@misc{n,\n title = {T}\n\n@book{z,}", 2, 13, 'the entry is not closed: expected "}"'),
        ("@misc{n,\n title = {T},\n year = 3\n", 3, 10, "the entry is not closed"),
        ("@misc{n,\n title = ,\n}", 2, 10, "has no value"),
        ("@misc{n,\n title = {T},,\n}", 2, 14, "a comma too many"),
        ("@misc{n\n title = {T}\n}", 2, 2, 'expected "," between the key "n" and the field "title"'),
        ("@misc{title = {T}}", 1, 7, 'expected a key and ","'),
        ("@misc{, title = {T}}", 1, 7, "has no key"),
        ("@misc{my key, title = {T}}", 1, 7, "holds a blank"),
        ("@misc{n, title = {T})\n@book{z,}", 1, 21, 'expected "," or "}"'),
        ("@miscn, title = {T}}\n@book{z,}", 1, 7, 'expected "{" behind @miscn'),
        ("@{n, title = {T}}\n@book{z,}", 1, 2, "expected an entry type"),
        ("misc{n, title = {T}}\n@book{z,}", 1, 1, 'expected "@" before "misc"'),
        ("@misc{n, year = 2000}, title = {T}}\n@book{z,}", 1, 22, 'stray ","'),
        ('@misc{n, title = "a " b}\n@book{z,}', 1, 23, 'expected "," or "}" behind the field "title"'),
        ("@misc{n, title = {a} # }\n@book{z,}", 1, 24, 'the field "title" has no value'),
        ("@string{a = }\n@book{z,}", 1, 13, "has no value"),
        ('@preamble{"a" b}\n@book{z,}', 1, 15, 'expected "}" behind the preamble'),
        ("@misc{n,}\n@misc{n,}", 2, 1, 'the key "n" is used on line 1 already'),
    ],
)
def test_a_fault_is_named_where_it_is(text: str, line: int, column: int, words: str) -> None:
    found = faults(text)
    assert [(line, column)] == [(one[0], one[1]) for one in found]
    assert words in found[0][2]
    assert joined(parse(text)) == text
    if "@book{z," in text:
        assert "z" in parse(text).by_key


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("@misc{n,\n title = {T}, % why\n}", 2, "a % comment among the fields"),
        ("@misc{n,\n note = {see\n@article{fake, title={x}}\n}}", 2, "holds what looks like an entry, on line 3"),
        ("@misc{n,\n title = {A},\n TITLE = {B}}", 3, 'the field "TITLE" stands on line 2 already'),
        ("@misc{n,}\n@misc{N,}", 2, 'differs only by case from "n" on line 1'),
        ("see@misc{n, title = {T}}", 1, "in the middle of a line"),
        ("@misc{n,}\n  title = {T},\n}", 2, "outside of any entry"),
        ("@comment{open\n@misc{n,}", 1, "never closed"),
    ],
)
def test_what_is_doubtful_is_a_warning(text: str, line: int, words: str) -> None:
    found = [one for one in parse(text).problems if words in one.message]
    assert [(one.severity, one.line) for one in found] == [("warning", line)]


def test_an_entry_with_a_fault_keeps_the_fields_that_can_be_read() -> None:
    document = parse("@misc{n,\n title = {T}\n note = {N},\n}\n@misc{m, a = {1}, b = {2\n\n@misc{o,}")
    assert [block.kind for block in document.blocks if block.kind != "text"] == ["broken", "broken", "entry"]
    read = {entry.key: [field.name for field in entry.fields] for entry in document.entries}
    assert read == {"n": ["title", "note"], "m": ["a"], "o": []}
    assert all(document.entry(key).problem for key in "nm")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(newline: str) -> None:
    text = SOUND.replace("\n", newline)
    document = parse(text)
    assert joined(document) == text
    assert [entry.line for entry in document.entries] == [entry.line for entry in parse(SOUND).entries]
    lines = [[field.line for field in entry.fields] for entry in document.entries]
    assert lines == [[field.line for field in entry.fields] for entry in parse(SOUND).entries]


def test_a_byte_order_mark_takes_no_column() -> None:
    document = parse("\ufeff@misc{n, title {T}}")
    assert [(entry.key, entry.line, entry.column) for entry in document.entries] == [("n", 1, 1)]
    assert [(one.line, one.column) for one in document.problems] == [(1, 16)]


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "\x00", "@", "@{", "@a{", '@a{b,c="', "\r", "}" * 9, "\udcff@misc{\udcff,}"]
)
def test_odd_texts_are_tiled(text: str) -> None:
    document = parse(text)
    assert joined(document) == text
    assert document.problems is not None


def test_places_count_lines_of_every_kind() -> None:
    text = "a\nb\r\nc\rd"
    assert [LineIndex(text).of(text.index(letter)) for letter in "abcd"] == [(1, 1), (2, 1), (3, 1), (4, 1)]


def test_a_lost_character_costs_one_entry_at_most_and_is_never_silent() -> None:
    text = SOUND + '@misc{x, year = {2000}, title = "T"}\n@misc{y,\n  a = {b},\n  c = "d" # e\n}\n@misc{z, q={{r}}}\n'
    found = deletion_faults(text, range(text.index("@article"), len(text)))
    assert [
        (text[offset - 20 : offset], text[offset], text[offset + 1 : offset + 20], why) for offset, why in found
    ] == []


@pytest.mark.parametrize(
    "piece",
    [
        "@article{k, title = {x\n", '@article{k, title = "x {y\n', "@comment{x\n", "@article(k, t = {x\n", "@a k t}",
        "\n@", "{", "@a{k,b={", "@a{b,", "@a{b c", "@string{a=", "@a{b,c={x} ", "a = {x}\n", "x@a{b,c=d", "}\n",
        '@a{b,c="d{e', "@a{b,%\n", "@a{b,,", "\r", "@a\n{b,\n", "@a{b}}", "@a{b,c={},c={},", "@a{b b b,", "} @a{b,c={",
        "%@a{b, c = d} ", "@a{b,c={d{e{f{g{h{i{j}}}}}}},\n", " ", "\n\n", "@a{b,c=d#",
    ],
)  # fmt: skip
def test_no_text_is_slow(piece: str) -> None:
    """Ten times the text takes about ten times as long, which a quadratic reading would not."""

    assert grows_linearly(lambda count: parse(piece * count).problems, small=200)


def test_an_entry_behind_other_text_on_its_line_is_read_as_bibtex_does() -> None:
    source = (
        "la@Article{a,\n title = {One}}\n"
        "% no@misc{c, title = {Comment}}\n"
        "write to me@home.org or@misc{b, title = {Two}}\n"
    )
    document = parse(source)
    assert [(entry.key, entry.line, entry.column) for entry in document.entries] == [("a", 1, 3), ("b", 4, 24)]
    assert "".join(source[block.start : block.end] for block in document.blocks) == source
    assert [(one.line, one.column, one.message) for one in document.problems if one.code == "syn-stray"] == [
        (1, 3, "this entry begins in the middle of a line; begin a line with it"),
        (4, 24, "this entry begins in the middle of a line; begin a line with it"),
    ]
