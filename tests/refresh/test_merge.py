"""One field: base, mine and theirs, and what kind of proposal they make."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pubtrack.model.record import Record
from pubtrack.refresh.bases import Base
from pubtrack.refresh.plan import RefreshOptions
from tests.refresh.making import World, record

AUTHOR, TITLE = "Müller, Anna and Doe, Jane", "Seeing the Unseen Things of Fields"
DOI = "10.1000/abc"


def kinds(field: str, mine: str, theirs: str, base: str | None = None, *, biblatex: str = "", **more: Any) -> list[str]:
    """What is proposed for one field of an article that is else as the registry has it."""
    own = {"author": AUTHOR, "title": TITLE, "doi": DOI} | ({field: mine} if mine else {})
    other = {"author": AUTHOR, "title": TITLE, "doi": DOI} | ({field: theirs} if theirs else {})
    own = {name: value for name, value in own.items() if name != field or mine}
    shown = ", ".join(f"{name} = {{{value}}}" for name, value in own.items())
    said = ", ".join(f"{name} = {{{value}}}" for name, value in other.items())
    name = biblatex or field
    bases = {("a", name): Base("a", name, base)} if base is not None else {}
    found = record(f"@article{{x, {said}}}")
    changed: Record = replace(found, **more) if more else found
    world = World(
        f"@article{{a, {shown}}}\n", bases, refresh_options=RefreshOptions(filled=frozenset({name, "title", "author"}))
    )
    return [one.kind for one in world.propose(changed).proposals if one.field == field]


@pytest.mark.parametrize(
    ("mine", "base", "theirs", "kind"),
    [
        ("", None, "12", "fill"),
        ("", "12", "12", None),  # a person took it out
        ("", "12", "13", "conflict"),
        ("12", None, "12", None),
        ("12", "12", "12", None),
        ("12", "12", "13", "update"),
        ("11", "12", "12", None),  # a person knows better
        ("11", "12", "13", "conflict"),
        ("13", "12", "13", None),
        ("12", None, "13", "conflict"),
        ("12", "12", "", None),  # nothing is ever removed
        ("", None, "", None),
    ],
)
def test_the_three_ways(mine: str, base: str | None, theirs: str, kind: str | None) -> None:
    assert kinds("volume", mine, theirs, base) == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("author", r"M{\"u}ller, Anna and Doe, Jane", AUTHOR),
        ("author", "Anna Müller and Jane Doe", AUTHOR),
        ("author", "{Müller}, Anna and Doe, Jane", AUTHOR),
        ("author", "Doe, J. A.", "Doe, J.A."),
        ("title", "Seeing the {U}nseen Things of {Fields}", TITLE),
        ("title", "{{Seeing the Unseen Things of Fields}}", TITLE),
        ("title", "Seeing the unseen things of fields", TITLE),
        ("title", "Seeing the Unseen Things of Fields.", TITLE),
        ("title", r"Seeing the \emph{Unseen} Things of Fields", TITLE),
        ("pages", "100-110", "100--110"),
        ("pages", "100–110", "100--110"),
        ("pages", "100--10", "100--110"),
        ("volume", "Vol. 12", "12"),
        ("volume", "012", "12"),
        ("number", "3-4", "3--4"),
        ("journal", r"Nature \& Science", "Nature and Science"),
        ("doi", "https://doi.org/10.1000/ABC", DOI),
    ],
)
def test_what_differs_in_notation_only_is_the_same(field: str, mine: str, theirs: str) -> None:
    name = {"journal": "journaltitle"}.get(field, field)
    assert kinds(field, mine, theirs, biblatex=name) == []


@pytest.mark.parametrize(
    ("field", "mine", "theirs", "more"),
    [
        ("author", "Müller, Anna and Doe, Jane", "Müller, A. and Doe, J.", {}),
        ("author", "Müller, Anna and Doe, Jane Q.", "Müller, Anna and Doe, Jane", {}),
        ("author", "Müller, Anna and Doe, Jane", "Muller, Anna and Doe, Jane", {}),
        ("author", "Müller, Anna and Doe, Jane", "Müller, Anna", {}),
        ("author", "Müller, Anna and Doe, Jane", "Müller, Anna and others", {}),
        ("author", "Müller, Anna and Doe, Jane", "MÜLLER, Anna and DOE, Jane", {}),
        ("author", "Müller, Anna and Doe, Jane$^*$", "Müller, Anna and Doe, Jane and Roe, Ann", {}),
        ("author", "Müller, Anna and Doe, Jane", "Müller, Anna and Doe, Janet", {"traits": frozenset({"garbled"})}),
        ("title", "Séeing the Unseen Things of Fields", TITLE, {}),
        ("title", "Seeing the {NERF} Things of Fields", "Seeing the Unseen Things of Fields", {}),
        ("title", r"Seeing \textit{Things} of Fields in Light", "Seeing Things of a Field in Light", {}),
        ("title", r"Seeing the \pkg{unseen} Things of Fields", "Seeing the Unsen Things of Fields", {}),
        ("pages", "100--110", "100", {}),
        ("pages", "100--110", "e1234", {}),
        ("url", "https://example.org/a", "http://example.org/b", {}),
        ("year", "2020", "2019", {"years": {"online": 2019}}),
    ],
)
def test_what_would_be_a_step_back_is_protected(field: str, mine: str, theirs: str, more: dict[str, Any]) -> None:
    name = {"year": "date"}.get(field, field)
    more = {"titles": (theirs,), **more} if field == "title" else more
    for base in (None, mine):
        quiet = field == "url" and base is None
        assert kinds(field, mine, theirs, base, biblatex=name, **more) == ([] if quiet else ["protected"])


def test_an_abbreviation_of_the_same_journal_is_protected_where_it_is_new_and_else_nothing() -> None:
    long, short = "Physical Review Letters", "Phys. Rev. Lett."
    assert kinds("journal", long, short, biblatex="journaltitle") == []
    assert kinds("journal", short, long, biblatex="journaltitle") == []
    assert kinds("journal", long, short, long, biblatex="journaltitle") == ["protected"]
    assert kinds("journal", short, long, short, biblatex="journaltitle") == ["protected"]


def test_a_year_that_the_record_gives_too_is_no_conflict_but_an_update_where_nobody_touched_it() -> None:
    years: dict[str, Any] = {"years": {"online": 2019, "print": 2020}}
    assert kinds("year", "2019", "2020", biblatex="date", **years) == []
    assert kinds("year", "2019", "2020", "2019-11-20", biblatex="date", **years) == ["update"]
    assert kinds("year", "2018", "2020", biblatex="date", **years) == ["conflict"]
    assert kinds("year", "in press", "2020", biblatex="date", **years) == ["conflict"]


def test_full_names_for_initials_are_a_conflict_and_an_update_where_nobody_touched_them() -> None:
    full, short = "Müller, Anna and Doe, Jane", "Müller, A. and Doe, J."
    assert kinds("author", short, full) == ["conflict"]
    assert kinds("author", short, full, short) == ["update"]


def test_a_first_difference_of_what_differs_everywhere_is_settled_silently() -> None:
    world = World(
        f"@book{{a, author = {{{AUTHOR}}}, title = {{{TITLE}}}, publisher = {{Springer-Verlag}}, doi = {{{DOI}}}}}"
    )
    theirs = f"@book{{x, author = {{{AUTHOR}}}, title = {{{TITLE}}}, doi = {{{DOI}}}, publisher = "
    assert world.propose(record(f"{theirs} {{Nature House}}}}")).proposals == ()
    assert [one.kind for one in world.propose(record(f"{theirs} {{Other House}}}}")).proposals] == ["conflict"]


@pytest.mark.parametrize("field", ["title", "author", "volume", "year", "all"])
def test_a_locked_field_is_protected(field: str) -> None:
    text = "@article{a, title = {Seeing the Unseen Things of Field}, author = {Doe, J.}, volume = 1, year = 2001, "
    lock = f"pubtrack-lock = {{{field}, note}}, doi = {{{DOI}}}}}\n"
    theirs = record(f"@article{{x, title={{{TITLE}}}, author={{Doe, Jane}}, volume=2, year=2005, doi={{{DOI}}}}}")
    found = World(text + lock).propose(theirs).proposals
    protected = {one.field for one in found if one.kind == "protected"}
    assert protected == ({"title", "author", "volume", "year"} if field == "all" else {field})


def test_what_macros_make_is_protected_and_a_month_is_not() -> None:
    text = (
        f"@string{{jnt = {{Journal of Neural Things}}}}\n@article{{a, author={{{AUTHOR}}}, title={{{TITLE}}}, "
        f"journal = jnt, month = jan, year = 2020, doi={{{DOI}}}}}\n"
    )
    first = f"@article{{x, author={{{AUTHOR}}}, title={{{TITLE}}}, month=jan, year=2020, doi={{{DOI}}}, journal="
    world = World(text)
    assert world.propose(record(f"{first}{{Journal of Neural Things}}}}")).proposals == ()
    later = record(f"{first}{{Annals of Other Things}}}}".replace("jan", "feb"))
    found = {one.field: one for one in world.propose(later).proposals}
    assert (found["journal"].kind, found["journal"].reason) == ("protected", "the value is made of @string macros")
    assert found["month"].kind == "update"
    world.apply([found["month"]])
    assert "month = feb" in world.text


def test_a_field_that_stands_twice_or_is_inherited_is_left_alone() -> None:
    text = (
        f"@inproceedings{{a, author={{{AUTHOR}}}, title={{{TITLE}}}, volume=1, volume=2, "
        f"crossref={{p}}, doi={{{DOI}}}}}\n"
        "@proceedings{p, title={Proceedings of Old Things}, year=2001, publisher={Old}}\n"
    )
    theirs = record(
        f"@inproceedings{{x, author={{{AUTHOR}}}, title={{{TITLE}}}, volume=3, year=2005, booktitle={{New Things}}, "
        f"publisher={{New}}, doi={{{DOI}}}}}"
    )
    assert World(text).propose(theirs).proposals == ()


def test_capitals_never_fill_a_field_unasked() -> None:
    text = f"@article{{a, author={{{AUTHOR}}}, title={{{TITLE}}}, doi={{{DOI}}}}}\n"
    theirs = (
        f"@article{{x, author={{{AUTHOR}}}, title={{{TITLE}}}, journal={{JOURNAL OF NEURAL THINGS}}, doi={{{DOI}}}}}"
    )
    assert [one.kind for one in World(text).propose(record(theirs)).proposals] == ["protected"]


def test_a_type_that_disagrees_is_a_message_and_its_own_fields_are_left_alone() -> None:
    text = f"@phdthesis{{a, author={{{AUTHOR}}}, title={{{TITLE}}}, school={{Brown}}, year=2001, doi={{{DOI}}}}}\n"
    theirs = f"@article{{x, author={{{AUTHOR}}}, title={{{TITLE}}}, journal={{J}}, volume=3, year=2001, doi={{{DOI}}}}}"
    outcome = World(text).propose(record(theirs))
    assert outcome.proposals == ()
    assert [one.code for one in outcome.remarks] == ["type-disagrees"]
