"""Real .bib files exported by the profile `full`, read again: `python -m tests.exports.shared_round_trip DATA_FOLDER`.

DATA_FOLDER holds `bib/`. Every entry is to be the same work afterwards, in both dialects. Prints how many are, and each
that is not and is not explained in shared_round_trip.toml; what is listed there and is not a difference any more is a
fault too. Exits 1 if there is a fault.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pubtrack.bibtex.fields import Dialect
from pubtrack.exports.bib import export_bib, profile_named
from pubtrack.model.errors import PubtrackError
from pubtrack.model.work import Work
from pubtrack.store.library import Library

EXPLAINED = Path(__file__).with_name("shared_round_trip.toml")
DIALECTS: tuple[Dialect, ...] = ("bibtex", "biblatex")


def libraries(data: Path) -> Iterator[tuple[str, Library]]:
    """Each readable file below `data`/bib, by its name there."""
    for path in sorted((data / "bib").rglob("*")):
        if path.is_file():
            try:
                library = (
                    Library.load(path) if path.suffix == ".bib" else Library.parse(path.read_bytes(), file=str(path))
                )
                _ = library.works
            except PubtrackError:
                continue
            if library.store is not None:
                yield path.relative_to(data / "bib").as_posix(), library


def first_of_each(works: tuple[Work, ...]) -> dict[str, Work]:
    """The works by key, the first of each, as BibTeX has it."""
    found: dict[str, Work] = {}
    for work in works:
        if work.id:
            found.setdefault(work.id, work)
    return found


def differing(library: Library, dialect: Dialect) -> tuple[int, list[str]]:
    """How many works there are, and the keys of those that are not the same after an export and reading it again."""
    profile = replace(profile_named("full"), dialect=dialect)
    text = export_bib([library], None, profile).text
    again = first_of_each(Library.parse(text.encode("utf-8", "surrogatepass")).works)
    before = first_of_each(library.works)
    return len(before), [key for key, work in before.items() if again.get(key) != work]


def shown(key: str) -> str:
    """A key whose undecodable bytes can be printed."""
    return key.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def main() -> int:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "bib").is_dir():
        print(__doc__)
        return 2
    listed = {
        (one["file"], one["dialect"], key)
        for one in tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get("difference", [])
        for key in one["keys"]
    }
    found: set[tuple[str, str, str]] = set()
    count = 0
    for name, library in libraries(Path(sys.argv[1])):
        for dialect in DIALECTS:
            works, keys = differing(library, dialect)
            count += works - len(keys)
            found |= {(name, dialect, shown(key)) for key in keys}
    for name, words, key in sorted(found - listed):
        print(f"    {name}: {key!r} is another work after {words}")
    for name, words, key in sorted(listed - found):
        print(f"    {name}: {key!r} is listed for {words} and is not a difference")
    print(f"same {count}\nexplained {len(found & listed)}\n{len(found ^ listed)} faults")
    return 1 if found ^ listed else 0


if __name__ == "__main__":
    sys.exit(main())
