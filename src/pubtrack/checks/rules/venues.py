"""One venue in several spellings across the list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import Spot, View
from pubtrack.checks.rule import Hit, rule
from pubtrack.lists.filters import fold_value

_TEA = "@article{tea2020, author = {Roe, Ann}, title = {Tea}, journal = {Journal of Tea Research}, year = 2020}\n"
_WORD = pattern(r"[^\W_]+\.?")
_SMALL = frozenset("the of and for in on a an to de la le les des du et der die das und für fur y & &amp; amp".split())


@rule(
    "fld-journal-style",
    "warning",
    why="Half of a list abbreviated reads as carelessness, and counts by venue come out wrong.",
    source="JabRef's AbbreviationChecker, BibliographyConsistencyCheck; ISO 4",
    bad=_TEA + "@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {J. Tea Res.}, year = 2020}",
    good=_TEA + "@article{study2020, author = {Roe, Ann}, title = {A study}, journal = {Journal of Tea}, year = 2020}",
)
def fld_journal_style(view: View, context: Context) -> Iterator[Hit]:
    """A journal is spelt in several ways: abbreviated and in full, with "&" and "and", or under one ISSN."""
    spots: dict[str, list[Spot]] = defaultdict(list)
    for spot in view.fields("journaltitle"):
        spots[characters(spot.latex)].append(spot)
    counts = Counter({name: len(found) for name, found in spots.items()})
    for names in _groups(spots, context):
        best = max(names, key=lambda name: (counts[name], len(name), name))
        for name in sorted(names - {best}):
            times = f"{counts[best]} time{'s' if counts[best] > 1 else ''}"
            for item, field, _ in spots[name]:
                yield Hit(item, field, f'"{name}" is "{best}" elsewhere ({times}); write one of them throughout')


def _groups(spots: dict[str, list[Spot]], context: Context) -> Iterator[set[str]]:
    """Names that stand for one venue."""
    group: dict[str, set[str]] = {}

    def join(names: Sequence[str]) -> None:
        joined = set[str]().union(*({name} | group.get(name, set()) for name in names))
        for name in joined:
            group[name] = joined

    by_letters: dict[str, list[str]] = defaultdict(list)
    by_initials: dict[str, list[str]] = defaultdict(list)
    by_issn: dict[str, set[str]] = defaultdict(set)
    for name, found in spots.items():
        words = _words(name)
        by_letters[" ".join(words)].append(name)
        by_initials["".join(word[:1] for word in words)].append(name)
        for item, _, _ in found:
            issn = item.value("issn").replace("-", "").strip().upper()
            if len(issn) == 8:
                by_issn[issn].add(name)
    for names in (*by_letters.values(), *by_issn.values()):
        if len(names) > 1:
            join(sorted(names))
    for names in by_initials.values():
        for one, other in _abbreviations(names):
            join([one, other])
    for short, long in context.venues.items():
        if short in spots and long in spots:
            join([short, long])
    seen: set[int] = set()
    for joined in group.values():
        if id(joined) not in seen:
            seen.add(id(joined))
            yield joined


def _words(name: str) -> list[str]:
    words = [word.rstrip(".") for word in _WORD.findall(fold_value(name))]
    return [word for word in words if word not in _SMALL] or words or [""]


def _abbreviations(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of an abbreviated name and the only full one it can stand for, among names with the same initials."""
    full = [name for name in names if "." not in name]
    for short in names:
        if "." not in short or len(_words(short)) < 2:
            continue
        fitting = [name for name in full if _abbreviates(short, name)]
        if len({" ".join(_words(name)) for name in fitting}) == 1:
            yield short, fitting[0]


def _abbreviates(short: str, name: str) -> bool:
    parts = [word for word in _WORD.findall(fold_value(short)) if word.rstrip(".") not in _SMALL]
    words = _words(name)
    if len(parts) != len(words):
        return False
    return all(_begins(part, word) for part, word in zip(parts, words, strict=True))


def _begins(part: str, word: str) -> bool:
    """Whether "Res." may stand for "Research", "Natl." for "National"; a word without a dot only for itself."""
    if not part.endswith("."):
        return part == word
    letters = iter(word)
    return word[0] == part[0] and len(part) > 1 and all(sign in letters for sign in part.rstrip("."))
