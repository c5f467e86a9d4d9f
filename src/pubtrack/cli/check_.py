"""pubtrack check: report what is wrong with the store, and apply the fixes that are safe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubtrack.cli.network import Network, network_options
from pubtrack.cli.options import dry_run_option, output_option, refuse
from pubtrack.cli.project import Project, store_options

if TYPE_CHECKING:
    from pubtrack.checks import Context
    from pubtrack.citation_scan import Cited
    from pubtrack.model.findings import Finding
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store

FORMATS = ("text", "json", "github", "sarif")


@dataclass(frozen=True)
class _Options:
    """The options of one call."""

    filter_: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    format_: str
    output: str | None
    group: bool
    html: str | None
    baseline: str | None
    update_baseline: bool
    online: bool
    urls: bool
    cited: tuple[str, ...]


@click.command("check", epilog="Example: pubtrack check 'year >= 2000' --ignore ttl,txt-space")
@click.argument("filter_", default="", metavar="[FILTER]")
@click.option("--select", multiple=True, metavar="ID,...", help="Only these rules: ids, or what they begin with (ttl).")
@click.option("--ignore", multiple=True, metavar="ID,...", help="Not these rules.")
@click.option("--online", is_flag=True, help="Also ask the registries about every entry, and give a verdict on each.")
@click.option("--urls", is_flag=True, help="Also request the page behind each url; one gone on two days is dead.")
@click.option(
    "--cited", multiple=True, metavar="DOCUMENT", help="Compare with what this .tex, .aux, .md, … cites (repeatable)."
)
@click.option("--strict", is_flag=True, help="Exit 1 on a warning, too.")
@click.option("--fix", is_flag=True, help="Apply safe fixes, then report the rest.")
@click.option("--diff", is_flag=True, help="Write nothing; print what --fix would change.")
@dry_run_option("The same as --diff.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="Of the report."
)
@output_option("Write the report to this file.")
@click.option("--group", is_flag=True, help="text: the findings of each entry together.")
@click.option("--html", metavar="FILE", help="Write a page with filters to this file, too.")
@click.option(
    "--baseline", metavar="FILE", help="Leave out the findings that are in this file; made if it is not there."
)
@click.option("--update-baseline", is_flag=True, help="Remove from the baseline what does not occur any more.")
@click.option("--explain", metavar="ID", help="Say what a rule looks for and why, with examples, and nothing else.")
@click.option("--list-rules", is_flag=True, help="List the rules, and nothing else.")
@network_options
@store_options
def command(
    project: Project,
    network: Network,
    explain: str | None,
    list_rules: bool,
    fix: bool,
    diff: bool,
    dry_run: bool,
    **values: Any,
) -> int:
    """Check the entries that FILTER accepts, or all.

    Exits 1 if there is an error, with --strict also if there is a warning. Nothing is fetched without --online, which
    compares every entry with the records of Crossref, DataCite and arXiv: verified, problem, unconfirmed (nobody knows
    the work), or unchecked (a service did not answer). Of these only a problem counts as wrong. An entry's field
    pubtrack-ignore = {ID: reason, ID} leaves rules out for that entry; [check] in pubtrack.toml configures the rest.
    """
    if explain is not None or list_rules:
        from pubtrack.checks.explain import explain_rule, listed

        click.echo(explain_rule(explain) if explain is not None else listed(), nl=False)
        return 0
    for name in ("select", "ignore"):
        values[name] = tuple(word.strip() for words in values[name] for word in words.split(",") if word.strip())
    options = _Options(**values)
    if diff or dry_run:
        return _fix(project, options, dry_run=True)
    _check_usage(project, options)
    cited = None
    if options.cited:  # before anything is fixed: a document that cannot be read is wrong usage
        from pubtrack.cli.document_files import cited_by

        cited = cited_by(options.cited)
    if fix:
        _fix(project, options, dry_run=False)
        project = replace(project)  # which reads the store again
    return _check(project, options, cited, network)


def _check_usage(project: Project, options: _Options) -> None:
    """Raise UsageError for options that do not go together, before anything is fixed or asked."""
    if not options.update_baseline:
        return
    if not (options.baseline or project.config.check.baseline):
        refuse("--update-baseline needs --baseline FILE, or [check] baseline in pubtrack.toml")
    if options.filter_:
        refuse("a baseline is of all entries; leave FILTER out")


def _context(project: Project) -> Context:
    from datetime import date

    from pubtrack.checks import Context

    today, config = date.today(), project.config
    return Context(
        owner=project.owner,
        year=today.year,
        month=today.month,
        dialect=None if config.check.dialect == "auto" else config.check.dialect,
        usual_dialect=config.store.dialect,
        venues=config.venues,
        key_pattern=config.check.key_pattern,
        required=config.check.required,
        words=frozenset(config.check.words),
        roles=config.roles,
    )


def _rules(project: Project, options: _Options) -> dict[str, Any]:
    config = project.config.check
    select = options.select or config.select
    return {"select": select, "ignore": (*config.ignore, *options.ignore), "severity": config.severity}


def _keys(project: Project, filter_: str) -> frozenset[str] | None:
    """The keys of the entries that the filter accepts; None for all."""
    if not filter_.strip():
        return None
    from pubtrack.cli.wrong_file import refuse_file
    from pubtrack.lists.filters import compile_filter

    refuse_file(filter_)
    accepts = compile_filter(filter_, project.config.venues, project.own_fields)
    return frozenset(work.id for work in project.works if accepts(work))


def _check(project: Project, options: _Options, cited: Cited | None, network: Network) -> int:
    from pubtrack.checks import check
    from pubtrack.checks.reports import Report, make_printable, replace_surrogates

    keys, context = _keys(project, options.filter_), replace(_context(project), cited=cited)
    if options.online or options.urls:
        context = _ask(project, options, context, keys, network)
    findings = check(project.library, context, **_rules(project, options))
    if keys is not None:
        findings = tuple(one for one in findings if one.key in keys)
    findings = make_printable(findings, replace_surrogates)
    told = _verdicts(context, findings)
    all_of_them = len(findings)
    findings, gone = _without_known(project, options, context, findings)
    entries = len(keys) if keys is not None else len(project.library.entries) or len(project.library.items)
    report = Report(findings, entries, told, all_of_them - len(findings), gone)
    _tell(project, options, report)
    counts = report.counts
    return 1 if counts["error"] or (options.strict and counts["warning"]) else 0


def _ask(
    project: Project, options: _Options, context: Context, keys: frozenset[str] | None, network: Network
) -> Context:
    """The context with what registries and pages say of the works of these keys (None: all)."""
    from time import monotonic

    from pubtrack.checks.online import ask_pages, ask_registries
    from pubtrack.cli.network import open_client, progress_bars, settings_of

    begun, works = monotonic(), [work for work in project.library.works if keys is None or work.id in keys]
    with progress_bars(project) as progress:
        if options.online:
            with open_client(project, network) as client:
                context = ask_registries(
                    context, works, client, remark=project.say, profile=keys is None, progress=progress
                )
        if options.urls:
            settings = settings_of(project, network).after(monotonic() - begun)
            context = ask_pages(context, works, settings, remark=project.say, progress=progress)
    return context


def _verdicts(context: Context, findings: Sequence[Finding]) -> dict[str, str]:
    """The verdict on each entry, where the registries were asked."""
    if context.verdicts is None:
        return {}
    from pubtrack.checks.reports import replace_surrogates
    from pubtrack.checks.verdict import verdict_words

    return {replace_surrogates(key): status for key, status in verdict_words(context.verdicts, findings).items()}


def _without_known(
    project: Project, options: _Options, context: Context, findings: Sequence[Finding]
) -> tuple[tuple[Finding, ...], int]:
    """The findings that the baseline does not have, and how many of it are gone; writes it where that is asked for."""
    from pubtrack.model.errors import PubtrackError

    configured = project.config.check.baseline
    path = options.baseline or (str(project.config.root / configured) if configured else "")
    if not path:
        return tuple(findings), 0
    from pubtrack.checks import baseline, runnable, select_rules
    from pubtrack.regular_files import DOCUMENT_LIMIT, read_regular_file

    file = Path(path)
    if not options.baseline:
        project.containment.check_configured(file)
    try:
        content = read_regular_file(file, DOCUMENT_LIMIT).decode("utf-8") if file.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise PubtrackError(f"this baseline cannot be read: {error}", file=path) from error
    known = baseline.parse(content, path) if content is not None else None
    rules = _rules(project, options)
    ran = runnable(select_rules(rules["select"], rules["ignore"]), context)
    if known is None and options.baseline is None and not options.update_baseline:
        raise PubtrackError("there is no such baseline; --update-baseline makes it", file=path)
    if known is None or options.update_baseline:
        content = baseline.write(findings, known, ran)
        _write(project, file, content)
        known = baseline.parse(content)
    kept, gone = baseline.new_findings(findings, known, ran)
    return kept, 0 if options.filter_ else gone


def _tell(project: Project, options: _Options, report: Any) -> None:
    from pubtrack.checks.reports import make_printable, text, writer
    from pubtrack.cli.terminal import printable, wants_colour

    if options.html:
        from pubtrack.checks.reports import html

        _write(project, Path(options.html), html.report(report))
    if options.format_ in ("text", "github"):
        told = {printable(key): verdict for key, verdict in report.verdicts.items()}
        report = replace(report, findings=make_printable(report.findings, printable), verdicts=told)
    if options.format_ == "text":
        coloured = options.output in (None, "-") and wants_colour(sys.stdout)
        content = text.plain(report, grouped=options.group, coloured=coloured)
    else:
        content = writer(options.format_)(report)
    if options.output in (None, "-"):
        click.echo(content, nl=False, color=True)
    else:
        _write(project, Path(str(options.output)), content)


def _write(project: Project, path: Path, content: str) -> None:
    from pubtrack.cli.saves import finish_interrupted, save_outputs

    project.check_output(path)
    finish_interrupted(project, [path])
    save_outputs({path: content.encode("utf-8", "replace")})


def _fix(project: Project, options: _Options, *, dry_run: bool) -> int:
    """Makes the fixes in one transaction, or prints them; how the command ends."""
    from pubtrack.checks.fixing import apply_fixes
    from pubtrack.cli.store_edits import edit_store

    keys, context, rules = _keys(project, options.filter_), _context(project), _rules(project, options)

    def edit(store: Store) -> dict[BibFile, str]:
        return apply_fixes(store, context, keys=keys, **rules)

    changed = edit_store(project, edit, dry_run=dry_run)
    if not dry_run and changed:
        project.say(f"fixed {changed} file{'s' if changed > 1 else ''}")
    return 0
