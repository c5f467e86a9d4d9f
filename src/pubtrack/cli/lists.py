"""From a project and a list's options to the `Listing` that a writer takes; used by render, cv, list and show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.config import ListConfig
    from pubtrack.rendered import Listing
    from pubtrack.richtext import Mark
    from pubtrack.work import Work


def works_with_roles(project: Project, keys: Sequence[str] = ()) -> list[Work]:
    """The library's works, or those of `keys`, with the owner and the people of [highlight] recognised."""
    from pubtrack.owner import Owner, with_roles

    works = list(project.library.chosen(keys))
    people = [(f"highlight {group}", one.names) for group, one in project.config.highlight.items()]
    if project.owner is not None:
        works = [with_roles(work, project.owner) for work in works]
    for role, names in people:
        for name in names:
            person = Owner.parse(name)
            works = [with_roles(work, person, role=role) for work in works]
    return works


def listing_of(project: Project, options: ListConfig, keys: Sequence[str] = ()) -> Listing:
    """The list that `options` describe, of the whole library or of `keys`; its warnings are said on stderr."""
    from pathlib import Path

    from pubtrack.csl import Style
    from pubtrack.listing import Surroundings, make_listing
    from pubtrack.matching import published_versions

    config = project.config

    def style(name: str) -> Style:
        local = config.root / name
        return Style.load(str(local) if local.suffix == ".csl" and not Path(name).is_absolute() else name)

    ways: list[tuple[str, Mark]] = [
        (f"highlight {group}", one.with_) for group, one in config.highlight.items() if one.with_ != "none"
    ]
    works = works_with_roles(project, keys)
    if keys:
        options = replace(options, preprints="all")  # who names an entry wants to see it
    around = Surroundings(style, config.marks, tuple(ways), config.venues, published_versions(works))
    listed = make_listing(works, options, around)
    for warning in listed.warnings:
        project.say(warning)
    return listed.listing
