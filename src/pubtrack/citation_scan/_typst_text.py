"""One Typst file in one pass: its modes (markup, code, math), references, labels, calls that cite, files it names.

The rules are those of Typst's own lexer (reference, "Syntax" and "Label"): in markup `#` begins code, which for a
call ends with its last bracket, for a statement with the line; in code `[` begins markup again; `$` begins math.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pubtrack.citation_scan._collector import Gathering, SourceText

_COMMENT = r"//[^\n]*|/\*"
_LABEL = r"<(?P<label>[\w\-.:]+)>"
_MARKUP = re.compile(
    r"\\(?:u\{[0-9a-fA-F]*\}|.)|https?://[0-9A-Za-z!#$%&*+,\-./:;=?@_~'()]*+"
    rf"|{_COMMENT}|`+|@(?P<reference>[\w\-.:]++)|{_LABEL}|#(?P<word>[^\W\d][\w-]*)?|[$\[\]]",
    re.S,
)
_CODE = re.compile(
    rf'{_COMMENT}|"(?P<string>(?:[^"\\]|\\.)*+)"?|`+|@(?P<reference>[\w\-.:]++)|{_LABEL}'
    r"|(?P<word>[^\W\d][\w-]*+)|[\[\](){}$;\n]",
    re.S,
)
_MATH = re.compile(rf'\\.|{_COMMENT}|"(?:[^"\\]|\\.)*+"?|#(?P<word>[^\W\d][\w-]*)?|\$', re.S)
_STAR_SLASH = re.compile(r"/\*|\*/")
_LINES = frozenset("let set show import include return".split())
_EXPRESSIONS = frozenset("if for while context".split())
_ELSE = re.compile(r"\s*else\b")
_FIELD = re.compile(r"\.([^\W\d][\w-]*)")
_LABEL_CALL = re.compile(r'\(\s*+"([^"\\]*+)"\s*+,?\s*+\)')
_FILE = re.compile(r'\s*"([^"\\\n]*)"')
_NAMED = re.compile(r"(?<![\w-])[\w-]++\s*+:\s*+$")
_FULL = re.compile(r"\s*:\s*true\b")
_LET = re.compile(r"\s*+([^\W\d][\w-]*+)\s*+(?:\(([^()]*+)\))?\s*+=\s*+")
_CITES = re.compile(r"\bcite(?:\.with)?\s*\(\s*(label\s*\(\s*)?([^\W\d][\w-]*)?")
_BODY = 400
_DOMAIN = re.compile(r"[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.[A-Za-z]{2,}")


@dataclass(slots=True)
class Functions:
    """The names of functions that cite the labels, or the strings, that they are called with."""

    by_label: set[str] = field(default_factory=lambda: {"cite"})
    by_string: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Frame:
    """A mode and what ends it. `call` is the function whose arguments these are; `chained`: a call may go on behind."""

    mode: re.Pattern[str]
    closer: str
    call: str = ""
    chained: bool = False
    expression: bool = False


class TypstScan:
    """The scan of one file; `include(name, source, offset)` takes over for a file that it names."""

    def __init__(
        self,
        source: SourceText,
        gathering: Gathering,
        functions: Functions,
        include: Callable[[str, SourceText, int], None],
    ) -> None:
        self.source = source
        self.text = source.text
        self.gathering = gathering
        self.functions = functions
        self.include = include
        self.frames = [_Frame(_MARKUP, "")]

    def run(self) -> None:
        """Scans the file to its end."""
        position = 0
        while (match := self.frames[-1].mode.search(self.text, position)) is not None:
            position = self._token(match)

    def _token(self, match: re.Match[str]) -> int:
        """Takes one token; returns where to go on."""
        mode, token, end = self.frames[-1].mode, match[0], match.end()
        if token == "/*":
            return self._comment(end)
        if token[0] == "`":
            return self._raw(match)
        if token[0] in "\\/" or (mode is _MARKUP and token[0] == "h") or (mode is _MATH and token[0] == '"'):
            return end  # an escape, a comment, a link, a string
        if token[0] == "@":
            return self._reference(match)
        if token[0] == "<" and match["label"]:
            return self._label(match["label"], match.start(), end)
        if token[0] == "#":
            return self._hash(match["word"] or "", end)
        if mode is _CODE and token[0] == '"':
            return self._string(match)
        if mode is _CODE and match["word"]:
            return self._word(match["word"], end)
        return self._bracket(token, end)

    def _comment(self, position: int) -> int:
        depth = 1
        for match in _STAR_SLASH.finditer(self.text, position):
            depth += 1 if match[0] == "/*" else -1
            if depth == 0:
                return match.end()
        return len(self.text)

    def _raw(self, match: re.Match[str]) -> int:
        """One backtick or three and more open raw text, which as many close; two are empty raw text."""
        if len(match[0]) == 2:
            return match.end()
        end = self.text.find(match[0], match.end())
        return end + len(match[0]) if end >= 0 else len(self.text)

    # References and labels -------------------------------------------------------------------------------------------

    def _reference(self, match: re.Match[str]) -> int:
        """A label's trailing `.` and `:` belong to the sentence. In code, `@` shows that its line was over."""
        if self.frames[-1].mode is _CODE:
            if self.frames[-1].closer != "\n":
                return match.end()
            self.frames.pop()
        key = match["reference"].rstrip(".:")
        before = self.text[match.start() - 1 : match.start()]
        mail = before.isascii() and (before.isalnum() or before in tuple("._+-")) and _DOMAIN.fullmatch(key)
        if key and not mail:
            self.gathering.cite(key, self.source, match.start(), reference=True)
        return match.start() + 1 + len(key) if key else match.end()

    def _label(self, label: str, offset: int, end: int) -> int:
        if self.frames[-1].mode is _MARKUP:
            self.gathering.labels.add(label)
            return end
        call = self._call()
        if call in self.functions.by_label:
            self.gathering.cite(label, self.source, offset)
        elif call == "ref":
            self.gathering.cite(label, self.source, offset, reference=True)
        return end

    def _call(self) -> str:
        """The function in whose arguments, maybe in an array there, the text is."""
        return self.frames[-1].call

    def _string(self, match: re.Match[str]) -> int:
        call = self._call()
        if call in self.functions.by_string:
            self.gathering.cite(match["string"], self.source, match.start())
        elif call == "bibliography":
            before = self.text[max(match.start() - 40, 0) : match.start()]
            if not _NAMED.search(before):
                self.gathering.name_library(match["string"])
        return match.end()

    # Code ------------------------------------------------------------------------------------------------------------

    def _hash(self, word: str, end: int) -> int:
        """`#` in markup or math: a statement, an expression in brackets, or a name with what is called on it."""
        if word in _LINES or word in _EXPRESSIONS:
            self.frames.append(_Frame(_CODE, "\n", expression=word in _EXPRESSIONS))
            return self._word(word, end)
        if word:
            return self._chain(word, end)
        sign = self.text[end : end + 1]
        if sign in ("{", "("):
            self.frames.append(_Frame(_CODE, "}" if sign == "{" else ")", chained=True))
            return end + 1
        if sign == '"':
            string = _CODE.match(self.text, end)
            assert string is not None
            return string.end()
        return end

    def _chain(self, name: str, position: int) -> int:
        """What follows a name without a blank: `.field`, `(arguments)`, `[content]`."""
        while (match := _FIELD.match(self.text, position)) is not None:
            name, position = match[1], match.end()
        sign = self.text[position : position + 1]
        if sign == "(":
            if name == "label" and (call := _LABEL_CALL.match(self.text, position)):
                return self._label(call[1], position, call.end())
            self.frames.append(_Frame(_CODE, ")", call=name or "-", chained=True))
            return position + 1
        if sign == "[":
            self.frames.append(_Frame(_MARKUP, "]", chained=True))
            return position + 1
        return position

    def _word(self, word: str, end: int) -> int:
        """A name within code: a call, or a keyword that names a file or defines a function."""
        if word in ("include", "import"):
            match = _FILE.match(self.text, end)
            if match is not None:
                self.include(match[1], self.source, end)
                return match.end()
            if word == "include":
                message = "which file this includes cannot be told from the source; give that file as a document, too"
                self.gathering.warnings.append(self.source.error(message, end))
        elif word == "let":
            self._let(end)
        elif word == "full" and self._call() == "bibliography" and _FULL.match(self.text, end):
            self.gathering.everything = True
        elif word == "label" and (call := _LABEL_CALL.match(self.text, end)):
            return self._label(call[1], end, call.end())
        elif self.text[end : end + 1] == "(":
            self.frames.append(_Frame(_CODE, ")", call=word))
            return end + 1
        return end

    def _let(self, position: int) -> None:
        """`#let name(key) = cite(key, …)` and `#let name = cite.with(…)`: a function that cites."""
        head = _LET.match(self.text, position)
        if head is None:
            return
        body = self.text[head.end() : head.end() + _BODY].partition("\n\n")[0].partition("#let ")[0]
        parameters = {part.partition(":")[0].strip(" .\n") for part in (head[2] or "").split(",")}
        for match in _CITES.finditer(body):
            if match[2] in parameters and match[2]:
                (self.functions.by_string if match[1] else self.functions.by_label).add(head[1])
        if head[2] is None and re.match(r"cite\b(?:\.with|\s*$)", body, re.M):
            self.functions.by_label.add(head[1])

    # Brackets --------------------------------------------------------------------------------------------------------

    def _bracket(self, token: str, end: int) -> int:
        top = self.frames[-1]
        if token == "\n" or token == ";":
            if top.closer == "\n":
                self.frames.pop()
            return end
        if token == "$":
            if top.mode is _MATH:
                self.frames.pop()
            else:
                self.frames.append(_Frame(_MATH, "$"))
            return end
        if token == "[":
            self.frames.append(_Frame(_MARKUP, "]"))
        elif token == "(":
            self.frames.append(_Frame(_CODE, ")", call=top.call))
        elif token == "{":
            self.frames.append(_Frame(_CODE, "}"))
        else:
            return self._close(token, end)
        return end

    def _close(self, token: str, end: int) -> int:
        """A closing bracket also ends the statement before it; one that nothing opened is text."""
        while self.frames[-1].closer == "\n" and len(self.frames) > 1 and self.frames[-2].closer == token:
            self.frames.pop()
        top = self.frames[-1]
        if top.closer != token:
            return end
        self.frames.pop()
        if top.chained:
            return self._chain("", end)
        around = self.frames[-1]
        if around.expression and token in "]}" and not _ELSE.match(self.text, end):
            self.frames.pop()
        return end
