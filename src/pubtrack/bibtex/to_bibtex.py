r"""An entry's fields to BibTeX's types and their fields, as btxdoc (section 3) and the standard styles read them.

What biblatex says in fields of its own goes where BibTeX prints it: subtitles into titles, kinds and numbers of patents
and standards into `howpublished`, versions, dates of access and states into `note`. What has no such place is named.
Required fields are made of what there is (a talk's `note` of its event, an unsigned work's `key` of its title), never
made up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pubtrack.bibtex import dialect_fields, fields, macros
from pubtrack.bibtex.dialect_fields import DialectEntry, Said
from pubtrack.bibtex.latex import characters, encode
from pubtrack.bibtex.preprints import Eprint
from pubtrack.bibtex.pubstate import state as state_of
from pubtrack.model.date_words import MONTH_MACROS, MONTH_NAMES, SEASON_NAMES
from pubtrack.model.ordinals import ordinal_of
from pubtrack.model.richtext import text
from pubtrack.model.work import Date

TYPES = frozenset(
    "article book booklet inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport "
    "unpublished".split()
)
"""BibTeX's types, but for `conference`, which is `inproceedings`."""
FIELDS = frozenset(
    "author editor title journaltitle booktitle series volume number issue pages eid chapter edition publisher "
    "institution organization howpublished location year month day type note doi url urldate eprint eprinttype "
    "eprintclass isbn issn language sortkey crossref related relatedtype".split()
)
"""Fields (under biblatex's names) that BibTeX's styles read, or that no style minds."""
_NATIONS: Mapping[str, str] = {
    "us": "United States", "usa": "United States", "de": "German", "eu": "European", "ep": "European", "fr": "French",
    "uk": "British",
}  # fmt: skip
_BOOKS = frozenset({"book", "inbook", "incollection", "inproceedings", "proceedings"})
_ONLY_KINDS = frozenset({"software", "dataset", "online", "misc"})


def to_bibtex(
    source: DialectEntry, *, native: Mapping[str, str] | None = None, kept: Collection[str] = (), eprints: bool = False
) -> Said:
    """The entry in BibTeX's words.

    `native` are types beyond BibTeX's that the style at hand has, by biblatex's name; `kept` are fields (under
    biblatex's names) that stay though BibTeX knows none such. With `eprints` a preprint says so in `howpublished` too,
    for styles that do not read `eprint`.
    """
    return _Bibtex(source, native or {}, kept, eprints=eprints).said()


