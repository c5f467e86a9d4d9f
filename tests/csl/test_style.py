"""The style as a whole: what it knows of itself, layouts of entries, languages, caches."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtrack.csl import Style
from pubtrack.csl.style_options import BibliographyOptions
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import plain
from tests.csl.mini import entries, entry, style, work


def test_a_style_knows_its_title_locale_and_layout() -> None:
    one = style(
        attributes='default-locale="de-DE"',
        bibliography='hanging-indent="true" line-spacing="2" entry-spacing="0" second-field-align="flush"',
    )
    assert (one.title, one.id, one.default_locale, one.has_bibliography) == ("Mini", "mini", "de-DE", True)
    assert one.layout == BibliographyOptions(
        hanging_indent=True, line_spacing=2, entry_spacing=0, second_field_align="flush"
    )
    assert style(bibliography='line-spacing="-1" entry-spacing="much"').layout == BibliographyOptions()


def test_styles_load_by_path_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><bibliography><layout><text variable="title"/></layout>'
        "</bibliography></style>"
    )
    one = Style.load(str(path))
    assert one is Style.load(str(path))
    assert plain(one.bibliography([work(title="T")])[0].text) == "T"
    with pytest.raises(PubtrackError):
        Style.load(str(tmp_path / "absent.csl"))


def test_a_style_without_bibliography_prints_its_citation_form() -> None:
    one = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><citation><layout suffix="."><text variable="title"/></layout>'
        "</citation></style>"
    )
    assert not one.has_bibliography
    assert plain(one.bibliography([work(title="T")], year_suffix=True)[0].text) == "T."


def test_a_style_without_citation_cannot_cite() -> None:
    one = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><bibliography><layout><choose><if disambiguate="true">'
        '<text variable="note"/></if></choose><text variable="title"/></layout></bibliography></style>'
    )
    assert plain(one.bibliography([work(title="T")], year_suffix=True)[0].text) == "T"
    with pytest.raises(PubtrackError, match="no <citation>"):
        one.document([work(title="T")])


def test_the_locale_can_be_chosen() -> None:
    one = style('<text term="and others"/>')
    assert [plain(one.bibliography([work()], locale=code)[0].text) for code in (None, "de", "fr-FR", "zz")] == [
        "And others",
        "Und andere",
        "Et autres",
        "And others",
    ]


def test_second_field_align_puts_the_first_field_into_the_margin() -> None:
    """ "Whitespace", second-field-align."""
    shown = entry(
        '<text variable="citation-number" suffix=". "/><text variable="title"/>',
        work(title="T"),
        bibliography='second-field-align="flush"',
        layout='suffix="."',
    )
    assert shown == '<div class="csl-left-margin">1.</div><div class="csl-right-inline">T.</div>'


def test_an_entry_without_anything_to_print_is_empty() -> None:
    assert style('<text variable="abstract" prefix="("/>').bibliography([work(title="T")])[0].text == ()


def test_title_case_looks_at_the_language_of_the_item() -> None:
    """ "Non-English Items"."""
    layout = '<text variable="title" text-case="title"/>'
    english = {"title": "the end of it"}
    assert entry(layout, work(**english)) == "The End of It"
    assert entry(layout, work(**english, language="de")) == "the end of it"
    assert entry(layout, work(**english), attributes='default-locale="de-DE"') == "the end of it"
    assert entry(layout, work(**english, language="en-GB"), attributes='default-locale="de-DE"') == "The End of It"


def test_an_entry_begins_with_a_capital_and_only_there() -> None:
    layout = '<group delimiter=" "><text term="no date" form="short"/><text term="no date" form="short"/></group>'
    assert entry(layout, work()) == "N.d. n.d."


def test_year_suffixes_only_where_they_are_asked_for() -> None:
    one = style(
        '<names variable="author"/><date variable="issued" prefix=" "><date-part name="year"/></date>',
        cite='<names variable="author"/><date variable="issued"><date-part name="year"/></date>',
        citation='disambiguate-add-year-suffix="true"',
        sort='<sort><key variable="title"/></sort>',
    )
    works = [work(id=title, title=title, author="Doe, Jane", issued=2001) for title in "ba"]
    assert [plain(entry.text) for entry in one.bibliography(works)] == ["Jane Doe 2001"] * 2
    lettered = one.bibliography(works, year_suffix=True)
    assert [(entry.work.id, plain(entry.text)) for entry in lettered] == [
        ("a", "Jane Doe 2001a"),
        ("b", "Jane Doe 2001b"),
    ]


def test_displays_reach_the_spans() -> None:
    shown = entries(
        '<text variable="title" display="block"/><group display="indent"><text variable="note"/></group>',
        work(title="T", note="N"),
        layout='suffix="."',
    )
    assert shown == ['<div class="csl-block">T</div><div class="csl-indent">N.</div>']


def test_two_languages_of_one_style_do_not_mix() -> None:
    one = style('<names variable="author"><name and="text"/></names>')
    works = [work(author="Doe, Jane; Roe, Ron")] * 3
    assert plain(one.bibliography(works)[2].text) == "Jane Doe and Ron Roe"
    assert plain(one.bibliography(works, locale="de-DE")[2].text) == "Jane Doe und Ron Roe"
    assert plain(one.bibliography(works)[2].text) == "Jane Doe and Ron Roe"
