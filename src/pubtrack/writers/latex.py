r"""LaTeX: a `Listing` to a fragment or, with `document`, to a file that compiles; a `Text` to LaTeX.

Links need the package hyperref, formulas may need amsmath and amssymb. Characters stay as they are (UTF-8): pdfLaTeX
prints those of the Latin and Greek alphabets and common symbols, XeLaTeX and LuaLaTeX whatever the font has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pubtrack.bibtex.latex_decoder import is_balanced
from pubtrack.bibtex.latex_tables import UNSAFE_COMMANDS
from pubtrack.lists.listing_model import LatexOptions, Listing
from pubtrack.model.richtext import Span, Text, text
from pubtrack.writers._inline import Frame, WrittenEntry, clean, nest_marks, one_line, section_entries, wrap_mark
from pubtrack.writers._latex_list import (
    NO_ENVIRONMENT,
    ItemParts,
    align_label,
    check_templates,
    environment_lines,
    fill_heading,
    fill_item,
    open_list,
    reference_mark,
)
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
_COMMAND = re.compile(r"\\([A-Za-z@]+)")
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2}")
_SYMBOLS = re.compile("[^\x00-\u036f\u2010-\u203a\u3000-\U0010ffff]")


def inline(value: Text) -> str:
    """`value` as LaTeX for running text."""
    return _inline(one_line(value))


def write(listing: Listing) -> str:
    """`listing` as lists with headings between, in the environment, with the items and headings that it asks for.

    Raises PubtrackError for an environment, item or heading that is not LaTeX or does more than set text.
    """
    parts: list[str] = []
    labels = [_label(entry) for section in listing.sections for entry in section_entries(section)]
    for section in listing.sections:
        check_templates(section.latex)
        if title := clean(text(section.title)):
            heading = section.latex.heading or f"\\{_HEADINGS[min(max(listing.heading_level, 1), 6) - 1]}*{{}}"
            parts.append(fill_heading(heading, _inline(title)))
        if intro := clean(text(section.intro)):
            parts.append(rf"\noindent {_inline(intro)}")
        if entries := section_entries(section):
            parts.append(_entries(entries, section.latex, labels))
    if legend := clean(listing.legend):
        parts.append(rf"\par\medskip\noindent {_inline(legend)}" if parts else rf"\noindent {_inline(legend)}")
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


def _inline(value: Text, formulas: Mapping[str, str] = MappingProxyType({})) -> str:
    """`value` as LaTeX; `formulas` are those to be printed with the author's macros, by what they expand to."""
    greek = any(_GREEK_WORD.search(span.text) for span in value)
    return nest_marks(value, lambda span: _leaf(span, formulas, greek=greek), _wrap)


def _wrap(frame: Frame, inner: str) -> str:
    if frame[0] != "link":
        return wrap_mark(frame, inner, MARKS)
    # Braces, backslashes and ~ are percent-encoded in a URL; these three hyperref takes escaped, anywhere.
    target = re.sub(r"[%#&]", r"\\\g<0>", frame[1].replace("~", "%7E"))
    return f"\\href{{{target}}}{{{inner}}}"


def _leaf(span: Span, formulas: Mapping[str, str], *, greek: bool) -> str:
    if "math" in span.marks and (found := read_formula(span.text)):
        written = formulas.get(span.text, "")
        return f"${written}$" if written and _is_harmless(written) else f"${found.tex}$"
    value = unicodedata.normalize("NFC", f"${span.text}$" if "math" in span.marks else span.text)
    value = _LIGATURES.sub(r"\g<0>{}", value.translate(_ESCAPES))
    # Fonts for text often lack symbols; a Greek letter among other text is one, Greek words are words.
    return value if value.isascii() or greek else _SYMBOLS.sub(_symbol, value)


def _symbol(match: re.Match[str]) -> str:
    command = command_of(match[0])
    return rf"\ensuremath{{{command}}}" if command else match[0]


def _is_harmless(formula: str) -> bool:
    """Whether a formula with macros of the author's, whose expansion is checked, holds no other command that acts."""
    if "%" in formula or "^^" in formula or "$" in formula or not is_balanced(formula):
        return False
    return UNSAFE_COMMANDS.isdisjoint(_COMMAND.findall(formula)) and "\\begin" not in formula and "\\end" not in formula


def _lines(entry: WrittenEntry, first: Text) -> str:
    formulas = entry.item.work.formulas
    return "\\newline\n".join(_inline(line, formulas) for line in (first, *(line.text for line in entry.lines[1:])))


def _label(entry: WrittenEntry) -> str:
    return _inline(entry.label)


def _entries(entries: Sequence[WrittenEntry], options: LatexOptions, labels: Sequence[str]) -> str:
    """The entries of a section in their environment. The labels of a whole list are as wide as its widest."""
    if options.item or options.environment or any(map(_label, entries)):
        item = options.item or r"\item"
        own = not (options.item or options.environment)
        items = [fill_item(item, _parts(entry, options, own=own)) for entry in entries]
    else:
        items = [rf"\item[] {_lines(entry, entry.lines[0].text)}" for entry in entries]
    if options.environment == NO_ENVIRONMENT or (options.item and not options.environment):
        return "\n\n".join(items)
    begin, end = environment_lines(options.environment) if options.environment else (open_list(labels), r"\end{list}")
    return "\n".join([begin, *items, end])


def _parts(entry: WrittenEntry, options: LatexOptions, *, own: bool) -> ItemParts:
    body = _lines(entry, entry.lines[0].text)
    number = _inline(text(entry.item.number)) or _label(entry)
    work = entry.item.work
    if options.labels and number:
        body = reference_mark(work.id, number.rstrip(".)]").lstrip("[(")) + body
    return ItemParts(
        body,
        f"{_label(entry)} {body}" if entry.label else body,
        align_label(_label(entry)) if own else _label(entry),
        number,
        re.sub(r"[^A-Za-z0-9:.+/-]", "-", work.id),
        "" if work.year is None else str(work.year),
    )
