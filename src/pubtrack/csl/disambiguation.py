"""Disambiguation: what each cite must show so that it can be told from the others.

CSL 1.0.2, section "Disambiguation". The methods are tried in its order: expand names, show more names, the condition
"disambiguate", the year-suffix. Only cites that print the same are ever rendered again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pubtrack.csl.cite_context import Shown
from pubtrack.csl.name_rendering import NameForm, NameSet, given_name
from pubtrack.model.name import Name


@dataclass(frozen=True, slots=True)
class Methods:
    """What the attributes of `<citation>` allow; `conditions` counts how often the style tests
    "disambiguate"."""

    add_givennames: bool = False
    rule: str = "by-cite"
    add_names: bool = False
    conditions: int = 0
    year_suffix: bool = False

    @property
    def any(self) -> bool:
        return self.add_givennames or self.add_names or self.conditions > 0 or self.year_suffix


def methods_of(citation: Mapping[str, str], *, conditions: int) -> Methods:
    return Methods(
        add_givennames=citation.get("disambiguate-add-givenname") == "true",
        rule=citation.get("givenname-disambiguation-rule", "by-cite"),
        add_names=citation.get("disambiguate-add-names") == "true",
        conditions=conditions,
        year_suffix=citation.get("disambiguate-add-year-suffix") == "true",
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """How one cite prints on its own: its characters without year-suffix, and the name lists in it."""

    text: str
    sets: tuple[NameSet, ...]


@dataclass(frozen=True, slots=True)
class Disambiguation:
    """What one work's cite shows beyond the style, and its year-suffix."""

    shown: Shown = field(default_factory=Shown)
    suffix: str = ""


_Cell = TypeVar("_Cell")
Print = Callable[[int, Shown], Printed]


def disambiguate(count: int, show: Print, methods: Methods, order: Sequence[int]) -> list[Disambiguation]:
    """What each of `count` cites must show; `order` is that of the bibliography, which the suffixes follow."""
    return _Disambiguation(count, show, methods).run(order)


def suffix_letters(number: int) -> str:
    """0 is "a", 25 is "z", 26 is "aa"."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


class _Disambiguation:
    def __init__(self, count: int, show: Print, methods: Methods) -> None:
        self.show = show
        self.methods = methods
        self.shown = [Shown()] * count
        self.printed = [show(index, Shown()) for index in range(count)]
        self.suffixed: list[list[int]] = []

    def run(self, order: Sequence[int]) -> list[Disambiguation]:
        by_name = self.methods.add_givennames and self.methods.rule != "by-cite"
        if by_name:
            self.expand_everywhere()
        for group in _alike(range(len(self.shown)), lambda index: self.printed[index].text):
            self.resolve(group)
        suffixes = [""] * len(self.shown)
        place = {index: position for position, index in enumerate(order)}
        for group in self.suffixed:
            for number, index in enumerate(sorted(group, key=lambda index: place.get(index, index))):
                suffixes[index] = suffix_letters(number)
        return [Disambiguation(shown, suffix) for shown, suffix in zip(self.shown, suffixes, strict=True)]

    def expand_everywhere(self) -> None:
        """Names that are short for different people are expanded in all cites ("Given Name Disambiguation Rules")."""
        registry = Registry(self.methods.rule, (printed.sets for printed in self.printed))
        for index, printed in enumerate(self.printed):
            forms = tuple(registry.forms(names) for names in printed.sets)
            if any(any(levels) for levels in forms):
                self.put(index, replace(self.shown[index], forms=forms))

    def put(self, index: int, shown: Shown) -> None:
        self.shown[index] = shown
        self.printed[index] = self.show(index, shown)

    def resolve(self, group: list[int]) -> None:
        """Tells the members of `group` apart, which print the same."""
        for more in self.trials(group):
            printed = {index: self.show(index, more(self.shown[index])) for index in group}
            parts = _alike(group, lambda index, printed=printed: printed[index].text, single=True)  # type: ignore[misc]
            if len(parts) > 1:
                for index in group:
                    self.shown[index], self.printed[index] = more(self.shown[index]), printed[index]
                for part in parts:
                    if len(part) > 1:
                        self.resolve(part)
                return
        self.by_condition(group)

    def by_condition(self, group: list[int], met: int = 0) -> None:
        """Lets one more of the style's "disambiguate" conditions hold, as long as that tells some apart."""
        before = self.show(group[0], replace(self.shown[group[0]], condition=met)).text
        for count in range(met + 1, self.methods.conditions + 1):
            printed = {index: self.show(index, replace(self.shown[index], condition=count)) for index in group}
            parts = _alike(group, lambda index, printed=printed: printed[index].text, single=True)  # type: ignore[misc]
            if len(parts) > 1 or (printed[group[0]].text != before and not self.methods.year_suffix):
                for part in parts:
                    for index in part:
                        self.shown[index] = replace(self.shown[index], condition=count)
                    if len(part) > 1:
                        self.by_condition(part, count)
                return
        self.by_suffix(group)

    def by_suffix(self, group: list[int]) -> None:
        if self.methods.year_suffix:
            self.suffixed.append(group)

    def trials(self, group: Sequence[int]) -> Iterator[Callable[[Shown], Shown]]:
        """What more can be shown, step by step; steps that change nothing are left out."""
        sets = [self.printed[index].sets for index in group]
        for place in range(max(len(one) for one in sets)):
            lists = [one[place] for one in sets if place < len(one)]
            count, done = max(names.shown for names in lists), 0
            wider: Callable[[Shown], Shown] = _as_it_is
            while True:
                for name in range(done, count):
                    for level in self.levels(lists, name):
                        yield _expanding(wider, place, name, level)
                done = count
                more = _next_count(lists, count) if self.methods.add_names else None
                if more is None:
                    break
                count = more
                wider = _widening(place, count)
                yield wider

    def levels(self, lists: Sequence[NameSet], name: int) -> Sequence[int]:
        """The forms that may tell the names at one place apart, none where they are one person's."""
        if not self.methods.add_givennames or self.methods.rule != "by-cite":
            return ()
        people = {_person(names.people[name]) for names in lists if name < len(names.people)}
        if len(people) < 2:
            return ()
        base = min(names.base for names in lists)
        initials = all(names.form.initialize_with is not None and names.form.initialize for names in lists)
        return range(base + 1 if initials else 2, 3) if base < 2 else ()


