"""The verbs for scripts and notebooks: works in, a rendered list out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pubtrack.config import DEFAULT_MARKS, ListConfig
from pubtrack.csl import Style
from pubtrack.listing import Surroundings, make_listing
from pubtrack.owner import Owner, with_roles
from pubtrack.sorting import STYLE
from pubtrack.work import Work
from pubtrack.writers import write


def render(
    works: Sequence[Work],
    style: str = "cv",
    to: str = "markdown",
    owner: str | Owner | None = None,
    *,
    standalone: bool = False,
    **options: Any,
) -> str | bytes:
    """A list of `works` in a citation style and a markup, the owner's name in bold.

    `options` are those of a list in pubtrack.toml (`sort`, `where`, `max_authors`, …); the order is the style's own
    unless `sort` says otherwise. The result is bytes for docx and pdf. Raises PubtrackError for a style, format,
    filter or sort key that is not there.

    >>> from pubtrack import Library, render
    >>> library = Library.parse(b"@book{a, author={Doe, Jane}, title={On Work}, year=1999}")
    >>> print(render(library.works, owner="Jane Doe"), end="")
    **Jane Doe**. **On Work**, 1999.
    """
    person = Owner.parse(owner) if isinstance(owner, str) else owner
    if person is not None:
        works = [with_roles(work, person) for work in works]
    wanted = replace(ListConfig(style=style, sort=STYLE if style != "cv" else "-date"), **options)
    return write(
        make_listing(works, wanted, Surroundings(Style.load, DEFAULT_MARKS)).listing, to, standalone=standalone
    )
