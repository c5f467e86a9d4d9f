"""The verbs for scripts and notebooks: works in, a rendered list out; a library in, the text of an export out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pubtrack.config import DEFAULT_MARKS, ListConfig, export_options
from pubtrack.csl import Style
from pubtrack.lists.listing import ListingContext, make_listing
from pubtrack.lists.sorting import STYLE
from pubtrack.model.errors import PubtrackError, UsageError, did_you_mean
from pubtrack.model.work import Work
from pubtrack.people.owner import Owner, with_roles
from pubtrack.store.library import Library
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
        make_listing(works, wanted, ListingContext(Style.load, DEFAULT_MARKS)).listing, to, standalone=standalone
    )


def export(
    library: Library,
    to: str = "bibtex",
    *,
    keys: Sequence[str] | None = None,
    profile: str = "",
    also: Sequence[Library] = (),
    venues: Mapping[str, str] | None = None,
    **options: Any,
) -> str | Mapping[str, str]:
    """The entries of `keys` (None: all) as another program reads them; a folder's files by their paths.

    `to` is "bibtex" or "biblatex" for the .bib that a paper needs, with all that its entries refer to: `profile` is a
    built-in one (ieee, acm, springer, …), `options` change it as the keys of `[exports.NAME]` in pubtrack.toml do,
    `also` are more libraries to look in, `venues` short names of conferences with their full ones. Any other format of
    `pubtrack export --to` takes neither. Raises PubtrackError for a key, format or profile that is not there, for a
    broken entry, and for a character that the encoding has no form for.

    >>> from pubtrack import Library, export
    >>> library = Library.parse(b"@book{a, author={Doe, Jane}, title={On Work}, date={1999-05}, file={x.pdf}}")
    >>> print(export(library, keys=["a"]).partition("sum ")[2][17:], end="")
    @book{a,
      author        = {Doe, Jane},
      title         = {On Work},
      year          = {1999},
      month         = may,
    }
    """
    from pubtrack import exports

    if to not in ("bibtex", "biblatex"):
        if profile or options or also:
            raise UsageError(f'a profile and its options are for .bib files; "{to}" has none')
        return exports.export(exports.Selection((exports.SelectionSection(library.chosen(keys or ())),)), to)
    return _bib([library, *also], to, keys, profile, venues, options)


def _bib(
    libraries: Sequence[Library],
    dialect: str,
    keys: Sequence[str] | None,
    profile: str,
    venues: Mapping[str, str] | None,
    options: Mapping[str, Any],
) -> str:
    from pubtrack.exports import bib

    for key in keys or ():
        if not any(bib.has_key(one, key) for one in libraries):
            known = [name for one in libraries for name in bib.all_keys(one)]
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, known)}')
    wanted = export_options({"dialect": dialect, **options})
    exported = bib.export_bib(libraries, keys, bib.override_profile(bib.profile_named(profile), wanted), venues=venues)
    for finding in exported.findings:
        if finding.severity == "error":
            raise PubtrackError(
                f"{finding.key}: {finding.message}", file=finding.file, line=finding.line, column=finding.column
            )
    return exported.text
