"""From an identifier to the record that an entry is made of: the services are asked, and the best record is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubtrack.bibtex.from_record import choose_record
from pubtrack.model.errors import PubtrackError, UsageError, warn
from pubtrack.model.identifiers import identifier, isbn
from pubtrack.model.record import Identifier, IdentifierKind, Lookup, Record
from pubtrack.sources._work_types import UNCITABLE
from pubtrack.sources.fetch import DEFAULT, JobProgress, Progress, fetch, of_job
from pubtrack.sources.http import Client, client_or_default

_KINDS: dict[IdentifierKind, str] = {
    "doi": "a DOI",
    "arxiv": "a number of arXiv's",
    "pmid": "a number of PubMed's",
    "isbn": "an ISBN",
}


def parse_identifier(kind: IdentifierKind, value: str) -> Identifier:
    """What was typed, as the services know it; raises UsageError where it is none."""
    found = identifier(kind, value)
    if found is None and kind == "url":
        raise UsageError(f"{ascii(value)[:100]} does not say which work it shows; give its DOI with --doi")
    if found is None:
        raise UsageError(f"{ascii(value)[:100]} is not {_KINDS[kind]}")
    return found


def recognise_identifier(value: str) -> Identifier:
    """The identifier that a text is: a DOI, an arXiv number, an ISBN, or an address that names one of these or a PMID.

    Raises UsageError where it is none. A bare number may be many things, so a PMID stands behind "pmid:".
    """
    prefix, _, rest = value.strip().partition(":")
    if prefix.lower() in _KINDS and rest:
        return parse_identifier(prefix.lower(), rest.strip())  # type: ignore[arg-type]
    kinds: tuple[IdentifierKind, ...] = ("url",) if "://" in value else ("doi", "arxiv", "isbn")
    for kind in kinds:
        if found := identifier(kind, value):
            return found
    raise UsageError(
        f"{ascii(value)[:100]} is not a DOI, an arXiv number, an ISBN or the address of a work; a PMID is pmid:123"
    )


def find_record(identifier: str, *, client: Client | None = None, progress: JobProgress | None = None) -> Record:
    """The best record of a DOI, an arXiv number, "pmid:…", an ISBN or the address of a work.

    `client` is the network for one run; one of its own is opened where none is given. Raises UsageError for what is
    none of these, and PubtrackError where no service describes the work or answers; a retraction, a preprint that has
    been published and the like are warnings.
    """
    named = recognise_identifier(identifier)
    with client_or_default(client) as used:
        found, problems = best_records(used, [named], of_job(progress, "Asking"))
    if not found:
        raise PubtrackError(problems[0])
    record = found[0][1]
    for remark in record_remarks(record):
        warn(f"{named.value}: {remark}")
    return record


def best_records(
    client: Client, named: Sequence[Identifier], progress: Progress | None = None
) -> tuple[list[tuple[Identifier, Record]], list[str]]:
    """The best record of each identifier, and what is wrong with those that have none that can be used."""
    services = (*DEFAULT, "pubmed") if any(one.kind == "pmid" for one in named) else DEFAULT
    fetched = fetch(client, named, services=services, progress=progress)
    answers = dict(fetched)
    # PubMed knows the DOI, and Crossref says more of the work.
    dois = {
        one: Identifier("doi", doi)
        for one in named
        if one.kind == "pmid" and (doi := next((r.work.doi for r in answers[one].records if r.work.doi), ""))
    }
    further = fetch(client, dois.values(), progress=progress) if dois and not fetched.stopped else {}
    found, problems = [], []
    for one in named:
        records = answers[one].records
        if one in dois and dois[one] in further:
            records = (*further[dois[one]].records, *records)
        chosen, problem = _chosen(one, replace(answers[one], records=records))
        if chosen is None:
            problems.append(f"{one.value}: {problem}")
        else:
            found.append((one, chosen))
    return found, problems


def _chosen(one: Identifier, answer: Lookup) -> tuple[Record | None, str]:
    """The record to make an entry from, or None with the reason."""
    records = [record for record in answer.records if one.kind != "isbn" or isbn(record.work.get("isbn")) == one.value]
    if one.kind == "isbn":
        records = [record for record in records if record.work.type == "book"]
    failures = "; ".join(failure.message for failure in answer.failures)
    record = choose_record(records, arxiv=one.kind == "arxiv")
    if record is None:
        absent = {"isbn": "Crossref has no book with this ISBN; give its DOI, or BibTeX text"}
        if answer.exists is False and not failures:
            return None, "there is no such DOI"
        if records:
            return None, f"{records[0].source} gives it no title"
        return None, failures or absent.get(one.kind, "none of the services asked describes it")
    if record.source == "openalex" and failures:
        return None, f"{failures}, and OpenAlex alone is not to be relied on"
    if record.registered_type in UNCITABLE:
        return None, f'it is registered as "{record.registered_type}", which is not a work to list'
    return record, ""


def record_remarks(record: Record) -> Iterator[str]:
    """What a reader of an entry made of the record should know, a line each."""
    for update in record.updates:
        if update.severity in ("error", "warning"):
            notice = f", see {update.notice}" if update.notice else ""
            yield f"{update.kind.replace('_', ' ')} is noted by {', '.join(update.sources)}{notice}"
    if "caps-title" in record.traits:
        yield f"{record.source} has the title in capitals; write it as it should be"
    if "caps-names" in record.traits:
        yield f"{record.source} has the names in capitals; write them as they should be"
    if "garbled" in record.traits:
        yield f"{record.source} sent characters that were decoded wrongly; look at the entry"
    if not record.work.author and not record.work.people.get("editor"):
        yield f"{record.source} names no author"
    for doi in record.published_dois:
        yield f"it is the preprint of {doi}"
