"""set, unset, rename, rm: one change, no other byte moved, and a refusal that leaves the file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import run_in

STORE = """\
% my papers\r
@string{nat = "Nature"}\r
@Article{one,\r
   Author = {Doe, Jane},\r
   title="On {NeRF}",\r
   journal = nat\r
}\r
\r
@inproceedings{kid, crossref={one}, related = {one,two} } trailing words\r
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "a.bib").write_bytes(STORE.encode())
    (tmp_path / "bib" / "b.bib").write_bytes(b"@misc{other, related={one}}\n")
    (tmp_path / "pubtrack.toml").write_bytes(b"")
    return tmp_path


def text(folder: Path, name: str = "a.bib") -> str:
    return (folder / "bib" / name).read_bytes().decode()


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        (["set", "one", "title=On Work"], '"On {NeRF}"', '"On Work"'),
        (["set", "one", "TITLE=On Work"], '"On {NeRF}"', '"On Work"'),
        (["set", "one", "volume=3"], "journal = nat\r\n", "journal = nat,\r\n   volume = {3}\r\n"),
        (["set", "one", "month=jan"], "journal = nat\r\n", "journal = nat,\r\n   month = jan\r\n"),
        (["set", "one", "--raw", 'title="A " # nat'], '"On {NeRF}"', '"A " # nat'),
        (["unset", "one", "title"], '   title="On {NeRF}",\r\n', ""),
        (["rename", "one", "uno"], "one", "uno"),
    ],
)
def test_an_edit_changes_what_was_asked_and_no_other_byte(
    folder: Path, arguments: list[str], old: str, new: str
) -> None:
    result = run_in(folder, *arguments)
    assert (result.code, result.out) == (0, "")
    assert text(folder) == STORE.replace(old, new)


def test_rename_follows_references_in_other_files(folder: Path) -> None:
    assert run_in(folder, "rename", "one", "uno").code == 0
    assert text(folder, "b.bib") == "@misc{other, related={uno}}\n"


def test_rm_keeps_what_others_inherit_from_unless_forced(folder: Path) -> None:
    result = run_in(folder, "rm", "one")
    assert result.code == 1
    assert 'a.bib:9: "kid" inherits from "one"' in result.err
    assert text(folder) == STORE
    assert run_in(folder, "rm", "one", "kid").code == 0
    assert "@" not in text(folder).replace("@string", "")
    assert "trailing words" in text(folder)
    assert text(folder, "b.bib") == "@misc{other, }\n"


def test_rm_says_what_it_changed_only_when_it_did(folder: Path) -> None:
    (folder / "bib" / "c.bib").write_bytes(b"@misc{x, title={X}}\n@misc{y, related={x}, note={xdata=x-title}}\n")
    result = run_in(folder, "rm", "x")
    assert result.code == 1
    assert "taken out" not in result.err
    (folder / "bib" / "c.bib").write_bytes(b"@misc{x, title={X}}\n@misc{y, related={x}}\n")
    assert 'y: "x" taken out of related' in run_in(folder, "rm", "x").err


def test_a_dry_run_shows_the_difference_and_writes_nothing(folder: Path) -> None:
    result = run_in(folder, "set", "one", "volume=3", "--dry-run")
    assert "+   volume = {3}" in result.out
    assert text(folder) == STORE


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["set", "one", "title=On {Work"], 1, "lacks 1"),
        (["set", "noe", "title=x"], 1, "did you mean one"),
        (["set", "one", "title"], 2, "not a FIELD=VALUE"),
        (["unset", "one", "volume"], 1, "volume"),
        (["rename", "one", "kid"], 1, 'the key "kid" is in use'),
        (["rename", "one", "other"], 1, 'the key "other" is in use'),
        (["rename", "one", "a b"], 1, "not a citation key"),
        (["rm", "nothing"], 1, 'no entry "nothing"'),
    ],
)
def test_a_refused_edit_leaves_the_store_alone(folder: Path, arguments: list[str], code: int, message: str) -> None:
    result = run_in(folder, *arguments)
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert result.err.count("\n") == 1
    assert text(folder) == STORE
