"""Hostile and broken XML is refused with a clear line, and nothing is expanded."""

from __future__ import annotations

import pytest

from pubtrack.csl import Style
from pubtrack.csl.style_xml import MAX_DEPTH, MAX_SIZE, parse_xml
from pubtrack.model.errors import PubtrackError

BOMB = '<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><style>&b;</style>'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<style>", "broken XML"),
        ("", "broken XML"),
        ("not xml", "broken XML"),
        ("<style>&nbsp;</style>", "broken XML"),
        (BOMB, "DOCTYPE"),
        ('<!DOCTYPE style SYSTEM "file:///etc/passwd"><style/>', "DOCTYPE"),
        ("<a>" * (MAX_DEPTH + 2), "nests deeper"),
        ("<style>" + " " * MAX_SIZE + "</style>", "larger than"),
        (b'<?xml version="1.0" encoding="no-such"?><style/>', "broken XML"),
        (b"\xff\xfe\x00", "broken XML"),
    ],
)
def test_what_is_no_safe_xml_is_refused(source: str | bytes, message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        parse_xml(source, file="x.csl")


def test_broken_xml_is_refused_with_its_place() -> None:
    with pytest.raises(PubtrackError) as error:
        parse_xml("<style>\n<a></b></style>", file="x.csl")
    assert (error.value.file, error.value.line) == ("x.csl", 2)


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<html/>", "not a CSL style"),
        ('<locale xmlns="http://purl.org/net/xbiblio/csl"/>', "not a CSL style"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"><info/></style>', "depends on another"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"><citation/></style>', "no <layout>"),
    ],
)
def test_xml_that_is_no_independent_style_is_refused(xml: str, message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        Style.parse(xml, file="x.csl")


def _macros(*bodies: str) -> str:
    macros = "".join(f'<macro name="m{number}">{body}</macro>' for number, body in enumerate(bodies))
    layout = '<layout><text macro="m0"/></layout>'
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl">{macros}<citation>{layout}</citation>'
        f"<bibliography>{layout}</bibliography></style>"
    )


def test_macros_that_call_each_other_in_a_circle_are_named() -> None:
    xml = _macros('<text macro="m1"/>', '<group><text macro="m2"/></group>', '<text macro="m0"/>')
    with pytest.raises(PubtrackError, match="m0 -> m1 -> m2 -> m0"):
        Style.parse(xml)


def test_macros_that_double_at_every_step_are_refused() -> None:
    """A billion laughs made of macros, which no entity limit catches."""
    bodies = [f'<text macro="m{number + 1}"/>' * 2 for number in range(40)]
    with pytest.raises(PubtrackError, match="more than"):
        Style.parse(_macros(*bodies, '<text value="ha"/>'))


@pytest.mark.parametrize("depth", [10, 45])
def test_deep_nesting_short_of_the_limit_renders(depth: int) -> None:
    from tests.csl.mini import work

    bodies = [f'<text macro="m{number + 1}" quotes="true" font-style="italic"/>' for number in range(depth)]
    entry = Style.parse(_macros(*bodies, '<text variable="title"/>')).bibliography([work(title="x")] * 3)[2]
    assert "x" in "".join(span.text for span in entry.text)


def test_deeper_nesting_is_refused() -> None:
    bodies = [f'<group><text macro="m{number + 1}"/></group>' for number in range(2000)]
    with pytest.raises(PubtrackError, match="deep"):
        Style.parse(_macros(*bodies, '<text variable="title"/>'))


def test_a_macro_that_is_called_but_not_defined_is_named() -> None:
    with pytest.raises(PubtrackError, match='calls a macro "m1" that it does not define'):
        Style.parse(_macros('<text macro="m1"/>'))
