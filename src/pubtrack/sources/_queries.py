"""How one kind of question is put to a service, of one identifier or of many at once: ids in, what was told out.

What was told is looked for in the cache one by one and asked for in batches; the reply to a batch is kept one by one.
A batch that the service cannot answer is asked again in halves, so that one odd identifier spoils no other's answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from pubtrack.model.errors import PubtrackError
from pubtrack.model.record import ServiceFailure
from pubtrack.sources._service import UnansweredError
from pubtrack.sources.http import WORKS, Client, Reply

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where and when something was fetched: a URL without address and key, ISO 8601 in UTC, the reply's SHA-256."""

    url: str
    fetched: str
    sha256: str


@dataclass(frozen=True, slots=True)
class QueryReply(Generic[V]):
    """What a service said of one id: values (none where it knows no such work), or why it said nothing.

    `is_late` if it was not asked any more, because the run was over.
    """

    id: str
    values: tuple[V, ...] = ()
    receipt: Receipt | None = None
    failure: ServiceFailure | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Manner(Generic[V]):
    """A kind of question.

    `read` gives the values of a reply by the ids that the service files them under; `split` the parts of a reply to
    many, each one a reply that `read` accepts; `absent` reads the body of a "not found" that says something. Ids that
    are not `joinable` are asked alone.
    """

    service: str
    accept: str
    url: Callable[[Sequence[str]], str]
    read: Callable[[bytes], Mapping[str, V]]
    batch: int = 1
    split: Callable[[bytes], Mapping[str, bytes]] | None = None
    absent: Callable[[bytes], Mapping[str, V]] | None = None
    joinable: Callable[[str], bool] = lambda one: True
    keep: float = WORKS

    def batches(self, ids: Sequence[str]) -> list[list[str]]:
        """The ids in the lots in which they are asked for, in order."""
        joined = [one for one in ids if self.batch > 1 and self.joinable(one)]
        taken = set(joined)
        lots = [joined[begin : begin + self.batch] for begin in range(0, len(joined), self.batch)]
        return lots + [[one] for one in ids if one not in taken]


_UNLISTED = "#unlisted"
"""Behind an id's URL: the reply to a batch did not hold it. Asked alone it may be answered, as an alias is."""


def recall(client: Client, manner: Manner[V], ids: Sequence[str]) -> dict[str, QueryReply[V]]:
    """What is kept of these ids."""
    urls: dict[str, str] = {}
    for one in ids:
        try:
            url = manner.url([one])
        except PubtrackError:
            continue  # an id that is none is refused where it is asked for
        urls[url] = one
        if manner.batch > 1:
            urls[url + _UNLISTED] = one  # the later one counts, so that a run from the cache goes the same way
    kept = client.recall(manner.service, list(urls), manner.read, absent=manner.absent, keep=manner.keep)
    return {urls[url]: _told(urls[url], kept[url]) for url in urls if url in kept}


def ask(client: Client, manner: Manner[V], ids: Sequence[str], *, halves: int = 1) -> list[QueryReply[V]]:
    """What the service says of these ids, which fit in one request; of one alone also from the cache."""
    try:
        if len(ids) == 1:
            return [_alone(client, manner, ids[0])]
        reply = client.get(manner.service, manner.url(ids), accept=manner.accept, read=manner.read, many=True, keep=0)
    except UnansweredError as error:
        if len(ids) > 1 and (error.kind == "unfit" or (error.kind == "reply" and halves)):
            half = len(ids) // 2
            more = halves - 1 if error.kind == "reply" else halves
            return [told for part in (ids[:half], ids[half:]) for told in ask(client, manner, part, halves=more)]
        failure = ServiceFailure(manner.service, error.message)
        return [QueryReply(one, failure=failure, is_late=error.kind == "late") for one in ids]
    except PubtrackError as error:
        return [QueryReply(one, failure=ServiceFailure(manner.service, error.message)) for one in ids]
    return _each(client, manner, ids, reply)


def _alone(client: Client, manner: Manner[V], one: str) -> QueryReply[V]:
    reply = client.get(
        manner.service,
        manner.url([one]),
        accept=manner.accept,
        read=manner.read,
        absent=manner.absent,
        keep=manner.keep,
    )
    return _told(one, reply)


def _each(client: Client, manner: Manner[V], ids: Sequence[str], reply: Reply[Mapping[str, V]]) -> list[QueryReply[V]]:
    """The answer to a batch, one by one, kept and told. An id that the reply does not hold is one it does not know."""
    values = reply.value or {}
    parts = manner.split(reply.content) if manner.split is not None and reply.value is not None else {}
    told: list[QueryReply[V]] = []
    kept: dict[str, bytes | None] = {}
    for one in ids:
        url = manner.url([one])
        if one not in values:
            kept[url + _UNLISTED] = None
            told.append(QueryReply(one))
            continue
        part = parts.get(one)
        if part is not None:
            kept[url] = part
        told.append(_told(one, Reply({one: values[one]}, part or reply.content, url, reply.fetched)))
    client.keep(manner.service, kept)
    return told


def _told(one: str, reply: Reply[Mapping[str, V]]) -> QueryReply[V]:
    when = datetime.fromtimestamp(reply.fetched, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    receipt = Receipt(reply.url, when, reply.sha256)
    return QueryReply(one, tuple((reply.value or {}).values()), receipt)
