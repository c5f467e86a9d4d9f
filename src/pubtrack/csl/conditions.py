"""The conditions of `<if>` and `<else-if>`: attributes in, one test on the context out (CSL 1.0.2, "Choose")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.group_frame import GroupFrame
from pubtrack.csl.node import CITE_VARIABLES, WorkShape
from pubtrack.csl.variables import is_numeric, value_of


@lru_cache(maxsize=256)
def key_of(variable: str) -> str:
    """The key that a CSL variable has in a `Work`: "container-title" is "container_title", "DOI" is "doi"."""
    return variable.replace("-", "_").lower()


def is_set(context: CiteContext, _frame: GroupFrame, variable: str) -> bool:
    """Whether a variable of any kind holds something, printed as a substitute already or not."""
    if variable in context.values or variable in context.people or variable in context.dates:
        return True
    if variable == "locator":
        return bool(context.cite.locator)
    if variable == "citation_number":
        return context.number > 0
    if variable == "year_suffix":
        return bool(context.year_suffix)
    if variable == "first_reference_note_number":
        return context.cite.first_note > 0
    return variable == "page_first" and "page" in context.values


def _numeric(context: CiteContext, _frame: GroupFrame, variable: str) -> bool:
    text = value_of(context, variable)
    return bool(text) and is_numeric(text)


def _uncertain(context: CiteContext, _frame: GroupFrame, variable: str) -> bool:
    date = context.dates.get(variable)
    return date is not None and date.circa


def _locator(context: CiteContext, _frame: GroupFrame, label: str) -> bool:
    return bool(context.cite.locator) and context.cite.label == label


def _position(context: CiteContext, _frame: GroupFrame, wanted: str) -> bool:
    return wanted in context.cite.position


def _disambiguate(context: CiteContext, frame: GroupFrame, _wanted: str) -> bool:
    frame.progress.conditions_tested += 1
    return context.shown is not None and frame.progress.conditions_tested <= context.shown.condition


Check = Callable[[CiteContext, GroupFrame, str], bool]
_CHECKS: Mapping[str, Check] = {
    "disambiguate": _disambiguate,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "variable": is_set,
}
_VARIABLES = frozenset({"is-numeric", "is-uncertain-date", "variable"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One `<if>`: the types it accepts (None: does not ask) and its other checks, joined by `match`."""

    match: str
    types: frozenset[str] | None
    checks: tuple[tuple[Check, str], ...]

    def holds(self, context: CiteContext, frame: GroupFrame) -> bool:
        if self.types is not None:
            met = context.item_type in self.types
            if self.match == "any":
                if met:
                    return True
            elif met is (self.match == "none"):
                return False
        if self.match == "any":
            return any(check(context, frame, word) for check, word in self.checks)
        if self.match == "none":
            return not any(check(context, frame, word) for check, word in self.checks)
        return all(check(context, frame, word) for check, word in self.checks)

    def known(self, shape: WorkShape) -> bool | Condition:
        """Whether the condition holds for every work of a shape, for none, or what is left to be tested."""
        open_checks: list[tuple[Check, str]] = []
        results: list[bool] = [] if self.types is None else [shape.item_type in self.types]
        for check, word in self.checks:
            result = _known(check, word, shape)
            if result is None:
                open_checks.append((check, word))
            else:
                results.append(result)
        decisive = self.match != "all"  # one true decides "any" and "none", one false decides "all"
        if decisive in results:
            return self.match == "any"
        if not open_checks:
            return self.match != "any"
        return Condition(self.match, None, tuple(open_checks))


def _known(check: Check, word: str, shape: WorkShape) -> bool | None:
    """What a check says of every work of the shape, None where that depends on the work or cite."""
    if check is is_set:
        if word == "page_first" and "page" in shape.variables:
            return True
        return word in shape.variables if word in shape.variables or word not in CITE_VARIABLES else None
    if check in (_numeric, _uncertain):
        return None if shape.may_have(word) else False
    return None


def condition(attributes: Mapping[str, str]) -> Condition:
    """The test that the attributes of one `<if>` or `<else-if>` describe.

    Several types under match="all", which no item could meet, are read as alternatives, as styles mean them.
    """
    types = frozenset(attributes["type"].split()) if "type" in attributes else None
    checks = tuple(
        (check, key_of(word) if name in _VARIABLES else word.replace("sub verbo", "sub-verbo"))
        for name, check in _CHECKS.items()
        for word in attributes.get(name, "").split()
    )
    match = attributes.get("match", "all")
    return Condition(match if match in ("any", "none") else "all", types, checks)
