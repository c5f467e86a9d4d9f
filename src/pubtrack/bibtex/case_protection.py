r"""Brace the words of a title that no style may lower-case: acronyms, formulas, macros.

BibTeX styles put all of a title but its first letter in lower case (bibtex.web, "change.case$"), biblatex's do so with
`\MakeSentenceCase`; both leave what stands in braces. A word is braced if it has a capital behind its first sign (NeRF,
GPU, iPhone, 3D, mRNA) or a capital and a digit (H2); with the numbers that a hyphen ties to it (GPT-4).
"""

from __future__ import annotations

import re

from pubtrack.bibtex import latex_tables as tables
from pubtrack.bibtex.latex_tokens import tokens

_WORD = re.compile(r"[^\W_]+")
_FIRST_WORD = re.compile(r"\s?[^\W_]*")
_TIED_NUMBER = re.compile(r"-(?=\d)[\d.]*\d(?![^\W_])")


def protect_words(title: str) -> str:
    """`title` with such words in braces, where they stand in none yet; formulas and commands' arguments stay.

    A title wholly in capitals stays as it is, for there nothing tells an acronym.
    """
    found = list(tokens(title))
    words = [word for token in found if token.kind == "text" for word in _WORD.findall(token.text)]
    if not any(sign.islower() for word in words for sign in word) and len(words) > 1:
        return title
    written: list[str] = []
    depth = 0
    for token in found:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind != "text" or depth:
            written.append(token.text)
            continue
        # Letters right behind a command are its argument, or stand below an accent.
        taken = _FIRST_WORD.match(token.text) if written and written[-1].startswith("\\") else None
        begin = taken.end() if taken else 0
        written += [token.text[:begin], _braced(token.text[begin:])]
    return "".join(written)


def with_commands_kept(title: str) -> str:
    r"""`title` with braces around the formulas and macros that BibTeX would spoil: `\LaTeX` would become `\latex`, and
    `$O(n)$` `$o(n)$`, for BibTeX lowers every letter outside of braces (bibtex.web, "change.case$")."""
    written: list[str] = []
    depth = 0
    for token in tokens(title):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        spoilt = depth == 0 and any(sign.isupper() for sign in token.text)
        if spoilt and (token.kind == "math" or token.text[1:] in tables.LOGOS):
            written.append(f"{{{token.text}}}")
        else:
            written.append(token.text)
    return "".join(written)


def _braced(text: str) -> str:
    written: list[str] = []
    done = 0
    for match in _WORD.finditer(text):
        if match.start() < done or not _is_fixed(match.group()):
            continue
        tied = _TIED_NUMBER.match(text, match.end())
        end = tied.end() if tied else match.end()
        written += [text[done : match.start()], "{", text[match.start() : end], "}"]
        done = end
    return "".join([*written, text[done:]])


def _is_fixed(word: str) -> bool:
    """Whether a word has capitals that are no matter of style."""
    has_capital = any(sign.isupper() for sign in word)
    return any(sign.isupper() for sign in word[1:]) or (has_capital and any(sign.isdigit() for sign in word))
