"""biblatex's annotations of name lists (`author+an = {1=equal; 2=corresponding}`) to roles and iDs, and back.

biblatex manual, section "Data Annotations".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from pubtrack.model.digits import int_of
from pubtrack.model.identifiers import orcid_within
from pubtrack.model.name import ANNOTATED_ME, ME, Name, written_roles

_ANNOTATION = re.compile(r'(?:"[^"]*"|[^;"])+')
_TARGET = re.compile(r"\s*+([\d,-][\d\s,-]*+)?(?::\s*+[\w-]*+\s*+)?=")
_VALUE = re.compile(r'"([^"]*)"|([^,"]+)')
_NUMBER = re.compile(r"\d+")
FREE_TEXT_ROLES = frozenset({"", "default", "role", "roles", "highlight", "mark", "marks"})


ROLE_NAMES: Mapping[str, str] = {
    "corresponding": "corresponding author",
    "equal": "equal contribution",
    "presenting": "presenting author",
    "student": "student",
}
"""What a legend calls a role; any other is called by its own word."""


class Annotation(NamedTuple):
    """One annotation as it is `written`: its `target` ("1-3", "" for all, None for none that is one), the numbers in
    it, and its values as (quoted, word), one of which is empty."""

    written: str
    target: str | None
    numbers: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


def split_annotations(source: str) -> Iterator[Annotation]:
    """The annotations in `source`, which semicolons part."""
    for found in _ANNOTATION.findall(source):
        written = found.strip()
        target = _TARGET.match(found)
        if target is None:
            if written:
                yield Annotation(written, None)
            continue
        places = target.group(1) or ""
        values = tuple(pair for pair in _VALUE.findall(found[target.end() :]) if any(map(str.strip, pair)))
        yield Annotation(written, places, tuple(_NUMBER.findall(places)), values)


def apply_annotations(
    names: tuple[Name, ...], annotations: Mapping[str, str], decode: Callable[[str], str] = str
) -> tuple[Name, ...]:
    """`names` with what their annotations say (biblatex manual, "Data Annotations").

    The keys of `annotations` are the annotations' names, "" for the unnamed one. A word becomes a role in lower case,
    whatever the annotation's name; text in quotation marks is a role where the annotation is unnamed or named after
    roles, and an iD where it is named `orcid`. An annotation of a part of a name counts for the person, one without a
    number for all. `decode` gives the characters of a value, for those written in LaTeX.
    """
    found = list(names)
    for title, source in annotations.items():
        for annotation in split_annotations(source):
            if annotation.target is not None:
                for index in _indices(annotation.target, len(found)):
                    found[index] = _with(found[index], title.lower(), annotation.values, decode)
    return tuple(found)


def _indices(source: str, count: int) -> Iterable[int]:
    """The places, from 0, that "1", "1-3", "1,3" or nothing (all) mean in a list of `count`."""
    if not source.strip(" ,-"):
        return range(count)
    places: list[int] = []
    for part in source.split(","):
        first, _, last = (number.strip() for number in part.partition("-"))
        if first.isdecimal():
            end = int_of(last) if last.isdecimal() else int_of(first)
            places += range(max(int_of(first), 1) - 1, min(end, count))
    return places


def _with(name: Name, title: str, values: Iterable[tuple[str, str]], decode: Callable[[str], str]) -> Name:
    """`name` with the values of one annotation."""
    roles = set(name.roles)
    orcid = name.orcid
    for quoted, word in values:
        value = " ".join(decode(quoted or word).split())
        identifier = orcid_within(value) if title.startswith("orcid") else ""
        if identifier:
            orcid = identifier
        elif value and (word or title in FREE_TEXT_ROLES):
            role = value.lower()
            roles.add(ANNOTATED_ME if role == ME else role)
    return replace(name, roles=frozenset(roles), orcid=orcid)


def annotations_of(names: Iterable[Name]) -> dict[str, str]:
    """The annotations that say which roles and iDs `names` have: by annotation name, "" for the roles."""
    roles: list[str] = []
    identifiers: list[str] = []
    for number, name in enumerate(names, 1):
        if words := sorted(ME if role == ANNOTATED_ME else role for role in written_roles(name.roles)):
            quoted = (word if re.fullmatch(r"[\w.-]+", word) else f'"{word}"' for word in words)
            roles.append(f"{number}={','.join(quoted)}")
        if name.orcid:
            identifiers.append(f'{number}="{name.orcid}"')
    found = {"": ";".join(roles), "orcid": ";".join(identifiers)}
    return {title: value for title, value in found.items() if value}
