"""`Work`s to the types and fields of entries, in biblatex's words or BibTeX's; works.py reads the same from them."""

from __future__ import annotations

import re

from pubtrack.bibtex import date_fields, fields, name_lists
from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.latex import Encoding, characters_of, encode
from pubtrack.bibtex.name_lists import People
from pubtrack.bibtex.preprints import Eprint
from pubtrack.bibtex.pubstate import pubstate
from pubtrack.model.name_annotations import annotations_of
from pubtrack.model.ordinals import ordinal_of
from pubtrack.model.richtext import Text, plain, text
from pubtrack.model.work import Work

_VARIABLE_FIELDS = {variable: name for name, variable in fields.TEXT_FIELDS.items()}
_PEOPLE_FIELDS = {variable: name for name, variable in fields.PEOPLE_FIELDS.items()}
_EDITOR_TYPES = {variable: kind for kind, variable in fields.EDITOR_TYPES.items()}
_GENRE_KEYS = {genre: key for key, genre in fields.GENRES.items()}
_DATE_PREFIXES = {variable: prefix for prefix, variable in fields.DATE_FIELDS.items()}
_ORDER = (
    "author editor title booktitle journal journaltitle series edition volume number issue pages eid publisher "
    "institution school organization howpublished address location date year month day type doi url urldate isbn issn "
    "eprint eprinttype archivePrefix eprintclass primaryClass"
).split()
_RANK = {name: rank for rank, name in enumerate(_ORDER)}
_UNBALANCED = {"{": "%7B", "}": "%7D"}


def entry_type(work: Work, dialect: Dialect = "biblatex") -> str:
    """The type of the entry that stands for `work`."""
    name = _biblatex_type(work)
    if dialect == "biblatex":
        return name
    if name == "thesis" and "master" in work.get("genre").lower():
        return "mastersthesis"
    known = fields.ENTRY_TYPES.get(name)
    return known.bibtex if known else name


def _biblatex_type(work: Work) -> str:
    own = work.custom.get("entrytype", "")
    usual = fields.BIBLATEX_OF_CSL.get(work.type, "misc")
    if own and (fields.csl_type(own) == work.type or (own == "inbook" and work.type == "book") or usual == "misc"):
        return own
    if own and work.type == "article" and fields.csl_type(own) in ("document", "webpage", "manuscript", "report"):
        return own
    return usual


def entry_fields(work: Work, dialect: Dialect = "biblatex", encoding: Encoding = "unicode") -> dict[str, str]:
    """The fields of the entry that stands for `work`: values as LaTeX, without delimiters, braces balanced.

    Names are biblatex's or BibTeX's own spellings (`archivePrefix`), the usual ones first. What BibTeX has no field for
    stands under biblatex's or CSL's name; every style skips what it does not know. Raises `PubtrackError` for a
    character that has no form in `encoding`.
    """
    return _Writer(work, dialect, encoding).fields()


