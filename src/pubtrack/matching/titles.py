"""Titles to their folded words, and two titles to how well they agree: typography apart from a changed word.

The folding is that of `person.folding` for letters; besides, a hyphen is a blank, apostrophes, braces, markup and math
signs are nothing, and C, C++ and C# are three words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pubtrack.matching.grades import Grade
from pubtrack.matching.thresholds import TITLE_OTHER
from pubtrack.model.ordinals import ORDINALS
from pubtrack.people.folding import APOSTROPHES, strip_accents

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CUT = re.compile(r"[:;?!([—―]|\.(?=\s)|\s[-–−](?=\s)|--+")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_](?:\+\+|[#*])|[^\W_]+")
_IN_MATH = re.compile(
    r"\\(?:left|right|q?quad|[bB]igg?[lr]?|math[a-z]+|text[a-z]*|rm|bf|it|bar|overline|hat|tilde|vec|dot)(?![A-Za-z])"
    r"|[\\{}^_]"
)
_MATH = re.compile(r"\$([^$]*)\$")
_NOTICE = re.compile(
    r"(?:(?<!\s)\s++)?[^\w\s]?\b(?:retracted(?:\s++(?:article|paper|chapter))?|withdrawn|removed)\b\W*[:\-–]\s*+", re.I
)
_NOTHING = dict.fromkeys(map(ord, APOSTROPHES | frozenset("{}$\u00ad\u200b\u200c\u200d\u2060\ufeff")))
_NUMBER = re.compile(rf"\d+|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten|{'|'.join(ORDINALS)}")
_COUNTING = frozenset("part parts volume vol chapter no number paper".split())
_SMALL = frozenset(
    "a an and as at by do does for from how in into is it its of on or over the to toward towards under via what when "
    "why with without using use based der die das ein eine einer le la les un une des du de el los las il y e et und "
    "für fur von zur zum im".split()
)
"""Words that say nothing of what a title is about."""
_KINDS = (
    r"(?:dataset|data set|poster|demo|demonstration|short paper|extended abstract|abstract|invited (?:talk|paper)"
    r"|keynote|tutorial|panel|brief communication|student abstract|book review|foreword|guest editorial)"
)
_LABEL = re.compile(
    rf"[(\[](?:[\w-]+\s)?{_KINDS}(?:\s\w+)?[)\]]|^\s*{_KINDS}(?:\s(?:abstract|session|summary|description))?\s*:"
    rf"|\s[-–—]\s*{_KINDS}\s*$|\[sic\]",
    re.I,
)
"""What stands before, behind or in a title in one place and not in another: "(Extended Abstract)", "Poster:"."""


@dataclass(frozen=True)
class Folded:
    """A title's words, the numbers of those before which a subtitle may begin, and the words without a label.

    A label says what kind of text it is: "(Extended Abstract)", "Poster:".
    """

    words: tuple[str, ...]
    cuts: frozenset[int] = frozenset()
    unlabelled: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return " ".join(self.words)

    @cached_property
    def glued(self) -> str:
        """The letters without blanks, in which "data base" is "database"."""
        return "".join(self.words)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The words that say what the title is about."""
        return tuple(word for word in self.words if word not in _SMALL)


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """How two titles agree. `score` is their likeness from 0 to 1, `changed` holds the words that differ, as (mine,
    theirs), `numbered` says that only their numbers do, as for the parts of a series."""

    grade: Grade
    score: float
    why: str = ""
    mine: str = ""
    theirs: str = ""
    changed: tuple[tuple[str, str], ...] = ()
    numbered: bool = False


@lru_cache(maxsize=1 << 16)
def fold_title(title: str) -> Folded:
    """The folded words of `title`, which may still hold LaTeX, HTML or TeX math."""
    if "\\" in title:
        from pubtrack.bibtex.latex import characters

        title = characters(title)
    if "<" in title or "&" in title:
        title = html.unescape(html.unescape(_TAG.sub("", title)))
        title = _TAG.sub("", title).replace("&", " and ")
    if "$" in title:
        title = _MATH.sub(lambda math: _IN_MATH.sub("", math[1]), title)
    title = _NOTICE.sub("", title, count=1) if _NOTICE.match(title) else title
    words, cuts = _words(title)
    unlabelled = _words(_LABEL.sub(" ", title))[0] if _LABEL.search(title) else words
    return Folded(words, cuts, unlabelled or words)


def _words(title: str) -> tuple[tuple[str, ...], frozenset[int]]:
    words: list[str] = []
    cuts: set[int] = set()
    for part in _CUT.split(strip_accents(title).translate(_NOTHING)):
        cuts.add(len(words))
        words += map(_spelt_out, _WORD.findall(part.strip()))
    if words and words[-1].endswith("*"):
        words[-1] = words[-1][:-1]  # the asterisk of a footnote
    return tuple(words), frozenset(cuts - {0, len(words)})


def _spelt_out(word: str) -> str:
    """A word with a Greek letter in it by that letter's name."""
    if word.isascii():
        return word
    greek = [letter for letter in word if "\u0370" <= letter <= "\u03ff"]
    if len(greek) != 1:
        return word
    return word.replace(greek[0], unicodedata.name(greek[0], greek[0]).split()[-1].lower())


def compare_titles(mine: str, theirs: Iterable[str]) -> TitleMatch:
    """How the title `mine` agrees with the one of `theirs` that is most like it; SILENT without any.

    A subtitle that only one side has is allowed for, also one behind a dash, a question mark or a bracket.
    """
    forms = [form for form in dict.fromkeys(theirs) if form.strip()]
    if not mine.strip() or not forms:
        return TitleMatch(Grade.SILENT, 0.0)
    return max((_compared(mine, form) for form in forms), key=lambda match: (match.grade, match.score))


