"""One question to a service, with the patience that its limits and its troubles ask for: a URL in, a reply out.

What is tried again, when, and when no more; redirects, by hand; who is asked under which name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode, urlsplit

from urllib3.exceptions import InvalidHeader
from urllib3.util.retry import Retry

from pubtrack.sources._clock import Clock
from pubtrack.sources._hosts import HOSTS
from pubtrack.sources._rate_limit import ClosedError, Pacer, TooLateError
from pubtrack.sources._service import Kind, UnansweredError
from pubtrack.sources._transport import Connections, LineError, Raw
from pubtrack.sources._url_policy import AddressError, Addresses, user_agent

TRIES = 3
SINGLE_SECONDS, BATCH_SECONDS, CALL_SECONDS = 30.0, 60.0, 150.0
"""The longest that a try may take, for one work and for many, and all tries of a question from the first one on."""
SINGLE_BYTES, BATCH_BYTES = 5_000_000, 30_000_000
REDIRECTS = 3
PATIENCE = 60.0
"""The longest pause that a service may ask for; one that asks for more is left alone for this run."""
BACKOFF = 1.0
"""The pause before a second try is anything between 0 and this, before a third anything up to twice that."""

ABSENT = frozenset({204, 404, 406, 410})
"""No such work; of content negotiation also: no metadata (204), none of this kind (406)."""
_AGAIN: Mapping[int, int] = {429: TRIES, 500: 2, 502: TRIES, 503: TRIES, 504: TRIES}
"""How often a question is asked whose reply has this status; any other once. A 500 may be a bad moment, or this very
question for ever, so it gets one more try."""
_UNFIT = frozenset({400, 413, 414})
"""Statuses that mean this very question, which a smaller one need not meet."""


@dataclass(slots=True)
class Question:
    """A URL to open at a service; `many` allows a batch's time and size. `ends` is known once it was first sent."""

    service: str
    address: str
    accept: str
    many: bool = False
    ends: float = 0.0

    @property
    def seconds(self) -> float:
        return BATCH_SECONDS if self.many else SINGLE_SECONDS

    @property
    def most(self) -> int:
        return BATCH_BYTES if self.many else SINGLE_BYTES


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a try was not good: at which service, what it did, how often one tries in all, after which pause."""

    at: str
    message: str
    kind: Kind
    tries: int = 1
    pause: float = 0.0


class Asking:
    """Asks the services of one run, from any number of threads."""

    def __init__(
        self,
        addresses: Addresses,
        pacer: Pacer,
        lines: Connections,
        clock: Clock,
        *,
        mailto: str,
        keys: Mapping[str, str],
        seconds: float,
        random: Callable[[], float],
        remark: Callable[[str], None],
    ) -> None:
        self._addresses, self._pacer, self._lines, self._clock = addresses, pacer, lines, clock
        self._mailto, self._keys, self._random, self._remark = mailto, keys, random, remark
        self._seconds, self._ends = seconds, 0.0
        self._spent: set[str] = set()

    def ask(self, question: Question) -> tuple[Raw, str]:
        """The reply, whose status is 200 or one of ABSENT, and the service that gave it.

        Raises UnansweredError, whose source is the service of the question.
        """
        self._ends = self._ends or self._clock.now() + self._seconds
        for number in range(1, TRIES + 1):
            found = self._try(question, number)
            if not isinstance(found, _Trouble):
                return found
            self._pacer.failed(found.at, f"{HOSTS[found.at].title} {found.message}")
            if number >= found.tries:
                raise self._unanswered(question, found.at, found.message, found.kind)
            try:
                self._pacer.wait(found.at, found.pause, min(question.ends, self._ends))
            except TooLateError:
                raise self._unanswered(question, found.at, found.message, found.kind) from None
            except ClosedError as error:
                raise UnansweredError(question.service, str(error), "closed") from None
        raise AssertionError("a loop whose last turn returns or raises")

    def _try(self, question: Question, number: int) -> tuple[Raw, str] | _Trouble:
        """One try, along at most REDIRECTS redirects."""
        address, at = question.address, question.service
        pause = self._random() * BACKOFF * 2 ** (number - 1)
        for _ in range(REDIRECTS + 1):
            try:
                raw = self._send(question, address, at)
            except LineError as error:
                kind: Kind = "line" if error.again else "unfit"
                return _Trouble(at, error.message, kind, TRIES if error.again else 1, pause)
            if raw.status == 200 or raw.status in ABSENT:
                return raw, at
            if not (300 <= raw.status < 400 and raw.status != 304):
                return self._refusal(at, raw, pause)
            try:
                address = self._addresses.after(question.service, address, raw.headers.get("location", ""))
            except AddressError as error:
                return _Trouble(at, f"answered with {error}", "reply")
            at = self._addresses.service_at(address, at)
        return _Trouble(at, f"answered with more than {REDIRECTS} redirects", "reply")

    def _send(self, question: Question, address: str, at: str) -> Raw:
        """The reply of one host to one request, when its turn has come. Raises LineError, UnansweredError."""
        path = urlsplit(address.removeprefix(self._addresses.base(at))).path
        pool = HOSTS[at].pool(path)
        if pool == "list" and at in self._spent:
            raise self._unanswered(question, at, "has no free searches left for today", "closed")
        try:
            passage = self._pacer.enter(at, pool, min(question.ends or self._ends, self._ends))
        except TooLateError:
            raise UnansweredError(question.service, f"{HOSTS[at].title}: no time was left to ask", "late") from None
        except ClosedError as error:
            raise UnansweredError(question.service, str(error), "closed") from None
        question.ends = question.ends or passage.begun + CALL_SECONDS
        seconds = min(question.seconds, max(1.0, min(question.ends, self._ends) - self._clock.now()))
        headers: Mapping[str, str] | None = None
        try:
            url, fields = self._dressed(at, address, question.accept)
            raw = self._lines.exchange(
                url, fields, seconds=seconds, most=question.most, written=partial(self._pacer.written, passage)
            )
            headers = raw.headers
            self._look_at(at, headers)
            return raw
        except LineError as error:
            headers = error.headers
            raise
        finally:
            self._pacer.leave(passage, headers)

    def _dressed(self, at: str, address: str, accept: str) -> tuple[str, Mapping[str, str]]:
        """The URL and headers that a service gets: the address and the key only where they are its business."""
        host = HOSTS[at]
        mailto = self._mailto if host.wants_address else ""
        fields = {"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": user_agent(mailto)}
        more: dict[str, str] = {}
        if host.email and self._mailto:
            more[host.email] = self._mailto
        key = self._keys.get(at, "")
        if key and host.key.endswith(":"):
            fields[host.key.removesuffix(":")] = key
        elif key:
            more[host.key] = key
        if more:
            address += ("&" if "?" in address else "?") + urlencode(more)
        return address, fields

    def _look_at(self, at: str, headers: Mapping[str, str]) -> None:
        """What a reply's headers say beside the limits: the pool we landed in, and what is left of an allowance."""
        pool = headers.get("x-api-pool", "").strip().lower()
        if self._mailto and HOSTS[at].wants_address and pool.startswith("public"):
            self._remark(f"{HOSTS[at].title} does not take the configured address: it answers from its public pool")
        left = headers.get("x-ratelimit-remaining-usd", "").strip()
        if left and left.strip("0.") == "" and left != ".":
            self._spent.add(at)

    def _refusal(self, at: str, raw: Raw, pause: float) -> _Trouble:
        """What to make of a status that is not an answer."""
        status = raw.status
        if status == 403:
            reason = f"{HOSTS[at].title} refuses requests from here (status 403)"
            self._pacer.close(at, f"{reason}; it was not asked again")
            return _Trouble(at, "refuses requests from here (status 403)", "closed")
        if status not in _AGAIN:
            return _Trouble(at, f"answered with status {status}", "unfit" if status in _UNFIT else "status")
        message = "is asked too often (status 429)" if status == 429 else f"has trouble (status {status})"
        asked = _retry_after(raw.headers.get("retry-after", ""))
        if asked is not None and asked > PATIENCE:
            message = f"asks to wait {_span(asked)} (status {status})"
            self._pacer.close(at, f"{HOSTS[at].title} {message}; it was not asked again")
            return _Trouble(at, message, "closed")
        if asked is not None or status == 429:
            # All threads keep away meanwhile; each comes back at a moment of its own.
            self._pacer.pause(at, asked if asked is not None else BACKOFF)
        return _Trouble(at, message, "status", _AGAIN[status], (asked or 0.0) + pause)

    def _unanswered(self, question: Question, at: str, message: str, kind: Kind) -> UnansweredError:
        return UnansweredError(question.service, f"{HOSTS[at].title} {message}", kind)


def _retry_after(header: str) -> float | None:
    """Seconds that a Retry-After names, as a number or as a date; None for none or nonsense."""
    if not header or len(header) > 60:
        return None
    try:
        return float(Retry(retry_after_max=10**9).parse_retry_after(header))
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _span(seconds: float) -> str:
    """`90 s`, `15 minutes`, `an hour`, `3 hours`, `2 days`."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} minutes"
    hours = round(minutes / 60)
    if hours < 48:
        return "an hour" if hours == 1 else f"{hours} hours"
    return f"{round(hours / 24)} days"
