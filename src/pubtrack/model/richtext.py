"""Formatted text without any markup language: a tuple of spans, each with its marks, link and person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pubtrack.model.name import Name

Mark = Literal[
    "bold", "italic", "underline", "small-caps", "sup", "sub",  # how it looks
    "nocase",  # its letter case is protected: no text-case may change it
    "math",  # the text is TeX math without its dollar signs
]  # fmt: skip
Display = Literal["", "block", "left-margin", "right-inline", "indent"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that is formatted in one way.

    `marks` go from the outermost to the innermost, without repetition. `url` is a link's target, `name` the
    person whose name (or a part of it) this span prints, `display` the block it stands in (CSL 1.0.2,
    section "Display").
    """

    text: str
    marks: tuple[Mark, ...] = ()
    url: str = ""
    name: Name | None = None
    display: Display = ""


Text = tuple[Span, ...]


def text(value: str, *marks: Mark) -> Text:
    """`value` as a `Text` of one span, or of none when it is empty."""
    return (Span(value, marks),) if value else ()


def plain(value: Text) -> str:
    """The characters of `value`, math between dollar signs as in TeX."""
    return "".join(f"${span.text}$" if "math" in span.marks else span.text for span in value)


def join_texts(parts: Iterable[Text], separator: Text = ()) -> Text:
    """The non-empty `parts`, one behind the other with `separator` between."""
    spans: list[Span] = []
    for part in parts:
        if part:
            if spans:
                spans += separator
            spans += part
    return tuple(spans)


def mark_text(value: Text, mark: Mark) -> Text:
    """`value` with `mark` as the outermost mark of every span."""
    return tuple(span if mark in span.marks else replace(span, marks=(mark, *span.marks)) for span in value)


def merge_spans(value: Iterable[Span]) -> Text:
    """`value` with equal neighbours joined and empty spans dropped."""
    spans: list[Span] = []
    parts: list[str] = []  # the texts of the last span, joined once: joining each would be quadratic
    for span in value:
        if not span.text:
            continue
        last = spans[-1] if spans else None
        if (
            last is not None
            and last.name is span.name
            and (last.marks, last.url, last.display) == (span.marks, span.url, span.display)
            and "math" not in span.marks
        ):
            parts.append(span.text)
        else:
            _set_last_text(spans, parts)
            spans.append(span)
            parts = [span.text]
    _set_last_text(spans, parts)
    return tuple(spans)


def _set_last_text(spans: list[Span], parts: list[str]) -> None:
    if len(parts) > 1:
        spans[-1] = replace(spans[-1], text="".join(parts))


def name_runs(value: Text) -> Iterator[tuple[Name | None, Text]]:
    """The stretches of `value` that print one person each, and (with None) what stands between them."""
    start = 0
    for end in range(1, len(value) + 1):
        if end == len(value) or value[end].name is not value[start].name:
            yield value[start].name, value[start:end]
            start = end


def map_names(value: Text, change: Callable[[Name, Text], Text]) -> Text:
    """`value` with each stretch that prints a person replaced by `change(person, stretch)`."""
    spans: list[Span] = []
    for name, run in name_runs(value):
        spans += run if name is None else change(name, run)
    return tuple(spans)
