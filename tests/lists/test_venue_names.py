"""Venues by their short and full names, and their labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pubtrack.lists.venue_names import find_venue, venue_label, with_short_venue
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work


@pytest.mark.parametrize(
    ("name", "short", "full"),
    [
        ("CVPR", "CVPR", "Conference on Vision"),
        ("cvpr 2021", "CVPR", "Conference on Vision"),
        ("Conference on Vision", "CVPR", "Conference on Vision"),
        ("Proceedings of the Conference on Vision", "CVPR", "Proceedings of the Conference on Vision"),
        ("Proc. CVPR", "CVPR", "Proc. Conference on Vision"),
        ("2021 Conference on Vision (CVPR)", "CVPR", "Conference on Vision"),
        ("Conference on Visions", "", ""),
        ("", "", ""),
    ],
)
def test_venues_both_ways(name: str, short: str, full: str) -> None:
    table = {"CVPR": "Conference on Vision"}
    venue = find_venue(name, table)
    assert (venue.short, f"{venue.before}{venue.full}") == (short, full) if venue else (short, full) == ("", "")


CHI = {"CHI": "Conference on Human Factors in Computing Systems"}
WORK = Work("a", "paper-conference", {"container_title": text(CHI["CHI"])}, dates={"issued": Date((2018, 4))})


def named(name: str) -> Work:
    return replace(WORK, values={"container_title": text(name)})


@pytest.mark.parametrize(
    ("work", "label"),
    [
        (WORK, "CHI ’18"),
        (named("Proceedings of the 2018 Conference on Human Factors in Computing Systems (CHI)"), "CHI ’18"),
        (named("chi"), "CHI ’18"),
        (named("Another Conference"), ""),
        (replace(named("Another Conference"), custom={"abbr": "AC"}), "AC ’18"),
        (replace(WORK, dates={"issued": Date((2005,))}), "CHI ’05"),
        (replace(WORK, dates={}), "CHI"),
        (replace(WORK, values={"event_title": text("CHI 2018")}), "CHI ’18"),
    ],
)
def test_the_label_is_the_short_name_and_the_year(work: Work, label: str) -> None:
    assert venue_label(work, CHI) == label


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (CHI["CHI"], f"{CHI['CHI']} (CHI)"),
        (f"{CHI['CHI']} (CHI)", f"{CHI['CHI']} (CHI)"),
        ("CHI", "CHI"),
        ("Another Conference", "Another Conference"),
    ],
)
def test_the_short_name_stands_behind_the_venue_once(name: str, shown: str) -> None:
    assert with_short_venue(named(name), CHI).get("container_title") == shown
