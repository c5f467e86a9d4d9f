"""Tidy the layout of BibTeX text; only blanks, the case of names and commas may change.

Whatever the text, the result is read again and compared with it; running text, comments, broken entries and values
stand in it as they did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pubtrack.bibtex import grammar
from pubtrack.bibtex.blocks import Block, Entry
from pubtrack.bibtex.document import Document, parse, pieces
from pubtrack.bibtex.source_style import newline_of
from pubtrack.model.errors import PubtrackError

_LINE_END = re.compile(r"\r\n?|\n")
_COMMENT = re.compile(r"%[^\r\n]*")
_DEFINITION = re.compile(r"@\s*(\w+)\s*([{(])(.*)[})]\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Options:
    """How a tidy file looks. `sort` is "" (entries stay where they are), "key", "type" or a field, "-" before it
    for descending."""

    indent: int = 2
    align: bool = True
    lower: bool = True
    trailing_comma: bool = True
    blank_lines: int = 1
    sort: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block or a stretch of running text, laid out; `gap` is the number of line ends that stood before it.

    A `glued` one goes on, as it stands, on the line of a block whose end was guessed by it.
    """

    text: str
    kind: str
    gap: int
    entry: Entry | None = None
    glued: bool = False


def tidy(text: str, options: Options | None = None) -> str:
    """`text` with one field a line, `=` aligned, types and names in lower case, a comma behind each field and one
    blank line between entries, or as `options` say. Tidying twice changes no more.

    Sorted entries take the comment right above them along, stay between the `@string` blocks that they stood
    between, and those that a `crossref` names come last, as BibTeX needs it. Raises `PubtrackError` if entries
    are to be sorted and something is broken, or if the result would not read as the text did.
    """
    options = options or Options()
    document = parse(text)
    broken = next((block.problem for block in document.blocks if block.is_guessed), None)
    if options.sort and broken:
        raise PubtrackError(
            f"what is broken stands in the way of sorting: {broken.message}", line=broken.line, column=broken.column
        )
    tidied = _tidied(document, options, newline_of(text))
    if newline_of(tidied) != newline_of(text):  # most line ends stood in blank lines that went
        tidied = _tidied(document, options, newline_of(tidied))
    if _content(document, options) != _content(parse(tidied), options):
        raise PubtrackError("tidying would change more than the layout of this text; nothing was changed")
    return tidied


def _tidied(document: Document, options: Options, newline: str) -> str:
    units = list(_units(document, options, newline))
    if options.sort:
        units = _sorted(units, options.sort)
    mark = "\ufeff" if document.text.startswith("\ufeff") else ""
    return mark + _joined(units, newline, options.blank_lines)


# Laying out --------------------------------------------------------------------------------------------------------


def _units(document: Document, options: Options, newline: str) -> Iterator[_Unit]:
    gap, blanks, guessed = 2, "", False
    for block in document.blocks:
        source = document.source(block).removeprefix("\ufeff" if block.start == 0 else "")
        body = source.rstrip()
        blanks += source[: len(source) - len(source.lstrip())]
        if not body:
            gap += _line_ends(source) if block.start else 0
            continue
        if guessed and not _line_ends(blanks):
            yield _Unit(blanks + body.lstrip(), block.kind, 0, glued=True)
        else:
            yield from _laid_out(document, block, source, gap, options, newline)
            guessed = False
        blanks = source[len(body) :]
        gap, guessed = _line_ends(blanks), guessed or block.is_guessed


def _laid_out(
    document: Document, block: Block, source: str, gap: int, options: Options, newline: str
) -> Iterator[_Unit]:
    """One block, whose source is not blank, as the units that it falls into."""
    if block.kind == "text":
        yield from _remarks(source, gap if block.start else 2)
    elif block.kind == "entry":
        entry = document.entry_of(block)
        yield _Unit(_entry(document.text, entry, options, newline), "entry", gap, entry)
    elif block.kind in ("string", "preamble"):
        yield _Unit(_definition(document, block, options), block.kind, gap)
    else:
        yield _Unit(source.rstrip(), block.kind, gap)


