"""What the registries say against an entry: the findings of its verdict (`checks.verdict`), each under its own rule.

Without verdicts, which only `--online` brings, these rules find nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pubtrack.bibtex import works as convert
from pubtrack.bibtex.blocks import Field
from pubtrack.bibtex.document import parse
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import EntryView, View
from pubtrack.checks.rule import Hit, Rule, rule
from pubtrack.checks.verdict import Verdict, verdict
from pubtrack.matching import identifiers, same_work
from pubtrack.model.findings import Severity
from pubtrack.model.record import Identifier as Id
from pubtrack.model.record import Lookup, Record, Relation, ServiceFailure, UpdateNotice
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",), "author": ("author",), "editor": ("editor",), "issued": ("date", "year"),
    "container_title": ("journaltitle", "booktitle", "series"), "volume": ("volume",), "issue": ("number", "issue"),
    "page": ("pages", "eid"), "doi": ("doi", "eprint"),
}  # fmt: skip
"""Where a CSL variable of a verdict's finding stands in an entry."""


def _hits(view: View, context: Context, code: str) -> Iterator[Hit]:
    """The findings of this code in the verdicts, at the field that they are about."""
    for item, found in _judged(view, context):
        for one in found.findings:
            if one.code == code:
                yield Hit(item, _field(item, one.field), one.message, severity=one.severity)


def _judged(view: View, context: Context) -> Iterator[tuple[EntryView, Verdict]]:
    for item, work in view.works if context.verdicts else ():
        found = context.verdicts.get(work.id) if context.verdicts else None
        if found is not None and view.by_key.get(work.id) is item:
            yield item, found


def _field(item: EntryView, variable: str) -> Field | None:
    names = _FIELDS.get(variable, ())
    return next((field for name in names if (field := item.own(name)) is not None), None)


# The rules ---------------------------------------------------------------------------------------------------------

_GOOD = (
    "@article{roe2020, author = {Roe, Ann and Moe, Bob}, title = {A study of tea in seven cups}, journal = {Tea}, "
    "volume = 3, number = 2, pages = {5--9}, year = 2020, doi = {10.1000/tea}}"
)
_PREPRINT = (
    "@misc{roe2019, author = {Roe, Ann and Moe, Bob}, title = {A study of tea in seven cups}, eprint = {1901.00001}, "
    "archivePrefix = {arXiv}, year = 2019, doi = {10.48550/arXiv.1901.00001}}"
)
_OTHER = (
    "@article{poe2001, author = {Poe, Carl}, title = {On coffee}, journal = {Coffee}, year = 2001, "
    "doi = {10.1000/coffee}}"
)
_KNOWN = (_GOOD, _OTHER)


def _odd(old: str, new: str, source: str = _GOOD) -> str:
    """The example with one thing otherwise, under a key of its own."""
    assert old in source
    return source.replace("@article{roe", "@article{odd").replace("@misc{roe", "@misc{odd").replace(old, new)


def _work(source: str) -> Work:
    return convert.work(parse(source).entries[0])


def _context(
    examples: Sequence[str], known: Sequence[str], answers: Mapping[str, Lookup], extra: Mapping[str, Any]
) -> Context:
    """What the registries make of the examples if they know the works `known`; `answers` are about other DOIs."""
    records = []
    for work in map(_work, known):
        titles = (plain(work.title),)
        records.append(
            Record(replace(work, id=""), "crossref", work.doi, f"https://doi.org/{work.doi}", titles=titles, **extra)
        )
    told = {
        one: Lookup((record,), True, "Crossref", ("crossref",))
        for record in records
        for one in identifiers(record.work)
    }
    told |= {Id("doi", doi): answer for doi, answer in answers.items()}
    found = Lookup(tuple(records), asked=("crossref",))
    works = list(map(_work, examples))
    return Context(
        year=2026, verdicts={work.id: verdict(work, told, None if identifiers(work) else found) for work in works}
    )


def _registered(
    name: str,
    severity: Severity,
    what: str,
    *,
    why: str,
    source: str,
    bad: str,
    good: str = _GOOD,
    known: Sequence[str] = _KNOWN,
    answers: Mapping[str, Lookup] | None = None,
    **extra: Any,
) -> Rule:
    """The rule whose findings are those of this name in the verdicts."""

    def check(view: View, context: Context) -> Iterator[Hit]:
        return _hits(view, context, name)

    check.__doc__ = what
    given = partial(_context, (bad, good), known, answers or {}, extra)
    return rule(name, severity, why=why, source=source, bad=bad, good=good, given=given, needs="verdicts")(check)


