"""A look at pages: addresses that entries name in, out what was seen of each, now and in earlier runs.

    looked = look(addresses, settings)
    dead = {address for address, one in looked.looks.items() if one.is_dead}

The one place where a host is asked that is not a service of `_hosts`. Each is asked once a second, one request at a
time, under the program's name alone; redirects are followed by hand; no body is read. A name is looked up once for a
connection, and it is the addresses found then that are checked and connected to, so that a name which changes its
mind leads nowhere. What was seen is kept among the replies: a row for each address.
"""

from __future__ import annotations

import json
import math
import socket
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pubtrack.sources._clock import Clock
from pubtrack.sources._hosts import CAUTIOUS
from pubtrack.sources._rate_limit import ClosedError, Pacer, TooLateError
from pubtrack.sources._reply_cache import Cache, Kept
from pubtrack.sources._special_addresses import is_public
from pubtrack.sources._transport import Connections, LineError, Raw
from pubtrack.sources._url_policy import user_agent
from pubtrack.sources._workers import Job, run
from pubtrack.sources.http import Settings
from pubtrack.sources.page_status import DAY, GONE, PageStatus, address_after, host_of

REDIRECTS = 5
SECONDS = 20.0
"""The longest that an answer may take."""
AT_ONCE = 8
"""Hosts that are asked at the same time."""
BELIEVED = 7 * DAY
"""How long a page that was there is taken to be there; any other answer is believed for a day."""
PLACES: Mapping[str, tuple[str, int]] = {}
"""Hosts that are elsewhere than their names say, with address and port: none, but in tests on loopback."""

_NO_HEAD = frozenset({405, 501})
_UNKNOWN = PageStatus(0, -math.inf)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of each address; of one that never answered there is nothing.

    `unclear` counts those that answered neither that the page is there nor that it is gone, or not at all; `new` those
    that were gone for the first time, or not long enough to tell. `unreached` were not asked; `stopped` is why, "" if
    the run came to its end.
    """

    looks: Mapping[str, PageStatus]
    unclear: int = 0
    new: int = 0
    unreached: int = 0
    stopped: str = ""


def check_pages(
    addresses: Iterable[str],
    settings: Settings,
    *,
    remark: Callable[[str], None] = lambda message: None,
    progress: Callable[[int, int], None] | None = None,
    clock: Clock | None = None,
) -> Looked:
    """Asks for the addresses, which `page_address` has made, as far as memory does not answer.

    `settings` say where memory is, whether nobody is to be asked (`offline`), whether all are (`fresh`), and for how
    long. Ctrl-C and the end of the time give what was seen until then, which is kept. Raises nothing for what a host
    does.
    """
    wanted, clock = list(dict.fromkeys(addresses)), clock or Clock()
    memory = _Memory(settings.cache, remark)
    try:
        known = memory.recall(wanted)
        if settings.offline:
            remark("offline: what earlier runs saw of the pages is used, and none is asked for")
            return _counted(wanted, known, set(), 0, "")
        now = clock.today()
        due = [one for one in wanted if settings.fresh or _is_due(known.get(one), now)]
        return _asked(wanted, due, known, memory, _Asking(clock, settings.seconds), progress)
    finally:
        memory.close()


def _is_due(known: PageStatus | None, now: float) -> bool:
    if known is None or known.seen > now:
        return True
    return now - known.seen >= (BELIEVED if 200 <= known.status < 300 else DAY)


def _asked(
    wanted: Sequence[str],
    due: Sequence[str],
    known: dict[str, PageStatus],
    memory: _Memory,
    asking: _Asking,
    progress: Callable[[int, int], None] | None,
) -> Looked:
    silent: set[str] = set()
    unreached = set(due)
    jobs = _jobs(due, asking.status)

    def done(number: int, told: tuple[str, int | None]) -> None:
        address, status = told
        if status is not None:
            unreached.discard(address)
        if status == 0:
            silent.add(address)
        elif status is not None:
            known[address] = known.get(address, _UNKNOWN).after(status, asking.clock.today())
            memory.keep(address, known[address])
        if progress is not None:
            progress(len(due) - len(unreached), len(due))

    try:
        is_cut = run(jobs, lambda lane: 1, done, lambda: asking.stop("stopped"))
    finally:
        asking.close()
    stopped = "stopped" if is_cut else "the time of the run is over" if unreached else ""
    return _counted(wanted, known, silent, len(unreached), stopped)


def _counted(
    wanted: Sequence[str], known: Mapping[str, PageStatus], silent: set[str], unreached: int, stopped: str
) -> Looked:
    looks = {address: known[address] for address in wanted if address in known}
    clear = {address for address, one in looks.items() if 200 <= one.status < 300 or one.status in GONE} - silent
    unclear = (set(looks) | silent) - clear
    new = [one for address, one in looks.items() if address in clear and one.status in GONE and not one.is_dead]
    return Looked(looks, len(unclear), len(new), unreached, stopped)


def _jobs(addresses: Sequence[str], ask: Callable[[str], int | None]) -> list[Job[tuple[str, int | None]]]:
    """A job for each address: all of a host in the same lane, and within a lane the hosts by turns."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[host_of(address)].append(address)
    turns = sorted(
        (turn, number, address) for number, own in enumerate(by_host.values()) for turn, address in enumerate(own)
    )
    return [Job(f"lane {number % AT_ONCE}", partial(_told, ask, address)) for _, number, address in turns]


