r"""The citations of a Markdown, Quarto or R Markdown document: pandoc's `@key`, and LaTeX's `\cite{key}` typed in.

Keys are read as pandoc's manual says ("Citation syntax"). Code, HTML tags and comments, formulas, URLs and e-mail
addresses cite nothing, nor do Quarto's cross-references (`@fig-…`), pandoc-crossref's to a label that stands in the
text (`@fig:x` with `{#fig:x}`), pandoc's to its numbered examples (`(@good)`). Included are Quarto's
`{{< include _chapter.qmd >}}` and knitr's `child` documents.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from pubtrack.citation_scan._collector import Gathering, SourceText, decode_document
from pubtrack.citation_scan._markdown_blocks import blank_out, blocks
from pubtrack.citation_scan._paths import folder_of, join_path
from pubtrack.citation_scan._tex_commands import typed
from pubtrack.citation_scan._values import Read, Scan

KEY = r"@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*+)|(?P<all>\*))"
"""Three spellings of a key in pandoc; `@*`, for all, counts in `nocite` only."""

_TOKEN = re.compile(
    rf"\\[^\w\s]"
    r"|(?:\{(?:foot)?cite(?:[:a-z]*)\})?`+"
    r"|<!--"
    r"|</?[A-Za-z](?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+>"
    r"|<[^<>\s@]+@[^<>\s@]+>"
    r"|\]\(\s*+<?[^\s()<>]*+"
    r"|(?:https?|ftp)://[^\s<>\])}\"]*+"
    r"|\$\$[^$]*+\$\$|\$(?=[^\s$])[^$\n]*+(?<=[^\s\\])\$(?!\d)"
    r"|\{\{<[ \t]*+include[ \t]++(?:\"(?P<quoted>[^\"\n]*+)\"|(?P<included>[^\s>\"]++))[ \t]*+>\}\}"
    r"|\{#(?P<label>[^\s{}]++)[^{}]*+\}"
    rf"|{KEY}"
)
_RAW_HTML = re.compile(r"<(script|style|pre|textarea)\b", re.I)
_BACKTICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_EXAMPLE = re.compile(r"^[ \t]*\(@([\w-]+)\)[ \t]", re.M)
_CROSS_REFERENCE = re.compile(
    r"(?:[fF]ig|[sS]ec|[tT]bl|[eE]q|[lL]st|[tT]hm|[lL]em|[cC]or|[pP]rp|[cC]nj|[dD]ef|[eE]xm|[eE]xr|[rR]em|[sS]ol|[nN]te|"
    r"[tT]ip|[wW]rn|[iI]mp|[cC]au|[vV]id)-"
)
"""Prefixes of Quarto's labels ("Cross References", reserved prefixes)."""
_CROSSREF_FILTER = re.compile(r"(?:fig|tbl|eq|sec|lst):")


def scan(content: bytes, file: str, read: Read) -> Scan:
    """What the document cites, with what it includes."""
    return scan_texts([(decode_document(content), file)], file, read)


def scan_texts(parts: list[tuple[str, str]], file: str, read: Read) -> Scan:
    """What the texts cite that make up the document `file`, each given with the name that its places shall have."""
    gathering = Gathering(read, file)
    for text, name in parts:
        _Reading(gathering, folder_of(file)).scan(SourceText(text, name))
    return gathering.scan()


class _Reading:
    """A document and its included files; names count from the including file's folder or from the main one's."""

    def __init__(self, gathering: Gathering, folder: str) -> None:
        self.gathering = gathering
        self.folder = folder

    def scan(self, source: SourceText) -> None:
        found = blocks(source.text)
        for name in found.bibliographies:
            self.gathering.name_library(name)
        self.gathering.labels.update(match[1] for match in _EXAMPLE.finditer(found.prose))
        inline = _Inline(found.prose, found.metadata_end, self.gathering.labels)
        citations = [*inline.run(), *((offset, key, False) for offset, key in typed(found.latex))]
        events: list[tuple[int, str, bool | None]] = [
            *citations,
            *((offset, name, None) for offset, name in inline.includes),
        ]
        events += [(offset, name, None) for offset, name in found.children]
        for offset, word, reference in sorted(events, key=lambda event: event[0]):
            if reference is None:
                self._include(word, source, offset)
            else:
                self.gathering.cite(word, source, offset, reference=reference)

    def _include(self, name: str, source: SourceText, offset: int) -> None:
        here = folder_of(source.file)
        paths = [join_path(self.folder, name.lstrip("/")) if name.startswith("/") else join_path(here, name)]
        paths.append(join_path(self.folder, name))
        if not self.gathering.include(dict.fromkeys(paths), self.scan, source, offset):
            message = f"{paths[0]} is not there; write it, or take the include out"
            self.gathering.problems.append(source.error(message, offset))


