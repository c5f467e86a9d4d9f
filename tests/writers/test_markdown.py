"""Markdown is read back by markdown-it: the same characters, each with the looks that were meant."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pubtrack.model.richtext import Mark, Span, Text, text
from pubtrack.writers import inline, write
from tests.writers.samples import (
    HOSTILE,
    INVISIBLE,
    SAFE,
    SEEN,
    Shown,
    characters,
    listing,
    marks,
    meant,
    read_html,
    runs,
    squeezed,
    texts,
)

COMMONMARK = MarkdownIt("commonmark", {"html": True})
GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})
ENCODED = {**SAFE, "https://doi.org/10.1/a_b(c)": "https://doi.org/10.1/a_b%28c%29"}


def read(markdown: str) -> Shown:
    html = COMMONMARK.render(markdown)
    assert not markdown or (html.startswith("<p>") and html.count("<p>") == 1), html
    return read_html(html)


WRITTEN: dict[str, tuple[Text, str]] = {
    "a star behind a bold name": ((Span("Xu Zhao", ("bold",)), Span("*, Hui Tian")), r"**Xu Zhao**\*, Hui Tian"),
    "hyphens and full stops as they are": (text("Two-level. A-b, e.g. C++ #1"), "Two-level. A-b, e.g. C++ #1"),
    "blanks leave the emphasis": ((Span("a"), Span(" b ", ("bold",)), Span("c")), "a **b** c"),
    "a blank alone is not bold": ((Span("a"), Span(" ", ("bold", "italic")), Span("c")), "a c"),
    "italic within bold": ((Span("On ", ("bold",)), Span("E. coli", ("bold", "italic"))), "**On *E. coli***"),
    "bold then italic": ((Span("a", ("bold",)), Span("b", ("italic",))), "**a***b*"),
    "stars that could be read otherwise": (
        (Span("a", ("bold", "italic")), Span("b", ("bold",)), Span("c", ("italic", "bold"))),
        "**<em>a</em>b<em>c</em>**",
    ),
    "punctuation within, letters around": ((Span("a"), Span("(b)", ("bold",)), Span("c")), "&#97;**(b)**&#99;"),
    "a number": (text("5. x"), r"5\. x"),
    "signs of GitHub and Pandoc": (text("a|b c--d e~f g^h i@j $k"), r"a\|b c-\-d e&#126;f g&#94;h i&#64;j \$k"),
    "no link of GitHub's": (text("http://x.y/a_b www.x.y"), r"http\://x.y/a\_b www\.x.y"),
    "quotation marks but not apostrophes": (text("O'Neil \"x\" 'y"), r"O'Neil \"x\" \'y"),
    "an initial is not a list": (text("A. Smith"), "A. Smith"),
    "math": ((Span("O("), Span("n_1^2", ("math",)), Span(")")), "O($n_1^2$)"),
    "math before a digit": ((Span("x", ("math",)), Span("2021")), "$x$&#50;021"),
    "no math": ((Span(r"\input{x}", ("math",)),), r"\$\\input\{x\}\$"),
    "math that would be markup": ((Span("a<b [x](y)*~", ("math",)),), r"$a< b [x] (y)\ast \;$"),
    "a link": ((Span("a_b", (), "http://x.y/(z)"),), r"[a\_b](http://x.y/%28z%29)"),
    "a link that shows itself": ((Span("http://x.y/a_b", (), "http://x.y/a_b"),), "<http://x.y/a_b>"),
    "no image": ((Span("oh!"), Span("b", (), "http://x.y")), r"oh\![b](http://x.y)"),
    "no link": ((Span("b", (), "javascript:alert(1)"),), "b"),
    "display blocks": ((Span("[1]", display="left-margin"), Span("a", display="block"), Span("- b")), "\\[1\\] a - b"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_written(case: str) -> None:
    value, expected = WRITTEN[case]
    assert inline(value, "markdown") == expected


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("look", [(), ("bold",), ("italic", "small-caps")])
def test_hostile_text_is_text(kind: str, look: tuple[Mark, ...]) -> None:
    line = inline((Span(HOSTILE[kind], look),), "markdown")
    assert runs(read(line)) == [(squeezed(HOSTILE[kind]), frozenset(look))]
    assert characters(read_html(GITHUB.render(line))) == squeezed(HOSTILE[kind])


def test_invisible_characters_are_gone() -> None:
    assert inline(text(INVISIBLE), "markdown") == SEEN.replace("[", r"\[")


@settings(max_examples=300, deadline=None)
@given(texts())
@example((Span("a", ("bold",)), Span("b", ("italic", "bold")), Span("c", ("italic",))))
@example((Span("é", ("bold", "underline")), Span("€", ("bold",)), Span("a"), Span("“x”", ("italic",)), Span("b")))
def test_every_text_reads_back(value: Text) -> None:
    line = inline(value, "markdown")
    assert runs(read(line)) == runs(meant(value, ENCODED)), line


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "é", "€", "(", ")", "x y", "a ", " b"]), marks(2)), min_size=1, max_size=6
    )
)
def test_emphasis_reads_back(pieces: list[tuple[str, tuple[Mark, ...]]]) -> None:
    value = tuple(Span(piece, look) for piece, look in pieces)
    line = inline(value, "markdown")
    assert runs(read(line)) == runs(meant(value, {})), line


def test_a_list_is_blocks_with_a_blank_line_between() -> None:
    made = write(listing(text("A."), text("B."), title="Journal #", number="2.", legend="* equal"), "markdown")
    assert made == "### Journal \\#\n\n2\\. A.\n\n2\\. B.\n\n\\* equal\n"
    html = COMMONMARK.render(str(made))
    assert html == "<h3>Journal #</h3>\n<p>2. A.</p>\n<p>2. B.</p>\n<p>* equal</p>\n"
