"""Bold and italic as stars that CommonMark reads as they are meant, or as tags where stars cannot say it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

STARS = {"bold": "**", "italic": "*"}
TAGS = {"bold": "strong", "italic": "em"}


@dataclass(frozen=True, slots=True)
class MarkdownToken:
    """A piece of a line of Markdown.

    `text` is still to be escaped as far as `blank` splits go, then it is markup; `raw` is markup that reads as one
    thing (a tag, a link, a formula); `open` and `close` begin and end "bold" or "italic", which is their value.
    """

    kind: Literal["text", "raw", "open", "close"]
    value: str


@dataclass(slots=True)
class _Run:
    """A run of stars (CommonMark 0.31.2, section 6.2, "delimiter run"); `left` is how many are not yet matched."""

    at: int
    length: int
    opens: bool
    closes: bool
    left: int


def hug_emphasis(tokens: Sequence[MarkdownToken]) -> list[MarkdownToken]:
    """`tokens` with the blanks at the inner ends of emphasis moved out of it, and emphasis of nothing gone.

    A star next to a blank on its inner side is not a delimiter (section 6.2, "left-flanking", "right-flanking").
    """
    if not any(token.kind == "open" for token in tokens):
        return _blanks_out(tokens)
    return _mirrored(_blanks_out(_mirrored(_blanks_out(tokens))))


def _mirrored(tokens: Iterable[MarkdownToken]) -> list[MarkdownToken]:
    swap: dict[str, Literal["open", "close"]] = {"open": "close", "close": "open"}
    return [
        MarkdownToken(swap[token.kind], token.value)
        if token.kind in swap
        else (MarkdownToken("text", token.value[::-1]) if token.kind == "text" else token)
        for token in reversed(list(tokens))
    ]


def _blanks_out(tokens: Iterable[MarkdownToken]) -> list[MarkdownToken]:
    """`tokens` with the blanks before the end of emphasis behind it."""
    out: list[MarkdownToken] = []
    for token in tokens:
        if token.kind == "text" and out and out[-1].kind == "text":
            out[-1] = MarkdownToken("text", out[-1].value + token.value)
        elif token.kind != "close" or not out:
            out.append(token)
        else:
            blanks = ""
            if out[-1].kind == "text":
                words = out[-1].value.rstrip()
                blanks = out.pop().value[len(words) :]
                if words:
                    out.append(MarkdownToken("text", words))
            if out and out[-1] == MarkdownToken("open", token.value):
                out.pop()
                if blanks and out and out[-1].kind == "text":
                    blanks = out.pop().value + blanks
            else:
                out.append(token)
            if blanks:
                out.append(MarkdownToken("text", blanks))
    return out


def write_tokens(tokens: Sequence[MarkdownToken], before: str = " ", after: str = " ") -> str:
    """The Markdown of `tokens` whose text is escaped, between the characters `before` and `after`.

    Stars for all emphasis if that reads as it is meant, else tags for italic, else (which no text is known to need)
    for bold too.
    """
    for tagged in ((), ("italic",)):
        attempt = _with_tags(tokens, tagged)
        attempt = _guarded(attempt, before, after)
        if _reads_as_meant(attempt, before, after):
            break
    else:
        attempt = _with_tags(tokens, ("bold", "italic"))
    return "".join(STARS[token.value] if token.kind in ("open", "close") else token.value for token in attempt)


def _with_tags(tokens: Sequence[MarkdownToken], tagged: Sequence[str]) -> list[MarkdownToken]:
    return [
        MarkdownToken("raw", f"<{'/' if token.kind == 'close' else ''}{TAGS[token.value]}>")
        if token.kind in ("open", "close") and token.value in tagged
        else token
        for token in tokens
    ]


def _runs(tokens: Sequence[MarkdownToken]) -> list[tuple[int, int]]:
    """The stretches [start, end) of neighbouring opens and closes."""
    runs: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        if token.kind in ("open", "close"):
            if runs and runs[-1][1] == index:
                runs[-1] = (runs[-1][0], index + 1)
            else:
                runs.append((index, index + 1))
    return runs


def _guarded(tokens: list[MarkdownToken], before: str, after: str) -> list[MarkdownToken]:
    """`tokens` with letters written as character references where they would keep a star from being a delimiter.

    In a**(b)** the stars do not open, for they are between a letter and punctuation; in &#97;**(b)** they do.
    """
    out = list(tokens)
    for start, end in _runs(tokens):
        kinds = {token.kind for token in tokens[start:end]}
        left = _kind(out[start - 1].value[-1] if start else before)
        right = _kind(out[end].value[0] if end < len(out) else after)
        one = "open" not in kinds and (left == "letter" or right in ("blank", "sign"))
        other = "close" not in kinds and (right == "letter" or left in ("blank", "sign"))
        both = len(kinds) == 2 and left == right and left in ("letter", "sign")
        if one or other or both:
            continue
        if "open" in kinds and start and left in ("letter", "symbol") and out[start - 1].kind == "text":
            value = out[start - 1].value
            out[start - 1] = MarkdownToken("text", f"{value[:-1]}&#{ord(value[-1])};")
        if "close" in kinds and end < len(out) and right in ("letter", "symbol") and out[end].kind == "text":
            value = out[end].value
            out[end] = MarkdownToken("text", f"&#{ord(value[0])};{value[1:]}")
    return out


@lru_cache(maxsize=1024)
def _kind(character: str) -> str:
    """What a character is to a run of stars; a "symbol" is punctuation since CommonMark 0.31 and was none before."""
    if character.isspace():
        return "blank"
    category = unicodedata.category(character)
    if category[0] == "P" or (category[0] == "S" and character.isascii()):
        return "sign"
    return "symbol" if category[0] == "S" else "letter"


def _reads_as_meant(tokens: Sequence[MarkdownToken], before: str, after: str) -> bool:
    spans = _runs(tokens)
    if not spans:
        return True
    meant = _meant(tokens)
    return all(
        _read([_run(tokens, span, before, after, symbols) for span in spans]) == meant for symbols in ("sign", "letter")
    )


Pair = tuple[tuple[int, int], str]
"""The runs, by their token's index, in which emphasis begins and ends, and which it is."""


