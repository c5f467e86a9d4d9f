"""pubtrack add --from-paper: a paper's .bib beside the store, listed for people or programs; what is chosen of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from pubtrack.cli.project import BROKEN, Project
from pubtrack.cli.terminal import printable

if TYPE_CHECKING:
    from pubtrack.bibtex.document import Document
    from pubtrack.compare_bib import PaperEntry, Unlike

_WIDTH = 100  # characters of a value that are shown to people


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """All entries of each document, those to be listed, and whether something could not be read."""

    papers: tuple[tuple[Document, tuple[PaperEntry, ...]], ...]
    listed: tuple[PaperEntry, ...]
    broken: bool

    @property
    def left_out(self) -> int:
        return sum(len(found) for _, found in self.papers) - len(self.listed)


def compare_documents(project: Project, documents: Sequence[Document], *, everybody: bool) -> ComparisonReport:
    """The entries of `documents` beside the store's; faults in either are printed on stderr.

    Of those that the store lacks only the owner's are listed, unless `everybody` is, or nobody is the owner.
    """
    from pubtrack import compare_bib

    broken = project.report_problems()
    everybody = everybody or project.owner is None
    papers = []
    for document in documents:
        pairs, findings = compare_bib.read(document)
        faults = [one for one in (*document.problems, *findings) if one.severity == "error"]
        for finding in faults:
            click.echo(printable(str(finding)), err=True)
        broken = broken or any(finding.code in BROKEN for finding in faults)
        works = project.recognised([work for _, work in pairs])
        entries = [(entry, work) for (entry, _), work in zip(pairs, works, strict=True)]
        found = compare_bib.compare(entries, project.library.works, file=document.file, venues=project.config.venues)
        papers.append((document, tuple(found)))
    listed = tuple(
        one for _, found in papers for one in found if everybody or one.status != "new" or one.version or one.is_mine
    )
    return ComparisonReport(tuple(papers), listed, broken)


def chosen_documents(report: ComparisonReport, keys: Sequence[str] | None) -> list[Document]:
    """The entries `keys` of the papers, or all that are listed as new, as documents that may be added to the store."""
    from pubtrack.compare_bib import select_entries
    from pubtrack.model.errors import PubtrackError, did_you_mean

    if keys is None:
        keys = [one.work.id for one in report.listed if one.status == "new"]
    known = {key for document, _ in report.papers for key in document.by_key}
    for key in keys:
        if key not in known:
            raise PubtrackError(f'the paper has no entry "{key}"{did_you_mean(key, known)}')
    parts = []
    left = list(dict.fromkeys(keys))
    for document, found in report.papers:
        own = [key for key in left if key in document.by_key]
        left = [key for key in left if key not in own]
        if own:
            parts.append(select_entries(document, own, found))
    return parts


def print_comparison(project: Project, report: ComparisonReport, *, as_json: bool, check: bool) -> int:
    """Prints the report; the exit code: 1 where something could not be read, with `check` for anything listed."""
    if as_json:
        _print_json(report)
    else:
        for one in report.listed:
            _print(one)
    if report.left_out:
        several = "entries" if report.left_out > 1 else "entry"
        project.say(f"{report.left_out} {several} by others that the store lacks left out; --all lists them")
    return 1 if report.broken or (check and any(one.status != "same" for one in report.listed)) else 0


def _print(one: PaperEntry) -> None:
    """A line for the entry, one for each field; an entry that is the same under the same key is passed over."""
    if one.status == "same" and one.twin == one.work.id:
        return
    where = f' is "{one.twin}" in the store ({one.reason})' if one.twin != one.work.id else ""
    if one.status == "new":
        where = f": {_citation(one)}"
    lines = [f"{one.status.replace('-', ' '):9} {one.work.id or '(no key)'}{where}"]
    if one.version:
        what = "preprint" if one.version == "preprint" else "published version"
        lines.append(f'          the store has its {what} as "{one.other}"')
    if one.clash:
        lines.append("          another work has this key in the store")
    lines += (
        f"          {each.field}: {_short(each.store)} in the store, {_short(each.paper)} in the paper"
        for each in one.differences
    )
    lines += (f"          {each.field}: {_short(each.paper)} in the paper alone" for each in one.fills)
    click.echo(printable("\n".join(lines)))


def _citation(one: PaperEntry) -> str:
    from pubtrack.writers.text import inline

    people = one.work.author or one.work.people.get("editor", ())
    named = f"{people[0]}{' et al.' if len(people) > 1 else ''}, " if people else ""
    year = f" ({one.work.issued.year})" if one.work.issued is not None and one.work.issued.year is not None else ""
    return _short(f"{named}{inline(one.work.title)}{year}")


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _WIDTH else value[: _WIDTH - 1].rstrip() + "…"


def _print_json(report: ComparisonReport) -> None:
    import json

    entries = [
        {
            "key": one.work.id,
            "file": one.file,
            "line": one.line,
            "status": one.status,
            "mine": one.is_mine,
            "store_key": one.twin,
            "reason": one.reason,
            "other_version": {"key": one.other, "kind": one.version} if one.version else None,
            "key_in_use": one.clash,
            "differences": [_members(each) for each in one.differences],
            "fills": [_members(each) for each in one.fills],
        }
        for one in report.listed
    ]
    click.echo(json.dumps({"entries": entries, "left_out": report.left_out}, indent=2))


def _members(unlike: Unlike) -> dict[str, str]:
    return {"field": unlike.field, "store": unlike.store, "paper": unlike.paper}
