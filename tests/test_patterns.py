"""Every regular expression takes time in proportion, whatever it is run on."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

import pytest

from tests.patterns import Pump, Used, has_repeat, literal_patterns, pumped, pumps, rooms, used_patterns

BOUNDED: Mapping[str, str] = {}
"""Patterns that may take longer, with what bounds the text they are run on; fails when one of them needs it no more."""

GROWTH = 9
"""Four times the length may take so many times as long; a quadratic pattern takes sixteen times as long."""


@pytest.mark.parametrize("room", rooms())
def test_every_pattern_of_a_room_is_linear(room: str) -> None:
    slow = {str(one): pump for one in used_patterns(room) if (pump := slow_pump(one)) is not None}
    assert {name: pump for name, pump in slow.items() if name not in BOUNDED} == {}
    assert {name for name in BOUNDED if name.partition(".")[0] == room} <= set(slow), "listed, but linear"


@pytest.mark.parametrize("room", rooms())
def test_every_pattern_of_a_room_is_found(room: str) -> None:
    found = {(one.module, one.source) for one in used_patterns(room)}
    sources = {source for _, source in found}
    assert {source for _, source in literal_patterns(room)} <= sources


@pytest.mark.parametrize(
    ("source", "method"),
    [
        (r" +$", "search"),
        (r"\s*,", "sub"),
        (r"\{[^}]*\}", "finditer"),
        (r"\w*\d\w*", "fullmatch"),
        (r"<title[^>]*>", "search"),
        (r"(?:a|b)*?[a-z]*x", "match"),
        (r"(?:a+)+b", "match"),
        (r"(?:/a|/)+\Z", "sub"),
    ],
)
def test_a_pattern_that_is_not_linear_is_seen(source: str, method: str) -> None:
    assert slow_pump(Used("module", "NAME", source, 0, method)) is not None


@pytest.mark.parametrize("source", [r"(?<! ) ++$", r"(?:(?<!\s)\s++)?,", r"\{[^{}]*\}", r"a+b?", r"<title[^<>]*>"])
def test_a_pattern_that_is_linear_passes(source: str) -> None:
    assert slow_pump(Used("module", "NAME", source, 0, "finditer")) is None


def slow_pump(used: Used) -> str | None:
    """The beginning of a string on which a method of a pattern takes more than its share of time, or None.

    Nearly all are known to be fast from short strings; what takes long there is measured with longer ones.
    """
    if not has_repeat(used.source, used.flags):
        return None
    pattern = re.compile(used.source, used.flags)
    usual = 0.0004  # seconds that the pattern may take for 2 kB without a closer look
    for pump in pumps(used.source, used.flags):
        shortest, short, small = (pumped(pump, size) for size in SHORT)
        for text, bound in ((shortest, 0.002), (short, 0.002)):
            if _seconds(pattern, used, text, bound) > bound:
                return text[:40]
        if (seconds := _seconds(pattern, used, small, usual)) > usual:
            if _grows(pattern, used, pump):
                return small[:40]
            usual = 1.5 * seconds
    return None


SHORT = (24, 200, 2_000)


def _grows(pattern: re.Pattern[str] | re.Pattern[bytes], used: Used, pump: Pump) -> bool:
    """Whether time grows faster than length, from 2 to 5 kB, or from 5 to 20 kB, in two of three measurements.

    One measurement alone may be misled by whatever else the machine does.
    """
    small, medium, large = (pumped(pump, size) for size in (2_000, 5_000, 20_000))
    fast = slow = 0
    while fast < 2 and slow < 2:
        few = _seconds(pattern, used, small, 0)
        some = _seconds(pattern, used, medium, 0)
        grows = some > 0.1 and some > 5 * few
        if grows or _seconds(pattern, used, large, 0) >= GROWTH * max(some, 0.0005):
            slow += 1
        else:
            fast += 1
    return slow == 2


def _seconds(pattern: re.Pattern[str] | re.Pattern[bytes], used: Used, text: str, enough: float) -> float:
    """The least processor time of three runs, or of the first that takes no longer than `enough`, or very long."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        _run(pattern, used, text)
        best = min(best, time.process_time() - start)
        if best <= enough or best > 0.05:
            break
    return best


def _run(pattern: re.Pattern[str] | re.Pattern[bytes], used: Used, text: str) -> None:
    subject = text.encode("utf-8") if isinstance(used.source, bytes) else text
    if used.method in ("sub", "subn"):
        getattr(pattern, used.method)(subject[:0], subject)
    elif used.method == "finditer":
        for _ in getattr(pattern, used.method)(subject):
            pass
    else:
        getattr(pattern, used.method)(subject)
