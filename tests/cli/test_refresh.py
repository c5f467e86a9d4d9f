"""pubtrack refresh, end to end: the fake services on loopback, the store on the disk."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.cli.run import Run, run_in
from tests.sources.fake_payloads import Sample
from tests.sources.fake_server import FakeServer

HERE = Path(__file__).parent
STORE = r"""% my list
@article{brook2019,
  author  = {Brook, Ada and {\.I}nan, {\c C}a{\u g}la},
  title   = {On the Weight of {Shadows}},
  journal = {Annals of Dim Optics},
  year    = 2019,
  pages   = {101--117},
  doi     = {10.5555/abc},
  note    = {mine}, % not theirs
}

@article{unnamed2020,
  author = {Ada Brook},
  title = {On the Weight of Brighter Shadows and Lamps},
  journal = {Annals of Dim Optics},
  year = 2020,
}

@article{wrong2001,
  author = {Meyer, Franz},
  title = {A Completely Different Thing},
  journal = {Other Things},
  year = 2001,
  doi = {10.5555/wrong},
}

@article{gone2001,
  author = {Meyer, Franz},
  title = {Something Lost},
  journal = {Other Things},
  year = 2001,
  doi = {10.5555/gone},
}
"""
WORKS = (
    Sample("10.5555/abc"),
    Sample("10.5555/wrong", title="Lamps in Winter", author=("Bo", "Reed")),
    Sample("10.5555/unnamed", title="On the Weight of Brighter Shadows and Lamps", year=2020),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "own.bib").write_text(STORE, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[FakeServer]:
    with FakeServer(WORKS) as fake, mock.patch.dict(os.environ, fake.environment):
        configure(folder)
        yield fake
        assert fake.strayed == 0


def configure(folder: Path, more: str = "") -> None:
    (folder / "pubtrack.toml").write_text(f'[owner]\nname = "Brook, Ada"\n{more}', encoding="utf-8")


def text(folder: Path) -> str:
    return (folder / "bib" / "own.bib").read_text(encoding="utf-8")


def refresh(folder: Path, *words: str) -> Run:
    return run_in(folder, "refresh", *words)


def proposals(folder: Path, *words: str) -> dict[str, Any]:
    """What a run proposes, by key and field."""
    result = refresh(folder, "--json", *words)
    found = json.loads(result.out)
    return {f"{one['key']}.{one['field']}": one for one in found["proposals"]}


@pytest.mark.usefixtures("server")
def test_a_refresh_shows_each_entrys_difference_with_its_evidence(
    folder: Path, golden: Callable[[Path, str], None]
) -> None:
    result = refresh(folder)
    assert result.code == 0
    shown = result.out + result.err
    day = json.loads(refresh(folder, "--json").out)["proposals"][0]["fetched"][:10]
    golden(HERE / "golden" / "refresh.txt", shown.replace(day, "2026-01-02"))
    assert text(folder) == STORE


@pytest.mark.usefixtures("server")
def test_the_json_has_what_the_interface_promises(folder: Path) -> None:
    found = json.loads(refresh(folder, "--json").out)
    assert set(found) == {"proposals", "applied", "messages", "sources", "incomplete"}
    for one in found["proposals"]:
        assert {"id", "key", "field", "base", "mine", "theirs", "source", "kind", "safe"} <= set(one)
        assert one["safe"] == (one["kind"] in ("fill", "update"))
    kinds = {f"{one['key']}.{one['field']}": one["kind"] for one in found["proposals"]}
    assert kinds == {
        "brook2019.author": "protected", "brook2019.volume": "fill", "brook2019.number": "fill",
        "brook2019.pages": "conflict", "unnamed2020.doi": "fill", "wrong2001.doi": "problem",
    }  # fmt: skip
    assert [(one["key"], one["code"], one["severity"]) for one in found["messages"]] == [
        ("gone2001", "doi-unknown", "error")
    ]
    assert found["incomplete"] == []
    assert {one["name"] for one in found["sources"]} == {"crossref"}


@pytest.mark.usefixtures("server")
def test_keys_and_a_filter_choose_the_entries(folder: Path) -> None:
    assert set(proposals(folder, "unnamed2020")) == {"unnamed2020.doi"}
    assert set(proposals(folder, "--where", "year = 2001")) == {"wrong2001.doi"}
    assert "did you mean brook2019" in refresh(folder, "brok2019").err
    assert proposals(folder, "unnamed2020", "--no-search") == {}


@pytest.mark.usefixtures("server")
def test_the_safe_ones_are_written_and_undone_byte_for_byte(folder: Path) -> None:
    result = refresh(folder, "--apply-safe")
    assert result.code == 0
    assert "3 values in 2 entries written; pubtrack refresh --undo takes them back" in result.err
    expected = STORE.replace(
        "  year    = 2019,", "  volume  = 12,\n  number  = 3,\n  year    = 2019,"
    ).replace("  year = 2020,\n", "  year = 2020,\n  doi = {10.5555/unnamed},\n")  # fmt: skip
    assert sorted(text(folder).splitlines()) == sorted(expected.splitlines())
    assert refresh(folder, "--undo").code == 0
    assert text(folder) == STORE
    assert "no refresh to take back" in refresh(folder, "--undo").err


@pytest.mark.usefixtures("server")
def test_a_second_run_has_nothing_left_that_is_safe(folder: Path) -> None:
    refresh(folder, "--apply-safe")
    refresh(folder, "--apply-safe")
    once = text(folder)
    assert json.loads(refresh(folder, "--apply-safe", "--json").out)["applied"] == []
    assert text(folder) == once


@pytest.mark.usefixtures("server")
def test_an_id_applies_what_was_printed_though_the_registry_has_moved(folder: Path, server: FakeServer) -> None:
    one = proposals(folder)["brook2019.pages"]
    count = len(server.requests)
    result = refresh(folder, "--apply", one["id"])
    assert result.code == 0
    assert len(server.requests) == count
    assert text(folder) == STORE.replace("{101--117}", "{101--118}")


@pytest.mark.usefixtures("server")
def test_a_proposal_for_what_the_file_no_longer_holds_is_refused_whole(folder: Path) -> None:
    found = proposals(folder)
    changed = STORE.replace("{101--117}", "{99--117}")
    (folder / "bib" / "own.bib").write_text(changed, encoding="utf-8")
    ids = [found[name]["id"] for name in ("brook2019.pages", "brook2019.volume")]
    result = refresh(folder, "--apply", ids[0], "--apply", ids[1])
    assert result.code == 1
    assert "brook2019.pages has changed since it was proposed" in result.err
    assert result.err.count("\n") == 1
    assert text(folder) == changed


@pytest.mark.usefixtures("server")
def test_a_problem_cannot_be_applied(folder: Path) -> None:
    result = refresh(folder, "--apply", proposals(folder)["wrong2001.doi"]["id"])
    assert (result.code, text(folder)) == (1, STORE)
    assert "reports a problem" in result.err


def test_an_unknown_id_is_named(folder: Path) -> None:
    (folder / "pubtrack.toml").write_text("", encoding="utf-8")
    result = refresh(folder, "--apply", "1234567890")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert 'no proposal of the last run has the id "1234567890"' in result.err


@pytest.mark.usefixtures("server")
def test_a_declined_proposal_does_not_come_again(folder: Path) -> None:
    refresh(folder, "--keep", proposals(folder)["brook2019.pages"]["id"])
    assert "brook2019.pages" not in proposals(folder)
    refresh(folder, "--keep-all")
    assert set(proposals(folder)) == {"wrong2001.doi"}  # a fault does not go away by looking elsewhere
    assert text(folder) == STORE


@pytest.mark.usefixtures("server")
def test_undo_leaves_what_was_edited_since_and_says_so(folder: Path) -> None:
    refresh(folder, "--apply-safe")
    assert run_in(folder, "set", "brook2019", "volume=13").code == 0
    result = refresh(folder, "--undo")
    assert result.code == 1
    assert result.out == "brook2019.volume has been edited since, so it stays as it is\n"
    assert "volume  = 13" in text(folder)
    assert "number" not in text(folder)


@pytest.mark.usefixtures("server")
def test_a_dry_run_writes_nothing_at_all(folder: Path) -> None:
    result = refresh(folder, "--apply-safe", "--dry-run")
    assert "+  volume  = 12," in result.out
    assert text(folder) == STORE
    assert not (folder / "bib" / ".pubtrack").exists()


@pytest.mark.usefixtures("server")
def test_bases_are_kept_for_git_and_the_rest_is_not(folder: Path) -> None:
    refresh(folder)
    notes = folder / "bib" / ".pubtrack"
    assert (notes / ".gitattributes").read_text(encoding="utf-8") == "fetched.jsonl merge=union\n"
    assert {"proposals.jsonl", "undo.jsonl"} <= set((notes / ".gitignore").read_text(encoding="utf-8").split())
    lines = (notes / "fetched.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    first = json.loads(lines[0])
    assert first["source"] == "crossref"
    before = (notes / "fetched.jsonl").read_bytes()
    refresh(folder, "--no-cache")
    assert (notes / "fetched.jsonl").read_bytes() == before


@pytest.mark.usefixtures("server")
def test_a_line_that_git_left_in_conflict_is_named(folder: Path) -> None:
    refresh(folder)
    file = folder / "bib" / ".pubtrack" / "fetched.jsonl"
    file.write_text("<<<<<<< ours\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    result = refresh(folder, "--apply-safe")
    assert result.code == 1
    assert result.err.startswith("bib/.pubtrack/fetched.jsonl:1: ")
    assert text(folder) == STORE


def test_offline_without_a_cache_is_incomplete_and_never_not_found(folder: Path) -> None:
    (folder / "pubtrack.toml").write_text("", encoding="utf-8")
    result = refresh(folder, "--offline", "--json")
    found = json.loads(result.out)
    assert result.code == 1
    assert found["proposals"] == found["messages"] == []
    assert {one["key"] for one in found["incomplete"]} == {"brook2019", "unnamed2020", "wrong2001", "gone2001"}


@pytest.mark.usefixtures("server")
def test_offline_after_a_run_proposes_the_same(folder: Path, server: FakeServer) -> None:
    online = proposals(folder)
    count = len(server.requests)
    offline = proposals(folder, "--offline")
    assert {name: one["id"] for name, one in offline.items()} == {name: one["id"] for name, one in online.items()}
    assert len(server.requests) == count


def test_a_web_page_for_a_reply_is_a_failure_of_that_source(folder: Path) -> None:
    with (
        FakeServer(WORKS, faults={"html": 99}, faulty=("crossref",)) as fake,
        mock.patch.dict(os.environ, fake.environment),
    ):
        configure(folder)
        result = refresh(folder, "--json")
        found = json.loads(result.out)
        assert result.code == 1
        assert {one["source"] for one in found["proposals"]} <= {"openalex"}
        assert {one["key"] for one in found["incomplete"]} == {"brook2019", "unnamed2020", "wrong2001", "gone2001"}
        assert {one["name"]: one["failed"] for one in found["sources"]}["crossref"] > 0
        assert "not-found" not in {one["code"] for one in found["messages"]}
        shown = refresh(folder)
        assert "not complete: " in shown.err


@pytest.mark.usefixtures("server")
def test_an_interrupted_run_gives_what_it_has_and_what_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pubtrack.model.record import Lookup, ServiceFailure
    from pubtrack.refresh import responses
    from pubtrack.sources import fetch as fetching

    real = fetching.fetch

    def cut_short(client: Any, identifiers: Any, **more: Any) -> Any:
        wanted = list(identifiers)
        first = real(client, wanted[:1], **more)
        rest = {one: Lookup(failures=(ServiceFailure("crossref", fetching.STOPPED),)) for one in wanted[1:]}
        return fetching.Fetched({**first, **rest}, first.receipts, tuple(wanted[1:]), fetching.STOPPED)

    monkeypatch.setattr(responses, "fetch", cut_short)
    result = refresh(folder, "--apply-safe", "--json", "--no-search")
    found = json.loads(result.out)
    assert result.code == 130
    assert {one["key"] for one in found["proposals"]} == {"brook2019"}
    assert {one["key"] for one in found["incomplete"]} == {"wrong2001", "gone2001"}
    assert (found["applied"], text(folder)) == ([], STORE)


@pytest.mark.usefixtures("server")
def test_an_entrys_lock_and_the_configured_one_hold(folder: Path, server: FakeServer) -> None:
    locked = STORE.replace("  note    = {mine}", "  pubtrack-lock = {volume, pages},\n  note    = {mine}")
    (folder / "bib" / "own.bib").write_text(locked, encoding="utf-8")
    found = proposals(folder)
    assert (found["brook2019.volume"]["kind"], found["brook2019.pages"]["kind"]) == ("protected", "protected")
    configure(folder, '[refresh]\nlock = ["number"]\nfill = ["volume", "number", "issn"]\n')
    found = proposals(folder)
    assert found["brook2019.number"]["reason"] == "the field is locked"
    assert found["brook2019.issn"]["kind"] == "fill"
    assert "unnamed2020.doi" not in found


def test_a_wrong_field_in_the_configuration_is_named(folder: Path) -> None:
    (folder / "pubtrack.toml").write_text('[refresh]\nfill = ["note"]\n', encoding="utf-8")
    result = refresh(folder, "--offline")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert 'pubtrack.toml: a refresh never fills "note"' in result.err


@pytest.mark.usefixtures("server")
def test_standard_input_is_looked_at_and_not_written(folder: Path) -> None:
    result = run_in(folder, "refresh", "--bib", "-", "--json", stdin=STORE.encode())
    assert result.code == 0
    assert len(json.loads(result.out)["proposals"]) == 6
    assert run_in(folder, "refresh", "--bib", "-", "--apply-safe", stdin=STORE.encode()).code == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="the system's owner may write everywhere")
@pytest.mark.usefixtures("server")
def test_a_folder_that_cannot_be_written_to_can_be_looked_at(folder: Path) -> None:
    (folder / "bib").chmod(0o555)
    try:
        result = refresh(folder)
    finally:
        (folder / "bib").chmod(0o755)
    assert result.code == 0
    assert "are not kept" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ["--apply-safe", "--undo"],
        ["--apply", "x", "--keep", "y"],
        ["--undo", "brook2019"],
        ["--keep-all", "--where", "year = 2020"],
        ["--bib", "list.json"],
        ["--offline", "--no-cache"],
        ["--published", "both"],
    ],
)
def test_wrong_usage_is_refused(folder: Path, words: list[str]) -> None:
    (folder / "pubtrack.toml").write_text("", encoding="utf-8")
    (folder / "list.json").write_text("[]", encoding="utf-8")
    result = refresh(folder, *words)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert text(folder) == STORE


def test_what_was_declined_stays_declined_under_a_new_key(folder: Path, server: FakeServer) -> None:
    run_in(folder, "refresh", "brook2019")
    assert run_in(folder, "refresh", "--keep-all").code == 0
    assert run_in(folder, "refresh", "brook2019", "--json").out.count('"id"') == 0
    renamed = run_in(folder, "rename", "brook2019", "brook2019weight")
    assert (renamed.code, renamed.err) == (0, "")
    assert run_in(folder, "refresh", "brook2019weight", "--json").out.count('"id"') == 0