class _Inline:
    """The prose of one file, token by token."""

    def __init__(self, prose: str, metadata_end: int, labels: set[str]) -> None:
        self.text = prose
        self.metadata_end = metadata_end
        self.labels = labels
        self.includes: list[tuple[int, str]] = []
        self.left_out: list[tuple[int, int]] = []
        self.runs = _backtick_runs(prose)
        self.blank_lines = [match.start() for match in _BLANK_LINE.finditer(prose)]
        self.no_more: set[str] = set()

    def run(self) -> list[tuple[int, str, bool]]:
        """Offset, key, and whether a label may claim it, of each citation."""
        found: list[tuple[int, str, bool]] = []
        position = 0
        while (match := _TOKEN.search(self.text, position)) is not None:
            token, position = match[0], match.end()
            if token[0] == "\\":
                continue
            if token[0] == "@":
                found += self._key(match)
            elif token[-1] == "`":
                end = self._code_span(match)
                if token[0] == "{" and end > position:
                    found += _roles(position, self.text[position:end])
                position = end
            elif token == "<!--":
                position = self._comment(position)
            elif match["quoted"] or match["included"]:
                self.includes.append((match.start(), match["quoted"] or match["included"]))
            elif match["label"]:
                self.labels.add(match["label"])
            elif token[0] == "<" and (raw := _RAW_HTML.match(token)):
                position = self._closed_by(f"</{raw[1].lower()}", position)
        return [*found, *((offset, key, False) for offset, key in self._typed())]

    def _key(self, match: re.Match[str]) -> Iterator[tuple[int, str, bool]]:
        """A key does not stand right behind a letter or digit: that is an e-mail address."""
        if match.start() and self.text[match.start() - 1].isalnum():
            return
        key = match["braced"] or match["bare"] or match["all"]
        if key == "*" and match.start() >= self.metadata_end:
            return
        if _CROSS_REFERENCE.match(key) and not match["braced"]:
            return
        example = (
            self.text[match.start() - 1 : match.start()] == "(" and self.text[match.end() : match.end() + 1] == ")"
        )
        yield match.start(), key, example or _CROSSREF_FILTER.match(key) is not None

    def _code_span(self, match: re.Match[str]) -> int:
        """Behind the next run of as many backticks in the same paragraph (CommonMark, 6.1), if there is one."""
        length = match[0].count("`")
        runs = self.runs.get(length, [])
        place = bisect_right(runs, match.end() - length)
        if place == len(runs):
            return match.end()
        paragraph = bisect_right(self.blank_lines, match.end())
        if paragraph < len(self.blank_lines) and self.blank_lines[paragraph] < runs[place]:
            return match.end()
        return self._leave_out(match.start(), runs[place] + length)

    def _comment(self, position: int) -> int:
        end = self._found("-->", position)
        return self._leave_out(position - 4, end + 3) if end >= 0 else position

    def _closed_by(self, tag: str, position: int) -> int:
        end = self._found(tag, position)
        return self._leave_out(position, end) if end >= 0 else position

    def _found(self, word: str, position: int) -> int:
        """Where `word` stands next, or -1, for which the text is searched once only."""
        if word in self.no_more:
            return -1
        end = self.text.find(word, position)
        if end < 0:
            self.no_more.add(word)
        return end

    def _leave_out(self, begin: int, end: int) -> int:
        self.left_out.append((begin, end))
        return end

    def _typed(self) -> Iterator[tuple[int, str]]:
        """LaTeX's commands within the prose, outside code and comments."""
        if "\\" not in self.text:
            return iter(())
        parts = []
        position = 0
        for begin, end in self.left_out:
            parts += [self.text[position:begin], blank_out(self.text[begin:end])]
            position = end
        return typed("".join([*parts, self.text[position:]]))


def _roles(offset: int, span: str) -> Iterator[tuple[int, str, bool]]:
    """The keys of MyST's `` {cite:p}`a,b` ``; `offset` is that of the code span's text."""
    for match in re.finditer(r"[^\s,`]+", span):
        yield offset + match.start(), match[0], False


def _backtick_runs(text: str) -> dict[int, list[int]]:
    """The offsets of the runs of backticks, by their lengths."""
    runs: dict[int, list[int]] = {}
    for match in _BACKTICKS.finditer(text):
        runs.setdefault(len(match[0]), []).append(match.start())
    return runs
