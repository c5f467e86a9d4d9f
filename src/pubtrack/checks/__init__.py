"""A library in; findings, verdicts, reports and fixed texts out. One rule a function; one table, no discovery."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from pubtrack.checks.rule import Context, Hit, Rule
from pubtrack.model.errors import PubtrackError, UsageError, did_you_mean
from pubtrack.model.findings import Finding, Severity

if TYPE_CHECKING:
    from pubtrack.checks.library_view import View
    from pubtrack.store.library import Library

__all__ = ["ALIASES", "CHECKS", "Context", "Rule", "check", "load", "run", "runnable", "select_rules"]

CHECKS: Mapping[str, str] = {
    name: module
    for module, names in {
        "syntax": "syn-entry syn-braces syn-stray syn-dup-key syn-dup-field syn-undef-string syn-empty txt-encoding "
        "fld-crossref",
        "tex": "tex-unescaped tex-danger",
        "text": "txt-html txt-mojibake txt-nfc txt-ascii txt-space",
        "unicode": "uni-bidi uni-invisible uni-mixed-script",
        "required": "fld-required",
        "unknown": "fld-unknown",
        "types": "fld-type-clash",
        "years": "fld-year fld-year-future",
        "months": "fld-month",
        "pages": "fld-pages-dash fld-pages-reversed fld-pages-eid",
        "numbers": "fld-volume fld-edition",
        "notes": "fld-howpublished fld-note",
        "booktitles": "fld-booktitle",
        "venues": "fld-journal-style",
        "titles": "ttl-overprotect ttl-caps ttl-dot ttl-retracted",
        "protect": "ttl-protect",
        "names": "nam-syntax nam-group nam-placeholder nam-caps nam-orcid",
        "marks": "nam-mark",
        "own": "nam-others nam-self",
        "variants": "nam-variants",
        "dois": "id-doi-syntax id-doi-url id-doi-other",
        "numbered": "id-isbn id-issn",
        "arxiv": "id-arxiv",
        "urls": "id-url",
        "duplicates": "dup-doi dup-arxiv dup-fuzzy dup-preprint",
        "keys": "key-pattern key-chars",
        "cited": "use-unused use-undefined",
        "online": "net-doi-dead net-doi-other-work net-title net-authors net-given net-year net-venue net-volume "
        "net-issue net-pages net-type net-published net-retracted net-corrected net-unregistered net-incomplete "
        "id-missing-doi",
        "profile": "net-orcid-missing net-orcid-absent net-orcid-namesake net-orcid-spelling",
        "links": "net-url-dead",
        "suppressions": "sup-unused",
    }.items()
    for name in names.split()
}
"""The module in `rules` of each rule; there its function is called as the rule is, with `_` for `-`."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "syntax": ("syn-entry", "syn-braces"),
    "stray-text": ("syn-stray",),
    "duplicate-key": ("syn-dup-key",),
    "duplicate-field": ("syn-dup-field",),
    "encoding": ("txt-encoding",),
}
"""What rules were called in former versions."""


def load(name: str) -> Rule:
    """The rule of this id. Raises UsageError, naming the nearest, for an unknown one."""
    if name not in CHECKS:
        raise UsageError(f'no rule is called "{name}"{did_you_mean(name, CHECKS) or "; --list-rules shows all"}')
    found = getattr(import_module(f"pubtrack.checks.rules.{CHECKS[name]}"), name.replace("-", "_"))
    assert isinstance(found, Rule)
    return found


def select_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids that `select` names (all by default) without those of `ignore`; both hold ids, prefixes or old names.

    Raises UsageError for a word that no id begins with.
    """
    wanted = _matching(select) or set(CHECKS)
    return tuple(name for name in CHECKS if name in wanted - _matching(ignore))


def runnable(names: Iterable[str], context: Context) -> tuple[str, ...]:
    """Those rules of `names` that know what they need; that another one finds nothing says nothing."""
    return tuple(name for name in names if load(name).can_tell(context))


def _matching(words: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        hits = ALIASES.get(word) or [name for name in CHECKS if name == word or name.startswith(f"{word.rstrip('-')}-")]
        if not hits:
            hint = did_you_mean(word, CHECKS) or "; --list-rules shows all"
            raise UsageError(f'no rule is called "{word}", and none begins so{hint}')
        found.update(hits)
    return found


def run(
    view: View, context: Context, names: Collection[str], severity: Mapping[str, Severity] | None = None
) -> tuple[Finding, ...]:
    """What the rules of these ids find, sorted by place. `severity` replaces that of all findings of a rule."""
    findings: list[Finding] = [view.placed(found) for found in _of_store(view, names)]
    for name in names:
        found = load(name)
        findings += (hit if isinstance(hit, Finding) else _finding(found, hit) for hit in found.check(view, context))
    if severity:
        own = {name: level for word, level in severity.items() for name in _matching([word])}
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
) -> tuple[Finding, ...]:
    """What is wrong with the library, sorted by place; suppressed findings left out.

    `select` and `ignore` hold ids of rules or what they begin with ("ttl"); `severity` replaces that of a rule. A
    library of CSL-JSON is checked as the BibTeX that it would be; its findings have no place. Raises UsageError for an
    unknown rule.

    >>> from pubtrack import Library, check
    >>> for finding in check(Library.parse(b"@misc{a, title = {A Study of NeRF}, pages = {9--2}}")):
    ...     print(finding)
    -:1:10: warning ttl-protect [a.title] styles in sentence case take the capitals of NeRF; put braces around
    -:1:38: error fld-pages-reversed [a.pages] page 2 is before page 9
    """
    from datetime import date

    from pubtrack.bibtex.gc_pause import paused_gc
    from pubtrack.checks.library_view import View
    from pubtrack.checks.suppress import without_suppressed

    if context is None:
        today = date.today()
        context = Context(year=today.year, month=today.month)
    names = runnable(select_rules(select, ignore), context)
    if library.store is None:
        findings = run(View(_as_bibtex(library), context), context, names, severity)
        return tuple(replace(one, line=0, column=0, fix=None) for one in findings)
    view = View(library, context)
    with paused_gc():
        return without_suppressed(view, run(view, context, names, severity), names)


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
