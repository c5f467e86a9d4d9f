"""The measure of real lists is one that can fail."""

from __future__ import annotations

import tomllib

import pytest

from pubtrack import config
from tests.cv_pairs.measure import HERE, PAIRS, Pair, figures, folded_title, in_order, same_people, unexpected
from tests.cv_pairs.theirs import EXTRACTORS, Entry

THEIRS = [Entry(f"Title {n}", f"k{n}", "Papers", str(n), ("Doe, J.",), f"Doe, J. Title {n}. Venue.") for n in range(10)]
PAIR = Pair("x", ())


def good(mine: list[Entry]) -> float:
    places = {entry.key: place for place, entry in enumerate(mine)}
    matched = [(n, places[entry.key]) for n, entry in enumerate(THEIRS) if entry.key in places]
    return figures(PAIR, mine, THEIRS, matched, 0, verbose=False).good


def changed(place: int, **values: object) -> list[Entry]:
    fields = {name: getattr(THEIRS[place], name) for name in Entry.__slots__}
    return [*THEIRS[:place], Entry(**{**fields, **values}), *THEIRS[place + 1 :]]


def test_the_same_list_is_good_whatever_its_case_and_punctuation() -> None:
    assert good(THEIRS) == 1
    assert good(changed(3, words="DOE J, Title 3: Venue")) == 1
    assert good(changed(3, people=("Jane Doe",), section="papers")) == 1


@pytest.mark.parametrize(
    "change", [{"section": "Talks"}, {"number": "7"}, {"people": ()}, {"people": ("Roe, J.",)}, {"words": "Doe, J."}]
)
def test_one_difference_costs_one_entry(change: dict[str, object]) -> None:
    assert good(changed(3, **change)) == 0.9


def test_an_entry_that_one_of_the_lists_lacks_costs_one() -> None:
    assert good(THEIRS[:9]) == 0.9
    assert good([*THEIRS, Entry("More", "more")]) == pytest.approx(10 / 11)


def test_the_order_is_that_of_the_longest_run() -> None:
    assert in_order([(0, 0), (1, 5), (2, 1), (3, 2)]) == {0, 2, 3}
    assert good([THEIRS[9], *THEIRS[:9]]) == 0.9


def test_the_family_name_alone_may_be_in_bold() -> None:
    assert same_people(Entry(people=("Denolle",)), Entry(people=("M. A. Denolle",)))
    assert not same_people(Entry(people=("Denolle",)), Entry(people=("Denolle", "Roe")))


def test_titles_are_compared_without_markup() -> None:
    assert folded_title('The <span class="nocase">Lean</span> — Prover') == folded_title("The Lean: prover")


def test_a_pair_that_fails_and_a_reason_that_is_none_any_more_are_both_wrong() -> None:
    assert unexpected({"a": True, "b": False}, ["b"]) == []
    assert len(unexpected({"a": True, "b": False}, ["a"])) == 2


def test_every_pair_has_a_configuration_that_is_read_and_an_extractor() -> None:
    for pair in PAIRS:
        read = config.load(HERE / pair.name / "pubtrack.toml")
        assert all(part.extractor in EXTRACTORS and read.list_named(part.list_name) for part in pair.parts)
    assert set(tomllib.loads((HERE / "reasons.toml").read_text(encoding="utf-8"))) < {pair.name for pair in PAIRS}
