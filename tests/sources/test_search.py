"""Searches give candidates in the service's order; an author's works come from every service that files them."""

from __future__ import annotations

from pubtrack.sources.search import Query, search, works_of
from tests.sources.doors import Open, Serve
from tests.sources.fake_payloads import Sample

OWNER = "0000-0002-1825-0097"
WORKS = [
    Sample("10.5555/shadow", "On Shadow", orcid=OWNER),
    Sample("10.5555/lamp", "On Lamps", orcid=OWNER),
    Sample("10.5555/night", "Night"),
]


def test_each_query_has_its_candidates(serve: Serve, open_door: Open) -> None:
    night, lamps = Query("Night", "Brook"), Query("Lamps")
    with serve(WORKS) as server:
        found = search(open_door(server), [night, lamps, night])
        assert len(server.requests) == 2
        assert server.broken == {}
        search(open_door(server), [night, lamps])
        assert len(server.requests) == 2
    assert [record.id for record in found[night].records] == ["10.5555/night"]
    assert [record.id for record in found[lamps].records] == ["10.5555/lamp"]
    assert found[night].asked == ("crossref",)


def test_a_search_that_fails_is_no_search_that_finds_nothing(serve: Serve, open_door: Open) -> None:
    with serve(WORKS, faults={"html": 9}) as server:
        answer = search(open_door(server), [Query("Night")])[Query("Night")]
    assert answer.records == ()
    assert answer.asked == ()
    assert "web page" in answer.failures[0].message


def test_a_title_without_a_word_is_searched_for_nowhere(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        answer = search(open_door(server), [Query("?!")], services=["arxiv", "openalex"])[Query("?!")]
        assert server.requests == []
    assert len(answer.failures) == 2


def test_ctrl_c_gives_the_queries_that_were_answered(serve: Serve, open_door: Open) -> None:
    def interrupt(done: int, of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    queries = [Query(f"Night {number}") for number in range(10)]
    with serve(WORKS) as server:
        found = search(open_door(server), queries, progress=interrupt)
    answered = [query for query in queries if found[query].records]
    assert answered
    assert set(found.unreached) == set(queries) - set(answered)
    assert found.stopped


def test_the_works_of_an_author_come_from_all_who_file_them(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        answer = works_of(open_door(server), OWNER)
        assert server.broken == {}
    assert {record.source for record in answer.records} >= {"orcid", "openalex", "crossref"}
    assert {record.work.get("doi") for record in answer.records} == {"10.5555/shadow", "10.5555/lamp"}
    assert answer.failures == ()


def test_a_wrong_id_of_an_author_is_asked_of_nobody(serve: Serve, open_door: Open) -> None:
    with serve(WORKS) as server:
        answer = works_of(open_door(server), "0000-0002-1825-0098")
        assert server.requests == []
    assert len(answer.failures) == 4
