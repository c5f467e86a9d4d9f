"""The markup that CSL-JSON allows in strings (italics, nocase, TeX math, …) to `Text` and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pubtrack.model.richtext import Mark, Span, Text, merge_spans

# citation-style-language/schema, csl-data.json and its documentation "Rich text content within fields"; `sc` is
# citeproc-js's older word for small capitals, `underline` is as the CSL fixtures print it.
_TAGS: tuple[tuple[str, str, Mark], ...] = (
    ("<i>", "</i>", "italic"),
    ("<b>", "</b>", "bold"),
    ("<sup>", "</sup>", "sup"),
    ("<sub>", "</sub>", "sub"),
    ('<span style="font-variant:small-caps;">', "</span>", "small-caps"),
    ('<span style="text-decoration:underline;">', "</span>", "underline"),
    ('<span class="nocase">', "</span>", "nocase"),
)
_OPENING: dict[Mark, str] = {mark: opening for opening, _, mark in _TAGS}
_CLOSING: dict[Mark, str] = {mark: closing for _, closing, mark in _TAGS}
_MARKS: dict[str, Mark] = {opening: mark for opening, _, mark in _TAGS} | {"<sc>": "small-caps"}
_CLOSES = {opening: closing for opening, closing, _ in _TAGS} | {"<sc>": "</sc>"}
_FLIPPED: frozenset[Mark] = frozenset({"italic", "bold", "small-caps", "underline"})

# Math as Pandoc finds it (Pandoc manual, extension `tex_math_dollars`): no blank behind the first dollar or in
# front of the last, and no digit behind the last, so that "$5 and $10" is money.
_TOKEN = re.compile(
    r"(?<!\\)\$(?!\s)(?P<math>(?:\\.|[^$\\])+)(?<!\s)\$(?!\d)"
    r"|(?P<style><span\s++style=\"\s*+(?:font-variant:\s*+small-caps|text-decoration:\s*+underline)\s*+;?\s*+\"\s*+>)"
    r"|(?P<nocase><span\s++class=\"nocase\"\s*+>)"
    r"|(?P<tag></?(?:i|b|sc|sup|sub)>|</span>)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Token:
    """A stretch of the markup. `tag` is its canonical form where it is a tag; `paired` once its partner is known."""

    text: str
    tag: str = ""
    math: bool = False
    paired: bool = False


def text_from_markup(value: str) -> Text:
    """The `Text` of a CSL-JSON string. A tag without its partner, and any other tag, is text like the rest.

    Italics within italics are upright, as in print (the same holds for bold, small capitals and underlining).
    """
    if not value:
        return ()
    if "<" not in value and "$" not in value:
        return (Span(value),)
    tokens = list(_tokens(value))
    _pair(tokens)
    return merge_spans(_spans(tokens))


def _tokens(value: str) -> Iterator[_Token]:
    end = 0
    for match in _TOKEN.finditer(value):
        if match.start() > end:
            yield _Token(value[end : match.start()])
        if match["math"] is not None:
            yield _Token(match["math"], math=True)
        elif match["style"]:
            mark: Mark = "small-caps" if "small-caps" in match["style"] else "underline"
            yield _Token(match.group(), tag=_OPENING[mark])
        elif match["nocase"]:
            yield _Token(match.group(), tag=_OPENING["nocase"])
        else:
            yield _Token(match.group(), tag=match.group())
        end = match.end()
    if end < len(value):
        yield _Token(value[end:])


def _pair(tokens: list[_Token]) -> None:
    """Marks the opening tags and the closing ones that belong together; crossed ones stay text."""
    waiting: list[_Token] = []
    count: dict[str, int] = {}
    for token in tokens:
        if token.tag in _CLOSES:
            waiting.append(token)
            count[_CLOSES[token.tag]] = count.get(_CLOSES[token.tag], 0) + 1
        elif token.tag and count.get(token.tag):
            while True:
                opening = waiting.pop()
                count[_CLOSES[opening.tag]] -= 1
                if _CLOSES[opening.tag] == token.tag:
                    break
            opening.paired = token.paired = True


def _spans(tokens: list[_Token]) -> Iterator[Span]:
    marks: tuple[Mark, ...] = ()
    outside: list[tuple[Mark, ...]] = []
    for token in tokens:
        if token.math:
            yield Span(token.text, (*marks, "math"))
        elif not token.paired:
            yield Span(token.text, marks)
        elif token.tag in _CLOSES:
            outside.append(marks)
            marks = _entered(marks, _MARKS[token.tag])
        else:
            marks = outside.pop()


def _entered(marks: tuple[Mark, ...], mark: Mark) -> tuple[Mark, ...]:
    if mark not in marks:
        return (*marks, mark)
    return tuple(other for other in marks if other != mark) if mark in _FLIPPED else marks


def text_to_markup(value: Text) -> str:
    """The CSL-JSON string of `value`; links and persons, which that markup lacks, print as their text."""
    parts: list[str] = []
    current: list[Mark] = []
    for span in value:
        marks: list[Mark] = [mark for mark in span.marks if mark != "math"]
        shared = 0
        while shared < min(len(current), len(marks)) and current[shared] == marks[shared]:
            shared += 1
        parts += [_CLOSING[mark] for mark in reversed(current[shared:])]
        parts += [_OPENING[mark] for mark in marks[shared:]]
        parts.append(f"${span.text}$" if "math" in span.marks else span.text)
        current = marks
    parts += [_CLOSING[mark] for mark in reversed(current)]
    return "".join(parts)
