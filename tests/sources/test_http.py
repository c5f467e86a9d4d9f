"""The client: whatever a service does, an answer or one clear line, soon, in little memory, and no request where it
must not go."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from pubtrack.config import NetworkConfig
from pubtrack.model.errors import PubtrackError
from pubtrack.sources import _client, arxiv, crossref
from pubtrack.sources._service import ReplyError, UnansweredError
from pubtrack.sources.http import DAY, MISSING, WORKS, Client, Settings
from tests.sources.clocks import SPEED, FastClock
from tests.sources.doors import MAILTO, Open
from tests.sources.fake_certificate import PEM
from tests.sources.fake_payloads import Sample, crossref_work
from tests.sources.fake_server import FakeServer

WORK = Sample("10.5555/shadow")
OTHER = Sample("10.5555/lamp", "On Lamps")
FASTER = 100.0
"""The clock's speed where a test waits for a time to be over."""
SLOW = {"hang", "drip", "drip-head"}
SOON = 8.0
"""Seconds in which every fault is over, on any machine: the limits are hundreds of the fast clock's."""


def ask(client: Client, doi: str = WORK.doi, **options: Any) -> Any:
    return client.get("crossref", crossref.url([doi]), accept=crossref.ACCEPT, read=crossref.parse, **options)


def refused(client: Client, doi: str = WORK.doi, **options: Any) -> UnansweredError:
    with pytest.raises(UnansweredError) as caught:
        ask(client, doi, **options)
    assert MAILTO not in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


# What is sent --------------------------------------------------------------------------------------------------------


def test_a_work_is_asked_for_once_and_then_remembered(open_door: Open) -> None:
    with FakeServer([WORK]) as server:
        first = ask(open_door(server))
        second = ask(open_door(server))
        assert first.value[0].id == second.value[0].id == WORK.doi
        assert (first.cached, second.cached) == (False, True)
        assert (first.sha256, first.fetched) == (second.sha256, second.fetched)
        assert server.count("crossref") == 1


def test_a_work_that_is_not_there_is_remembered_too(open_door: Open) -> None:
    with FakeServer() as server:
        assert ask(open_door(server)).value is None
        assert ask(open_door(server)).value is None
        assert server.count("crossref") == 1


def test_who_asks_is_told_to_those_who_want_to_know_it(open_door: Open) -> None:
    with FakeServer([WORK]) as server:
        client = open_door(server, cache="")
        ask(client)
        client.get("arxiv", arxiv.url(["2001.00001"]), accept=arxiv.ACCEPT, read=arxiv.parse)
        assert all(f"mailto:{MAILTO}" in agent and agent.startswith("pubtrack/") for agent in server.agents["crossref"])
        assert not any("mailto" in agent for agent in server.agents["arxiv"])


def test_a_connection_serves_again(open_door: Open) -> None:
    with FakeServer([WORK, OTHER], faults={"404": 1, "chunks": 1}) as server:
        client = open_door(server, cache="")
        for number in range(8):
            ask(client, (WORK, OTHER)[number % 2].doi)
        assert server.count("crossref") == 8
        assert server.connections == 1


def test_a_reply_in_chunks_is_read(open_door: Open) -> None:
    with FakeServer([WORK], faults={"chunks": 1}) as server:
        assert ask(open_door(server)).value[0].id == WORK.doi


def test_nobody_is_named_without_an_address(open_door: Open) -> None:
    with FakeServer([WORK]) as server:
        ask(open_door(server, mailto=""))
        assert not any("mailto" in agent or "@" in agent for agent in server.agents["crossref"])


