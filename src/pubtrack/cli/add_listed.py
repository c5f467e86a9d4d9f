"""The lists that `pubtrack add` offers to choose from: what a search finds, and an author's works that are lacked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from pubtrack.cli.add_online import OWN, Wanted, document_of, report_problems
from pubtrack.cli.options import refuse
from pubtrack.cli.project import Project
from pubtrack.cli.terminal import printable, table
from pubtrack.model.digits import int_of

if TYPE_CHECKING:
    from pubtrack.bibtex.document import Document
    from pubtrack.matching.author_works import Authored
    from pubtrack.model.record import Lookup, Record
    from pubtrack.sources.http import Client

_ROWS = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of a list: the record that stands for the work, and what else is known of it."""

    record: Record
    key: str = ""
    """Under which the store has it already."""
    authored: Authored | None = None


# What is offered ---------------------------------------------------------------------------------------------------


def search_crossref(project: Project, client: Client, words: str) -> tuple[list[Candidate], bool]:
    """What Crossref finds for the words, best first, and whether it answered at all."""
    from pubtrack.cli.network import progress_bar
    from pubtrack.matching import find_twin
    from pubtrack.sources.search import Query, search

    if not words.strip():
        refuse("--search has no word to search for")
    query = Query(words)
    with progress_bar(project, "Searching") as progress:
        answer = search(client, [query], rows=_ROWS, progress=progress)[query]
    found = []
    for record in answer.records:
        twin = find_twin(record.work, project.library.works)
        found.append(Candidate(record, twin[0].id if twin is not None else ""))
    return found, _reported(answer)


def list_missing_works(project: Project, client: Client, orcid: str) -> tuple[list[Candidate], bool]:
    """The works of an author that the store lacks, newest first, and whether every service answered."""
    from pubtrack.cli.network import progress_bar
    from pubtrack.matching.author_works import missing_works
    from pubtrack.model.identifiers import checked_orcid
    from pubtrack.sources.search import works_of

    if orcid == OWN:
        orcid = project.owner.orcid if project.owner is not None else ""
        if not orcid:
            refuse("the owner has no ORCID iD; set [owner] orcid in pubtrack.toml or give one to --orcid")
    with progress_bar(project, "Asking") as progress:
        answer = works_of(client, checked_orcid(orcid), progress=progress)
    works = missing_works(answer.records, project.library.works)
    return [Candidate(one.chief, authored=one) for one in works], _reported(answer)


def _reported(answer: Lookup) -> bool:
    for failure in answer.failures:
        click.echo(printable(f"pubtrack: {failure.message}"), err=True)
    return answer.complete


# The list ----------------------------------------------------------------------------------------------------------


def print_candidates(candidates: Sequence[Candidate], *, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps([_members(number, one) for number, one in enumerate(candidates, 1)], indent=2))
        return
    rows = []
    for number, one in enumerate(candidates, 1):
        shown = _members(number, one)
        named = shown["doi"] or (f"arXiv:{shown['arxiv']}" if shown["arxiv"] else one.record.id)
        people = shown["authors"]
        authors = ", ".join(people[:3]) + (" et al." if len(people) > 3 else "")
        rows.append((str(number), named, shown["title"], authors, str(shown["year"] or ""), _venue(shown)))
    head = ("", "DOI", "Title", "Authors", "Year", "Venue")
    table(head, rows, cut=("Venue", "Authors", "Title", "Year", "DOI"), below=("Title", "Authors", "Venue"))


def _venue(shown: dict[str, Any]) -> str:
    remarks = [f'in the store as "{shown["key"]}"'] if shown["key"] else []
    remarks += [f'paper of the preprint "{shown["preprint_key"]}"'] if shown["preprint_key"] else []
    if shown["doi"] and shown["arxiv"]:
        remarks.append(f"arXiv:{shown['arxiv']}")
    return f"{shown['venue']} ({', '.join(remarks)})" if remarks else str(shown["venue"])


def _members(number: int, one: Candidate) -> dict[str, Any]:
    from pubtrack.matching.author_works import own_doi
    from pubtrack.writers.text import inline

    work, group = one.record.work, one.authored
    year = group.year if group is not None else work.issued.year if work.issued is not None else None
    return {
        "number": number,
        "doi": group.doi if group is not None else own_doi(work),
        "arxiv": group.arxiv if group is not None else work.custom.get("eprint", ""),
        "type": work.type,
        "title": inline(work.title),
        "authors": [str(name) for name in work.author],
        "year": year,
        "venue": inline(work.values.get("container_title") or work.values.get("publisher", ())),
        "sources": list(group.sources) if group is not None else [one.record.source],
        "key": one.key,
        "preprint_key": group.preprint_key if group is not None else "",
    }


# The choice --------------------------------------------------------------------------------------------------------


def choice(candidates: Sequence[Candidate], wanted: Wanted, *, everything: bool, as_json: bool) -> list[Candidate]:
    """The candidates that were picked; asked for on a terminal where none was. Raises UsageError for a wrong number."""

    if everything:
        return list(candidates)
    numbers: Sequence[int] = wanted.picked
    if not numbers and not as_json and candidates and sys.stdin.isatty() and sys.stdout.isatty():
        typed = click.prompt("Which to add (numbers, none for none)", default="", show_default=False)
        words = typed.replace(",", " ").split()
        if not all(word.isdecimal() for word in words):
            refuse(f"{ascii(typed)[:60]} is not a list of numbers")
        numbers = [int_of(word) for word in words]
    for number in numbers:
        if not 1 <= number <= len(candidates):
            several = f"1 to {len(candidates)}" if candidates else "nothing"
            refuse(f"there is no {number} in the list, which has {several}")
    return [candidates[number - 1] for number in dict.fromkeys(numbers)]


def documents_of(project: Project, client: Client, chosen: Sequence[Candidate]) -> list[Document]:
    """The entries of the chosen candidates. What was listed in short is looked up by its identifier first."""
    from pubtrack.cli.network import progress_bar
    from pubtrack.sources.best_record import best_records

    problems = [f'{one.record.id} is in the store already as "{one.key}"' for one in chosen if one.key]
    records = [one.record for one in chosen]
    authored = [one.authored for one in chosen if one.authored is not None]
    if authored and not problems:  # a list is of one kind
        with progress_bar(project, "Asking") as progress:
            records, problems = best_records(client, authored, progress)
        problems = [f"{problem}; nothing was added" for problem in problems]
    if not problems:
        problems = [
            f"{record.id}: no service names its authors; add it as BibTeX text"
            for record in records
            if not record.work.creators
        ]
    if problems:
        report_problems(problems)
    return [document_of(project, record, record.id) for record in records]
