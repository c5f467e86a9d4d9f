"""Find the owner in a library's works, and whether all of them should be the owner's."""

from __future__ import annotations

from typing import NamedTuple

from pubtrack.checks.library_view import EntryView, View
from pubtrack.model.work import Work
from pubtrack.people.owner import Match, Owner, identify


class Place(NamedTuple):
    """One work with authors, and where the owner stands in it."""

    item: EntryView
    work: Work
    match: Match


def places(view: View, owner: Owner) -> tuple[Place, ...]:
    """The owner's place in every work that has authors; worked out once for all rules."""
    known: tuple[Owner, tuple[Place, ...]] | None = view.__dict__.get("_places")
    if known is None or known[0] != owner:
        found = tuple(
            Place(item, work, identify(work.author, owner, others="author" in work.others))
            for item, work in view.works
            if work.author
        )
        known = view.__dict__["_places"] = owner, found
    return known[1]


def is_own_list(view: View, owner: Owner) -> bool:
    """Whether this is a list of the owner's works: most of them are. A bibliography of other people's is not."""
    found = places(view, owner)
    return bool(found) and 2 * sum(place.match.status == "certain" for place in found) > len(found)
