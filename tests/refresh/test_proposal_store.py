"""Stored proposals: what was written is read, and a line that a person or a merge broke is refused with its number."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.model.errors import PubtrackError
from pubtrack.refresh import proposal_store
from pubtrack.refresh.bases import Base
from pubtrack.refresh.proposal import Addition, Change, Proposal

PROPOSAL = Proposal(
    "brook2019", "volume", None, "11", "12", "crossref", "update",
    changes=(Change("volume", "{11}", "12"), Change("number", None, "3")),
    addition=Addition("article", "new", (("title", "New"), ("year", "2020"))),
    settles=(Base("brook2019", "volume", "12"),),
)  # fmt: skip


def test_what_is_written_is_read() -> None:
    plain = Proposal("a", "year", "2019", None, "2020", "crossref", "fill")
    assert proposal_store.parse(proposal_store.write([PROPOSAL, plain])) == {PROPOSAL.id: PROPOSAL, plain.id: plain}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("key", ["brook2019"]),
        ("key", None),
        ("theirs", 12),
        ("theirs", True),
        ("kind", "wish"),
        ("kind", {}),
        ("changes", {"": []}),
        ("changes", [{"name": "a", "before": 3, "content": ""}]),
        ("changes", [[]]),
        ("addition", []),
        ("addition", {"type": "misc", "key": "k", "fields": [["title"]]}),
        ("addition", {"type": "misc", "key": "k", "fields": [["title", 3]]}),
        ("settles", "text"),
        ("unknown", ""),
    ],
)
def test_a_line_of_another_shape_is_refused_with_its_number(member: str, value: Any) -> None:
    sound = proposal_store.write([PROPOSAL])
    broken = json.dumps(json.loads(sound) | {member: value})
    with pytest.raises(PubtrackError, match="not a proposal") as caught:
        proposal_store.parse(sound + broken)
    assert caught.value.line == 2
