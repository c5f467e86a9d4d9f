"""Digits as people type them to numbers, whatever their length: Python's `int` refuses more than 4,300 digits."""

from __future__ import annotations

MOST_DIGITS = 18
"""So many digits are read exactly; no page, volume, edition or position has more."""


def int_of(digits: str) -> int:
    """The number that decimal `digits` spell; one of more than `MOST_DIGITS` digits counts as 10**18.

    Digits that are not decimal ("²") raise ValueError, as with `int`; `str.isdecimal` tells them.
    """
    return int(digits) if len(digits) <= MOST_DIGITS else 10**MOST_DIGITS
