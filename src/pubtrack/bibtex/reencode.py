r"""Rewrite LaTeX in another encoding: letters as characters or as commands, everything else unchanged.

A value that someone has written with care (braces that protect case, formulas, macros, links) passes unchanged but for

- letters and symbols beyond ASCII, which "latex" writes as commands, and accents and letters written as commands, which
  "unicode" writes as characters;
- signs that would act in LaTeX and were meant as text (`50%`, `AT&T`, `a_b`), which get their backslash;
- commands that read or write files, run programs or redefine what TeX knows: they become text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from pubtrack.bibtex import latex_tables as tables
from pubtrack.bibtex.latex import Encoding, encode_ascii
from pubtrack.bibtex.latex_tables import UNSAFE_COMMANDS
from pubtrack.bibtex.latex_tokens import LatexToken, tokens

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_ACTING = {"%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "^": r"{\textasciicircum}", "$": r"\$"}
_ACTING_SIGN = re.compile(r"[%&#_^$]")
# In TeX's old text encoding (OT1) these print other characters.
_UNLIKE = {"<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}"}
_UNLIKE_SIGN = re.compile(r"[<>|]")
# Characters beyond ASCII, and an ASCII one with what stands over it.
_BEYOND = re.compile("[\x00-\x7f](?=[\u0300-\u036f])[\u0300-\u036f]+|[^\x00-\x7f]")
_DEPTH = 4  # of accents and braces around one letter
_DOTLESS = {"ı": "i", "ȷ": "j"}
_BY_LENGTH = "|".join(sorted(UNSAFE_COMMANDS, key=len, reverse=True))
_UNSAFE = re.compile(rf"\\(?={_BY_LENGTH})(?:{_BY_LENGTH})(?![A-Za-z])")


def reencode(source: str, encoding: Encoding, *, names: bool = False) -> str:
    """`source`, LaTeX with balanced braces, in the encoding; read as text it is the same as before.

    `names` is for lists of names, in which braces hold a name together. Raises `PubtrackError` for a character that
    has no form in LaTeX's commands.
    """
    tidy = _BLANKS.sub(" ", source)
    if tidy.isascii() and "\\" not in tidy and not _ACTING_SIGN.search(tidy):
        return _unlike(tidy) if encoding == "latex" else tidy
    if encoding == "latex":
        return "".join(map(_with_commands, tokens(tidy)))
    return "".join(_Characters(tidy, names=names).run())


def percent_encoded(address: str) -> str:
    """An address in ASCII; what stands in it in ASCII stays."""
    return _BEYOND.sub(lambda match: quote(match.group(), errors="replace"), address)


def _command(token: str) -> str:
    """A command as it may stand in the value; a lone backslash at the end would act on the brace behind."""
    if token == "\\":
        return ""
    if token[1:] in UNSAFE_COMMANDS:
        return rf"{{\textbackslash}}{token[1:]}"
    return token


def _formula(source: str) -> str:
    """Math, or an argument that is not text, without what would act beyond it (`^^5c` is a backslash to TeX)."""
    return _UNSAFE.sub(lambda match: rf"\backslash {match.group()[1:]}", source.replace("^^", "^{}^"))


# Characters to commands --------------------------------------------------------------------------------------------


def _with_commands(token: LatexToken) -> str:
    if token.kind == "text":
        return _in_commands(token.text)
    if token.kind == "command":
        return _command(token.text) if token.text.isascii() else f"{{\\textbackslash}}{_in_commands(token.text[1:])}"
    if token.kind == "math":
        return _BEYOND.sub(_symbol, _formula(token.text))
    if token.kind == "raw":
        return percent_encoded(_formula(token.text))
    return token.text


def _symbol(match: re.Match[str]) -> str:
    """A character in a formula; its command stands in math already."""
    found = "".join(encode_ascii(match.group()))
    return found.removeprefix(r"\ensuremath").strip("$") if found.startswith((r"\ensuremath", "$")) else found


def _in_commands(text: str) -> str:
    """Running text in ASCII; TeX's ligatures that stand in it stay, and no new ones come about."""
    text = unicodedata.normalize("NFC", text)
    written = ""
    done = 0
    for match in _BEYOND.finditer(text):
        written = _joined(written, _escaped(text[done : match.start()]), made=written != "")
        for piece in encode_ascii(match.group()):
            written = _joined(written, piece, made=True)
        done = match.end()
    return _joined(written, _escaped(text[done:]), made=True)


def _joined(before: str, after: str, *, made: bool) -> str:
    """The two with `{}` between where they would become one sign, as `-` and `--` do."""
    if made and before and after:
        last, first = before[-1], after[0]
        if (last == first and first in "-'`") or (last in "?!" and first == "`"):
            return f"{before}{{}}{after}"
    return before + after


