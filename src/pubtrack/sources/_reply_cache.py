"""Replies kept on the disk: a small SQLite file of what was validated, for several processes at once.

A row is one reply under its method and URL, which hold no address and no key: status, body (compressed), when it came,
from which service, and its hash. Each change is a transaction, so a crash or Ctrl-C leaves the old rows or the new. A
file that is not a database any more, or that holds other things than replies, is set aside and said so; that of a newer
pubtrack is left alone. A folder that cannot be written to, or a link in the file's place, means no cache.
"""

from __future__ import annotations

import errno
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
_MOST_ROWS = 100_000
"""Replies that are kept; opening the file drops the oldest above it."""
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
                    if not isinstance(source, str) or not isinstance(status, int) or not isinstance(fetched, float):
                        raise _ForeignError("a row of other types")
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
            except (sqlite3.Error, UnicodeError) as error:
                self._gone(error)

    def _ready(self) -> None:
        """Opens the file, at a second try a new one in place of a damaged one."""
        for _ in range(2):
            if self._connection is not None or not self.path:
                return
            try:
                self._connection = self._open()
            except _NewerError:
                self._remark(f"the cache {self.path} is that of a newer pubtrack; going on without it")
                self.path = ""
            except (sqlite3.Error, UnicodeError) as error:
                self._gone(error)
            except OSError as error:
                self.path = ""
                self._remark(f"replies are not kept: {error.strerror or error}: {error.filename or ''}")

    def _open(self) -> sqlite3.Connection:
        folder = os.path.dirname(self.path)  # noqa: PTH120
        os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | _SAFELY, 0o600)
        try:
            self._opened = os.fstat(descriptor)
            if not _is_ours(self._opened):
                raise OSError(errno.EPERM, "not a regular file of this user", self.path)
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

    def _gone(self, error: sqlite3.Error | UnicodeError) -> None:
        """The file cannot be used: a damaged one is set aside, and the next use begins a new one."""
        self.close()
        if not _is_damage(error):
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


class _ForeignError(sqlite3.DatabaseError):
    """The file is a database, but what it holds are not replies."""


class _NewerError(Exception):
    """The file was made by a version of pubtrack that is newer than this one."""


_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # neither through a link nor waiting at a FIFO


def _is_ours(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and (not hasattr(os, "geteuid") or status.st_uid == os.geteuid())


def _is_damage(error: sqlite3.Error | UnicodeError) -> bool:
    """Whether the file itself is at fault: broken pages, text that is not UTF-8, another schema or other types."""
    if isinstance(error, UnicodeError | _ForeignError):
        return True
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # Python names no code for text that it cannot decode; SQLITE_ERROR is a missing table or column.
    return code in _BROKEN or (isinstance(error, sqlite3.OperationalError) and code in (0, sqlite3.SQLITE_ERROR))


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
    """Makes the table, anew where an older pubtrack made it; drops what is too old or too much."""
    # A rollback journal, not a write-ahead log: home folders on network file systems have no shared memory.
    version = _value(connection, "PRAGMA user_version")
    if isinstance(version, int) and version > _FORMAT:
        raise _NewerError
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
    if _value(connection, "SELECT count(*) FROM (SELECT 1 FROM reply LIMIT ?)", _MOST_ROWS + 1) == _MOST_ROWS + 1:
        with _transaction(connection):
            query = "DELETE FROM reply WHERE key NOT IN (SELECT key FROM reply ORDER BY fetched DESC LIMIT ?)"
            connection.execute(query, (_MOST_ROWS,))


def _value(connection: sqlite3.Connection, query: str, *values: float) -> object:
    with closing(connection.execute(query, values)) as cursor:
        return cursor.fetchone()[0]
