"""Parse BibTeX text into blocks that tile it, and give the entries with the place of every field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pubtrack.bibtex import grammar
from pubtrack.bibtex.block_parser import read_block
from pubtrack.bibtex.blocks import Block, BlockKind, Entry, Field, Piece, PieceKind
from pubtrack.bibtex.cursor import Scanner
from pubtrack.bibtex.gc_pause import paused_gc
from pubtrack.bibtex.positions import LineCounter, LineIndex
from pubtrack.bibtex.stray_text import inline_entry_finding, line_before, stray_parts
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.findings import Finding

__all__ = ["Block", "BlockKind", "Document", "Entry", "Field", "Piece", "PieceKind", "parse", "pieces"]

_NO_ENTRY = frozenset({"comment", "preamble", "string"})


@dataclass(frozen=True)
class Document:
    """A text and the blocks that tile it: joined, their stretches are the text.

    What costs time is done when it is asked for: finding the blocks, reading the fields of sound entries, and the
    faults that only a look at all entries shows.
    """

    text: str
    file: str = ""

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in the text's order."""
        return _blocks(self.places, self.text, _sound_block)

    @cached_property
    def places(self) -> LineIndex:
        return LineIndex(self.text)

    @cached_property
    def entry_blocks(self) -> tuple[Block, ...]:
        """The blocks of all entries, those of broken ones included where a key or a field could be read."""
        return tuple(block for block in self.blocks if block.kind == "entry" or _is_broken_entry(block))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry with its fields, in the text's order."""
        if "blocks" not in self.__dict__:  # blocks and fields in one go
            self.__dict__["blocks"] = _blocks(self.places, self.text, _sound_entry)
        with paused_gc():
            return tuple(_entries(self.text, self.entry_blocks, self.entry_of))

    @cached_property
    def by_key(self) -> Mapping[str, Block]:
        """The first block of each key, keys as written."""
        index: dict[str, Block] = {}
        for block in self.entry_blocks:
            index.setdefault(block.key, block)
        return index

    @cached_property
    def repeated(self) -> Mapping[str, tuple[Block, ...]]:
        """The blocks of each key that is used more than once."""
        found: dict[str, list[Block]] = {}
        if len(self.by_key) < len(self.entry_blocks):
            for block in self.entry_blocks:
                found.setdefault(block.key, []).append(block)
        return {key: tuple(blocks) for key, blocks in found.items() if len(blocks) > 1}

    @cached_property
    def folded_keys(self) -> Mapping[str, str]:
        """Each key under its lower case, for BibTeX takes keys that differ only by case as one."""
        folded: dict[str, str] = {}
        for key in self.by_key:
            folded.setdefault(key.lower(), key)
        return folded

    @cached_property
    def strings(self) -> tuple[Field, ...]:
        """The definitions of all `@string` blocks, `name` and raw `value` as in a field, in the text's order."""
        blocks = (block for block in self.blocks if block.kind in ("string", "broken"))
        found = (block.fields or () for block in blocks if block.type.lower() == "string")
        return tuple(field for fields in found for field in fields)

    @cached_property
    def problems(self) -> tuple[Finding, ...]:
        """Every fault of the text, by place."""
        entries = self.entries
        found = [problem for block in self.blocks for problem in block.problems]
        found += _repeated_keys(self.entry_blocks)
        found += (finding for entry in entries for finding in _repeated_fields(entry, self.places))
        return tuple(self._named(finding) for finding in sorted(found, key=lambda found: (found.line, found.column)))

    def entry(self, key: str) -> Entry:
        """The first entry with this key; raises `PubtrackError` if there is none. Reads no other entry's fields."""
        return self.entry_of(self.block(key))

    def block(self, key: str) -> Block:
        """The block of that entry."""
        block = self.by_key.get(key)
        if block is None:
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, self.by_key)}', file=self.file)
        return block

    def source(self, block: Block | Entry) -> str:
        """The stretch of the text that `block` is."""
        return self.text[block.start : block.end]

    def entry_of(self, block: Block) -> Entry:
        """The entry that an entry's block is, with its fields."""
        line, column = self.places.of(block.start)
        fields = block.fields
        if fields is None:
            lines = LineCounter(self.places)
            lines.moved(block.start, line)
            sound = _sound_entry(self.text, block.start, lines)
            fields = (sound[4] if sound else None) or ()
        problem = self._named(block.problems[0]) if block.problems else None
        return Entry(block.type, block.key, fields, block.start, block.end, line, column, problem)

    def _named(self, finding: Finding) -> Finding:
        return replace(finding, file=self.file) if self.file else finding


