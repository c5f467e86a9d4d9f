"""One request over the wire and its reply, within a time and a size, whatever the other side does.

Everything that opens a socket is here. TLS is always verified, no cookie is kept, no redirect followed, no password
of a .netrc sent. A watch shuts the socket of a try whose time is over: timeouts of sockets count from one byte to the
next only, so a server that sends a byte now and then would hold them off for ever.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from pubtrack.model.errors import PubtrackError
from pubtrack.sources._clock import Clock

CONNECT = 10.0
"""Seconds that a connection may take."""
SILENCE = 20.0
"""Seconds without a byte."""
_CHUNK = 65_536


class LineError(Exception):
    """A try that gave no whole reply: `again` if another one may. `headers` are those of the reply, if it had any."""

    def __init__(self, message: str, *, again: bool, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message, self.again, self.headers = message, again, headers

    @classmethod
    def of(cls, error: BaseException) -> LineError:
        """What went wrong, in our own words: those of the libraries hold URLs."""
        chain: list[BaseException] = []
        found: Any = error
        while isinstance(found, BaseException) and found not in chain and len(chain) < 8:
            chain.append(found)
            found = getattr(found, "reason", None) or next(iter(found.args), None) or found.__cause__
        for kinds, message, again in _REASONS:
            if any(isinstance(one, kinds) for one in chain):
                return cls(message, again=again)
        return cls("cannot be asked", again=False)


@dataclass(frozen=True, slots=True)
class Raw:
    """A reply as it came: the names of its headers in lower case, its body decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Dial = Callable[[str, int, "float | None"], socket.socket]
"""A host, a port and the seconds that it may take, to a connected socket; raises OSError."""


class _Try:
    """One try, which the watch may cut: from then on its socket gives nothing more."""

    def __init__(self, ends: float, written: Callable[[], None], dial: Dial | None) -> None:
        self.ends = ends
        self.written = written
        self.dial = dial
        self.is_cut = False
        self._lock = threading.Lock()
        self._line: socket.socket | None = None

    def hold(self, sock: socket.socket) -> None:
        """Keeps a second handle of the try's socket: TLS takes the first one away for the time of its handshake."""
        line = socket.fromfd(sock.fileno(), sock.family, sock.type)
        with self._lock:
            self._drop()
            self._line = line
            if self.is_cut:
                self._shut()

    def cut(self) -> None:
        with self._lock:
            self.is_cut = True
            self._shut()

    def done(self) -> None:
        with self._lock:
            self._drop()

    def _shut(self) -> None:
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class _Present(threading.local):
    """The try that this thread is at, for the connections, which urllib3 makes."""

    running: _Try | None = None


_present = _Present()


class _Watched:
    """A connection that shows its socket to the running try."""

    sock: Any

    def _new_conn(self) -> socket.socket:
        running = _present.running
        dial = running.dial if running is not None else None
        made: socket.socket = super()._new_conn() if dial is None else self._dialled(dial)  # type: ignore[misc]
        if running is not None:
            running.hold(made)
        return made

    def _dialled(self, dial: Dial) -> socket.socket:
        this: Any = self
        try:
            return dial(this.host, this.port, this.timeout)
        except OSError as error:
            raise exceptions.NewConnectionError(this, "not connected") from error

    def request(self, *arguments: Any, **options: Any) -> None:
        if self.sock is not None and _present.running is not None:
            _present.running.hold(self.sock)
        super().request(*arguments, **options)  # type: ignore[misc]
        if _present.running is not None:
            _present.running.written()


class _PlainConnection(_Watched, HTTPConnection):
    pass


