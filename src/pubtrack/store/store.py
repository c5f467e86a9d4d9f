"""The BibTeX files of a store: bytes to documents, and changed texts back to the disk, all of them or none."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pubtrack.bibtex.document import Block, Document
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.findings import Finding, Severity
from pubtrack.store import atomic_files, file_lock, journal
from pubtrack.store.bib_file import BibFile, decode_bib, encoding_problems
from pubtrack.store.platform_files import POLL

TIMEOUT = 10.0
"""Seconds that a save waits for another process."""

_ATTEMPTS = 50


@dataclass(frozen=True)
class Store:
    """All files of a store at one moment. Made by `Store.open`, or by `Store.of_text` for text from elsewhere.

    `interrupted` are the folders in which an interrupted save waits to be finished.
    """

    path: Path | None
    files: tuple[BibFile, ...]
    interrupted: tuple[Path, ...] = ()

    @classmethod
    def open(cls, path: Path | str) -> Store:
        """Read a .bib file, or every `*.bib` of a folder in the order of their names; writes nothing, not even a lock.

        What a save of several files has committed is read as it will be, also where that save was interrupted. Raises
        `PubtrackError` if there is nothing to read.
        """
        path = Path(path)
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(POLL)
            paths = _paths(path)
            homes = _homes(path, paths)
            before = _moment(paths, homes)
            awaited = _awaited(path, paths, homes)
            paths = sorted({*paths, *awaited}) if path.is_dir() else paths
            try:
                files = tuple(BibFile(file, atomic_files.read(awaited.get(file, file))) for file in paths)
            except PubtrackError:
                if not awaited:
                    raise
                continue  # the save went on meanwhile
            if (len(files) == 1 and not awaited) or before == _moment(_paths(path), homes):
                return cls(path, files, tuple(home for home in homes if _is_interrupted(home)))
        raise PubtrackError("the files of this store keep changing while they are read", file=str(path))

    @classmethod
    def of_text(cls, text: str, name: str = "-") -> Store:
        """A store of one text that no file stands behind; it cannot be saved."""
        return cls(None, (BibFile(Path(name), text.encode("utf-8", "surrogateescape")),))

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(file.document for file in self.files)

    @cached_property
    def by_key(self) -> Mapping[str, tuple[BibFile, Block]]:
        """Each key's first entry and the file that it stands in."""
        index: dict[str, tuple[BibFile, Block]] = {}
        for file in self.files:
            for key, block in file.document.by_key.items():
                index.setdefault(key, (file, block))
        return index

    def file_of(self, key: str) -> BibFile:
        """The file that holds the entry; raises `PubtrackError` if none does."""
        found = self.by_key.get(key)
        if found is None:
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, self.by_key)}', file=str(self.path or ""))
        return found[0]

    @cached_property
    def problems(self) -> tuple[Finding, ...]:
        """Every fault of every file: of its syntax and encoding, and keys that two files share."""
        found: list[Finding] = []
        owners: dict[str, tuple[str, BibFile]] = {}
        for file in self.files:
            found += encoding_problems(file)
            found += file.document.problems
            for key, block in file.document.by_key.items() if len(self.files) > 1 else ():
                known, other = owners.setdefault(key.lower(), (key, file))
                if other is not file and key:
                    found.append(_shared_key(file, block, known, other))
        return tuple(found)


def _shared_key(file: BibFile, block: Block, known: str, other: BibFile) -> Finding:
    what = "is used" if known == block.key else f'differs only by case from "{known}"'
    message = f'the key "{block.key}" {what} in {other.name}; BibTeX drops this entry'
    severity: Severity = "error" if known == block.key else "warning"
    return Finding("syn-dup-key", severity, message, file.name, block.line, block.column, block.key)


def _paths(path: Path) -> list[Path]:
    if path.is_dir():
        paths = sorted(file for file in path.glob("*.bib") if not file.name.startswith("."))
        if not paths:
            raise PubtrackError("there is no .bib file in this folder; pubtrack init makes one", file=str(path))
        return paths
    if not path.exists():
        raise PubtrackError("there is no such file or folder; pubtrack init makes a store", file=str(path))
    return [path]


def _folders(paths: list[Path]) -> list[Path]:
    """The folders that the files really stand in, in an order that all processes share."""
    return sorted({path.resolve().parent for path in paths})


def _homes(path: Path, files: list[Path]) -> list[Path]:
    """The folders in which a journal of the store may lie: its own, where its saves put it, and those of its files."""
    own = Path(os.path.realpath(path if path.is_dir() else path.parent))
    return [own, *(folder for folder in _folders(files) if folder != own)]


def _outside(path: Path, files: list[Path]) -> set[Path]:
    """What links of the store lead to, out of its own folder: files, and the folder of its notes."""
    own = _homes(path, [])[0]
    linked = {Path(os.path.realpath(file)) for file in [*files, notes_folder(path)]}
    return {file for file in linked if not file.is_relative_to(own)}


def _awaited(path: Path, paths: list[Path], homes: list[Path]) -> dict[Path, Path]:
    """The files of the store that await what a committed save has written beside them, and where that lies."""
    found = [home for home in homes if journal.exists(home)]
    if not found:
        return {}
    outside = _outside(path, paths)
    pending = {target: aside for home in found for target, aside in journal.pending(home, outside).items()}
    awaited = {file: pending.pop(real) for file in paths if (real := Path(os.path.realpath(file))) in pending}
    if path.is_dir():  # files that the save makes
        new = (one for one in pending if one.parent == homes[0] and one.suffix == ".bib" and one.name[0] != ".")
        awaited |= {path / one.name: pending[one] for one in new}
    return awaited


