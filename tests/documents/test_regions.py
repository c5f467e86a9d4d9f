"""Marked regions: found in every comment syntax, filled without moving another character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.documents.regions import HTML, LATEX, MARKDOWN, TYPST, Syntax, fill_regions, find_regions
from pubtrack.model.errors import PubtrackError


@pytest.mark.parametrize(
    ("syntax", "begin", "end"),
    [
        (MARKDOWN, "<!-- pubtrack:begin cv -->", "<!-- pubtrack:end -->"),
        (HTML, "<!--pubtrack:begin cv-->", "<!-- pubtrack:end-->"),
        (LATEX, "% pubtrack:begin cv", "% pubtrack:end"),
        (TYPST, "// pubtrack:begin cv", "//pubtrack:end"),
    ],
)
def test_each_syntax_has_its_region(syntax: Syntax, begin: str, end: str) -> None:
    text = f"before\n{begin}\nold\n{end}\nafter\n"
    (region,) = find_regions(text, syntax, "cv")
    assert (region.list_name, region.line, text[region.start : region.end]) == ("cv", 2, "old\n")
    assert fill_regions(text, [region], ["new\nlist\n"]) == f"before\n{begin}\nnew\nlist\n{end}\nafter\n"


def test_options_follow_the_list_name() -> None:
    text = '<!-- pubtrack:begin short where="selected and year > 2000" style=apa -->\n<!-- pubtrack:end -->'
    (region,) = find_regions(text, MARKDOWN, "cv.md")
    assert (region.list_name, region.options) == ("short", {"where": "selected and year > 2000", "style": "apa"})


def test_the_list_name_may_be_left_out() -> None:
    (region,) = find_regions("<!-- pubtrack:begin style=apa -->\n<!-- pubtrack:end -->", MARKDOWN, "cv.md")
    assert (region.list_name, region.options) == ("cv", {"style": "apa"})


def test_the_documents_line_ending_and_the_markers_indent_are_kept() -> None:
    text = "\ufeffa\r\n  <!-- pubtrack:begin cv -->\r\n  <!-- pubtrack:end -->\r\n"
    filled = fill_regions(text, find_regions(text, MARKDOWN, "cv.md"), ["one\n\ntwo\n"])
    assert filled == "\ufeffa\r\n  <!-- pubtrack:begin cv -->\r\n  one\r\n\r\n  two\r\n  <!-- pubtrack:end -->\r\n"


def test_markers_inside_fences_and_verbatim_are_text() -> None:
    text = "```\n<!-- pubtrack:begin x -->\n```\n<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n"
    assert [region.list_name for region in find_regions(text, MARKDOWN, "cv.md")] == ["cv"]
    text = "\\begin{verbatim}\n% pubtrack:begin x\n\\end{verbatim}\n% pubtrack:begin cv\n% pubtrack:end\n"
    assert [region.list_name for region in find_regions(text, LATEX, "cv.tex")] == ["cv"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("plain\n", 0, "no marked region"),
        ("<!-- pubtrack:begin cv -->\nx\n", 1, "never closed"),
        ("<!-- pubtrack:begin cv -->", 1, "never closed"),
        ("x\n<!-- pubtrack:end -->\n", 2, "without pubtrack:begin"),
        ("<!-- pubtrack:begin a -->\n<!-- pubtrack:begin b -->\n", 2, "inside the one of line 1"),
        ("<!-- pubtrack:begin cv --> list\n<!-- pubtrack:end -->\n", 1, "alone on its line"),
        ("<!-- pubtrack:begin cv --><!-- pubtrack:end -->\n", 1, "alone on its line"),
        ("<!-- pubtrack:start cv -->\n", 1, 'unknown marker "pubtrack:start"'),
        ("<!-- pubtrack:begin cv style -->\n<!-- pubtrack:end -->", 1, '"style" is not an option'),
    ],
)
def test_a_wrong_marker_is_named_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(PubtrackError, match=message) as caught:
        find_regions(text, MARKDOWN, "cv.md")
    assert (caught.value.file, caught.value.line) == ("cv.md", line)


BODY = st.text(alphabet="ab <!->:pubtrackbeginend\n\r`", max_size=60)


@given(BODY, BODY, st.text(alphabet="xyz \n", max_size=30))
def test_filling_twice_is_filling_once_and_nothing_outside_moves(before: str, after: str, content: str) -> None:
    text = f"{before}\n<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n{after}"
    try:
        regions = find_regions(text, MARKDOWN, "cv.md")
    except PubtrackError:
        return
    filled = fill_regions(text, regions, [content] * len(regions))
    again = find_regions(filled, MARKDOWN, "cv.md")
    assert fill_regions(filled, again, [content] * len(again)) == filled
    assert filled.startswith(text[: regions[0].start])
    assert filled.endswith(text[regions[-1].end :])
