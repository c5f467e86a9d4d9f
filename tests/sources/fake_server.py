"""The services on loopback, as they document themselves: their limits are counted, their faults made on demand.

    with FakeServer(works, clock=clock, faults={"429": 1}) as server: Settings(base_urls=server.base_urls)

`server.violations` counts what was over a limit: requests in a sliding window by pool, requests open at once. A second
port stands for a host that nobody may be led to; `server.strayed` counts the bytes that reached it.
"""

from __future__ import annotations

import functools
import gzip
import json
import re
import socket
import struct
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from pubtrack.sources._clock import Clock
from tests.sources.fake_payloads import Sample
from tests.sources.fake_routes import ROUTES, Answer, Registry, parsed

LIMITS: Mapping[tuple[str, str, str], tuple[int, float, int]] = {
    ("crossref", "public", "single"): (5, 1.0, 1),
    ("crossref", "public", "array"): (1, 1.0, 1),
    ("crossref", "polite", "single"): (10, 1.0, 3),
    ("crossref", "polite", "array"): (3, 1.0, 3),
    ("datacite", "public", "single"): (500, 300.0, 5),
    ("datacite", "polite", "single"): (1000, 300.0, 5),
    ("arxiv", "public", "single"): (1, 3.0, 1),
    ("openalex", "public", "single"): (100, 1.0, 10),
    ("orcid", "public", "single"): (12, 1.0, 10),
}
"""Requests, in how many seconds, open at once: by service, who one is for it, what is asked."""

PAGE = b"<!DOCTYPE html><html><head><title>One moment</title></head><body>Are you a person?</body></html>"
BOMB_BYTES = 60_000_000
XML_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b']><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&i;</title></entry></feed>'
)


