"""From identifiers to the records that entries are made of: the services are asked, and the best record is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pubtrack.bibtex.from_record import choose_record
from pubtrack.matching.author_works import Authored
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
    if not isinstance(value, str):
        raise UsageError('an identifier is a text, as in "10.5555/12345678"')
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
    """The best record of a DOI, an arXiv number, "pmid:…", an ISBN or the address of a work; see `find_records`."""
    return find_records([identifier], client=client, progress=progress)[0]


def find_records(
    works: Iterable[str | Authored], *, client: Client | None = None, progress: JobProgress | None = None
) -> tuple[Record, ...]:
    """The best record of each: of an identifier as `find_record` takes it, or of a work that a library lacks.

    All are asked about together. `client` is the network for one run, a default one where none is given; `progress` is
    called with what is being done, how many are done and how many there are. Raises UsageError for what is no
    identifier, and PubtrackError, naming each, where no service describes a work or answers. A retraction, a preprint
    that has been published and the like are a PubtrackWarning.
    """
    if isinstance(works, str) or not isinstance(works, Iterable):
        raise UsageError("identifiers are a list; find_record takes one")
    named = [one if isinstance(one, Authored) else recognise_identifier(one) for one in works]
    with client_or_default(client) as used:
        records, problems = best_records(used, named, of_job(progress, "Asking"))
    if problems:
        raise PubtrackError("; ".join(problems))
    for one, record in zip(named, records, strict=True):
        for remark in record_remarks(record):
            warn(f"{record.id if isinstance(one, Authored) else one.value}: {remark}")
    return tuple(records)


def best_records(
    client: Client, works: Sequence[Identifier | Authored], progress: Progress | None = None
) -> tuple[list[Record], list[str]]:
    """The best record of each, unless something is wrong with one, which the second list says.

    A work of an author's that was listed in short is looked up by its identifier; a paper is given the number of its
    preprint at arXiv, so that both are one.
    """
    names = [_identifier_of(one) if isinstance(one, Authored) else one for one in works]
    answers = _fetch_all(client, list(dict.fromkeys(name for name in names if name is not None)), progress)
    records, problems = [], list[str]()
    for one, name in zip(works, names, strict=True):
        chosen, problem = (None, "") if name is None else _chosen(name, answers[name])
        if problem and name is not None:
            problems.append(f"{name.value}: {problem}")
        if isinstance(one, Authored):
            chosen = _with_preprint(chosen or one.chief, one.arxiv)
        if chosen is not None:
            records.append(chosen)
    return records, list(dict.fromkeys(problems))


def _identifier_of(one: Authored) -> Identifier | None:
    """What the work is looked up by; None where its own record is all there is."""
    if one.doi:
        return Identifier("doi", one.doi)
    return Identifier("arxiv", one.arxiv) if one.arxiv and one.published is None else None


def _with_preprint(record: Record, number: str) -> Record:
    work = record.work
    if not number or work.type == "article" or "eprint" in work.custom:
        return record
    return replace(record, work=replace(work, custom={**work.custom, "eprint": number, "eprinttype": "arXiv"}))


def _fetch_all(client: Client, named: Sequence[Identifier], progress: Progress | None) -> dict[Identifier, Lookup]:
    """The services' answers; those of a PMID with what is said of its DOI, for Crossref says more than PubMed."""
    services = (*DEFAULT, "pubmed") if any(one.kind == "pmid" for one in named) else DEFAULT
    fetched = fetch(client, named, services=services, progress=progress)
    answers = dict(fetched)
    dois = {
        one: Identifier("doi", doi)
        for one in named
        if one.kind == "pmid" and (doi := next((r.work.doi for r in answers[one].records if r.work.doi), ""))
    }
    further = fetch(client, dois.values(), progress=progress) if dois and not fetched.stopped else {}
    for one, by_doi in dois.items():
        if by_doi in further:
            answers[one] = replace(answers[one], records=(*further[by_doi].records, *answers[one].records))
    return answers


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
