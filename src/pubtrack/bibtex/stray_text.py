"""Find what looks like a piece of a broken entry in the text between blocks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pubtrack.bibtex import grammar
from pubtrack.bibtex.positions import LineIndex
from pubtrack.model.findings import Finding, Severity

_PREFIX = 1000  # characters before an `@` in which a `%` is looked for


def stray_parts(text: str, start: int, end: int, places: LineIndex) -> tuple[Finding, ...]:
    """The findings on `text[start:end]`, which stands between two blocks of `text`.

    Running text is legal and BibTeX skips it in silence, also where it was an entry before a character got lost.
    """
    stretch = text[start:end]
    if stretch.isspace():
        return ()
    return tuple(
        _finding(places.of(start + offset), severity, message)
        for offset, severity, message in _remarks(stretch, behind_block=start > 0)
    )


def inline_entry_finding(place: tuple[int, int]) -> Finding:
    """The finding on an entry that begins at `place`, behind other text on its line, and is read all the same."""
    return _finding(place, "warning", "this entry begins in the middle of a line; begin a line with it")


def _finding(place: tuple[int, int], severity: Severity, message: str) -> Finding:
    return Finding("syn-stray", severity, message, line=place[0], column=place[1])


def _remarks(stretch: str, *, behind_block: bool) -> Iterator[tuple[int, Severity, str]]:
    found = False
    for match in grammar.LOST_AT.finditer(stretch):
        found = True
        yield match.start(1), "error", f'expected "@" before "{match[2]}": this looks like an entry'
    for match in grammar.INLINE_ENTRY.finditer(stretch):
        if "%" not in line_before(stretch, match.start()):
            found = True
            yield match.start(), "warning", "an entry in the middle of a line is broken, so it is skipped"
    first = len(stretch) - len(stretch.lstrip())
    if behind_block and stretch[first] in ',})"':
        yield first, "error", f'stray "{stretch[first]}" behind the block: it is closed too early, or twice'
    elif behind_block and _half_quoted(stretch):
        yield first, "warning", "a quotation mark stands alone behind the block: it is closed too early"
    elif field := grammar.LOST_FIELD.search(stretch):
        yield field.start(1), "warning", f'the field "{field[2]}" stands outside of any entry'
    elif not found and (brace := _lone_closer(stretch)) >= 0:
        yield brace, "warning", 'stray "}" between the entries: what stands before it may have been part of one'


def _half_quoted(stretch: str) -> bool:
    """Does the rest of the block's line hold one quotation mark of two, outside of a comment?"""
    line = grammar.NEW_LINE.split(stretch, maxsplit=1)[0].partition("%")[0]
    return line.count('"') % 2 == 1


def _lone_closer(stretch: str) -> int:
    """The offset of the first closing brace that no opening one stands before, or -1; comment lines do not count."""
    depth = done = 0
    for comment in chain(grammar.COMMENT_LINE.finditer(stretch), [None]):
        stop = comment.start() if comment else len(stretch)
        for brace in grammar.BRACE.finditer(stretch, done, stop):
            depth += 1 if brace.group() == "{" else -1
            if depth < 0:
                return brace.start()
        done = comment.end() if comment else stop
    return -1


def line_before(stretch: str, offset: int, begin: int = 0) -> str:
    """What stands from `begin` on before `offset` on its line, as far as it matters."""
    start = max(begin, offset - _PREFIX)
    return stretch[max(stretch.rfind("\n", start, offset), stretch.rfind("\r", start, offset), start) : offset]
