"""A folder from elsewhere may hold anything under our names, and files change between a crash and its recovery."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtrack.model.errors import PubtrackError
from pubtrack.store import asides, atomic_files, file_lock, journal, platform_files
from pubtrack.store.store import Store, save, transaction
from tests.cli.project import make_project
from tests.cli.run import Run, run_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX links, pipes and modes")
OLD, NEW, HAND = "@misc{a, title = {Old}}\n", "@misc{a, title = {New}}\n", "@misc{a, title = {By Hand}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    make_project(folder, OLD)
    return folder


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file below a folder: mode, time, content or what it links to."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        found[str(path.relative_to(folder))] = status.st_mode, status.st_mtime_ns, content
    return found


def interrupted(folder: Path, texts: dict[str, tuple[str, str]], *, done: int = 0) -> None:
    """The files of a folder as a save leaves them that is killed behind its commit and `done` renames."""
    steps = []
    for name, (old, new) in texts.items():
        target = folder / name
        target.write_text(old)
        aside = asides.aside_for(target)
        asides.write_aside(aside, new.encode())
        steps.append(journal.Step(target, aside, journal.digest(old.encode()), journal.digest(new.encode())))
    journal.write(folder, steps)
    for step in steps[:done]:
        step.aside.replace(step.target)


TWO = {"1.bib": (OLD, NEW), "2.bib": (OLD.replace("{a", "{b"), NEW.replace("{a", "{b"))}


def texts(folder: Path) -> list[str]:
    return [path.read_text() for path in sorted(folder.glob("*.bib"))]


# A stranger's folder -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["list"], ["show", "a"], ["check"], ["fmt", "--check"], ["set", "a", "year=1"]])
def test_a_lock_that_links_to_another_file_empties_nothing(project: Path, tmp_path: Path, command: list[str]) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (project / "bib" / ".pubtrack.lock").symlink_to(victim)
    (project / "bib" / ".pubtrack.journal").write_text("[]")
    before = snapshot(project)
    result = run_in(project, *command)
    assert victim.read_text() == "precious"
    assert snapshot(project) == before
    if command[0] == "set":
        assert (result.code, result.err.count("\n")) == (1, 1)
        assert "this is a symbolic link" in result.err


def make_folder(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(here)


def make_link(path: Path) -> None:
    path.symlink_to(path.parent / "publications.bib")


def make_hard_link(path: Path) -> None:
    other = path.with_name("other")
    other.write_text("precious")
    path.hardlink_to(other)


ODD: list[tuple[Callable[[Path], None], str]] = [
    (make_folder, "a folder"), (os.mkfifo, "a named pipe"), (make_socket, "a socket"), (make_link, "a symbolic link"),
    (make_hard_link, r"a file of several names"),
]  # fmt: skip


@pytest.mark.parametrize("name", [file_lock.LOCK_NAME, journal.JOURNAL_NAME])
@pytest.mark.parametrize(("make", "kind"), ODD)
def test_what_is_not_our_file_is_named_in_one_line(
    project: Path, name: str, make: Callable[[Path], None], kind: str
) -> None:
    make(project / "bib" / name)
    before = snapshot(project)
    assert run_in(project, "list").code == 0
    result = run_in(project, "set", "a", "year=2001")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert f"{name}: this is {kind}" in result.err
    after = snapshot(project)
    assert {name: one[2] for name, one in after.items()} == {name: one[2] for name, one in before.items()}


def test_a_file_of_another_user_is_not_ours(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "bib" / file_lock.LOCK_NAME).write_text("1 host 2020-01-01 00:00:00\n")
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert "another user's file" in run_in(project, "set", "a", "year=2001").err


def test_a_lock_of_other_content_is_left_alone(project: Path) -> None:
    (project / "bib" / file_lock.LOCK_NAME).write_text("my thesis")
    assert "not a lock of pubtrack" in run_in(project, "set", "a", "year=2001").err
    assert (project / "bib" / file_lock.LOCK_NAME).read_text() == "my thesis"


@pytest.mark.parametrize("content", ["", "1", "123 ", "123 host", "123 host 2020-01", "123 host 2020-01-01 00:00:00\n"])
def test_a_lock_that_a_killed_process_left_is_removed(project: Path, content: str) -> None:
    (project / "bib" / file_lock.LOCK_NAME).write_text(content)
    assert run_in(project, "set", "a", "year=2001").code == 0
    assert not (project / "bib" / file_lock.LOCK_NAME).exists()


def hostile(bib: Path, target: str, old: str | None, aside: str) -> None:
    step = {"target": target, "aside": aside, "old": old, "new": journal.digest(b"evil")}
    (bib / journal.JOURNAL_NAME).write_text(json.dumps({"pubtrack-journal": 2, "steps": [step]}))


ASIDE = ".pubtrack-0123456789ab-1-01234567.new"


@pytest.mark.parametrize(
    ("target", "aside"),
    [
        ("../../victim", ASIDE), ("{absolute}", ASIDE), ("way/victim", ASIDE), ("linked.bib", ASIDE),
        ("publications.bib", "../../evil"), ("publications.bib", "evil.txt"), ("..\\..\\victim", ASIDE),
        ("C:victim", ASIDE), (".git/config", ASIDE), (".", ASIDE), ("", ASIDE),
    ],
)  # fmt: skip
def test_a_hostile_journal_moves_nothing(project: Path, tmp_path: Path, target: str, aside: str) -> None:
    bib = project / "bib"
    (tmp_path / "victim").write_text("precious")
    (bib / "way").symlink_to(tmp_path)
    if target == "linked.bib":
        (bib / "linked.bib").symlink_to(tmp_path / "victim")
    (bib / ".git").mkdir()
    (bib / ".git" / "config").write_text("precious")
    for place in (tmp_path / ASIDE, bib / ASIDE, tmp_path / "evil", bib / "evil.txt", bib / ".git" / ASIDE):
        place.write_text("evil")
    old = OLD if target == "publications.bib" else "precious"
    hostile(bib, target.format(absolute=tmp_path / "victim"), journal.digest(old.encode()), aside)
    result = run_in(project, "recover")
    assert result.code == 1
    assert (tmp_path / "victim").read_text() == (bib / ".git" / "config").read_text() == "precious"
    assert (bib / "publications.bib").read_text() == OLD
    assert (tmp_path / ASIDE).read_text() == (bib / "evil.txt").read_text() == "evil"


def test_the_journal_of_a_newer_version_stays(project: Path) -> None:
    path = project / "bib" / journal.JOURNAL_NAME
    path.write_text('{"pubtrack-journal": 3}')
    for command in (["recover"], ["set", "a", "year=2001"]):
        result = run_in(project, *command)
        assert (result.code, "a newer version of pubtrack" in result.err) == (1, True)
    assert path.read_text() == '{"pubtrack-journal": 3}'


# Between crash and recovery ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("done", [0, 1, 2])
def test_reading_sees_the_whole_save_says_so_and_writes_nothing(project: Path, done: int) -> None:
    interrupted(project / "bib", TWO, done=done)
    (project / "bib" / "publications.bib").unlink()
    before = snapshot(project)
    result = run_in(project, "list", "--json")
    assert snapshot(project) == before
    assert [one["title"] for one in json.loads(result.out)] == ["New", "New"]
    assert result.err.count("pubtrack recover finishes it") == 1
    assert run_in(project, "fmt", "--check").err.count("pubtrack recover finishes it") == 1


@pytest.mark.parametrize("done", [0, 1, 2])
@pytest.mark.parametrize("command", [["recover"], ["set", "a", "year=2001"]])
@pytest.mark.parametrize("moved", [False, True])
def test_a_save_is_finished_wherever_the_folder_is_now(
    project: Path, tmp_path: Path, done: int, command: list[str], moved: bool
) -> None:
    (project / "bib" / "publications.bib").unlink()
    interrupted(project / "bib", TWO, done=done)
    if moved:
        project = project.rename(tmp_path / "elsewhere")
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    for place in (project, copy):
        assert "preview" not in run_in(place, "recover", "--dry-run").out
        result = run_in(place, *command)
        assert result.code == 0
        assert f"{place / 'bib'}: an interrupted save" in result.out + result.err
        assert all("New" in text for text in texts(place / "bib"))
        assert sorted(path.name for path in (place / "bib").iterdir()) == ["1.bib", "2.bib"]


def edit_by_hand(path: Path) -> None:
    path.write_text(HAND)


@pytest.mark.parametrize("change", [edit_by_hand, Path.unlink], ids=["edited", "removed"])
@pytest.mark.parametrize("command", [["recover"], ["set", "a", "year=2001"]])
def test_a_hand_edit_stands_and_the_journal_never_acts_again(
    project: Path, change: Callable[[Path], None], command: list[str]
) -> None:
    bib = project / "bib"
    (bib / "publications.bib").unlink()
    interrupted(bib, TWO, done=1)
    change(bib / "2.bib")
    before = texts(bib)
    result = run_in(project, *command)
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "2.bib was" in result.err
    assert "every file stays as it is" in result.err
    assert texts(bib) == before
    (bib / "2.bib").write_text(TWO["2.bib"][0])  # as it was: nothing may pick the old save up again
    assert run_in(project, "set", "b", "note=later").code == 0
    assert "Old" in (bib / "2.bib").read_text()
    kept = [path for path in bib.iterdir() if path.name.endswith(".kept")]
    assert [path.read_text() for path in kept] == [TWO["2.bib"][1]]
    assert run_in(project, "recover", "--drop").code == 0
    assert sorted(path.name for path in bib.iterdir()) == ["1.bib", "2.bib"]


def test_a_journal_with_nothing_left_to_do_makes_no_trouble_for_later_edits(project: Path) -> None:
    bib = project / "bib"
    interrupted(bib, TWO, done=2)
    edit_by_hand(bib / "2.bib")
    assert run_in(project, "recover").code == 0
    assert (bib / "2.bib").read_text() == HAND
    assert not journal.exists(bib)


def test_a_damaged_aside_is_not_used(project: Path) -> None:
    bib = project / "bib"
    interrupted(bib, TWO)
    next(asides.asides_in(bib)).write_text("cut of")
    assert "is gone or damaged" in run_in(project, "recover").err
    assert texts(bib)[:2] == [old for old, _ in TWO.values()]


def test_links_of_the_store_may_lead_out_of_its_folder(project: Path, tmp_path: Path) -> None:
    bib, shared = project / "bib", tmp_path / "shared"
    shared.mkdir()
    (shared / "real.bib").write_text(OLD)
    (bib / "linked.bib").symlink_to("../../shared/real.bib")
    target = shared / "real.bib"
    steps = []
    for one in (bib / "publications.bib", target):
        aside = asides.aside_for(one)
        asides.write_aside(aside, NEW.encode())
        steps.append(journal.Step(one, aside, journal.digest(OLD.encode()), journal.digest(NEW.encode())))
    journal.write(bib, steps)
    assert "../../shared/real.bib" in (bib / journal.JOURNAL_NAME).read_text()
    assert run_in(project, "recover").code == 1  # the folder's links lead out, and nobody has allowed that
    assert target.read_text() == OLD
    assert run_in(project, "recover", "--allow-outside").code == 0
    assert target.read_text() == (bib / "publications.bib").read_text() == NEW


# The last look before the rename -----------------------------------------------------------------------------------


@pytest.mark.parametrize("files", [1, 2])
@pytest.mark.parametrize("same_size", [False, True])
def test_an_edit_during_the_save_is_refused_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, same_size: bool
) -> None:
    paths = [tmp_path / f"{number}.bib" for number in range(files)]
    for path in paths:
        path.write_text(OLD)
    hand = OLD.replace("Old", "Mine"[: 3 if same_size else 4])
    flush = platform_files.flush_file

    def flush_and_edit(descriptor: int) -> None:
        flush(descriptor)
        paths[-1].write_text(hand)

    monkeypatch.setattr(platform_files, "flush_file", flush_and_edit)
    with pytest.raises(PubtrackError, match="changed by someone else"):
        atomic_files.write_all(dict.fromkeys(paths, b"new"), expected=dict.fromkeys(paths, OLD.encode()))
    assert [path.read_text() for path in paths] == [OLD] * (files - 1) + [hand]
    assert sorted(path.name for path in tmp_path.iterdir()) == [path.name for path in paths]


def test_an_edit_behind_the_commit_takes_the_whole_save_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "1.bib", tmp_path / "2.bib"]
    for path in paths:
        path.write_text(OLD)
    rename = platform_files.rename

    def rename_and_edit(source: Path, target: Path) -> None:
        rename(source, target)
        if target == paths[0]:
            paths[1].write_text(HAND)

    monkeypatch.setattr(platform_files, "rename", rename_and_edit)
    with pytest.raises(PubtrackError, match="changed by someone else"):
        atomic_files.write_all(dict.fromkeys(paths, b"new"))
    assert [path.read_text() for path in paths] == [OLD, HAND]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.bib", "2.bib"]


def test_two_names_of_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.md").symlink_to("a.md")
    with pytest.raises(PubtrackError, match="the same file"):
        atomic_files.write_all({tmp_path / "a.md": b"1", tmp_path / "b.md": b"2"})
    assert (tmp_path / "a.md").read_text() == "a"


def test_extended_attributes_and_the_mode_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text(OLD)
    path.chmod(0o640)
    try:
        os.setxattr(path, "user.note", b"mine")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    atomic_files.atomic_write(path, b"new")
    assert (os.getxattr(path, "user.note"), stat.S_IMODE(path.stat().st_mode)) == (b"mine", 0o640)


def test_an_aside_is_closed_to_others_until_it_is_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.bib"
    path.write_text(OLD)
    path.chmod(0o644)
    modes = []
    write = os.write

    def looking(descriptor: int, content: bytes) -> int:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", looking)
    atomic_files.atomic_write(path, b"new")
    assert modes == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_group_that_cannot_be_kept_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.bib"
    path.write_text(OLD)
    path.chmod(0o664)
    if os.geteuid():
        pytest.skip("only root gives files away")
    os.chown(path, 0, 4711)

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refused)
    atomic_files.atomic_write(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_name_of_230_bytes_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 113 + ".bib")
    path.write_text(OLD)
    with transaction(path) as change:
        change.write(change.store.files[0], NEW)
    assert path.read_text() == NEW


def test_a_full_disk_while_the_lock_is_written_is_one_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    before = snapshot(project)
    monkeypatch.setattr(os, "write", full)
    result = run_in(project, "set", "a", "year=2001")
    monkeypatch.undo()
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "the disk is full" in result.err
    assert set(snapshot(project)) == set(before)


# Outputs -----------------------------------------------------------------------------------------------------------


def cv(project: Path, *names: str) -> Run:
    for name in names:
        (project / name).write_text("<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n")
    return run_in(project, "cv", *names)


def test_several_documents_are_filled_all_or_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = asides.write_aside

    def full(aside: Path, content: bytes, target: Path | None = None) -> None:
        if target is not None and target.name == "b.md":
            raise OSError(28, "No space left on device")
        write(aside, content, target)

    monkeypatch.setattr(asides, "write_aside", full)
    before = {*snapshot(project), "a.md", "b.md"}
    assert "the disk is full" in cv(project, "a.md", "b.md").err
    assert "Old" not in (project / "a.md").read_text()
    assert set(snapshot(project)) == before
    monkeypatch.undo()
    assert cv(project, "a.md", "b.md").code == 0
    assert "Old" in (project / "a.md").read_text()
    assert set(snapshot(project)) == before


def test_an_interrupted_cv_is_finished_by_the_next(project: Path) -> None:
    region = "<!-- pubtrack:begin cv -->\n{}<!-- pubtrack:end -->\n"
    interrupted(project, {"a.md": (region.format(""), region.format("x\n")), "b.md": ("", region.format("y\n"))})
    result = run_in(project, "cv", "a.md")
    assert "an interrupted save is finished now (a.md, b.md)" in result.err
    assert "y\n" in (project / "b.md").read_text()
    interrupted(project, {"a.md": (region.format(""), "a"), "b.md": ("", "b")})
    assert run_in(project, "recover", ".").code == 0
    assert [(project / name).read_text() for name in ("a.md", "b.md")] == ["a", "b"]


def test_no_aside_or_lock_is_left_by_an_output(project: Path) -> None:
    for command in (
        ["export", "-o", "x.bib", "--rekey={family}{year}"], ["export", "--to", "hugo", "-o", "site"],
        ["render", "-o", "x.html"], ["check", "-o", "report.txt", "--html", "report.html"],
    ):  # fmt: skip
        assert run_in(project, *command).code == 0, command
    assert not [name for name in snapshot(project) if ".pubtrack" in name]
    assert (project / "x.bib.keys.tsv").exists()


# Systems that the tests do not run on ------------------------------------------------------------------------------


def test_a_rename_waits_for_a_reader_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, refusals = os.replace, iter([PermissionError(), PermissionError()])

    def busy(source: Path, target: Path) -> None:
        for refusal in refusals:
            raise refusal
        replace(source, target)

    monkeypatch.setattr(platform_files, "WINDOWS", True)
    monkeypatch.setattr(platform_files, "POLL", 0)
    monkeypatch.setattr(os, "replace", busy)
    (tmp_path / "new").write_text("new")
    platform_files.rename(tmp_path / "new", tmp_path / "target")
    assert (tmp_path / "target").read_text() == "new"


def test_names_that_the_disk_takes_for_one_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, third = tmp_path / "Müller.md", tmp_path / "Mu\u0308ller.md", tmp_path / "MÜLLER.md"
    assert platform_files.comparable_name(one) == platform_files.comparable_name(other)
    assert platform_files.comparable_name(one) != platform_files.comparable_name(third)
    monkeypatch.setattr(platform_files, "ignores_case", lambda _folder: True)
    assert platform_files.comparable_name(one) == platform_files.comparable_name(third)
    with pytest.raises(PubtrackError, match="the same file"):
        atomic_files.write_all({one: b"1", third: b"2"})


def test_the_lock_tells_a_reader_whether_a_save_is_going_on(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(OLD)
    assert not file_lock.is_held(tmp_path)
    with file_lock.locked([tmp_path]):
        assert file_lock.is_held(tmp_path)
    assert not file_lock.is_held(tmp_path)


def test_a_new_file_of_an_interrupted_save_is_read_and_made(tmp_path: Path) -> None:
    (tmp_path / "1.bib").write_text(OLD)
    new = tmp_path / "2.bib"
    aside = asides.aside_for(new)
    asides.write_aside(aside, NEW.replace("{a", "{b").encode())
    journal.write(tmp_path, [journal.Step(new, aside, None, journal.digest(NEW.replace("{a", "{b").encode()))])
    store = Store.open(tmp_path)
    assert list(store.by_key) == ["a", "b"]
    assert not new.exists()
    assert save(store, {tmp_path / "1.bib": HAND}) == (tmp_path / "1.bib",)
    assert new.exists()


def test_macos_flushes_the_cache_of_the_drive_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    asked = []
    monkeypatch.setattr(platform_files, "MACOS", True)
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _descriptor, command: asked.append(command))
    atomic_files.atomic_write(tmp_path / "x.bib", b"new")
    assert asked == [51]


def test_windows_locks_a_byte_that_nobody_reads_and_closes_before_it_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[int, int]] = []

    def locking(descriptor: int, mode: int, _count: int) -> None:
        calls.append((mode, os.lseek(descriptor, 0, os.SEEK_CUR)))
        if len(calls) == 1:
            raise PermissionError(13, "Permission denied")

    fake = types.SimpleNamespace(LK_NBLCK=2, LK_UNLCK=0, locking=locking)
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(platform_files, "WINDOWS", True)
    with file_lock.locked([tmp_path]):
        assert (tmp_path / file_lock.LOCK_NAME).read_text().startswith(f"{os.getpid()} ")
    assert [mode for mode, _ in calls] == [2, 2, 0, 2, 0]  # busy; what was left, locked and removed; ours
    assert {place for _, place in calls} == {1 << 30}
    assert not list(tmp_path.iterdir())
