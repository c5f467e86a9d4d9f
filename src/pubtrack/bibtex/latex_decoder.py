r"""LaTeX as people write it in BibTeX values to `Text`: one pass over one value.

Decoding is one pass of our own, for pylatexenc's parser truncates at `%`, raises on `\href` and on deep braces, has no
notion of protected case and takes a millisecond a title; what a symbol macro means is pylatexenc's table, and so is
how a character is written in LaTeX. The rules where LaTeX leaves a choice:

- Braces protect letter case as in BibTeX (bibtex.web, "change.case$") and biblatex (manual, `\MakeSentenceCase`): a
  group protects what it holds unless it begins with a control sequence (`{\'E}cole`, `{\em x}`) or is the argument of
  one (`\emph{x}`). Of protected text only stretches with cased letters are marked `nocase`.
- Math stays math, as TeX, unless it is not a formula: a lone script (`$^3$`) becomes `sup` or `sub`, a lone number or a
  symbol that is not a letter (`$\times$`) becomes that character. `\ensuremath` of one symbol is that character too,
  for that is how a Greek letter is written in text.
- `%` is a percent sign, for BibTeX knows no comments in values. `~` is a no-break space.
- A macro nobody knows leaves its argument, or else its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pubtrack.bibtex import latex_tables as tables
from pubtrack.model.richtext import Mark, Span, Text, merge_spans

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
# Every character of a value is in exactly one token, so that one pass is linear.
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|(?s:.)|\Z)|[{}]|\$\$?|~|---?|``?|''?|[?!]`|(?:[^\\{}$~`'?!-]|-(?!-)|[?!](?!`))++")
_MATH = re.compile(r"(?s:[^$\\]++|\\.)*+")
_BRACE = re.compile(r"(?s:\\.)|[{}]")
_SCRIPT = re.compile(r"\s*(?:\{\}\s*)?([\^_])\s*(?:\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+)\}|(\\[A-Za-z]+|[^\s{}\\]))\s*")
_MATH_WORD = re.compile(r"\\([A-Za-z]+|.)\s*|([^\\])")
_MATH_FONT = re.compile(r"\\(?:text|mathrm|textrm|mbox|rm|mathit|mathsf)(?![A-Za-z])\s*|[{}]")
_ONE_SYMBOL = re.compile(r"\s*\\([A-Za-z]+)\s*")
_NUMBER = re.compile(r"\s*[\d.,:/%+*=<>()-]+\s*")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_MOST_ACCENTS = 8  # over one letter; no script has more, and piling them up would be quadratic

_VERBATIM = re.compile(
    r"\\(?:url|path|nolinkurl|texttt|href)\s*(?=\{)|\\([%&#_{}$~^\\])(?:\{\})?|\\(textasciitilde|textunderscore)"
    r"\s*(?:\{\})?|\$\\(sim|less|greater)\$|\\-|[{}\s]"
)
_VERBATIM_WORDS = {"textasciitilde": "~", "textunderscore": "_", "sim": "~", "less": "<", "greater": ">"}


def verbatim(source: str) -> str:
    r"""A URL, DOI or eprint: nothing is decoded, but `\_`, `\%`, `\&`, a `\url{…}` around it and braces go."""
    if "\\" in source or "{" in source or "}" in source or "$" in source:
        return _VERBATIM.sub(
            lambda match: match.group(1) or _VERBATIM_WORDS.get(match.group(2) or match.group(3) or "", ""), source
        )
    return "".join(source.split()) if " " in source or not source.isprintable() else source


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the brace that closes a group restores and does."""

    marks: tuple[Mark, ...]
    url: str
    start: int
    accents: tuple[str, ...] = ()
    change: Callable[[str], str] | None = None
    tail: str = ""
    drops_next: bool = False


