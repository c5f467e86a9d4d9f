"""A text to what goes wrong when one character of it is lost: more than one entry with it, or none in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pubtrack.bibtex.document import Document, parse

_STRUCTURE = frozenset('@{}(),=#"')


def deletion_faults(text: str, offsets: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Each offset at which a lost character costs more than one entry, or one without a word.

    In silence may go what is content: a character of a key, a name or a value, but for the braces of a value.
    """
    document = parse(text)
    whole, said = _entries(document), _messages(document)
    within = _content_offsets(document)
    for offset in offsets:
        changed = parse(text[:offset] + text[offset + 1 :])
        lost = (whole - _entries(changed)).total()
        if lost > 1:
            yield offset, f"{lost} entries lost"
        elif lost and text[offset] in _STRUCTURE and offset not in within and not _messages(changed) - said:
            yield offset, "in silence"


def _entries(document: Document) -> Counter[tuple[object, ...]]:
    return Counter(
        (entry.type.lower(), entry.key, tuple((field.name, field.value) for field in entry.fields))
        for entry in document.entries
    )


def _messages(document: Document) -> Counter[str]:
    return Counter(problem.message for problem in document.problems)


def _content_offsets(document: Document) -> set[int]:
    """The offsets of characters that may be anything without the syntax being another."""
    within: set[int] = set()
    for block in document.blocks:
        if block.kind in ("comment", "text"):
            within.update(range(block.start, block.end))
    for entry in document.entries:
        head = document.text.find(entry.key, entry.start + 1)
        within.update(range(head, head + len(entry.key)))
        for field in entry.fields:
            quoted = field.value.startswith('"')
            depth = 0
            for offset in range(field.value_start, field.value_end):
                character = document.text[offset]
                depth += (character == "{") - (character == "}")
                is_quote = quoted and character == '"' and not depth
                if (depth and character not in "{}") or (quoted and not is_quote and character not in "{}#"):
                    within.add(offset)
    return within
