"""The bases, what was last fetched and settled for each field, to lines of text and back: fit for git.

One JSON object a line, sorted by key and field, so that a change touches its own line and nothing else; where two
branches changed the same line and git's union merge kept both, the later one counts. A value that is fetched again
keeps its line and its time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any

from pubtrack.model.errors import PubtrackError

FILE_NAME = "fetched.jsonl"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Base:
    """What `source` said of a field, when it was last settled.

    `field` is biblatex's name, `value` LaTeX in Unicode, `time` when it was fetched first (ISO 8601, UTC).
    """

    key: str
    field: str
    value: str
    source: str = ""
    url: str = ""
    time: str = ""

    @property
    def sha256(self) -> str:
        return sha256(self.value.encode("utf-8", "surrogatepass")).hexdigest()


def members(value: Any) -> dict[str, Any]:
    """The fields of a flat value by name; `dataclasses.asdict` copies deeply, which takes ten times as long."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


Bases = Mapping[tuple[str, str], Base]
"""By key and field."""


def parse(source: str, file: str = FILE_NAME) -> Bases:
    """The bases in `source`; raises `PubtrackError` with the line for what is none (a conflict that git left)."""
    found: dict[tuple[str, str], Base] = {}
    for number, line in enumerate(source.split("\n"), 1):
        if not line.strip():
            continue
        try:
            members = json.loads(line)
            digest = members.pop("sha256")
            base = Base(**members)
            sound = all(isinstance(value, str) for value in members.values()) and base.sha256 == digest
        except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
            sound = False
        if not sound:
            message = "this line is not a record of a fetch: resolve the merge, or delete the line; it is fetched again"
            raise PubtrackError(message, file=file, line=number)
        known = found.get((base.key, base.field))
        if known is None or known.time <= base.time:
            found[base.key, base.field] = base
    return found


def write(bases: Bases) -> str:
    """`bases` as text that `parse` reads."""
    return "".join(_line(bases[name]) for name in sorted(bases))


def _line(base: Base) -> str:
    written = json.dumps(members(base) | {"sha256": base.sha256}, ensure_ascii=False)
    return f"{written if _SURROGATE.search(written) is None else json.dumps(json.loads(written))}\n"


def settle(bases: Bases, new: Iterable[Base]) -> Bases:
    """`bases` with `new` in the place of those of the same field; one with the value it had stays as it was."""
    found = dict(bases)
    for base in new:
        known = found.get((base.key, base.field))
        if known is None or known.value != base.value:
            found[base.key, base.field] = base
    return found


def rename(bases: Bases, old: str, new: str) -> Bases:
    """`bases` with those of the entry `old` under its new key."""
    return {
        (base.key, base.field): base
        for base in (replace(base, key=new) if base.key == old else base for base in bases.values())
    }
