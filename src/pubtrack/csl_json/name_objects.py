"""CSL-JSON's name objects to `Name` and back, and roles and ORCIDs as biblatex annotates them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pubtrack.csl_json.scalars import characters, is_true
from pubtrack.model.errors import PubtrackError
from pubtrack.model.identifiers import orcid_within
from pubtrack.model.name import Name
from pubtrack.model.name_annotations import annotations_of, apply_annotations

# A word in front of the rest of the name, with the blank, hyphen or apostrophe that ties it to it.
_LEADING = re.compile(r"([^\s'’ʻ-]++(?:['’ʻ-]|\s)\s*+)(?=\S)")
_SUFFIX = re.compile(r"(?:(?<!\s)\s++)?,(!?)\s*(.+)$", re.DOTALL)


def name_from_csl(value: object) -> Name:
    """A `Name` from CSL-JSON's name object; a bare string is a literal, an empty object `Name()`.

    Raises PubtrackError where the name or one of its parts is of a wrong kind.
    """
    if isinstance(value, str):
        return Name(literal=characters(value))
    if not isinstance(value, dict):
        raise PubtrackError("a name is not an object")
    get = value.get
    family = characters(get("family"))
    literal = characters(part) if (part := get("literal")) else ""
    if not literal and is_true(get("isInstitution")):
        return Name(literal=family)
    name = Name(
        family=family,
        given=characters(get("given")),
        dropping_particle=characters(part) if (part := get("dropping-particle")) else "",
        non_dropping_particle=characters(part) if (part := get("non-dropping-particle")) else "",
        suffix=characters(part) if (part := get("suffix")) else "",
        literal=literal,
        orcid=orcid_within(characters(part)) if (part := get("ORCID", get("orcid"))) else "",
        comma_suffix=is_true(get("comma-suffix")),
        static_ordering=is_true(get("static-ordering")),
    )
    if len(family) > 2 and family[0] == family[-1] == '"':
        return replace(name, family=family[1:-1])
    asked = get("parse-names")
    return _parsed(name) if asked is None or is_true(asked) else name


def _parsed(name: Name) -> Name:
    """`name` with its particles and suffix in their places where they are written within its two main parts.

    All CSL processors read `{"family": "van Gogh", "given": "Vincent"}` so. CSL 1.0.2, section "Name Particles":
    lower-case words in front of the family name are a non-dropping particle, those behind the given name a
    dropping one. Behind a comma in the given name stands the suffix (",!" asks for the comma in print).
    """
    if not (name.family and name.given) or name.non_dropping_particle:
        return name
    if name.family[0].isupper() and "," not in name.given and not name.given.rpartition(" ")[2].islower():
        return name
    end = 0
    while (word := _LEADING.match(name.family, end)) and word[1].islower():
        end = word.end()
    particle, family = name.family[:end].strip(), name.family[end:]
    given, suffix, comma = name.given, name.suffix, name.comma_suffix
    if not suffix and (tail := _SUFFIX.search(given)):
        given, suffix, comma = given[: tail.start()], tail[2], comma or bool(tail[1])
    words = given.split()
    count = next((i for i, word in enumerate(reversed(words)) if not word.islower()), 0)
    dropping = " ".join(words[len(words) - count :])
    if count and not name.dropping_particle:
        given = " ".join(words[:-count])
    return replace(
        name,
        family=family,
        given=given,
        non_dropping_particle=particle,
        dropping_particle=name.dropping_particle or dropping,
        suffix=suffix,
        comma_suffix=comma,
    )


def name_to_csl(name: Name) -> dict[str, Any]:
    """CSL-JSON's name object. Roles and the ORCID, which the schema has no place for, are not in it.

    What `name_from_csl` would take apart says that it is to stay whole.
    """
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
    item = {part: value for part, value in parts.items() if value}
    return item if _parsed(name) == name else item | {"parse-names": False}


def annotation_fields(key: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """The annotation fields that hold the roles and ORCIDs of `names`: `("author+an", "3=corresponding")`.

    The owner's role is left out: it is found anew for each list.
    """
    for title, annotation in annotations_of(names).items():
        yield f"{key}+an{':' if title else ''}{title}", annotation


def apply_annotation_fields(key: str, names: tuple[Name, ...], fields: dict[str, str]) -> tuple[Name, ...]:
    """`names` with what the annotation fields say of them; the fields that say something leave `fields`."""
    for field in [field for field in fields if field.partition("+an")[:2] == (key, "+an")]:
        said = apply_annotations(names, {field.partition("+an")[2].lstrip(":"): fields[field]})
        if said != names:
            del fields[field]
            names = said
    return names
