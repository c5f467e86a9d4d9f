"""Two lists of authors: the same people through the habits of writing names, and each way to differ by its name."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.name_lists import parse
from pubtrack.matching.author_lists import PeopleMatch, Tie, compare_people, families_shared, match_names
from pubtrack.matching.grades import Grade
from pubtrack.model.name import Name


def people(mine: str, theirs: str, *, truncated: bool = False, ordered: bool = True) -> PeopleMatch:
    own = parse(mine)
    return compare_people(own.names, parse(theirs).names, others=own.others, truncated=truncated, ordered=ordered)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Doe, Jane and Roe, Max", "Doe, J. and Roe, M."),
        ("Doe, J. P. and Roe, Max", "Doe, Jane Paula and Roe, Max"),
        ("Doe, JP", "Doe, Jane Paula"),
        ("Müller, Jörg", "Mueller, Joerg"),
        ("Müller, Jörg", "Muller, Jorg"),
        ("van der Berg, Jan", "Berg, Jan van der"),
        ("Berg, Jan", "van der Berg, Jan"),
        ("Zhang, Wei", "Zhang Wei"),
        ("Zhang, Ziwei", "Zhang, Zi-Wei"),
        ("Doe, Jr., John", "Doe, John"),
        ("DOE, JANE", "Doe, Jane"),
        ("Jane Doe 0001", "Doe, Jane"),
        ("Dan Doe", "Daniel Doe"),
        ("Bob Doe", "Robert Doe"),
        ("Chris Doe", "Yuan Chris Doe"),
        ("Camps, Rafael", "Rafael Camps Paré"),
        ("B?hm, Klemens", "Böhm, Klemens"),
        ("D&apos;Amore, Francesco", "D'Amore, Francesco"),
        ("Doe, Jane and {The ATLAS Collaboration}", "Doe, Jane"),
        ("Doe, Jane and others", "Doe, Jane and Roe, Max and Moe, Tim"),
    ],
)
def test_one_person_may_be_written_in_several_ways(mine: str, theirs: str) -> None:
    assert people(mine, theirs).grade.agrees
    assert not people(mine, theirs).differences


@pytest.mark.parametrize(
    ("mine", "theirs", "kinds"),
    [
        ("Doe, Jane", "Doe, Jane and Roe, Max", ["missing"]),
        ("Doe, Jane and Roe, Max", "Doe, Jane", ["extra"]),
        ("Doe, Jane and Smiht, Max", "Doe, Jane and Smith, Max", ["misspelt"]),
        ("Doe, Jane and Roe, Max", "Doe, Jane and Roe, Tim", ["given"]),
        ("Wang, Wei and Roe, Max", "Wang, Weiming and Roe, Max", ["given"]),
        ("Roe, Max and Doe, Jane and Moe, Tim", "Doe, Jane and Moe, Tim and Abe, Ann", ["extra", "missing"]),
        ("Moe, T and Doe, J and Abe, A", "Doe, J and Moe, T and Abe, A", ["order"]),
        ("Doe, Jane and Roe, Max", "Doe, Jane and Roe, Max and Moe, Tim and Abe, Ann", ["truncated"]),
    ],
)
def test_each_way_to_differ_has_its_name(mine: str, theirs: str, kinds: list[str]) -> None:
    assert [one.kind for one in people(mine, theirs).differences] == kinds


def test_other_people_share_nobody() -> None:
    match = people("Doe, Jane and Roe, Max", "Abe, Ann and Moe, Tim")
    assert (match.grade, match.shared, match.first) == (Grade.CONTRADICTS, 0.0, False)


def test_an_order_is_not_judged_where_it_may_be_the_alphabets() -> None:
    assert people("Moe, T and Doe, J and Abe, A", "Abe, A and Doe, J and Moe, T").grade.agrees
    assert people("Moe, T and Doe, J and Abe, A", "Doe, J and Moe, T and Abe, A", ordered=False).grade.agrees


def test_a_record_that_is_cut_off_lacks_nobody() -> None:
    assert people("Doe, J and Roe, M and Moe, T", "Doe, J and Roe, M", truncated=True).grade.agrees


def test_nothing_is_concluded_from_an_empty_list() -> None:
    assert compare_people([], [Name("Doe")]).grade is Grade.SILENT
    assert compare_people([Name(literal="?")], [Name("Doe")]).grade is Grade.SILENT


def test_a_physics_collaboration_is_compared_quickly() -> None:
    many = [Name(f"Family{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}", "A.") for n in range(3000)]
    assert compare_people(many, many[::-1], ordered=False).grade is not Grade.SAME


def test_families_are_shared_by_jaccard() -> None:
    assert families_shared(parse("Doe, J and Roe, M").names, parse("Roe, M and Moe, T").names) == pytest.approx(1 / 3)


def test_many_lost_letters_do_not_hang() -> None:
    assert match_names(Name(given="J.", family="E" + "?" * 60), Name(given="J.", family="e" * 90 + "!")) is Tie.NONE
    assert match_names(Name(given="J.", family="Erd?s"), Name(given="J.", family="Erdős")) is Tie.PERSON
