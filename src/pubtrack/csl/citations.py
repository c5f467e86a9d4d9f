"""Citations in a document: clusters of cites in, how each cluster prints out (CSL 1.0.2, "Citation").

Positions, the order within a cluster and collapsing are decided here; what a single cite prints is the style's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pubtrack.model.richtext import Text

FIRST = frozenset({"first"})
SUBSEQUENT = frozenset({"subsequent"})
IBID = frozenset({"ibid", "subsequent"})
IBID_WITH_LOCATOR = frozenset({"ibid-with-locator", "ibid", "subsequent"})
NEAR_NOTE = "near-note"


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One cite of a cluster: which work (its place in the sequence given), where in it, and the author's words
    around. `position` overrides the one that follows from the order of the cites."""

    index: int
    locator: str = ""
    label: str = "page"
    prefix: Text = ()
    suffix: Text = ()
    suppress_author: bool = False
    author_only: bool = False
    position: frozenset[str] | None = None
    first_note: int = 0


@dataclass(frozen=True, slots=True)
class Citation:
    """The cites that stand together; `note` is the number of their note, 0 in the text."""

    cites: tuple[CitationItem, ...]
    note: int = 0


@dataclass(slots=True)
class _Seen:
    """What was cited so far; `last_text` and `last_note` are the cites of the last citation in the text and of all
    citations in the last note, since the two are two rows of citations."""

    first_notes: dict[int, int] = field(default_factory=dict)
    last_notes: dict[int, int] = field(default_factory=dict)
    last_text: tuple[CitationItem, ...] = ()
    last_note: tuple[CitationItem, ...] = ()
    note: int = 0

    def add(self, cluster: Citation) -> None:
        if not cluster.note:
            self.last_text = cluster.cites
        elif cluster.note == self.note:
            self.last_note += cluster.cites
        else:
            self.last_note, self.note = cluster.cites, cluster.note


def with_positions(
    clusters: Sequence[Citation], near_distance: int
) -> list[list[tuple[CitationItem, frozenset[str], int]]]:
    """Each cite with its position and the note of the first cite of its work ("Choose", position)."""
    seen = _Seen()
    rows: list[list[tuple[CitationItem, frozenset[str], int]]] = []
    for cluster in clusters:
        row: list[tuple[CitationItem, frozenset[str], int]] = []
        for place, cite in enumerate(cluster.cites):
            position = _position(cite, place, cluster, seen, near_distance)
            first = seen.first_notes.get(cite.index, 0)
            seen.first_notes.setdefault(cite.index, cluster.note)
            seen.last_notes[cite.index] = cluster.note
            row.append((cite, position if cite.position is None else cite.position, cite.first_note or first))
        seen.add(cluster)
        rows.append(row)
    return rows


def _position(cite: CitationItem, place: int, cluster: Citation, seen: _Seen, near_distance: int) -> frozenset[str]:
    if cite.index not in seen.first_notes:
        return FIRST
    position = SUBSEQUENT
    before = _before(place, cluster, seen)
    if before is not None and before.index == cite.index:
        position = _ibid(before, cite)
    if cluster.note and cluster.note - seen.last_notes[cite.index] <= near_distance:
        position |= {NEAR_NOTE}
    return position


def _before(place: int, cluster: Citation, seen: _Seen) -> CitationItem | None:
    """The cite that an "ibid." would refer to."""
    if place:
        return cluster.cites[place - 1]
    if not cluster.note:
        last = seen.last_text
    elif cluster.note - seen.note > 1:
        return None
    elif cluster.note == seen.note:
        return seen.last_note[-1] if seen.last_note else None
    else:
        last = seen.last_note
    return last[-1] if len({cite.index for cite in last}) == 1 else None


def _ibid(before: CitationItem, cite: CitationItem) -> frozenset[str]:
    if not before.locator:
        return IBID_WITH_LOCATOR if cite.locator else IBID
    if not cite.locator:
        return SUBSEQUENT
    same = (before.locator, before.label) == (cite.locator, cite.label)
    return IBID if same else IBID_WITH_LOCATOR