def _told(ask: Callable[[str], int | None], address: str) -> tuple[str, int | None]:
    return address, ask(address)


class _Asking:
    """Asks hosts for pages, from any number of threads."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock = clock
        self._ends = clock.now() + seconds
        self._pacer = Pacer(clock, limits=lambda host: CAUTIOUS)
        self._lines = Connections(clock, dial=connect_public)
        self._is_over = False

    def stop(self, reason: str) -> None:
        """Asks nobody any more, and waits for no answer any more."""
        self._is_over = True
        self._pacer.stop(reason)
        self._lines.cut()

    def close(self) -> None:
        self.stop("the run is over")
        self._lines.close()

    def status(self, address: str) -> int | None:
        """The status behind all redirects; that of the redirect which is not followed, 0 for no answer.

        None where the time did not suffice. A page is only gone if a GET says so, too: some servers know no HEAD.
        """
        try:
            for _ in range(REDIRECTS + 1):
                raw = self._reply(address, "HEAD")
                if raw.status in _NO_HEAD or raw.status in GONE:
                    raw = self._reply(address, "GET")
                following = address_after(address, raw.headers.get("location", ""))
                if not (300 <= raw.status < 400 and following):
                    break
                address = following
        except TooLateError:
            return None
        except (ClosedError, LineError):
            return None if self._is_over else 0
        return raw.status

    def _reply(self, address: str, method: str) -> Raw:
        """One host's reply to one request, when its turn has come. Raises LineError, ClosedError, TooLateError."""
        host = host_of(address)
        if self.clock.now() >= self._ends:
            raise TooLateError
        passage = self._pacer.enter(host, "", self._ends)
        try:
            raw = self._lines.exchange(
                address,
                {"Accept": "*/*", "User-Agent": user_agent("")},
                seconds=max(1.0, min(SECONDS, self._ends - self.clock.now())),
                most=0,
                written=partial(self._pacer.written, passage),
                method=method,
            )
        except LineError as error:
            self._pacer.failed(host, error.message)
            raise
        finally:
            self._pacer.leave(passage, None)
        self._pacer.worked(host)
        if raw.status == 429:
            self._pacer.close(host, "is asked too often")
        return raw


def connect_public(host: str, port: int, seconds: float | None) -> socket.socket:
    """A connection to a host all of whose addresses are public.

    Raises OSError if one is not, before any is connected to.
    """
    if host in PLACES:
        return socket.create_connection(PLACES[host], seconds)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not addresses or not all(is_public(one) for one in addresses):
        raise OSError("not a public address")
    for number, address in enumerate(addresses[:3], 1):
        try:
            return socket.create_connection((address, port), seconds)
        except OSError:
            if number == len(addresses[:3]):
                raise
    raise AssertionError("the last turn returns or raises")


class _Memory:
    """What was seen of addresses, among the replies of the cache."""

    def __init__(self, folder: str, remark: Callable[[str], None]) -> None:
        self._cache = Cache(folder, remark)

    def recall(self, addresses: Sequence[str]) -> dict[str, PageStatus]:
        keys = {f"LOOK {address}": address for address in addresses}
        found = {keys[key]: _read(kept) for key, kept in self._cache.get(list(keys)).items()}
        return {address: one for address, one in found.items() if one is not None}

    def keep(self, address: str, seen: PageStatus) -> None:
        times = json.dumps([seen.gone_since, seen.gone_until]).encode()
        self._cache.put([Kept(f"LOOK {address}", "page", seen.status, seen.seen, times)])

    def close(self) -> None:
        self._cache.close()


def _read(kept: Kept) -> PageStatus | None:
    try:
        since, until = json.loads(kept.body)
        return PageStatus(kept.status, kept.fetched, float(since), float(until))
    except (ValueError, TypeError):
        return None
