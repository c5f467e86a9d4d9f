"""The content of a variable as parts: `Text` in, a tree with nested marks and recognised quotations out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pubtrack.csl.output_tree import Part, Parts, Wrap, flatten_characters
from pubtrack.model.richtext import Text

_QUOTES = frozenset("\"'“”‘’")
_OPENERS = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_SPACES = frozenset(" \t\n\u00a0\u202f")
_BEFORE_OPENER = _SPACES | frozenset("([{<-–—/¿¡") | frozenset("“‘\"'")
_RAISED = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}  # raised letters that Unicode itself does not decompose
APOSTROPHE = "’"
# Typographic marks were chosen on purpose: they stay where no other quotation is around them.
_TYPED = {"“": ("“", "”"), "‘": ("‘", "’")}


def content(value: Text) -> Parts:
    """`value` with its marks nested and its quotations as "quoted" wraps, so that they can be flipped.

    Straight apostrophes become typographic; quotation marks without a partner stay as they are.
    """
    if len(value) == 1 and not value[0].marks:
        text = value[0].text
        return (text,) if _QUOTES.isdisjoint(text) else _quoted([text])
    return _quoted(_nested([(list(span.marks), span.text) for span in value if span.text]))


def plain_content(text: str) -> Parts:
    """As `content`, for a string."""
    if _QUOTES.isdisjoint(text):
        return (text,) if text else ()
    return _quoted([text])


def term_content(text: str) -> Parts:
    """A locale's term; its superscript characters ("1ᵉʳ", "nᵒ") are ordinary ones, raised ("Terms")."""
    if not text or text.isascii():
        return (text,) if text else ()
    out: list[Part] = []
    for char in text:
        if letters := lower_superscript(char):
            out.append(Wrap("format", ("sup",), (letters,)))
        else:
            out.append(char)
    return _joined(out)


@lru_cache(maxsize=1024)
def lower_superscript(char: str) -> str:
    """The ordinary characters that a superscript one stands for, "" where it is none (Unicode TR 30)."""
    kind, _, codes = unicodedata.decomposition(char).partition(" ")
    if kind == "<super>":
        return "".join(chr(int(code, 16)) for code in codes.split())
    return _RAISED.get(char, "")


def _nested(spans: Sequence[tuple[list[str], str]]) -> list[Part]:
    """Spans that share their outermost mark become one wrap."""
    out: list[Part] = []
    index = 0
    while index < len(spans):
        marks, text = spans[index]
        if not marks:
            out.append(text)
            index += 1
            continue
        end = index + 1
        while end < len(spans) and spans[end][0][:1] == marks[:1]:
            end += 1
        inner = _nested([(rest[1:], text) for rest, text in spans[index:end]])
        out.append(_mark(marks[0], inner))
        index = end
    return out


def _mark(mark: str, inner: list[Part]) -> Wrap:
    if mark == "math":
        return Wrap("math", None, [flatten_characters(inner)])
    if mark == "nocase":
        return Wrap("protected", None, inner)
    return Wrap("markup", (mark,), inner)


def _quoted(parts: Iterable[Part]) -> Parts:
    """`parts` with the quotations of this level and below recognised, held together as one content."""
    marked = _level(list(parts), before="", after="")
    if any(isinstance(part, Wrap) and part.kind == "quoted" for part in marked):
        return (Wrap("content", None, marked),)
    return marked


def _edge(parts: Sequence[Part], index: int, position: int, fallback: str) -> str:
    """The character at the start (0) or end (-1) of a neighbouring part."""
    if 0 <= index < len(parts):
        part = parts[index]
        text = part if isinstance(part, str) else flatten_characters(part.parts)
        return text[position] if text else " "
    return fallback


def _level(parts: list[Part], before: str, after: str) -> list[Part]:
    """Pairs the quotation marks that stand on one level of nesting."""
    stack: list[tuple[str, list[Part]]] = [("", [])]
    for index, part in enumerate(parts):
        previous = _edge(parts, index - 1, -1, before)
        following = _edge(parts, index + 1, 0, after)
        if isinstance(part, str):
            _scan(part, previous, following, stack)
        elif part.kind == "math":
            stack[-1][1].append(part)
        else:
            stack[-1][1].append(Wrap(part.kind, part.value, _level(list(part.parts), previous, following)))
    while len(stack) > 1:  # an opener without a partner is text again
        opener, inner = stack.pop()
        stack[-1][1].extend(_joined([APOSTROPHE if opener == "'" else opener, *inner]))
    return _joined(stack[0][1])


def _joined(parts: Iterable[Part]) -> list[Part]:
    out: list[Part] = []
    for part in parts:
        if out and isinstance(part, str) and isinstance(out[-1], str):
            out[-1] += part
        else:
            out.append(part)
    return out


def _scan(text: str, before: str, after: str, stack: list[tuple[str, list[Part]]]) -> None:
    """Reads one string, opening and closing quotations on `stack`."""
    start = 0
    for index, char in enumerate(text):
        if char not in _QUOTES:
            continue
        previous = text[index - 1] if index else before
        following = text[index + 1] if index + 1 < len(text) else after
        empty = index == start and not stack[-1][1]  # an opener stands right before
        depth = 0 if empty else _closes(char, previous, following, stack)
        opens = char in _OPENERS and following not in _SPACES and (not previous or previous in _BEFORE_OPENER)
        if not depth and not (opens and following):
            if char == "'":
                stack[-1][1].append(text[start:index] + APOSTROPHE)
                start = index + 1
            continue
        if index > start:
            stack[-1][1].append(text[start:index])
        start = index + 1
        if depth:
            _close(depth, stack)
        else:
            stack.append((char, []))
    if start < len(text):
        stack[-1][1].append(text[start:])


def _closes(char: str, previous: str, following: str, stack: list[tuple[str, list[Part]]]) -> int:
    """How deep in `stack` the quotation stands that this character ends; 0 for none."""
    if previous in _SPACES or not previous:
        return 0
    if char in "'’" and following.isalnum():
        return 0
    for depth in range(1, len(stack)):
        if _OPENERS[stack[-depth][0]] == char:
            return depth
    return 0


def _close(depth: int, stack: list[tuple[str, list[Part]]]) -> None:
    for _ in range(depth - 1):  # what was opened inside and never closed is text
        opener, inner = stack.pop()
        stack[-1][1].extend([APOSTROPHE if opener == "'" else opener, *inner])
    opener, inner = stack.pop()
    stack[-1][1].append(Wrap("quoted", _TYPED.get(opener), _joined(inner)))
