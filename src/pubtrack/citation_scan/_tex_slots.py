"""The parameters of a LaTeX definition as places among the mandatory arguments of its calls; None for optional ones."""

from __future__ import annotations

import re

Slots = tuple[int | None, ...]

_PARAMETER = re.compile(r"#\d")
_ARGUMENT = re.compile(r"[A-Za-z]")
_SKIPPED = re.compile(r">\s*\{(?:[^{}]|\{[^{}]*\})*\}|\{(?:[^{}]|\{[^{}]*\})*\}|[+!\s]")


def slots_of_new_command(count: int, *, optional: bool) -> Slots:
    r"""Of `\newcommand`: with a default the first parameter is optional (usrguide)."""
    return tuple(number - optional if number or not optional else None for number in range(count))


def slots_of_def(parameters: str) -> Slots:
    r"""Of `\def\name#1[#2]`: what stands in square brackets is taken for optional."""
    slots: list[int | None] = []
    place = 0
    for match in _PARAMETER.finditer(parameters):
        optional = parameters[: match.start()].endswith("[")
        slots.append(None if optional else place)
        place += not optional
    return tuple(slots)


def slots_of_xparse(signature: str) -> Slots:
    r"""Of `\NewDocumentCommand`, as in `s O{} m`: `m` and `v` are mandatory and in braces (usrguide, 2.2)."""
    slots: list[int | None] = []
    place = position = 0
    while position < len(signature):
        skipped = _SKIPPED.match(signature, position)
        if skipped:
            position = skipped.end()
            continue
        kind = signature[position]
        position += {"t": 2, "r": 3, "R": 3, "d": 3, "D": 3}.get(kind, 1)
        if _ARGUMENT.match(kind):
            slots.append(place if kind in "mv" else None)
            place += kind in "mv"
    return tuple(slots)
