"""The tags that titles and names come with (HTML's faces, JATS, MathML) to marks: a string in, spans out.

Face markup is Crossref's: b, i, u, ovl, sup, sub, scp, tt and MathML (crossref.org, "Face markup"), with the names that
JATS and HTML have for them, under any namespace prefix. Other tags of these languages are left out; what merely looks
like a tag ("<unk>", "p<0.05") is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterator

from pubtrack.model.richtext import Mark, Span, Text, merge_spans, plain
from pubtrack.sources import _mathml

_FACES: dict[str, Mark | None] = {
    "i": "italic", "em": "italic", "italic": "italic", "b": "bold", "strong": "bold", "bold": "bold", "sub": "sub",
    "inf": "sub", "sup": "sup", "scp": "small-caps", "sc": "small-caps", "smallcaps": "small-caps", "u": "underline",
    "underline": "underline", "ovl": None, "overline": None, "tt": None, "monospace": None, "code": None, "ul": None,
}  # fmt: skip
"""Tags that change how text looks; None where no mark stands for that."""
_BREAKS = frozenset("p br title sec break list-item list disp-formula div li ol h1 h2 h3 h4 abstract".split())
_GONE = frozenset("script style annotation annotation-xml tex-math".split())
_KNOWN = _BREAKS | _GONE | frozenset(
    "math span a font body html inline-formula alternatives named-content styled-content xref ext-link uri email roman "
    "sans-serif small big strike s del ins q cite abbr label graphic inline-graphic fn mrow mi mn mo msup msub center "
    "chem-struct-wrap inline-supplementary-material related-article std ruby rt rb object nobr blockquote".split()
)  # fmt: skip
_PREFIXES = frozenset({"jats:", "mml:", "m:", "xhtml:", "html:", "ns0:", "ns1:", "ns2:", "ns3:", "ns4:"})
_TAG = re.compile(
    r"<(?P<end>/?)(?P<prefix>[A-Za-z][\w.-]{0,20}:)?(?P<name>[A-Za-z][\w.-]{0,40})(?P<rest>(?:\s[^<>]*)?/?)>"
)
_SMALL_CAPS = re.compile(r"small-?caps", re.I)
_TEX = re.compile(r"\$\$?(?!\$)(.+?)\$\$?", re.S)
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+\Z")
_WORD_BEHIND = re.compile(r"(?!(?:th|st|nd|rd)\b)(?:[a-z]{2,}|[A-Z][a-z])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def read(source: str) -> tuple[Text, bool]:
    """The spans of `source`, and whether there was markup in it. Entities are unescaped, at most twice."""
    spans, found = _spans(_without_comments(source) if "<!" in source else source)
    once = [Span(_unescaped(span.text), span.marks) for span in spans]
    # What was escaped twice holds face markup that was text for the one who escaped it.
    again: list[Span] = []
    for span in once:
        inner, more = _spans(span.text) if "<" in span.text and _holds_pair(span.text) else ([span], False)
        found = found or more
        again += [Span(part.text, (*span.marks, *_new(part.marks, span.marks))) for part in inner] if more else [span]
    return merge_spans(_closed_up([Span(_unescaped(span.text), span.marks) for span in again])), found


def _without_comments(source: str) -> str:
    """`source` without comments, and what CDATA sections hold with its signs escaped."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        parts: list[str] = []
        position = 0
        while (start := source.find(opening, position)) >= 0:
            end = source.find(closing, start + len(opening))
            if end < 0:
                break
            inner = "" if opening == "<!--" else html.escape(source[start + len(opening) : end], quote=False)
            parts += [source[position:start], inner]
            position = end + len(closing)
        source = "".join([*parts, source[position:]])
    return source


def _unescaped(value: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), value) if "&" in value else value


def _holds_pair(value: str) -> bool:
    """Whether a face's opening tag and its closing one stand in `value`, or a whole formula."""
    opened: set[str] = set()
    for tag in _TAG.finditer(value):
        name = tag["name"].lower()
        if name in opened and tag["end"]:
            return True
        if not tag["end"] and (name in _FACES or name == "math"):
            opened.add(name)
    return False


