"""Markdown: a `Listing` to blocks, a `Text` to a line, which CommonMark, GitHub and Pandoc read alike.

Math stays TeX between dollar signs, which GitHub and Pandoc set. What Markdown has no sign for (small capitals,
underline, raised and lowered text) is in HTML tags. How a character is escaped is what all three know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from pubtrack.lists.listing_model import Listing
from pubtrack.model.richtext import Span, Text
from pubtrack.writers._emphasis import MarkdownToken, hug_emphasis, write_tokens
from pubtrack.writers._inline import Frame, Heading, WrittenEntry, blocks, frames, one_line
from pubtrack.writers._math import read_formula

TAGS: Mapping[str, tuple[str, str]] = {
    "underline": ("<u>", "</u>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
}

_SPECIAL = re.compile(
    r"[\\`*_\[\]{}|$]"
    r"|\"|(?<!\w)'"  # Pandoc: a quotation, which takes what it holds out of its tags
    r"|(?<=-)-"  # Pandoc: a dash
    r"|(?i:(?<=http)|(?<=https)|(?<=ftp)):(?=//)|(?i:(?<=www))\."  # GitHub: a link, that keeps backslashes
)
_REFERENCE = re.compile(r"&(?=#?\w+;)")
# Not every reader knows a backslash before these.
_ENTITY = re.compile(rf"[<~^@]|{_REFERENCE.pattern}")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", "^": "&#94;", "@": "&#64;"}
# What begins a block (CommonMark 0.31.2, chapter 4 and 5; Pandoc's title block, definitions and fancy lists).
_BLOCK_START = re.compile(r"\A(?:(?=[#+=:%>-])|(\(?(?:[0-9]{1,9}|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+))(?=[.)](?: |$)))")
_INITIAL = re.compile(r"[A-Z]\. ")


def inline(value: Text) -> str:
    """`value` as Markdown, safe at the start of a line too."""
    return _line(one_line(value))


def write(listing: Listing) -> str:
    """`listing` with one blank line between headings, entries and the legend; numbers are no list markers."""
    parts: list[str] = []
    for block in blocks(listing):
        if isinstance(block, WrittenEntry):
            lines = [_line(block.first), *(_line(line.text) for line in block.lines[1:])]
            parts.append("\\\n".join(lines))
        elif isinstance(block, Heading):
            parts.append("#" * block.level + " " + re.sub("(?<!#)(#++)$", r"\\\1", _line(block.text)))
        else:
            parts.append(_line(block.text))
    return "\n\n".join(parts) + "\n" if parts else ""


def _line(value: Text) -> str:
    shown = _spans(value)
    if _INITIAL.match(shown):  # Pandoc wants two blanks behind "A." to see a list
        return shown
    return _BLOCK_START.sub(r"\1\\", shown, count=1) if _BLOCK_START.match(shown) else shown


def _spans(value: Text, before: str = " ", after: str = " ") -> str:
    tokens: list[MarkdownToken] = []
    for url, run in groupby(value, attrgetter("url")):
        spans = tuple(run)
        tokens += [MarkdownToken("raw", _link(spans, url))] if url else _tokens(spans)
    tokens = hug_emphasis(tokens)
    around = [MarkdownToken("text", before), *tokens, MarkdownToken("text", after)]
    escaped = [
        MarkdownToken("text", _escaped(token.value, around[index], around[index + 2]))
        if token.kind == "text"
        else token
        for index, token in enumerate(tokens)
    ]
    return write_tokens(escaped, before, after)


def _link(spans: Text, url: str) -> str:
    bare = tuple(Span(span.text, span.marks) for span in spans)
    if len(bare) == 1 and not bare[0].marks and bare[0].text == url:
        return f"<{url}>"
    target = _REFERENCE.sub("&amp;", url.replace("(", "%28").replace(")", "%29"))
    return f"[{_spans(bare, '[', ']')}]({target})"


def _tokens(spans: Text) -> Iterator[MarkdownToken]:
    """The tokens of `spans`; of the marks that go on from one to the next as many stay open as can."""
    stack: list[Frame] = []
    for span in spans:
        wanted = frames(span)
        keep = 0
        while keep < len(stack) and stack[keep] in wanted:
            keep += 1
        while len(stack) > keep:
            yield _edge(stack.pop(), opening=False)
        for frame in wanted:
            if frame not in stack:
                stack.append(frame)
                yield _edge(frame, opening=True)
        yield from _leaf(span)
    while stack:
        yield _edge(stack.pop(), opening=False)


def _edge(frame: Frame, *, opening: bool) -> MarkdownToken:
    mark = frame[0]
    if mark in TAGS:
        return MarkdownToken("raw", TAGS[mark][0 if opening else 1])
    return MarkdownToken("open" if opening else "close", mark)


def _leaf(span: Span) -> Iterator[MarkdownToken]:
    if "math" not in span.marks:
        yield MarkdownToken("text", span.text)
    elif (tex := _math(span.text)) is None:
        yield MarkdownToken("text", f"${span.text}$")
    else:
        yield MarkdownToken("raw", f"${tex}$")


def _math(tex: str) -> str | None:
    """The formula `tex` so that nothing in it is Markdown or HTML, or None where it is not a formula.

    Renderers that know no math show it as it stands, so that it must not begin a tag, a link or emphasis.
    """
    found = read_formula(tex)
    if found is None:
        return None
    checked = re.sub(r"\](?=[(\[])", "] ", found.tex.replace("*", r"\ast "))
    return re.sub(r"<(?! )", "< ", checked).strip(" ")


def _escaped(value: str, left: MarkdownToken, right: MarkdownToken) -> str:
    """`value` between two tokens: no "!" makes the link behind it an image, no digit ends math as a price."""
    escaped = _ENTITY.sub(lambda match: _ENTITIES[match[0]], _SPECIAL.sub(r"\\\g<0>", value))
    if value.endswith("!") and right.kind == "raw" and right.value.startswith("["):
        escaped = escaped[:-1] + "\\!"
    if value[0].isdigit() and left.kind == "raw" and left.value.startswith("$"):
        escaped = f"&#{ord(value[0])};{escaped[1:]}"
    return escaped
