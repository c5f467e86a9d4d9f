"""From an author's ORCID iD to the works that a library lacks."""

from __future__ import annotations

from pubtrack.matching.author_works import Authored, missing_works
from pubtrack.model.errors import PubtrackError, warn
from pubtrack.model.identifiers import checked_orcid
from pubtrack.sources.fetch import JobProgress, of_job
from pubtrack.sources.http import Client, client_or_default
from pubtrack.sources.search import works_of
from pubtrack.store.library import Library


def find_missing_works(
    library: Library, orcid: str, *, client: Client | None = None, progress: JobProgress | None = None
) -> tuple[Authored, ...]:
    """The works that services file under an ORCID iD and that the library lacks, the newest first.

    `client` is the network for one run; a default one is opened where none is given. Raises PubtrackError for what is
    no iD, and where no service answers; one of several that does not is a PubtrackWarning.
    """
    named = checked_orcid(orcid)
    with client_or_default(client) as used:
        answer = works_of(used, named, progress=of_job(progress, "Asking"))
    if not answer.asked and answer.failures:
        raise PubtrackError("; ".join(failure.message for failure in answer.failures))
    for failure in answer.failures:
        warn(failure.message)
    return tuple(missing_works(answer.records, library.works))
