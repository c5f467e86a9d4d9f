"""The three-way merge of one field: base, mine and theirs to what kind of proposal that is, if any.

1. Theirs says nothing: nothing, for a refresh never removes.
2. Mine and theirs agree: nothing; they are the base from now on.
3. Theirs is what it was when it was settled: nothing; what differs is the person's doing, also an empty field.
4. Theirs would take something away, or the field is locked: `protected`.
5. Mine is empty and nothing was ever settled: `fill`.
6. Mine is still the base: `update`.
7. All three differ: `conflict`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pubtrack.matching import Grade
from pubtrack.refresh.data_loss import find_fault, find_loss
from pubtrack.refresh.field_equality import grade_values, is_same_text
from pubtrack.refresh.field_kinds import QUIET
from pubtrack.refresh.field_pairs import FieldPair
from pubtrack.refresh.proposal import Kind


@dataclass(frozen=True, slots=True)
class Judgement:
    """`kind` is None where there is nothing to propose; `settles` tells that theirs is the base from now on."""

    kind: Kind | None = None
    reason: str = ""
    settles: bool = False


EVERYTHING = "all"
"""What a lock says to mean every field."""
_NOTHING = Judgement()


def judge_field(pair: FieldPair, base: str | None, locked: Collection[str]) -> Judgement:
    """The judgement of one field; `base` is LaTeX as mine and theirs, `locked` holds biblatex's names."""
    if not pair.theirs:
        return _NOTHING
    if pair.mine is None:
        return _of_empty(pair, base, locked)
    untouched = base is not None and is_same_text(pair.sort, pair.mine, _cut(pair, base))
    found = grade_values(pair.sort, pair.mine, pair.theirs, pair.record)
    if found is Grade.SAME or (found.agrees and not untouched):
        return Judgement(settles=not untouched or is_same_text(pair.sort, pair.mine, _cut(pair, pair.theirs)))
    if base is not None and grade_values(pair.sort, base, pair.theirs).agrees and not (untouched and found.agrees):
        return _NOTHING
    if base is None and pair.field in QUIET:
        return Judgement(settles=True)
    reason = _protection(pair, locked) or find_loss(pair.sort, pair.mine, pair.theirs, pair.record)
    if reason:
        return Judgement("protected", reason)
    if untouched:
        return Judgement("update", "the registry has changed it since it was fetched")
    if base is None:
        return Judgement("conflict", "the file and the registry differ, and neither is known to be older")
    return Judgement("conflict", "both the file and the registry have changed it")


def _of_empty(pair: FieldPair, base: str | None, locked: Collection[str]) -> Judgement:
    if base is not None and grade_values(pair.sort, base, pair.theirs).agrees:
        return _NOTHING
    reason = _protection(pair, locked) or find_fault(pair.sort, pair.theirs, pair.record)
    if reason:
        return Judgement("protected", reason)
    if base is not None:
        return Judgement("conflict", "removed from the file, and changed by the registry since")
    return Judgement("fill", "the entry has no such field")


def _protection(pair: FieldPair, locked: Collection[str]) -> str:
    if pair.field in locked or EVERYTHING in locked:
        return "the field is locked"
    return "the value is made of @string macros" if pair.is_macro else ""


def _cut(pair: FieldPair, value: str) -> str:
    """A date as precise as the one in the file."""
    if pair.sort != "date" or pair.mine is None or "/" in value:
        return value
    return "-".join(value.split("-")[: len(pair.mine.split("-"))])