def _is_interrupted(home: Path) -> bool:
    return journal.exists(home) and not file_lock.is_held(home)


def _moment(paths: list[Path], homes: list[Path]) -> list[tuple[Path, tuple[int, int, int]]]:
    """What changes when a file of the store does, or when a save of several is committed or done."""
    return [(path, _stamp(path)) for path in (*paths, *(home / journal.JOURNAL_NAME for home in homes))]


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0, 0)
    return status.st_ino, status.st_size, status.st_mtime_ns


def save(store: Store, texts: Mapping[Path, str], *, timeout: float = TIMEOUT) -> tuple[Path, ...]:
    """Write the changed texts, all or none; the paths of those that did change.

    A path that is not a file of the store is a new file. Raises `PubtrackError`, and nothing is written, if another
    process holds the store for longer than `timeout` seconds, if a file is no longer as it was read, or if it
    cannot be written.
    """
    contents = _contents(store, texts)
    if not contents:
        return ()
    assert store.path is not None
    files = [file.path for file in store.files]
    with atomic_files.locked(_homes(store.path, [*files, *contents]), timeout=timeout):
        recover(store.path)
        _write(store, contents)
    return tuple(contents)


def _contents(store: Store, texts: Mapping[Path, str]) -> dict[Path, bytes]:
    if store.path is None and texts:
        raise PubtrackError("this text came from no file, so it cannot be saved; name a file with --bib")
    files = {file.path: file for file in store.files}
    contents = {}
    for path, text in texts.items():
        file = files.get(path)
        content = file.encoded(text) if file else text.encode("utf-8", "surrogateescape")
        if file is None or content != file.content:
            contents[path] = content
    return contents


def _write(store: Store, contents: Mapping[Path, bytes], notes: Mapping[Path, bytes | None] | None = None) -> None:
    """Writes files, of which `notes` and the store's own hold what they did when they were read."""
    files: dict[Path, bytes | None] = {**{file.path: file.content for file in store.files}, **(notes or {})}
    expected = {path: old for path in contents if (old := files.get(path)) is not None}
    assert store.path is not None
    atomic_files.write_all(
        contents,
        expected=expected,
        new=[path for path in contents if path not in expected],
        home=_homes(store.path, [])[0],
    )


def recover(path: Path) -> list[str]:
    """Finish the interrupted saves of the store at `path`, which is locked; what was done, a line each.

    Raises `PubtrackError` where that cannot be done, as `journal.recover` does.
    """
    return journal.recover(*recovery_scope(path))


def recovery_scope(path: Path) -> tuple[list[Path], set[Path]]:
    """The folders in which journals of the store at `path` may lie, and the files elsewhere that they may name."""
    files = _paths(path)
    folders = _homes(path, files)
    if notes_folder(path).is_dir():
        folders.append(Path(os.path.realpath(notes_folder(path))))
    return folders, _outside(path, files)


NOTES = ".pubtrack"
"""The folder beside the .bib files that holds what pubtrack notes about them, and that no other program reads."""


def notes_folder(path: Path | str) -> Path:
    """The folder for the notes on the store at `path`, a file or a folder."""
    path = Path(path)
    return (path if path.is_dir() else path.parent) / NOTES


class Transaction:
    """The store as it is while the lock is held, and the texts that are to be written at the end."""

    def __init__(self, store: Store, recovered: tuple[str, ...] = ()) -> None:
        self.store = store
        self.recovered = recovered
        """What was done about interrupted saves before the store was read, a line each."""
        self._texts: dict[Path, str] = {}
        self._notes: dict[Path, bytes | None] = {}

    def write(self, file: BibFile | Path, text: str) -> None:
        """Have this text written when the transaction ends."""
        self._texts[file.path if isinstance(file, BibFile) else file] = text

    def note(self, name: str) -> str:
        """The text of a note on this store, "" where there is none yet; `write_note` replaces it."""
        path = self._note(name)
        content = self._notes[path]
        return "" if content is None else decode_bib(content, str(path))

    def write_note(self, name: str, text: str) -> None:
        """Have the note written together with the files: all of them or none."""
        self._texts[self._note(name)] = text

    def _note(self, name: str) -> Path:
        assert self.store.path is not None
        path = notes_folder(self.store.path) / name
        if path not in self._notes:
            self._notes[path] = atomic_files.read(path) if path.exists() else None
        return path

    @property
    def texts(self) -> Mapping[Path, str]:
        return self._texts

    def save(self) -> None:
        """Write what changed; called at the end, while the lock is held."""
        texts = {path: text for path, text in self._texts.items() if path not in self._notes}
        contents = _contents(self.store, texts)
        notes = {}
        for path, old in self._notes.items():
            new = self._texts[path].encode("utf-8", "surrogateescape") if path in self._texts else old
            if new is not None and new != old:
                notes[path] = new
                _make_folder(path.parent)
        if contents or notes:
            _write(self.store, {**contents, **notes}, self._notes)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise PubtrackError(f"cannot make this folder: {error.strerror}", file=str(folder)) from error


@contextmanager
def transaction(path: Path | str, *, timeout: float = TIMEOUT) -> Iterator[Transaction]:
    """Lock the store, read it, and at the end save what was written to the transaction; nothing on an exception.

    Whoever edits in this way loses no edit of another process. Raises as `save` and `Store.open` do.
    """
    path = Path(path)
    with atomic_files.locked(_homes(path, _paths(path)), timeout=timeout):
        recovered = recover(path)
        files = tuple(BibFile(file, atomic_files.read(file)) for file in _paths(path))
        under_lock = Transaction(Store(path, files), tuple(recovered))
        yield under_lock
        under_lock.save()
