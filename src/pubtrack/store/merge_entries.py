"""Merge two entries of one work: the fields of both, their conflicts, and the resulting texts.

No value of either side is lost unless the caller says which side to take: equal values (but for typography) stay as the
kept entry spells them, lists of keywords and keys are united, everything else that differs is a conflict.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pubtrack.bibtex import date_fields, fields, macros, name_lists
from pubtrack.bibtex.blocks import Entry, Field
from pubtrack.bibtex.document import Document, parse
from pubtrack.bibtex.edit import change_fields, editable, remove_entries
from pubtrack.bibtex.grammar import GOOD_TYPE
from pubtrack.bibtex.latex import characters
from pubtrack.bibtex.references import KEY_FIELDS, references, remove_keys, with_renamed
from pubtrack.bibtex.to_work import page
from pubtrack.matching.work_identifiers import normal_doi
from pubtrack.model.errors import PubtrackError, UsageError

_LISTS = frozenset({"keywords", "related", "xdata", "entryset", "ids"})
_DATE = ("date", "year", "month", "day")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})
_HASH = re.compile(r"(?:(?<!\s)\s++)?[,;]\s*+")
_PEOPLE = frozenset(fields.PEOPLE_FIELDS) | fields.NAME_LISTS


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field (by its name in the kept entry, or `type`) for which the two entries have different values, as LaTeX."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining takes: `changes` are raw values by field of the kept entry, None where a field goes; `type` is its
    new type, or "" where that stays."""

    changes: Mapping[str, str | None]
    conflicts: tuple[Conflict, ...] = ()
    type: str = ""


def join(
    kept: Entry, gone: Entry, known: Mapping[str, str], take: Mapping[str, str] | None = None, *, ids: bool = True
) -> Joined:
    """How the entry `gone` is joined into `kept`; `known` are the macros of the store.

    `take` names, by field, the key of the entry whose value is taken. With `ids`, the key of `gone` stands in `ids` of
    the kept entry, so that biblatex and pubtrack still find it for documents that cite it. Raises UsageError for a
    field of `take` that is not a conflict and PubtrackError where an entry has a field twice.
    """
    return _Joining(kept, gone, known, {name.lower(): key for name, key in (take or {}).items()}).joined(ids=ids)


