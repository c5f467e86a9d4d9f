r"""TeX math that may be trusted, and what it reads like: a formula to checked TeX and to a `Text`, or to nothing.

Math comes from files and the network, and TeX runs what it reads. So only a small language is let through: characters
that mean themselves, scripts, groups, and the commands listed here (LaTeX2e's own and those of amsmath and amssymb),
each with as many arguments as it takes. Whatever else (`\input`, `^^5c`, an open brace) makes the formula no formula.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pubtrack.model.richtext import Mark, Span, Text, merge_spans, text

_TOKEN = re.compile(r"\\([A-Za-z]+)[ ]*|\\(.)|([ ]+)|(.)", re.DOTALL)
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?()[]|/=<>+-*@")
_IN_TEXT = re.compile(r"(?:[^\W_]|[ .,:;!?()/=+*-])*")
_NEEDLESS_BLANK = re.compile(r"(\\[A-Za-z]+) +(?![A-Za-z0-9 ])")
_DEPTH = 12


def _table(words: str) -> dict[str, str]:
    pairs = words.split()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


LETTERS: Mapping[str, str] = _table(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ "
    "mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ "
    "omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ imath ı "
    "Re ℜ Im ℑ aleph ℵ infty ∞ partial ∂ nabla ∇ emptyset ∅ forall ∀ exists ∃ prime ′ angle ∠ star ⋆ "
    "ast ∗ dagger † ddagger ‡ bullet • top ⊤ bot ⊥ flat ♭ sharp ♯ natural ♮ ldots … dots … cdots ⋯ "
    "sum ∑ prod ∏ int ∫ oint ∮ bigcup ⋃ bigcap ⋂ surd √ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ "
    "neg ¬ Vert ‖"
)
"""Commands that stand for one character, and are set like a letter."""

OPERATORS: Mapping[str, str] = _table(
    "times × div ÷ pm ± mp ∓ cdot · circ ∘ cap ∩ cup ∪ vee ∨ wedge ∧ setminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ "
    "le ≤ leq ≤ ge ≥ geq ≥ ll ≪ gg ≫ ne ≠ neq ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ propto ∝ in ∈ notin ∉ ni ∋ "
    "subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ mid ∣ parallel ∥ perp ⊥ vdash ⊢ models ⊨ lesssim ≲ gtrsim ≳ "
    "to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ uparrow ↑ downarrow ↓ Rightarrow ⇒ Leftarrow ⇐ "
    "Leftrightarrow ⇔ mapsto ↦ longrightarrow ⟶ longleftarrow ⟵ hookrightarrow ↪ rightharpoonup ⇀ leadsto ⇝ "
)
"""Commands that stand for one character between two others."""

FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max "
    "min Pr sec sin sinh sup tan tanh".split()
)
_SPACES: Mapping[str, str] = {"quad": " ", "qquad": " ", ",": " ", ";": " ", ":": " ", " ": " ", "!": ""}
_ESCAPED = frozenset("{}%&#_|")
_SWITCHES = frozenset("rm bf it sf tt cal displaystyle textstyle scriptstyle limits nolimits".split())
"""Commands without an argument that change how what follows is set, and print nothing."""
_TEXT_FONTS = frozenset("text textrm textit textbf textsf texttt mbox".split())
_FONTS = frozenset("mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol operatorname".split())
_ACCENTS: Mapping[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0305", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "underline": "\u0332",
}  # fmt: skip
_DELIMITERS = frozenset("()[]|/.")
_SYMBOLS = frozenset((*LETTERS, *OPERATORS))
_COMMANDS = {character: name for name, character in reversed([*LETTERS.items(), *OPERATORS.items()])}


def command_of(character: str) -> str:
    """The command, backslash included, that prints `character` in math, or ""."""
    name = _COMMANDS.get(character) if not character.isascii() else None
    return f"\\{name}" if name else ""


@dataclass(frozen=True, slots=True)
class Formula:
    """Checked TeX without dollar signs, and its text with scripts as `sup` and `sub`."""

    tex: str
    text: Text


class _NoFormulaError(Exception):
    """The TeX is not of the language that is let through."""


@lru_cache(maxsize=1024)
def read_formula(tex: str) -> Formula | None:
    """The formula that `tex` (without dollar signs) writes, or None where it may not be passed on as TeX."""
    parser = _Parser(tex.strip(" "))
    try:
        shown = parser.row("")
    except _NoFormulaError:
        return None
    checked = _NEEDLESS_BLANK.sub(r"\1", "".join(parser.out)).strip(" ")
    return Formula(checked, merge_spans(shown)) if shown else None


def spell_math(value: Text) -> Text:
    """`value` with its math as plain text with real scripts; what is not a formula keeps its dollar signs."""
    if not any("math" in span.marks for span in value):
        return value
    spans: list[Span] = []
    for span in value:
        if "math" not in span.marks:
            spans.append(span)
            continue
        marks = tuple(mark for mark in span.marks if mark != "math")
        found = read_formula(span.text)
        for part in found.text if found else text(f"${span.text}$"):
            extra = tuple(mark for mark in part.marks if mark not in marks)
            spans.append(Span(part.text, (*marks, *extra), span.url))
    return merge_spans(spans)


_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


def formula_in_characters(tex: str) -> str:
    """The formula `tex` in characters alone: x², xₐ, and x^(a,b) where there is no such character."""
    found = read_formula(tex)
    if found is None:
        return f"${tex}$"
    return "".join(script_characters(span) for span in found.text)


def script_characters(span: Span) -> str:
    """The characters of a span that may be raised or lowered."""
    for mark, table, sign in (("sup", _RAISED, "^"), ("sub", _LOWERED, "_")):
        if mark in span.marks:
            if all(ord(character) in table for character in span.text):
                return span.text.translate(table)
            return f"{sign}{span.text}" if len(span.text) == 1 else f"{sign}({span.text})"
    return span.text


class _Parser:
    """One left-to-right pass; `out` gathers the checked TeX, the methods return what they read like."""

    def __init__(self, tex: str) -> None:
        self.tokens = [(m[1] or "", m[2] or "", " " if m[3] else m[4] or "") for m in _TOKEN.finditer(tex)]
        self.at = 0
        self.depth = 0
        self.out: list[str] = []

    def row(self, end: str) -> list[Span]:
        """Atoms up to the character `end` ("" the end of all, "right" the `\\right` that closes)."""
        self.depth += 1
        if self.depth > _DEPTH:
            raise _NoFormulaError
        shown = self.scripts()  # of nothing
        while self.at < len(self.tokens):
            word, _, character = self.tokens[self.at]
            if (end and character == end) or (end == "right" and word == "right"):
                self.depth -= 1
                return shown
            shown += self.atom()
            shown += self.scripts()
        if end:
            raise _NoFormulaError
        self.depth -= 1
        return shown

    def atom(self) -> list[Span]:
        word, escaped, character = self.tokens[self.at]
        self.at += 1
        if character == " ":
            self.out.append(" ")
            return [Span(" ")]
        if character == "~":
            return self.printed("\\;", " ")
        if character == "{":
            return self.group()
        if word:
            return self.command(word)
        if escaped:
            if escaped in _SPACES:
                # A backslash and a blank at the end would lose the blank and escape the dollar sign.
                return self.printed("\\;" if escaped == " " else f"\\{escaped}", _SPACES[escaped])
            if escaped in _ESCAPED:
                return self.printed(f"\\{escaped}", "‖" if escaped == "|" else escaped)
        elif character in _PLAIN:
            return self.printed(character, "−" if character == "-" else character)
        elif command := command_of(character):
            return self.printed(f"{command} ", character)
        raise _NoFormulaError

    def printed(self, tex: str, shown: str) -> list[Span]:
        self.out.append(tex)
        return list(text(shown))

    def group(self) -> list[Span]:
        """What stands up to the closing brace; the opening one is read."""
        self.out.append("{")
        shown = self.row("}")
        self.at += 1
        self.out.append("}")
        return shown

    def command(self, word: str) -> list[Span]:
        if word in LETTERS or word in OPERATORS:
            return self.printed(f"\\{word} ", LETTERS.get(word) or OPERATORS[word])
        if word in FUNCTIONS:
            shown = self.printed(f"\\{word} ", word)
            follows = self.tokens[self.at][2] if self.at < len(self.tokens) else "."
            return shown if follows in _SIGNS else [*shown, Span(" ")]
        if word in _SPACES:
            return self.printed(f"\\{word} ", " ")
        if word in _SWITCHES:
            return self.printed(f"\\{word} ", "")
        self.out.append(f"\\{word}")
        if word in _TEXT_FONTS:
            return self.words()
        if word in _FONTS:
            return [_in_font(span, word) for span in self.argument()]
        if word in _ACCENTS:
            return _accented(self.argument(), _ACCENTS[word])
        if word == "sqrt":
            return [Span("√"), *_bracketed(self.argument())]
        if word == "frac":
            return [*_bracketed(self.argument()), Span("/"), *_bracketed(self.argument())]
        if word == "left":
            return self.fence()
        raise _NoFormulaError

    def words(self) -> list[Span]:
        """The braced argument of a command whose argument is text."""
        end = next((n for n in range(self.at, len(self.tokens)) if self.tokens[n][2] == "}"), self.at)
        inner = "".join(character for _, _, character in self.tokens[self.at + 1 : end])
        bare = all(character for _, _, character in self.tokens[self.at : end])
        if end == self.at or self.tokens[self.at][2] != "{" or not bare or not _IN_TEXT.fullmatch(inner):
            raise _NoFormulaError
        self.at = end + 1
        return self.printed(f"{{{inner}}}", inner)

    def argument(self) -> list[Span]:
        """A group; anything else that TeX takes for an argument is none of this language."""
        if self.at >= len(self.tokens) or self.tokens[self.at][2] != "{":
            raise _NoFormulaError
        self.at += 1
        return self.group()

    def fence(self) -> list[Span]:
        """What stands between `\\left` (read) and its `\\right`."""
        before = self.delimiter()
        shown = self.row("right")
        self.at += 1
        self.out.append("\\right")
        return [*before, *shown, *self.delimiter()]

    def delimiter(self) -> list[Span]:
        _, escaped, character = self.tokens[self.at] if self.at < len(self.tokens) else ("", "", "")
        self.at += 1
        if escaped and escaped in "{}|":
            return self.printed(f"\\{escaped}", "‖" if escaped == "|" else escaped)
        if character and character in _DELIMITERS:
            return self.printed(character, "" if character == "." else character)
        raise _NoFormulaError

    def scripts(self) -> list[Span]:
        """Primes, then at most one script above and one below, as TeX takes them."""
        shown: list[Span] = []
        seen: set[str] = set()
        while sign := self.sign():
            if sign in seen or (sign == "'" and "^" in seen):
                raise _NoFormulaError
            if sign != "'":
                seen.add(sign)
                shown += self.script(sign)
                continue
            shown += self.printed("'", "′")
            # Primes are a script above; TeX joins only one that follows at once.
            if self.at == len(self.tokens) or self.tokens[self.at][2] not in ("'", "^"):
                seen.add("^")
        return shown

    def sign(self) -> str:
        """The next ^, _ or ', read; blanks before it mean nothing to TeX."""
        following = (character for _, _, character in self.tokens[self.at : self.at + 2])
        for ahead, character in enumerate(following, 1):
            if character and character in "^_'":
                self.at += ahead
                return character
            if character != " ":
                break
        return ""

    def script(self, sign: str) -> list[Span]:
        self.out.append(sign)
        if self.at >= len(self.tokens):
            raise _NoFormulaError
        word, _, character = self.tokens[self.at]
        command = word in _FONTS or word in _TEXT_FONTS
        if character != "{" and not command and word not in _SYMBOLS and character not in _PLAIN:
            raise _NoFormulaError
        mark: Mark = "sup" if sign == "^" else "sub"
        self.out.append("{" if command else "")  # not every command with an argument is a script without braces
        # A script of a script has no mark of its own: it keeps its sign.
        inner = "".join(
            script_characters(Span(span.text, span.marks)) if span.marks else span.text for span in self.atom()
        ).strip(" ")
        self.out.append("}" if command else "")
        return [Span(inner, (mark,))] if inner else []


_SIGNS = frozenset(" ^_()[].,:;'})|/")


def _bracketed(shown: Iterable[Span]) -> list[Span]:
    spans = list(shown)
    return spans if sum(len(span.text) for span in spans) == 1 else [Span("("), *spans, Span(")")]


def _accented(shown: Iterable[Span], accent: str) -> list[Span]:
    return [Span("".join(c if c == " " else c + accent for c in span.text), span.marks) for span in shown]


def _in_font(span: Span, font: str) -> Span:
    if font != "mathbb":
        return span
    return Span("".join(_double_struck(character) for character in span.text), span.marks)


def _double_struck(character: str) -> str:
    for name in ("DOUBLE-STRUCK CAPITAL", "MATHEMATICAL DOUBLE-STRUCK CAPITAL"):
        try:
            return unicodedata.lookup(f"{name} {character}")
        except KeyError:
            continue
    return character