class _Bibtex:
    """Takes the fields of one entry from `left` one after the other and puts them where BibTeX has them, in `found`."""

    def __init__(
        self, source: DialectEntry, native: Mapping[str, str], kept: Collection[str], *, eprints: bool
    ) -> None:
        self.source = source
        self.work = source.work
        self.left = {name: value for name, value in source.fields.items() if macros.resolve_macros(value).strip()}
        self.found: dict[str, str] = {}
        self.kept = kept
        self.eprints = eprints
        self.unsaid: list[str] = []
        self.is_native = source.type in native
        self.type = native.get(source.type) or self._type()
        if self.is_native and source.type == "patent" and not self._has_nation():
            self.is_native, self.type = False, self._type()

    def said(self) -> Said:
        self._people()
        self._titles()
        self._containers()
        self._dates()
        self._numbers()
        self._identifiers()
        self._published()
        self._notes()
        self._key()
        self._rest()
        named = {self._name(name): value for name, value in self.found.items() if value}
        return Said(self.type, named, tuple(sorted({*self.unsaid})))

    def _name(self, name: str) -> str:
        if name == "institution" and self.type in ("phdthesis", "mastersthesis"):
            return "school"
        return {"sortkey": "key"}.get(name) or fields.BIBTEX_NAMES.get(name, name)

    def _take(self, *names: str) -> str:
        """The first of these fields that there is; it is left no more."""
        return next((self.left.pop(name) for name in names if name in self.left), "")

    def _move(self, *names: str) -> None:
        for name in names:
            if name in self.left:
                self.found[name] = self.left.pop(name)

    # The parts of an entry -----------------------------------------------------------------------------------------

    def _type(self) -> str:
        written, kind = self.source.written, self.source.type
        if kind in ("inbook", "bookinbook", "suppbook") and "booktitle" in self.left:
            return "incollection"  # BibTeX's @inbook names the book by its title and has no booktitle
        if written in TYPES:
            return written
        if kind == "thesis":
            key = dialect_fields.GENRE_KEYS.get(self._plain("type").lower(), self._plain("type").lower())
            return "mastersthesis" if key in ("mathesis", "bathesis") or "master" in key else "phdthesis"
        known = fields.ENTRY_TYPES.get(kind)
        return known.bibtex if known else "misc"

    def _plain(self, name: str) -> str:
        return characters(macros.resolve_macros(self.left.get(name, "")))

    def _has_nation(self) -> bool:
        """Whether a patent's country is known, which IEEEtran's @patent asks for in `nationality`; it is put there."""
        kind, place = (self._plain(name).lower() for name in ("type", "location"))
        nation = self._plain("nationality") or _NATIONS.get(kind[-2:] if kind[:-2] in ("patent", "patreq") else "")
        nation = nation or _NATIONS.get(place.removeprefix("country"))
        if not nation:
            return False
        self.found["nationality"] = self._take("nationality") or nation
        for name, value in (("type", kind), ("location", place)):
            if value in fields.GENRES or value in fields.COUNTRIES:
                self.left.pop(name)
        if kind.startswith("patreq"):
            self.left["type"] = "Patent request"
        return True

    def _people(self) -> None:
        useprefix = "useprefix=false" not in self._plain("options").replace(" ", "").lower()
        for name in ("author", "editor"):
            if name in self.left:
                self.found[name] = dialect_fields.people(self.left.pop(name), dialect="bibtex", useprefix=useprefix)
        if "author" not in self.found and "holder" in self.left:
            self.found["author"] = dialect_fields.people(self.left.pop("holder"), dialect="bibtex")
        if self._plain("editortype").lower() in ("", "editor"):
            self.left.pop("editortype", None)
        if self.type in ("book", "inbook") and {"author", "editor"} <= self.found.keys():
            self.found.pop("editor")  # "can't use both author and editor fields"
            self.unsaid.append("editor")

    def _titles(self) -> None:
        self.left.pop("shorttitle", None)
        parts = ["subtitle", "titleaddon"]
        if self.source.type == "periodical":
            parts += ["issuetitle", "issuesubtitle"]
        self.found["title"] = dialect_fields.join_title(self._take("title"), *(self._take(part) for part in parts))

    def _containers(self) -> None:
        journal = dialect_fields.join_title(self._take("journaltitle"), self._take("journalsubtitle"))
        book = dialect_fields.join_title(
            self._take("booktitle"), self._take("booksubtitle"), self._take("booktitleaddon")
        )
        main = dialect_fields.join_title(
            self._take("maintitle"), self._take("mainsubtitle"), self._take("maintitleaddon")
        )
        self._move("series")
        if main and "series" not in self.found:
            self.found["series"] = main
        elif main and book:
            book = dialect_fields.join_title(main, book)
        elif main:
            self.found["title"] = dialect_fields.join_title(main, self.found["title"])
        if self.type == "article":
            self.found["journaltitle"] = self._without_state(journal or book)
        elif self.type in ("incollection", "inproceedings"):
            self.found["booktitle"] = book or journal or self._take("eventtitle")
        else:
            self.found["booktitle"] = book
            self.found["journaltitle"] = journal
        if self.type in ("article", "incollection", "inproceedings") and not (
            self.found.get("journaltitle") or self.found.get("booktitle")
        ):
            self.type = "misc"  # no style can print an article in nothing

    def _without_state(self, journal: str) -> str:
        """The journal's name without a state that was typed into it ("Accepted in …"); that goes where states go."""
        container = self.work.values.get("container_title", ())
        plain = characters(macros.resolve_macros(journal))
        if not container or not self.work.get("status") or plain == characters(encode(container)):
            return journal
        return encode(container)

    def _dates(self) -> None:
        date = self.work.issued
        state = self.work.get("status")
        if "date" in self.left:
            self._take("date")
            for name in ("year", "month", "day"):
                self.left.pop(name, None)
            if date is not None:
                self.found |= _date_fields(date)
        else:
            self._move("year", "day")
            month = self._take("month")
            if month:
                self.found["month"] = _month(month, date)
        if not self.found.get("year") and state:
            self.found["year"] = encode(text(state))

    def _numbers(self) -> None:
        self._move("volume", "number", "chapter", "type")
        part = self._take("part")
        if part and self.found.get("volume"):
            self.found["volume"] += f".{part}"
        elif part:
            self.unsaid.append("part")
        issue = self._take("issue")
        if issue and not self.found.get("number"):
            self.found["number"] = issue
        elif issue:
            self.unsaid.append("issue")
        if self.type in _BOOKS and self.found.get("volume") and self.found.get("number"):
            self.found.pop("number")  # "can't use both volume and number fields"
            self.unsaid.append("number")
        if self.type == "article" and self.found.get("number") and not self.found.get("volume") and not self.is_native:
            self.found["volume"] = self.found.pop("number")  # "there's a number but no volume"
        edition = self._take("edition")
        plain = macros.resolve_macros(edition)
        self.found["edition"] = ordinal_of(plain).capitalize() or edition
        if state_of(self._plain("pages")):
            self._take("pages")  # the note says so
        self._move("pages", "eid")
        if "eid" in self.found and not self.found.get("pages"):
            self.found["pages"] = self.found["eid"]
        if "type" in self.found:
            self._kind()

    def _kind(self) -> None:
        """`type` in words, unless BibTeX's type says it already."""
        key = self.found["type"].strip().lower()
        said = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport"}.get(self.type)
        if said and dialect_fields.GENRE_KEYS.get(key, key) == said:
            del self.found["type"]
        else:
            self.found["type"] = dialect_fields.genre(self.found["type"])

    def _identifiers(self) -> None:
        for name in ("isbn", "issn", "eprinttype", "eprintclass", "crossref", "related", "relatedtype"):
            self._move(name)
        if "doi" in self.left:
            self.found["doi"] = dialect_fields.doi(self.left.pop("doi"))
        for name in ("url", "eprint"):
            if name in self.left:
                self.found[name] = dialect_fields.address(self.left.pop(name))
        if "eprint" in self.found and not self.found.get("eprinttype") and self.work.custom.get("eprinttype"):
            self.found["eprinttype"] = encode(text(self.work.custom["eprinttype"]))
        if self.found.get("eprinttype", "").lower() == "arxiv":
            self.found["eprinttype"] = "arXiv"
        self._move("language")
        if "language" not in self.found and "langid" in self.left:
            self.found["language"] = self.left.pop("langid")

    def _published(self) -> None:
        country = fields.COUNTRIES.get(self._plain("location").lower())
        if country:
            self.left["location"] = country
        self._move("location")
        usual = {
            "phdthesis": "institution", "mastersthesis": "institution", "techreport": "institution",
            "manual": "organization",
        }.get(self.type)  # fmt: skip
        if usual:
            self.found[usual] = self._take(usual, "institution", "organization", "publisher")
        elif self.type in ("misc", "booklet") and not self.is_native:
            self._as_howpublished()
        elif self.is_native and self.source.type == "online":
            self.found["howpublished"] = self._take("howpublished") or self._shown_eprint()
        self._move("publisher", "institution", "organization", "howpublished")
        if self.type == "unpublished" and "note" not in self.left:
            self._event_as_note()

    def _as_howpublished(self) -> None:
        """What kind of thing it is, its number, and who published it, in BibTeX's one field for all that."""
        kind = self.found.pop("type", "") if self.source.type not in _ONLY_KINDS else ""
        if self.source.type in _ONLY_KINDS:
            self.found.pop("type", None)
        number = self.found.pop("number", "") if self.source.written not in TYPES else ""
        label = " ".join(part for part in (kind, number) if part)
        written = self._take("howpublished")
        publisher = self._take("publisher", "organization", "institution", "holder")
        shown = "" if written else self._shown_eprint()
        parts = [part for part in (written, label, shown or publisher) if part]
        self.found["howpublished"] = ", ".join(parts)

    def _shown_eprint(self) -> str:
        """A preprint's number and class, where `howpublished` is to have them."""
        eprint = Eprint(self.found.get("eprinttype", ""), self.found.get("eprint", ""))
        if not (self.eprints and eprint.is_preprint):
            return ""
        return " ".join([eprint.number, *([f"[{self.found['eprintclass']}]"] if self.found.get("eprintclass") else [])])

    def _event_as_note(self) -> None:
        """A talk's event and place: @unpublished has nothing but its note for them."""
        parts = [self._take("eventtitle"), self._take("howpublished"), self._take("venue")]
        note = ", ".join(part for part in parts if part)
        if note:
            self.left["note"] = note
        elif not self.work.get("status"):
            self.type = "misc"  # @unpublished requires a note

    def _notes(self) -> None:
        notes = [self._take("note"), self._take("addendum")]
        version = self._take("version")
        if version:
            notes.append(f"Version {version}")
        self._take("pubstate")
        self._take("xdata")
        state = self.work.get("status")
        year = characters(macros.resolve_macros(self.found.get("year", "")))
        if state and state_of(year) != state and not any(state_of(characters(note)) == state for note in notes if note):
            notes.append(encode(text(state.capitalize())))
        accessed = self.left.pop("urldate", "")
        if accessed:
            self.found["urldate"] = accessed
        if accessed and (self.type == "misc" or self.source.type == "online"):
            notes.append(f"Accessed: {macros.resolve_macros(accessed)}")
        notes = [note for number, note in enumerate(notes) if note and not any(note in one for one in notes[:number])]
        self.found["note"] = ". ".join([*(note.rstrip(". ") for note in notes[:-1]), *notes[-1:]])

    def _key(self) -> None:
        """`key` is what an unsigned work is sorted and labelled by (btxdoc, section 3.2)."""
        self._move("sortkey")
        signed = {"book": ("author", "editor"), "inbook": ("author", "editor"), "manual": ("author", "organization")}
        signers = signed.get(self.type, ("editor", "organization") if self.type == "proceedings" else ("author",))
        if not self.found.get("sortkey") and not any(self.found.get(name) for name in signers):
            self.found["sortkey"] = self.source.fields.get("shorttitle") or self.found["title"]

    def _rest(self) -> None:
        for name, value in self.left.items():
            if name in FIELDS or name in self.kept:
                self.found[name] = value
            elif name not in dialect_fields.QUIET:
                self.unsaid.append(name)