def _meant(tokens: Sequence[MarkdownToken]) -> list[Pair]:
    run_of = {index: start for start, end in _runs(tokens) for index in range(start, end)}
    stack: list[tuple[int, str]] = []
    pairs: list[Pair] = []
    for index, token in enumerate(tokens):
        if token.kind == "open":
            stack.append((run_of[index], token.value))
        elif token.kind == "close":
            start, what = stack.pop()
            pairs.append(((start, run_of[index]), what))
    return sorted(pairs)


def _run(tokens: Sequence[MarkdownToken], span: tuple[int, int], before: str, after: str, symbols: str) -> _Run:
    start, end = span
    length = sum(len(STARS[token.value]) for token in tokens[start:end])
    left = _kind(tokens[start - 1].value[-1] if start else before).replace("symbol", symbols)
    right = _kind(tokens[end].value[0] if end < len(tokens) else after).replace("symbol", symbols)
    opens = right == "letter" or (right == "sign" and left != "letter")
    closes = left == "letter" or (left == "sign" and right != "letter")
    return _Run(start, length, opens, closes, length)


def _read(runs: Sequence[_Run]) -> list[Pair]:
    """What CommonMark makes of `runs` (section "Phase 2: inline structure", "process emphasis")."""
    pairs: list[Pair] = []
    openers: list[_Run] = []
    for closer in runs:
        while closer.closes and closer.left:
            found = next((n for n in reversed(range(len(openers))) if _match(openers[n], closer)), None)
            if found is None:
                break
            del openers[found + 1 :]
            opener = openers[found]
            used = 2 if opener.left >= 2 and closer.left >= 2 else 1
            pairs.append(((opener.at, closer.at), "bold" if used == 2 else "italic"))
            opener.left -= used
            closer.left -= used
            if not opener.left:
                openers.pop()
        if closer.opens and closer.left:
            openers.append(closer)
    return sorted(pairs)


def _match(opener: _Run, closer: _Run) -> bool:
    """Rules 9 and 10 of section 6.2."""
    if not (opener.closes or closer.opens):
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)