def test_no_cookie_and_no_password_is_ever_sent(
    open_door: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\ndefault login me password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with FakeServer([WORK, OTHER], headers={"Set-Cookie": "id=1; Path=/"}) as server:
        client = open_door(server)
        ask(client)
        ask(client, OTHER.doi)
        for headers in server.sent_headers:
            assert not {"Cookie", "Authorization", "Referer", "Proxy-Authorization"} & set(headers)
            assert headers["Accept-Encoding"] == "gzip"


def test_this_machine_is_not_asked_through_a_proxy(open_door: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeServer([WORK]) as server:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, server.stray_url)
        ask(open_door(server))
        assert server.strayed == 0


def test_a_proxy_of_the_environment_is_used_and_told_no_address(
    open_door: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    responses = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def proxy() -> None:
            for _ in range(_client.TRIES):
                line, _ = listener.accept()
                with line:
                    responses.append(line.recv(65_536))
                    line.sendall(b"HTTP/1.1 502 No\r\n\r\n")

        thread = threading.Thread(target=proxy, daemon=True)
        thread.start()
        monkeypatch.setenv("https_proxy", f"http://me:secret@127.0.0.1:{listener.getsockname()[1]}")
        monkeypatch.delenv("no_proxy", raising=False)
        error = refused(open_door())
        thread.join(5)
    assert responses[0].startswith(b"CONNECT api.crossref.org:443 ")
    assert MAILTO.encode() not in b"".join(responses)
    assert "secret" not in str(error)
    assert "proxy" in str(error)


def test_a_key_goes_to_its_service_alone_and_into_no_log(open_door: Open, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeServer([WORK]) as server:
        client = open_door(server, keys={"openalex": "k+secret"})
        client.get(
            "openalex", "https://api.openalex.org/works/doi:10.5555/shadow", accept="application/json", read=json.loads
        )
        ask(client)
        told = dict(server.requests)
        assert "api_key=k%2Bsecret" in told["openalex"]
        assert "secret" not in told["crossref"]
    assert "secret" not in caplog.text
    assert MAILTO not in caplog.text
    assert "openalex/works" in caplog.text


def test_keys_and_addresses_are_not_in_the_cache(open_door: Open, tmp_path: Path) -> None:
    with FakeServer([WORK]) as server:
        client = open_door(server, keys={"openalex": "k+secret"})
        client.get(
            "openalex", "https://api.openalex.org/works/doi:10.5555/shadow", accept="application/json", read=json.loads
        )
        ask(client)
        client.close()
    content = b"".join(file.read_bytes() for file in (tmp_path / "cache").iterdir())
    assert content
    for secret in (b"secret", MAILTO.encode(), b"ada.brook"):
        assert secret not in content


def test_a_url_with_steps_upwards_or_control_characters_is_not_opened(open_door: Open) -> None:
    with FakeServer([WORK]) as server:
        client = open_door(server)
        for url in (
            "https://api.crossref.org/works/../x",
            "https://api.crossref.org/a\r\nb",
            "https://evil.org/works/x",
        ):
            with pytest.raises(UnansweredError, match="was not asked"):
                client.get("crossref", url, accept="application/json", read=json.loads)
        assert server.requests == []


# What services do ----------------------------------------------------------------------------------------------------

LIMITED = {"429": "too often", "503": "has trouble", "502": "has trouble", "504": "has trouble"}


@pytest.mark.parametrize(("fault", "said"), LIMITED.items())
def test_a_service_in_trouble_is_asked_three_times(open_door: Open, fault: str, said: str) -> None:
    with FakeServer([WORK], faults={fault: 2}) as server:
        assert ask(open_door(server, cache="")).value
        assert server.count("crossref") == 3
    with FakeServer([WORK], faults={fault: 9}) as server:
        assert said in str(refused(open_door(server, cache="")))
        assert server.count("crossref") == 3


def test_an_internal_error_is_tried_once_more(open_door: Open) -> None:
    with FakeServer([WORK], faults={"500": 1}) as server:
        assert ask(open_door(server, cache="")).value
    with FakeServer([WORK], faults={"500": 9}) as server:
        refused(open_door(server))
        assert server.count("crossref") == 2


@pytest.mark.parametrize("fault", ["400", "401", "403"])
def test_a_refusal_is_not_argued_with(open_door: Open, fault: str) -> None:
    with FakeServer([WORK], faults={fault: 9}) as server:
        assert f"status {fault}" in str(refused(open_door(server)))
        assert server.count("crossref") == 1


def test_after_a_403_the_service_is_left_alone(open_door: Open) -> None:
    with FakeServer([WORK, OTHER], faults={"403": 1}) as server:
        client = open_door(server)
        refused(client)
        error = refused(client, OTHER.doi)
        assert error.kind == "closed"
        assert "refuses requests from here" in str(error)
        assert server.count("crossref") == 1


def test_a_pause_that_was_asked_for_is_made(open_door: Open, clock: FastClock) -> None:
    clock.run_at(FASTER)
    with FakeServer([WORK], faults={"429": 1}, retry_after="30") as server:
        before = clock.now()
        assert ask(open_door(server)).value
        assert clock.now() - before >= 30


@pytest.mark.parametrize("date", [False, True])
def test_a_pause_of_an_hour_is_reported_and_not_made(open_door: Open, clock: FastClock, date: bool) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1, seconds=5), usegmt=True)
    with FakeServer([WORK, OTHER], faults={"503": 9}, retry_after=later if date else "3600") as server:
        client = open_door(server)
        before = clock.now()
        assert "Crossref asks to wait an hour" in str(refused(client))
        assert "Crossref asks to wait an hour" in str(refused(client, OTHER.doi))
        assert clock.now() - before < 60
        assert server.count("crossref") == 1


@pytest.mark.parametrize("header", ["", "soon", "-5", "9" * 40, "9" * 80, "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_an_odd_retry_after_is_no_reason_to_wait_for_ever(open_door: Open, header: str) -> None:
    with FakeServer([WORK], faults={"429": 9}, retry_after=header) as server:
        begin = time.monotonic()
        refused(open_door(server))
        assert time.monotonic() - begin < SOON


FAULTS = {
    "html": ("reply", "a web page came instead of data"),
    "html as json": ("reply", "a web page came instead of data"),
    "cut": ("reply", "cut short"),
    "shape": ("reply", "about no work"),
    "nan": ("reply", "not a JSON number"),
    "deep": ("reply", "nested too deeply"),
    "xml bomb": ("reply", "another kind"),
    "bomb": ("unfit", "more than 5 MB"),
    "long": ("unfit", "more than 5 MB"),
    "brotli": ("unfit", "encoding"),
    "half gzip": ("line", "broke off"),
    "short": ("line", "broke off"),
    "reset": ("line", "broke off"),
    "hang": ("line", "did not answer within 30 s"),
    "drip": ("line", "did not answer within 30 s"),
    "drip-head": ("line", "did not answer within 30 s"),
    "no http": ("line", "broke off"),
    "many headers": ("line", "broke off"),
    "long header": ("line", "broke off"),
    "wrong length": ("reply", "that it is one of Crossref's"),
    "elsewhere": ("reply", "a redirect to another host"),
    "https elsewhere": ("reply", "a redirect to another host"),
    "with a user": ("reply", "not a URL"),
    "nowhere": ("reply", "a redirect without an address"),
    "round": ("reply", "more than 3 redirects"),
    "big redirect": ("unfit", "more than 5 MB"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_soon_and_nothing_is_kept(open_door: Open, clock: FastClock, fault: str) -> None:
    kind, said = FAULTS[fault]
    clock.run_at(FASTER if fault in SLOW else SPEED)
    with FakeServer([WORK], faults={fault: 9}) as server:
        begin = time.monotonic()
        error = refused(open_door(server))
        assert time.monotonic() - begin < SOON
        assert error.kind == kind
        assert str(error).startswith("Crossref")
        assert said in str(error)
        assert server.strayed == 0
        server.faults.clear()
        clock.run_at(SPEED)
        assert ask(open_door(server)).value[0].id == WORK.doi


@pytest.mark.parametrize("fault", ["reset", "short", "half gzip", "hang", "drip"])
def test_what_is_over_at_the_second_try_is_no_failure(open_door: Open, clock: FastClock, fault: str) -> None:
    clock.run_at(60.0 if fault in SLOW else SPEED)
    with FakeServer([WORK], faults={fault: 1}) as server:
        assert ask(open_door(server)).value[0].id == WORK.doi


@pytest.mark.parametrize("fault", ["bomb", "long", "big redirect"])
def test_a_flood_is_held_off_in_little_memory(open_door: Open, fault: str) -> None:
    with FakeServer([WORK], faults={fault: 1}) as server:
        client = open_door(server)
        tracemalloc.start()
        try:
            refused(client)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 12_000_000


def test_a_batch_may_be_larger_than_a_single_reply(open_door: Open) -> None:
    with FakeServer([WORK], faults={"long": 2}) as server:
        client = open_door(server)
        assert "more than 5 MB" in str(refused(client, keep=0))
        assert "more than 30 MB" in str(refused(client, keep=0, many=True))


def test_five_failures_in_a_row_and_a_service_is_left_alone(open_door: Open) -> None:
    with FakeServer([WORK, OTHER], faults={"reset": 99}) as server:
        client = open_door(server)
        refused(client)
        assert "after 5 failures in a row" in str(refused(client, OTHER.doi))
        refused(client)
        assert server.count("crossref") == 5


def test_the_time_of_a_run_has_an_end(open_door: Open, clock: FastClock) -> None:
    clock.run_at(FASTER)
    with FakeServer([WORK, OTHER], faults={"hang": 9}) as server:
        client = open_door(server, seconds=40.0)
        begin = time.monotonic()
        refused(client)
        assert refused(client, OTHER.doi).kind == "late"
        assert time.monotonic() - begin < SOON


def test_a_run_that_is_stopped_lets_go_at_once(open_door: Open) -> None:
    with FakeServer([WORK], faults={"hang": 9}) as server:
        client = open_door(server, seconds=9000.0)
        threading.Timer(0.1, client.stop, ["stopped"]).start()
        begin = time.monotonic()
        refused(client)
        assert time.monotonic() - begin < 2
        assert refused(client).kind == "closed"


def test_an_address_that_the_service_does_not_take_is_said(open_door: Open) -> None:
    with FakeServer([WORK], headers={"X-Api-Pool": "public-single"}) as server:
        client = open_door(server)
        ask(client)
    assert client.said == ["Crossref does not take the configured address: it answers from its public pool"]


def test_searches_that_cost_what_is_left_are_not_made(open_door: Open) -> None:
    with FakeServer([WORK], headers={"X-RateLimit-Remaining-USD": "0.000"}) as server:
        client = open_door(server)
        for url in ("/works/doi:10.5555/shadow", "/works?search=a", "/works/doi:10.5555/lamp"):
            try:
                client.get("openalex", f"https://api.openalex.org{url}", accept="application/json", read=json.loads)
            except UnansweredError as error:
                assert "no free searches left" in str(error)
        assert [path for _, path in server.requests] == [
            "/openalex/works/doi:10.5555/shadow",
            "/openalex/works/doi:10.5555/lamp",
        ]


def test_a_certificate_that_nobody_vouches_for_is_refused(open_door: Open, tmp_path: Path) -> None:
    (tmp_path / "pem").write_text(PEM, encoding="ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")
    responses: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            try:
                with context.wrap_socket(line, server_side=True) as safe:
                    responses.append(safe.recv(65_536))
            except OSError:
                line.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        error = refused(open_door(base_urls={"crossref": f"https://127.0.0.1:{listener.getsockname()[1]}"}))
        thread.join(5)
    assert str(error) == "Crossref has no certificate that is trusted"
    assert responses in ([], [b""])


def test_authorities_that_are_not_there_are_said(open_door: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/file.pem")
    with pytest.raises(PubtrackError, match=r"REQUESTS_CA_BUNDLE names /no/such/file\.pem"):
        ask(open_door())


def test_authorities_of_the_environment_are_trusted(
    open_door: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pem").write_text(PEM, encoding="ascii")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")
    body = json.dumps(crossref_work(WORK)).encode()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with context.wrap_socket(line, server_side=True) as safe:
                safe.recv(65_536)
                safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        client = open_door(base_urls={"crossref": f"https://127.0.0.1:{listener.getsockname()[1]}"})
        assert ask(client).value[0].id == WORK.doi
        thread.join(5)


def test_a_handshake_that_never_ends_is_cut(open_door: Open, clock: FastClock) -> None:
    clock.run_at(FASTER)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        begin = time.monotonic()
        error = refused(open_door(base_urls={"crossref": f"https://127.0.0.1:{listener.getsockname()[1]}"}))
    assert "did not answer" in str(error)
    assert time.monotonic() - begin < SOON


def test_a_port_where_nobody_listens_is_one_line(open_door: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert str(refused(open_door(base_urls={"crossref": f"http://127.0.0.1:{port}"}))) == "Crossref cannot be reached"


# The cache and the client -----------------------------------------------------------------------------------------


def test_a_run_from_the_cache_loads_no_library_for_the_network(tmp_path: Path, open_door: Open) -> None:
    program = (
        "import json, sys\n"
        "from pubtrack.model.record import Identifier\n"
        "from pubtrack.sources.fetch import fetch\n"
        "from pubtrack.sources.http import Client, Settings\n"
        "with Client(Settings(base_urls=json.loads(sys.argv[1]), cache=sys.argv[2])) as client:\n"
        "    found = fetch(client, [Identifier('doi', sys.argv[3])])\n"
        "assert all(answer.records for answer in found.values())\n"
        "print('requests' in sys.modules)\n"
    )
    with FakeServer([WORK]) as server:
        ask(open_door(server))
        command = [sys.executable, "-c", program, json.dumps(server.base_urls), str(tmp_path / "cache"), WORK.doi]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"


def test_offline_asks_nobody_and_says_so(open_door: Open) -> None:
    with FakeServer([WORK]) as server:
        ask(open_door(server))
        client = open_door(server, offline=True)
        assert ask(client).cached
        assert refused(client, OTHER.doi).kind == "offline"
        assert server.count("crossref") == 1
    assert client.said == ["offline: only what is in the cache is used, however old it is"]


def test_fresh_reads_nothing_from_the_cache_but_keeps(open_door: Open) -> None:
    with FakeServer([WORK]) as server:
        ask(open_door(server))
        assert not ask(open_door(server, fresh=True)).cached
        assert ask(open_door(server)).cached
        assert server.count("crossref") == 2


@pytest.mark.parametrize(("known", "days"), [(True, WORKS / DAY), (False, MISSING / DAY)])
def test_what_is_kept_grows_old(
    open_door: Open, clock: FastClock, monkeypatch: pytest.MonkeyPatch, known: bool, days: float
) -> None:
    with FakeServer([WORK] if known else []) as server:
        ask(open_door(server))
        now = time.time()
        monkeypatch.setattr(clock, "today", lambda: now + (days - 1) * DAY)
        assert ask(open_door(server)).cached
        monkeypatch.setattr(clock, "today", lambda: now + (days + 1) * DAY)
        assert ask(open_door(server, offline=True)).cached
        assert not ask(open_door(server)).cached


def test_a_kept_reply_that_is_no_longer_believed_is_asked_for_anew(open_door: Open) -> None:
    def stricter(content: bytes) -> Any:
        raise ReplyError("the reply lacks what this version wants")

    with FakeServer([WORK]) as server:
        ask(open_door(server))
        with pytest.raises(UnansweredError):
            open_door(server).get("crossref", crossref.url([WORK.doi]), accept=crossref.ACCEPT, read=stricter)
        assert server.count("crossref") == 2


def test_gzip_in_several_pieces_is_read() -> None:
    from pubtrack.sources._transport import _Gzip

    packed = gzip.compress(b"one") + gzip.compress(b"two")
    unpack = _Gzip(100)
    assert b"".join(unpack.feed(packed[place : place + 1], 100) for place in range(len(packed))) == b"onetwo"
    assert unpack.whole


# Settings ------------------------------------------------------------------------------------------------------------


def test_base_urls_and_keys_come_from_the_environment() -> None:
    environment = {"PUBTRACK_CROSSREF_URL": "http://127.0.0.1:2/b", "PUBTRACK_OPENALEX_KEY": " k "}
    settings = Settings.of(NetworkConfig(mailto=MAILTO), environment)
    assert settings.base_urls["crossref"] == "http://127.0.0.1:2/b"
    assert settings.base_urls["doi"] == ""
    assert settings.keys["openalex"] == "k"
    assert settings.mailto == MAILTO


@pytest.mark.parametrize(
    ("config", "environment", "said"),
    [
        (NetworkConfig(mailto="me@example.org"), {}, "nobody reads"),
        (NetworkConfig(), {"PUBTRACK_ARXIV_URL": "https://export.arxiv.org"}, "the base URL of arxiv"),
        (NetworkConfig(), {"PUBTRACK_DOI_URL": "http://10.1.1.1/"}, "the base URL of doi"),
    ],
)
def test_wrong_settings_are_refused_before_anything_is_sent(
    config: NetworkConfig, environment: dict[str, str], said: str
) -> None:
    with pytest.raises(PubtrackError, match=said):
        Settings.of(config, environment)
