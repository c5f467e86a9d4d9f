"""What a service module is, and what it raises for a reply that is not of its service's shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from pubtrack.model.errors import PubtrackError
from pubtrack.model.record import Record

Kind = Literal["offline", "late", "closed", "line", "status", "unfit", "reply"]


class ReplyError(ValueError):
    """A reply that does not have the service's shape, so that nothing in it is believed."""


class UnansweredError(PubtrackError):
    """A service gave no answer that counts; the text is one line for people, with the service's name.

    `kind` is `offline` (not in the cache), `late` (no time left), `closed` (the service is not asked any more), `line`
    (no whole reply came), `status` (it has trouble or refuses), `unfit` (it cannot answer this very question; smaller
    ones it may) or `reply` (what came is not believed).
    """

    def __init__(self, source: str, message: str, kind: Kind) -> None:
        super().__init__(message)
        self.source, self.kind = source, kind


class Service(Protocol):
    """A module of this folder that stands for one service: pure functions, no network.

    `url` is the https address that asks for up to `BATCH` identifiers, which are those the service itself files works
    under (a DOI, an arXiv id, …). It raises `PubtrackError` for one that is none. `parse` takes the bytes of a reply
    with status 200 and gives its records, none where the service knows none of them; it raises `ReplyError` for
    anything else, whatever the bytes.
    """

    NAME: str
    BATCH: int
    ACCEPT: str

    def url(self, ids: Sequence[str]) -> str: ...

    def parse(self, content: bytes) -> tuple[Record, ...]: ...


def check_identifier(normal: Callable[[str], str], value: str, what: str) -> str:
    """The identifier as `normal` writes it; raises PubtrackError where it is none, so that no address holds it."""
    found = normal(value)
    if not found:
        raise PubtrackError(f"{ascii(value)[:80]} is not {what}")
    return found
