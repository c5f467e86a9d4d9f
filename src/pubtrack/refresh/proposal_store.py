"""Write and read the proposals of the last run, so that an id applies exactly what was printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pubtrack.model.errors import PubtrackError
from pubtrack.refresh.bases import members
from pubtrack.refresh.proposal import Proposal
from pubtrack.refresh.read_members import read_members

FILE_NAME = "proposals.jsonl"

Proposals = Mapping[str, Proposal]
"""By id."""


def parse(source: str, file: str = FILE_NAME) -> Proposals:
    """The proposals in `source`; raises `PubtrackError` for a line that is not one."""
    found: dict[str, Proposal] = {}
    for number, line in enumerate(source.split("\n"), 1):
        if line:
            try:
                proposal = read_members(Proposal, json.loads(line))
            except (ValueError, RecursionError, TypeError) as error:
                message = "this line is not a proposal; delete the file and run pubtrack refresh again"
                raise PubtrackError(message, file=file, line=number) from error
            found[proposal.id] = proposal
    return found


def write(proposals: Iterable[Proposal]) -> str:
    """`proposals` as text that `parse` reads, one a line."""
    return "".join(f"{json.dumps(_members(proposal))}\n" for proposal in proposals)


def _members(proposal: Proposal) -> dict[str, Any]:
    new = proposal.addition
    return members(proposal) | {
        "changes": list(map(members, proposal.changes)),
        "settles": list(map(members, proposal.settles)),
        "addition": members(new) if new is not None else None,
    }


def renew_proposals(known: Proposals, reached: frozenset[str], new: Iterable[Proposal]) -> list[Proposal]:
    """The proposals after a run that looked at the keys `reached`: what it found, and what is known of other keys."""
    return [*(proposal for proposal in known.values() if proposal.key not in reached), *new]
