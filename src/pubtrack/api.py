"""The verbs for scripts and notebooks: works in, a rendered list out; a library in, the text of an export out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pubtrack.config import DEFAULT_MARKS, export_options, highlight_config, list_config
from pubtrack.csl import Style
from pubtrack.lists.listing import ListingContext, make_listing
from pubtrack.lists.listing_model import Listing
from pubtrack.lists.role_marks import group_highlights
from pubtrack.model.errors import PubtrackError, UsageError, did_you_mean
from pubtrack.model.work import Work
from pubtrack.people.groups import parse_groups, recognise
from pubtrack.people.owner import Owner
from pubtrack.store.library import Library, checked_keys
from pubtrack.writers import write


class RenderedList(str):
    """A rendered list: the text itself, which notebooks show as a page."""

    _listing: Listing

    def _repr_html_(self) -> str:
        return str(write(self._listing, "html"))

    def _repr_markdown_(self) -> str:
        return str(write(self._listing, "markdown"))


def render(
    works: Iterable[Work],
    style: str = "cv",
    to: str = "markdown",
    owner: str | Owner | None = None,
    *,
    standalone: bool = False,
    groups: Mapping[str, Any] | None = None,
    venues: Mapping[str, str] | None = None,
    **options: Any,
) -> str | bytes:
    """A list of `works` in a citation style and a markup, the owner's name in bold.

    `options` are those of a list in pubtrack.toml (`sort`, `where`, `max_authors`, …); the newest come first in
    every style unless `sort` or `keys` says otherwise (`sort="style"`: the style's own order). `groups` are more people
    to highlight, as the tables of `[highlight]`, and `venues` short names of venues with their full ones, as in
    `[venues]`. The result is bytes for docx and pdf. Raises PubtrackError for a style, format, filter, sort key or
    option that is not there, and for a value that does not fit.

    >>> from pubtrack import Library, render
    >>> library = Library.parse(b"@book{a, author={Doe, Jane}, title={On Work}, year=1999}")
    >>> print(render(library.works, owner="Jane Doe"), end="")
    **Jane Doe**. **On Work**, 1999.
    """
    if not isinstance(to, str) or not (owner is None or isinstance(owner, (str, Owner))):
        raise UsageError("the format is a word, and the owner a name or an Owner")
    person = Owner.parse(owner) if isinstance(owner, str) else owner
    tables = highlight_config(groups or {})
    chosen = recognise(_works(works), person, parse_groups(tables))
    wanted = list_config({"style": style, **options})
    around = ListingContext(
        Style.load,
        DEFAULT_MARKS,
        group_highlights(tables),
        venues or {},
        print_as=person.printed if person is not None else None,
    )
    listing = make_listing(chosen, wanted, around).listing
    content = write(listing, to, standalone=standalone)
    if isinstance(content, bytes):
        return content
    shown = RenderedList(content)
    shown._listing = listing
    return shown


def _works(works: Iterable[Work]) -> list[Work]:
    """The works of any iterable of them, a library's too. Raises UsageError where there is anything else."""
    if isinstance(works, Work) or not isinstance(works, Iterable):
        raise UsageError("works are a library, a list of them or any other iterable")
    found = list(works)
    if not all(isinstance(work, Work) for work in found):
        raise UsageError("works are a library, a list of them or any other iterable; entries and keys are not works")
    return found


def export(
    library: Library,
    to: str = "bibtex",
    *,
    keys: Iterable[str] | None = None,
    profile: str = "",
    also: Iterable[Library] = (),
    venues: Mapping[str, str] | None = None,
    **options: Any,
) -> str | Mapping[str, str]:
    """The entries of `keys` (None: all, an empty list: none) as another program reads them; a folder by its files.

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

    chosen, others = checked_keys(keys), list(also)
    if to not in ("bibtex", "biblatex"):
        if profile or options or others or venues:
            raise UsageError(f'a profile and its options are for .bib files; "{to}" has none')
        works = library.works if chosen is None else library.chosen(chosen) if chosen else ()
        return exports.export(exports.Selection((exports.SelectionSection(works),)), to)
    return _bib([library, *others], to, chosen, profile, venues, options)


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
