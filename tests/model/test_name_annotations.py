"""Annotations of name lists to roles and iDs and back."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.name_lists import parse
from pubtrack.model.name import ANNOTATED_ME, ME, Name
from pubtrack.model.name_annotations import annotations_of, apply_annotations

THREE = parse("Abel, A. and Baker, B. and Costa, C.").names

ROLES: list[tuple[dict[str, str], list[set[str]]]] = [
    ({"": "1=highlight"}, [{"highlight"}, set(), set()]),
    ({"": "1=equal; 2=equal,corresponding"}, [{"equal"}, {"equal", "corresponding"}, set()]),
    ({"": "2=Corresponding"}, [set(), {"corresponding"}, set()]),
    ({"": '3="Principal Investigator"'}, [set(), set(), {"principal investigator"}]),
    ({"": "1:family=student;2=x"}, [{"student"}, {"x"}, set()]),
    ({"": "=guest"}, [{"guest"}] * 3),
    ({"": "1-2=equal"}, [{"equal"}, {"equal"}, set()]),
    ({"roles": "2=host"}, [set(), {"host"}, set()]),
    ({"role": '1="first author"; 1=equal'}, [{"first author", "equal"}, set(), set()]),
    ({"username": '1="@abel"'}, [set(), set(), set()]),
    ({"": "4=x; 0=y; a=z; 2"}, [set(), set(), set()]),
    ({"": "1=me"}, [{ANNOTATED_ME}, set(), set()]),
    ({"": ""}, [set(), set(), set()]),
]


@pytest.mark.parametrize(("annotations", "roles"), ROLES)
def test_annotations_give_roles(annotations: dict[str, str], roles: list[set[str]]) -> None:
    assert [set(name.roles) for name in apply_annotations(THREE, annotations)] == roles


def test_an_annotation_gives_the_orcid() -> None:
    names = apply_annotations(
        THREE, {"orcid": '2="0000-0002-1825-009x"; 3="https://orcid.org/0000-0001-5109-3700"; 1="none"'}
    )
    assert [name.orcid for name in names] == ["", "0000-0002-1825-009X", "0000-0001-5109-3700"]
    assert not any(name.roles for name in names)


def test_annotations_are_written_as_they_are_read_and_the_owner_is_no_annotation() -> None:
    names = apply_annotations(
        THREE, {"": '1=equal; 2=corresponding,equal; 3="a b",me', "orcid": '2="0000-0002-1825-0097"'}
    )
    fields = annotations_of([Name("X", roles=frozenset({ME})), *names])
    assert fields == {"": '2=equal;3=corresponding,equal;4="a b",me', "orcid": '3="0000-0002-1825-0097"'}
    assert apply_annotations(THREE, annotations_of(names)) == names
