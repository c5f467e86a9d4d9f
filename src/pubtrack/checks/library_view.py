"""A library as rules see it: entries with their works and fields, each value decoded once.

What costs time is done when a rule first asks for it. Rules that look for single characters search the text of a whole
file (`View.search`) and are told in which field of which entry each match stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pubtrack.bibtex import fields, macros
from pubtrack.bibtex.blocks import Entry, Field
from pubtrack.bibtex.document import Document, pieces
from pubtrack.bibtex.file_dialect import dialect_of
from pubtrack.bibtex.inheritance import ResolvedEntry
from pubtrack.bibtex.latex import characters
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import LazyPattern
from pubtrack.matching.duplicates import DuplicatePair, pairs
from pubtrack.model.findings import Finding, Fix
from pubtrack.model.work import Work
from pubtrack.people.owner import Match, identify
from pubtrack.store.library import Library

NOT_TEXT = fields.VERBATIM | fields.RAW | {"pubtrack-ignore", "pubtrack-lock", "execute", "langidopts", "verbd"}
"""Fields that no one reads as running text."""
UNPRINTED = frozenset("abstract annotation keywords file comment review groups owner timestamp mendeley-tags".split())
"""Fields that no style prints; a fault in them breaks no document."""


_COMMON = bytes((*range(32, 127), 9, 10, 13))


class FileView:
    """One file of the library."""

    def __init__(self, document: Document, library: Library, context: Context) -> None:
        self.document = document
        self.library = library
        self._context = context

    @cached_property
    def dialect(self) -> fields.Dialect:
        return self._context.dialect or dialect_of(self.document, self._context.usual_dialect)

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def rare(self) -> str:
        """The characters of the text that are no printable ASCII, each once: a glance that costs nearly nothing."""
        left = self.text.encode("utf-8", "surrogatepass").translate(None, _COMMON)
        return "".join(sorted(set(left.decode("utf-8", "surrogatepass"))))

    @cached_property
    def may_be_edited(self) -> bool:
        """Whether an edit in this file is safe at all: near a broken block it may be refused."""
        return not any(block.is_guessed for block in self.document.blocks if block.problems)


class EntryView:
    """One sound entry: as it stands (`entry`), with what it inherits (`record`), as a `work` (None if it is none)."""

    __slots__ = ("entry", "number", "page", "work")

    def __init__(self, number: int, entry: Entry, page: FileView) -> None:
        self.number = number
        self.entry = entry
        self.page = page
        self.work: Work | None = None

    @property
    def record(self) -> ResolvedEntry:
        return self.page.library.records[self.number]

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def type(self) -> str:
        """biblatex's name of the type."""
        return fields.biblatex_type(self.entry.type)

    def value(self, name: str) -> str:
        """The LaTeX of the field by biblatex's name, own or inherited, or ""."""
        return self.record.fields.get(name, "")

    def plain(self, name: str) -> str:
        """Its characters."""
        return characters(self.record.fields.get(name, ""))

    def own(self, name: str) -> Field | None:
        """The entry's own field by biblatex's name, however it is spelt."""
        found = self.entry.get(name)
        if found is not None and fields.field_name(found.name)[1]:
            return found
        return next((one for one in self.entry.fields if fields.field_name(one.name)[0] == name), None)

    @property
    def is_editable(self) -> bool:
        """Whether the entry can be changed: its key is its own and no fault makes its end doubtful."""
        document = self.page.document
        problem = self.entry.problem
        is_sound = (problem is None or problem.severity == "warning") and self.page.may_be_edited
        return is_sound and bool(self.key) and self.key not in document.repeated

    def fix(self, field: Field, content: str) -> Fix | None:
        """The fix that puts `content` between the delimiters of `field`; None where that cannot be done for certain."""
        if not self.is_editable or field.value[:1] not in ("{", '"') or (field.value[0] == '"' and '"' in content):
            return None
        return self.raw_fix(field, f"{field.value[0]}{content}{field.value[-1]}")

    def raw_fix(self, field: Field, value: str | None) -> Fix | None:
        """The fix that makes `value`, with its delimiters, that of `field`."""
        return Fix(field.name, value) if self.is_editable and value != field.value else None


class Spot(NamedTuple):
    """A field by biblatex's name, and its LaTeX with macros expanded."""

    item: EntryView
    field: Field
    latex: str