class Decoder:
    """One pass over one value; what is printed so far is in `spans`.

    `accents` wait for the character they stand over, and `once` is what to return to behind the argument of a face.
    """

    def __init__(self, source: str) -> None:
        self.source = _BLANKS.sub(" ", source)
        self.position = 0
        self.spans: list[Span] = []
        self.marks: tuple[Mark, ...] = ()
        self.url = ""
        self.frames: list[_Frame] = []
        self.accents: list[str] = []
        self.once: tuple[tuple[Mark, ...], str] | None = None
        self.changing = False
        self.open_quotes = 0
        self.no_more: set[str] = set()
        self._closers: dict[int, int] | None = None

    def run(self) -> Text:
        source = self.source
        end = len(source)
        while self.position < end:
            match = _TOKEN.match(source, self.position)
            token = match.group() if match else source[self.position]
            self.position += len(token)
            self._token(token)
        self._lone_accents()
        while self.frames:
            self._close()
        return _tidy(self.spans)

    def _token(self, token: str) -> None:
        first = token[0]
        if first == "\\":
            self._control(token[1:])
        elif first == "{":
            self._open()
        elif first == "}":
            self._lone_accents()
            if self.frames:
                self._close()
        elif first == "$":
            self._dollar(token)
        elif token == "'" and self.open_quotes and not self.source[self.position : self.position + 1].isalnum():
            self.open_quotes -= 1
            self._print("’")
        elif token in tables.LIGATURES:
            self.open_quotes += token == "`"
            self._print(tables.LIGATURES[token])
        elif self.accents or self.once:
            self._first_character(token)
        else:
            self._print(token)

    def _first_character(self, token: str) -> None:
        """Prints the first character of running text, which a macro has for its argument; the rest is read again."""
        skipped = token[0] == " "
        if len(token) > skipped:
            self.position -= len(token) - skipped - 1
            self._print(token[skipped])

    # Printing ------------------------------------------------------------------------------------------------------

    def _print(self, text: str, *marks: Mark) -> None:
        """Puts `text` behind what is there, with the accents that wait for it; never two blanks."""
        if not text:
            return
        if self.accents:
            text, self.accents = _accented(text, self.accents), []
        if text[0] == " " and (not self.spans or self.spans[-1].text[-1:] == " "):
            text = text[1:]
        if text:
            chosen = (*self.marks, *(mark for mark in marks if mark not in self.marks))
            self.spans.append(Span(text, chosen, self.url))
        if self.once:
            (self.marks, self.url), self.once = self.once, None

    def _lone_accents(self) -> None:
        """Prints accents that stand over nothing."""
        waiting, self.accents = self.accents, []
        for accent in waiting:
            self._print(tables.ACCENTS[accent][1])

    def _mark(self, mark: Mark) -> None:
        if mark not in self.marks:
            self.marks = (*self.marks, mark)

    # Groups --------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """An opening brace: of an argument if a macro waits for one, else of a group, which may protect case."""
        is_argument = bool(self.once or self.accents)
        self.frames.append(_Frame(*(self.once or (self.marks, self.url)), len(self.spans), tuple(self.accents)))
        self.once, self.accents = None, []
        if not is_argument and self.source[self.position : self.position + 1] != "\\":
            self._mark("nocase")

    def _argument(
        self, change: Callable[[str], str] | None = None, tail: str = "", *, drops_next: bool = False
    ) -> None:
        """Opens the argument that follows, if one does, with what its end will do."""
        if self._at_brace():
            self.position += 1
            self.frames.append(_Frame(self.marks, self.url, len(self.spans), (), change, tail, drops_next))

    def _at_brace(self) -> bool:
        """Whether a group follows; a blank before it is skipped if so."""
        ahead = self.position + (self.source[self.position : self.position + 1] == " ")
        if self.source[ahead : ahead + 1] != "{":
            return False
        self.position = ahead
        return True

    def _close(self) -> None:
        frame = self.frames.pop()
        if frame.accents and len(self.spans) > frame.start:
            first = self.spans[frame.start]
            self.spans[frame.start] = replace(first, text=_accented(first.text, frame.accents))
        elif frame.accents:
            self.accents = list(frame.accents)
            self._lone_accents()
        if frame.change:
            self.changing = False
            changed = self.spans[frame.start :]
            self.spans[frame.start :] = [replace(span, text=frame.change(span.text)) for span in changed]
        self._print(frame.tail)
        self.marks, self.url = frame.marks, frame.url
        if frame.drops_next and self._at_brace():
            self._raw_group()

    def _raw_group(self) -> str:
        """Takes the group that begins here, undecoded, without its braces."""
        if self._closers is None:
            self._closers = brace_partners(self.source)
        end = self._closers.get(self.position, len(self.source))
        raw = self.source[self.position + 1 : end]
        self.position = end + 1
        return raw

    # Macros --------------------------------------------------------------------------------------------------------

    def _control(self, name: str) -> None:
        if name in tables.ACCENTS:
            self._skip_blank(name)
            self.accents.append(name)
        elif name in tables.FACES:
            self._skip_blank(name)
            self.once = self.once or (self.marks, self.url)
            self._mark(tables.FACES[name])
        elif name in tables.SWITCHES:
            self._skip_blank(name)
            self._mark(tables.SWITCHES[name])
        elif name in tables.RESETS:
            self._skip_blank(name)
            self.marks = tuple(mark for mark in self.marks if mark not in tables.RESETS[name])
        elif name in ("(", "["):
            self._formula(name, ")" if name == "(" else "]")
        elif name in ("url", "nolinkurl", "path", "href", "ensuremath"):
            self._raw(name)
        elif name in tables.CHANGES:
            # The outermost one decides; so each span is changed but once.
            self._argument(None if self.changing else tables.CHANGES[name])
            self.changing = True
        elif name == "texorpdfstring":
            self._argument(drops_next=True)
        elif name in tables.WRAPS:
            before, tail = tables.WRAPS[name]
            if self._at_brace():
                self._print(before)
            self._argument(tail=tail)
        elif name in tables.DROPS:
            if self._at_brace():
                self._raw_group()
            self._argument()
        else:
            self._word(name)

    def _skip_blank(self, name: str) -> None:
        """Skips the blank that ends a control word."""
        if name.isalpha() and self.source[self.position : self.position + 1] == " ":
            self.position += 1

    def _word(self, name: str) -> None:
        """A macro that prints a symbol, nothing, its argument or, if nobody knows it, its name."""
        printed = tables.symbol(name)
        if printed is not None:
            self._skip_blank(name)
            if self.source.startswith("{}", self.position):
                self.position += 2
            self._print(printed, *(("nocase",) if name in tables.LOGOS else ()))
        elif self._at_brace():
            self._argument()
        elif name in tables.QUIET:
            self._skip_blank(name)
        else:
            self._print(name if name.isalpha() else f"\\{name}" if name else "")

    def _raw(self, name: str) -> None:
        """The macros whose argument is not running text: links, and math."""
        if not self._at_brace():
            return
        raw = self._raw_group()
        if name == "ensuremath":
            one = _ONE_SYMBOL.fullmatch(raw)
            printed = tables.symbol(one.group(1)) if one else None
            self._print(printed) if printed else self._math(raw)
        elif name == "href" and self._at_brace():
            self._argument()
            self.url = verbatim(raw)
        else:
            before, target = self.url, verbatim(raw)
            self.url = target if name == "url" else before
            self._print(target)
            self.url = before

    # Math ----------------------------------------------------------------------------------------------------------

    def _dollar(self, token: str) -> None:
        if token == "$$":
            self._formula(token, token)
            return
        match = _MATH.match(self.source, self.position)
        end = match.end() if match else self.position
        content = self.source[self.position : end]
        is_money = content.endswith(" ") and self.source[end + 1 : end + 2].isdigit()  # "from $10 to $20"
        if end < len(self.source) and is_balanced(content) and not is_money:
            self.position = end + 1
            self._math(content)
        else:
            self._print(token)

    def _formula(self, opener: str, closer: str) -> None:
        """Takes the math up to `closer`, or prints the opener where there is none."""
        wanted = closer if closer == "$$" else f"\\{closer}"
        end = -1 if closer in self.no_more else self.source.find(wanted, self.position)
        content = self.source[self.position : end]
        if end >= 0 and is_balanced(content):
            self.position = end + len(wanted)
            self._math(content)
        else:
            if end < 0:
                self.no_more.add(closer)
            self._print(opener)

    def _math(self, content: str) -> None:
        """Prints a formula: as it is, unless it is only a script or a symbol."""
        script = _SCRIPT.fullmatch(content)
        raised = _script_text(script.group(2) or script.group(3) or "") if script else None
        if script and raised == "∘":
            self._print("°")
        elif script and raised:
            self._print(raised, "sup" if script.group(1) == "^" else "sub")
        elif (lone := _lone(content)) is not None:
            self._print(lone)
        elif content := content.strip():
            self._print(content, "math")


