"""States of publication, wherever people type them."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.pubstate import pubstate, remove_state, split_state, state

STATES = {
    "in press": "in press", "In Press.": "in press", "(in press)": "in press", "inpress": "in press",
    "sous presse": "in press", "im Druck": "in press", "印刷中": "in press",
    "forthcoming": "forthcoming", "à paraître": "forthcoming", "im Erscheinen": "forthcoming",
    "to appear": "to appear", "To be published": "to appear",
    "accepted": "accepted", "Accepted for publication": "accepted", "Conditionally Accepted": "accepted",
    "submitted": "submitted", "submitted for review": "submitted", "eingereicht": "submitted",
    "under review": "under review", "In review": "under review", "R&R": "revise and resubmit",
    "Revise and Resubmit": "revise and resubmit", "inpreparation": "in preparation", "in prep.": "in preparation",
    "prepublished": "advance online publication", "Online first": "advance online publication",
    "Early Access": "advance online publication", "aheadofprint": "advance online publication",
    "": "", "2020": "", "press": "", "published": "", "12--15": "", "Accepted papers": "", "x" * 5000: "",
}  # fmt: skip


def test_each_state_has_its_english_name() -> None:
    assert {source: state(source) for source in STATES} == STATES


JOURNALS = {
    "Accepted in Nature": ("accepted", "Nature"),
    "Accepted for publication in ApJ": ("accepted", "ApJ"),
    "submitted to the Journal of X": ("submitted", "Journal of X"),
    "(submitted to) Nature": ("submitted", "Nature"),
    "under review at TPAMI": ("under review", "TPAMI"),
    "To appear: CVPR": ("to appear", "CVPR"),
    "accepted, to appear in PRL": ("accepted", "PRL"),
    "In press, Science": ("in press", "Science"),
    "Nature (in press)": ("in press", "Nature"),
    "Nature, to appear": ("to appear", "Nature"),
    "Nature. In press.": ("in press", "Nature"),
    "in press (Nature)": ("in press", "Nature"),
    "in press": ("in press", ""),
    "Nature": ("", "Nature"),
    "Accepted papers of the meeting": ("", "Accepted papers of the meeting"),
    "Annals of Submitted Things": ("", "Annals of Submitted Things"),
    "Forthcomings": ("", "Forthcomings"),
}


def test_a_state_beside_a_journal_is_parted_from_it() -> None:
    assert {source: split_state(source) for source in JOURNALS} == JOURNALS


@pytest.mark.parametrize(
    ("source", "expected"),
    [("2024 (in press)", ("in press", "2024")), ("to appear 2025", ("to appear", "2025")), ("2020", ("", "2020"))],
)
def test_a_state_beside_a_year_is_removed(source: str, expected: tuple[str, str]) -> None:
    assert remove_state(source) == expected


def test_biblatex_has_its_own_words_for_some() -> None:
    assert [pubstate(name) for name in ("in press", "in preparation", "accepted")] == [
        "inpress", "inpreparation", "accepted",
    ]  # fmt: skip
    assert all(state(pubstate(name)) == name for name in set(STATES.values()) - {""})
