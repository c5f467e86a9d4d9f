"""A library in; findings, verdicts, reports and fixed texts out. One rule a function; one table, no discovery."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pubtrack.checks.context import Context
from pubtrack.checks.rule import Hit, Rule
from pubtrack.checks.rule_table import ALIASES, CHECKS, load, matching_rules, runnable, select_rules
from pubtrack.model.errors import PubtrackError, warn
from pubtrack.model.findings import Finding, Severity

if TYPE_CHECKING:
    from pubtrack.checks.library_view import View
    from pubtrack.sources.fetch import JobProgress
    from pubtrack.sources.http import Client
    from pubtrack.store.library import Library

__all__ = ["ALIASES", "CHECKS", "Context", "Rule", "check", "load", "run", "runnable", "select_rules"]


def run(
    view: View, context: Context, names: Collection[str], severity: Mapping[str, Severity] | None = None
) -> tuple[Finding, ...]:
    """What the rules of these ids find, sorted by place. `severity` replaces that of all findings of a rule."""
    findings: list[Finding] = [view.placed(found) for found in _of_store(view, names)]
    for name in names:
        found = load(name)
        findings += (hit if isinstance(hit, Finding) else _finding(found, hit) for hit in found.check(view, context))
    if severity:
        own = {name: level for word, level in severity.items() for name in matching_rules([word])}
        findings = [replace(one, severity=own.get(one.code, one.severity)) for one in findings]
    return view.in_order(set(findings))


_OF_RECORDS = frozenset({"syn-undef-string", "fld-crossref"})
_OF_STORE = frozenset({"syn-entry", "syn-braces", "syn-stray", "syn-dup-key", "txt-encoding"})


def _of_store(view: View, names: Collection[str]) -> Iterable[Finding]:
    """The findings of the store that rules of `names` stand for."""
    library = view.library
    if library.store is not None and not _OF_STORE.isdisjoint(names):
        yield from (one for one in library.problems if one.code in names and one.code in _OF_STORE)
    if not _OF_RECORDS.isdisjoint(names):
        yield from (one for one in library.record_problems if one.code in names)


def _finding(found: Rule, hit: Hit) -> Finding:
    item, field, message, offset, severity, fix = hit
    document = item.page.document
    if offset < 0:
        offset = item.entry.start if field is None else field.value_start
    line, column = document.places.of(offset)
    name = "" if field is None else field.name
    return Finding(found.id, severity or found.severity, message, document.file, line, column, item.key, name, fix)


def check(
    library: Library,
    context: Context | None = None,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Mapping[str, Severity] | None = None,
    online: bool = False,
    urls: bool = False,
    client: Client | None = None,
    progress: JobProgress | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the library, sorted by place; suppressed findings left out.

    With `online` the registries are asked about each work, and what they file under the owner's ORCID iD is compared;
    with `urls` the linked pages are looked at. `client` is the network for that, a default one where none is given, and
    `progress` is called with what is being done, how many are done and how many there are. A service or a page that
    does not answer accuses nobody; it is a PubtrackWarning.

    `select` and `ignore` hold ids of rules or what they begin with ("ttl"); `severity` replaces that of a rule. A
    library of CSL-JSON is checked as the BibTeX that it would be; its findings have no place. Raises UsageError for an
    unknown rule.

    >>> from pubtrack import Library, check
    >>> for finding in check(Library.parse(b"@misc{a, title = {A Study of NeRF}, pages = {9--2}}")):
    ...     print(finding)
    -:1:30: warning ttl-protect [a.title] styles in sentence case take the capitals of NeRF; put braces around
    -:1:46: error fld-pages-reversed [a.pages] page 2 is before page 9
    """
    from datetime import date

    from pubtrack.bibtex.gc_pause import paused_gc
    from pubtrack.checks.library_view import View
    from pubtrack.checks.suppress import without_suppressed

    if context is None:
        today = date.today()
        context = Context(year=today.year, month=today.month)
    if online or urls:
        context, remarks = _ask(context, library, client, online=online, urls=urls, progress=progress)
        for remark in remarks:
            warn(remark)
    names = runnable(select_rules(select, ignore), context)
    if library.store is None:
        findings = run(View(_as_bibtex(library), context), context, names, severity)
        return tuple(replace(one, line=0, column=0, fix=None) for one in findings)
    view = View(library, context)
    with paused_gc():
        return without_suppressed(view, run(view, context, names, severity), names)


def _ask(
    context: Context, library: Library, client: Client | None, *, online: bool, urls: bool, progress: JobProgress | None
) -> tuple[Context, list[str]]:
    """The context with what registries and pages say, and what is to be remarked of that."""
    from time import monotonic

    from pubtrack.checks.online import ask_pages, ask_registries
    from pubtrack.sources.http import client_or_default

    begun, remarks = monotonic(), list[str]()
    with client_or_default(client) as used:
        if online:
            context = ask_registries(context, library.works, used, remark=remarks.append, progress=progress)
        if urls:
            left = used.settings.after(monotonic() - begun)
            context = ask_pages(context, library.works, left, remark=remarks.append, progress=progress)
    return context, remarks


def _as_bibtex(library: Library) -> Library:
    """A library of CSL-JSON as the entries that stand for its works."""
    from pubtrack.bibtex.document import parse
    from pubtrack.bibtex.edit import add_entry
    from pubtrack.bibtex.works import entry_fields, entry_type
    from pubtrack.store.library import Library
    from pubtrack.store.store import Store

    sources: list[str] = []
    for work in library.items:
        try:
            sources.append(add_entry(parse(""), entry_type(work), work.id, list(entry_fields(work).items())))
        except PubtrackError:
            continue  # its key or a value has no place in BibTeX; that is not a fault of the work
    return Library(Store.of_text("\n".join(sources), "-"))
