"""A web of pages on loopback, under made-up host names, and a listener that nobody may reach."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.sources.clocks import FastClock

Page = int | str | Mapping[str, int]
"""A status, the place of a redirect, or statuses by method."""


class DayClock(FastClock):
    """A fast clock on which a test lets days pass between two looks."""

    days = 0.0

    def today(self) -> float:
        return super().today() + self.days * 86_400


class FakePages:
    """The server; `pages` maps `host/path` to what it answers, 200 for what it does not name.

    `asked` are the requests as (method, host/path, headers), `times` those of the clock at which they came; `strayed`
    counts what reached the listener, at `stray_port`.
    """

    def __init__(self, clock: FastClock, pages: Mapping[str, Page], hosts: tuple[str, ...] = ("tea.test",)) -> None:
        self.clock, self.pages, self.hosts = clock, dict(pages), hosts
        self.asked: list[tuple[str, str, Mapping[str, str]]] = []
        self.times: list[tuple[str, float]] = []
        self.strayed = 0

    def __enter__(self) -> FakePages:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.fake = self  # type: ignore[attr-defined]
        self.places = dict.fromkeys(self.hosts, ("127.0.0.1", int(self._server.server_address[1])))
        self._stray = socket.create_server(("127.0.0.1", 0))
        self.stray_port = self._stray.getsockname()[1]
        for serve in (lambda: self._server.serve_forever(0.02), self._count_strays):
            threading.Thread(target=serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._stray.close()

    def _count_strays(self) -> None:
        while True:
            try:
                line, _ = self._stray.accept()
            except OSError:
                return
            with line:
                self.strayed += 1 + len(line.recv(65_536))

    @property
    def requests(self) -> list[tuple[str, str]]:
        return [(method, place) for method, place, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: Any) -> None:
        """Silent."""

    def do_HEAD(self) -> None:
        fake: FakePages = self.server.fake  # type: ignore[attr-defined]
        host = self.headers.get("Host", "").partition(":")[0]
        place = f"{host}{self.path}"
        fake.times.append((host, fake.clock.now()))
        fake.asked.append((self.command, place, dict(self.headers.items())))
        page = fake.pages.get(place, 200)
        status = page if isinstance(page, int) else 302 if isinstance(page, str) else page[self.command]
        self.send_response(status)
        if isinstance(page, str):
            self.send_header("Location", page.replace("STRAY", f"127.0.0.1:{fake.stray_port}"))
        self.send_header("Set-Cookie", "known=1; Path=/")
        self.send_header("Content-Length", "1000000000")  # never sent: whoever reads it waits
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()
