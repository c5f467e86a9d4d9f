"""The store's text layer against real and nasty files: `python -m tests.bibtex.shared_checks DATA_FOLDER`.

DATA_FOLDER holds `bibtex-nasty/` with its `expected.json`, and `bib/`. Prints a figure a line; exits 1 if a file
loses a byte, raises or is slow, if a key, marker or fault of the nasty files is not found, if a lost character
costs more than one entry or passes in silence, or if entries differ from what bibtexparser and pybtex read in
another way than shared_differences.toml explains. A difference listed there which is none any more fails, too.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import tomllib
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pubtrack.bibtex import edit
from pubtrack.bibtex.document import Document, Field, parse, pieces
from pubtrack.bibtex.tidy import tidy
from pubtrack.store.bib_file import decode_bib
from tests.bibtex.deletions import deletion_faults

EXPLAINED = Path(__file__).with_name("shared_differences.toml")
DELETIONS = 40  # characters taken out of each real file
Entries = dict[str, list[tuple[str, str]]]
"""Key to the fields of its first entry, names in lower case, blanks within values as one."""
Faults = Iterator[str]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file's name below `folder`, and its text."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "expected.json":
            yield path.relative_to(folder).as_posix(), decode_bib(path.read_bytes())


def tiling(data: Path) -> Faults:
    """Every file comes back whole, is read in time, and its fields are where they say."""
    for folder in ("bib", "bibtex-nasty"):
        for name, text in texts(data / folder):
            start = time.process_time()
            document = parse(text)
            if "".join(document.source(block) for block in document.blocks) != text:
                yield f"{name}: the blocks do not tile"
            for entry in document.entries:
                for field in entry.fields:
                    pieces(field.value)
                    if text[field.value_start : field.value_end] != field.value:
                        yield f"{name}: the value of {entry.key}.{field.name} is not there"
            _ = document.problems
            if time.process_time() - start > 0.5 + len(text) / 1e6:
                yield f"{name}: slow, {time.process_time() - start:.1f} s for {len(text)} characters"


def nasty(data: Path) -> Faults:
    """All expected keys, all markers also after fmt, and each fault at its line."""
    folder = data / "bibtex-nasty"
    extra: Mapping[str, list[str]] = explained()["nasty"]["more-keys"]
    for name, expected in json.loads((folder / "expected.json").read_text(encoding="utf-8")).items():
        text = decode_bib((folder / name).read_bytes())
        document = parse(text)
        keys = {entry.key for entry in document.entries}
        wanted = {"" if key == "?" else key for key in expected["expected_keys"]}
        if keys != wanted | set(extra.get(name, [])):
            yield f"{name}: keys {sorted(keys)}, not {sorted(wanted)}"
        tidied = tidy(text)
        if lost := [marker for marker in expected["markers_that_must_survive"] if marker.lower() not in tidied.lower()]:
            yield f"{name}: fmt loses {lost}"
        line = expected["error_line"]
        if line and line not in [problem.line for problem in document.problems]:
            yield f"{name}: no fault on line {line}, but on {[problem.line for problem in document.problems]}"
        errors = [problem for problem in document.problems if problem.severity == "error"]
        complains = any(re.search("expecting|Illegal end", said) for said in expected["bibtex_messages"])
        if line is None and errors and not complains:
            yield f"{name}: {errors[0]}"


def lost_characters(data: Path) -> Faults:
    """No lost character costs two entries, or one in silence."""
    listed = {(one["file"], one["at"]) for one in explained()["deletion"]}
    found = set()
    for folder in ("bibtex-nasty", "bib"):
        for name, whole in texts(data / folder):
            text = _sound_beginning(whole)
            marks = [offset for offset, mark in enumerate(text) if mark in '@{}(),=#"%\n']
            step = 1 if folder == "bibtex-nasty" else max(1, len(marks) // DELETIONS)
            for offset, why in deletion_faults(text, marks[::step]):
                place = f"{text[max(0, offset - 12) : offset]}[{text[offset]}]{text[offset + 1 : offset + 8]}"
                found.add((name, place))
                if (name, place) not in listed:
                    yield f"{name}: {why}, {place!r}"
    yield from (f"{name}: {place!r} is listed and no fault" for name, place in sorted(listed - found))


def _sound_beginning(text: str) -> str:
    """The text up to its first broken block, and not more than 60,000 characters of it."""
    text = text[:60_000]
    broken = [block.start for block in parse(text).blocks if block.is_guessed]
    return text[: broken[0]] if broken else text


def layout(data: Path) -> Faults:
    """fmt is idempotent on every file (that it changes the layout alone it proves itself)."""
    for folder in ("bib", "bibtex-nasty"):
        for name, text in texts(data / folder):
            once = tidy(text)
            if tidy(once) != once:
                yield f"{name}: tidied twice it differs"


def editing(data: Path) -> Faults:
    """A field set in each file and removed again leaves its bytes as they were."""
    for name, text in texts(data / "bib"):
        document = parse(text)
        for entry in document.entries:
            if not entry.problem and entry.fields and entry.key not in document.repeated:
                after = edit.set_field(document, entry.key, "x-mark", "a {b}")
                if len(after) <= len(text) or edit.unset_field(parse(after), entry.key, "x-mark") != text:
                    yield f"{name}: {entry.key} is not as it was"
                break


# Second opinions -----------------------------------------------------------------------------------------------------


def _blanks(value: str) -> str:
    return " ".join(value.split())


def _read_by_bibtexparser(text: str) -> Entries:
    import bibtexparser
    from bibtexparser import model

    entries: Entries = {}
    for block in bibtexparser.parse_string(text, parse_stack=[]).blocks:
        entry = block.ignore_error_block if isinstance(block, model.ParsingFailedBlock) else block
        if isinstance(entry, model.Entry):
            fields = [(field.key.lower(), _blanks(str(field.value))) for field in entry.fields]
            entries.setdefault(entry.key, fields)
    return entries


def _read_raw(document: Document) -> Entries:
    entries: Entries = {}
    for entry in document.entries:
        entries.setdefault(entry.key, [(field.name.lower(), _blanks(field.value)) for field in entry.fields])
    return entries


def _read_by_pybtex(text: str) -> Entries:
    from pybtex import errors
    from pybtex.database import parse_string

    with errors.capture():
        found = parse_string(text, "bibtex")
    return {
        key.lower(): sorted((name.lower(), _blanks(value)) for name, value in entry.fields.items())
        for key, entry in found.entries.items()
        if not re.fullmatch(r"unnamed-\d+", key)
    }


def _read_expanded(document: Document) -> Entries:
    """As pybtex has it: macros expanded, persons and repeated fields left out, keys in lower case."""
    from pybtex.database.input.bibtex import month_names

    macros = dict(month_names)
    for string in document.strings:
        macros[string.name.lower()] = _expanded(string, macros)
    entries: Entries = {}
    for entry in document.entries:
        fields: dict[str, str] = {}
        for field in entry.fields:
            if field.name.lower() not in ("author", "editor"):
                fields.setdefault(field.name.lower(), _blanks(_expanded(field, macros)))
        if entry.key:
            entries.setdefault(entry.key.lower(), sorted(fields.items()))
    return entries


def _expanded(field: Field, macros: Mapping[str, str]) -> str:
    found = pieces(field.value)
    return "".join(
        macros.get(piece.text.lower(), "" if not piece.text.isdigit() else piece.text)
        if piece.kind == "bare"
        else piece.text
        for piece in found
    )


def differing(ours: Entries, theirs: Entries) -> set[str]:
    """The keys of entries that only one side has or that have other fields."""
    return {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}


def _second_opinion(
    data: Path, peer: str, read: Callable[[str], Entries], ours: Callable[[Document], Entries]
) -> Faults:
    listed = {(name, key) for one in explained()[peer] for name in [one["file"]] for key in one["keys"]}
    found, agreed = set(), 0
    for name, text in texts(data / "bib"):
        plain = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        mine, theirs = ours(parse(plain)), read(plain)
        differences = differing(mine, theirs)
        agreed += len(mine.keys() - differences)
        found |= {(name, key) for key in differences}
    print(f"{peer}-agreed {agreed}\n{peer}-explained {len(found & listed)}")
    yield from (f"{name}: {key!r} is read otherwise by {peer}" for name, key in sorted(found - listed))
    yield from (f"{name}: {key!r} is listed for {peer} and is not a difference" for name, key in sorted(listed - found))


def bibtexparser(data: Path) -> Faults:
    """bibtexparser 2 without middlewares reads the same entries, names and source values."""
    return _second_opinion(data, "bibtexparser", _read_by_bibtexparser, _read_raw)


def pybtex(data: Path) -> Faults:
    """pybtex reads the same entries and values, macros expanded."""
    return _second_opinion(data, "pybtex", _read_by_pybtex, _read_expanded)


def explained() -> dict[str, Any]:
    return tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))


CHECKS = (tiling, nasty, lost_characters, layout, editing, bibtexparser, pybtex)


def main() -> int:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "bibtex-nasty").is_dir():
        print(__doc__)
        return 2
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    failed = 0
    for check in CHECKS:
        faults = list(check(Path(sys.argv[1])))
        failed += len(faults)
        print(f"{check.__name__.replace('_', '-')}-faults {len(faults)}", flush=True)
        print("".join(f"    {fault}\n" for fault in faults[:40]), end="")
    print(f"{failed} faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
