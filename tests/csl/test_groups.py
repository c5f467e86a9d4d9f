"""Groups, macros, conditions and text (CSL 1.0.2, "Group", "Choose", "Text", "Delimiter")."""

from __future__ import annotations

import pytest

from tests.csl.mini import entry, work

T = '<text variable="title"/>'
P = '<text variable="publisher"/>'
E = '<text variable="edition"/>'


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (f'<group delimiter=", ">{T}{E}{P}</group>', "Tee, Pub"),
        (f'<group prefix="(" suffix=")"><text term="in"/>{E}</group>{T}', "Tee"),
        (f'<group delimiter=" "><text term="in"/>{T}</group>', "In Tee"),
        ('<group delimiter=" "><text term="in"/><text value="x"/></group>', "In x"),
        # an inner group with output counts as a non-empty variable
        (f'<group delimiter=" ">{E}<group><text value="x"/></group></group>', "x"),
        # and an inner one without does not
        (f'<group delimiter=" "><text value="x"/><group>{E}</group></group>{T}', "Tee"),
        # delimiters do not reach into inner groups, but into choices
        (f'<group delimiter=": "><text value="at"/><group>{T}{P}</group></group>', "at: TeePub"),
        (f'<group delimiter=": "><choose><if variable="title">{T}{P}</if></choose></group>', "Tee: Pub"),
        ('<group delimiter="-"><text macro="two"/></group>', "TeePub"),
        # a macro of empty variables is suppressed as a group is
        (f'<group delimiter=", ">{T}<text macro="empty"/></group>', "Tee"),
        ("<names/>" + T, "Tee"),
        ("<text/><number/><date/><label/><nonsense/>" + T, "Tee"),
    ],
)
def test_what_a_group_prints(layout: str, expected: str) -> None:
    macros = f'<macro name="two">{T}{P}</macro><macro name="empty"><text term="in" suffix=" "/>{E}</macro>'
    assert entry(layout, work(title="Tee", publisher="Pub"), extra=macros) == expected


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('type="book"', True),
        ('type="book thesis"', True),
        ('type="thesis"', False),
        ('variable="title publisher"', True),
        ('variable="title edition"', False),
        ('variable="title edition" match="any"', True),
        ('variable="edition" match="none"', True),
        ('variable="title" type="thesis" match="any"', True),
        ('variable="title" type="thesis"', False),
        ('variable="edition" type="thesis" match="none"', True),
        ('variable="title" type="thesis" match="none"', False),
        ('is-numeric="volume"', True),
        ('is-numeric="title"', False),
        ('is-numeric="edition"', False),
        ('is-numeric="volume edition" match="any"', True),
        ('is-uncertain-date="issued"', False),
        ('position="first"', False),
        ('locator="page"', False),
        ('disambiguate="true"', False),
        ('variable="page-first"', True),
        ('variable="citation-number"', True),
        ('variable="year-suffix"', False),
    ],
)
def test_conditions(condition: str, holds: bool) -> None:
    layout = f'<choose><if {condition}><text value="yes"/></if><else><text value="no"/></else></choose>'
    item = work(title="T", publisher="P", volume="3", page="1-2", issued=2000)
    assert entry(layout, item) == ("yes" if holds else "no")


def test_the_first_branch_that_holds_is_taken() -> None:
    layout = (
        '<choose><if type="thesis"><text value="a"/></if><else-if variable="title"><text value="b"/></else-if>'
        '<else-if type="book"><text value="c"/></else-if><else><text value="d"/></else></choose>'
    )
    assert [entry(layout, one) for one in (work(title="T"), work(), work(type="map"))] == ["b", "c", "d"]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('font-style="italic"', "<i>a Tee</i>"),
        ('font-style="italic" font-weight="bold" prefix="(" suffix=")"', "(<b><i>a Tee</i></b>)"),
        ('quotes="true" suffix="."', "“a Tee.”"),
        ('quotes="true" font-variant="small-caps"', '“<span style="font-variant:small-caps;">a Tee</span>”'),
        ('text-case="uppercase" prefix="a "', "a A TEE"),
        ('vertical-align="sup"', "<sup>a Tee</sup>"),
        ('text-decoration="underline"', '<span style="text-decoration:underline;">a Tee</span>'),
        ('display="block"', '<div class="csl-block">a Tee</div>'),
        ('form="short"', "tee"),
    ],
)
def test_attributes_of_text(attributes: str, expected: str) -> None:
    """ "Formatting", "Affixes" (outside of formatting, quotes and case), "Display", the short form."""
    assert entry(f'<text variable="title" {attributes}/>', work(title="a Tee", title_short="tee")) == expected


def test_strip_periods_takes_all_of_them() -> None:
    assert entry('<text variable="title" strip-periods="true"/>', work(title="a.b.c.")) == "abc"


def test_terms_come_from_the_style_before_the_locale_and_may_be_empty() -> None:
    """ "Locale Fallback": an empty term is found, and stops the search."""
    locale = '<locale xml:lang="en"><terms><term name="in">inside</term><term name="at"/></terms></locale>'
    layout = '<group delimiter="|"><text term="at"/><text term="in"/><text term="no date" form="short"/></group>'
    assert entry(layout, work(), extra=locale) == "Inside|n.d."


def test_terms_fall_back_to_other_forms() -> None:
    """ "Terms": verb-short to verb to long, symbol to short to long."""
    locale = """<locale><terms><term name="henceforth">long</term><term name="in" form="verb">verb</term>
        <term name="on" form="short">short</term></terms></locale>"""
    layout = """<group delimiter="|"><text value=""/><text value="x"/><text term="henceforth" form="symbol"/>
        <text term="in" form="verb-short"/><text term="on" form="symbol"/><text term="no such term"/></group>"""
    assert entry(layout, work(), extra=locale) == "x|long|verb|short"


def test_the_layout_formats_its_affixes_too() -> None:
    """ "Affixes": with the exception of cs:layout."""
    assert entry(T, work(title="T"), layout='prefix="[" suffix="]." font-weight="bold"') == "<b>[T].</b>"


def test_identifiers_are_links() -> None:
    """Appendix VI."""
    from tests.csl.mini import style

    one = style('<text variable="DOI" prefix="https://doi.org/"/><text variable="URL" prefix=" "/>')
    text = one.bibliography([work(DOI="10.1/x_y", URL="ftp://files.example")])[0].text
    assert [(span.text, span.url) for span in text] == [
        ("https://doi.org/10.1/x_y", "https://doi.org/10.1/x_y"),
        (" ftp://files.example", ""),
    ]
