"""A name with the word of an organisation is no person's for the reader of records, the check and the comparison."""

from __future__ import annotations

import pytest

from pubtrack.checks import Context, check
from pubtrack.matching.author_lists import is_group
from pubtrack.model.name import Name
from pubtrack.sources._record_names import displayed_name
from pubtrack.store.library import Library

NAMES = (
    "World Tea Organization", "Tea Research Institute", "Universität der Künste", "Pierre Auger Collaboration",
    "Royal Academy", "Kettle Federation", "Ministry Abc", "The Tea Hospital", "Tea Working Group", "Steering Committee",
    "Institut für Tee", "Tea Task Force", "Bureau International", "Kettle Foundation", "Tea Laboratories",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_organisation_is_one_for_all(name: str) -> None:
    assert displayed_name(name) == Name(literal=name)
    assert is_group(Name(literal=name))
    library = Library.parse(f"@misc{{a, author = {{{name}}}, title = {{T}}, year = 2020}}".encode())
    assert [one.code for one in check(library, Context(), select=["nam-group"])] == ["nam-group"]


@pytest.mark.parametrize("name", ["Ann Press", "Jane Group", "Ann Service", "Tim Team", "Ann Center"])
def test_a_surname_is_a_persons_for_the_check(name: str) -> None:
    library = Library.parse(f"@misc{{a, author = {{{name}}}, title = {{T}}, year = 2020}}".encode())
    assert list(check(library, Context(), select=["nam-group"])) == []
