"""HTML: a `Listing` to a fragment that is safe to publish or, with `document`, to a page; a `Text` to inline HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from pubtrack.lists.listing_model import Listing
from pubtrack.model.richtext import Span, Text
from pubtrack.writers._inline import (
    Frame,
    Heading,
    Intro,
    WrittenEntry,
    blocks,
    nest_marks,
    one_line,
    printable,
    wrap_mark,
)

MARKS: Mapping[str, tuple[str, str]] = {
    "bold": ("<strong>", "</strong>"),
    "italic": ("<em>", "</em>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "underline": ('<span style="text-decoration:underline;">', "</span>"),
}
"""What opens and closes each mark, as the fixtures of the CSL processors write them."""

_UNSAFE_IN_ID = re.compile(r"[^A-Za-z0-9_-]+")
_CSS = (
    "body{max-width:48rem;margin:2rem auto;padding:0 1rem;font-family:serif;line-height:1.4}"
    ".csl-entry{margin:0 0 .6em}.hanging-indent>.csl-entry{padding-left:2em;text-indent:-2em}"
    ".csl-indent{margin-left:2em}"
)


def inline(value: Text) -> str:
    """`value` with no elements but strong, em, sup, sub, a and span; math stays between dollar signs."""
    return _inline(one_line(value))


def write(listing: Listing, *, prefix: str = "pub-") -> str:
    """`listing` as headings and a `csl-bib-body` each, whose entries have ids: `prefix` and the citation key.

    Within one list the ids differ; lists on one page need prefixes of their own.
    """
    out: list[str] = []
    used: set[str] = set()
    open_body = False
    for block in blocks(listing):
        if isinstance(block, WrittenEntry):
            if not open_body:
                out.append(f'<div class="{_body_class(listing)}">')
                open_body = True
            out.append(_entry(block, _id(prefix, block.item.work.id, used)))
            continue
        if open_body:
            out.append("</div>")
            open_body = False
        if isinstance(block, Heading):
            out.append(f"<h{block.level}>{_inline(block.text)}</h{block.level}>")
        else:
            kind = "intro" if isinstance(block, Intro) else "legend"
            out.append(f'<p class="csl-{kind}">{_inline(block.text)}</p>')
    if open_body:
        out.append("</div>")
    return "".join(f"{line}\n" for line in out)


def document(listing: Listing) -> str:
    """`listing` as an HTML5 page in its language."""
    language = escape(printable(listing.language)) or "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Publications</title>\n<style>{_CSS}</style>\n</head>\n<body>\n{write(listing)}</body>\n</html>\n"
    )


def _inline(value: Text) -> str:
    return nest_marks(value, _leaf, _wrap)


def _leaf(span: Span) -> str:
    return escape(f"${span.text}$" if "math" in span.marks else span.text, quote=False)


def _wrap(frame: Frame, inner: str) -> str:
    return f'<a href="{escape(frame[1])}">{inner}</a>' if frame[0] == "link" else wrap_mark(frame, inner, MARKS)


def _entry(entry: WrittenEntry, name: str) -> str:
    body = "".join(
        f'<div class="csl-{line.display}">{_inline(line.text)}</div>' if line.display else _inline(line.text)
        for line in entry.lines
    )
    if entry.label:
        body = f'<span class="csl-left-margin">{_inline(entry.label)}</span> {body}'
    return f'<div class="csl-entry" id="{name}">{body}</div>'


def _body_class(listing: Listing) -> str:
    return "csl-bib-body hanging-indent" if listing.layout.hanging_indent else "csl-bib-body"


def _id(prefix: str, key: str, used: set[str]) -> str:
    """An id of letters, digits, - and _ alone that is not in `used`, which takes it up."""
    stem = _UNSAFE_IN_ID.sub("-", prefix + key).strip("-") or "pub"
    name, count = stem, 1
    while name in used:
        count += 1
        name = f"{stem}-{count}"
    used.add(name)
    return name
