"""A run before it is made: the project's files, most of them sound and some changed, and the command's arguments."""

from __future__ import annotations

import random
import re
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import compress, decompress

from tests.fuzz import seeds
from tests.fuzz.commands import DOCUMENTS, FIELDS, FILLED, make_arguments
from tests.fuzz.mutations import hostile_text, mutate, mutate_json, mutate_json_lines, mutate_zip

PROJECT = "project"
CACHE = "cache/replies.sqlite"
_NOTES = ("fetched.jsonl", "proposals.jsonl", "undo.jsonl")

_RENEWED = (
    (b"10.5555/", b"10.7777/"), (b"2001.00001", b"2101.00001"), (b"Weight of", b"Colour in"), (b"brook", b"lamp"),
    (b"Different Thing", b"Unlike Matter"), (b"meyer", b"weir"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One run. `files` has paths below the run's folder; the fake services make their replies of `name`."""

    name: str
    arguments: tuple[str, ...]
    files: Mapping[str, bytes]
    stdin: bytes = b""
    faults: float = 0.0
    """How many of the replies of services are changed, of 1."""

    @property
    def size(self) -> int:
        """Bytes that the command may have to read."""
        given = sum(len(argument.encode("utf-8", "surrogateescape")) for argument in self.arguments)
        return given + len(self.stdin) + sum(map(len, self.files.values()))


def make_case(seed: int, number: int, prepared: Mapping[str, bytes]) -> Case:
    """Run `number` of `seed`. `prepared` are the notes and the cache that a sound run leaves."""
    name = f"{seed}/{number}"
    rng = random.Random(name)
    arguments = make_arguments(rng)
    files = _project(rng, arguments, prepared)
    stdin = _changed_bib(rng) if "-" in arguments or "--bib=-" in arguments else b""
    return Case(name, arguments, files, stdin, rng.choice((0.0, 0.1, 0.5, 1.0)))


def _project(rng: random.Random, arguments: tuple[str, ...], prepared: Mapping[str, bytes]) -> dict[str, bytes]:
    words = " ".join(arguments)
    files = {"bib/publications.bib": _changed_bib(rng), "pubtrack.toml": seeds.CONFIG.encode()}
    if rng.random() < 0.1:
        files["bib/second.bib"] = _changed_bib(rng)
    files["pubtrack.toml"] = _config(rng, files["pubtrack.toml"])
    changes: dict[str, tuple[bytes, Callable[[random.Random, bytes], bytes]]] = {
        **{name: (content, _of_document(name)) for name, content in seeds.documents().items()},
        "own.csl": (seeds.STYLE.encode(), mutate),
        "items.json": (seeds.CSL_JSON.encode(), mutate_json),
        "base.json": (b'{"version": 1, "findings": {}}', mutate_json),
        "out.bib": (b"@comment{x}\n", mutate),
    }
    for name, (content, change) in changes.items():
        if name in words:
            files[name] = change(rng, content) if rng.random() < 0.6 else content
    if "new.bib" in words:
        files["new.bib"] = _changed_bib(rng)
        for old, new in _RENEWED if rng.random() < 0.7 else ():  # else they are in the store already
            files["new.bib"] = files["new.bib"].replace(old, new)
    if "paper.tex" in words or "paper.aux" in words:
        files["part.tex"] = files["part.aux"] = mutate(rng, b"\\cite{brook2020} \\citation{brook2020}")
    if arguments[0] in ("refresh", "rename", "rm", "check"):
        files |= _notes(rng, prepared)
    if rng.random() < 0.02:
        files["bib/.pubtrack.lock"] = mutate(rng, seeds.LOCK)
    if rng.random() < 0.01:
        files["bib/.pubtrack.journal"] = mutate_json(rng, seeds.JOURNAL)
    found = {f"{PROJECT}/{name}": content for name, content in files.items()}
    if arguments[0] in ("refresh", "check", "add") and rng.random() < 0.6:
        found[CACHE] = _changed_cache(rng, prepared[CACHE])
    return found


def _of_document(name: str) -> Callable[[random.Random, bytes], bytes]:
    assert name in (*DOCUMENTS, *FILLED), name
    if name.endswith(".docx"):
        return mutate_zip
    return mutate_json if name.endswith(".ipynb") else mutate


def _config(rng: random.Random, sound: bytes) -> bytes:
    """The configuration: often sound, else with a hostile value in one place, or changed by its bytes."""
    way = rng.random()
    if way < 0.75:
        return sound
    if way < 0.85:
        return mutate(rng, sound)
    values = [match.span(1) for match in re.finditer(rb'= *("[^"\n]*"|\[[^\]\n]*\]|\d+)', sound)]
    start, end = rng.choice(values)
    text = hostile_text(rng, 6_000)
    quoted = '"' + re.sub(r'["\\\x00-\x1f\x7f]', lambda match: f"\\u{ord(match[0]):04x}", text) + '"'
    value = rng.choice((quoted, f"[{quoted}]", "-1", "1e9", "9" * 30, "true", "[]", "{}", "2020-01-01", '"../beside"'))
    return sound[:start] + value.encode("utf-8", "replace") + sound[end:]


def _changed_bib(rng: random.Random) -> bytes:
    """A .bib with hostile values in some fields; in half of the cases broken, too: many commands refuse that."""
    is_sound = rng.random() < 0.5
    text = seeds.bib(rng, is_sound=is_sound)
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        text = _with_field(rng, text, is_sound=is_sound)
    content = text.encode("utf-8", "surrogateescape" if rng.random() < 0.5 else "replace")
    return content if is_sound or rng.random() < 0.3 else mutate(rng, content)


def _with_field(rng: random.Random, text: str, *, is_sound: bool) -> str:
    heads = [match.end() for match in re.finditer(r"@\w+\{[^,\s]+,", text)]
    if not heads:
        return text
    at = rng.choice(heads)
    value = hostile_text(rng, 20_000)
    if is_sound or rng.random() < 0.5:
        value = _balanced(value)
    begin, end = ("{", "}") if is_sound else rng.choice((("{", "}"), ("{", "}"), ('"', '"'), ("", "")))
    return f"{text[:at]} {rng.choice(FIELDS)} = {begin}{value}{end},{text[at:]}"


def _balanced(value: str) -> str:
    depth = lowest = 0
    for character in value:
        depth += (character == "{") - (character == "}")
        lowest = min(lowest, depth)
    return "{" * -lowest + value + "}" * (depth - lowest)


def _notes(rng: random.Random, prepared: Mapping[str, bytes]) -> dict[str, bytes]:
    found = {}
    for name in _NOTES:
        content = prepared.get(f"{PROJECT}/bib/.pubtrack/{name}", b"")
        if content and rng.random() < 0.5:
            found[f"bib/.pubtrack/{name}"] = mutate_json_lines(rng, content) if rng.random() < 0.5 else content
    return found


def _changed_cache(rng: random.Random, sound: bytes) -> bytes:
    """The file of kept replies: its bytes changed, or its rows, with hashes that fit."""
    way = rng.random()
    if way < 0.2:
        return sound
    if way < 0.5:
        return mutate(rng, sound)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "replies.sqlite"
        file.write_bytes(sound)
        with closing(sqlite3.connect(file)) as connection, connection:
            for key, body in connection.execute("SELECT key, body FROM reply ORDER BY key").fetchall():
                changed = mutate_json(rng, decompress(body))
                values = (compress(changed), sha256(changed).hexdigest(), rng.choice((200, 200, 200, 404, 204)), key)
                connection.execute("UPDATE reply SET body = ?, sha256 = ?, status = ? WHERE key = ?", values)
            if rng.random() < 0.2:
                odd = rng.choice((b"\xff", None, 5, "x" * 5_000))
                column = rng.choice(("key", "source", "status", "fetched", "sha256", "body"))
                connection.execute(f"UPDATE OR IGNORE reply SET {column} = ?", (odd if odd is not None else -1,))
        return file.read_bytes()