class Registry:
    """All names of all cites, to see which of them are short for several people."""

    def __init__(self, rule: str, cites: Iterable[Sequence[NameSet]]) -> None:
        self.primary = rule.startswith("primary-name")
        self.with_initials = rule.endswith("-with-initials")
        self.people: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self.initials: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        for sets in cites:
            for number, names in enumerate(sets):
                for name in self._counted(names, number):
                    key = _short(name)
                    self.people[key].add(_person(name))
                    self.initials[key, _initials(name, names.form)].add(_person(name))

    def _counted(self, names: NameSet, number: int) -> Sequence[Name]:
        if self.primary:
            return names.people[:1] if number == 0 else ()
        return names.people

    def forms(self, names: NameSet) -> tuple[int, ...]:
        """How much each name of a list must show."""
        return tuple(
            self._form(name, names) if index == 0 or not self.primary else 0 for index, name in enumerate(names.people)
        )

    def _form(self, name: Name, names: NameSet) -> int:
        key = _short(name)
        if name.literal or len(self.people[key]) < 2:
            return 0
        can_initialize = names.form.initialize_with is not None and names.form.initialize
        unique = len(self.initials[key, _initials(name, names.form)]) < 2
        if self.with_initials:
            return 1 if can_initialize and len({k for k in self.initials if k[0] == key}) > 1 else 0
        return 1 if can_initialize and unique else 2


def _short(name: Name) -> str:
    return name.literal or f"{name.non_dropping_particle} {name.family}".strip()


def _person(name: Name) -> tuple[str, ...]:
    given = name.given.replace(".", " ").replace(" ", "")
    return (name.literal, name.family, given, name.non_dropping_particle, name.dropping_particle, name.suffix)


def _initials(name: Name, form: NameForm) -> str:
    return given_name(name.given, replace(form, initialize=True, initialize_with=form.initialize_with or ""))


def _alike(indices: Iterable[int], text: Callable[[int], str], *, single: bool = False) -> list[list[int]]:
    """The indices with equal texts together; those that stand alone only where asked for."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index in indices:
        groups[text(index)].append(index)
    return [group for group in groups.values() if single or len(group) > 1]


def _next_count(lists: Sequence[NameSet], shown: int) -> int | None:
    """The least number of names above `shown` at which the lists differ, None where they never do."""
    longest = max(len(names.people) for names in lists)
    before = len({tuple(map(_person, names.people[:shown])) for names in lists})
    if longest <= shown:
        return None
    for count in range(shown + 1, longest + 1):
        column = {_person(names.people[count - 1]) if count <= len(names.people) else () for names in lists}
        if len(column) > 1 or any(len(names.people) == count != longest for names in lists):
            return count
    return longest if before > 1 and longest > shown else None


def _as_it_is(shown: Shown) -> Shown:
    return shown


def _widening(place: int, count: int) -> Callable[[Shown], Shown]:
    """Shows `count` names of one list."""
    return lambda shown: replace(shown, names=_put(shown.names, place, count, 0))


def _expanding(wider: Callable[[Shown], Shown], place: int, name: int, level: int) -> Callable[[Shown], Shown]:
    """Shows more of one name, on top of `wider`."""
    return lambda shown: replace(wider(shown), forms=_with(wider(shown).forms, place, name, level))


def _with(forms: tuple[tuple[int, ...], ...], place: int, name: int, level: int) -> tuple[tuple[int, ...], ...]:
    row = forms[place] if place < len(forms) else ()
    return _put(forms, place, _put(row, name, level, 0), ())


def _put(row: tuple[_Cell, ...], place: int, value: _Cell, empty: _Cell) -> tuple[_Cell, ...]:
    """`row` with `value` at `place`, lengthened with `empty` as needed."""
    cells = list(row) + [empty] * (place + 1 - len(row))
    cells[place] = value
    return tuple(cells)