def _date_fields(date: Date) -> dict[str, str]:
    """`year`, `month` and `day` for people to read; a date that is words is the year."""
    if not date.parts:
        return {"year": encode(text(date.literal))}
    year, *rest = date.parts
    found = {"year": _year(year)}
    end = date.end
    if end is not None and (not end or end[0] != year):
        return {"year": f"{'ca. ' if date.circa else ''}{_year(year)}--{_year(end[0]) if end else ''}"}
    if date.circa:
        found["year"] = f"ca. {found['year']}"
    if date.season:
        found["month"] = SEASON_NAMES[date.season]
    elif rest:
        found["month"] = _macro(rest[0])
        if end and len(end) > 1 and end[1] != rest[0]:
            found["month"] += f"--{_macro(end[1])}"
        elif not end and len(rest) > 1:
            found["day"] = str(rest[1])
    return found


def _year(year: int) -> str:
    return f"{1 - year} BC" if year < 1 else f"{year:04}"


def _macro(month: int) -> str:
    """The macro of a month; of a season within a range, which has EDTF's number, the word."""
    if month > 12:
        return SEASON_NAMES[month - 20]
    return macros.mark_macro(MONTH_MACROS[month], MONTH_NAMES[month])


def _month(written: str, date: Date | None) -> str:
    """A month as a macro where it is one month; a day or a range that someone typed into it stays."""
    if "\x02" in written or date is None or len(date.parts) < 2 or date.end is not None:
        return written
    word = characters(written).strip(" .").lower()
    is_month = word.isdecimal() or len(word.split()) == 1
    return _macro(date.parts[1]) if is_month else written