class _TlsConnection(_Watched, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    """requests' own, with watched connections, also through a proxy."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        made = super().proxy_manager_for(proxy, **options)
        made.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
        return made


class _Session(requests.Session):
    """A session that knows no redirects: requests would read the whole body of one, whatever its size."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class Connections:
    """The connections of one run, which `dial` makes; without it they go to whatever the name or a proxy says."""

    def __init__(self, clock: Clock, dial: Dial | None = None) -> None:
        self._clock, self._dial = clock, dial
        self._session = _Session()
        self._session.trust_env = False  # it would look into .netrc; proxies and certificates are read below
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _Adapter(pool_connections=12, pool_maxsize=5))
        self._verify: str | bool = _authorities() or True
        self._tries: set[_Try] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._watch: threading.Thread | None = None

    def exchange(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        seconds: float,
        most: int,
        written: Callable[[], None] = lambda: None,
        method: str = "GET",
    ) -> Raw:
        """The reply to a GET; `written` is called when the request has gone out.

        With `most` 0 no byte of the body is read. Raises LineError for no reply within `seconds`, or one of more than
        `most` bytes.
        """
        running = self._begin(seconds, written)
        _present.running = running
        try:
            raw = self._exchange(method, url, headers, seconds, most)
        except LineError as error:
            if running.is_cut:
                raise LineError(_too_slow(seconds), again=True, headers=error.headers) from None
            raise
        else:
            if running.is_cut:  # a reply without a length ends where its connection does
                raise LineError(_too_slow(seconds), again=True, headers=raw.headers)
            return raw
        finally:
            _present.running = None
            self._end(running)

    def cut(self) -> None:
        """Ends all tries now, and lets none begin any more."""
        with self._changed:
            self._closed = True
            for running in self._tries:
                running.cut()
            self._changed.notify_all()

    def close(self) -> None:
        """`cut`, and gives the connections back."""
        self.cut()
        self._session.close()

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], seconds: float, most: int) -> Raw:
        direct = self._dial is not None or url.startswith("http://")
        proxies = {} if direct else requests.utils.get_environ_proxies(url)
        timeout = (min(CONNECT, seconds), min(SILENCE, seconds))
        try:
            request = self._session.prepare_request(requests.Request(method, url, headers=dict(headers)))
            request.url = url  # as it was checked: requests would spell it anew
            reply = self._session.send(
                request, stream=True, timeout=timeout, verify=self._verify, proxies=proxies, allow_redirects=False
            )
        except (requests.RequestException, exceptions.HTTPError, OSError, ValueError) as error:
            raise LineError.of(error) from None
        known = {name.lower(): value for name, value in reply.headers.items()}
        whole = False
        try:
            body = _body(reply.raw, known, most) if most else b""
            whole = most > 0 or method == "HEAD"
        except LineError as error:
            error.headers = known
            raise
        finally:
            # A reply that was read whole gives its connection back; what is left of another is not read for the sake
            # of its connection: it may have no end. (requests' own close() would close both.)
            if whole:
                reply.raw.release_conn()
            elif reply.raw is not None:
                reply.raw.close()
        return Raw(reply.status_code, known, body)

    def _begin(self, seconds: float, written: Callable[[], None]) -> _Try:
        with self._changed:
            if self._closed:
                raise LineError("stopped", again=False)
            running = _Try(self._clock.now() + seconds, written, self._dial)
            self._tries.add(running)
            if self._watch is None:
                self._watch = threading.Thread(target=self._watching, name="pubtrack watch", daemon=True)
                self._watch.start()
            self._changed.notify_all()
        return running

    def _end(self, running: _Try) -> None:
        with self._changed:
            self._tries.discard(running)
        running.done()

    def _watching(self) -> None:
        with self._changed:
            while not self._closed:
                now = self._clock.now()
                for running in self._tries:
                    if not running.is_cut and running.ends <= now:
                        running.cut()
                waiting = [running.ends for running in self._tries if not running.is_cut]
                self._clock.wait(self._changed, min(waiting) - now if waiting else 3600.0)


def _authorities() -> str:
    """The file or folder of certificates that the environment names, "" for the usual ones."""
    for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
        if bundle := os.environ.get(name):
            if not os.path.exists(bundle):  # noqa: PTH110 - no pathlib in this room
                raise PubtrackError(f"{name} names {bundle}, which is not there; correct it, or unset it")
            return bundle
    return ""


def _body(raw: urllib3.BaseHTTPResponse, headers: Mapping[str, str], most: int) -> bytes:
    """The body of a reply, at most `most` bytes of it before and after decompression, never more in memory."""
    declared = headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > 12 or int(declared) > most):
        raise _too_much(most)
    coding = headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise LineError("answered in an encoding that it was not asked for", again=False)
    unpack = _Gzip(most) if coding.endswith("gzip") else None
    parts: list[bytes] = []
    received = size = 0
    try:
        while chunk := raw.read(_CHUNK, decode_content=False):
            received += len(chunk)
            if unpack is not None:
                chunk = unpack.feed(chunk, most - size)
            size += len(chunk)
            if max(received, size) > most:
                raise _too_much(most)
            parts.append(chunk)
    except (exceptions.HTTPError, OSError, ValueError, zlib.error) as error:
        raise LineError.of(error) from None
    if unpack is not None and not unpack.whole:
        raise LineError("broke off in the middle of a reply", again=True)
    return b"".join(parts)


class _Gzip:
    """Unpacks a gzip stream piece by piece; it may be several joined, which the format allows."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._stream = zlib.decompressobj(31)
        self._begun = False

    @property
    def whole(self) -> bool:
        return self._stream.eof or not self._begun

    def feed(self, chunk: bytes, room: int) -> bytes:
        """What `chunk` unpacks to; raises LineError if that is more than `room` bytes."""
        self._begun = True
        parts = []
        while chunk:
            if self._stream.eof:
                self._stream = zlib.decompressobj(31)
            part = self._stream.decompress(chunk, room + 1)
            room -= len(part)
            if room < 0:
                raise _too_much(self._most)
            parts.append(part)
            chunk = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return b"".join(parts)


def _too_much(most: int) -> LineError:
    return LineError(f"sent more than {most // 1_000_000} MB", again=False)


def _too_slow(seconds: float) -> str:
    return f"did not answer within {seconds:g} s"


_REASONS: tuple[tuple[tuple[type[BaseException], ...], str, bool], ...] = (
    ((exceptions.ProxyError, requests.exceptions.ProxyError), "cannot be reached through the proxy", True),
    ((exceptions.NameResolutionError, socket.gaierror), "cannot be found: is there a network?", True),
    ((exceptions.SSLError, requests.exceptions.SSLError, ssl.SSLError), "has no certificate that is trusted", False),
    ((exceptions.ConnectTimeoutError,), "cannot be reached", True),
    ((exceptions.NewConnectionError,), "cannot be reached", True),
    ((exceptions.ReadTimeoutError, requests.exceptions.ReadTimeout, TimeoutError), "fell silent", True),
    ((exceptions.InvalidHeader, exceptions.LocationParseError), "answered in what is not HTTP", False),
    ((exceptions.ProtocolError, requests.ConnectionError, ConnectionError), "broke off the connection", True),
    ((exceptions.DecodeError, zlib.error), "sent a reply that cannot be unpacked", True),
    ((requests.exceptions.InvalidURL, exceptions.HTTPError, ValueError), "answered in what is not HTTP", False),
)  # fmt: skip
"""Kinds of errors, the more telling first; the message; whether another try may help."""
