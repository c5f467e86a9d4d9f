"""The one door to the network: a GET that is paced, bounded in time and size, checked, and remembered.

    with Client(Settings.of(config.network, os.environ, cache=folder)) as client:
        reply = client.get("crossref", url, accept="application/json", read=crossref.parse)

In go a service's name and the https URL of its module; out comes a `Reply`, whose value `read` made of the bytes, or
`UnansweredError`, whose text is one line for people. A reply counts, and is kept, only if its status, its content type
and its shape are right. What the services are told of the user is the configured address, where they ask for one, and
nothing else; no message and no log holds it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import random as chance
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TYPE_CHECKING, Generic, TypeVar

from pubtrack.config import NetworkConfig
from pubtrack.platform_folders import cache_folder
from pubtrack.sources._clock import Clock
from pubtrack.sources._hosts import HOSTS
from pubtrack.sources._rate_limit import GRACE, Pacer
from pubtrack.sources._reply_cache import Cache, Kept
from pubtrack.sources._service import ReplyError, UnansweredError
from pubtrack.sources._url_policy import AddressError, Addresses, checked_base, checked_mailto, redact

if TYPE_CHECKING:
    from pubtrack.sources._client import Asking
    from pubtrack.sources._transport import Connections, Raw

T = TypeVar("T")

DAY = 86_400.0
WORKS, LISTS, MISSING = 30 * DAY, 7 * DAY, 7 * DAY
"""How long a work, the answer to a search, and a "not found" are believed, in seconds."""
RUN_SECONDS = 900.0
"""The longest that a run may take, unless it is told otherwise."""
_LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry")


@dataclass(frozen=True, slots=True)
class Settings:
    """How one run uses the network.

    `cache` is a folder, "" for none; `fresh` reads nothing from it; `offline` asks nobody; `seconds` is the time for
    the whole run, from the first question on. `base_urls` and `keys` are by service.
    """

    mailto: str = ""
    base_urls: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    cache: str = ""
    offline: bool = False
    fresh: bool = False
    seconds: float = RUN_SECONDS

    @classmethod
    def of(
        cls,
        config: NetworkConfig,
        environment: Mapping[str, str],
        *,
        cache: str = "",
        offline: bool = False,
        fresh: bool = False,
        seconds: float = RUN_SECONDS,
    ) -> Settings:
        """What `[network]` and the environment say: PUBTRACK_CROSSREF_URL and its like, PUBTRACK_OPENALEX_KEY, ….

        Raises PubtrackError for an address that is none or a placeholder, and for a base URL that is not loopback.
        """
        urls = {
            service: checked_base(service, environment.get(f"PUBTRACK_{service.upper()}_URL", "")) for service in HOSTS
        }
        keys = {
            service: environment.get(f"PUBTRACK_{service.upper()}_KEY", "").strip()
            for service, host in HOSTS.items()
            if host.key
        }
        return cls(checked_mailto(config.mailto), urls, keys, cache, offline, fresh, seconds)

    def after(self, spent: float) -> Settings:
        """The same for what is asked next, with the time that is left."""
        return replace(self, seconds=max(0.0, self.seconds - spent))


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """A reply that counts. `value` is None where the service knows no such work; `fetched` in seconds since 1970."""

    value: T | None
    content: bytes
    url: str
    fetched: float
    cached: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Client:
    """The network for one run: opened once, used by any number of threads, and closed."""

    def __init__(
        self,
        settings: Settings,
        *,
        remark: Callable[[str], None] = lambda message: None,
        clock: Clock | None = None,
        random: Callable[[], float] = chance.random,
        grace: float = GRACE,
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self._remark, self._said = remark, set[str]()
        self._secrets = [secret for secret in (settings.mailto, *settings.keys.values()) if secret]
        self._addresses = Addresses(settings.base_urls)
        self._cache = Cache(settings.cache, self.say)
        self._pacer = Pacer(self.clock, identified=bool(settings.mailto), grace=grace)
        self._random = random
        self._lock = threading.Lock()
        self._lines: Connections | None = None
        self._asking: Asking | None = None
        self._redaction = _Redaction(self._secrets)
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self._redaction)
        if settings.offline:
            self.say("offline: only what is in the cache is used, however old it is")

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends what is under way and closes the cache."""
        self.stop("the run is over")
        if self._lines is not None:
            self._lines.close()
        self._cache.close()
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self._redaction)

    def stop(self, reason: str) -> None:
        """Sends nothing more and waits for nothing more, for good; what was received is kept."""
        self._pacer.stop(reason)
        with self._lock:
            if self._lines is not None:
                self._lines.cut()

    def say(self, message: str) -> None:
        """A remark for the user, once."""
        message = redact(message, self._secrets)
        if message not in self._said:
            self._said.add(message)
            self._remark(message)

    def at_once(self, service: str) -> int:
        """How many requests to a service may be open at the same time, as far as it is known."""
        return self._pacer.at_once(service)

    def recall(
        self,
        service: str,
        urls: Sequence[str],
        read: Callable[[bytes], T],
        *,
        absent: Callable[[bytes], T] | None = None,
        keep: float = WORKS,
    ) -> dict[str, Reply[T]]:
        """The kept replies to these URLs, by URL; offline those too that are old. `read` and `absent` as for `get`."""
        if self.settings.fresh:
            return {}
        keys = {self._key(service, url): url for url in urls}
        found = {}
        for key, kept in self._cache.get(list(keys)).items():
            age = self.clock.today() - kept.fetched
            if not self.settings.offline and not 0 <= age < (keep if kept.status == 200 else MISSING):
                continue
            try:
                value = _value(kept.status, kept.body, read, absent)
            except ReplyError:  # kept by a version that was content with less
                continue
            found[keys[key]] = Reply(value, kept.body, keys[key], kept.fetched, cached=True)
        return found

    def keep(self, service: str, parts: Mapping[str, bytes | None]) -> None:
        """Keeps what the reply to a batch says of each: URL for that one alone -> its part, None where it has none."""
        now = self.clock.today()
        self._cache.put(
            Kept(self._key(service, url), service, 404 if part is None else 200, now, part or b"")
            for url, part in parts.items()
        )

    def get(
        self,
        service: str,
        url: str,
        *,
        accept: str,
        read: Callable[[bytes], T],
        absent: Callable[[bytes], T] | None = None,
        many: bool = False,
        keep: float = WORKS,
    ) -> Reply[T]:
        """The reply to one URL, from the cache or from the service.

        `read` makes the value of a body, and raises ReplyError for one that is not the service's; `absent` does so for
        the body of a "not found" where that says something. `many` allows the time and the size of a batch. With
        `keep` 0 nothing is read from the cache or put there. Raises UnansweredError.
        """
        if keep and (kept := self.recall(service, [url], read, absent=absent, keep=keep)):
            return kept[url]
        if self.settings.offline:
            raise UnansweredError(service, f"{HOSTS[service].title} was not asked (offline)", "offline")
        raw, at = self._ask(service, self._address(service, url), accept, many)
        body = b"" if raw.status == 204 else raw.body
        try:
            value = _believed(raw, body, accept, read, absent)
        except ReplyError as error:
            message = redact(f"{HOSTS[at].title}: {error}", self._secrets)
            self._pacer.failed(at, message)
            raise UnansweredError(service, message, "reply") from None
        self._pacer.worked(at)
        now = self.clock.today()
        if keep:
            self._cache.put([Kept(self._key(service, url), service, raw.status, now, body)])
        return Reply(value, body, url, now)

    def _ask(self, service: str, address: str, accept: str, many: bool) -> tuple[Raw, str]:
        """What the service says. The libraries for it are loaded now: a run from the cache does not need them."""
        from pubtrack.sources._client import Asking, Question
        from pubtrack.sources._transport import Connections

        with self._lock:
            if self._asking is None:
                self._lines = Connections(self.clock)
                self._asking = Asking(
                    self._addresses,
                    self._pacer,
                    self._lines,
                    self.clock,
                    mailto=self.settings.mailto,
                    keys=self.settings.keys,
                    seconds=self.settings.seconds,
                    random=self._random,
                    remark=self.say,
                )
            asking = self._asking
        return asking.ask(Question(service, address, accept, many))

    def _key(self, service: str, url: str) -> str:
        """Where a reply is kept: under the URL as asked, without address and key, which are added on the way out."""
        return f"GET {self._address(service, url)}"

    def _address(self, service: str, url: str) -> str:
        try:
            return self._addresses.of(service, url)
        except AddressError as error:
            raise UnansweredError(service, f"{HOSTS[service].title} was not asked: {error}", "reply") from None


