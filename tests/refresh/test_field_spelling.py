"""Theirs is written as the entry is: its encoding, its order of names, its braces, dashes and words."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.document import parse
from pubtrack.bibtex.file_dialect import dialect_of
from pubtrack.refresh.field_spelling import Ways
from tests.refresh.making import World, record

DOI = "10.1000/abc"
TITLE = "Seeing the Unseen Things of Fields"


def after(entry: str, theirs: str, field: str, *, file: str = "") -> str:
    """The source of the field once theirs is applied to it."""
    world = World(f"{file}{entry}\n")
    found = [one for one in world.propose(record(theirs)).proposals if one.field == field]
    assert len(found) == 1, found
    world.apply(found)
    field_now = parse(world.text).entry("a").get(field)
    assert field_now is not None
    return field_now.value


def article(author: str = "Doe, Jane", title: str = TITLE, **more: str) -> str:
    fields = {"author": author, "title": title, "doi": DOI} | more
    return f"@article{{a, {', '.join(f'{name} = {{{value}}}' for name, value in fields.items())}}}"


@pytest.mark.parametrize(
    ("mine", "theirs", "written"),
    [
        ("Doe, Jane", "Doe, Jane and Müller, Anna", r'{Doe, Jane and M{\"{u}}ller, Anna}'),
        ("Jane Doe", "Doe, Jane and Roe, Ann B.", "{Jane Doe and Ann B. Roe}"),
        ("Jane Doe", "Doe, Jane and van der Berg, Jan", "{Jane Doe and van der Berg, Jan}"),
        (r"M{\"u}ller, A. and {Doe}, Jane", "Müller, Anna and Doe, Jane", r'{M{\"{u}}ller, Anna and {Doe}, Jane}'),
        ("Doe, Jane", "Doe, Jane and {NASA and Friends}", "{Doe, Jane and {NASA and Friends}}"),
    ],
)  # fmt: skip
def test_names_keep_their_spelling_and_new_ones_follow_the_list(mine: str, theirs: str, written: str) -> None:
    assert after(article(author=mine), article(author=theirs), "author") == written


def test_a_file_with_unicode_gets_unicode_and_one_without_latex() -> None:
    theirs = article(author="Doe, Jane and Müller, Anna")
    assert after(article(), theirs, "author", file="% ü\n") == "{Doe, Jane and Müller, Anna}"
    assert after(article(), theirs, "author") == r"{Doe, Jane and M{\"{u}}ller, Anna}"


def test_what_has_no_form_in_latex_stays_as_it_is() -> None:
    theirs = article(author="Doe, Jane and 熊, 哲孝")
    assert after(article(), theirs, "author") == "{Doe, Jane and 熊, 哲孝}"


@pytest.mark.parametrize(
    ("mine", "theirs", "written"),
    [
        ("{NeRF} in {Hong Kong} Fields Now", "NeRF in Hong Kong Field Now", "{{NeRF} in {Hong Kong} Field Now}"),
        ("{Seeing Things of Light Fields}", "Seeing the Things of Light Field", "{{Seeing the Things of Light Field}}"),
        (r"Seeing $x^2$ Things of Light", r"Seeing $x^2$ Thing of the Light", r"{Seeing $x^2$ Thing of the Light}"),
        (r"Se{\'e}ing Things of Light Fields", "Seéing Things of a Light", r"{Se{\'e}ing Things of a Light}"),
    ],
)  # fmt: skip
def test_a_titles_words_keep_their_braces(mine: str, theirs: str, written: str) -> None:
    assert after(article(title=mine), article(title=theirs), "title") == written


@pytest.mark.parametrize(
    ("mine", "written"), [("100--110", "{100--120}"), ("100-110", "{100-120}"), ("100–110", "{100–120}")]
)
def test_pages_keep_their_dash(mine: str, written: str) -> None:
    assert after(article(pages=mine), article(pages="100--120"), "pages") == written


def test_the_words_are_the_entrys_dialect() -> None:
    theirs = article(journal="Nature", year="2020", month="mar", volume="3")
    biblatex = World(f"{article(location='Bonn')}\n")
    assert {one.field for one in biblatex.propose(record(theirs)).proposals} == {"journaltitle", "date", "volume"}
    bibtex = World(f"{article(address='Bonn')}\n")
    assert {one.field for one in bibtex.propose(record(theirs)).proposals} == {"journal", "year", "volume"}
    thesis = World(f"@phdthesis{{a, author={{Doe, Jane}}, title={{{TITLE}}}, year={{2020}}, doi={{{DOI}}}}}\n")
    said = f"@phdthesis{{x, author={{Doe, Jane}}, title={{{TITLE}}}, year={{2020}}, school={{Brown}}, doi={{{DOI}}}}}"
    assert {one.field for one in thesis.propose(record(said)).proposals} == {"school"}


def test_a_date_keeps_its_precision() -> None:
    theirs = article(journal="Nature", date="2021-05-06")
    assert after(article(journaltitle="Nature", date="2019-03"), theirs, "date") == "{2021-05}"
    assert after(article(journal="Nature", year="2019"), theirs, "year") == "{2021}"


def test_a_file_that_abbreviates_gets_the_short_name() -> None:
    file = "@article{b, journal={Phys. Rev. Lett.}}\n@article{c, journal={J. Chem. Phys.}}\n"
    theirs = article(journal="Journal of Neural Things", shortjournal="J. Neural Things")
    assert after(article(), theirs, "journal", file=file) == "{J. Neural Things}"
    assert after(article(), theirs, "journal") == "{Journal of Neural Things}"


def test_an_article_number_stands_for_the_pages_that_bibtex_knows() -> None:
    world = World(f"{article(journal='Nature', year='2020')}\n")
    theirs = record(article(journal="Nature", year="2020", eid="e1234"))
    assert [(one.field, one.theirs) for one in world.propose(theirs).proposals] == [("pages", "e1234")]
    world = World(f"{article(journaltitle='Nature', date='2020')}\n")
    assert [(one.field, one.theirs) for one in world.propose(theirs).proposals] == [("eid", "e1234")]


def test_a_title_beside_a_subtitle_is_divided() -> None:
    world = World(f"{article(title='Seeing the Unseen', subtitle='Things of Field')}\n")
    outcome = world.propose(record(article(title="Seeing the Unseen: Things of Fields and Light")))
    assert [(one.field, one.kind) for one in outcome.proposals] == [("title", "conflict")]
    world.apply(outcome.proposals)
    assert "title = {Seeing the Unseen}, " in world.text
    assert "subtitle = {Things of Fields and Light}" in world.text


@pytest.mark.parametrize(
    "hostile", ["A } B { C", "A \\input{x} B", "A % B", "A @article{x, B", "A \x1b[31m B", 'A " B', "$A"]
)
def test_whatever_a_registry_says_leaves_an_entry_that_reads_as_that(hostile: str) -> None:
    from dataclasses import replace

    from pubtrack.model.richtext import text

    found = record(article(title="Seeing the Unseen Things of Light", publisher="x"))
    work = replace(found.work, values={**found.work.values, "container_title": text(hostile)})
    for delimited in ("{%s}", '"%s"'):
        entry = f"@article{{a, author={delimited % 'Doe, Jane'}, title={delimited % TITLE}, doi={delimited % DOI}}}"
        world = World(f"{entry}\n@misc{{b, note={{x}}}}\n")
        world.apply([one for one in world.propose(replace(found, work=work)).proposals if one.field == "journal"])
        document = parse(world.text)
        assert [block.key for block in document.blocks if block.kind == "entry"] == ["a", "b"]
        assert document.problems == ()
        field = document.entry("a").get("journal")
        assert field is not None
        from pubtrack.bibtex.latex import characters

        shown = characters(field.value[1:-1])
        assert shown.replace(" ", "") == hostile.replace(" ", "")


def test_an_entry_is_written_in_the_dialect_that_the_checks_see() -> None:
    entry = "@thesis{a, title = {A}, subtitle = {B}, langid = {english}, year = 2020}"
    document = parse(entry)
    assert Ways(document).dialect(document.entries[0]) == dialect_of(document) == "biblatex"