class PatternMatches(NamedTuple):
    """Matches of a pattern within one field: the first of them in the file's text, and how many there are."""

    item: EntryView
    field: Field
    name: str
    match: re.Match[str]
    times: int


class OwnerPlace(NamedTuple):
    """One work with authors, and where the owner stands in it."""

    item: EntryView
    work: Work
    match: Match


def content(field: Field) -> tuple[int, str] | None:
    """A value of one operand in delimiters: the offset in the file of its first character, and what stands in it."""
    value = field.value
    if len(value) < 2 or value[0] not in '{"' or (value[0] == '"') != (value[-1] == '"'):
        return None
    if "#" in value and len(pieces(value)) != 1:
        return None
    return field.value_start + 1, value[1:-1]


class View:
    """The library as rules look at it."""

    def __init__(self, library: Library, context: Context | None = None) -> None:
        self.library = library
        self._context = context or Context()
        self._known: dict[str, list[Spot]] = {}

    @cached_property
    def pages(self) -> tuple[FileView, ...]:
        documents = self.library.store.documents if self.library.store else ()
        return tuple(FileView(document, self.library, self._context) for document in documents)

    def in_order(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings by their places: those in no file of the library first, then file by file."""
        order = {page.document.file: number for number, page in enumerate(self.pages)}

        def place(one: Finding) -> tuple[int, str, int, int, str, str, str]:
            return order.get(one.file, -1), one.file, one.line, one.column, one.code, one.key, one.message

        return tuple(sorted(findings, key=place))

    @cached_property
    def items(self) -> tuple[EntryView, ...]:
        """Every sound entry, in the files' order; their works are made when `works` or `work_items` is asked for."""
        found: list[EntryView] = []
        for page in self.pages:
            for block, entry in zip(page.document.entry_blocks, page.document.entries, strict=True):
                if block.kind != "broken":
                    found.append(EntryView(len(found), entry, page))
        return tuple(found)

    @cached_property
    def work_items(self) -> tuple[EntryView, ...]:
        """The entries that are works, each with its `work`; one that cannot be read has none."""
        chosen = [item for item in self.items if item.type not in fields.NOT_WORKS]
        works = deque(self.library.works)  # in the same order, without those that cannot be read
        for item in chosen:
            if works and works[0].id == item.key:
                item.work = works.popleft()
        return tuple(chosen)

    @cached_property
    def works(self) -> tuple[tuple[EntryView, Work], ...]:
        return tuple((item, item.work) for item in self.work_items if item.work is not None)

    @cached_property
    def owner_places(self) -> tuple[OwnerPlace, ...]:
        """The owner's place in every work that has authors; none without an owner."""
        owner = self._context.owner
        if owner is None:
            return ()
        return tuple(
            OwnerPlace(item, work, identify(work.author, owner, others="author" in work.others))
            for item, work in self.works
            if work.author
        )

    @property
    def is_owners_list(self) -> bool:
        """Whether most works are the owner's. A bibliography of other people's works is no list of one's own."""
        certain = sum(place.match.status == "certain" for place in self.owner_places)
        return certain * 2 > len(self.owner_places)

    @cached_property
    def duplicate_pairs(self) -> tuple[DuplicatePair, ...]:
        """The works that seem to be one, in pairs."""
        return pairs([work for _, work in self.works])

    @cached_property
    def by_key(self) -> dict[str, EntryView]:
        """The first entry of each key."""
        found: dict[str, EntryView] = {}
        for item in self.items:
            found.setdefault(item.key, item)
        return found

    @cached_property
    def _named(self) -> dict[str, tuple[list[EntryView], list[Field]]]:
        """All fields by biblatex's name, in the files' order: their entries, and beside these the fields.

        Two lists and not one of pairs, for there are more fields than of all else, and each pair costs the collector.
        """
        written: defaultdict[str, tuple[list[EntryView], list[Field]]] = defaultdict(lambda: ([], []))
        for item in self.items:
            for field in item.entry.fields:
                items, found = written[field[0]]
                items.append(item)
                found.append(field)
        named: dict[str, tuple[list[EntryView], list[Field]]] = {}
        for name, lists in written.items():
            known = named.setdefault(fields.field_name(name)[0], lists)
            if known is not lists:  # spelt in several ways
                both = sorted(
                    zip(known[0] + lists[0], known[1] + lists[1], strict=True),
                    key=lambda pair: (pair[0].number, pair[1].value_start),
                )
                known[0][:], known[1][:] = zip(*both, strict=True)
        return named

    @cached_property
    def _macros(self) -> Mapping[str, str]:
        return macros.read_macros([page.document for page in self.pages])[0]

    def _spots(self, name: str) -> list[Spot]:
        """The fields of this name that have a value; of several in one entry the one that is read."""
        known = self._known.get(name)
        if known is not None:
            return known
        found: list[Spot] = []
        last: EntryView | None = None
        new = tuple.__new__
        for item, field in self.written(name):
            value = field.value
            is_plain = value[0] == "{" and "#" not in value
            latex = value[1:-1] if is_plain else macros.expand(value, self._macros).latex
            if not latex or latex.isspace():
                continue
            if item is not last:
                found.append(new(Spot, (item, field, latex)))
                last = item
            elif fields.field_name(field.name)[1] and not fields.field_name(found[-1].field.name)[1]:
                found[-1] = Spot(item, field, latex)
        self._known[name] = found
        return found

    def written(self, *names: str) -> Iterator[tuple[EntryView, Field]]:
        """Every field of these names as it is written, the blank and the repeated ones too: cheaper than `fields`."""
        for name in names:
            yield from zip(*self._named.get(name, ((), ())), strict=True)

    def fields(self, *names: str) -> Iterator[Spot]:
        """Every field of these names (biblatex's) that stands in an entry and is not blank, its aliases included."""
        for name in names:
            yield from self._spots(name)

    def names(self) -> Sequence[str]:
        """biblatex's names of all fields that have a value somewhere."""
        return sorted(self._named)

    @cached_property
    def _starts(self) -> dict[int, tuple[list[int], list[EntryView]]]:
        found: dict[int, tuple[list[int], list[EntryView]]] = {id(page): ([], []) for page in self.pages}
        for item in self.items:
            starts, items = found[id(item.page)]
            starts.append(item.entry.start)
            items.append(item)
        return found

    def locate(self, page: FileView, offset: int) -> tuple[EntryView, Field] | None:
        """The entry and the field in whose value the character at `offset` of the page's text stands."""
        starts, items = self._starts[id(page)]
        at = bisect_right(starts, offset) - 1
        if at < 0 or offset >= items[at].entry.end:
            return None
        for field in items[at].entry.fields:
            if field.value_start <= offset < field.value_start + len(field.value):
                return items[at], field
        return None

    def texts(self) -> Iterator[tuple[str, Spot]]:
        """Every field that is read as text and not blank, with biblatex's name of it."""
        for name in self._named:
            if name not in NOT_TEXT and not name.startswith("bdsk-"):
                for spot in self._spots(name):
                    yield name, spot

    def search(
        self, pattern: LazyPattern | re.Pattern[str], hint: LazyPattern | None = None
    ) -> Iterator[PatternMatches]:
        """Every field with a match of `pattern`: its first match in the file's text, and how many there are.

        `hint` matches a character without which there is no match, and no printable ASCII; without it `pattern` does.
        """
        for page in self.pages:
            if not (hint or pattern).search(page.rare):
                continue
            end, last, count, first = -1, None, 0, None
            for match in pattern.finditer(page.text):
                at = match.start()
                if last is not None and first is not None and at < end:
                    count += 1
                    continue
                if last is not None and first is not None:
                    yield PatternMatches(*last, fields.field_name(last[1].name)[0], first, count)
                    last = None
                place = self.locate(page, at)
                if place is not None:
                    last, first, count = place, match, 1
                    end = place[1].value_start + len(place[1].value)
            if last is not None and first is not None:
                yield PatternMatches(*last, fields.field_name(last[1].name)[0], first, count)

    def placed(self, finding: Finding) -> Finding:
        """A finding of the store that names a field but no column, with the place of that field's value."""
        from dataclasses import replace

        item = self.by_key.get(finding.key)
        if finding.column or item is None or item.page.document.file != finding.file:
            return finding
        field = item.entry.get(finding.field) or item.own(finding.field)
        if field is None:
            return finding
        line, column = item.page.document.places.of(field.value_start)
        return replace(finding, line=line, column=column, field=field.name)