class _Writer:
    """Collects the fields of one entry, under biblatex's names."""

    def __init__(self, work: Work, dialect: Dialect, encoding: Encoding) -> None:
        self.work = work
        self.dialect: Dialect = dialect
        self.encoding: Encoding = encoding
        self.type = _biblatex_type(work)
        self.written = entry_type(work, dialect)
        self.found: dict[str, str] = {}
        self.eprint = Eprint(work.custom.get("eprinttype", ""), work.custom.get("eprint", ""))

    def fields(self) -> dict[str, str]:
        self._people()
        self._values()
        self._dates()
        self._custom()
        self._subtype()
        named = {self._name(name): value for name, value in self.found.items() if value}
        return dict(sorted(named.items(), key=lambda field: _RANK.get(field[0], len(_RANK))))

    def _name(self, name: str) -> str:
        """The name of a field in the dialect asked for."""
        if self.dialect == "biblatex":
            return name
        if name == "institution" and self.written in ("phdthesis", "mastersthesis"):
            return "school"
        return fields.BIBTEX_NAMES.get(name, name)

    def _put(self, name: str, value: Text) -> None:
        if value:
            self.found[name] = encode(value, self.encoding)

    # The parts of a work -------------------------------------------------------------------------------------------

    def _people(self) -> None:
        for variable, persons in self.work.people.items():
            name = _PEOPLE_FIELDS.get(variable, variable)
            people = People(persons, variable in self.work.others)
            self.found[name] = name_lists.write(people, encoding=self.encoding, extended=self.dialect == "biblatex")
            for title, annotation in annotations_of(persons).items():
                self.found[f"{name}+an{':' if title else ''}{title}"] = annotation

    def _values(self) -> None:
        work = self.work
        for variable, value in work.values.items():
            if variable in _COMPOSED:
                continue
            if variable in ("doi", "url", "pmid", "pmcid"):
                self.found[variable] = _balanced(plain(value))
            else:
                self._put(_VARIABLE_FIELDS.get(variable, variable), value)
        self._put("title", work.title)
        self._container()
        self._numbers()
        self._pages()
        self._publisher()
        self._kind()
        if self.eprint.url and work.get("url") == self.eprint.url and self._is_preprint and not work.doi:
            del self.found["url"]

    @property
    def _is_preprint(self) -> bool:
        return self.work.type == "article" and self.eprint.is_preprint

    def _container(self) -> None:
        container = self.work.values.get("container_title", ())
        is_journal = self.work.type.startswith("article") or self.work.type in ("review", "review-book")
        in_journal = is_journal or self.type in fields.PARENTS or "booktitle" in self.work.custom
        self._put("journaltitle" if in_journal else "booktitle", container)

    def _numbers(self) -> None:
        work = self.work
        edition = work.get("edition")
        if self.dialect == "bibtex" and (ordinal := ordinal_of(edition)):
            self.found["edition"] = ordinal.capitalize()
        if self.type in fields.ISSUE_TYPES:
            usual = "issue"
        elif self.type in fields.SERIES_TYPES:
            has_series = bool(work.values.get("collection_title")) or self.type in fields.PARENTS
            usual = "collection_number" if has_series else "issue"
        else:
            usual = "number"
        for variable in ("number", "issue", "collection_number"):
            value = work.values.get(variable, ())
            if variable == "number" and self._is_preprint and plain(value) == self.eprint.number:
                continue
            # A number beside an issue's or a series' is that of the article itself.
            other = "eid" if variable == "number" else variable
            self._put("number" if variable == usual else other, value)

    def _pages(self) -> None:
        page = self.work.values.get("page", ())
        if plain(page) == self.work.custom.get("eid", ""):
            return
        if len(page) == 1 and not page[0].marks:
            written = page[0].text
            self._put("pages", text(written if "–" in written else written.replace("-", "–")))
            if "pages" in self.found:
                self.found["pages"] = self.found["pages"].replace("–", "--")
        else:
            self._put("pages", page)

    def _publisher(self) -> None:
        publisher = self.work.values.get("publisher", ())
        if self._is_preprint and plain(publisher) == self.eprint.name:
            return
        usual = "publisher" if self._is_preprint else fields.PUBLISHER_FIELD_OF.get(self.type, "publisher")
        kept = (name for name in fields.PUBLISHER_FIELDS if self.work.custom.get(name) == characters_of(publisher))
        self._put(next(kept, usual), publisher)

    def _kind(self) -> None:
        """Genre, state and language: biblatex's keys where it has them."""
        work = self.work
        genre = work.get("genre")
        key = _GENRE_KEYS.get(genre)
        said = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport"}.get(self.written)
        if genre == "Preprint" and self._is_preprint:
            genre = ""
        if genre and not (key and key == said):
            self._put("type", text(key) if key and self.dialect == "biblatex" else work.values["genre"])
        status = work.get("status")
        if status:
            self._put("pubstate", text(pubstate(status)))
        language = work.get("language")
        if language:
            name = fields.BABEL_NAMES.get(language)
            self._put("langid" if name else "language", text(name or language))
        self._put("keywords", work.values.get("keyword", ()))

    def _dates(self) -> None:
        is_biblatex = self.dialect == "biblatex"
        for variable, date in self.work.dates.items():
            if variable == "issued":
                found = date_fields.write_date(date, biblatex=is_biblatex)
            else:
                prefix = _DATE_PREFIXES.get(variable)
                name = variable if prefix is None else f"{prefix}date"
                found = {name: date_fields.write_date(date, biblatex=True).get("date", "")}
            for name, value in found.items():
                self._put(name, text(value))

    def _custom(self) -> None:
        for name, value in self.work.custom.items():
            if name in ("entrytype", "pubstate"):
                continue
            if name in fields.RAW:
                self.found[name] = value if _is_balanced(value) else _balanced(value)
            elif name in fields.VERBATIM:
                self.found[name] = _balanced(value)
            elif name not in self.found:
                self._put(name, text(value))

    def _subtype(self) -> None:
        """Says in `entrysubtype` what the type as written does not."""
        plain_type = fields.csl_type(fields.biblatex_type(self.written))
        said = fields.GENRE_OF_ALIAS.get(self.written) and not self.work.get("genre")
        kept = self.work.custom.get("entrytype") == self.type and fields.csl_type(self.type) in (
            "document",
            self.work.type,
        )
        if self.written != self.type and (said or kept):
            self.found["entrysubtype"] = self.type
        elif (self.written == "inbook" and self.work.type == "book") or self._is_preprint:
            return
        elif plain_type != self.work.type:
            short = {csl: name for name, csl in fields.SUBTYPES.items()}
            self.found["entrysubtype"] = short.get(self.work.type, self.work.type)


_COMPOSED = frozenset(
    "title container_title number issue collection_number page publisher genre status language keyword".split()
)


def _is_balanced(value: str) -> bool:
    depth = 0
    for character in re.findall(r"[{}]", value):
        depth += 1 if character == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _balanced(value: str) -> str:
    """An address or identifier as it stands, but for braces, which no address should hold."""
    if _is_balanced(value):
        return re.sub(r"[{}]", r"\\\g<0>", value)
    return re.sub(r"[{}]", lambda match: _UNBALANCED[match.group()], value)
