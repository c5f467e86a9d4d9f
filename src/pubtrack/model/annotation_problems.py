"""Annotations of names that say nothing: a person who is not there, a role that nobody knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.model.digits import int_of
from pubtrack.model.errors import did_you_mean
from pubtrack.model.name import ME, Name
from pubtrack.model.name_annotations import FREE_TEXT_ROLES, ROLE_NAMES, split_annotations

KNOWN_ROLES = frozenset({*ROLE_NAMES, ME, "highlight"})
"""The roles that every list knows; `highlight` is what biblatex users mark themselves with."""


@dataclass(frozen=True, slots=True)
class AnnotationProblem:
    """What is wrong with an annotation; `certain` is False for a word that may be a role of the user's own."""

    message: str
    certain: bool = True


def annotation_problems(
    names: Sequence[Name], annotations: Mapping[str, str], roles: Collection[str] = ()
) -> Iterator[AnnotationProblem]:
    """What is wrong with the `annotations` of `names`, by their titles as in `apply_annotations`.

    `roles` are known beside `KNOWN_ROLES`. Text in quotation marks is free.
    """
    known = KNOWN_ROLES.union(role.lower() for role in roles)
    for title, source in annotations.items():
        for one in split_annotations(source):
            if one.target is None:
                yield AnnotationProblem(_no_target(one.written, names))
                continue
            if not all(0 < int_of(number) <= len(names) for number in one.numbers):
                there = "there is 1 name" if len(names) == 1 else f"there are {len(names) or 'no'} names"
                yield AnnotationProblem(f'"{one.written}" marks nobody: {there}')
            if not one.values:
                yield AnnotationProblem(f'"{one.written}" does not say what the mark is')
            for quoted, word in one.values:
                role = word.strip().lower()
                if quoted or role in known or title.lower() not in FREE_TEXT_ROLES:
                    continue
                hint = did_you_mean(role, known)
                if hint or not title:
                    own = "; a role of your own needs a symbol in [marks] or a group in [highlight]"
                    yield AnnotationProblem(f'"{role}" is not a known role{hint or own}', bool(hint))


def _no_target(written: str, names: Sequence[Name]) -> str:
    """What is wrong with an annotation that does not begin with a number."""
    who, equals, what = (part.strip() for part in written.partition("="))
    if not equals:
        return f'"{written}" marks nobody; write the number of the name before it, as in 1={written}'
    wanted = who.casefold()
    numbers = [n for n, name in enumerate(names, 1) if wanted in (name.family.casefold(), str(name).casefold())]
    hint = f"{who} is {numbers[0]}: {numbers[0]}={what}" if len(numbers) == 1 else "as in 1=equal"
    return f'"{written}" marks nobody; names are told by their numbers, {hint}'
