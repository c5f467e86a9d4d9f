"""Edits: the asked field changes, in the file's own way of writing, and not a character besides."""

from __future__ import annotations

import pytest

from pubtrack.bibtex import edit
from pubtrack.bibtex.document import parse
from pubtrack.bibtex.references import references
from pubtrack.model.errors import PubtrackError

ALIGNED = """@article{a1,
  author    = {One, Ann},
  title     = {A title},
  year      = 2001,
  crossref  = {P1},
}
"""
INLINE = '@misc{n, title="T", year=3}\n'
TABS = '@ARTICLE{b2,\n\tTITLE = "x", % note\n\tYEAR = "2000" % c\n}\n'
COMMA_FIRST = "@book{p1\n , title = {C}\n , year = {2000}\n }\n"
VALUES_ALIGNED = "@book{v,\n  author=    {A},\n  title=     {T}\n}\n"
LIBRARY = "\n".join(['% lib\n@string{jn = "Journal"}\n', ALIGNED, INLINE, TABS, COMMA_FIRST, "@misc{e}\n"])


@pytest.mark.parametrize(
    ("key", "name", "value", "before", "after"),
    [
        ("a1", "doi", "10.1/x", "= 2001,\n", "= 2001,\n  doi       = {10.1/x},\n"),
        ("a1", "month", "dec", "= 2001,\n", "= 2001,\n  month     = dec,\n"),
        ("a1", "volume", "7", "{A title},\n", "{A title},\n  volume    = 7,\n"),
        ("n", "doi", "x", "year=3", 'year=3, doi="x"'),
        ("n", "note", 'a "word"', "year=3", 'year=3, note={a "word"}'),
        ("n", "author", "A", "@misc{n, ", '@misc{n, author="A", '),
        ("b2", "doi", "x", '"2000" % c\n', '"2000", % c\n\tDOI = "x"\n'),
        ("b2", "author", "x", "b2,\n", 'b2,\n\tAUTHOR = "x",\n'),
        ("b2", "volume", "x", "% note\n", '% note\n\tVOLUME = "x",\n'),
        ("p1", "doi", "x", "{2000}\n", "{2000}\n , doi = {x}\n"),
        ("e", "doi", "x", "@misc{e}", "@misc{e,\n  doi = {x},\n}"),
    ],
)
def test_a_new_field_is_written_as_the_others_are(key: str, name: str, value: str, before: str, after: str) -> None:
    assert LIBRARY.count(before) == 1
    assert edit.set_field(parse(LIBRARY), key, name, value) == LIBRARY.replace(before, after)


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        (VALUES_ALIGNED, "year", "  year=      {1999}\n"),
        ("@book{v,\n    a = 1,\n    bcd = 22\n}\n", "year", "    year = 1999\n"),
        ("@book{v,\r\n  title = {T},\r\n}\r\n", "year", "  year = {1999},\r\n"),
        ("@Book{v,\n  Title = {T},\n  Author = {A},\n}\n", "year", "  Year = {1999},\n"),
    ],
)
def test_the_way_of_one_entry_is_followed(text: str, name: str, line: str) -> None:
    assert line in edit.set_field(parse(text), "v", name, "1999")


@pytest.mark.parametrize(
    ("key", "name", "value", "before", "after"),
    [
        ("a1", "title", "New {T}itle", "{A title}", "{New {T}itle}"),
        ("a1", "TITLE", "x", "{A title}", "{x}"),
        ("a1", "year", "2024", "2001", "2024"),
        ("a1", "year", "in press", "2001", "{in press}"),
        ("n", "title", "x", '"T"', '"x"'),
        ("n", "title", 'an "x"', '"T"', '{an "x"}'),
        ("n", "title", 'an {"}x{"}', '"T"', '"an {"}x{"}"'),
        ("n", "title", "2024", '"T"', '"2024"'),
    ],
)
def test_a_value_is_replaced_between_its_delimiters(key: str, name: str, value: str, before: str, after: str) -> None:
    assert edit.set_field(parse(LIBRARY), key, name, value) == LIBRARY.replace(before, after, 1)


def test_a_macro_is_replaced_by_a_macro_or_else_by_text() -> None:
    document = parse("@string{jn = {J}}\n@string{other = {O}}\n@article{a, journal = jn}\n")
    assert "journal = other}" in edit.set_field(document, "a", "journal", "other")
    assert "journal = {Other Words}}" in edit.set_field(document, "a", "journal", "Other Words")


def test_raw_values_are_source_text() -> None:
    assert 'title="A " # jan,' in edit.set_field(parse(LIBRARY), "n", "title", ' "A " # jan ', raw=True)