def _new(marks: tuple[Mark, ...], known: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark not in known)


def _spans(source: str) -> tuple[list[Span], bool]:
    """The stretches of `source` between its tags with their marks, and whether there are tags."""
    if "<" not in source:
        return [Span(source)], False
    reading = _Reading(source)
    return list(reading.spans()), reading.found


class _Reading:
    """One pass over the tags of a string."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found = False
        self.open: list[tuple[str, Mark | None]] = []
        self.has_math = re.search(r"<(?:\w+:)?math[\s>]", source) is not None

    def spans(self) -> Iterator[Span]:
        position = 0
        for tag in _TAG.finditer(self.source):
            if tag.start() < position or not self._is_markup(tag):
                continue
            yield Span(self.source[position : tag.start()], self.marks)
            self.found = True
            position = tag.end()
            name = tag["name"].lower()
            if name in ("math", *_GONE) and not tag["end"] and not tag["rest"].endswith("/"):
                position = yield from self._whole(tag, name)
            elif name in _BREAKS:
                yield Span(" ", self.marks)
            else:
                self._enter_or_leave(name, tag)
        yield Span(self.source[position:], self.marks)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(dict.fromkeys(mark for _, mark in self.open if mark))

    def _is_markup(self, tag: re.Match[str]) -> bool:
        name = tag["name"].lower()
        prefix = (tag["prefix"] or "").lower()
        return prefix in _PREFIXES or (not prefix and (name in _FACES or name in _KNOWN))

    def _enter_or_leave(self, name: str, tag: re.Match[str]) -> None:
        if tag["end"]:
            at = next((n for n in range(len(self.open) - 1, -1, -1) if self.open[n][0] == name), None)
            if at is not None:
                del self.open[at]
        elif not tag["rest"].endswith("/") and len(self.open) < 50:
            mark = _FACES.get(name)
            if name in ("span", "styled-content") and _SMALL_CAPS.search(tag["rest"]):
                mark = "small-caps"
            self.open.append((name, mark))

    def _whole(self, tag: re.Match[str], name: str) -> Generator[Span, None, int]:
        """The element that `tag` opens, as a formula or as nothing; returns where it ends."""
        closing = re.compile(rf"</(?:\w+:)?{name}\s*>", re.I).search(self.source, tag.end())
        end = closing.end() if closing else len(self.source)
        inner = self.source[tag.end() : closing.start() if closing else end]
        if name == "math":
            yield from self._formula(_mathml.read(inner), tag.start(), end)
        elif name == "tex-math" and not self.has_math and (tex := _TEX.search(inner)):
            yield Span(f"${tex[1].strip()}$", self.marks)
        return end

    def _formula(self, formula: Text, start: int, end: int) -> Iterator[Span]:
        """A formula, with the blanks around it that depositors' programs lose ("in the<math>N</math>nucleus")."""
        shown = plain(formula).strip()
        if shown[:1].isalnum() and _WORD_BEFORE.search(self.source[max(0, start - 8) : start]):
            yield Span(" ", self.marks)
        for span in formula:
            yield Span(span.text, (*self.marks, *_new(span.marks, self.marks)))
        if shown[-1:].isalnum() and _WORD_BEHIND.match(self.source, end):
            yield Span(" ", self.marks)


def _closed_up(spans: list[Span]) -> Iterator[Span]:
    """`spans` with the blank between "of" and "<i>Mycobacterium</i>" that the same programs lose."""
    for at, span in enumerate(spans):
        if (
            at
            and span.text
            and (before := spans[at - 1]).text
            and ("italic" in span.marks) != ("italic" in before.marks)
        ):
            scripted = {"sup", "sub"} & {*span.marks, *before.marks}
            if not scripted and re.search(r"[a-z]{2}\Z", before.text) and re.match(r"[A-Z][a-z]{2}", span.text):
                yield Span(" ")
        yield span
