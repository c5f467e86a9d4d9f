"""One work entered twice is found among many; parts, versions, corrections and preprints are not it."""

from __future__ import annotations

import pytest
from benchmarks.corpus import bibtex
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.matching.duplicates import group_pairs, pairs
from pubtrack.model.work import Work
from pubtrack.store.library import Library
from tests.linear import grows_linearly

TEA = "@article{tea, author={Doe, Jane and Roe, Max}, title={Tea and Rain in the Cities of Autumn}, journal={Journal of Tea}, year=2020, volume=3, pages={1--9}}"  # noqa: E501


def works(*entries: str) -> tuple[Work, ...]:
    return Library.parse("\n".join(entries).encode()).works


def kinds(*entries: str) -> list[str]:
    return [pair.kind for pair in pairs(works(*entries))]


@pytest.mark.parametrize(
    "again",
    [
        "@article{b, author={Doe, J. and Roe, M.}, title={Tea and rain in the cities of autumn}, journal={J. Tea}, year=2020}",  # noqa: E501
        "@article{b, author={Roe, Max and Doe, Jane}, title={Tea and Rain in the Citeis of Autumn}, journal={Journal of Tea}, year=2020}",  # noqa: E501
        "@article{b, author={Doe, Jane and others}, title={Tea and Rain in the Cities of Autumn}, year=2021}",
        "@misc{b, author={Doe, Jane and Roe, Max}, title={Tea \\& Rain in the {Cities} of Autumn}, year=2020, volume={3}}",  # noqa: E501
    ],
)
def test_a_work_entered_twice_is_found(again: str) -> None:
    assert kinds(TEA, again) == ["duplicate"]


@pytest.mark.parametrize(
    "other",
    [
        "@article{b, author={Doe, Jane and Roe, Max}, title={Tea and Rain in the Cities of Autumn II}, journal={Journal of Tea}, year=2020}",  # noqa: E501
        "@article{b, author={Doe, Jane and Roe, Max}, title={Correction to: Tea and Rain in the Cities of Autumn}, journal={Journal of Tea}, year=2020}",  # noqa: E501
        "@inproceedings{b, author={Doe, Jane and Roe, Max}, title={Tea and Rain in the Cities of Autumn}, booktitle={Conference on Rain}, year=2019}",  # noqa: E501
        "@article{b, author={Abe, Ann}, title={Tea and Rain in the Cities of Autumn}, journal={Journal of Tea}, year=2020}",  # noqa: E501
        "@article{b, author={Doe, Jane and Roe, Max}, title={Tea and Rain in the Cities of Autumn}, journal={Journal of Tea}, year=2020, volume=4, pages={20--29}}",  # noqa: E501
        "@article{b, author={Doe, Jane and Roe, Max}, title={Tea and Rain in the Cities of Autumn}, journal={Journal of Tea}, year=2014}",  # noqa: E501
        "@phdthesis{b, author={Doe, Jane}, title={Tea and Rain in the Cities of Autumn}, year=2020}",
    ],
)
def test_parts_corrections_versions_and_namesakes_are_works_of_their_own(other: str) -> None:
    assert kinds(TEA, other) == []


def test_an_extended_version_is_a_work_of_its_own() -> None:
    longer = TEA.replace("{tea,", "{b,").replace("Autumn}", "Autumn: Extended Version}").replace("2020", "2021")
    assert kinds(TEA, longer) == []


def test_a_preprint_and_its_paper_are_a_pair_and_no_duplicate() -> None:
    preprint = "@misc{pre, author={Doe, Jane and Roe, Max}, title={Tea and Rain in the Cities of Autumn}, eprint={1901.00001}, archivePrefix={arXiv}, year=2019}"  # noqa: E501
    found = pairs(works(TEA, preprint))
    assert [(pair.kind, pair.one.id, pair.other.id) for pair in found] == [("preprint", "pre", "tea")]


def test_identifiers_find_what_titles_do_not() -> None:
    assert kinds(
        "@misc{a, title={X}, doi={10.1000/tea}}", "@misc{b, title={Y}, doi={https://doi.org/10.1000/TEA}}"
    ) == ["duplicate"]


def test_columns_of_one_title_in_other_years_are_no_duplicates() -> None:
    column = "@article{{k{0}, author={{Doe, Jane}}, title={{Editorial}}, journal={{Journal of Tea}}, year={1}}}"
    assert kinds(*(column.format(number, 2000 + number) for number in range(4))) == []


def test_three_of_one_work_are_one_group() -> None:
    found = pairs(works(*(TEA.replace("{tea,", f"{{{key},") for key in "abc")))
    assert group_pairs(found) == (("a", "b", "c"),)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_a_store_does_not_matter(order: list[int]) -> None:
    entries = [TEA.replace("{tea,", f"{{k{number},").replace("Autumn", "Autumn" if number < 3 else f"Autumn {number}")
               for number in range(6)]  # fmt: skip
    found = {frozenset((pair.one.id, pair.other.id)) for pair in pairs(works(*(entries[number] for number in order)))}
    assert found == {frozenset(("k0", "k1")), frozenset(("k0", "k2")), frozenset(("k1", "k2"))}


@pytest.mark.slow
def test_the_time_grows_as_the_store_does() -> None:
    stores = {count: Library.parse(bibtex(count).encode()).works for count in (800, 8000)}
    pairs(stores[800])  # what is loaded and compiled at first
    assert grows_linearly(lambda count: pairs(stores[count]), small=800)
