"""The canonical form in which our entries are compared with other engines': what a reader sees, and nothing else."""

from __future__ import annotations

import pytest

from pubtrack.csl import RenderedEntry
from pubtrack.model.richtext import Span
from pubtrack.model.work import Work
from tests.csl.shown import NOTHING, shown_entry, shown_html, without_number


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        ('  <div class="csl-entry">A &#38; B</div>\n', "A &amp; B"),
        ("<em>a</em> <i>b</i>", "<i>a b</i>"),
        ("<i>a </i>b", "<i>a</i> b"),
        ("<i>a<b>b</b></i>", "<i>a</i><b><i>b</i></b>"),
        ("<b><i>b</i></b>", "<b><i>b</i></b>"),
        ('<i>a <span style="font-style:normal;">b</span></i>', "<i>a</i> b"),
        ('<span style="font-variant: small-caps;">X</span>', '<span style="font-variant:small-caps;">X</span>'),
        ('<span class="smallcaps">X</span>', '<span style="font-variant:small-caps;">X</span>'),
        ('<div class="csl-left-margin">[1]</div><div class="csl-right-inline">A.</div>', "[1] A."),
        ('<a href="https://x.org">x</a>', "x"),
        (r'<span class="math inline">\(x^2\)</span>', "$x^2$"),
        ("&lt;i&gt;", "&lt;i&gt;"),
        ("a\u00a0b", "a\u00a0b"),
        ("", NOTHING),
        ("3. " + NOTHING, NOTHING),
    ],
)
def test_what_another_engine_prints(theirs: str, shown: str) -> None:
    assert shown_html(theirs) == shown


def test_what_we_print() -> None:
    spans = (
        Span("[1]", display="left-margin"),
        Span("On ", ("italic",), display="right-inline"),
        Span("x<y", ("italic", "math"), display="right-inline"),
        Span(" NeRF", ("italic", "nocase"), url="https://x.org", display="right-inline"),
        Span(".", display="right-inline"),
    )
    assert shown_entry(RenderedEntry(0, Work("a", "book"), spans)) == "[1] <i>On $x&lt;y$ NeRF</i>."
    assert shown_entry(RenderedEntry(0, Work("a", "book"), ())) == NOTHING


@pytest.mark.parametrize("line", ["[12] A.", "(12) A.", "12. A.", "12 A."])
def test_the_number_in_front_is_not_compared(line: str) -> None:
    assert without_number(line) == "# A."
    assert without_number("A. 12. B") == "A. 12. B"
