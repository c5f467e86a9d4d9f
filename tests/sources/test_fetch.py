"""What is fetched: the right service is asked, in batches, within its limits, and nobody's silence is an answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pubtrack.model.record import Identifier, Lookup
from pubtrack.sources.fetch import DEFAULT, LATE, STOPPED, fetch
from tests.sources.clocks import FastClock
from tests.sources.doors import Open, Serve
from tests.sources.fake_payloads import Sample
from tests.sources.fake_server import FakeServer

WORKS = [
    *(Sample(f"10.5555/w{number}", f"On Shadow {number}") for number in range(120)),
    Sample("10.5281/zenodo.7", "Lamp Data", agency="DataCite"),
    Sample("10.48550/arxiv.2001.00001", "Dim Preprint", agency="DataCite", arxiv="2001.00001"),
    Sample("10.11467/isss.1", "Kage", agency="JaLC"),
    Sample("10.5555/prime", "The Prime", aliases=("10.5555/alias",)),
    Sample("10.5555/bare", is_empty=True),
    Sample("10.5555/a(1)2,3<4::x>5;6#7%8", "A Serial Item"),
]


def doi(value: str) -> Identifier:
    return Identifier("doi", value)


EVERYTHING = [
    *(doi(work.doi) for work in WORKS),
    doi("10.5555/alias"),
    doi("10.9999/dead"),
    Identifier("arxiv", "2001.00001"),
]


def names(answer: Lookup) -> list[str]:
    return [f"{record.source} {record.id}" for record in answer.records]


def test_each_identifier_is_answered_by_who_knows_it(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        found = fetch(open_door(server), EVERYTHING)
    assert list(found) == EVERYTHING
    assert names(found[doi("10.5555/w7")]) == ["crossref 10.5555/w7"]
    assert names(found[doi("10.5281/zenodo.7")]) == ["datacite 10.5281/zenodo.7"]
    assert names(found[doi("10.48550/arxiv.2001.00001")]) == ["arxiv 2001.00001"]
    assert names(found[Identifier("arxiv", "2001.00001")]) == ["arxiv 2001.00001"]
    assert names(found[doi("10.11467/isss.1")]) == ["doi 10.11467/isss.1"]
    assert names(found[doi("10.5555/alias")]) == ["crossref 10.5555/prime"]
    assert names(found[doi(WORKS[-1].doi)]) == [f"crossref {WORKS[-1].doi}"]
    assert all(answer.complete for answer in found.values())
    assert (found.unreached, found.stopped) == ((), "")


def test_a_doi_that_no_registry_describes_exists_or_does_not(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        found = fetch(open_door(server), [doi("10.5555/bare"), doi("10.9999/dead"), doi("10.5555/w1")])
    bare, dead, known = found.values()
    assert (bare.exists, bare.agency, bare.records) == (True, "Crossref", ())
    assert (dead.exists, dead.agency, dead.records) == (False, "", ())
    assert known.exists is None
    assert dead.asked == ("crossref", "doi")


def test_many_dois_are_few_requests(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        found = fetch(open_door(server), [doi(f"10.5555/w{number}") for number in range(120)])
        assert len(server.requests) == 3
    assert all(names(answer) == [f"crossref {identifier.value}"] for identifier, answer in found.items())


def test_the_limits_of_the_services_are_kept(serve: Serve, open_door: Open, clock: FastClock) -> None:
    many = [Sample(f"10.5555/m{number}") for number in range(1000)]
    others = [Sample(f"10.5281/zenodo.{number}", agency="DataCite") for number in range(20)]
    papers = [
        Sample(f"10.48550/arxiv.2001.{number:05}", agency="DataCite", arxiv=f"2001.{number:05}")
        for number in range(1, 250)
    ]
    works = [*many, *others, *papers]
    with serve(works) as server:
        begin = clock.now()
        found = fetch(open_door(server), [doi(work.doi) for work in works])
        seconds = clock.now() - begin
        assert server.broken == {}
        assert server.count("crossref") == 21
        assert server.count("arxiv") == 3
    assert all(answer.records for answer in found.values())
    assert seconds >= 20 / 3 - 1


@pytest.mark.parametrize("mailto", ["", "ada.brook@uni.edu"])
def test_the_limits_are_kept_for_strangers_too(serve: Serve, open_door: Open, mailto: str) -> None:
    with serve(WORKS) as server:
        odd = [doi(f"10.5555/x,{number}") for number in range(12)]  # not in a list, so each alone
        fetch(open_door(server, mailto=mailto), [*EVERYTHING, *odd])
        assert server.broken == {}


def test_a_second_run_asks_nobody(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        first = fetch(open_door(server), EVERYTHING)
        asked = len(server.requests)
        second = fetch(open_door(server), EVERYTHING)
        assert len(server.requests) == asked
        third = fetch(open_door(server, offline=True), EVERYTHING)
        assert len(server.requests) == asked
    assert dict(first) == dict(second) == dict(third)
    assert first.receipts == second.receipts


def test_receipts_say_where_and_when(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        found = fetch(open_door(server), [doi("10.5555/w1"), doi("10.5281/zenodo.7")])
    receipt = found.receipts[doi("10.5555/w1"), "crossref"]
    assert receipt.url == "https://api.crossref.org/works/10.5555%2Fw1"
    assert receipt.fetched.endswith("Z")
    assert time.time() - 3600 < time.mktime(time.strptime(receipt.fetched, "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
    assert len(receipt.sha256) == 64


def test_offline_with_an_empty_cache_is_a_failure_and_not_nothing_found(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        answer = fetch(open_door(server, offline=True), [doi("10.5555/w1")])[doi("10.5555/w1")]
        assert server.requests == []
    assert answer.asked == ()
    assert [failure.source for failure in answer.failures] == ["crossref", "doi", "datacite", "openalex"]
    assert answer.failures[0].message == "Crossref was not asked (offline)"


@pytest.mark.parametrize("fault", ["html", "503", "reset", "cut", "shape", "bomb", "403", "400", "round", "elsewhere"])
def test_a_service_that_fails_is_named_and_its_silence_means_nothing(serve: Serve, open_door: Open, fault: str) -> None:
    with serve(WORKS, faults={fault: 99}, faulty=["crossref"]) as server:
        found = fetch(open_door(server), [doi(f"10.5555/w{number}") for number in range(8)])
        assert server.strayed == 0
        assert server.count("crossref") < 20
    for answer in found.values():
        assert [failure.source for failure in answer.failures] == ["crossref"]
        assert "crossref" not in answer.asked
        assert not answer.complete
        assert answer.exists is True
        assert [record.source for record in answer.records] == ["openalex"]


def test_a_bomb_of_entities_is_not_unfolded(serve: Serve, open_door: Open) -> None:
    paper = Identifier("arxiv", "2001.00001")
    with serve(WORKS, faults={"xml bomb": 9}, faulty=["arxiv"]) as server:
        begin = time.monotonic()
        answer = fetch(open_door(server), [paper])[paper]
        assert time.monotonic() - begin < 5
    assert [failure.source for failure in answer.failures] == ["arxiv"]
    assert names(answer) == ["datacite 10.48550/arxiv.2001.00001"]


def test_all_services_failing_says_of_no_doi_that_it_is_dead(serve: Serve, open_door: Open) -> None:
    with serve(WORKS, faults={"html": 999}) as server:
        found = fetch(open_door(server), EVERYTHING)
    for answer in found.values():
        assert answer.records == ()
        assert answer.exists is None
        assert answer.failures
        assert answer.asked == ()


def test_one_fault_of_each_kind_costs_little(serve: Serve, open_door: Open) -> None:
    faults = dict.fromkeys(("429", "reset", "503", "cut", "html", "500"), 1)
    with serve(WORKS, faults=faults, faulty=["crossref"]) as server:
        found = fetch(open_door(server), [doi(f"10.5555/w{number}") for number in range(100)])
        assert server.broken == {}
    assert sum(bool(answer.records) for answer in found.values()) == 100


def test_a_batch_that_is_refused_is_asked_again_in_halves(serve: Serve, open_door: Open) -> None:
    with serve(WORKS, faults={"400": 1}, faulty=["crossref"]) as server:
        found = fetch(open_door(server), [doi(f"10.5555/w{number}") for number in range(50)], services=["crossref"])
        assert server.count("crossref") == 3
    assert all(answer.records and answer.complete for answer in found.values())


@pytest.mark.parametrize(
    "value", ["10.5555/../x", "10.5555/a\x00b", "10.5555/a b\r\nHost: x", "no doi", "10.5555", "10.5555/\u202ex"]
)
def test_what_is_no_identifier_is_asked_of_nobody(serve: Serve, open_door: Open, value: str) -> None:
    with serve(WORKS) as server:
        answer = fetch(open_door(server), [doi(value)])[doi(value)]
        assert server.requests == []
    assert "no service was asked" in answer.failures[0].message
    assert answer.failures[0].message.isprintable()


def test_dois_with_every_odd_character_arrive_as_they_are(serve: Serve, open_door: Open) -> None:
    odd = [f"10.5555/a{sign}b" for sign in "<>;()#%,?&=+'\"[]{}|\\^`~!$*@:é"]
    with serve([Sample(one) for one in odd]) as server:
        found = fetch(open_door(server), [doi(one) for one in odd])
        assert server.broken == {}
    missing = [
        identifier.value for identifier, answer in found.items() if names(answer) != [f"crossref {identifier.value}"]
    ]
    assert missing == []


def test_only_the_services_that_are_named_are_asked(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        found = fetch(open_door(server), [doi("10.5281/zenodo.7"), doi("10.5555/w1")], services=["crossref"])
        assert {service for service, _ in server.requests} == {"crossref"}
    assert found[doi("10.5281/zenodo.7")].asked == ("crossref",)
    assert set(DEFAULT) == {"crossref", "doi", "datacite", "arxiv", "openalex"}


def test_the_same_work_twice_is_asked_for_once(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        found = fetch(open_door(server), [doi("10.5555/w1"), doi("10.5555/w1"), doi("10.5555/W1")])
        assert len(server.requests) == 1
    assert len(found) == 2


def test_progress_only_grows_and_ends_with_all(serve: Serve, open_door: Open) -> None:
    seen: list[tuple[int, int]] = []
    with serve(WORKS) as server:
        fetch(open_door(server), EVERYTHING, progress=lambda done, of: seen.append((done, of)))
    assert seen == sorted(seen)
    assert seen[0] == (0, len(EVERYTHING))
    assert seen[-1] == (len(EVERYTHING), len(EVERYTHING))


def test_ctrl_c_gives_what_is_there_and_names_what_is_not(serve: Serve, open_door: Open) -> None:
    raised: list[int] = []

    def interrupt(done: int, of: int) -> None:
        if done >= 50 and not raised:
            raised.append(done)
            raise KeyboardInterrupt

    wanted = [doi(f"10.5555/w{number}") for number in range(120)]
    with serve(WORKS) as server:
        client = open_door(server)
        begin = time.monotonic()
        found = fetch(client, wanted, progress=interrupt)
        assert time.monotonic() - begin < 5
        assert found.stopped == STOPPED
        reached = [identifier for identifier in wanted if found[identifier].records]
        assert len(reached) >= 50
        assert set(found.unreached) == set(wanted) - set(reached)
        assert all(STOPPED in found[identifier].failures[0].message for identifier in found.unreached)
        again = fetch(open_door(server), wanted)
        assert all(answer.records for answer in again.values())


def test_ctrl_c_between_the_questions_about_a_doi_leaves_it_open(serve: Serve, open_door: Open) -> None:
    """Crossref does not list it, but nobody said yet whether it exists: that is not an answer."""
    wanted = [doi(f"10.9999/never.{number}") for number in range(120)] + [doi("10.5555/w1")]

    def interrupt(done: int, of: int) -> None:
        if any("doiRA" in path for _, path in server.requests) and not client.said:
            client.say("interrupted")
            raise KeyboardInterrupt

    with serve(WORKS) as server:
        client = open_door(server)
        found = fetch(client, wanted, progress=interrupt)
    assert found[wanted[-1]].records
    assert set(found.unreached) == set(wanted[:-1])
    assert not any(found[one].complete for one in found.unreached)


def test_the_end_of_the_time_gives_what_is_there(serve: Serve, open_door: Open) -> None:
    wanted = [Identifier("arxiv", f"2001.{number:05}") for number in range(1, 400)]
    works = [Sample(f"10.48550/arxiv.{one.value}", arxiv=one.value, agency="DataCite") for one in wanted]
    with serve(works) as server:
        found = fetch(open_door(server, seconds=5.0), wanted, services=["arxiv"])
    assert found.stopped == LATE
    assert 100 <= sum(bool(answer.records) for answer in found.values()) < 399
    assert set(found.unreached) == {one for one in wanted if not found[one].records}


@pytest.mark.skipif(os.name == "nt", reason="signals are another system's")
def test_ctrl_c_ends_a_process_that_waits_for_a_service(tmp_path: Path) -> None:
    program = (
        "import json, sys\n"
        "from pubtrack.model.record import Identifier\n"
        "from pubtrack.sources.fetch import fetch\n"
        "from pubtrack.sources.http import Client, Settings\n"
        "with Client(Settings(base_urls=json.loads(sys.argv[1]), cache=sys.argv[2])) as client:\n"
        "    found = fetch(client, [Identifier('doi', '10.5555/w1'), Identifier('arxiv', '2001.00001')])\n"
        "print(found.stopped, len(found.unreached), sum(bool(answer.records) for answer in found.values()))\n"
    )
    with FakeServer(WORKS, faults={"hang": 9}, faulty=["crossref"]) as server:
        command = [sys.executable, "-c", program, json.dumps(server.base_urls), str(tmp_path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while server.count("crossref") == 0 or server.count("arxiv") == 0:
            assert process.poll() is None
            time.sleep(0.02)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        out, errors = process.communicate(timeout=20)
        assert time.monotonic() - begin < 5
    assert errors == ""
    assert out == f"{STOPPED} 1 1\n"