def _believed(
    raw: Raw, body: bytes, accept: str, read: Callable[[bytes], T], absent: Callable[[bytes], T] | None
) -> T | None:
    """What a reply says. Raises ReplyError for one of another content type than asked for, or of another shape."""
    if raw.status != 200:
        return _value(raw.status, body, read, absent)
    kind = raw.headers.get("content-type", "").partition(";")[0].strip().lower()
    if "html" in kind or body[:300].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise ReplyError("a web page came instead of data")
    wanted = {word for word in ("json", "xml") if word in accept}
    if kind and wanted and not any(word in kind for word in wanted):
        raise ReplyError("the reply is of another kind than was asked for")
    return read(body)


def _value(status: int, body: bytes, read: Callable[[bytes], T], absent: Callable[[bytes], T] | None) -> T | None:
    if status == 200:
        return read(body)
    return absent(body) if absent is not None and status == 404 else None


class _Redaction(logging.Filter):
    """Takes the user's address and keys out of what the libraries log: they log URLs."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        if self._secrets:
            record.msg, record.args = redact(record.getMessage(), self._secrets), ()
        return True


def default_client(
    *, mailto: str = "", offline: bool = False, fresh: bool = False, seconds: float = RUN_SECONDS
) -> Client:
    """The network for one run of a script, to be closed; replies stay in the platform's cache folder.

    `mailto` is told to the services that ask for an address, `offline` uses kept replies alone, `fresh` none of them;
    `seconds` bounds the whole run. Raises PubtrackError for an address that is none.
    """
    config = NetworkConfig(mailto=mailto)
    return Client(Settings.of(config, os.environ, cache=cache_folder(), offline=offline, fresh=fresh, seconds=seconds))


@contextmanager
def client_or_default(client: Client | None) -> Iterator[Client]:
    """The client that was given, which stays open, or a default one, which is closed at the end."""
    if client is not None:
        yield client
        return
    with default_client() as own:
        yield own
