"""A person's name as a value, in the parts that CSL knows, with the roles that person has in one work."""

from __future__ import annotations

from dataclasses import dataclass

ME = "me"
"""The role of the owner of the list; owner.py alone gives it."""

ANNOTATED_ME = "annotated me"
"""The role of whom an entry calls `me`, as in `author+an = {2=me}`: owner.py decides whether to believe it."""

_GROUP = "highlight "


def group_role(group: str) -> str:
    """The role that people/groups.py gives to the people of `[highlight.GROUP]`."""
    return _GROUP + group


def written_roles(roles: frozenset[str]) -> frozenset[str]:
    """Those of `roles` that the entries say, without those that were recognised."""
    return frozenset(role for role in roles if role != ME and not role.startswith(_GROUP))


@dataclass(frozen=True, slots=True)
class Name:
    """One person (or, with `literal`, a group or a person whose name has no parts).

    The parts are those of CSL-JSON's name object. `roles` holds `me`, `equal`, `corresponding`,
    `presenting`, `student` or whatever else the user's annotations say.
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    roles: frozenset[str] = frozenset()
    orcid: str = ""
    comma_suffix: bool = False
    static_ordering: bool = False

    def __str__(self) -> str:
        """Given name first, as one writes it in running text."""
        if self.literal:
            return self.literal
        words = (self.given, self.dropping_particle, self.non_dropping_particle, self.family, self.suffix)
        return " ".join(word for word in words if word)