def _remarks(source: str, gap: int) -> Iterator[_Unit]:
    """Running text, which is not blank: what stands on the line of the block before it, and all else."""
    lead = source[: len(source) - len(source.lstrip())]
    gap += _line_ends(lead)
    if gap:
        start = max(lead.rfind("\n"), lead.rfind("\r")) + 1
        yield _Unit(source[start:].rstrip(), "text", gap)
        return
    line = _LINE_END.split(source.strip(), maxsplit=1)[0]
    yield _Unit(line.rstrip(), "text", 0)
    rest = source[len(lead) + len(line) :]
    if rest.strip():
        yield from _remarks(rest, 0)


def _line_ends(text: str) -> int:
    return len(_LINE_END.findall(text))


def _entry(text: str, entry: Entry, options: Options, newline: str) -> str:
    """One entry; as it stands if a comment is before its key or within a field, where it has no line to go to."""
    key_start, gaps = _gaps(text, entry)
    within = [text[entry.start : key_start], *(text[one.name_end : one.value_start] for one in entry.fields)]
    if any("%" in span for span in within):
        return text[entry.start : entry.end]
    width = max((len(field.name) for field in entry.fields), default=0) if options.align else 0
    indent = " " * options.indent
    opener = within[0].rstrip()[-1]
    lines = [f"@{entry.type.lower() if options.lower else entry.type}{opener}{entry.key},"]
    for number, gap in enumerate(gaps):
        if number:
            field = entry.fields[number - 1]
            name = field.name.lower() if options.lower else field.name
            comma = "," if options.trailing_comma or number < len(entry.fields) else ""
            lines.append(f"{indent}{name.ljust(width)} = {field.value}{comma}")
        for on_line, comment in _comments(gap):
            if on_line:
                lines[-1] += f" {comment}"
            else:
                lines.append(indent + comment)
    return newline.join([*lines, text[entry.end - 1]])