class _Joining:
    """The two entries while their fields are gone through."""

    def __init__(self, kept: Entry, gone: Entry, known: Mapping[str, str], take: Mapping[str, str]) -> None:
        self.kept, self.gone, self.known, self.take = kept, gone, known, take
        self.mine, self.theirs = _by_name(kept), _by_name(gone)
        self.changes: dict[str, str | None] = {}
        self.conflicts: list[Conflict] = []
        self.used: set[str] = set()

    def joined(self, *, ids: bool) -> Joined:
        type_ = ""
        if fields.biblatex_type(self.kept.type) != fields.biblatex_type(self.gone.type):
            type_ = self.gone.type if self._chosen("type", self.kept.type, self.gone.type) == self.gone.key else ""
        dated = self._dates()
        for name, field in self.theirs.items():
            if name not in dated:
                self._field(name, field)
        if ids:
            self._unite("ids", [*self._keys("ids", self.mine), *self._keys("ids", self.theirs), self.gone.key])
        unknown = [name for name in self.take if name not in self.used]
        if unknown:
            asked = ", ".join(conflict.field for conflict in self.conflicts) or "none"
            raise UsageError(f"--take {unknown[0]}: the entries do not differ in that field; they do in: {asked}")
        return Joined(self.changes, tuple(self.conflicts), type_)

    def _chosen(self, name: str, mine: str, theirs: str) -> str:
        """The key of the side that is to be taken, or "" and a conflict."""
        canonical = fields.field_name(name)[0]
        asked = next((one for one in (name.lower(), canonical) if one in self.take), "")
        if not asked:
            self.conflicts.append(Conflict(name, mine, theirs))
            return ""
        self.used.add(asked)
        if self.take[asked] not in (self.kept.key, self.gone.key):
            raise UsageError(
                f'--take {asked}={self.take[asked]}: that is neither "{self.kept.key}" nor "{self.gone.key}"'
            )
        return self.take[asked]

    def _latex(self, field: Field) -> str:
        return macros.expand(field.value, self.known).latex

    def _field(self, name: str, field: Field) -> None:
        own = self.mine.get(name)
        if name in _LISTS:
            if name != "ids":
                self._unite(name, [*self._keys(name, self.mine), *self._keys(name, self.theirs)], field)
        elif own is None:
            self.changes[field.name] = field.value
        elif is_same(name, self._latex(own), self._latex(field)):
            return
        elif self._chosen(own.name, self._latex(own), self._latex(field)) == self.gone.key:
            self.changes[own.name] = field.value

    def _keys(self, name: str, of: Mapping[str, Field]) -> list[str]:
        field = of.get(name)
        words = _HASH.split(self._latex(field).strip()) if field is not None else []
        return [word for word in words if word]

    def _unite(self, name: str, words: Sequence[str], field: Field | None = None) -> None:
        """A list field with the words of both sides, each once and in order; an entry does not name itself."""
        own = self.mine.get(name)
        united = dict.fromkeys(words)
        if name != "keywords":
            for key in (self.kept.key, *([self.gone.key] if name != "ids" else [])):
                united.pop(key, None)
        before = self._keys(name, self.mine)
        if list(united) == before:
            return
        written = own.name if own is not None else field.name if field is not None else name
        self.changes[written] = f"{{{', '.join(united)}}}" if united else None
        if not united and own is None:
            del self.changes[written]

    def _dates(self) -> frozenset[str]:
        """The fields of a date that are settled here: `date` says what `year` and `month` do in another way.

        The more exact of two dates that agree is kept; two that do not agree are one conflict.
        """
        mine, theirs = ([name for name in _DATE if name in of] for of in (self.mine, self.theirs))
        if not {"date", "year"} & set(mine) or not {"date", "year"} & set(theirs):
            return frozenset()
        for name in theirs[: len({"date", "year"} & set(theirs))]:
            used = {part: field for part, field in self.theirs.items() if part in (name, "month", "day")}
            if not self._is_settled(name, used, self._date(self.mine), self._date(used)):
                self._other_date(mine, theirs)
                return frozenset(_DATE)
        bare = {part: field for part, field in self.theirs.items() if part in ("date", "year")}
        return frozenset(_DATE if self._date(bare) != self._date(self.theirs) else ("date", "year"))

    def _is_settled(self, name: str, used: Mapping[str, Field], one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        """Whether their date says no more than ours, or more of the same, which is then taken."""
        if not one or not other:
            literals = [self._latex(of[own]) for of, own in ((self.mine, name), (used, name)) if own in of]
            return len(literals) == 2 and is_same(name, *literals)
        if one[: len(other)] == other:
            return True
        if other[: len(one)] != one:
            return False
        exact = self._date({name: used[name]}) == other
        for part in (name,) if exact else (name, "month", "day"):
            if part in used and (part == "date" or part not in self.mine):
                self.changes[self.mine.get(part, used[part]).name] = used[part].value
        return True

    def _other_date(self, mine: Sequence[str], theirs: Sequence[str]) -> None:
        shown = [
            " ".join(self._latex(of[name]) for name in names)
            for of, names in ((self.mine, mine), (self.theirs, theirs))
        ]
        if self._chosen(self.mine[mine[0]].name, *shown) != self.gone.key:
            return
        for name in mine:
            self.changes[self.mine[name].name] = None
        for name in theirs:
            self.changes[self.mine.get(name, self.theirs[name]).name] = self.theirs[name].value

    def _date(self, of: Mapping[str, Field]) -> tuple[int, ...]:
        values = {name: characters(self._latex(of[name])) for name in _DATE if name in of}
        date = date_fields.issued(values).date
        return date.parts if date is not None and date.end is None else ()


def _by_name(entry: Entry) -> dict[str, Field]:
    """The fields by biblatex's names in small letters; two that say the same under two names keep their own."""
    found: dict[str, Field] = {}
    for field in entry.fields:
        name = fields.field_name(field.name)[0]
        if any(other.name.lower() == field.name.lower() for other in found.values()):
            raise PubtrackError(f'the field "{field.name}" stands twice in "{entry.key}"; fix that first')
        found[field.name.lower() if name in found else name] = field
    return found


def is_same(name: str, mine: str, theirs: str) -> bool:
    """Whether two values of a field, as LaTeX, say the same but for typography: case, braces, blanks, dashes, macros.

    Accents and initials make a difference: "Müller" is more than "Muller", "Jane" more than "J.".
    """
    one, other = _folded(mine), _folded(theirs)
    if one == other:
        return True
    if name == "doi":
        return bool(normal_doi(one)) and normal_doi(one) == normal_doi(other)
    if name == "pages":
        return page(one).replace("–", "-") == page(other).replace("–", "-")
    if name == "month":
        read = [date_fields.issued({"year": "2000", "month": text}).date for text in (one, other)]
        return read[0] == read[1] and read[0] is not None and len(read[0].parts) > 1
    if name in _PEOPLE:
        people = [name_lists.parse(latex) for latex in (mine, theirs)]
        listed = [[_folded(str(person)) for person in one.names] for one in people]
        return listed[0] == listed[1] and people[0].others == people[1].others
    return name == "url" and one.rstrip("/") == other.rstrip("/")


def _folded(latex: str) -> str:
    return " ".join(
        unicodedata.normalize("NFC", characters(latex)).translate(_ALIKE).replace("--", "-").casefold().split()
    )


def texts(
    documents: Sequence[Document], kept: str, gone: str, take: Mapping[str, str], *, ids: bool = True
) -> list[str]:
    """The texts of a store's documents with the entry `gone` joined into `kept`, and all references to it following.

    Raises PubtrackError, naming every conflict that `take` leaves open, where the entries contradict each other; also
    where one takes its fields from the other, and where an entry is broken or stands twice.
    """
    home, other_home = (_home(documents, key) for key in (kept, gone))
    mine, theirs = home.entry(kept), other_home.entry(gone)
    _refuse_family(mine, theirs)
    joined = join(mine, theirs, macros.read_macros(documents)[0], take, ids=ids)
    if joined.conflicts:
        raise PubtrackError(_asked(joined.conflicts, kept, gone), file=home.file, line=mine.line)
    found = []
    for document in documents:
        text = document.text
        if document is home:
            text = change_fields(document, {kept: joined.changes}, raw=True) if joined.changes else text
            text = _with_type(parse(text, file=document.file), kept, joined.type) if joined.type else text
        text = _with_references(parse(text, file=document.file), gone, kept)
        if document is other_home:
            text = remove_entries(parse(text, file=document.file), [gone])
        found.append(text)
    return found


def _home(documents: Sequence[Document], key: str) -> Document:
    homes = [document for document in documents if key in document.by_key]
    if not homes:
        raise PubtrackError(f'there is no entry "{key}"')
    if len(homes) > 1:
        raise PubtrackError(f'the key "{key}" is used in {" and in ".join(one.file for one in homes)}; fix that first')
    editable(homes[0], key)
    return homes[0]


def _refuse_family(one: Entry, other: Entry) -> None:
    for child, parent in ((one, other), (other, one)):
        field = child.get("crossref")
        if field is not None and field.value[1:-1].strip().lower() == parent.key.lower():
            raise PubtrackError(f'"{child.key}" is a part of "{parent.key}" (crossref); they are two works')


def _asked(conflicts: Sequence[Conflict], kept: str, gone: str) -> str:
    shown = "; ".join(
        f"{one.field}: {kept} has {_quoted(one.mine)}, {gone} has {_quoted(one.theirs)}" for one in conflicts
    )
    options = " ".join(f"--take {one.field}=KEY" for one in conflicts)
    return f'"{kept}" and "{gone}" differ, so nothing was changed: {shown}. Say which to take: {options}'


def _quoted(value: str) -> str:
    value = " ".join(value.split())
    return f'"{value[:80]}…"' if len(value) > 80 else f'"{value}"'


def _with_type(document: Document, key: str, type_: str) -> str:
    """The text in which the entry has another type, and nothing else has changed."""
    block = editable(document, key)
    source = document.source(block)
    if not GOOD_TYPE.fullmatch(type_):
        raise PubtrackError(f'"{type_}" is not an entry type')
    changed = re.sub(r"\A@\s*[^\s{(]+", f"@{type_}", source, count=1)
    before, after = parse(source).entries[0], parse(changed).entries[0]
    if [(one.name, one.value) for one in before.fields] != [(one.name, one.value) for one in after.fields]:
        raise PubtrackError(f'the type of "{key}" cannot be changed here; do that by hand', file=document.file)
    return document.text[: block.start] + changed + document.text[block.end :]


def _with_references(document: Document, gone: str, kept: str) -> str:
    """The text in which what refers to `gone` refers to `kept`, once; the two entries themselves are left alone."""
    changes: dict[str, dict[str, str | None]] = {}
    for reference in references(document, [gone]):
        entry, field = reference.entry, reference.field
        if entry.key in (gone, kept):
            continue
        is_list = field.name.lower() in KEY_FIELDS
        has_both = is_list and any(
            one.field.name_start == field.name_start and one.entry.key == entry.key
            for one in references(document, [kept])
        )
        value = remove_keys(reference, [gone]) if has_both else with_renamed([reference], gone, kept)[0][1]
        changes.setdefault(entry.key, {})[field.name] = value
    return change_fields(document, changes, raw=True) if changes else document.text
