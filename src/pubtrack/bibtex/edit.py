"""Edit a document: change only the requested fields or entries, and keep every other character.

Each edit replaces spans within entries, reads those entries again and is refused unless the one thing that was asked
for changed and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pubtrack.bibtex import grammar
from pubtrack.bibtex.blocks import Block, Entry, Field
from pubtrack.bibtex.document import Document, parse
from pubtrack.bibtex.references import Reference, references, remove_keys, with_renamed
from pubtrack.bibtex.source_style import SourceStyle, refuse_unbalanced, source_styles
from pubtrack.model.errors import PubtrackError

Fields = Sequence[tuple[str, str]]
"""Field names and values in order."""


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


def set_field(document: Document, key: str, name: str, value: str, *, raw: bool = False) -> str:
    """The text with the field of the entry set to `value`, which is put between delimiters as the file has them.

    With `raw`, `value` is source text with its delimiters, as in `"A " # jan`. A field of that name in any case is
    replaced, a new one is put where the file has such fields. Raises `PubtrackError` if the entry or the field
    stands twice, if the entry is broken, or if the value would unbalance the file.
    """
    return change_fields(document, {key: {name: value}}, raw=raw)


def unset_field(document: Document, key: str, name: str) -> str:
    """The text without the field (in any case, all of that name); raises `PubtrackError` if the entry has none."""
    return change_fields(document, {key: {name: None}})


def change_fields(document: Document, changes: Mapping[str, Mapping[str, str | None]], *, raw: bool = False) -> str:
    """The text with fields of several entries set, or removed where the value is None, as by the two above."""
    splices = []
    blocks = [editable(document, key) for key in changes]
    for block, habit, wanted in zip(blocks, source_styles(document, blocks), changes.values(), strict=True):
        source = document.source(block)
        for name, value in wanted.items():
            try:
                source = _with_field(source, name, value, habit, raw=raw)
            except PubtrackError as error:
                raise _error(document, block, error.message) from error
        splices.append(_Splice(block.start, block.end, source))
    text = _spliced(document.text, splices)
    if any(block.is_guessed for block in document.blocks if block.problems):
        _refuse_ripples(document, text, {splice.start for splice in splices})
    return text


def drop_repeated_fields(document: Document, repeats: Mapping[str, Collection[str]]) -> str:
    """The text in which each entry has only the first of its fields of these names, which BibTeX reads alone."""
    splices = []
    for key, names in repeats.items():
        block = editable(document, key)
        source = document.source(block)
        for name in names:
            before = _read(source)
            there = [field for field in before.fields if field.name.lower() == name.lower()]
            for number in range(len(there) - 1, 0, -1):
                again = [field for field in _read(source).fields if field.name.lower() == name.lower()]
                source = _without_field(source, _read(source), again[number])
            _checked(before, source, [(there[0].name, there[0].value)] if there else [], name)
        splices.append(_Splice(block.start, block.end, source))
    return _spliced(document.text, splices)


def _refuse_ripples(document: Document, text: str, changed: Collection[int]) -> None:
    """Raises if a block but those changed reads otherwise now; near a broken one an edit could do that."""
    after = parse(text)
    before = [None if block.start in changed else document.source(block) for block in document.blocks]
    now = [after.source(block) for block in after.blocks]
    if len(before) != len(now) or any(old not in (None, new) for old, new in zip(before, now, strict=True)):
        raise PubtrackError("a broken entry near by would read otherwise; fix that first", file=document.file)


def rename_entry(document: Document, old: str, new: str) -> str:
    """The text with the key `old` turned into `new`, also where fields refer to it.

    For the other files of a store see `rename_references`. Raises `PubtrackError` if `new` is not a key, is in use in
    this document, or if a reference is built from macros so that it cannot follow.
    """
    block = editable(document, old)
    refuse_key(document, new, except_for=old)
    match = grammar.ENTRY_KEY.match(document.text, block.start)
    start = match.end() if match else block.start
    renamed = [_Splice(start, start + len(old), new)]
    return _with_references(document, with_renamed(references(document, [old]), old, new), renamed, old, new)


def rename_references(document: Document, old: str, new: str) -> str:
    """The text with every reference to `old` in it turned into one to `new`; the entry itself is elsewhere."""
    return _with_references(document, with_renamed(references(document, [old]), old, new), [], old, new)


def remove_entries(document: Document, keys: Iterable[str]) -> str:
    """The text without these entries and their blank lines, and without the references to them in others.

    `references` tells beforehand who refers to them. A field that referred to nothing else goes. Raises
    `PubtrackError` if a key is used twice or its entry is broken, or if a reference is not a plain key.
    """
    doomed = list(dict.fromkeys(keys))
    for key in doomed:
        editable(document, key)
    text = remove_references(document, doomed)
    if text != document.text:
        document = parse(text, file=document.file)
    starts = {document.by_key[key].start for key in doomed}
    kept = [document.source(block) for block in document.entry_blocks if block.start not in starts]
    text = _spliced(text, _removals(document, starts))
    after = parse(text)
    if [after.source(block) for block in after.entry_blocks] != kept:
        raise PubtrackError("removing this would change another entry; nothing was changed", file=document.file)
    return text


def remove_references(document: Document, keys: Iterable[str]) -> str:
    """The text without the references to these entries in any other."""
    doomed = list(keys)
    changes: dict[str, dict[str, str | None]] = {}
    for reference in references(document, doomed):
        if reference.entry.key not in doomed:
            changes.setdefault(reference.entry.key, {})[reference.field.name] = remove_keys(reference, doomed)
    return change_fields(document, changes, raw=True)


def add_entry(document: Document, type_: str, key: str, fields: Fields, *, raw: bool = False) -> str:
    """The text with a new entry behind the last one, written as the others are.

    Values as in `set_field`. Raises `PubtrackError` if the key is in use or no key, or if a value would unbalance
    the file.
    """
    return add_entries(document, [(type_, key, fields)], raw=raw)


def add_entries(document: Document, entries: Iterable[tuple[str, str, Fields]], *, raw: bool = False) -> str:
    """As `add_entry`, for several."""
    habit = SourceStyle(document)
    sources = []
    taken: set[str] = set()
    for type_, key, fields in entries:
        refuse_key(document, key)
        if key.lower() in taken:
            raise PubtrackError(f'the key "{key}" is given to two new entries')
        taken.add(key.lower())
        sources.append(_new_entry(habit, type_, key, fields, raw=raw))
    if not sources:
        return document.text
    added = habit.gap.join(sources)
    text = _appended(document, habit, added)
    _refuse_unless_added(document, text, added, len(sources))
    return text


def editable(document: Document, key: str) -> Block:
    """The one sound entry with this key; raises `PubtrackError` if there is none, several, or a broken one."""
    block = document.block(key)
    if key in document.repeated:
        lines = ", ".join(str(one.line) for one in document.repeated[key])
        raise _error(document, block, f'the key "{key}" is used more than once (lines {lines}); fix that first')
    if block.kind == "broken":
        problem = block.problem
        why = f"{problem.message} (line {problem.line})" if problem else "its syntax"
        raise _error(document, block, f'the entry "{key}" is broken: {why}; fix that first')
    return block


def refuse_key(document: Document, key: str, *, except_for: str = "") -> None:
    """Raises `PubtrackError` if `key` cannot be cited or is in use, in any case, by an entry but `except_for`."""
    if not grammar.GOOD_KEY.fullmatch(key):
        raise PubtrackError(
            f'"{key}" is not a citation key: it is empty or holds a blank, a comma or one of {{}}"#%=~\\'
        )
    used = document.folded_keys.get(key.lower())
    if used is not None and used != except_for:
        raise _error(document, document.by_key[used], f'the key "{used}" is in use')


def _error(document: Document, block: Block, message: str) -> PubtrackError:
    return PubtrackError(message, file=document.file, line=block.line)


# One entry ---------------------------------------------------------------------------------------------------------


def _with_field(source: str, name: str, value: str | None, habit: SourceStyle, *, raw: bool) -> str:
    """The source of one entry with one field set or removed."""
    entry = _read(source)
    there = [field for field in entry.fields if field.name.lower() == name.lower()]
    if value is None:
        if not there:
            known = ", ".join(field.name for field in entry.fields) or "none"
            raise PubtrackError(f'the entry "{entry.key}" has no field "{name}"; it has {known}')
        for field in reversed(there):
            source = _without_field(source, _read(source), field)
        return _checked(entry, source, [], name)
    value = value.strip() if raw else value
    if not grammar.FIELD_NAME.fullmatch(name):
        raise PubtrackError(f'"{name}" is not a field name: it is empty or holds a blank or one of {{}}(),"#%=@\\')
    if len(there) > 1:
        lines = ", ".join(str(field.line) for field in there)
        raise PubtrackError(f'the field "{name}" stands more than once in "{entry.key}" (lines {lines} of it)')
    if there:
        written = value if raw else habit.value(name, value, there[0].value)
        changed = _spliced(source, [_Splice(there[0].value_start, there[0].value_end, written)])
        return _checked(entry, changed, [(there[0].name, written)], name)
    written = value if raw else habit.value(name, value)
    return _checked(entry, _with_new_field(source, entry, name, written, habit), [(name, written)], name)


def _with_new_field(source: str, entry: Entry, name: str, raw: str, habit: SourceStyle) -> str:
    new, (opening, joint, closing) = habit.field(name, raw), habit.shape
    fields = entry.fields
    if not fields:
        match = grammar.ENTRY_KEY.match(source)
        end = (match.end() if match else 0) + len(entry.key)
        return f"{source[:end]},{opening}{new}{closing}{source[-1]}"
    at = habit.place([field.name for field in fields], name)
    if at == 0:
        return _inserted(source, fields[0].name_start, new + joint)
    before = fields[at - 1].value_end
    if at < len(fields):
        if "%" in source[before : fields[at].name_start]:
            return _inserted(source, fields[at].name_start, new + joint)
        return _inserted(source, before, joint + new)
    tail = source[before:-1]
    if "%" not in tail:
        return _inserted(source, before, joint + new)
    has_comma = tail.partition("%")[0].strip() == ","
    end = before + len(tail.rstrip())
    indent = joint.replace(",", "")
    below = indent if indent[:1] in ("\n", "\r") else habit.newline + indent.lstrip()
    added = _inserted(source, end, f"{below}{new}{',' if has_comma else ''}")
    return added if has_comma else _inserted(added, before, ",")


def _without_field(source: str, entry: Entry, field: Field) -> str:
    fields = entry.fields
    at = next(index for index, one in enumerate(fields) if one.name_start == field.name_start)
    start, end = field.name_start, field.value_end
    following = fields[at + 1].name_start if at + 1 < len(fields) else len(source) - 1
    before = fields[at - 1].value_end if at else start
    if at and "%" not in source[before:start]:
        return source[:before] + source[end:]
    if at + 1 < len(fields) and "%" not in source[end:following]:
        return source[:start] + source[following:]
    comma = source.find(",", end, following)
    if comma >= 0 and "%" not in source[end:comma]:
        end = comma + 1
    return source[:start] + source[end:].lstrip(" \t")


def _checked(before: Entry, source: str, wanted: Fields, name: str) -> str:
    """`source` if it is the entry `before` with the field `name` as wanted and all else the same; else it raises."""
    document = parse(source)
    if len(document.blocks) == 1 and document.blocks[0].kind == "entry":
        after = document.entries[0]
        others = [(field.name, field.value) for field in before.fields if field.name.lower() != name.lower()]
        left = [(field.name, field.value) for field in after.fields if field.name.lower() != name.lower()]
        there = [(one.name.lower(), one.value) for one in after.fields if one.name.lower() == name.lower()]
        same = (before.type, before.key, others) == (after.type, after.key, left)
        if same and there == [(one.lower(), value) for one, value in wanted]:
            return source
    raise PubtrackError(f'setting "{name}" to this value would change more than that field; nothing was changed')


def _read(source: str) -> Entry:
    return parse(source).entries[0]


def _new_entry(habit: SourceStyle, type_: str, key: str, fields: Fields, *, raw: bool) -> str:
    if not grammar.GOOD_TYPE.fullmatch(type_):
        raise PubtrackError(f'"{type_}" is not an entry type')
    source = f"@{habit.type(type_)}{{{key},{habit.newline}}}"
    ordered: list[tuple[str, str]] = []
    for name, value in fields:
        if not grammar.FIELD_NAME.fullmatch(name):
            raise PubtrackError(f'"{name}" is not a field name')
        if raw:
            refuse_unbalanced(name, value)
        ordered.insert(
            habit.place([other for other, _ in ordered], name, usual=False),
            (name, value if raw else habit.value(name, value)),
        )
    if ordered:
        opening, joint, closing = habit.shape
        joined = joint.join(habit.field(name, value) for name, value in ordered)
        source = f"@{habit.type(type_)}{{{key},{opening}{joined}{closing}}}"
    found = parse(source)
    read = [(field.name.lower(), field.value) for entry in found.entries for field in entry.fields]
    if [block.kind for block in found.blocks] != ["entry"] or read != [
        (name.lower(), value) for name, value in ordered
    ]:
        raise PubtrackError(f'the new entry "{key}" cannot be read again as it was meant; look at its values')
    return source


def _appended(document: Document, habit: SourceStyle, added: str) -> str:
    text = document.text
    last = max((block.end for block in document.entry_blocks if block.kind == "entry"), default=0)
    broken = any(block.kind == "broken" and block.end > last for block in document.blocks)
    if last and not broken:
        return f"{text[:last]}{habit.gap}{added}{text[last:]}"
    if not text.strip("\ufeff \t\r\n"):
        return f"{text}{added}{habit.newline}"
    separator = "" if text.endswith(("\n", "\r")) else habit.newline
    return f"{text}{separator}{habit.newline}{added}{habit.newline}"


def _refuse_unless_added(document: Document, text: str, added: str, count: int) -> None:
    """Raises unless `text` reads as `document` with so many entries more."""
    after = parse(text)
    old = Counter(document.source(block).rstrip() for block in document.entry_blocks)
    new = Counter(after.source(block).rstrip() for block in after.entry_blocks)
    if (new - old).total() != count or old - new or any(block.kind == "broken" for block in parse(added).blocks):
        raise PubtrackError(
            "the end of this file is broken, so nothing can be added to it; fix it first", file=document.file
        )


def _removals(document: Document, starts: Collection[int]) -> list[_Splice]:
    """The spans of these blocks with the blank lines behind them; at the end of the text, those before them."""
    text, splices = document.text, []
    run: _Splice | None = None
    for block in document.blocks:
        if block.start in starts:
            run = _Splice(run.start if run else block.start, block.end, "")
        elif run and (block.kind != "text" or not text[block.start : block.end].isspace()):
            blank = grammar.BLANK_LINES.match(text, run.end)
            splices.append(_Splice(run.start, blank.end() if blank else run.end, ""))
            run = None
    if run:
        kept = len(text[: run.start].rstrip(" \t\r\n"))
        splices.append(_Splice(kept or run.start, run.end, ""))
    return splices


# Spans -------------------------------------------------------------------------------------------------------------


def _with_references(
    document: Document, changed: Sequence[tuple[Reference, str]], renamed: Sequence[_Splice], old: str, new: str
) -> str:
    """The text with the raw values of these fields replaced and the key renamed; every entry is read again."""
    splices = [_Splice(one.field.value_start, one.field.value_end, raw) for one, raw in changed]
    text = _spliced(document.text, [*splices, *renamed])
    raws = {one.field.value_start: raw for one, raw in changed}
    wanted = [
        (
            entry.type,
            new if renamed and entry.key == old else entry.key,
            [(field.name, raws.get(field.value_start, field.value)) for field in entry.fields],
        )
        for entry in document.entries
    ]
    after = [
        (entry.type, entry.key, [(field.name, field.value) for field in entry.fields]) for entry in parse(text).entries
    ]
    if after != wanted:
        raise PubtrackError(f'renaming "{old}" would change more than its key; nothing was changed', file=document.file)
    return text


def _inserted(text: str, offset: int, added: str) -> str:
    return text[:offset] + added + text[offset:]


def _spliced(text: str, splices: Sequence[_Splice]) -> str:
    """The text with these spans, which do not overlap, replaced."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(splices):
        parts += (text[done:start], new)
        done = end
    return "".join([*parts, text[done:]])
