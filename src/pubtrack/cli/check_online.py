"""What `pubtrack check` asks others: entries in, what the registries and the hosts of linked pages say of them out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from pubtrack.cli.network import Network, open_client, progress_bar, settings_of
from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.checks.verdict import Verdict
    from pubtrack.model.record import Lookup
    from pubtrack.sources.page_status import PageStatus


def ask_registries(
    project: Project, network: Network, keys: Collection[str] | None, *, profile: bool
) -> tuple[Mapping[str, Verdict], Lookup | None]:
    """The verdicts on the works of these keys (all for None), by key; with `profile` the works under the owner's iD.

    What could not be asked is said on stderr; it is not a fault of any entry.
    """
    from pubtrack.checks.registry_check import judge_works
    from pubtrack.sources.search import works_of

    works = [work for work in project.library.works if keys is None or work.id in keys]
    with open_client(project, network) as client:
        with progress_bar(project, "Checking") as progress:
            judged = judge_works(works, client, venues=project.config.venues, progress=progress)
        failures = judged.failures
        mine = None
        if profile and keys is None and project.owner is not None and project.owner.orcid and not judged.stopped:
            with progress_bar(project, "The owner's works") as progress:
                mine = works_of(client, project.owner.orcid, progress=progress)
            failures = tuple(dict.fromkeys((*failures, *(failure.message for failure in mine.failures))))
    for message in failures:
        project.say(message)
    if judged.stopped:
        left = f"{judged.unreached} {'entry was' if judged.unreached == 1 else 'entries were'} not asked about in full"
        project.say(f"{judged.stopped}; {left}; run it again, what was told is kept")
    return judged.verdicts, mine


def check_links(project: Project, network: Network, keys: Collection[str] | None) -> Mapping[str, PageStatus]:
    """What is known of the pages that the works of these keys link to (all for None), by `page_address`.

    What says nothing is only counted on stderr.
    """
    from pubtrack.sources.link_check import check_pages
    from pubtrack.sources.page_status import page_address

    works = [work for work in project.library.works if keys is None or work.id in keys]
    addresses = [address for work in works if (address := page_address(work.get("url")))]
    with progress_bar(project, "Looking at pages") as progress:
        seen = check_pages(addresses, settings_of(project, network), remark=project.say, progress=progress)
    total = _pages(len(set(addresses)))
    if seen.new:
        project.say(f"{seen.new} of {total} answered 404 or 410, not yet for a day; another look in a day decides")
    if seen.unclear:
        project.say(f"{seen.unclear} of {total} gave no telling answer (refused, no answer, sent home): not judged")
    if seen.stopped:
        project.say(f"{seen.stopped}; {seen.unreached} of {total} not looked at; run it again, what was seen is kept")
    return seen.looks


def _pages(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"


def verdict_words(verdicts: Mapping[str, Verdict], accused: Collection[str]) -> dict[str, str]:
    """The verdicts in a word each; a problem that was suppressed or ignored altogether leaves the entry unconfirmed.

    `accused` are the keys of the entries that a finding of a verdict is left about.
    """
    return {
        key: "unconfirmed" if one.status == "problem" and key not in accused else one.status
        for key, one in verdicts.items()
    }
