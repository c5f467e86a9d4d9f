"""What the net-* rules say to people: both values and where to look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pubtrack.checks import CHECKS, check, load
from pubtrack.checks.verdict import WRONG
from pubtrack.model.findings import Finding
from pubtrack.store.library import Library

GOLDEN = Path(__file__).parent / "golden" / "net.txt"
ONLINE = [name for name in CHECKS if name.startswith("net-") or name == "id-missing-doi"]


def found(name: str) -> list[Finding]:
    rule = load(name)
    return list(check(Library.parse(rule.bad.encode()), rule.context, select=[name]))


def test_the_messages_are_those_that_people_have_read(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN, "".join(f"{one.severity} {one.code}: {one.message}\n" for name in ONLINE for one in found(name)))


def test_whoever_is_accused_learns_where_to_look() -> None:
    silent = {"net-incomplete", "net-unregistered"}
    assert [
        one.message for name in ONLINE if name not in silent for one in found(name) if "https://" not in one.message
    ] == []


def test_a_contradiction_shows_both_values() -> None:
    for name in WRONG - {"net-doi-dead"}:
        for one in found(name):
            assert one.message.count('"') >= 4, one.message