def _escaped(text: str) -> str:
    return _unlike(_ACTING_SIGN.sub(lambda match: _ACTING[match.group()], text))


def _unlike(text: str) -> str:
    return _UNLIKE_SIGN.sub(lambda match: _UNLIKE[match.group()], text)


# Commands to characters --------------------------------------------------------------------------------------------


class _Found(NamedTuple):
    """What stands for a stretch of tokens, and where the next one is."""

    text: str
    end: int


class _Characters:
    """One pass over the tokens of a value, running text taken apart into characters."""

    def __init__(self, source: str, *, names: bool) -> None:
        self.names = names
        self.tokens: list[LatexToken] = []
        for token in tokens(source):
            if token.kind == "text":
                self.tokens += [LatexToken("text", sign) for sign in token.text]
            else:
                self.tokens.append(token)

    def run(self) -> Iterable[str]:
        """The value with accents and letters as characters, without the braces that only held those together."""
        position = 0
        argument = after_word = after_open = False
        while position < len(self.tokens):
            token = self.tokens[position]
            found: _Found | None = None
            if token.kind == "open" and not argument:
                found = self._loose_group(position)
            elif token.kind == "command" and not after_word and (self.names or not after_open):
                found = self._letter(position)
            if found:
                yield found.text
                position = found.end
                argument = after_word = after_open = False
                continue
            yield self._as_it_is(token)
            after_open = token.kind == "open" and not argument
            after_word = token.kind == "command" and token.text[1:].isalpha()
            argument = (argument and token == LatexToken("text", " ")) or (
                token.kind == "command" and _takes(token.text[1:])
            )
            position += 1

    def _as_it_is(self, token: LatexToken) -> str:
        if token.kind == "text":
            return _ACTING.get(token.text, token.text) if len(token.text) == 1 else r"\$\$"
        if token.kind == "command":
            return _command(token.text)
        return _formula(token.text) if token.kind in ("math", "raw") else token.text

    def _loose_group(self, position: int) -> _Found | None:
        r"""A group that begins with a letter's command (`{\"o}`, `{\'Ecole}`) without its braces, which protect
        nothing; None if it holds more than letters and text, or in a name more than one letter."""
        here = position + 1
        written: list[str] = []
        while here < len(self.tokens) and self.tokens[here].kind != "close":
            token = self.tokens[here]
            letter = self._letter(here)
            if letter:
                written.append(letter.text)
                here = letter.end
            elif token.kind == "text" and written and not self.names:
                written.append(self._as_it_is(token))
                here += 1
            else:
                return None
        if not written or (self.names and len(written) > 1):
            return None
        return _Found("".join(written), here + 1)

    def _letter(self, position: int, depth: int = 0) -> _Found | None:
        """The letter that begins here as a command, alone or with an accent; None if none does."""
        if depth > _DEPTH or position >= len(self.tokens) or self.tokens[position].kind != "command":
            return None
        name = self.tokens[position].text[1:]
        here = position + 1
        if name in tables.ACCENTS:
            base = self._base(self._behind_blank(here), depth)
            if base is None:
                return None
            marked = _DOTLESS.get(base.text, base.text) + tables.ACCENTS[name][0]
            composed = unicodedata.normalize("NFC", marked)
            return _Found(composed, base.end) if len(composed) == 1 else None
        printed = tables.SYMBOLS.get(name, "")
        if not printed.isalpha():
            return None
        if [token.kind for token in self.tokens[here : here + 2]] == ["open", "close"]:
            return _Found(printed, here + 2)
        return _Found(printed, self._behind_blank(here) if name.isalpha() else here)

    def _behind_blank(self, position: int) -> int:
        return position + (self.tokens[position : position + 1] == [LatexToken("text", " ")])

    def _base(self, position: int, depth: int) -> _Found | None:
        """What an accent stands over: one letter, in braces or not."""
        if depth > _DEPTH or position >= len(self.tokens):
            return None
        token = self.tokens[position]
        if token.kind == "text":
            return _Found(token.text, position + 1) if token.text.isalpha() else None
        if token.kind == "open":
            inner = self._base(position + 1, depth + 1)
            is_closed = inner and self.tokens[inner.end : inner.end + 1] == [LatexToken("close", "}")]
            return _Found(inner.text, inner.end + 1) if inner and is_closed else None
        return self._letter(position, depth + 1)


def _takes(name: str) -> bool:
    """Whether a group behind the command `name` is its argument."""
    return name not in tables.SWITCHES and name not in tables.RESETS and tables.symbol(name) is None