def parse(text: str, *, file: str = "") -> Document:
    """Read BibTeX text; no text whatever raises. `file` is the name that findings carry.

    Blocks in the order of the text: an entry begins at an `@` with nothing but blanks before it on its line, or
    right behind another block. `@string`, `@preamble` and `@comment{…}` are blocks of their own, all else is text.
    """
    return Document(text, file)


def _entries(text: str, blocks: Sequence[Block], entry_of: Callable[[Block], Entry]) -> Iterator[Entry]:
    """The entries that the blocks are, with little work where the fields were read and the `@` begins a line."""
    count, new = text.count, tuple.__new__
    for block in blocks:
        _, start, end, _, type_, key, fields, problems = block
        if fields and not problems and text[start - 1 : start] == "\n":
            line = fields[0].line - count("\n", start, fields[0].name_start)
            yield new(Entry, (type_, key, fields, start, end, line, 1, None))
        else:
            yield entry_of(block)


_Sound = tuple[int, int, str, str, tuple[Field, ...] | None, int]
"""A sound entry: where it begins and ends, its type and key, its fields and its last line if they were read (or 0)."""

_ReadSound = Callable[[str, int, LineCounter], _Sound | None]
"""Text, offset and the lines there to the sound entry that comes next, with nothing but blanks before its `@`."""


def _sound_block(text: str, position: int, _lines: LineCounter) -> _Sound | None:
    """A sound entry without its fields."""
    match = grammar.FLAT_ENTRY.match(text, position)
    if match is None or text.count("{", position, match.end()) != text.count("}", position, match.end()):
        match = grammar.SOUND_ENTRY.match(text, position)
        if match is None:
            return None
    type_, key = match.groups()
    return match.start(1) - 1, match.end(), type_, key, None, 0


def _sound_entry(text: str, position: int, lines: LineCounter) -> _Sound | None:
    """A sound entry with its fields."""
    head = grammar.SOUND_HEAD.match(text, position)
    if head is None:
        return None
    count, at, begin = text.count, head.start(1) - 1, head.end()
    first_line = lines.at(at) + count("\n", at, begin)
    for read_fields in (_flat_fields, _sound_fields):
        fields, end, line = read_fields(text, begin, first_line)
        if text[end : end + 1] == "}" and count("{", at, end) == count("}", at, end) + 1:
            type_, key = head.groups()
            return at, end + 1, type_, key, tuple(fields), line
    return None


def _flat_fields(text: str, position: int, line: int) -> tuple[list[Field], int, int]:
    """As `_sound_fields`, faster, for an entry that has no `@` in it; elsewhere the end that it tells is none."""
    stop = text.find("@", position)
    stop = text.rfind("}", position, stop if stop >= 0 else len(text))
    new = tuple.__new__
    fields: list[Field] = []
    add = fields.append
    usual, usual_lines = "", 0
    for name, equals, value, comma in grammar.FLAT_FIELDS.findall(text, position, max(stop, position)):
        value_start = position + len(name) + len(equals)
        add(new(Field, (name, value, line, position, value_start)))
        position = value_start + len(value) + len(comma)
        if comma != usual:
            usual, usual_lines = comma, comma.count("\n")
        line += usual_lines
        if "\n" in value or "\n" in equals:
            line += value.count("\n") + equals.count("\n")
    return fields, position if position == stop else len(text), line


def _sound_fields(text: str, position: int, line: int) -> tuple[list[Field], int, int]:
    """The fields that stand one behind the other from `position`, which is on `line`; where they end, and the line."""
    match_field, count, new = grammar.SOUND_FIELD.match, text.count, tuple.__new__
    fields: list[Field] = []
    add = fields.append
    while match := match_field(text, position):
        name, value = match.groups()
        add(new(Field, (name, value, line, position, match.start(2))))
        last, position = position, match.end()
        line += count("\n", last, position)
    return fields, position, line


def _blocks(places: LineIndex, text: str, read_sound: _ReadSound) -> tuple[Block, ...]:
    """All blocks; `read_sound` is how sound entries are read, with their fields or without."""
    scanner, lines = Scanner(text, places), LineCounter(places)
    blocks: list[Block] = []
    done = 0
    with paused_gc():
        while done < len(text):
            if not scanner.wary and not places.lone_cr:
                done = _sound_blocks(scanner, lines, done, blocks, read_sound)
            if done < len(text):
                done = _next_block(scanner, lines, done, blocks, read_sound)
    return tuple(blocks)


