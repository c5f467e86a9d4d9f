"""One person's name in several spellings across the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pubtrack.checks.context import Context
from pubtrack.checks.library_view import EntryView, View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.name import Name
from pubtrack.people import Form, Level, spellings, words_of_name
from pubtrack.people.owner import Owner

_OTHER = "@misc{tea2020, author = {Müller, Jürgen}, title = {Tea}, year = 2020}\n"


@rule(
    "nam-variants",
    "info",
    why="One person counts as two: in the index, in “et al.” of the same year, in every count of co-authors. In the "
    "owner's own list, initials beside a full name are named too.",
    source="reffix; names are compared as persons, as `pubtrack who` does",
    bad=_OTHER + "@misc{study2020, author = {Muller, Jurgen}, title = {A study}, year = 2020}",
    good=_OTHER + "@misc{study2020, author = {Müller, Jürgen and Müller, J.}, title = {A study}, year = 2020}",
)
def nam_variants(view: View, context: Context) -> Iterator[Hit]:
    """A person is spelt in several ways: an accent is lost, or (in the owner's list) the given name is abbreviated."""
    uses: dict[Name, list[EntryView]] = defaultdict(list)
    plain: dict[tuple[str, str, str], Name] = {}
    for item, work in view.works:
        if item.own("author") is not None:
            for name in work.author:
                if name.given and name.family:
                    key = (name.family, name.given, name.suffix)
                    uses[plain.setdefault(key, name)].append(item)
    blocks: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in uses:
        family, given = spellings(name.family)[0], spellings(name.given)[0]
        if family and given:
            blocks[family, given[0]].append(name)
    for names in blocks.values():
        if 1 < len(names) < 200:
            yield from _variants(names, uses, context.owner, is_own=view.is_owners_list)


def _variants(
    names: list[Name], uses: dict[Name, list[EntryView]], owner: Owner | None, *, is_own: bool
) -> Iterator[Hit]:
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        groups[spellings(name.given)[0]].append(name)
    for group in groups.values():
        full = [name for name in group if len(spellings(name.given)[0]) > 2 and _written(name) != _written(group[0])]
        if full and len(group) > 1:
            best = max(group, key=lambda name: (_accents(name), len(uses[name]), str(name)))
            for name in group:
                if _letters(name) != _letters(best) and not _is_owner(name, owner):
                    yield from _hits(name, best, uses)
    if is_own:
        yield from _abbreviated(names, uses, owner)


def _abbreviated(names: list[Name], uses: dict[Name, list[EntryView]], owner: Owner | None) -> Iterator[Hit]:
    full = [name for name in names if not words_of_name(name).is_abbreviated]
    if len({spellings(name.given)[0] for name in full}) != 1:
        return  # nobody, or two people whom the initial fits
    best = max(full, key=lambda name: len(uses[name]))
    form = Form(words_of_name(best))
    for name in names:
        is_short = name not in full and form.likeness(words_of_name(name)).level >= Level.INITIALS
        if is_short and not _is_owner(name, owner):
            yield from _hits(name, best, uses)


def _hits(name: Name, best: Name, uses: dict[Name, list[EntryView]]) -> Iterator[Hit]:
    times = f"{len(uses[best])} time{'s' if len(uses[best]) > 1 else ''}"
    for item in dict.fromkeys(uses[name]):
        yield Hit(item, item.own("author"), f'"{name}" is "{best}" elsewhere ({times}); is it one person?')


def _written(name: Name) -> str:
    return f"{name.family}, {name.given}"


def _letters(name: Name) -> str:
    """What is compared: letters with their accents, no case, dots or hyphens."""
    return "".join(sign for sign in _written(name).casefold() if sign.isalpha())


def _accents(name: Name) -> int:
    return sum(not sign.isascii() for sign in _written(name))


def _is_owner(name: Name, owner: Owner | None) -> bool:
    return owner is not None and owner.likeness(name) is not None