def _gaps(text: str, entry: Entry) -> tuple[int, list[str]]:
    """Where the key begins, and what stands behind the key and behind each value up to the next field."""
    match = grammar.ENTRY_KEY.match(text, entry.start)
    key_start = match.end() if match else entry.start
    ends = [key_start + len(entry.key), *(field.value_end for field in entry.fields)]
    starts = [*(field.name_start for field in entry.fields), entry.end - 1]
    return key_start, [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _comments(gap: str) -> Iterator[tuple[bool, str]]:
    """The comments between two fields, and whether each stands on the line of what is before it."""
    for match in _COMMENT.finditer(gap):
        yield not _LINE_END.search(gap, 0, match.start()), match.group().rstrip()


def _definition(document: Document, block: Block, options: Options) -> str:
    """An `@string` or `@preamble` on one line; as it stands if it holds a comment or several definitions."""
    source = document.source(block)
    match = _DEFINITION.match(source)
    fields = block.fields or ()
    if match is None or len(fields) > 1 or "%" in source:
        return source
    body = f"{fields[0].name} = {fields[0].value}" if fields else match[3].strip()
    return f"@{match[1].lower() if options.lower else match[1]}{match[2]}{body}{source[-1]}"


def _joined(units: Sequence[_Unit], newline: str, blank_lines: int) -> str:
    if not units:
        return ""
    # What looks like a byte order mark must not become one.
    parts = [newline, units[0].text] if units[0].text.startswith("\ufeff") else [units[0].text]
    for before, unit in pairwise(units):
        parts += (_separator(before, unit, newline, blank_lines), unit.text)
    return "".join([*parts, newline])


def _separator(before: _Unit, unit: _Unit, newline: str, blank_lines: int) -> str:
    if unit.glued:
        return ""
    if unit.kind == "text" and unit.gap == 0:
        return " "
    is_remark = before.kind == "text" and before.gap == 0
    between_entries = "entry" in (before.kind, unit.kind) and "text" not in (before.kind, unit.kind)
    if unit.gap > 1 or between_entries or (is_remark and unit.kind == "entry"):
        return newline * (blank_lines + 1)
    return newline


# Sorting -----------------------------------------------------------------------------------------------------------


def _sorted(units: Sequence[_Unit], sort: str) -> list[_Unit]:
    parents = {
        piece.text.strip().lower()
        for unit in units
        if unit.entry and (field := unit.entry.get("crossref"))
        for piece in pieces(field.value)
    }
    result: list[_Unit] = []
    run: list[list[_Unit]] = []
    for group in _groups(units):
        if group[-1].kind in ("string", "preamble"):
            result += _sorted_run(run, sort, parents)
            result += group
            run = []
        else:
            run.append(group)
    return result + _sorted_run(run, sort, parents)


def _groups(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Each entry with the comment right above it and the remark behind it; all else by itself."""
    group: list[_Unit] = []
    for number, unit in enumerate(units):
        if group and not (_is_above(group[-1], unit) or (unit.kind == "text" and unit.gap == 0 and group[-1].entry)):
            yield group
            group = []
        group.append(unit)
        if number + 1 == len(units):
            yield group


def _is_above(text: _Unit, unit: _Unit) -> bool:
    return text.kind == "text" and text.gap > 0 and unit.kind == "entry" and unit.gap == 1


def _sorted_run(run: Sequence[list[_Unit]], sort: str, parents: set[str]) -> list[_Unit]:
    """The groups with an entry in order, in the places where groups with an entry stood."""
    descending, name = sort.startswith("-"), sort.removeprefix("-").lower()

    def rank(group: Sequence[_Unit]) -> str:
        entry = next(unit.entry for unit in group if unit.entry)
        if name in ("key", "type"):
            return (entry.key if name == "key" else entry.type).lower()
        field = entry.get(name)
        return "".join(piece.text for piece in pieces(field.value)).lower() if field else ""

    def is_parent(group: Sequence[_Unit]) -> bool:
        return any(unit.entry and unit.entry.key.lower() in parents for unit in group)

    with_entry = sorted((group for group in run if any(unit.entry for unit in group)), key=rank, reverse=descending)
    in_order = iter(sorted(with_entry, key=is_parent))
    return [unit for group in run for unit in (next(in_order) if any(one.entry for one in group) else group)]


# The proof ---------------------------------------------------------------------------------------------------------


def _content(document: Document, options: Options) -> list[tuple[object, ...]]:
    """All that a text says, apart from its layout; in one order if entries may be sorted."""
    found = [part for block in document.blocks for part in _said(document, block)]
    return sorted(found, key=repr) if options.sort else found


def _said(document: Document, block: Block) -> Iterator[tuple[object, ...]]:
    source = document.source(block)
    match = _DEFINITION.match(source)
    if block.kind == "entry":
        entry = document.entry_of(block)
        key_start, gaps = _gaps(document.text, entry)
        gaps += [document.text[one.name_end : one.value_start] for one in entry.fields]
        comments = [comment.rstrip() for gap in gaps for comment in _COMMENT.findall(gap)]
        comments += _COMMENT.findall(document.text[entry.start : key_start])
        yield "entry", entry.type.lower(), entry.key, [(one.name.lower(), one.value) for one in entry.fields], comments
    elif block.kind == "string":
        yield "string", [(field.name, field.value) for field in block.fields or ()], _COMMENT.findall(source)
    elif block.kind == "preamble" and match:
        yield "preamble", match[3].strip()
    elif block.kind == "text":
        for line in _LINE_END.split(source if block.start else source.removeprefix("\ufeff")):
            if line.strip():
                yield "text", line.strip()
    else:
        yield block.kind, source.rstrip()
