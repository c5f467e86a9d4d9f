"""What `pubtrack add` gets from the services by identifiers: their options, and the entries of the best records."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.bibtex.document import Document
    from pubtrack.model.record import Identifier, IdentifierKind, Lookup, Record
    from pubtrack.model.work import Work
    from pubtrack.sources.http import Client

Function = TypeVar("Function", bound=Callable[..., Any])
OWN = "the owner's"
"""The value of --orcid where none is given."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `add` is asked to get: identifiers as typed by kind, words to search for, an iD, and which of the found."""

    typed: tuple[tuple[IdentifierKind, str], ...] = ()
    search: str | None = None
    orcid: str | None = None
    picked: tuple[int, ...] = ()

    @property
    def is_online(self) -> bool:
        return bool(self.typed) or self.search is not None or self.orcid is not None


def online_options(command: Function) -> Function:
    """--doi and its like, --search, --orcid and --pick, as a `Wanted` in the argument `wanted`."""

    @functools.wraps(command)
    def run(*arguments: Any, search: str | None, orcid: str | None, pick: tuple[int, ...], **rest: Any) -> Any:
        kinds: tuple[IdentifierKind, ...] = ("doi", "arxiv", "pmid", "isbn", "url")
        typed = tuple((kind, value) for kind in kinds for value in rest.pop(f"{kind}s"))
        return command(*arguments, wanted=Wanted(typed, search, orcid, pick), **rest)

    decorated: Any = run
    for option in reversed(
        (
            click.option("--doi", "dois", multiple=True, metavar="DOI", help="Add the work of this DOI (repeatable)."),
            click.option("--arxiv", "arxivs", multiple=True, metavar="ID", help="Add this paper of arXiv's."),
            click.option("--pmid", "pmids", multiple=True, metavar="ID", help="Add this article of PubMed's."),
            click.option("--isbn", "isbns", multiple=True, metavar="ISBN", help="Add the book, where Crossref has it."),
            click.option("--url", "urls", multiple=True, metavar="URL", help="Add the work that this address names."),
            click.option("--search", metavar="WORDS", help="List works like these words; --pick N adds one."),
            click.option(
                "--orcid", is_flag=False, flag_value=OWN, metavar="[ID]",
                help="List the works of this author (the owner) that the store lacks.",
            ),
            click.option(
                "--pick", multiple=True, type=click.IntRange(min=1), metavar="N",
                help="--search, --orcid: add this one of the list (repeatable).",
            ),
        )
    ):  # fmt: skip
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


# By identifier -----------------------------------------------------------------------------------------------------


def documents_of(project: Project, client: Client, typed: Sequence[tuple[IdentifierKind, str]]) -> list[Document]:
    """An entry for each of the identifiers, all or none.

    Raises PubtrackError for the last that cannot be had, after a line on stderr for each other.
    """
    named = list(dict.fromkeys(identifier_of(kind, value) for kind, value in typed))
    if problems := [problem for one in named if (problem := _in_store(project, one))]:
        report_problems(problems)
    records, problems = best_records(project, client, named)
    if problems:
        report_problems(problems)
    return [document_of(project, record, one.value) for one, record in records]


def identifier_of(kind: IdentifierKind, value: str) -> Identifier:
    """What was typed, as the services know it; raises UsageError where it is none."""
    from pubtrack.model.errors import UsageError
    from pubtrack.model.identifiers import identifier

    found = identifier(kind, value)
    if found is None and kind == "url":
        raise UsageError(f"{ascii(value)[:100]} does not say which work it shows; give its DOI with --doi")
    if found is None:
        names = {"doi": "a DOI", "arxiv": "a number of arXiv's", "pmid": "a number of PubMed's", "isbn": "an ISBN"}
        raise UsageError(f"{ascii(value)[:100]} is not {names[kind]}")
    return found


def _in_store(project: Project, one: Identifier) -> str:
    """Says that a work with this identifier stands in the store, before anybody is asked; "" if none does."""
    from pubtrack.matching import identifiers

    twin = next((work for work in project.library.works if one in identifiers(work)), None)
    return f'{one.value} is in the store already as "{twin.id}"' if twin is not None else ""


def best_records(
    project: Project, client: Client, named: Sequence[Identifier]
) -> tuple[list[tuple[Identifier, Record]], list[str]]:
    """The best record of each identifier, and what is wrong with those that have none that can be used."""
    from pubtrack.cli.network import progress_bar
    from pubtrack.model.record import Identifier
    from pubtrack.sources.fetch import DEFAULT, fetch

    services = (*DEFAULT, "pubmed") if any(one.kind == "pmid" for one in named) else DEFAULT
    with progress_bar(project, "Asking") as progress:
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
            problems.append(f"{one.value}: {problem}; nothing was added")
        else:
            found.append((one, chosen))
    return found, problems


def _chosen(one: Identifier, answer: Lookup) -> tuple[Record | None, str]:
    """The record to make an entry from, or None with the reason."""
    from pubtrack.bibtex.from_record import choose_record
    from pubtrack.model.identifiers import isbn

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
    from pubtrack.sources._work_types import UNCITABLE

    if record.registered_type in UNCITABLE:
        return None, f'it is registered as "{record.registered_type}", which is not a work to list'
    return record, ""


def document_of(project: Project, record: Record, name: str, work: Work | None = None) -> Document:
    """The entry of a record as a document called `name`; says what a reader of it should know."""
    from pubtrack.bibtex.document import parse
    from pubtrack.bibtex.from_record import entry_of

    _remark(project, record, name)
    return parse(entry_of(work or record.work, project.config.store.dialect), file=name)


def _remark(project: Project, record: Record, name: str) -> None:
    for update in record.updates:
        if update.severity in ("error", "warning"):
            notice = f", see {update.notice}" if update.notice else ""
            project.say(f"{name}: {update.kind.replace('_', ' ')} is noted by {', '.join(update.sources)}{notice}")
    if "caps-title" in record.traits:
        project.say(f"{name}: {record.source} has the title in capitals; write it as it should be")
    if "caps-names" in record.traits:
        project.say(f"{name}: {record.source} has the names in capitals; write them as they should be")
    if "garbled" in record.traits:
        project.say(f"{name}: {record.source} sent characters that were decoded wrongly; look at the entry")
    if not record.work.author and not record.work.people.get("editor"):
        project.say(f"{name}: {record.source} names no author")
    for doi in record.published_dois:
        project.say(f"{name}: it is the preprint of {doi}")


def report_problems(problems: Sequence[str]) -> NoReturn:
    """A line on stderr for each problem; raises PubtrackError for the last."""
    from pubtrack.cli.terminal import printable
    from pubtrack.model.errors import PubtrackError

    for problem in problems[:-1]:
        click.echo(printable(problem), err=True)
    raise PubtrackError(problems[-1])
