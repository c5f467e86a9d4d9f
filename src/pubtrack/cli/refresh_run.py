"""One run of the refresh command: options to a refresh, and its outcome to the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from pubtrack.cli import refresh_edits, refresh_report
from pubtrack.cli.network import Network, open_client, progress_bars
from pubtrack.cli.options import refuse
from pubtrack.cli.project import Project
from pubtrack.cli.saves import edit_transaction
from pubtrack.lists.filters import compile_filter
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import plain
from pubtrack.refresh.field_kinds import biblatex_field, fields_named
from pubtrack.refresh.plan import RefreshOptions, plan
from pubtrack.refresh.proposal import Proposal
from pubtrack.refresh.published import Publishing
from pubtrack.refresh.responses import ask_services
from pubtrack.refresh.run import choose_targets, plan_and_keep, safe_proposals
from pubtrack.refresh.store_notes import applied_texts, read_bases
from pubtrack.refresh.target import Subject, refresh_targets

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to refresh: entries by key and filter, what to do with published preprints (None: as configured), and
    whether what has no identifier is searched for."""

    keys: tuple[str, ...] = ()
    where: str = ""
    published: Publishing | None = None
    search: bool = True


def refresh(
    project: Project, chosen: Chosen, network: Network, *, apply_safe: bool, dry_run: bool, as_json: bool
) -> int:
    """Ask, propose, print; with `apply_safe` write the fills and updates. The exit code: 1 if a service failed."""
    path = project.bib_path
    store = None if path.lower().endswith(".json") else project.library.store
    if store is None:
        refuse("only BibTeX can be refreshed; name a .bib file or a folder of them with --bib")
    if path == "-" and apply_safe and not dry_run:
        refuse("what comes from standard input cannot be written; name a file with --bib")
    if apply_safe and not dry_run:
        _ = project.edited_path  # refused before anybody is asked
    options = _options(project, chosen)
    everything = list(refresh_targets(store.documents))
    wanted = _accepted(project, choose_targets(everything, store, chosen.keys or None), chosen.where)
    keys = frozenset(subject.key for subject in wanted)
    titles = {subject.key: plain(subject.work.title) for subject in wanted}
    search = chosen.search and project.config.refresh.search and "doi" in options.filled
    with open_client(project, network) as client, progress_bars(project) as progress:
        responses, is_interrupted = ask_services(
            client, wanted, options, read_bases(path), search=search, progress=progress
        )
    written: tuple[Proposal, ...] | None = ()
    is_kept = not (dry_run or path == "-")
    outcome = None
    if is_kept:
        write = apply_safe and not is_interrupted
        try:
            with edit_transaction(project, project.edited_path) as change:
                outcome, written = plan_and_keep(change, store, everything, keys, responses, options, write=write)
        except PubtrackError as error:  # where nothing can be written to the folder, proposals alone are no failure
            if write:
                raise
            project.say(f"{error}; so the proposals are not kept, and --apply will not know them")
            written = None
    if outcome is None:
        outcome = plan(wanted, responses, read_bases(path), options, everything)
    refresh_report.print_plan(project, titles, outcome, as_json=as_json, written=written, is_kept=is_kept)
    if apply_safe and not is_kept and not as_json:
        refresh_edits.print_texts(store, applied_texts(store, safe_proposals(outcome)))
    if is_interrupted:
        return INTERRUPTED
    return 1 if outcome.incomplete else 0


def _options(project: Project, chosen: Chosen) -> RefreshOptions:
    config = project.config
    try:
        filled = fields_named(config.refresh.fill)
    except PubtrackError as error:
        raise PubtrackError(error.message, file=config.file) from error
    return RefreshOptions(
        filled=filled,
        locked=frozenset(map(biblatex_field, config.refresh.lock)),
        publishing=chosen.published or config.refresh.published,
        dialect=config.store.dialect,
        venues=config.venues,
    )


def _accepted(project: Project, wanted: list[Subject], where: str) -> list[Subject]:
    """Those that the filter accepts."""
    if not where:
        return wanted
    accepts = compile_filter(where, project.config.venues, project.own_fields)
    accepted = {work.id for work in project.recognised([subject.work for subject in wanted]) if accepts(work)}
    return [subject for subject in wanted if subject.key in accepted]
