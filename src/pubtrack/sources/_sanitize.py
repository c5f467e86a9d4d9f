"""Fetched text, cleaned at the door: whatever a service sent in, a `Text` or a line of plain characters out.

In this order: tags become marks or go, entities are unescaped (twice at most), wrong decoding is put right where that
is certain, TeX's accents and trusted formulas are read, controls and invisible characters go, blanks are one blank,
characters are composed (NFC, not NFKC: what is raised or wide stays so), and length is bounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pubtrack.bibtex import latex
from pubtrack.model import mojibake
from pubtrack.model.record import Quirk
from pubtrack.model.richtext import Span, Text, merge_spans, plain
from pubtrack.sources import _markup
from pubtrack.writers._math import read_formula

TITLE = 3_000
"""The most characters of a title or any other line."""
ABSTRACT = 50_000
"""The most characters of an abstract."""
_RAW = 4
"""How many times its bound a text may be long before its markup is off."""

# TeX's accents and letters, which no other markup has; braces around one are TeX's too (LaTeX2e, ltoutenc).
_TEX_ACCENT = re.compile(
    r"\{?\\(?:[`'^\"~=.](?:\{\\?[A-Za-z]\}|\\?[A-Za-z])|[uvHckdbr]\s*\{\\?[A-Za-z]\}|(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)"
    r"(?:\{\}|(?![A-Za-z])\s?))\}?"
)
_TEX_TEXT = re.compile(r"\\(?:emph|textit|textbf|textsc|text|textrm|mbox)\{([^{}\\]*)\}|\\([&%#_{}])")
# Pandoc's rule for dollar signs (extension tex_math_dollars), so that "$5 and $10" is money.
_DOLLARS = re.compile(r"(?<!\\)(\$\$?)(?![\s$])((?:\\.|[^$\\]){1,500}?)(?<![\s\\])\1(?!\d)", re.S)
_TEX_LIKE = re.compile(r"[\\^_{}=<>+/]|\A[A-Za-z]{1,3}'?\Z|\A\([^()]*\)\Z")
_OLD_FACE = re.compile(r"\{\s*\\(rm|bf|it|cal|sf|tt)(?![A-Za-z])([^{}\\]*)\}")
_BARE_ARGUMENT = re.compile(
    r"(\\(?:bar|hat|tilde|vec|dot|ddot|overline|widetilde|widehat|sqrt|mathrm|mathbf|mathcal|mathbb|mathit|mathsf))"
    r"\s*(?<=[\s\w])(?![A-Za-z]*\{)((?<=\s)[A-Za-z0-9]|[0-9]|\\[A-Za-z]+)"
)
_DASHES = re.compile(r"(?<![-!<])---?(?![->])")
_BLANKS = re.compile(r"\s+")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
# Arabic, Hebrew and the scripts of India write with joiners that show; elsewhere they hide.
_JOINERS = "\u200c\u200d"
_JOINED = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u1780-\u17ff\ufb1d-\ufeff]")
_ABBREVIATED = frozenset(
    "al etc vs jr sr inc ltd co corp st no nos vol pt ed eds cf dept univ spp sp var approx".split()
)
_FOOTNOTE = re.compile(r"(?<![*†‡§¶#])[*†‡§¶#]++\Z")


_MOST_TURNS = 8


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text, and the traits of what it was before."""

    text: Text
    traits: frozenset[Quirk] = frozenset()

    def __str__(self) -> str:
        return plain(self.text)


def rich_text(value: object, longest: int = TITLE) -> Cleaned:
    """A title or abstract with its formatting; whatever is not a string is nothing. `longest` bounds its characters."""
    if not isinstance(value, str) or not value.strip():
        return Cleaned(())
    spans, is_marked = _markup.read(value[: longest * _RAW])
    traits: set[Quirk] = {"markup"} if is_marked else set()
    repaired = [Span(mojibake.repair_mojibake(span.text), span.marks) for span in spans]
    if any(mojibake.is_garbled(span.text) or _is_private(span.text) for span in repaired):
        traits.add("garbled")
    shown = [part for span in repaired for part in _formulas(Span(_settled(span.text), span.marks))]
    text = _bounded(_one_line(Span(_visible(span.text), span.marks) for span in shown), longest)
    if _is_capitals(plain(text)):
        traits.add("caps-title")
    return Cleaned(text, frozenset(traits))


