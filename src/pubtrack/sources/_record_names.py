"""The people of services' replies to `Name`s in the form that a .bib file's names have, and what is odd about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pubtrack.bibtex import name_lists
from pubtrack.model import identifiers
from pubtrack.model.name import Name
from pubtrack.model.record import Quirk
from pubtrack.people import fold
from pubtrack.people.organisations import ORGANISATION
from pubtrack.sources import _sanitize

MOST = 20_000
"""The most people of one work that are read: the longest author lists have 15,000."""
_LONGEST = 300
_SPECIAL = re.compile(r"[{}\\$~=();,&#%^_]|\band\b|\bothers\b|\bet al\b", re.I)
# Here, where a name may stay whole without harm, words count that are seldom a surname; particles (der, des) do not.
_GROUP = re.compile(
    rf"\b(?:{ORGANISATION}|the|and|of|for|groups?|working|research|staff|editors|members|contributors|associates"
    r"|technology|technologies)\b",
    re.I,
)
_EDITOR = re.compile(r"(?:(?<!\s)\s++)?\((?:eds?|editors?|hrsg)\.?\)\s*+\Z", re.I)
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,6}")


def person(given: object, family: object, suffix: object = "", orcid: object = "") -> Name | None:
    """A person whose name came in parts, particles and suffix in their places; None where there is no name.

    A family name alone that holds several words is a whole name in the wrong member.
    """
    parts = [_sanitize.words(part, _LONGEST) for part in (given, family, suffix)]
    iD = identifiers.orcid(orcid) if isinstance(orcid, str) and orcid else ""  # noqa: N806
    if not parts[1]:
        return unsplit_name(parts[0], iD)
    if not parts[0] and " " in parts[1]:
        return _with_orcid(_of_one_string(parts[1]) if not _is_group(parts[1]) else Name(literal=parts[1]), iD)
    return _with_orcid(_of_parts(parts[0], parts[1], parts[2]), iD)


def _of_parts(given: str, family: str, suffix: str) -> Name:
    built = Name(family=family, given=given, suffix=suffix)
    if any(_SPECIAL.search(part) for part in (given, family, suffix)):
        return built
    written = f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}" if given else family
    read = name_lists.parse(written).names
    return built if len(read) != 1 or read[0].literal else read[0]


def unsplit_name(name: object, orcid: object = "") -> Name | None:
    """A name that came in one string and may be a group's: a person's only where the string shows that.

    It does by an ORCID iD, by a comma ("Family, Given") or by an initial ("J. Doe"). All else stays as it is:
    "Sudesiqin" has no parts, and "Chinese Taipei" is no Taipei, Chinese.
    """
    text = _EDITOR.sub("", _sanitize.words(name, _LONGEST))
    iD = identifiers.orcid(orcid) if isinstance(orcid, str) and orcid else ""  # noqa: N806
    if not text:
        return None
    if _is_group(text) and not iD:
        return Name(literal=text)
    parts = text.split(",")
    tokens = text.split()
    is_inverted = len(parts) == 2 and all(part.strip() for part in parts) and len(tokens) <= 6
    has_initial = 1 < len(tokens) <= 5 and any(map(_INITIAL.fullmatch, tokens[:-1])) and len(tokens[-1].strip(".")) > 1
    if iD or is_inverted or has_initial:
        return _with_orcid(_of_one_string(text), iD)
    return Name(literal=text)


def displayed_name(name: object, orcid: object = "") -> Name | None:
    """A name in one string from a service that lists people so (arXiv, DBLP, OpenAlex); groups stay literal."""
    text = _sanitize.words(name, _LONGEST)
    if not text:
        return None
    found = Name(literal=text) if _is_group(text) else _of_one_string(text)
    return _with_orcid(found, identifiers.orcid(orcid) if isinstance(orcid, str) and orcid else "")


def group_name(name: object) -> Name | None:
    """An organisation."""
    text = _sanitize.words(name, _LONGEST)
    return Name(literal=text) if text else None


def _of_one_string(text: str) -> Name:
    if _SPECIAL.search(text.replace(",", "", 1)):
        return Name(literal=text)
    read = name_lists.parse(text).names
    return read[0] if len(read) == 1 else Name(literal=text)


def _is_group(text: str) -> bool:
    return _GROUP.search(text) is not None or len(text.split()) > 7


def _with_orcid(name: Name, orcid: str) -> Name:
    return replace(name, orcid=orcid) if orcid else name


def traits(people: Sequence[Name], *, may_be_sorted: bool) -> set[Quirk]:
    """What is odd about a list of names; `may_be_sorted` where the service's depositors sort some from A to Z."""
    found: set[Quirk] = set()
    given = [name.given for name in people if name.given]
    if given and all(map(_is_initials, given)):
        found.add("initials")
    families = [name.family for name in people if len(name.family) > 2]
    if families and all(family == family.upper() != family.lower() for family in families):
        found.add("caps-names")
    keys = [fold(name.family or name.literal) for name in people]
    if may_be_sorted and len(keys) > 2 and keys == sorted(keys):
        found.add("order-unreliable")
    return found


def _is_initials(given: str) -> bool:
    """Whether these are initials: "J.-P.", "S J", "SJ"; a given name of one Chinese character is none."""
    if not _INITIALS.fullmatch(given):
        return False
    letters = [character for character in given if character.isalpha()]
    return all(letter.isupper() for letter in letters) and ("." in given or len(letters) <= 3)
