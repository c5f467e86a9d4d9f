"""The store against bibtexparser and pybtex: reading, an index of keys, one changed field saved, memory, growth.

`python -m benchmarks store` prints the tables (`--full`: pybtex at every size, too). Every figure is that of a fresh
process which does one thing once, the fastest of several taken in turns. `python -m benchmarks.store TASK FILE` is
such a process; it prints the seconds that the task took without imports.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.corpus import _WORDS, bibtex
from benchmarks.measure import Table, process
from benchmarks.options import Options
from benchmarks.startup import program

SIZES = (1_000, 10_000, 50_000)
GOALS = {"fields": 4.0, "index": 12.0, "save": 20.0}
"""How many times faster than bibtexparser: all fields and the index of keys than its parse without middleware, one
changed field saved than its default parse and write."""


def library(count: int) -> str:
    """A library as reference software exports it, about 1,000 characters an entry, the same at every run.

    The entries of `corpus.bibtex` with abstracts in sentences, keywords, links, LaTeX accents and protected words,
    months as macros, `@string` definitions and comments between.
    """
    rng = random.Random(20_240_402)
    text = bibtex(count)
    for letter, command in _ACCENTS.items():
        text = text.replace(letter, command)
    parts = ['% My publications\n@string{lisbon = "Lisbon"}\n@preamble{ "\\newcommand{\\noop}[1]{}" }\n\n']
    for number, entry in enumerate(text.split("\n\n")):
        fields = {
            "month": rng.choice(("jan", "jun", "oct")),
            "url": f"{{https://example.org/works/{number}}}",
            "urldate": "{2024-02-03}",
            "keywords": f"{{{', '.join(rng.sample(_WORDS, 5))}}}",
            "abstract": f"{{{' '.join(_sentence(rng) for _ in range(rng.randint(2, 5)))}}}",
            "address": "lisbon",
            "file": f"{{:papers/work{number}.pdf:PDF}}",
        }
        lines = "".join(f"  {name:<12} = {value},\n" for name, value in fields.items())
        comment = "% checked\n" if number % 50 == 0 else ""
        title = f"{{{rng.choice(_PROTECTED)}}}: " if number % 2 else ""
        entry = entry.replace("title        = {", f"title        = {{{title}", 1)
        parts.append(f"{comment}{entry.rstrip().removesuffix('}')}{lines}}}\n\n")
    return "".join(parts)


_ACCENTS = {
    "á": "{\\'a}", "é": "{\\'e}", "í": "{\\'{\\i}}", "ñ": '{\\~n}', "ö": '{\\"o}', "ü": '{\\"u}', "ř": "{\\v r}",
    "Ö": '{\\"O}', "ä": '{\\"a}', "ß": "{\\ss}", "è": "{\\`e}", "ë": '{\\"e}', "’": "'",
}  # fmt: skip
_PROTECTED = ("NeRF", "Bayes", "GPU", "PDE", "Hamiltonian", "MCMC")


def _sentence(rng: random.Random) -> str:
    """Some words with the commas, brackets and symbols that an abstract has."""
    words = [rng.choice(_WORDS) for _ in range(rng.randint(9, 20))]
    words[4] += ","
    words[7] = rng.choice((words[7], f"({words[7]})", f"{words[7]},", "$n = 3$", "``exact''", "10\\%", "{GPU}"))
    return f"{' '.join(words).capitalize()}."


# The tasks, each run in a process of its own -------------------------------------------------------------------------


def _ours_index(path: Path) -> Callable[[], object]:
    from pubtrack.bibtex.document import parse

    text = path.read_text(encoding="utf-8")
    return lambda: parse(text).by_key["work7"]


def _ours_fields(path: Path) -> Callable[[], object]:
    from pubtrack.bibtex.document import parse

    text = path.read_text(encoding="utf-8")
    return lambda: parse(text).entries


def _ours_save(path: Path) -> Callable[[], object]:
    from pubtrack.bibtex.edit import set_field
    from pubtrack.store.store import transaction

    def save() -> None:
        with transaction(path) as change:
            file = change.store.files[0]
            change.write(file, set_field(file.document, "work7", "title", "Another title"))

    return save


def _bibtexparser_fields(path: Path) -> Callable[[], object]:
    import bibtexparser

    text = path.read_text(encoding="utf-8")
    return lambda: bibtexparser.parse_string(text, parse_stack=[])


def _bibtexparser_default(path: Path) -> Callable[[], object]:
    import bibtexparser

    text = path.read_text(encoding="utf-8")
    return lambda: bibtexparser.parse_string(text)


def _bibtexparser_save(path: Path) -> Callable[[], object]:
    import bibtexparser

    def save() -> None:
        found = bibtexparser.parse_file(str(path), encoding="utf-8")
        found.entries_dict["work7"].fields_dict["title"].value = "Another title"
        bibtexparser.write_file(str(path), found)

    return save


def _pybtex_fields(path: Path) -> Callable[[], object]:
    from pybtex.database import parse_string

    text = path.read_text(encoding="utf-8")
    return lambda: parse_string(text, "bibtex")


def _pybtex_save(path: Path) -> Callable[[], object]:
    from pybtex.database import parse_file

    def save() -> None:
        found = parse_file(str(path), bib_format="bibtex")
        found.entries["work7"].fields["title"] = "Another title"
        found.to_file(str(path), "bibtex")

    return save


TASKS: Mapping[str, Callable[[Path], Callable[[], object]]] = {
    "pubtrack index": _ours_index,
    "pubtrack fields": _ours_fields,
    "pubtrack save": _ours_save,
    "bibtexparser fields": _bibtexparser_fields,
    "bibtexparser default": _bibtexparser_default,
    "bibtexparser save": _bibtexparser_save,
    "pybtex fields": _pybtex_fields,
    "pybtex save": _pybtex_save,
}


# The tables ----------------------------------------------------------------------------------------------------------


def measured(task: str, path: Path) -> tuple[float, float]:
    """The seconds that a task takes in a fresh process, and the megabytes of that process at its peak."""
    with tempfile.TemporaryDirectory() as folder:
        copy, clock = Path(folder, "library.bib"), Path(folder, "seconds")
        copy.write_bytes(path.read_bytes())
        run = process([sys.executable, "-m", "benchmarks.store", task, str(copy), str(clock)])
        return float(clock.read_text()), run.megabytes


def store(options: Options) -> Iterator[Table]:
    """Speed side by side at each size, growth from 10,000 to 50,000 entries, peak memory, whole commands."""
    repeats = min(options.repeats, 3)
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder, f"{size}.bib") for size in SIZES}
        found: dict[tuple[str, int], tuple[float, float]] = {}
        for size, path in paths.items():
            path.write_text(library(size), encoding="utf-8", newline="\n")
            for _ in range(repeats if size < SIZES[-1] else min(repeats, 2)):
                for task in TASKS:
                    if task.startswith("pybtex") and size > SIZES[0] and not options.full:
                        continue
                    seconds, megabytes = measured(task, path)
                    best = found.get((task, size), (seconds, megabytes))
                    found[task, size] = min(seconds, best[0]), min(megabytes, best[1])
        yield from _tables(found)
        yield _commands(paths[SIZES[-1]], repeats)


def _tables(found: Mapping[tuple[str, int], tuple[float, float]]) -> Iterator[Table]:
    def cell(task: str, size: int) -> str:
        return f"{found[task, size][0]:.3f} s" if (task, size) in found else "-"

    rows = [[task, *(cell(task, size) for size in SIZES)] for task in TASKS]
    columns = [f"{size:,} entries" for size in SIZES]
    yield "Store: the fastest of several fresh processes, imports left out", ["task", *columns], rows

    pairs = {
        "all fields": ("pubtrack fields", "bibtexparser fields", GOALS["fields"]),
        "index of keys": ("pubtrack index", "bibtexparser fields", GOALS["index"]),
        "one field changed and saved": ("pubtrack save", "bibtexparser save", GOALS["save"]),
    }
    rows = [
        [name, f"{goal:g}", *(f"{found[theirs, size][0] / found[ours, size][0]:.1f}" for size in SIZES)]
        for name, (ours, theirs, goal) in pairs.items()
    ]
    yield "Times as fast as bibtexparser", ["", "goal", *columns], rows

    ours = [task for task in TASKS if task.startswith("pubtrack")]
    rows = [
        [task, f"{found[task, 50_000][0] / found[task, 10_000][0] / 5:.2f}", "1.3"] for task in ours
    ]  # fmt: skip
    yield "Growth: time for an entry at 50,000 entries by that at 10,000", ["task", "ratio", "goal below"], rows

    rows = [
        [task, *(f"{found[task, size][1]:.0f} MB" if (task, size) in found else "-" for size in SIZES)]
        for task in TASKS
    ]  # fmt: skip
    yield "Memory: whole processes at their peak", ["task", *columns], rows


def _commands(path: Path, repeats: int) -> Table:
    """`pubtrack list` and `show` on the largest file."""
    commands = {
        "pubtrack show work7 --raw": ["show", "work7", "--raw", "--bib", str(path)],
        "pubtrack list": ["list", "--bib", str(path), "--owner", "Xiong, Wen"],
    }
    rows = []
    for name, words in commands.items():
        runs = [process([program(), *words]) for _ in range(repeats)]
        best = min(runs, key=lambda run: run.seconds)
        rows.append([name, f"{best.seconds:.2f} s", f"{best.megabytes:.0f} MB"])
    return f"Whole commands on {SIZES[-1]:,} entries", ["command", "time", "peak"], rows


def main() -> int:
    """One task in this process; its seconds go to the file named last, or to standard output."""
    if len(sys.argv) < 3:
        return subprocess.call([sys.executable, "-m", "benchmarks", "store"])
    work = TASKS[sys.argv[1]](Path(sys.argv[2]))
    begin = time.perf_counter()
    work()
    seconds = time.perf_counter() - begin
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text(str(seconds))
    else:
        print(f"{seconds:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
