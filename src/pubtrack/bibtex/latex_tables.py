r"""What LaTeX's macros mean: accents, faces, symbols and macros of which only an argument is printed.

Accents and letters are those of LaTeX2e (source2e, ltoutenc), `mkbib…` biblatex's (manual, "Punctuation and Spacing");
other symbols are asked of pylatexenc, in `symbol`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from pubtrack.model.richtext import Mark

ACCENTS: Mapping[str, tuple[str, str]] = {
    "`": ("\u0300", "`"), "'": ("\u0301", "´"), "^": ("\u0302", "^"), "~": ("\u0303", "~"), '"': ("\u0308", "¨"),
    "=": ("\u0304", "¯"), ".": ("\u0307", "˙"), "u": ("\u0306", "˘"), "v": ("\u030c", "ˇ"), "H": ("\u030b", "˝"),
    "r": ("\u030a", "˚"), "c": ("\u0327", "¸"), "k": ("\u0328", "˛"), "d": ("\u0323", ""), "b": ("\u0331", ""),
    "t": ("\u0361", ""), "h": ("\u0309", ""), "G": ("\u030f", ""), "U": ("\u030d", ""), "f": ("\u0311", ""),
    "textcommabelow": ("\u0326", ""), "textogonekcentered": ("\u0328", "˛"),
}  # fmt: skip
"""Each accent's combining character, and what it prints over nothing."""

FACES: Mapping[str, Mark] = {
    "emph": "italic", "textit": "italic", "textsl": "italic", "mkbibemph": "italic", "mkbibitalic": "italic",
    "textbf": "bold", "mkbibbold": "bold", "textsc": "small-caps", "underline": "underline", "uline": "underline",
    "ul": "underline", "textsuperscript": "sup", "mkbibsuperscript": "sup", "textsubscript": "sub",
    "mkbibsubscript": "sub",
}  # fmt: skip
"""Macros whose argument looks different."""

SWITCHES: Mapping[str, Mark] = {
    "em": "italic", "it": "italic", "itshape": "italic", "sl": "italic", "slshape": "italic", "bf": "bold",
    "bfseries": "bold", "sc": "small-caps", "scshape": "small-caps",
}  # fmt: skip
"""Macros behind which everything up to the end of the group looks different."""

RESETS: Mapping[str, frozenset[Mark]] = {
    "normalfont": frozenset({"italic", "bold", "small-caps"}), "rm": frozenset({"italic", "bold", "small-caps"}),
    "upshape": frozenset({"italic", "small-caps"}), "mdseries": frozenset({"bold"}),
}  # fmt: skip

UNSAFE_COMMANDS = frozenset(
    "input include includeonly InputIfFileExists IfFileExists openin openout closein closeout read readline write "
    "immediate special directlua latelua luaexec luadirect ShellEscape pdfobj pdfliteral pdffiledump scantokens "
    "catcode lccode mathcode def edef gdef xdef let futurelet csname expandafter noexpand newcommand renewcommand "
    "providecommand newenvironment DeclareRobustCommand makeatletter newwrite newread usepackage RequirePackage "
    "documentclass AtBeginDocument AtEndDocument verbatiminput VerbatimInput lstinputlisting includegraphics everypar "
    "output jobname batchmode loop".split()
)
"""Commands that no bibliography needs: they read or write files, or change what follows in the reader's document."""

WRAPS: Mapping[str, tuple[str, str]] = {
    "footnote": (" (", ")"), "thanks": (" (", ")"), "enquote": ("“", "”"), "mkbibquote": ("“", "”"),
    "mkbibparens": ("(", ")"), "mkbibbrackets": ("[", "]"), "citetitle": ("", ""),
}  # fmt: skip
"""Macros that print something before and behind their argument."""

CHANGES: Mapping[str, Callable[[str], str]] = {
    "uppercase": str.upper, "MakeUppercase": str.upper, "lowercase": str.lower, "MakeLowercase": str.lower,
}  # fmt: skip

