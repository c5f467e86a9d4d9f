"""Convert one entry, with macros expanded and inheritance done, to its `Work`.

What a field means depends on its type and on the fields beside it, so each variable that is made of several has a
method. Values that CSL has no variable for go to `Work.custom` under biblatex's field names in lower case; so do those
that say where a variable came from, where that cannot be told otherwise (`entrytype`, `eid`, `eprint`, …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pubtrack.bibtex import date_fields, fields, macros, name_lists, preprints
from pubtrack.bibtex.inheritance import ResolvedEntry
from pubtrack.bibtex.latex import characters, decode, verbatim
from pubtrack.bibtex.latex_tables import symbol
from pubtrack.bibtex.preprints import Eprint
from pubtrack.bibtex.pubstate import REJECTED, noted_state, pubstate, split_state, state
from pubtrack.bibtex.user_macros import expand_fields
from pubtrack.model.findings import Finding
from pubtrack.model.identifiers import strip_resolver
from pubtrack.model.name import Name
from pubtrack.model.name_annotations import apply_annotations
from pubtrack.model.ordinals import edition_number
from pubtrack.model.richtext import Text, merge_spans, plain, text
from pubtrack.model.work import Date, Work

_MACRO_ALONE = re.compile(r"\s*+\{*+\s*+\\([A-Za-z]++)\s*+\}*+\s*+")
_PAGE_LABEL = re.compile(r"\A(?:(?:pp?|pages?)\.?\s*(?=\d)|S(?:\.\s*|\s+)(?=\d)|(?:pp?|pages?)\.?\s+(?=\w))", re.I)
_SIMPLE_PAGES = re.compile(r"\d+[a-z]?(?:--?\d+[a-z]?)?", re.ASCII)
_LONG_DASH = re.compile(r"(?:(?<!\s)\s++)?-?[–—]-?\s*+")
_SPACED_HYPHEN = re.compile(r"(?<=\d)(?:\s+-\s*|-\s+)(?=\d)")
_TOTAL_PAGES = re.compile(r"(\d+)\s*(?:pp?|pages|S|Seiten)\.?", re.I)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.I)
_ONLY_WHERE = re.compile(
    r"[\W\d_]*(?:(?:available|online|accessed|retrieved|url|website|web|at|from|on|under)[\W\d_]*)*", re.I
)
_ONLY_ADDRESS = re.compile(r"\s*+https?://\S++\s*+", re.I)
_USEPREFIX = re.compile(r"useprefix\s*=\s*false", re.I)
_EDTF_LIKE = re.compile(r"\s*[\dXTZ:.~?%/+-]+\s*")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_HANDLED = frozenset(
    "title subtitle maintitle mainsubtitle booktitle booksubtitle journaltitle journalsubtitle number issue eid pages "
    "volume doi url edition note publisher organization institution howpublished type pubstate status langid language "
    "eprint eprinttype eprintclass arxiv isbn editortype entrysubtype date year month day urldate eventdate origdate "
    "location key sortkey".split()
) | frozenset(fields.PEOPLE_FIELDS) | fields.CSL_DATES  # fmt: skip


class Reader:
    """Makes one work of one record."""

    __slots__ = (
        "csl",
        "custom",
        "dates",
        "fields",
        "findings",
        "formulas",
        "others",
        "people",
        "record",
        "state",
        "type",
        "values",
    )

    def __init__(self, record: ResolvedEntry) -> None:
        self.record = record
        self.fields: Mapping[str, str] = record.fields
        self.formulas: Mapping[str, str] = {}
        if record.definitions:
            self.fields, self.formulas = expand_fields(record.fields, record.definitions)
        self.type = record.type
        self.csl = ""
        self.values: dict[str, Text] = {}
        self.people: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.others: set[str] = set()
        self.custom: dict[str, str] = {}
        self.state = ""
        self.findings: list[Finding] = []

    def work(self) -> Work:
        written = self.record.entry.type.lower()
        subtype = self._plain("entrysubtype").lower() or fields.SUBTYPE_OF_ALIAS.get(written, "")
        refined = subtype if subtype in fields.ENTRY_TYPES else fields.BIBLATEX_OF_CSL.get(subtype, "")
        if refined and fields.ENTRY_TYPES[refined].bibtex == written:
            self.type = written = refined
            subtype = "" if subtype == refined else subtype
        self.csl = fields.csl_type(self.type, subtype)
        annotations = self._simple()
        self._identifiers()
        self._titles()
        self._containers()
        self._numbers()
        self._pages()
        self._publisher()
        self._people(annotations)
        self._dates()
        self._genre(written)
        self._language()
        self._preprint()
        self._notes_and_state()
        if subtype and subtype not in (self.csl, self.type) and self.csl != fields.SUBTYPES.get(subtype):
            self.custom["entrysubtype"] = subtype
        usual = fields.BIBLATEX_OF_CSL.get(self.csl, "misc")
        if self.type != usual and not (self.csl == "article" and self.type == "misc"):
            self.custom["entrytype"] = self.type
        values, custom = self.values, self.custom
        if () in values.values():
            values = {name: value for name, value in values.items() if value}
        if "" in custom.values():
            custom = {name: value for name, value in custom.items() if value}
        others = frozenset(self.others) if self.others else _NOBODY
        return Work(self.record.entry.key, self.csl, values, self.people, self.dates, others, custom, self.formulas)

    # Fields that are one variable, or none -------------------------------------------------------------------------

    def _simple(self) -> dict[str, dict[str, str]]:
        """Takes the fields that need no others; the annotations, by the field annotated, are for later."""
        annotations: dict[str, dict[str, str]] = {}
        for name, source in self.fields.items():
            variable = fields.TEXT_FIELDS.get(name)
            if name in _HANDLED:
                continue
            if variable:
                self.values[variable] = decode(source)
            elif name in fields.VERBATIM:
                self.custom[name] = verbatim(source).strip()
            elif name in fields.RAW:
                self.custom[name] = source.strip()
            elif name in fields.CSL_FIELDS:
                self.values[name] = decode(source)
            elif _ONLY_ADDRESS.fullmatch(source):
                self.custom[name] = verbatim(source).strip()
            elif "+an" in name and name.partition("+an")[0] in fields.PEOPLE_FIELDS:
                annotated, _, title = name.partition("+an")
                annotations.setdefault(annotated, {})[title.lstrip(":")] = source
            else:
                self.custom[name] = characters(source)
        return annotations

    def _plain(self, name: str) -> str:
        source = self.fields.get(name)
        return characters(source) if source else ""

    def _identifiers(self) -> None:
        own = self.fields
        if "doi" in own:
            doi = verbatim(own["doi"]).strip()
            self.values["doi"] = text(strip_resolver(doi)[0])
        if "url" in own:
            self.values["url"] = text(verbatim(own["url"]).strip())
        if "isbn" in own:
            self.values["isbn"] = text(self._plain("isbn"))
        for name in ("key", "sortkey"):
            if name in own:
                self.custom[name] = self._plain(name)

    # Titles --------------------------------------------------------------------------------------------------------

    def _joined(self, *names: str) -> Text:
        """Titles and subtitles as one text: a colon between, unless what stands before ends in a mark of its own."""
        joined: Text = ()
        for name in names:
            source = self.fields.get(name)
            part = decode(source) if source else ()
            if part and joined:
                joined += text(" " if joined[-1].text[-1] in "?!:.。？！" else ": ")
            joined += part
        return merge_spans(joined)

    def _titles(self) -> None:
        own = self.fields
        is_whole = self.type in fields.PARENTS
        main = ("maintitle", "mainsubtitle") if is_whole else ()
        if "title" not in own and is_whole and "booktitle" in own:
            self.values["title"] = self._joined(*main, "booktitle", "booksubtitle")
        else:
            self.values["title"] = self._joined(*main, "title", "subtitle")
            if is_whole and "booktitle" in own:
                self.custom["booktitle"] = self._plain("booktitle")

    def _containers(self) -> None:
        own = self.fields
        is_article = self.csl.startswith("article") or self.csl == "review"
        book = () if self.type in fields.PARENTS else ("maintitle", "mainsubtitle", "booktitle", "booksubtitle")
        journal = ("journaltitle", "journalsubtitle")
        order = (journal, book) if is_article else (book, journal)
        chosen: tuple[str, ...] = ()
        for parts in order:
            head = "booktitle" if parts is book else "journaltitle"
            if not parts or head not in own:
                continue
            if chosen:
                self.custom[head] = self._plain(head)
            else:
                chosen = parts
                self.values["container_title"] = self._container(head, parts)
        if self.type == "inbook" and not chosen and "title" in own:
            # BibTeX's @inbook names the book itself, by its title, and a chapter or pages of it (btxdoc, 3.1).
            self.csl = "book" if self.csl == "chapter" else self.csl

    def _container(self, head: str, parts: Sequence[str]) -> Text:
        source = self.fields[head]
        if "\\" in source:
            macro = _MACRO_ALONE.fullmatch(source)
            if macro and symbol(macro[1]) is None:
                return text(self._journal_macro(macro[1], head))
        joined = self._joined(*parts)
        found, rest = split_state(plain(joined))
        if found:
            self.state = self.state or found
            return text(rest)
        return joined

    def _journal_macro(self, name: str, head: str) -> str:
        """The journal that a LaTeX macro stands for, which no one defined here."""
        entry = self.record.entry
        field = next((field for field in entry.fields if fields.field_name(field.name)[0] == head), None)
        line, written = (field.line, field.name.lower()) if field else (entry.line, head)
        finding = macros.undefined_macro(f"\\{name}", file=self.record.file, line=line, key=entry.key, field=written)
        self.findings.append(finding)
        return macros.JOURNALS.get(name.lower(), name)

    # Numbers and pages ---------------------------------------------------------------------------------------------

    def _numbers(self) -> None:
        own = self.fields
        if "volume" in own:
            self._unless_state("volume", "volume")
        if "edition" in own:
            self.values["edition"] = _edition(decode(own["edition"]))
        number = "issue"
        if self.type not in fields.ISSUE_TYPES:
            is_serial = self.type in fields.SERIES_TYPES
            has_series = "series" in own or self.type in fields.PARENTS
            number = ("collection_number" if has_series else "issue") if is_serial else "number"
        if "number" in own:
            self._unless_state("number", number)
        if "issue" in own:
            if "issue" in self.values:
                self.custom["issue"] = self._plain("issue")
            else:
                self._unless_state("issue", "issue")

    def _unless_state(self, name: str, variable: str) -> None:
        """Takes a field for `variable`, or for the state where people typed that into it."""
        source = self.fields[name]
        found = "" if source.isdigit() else state(characters(source))
        if found:
            self.state = self.state or found
        else:
            self.values[variable] = decode(source)

    def _pages(self) -> None:
        own = self.fields
        if "pages" in own and _SIMPLE_PAGES.fullmatch(own["pages"]):
            self.values["page"] = text(own["pages"].replace("--", "-"))
        elif "pages" in own:
            pages = decode(own["pages"])
            written = plain(pages)
            total = _TOTAL_PAGES.fullmatch(written) if self.type in fields.PARENTS else None
            found = "" if written[:1].isdigit() else state(written)
            if found:
                self.state = self.state or found
            elif total:
                self.values.setdefault("number_of_pages", text(total[1]))
            else:
                self.values["page"] = text(page(written)) if pages == text(written) else pages
        if "eid" in own:
            eid = self._plain("eid")
            if plain(self.values.setdefault("page", text(eid))) == eid:
                self.custom["eid"] = eid
            else:
                self.values.setdefault("number", text(eid))

    # Publishers ----------------------------------------------------------------------------------------------------

    def _publisher(self) -> None:
        own = self.fields
        if "location" in own:
            place = self._plain("location")
            if self.csl == "patent" and (place.lower() in fields.COUNTRIES or len(place) < 4):
                self.values["jurisdiction"] = text(fields.COUNTRIES.get(place.lower(), place))
            else:
                self.values["publisher_place"] = decode(own["location"])
        usual = fields.PUBLISHER_FIELD_OF.get(self.type, "publisher")
        for name in dict.fromkeys((usual, *fields.PUBLISHER_FIELDS)):
            source = own.get(name)
            if not source or (name == "howpublished" and self._only_address(source)):
                continue
            found = state(characters(source))
            if found:
                self.state = self.state or found
                continue
            publisher = decode(source)
            if name not in (usual, "publisher") or publisher != self.values.get("publisher", publisher):
                self.custom[name] = characters(source)
            self.values.setdefault("publisher", publisher)

    def _only_address(self, source: str) -> bool:
        """Takes a URL from `howpublished`; whether nothing else stands there."""
        if "url" not in source and "://" not in source:
            return False
        written = plain(decode(source))
        address = _ADDRESS.search(written)
        if address is None:
            return False
        found = address.group().rstrip(".,;)")
        self.values.setdefault("url", text(found))
        rest = written.replace(found, " ")
        if _ONLY_WHERE.fullmatch(rest) is None:
            return False
        if self.values["url"] != text(found):
            self.custom["howpublished"] = written
        return True

    # People --------------------------------------------------------------------------------------------------------

    def _people(self, annotations: Mapping[str, Mapping[str, str]]) -> None:
        useprefix = "options" not in self.fields or not _USEPREFIX.search(self.fields["options"])
        for name, source in self.fields.items():
            variable = fields.PEOPLE_FIELDS.get(name)
            if variable is None:
                continue
            people = name_lists.parse(source, useprefix=useprefix)
            persons = (
                apply_annotations(people.names, annotations[name], characters) if name in annotations else people.names
            )
            if name == "editor" and "editortype" in self.fields:
                kind = self._plain("editortype").lower()
                variable = fields.EDITOR_TYPES.get(kind, variable)
                if variable == "editor":
                    self.custom["editortype"] = kind
            if persons:
                self.people[variable] = self.people.get(variable, ()) + persons
            if people.others:
                self.others.add(variable)

        if group := self._plain("collaboration") if "collaboration" in self.fields else "":
            self.custom["collaboration"] = group
            if "author" not in self.people:
                self.people["author"] = (Name(literal=name_lists.collaboration_name(group)),)

    # Dates ---------------------------------------------------------------------------------------------------------

    def _dates(self) -> None:
        own = self.fields
        for prefix, variable in fields.DATE_FIELDS.items():
            if f"{prefix}date" in own or (not prefix and "year" in own):
                parts = {name: _date_characters(own[name]) for name in _DATE_NAMES[prefix] if name in own}
                issued = date_fields.issued(parts, prefix=prefix)
                if issued.date is not None:
                    self.dates[variable] = issued.date
                if not prefix:
                    self.state = self.state or issued.state
        for name in fields.CSL_DATES:
            if name in own:
                date = date_fields.parse(_date_characters(own[name])).date
                if date is not None:
                    self.dates[name] = date
        date = self.dates.get("issued")
        if "month" in own and (date is None or (len(date.parts) == 1 and not date.season)):
            month = self._plain("month")
            found = state(month)
            self.state = self.state or found
            if not found:
                self.custom["month"] = month

    # What kind of thing it is --------------------------------------------------------------------------------------

    def _genre(self, written: str) -> None:
        source = self.fields.get("type") or fields.GENRE_OF_ALIAS.get(written, "")
        if not source:
            return
        key = source.strip().lower()
        if key in fields.GENRES:
            self.values["genre"] = text(fields.GENRES[key])
        elif self.csl in _WITHOUT_GENRE:
            self.custom["type"] = characters(source)
        else:
            self.values["genre"] = decode(source)

    def _language(self) -> None:
        for name in ("langid", "language"):
            if name not in self.fields:
                continue
            language = self._plain(name)
            code = fields.LANGUAGES.get(language.lower().removeprefix("lang"))
            if code is None and _CODE.fullmatch(language):
                code = language.replace("_", "-")
            if code and "language" not in self.values:
                self.values["language"] = text(code)
            elif code is None or text(code) != self.values["language"]:
                self.custom[name] = language

    def _preprint(self) -> None:
        own = self.fields
        eprint = preprints.eprint(verbatim(own.get("eprint", "")), self._plain("eprinttype"))
        if not eprint.identifier and "arxiv" in own:
            eprint = preprints.eprint(verbatim(own["arxiv"]), "arXiv")
        journal = self.values.get("container_title", ())
        is_candidate = self.type in _PREPRINT_TYPES or (self.type == "article" and "booktitle" not in own)
        if self.type == "inproceedings" and journal:
            is_candidate = preprints.preprint_of_text(plain(journal)) is not None
        if is_candidate and self.csl in _PREPRINT_CSL_TYPES:
            named = self._named_archive(journal)
            if not eprint.identifier:
                eprint = named or eprint
            if eprint.is_preprint and (named or not journal):
                self._as_preprint(eprint, named=bool(named and journal))
        if eprint.identifier or eprint.archive:
            self.custom["eprint"], self.custom["eprinttype"] = eprint.identifier, eprint.archive
        if "eprintclass" in own:
            self.custom["eprintclass"] = self._plain("eprintclass")

    def _named_archive(self, journal: Text) -> Eprint | None:
        """The preprint that something else than `eprint` names: the journal, DOI, URL, note or publisher."""
        named = None
        if journal:
            named = preprints.preprint_of_text(plain(journal))
            if named and not named.identifier:
                for name in ("volume", "number", "page", "issue"):
                    numbered = preprints.eprint(plain(self.values.get(name, ())).removeprefix("abs/"))
                    if numbered.archive == named.archive:
                        self.values.pop(name)
                        return numbered
            if named is None or named.identifier:
                return named
        for name in ("doi", "url"):
            found = preprints.preprint_of_url(plain(self.values.get(name, ())))
            if found and (named is None or named.archive == found.archive):
                return found
        if named:
            return named
        for name in ("howpublished", "note", "publisher", "number"):
            found = preprints.preprint_of_text(self._plain(name))
            if found and (found.identifier or name in ("howpublished", "publisher")):
                if name == "note":
                    self.custom["note"] = ""
                if name in ("howpublished", "publisher"):
                    self.values.pop("publisher", None)
                    self.custom.pop(name, None)
                return found
        return None

    def _as_preprint(self, eprint: Eprint, *, named: bool) -> None:
        """CSL's variables for a preprint; an archive in the journal's place leaves it."""
        self.csl = "article"
        if self.type in ("article", "inproceedings"):
            self.type = "online"
        if named:
            self.values.pop("container_title", None)
        self.values.setdefault("publisher", text(eprint.name))
        if eprint.number:
            self.values.setdefault("number", text(eprint.number))
            # Zotero's exports repeat the identifier as `number`, which is an article's issue.
            if plain(self.values.get("issue", ())) in (eprint.number, eprint.identifier):
                self.values.pop("issue")
        self.values.setdefault("genre", text("Preprint"))
        if eprint.url and "doi" not in self.values:
            self.values.setdefault("url", text(eprint.url))

    def _notes_and_state(self) -> None:
        own = self.fields
        typed = self._plain("pubstate")
        typed = state(typed) or ("" if typed.lower() in _PUBLISHED else typed)
        if not typed and "status" in own:
            typed = state(self._plain("status"))
            if not typed:
                self.custom["status"] = self._plain("status")
        if "note" in own and "note" not in self.custom:
            note = self._plain("note")
            found = state(note)
            if found and (typed or self.state or found) == found:
                self.state = found
            elif not (typed or self.state) and (found := noted_state(note)):
                self.state = found
                self.values["note"] = decode(own["note"])
            else:
                self.values["note"] = decode(own["note"])
        found = typed or self.state
        if found:
            if found != REJECTED:
                self.values["status"] = text(found)
            self.custom["pubstate"] = pubstate(found)


_DATE_NAMES: Mapping[str, Iterable[str]] = {
    prefix: (f"{prefix}date", "year", "month", "day") if not prefix else (f"{prefix}date",)
    for prefix in fields.DATE_FIELDS
}
_NOBODY: frozenset[str] = frozenset()
_PUBLISHED = frozenset({"published", "ppublish", "epublish"})  # the last two are PubMed's: in print, online
_WITHOUT_GENRE = frozenset(
    "article-journal article-magazine article-newspaper paper-conference book chapter entry-encyclopedia".split()
)
_PREPRINT_TYPES = frozenset({"online", "misc", "unpublished", "report"})
_PREPRINT_CSL_TYPES = frozenset({"webpage", "document", "manuscript", "article-journal", "article", "paper-conference"})


def _date_characters(source: str) -> str:
    """The characters of a date, in which "~" says "about", unless it ties words (`10~jan`)."""
    return source if "~" in source and _EDTF_LIKE.fullmatch(source) else characters(source)


@lru_cache(maxsize=4096)
def page(written: str) -> str:
    """Pages as CSL has them: a hyphen for a range, or a dash where the numbers themselves hold hyphens."""
    tidy = " ".join(written.split())
    pages = _LONG_DASH.sub("–", _PAGE_LABEL.sub("", tidy, count=1) if tidy[:1] in ("p", "P", "S") else tidy)
    pages = _SPACED_HYPHEN.sub("-", pages)
    return pages.replace("–", "-") if "-" not in pages else pages


def _edition(written: Text) -> Text:
    """An edition as a number where it is one: "2", "2nd", "Second", "2nd ed."."""
    number = edition_number(plain(written))
    return text(number) if number else written