def _compared(mine: str, theirs: str) -> TitleMatch:
    one, other = fold_title(mine), fold_title(theirs)
    if not one.words or not other.words:
        same = mine.split() == theirs.split()
        return TitleMatch(Grade.SAME if same else Grade.SILENT, float(same), "", mine, theirs)
    if one.words == other.words or one.glued == other.glued:
        return TitleMatch(Grade.SAME, 1.0, "", mine, theirs)
    if _lacks_subtitle(one, other) or _lacks_subtitle(other, one):
        return TitleMatch(Grade.ALIKE, 1.0, "one of them without the subtitle", mine, theirs)
    if (one.words, other.words) != (one.unlabelled, other.unlabelled) and _same_unlabelled(one, other):
        return TitleMatch(Grade.ALIKE, 1.0, "one of them with a label", mine, theirs)
    changed = _changes(one.words, other.words)
    if all(_is_spelling(*pair) for pair in changed):
        return TitleMatch(Grade.ALIKE, 1.0, "another spelling", mine, theirs, _shown(changed))
    return _differing(one, other, changed, mine, theirs)


def _differing(
    one: Folded, other: Folded, changed: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], mine: str, theirs: str
) -> TitleMatch:
    from rapidfuzz import fuzz

    score = fuzz.ratio(one.text, other.text) / 100
    changed = [pair for pair in changed if not _is_spelling(*pair)]
    shown = _shown(changed)
    if all(map(_is_numbering, changed)):
        return TitleMatch(Grade.CONTRADICTS, score, "another number", mine, theirs, shown, numbered=True)
    if score < TITLE_OTHER:
        return TitleMatch(Grade.CONTRADICTS, score, "another title", mine, theirs, shown)
    return TitleMatch(Grade.NEAR, score, _named(shown), mine, theirs, shown)


def _named(changed: Sequence[tuple[str, str]]) -> str:
    parts = []
    for mine, theirs in changed[:3]:
        if not mine or not theirs:
            parts.append(f'"{mine or theirs}" {"is missing" if theirs else "is added"}')
        else:
            parts.append(f'"{mine}" for "{theirs}"')
    return ", ".join(parts) + (" and more" if len(changed) > 3 else "")


def _lacks_subtitle(short: Folded, long: Folded) -> bool:
    """Whether `short` is `long` up to a place where a subtitle begins."""
    count = len(short.words)
    if count < len(long.words) and long.words[:count] == short.words:
        return count in long.cuts
    return any("".join(long.words[:cut]) == short.glued for cut in long.cuts)


def _same_unlabelled(one: Folded, other: Folded) -> bool:
    return "".join(one.unlabelled) == "".join(other.unlabelled)


def _changes(one: Sequence[str], other: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The runs of words in which two titles differ, as (of the one, of the other)."""
    from rapidfuzz.distance import Indel

    return [
        (tuple(one[block.src_start : block.src_end]), tuple(other[block.dest_start : block.dest_end]))
        for block in _joined(iter(Indel.opcodes(one, other)))
        if block.tag != "equal"
    ]


@dataclass(frozen=True, slots=True)
class _Block:
    tag: str
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def _joined(opcodes: Iterable[Opcode]) -> list[_Block]:
    """The blocks of an alignment, a deletion and an insertion side by side as one replacement."""
    blocks: list[_Block] = []
    for one in opcodes:
        block = _Block(one.tag, one.src_start, one.src_end, one.dest_start, one.dest_end)
        if blocks and "equal" not in (block.tag, blocks[-1].tag):
            last = blocks.pop()
            block = _Block("replace", last.src_start, block.src_end, last.dest_start, block.dest_end)
        blocks.append(block)
    return blocks


def _shown(changed: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[tuple[str, str], ...]:
    return tuple((" ".join(mine), " ".join(theirs)) for mine, theirs in changed)


def _is_spelling(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two runs of words are the same in another spelling: cut apart elsewhere, British, an umlaut spelt out."""
    return any("".join(map(spelt, mine)) == "".join(map(spelt, theirs)) for spelt in (str, _american, _without_e))


_BRITISH = (
    (re.compile(r"is(?=ation|e$|es$|ed$|er$|ers$|ing$|able$)"), "iz"), (re.compile(r"ys(?=e$|es$|ed$|er$|ing$)"), "yz"),
    (re.compile(r"our(?=(?:s|able|al|ed|ful|hood|ing|ism|ist|ite|less|ly)?$)"), "or"),
    (re.compile(r"ll(?=ing$|ed$|er$|ers$)"), "l"),
    (re.compile(r"tre(?=s?$)"), "ter"), (re.compile(r"ogue(?=s?$)"), "og"), (re.compile(r"ence$"), "ense"),
    (re.compile(r"mme(?=s?$)"), "m"), (re.compile(r"ae|oe"), "e"),
)  # fmt: skip
_UMLAUTS = ((re.compile("ae"), "a"), (re.compile("oe"), "o"), (re.compile("ue"), "u"))


def _american(word: str) -> str:
    return _respelt(word, _BRITISH) if len(word) > 4 else word


def _without_e(word: str) -> str:
    return _respelt(word, _UMLAUTS) if len(word) > 3 else word


def _respelt(word: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, instead in rules:
        word = pattern.sub(instead, word)
    return word


def _is_numbering(pair: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether the words that differ are numbers, as of the parts of a series."""
    words = [*pair[0], *pair[1]]
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    return bool(numbers) and all(word in _COUNTING for word in words if word not in numbers)