QUIET = frozenset(
    "protect relax noindent par newblock sloppy tt ttfamily sffamily sf rmfamily selectfont displaystyle nobreak "
    "allowbreak break leavevmode unskip ignorespaces tiny scriptsize footnotesize small normalsize large Large LARGE "
    "huge Huge centering text textrm textsf texttt textup textmd textnormal mbox hbox makebox fbox singleletter "
    "mathrm mathbf mathit mathsf mathcal mathbb boldsymbol nolimits limits xspace bibstring mdseries".split()
)
"""Macros that print nothing but their argument."""

DROPS = frozenset(
    "noopsort SortNoop sortnoop NOOP textcolor color fontsize hspace vspace hskip label phantom vphantom hphantom "
    "raisebox selectlanguage foreignlanguage index vskip today".split()
)
r"""Macros whose first argument is not printed; `\noopsort` is the custom of BibTeX's documentation (btxdoc, 4)."""

SYMBOLS: Mapping[str, str] = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", ",": "\u2009", ";": " ", ":": " ",
    ">": " ", "!": "", "/": "", "-": "", "@": "", "\\": " ", ")": ")", "]": "]", "*": "", "|": "‖", "+": "",
    "thinspace": "\u2009", "quad": " ", "qquad": " ", "enspace": " ", "space": " ", "newline": " ", "linebreak": " ",
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "SS": "SS", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ",
    "ng": "ŋ", "NG": "Ŋ", "ij": "ĳ", "IJ": "Ĳ", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "dagger": "†", "ddagger": "‡", "copyright": "©", "pounds": "£",
    "euro": "€", "ldots": "…", "dots": "…", "textellipsis": "…", "textasciitilde": "~", "textasciicircum": "^",
    "textbackslash": "\\", "textunderscore": "_", "textless": "<", "textgreater": ">", "textbar": "|",
    "textquotedbl": '"', "textquotesingle": "'", "textasciigrave": "`", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "lq": "‘", "rq": "’", "slash": "/", "textendash": "–",
    "textemdash": "—", "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘",
    "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{",
    "rbrace": "}", "less": "<", "greater": ">", "lt": "<", "gt": ">", "degree": "°", "textdegree": "°",
    "textcelsius": "℃", "textmu": "µ", "textperiodcentered": "·", "textbullet": "•", "texttrademark": "™",
    "textregistered": "®", "textcopyright": "©", "cdot": "·", "prime": "′", "ast": "*", "hyp": "-", "hyphen": "-",
    "nobreakdash": "", "textnumero": "№", "psq": "\u00a0f.", "psqq": "\u00a0ff.",
}  # fmt: skip

LOGOS: Mapping[str, str] = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2ε", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX",
    "XeLaTeX": "XeLaTeX", "LuaLaTeX": "LuaLaTeX", "AmS": "AMS", "METAFONT": "METAFONT", "MF": "METAFONT",
}  # fmt: skip
"""Names with a case of their own."""

LIGATURES: Mapping[str, str] = {
    "~": "\u00a0", "--": "–", "---": "—", "``": "“", "''": "”", "`": "‘", "?`": "¿", "!`": "¡",
}  # fmt: skip

RAISED = str.maketrans("0123456789+\u2212=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@cache
def _library() -> Mapping[str, str]:
    """pylatexenc's macros that print one character."""
    from pylatexenc.latex2text import get_default_latex_context_db

    tables = get_default_latex_context_db()
    symbols: dict[str, str] = {}
    for category in ("latex-base", "advanced-symbols"):
        for name, macro in tables.d[category]["macros"].items():
            printed = macro.simplify_repl
            if isinstance(printed, str) and len(printed) == 1 and not printed.isspace():
                symbols.setdefault(name, printed)
    return symbols


def symbol(name: str) -> str | None:
    """What the macro `name` prints, or None if it is not a symbol."""
    printed = SYMBOLS.get(name)
    if printed is None:
        printed = LOGOS.get(name)
    return _library().get(name) if printed is None and name not in QUIET else printed


@cache
def latex_of_characters() -> Mapping[int, str]:
    """pylatexenc's LaTeX for each character beyond ASCII."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    table: Mapping[int, str] = get_builtin_uni2latex_dict()
    return table
