"""Ask others about a library's works: a check's context in; the same with what registries and linked pages say out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pubtrack.checks.context import Context
from pubtrack.checks.registry_check import judge_works
from pubtrack.model.work import Work
from pubtrack.sources.fetch import JobProgress, of_job
from pubtrack.sources.http import Client, Settings
from pubtrack.sources.link_check import check_pages
from pubtrack.sources.page_status import page_address
from pubtrack.sources.search import works_of


def ask_registries(
    context: Context,
    works: Sequence[Work],
    client: Client,
    *,
    remark: Callable[[str], None],
    profile: bool = True,
    progress: JobProgress | None = None,
) -> Context:
    """The context with the verdicts on `works`, and with `profile` the works under the owner's ORCID iD.

    What could not be asked is a remark; it is not a fault of any entry.
    """
    judged = judge_works(works, client, venues=context.venues, progress=of_job(progress, "Checking"))
    failures, mine = judged.failures, None
    if profile and context.owner is not None and context.owner.orcid and not judged.stopped:
        mine = works_of(client, context.owner.orcid, progress=of_job(progress, "The owner's works"))
        failures = tuple(dict.fromkeys((*failures, *(failure.message for failure in mine.failures))))
    for message in failures:
        remark(message)
    if judged.stopped:
        left = f"{judged.unreached} {'entry was' if judged.unreached == 1 else 'entries were'} not asked about in full"
        remark(f"{judged.stopped}; {left}; run it again, what was told is kept")
    return replace(context, verdicts=judged.verdicts, profile=mine)


def ask_pages(
    context: Context,
    works: Sequence[Work],
    settings: Settings,
    *,
    remark: Callable[[str], None],
    progress: JobProgress | None = None,
) -> Context:
    """The context with what is known of the pages that `works` link to; what says nothing is only counted, a remark."""
    addresses = [address for work in works if (address := page_address(work.get("url")))]
    seen = check_pages(addresses, settings, remark=remark, progress=of_job(progress, "Looking at pages"))
    total = _pages(len(set(addresses)))
    if seen.new:
        remark(f"{seen.new} of {total} answered 404 or 410, not yet for a day; another look in a day decides")
    if seen.unclear:
        remark(f"{seen.unclear} of {total} gave no telling answer (refused, no answer, sent home): not judged")
    if seen.stopped:
        remark(f"{seen.stopped}; {seen.unreached} of {total} not looked at; run it again, what was seen is kept")
    return replace(context, links=seen.looks)


def _pages(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"