@pytest.mark.parametrize("value", ["a}", "{a", "}{", "a \\{"])
def test_a_value_that_would_unbalance_the_file_is_refused(value: str) -> None:
    with pytest.raises(PubtrackError, match=r"has a|lacks"):
        edit.set_field(parse(LIBRARY), "n", "title", value)


@pytest.mark.parametrize("value", ["{a}, year = {3}", "a b", "{a", '"a', "", "{a} #", "{a}}", "{a} % c"])
def test_a_raw_value_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(PubtrackError, match="more than that field"):
        edit.set_field(parse(LIBRARY), "n", "title", value, raw=True)


@pytest.mark.parametrize("name", ["", "a b", "a=b", "a{", "%a", "@a"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(PubtrackError, match="not a field name"):
        edit.set_field(parse(LIBRARY), "n", name, "x")


@pytest.mark.parametrize(
    ("key", "name", "removed"),
    [
        ("a1", "author", "  author    = {One, Ann},\n"),
        ("a1", "Year", "  year      = 2001,\n"),
        ("a1", "crossref", "  crossref  = {P1},\n"),
        ("n", "title", 'title="T", '),
        ("n", "year", ", year=3"),
        ("b2", "title", 'TITLE = "x", '),
        ("b2", "year", 'YEAR = "2000" '),
        ("p1", "title", " , title = {C}\n"),
        ("p1", "year", " , year = {2000}\n"),
    ],
)
def test_a_removed_field_leaves_all_else_and_its_comment(key: str, name: str, removed: str) -> None:
    after = edit.unset_field(parse(LIBRARY), key, name)
    assert after == LIBRARY.replace(removed, "", 1)


def test_unset_removes_each_field_of_the_name_and_says_when_there_is_none() -> None:
    text = "@misc{a, title={1}, note={2}, TITLE={3}}"
    assert edit.unset_field(parse(text), "a", "title") == "@misc{a, note={2}}"
    with pytest.raises(PubtrackError, match="it has title, note, TITLE"):
        edit.unset_field(parse(text), "a", "doi")
    with pytest.raises(PubtrackError, match="stands more than once"):
        edit.set_field(parse(text), "a", "title", "x")


def test_several_entries_change_at_once() -> None:
    after = edit.change_fields(parse(LIBRARY), {"n": {"title": "X", "year": None}, "a1": {"year": "1"}})
    assert after == LIBRARY.replace('title="T", year=3', 'title="X"').replace("= 2001", "= 1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@misc{n, title={T}}\n@misc{n, title={U}}", r"more than once \(lines 1, 2\)"),
        ("@misc{n, title={T} note={U}}", 'is broken: expected ","'),
        ("@misc{nn, title={T}}", "did you mean nn"),
    ],
)
def test_only_one_sound_entry_is_edited(text: str, words: str) -> None:
    with pytest.raises(PubtrackError, match=words):
        edit.set_field(parse(text, file="x.bib"), "n", "title", "x")


FAMILY = """@inbook{child, crossref = {Parent}, xdata = "x1, parent", related = {parent,other}, note = {parent}}
@misc{granular, author = {xdata=parent-author-1 and Doe, J}, publisher = {xdata=parent-publisher}}
@set{set1, entryset = {child, parent}}
@book{parent, title = {P}}
@book{parents, crossref = {parents}}
"""


def test_a_renamed_key_is_followed_by_who_refers_to_it() -> None:
    assert edit.rename_entry(parse(FAMILY), "parent", "new/1") == FAMILY.replace("{Parent}", "{new/1}").replace(
        '"x1, parent"', '"x1, new/1"'
    ).replace("{parent,other}", "{new/1,other}").replace("=parent-", "=new/1-").replace(
        "child, parent}", "child, new/1}"
    ).replace("@book{parent,", "@book{new/1,")


def test_references_are_told() -> None:
    found = references(parse(FAMILY), ["parent"])
    assert [(one.entry.key, one.field.name) for one in found] == [
        ("child", "crossref"), ("child", "xdata"), ("child", "related"), ("granular", "author"),
        ("granular", "publisher"), ("set1", "entryset"),
    ]  # fmt: skip


@pytest.mark.parametrize("new", ["", "a b", "a,b", "a{", "a%", "parents", "PARENTS", 'a"', "a\\"])
def test_a_bad_or_used_key_is_refused(new: str) -> None:
    with pytest.raises(PubtrackError, match=r"not a citation key|in use"):
        edit.rename_entry(parse(FAMILY), "parent", new)


def test_a_key_may_change_its_case() -> None:
    assert "@book{PARENT," in edit.rename_entry(parse(FAMILY), "parent", "PARENT")


def test_a_reference_built_from_macros_stops_a_rename() -> None:
    text = "@string{p = {parent}}\n@misc{a, crossref = {parent} # p}\n@misc{parent,}\n"
    with pytest.raises(PubtrackError, match="from macros"):
        edit.rename_entry(parse(text), "parent", "x")


