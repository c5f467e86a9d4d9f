"""LaTeX in BibTeX values to `Text`, and `Text` back to LaTeX; what is read how is told in latex_decoder.py."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from pubtrack.bibtex import latex_tables as tables
from pubtrack.bibtex.latex_decoder import Decoder, is_balanced, verbatim
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import Mark, Span, Text, plain

__all__ = ["Encoding", "characters", "characters_of", "decode", "encode", "encode_ascii", "is_plain", "verbatim"]

Encoding = Literal["latex", "unicode"]

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SHORT = 60


def is_plain(source: str) -> bool:
    """Whether LaTeX reads `source` as it stands: nothing in it is special, and there are no blanks to tidy."""
    return not (
        "{" in source or "\\" in source or "$" in source or "~" in source or "--" in source or "`" in source
        or "''" in source or "\n" in source or "  " in source or "}" in source or "\t" in source or "\r" in source
        or source[:1] == " " or source[-1:] == " " or "\f" in source or "\v" in source
    )  # fmt: skip


def decode(source: str) -> Text:
    """The LaTeX of one value, macros expanded and delimiters off, as `Text`; never raises, linear in its length."""
    return _remembered(source) if len(source) < _SHORT else _decoded(source)


def _decoded(source: str) -> Text:
    if is_plain(source):
        return (Span(source),) if source else ()
    return Decoder(source).run()


_remembered = lru_cache(maxsize=16384)(_decoded)
"""For volumes, publishers, journals: in one store most short values come many times."""


def characters(source: str) -> str:
    """The bare characters of a LaTeX value: marks are dropped, scripts and math stay readable, blanks are plain."""
    return source if is_plain(source) else characters_of(decode(source))


def characters_of(value: Text) -> str:
    """The bare characters of a `Text`, as `characters` gives them."""
    found = "".join(map(_readable, value))
    return _BLANKS.sub(" ", found.replace("\u00a0", " ").replace("\u2009", " ")).strip(" ")


def _readable(span: Span) -> str:
    if "sup" in span.marks:
        return span.text.translate(tables.RAISED)
    if "sub" in span.marks:
        return span.text.translate(tables.LOWERED)
    return f"${span.text}$" if "math" in span.marks else span.text


# Text to LaTeX ---------------------------------------------------------------------------------------------------

_FACE_MACROS: dict[Mark, str] = {
    "italic": "emph", "bold": "textbf", "underline": "underline", "small-caps": "textsc", "sup": "textsuperscript",
    "sub": "textsubscript",
}  # fmt: skip
_SPECIALS = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "`": r"{\textasciigrave}",
    "\u00a0": "~",
}  # fmt: skip
_PUNCTUATION = {
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "\u2009": r"\,", "…": r"{\ldots}",
    "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}", "\u2010": "-", "\u2011": "-", "\u2212": "$-$",
    "¿": "?`", "¡": "!`", "ı": r"{\i}", "ȷ": r"{\j}", "×": r"$\times$", "°": r"{\textdegree}", "\u00ad": r"\-",
    "′": r"\ensuremath{\prime}", "√": r"\ensuremath{\surd}", "ơ": r"{\ohorn}", "Ơ": r"{\OHORN}", "ư": r"{\uhorn}",
    "Ư": r"{\UHORN}", "†": r"{\dag}", "‡": r"{\ddag}",
}  # fmt: skip
_LIGATED = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=`)(?=`)")
_OWN_ACCENTS = {mark: name for name, (mark, _) in tables.ACCENTS.items() if name != "textogonekcentered"}


def encode(value: Text, encoding: Encoding = "unicode") -> str:
    """`value` as LaTeX for a BibTeX field, without delimiters; its braces are balanced.

    "unicode" escapes only what is special to LaTeX, "latex" writes every character in ASCII and raises
    `PubtrackError` for one that has no such form.
    """
    return "".join(_encoded(value, 0, encoding))


def _encoded(value: Text, depth: int, encoding: Encoding) -> Iterable[str]:
    """The LaTeX of spans that share their `depth` outermost marks."""
    start = 0
    while start < len(value):
        mark = value[start].marks[depth] if len(value[start].marks) > depth else None
        end = start + 1
        while end < len(value) and _continues(value[end], value[start], depth, mark):
            end += 1
        run = value[start:end]
        start = end
        if mark is None:
            yield _characters_encoded("".join(span.text for span in run), encoding, run[0].url)
        elif mark == "math":
            text = "".join(span.text for span in run)
            yield f"${text}$" if "$" not in text and is_balanced(text) else _characters_encoded(text, encoding)
        else:
            inner = "".join(_encoded(run, depth + 1, encoding))
            if mark == "nocase":
                yield f"{{{{{inner}}}}}" if inner.startswith("\\") else f"{{{inner}}}"
            else:
                yield f"\\{_FACE_MACROS[mark]}{{{inner}}}"


def _continues(span: Span, first: Span, depth: int, mark: Mark | None) -> bool:
    """Whether `span` belongs into the group that `first` opened with `mark`."""
    if mark is None or mark == "math":
        return span.marks == first.marks and span.url == first.url and mark is None
    return len(span.marks) > depth and span.marks[depth] == mark


def _characters_encoded(text: str, encoding: Encoding, url: str = "") -> str:
    if url:
        target = re.sub(r"([%#&{}\\])", r"\\\1", url)
        return f"\\url{{{target}}}" if url == text else f"\\href{{{target}}}{{{_characters_encoded(text, encoding)}}}"
    if text.isascii() or encoding == "unicode":
        separated = _LIGATED.sub("\0", text)
        if encoding == "unicode":
            return "".join([_SPECIALS.get(character, character) for character in separated]).replace("\0", "{}")
    else:
        separated = unicodedata.normalize("NFC", _LIGATED.sub("\0", text))
    return "".join(encode_ascii(separated)).replace("\0", "{}")


def encode_ascii(text: str) -> Iterable[str]:
    """Each character of plain text, with the combining ones that follow it, as LaTeX in ASCII.

    Raises `PubtrackError` for one that has no such form.
    """
    end = 0
    while (start := end) < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield _character_encoded(text[start], text[start + 1 : end])


@lru_cache(maxsize=4096)
def _character_encoded(character: str, combining: str) -> str:
    """One character, with what stands over or under it, in ASCII."""
    if combining:
        accent = _OWN_ACCENTS.get(combining[-1])
        if accent:
            return f"{{\\{accent}{{{_character_encoded(character, combining[:-1])}}}}}"
        raise _no_form(character + combining)
    known = _PUNCTUATION.get(character) or _SPECIALS.get(character)
    if known or character.isascii():
        return known or character
    base, _, mark = unicodedata.decomposition(character).partition(" ")
    if mark and not base.startswith("<") and chr(int(mark, 16)) in _OWN_ACCENTS:
        return _character_encoded(chr(int(base, 16)), chr(int(mark, 16)))
    known = tables.latex_of_characters().get(ord(character))
    if known is None or not _means(known, character):
        raise _no_form(character)
    return f"{{{known}}}" if known[0] == "\\" and not known.startswith(r"\ensuremath") else known


def _means(latex: str, character: str) -> bool:
    """Whether `latex` is the character, or math, and no mere likeness of it (pylatexenc has A for Alpha)."""
    found = decode(latex)
    if any("math" in span.marks for span in found):
        return True
    return unicodedata.normalize("NFKC", plain(found)) == unicodedata.normalize("NFKC", character)


def _no_form(shown: str) -> PubtrackError:
    points = " ".join(f"U+{ord(character):04X}" for character in shown)
    return PubtrackError(f'"{shown}" ({points}) has no LaTeX form; write the file in Unicode instead')
