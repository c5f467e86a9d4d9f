"""What `pubtrack check --online` asks the registries: verdicts on the entries, and what stands under the owner's iD."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from pubtrack.cli.network import Network, open_door, progress_bar
from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.checks.verdict import Verdict
    from pubtrack.record import Answer


def asked(
    project: Project, network: Network, keys: Collection[str] | None, *, profile: bool
) -> tuple[Mapping[str, Verdict], Answer | None]:
    """The verdicts on the works of these keys (all for None), by key; with `profile` the works under the owner's iD.

    What could not be asked is said on stderr; it is no fault of any entry.
    """
    from pubtrack.checks.asking import judge
    from pubtrack.sources.search import works_of

    works = [work for work in project.library.works if keys is None or work.id in keys]
    with open_door(project, network) as door:
        with progress_bar(project, "Checking") as progress:
            judged = judge(works, door, venues=project.config.venues, progress=progress)
        failures = judged.failures
        mine = None
        if profile and keys is None and project.owner is not None and project.owner.orcid and not judged.stopped:
            with progress_bar(project, "The owner's works") as progress:
                mine = works_of(door, project.owner.orcid, progress=progress)
            failures = tuple(dict.fromkeys((*failures, *(failure.message for failure in mine.failures))))
    for message in failures:
        project.say(message)
    if judged.stopped:
        left = f"{judged.unreached} {'entry was' if judged.unreached == 1 else 'entries were'} not asked about in full"
        project.say(f"{judged.stopped}; {left}; run it again, what was told is kept")
    return judged.verdicts, mine


def statuses(verdicts: Mapping[str, Verdict], accused: Collection[str]) -> dict[str, str]:
    """The verdicts in a word each; a problem that was suppressed or ignored altogether leaves the entry unconfirmed.

    `accused` are the keys of the entries that a finding of a verdict is left about.
    """
    return {
        key: "unconfirmed" if one.status == "problem" and key not in accused else one.status
        for key, one in verdicts.items()
    }
