"""From a project and a list's options to the `Listing` that a writer takes; used by render, cv and show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.config import ListConfig
    from pubtrack.rendered import Listing
    from pubtrack.richtext import Mark


def listing_of(project: Project, options: ListConfig, keys: Sequence[str] = ()) -> Listing:
    """The list that `options` describe, of the whole library or of `keys`; its warnings are said on stderr."""
    from pathlib import Path

    from pubtrack.csl import Style
    from pubtrack.listing import Surroundings, make_listing

    config = project.config

    def style(name: str) -> Style:
        local = config.root / name
        return Style.load(str(local) if local.suffix == ".csl" and not Path(name).is_absolute() else name)

    ways: list[tuple[str, Mark]] = [
        (f"highlight {group}", one.with_) for group, one in config.highlight.items() if one.with_ != "none"
    ]
    works = project.works
    if keys:
        by_key = {work.id: work for work in works}
        works = [by_key[work.id] for work in project.library.chosen(keys)]
        options = replace(options, preprints="all")  # who names an entry wants to see it
    around = Surroundings(style, config.marks, tuple(ways), config.venues, project.published)
    listed = make_listing(works, options, around)
    for warning in listed.warnings:
        project.say(warning)
    return listed.listing
