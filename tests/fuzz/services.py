"""The services in process: the fake ones' replies, some changed, in the place of what opens a socket."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from pubtrack.sources import _clock, _transport, link_check
from tests.fuzz.mutations import hostile_text, mutate, mutate_json
from tests.sources.clocks import FastClock
from tests.sources.fake_payloads import Sample
from tests.sources.fake_routes import ROUTES, Answer, Registry, parsed

SERVICES = ("crossref", "doi", "datacite", "arxiv", "openalex", "orcid", "semanticscholar", "dblp", "pubmed")
BASE = "http://127.0.0.1:9"
ENVIRONMENT = {f"PUBTRACK_{service.upper()}_URL": f"{BASE}/{service}" for service in SERVICES}
WORKS = (
    Sample("10.5555/abc", orcid="0000-0002-1825-0097", isbn="9780000000002", pmid="123456", references=2),
    Sample("10.5555/wrong", title="Another Thing", author=("Ida", "Nym"), year=2011),
    Sample("10.5555/data", title="Lamps, Counted", agency="DataCite"),
    Sample(
        "10.48550/arxiv.2001.00001", title="On the Weight of Brighter Shadows", agency="DataCite", arxiv="2001.00001"
    ),
    Sample("10.5555/pre", preprint="10.48550/arXiv.2001.00001", kind="posted-content", is_empty=True),
)
_LOCATIONS = (
    f"{BASE}/crossref/v1/works/10.5555%2Fabc", "https://[x]/", "//", "", "http://127.0.0.1:1/", "https://example.org/x",
    "file:///etc/passwd", "http://\x00/", "https://a:99999/", "https://a:x/", "?", "#", "\xff", "https://x]/",
)  # fmt: skip
_HEADERS = (
    ("retry-after", "1"), ("retry-after", "9" * 50), ("retry-after", "Fri, 99 Foo 20"), ("x-rate-limit-limit", "0"),
    ("x-rate-limit-limit", "1e999"), ("x-rate-limit-interval", "0s"), ("x-rate-limit-interval", "-1s"),
    ("x-concurrency-limit", "nan"), ("x-api-pool", "public\x1b"), ("content-type", "text/html"), ("content-type", ""),
    ("x-ratelimit-remaining-usd", "0.0"), ("link", "<x>; rel="),
)  # fmt: skip


def replace_services(seed: str, faults: float) -> None:
    """Let this process, which ends after its run, ask the fake services; `faults` of their replies are changed."""
    known = Registry(WORKS)
    clock = FastClock(1_000.0)

    def exchange(self: object, url: str, headers: Mapping[str, str], **options: object) -> _transport.Raw:
        written = options.get("written")
        if callable(written):
            written()
        # By the URL, not in the order of the questions: several threads ask at once.
        return _reply(random.Random(f"{seed} {url}"), known, url, headers, faults)

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.215.14", port))]

    _transport.Connections.exchange = exchange  # type: ignore[method-assign]
    link_check.socket.getaddrinfo = resolve  # type: ignore[attr-defined]
    _clock.Clock.now = lambda self: clock.now()  # type: ignore[method-assign]
    _clock.Clock.wait = lambda self, condition, seconds: clock.wait(condition, seconds)  # type: ignore[method-assign]


def _reply(rng: random.Random, known: Registry, url: str, headers: Mapping[str, str], faults: float) -> _transport.Raw:
    service, answer = url.removeprefix(f"{BASE}/").partition("/")[0], Answer(200, b"<html>a page</html>", "text/html")
    if service in ROUTES:
        answer = ROUTES[service](known, parsed(service, url.removeprefix(BASE), headers.get("Accept", ""), BASE))
    fields = {name.lower(): value for name, value in ({"Content-Type": answer.kind} | answer.headers).items()}
    raw = _transport.Raw(answer.status, fields, answer.body)
    return _FAULTS[rng.randrange(len(_FAULTS))](rng, raw) if rng.random() < faults else raw


def _no_line(rng: random.Random, raw: _transport.Raw) -> _transport.Raw:
    raise _transport.LineError("went away", again=rng.random() < 0.5)


def _other_status(rng: random.Random, raw: _transport.Raw) -> _transport.Raw:
    status = rng.choice((200, 204, 206, 301, 302, 304, 308, 400, 403, 404, 406, 410, 429, 500, 503, 599, 999))
    fields = dict(raw.headers) | {"location": rng.choice((*_LOCATIONS, hostile_text(rng, 900)))}
    return _transport.Raw(status, fields, raw.body)


def _other_header(rng: random.Random, raw: _transport.Raw) -> _transport.Raw:
    return _transport.Raw(raw.status, dict(raw.headers) | dict([rng.choice(_HEADERS)]), raw.body)


def _other_bytes(rng: random.Random, raw: _transport.Raw) -> _transport.Raw:
    return _transport.Raw(raw.status, raw.headers, mutate(rng, raw.body))


def _other_value(rng: random.Random, raw: _transport.Raw) -> _transport.Raw:
    return _transport.Raw(raw.status, raw.headers, mutate_json(rng, raw.body))


_FAULTS: tuple[Callable[[random.Random, _transport.Raw], _transport.Raw], ...] = (
    _no_line, _other_status, _other_header, _other_bytes, *[_other_value] * 6,
)  # fmt: skip
