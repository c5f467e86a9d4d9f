"""The cache: what was put is what comes back, whole, private, and never in the way."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubtrack.sources._reply_cache import FILE_NAME, Cache, Kept

ONE = Kept("GET https://a.org/1", "crossref", 200, 1_000_000_000_000.0, b'{"a": 1}' * 100)
TWO = Kept("GET https://a.org/2", "doi", 404, 1_000_000_000_000.0, b"")


@pytest.fixture
def remarks() -> list[str]:
    return []


@pytest.fixture
def cache(tmp_path: Path, remarks: list[str]) -> Iterator[Cache]:
    made = Cache(str(tmp_path / "deep" / "folder"), remarks.append)
    yield made
    made.close()


def test_what_was_put_comes_back(cache: Cache) -> None:
    cache.put([ONE, TWO])
    assert cache.get([ONE.key, TWO.key, "GET https://a.org/3"]) == {ONE.key: ONE, TWO.key: TWO}


def test_more_keys_than_a_statement_takes_are_found(cache: Cache) -> None:
    many = [Kept(f"k{number}", "doi", 200, 1e12, b"%d" % number) for number in range(1200)]
    cache.put(many)
    assert len(cache.get([one.key for one in many])) == 1200


@pytest.mark.skipif(os.name == "nt", reason="modes are another system's")
def test_only_the_user_may_read_it(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "deep" / "folder").mkdir(parents=True)
    file = tmp_path / "deep" / "folder" / FILE_NAME
    file.touch(mode=0o644)
    before = os.umask(0)
    try:
        cache.put([ONE])
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_new_folder_is_the_users_own(cache: Cache, tmp_path: Path) -> None:
    cache.put([ONE])
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "deep" / "folder").stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"not a database at all " * 300, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside_and_said_so(tmp_path: Path, remarks: list[str], content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    cache = Cache(str(tmp_path), remarks.append)
    assert cache.get([ONE.key]) == {}
    cache.put([ONE])
    assert cache.get([ONE.key]) == {ONE.key: ONE}
    cache.close()
    assert (tmp_path / f"{FILE_NAME}.damaged").read_bytes() == content
    assert len(remarks) == 1
    assert "set aside" in remarks[0]


def test_a_page_that_rots_costs_the_cache_and_nothing_else(tmp_path: Path, remarks: list[str]) -> None:
    cache = Cache(str(tmp_path), remarks.append)
    cache.put([Kept(f"k{number}", "doi", 200, 1e12, os.urandom(3000)) for number in range(50)])
    cache.close()
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    content[4096 : len(content) - 4096] = b"\x99" * (len(content) - 8192)
    file.write_bytes(content)
    cache = Cache(str(tmp_path), remarks.append)
    cache.get([f"k{number}" for number in range(50)])
    cache.put([ONE])
    cache.put([ONE])
    assert cache.get([ONE.key]) in ({ONE.key: ONE}, {})
    cache.close()


def test_a_row_whose_hash_does_not_fit_is_none(cache: Cache) -> None:
    cache.put([ONE])
    cache.close()
    with sqlite3.connect(cache.path) as connection:
        connection.execute("UPDATE reply SET sha256 = 'x'")
    connection.close()
    assert cache.get([ONE.key]) == {}


def test_the_cache_of_a_newer_version_is_left_alone(cache: Cache, remarks: list[str]) -> None:
    cache.put([ONE])
    cache.close()
    execute(cache.path, "PRAGMA user_version = 99")
    before = Path(cache.path).read_bytes()
    path = cache.path
    assert cache.get([ONE.key]) == {}
    cache.put([TWO])
    assert Path(path).read_bytes() == before
    assert len(remarks) == 1
    assert "newer" in remarks[0]


def test_a_table_of_an_older_version_is_made_anew(cache: Cache) -> None:
    cache.put([ONE])
    cache.close()
    execute(cache.path, "PRAGMA user_version = 0")
    assert cache.get([ONE.key]) == {}
    cache.put([ONE])
    assert cache.get([ONE.key]) == {ONE.key: ONE}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reply SET source = CAST(x'ff' AS TEXT)",
        "UPDATE reply SET status = 'many'",
        "UPDATE reply SET source = x'00'",
        "ALTER TABLE reply RENAME TO other",
        "ALTER TABLE reply RENAME COLUMN body TO other",
    ],
)
def test_what_holds_no_replies_is_set_aside_and_made_anew(cache: Cache, remarks: list[str], statement: str) -> None:
    cache.put([ONE])
    cache.close()
    execute(cache.path, statement)
    assert cache.get([ONE.key]) == {}
    cache.put([ONE])
    assert cache.get([ONE.key]) == {ONE.key: ONE}
    assert Path(f"{cache.path}.damaged").exists()
    assert len(remarks) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_in_the_place_of_the_cache_is_not_followed(tmp_path: Path, remarks: list[str]) -> None:
    (tmp_path / "precious").write_bytes(b"")
    (tmp_path / FILE_NAME).symlink_to(tmp_path / "precious")
    cache = Cache(str(tmp_path), remarks.append)
    cache.put([ONE])
    assert cache.get([ONE.key]) == {}
    assert (tmp_path / "precious").read_bytes() == b""
    assert len(remarks) == 1


def test_the_oldest_replies_above_the_cap_go(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pubtrack.sources._reply_cache._MOST_ROWS", 2)
    cache.put([Kept(f"k{number}", "doi", 200, 1e12 + number, b"1") for number in range(5)])
    cache.close()
    assert set(cache.get([f"k{number}" for number in range(5)])) == {"k3", "k4"}


def execute(path: str, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


def test_what_is_older_than_everything_that_is_kept_goes(cache: Cache) -> None:
    cache.put([Kept("old", "doi", 200, time.time() - 100 * 86_400, b"1"), Kept("new", "doi", 200, time.time(), b"2")])
    cache.close()
    assert set(cache.get(["old", "new"])) == {"new"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_means_no_cache(tmp_path: Path, remarks: list[str]) -> None:
    tmp_path.chmod(0o500)
    cache = Cache(str(tmp_path / "new"), remarks.append)
    cache.put([ONE])
    assert cache.get([ONE.key]) == {}
    assert len(remarks) == 1


def test_a_path_that_is_no_folder_means_no_cache_and_is_said_once(tmp_path: Path, remarks: list[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cache = Cache(str(tmp_path / "file"), remarks.append)
    cache.put([ONE])
    assert cache.get([ONE.key]) == {}
    assert len(remarks) == 1
    assert "replies are not kept" in remarks[0]


def test_no_folder_means_no_cache(remarks: list[str]) -> None:
    cache = Cache("", remarks.append)
    cache.put([ONE])
    assert cache.get([ONE.key]) == {}
    assert remarks == []


def test_ctrl_c_within_a_change_leaves_the_rows_of_before(cache: Cache) -> None:
    cache.put([ONE])

    def interrupted() -> Iterator[Kept]:
        yield TWO
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.put(interrupted())
    assert cache.get([ONE.key, TWO.key]) == {ONE.key: ONE}


def test_several_processes_use_it_at_once(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pubtrack.sources._reply_cache import Cache, Kept\n"
        "said = []\n"
        "cache = Cache(sys.argv[1], said.append)\n"
        "for n in range(40):\n"
        "    cache.put([Kept(f'{sys.argv[2]}-{n}', 'doi', 200, 1e12, b'x' * 500)])\n"
        "    cache.get([f'{other}-{n}' for other in 'abc'])\n"
        "cache.close()\n"
        "sys.exit(str(said) if said else 0)\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name], stderr=subprocess.PIPE) for name in "abc"
    ]
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], errors
    cache = Cache(str(tmp_path), lambda message: None)
    assert len(cache.get([f"{name}-{n}" for name in "abc" for n in range(40)])) == 120
    cache.close()
