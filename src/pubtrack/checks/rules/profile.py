"""The owner's list beside what ORCID and others file under the owner's iD: what is missing here, there, or not theirs.

Without a profile, which only `--online` brings and an owner with an ORCID iD has, these rules find nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pubtrack.bibtex import works as convert
from pubtrack.bibtex.document import parse
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import OwnerPlace, View
from pubtrack.checks.rule import Hit, rule
from pubtrack.checks.rules.own import misspelt
from pubtrack.matching import identifiers
from pubtrack.matching.author_works import find_counterpart, missing_works
from pubtrack.model.findings import Finding
from pubtrack.model.name import Name
from pubtrack.model.record import Lookup, Record
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.people.owner import Owner, identify
from pubtrack.sources import titles

_IRI = "0000-0002-1825-0097"
_OWNER = Owner.parse("Roe, Ann", orcid=_IRI)
_ONE = "@misc{roe2020, author = {Roe, Ann}, title = {A study of tea in cups}, year = 2020, doi = {10.1000/tea}}\n"
_TWO = "@misc{roe2021, author = {Roe, Ann}, title = {Growing coffee at home}, year = 2021, doi = {10.1000/coffee}}\n"


def _profile(*sources: str, family: str = "") -> Context:
    """A context in which ORCID has these works; `family` is how it spells the owner's name."""
    records = []
    for source in sources:
        work = convert.work(parse(source).entries[0])
        names = tuple(replace(name, family=family or name.family, orcid=_IRI if family else "") for name in work.author)
        people = {**work.people, "author": names}
        records.append(Record(replace(work, id="", people=people), "orcid", work.doi, f"https://doi.org/{work.doi}"))
    return Context(year=2026, owner=_OWNER, profile=Lookup(tuple(records), asked=("orcid",)))


def _own(view: View) -> tuple[OwnerPlace, ...]:
    """The store's works that are the owner's, or may be."""
    return tuple(place for place in view.owner_places if place.match.status != "absent")


def _is_owners(record: Record, owner: Owner) -> bool:
    """Whether the owner is among the authors, or may be: a record without authors speaks for nobody."""
    authors = record.work.author
    found = identify(authors, owner, others="author" in record.work.others) if authors else None
    return found is None or found.status != "absent" or bool(misspelt(authors, owner))


def _named(record: Record) -> str:
    year = record.work.issued.year if record.work.issued is not None else None
    return f'"{plain(record.work.title)}"{f" ({year})" if year else ""}; see {record.url or record.id}'


@rule(
    "net-orcid-missing",
    "info",
    why="It is in the list that others see, but not in the store; `pubtrack add --orcid` adds it.",
    source="ORCID, OpenAlex, Crossref and DataCite, by the owner's iD",
    bad=_ONE,
    good=_ONE + _TWO,
    given=lambda: _profile(_ONE, _TWO),
    needs="profile",
)
def net_orcid_missing(view: View, context: Context) -> Iterator[Finding]:
    """A work that a registry files under the owner's ORCID iD is not in the store."""
    owner, profile = context.owner, context.profile
    if owner is None or profile is None:
        return
    records = [record for record in profile.records if _is_owners(record, owner)]
    for one in missing_works(records, _works_here(view, context, records)):
        here = f'; the store has its preprint as "{one.preprint_key}"' if one.preprint_key else ""
        yield Finding("net-orcid-missing", "info", f"{_have(one.sources)} {_named(one.chief)}{here}")


def _have(sources: tuple[str, ...]) -> str:
    return f"{titles(sources)} {'has' if len(sources) == 1 else 'have'}"


def _works_here(view: View, context: Context, records: list[Record]) -> list[Work]:
    """The works that the records may be of: the owner's, and those of the same identifiers that forget the owner."""
    named = {one for record in records for one in identifiers(record.work)}
    forgetful = (work for _, work in view.works if not named.isdisjoint(identifiers(work)))
    return [*(place.work for place in _own(view)), *forgetful]


@rule(
    "net-orcid-absent",
    "info",
    why="Funders and universities count what stands in the ORCID record; it can be added there by its DOI.",
    source="the owner's ORCID record",
    bad=_ONE + _TWO,
    good=_ONE,
    given=lambda: _profile(_ONE),
    needs="profile",
)
def net_orcid_absent(view: View, context: Context) -> Iterator[Hit]:
    """A work of the owner's is not in the owner's ORCID record."""
    profile = context.profile
    if profile is None or "orcid" not in profile.asked:
        return
    records = [record for record in profile.records if record.source == "orcid"]
    own = [place for place in _own(view) if place.match.status == "certain"]
    works = [place.work for place in own]
    listed = {work.id for record in records if (work := find_counterpart(record, works)) is not None}
    where = f", https://orcid.org/{context.owner.orcid}" if context.owner is not None else ""
    for place in own if records else ():
        if place.work.id not in listed and not _is_listed_otherwise(place.work, records):
            yield Hit(place.item, None, f"this work is not in the owner's ORCID record{where}")


def _is_listed_otherwise(work: Work, records: list[Record]) -> bool:
    """Whether the other version (preprint or paper) of the work is listed."""
    return any(find_counterpart(record, [work]) is not None for record in records)


@rule(
    "net-orcid-namesake",
    "info",
    why="It counts as the owner's where nobody looks; ask the registry to take it off.",
    source="OpenAlex and others guess whose a work is",
    bad=_ONE,
    good=_ONE + _TWO.replace("Roe, Ann", "Poe, Carl"),
    given=lambda: _profile(_ONE, _TWO.replace("Roe, Ann", "Poe, Carl")),
    needs="profile",
)
def net_orcid_namesake(view: View, context: Context) -> Iterator[Finding]:
    """A registry files a work under the owner's ORCID iD that is not in the store, nor the owner among its authors."""
    owner, profile = context.owner, context.profile
    if owner is None or profile is None:
        return
    foreign = [record for record in profile.records if not _is_owners(record, owner)]
    for one in missing_works(foreign, [work for _, work in view.works]) if foreign else ():
        message = f"{_have(one.sources)} under the owner's iD a work by others: {_named(one.chief)}"
        yield Finding("net-orcid-namesake", "info", message)


@rule(
    "net-orcid-spelling",
    "info",
    why="Who looks for the owner by name does not find the work; publishers and registries correct it when asked.",
    source="the records filed under the owner's iD",
    bad=_ONE,
    good=_ONE.replace("}\n", ",\n  pubtrack-ignore = {net-orcid-spelling: they were told}}\n"),
    given=lambda: _profile(_ONE, family="Reo"),
    needs="profile",
)
def net_orcid_spelling(view: View, context: Context) -> Iterator[Hit]:
    """A registry misspells the owner's name in a work of the store."""
    owner, profile = context.owner, context.profile
    if owner is None or profile is None:
        return
    own = _own(view)
    works = [place.work for place in own]
    for record in profile.records:
        written = _misspelt(record.work.author, owner)
        work = find_counterpart(record, works) if written else None
        if work is not None:
            item = next(place.item for place in own if place.work is work)
            yield Hit(item, None, f'{titles([record.source])} has the owner as "{written}" in {_named(record)}')


def _misspelt(authors: tuple[Name, ...], owner: Owner) -> str:
    """How the owner is misspelt among the authors: under the owner's iD, or one or two letters off; "" if not."""
    for name in authors:
        if owner.orcid and name.orcid.upper().endswith(owner.orcid):
            return "" if owner.likeness(replace(name, orcid="")) is not None else str(name)
    bare = tuple(replace(name, orcid="") for name in authors)
    return "" if not bare or identify(bare, owner).status != "absent" else misspelt(bare, owner)