def words(value: object, longest: int = TITLE) -> str:
    """A name, place or number as one line of plain characters, "" for what is not a string or number."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        return ""
    if value.isascii() and value.isalnum() and len(value) <= longest:
        return value
    return latex.characters_of(rich_text(value, longest).text)


def title(value: object) -> Cleaned:
    """A title: as `rich_text`, without the full stop that some depositors end it with."""
    cleaned = rich_text(value)
    shown = plain(cleaned.text)
    last = cleaned.text[-1] if cleaned.text else None
    if last is None or not shown.endswith(".") or shown.endswith("..") or "math" in last.marks:
        return cleaned
    word = shown[:-1].rpartition(" ")[2].strip("([“\"'").casefold()
    is_number = word.replace(".", "").isdecimal()
    if ("." in word and not is_number) or (len(word) < 2 and not is_number) or word in _ABBREVIATED:
        return cleaned
    return replace(cleaned, text=merge_spans((*cleaned.text[:-1], replace(last, text=last.text[:-1].rstrip()))))


def address(value: object) -> str:
    """A web address (http, https), or "" for anything else."""
    if not isinstance(value, str) or len(value) > TITLE:
        return ""
    value = value.strip()
    is_address = re.fullmatch(r"https?://[^\s<>\"\\^`{|}]+", value) is not None and value.isprintable()
    return value if is_address else ""


# TeX ---------------------------------------------------------------------------------------------------------------


def _formulas(span: Span) -> Iterator[Span]:
    """The span, its formulas apart where they are trusted ones; a formula that is not stays text."""
    position = 0
    for match in _DOLLARS.finditer(span.text):
        found = read_formula(_braced(match[2].strip())) if _TEX_LIKE.search(match[2]) else None
        if found is not None:
            yield Span(_tex_read(span.text[position : match.start()]), span.marks)
            # Read as the reader of .bib files does, for which "$^2$" is a raised 2 and no formula.
            for part in latex.decode(f"${found.tex}$"):
                yield Span(part.text, (*span.marks, *(mark for mark in part.marks if mark not in span.marks)))
            position = match.end()
    yield Span(_tex_read(span.text[position:]), span.marks)


def _braced(tex: str) -> str:
    r"""`tex` with plain TeX's faces and bare arguments as LaTeX writes them: `{\rm x}`, `\bar B`, `\bar\nu`."""
    tex = _OLD_FACE.sub(lambda match: f"\\math{match[1]}{{{match[2].strip()}}}", tex)
    return _BARE_ARGUMENT.sub(r"\1{\2}", tex)


def _tex_read(value: str) -> str:
    """`value` with TeX's accents, letters, faces and escaped signs as characters."""
    if "--" in value:
        value = _DASHES.sub(lambda match: "–" if len(match.group()) == 2 else "—", value)
    if "\\" not in value:
        return value
    value = _TEX_ACCENT.sub(lambda match: latex.characters(match.group()) or match.group(), value)
    return _TEX_TEXT.sub(lambda match: match[1] or match[2] or "", value)


# Characters --------------------------------------------------------------------------------------------------------


def _settled(value: str) -> str:
    """`value` as it shows, also where what was hidden stood within a wrongly decoded character."""
    for _ in range(_MOST_TURNS):
        shown = _visible(value)
        value = mojibake.repair_mojibake(shown)
        if value == shown:
            break
    return value


def _visible(value: str) -> str:
    """`value` in composed characters that show, each run of white space one blank."""
    if value.isascii() and value.isprintable():
        return value
    value = unicodedata.normalize("NFC", value.translate(_HYPHENS))
    return "".join(_shown(value, at, character) for at, character in enumerate(value))


def _shown(value: str, at: int, character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "Z" or character in "\t\n\r\f\v":
        return " "
    if character in _JOINERS and at and _JOINED.match(value[at - 1]):
        return character
    is_hidden = (
        category in ("Cc", "Cf", "Cs", "Cn", "Co")
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
        or character in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc"
    )
    return "" if is_hidden else character


def _is_private(value: str) -> bool:
    return not value.isascii() and any(unicodedata.category(character) == "Co" for character in value)


def _one_line(spans: Iterable[Span]) -> Text:
    """The spans with one blank for each run of them, and none at the ends or before a mark of punctuation."""
    found: list[Span] = []
    ends_in_blank = True
    for span in spans:
        line = _BLANKS.sub(" ", span.text)
        if ends_in_blank:
            line = line.lstrip(" ")
        if line:
            found.append(Span(line, span.marks))
            ends_in_blank = line.endswith(" ")
    while found and found[-1].text.endswith(" "):
        rest = found.pop()
        if rest.text.rstrip(" "):
            found.append(Span(rest.text.rstrip(" "), rest.marks))
            break
    return merge_spans(_tightened(found))


def _tightened(spans: list[Span]) -> Iterator[Span]:
    """The spans without the blank that pretty-printed markup leaves inside brackets and before punctuation.

    "(\\n <i>Tridacna</i>\\n ) and" is how some depositors' programs write "(<i>Tridacna</i>) and".
    """
    for at, span in enumerate(spans):
        text = span.text
        before = spans[at - 1] if at else None
        behind = spans[at + 1] if at + 1 < len(spans) else None
        if before is not None and before.marks != span.marks and re.match(r" [),.;:?!\]](?:[\s)]|\Z)", text):
            text = text[1:]
        if behind is not None and behind.marks != span.marks and re.search(r"(?:\A|\s)[(\[] \Z", text):
            text = text[:-1]
        yield Span(text, span.marks)


def _bounded(value: Text, longest: int) -> Text:
    if sum(len(span.text) for span in value) <= longest:
        return value
    kept: list[Span] = []
    room = longest - 1
    for span in value:
        if len(span.text) > room:
            # A formula is whole or not there.
            kept.append(Span("…" if "math" in span.marks else span.text[:room].rstrip() + "…", ()))
            break
        kept.append(span)
        room -= len(span.text)
    return merge_spans(kept)


def _is_capitals(value: str) -> bool:
    """Whether a title is in capitals throughout: two long words or more, and no small letter."""
    long_words = [word for word in re.findall(r"[^\W\d_]+", value) if len(word) > 3]
    return len(long_words) > 1 and value == value.upper() and value != value.lower()
