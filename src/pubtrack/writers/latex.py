r"""LaTeX: a `Listing` to a fragment or, with `document`, to a file that compiles; a `Text` to LaTeX.

Links need the package hyperref, formulas may need amsmath and amssymb. Characters stay as they are (UTF-8): pdfLaTeX
prints those of the Latin and Greek alphabets and common symbols, XeLaTeX and LuaLaTeX whatever the font has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from pubtrack.lists.listing_model import Listing
from pubtrack.model.richtext import Span, Text
from pubtrack.writers._inline import Frame, Heading, WrittenEntry, blocks, nest_marks, one_line, wrap_mark
from pubtrack.writers._math import command_of, read_formula

MARKS: Mapping[str, tuple[str, str]] = {
    "bold": (r"\textbf{", "}"),
    "italic": (r"\textit{", "}"),
    "underline": (r"\underline{", "}"),
    "small-caps": (r"\textsc{", "}"),
    "sup": (r"\textsuperscript{", "}"),
    "sub": (r"\textsubscript{", "}"),
}
_HEADINGS = ("section", "section", "subsection", "subsubsection", "paragraph", "subparagraph")

_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}",
    '"': r"\symbol{34}",  # \textquotedbl is missing in OT1, and babel makes " a command in some languages
    "\u00a0": "~", "\u00ad": r"\-", "\u2002": r"\enspace{}", "\u2003": r"\quad{}", "\u2009": r"\,", "\u200a": r"\,",
    "\u202f": r"\,", "\u200b": r"\allowbreak{}", "\u200c": "{}", "\u200e": "", "\u200f": "", "\u061c": "",
    "\u2010": "-", "\u2011": r"\mbox{-}", "\u2015": "—", "\u2060": "", "\u2212": r"\ensuremath{-}",
    "\u2032": r"\ensuremath{{}'}", "\u2033": r"\ensuremath{{}''}",
})  # fmt: skip
# Ligatures of TeX fonts (T1: LaTeX2e encoding guide): --, '', ,,; those with <, > and ` cannot come about.
_LIGATURES = re.compile(r"-(?=-)|'(?=')|,(?=,)")
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2}")
_SYMBOLS = re.compile("[^\x00-\u036f\u2010-\u203a\u3000-\U0010ffff]")
_FIRST_ARGUMENT = ("[", "*")


def inline(value: Text) -> str:
    """`value` as LaTeX for running text."""
    return _inline(one_line(value))


def write(listing: Listing, *, item: str = "") -> str:
    r"""`listing` as paragraphs, or as the items of a list environment or of a macro.

    `item` is the command that begins an entry: `\item`, or one whose arguments are shown as `{}`, `\cvlistitem{}`
    for the text, `\cvitem{}{}` for the number and the text. A number stands in the optional argument of a command
    without such arguments, so that no environment counts for itself.
    """
    parts: list[str] = []
    for block in blocks(listing):
        if isinstance(block, WrittenEntry):
            parts.append(_item(block, item) if item else _paragraph(block, hanging=listing.layout.hanging_indent))
        elif isinstance(block, Heading):
            parts.append(f"\\{_HEADINGS[block.level - 1]}*{{{_inline(block.text)}}}")
        else:
            parts.append(rf"\noindent {_inline(block.text)}")
    return "\n\n".join(parts) + "\n" if parts else ""


def document(listing: Listing) -> str:
    """`listing` as an article that pdfLaTeX, XeLaTeX and LuaLaTeX compile."""
    return (
        "\\documentclass{article}\n\\usepackage{iftex}\n"
        # cmap keeps the text of the PDF searchable, lmodern its letters smooth
        "\\ifpdftex\\usepackage{cmap}\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}"
        "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\\else\\usepackage{fontspec}\\fi\n"
        "\\usepackage{amsmath,amssymb,textcomp}\n\\usepackage[hidelinks]{hyperref}\n\\setlength{\\parskip}{.6em}\n"
        f"\\begin{{document}}\n\n{write(listing)}\n\\end{{document}}\n"
    )


def _inline(value: Text) -> str:
    greek = any(_GREEK_WORD.search(span.text) for span in value)
    return nest_marks(value, lambda span: _leaf(span, greek=greek), _wrap)


def _wrap(frame: Frame, inner: str) -> str:
    if frame[0] != "link":
        return wrap_mark(frame, inner, MARKS)
    # Braces, backslashes and ~ are percent-encoded in a URL; these three hyperref takes escaped, anywhere.
    target = re.sub(r"[%#&]", r"\\\g<0>", frame[1].replace("~", "%7E"))
    return f"\\href{{{target}}}{{{inner}}}"


def _leaf(span: Span, *, greek: bool) -> str:
    if "math" in span.marks and (found := read_formula(span.text)):
        return f"${found.tex}$"
    value = unicodedata.normalize("NFC", f"${span.text}$" if "math" in span.marks else span.text)
    value = _LIGATURES.sub(r"\g<0>{}", value.translate(_ESCAPES))
    # Fonts for text often lack symbols; a Greek letter among other text is one, Greek words are words.
    return value if value.isascii() or greek else _SYMBOLS.sub(_symbol, value)


def _symbol(match: re.Match[str]) -> str:
    command = command_of(match[0])
    return rf"\ensuremath{{{command}}}" if command else match[0]


def _lines(entry: WrittenEntry, first: Text) -> str:
    return "\\newline\n".join((_inline(first), *(_inline(line.text) for line in entry.lines[1:])))


def _paragraph(entry: WrittenEntry, *, hanging: bool) -> str:
    indent = r"\hangindent=1.5em\relax" if hanging else ""
    return rf"\noindent{indent} {_lines(entry, entry.first)}"


def _item(entry: WrittenEntry, item: str) -> str:
    if item.count("{}") >= 2:
        return _filled(item, _inline(entry.label), _lines(entry, entry.lines[0].text))
    if "{}" in item:
        return _filled(item, _lines(entry, entry.first))
    body = _lines(entry, entry.lines[0].text)
    if entry.label:
        return f"{item}[{{{_inline(entry.label)}}}] {body}"
    return f"{item} {{{body[0]}}}{body[1:]}" if body.startswith(_FIRST_ARGUMENT) else f"{item} {body}"


def _filled(command: str, *arguments: str) -> str:
    """`command` with the arguments in its first `{}`s."""
    first, *others = command.split("{}", len(arguments))
    return first + "".join(f"{{{argument}}}{after}" for argument, after in zip(arguments, others, strict=True))