def brace_partners(source: str) -> dict[int, int]:
    """Each opening brace's closing one."""
    partners: dict[int, int] = {}
    open_: list[int] = []
    for match in _BRACE.finditer(source):
        if match.group() == "{":
            open_.append(match.start())
        elif match.group() == "}" and open_:
            partners[open_.pop()] = match.start()
    return partners


def is_balanced(content: str) -> bool:
    """Whether every brace in `content` has its partner there."""
    if "{" not in content and "}" not in content:
        return True
    depth = 0
    for match in _BRACE.finditer(content):
        if match.group() in ("{", "}"):
            depth += 1 if match.group() == "{" else -1
            if depth < 0:
                return False
    return depth == 0


def _lone(content: str) -> str | None:
    """What a formula prints that is one number or one symbol, but no letter; else None."""
    if _NUMBER.fullmatch(content):
        return content.strip().replace("-", "\u2212")
    one = _ONE_SYMBOL.fullmatch(content)
    printed = tables.symbol(one.group(1)) if one else None
    if printed is None or len(printed) != 1 or unicodedata.category(printed)[0] in "LZ":
        return None
    return printed


def _script_text(content: str) -> str | None:
    """The characters of a script that holds nothing but letters, digits and symbols; else None."""
    characters = []
    for match in _MATH_WORD.finditer(_MATH_FONT.sub("", content).strip()):
        name, character = match.groups()
        if character is None:
            character = "∘" if name == "circ" else tables.symbol(name)
            if character is None:
                return None
        elif character in "^_$~":
            return None
        characters.append("\u2212" if character == "-" else character)
    return "".join(characters)


def _accented(text: str, accents: Iterable[str]) -> str:
    """`text` with the accents, the innermost last, over its first character."""
    if text[0] == " " or (len(text) > _MOST_ACCENTS and unicodedata.combining(text[_MOST_ACCENTS])):
        return "".join(tables.ACCENTS[accent][1] for accent in accents) + text
    end = 1
    while end < min(len(text), _MOST_ACCENTS) and unicodedata.combining(text[end]):
        end += 1
    marks = "".join(tables.ACCENTS[accent][0] for accent in reversed(tuple(accents)))
    return unicodedata.normalize("NFC", _DOTLESS.get(text[0], text[0]) + text[1:end] + marks) + text[end:]


def _tidy(spans: list[Span]) -> Text:
    """The spans without blanks at the ends, and without protection where there is no case to protect."""
    last = len(spans) - 1
    while last >= 0 and not spans[last].text.rstrip(" "):
        last -= 1
    kept = [_needed(span) for span in spans[: last + 1]]
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return merge_spans(kept)


def _needed(span: Span) -> Span:
    if "nocase" in span.marks and ("math" in span.marks or span.text.lower() == span.text.upper()):
        return replace(span, marks=tuple(mark for mark in span.marks if mark != "nocase"))
    return span
