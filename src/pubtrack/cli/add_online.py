"""What `pubtrack add` gets from the services by identifiers: their options, and the entries of the best records."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.bibtex.document import Document
    from pubtrack.model.record import Identifier, IdentifierKind, Record
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
    from pubtrack.cli.network import progress_bar
    from pubtrack.sources.best_record import best_records, parse_identifier

    named = list(dict.fromkeys(parse_identifier(kind, value) for kind, value in typed))
    if problems := [problem for one in named if (problem := _in_store(project, one))]:
        report_problems(problems)
    with progress_bar(project, "Asking") as progress:
        records, problems = best_records(client, named, progress)
    if problems:
        report_problems([f"{problem}; nothing was added" for problem in problems])
    return [document_of(project, record, one.value) for one, record in zip(named, records, strict=True)]


def _in_store(project: Project, one: Identifier) -> str:
    """Says that a work with this identifier stands in the store, before anybody is asked; "" if none does."""
    from pubtrack.matching import identifiers

    twin = next((work for work in project.library.works if one in identifiers(work)), None)
    return f'{one.value} is in the store already as "{twin.id}"' if twin is not None else ""


def document_of(project: Project, record: Record, name: str) -> Document:
    """The entry of a record as a document called `name`; says what a reader of it should know."""
    from pubtrack.bibtex.document import parse
    from pubtrack.bibtex.from_record import entry_of
    from pubtrack.sources.best_record import record_remarks

    for remark in record_remarks(record):
        project.say(f"{name}: {remark}")
    return parse(entry_of(record.work, project.config.store.dialect), file=name)


def report_problems(problems: Sequence[str]) -> NoReturn:
    """A line on stderr for each problem; raises PubtrackError for the last."""
    from pubtrack.cli.terminal import printable
    from pubtrack.model.errors import PubtrackError

    for problem in problems[:-1]:
        click.echo(printable(problem), err=True)
    raise PubtrackError(problems[-1])