def test_removed_entries_take_their_blank_lines_and_references_along() -> None:
    text = FAMILY.splitlines(keepends=True)
    family = "\n".join([text[0], text[2], text[3], text[4]])
    after = edit.remove_entries(parse(family), ["parent"])
    assert after == "\n".join(
        [
            '@inbook{child, xdata = "x1", related = {other}, note = {parent}}\n',
            "@set{set1, entryset = {child}}\n",
            text[4],
        ]
    )
    with pytest.raises(PubtrackError, match="takes its value"):
        edit.remove_entries(parse(FAMILY), ["parent"])


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (["a"], "% top\n\n@misc{b,}\n\n% mid\n@misc{c,}\n"),
        (["b"], "% top\n\n@misc{a,}\n\n% mid\n@misc{c,}\n"),
        (["c"], "% top\n\n@misc{a,}\n\n@misc{b,}\n\n% mid\n"),
        (["a", "b"], "% top\n\n% mid\n@misc{c,}\n"),
        (["c", "a", "b"], "% top\n\n% mid\n"),
    ],
)
def test_removal_leaves_comments_and_single_blank_lines(keys: list[str], left: str) -> None:
    text = "% top\n\n@misc{a,}\n\n@misc{b,}\n\n% mid\n@misc{c,}\n"
    assert edit.remove_entries(parse(text), keys) == left


def test_a_new_entry_is_written_as_the_others_are() -> None:
    fields = [("year", "2020"), ("author", "A"), ("title", 'B "q"'), ("month", "may")]
    after = edit.add_entry(parse(ALIGNED + "\n@Comment{jabref}\n"), "book", "x9", fields)
    assert after == ALIGNED + (
        '\n@book{x9,\n  author    = {A},\n  title     = {B "q"},\n  year      = 2020,\n  month     = may,\n}\n'
        "\n@Comment{jabref}\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "@misc{k,\n  title = {T},\n}\n"),
        ("% only this", "% only this\n\n@misc{k,\n  title = {T},\n}\n"),
        ("@BOOK{a, TITLE = {x}, YEAR = {1}}\n@BOOK{b, TITLE = {y}, YEAR = {1}}",
         "@BOOK{a, TITLE = {x}, YEAR = {1}}\n@BOOK{b, TITLE = {y}, YEAR = {1}}\n@MISC{k, TITLE = {T}}"),
        ("@misc{a,\r\n  note = {x},\r\n}\r\n",
         "@misc{a,\r\n  note = {x},\r\n}\r\n\r\n@misc{k,\r\n  title = {T},\r\n}\r\n"),
        ("@misc{a,}\n@misc{b, c = {", None),
    ],
)  # fmt: skip
def test_a_new_entry_finds_its_place(text: str, expected: str | None) -> None:
    after = edit.add_entry(parse(text), "misc", "k", [("title", "T")])
    assert after == expected if expected else after.startswith(text) and "k" in parse(after).by_key


def test_entries_that_cannot_be_added_are_refused() -> None:
    for type_, key, fields in [
        ("misc", "A1", []), ("misc", "b c", []), ("string", "x", []), ("mi sc", "x", []),
        ("misc", "x", [("a b", "1")]), ("misc", "x", [("a", "}")]),
    ]:  # fmt: skip
        with pytest.raises(PubtrackError):
            edit.add_entry(parse(ALIGNED), type_, key, fields)
    with pytest.raises(PubtrackError, match="two new entries"):
        edit.add_entries(parse(""), [("misc", "a", []), ("misc", "A", [])])
    with pytest.raises(PubtrackError, match="cannot be read again"):
        edit.add_entry(parse(""), "misc", "a", [("b", "c d")], raw=True)


def test_many_edits_at_once_follow_their_own_neighbours() -> None:
    """Shared neighbours change nothing in a file that is written in one way, and see each part of one that is not."""
    first = "".join(f"@misc{{a{n},\n  title = {{A}},\n  note  = {{B}}\n}}\n" for n in range(200))
    second = "".join(f'@misc{{b{n}, title="A", note="B"}}\n' for n in range(200))
    document = parse(first + second)
    changes = {f"{letter}{n}": {"year": "2001"} for letter in "ab" for n in range(200)}
    text = edit.change_fields(document, changes)
    expected = first.replace("title = {A},\n", "title = {A},\n  year  = {2001},\n") + second.replace(
        'title="A", ', 'title="A", year="2001", '
    )
    one_by_one = edit.change_fields(parse(first), {"a0": {"year": "2001"}})
    assert text.startswith(one_by_one[: one_by_one.index("@misc{a1,")])
    assert text.count("\n  ") == expected.count("\n  ")
    assert len(parse(text).entries) == 400
