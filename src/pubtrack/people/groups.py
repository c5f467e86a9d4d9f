"""Give the owner, and the groups of people in `[highlight]`, their roles in works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pubtrack.config import HighlightConfig
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import ME, Name, group_role
from pubtrack.model.work import Work
from pubtrack.people.owner import Owner, identify


@dataclass(frozen=True)
class Group:
    """Who belongs to the group `name`: the `people`, whoever has the `role` in a work.

    A `keyword` confines both to the works that have it; alone, it takes all authors of those works.
    """

    name: str
    people: tuple[Owner, ...] = ()
    role: str = ""
    keyword: str = ""

    @classmethod
    def parse(cls, name: str, config: HighlightConfig) -> Group:
        """The group of a table `[highlight.NAME]`.

        Raises PubtrackError for a name or an iD that is none, and where the table names nobody.
        """
        try:
            people = [Owner.parse(one) for one in config.names] + [Owner.of_orcid(one) for one in config.orcid]
        except PubtrackError as error:
            raise PubtrackError(f"highlight.{name}: {error.message}") from error
        if not (people or config.role or config.keyword):
            raise PubtrackError(f"highlight.{name} highlights nobody; give it names, orcid, role or keyword")
        return cls(name, tuple(people), config.role.lower(), config.keyword)


def parse_groups(tables: Mapping[str, HighlightConfig]) -> tuple[Group, ...]:
    """The groups of `[highlight]`. Raises PubtrackError as `Group.parse` does."""
    return tuple(Group.parse(name, config) for name, config in tables.items())


def recognise(works: Iterable[Work], owner: Owner | None, groups: Sequence[Group] = ()) -> list[Work]:
    """`works` with the role `me` given to the owner's names, and that of each group to its people's."""
    found = list(works)
    if owner is not None:
        found = [with_roles(work, owner) for work in found]
    for group in groups:
        found = [_with_group(work, group) for work in found]
    return found


def _with_group(work: Work, group: Group) -> Work:
    if group.keyword and group.keyword.casefold() not in map(str.casefold, work.keywords):
        return work
    role = group_role(group.name)
    for person in group.people:
        work = with_roles(work, person, role=role)

    def belongs(name: Name) -> bool:
        return group.role in name.roles if group.role else not group.people

    if group.people and not group.role:
        return work
    given = {
        variable: tuple(replace(name, roles=name.roles | {role}) if belongs(name) else name for name in names)
        for variable, names in work.people.items()
    }
    return replace(work, people={**work.people, **given})


def with_roles(work: Work, owner: Owner, *, role: str = ME) -> Work:
    """`work` with the `role` given to the owner's name in each of its lists of people, and `me` to nobody else.

    A name that is recognised with its family name first gets its real parts.
    """
    changed: dict[str, tuple[Name, ...]] = {}
    for variable, names in work.people.items():
        places = identify(names, owner, others=variable in work.others, role=role).positions
        if places or any(role == ME and ME in name.roles for name in names):
            changed[variable] = tuple(
                _with_role(owner.real_parts(name) if place in places else name, role, has=place in places)
                for place, name in enumerate(names, 1)
            )
    return replace(work, people={**work.people, **changed}) if changed else work


def _with_role(name: Name, role: str, *, has: bool) -> Name:
    if has == (role in name.roles):
        return name
    if has:
        return replace(name, roles=name.roles | {role})
    return replace(name, roles=name.roles - {role}) if role == ME else name
