"""A look at pages on loopback: when they count as dead, whom nobody is led to, and how gently hosts are asked."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pubtrack.sources import link_check
from pubtrack.sources._reply_cache import FILE_NAME
from pubtrack.sources.http import Settings
from pubtrack.sources.link_check import Looked, check_pages, connect_public
from tests.sources.fake_pages import DayClock, FakePages, Page

Web = Callable[..., FakePages]


@pytest.fixture
def clock() -> DayClock:
    return DayClock(20)


@pytest.fixture
def web(clock: DayClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    opened: list[FakePages] = []

    def make(pages: dict[str, Page], *hosts: str) -> FakePages:
        fake = FakePages(clock, pages, hosts or ("tea.test",)).__enter__()
        opened.append(fake)
        monkeypatch.setattr(link_check, "PLACES", fake.places)
        return fake

    yield make
    for fake in opened:
        fake.__exit__(None, None, None)


@pytest.fixture
def seen(tmp_path: Path, clock: DayClock) -> Callable[..., Looked]:
    def ask(*addresses: str, **settings: Any) -> Looked:
        return check_pages(addresses, Settings(cache=str(tmp_path), **settings), clock=clock)

    return ask


def dead(looked: Looked) -> list[str]:
    return [address for address, one in looked.looks.items() if one.is_dead]


GONE, THERE = "http://tea.test/gone", "http://tea.test/there"


def test_a_page_that_is_gone_is_dead_a_day_later_and_memory_decides_alone(
    web: Web, seen: Callable[..., Looked], clock: DayClock
) -> None:
    fake = web({"tea.test/gone": 404})
    first = seen(GONE, THERE)
    assert (dead(first), first.new, first.unclear) == ([], 1, 0)
    clock.days = 0.5
    assert dead(seen(GONE)) == []
    assert len(fake.requests) == 3  # HEAD and GET of the one, HEAD of the other; half a day later nothing
    clock.days = 1.1
    assert dead(seen(GONE, THERE)) == [GONE]
    asked = len(fake.requests)
    assert dead(seen(GONE, THERE, offline=True)) == [GONE]
    assert len(fake.requests) == asked


def test_a_page_that_came_back_is_not_dead(web: Web, seen: Callable[..., Looked], clock: DayClock) -> None:
    fake = web({"tea.test/gone": 410})
    seen(GONE)
    fake.pages["tea.test/gone"] = 200
    clock.days = 2
    seen(GONE)
    fake.pages["tea.test/gone"] = 410
    clock.days = 10
    assert dead(seen(GONE)) == []


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503, 304, 451])
def test_no_other_status_says_anything(web: Web, seen: Callable[..., Looked], clock: DayClock, status: int) -> None:
    web({"tea.test/gone": status})
    for day in (0, 2, 4):
        clock.days = day
        looked = seen(GONE)
        assert (dead(looked), looked.new, looked.unclear) == ([], 0, 1)


def test_what_does_not_answer_or_has_no_certificate_says_nothing_and_is_asked_again(
    web: Web, seen: Callable[..., Looked]
) -> None:
    fake = web({})
    fake.places["shut.test"] = ("127.0.0.1", 9)
    looked = seen("https://tea.test/x", "http://shut.test/x")
    assert (looked.looks, looked.unclear) == ({}, 2)
    assert seen("https://tea.test/x").unclear == 1


@pytest.mark.parametrize("refusal", [405, 501])
def test_a_server_that_refuses_head_is_asked_by_get(web: Web, seen: Callable[..., Looked], refusal: int) -> None:
    fake = web({"tea.test/gone": {"HEAD": refusal, "GET": 404}, "tea.test/there": {"HEAD": refusal, "GET": 200}})
    looked = seen(GONE, THERE)
    assert [one.status for one in looked.looks.values()] == [404, 200]
    assert fake.requests.count(("GET", "tea.test/gone")) == 1


def test_a_page_is_gone_only_if_a_get_says_so_too(web: Web, seen: Callable[..., Looked]) -> None:
    web({"tea.test/gone": {"HEAD": 404, "GET": 200}})
    assert seen(GONE).looks[GONE].status == 200


def test_redirects_are_followed_and_the_last_answer_counts(web: Web, seen: Callable[..., Looked]) -> None:
    web({"tea.test/a": "/b", "tea.test/b": "http://coffee.test/c", "coffee.test/c": 404}, "tea.test", "coffee.test")
    assert seen("http://tea.test/a").looks["http://tea.test/a"].status == 404


@pytest.mark.parametrize("steps", [5, 6])
def test_five_redirects_are_followed_and_no_more(web: Web, seen: Callable[..., Looked], steps: int) -> None:
    web({f"tea.test/{step}": f"/{step + 1}" for step in range(steps)} | {f"tea.test/{steps}": 404})
    assert seen("http://tea.test/0").looks["http://tea.test/0"].status == (404 if steps == 5 else 302)


@pytest.mark.parametrize("target", ["/", "http://tea.test", "https://doi.org/10.1000/x"])
def test_a_redirect_to_the_home_page_or_a_registry_says_nothing(
    web: Web, seen: Callable[..., Looked], target: str
) -> None:
    fake = web({"tea.test/gone": target})
    assert seen(GONE).unclear == 1
    assert fake.requests == [("HEAD", "tea.test/gone")]


@pytest.mark.parametrize(
    "target",
    [
        "http://STRAY/x", "http://localhost:PORT/x", "http://[::ffff:127.0.0.1]:PORT/x", "http://2130706433:PORT/x",
        "http://0x7f.1:PORT/x", "http://0:PORT/x", "//STRAY/x", "http://me:it@STRAY/x", "gopher://STRAY/x",
    ],
)  # fmt: skip
def test_a_redirect_to_this_machine_sends_no_byte_there(web: Web, seen: Callable[..., Looked], target: str) -> None:
    fake = web({})
    fake.pages["tea.test/gone"] = target.replace("PORT", str(fake.stray_port))
    assert seen(GONE).unclear == 1
    assert fake.strayed == 0


@pytest.mark.parametrize("name", ["http://127.0.0.1:{}/x", "http://localhost:{}/x", "http://[::1]:{}/x"])
def test_an_entry_that_names_this_machine_is_not_asked(web: Web, seen: Callable[..., Looked], name: str) -> None:
    fake = web({})
    assert seen(name.format(fake.stray_port)).unclear == 1
    assert fake.strayed == 0


def answers(*addresses: str) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]


def test_a_host_with_one_private_address_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: answers("8.8.8.8", "10.0.0.1"))
    with pytest.raises(OSError, match="not a public address"):
        connect_public("rebound.test", 80, 1.0)


def test_what_is_connected_to_is_what_was_checked_whatever_the_name_says_next(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up, tried = [], []

    def getaddrinfo(host: Any, port: Any, *more: Any, **named: Any) -> list[Any]:
        looked_up.append(host)
        return answers("8.8.8.8" if host == "8.8.8.8" or looked_up.count("rebound.test") == 1 else "127.0.0.1")

    def connect(self: socket.socket, address: Any) -> None:
        tried.append(address[0])
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(OSError, match="no network"):
        connect_public("rebound.test", 80, 1.0)
    assert (looked_up.count("rebound.test"), tried) == (1, ["8.8.8.8"])


def test_a_host_is_asked_once_a_second_and_other_hosts_meanwhile(web: Web, seen: Callable[..., Looked]) -> None:
    hosts = ("tea.test", "coffee.test")
    fake = web({"tea.test/2": "http://coffee.test/x"}, *hosts)
    seen(*(f"http://{host}/{number}" for host in hosts for number in range(4)))
    for host in hosts:
        times = sorted(time for name, time in fake.times if name == host)
        assert all(later - sooner > 0.85 for sooner, later in pairwise(times))
    assert len(fake.times) == 9
    assert max(time for _, time in fake.times) - min(time for _, time in fake.times) < 7


def test_we_say_who_we_are_but_not_who_the_user_is_and_keep_no_cookie(web: Web, seen: Callable[..., Looked]) -> None:
    fake = web({})
    seen(THERE, "http://tea.test/more", mailto="ada.brook@uni.edu")
    for _, _, headers in fake.asked:
        assert headers["User-Agent"].startswith("pubtrack/")
        assert not {"Cookie", "Referer", "From", "Authorization"} & set(headers)
        assert "ada" not in str(headers)


def test_a_host_that_is_asked_too_often_is_left_alone(web: Web, seen: Callable[..., Looked]) -> None:
    fake = web({"tea.test/0": 429})
    assert seen(*(f"http://tea.test/{number}" for number in range(4))).unclear == 4
    assert fake.requests == [("HEAD", "tea.test/0")]


def test_the_time_of_the_run_is_kept_and_what_was_seen_until_then_is_told(
    web: Web, seen: Callable[..., Looked]
) -> None:
    web({})
    looked = seen(*(f"http://tea.test/{number}" for number in range(30)), seconds=5.0)
    assert looked.stopped == "the time of the run is over"
    assert 3 <= len(looked.looks) <= 8
    assert looked.unreached == 30 - len(looked.looks)


def test_ctrl_c_keeps_what_was_seen(web: Web, seen: Callable[..., Looked], tmp_path: Path, clock: DayClock) -> None:
    fake = web({"tea.test/0": 404})

    calls = iter([KeyboardInterrupt])

    def interrupt(done: int, total: int) -> None:
        for error in calls:
            raise error

    addresses = [f"http://tea.test/{number}" for number in range(20)]
    looked = check_pages(addresses, Settings(cache=str(tmp_path)), clock=clock, progress=interrupt)
    assert (looked.stopped, looked.new) == ("stopped", 1)
    assert looked.unreached >= 17
    assert len(fake.requests) < 6


def test_a_row_that_makes_no_sense_is_no_memory(web: Web, seen: Callable[..., Looked], tmp_path: Path) -> None:
    web({"tea.test/gone": 404})
    seen(GONE)
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        key, status = connection.execute("SELECT key, status FROM reply").fetchone()
        assert (key, status) == (f"LOOK {GONE}", 404)
        connection.execute("UPDATE reply SET body = x'00'")
    connection.close()
    assert seen(GONE, offline=True).looks == {}
