"""Build the `Listing` of a project's list; used by render, cv and show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pubtrack.cli.list_remarks import say_articles
from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.config import ListConfig
    from pubtrack.lists.listing_model import Listing


def configured_list(project: Project, name: str) -> ListConfig:
    """The list `name` of the configuration.

    Raises PubtrackError with the configuration's file for a wrong filter or sort key in it, so that nobody looks for
    the mistake in the command or the document that asked for the list.
    """
    from pubtrack.lists.filters import compile_filter
    from pubtrack.lists.listing import check_keys
    from pubtrack.lists.sorting import compile_sort
    from pubtrack.model.errors import PubtrackError

    config = project.config
    options = config.list_named(name)
    own = project.own_fields
    try:
        for where in (options.where, *(section.where for section in options.sections)):
            compile_filter(where, config.venues, own)
        for sort in (options.order, *(section.sort or "" for section in options.sections)):
            if sort != "style":
                compile_sort(sort, own=own)
        if options.keys:
            check_keys(options.keys, [work.id for work in project.library.works])
    except PubtrackError as error:
        if error.file:  # the store cannot be read
            raise
        raise PubtrackError(f'list "{name}": {error.message}', file=config.file) from error
    return options


def listing_of(project: Project, options: ListConfig, keys: Sequence[str] = (), *, named_style: str = "") -> Listing:
    """The list that `options` describe, of the whole library or of `keys`; its warnings are said on stderr.

    `named_style` is a style that the user named; a file of any other must lie in the project folder.
    """
    from pathlib import Path

    from pubtrack.csl import Style
    from pubtrack.lists.listing import ListingContext, make_listing
    from pubtrack.lists.role_marks import group_highlights

    config = project.config

    def style(name: str) -> Style:
        permit = None if name == named_style else project.containment.check_configured
        is_path = name.endswith(".csl") and ("/" in name or (config.root / name).is_file())
        if not is_path or Path(name).is_absolute():
            return Style.load(name, permit)
        # "./" stays before a path in this folder, so that it is taken for one.
        return Style.load(f"{config.root.as_posix()}/{name.removeprefix('./')}", permit)

    groups = group_highlights(config.highlight)
    around = ListingContext(
        style,
        config.marks,
        groups,
        config.venues,
        own=project.own_fields,
        print_as=project.owner.printed if project.owner is not None else None,
    )
    if keys:
        works = project.recognised(project.chosen(keys))
        options = replace(options, preprints="all", keys=())  # who names an entry wants to see it
    else:
        works = project.works
        around = replace(around, published=project.published)
    say_articles(project, [options.where, *(section.where for section in options.sections)], works)
    listed = make_listing(works, options, around)
    for warning in listed.warnings:
        project.say(warning)
    for key in listed.unprinted:
        project.leave_out(key)
    _say_wrong_marks(project, [item.work.id for item in listed.listing.items])
    return listed.listing


_NAMED = 3
"""How many wrong marks are told one by one."""


def _say_wrong_marks(project: Project, keys: Sequence[str]) -> None:
    """Names on stderr the marks in the entries `keys` that cannot be printed, because they name nobody or no role."""
    from pubtrack.bibtex.annotated_names import annotated_names
    from pubtrack.model.annotation_problems import annotation_problems

    store = project.library.store
    if store is None:
        return
    shown = set(keys)
    wrong = [
        f"{entry.key}: {one.field}: {problem.message}"
        for document in store.documents
        for entry in document.entries
        if entry.key in shown
        for one in annotated_names(entry)
        for problem in annotation_problems(one.names, {one.title: one.latex}, project.config.roles)
        if problem.certain
    ]
    for message in wrong[:_NAMED]:
        project.say(message)
    if len(wrong) > _NAMED:
        project.say(f"{len(wrong) - _NAMED} more marks are wrong; `pubtrack check --select nam-mark` shows them")
