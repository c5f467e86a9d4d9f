"""Replies kept on the disk: a small SQLite file of what was validated, for several processes at once.

A row is one reply under its method and URL, which hold no address and no key: status, body (compressed), when it came,
from which service, and its hash. Each change is a transaction, so a crash or Ctrl-C leaves the old rows or the new. A
file that is no database any more is set aside and said so; a folder that cannot be written to means no cache.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256

FILE_NAME = "replies.sqlite"
_FORMAT = 1
_DAY = 86_400.0
_LONGEST = 90 * _DAY
"""After this nothing is kept, whatever it is."""
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_TABLE = (
    """CREATE TABLE reply (key TEXT PRIMARY KEY, source TEXT NOT NULL, status INTEGER NOT NULL, fetched REAL NOT NULL,
    sha256 TEXT NOT NULL, body BLOB NOT NULL)""",
    "CREATE INDEX reply_fetched ON reply (fetched)",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A reply as it is kept; `fetched` in seconds since 1970."""

    key: str
    source: str
    status: int
    fetched: float
    body: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()


class Cache:
    """The replies in the file `replies.sqlite` of a folder; without a folder nothing is kept."""

    def __init__(self, folder: str, remark: Callable[[str], None]) -> None:
        self.path = os.path.join(folder, FILE_NAME) if folder else ""  # noqa: PTH118 - no pathlib in this room
        self._remark = remark
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened: os.stat_result | None = None

    def get(self, keys: Sequence[str]) -> Mapping[str, Kept]:
        """Those replies that are there, by key; a row whose hash does not fit is none."""
        found: dict[str, Kept] = {}
        with self._using() as connection:
            if connection is None:
                return found
            for begin in range(0, len(keys), 500):
                part = keys[begin : begin + 500]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, source, status, fetched, sha256, body FROM reply WHERE key IN ({marks})"  # noqa: S608
                for key, source, status, fetched, digest, packed in connection.execute(query, part):
                    with suppress(zlib.error, TypeError):
                        kept = Kept(key, source, status, fetched, zlib.decompress(packed))
                        if kept.sha256 == digest:
                            found[key] = kept
        return found

    def put(self, replies: Iterable[Kept]) -> None:
        """Keeps these replies, all or none, in place of older ones."""
        rows = [
            (one.key, one.source, one.status, one.fetched, one.sha256, zlib.compress(one.body, 6)) for one in replies
        ]
        with self._using() as connection:
            if connection is not None and rows:
                with _transaction(connection):
                    connection.executemany("INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?, ?, ?)", rows)

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection | None]:
        """The connection, or None; an error of the database ends the use of it and no more."""
        with self._lock:
            self._ready()
            try:
                yield self._connection
            except sqlite3.Error as error:
                self._gone(error)

    def _ready(self) -> None:
        """Opens the file, at a second try a new one in place of a damaged one."""
        for _ in range(2):
            if self._connection is not None or not self.path:
                return
            try:
                self._connection = self._open()
            except sqlite3.Error as error:
                self._gone(error)
            except OSError as error:
                self.path = ""
                self._remark(f"replies are not kept: {error.strerror or error}: {error.filename or ''}")

    def _open(self) -> sqlite3.Connection:
        folder = os.path.dirname(self.path)  # noqa: PTH120
        os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._opened = os.fstat(descriptor)
            if hasattr(os, "fchmod") and stat.S_IMODE(self._opened.st_mode) & 0o077:
                os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
        connection = sqlite3.connect(self.path, timeout=10.0, check_same_thread=False, isolation_level=None)
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _gone(self, error: sqlite3.Error) -> None:
        """The file cannot be used: a damaged one is set aside, and the next use begins a new one."""
        self.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _BROKEN:
            self._remark(f"the cache {self.path} cannot be used now ({error}); going on without it")
            self.path = ""
            return
        aside = f"{self.path}.damaged"
        try:
            # Another process may have set it aside already: then a new file stands here.
            if self._opened is not None and os.path.samestat(self._opened, os.stat(self.path)):  # noqa: PTH116
                os.replace(self.path, aside)  # noqa: PTH105
                with suppress(FileNotFoundError):
                    os.replace(f"{self.path}-journal", f"{aside}-journal")  # noqa: PTH105
        except OSError:
            self._remark(f"the cache {self.path} is damaged; going on without it")
            self.path = ""
            return
        self._remark(f"the cache was damaged; it is set aside as {aside}, and a new one begun")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, also when Ctrl-C comes in between."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection) -> None:
    """Makes the table, or makes it anew where another version of pubtrack made it; drops what is too old."""
    # A rollback journal, not a write-ahead log: home folders on network file systems have no shared memory.
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA trusted_schema = OFF")
    oldest = time.time() - _LONGEST
    if _value(connection, "PRAGMA user_version") != _FORMAT:
        with _transaction(connection):
            if _value(connection, "PRAGMA user_version") != _FORMAT:  # no other process was faster
                connection.execute("DROP TABLE IF EXISTS reply")
                for statement in _TABLE:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_FORMAT}")
    if _value(connection, "SELECT count(*) FROM (SELECT 1 FROM reply WHERE fetched < ? LIMIT 1)", oldest):
        with _transaction(connection):
            connection.execute("DELETE FROM reply WHERE fetched < ?", (oldest,))


def _value(connection: sqlite3.Connection, query: str, *values: float) -> object:
    with closing(connection.execute(query, values)) as cursor:
        return cursor.fetchone()[0]