def _sound_blocks(scanner: Scanner, lines: LineCounter, done: int, blocks: list[Block], read_sound: _ReadSound) -> int:
    """Give out the sound entries from `done` on that have nothing but blanks between them; where the last one ends.

    Nearly all of most files comes this way, so the loop is flat and makes its tuples without keywords.
    """
    text, places = scanner.text, scanner.places
    add, find, new = blocks.append, text.find, tuple.__new__
    while sound := read_sound(text, done, lines):
        at, end, type_, key, fields, line = sound
        if find("@", at + 1, end) >= 0 and find("\n@", at, end) >= 0:
            break
        if at > done:
            add(new(Block, ("text", done, at, places, "", "", (), ())))
        add(new(Block, ("entry", at, end, places, type_, key, fields, ())))
        if line:
            lines.moved(end, line)
        done = end
    return done


def _next_block(scanner: Scanner, lines: LineCounter, done: int, blocks: list[Block], read_sound: _ReadSound) -> int:
    """Give out the next block, whatever it is, and the text before it; where it ends."""
    text, places = scanner.text, scanner.places
    start = grammar.START_HERE.match(text, done) or grammar.START_AHEAD.search(text, done)
    # Lines are counted forwards, so this comes before anything further on is read.
    block = inline = _inline_entry(scanner, lines, done, start.start() if start else len(text), read_sound)
    while start and block is None:
        in_comment = text[start.start()] in "})" and "%" in line_before(text, start.start(), done)
        if (start.start() == done or not in_comment) and (block := _block(scanner, lines, start.end() - 1, read_sound)):
            break
        start = grammar.START_AHEAD.search(text, start.end())
    end = block.start if block else len(text)
    if end > done:
        problems = stray_parts(text, done, end, places)
        if inline:
            problems += (inline_entry_finding(places.of(end)),)
        blocks.append(Block("text", done, end, places, problems=problems))
    if block is None:
        return end
    blocks.append(block)
    return block.end


def _inline_entry(scanner: Scanner, lines: LineCounter, done: int, stop: int, read_sound: _ReadSound) -> Block | None:
    """The first sound entry behind other text on its line, between `done` and `stop`; a comment has none."""
    for match in grammar.INLINE_ENTRY.finditer(scanner.text, done, stop):
        if "%" not in line_before(scanner.text, match.start(), done):
            block = _block(scanner, lines, match.start(), read_sound)
            if block and block.kind == "entry" and not block.problems:
                return block
    return None


def _block(scanner: Scanner, lines: LineCounter, at: int, read_sound: _ReadSound) -> Block | None:
    """The block that begins with the `@` at `at`, or None if that is running text."""
    text, places = scanner.text, scanner.places
    if not scanner.wary and not places.lone_cr:
        sound = read_sound(text, at, lines)
        if sound and text.find("\n@", at, sound[1]) < 0:
            at, end, type_, key, fields, line = sound
            if line:
                lines.moved(end, line)
            return Block("entry", at, end, places, type_, key, fields)
    else:
        match = grammar.SOUND_ENTRY.match(text, at, scanner.limit(at))
        if match and text.find("\n@", at, match.end()) < 0 and not places.lone_cr:
            return Block("entry", at, match.end(), places, match[1], match[2], None)
    return read_block(scanner, at, lines.at(at))


def _is_broken_entry(block: Block) -> bool:
    return block.kind == "broken" and block.type.lower() not in _NO_ENTRY and bool(block.key or block.fields)


def _repeated_keys(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    first: dict[str, Block] = {}
    for block in blocks:
        known = first.setdefault(block.key.lower(), block)
        if known is block or not block.key:
            continue
        if known.key == block.key:
            what = f'the key "{block.key}" is used on line {known.line} already'
        else:
            what = f'the key "{block.key}" differs only by case from "{known.key}" on line {known.line}'
        yield Finding(
            "syn-dup-key", "error" if known.key == block.key else "warning", f"{what}; BibTeX drops this entry",
            line=block.line, column=block.column, key=block.key,
        )  # fmt: skip


def _repeated_fields(entry: Entry, places: LineIndex) -> Iterator[Finding]:
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
                "syn-dup-field", "warning", message, line=line, column=column, key=entry.key, field=field.name
            )


def pieces(value: str) -> tuple[Piece, ...]:
    """The operands of `#` in a raw field value; what is none (in a broken entry) comes as one bare piece."""
    if grammar.BRACED.fullmatch(value):
        return (Piece("braced", value[1:-1]),)
    scanner = Scanner(value, LineIndex(value))
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
