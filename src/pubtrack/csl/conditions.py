"""The conditions of `<if>` and `<else-if>`: attributes in, one test on the state out (CSL 1.0.2, "Choose")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pubtrack.csl.nodes import Test
from pubtrack.csl.numbers import is_numeric, value_of
from pubtrack.csl.state import State

Pair = tuple[Callable[[State, Any], bool], Any]


def key_of(variable: str) -> str:
    """The key that a CSL variable has in a `Work`: "container-title" is "container_title", "DOI" is "doi"."""
    return variable.replace("-", "_").lower()


def is_set(state: State, variable: str) -> bool:
    """Whether a variable of any kind holds something, printed as a substitute already or not."""
    if variable in state.values or variable in state.people or variable in state.dates:
        return True
    if variable == "locator":
        return bool(state.cite.locator)
    if variable == "citation_number":
        return state.number > 0
    if variable == "year_suffix":
        return bool(state.year_suffix)
    if variable == "first_reference_note_number":
        return state.cite.first_note > 0
    return variable == "page_first" and "page" in state.values


def _numeric(state: State, variable: str) -> bool:
    text = value_of(state, variable)
    return bool(text) and is_numeric(text)


def _uncertain(state: State, variable: str) -> bool:
    date = state.dates.get(variable)
    return date is not None and date.circa


def _is_type(state: State, types: frozenset[str]) -> bool:
    return state.item_type in types


def _locator(state: State, label: str) -> bool:
    return bool(state.cite.locator) and state.cite.label == label


def _position(state: State, wanted: str) -> bool:
    return wanted in state.cite.position


def _disambiguate(state: State, wanted: str) -> bool:
    state.tested += 1
    return state.shown is not None and state.tested <= state.shown.condition


_TESTS: Mapping[str, Callable[[State, str], bool]] = {
    "disambiguate": _disambiguate,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "variable": is_set,
}
_VARIABLES = frozenset({"is-numeric", "is-uncertain-date", "variable"})


def condition(attributes: Mapping[str, str]) -> Test:
    """The test that the attributes of one `<if>` or `<else-if>` describe.

    Several types under match="all", which no item could meet, are read as alternatives, as styles mean them.
    """
    match = attributes.get("match", "all")
    types = frozenset(attributes.get("type", "").split())
    pairs: list[Pair] = [
        (test, key_of(value) if name in _VARIABLES else value.replace("sub verbo", "sub-verbo"))
        for name, test in _TESTS.items()
        for value in attributes.get(name, "").split()
    ]
    if not pairs:
        return _types(types, negate=match == "none")
    if types:
        pairs.insert(0, (_is_type, types))
    if len(pairs) == 1:
        return _single(*pairs[0], negate=match == "none")
    return _several(tuple(pairs), match)


def _types(types: frozenset[str], *, negate: bool) -> Test:
    if negate:
        return lambda state: state.item_type not in types
    return lambda state: state.item_type in types


def _single(test: Callable[[State, Any], bool], word: Any, *, negate: bool) -> Test:
    if negate:
        return lambda state: not test(state, word)
    return lambda state: test(state, word)


def _several(pairs: tuple[Pair, ...], match: str) -> Test:
    if match == "any":
        return lambda state: any(test(state, word) for test, word in pairs)
    if match == "none":
        return lambda state: not any(test(state, word) for test, word in pairs)
    return lambda state: all(test(state, word) for test, word in pairs)
