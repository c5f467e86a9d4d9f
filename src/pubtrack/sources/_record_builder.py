"""A record while a service's reply is read: values as the service sent them in, a `Record` out.

The values that come out are those that convert.py makes of the .bib entry of the same work, so that records and entries
compare, and that compose.py writes such an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pubtrack.bibtex import preprints
from pubtrack.bibtex.fields import ARCHIVES, LANGUAGES
from pubtrack.bibtex.preprints import Eprint
from pubtrack.bibtex.to_work import page
from pubtrack.model import identifiers
from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Quirk, Record, Relation, UpdateNotice
from pubtrack.model.richtext import Text, merge_spans, plain, text
from pubtrack.model.work import Date, Work
from pubtrack.sources import _record_names, _sanitize

_LONGEST_VALUE = 500
_NO_PAGES = re.compile(r"(?:n/?a|no|null|none|undefined)(?:-(?:n/?a|no|null|none|undefined))?", re.I)
_HYPHENATED = re.compile(r"\A([^-–]+-[^\d–-][^-–]*|[^-–]+-[^-–]+(?=-[^-–]+-))-([^–]+)\Z")
_HEADING = re.compile(r"(?:(?<!\s)\s++)?<(?:jats:)?title>\s*+(?:abstract|summary)\s*+[.:]?\s*+</(?:jats:)?title>", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?")
_NOT_WORDS = re.compile(r"[\W_]+")
_SERIES = re.compile(
    r"\bseries\b|^lecture notes\b|^springerbriefs\b|^spie proceedings$|^proceedings of spie$|\bschriften(?:reihe)?\b"
    r"|^(?:communications|studies|progress|advances|topics|contributions|developments|methods|frontiers) (?:in|to|on)\b"
    r"|^ifip advances\b|^ceur workshop|^proceedings of machine learning research$|^(?:jmlr|lipics|leibniz)\b",
    re.I,
)
_BOOK = re.compile(r"\b(?:proceedings|conference|workshop|symposium|congress|meeting)\b|\b(?:19|20)\d\d\b", re.I)
_THESES = ((r"ph\.?\s*d|doct|dissertation|dr\.", "PhD thesis"), (r"master|m\.?sc|m\.?a\.?\b", "Master’s thesis"),
           (r"bachelor|b\.?sc|b\.?a\.?\b", "Bachelor’s thesis"))  # fmt: skip


class Draft:
    """Collects what a reply says of one work. Empty values never get in."""

    def __init__(self, source: str, identifier: str) -> None:
        self.source = source
        self.id = identifier
        self.type = "document"
        self.url = ""
        self.registered_type = ""
        self.values: dict[str, Text] = {}
        self.people: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.custom: dict[str, str] = {}
        self.others: set[str] = set()
        self.years: dict[str, int] = {}
        self.titles: list[str] = []
        self.containers: list[str] = []
        self.relations: list[Relation] = []
        self.updates: list[UpdateNotice] = []
        self.traits: set[Quirk] = set()

    def put(self, variable: str, value: object) -> None:
        """A variable of plain text; the first value stays."""
        words = _sanitize.words(value, _LONGEST_VALUE)
        if words:
            self.values.setdefault(variable, text(words))

    def put_title(self, variable: str, value: object) -> None:
        """A variable of formatted text, such as the venue's name."""
        cleaned = _sanitize.rich_text(value, _LONGEST_VALUE)
        self.traits |= cleaned.traits - {"caps-title", "markup"}
        if cleaned.text:
            self.values.setdefault(variable, cleaned.text)

    def put_custom(self, name: str, value: object) -> None:
        words = _sanitize.words(value, _LONGEST_VALUE)
        if words:
            self.custom[name] = words

    def put_doi(self, value: object) -> None:
        doi = identifiers.doi(value) if isinstance(value, str) else ""
        if doi:
            self.values.setdefault("doi", text(doi))

    def put_isbn(self, values: Iterable[object]) -> None:
        """The first ISBN that is one, as 13 digits."""
        found = next((isbn for value in values if isinstance(value, str) and (isbn := identifiers.isbn(value))), "")
        if found:
            self.values.setdefault("isbn", text(found))

    def put_issn(self, values: Iterable[object]) -> None:
        found = next((issn for value in values if isinstance(value, str) and (issn := identifiers.issn(value))), "")
        if found:
            self.values.setdefault("issn", text(found))

    def put_language(self, value: object) -> None:
        """A language by its code ("en", "pt-BR"), or by a name or a longer code that a .bib file may have."""
        words = _sanitize.words(value, _LONGEST_VALUE)
        code = LANGUAGES.get(words.lower(), words)
        self.put("language", code if _LANGUAGE.fullmatch(code) else "")

    def put_abstract(self, value: object) -> None:
        """The abstract without the heading that says so."""
        if isinstance(value, str):
            value = _HEADING.sub("", value, count=1)
        cleaned = _sanitize.rich_text(value, _sanitize.ABSTRACT)
        if cleaned.text:
            self.values.setdefault("abstract", cleaned.text)

    # Titles --------------------------------------------------------------------------------------------------------

    def put_titles(self, title: object, subtitle: object = "", others: Iterable[object] = ()) -> None:
        """The title with its subtitle, unless that is within it already; every form is in `titles`."""
        main, sub = _sanitize.title(title), _sanitize.title(subtitle)
        self.traits |= main.traits | (sub.traits & {"garbled", "markup"})
        whole = main.text
        if whole and sub.text and _folded(plain(sub.text)) not in _folded(plain(main.text)):
            whole = merge_spans((*whole, *text(" " if plain(whole)[-1] in "?!:.。？！" else ": "), *sub.text))
        if whole:
            self.values.setdefault("title", whole)
        for form in (
            whole,
            main.text,
            _sanitize.rich_text(title).text,
            *(_sanitize.rich_text(other).text for other in others),
        ):
            if form and plain(form) not in self.titles:
                self.titles.append(plain(form))

    def put_containers(self, names: Iterable[object], short: Iterable[object] = ()) -> None:
        """The venue's names, the long ones in the service's order; which is the book's is told by `book_and_series`."""
        long = [words for name in names if (words := _sanitize.words(name, _LONGEST_VALUE))]
        shorter = [words for name in short if (words := _sanitize.words(name, _LONGEST_VALUE))]
        self.containers = list(dict.fromkeys([*self.containers, *long, *shorter]))
        if long and shorter and shorter[0] != long[0]:
            self.put("container_title_short", shorter[0])

    # People and dates ----------------------------------------------------------------------------------------------

    def put_people(self, variable: str, names: Iterable[Name | None]) -> None:
        found: list[Name] = []
        for name in names:
            if len(found) == _record_names.MOST:
                self.truncated(variable)
                break
            if name is not None:
                found.append(name)
        if found:
            self.people[variable] = tuple(found)

    def truncated(self, variable: str) -> None:
        """Says that there are more people than the record lists."""
        self.others.add(variable)
        if variable == "author":
            self.traits.add("authors-truncated")

    def put_date(self, date: Date | None, variable: str = "issued") -> None:
        if date is not None:
            self.dates.setdefault(variable, date)

    def put_year(self, kind: str, date: Date | None) -> None:
        if date is not None and date.year is not None:
            self.years.setdefault(kind, date.year)

    # Numbers -------------------------------------------------------------------------------------------------------

    def put_pages(self, first: object, last: object = "", article: object = "") -> None:
        """Pages with a hyphen between, and the article's number, which stands for them where there are none."""
        begin, end, number = (_sanitize.words(value, _LONGEST_VALUE) for value in (first, last, article))
        pages = page(f"{begin}-{end}" if begin and end and begin != end else begin)
        pages = "" if _NO_PAGES.fullmatch(pages) else pages
        # Numbers that hold hyphens themselves have a dash between them ("2165-a–2166", "A-1–A-9").
        pages = _HYPHENATED.sub(r"\1–\2", pages)
        halves = re.split("–" if "–" in pages else "-", pages)
        if len(halves) == 2 and halves[0] == halves[1]:
            pages = halves[0]
        if pages:
            self.values.setdefault("page", text(pages))
        if number and (not pages or pages == number):
            self.values["page"] = text(number)
            self.custom["eid"] = number
        elif number:
            self.values.setdefault("number", text(number))

    # Links ---------------------------------------------------------------------------------------------------------

    def relate(self, kind: str, identifier: Identifier | None) -> None:
        if identifier is not None and identifier.value != self.id:
            relation = Relation(kind, identifier)
            if relation not in self.relations:
                self.relations.append(relation)

    def update(self, kind: str, notice: str, date: Date | None, source: str) -> None:
        """A notice; the same one from several sources is one update that names them all."""
        new = UpdateNotice(kind, notice, date, (source,) if source else ())
        for at, known in enumerate(self.updates):
            if (known.kind, known.notice) == (new.kind, notice):
                sources = tuple(dict.fromkeys((*known.sources, *new.sources)))
                self.updates[at] = replace(known, date=known.date or date, sources=sources)
                return
        self.updates.append(new)

    # The whole -----------------------------------------------------------------------------------------------------

    def as_preprint(self, archive: str, identifier: str = "") -> None:
        """The variables that a preprint of `archive` has in a store (bibtex/preprints.py)."""
        self.type = "article"
        named = preprints.preprint_of_text(archive)
        eprint = Eprint(named.archive if named else archive, identifier)
        self.values.pop("container_title", None)
        self.values.pop("publisher", None)
        self.put("publisher", eprint.name)
        self.put("number", eprint.number)
        self.put("genre", "Preprint")
        if eprint.url and "doi" not in self.values:
            self.put("url", eprint.url)
        if eprint.archive.lower() in ARCHIVES or identifier:
            self.custom |= {"eprint": identifier, "eprinttype": eprint.archive}

    def put_thesis(self, degree: object, school: object) -> None:
        words = _sanitize.words(degree, _LONGEST_VALUE)
        known = next((genre for pattern, genre in _THESES if re.search(pattern, words, re.I)), words)
        self.put("genre", known)
        self.put("publisher", school)

    def record(self) -> Record:
        authors = self.people.get("author", ())
        self.traits |= _record_names.traits(authors, may_be_sorted=self.source in _SORTED_BY_DEPOSITORS)
        custom = {name: value for name, value in self.custom.items() if value}
        return Record(
            Work("", self.type, self.values, self.people, self.dates, frozenset(self.others), custom),
            self.source,
            self.id,
            url=self.url,
            years=self.years,
            titles=tuple(self.titles),
            containers=tuple(self.containers),
            registered_type=self.registered_type,
            relations=tuple(self.relations),
            updates=tuple(self.updates),
            traits=frozenset(self.traits),
        )


_SORTED_BY_DEPOSITORS = frozenset({"crossref", "openalex", "doi"})
"""Services that pass on authors as publishers deposit them."""


def _folded(value: str) -> str:
    return _NOT_WORDS.sub(" ", value.casefold()).strip()


def journal_of(names: list[str]) -> str:
    """Which of an article's containers is the journal: the first, unless that is a series and the second is none."""
    if len(names) > 1 and _SERIES.search(names[0]) and not _SERIES.search(names[1]):
        return names[1]
    return names[0] if names else ""


def book_and_series(names: list[str]) -> tuple[str, str, bool]:
    """Which of a chapter's or paper's containers is the book and which the series, and whether only a series is known.

    Depositors send them in either order. Usual words of series and of conferences tell; else the series comes first.
    """
    if len(names) < 2:
        alone = names[0] if names else ""
        return alone, "", bool(alone) and _SERIES.search(alone) is not None and not _BOOK.search(alone)
    first, second = names[:2]
    marks = [(bool(_SERIES.search(name)), not _BOOK.search(name)) for name in (first, second)]
    if marks[1] > marks[0]:
        return first, second, False
    return second, first, False
