"""Mutated BibTeX texts against the laws of the scanner, the edits and the layout; `python -m tests.bibtex.fuzz`.

Each input is one of the seeds below, changed by a handful of mutations from a seeded generator, so a run can be
repeated. What counts as a failure: an exception other than `PubtrackError`, a lost byte, an edit that changes more
than it was asked for, a layout that is not idempotent, an input that takes more than its time.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator

from pubtrack.bibtex import edit
from pubtrack.bibtex.document import Document, parse, pieces
from pubtrack.bibtex.tidy import Options, tidy
from pubtrack.model.errors import PubtrackError

SEEDS = tuple(
    """\
@article{a1,
  author = {Ann {\\"O}ne and B Two},
  title = "A {T}itle",
  year = 2001,
}

@book{b2, title={{Deep {er {still}}}}, month = 1 # jan}
=====
% comment @article{old, title={x}}
@string{s = "S" # {t}}
@STRING(u = {U})
@preamble{ "\\def\\x{y}" }
@misc{n, publisher = s # u}
=====
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
}
@comment rest of line
@misc(p,
 a = {)},
 b = "("
)
=====
@misc{x, title = {T}} @misc{y, crossref = {x}, note = {me@x.org}}
text behind
@misc{z,}
@misc{w}
=====
@misc{n,
 title = {see
@article{fake, title={M}}
 end}, % why
 % year = 1,
 year = 3}
=====
\ufeff@misc{m,\r
 title = {T\r
  wrapped},\r
}\r
\r
@xdata{d, publisher={P}}\r
@online{o, xdata={d}, url={u}}\r
=====
@inproceedings{2008A&A...480..775V,
  author\t= {A and others},
  author+an = {1=highlight},
}
=====
@set{set1, entryset = {a, b}}
@misc{a, related = {b}}
@misc{b, note = {50\\% of $x_{1}$ \\& more}}
=====
@misc{l, title = {Caf\udce9}, file = {C:\\dir\\}}\r@misc{M\xfc\u0142ler, title = {\u4e2d\u6587}}\r
=====
@misc{t, title = {T} note = {N}, pages = 1--2}
@misc{k title = {T}}
@misc{, a = {b}}
@misc{c d, e = f}
=====
@book
 {h ,
 title
 =
 {T}
 ,
}
@ARTICLE{v
 , TITLE = {C}
 , YEAR = {2000}
 }
""".split("=====\n")
)
TOKENS = (
    "@", "{", "}", "(", ")", '"', ",", "=", "#", "%", "\\", "\n", "\r", "\r\n", "\t", " ", "\x00", "\ufeff", "\xa0",
    "\udc80", "\u2028", "\U0001f4af", "@misc{", "@string{", "@comment{", "@comment", "@preamble{", "@a{b,",
    "}\n\n@c{d,",
    "{}", '""', "{{", "}}", "x = {", "crossref = {a}", "\\{", "%@misc{q,", "\n@article{e,\n f = {g", "#{", "-", "0",
)  # fmt: skip
SECONDS = 0.5
_LAYOUTS = (Options(), Options(sort="key"), Options(align=False, lower=False, trailing_comma=False, blank_lines=2))

Mutation = Callable[[random.Random, str], str]


def _at(rng: random.Random, text: str) -> int:
    return rng.randint(0, len(text))


def _span(rng: random.Random, text: str, longest: int = 40) -> tuple[int, int]:
    start = _at(rng, text)
    return start, min(len(text), start + rng.randint(1, longest))


def _delete(rng: random.Random, text: str) -> str:
    start, end = _span(rng, text, rng.choice((1, 1, 1, 8, 80)))
    return text[:start] + text[end:]


def _insert(rng: random.Random, text: str) -> str:
    at = _at(rng, text)
    return text[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 2, 9)) + text[at:]


def _replace(rng: random.Random, text: str) -> str:
    start, end = _span(rng, text, 3)
    return text[:start] + rng.choice(TOKENS) + text[end:]


def _double(rng: random.Random, text: str) -> str:
    start, end = _span(rng, text)
    return text[:end] + text[start:end] * rng.randint(1, 3) + text[end:]


def _move(rng: random.Random, text: str) -> str:
    start, end = _span(rng, text)
    rest = text[:start] + text[end:]
    at = _at(rng, rest)
    return rest[:at] + text[start:end] + rest[at:]


def _cross(rng: random.Random, text: str) -> str:
    other = rng.choice(SEEDS)
    return text[: _at(rng, text)] + other[_at(rng, other) :]


def _delete_structure(rng: random.Random, text: str) -> str:
    marks = [offset for offset, character in enumerate(text) if character in '@{}(),=#"\n']
    at = rng.choice(marks) if marks else 0
    return text[:at] + text[at + 1 :]


def _recode(rng: random.Random, text: str) -> str:
    encoding = rng.choice(("utf-8", "latin-1", "utf-16-le"))
    return text.encode(encoding, "replace").decode("utf-8", "surrogateescape")


MUTATIONS: tuple[Mutation, ...] = (
    _delete, _delete, _delete_structure, _delete_structure, _insert, _insert, _replace, _double, _move, _cross, _recode,
)  # fmt: skip


def mutated(rng: random.Random) -> str:
    """One input; one in fifty is a piece repeated many times, to find what is not linear."""
    text = rng.choice(SEEDS)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        text = rng.choice(MUTATIONS)(rng, text)
    if rng.random() < 0.02:
        start, end = _span(rng, text, 60)
        text = text[:start] + text[start:end] * (12_000 // max(end - start, 1)) + text[end:]
    return text


def failures(text: str, rng: random.Random) -> Iterator[str]:
    """What breaks a law on this text."""
    document = parse(text)
    start = time.process_time()
    yield from _scan_failures(document)
    if time.process_time() - start > SECONDS:
        yield f"slow: {time.process_time() - start:.2f} s"
    if len(text) > 8_000:
        return
    yield from _layout_failures(text, rng)
    yield from _edit_failures(document, rng)


def _scan_failures(document: Document) -> Iterator[str]:
    text = document.text
    end = 0
    for block in document.blocks:
        if block.start != end or block.end <= end:
            yield f"the blocks do not tile at {block.start}"
        if (block.line, block.column) != document.places.of(block.start):
            yield f"the block at {block.start} has the wrong place"
        end = block.end
    if end != len(text):
        yield "the blocks do not reach the end"
    for entry in document.entries:
        for field in entry.fields:
            if text[field.name_start : field.name_end] != field.name:
                yield f"the name of {field} is not there"
            if text[field.value_start : field.value_end] != field.value:
                yield f"the value of {field} is not there"
            pieces(field.value)
    if parse(text).entries != document.entries or parse(text).blocks != document.blocks:
        yield "the two ways of reading differ"
    if any(problem.line < 1 or problem.column < 1 for problem in document.problems):
        yield "a problem has no place"
    if text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") != text and "\udc80" not in text:
        yield "a byte was lost"


def _layout_failures(text: str, rng: random.Random) -> Iterator[str]:
    options = rng.choice(_LAYOUTS)
    if options.sort and any(block.is_guessed for block in parse(text).blocks):
        options = _LAYOUTS[0]
    once = tidy(text, options)
    if tidy(once, options) != once:
        yield f"tidying twice differs from once, {options}"


def _edit_failures(document: Document, rng: random.Random) -> Iterator[str]:
    if not document.entries:
        return
    entry = rng.choice(document.entries)
    name = rng.choice([field.name for field in entry.fields] or ["note"])
    action = rng.choice(("set", "set", "new", "unset", "rename", "remove", "add"))
    value = "".join(rng.choice((*TOKENS, "word", "2020", "{x}")) for _ in range(rng.randint(0, 3)))
    try:
        if action in ("set", "new"):
            name = name if action == "set" else "doi"
            after = edit.set_field(document, entry.key, name, value, raw=rng.random() < 0.3)
        elif action == "unset":
            after = edit.unset_field(document, entry.key, name)
        elif action == "rename":
            after = edit.rename_entry(document, entry.key, f"{entry.key}/n")
        elif action == "remove":
            after = edit.remove_entries(document, [entry.key])
        else:
            after = edit.add_entry(document, "misc", "added", [("title", "T"), ("note", value)])
    except PubtrackError:
        return
    if action in ("set", "new", "unset"):
        yield from _change_failures(document, parse(after), entry.start, name)
    elif action == "add":
        keys = [one.key for one in parse(after).entries if one.key != "added"]
        if keys != [one.key for one in document.entries if one.key != "added"]:
            yield "adding changed the other entries"


def _change_failures(before: Document, after: Document, start: int, name: str) -> Iterator[str]:
    if len(before.blocks) != len(after.blocks):
        yield f"setting {name} changed the number of blocks"
        return
    for old, new in zip(before.blocks, after.blocks, strict=True):
        if old.start != start and before.source(old) != after.source(new):
            yield f"setting {name} changed the block at {old.start}"
        if old.start == start:
            one, two = before.entry_of(old), after.entry_of(new)
            kept = [[(field.name, field.value) for field in entry.fields if field.name.lower() != name.lower()]
                    for entry in (one, two)]  # fmt: skip
            if kept[0] != kept[1] or one.key != two.key:
                yield f"setting {name} changed another field"


def run(count: int, seed: int = 0) -> list[tuple[str, str]]:
    """The failures among `count` inputs, each with its text."""
    found = []
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        text = mutated(rng)
        try:
            found += [(failure, text) for failure in failures(text, rng)]
        except Exception as error:  # whatever it is, it is a finding
            found.append((f"{type(error).__name__}: {error}", text))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    start = time.perf_counter()
    found = run(arguments.count, arguments.seed)
    seconds = time.perf_counter() - start
    for failure, text in found[:50]:
        print(f"{failure}\n    {text[:2000]!r}")
    print(f"{arguments.count} inputs (seed {arguments.seed}) in {seconds:.0f} s: {len(found)} failures")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
