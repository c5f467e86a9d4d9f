"""A document's text to its marked regions, and back with new content in them; no other character moves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pubtrack.model.errors import PubtrackError


@dataclass(frozen=True, slots=True)
class Region:
    """One marked region: the list it wants, the options on its first line, and its content's place in the text.

    `line` is that of the begin marker, counted from 1; `indent` is the blank space before it.
    """

    list_name: str
    start: int
    end: int
    line: int
    indent: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a kind of document writes a comment line, and what encloses text that only looks like one."""

    opening: str
    closing: str = ""
    verbatim: Sequence[tuple[re.Pattern[str], str]] = ()


_FENCE = re.compile(r"[ ]{0,3}(?P<fence>`{3,}|~{3,})")
_VERBATIM = re.compile(r"\s*\\begin\{(?P<name>verbatim\*?|lstlisting|minted|comment)\}")
MARKDOWN = Syntax("<!--", "-->", ((_FENCE, r"[ ]{0,3}{fence}{fence[0]}*\s*$"),))
HTML = Syntax("<!--", "-->")
LATEX = Syntax("%", "", ((_VERBATIM, r".*\\end\{{name}\}"),))
TYPST = Syntax("//", "", ((_FENCE, r".*{fence}"),))

WORD_MARK = re.compile(r"(?<!`)\{\{\s*+pubtrack:[^{}]*+\}\}")
"""The mark of a place in a Word document, anywhere in a text but in code."""
_INLINE = {
    syntax.opening: re.compile(rf"(?<!`){re.escape(syntax.opening)}\s*+pubtrack:(?:begin|end)\b")
    for syntax in (MARKDOWN, LATEX, TYPST)
}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_OPTION = re.compile(r"""\s*(?P<name>[A-Za-z_-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))""")


def find_regions(text: str, syntax: Syntax, file: str) -> tuple[Region, ...]:
    """The regions of `text`, in order.

    Raises PubtrackError with `file` and line when there is none, when one is nested, not closed or never begun,
    and when a marker or an option is misspelt.
    """
    found: list[Region] = []
    opened: Region | None = None
    for line, start, content in _marker_lines(text, syntax):
        words = _marker(content, syntax)
        if words is not None and syntax.closing and syntax.closing in words:
            raise PubtrackError("a marker stands alone on its line; put a line break behind it", file=file, line=line)
        if words is None:
            continue
        verb, _, rest = words.partition(" ")
        if verb == "begin":
            if opened is not None:
                raise PubtrackError(
                    f"a region begins inside the one of line {opened.line}; close that first", file=file, line=line
                )
            opened = _opened(rest.strip(), start + len(content), line, content, file)
        elif verb == "end":
            if opened is None:
                raise PubtrackError("pubtrack:end without pubtrack:begin before it", file=file, line=line)
            found.append(Region(opened.list_name, opened.start, start, opened.line, opened.indent, opened.options))
            opened = None
        else:
            raise PubtrackError(f'unknown marker "pubtrack:{verb}"; it is begin or end', file=file, line=line)
    if opened is not None:
        raise PubtrackError("this region is never closed; put pubtrack:end behind it", file=file, line=opened.line)
    if not found:
        begin, end = sample_region(syntax)
        raise PubtrackError(f'no marked region; put the lines "{begin}" and "{end}" where the list goes', file=file)
    return tuple(found)


def find_stray_marks(text: str, syntax: Syntax) -> list[tuple[int, str, str]]:
    """The marks that fill nothing, each with its line and what is wrong with it; those in code are examples."""
    found: list[tuple[int, str, str]] = []
    for line, _, content in _marker_lines(text, syntax):
        if "pubtrack:" not in content or _marker(content, syntax) is not None:
            continue
        found += [(line, match.group(), "is a mark of Word documents") for match in WORD_MARK.finditer(content)]
        if match := _INLINE[syntax.opening].search(content):
            words = content[match.start() :].strip()
            mark = words.partition(syntax.closing)[0] + syntax.closing if syntax.closing else words
            found.append((line, mark, "stands within a line"))
    return found


def sample_region(syntax: Syntax) -> tuple[str, str]:
    """The two lines between which a list goes."""
    begin, end = (f"{syntax.opening} pubtrack:{words} {syntax.closing}".strip() for words in ("begin cv", "end"))
    return begin, end


def fill_regions(text: str, regions: Sequence[Region], contents: Sequence[str]) -> str:
    """`text` with `contents` (lines ended by a line feed) in its `regions`, in the document's own line endings."""
    newline = _newline(text)
    pieces: list[str] = []
    done = 0
    for region, content in zip(regions, contents, strict=True):
        pieces += [text[done : region.start], _laid_out(content, region.indent, newline)]
        done = region.end
    return "".join([*pieces, text[done:]])


def _laid_out(content: str, indent: str, newline: str) -> str:
    lines = content.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return "".join(f"{indent if line else ''}{line}{newline}" for line in lines)


def _newline(text: str) -> str:
    """The line ending that most lines of `text` have."""
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=lambda ending: counts[ending])


def _marker_lines(text: str, syntax: Syntax) -> list[tuple[int, int, str]]:
    """Line number, offset and text (with its ending) of each line outside verbatim stretches."""
    lines: list[tuple[int, int, str]] = []
    offset = 0
    closing: re.Pattern[str] | None = None
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = match.group()
        if closing is not None:
            if closing.match(line.rstrip("\r\n")):
                closing = None
        else:
            closing = _verbatim_end(line, syntax)
            if closing is None:
                lines.append((number, offset, line))
        offset += len(line)
    return lines


def _verbatim_end(line: str, syntax: Syntax) -> re.Pattern[str] | None:
    for pattern, closing in syntax.verbatim:
        match = pattern.match(line)
        if match:
            ending = closing
            for name, value in match.groupdict().items():
                ending = ending.replace(f"{{{name}[0]}}", re.escape(value[0]))
                ending = ending.replace(f"{{{name}}}", re.escape(value))
            return re.compile(ending)
    return None


def _marker(line: str, syntax: Syntax) -> str | None:
    """What stands behind "pubtrack:" in a line that begins as a marker, or None for any other line."""
    words = line.strip().lstrip("\ufeff")
    if not words.startswith(syntax.opening) or syntax.closing not in words:
        return None
    inner = words[len(syntax.opening) :].removesuffix(syntax.closing).strip()
    return inner[len("pubtrack:") :].strip() if inner.startswith("pubtrack:") else None


def _opened(words: str, start: int, line: int, content: str, file: str) -> Region:
    region = opened_region(words, file, line)
    if not content.endswith(("\n", "\r")):
        raise PubtrackError("this region is never closed; put pubtrack:end behind it", file=file, line=line)
    indent = content[: len(content) - len(content.lstrip(" \t"))]
    return replace(region, start=start, end=start, indent=indent)


def opened_region(words: str, file: str, line: int = 0) -> Region:
    """The region that `words` ask for, a list's name ("cv" if there is none) and options, its content still empty.

    Raises PubtrackError with `file` and `line` for what is not an option.
    """
    match = re.match(r"[^\s=]+(?=\s|$)", words)
    name = match.group() if match else ""
    position = len(name)
    options: dict[str, str] = {}
    while words[position:].strip():
        option = _OPTION.match(words, position)
        if option is None:
            raise PubtrackError(
                f'"{words[position:].strip()}" is not an option; write name=value or name="a value"',
                file=file,
                line=line,
            )
        value = option["quoted"] if option["quoted"] is not None else option["bare"]
        options[option["name"].replace("-", "_")] = value
        position = option.end()
    return Region(name or "cv", 0, 0, line, "", options)
