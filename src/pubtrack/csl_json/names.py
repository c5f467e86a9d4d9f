"""CSL-JSON's name objects to `Name` and back, and roles and ORCIDs as biblatex annotates them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pubtrack.csl_json.scalars import characters, is_true
from pubtrack.errors import PubtrackError
from pubtrack.names import ME, Name

_ANNOTATION = re.compile(r'\s*([0-9]{1,6})\s*=\s*("[^"]*"|[^";=]*)\s*')
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx]")
_LEADING_PARTICLES = re.compile(r"(?:[^\W\d_]+['’]?\s+|[^\W\d_]+['’](?=\w))+")


def name_from_csl(value: object) -> Name:
    """A `Name` from CSL-JSON's name object; a bare string is a literal, an empty object `Name()`.

    Raises PubtrackError where the name or one of its parts is of a wrong kind.
    """
    if isinstance(value, str):
        return Name(literal=characters(value))
    if not isinstance(value, dict):
        raise PubtrackError("a name is not an object")
    family, literal = characters(value.get("family")), characters(value.get("literal"))
    orcid = _ORCID.search(characters(value.get("ORCID", value.get("orcid"))))
    if is_true(value.get("isInstitution")) and not literal:
        return Name(literal=family)
    name = Name(
        family=family,
        given=characters(value.get("given")),
        dropping_particle=characters(value.get("dropping-particle")),
        non_dropping_particle=characters(value.get("non-dropping-particle")),
        suffix=characters(value.get("suffix")),
        literal=literal,
        orcid=orcid.group().upper() if orcid else "",
        comma_suffix=is_true(value.get("comma-suffix")),
        static_ordering=is_true(value.get("static-ordering")),
    )
    return _particles_split(name) if is_true(value.get("parse-names")) else name


def _particles_split(name: Name) -> Name:
    """`name` with the lower-case words in front of its family name, and behind its given name, as particles.

    CSL 1.0.2, section "Name Particles": those within the family name are non-dropping, the others dropping.
    """
    leading = _LEADING_PARTICLES.match(name.family)
    if leading and not name.non_dropping_particle:
        words = leading.group().split()
        count = next((i for i, word in enumerate(words) if not word.islower()), len(words))
        if count == len(words):
            name = replace(name, non_dropping_particle=" ".join(words), family=name.family[leading.end() :])
        elif count:
            rest = name.family.split(maxsplit=count)[count]
            name = replace(name, non_dropping_particle=" ".join(words[:count]), family=rest)
    words = name.given.split()
    count = next((i for i, word in enumerate(reversed(words)) if not word.islower()), 0)
    if count and not name.dropping_particle:
        given, particle = " ".join(words[:-count]), " ".join(words[-count:])
        name = replace(name, given=given, dropping_particle=particle)
    return name


def name_to_csl(name: Name) -> dict[str, Any]:
    """CSL-JSON's name object. Roles and the ORCID, which the schema has no place for, are not in it."""
    parts: dict[str, Any] = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
        "literal": name.literal,
        "comma-suffix": name.comma_suffix,
        "static-ordering": name.static_ordering,
    }
    return {part: value for part, value in parts.items() if value}


def annotation_fields(key: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """The annotation fields that hold the roles and ORCIDs of `names`: `("author+an", "3=corresponding")`.

    biblatex manual, section "Data Annotations". The owner's role is left out: it is found anew for each list.
    """
    roles = [(i, ",".join(sorted(name.roles - {ME}))) for i, name in enumerate(names, 1)]
    if any(words for _, words in roles):
        yield f"{key}+an", ";".join(f"{i}={words}" for i, words in roles if words)
    if any(name.orcid for name in names):
        yield f"{key}+an:orcid", ";".join(f'{i}="{name.orcid}"' for i, name in enumerate(names, 1) if name.orcid)


def annotated(key: str, names: Sequence[Name], fields: dict[str, str]) -> tuple[Name, ...]:
    """`names` with the roles and ORCIDs that the annotation fields give them; the fields used leave `fields`."""
    roles = _annotation(fields.get(f"{key}+an", ""), len(names))
    if roles:
        del fields[f"{key}+an"]
        names = [replace(name, roles=frozenset(roles.get(i, ()))) for i, name in enumerate(names, 1)]
    orcids = _annotation(fields.get(f"{key}+an:orcid", ""), len(names))
    if orcids and all(_ORCID.fullmatch(",".join(words)) for words in orcids.values()):
        del fields[f"{key}+an:orcid"]
        names = [replace(name, orcid=orcids[i][0]) if i in orcids else name for i, name in enumerate(names, 1)]
    return tuple(names)


def _annotation(value: str, count: int) -> dict[int, list[str]]:
    """What is said about the persons 1 to `count`; nothing where anything but whole persons is annotated."""
    found: dict[int, list[str]] = {}
    for part in value.split(";") if value else ():
        match = _ANNOTATION.fullmatch(part)
        position = int(match[1]) if match else 0
        words = [word.strip() for word in match[2].strip().strip('"').split(",")] if match else []
        if not 1 <= position <= count or position in found or not all(words):
            return {}
        found[position] = words
    return found
