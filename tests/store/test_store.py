"""The store: what it reads, what it refuses to write, and that nothing of a file is lost on the way."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from pubtrack.bibtex import edit
from pubtrack.model.errors import PubtrackError
from pubtrack.store import atomic_files
from pubtrack.store.bib_file import decode_bib
from pubtrack.store.store import Store, save, transaction

ONE = "@misc{a, title = {One}}\n"
TWO = "@misc{b, title = {Two}}\n"


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    folder = tmp_path / "bib"
    folder.mkdir()
    (folder / "1.bib").write_bytes(ONE.encode())
    (folder / "2.bib").write_bytes(TWO.encode())
    (folder / "notes.txt").write_text("no bib")
    (folder / ".hidden.bib").write_text("@misc{hidden,}")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_its_bib_files_in_name_order(bib: Path) -> None:
    store = Store.open(bib)
    assert [file.path.name for file in store.files] == ["1.bib", "2.bib"]
    assert list(store.by_key) == ["a", "b"]
    assert store.file_of("b").path == bib / "2.bib"
    assert [document.file for document in store.documents] == [str(bib / "1.bib"), str(bib / "2.bib")]


def test_a_store_is_also_one_file_or_one_text(bib: Path) -> None:
    assert list(Store.open(bib / "2.bib").by_key) == ["b"]
    store = Store.of_text(ONE)
    assert list(store.by_key) == ["a"]
    with pytest.raises(PubtrackError, match="came from no file"):
        save(store, {store.files[0].path: TWO})


@pytest.mark.parametrize("path", ["absent", "absent/x.bib"])
def test_what_is_not_there_is_said(tmp_path: Path, path: str) -> None:
    with pytest.raises(PubtrackError, match="no such file or folder"):
        Store.open(tmp_path / path)


def test_an_empty_folder_and_an_absent_key_are_said(bib: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PubtrackError, match=r"no \.bib file"):
        Store.open(tmp_path / "empty")
    with pytest.raises(PubtrackError, match='no entry "aa"; did you mean a'):
        Store.open(bib).file_of("aa")


def test_problems_carry_the_file_and_keys_of_two_files_collide(bib: Path) -> None:
    (bib / "2.bib").write_bytes(b"@misc{A, title {x}}\n@misc{c, note = {caf\xe9}}\n")
    found = [(Path(one.file).name, one.code, one.line, one.column) for one in Store.open(bib).problems]
    assert found == [("2.bib", "txt-encoding", 2, 21), ("2.bib", "syn-entry", 1, 16), ("2.bib", "syn-dup-key", 1, 1)]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16-LE"), ("utf-16-be", "UTF-16-BE"), ("utf-32", "UTF-32")],
)
def test_wide_encodings_are_read_and_named_but_not_edited(encoding: str, name: str, tmp_path: Path) -> None:
    content = ONE.encode(encoding)
    (tmp_path / "x.bib").write_bytes(content)
    store = Store.open(tmp_path)
    assert store.files[0].document.text == ONE
    (problem,) = store.problems
    message = f"this file is {name}, which LaTeX cannot read; convert it: iconv -f {name} -t UTF-8"
    assert (problem.code, problem.severity, problem.message) == ("txt-encoding", "warning", message)
    with pytest.raises(PubtrackError, match=f"convert it before it is edited: iconv -f {name} -t UTF-8"):
        save(store, {store.files[0].path: ONE.replace("One", "Two") + " "})
    assert (tmp_path / "x.bib").read_bytes() == content


def test_a_file_that_only_begins_as_utf16_is_refused() -> None:
    with pytest.raises(PubtrackError, match=r"x\.bib: this file begins as UTF-16 but does not go on so"):
        decode_bib(b"\xff\xfe\x00\xd8a\x00", "x.bib")


@pytest.mark.parametrize("content", [b"", b"\x00", b"@misc{a,\x00\x00}", b"\xff", b"\xef\xbb\xbf@misc{a,}", b"a\x00"])
def test_any_other_bytes_come_back(content: bytes) -> None:
    assert decode_bib(content).encode("utf-8", "surrogateescape") == content


def test_a_save_writes_what_changed_and_leaves_no_file_behind(bib: Path) -> None:
    store = Store.open(bib)
    before = (bib / "2.bib").stat()
    text = edit.set_field(store.files[0].document, "a", "title", "New")
    assert save(store, {store.files[0].path: text, store.files[1].path: TWO}) == (bib / "1.bib",)
    assert (bib / "1.bib").read_bytes() == b"@misc{a, title = {New}}\n"
    assert (bib / "2.bib").stat().st_mtime_ns == before.st_mtime_ns
    assert names(bib) == [".hidden.bib", "1.bib", "2.bib", "notes.txt"]


def test_several_files_are_saved_in_one_go(bib: Path) -> None:
    store = Store.open(bib)
    assert len(save(store, {bib / "1.bib": TWO, bib / "2.bib": ONE, bib / "3.bib": "% new\n"})) == 3
    assert [path.read_text() for path in sorted(bib.glob("[123].bib"))] == [TWO, ONE, "% new\n"]
    assert names(bib) == [".hidden.bib", "1.bib", "2.bib", "3.bib", "notes.txt"]


@pytest.mark.parametrize("change", ["other", "gone"])
def test_a_file_that_changed_since_is_not_overwritten(bib: Path, change: str) -> None:
    store = Store.open(bib)
    if change == "other":
        (bib / "2.bib").write_text("% mine\n")
    else:
        (bib / "2.bib").unlink()
    with pytest.raises(PubtrackError, match=r"changed by someone else|was removed"):
        save(store, {bib / "1.bib": TWO, bib / "2.bib": ONE})
    assert (bib / "1.bib").read_text() == ONE
    assert not [name for name in names(bib) if "pubtrack" in name]


def test_a_new_file_does_not_overwrite_one(bib: Path) -> None:
    store = Store.open(bib)
    (bib / "3.bib").write_text("% mine\n")
    with pytest.raises(PubtrackError, match="exists already"):
        save(store, {bib / "3.bib": ONE})


def test_a_transaction_saves_at_its_end_and_not_after_an_error(bib: Path) -> None:
    with transaction(bib) as under_lock:
        file = under_lock.store.file_of("b")
        under_lock.write(file, edit.set_field(file.document, "b", "title", "New"))
        assert (bib / "2.bib").read_text() == TWO
    assert (bib / "2.bib").read_text() == TWO.replace("Two", "New")
    with pytest.raises(ValueError, match="stop"), transaction(bib) as under_lock:
        under_lock.write(bib / "1.bib", "")
        raise ValueError("stop")
    assert (bib / "1.bib").read_text() == ONE
    assert not [name for name in names(bib) if "pubtrack" in name]


@pytest.mark.parametrize(
    ("content", "value", "expected"),
    [
        (b"@misc{a, title = {Caf\xe9}, x = {}}", "Zo\xeb", b"@misc{a, title = {Zo\xeb}, x = {}}"),
        (b"@misc{a, title = {\xe9}, x = {Caf\xe9}}", "Zo\xeb", b"@misc{a, title = {Zo\xeb}, x = {Caf\xe9}}"),
        ("@misc{a, title = {é}}".encode(), "Zo\xeb", "@misc{a, title = {Zoë}}".encode()),
        ("\ufeff@misc{a, title = {x}}\r\n".encode(), "\u4e2d", "\ufeff@misc{a, title = {中}}\r\n".encode()),
        ("@misc{a, title = {é}, x = {".encode() + b"\xe9}}", "ë", "@misc{a, title = {ë}, x = {".encode() + b"\xe9}}"),
    ],
)
def test_a_file_keeps_its_encoding(tmp_path: Path, content: bytes, value: str, expected: bytes) -> None:
    path = tmp_path / "x.bib"
    path.write_bytes(content)
    store = Store.open(path)
    save(store, {path: edit.set_field(store.files[0].document, "a", "title", value)})
    assert path.read_bytes() == expected


def test_a_character_that_the_encoding_lacks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_bytes(b"@misc{a, title = {Caf\xe9}}")
    store = Store.open(path)
    with pytest.raises(PubtrackError, match='cannot hold "ł"; convert it first'):
        save(store, {path: edit.set_field(store.files[0].document, "a", "note", "ł")})
    assert path.read_bytes() == b"@misc{a, title = {Caf\xe9}}"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_the_mode_is_kept_and_a_new_file_has_the_usual_one(bib: Path) -> None:
    (bib / "1.bib").chmod(0o640)
    save(Store.open(bib), {bib / "1.bib": TWO, bib / "3.bib": ONE})
    assert stat.S_IMODE((bib / "1.bib").stat().st_mode) == 0o640
    (bib / "usual").write_text("")
    assert (bib / "3.bib").stat().st_mode == (bib / "usual").stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
def test_a_symbolic_link_stays_one(bib: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.bib"
    real.parent.mkdir()
    real.write_text(ONE)
    (bib / "1.bib").unlink()
    (bib / "1.bib").symlink_to(os.path.relpath(real, bib))
    save(Store.open(bib), {bib / "1.bib": "% new\n", bib / "2.bib": "% new\n"})
    assert (bib / "1.bib").is_symlink()
    assert real.read_text() == "% new\n"
    assert names(real.parent) == ["real.bib"]


def test_the_lock_names_its_holder_and_gives_up_in_time(bib: Path) -> None:
    with atomic_files.locked([bib]):
        with pytest.raises(PubtrackError, match=rf"process {os.getpid()} on .* writes here since .*; waited 0\.1 s"):
            save(Store.open(bib), {bib / "1.bib": TWO}, timeout=0.1)
        assert atomic_files.LOCK_NAME in names(bib)
    assert atomic_files.LOCK_NAME not in names(bib)
    assert save(Store.open(bib), {bib / "1.bib": TWO}, timeout=0.1)


def test_a_lock_file_of_a_dead_process_locks_nothing(bib: Path) -> None:
    (bib / atomic_files.LOCK_NAME).write_text("999999 elsewhere 2020-01-01 00:00:00\n")
    assert save(Store.open(bib), {bib / "1.bib": TWO}, timeout=0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_what_is_no_file_is_written_to_directly(tmp_path: Path) -> None:
    atomic_files.atomic_write(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("content", ["{", "[]", '[["/a", "/b", "0"]]', "{}", '{"pubtrack-journal": 2}', "[" * 9999])
def test_a_damaged_journal_is_named_by_a_save_and_set_apart(bib: Path, content: str) -> None:
    (bib / atomic_files.JOURNAL_NAME).write_text(content)
    store = Store.open(bib)
    assert (list(store.by_key), store.interrupted) == (["a", "b"], (bib,))
    with pytest.raises(PubtrackError, match=r"cannot be finished: it (is damaged|has the form of an earlier version)"):
        save(store, {bib / "1.bib": TWO})
    assert ((bib / "1.bib").read_text(), (bib / ".pubtrack.journal.rejected-1").read_text()) == (ONE, content)
    assert save(Store.open(bib), {bib / "1.bib": TWO}) == (bib / "1.bib",)


def test_a_note_is_saved_with_the_files_or_not_at_all(bib: Path) -> None:
    with transaction(bib) as change:
        assert change.note("fetched") == ""
        change.write_note("fetched", "one\n")
    assert (bib / ".pubtrack" / "fetched").read_text() == "one\n"
    with pytest.raises(PubtrackError, match="changed by someone else"), transaction(bib) as change:
        assert change.note("fetched") == "one\n"
        change.write(change.store.files[0], ONE.replace("One", "Uno"))
        change.write_note("fetched", "two\n")
        (bib / ".pubtrack" / "fetched").write_text("other\n")
    assert (bib / "1.bib").read_bytes() == ONE.encode()
    assert (bib / ".pubtrack" / "fetched").read_text() == "other\n"
    assert names(bib / ".pubtrack") == ["fetched"]


def test_a_note_that_nobody_writes_makes_no_folder(bib: Path) -> None:
    with transaction(bib) as change:
        change.note("fetched")
    assert not (bib / ".pubtrack").exists()
    assert list(Store.open(bib).by_key) == ["a", "b"]