net_doi_dead = _registered(
    "net-doi-dead",
    "error",
    "The DOI does not exist, by the handle service.",
    why="A reference whose DOI was never registered cannot be looked up; it is mistyped, or made up. What a "
    "publisher's page answers counts for nothing here: it refuses programs.",
    source="doi.org's handle API, response code 100",
    bad=_odd("10.1000/tea", "10.1000/none"),
    answers={"10.1000/none": Lookup(exists=False, asked=("crossref", "doi"))},
)
net_doi_other_work = _registered(
    "net-doi-other-work",
    "error",
    "The DOI is that of another work: neither its title nor an author is the entry's.",
    why="Whoever follows the link finds another paper. In one real file it were 5 of 21 DOIs.",
    source="the registry's record; verify_citations, issue 15",
    bad=_odd("10.1000/tea", "10.1000/coffee"),
)
net_title = _registered(
    "net-title",
    "warning",
    "The title is not the registered one, also without markup, subtitle and typography.",
    why="A title with one word exchanged is what made-up references look like, and no search finds it.",
    source="HALLMARK, near_miss_title",
    bad=_odd("seven cups", "nine cups"),
)
net_authors = _registered(
    "net-authors",
    "error",
    "Authors are missing, too many, misspelt, or in another order than the registry has them.",
    why="Authors are who is credited. The order counts only where the registry's can be trusted; initials, accents and "
    "particles never count.",
    source="HALLMARK, swapped_authors and partial_author_list",
    bad=_odd("Moe, Bob", "Poe, Carl"),
)
net_given = _registered(
    "net-given",
    "warning",
    "An author's given name is another one than the registered.",
    why="The surname alone may be anybody's. Initials contradict no name that begins so.",
    source="HALLMARK, given names exchanged",
    bad=_odd("Moe, Bob", "Moe, William"),
)
net_year = _registered(
    "net-year",
    "warning",
    "The year is none of those that the registry has: in print, online, or issued.",
    why="One year off is usual between online and print, and only said (info).",
    source="HALLMARK; Crossref, api_format.md",
    bad=_odd("10.1000/tea", "10.1000/old"),
    known=(_odd("10.1000/tea", "10.1000/old").replace("year = 2020", "year = 2012"), *_KNOWN),
)
net_venue = _registered(
    "net-venue",
    "warning",
    "The journal or conference is another one than the registered.",
    why="Aliases, abbreviations, [venues] and series are known; a workshop is not its conference.",
    source="HALLMARK, wrong_venue",
    bad=_odd("journal = {Tea}", "journal = {Journal of Applied Astronomy}"),
)
net_volume = _registered(
    "net-volume",
    "warning",
    "The volume is not the registered one.",
    why="Volume and page are how a paper without a link is found.",
    source="the registry's record",
    bad=_odd("volume = 3", "volume = 31"),
)
net_issue = _registered(
    "net-issue",
    "warning",
    "The issue is not the registered one.",
    why="It is part of how styles say where an article stands.",
    source="the registry's record",
    bad=_odd("number = 2", "number = 4"),
)
net_pages = _registered(
    "net-pages",
    "warning",
    "The pages, or the article's number, are not those registered.",
    why="Volume and page are how a paper without a link is found.",
    source="the registry's record",
    bad=_odd("5--9", "105--109"),
)
net_type = _registered(
    "net-type",
    "info",
    "The registry has the work as of another kind.",
    why="Styles print a report otherwise than an article. Registries err here often, so nothing is changed for it.",
    source="Crossref's types",
    bad=_odd("10.1000/tea", "10.1000/cups"),
    known=(_odd("10.1000/tea", "10.1000/cups").replace("@article", "@dataset"), *_KNOWN),
)
net_published = _registered(
    "net-published",
    "warning",
    "A preprint has been published.",
    why="Cite what was reviewed; `pubtrack refresh` makes the entry of it.",
    source="the registries' relations (Crossref is-preprint-of, arXiv's DOI)",
    bad=_PREPRINT,
    known=(_PREPRINT, *_KNOWN),
    relations=(Relation("is-preprint-of", Id("doi", "10.1000/tea")),),
)
net_retracted = _registered(
    "net-retracted",
    "error",
    "The work was retracted, withdrawn or removed; an expression of concern is a warning.",
    why="Who cites it should know, and say so.",
    source="Crossref's updated-by, with Retraction Watch's data",
    bad=_odd("10.1000/tea", "10.1000/gone"),
    known=(_odd("10.1000/tea", "10.1000/gone"),),
    updates=(UpdateNotice("retraction", "10.1000/notice", sources=("publisher", "retraction-watch")),),
    good=_PREPRINT,
)
net_corrected = _registered(
    "net-corrected",
    "info",
    "There is a correction to the work.",
    why="It may change what is cited for; a list may link it.",
    source="Crossref's updated-by",
    bad=_odd("10.1000/tea", "10.1000/fixed"),
    known=(_odd("10.1000/tea", "10.1000/fixed"),),
    updates=(UpdateNotice("correction", "10.1000/notice"),),
    good=_PREPRINT,
)
net_unregistered = _registered(
    "net-unregistered",
    "info",
    "The DOI is registered with an agency whose records are not read.",
    why="So the entry was not compared with anything.",
    source="doi.org's agencies",
    bad=_odd("10.1000/tea", "10.1000/far"),
    answers={"10.1000/far": Lookup((), True, "ISTIC", ("crossref", "doi"))},
)
net_incomplete = _registered(
    "net-incomplete",
    "info",
    "A service did not answer, so the verdict is not final.",
    why="That a service failed says nothing about the entry; run the check again later.",
    source="the run itself",
    bad=_odd("10.1000/tea", "10.1000/late"),
    answers={"10.1000/late": Lookup(failures=(ServiceFailure("crossref", "Crossref: no answer in time"),))},
)


@rule(
    "id-missing-doi",
    "info",
    why="With its DOI a reference has a link, and can be checked and refreshed. Nothing is written: a match proposes.",
    source="Crossref's search and the match rule",
    bad=_odd(", doi = {10.1000/tea}", ""),
    good=_GOOD,
    given=partial(_context, (_odd(", doi = {10.1000/tea}", ""), _GOOD), _KNOWN, {}, {}),
    needs="verdicts",
)
def id_missing_doi(view: View, context: Context) -> Iterator[Hit]:
    """A work without a DOI has one, by the registry's record of it."""
    for item, found in _judged(view, context):
        work, record = item.work, found.record
        if work is None or work.doi or record is None or not record.work.doi or found.status != "verified":
            continue
        if same_work(work, record, venues=context.venues):
            yield Hit(item, None, f"its DOI is {record.work.doi}; see {record.url or record.id}")
