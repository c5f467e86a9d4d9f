"""BibTeX text to blocks that tile it, and the entries in them with the place of every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pubtrack.bibtex import patterns
from pubtrack.bibtex.blocks import Block, BlockKind, Entry, Field, Piece, PieceKind
from pubtrack.bibtex.places import Places
from pubtrack.bibtex.scan import Scanner
from pubtrack.bibtex.strays import stray_parts
from pubtrack.errors import PubtrackError, did_you_mean
from pubtrack.findings import Finding

__all__ = ["Block", "BlockKind", "Document", "Entry", "Field", "Piece", "PieceKind", "parse", "pieces"]

_NO_ENTRY = frozenset({"comment", "preamble", "string"})


@dataclass(frozen=True)
class Document:
    """A text and the blocks that tile it: joined, their stretches are the text.

    What costs time is done when it is asked for: the fields of sound entries, and the faults that only a look at
    all entries shows.
    """

    text: str
    blocks: tuple[Block, ...]

    @cached_property
    def places(self) -> Places:
        return Places(self.text)

    @cached_property
    def entry_blocks(self) -> tuple[Block, ...]:
        """The blocks of all entries, those of broken ones included where a key or a field could be read."""
        return tuple(block for block in self.blocks if _is_entry(block))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry with its fields, in the text's order."""
        return tuple(map(self._entry, self.entry_blocks))

    @cached_property
    def by_key(self) -> Mapping[str, Block]:
        """The first block of each key, keys as written."""
        index: dict[str, Block] = {}
        for block in self.entry_blocks:
            index.setdefault(block.key, block)
        return index

    @cached_property
    def strings(self) -> tuple[Field, ...]:
        """The definitions of all `@string` blocks, `name` and raw `value` as in a field, in the text's order."""
        found = (block.fields or () for block in self.blocks if block.type.lower() == "string")
        return tuple(field for fields in found for field in fields)

    @cached_property
    def problems(self) -> tuple[Finding, ...]:
        """Every fault of the text, by place; `file` is empty."""
        found = [problem for block in self.blocks for problem in block.problems]
        found += self._repeated_keys()
        found += (finding for entry in self.entries for finding in _repeated_fields(entry, self.places))
        return tuple(sorted(found, key=lambda finding: (finding.line, finding.column)))

    def entry(self, key: str) -> Entry:
        """The first entry with this key; raises `PubtrackError` if there is none. Reads no other entry's fields."""
        block = self.by_key.get(key)
        if block is None:
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, self.by_key)}')
        return self._entry(block)

    def source(self, block: Block | Entry) -> str:
        """The stretch of the text that `block` is."""
        return self.text[block.start : block.end]

    def _entry(self, block: Block) -> Entry:
        fields = _read_fields(self.text, block, self.places) if block.fields is None else block.fields
        return Entry(block.type, block.key, fields, block.start, block.end, block.line, block.column, block.problem)

    def _repeated_keys(self) -> Iterator[Finding]:
        first: dict[str, Block] = {}
        for block in self.entry_blocks:
            known = first.setdefault(block.key.lower(), block)
            if known is block or not block.key:
                continue
            same = known.key == block.key
            message = (
                f'the key "{block.key}" is used on line {known.line} already; BibTeX drops this entry'
                if same
                else f'the key "{block.key}" differs only by case from "{known.key}" on line {known.line}; '
                "BibTeX drops this entry"
            )
            yield Finding(
                "duplicate-key", "error" if same else "warning", message,
                line=block.line, column=block.column, key=block.key,
            )  # fmt: skip


def parse(text: str) -> Document:
    """Read BibTeX text; no text whatever raises.

    Blocks in the order of the text: an entry begins at an `@` with nothing but blanks before it on its line, or
    right behind another block. `@string`, `@preamble` and `@comment{…}` are blocks of their own, all else is text.
    """
    return Document(text, tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    places = Places(text)
    scanner = Scanner(text, places)
    here, ahead, count = patterns.START_HERE.match, patterns.START_OF_LINE.search, places.count
    done = looked = 0  # how far blocks were given out, and how far an `@` was looked for
    line, line_start = 1, places.first
    while start := (here(text, done) if looked == done else None) or ahead(text, looked):
        at = start.end() - 1
        passed = count(done, at)
        start_of_line = places.line_start(at) if passed else line_start
        block = _block(scanner, at, line + passed, at - start_of_line + 1)
        if block is None:
            looked = at + 1
            continue
        if at > done:
            yield Block(
                "text", done, at, line, max(done - line_start, 0) + 1, problems=stray_parts(text, done, at, places)
            )
        yield block
        done = looked = block.end
        line, line_start = block.line, start_of_line
        if passed := count(at, done):
            line, line_start = line + passed, places.line_start(done)
    if done < len(text):
        problems = stray_parts(text, done, len(text), places)
        yield Block("text", done, len(text), line, max(done - line_start, 0) + 1, problems=problems)


def _block(scanner: Scanner, at: int, line: int, column: int) -> Block | None:
    """The block that begins with the `@` at `at`, or None if that is running text."""
    text = scanner.text
    match = patterns.SOUND_ENTRY.match(text, at, scanner.limit(at))
    if match is None or text.find("\n@", at, match.end()) >= 0:
        return scanner.block(at, line, column)
    return Block("entry", at, match.end(), line, column, match[1], match[2], None)


def _is_entry(block: Block) -> bool:
    if block.kind == "broken":
        return block.type.lower() not in _NO_ENTRY and bool(block.key or block.fields)
    return block.kind == "entry"


def _read_fields(text: str, block: Block, places: Places) -> tuple[Field, ...]:
    """The fields of a sound entry."""
    head = patterns.SOUND_HEAD.match(text, block.start)
    if head is None:
        return ()
    count, line, last = places.count, block.line, block.start
    fields = []
    for match in patterns.SOUND_FIELD.finditer(text, head.end(), block.end - 1):
        start = match.start(1)
        line += count(last, start)
        last = start
        fields.append(Field(match[1], match[2], line, start, match.start(2)))
    return tuple(fields)


def _repeated_fields(entry: Entry, places: Places) -> Iterator[Finding]:
    names = [field.name.lower() for field in entry.fields]
    if len(set(names)) == len(names):
        return
    first: dict[str, Field] = {}
    for field in entry.fields:
        known = first.setdefault(field.name.lower(), field)
        if known is not field:
            line, column = places.of(field.name_start)
            message = f'the field "{field.name}" stands on line {known.line} already; BibTeX reads that one alone'
            yield Finding(
                "duplicate-field", "warning", message, line=line, column=column, key=entry.key, field=field.name
            )


def pieces(value: str) -> tuple[Piece, ...]:
    """The operands of `#` in a raw field value; what is none (in a broken entry) comes as one bare piece."""
    if patterns.BRACED.fullmatch(value):
        return (Piece("braced", value[1:-1]),)
    scanner = Scanner(value, Places(value))
    found: list[Piece] = []
    position = scanner.blank(0)
    while position < len(value):
        end = scanner.operand(position)
        after = scanner.blank(end) if end > 0 else -1
        if after < 0 or (after < len(value) and value[after] != "#"):
            return (Piece("bare", value.strip()),)
        found.append(_piece(value[position:end]))
        position = scanner.blank(after + 1)
    return tuple(found)


def _piece(operand: str) -> Piece:
    if operand[0] == "{":
        return Piece("braced", operand[1:-1])
    return Piece("quoted", operand[1:-1]) if operand[0] == '"' else Piece("bare", operand)