class FakeServer:
    """The server; `faults` maps the name of a fault to how many of the first requests to each service meet it.

    `retry_after` is what the faults 429 and 503 ask for; the services of `faulty` have the faults, by default all.
    A reply takes `latency` seconds of the world's.
    """

    def __init__(
        self,
        works: Sequence[Sample] = (),
        *,
        clock: Clock | None = None,
        faults: Mapping[str, int] | None = None,
        faulty: Sequence[str] = (),
        retry_after: str = "1",
        headers: Mapping[str, str] | None = None,
        latency: float = 0.0,
    ) -> None:
        self.known = Registry(works)
        self.clock = clock or Clock()
        self.faults = dict(faults or {})
        for fault in self.faults:  # made before the clock runs
            FLOODS.get(fault, bytes)()
        self.faulty = faulty
        self.retry_after = retry_after
        self.headers = dict(headers or {})
        self.latency = latency
        self.violations: Counter[str] = Counter()
        self.requests: list[tuple[str, str]] = []
        self.agents: dict[str, set[str]] = defaultdict(set)
        self.sent_headers: list[Mapping[str, str]] = []
        self.strayed = 0
        self.connections = 0
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._met: Counter[str] = Counter()
        self._windows: dict[tuple[str, str, str], deque[float]] = defaultdict(deque)
        self._open: Counter[str] = Counter()

    def __enter__(self) -> FakeServer:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.base_urls = {service: f"{self.url}/{service}" for service in ROUTES}
        self.environment = {f"PUBTRACK_{service.upper()}_URL": url for service, url in self.base_urls.items()}
        self._stray = socket.create_server(("127.0.0.1", 0))
        self.stray_url = f"http://127.0.0.1:{self._stray.getsockname()[1]}"
        for serve in (lambda: self._server.serve_forever(0.02), self._count_strays):
            threading.Thread(target=serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._stray.close()

    def _count_strays(self) -> None:
        while not self.over.is_set():
            try:
                line, _ = self._stray.accept()
            except OSError:
                return
            with line:
                self.strayed += 1 + len(line.recv(65_536))

    def fault_for(self, service: str) -> str:
        """The fault that this request meets, or ""; each fault as often as it was asked for."""
        if self.faulty and service not in self.faulty:
            return ""
        with self._lock:
            for fault, count in self.faults.items():
                if self._met[f"{service} {fault}"] < count:
                    self._met[f"{service} {fault}"] += 1
                    return fault
        return ""

    def enter(self, service: str, who: str, what: str) -> tuple[int, float, int] | None:
        """Counts a request that has come; the limits that hold for it."""
        key = (service, who, what)
        limits = LIMITS.get(key) or LIMITS.get((service, "public", "single"))
        with self._lock:
            now = self.clock.now()
            self._open[service] += 1
            if limits is not None:
                count, seconds, at_once = limits
                window = self._windows[key]
                while window and window[0] <= now - seconds:
                    window.popleft()
                window.append(now)
                self.violations[f"{service} {what} rate"] += len(window) > count
                self.violations[f"{service} at once"] += self._open[service] > at_once
        return limits

    def leave(self, service: str) -> None:
        with self._lock:
            self._open[service] -= 1

    @property
    def broken(self) -> dict[str, int]:
        """The limits that were broken, and how often."""
        return {name: count for name, count in self.violations.items() if count}

    def count(self, service: str) -> int:
        """How many requests came to a service."""
        return sum(name == service for name, _ in self.requests)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    fake: FakeServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is not news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.fake.connections += 1  # type: ignore[attr-defined]

    def log_message(self, *arguments: Any) -> None:
        """Silent."""

    def do_GET(self) -> None:
        fake: FakeServer = self.server.fake  # type: ignore[attr-defined]
        service = self.path.lstrip("/").partition("/")[0]
        agent = self.headers.get("User-Agent", "")
        who = "polite" if "mailto:" in agent and service in ("crossref", "datacite") else "public"
        what = "array" if re.match(r"/crossref(/v1)?/works/?(\?|$)", self.path) else "single"
        fault = fake.fault_for(service)
        fake.requests.append((service, self.path))
        fake.agents[service].add(agent)
        fake.sent_headers.append(dict(self.headers.items()))
        limits = fake.enter(service, who, what)
        left = False
        try:
            fake.over.wait(fake.latency)
            answer = self._answer(fake, service, fault)
            if service == "crossref" and limits is not None:
                answer.headers |= {
                    "X-Rate-Limit-Limit": str(limits[0]),
                    "X-Rate-Limit-Interval": f"{limits[1]:.0f}s",
                    "X-Concurrency-Limit": str(limits[2]),
                    "X-Rate-Limit-Type": what,
                    "X-Api-Pool": f"{who}-{what}",
                }
            answer.headers |= fake.headers
            fake.leave(service)  # before the reply ends: the next request may follow at once
            left = True
            self._send(answer, fault)
        finally:
            if not left:
                fake.leave(service)

    def _answer(self, fake: FakeServer, service: str, fault: str) -> Answer:
        if fault in _FAULTS:
            made: Answer = _FAULTS[fault](fake, self.path)
            return made
        if service not in ROUTES:
            return Answer(302, headers={"Location": f"{fake.url}/round{self.path[-1:]}"})
        return ROUTES[service](fake.known, parsed(service, self.path, self.headers.get("Accept", ""), fake.url))

    def _send(self, answer: Answer, fault: str) -> None:
        fake: FakeServer = self.server.fake  # type: ignore[attr-defined]
        if fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        if fault == "hang":
            self.close_connection = True
            fake.over.wait(20)
            return
        if fault in _NO_HTTP:
            self.close_connection = True
            self.wfile.write(_NO_HTTP[fault])
            return
        if fault == "drip-head":
            self._drip(fake, b"HTTP/1.1 200 OK\r\nX-Slow: ")
            return
        self.send_response(answer.status)
        for name, value in ({"Content-Type": answer.kind} | answer.headers).items():
            self.send_header(name, value)
        if fault == "drip":
            self.end_headers()
            self._drip(fake, b"{")
            return
        if fault == "chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for place in range(0, len(answer.body), 7):
                part = answer.body[place : place + 7]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
            return
        length = len(answer.body) + (1000 if fault == "short" else 0)
        if answer.status != 204:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(answer.body)
        if fault == "short":
            self.close_connection = True

    def _drip(self, fake: FakeServer, begin: bytes) -> None:
        """A byte now and then, for ever: no pause is long enough for a timeout of a read."""
        self.close_connection = True
        self.wfile.write(begin)
        while not fake.over.wait(0.02):
            self.wfile.write(b" ")
            self.wfile.flush()


_NO_HTTP = {
    "no http": b"\x00\xffSSH-2.0 hello\r\n\r\n" * 3,
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"X-More: 1\r\n" * 5000 + b"\r\n{}",
    "long header": b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1_000_000 + b"\r\n\r\n{}",
    "wrong length": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -7\r\n\r\n{}",
}


@functools.cache
def bomb() -> bytes:
    """Some 60 KB which unpack to BOMB_BYTES."""
    return gzip.compress(bytes(BOMB_BYTES))


@functools.cache
def long() -> bytes:
    return b"[" + b"1," * 20_000_000 + b"1]"


FLOODS: Mapping[str, Callable[[], bytes]] = {"bomb": bomb, "long": long, "big redirect": bomb}


def _text(status: int) -> Any:
    def make(fake: FakeServer, path: str) -> Answer:
        return Answer(status, b"no", "text/plain", {"Retry-After": fake.retry_after} if fake.retry_after else {})

    return make


_FAULTS: Mapping[str, Any] = {
    **{str(status): _text(status) for status in (400, 401, 403, 404, 429, 500, 502, 503, 504)},
    "html": lambda fake, path: Answer(200, PAGE, "text/html; charset=utf-8"),
    "html as json": lambda fake, path: Answer(200, PAGE),
    "bomb": lambda fake, path: Answer(200, bomb(), headers={"Content-Encoding": "gzip"}),
    "brotli": lambda fake, path: Answer(200, b"\x8b\x02\x80{}\x03", headers={"Content-Encoding": "br"}),
    "half gzip": lambda fake, path: Answer(
        200, gzip.compress(b'{"a": 1}' * 50)[:-20], headers={"Content-Encoding": "gzip"}
    ),
    "long": lambda fake, path: Answer(200, long()),
    "cut": lambda fake, path: Answer(200, b'{"status":"ok","message-type":"work","message":{"DOI":"10.5'),
    "shape": lambda fake, path: Answer(
        200, json.dumps({"status": "ok", "message-type": "work", "message": [1], "data": 3, "results": "x"}).encode()
    ),
    "nan": lambda fake, path: Answer(200, b'{"status": "ok", "message-type": "work", "message": {"a": NaN}}'),
    "deep": lambda fake, path: Answer(200, b"[" * 100_000 + b"]" * 100_000),
    "xml bomb": lambda fake, path: Answer(200, XML_BOMB, "application/atom+xml"),
    "elsewhere": lambda fake, path: Answer(302, headers={"Location": f"{fake.stray_url}{path}"}),
    "https elsewhere": lambda fake, path: Answer(302, headers={"Location": "https://127.0.0.1:9/x"}),
    "with a user": lambda fake, path: Answer(302, headers={"Location": fake.url.replace("//", "//me:it@") + path}),
    "nowhere": lambda fake, path: Answer(302),
    "round": lambda fake, path: Answer(302, headers={"Location": f"{fake.url}/round/a"}),
    "big redirect": lambda fake, path: Answer(
        302, bomb(), headers={"Location": f"{fake.url}/round/a", "Content-Encoding": "gzip"}
    ),
}  # fmt: skip
