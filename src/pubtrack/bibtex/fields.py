"""The words of BibTeX and biblatex beside those of CSL: types, fields, kinds of report, states and languages.

One table each, read in both directions by works.py. biblatex's words are those of its manual (sections "Entry Types",
"Entry Fields", "Localization Keys"), BibTeX's those of btxdoc, CSL's those of CSL 1.0.2, appendices III and IV. Where
several words mean the same, the first row is the one that is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from pubtrack.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, TYPES

Dialect = Literal["biblatex", "bibtex"]

# Types -----------------------------------------------------------------------------------------------------------


class EntryType(NamedTuple):
    """A type of biblatex: CSL's, and the one that stands for it in BibTeX."""

    csl: str
    bibtex: str


ENTRY_TYPES: Mapping[str, EntryType] = {
    "article": EntryType("article-journal", "article"),
    "book": EntryType("book", "book"),
    "booklet": EntryType("pamphlet", "booklet"),
    "incollection": EntryType("chapter", "incollection"),
    "inproceedings": EntryType("paper-conference", "inproceedings"),
    "online": EntryType("webpage", "misc"),
    "misc": EntryType("document", "misc"),
    "thesis": EntryType("thesis", "phdthesis"),
    "report": EntryType("report", "techreport"),
    "unpublished": EntryType("manuscript", "unpublished"),
    "dataset": EntryType("dataset", "misc"),
    "software": EntryType("software", "misc"),
    "patent": EntryType("patent", "misc"),
    "standard": EntryType("standard", "misc"),
    "periodical": EntryType("periodical", "misc"),
    "inreference": EntryType("entry-encyclopedia", "incollection"),
    "review": EntryType("review", "article"),
    "letter": EntryType("personal_communication", "misc"),
    "performance": EntryType("performance", "misc"),
    "legislation": EntryType("legislation", "misc"),
    "jurisdiction": EntryType("legal_case", "misc"),
    "legal": EntryType("treaty", "misc"),
    "video": EntryType("motion_picture", "misc"),
    "audio": EntryType("song", "misc"),
    "image": EntryType("graphic", "misc"),
    "inbook": EntryType("chapter", "inbook"),
    "bookinbook": EntryType("chapter", "inbook"),
    "suppbook": EntryType("chapter", "inbook"),
    "suppcollection": EntryType("chapter", "incollection"),
    "suppperiodical": EntryType("article-journal", "article"),
    "mvbook": EntryType("book", "book"),
    "collection": EntryType("book", "book"),
    "mvcollection": EntryType("book", "book"),
    "reference": EntryType("book", "book"),
    "mvreference": EntryType("book", "book"),
    "proceedings": EntryType("book", "proceedings"),
    "mvproceedings": EntryType("book", "proceedings"),
    "manual": EntryType("book", "manual"),
    "commentary": EntryType("book", "book"),
    "artwork": EntryType("graphic", "misc"),
    "movie": EntryType("motion_picture", "misc"),
    "music": EntryType("song", "misc"),
    "softwareversion": EntryType("software", "misc"),
    "softwaremodule": EntryType("software", "misc"),
    "codefragment": EntryType("software", "misc"),
}
"""biblatex's types, and biblatex-software's. Of those with the same CSL type the first is its counterpart."""

TYPE_ALIASES: Mapping[str, str] = {
    "conference": "inproceedings", "electronic": "online", "www": "online", "phdthesis": "thesis",
    "mastersthesis": "thesis", "techreport": "report", "webpage": "online", "web_page": "online", "website": "online",
    "newspaper_article": "article", "magazine_article": "article", "book_section": "incollection",
    "masterthesis": "thesis", "bachelorsthesis": "thesis", "bachelorthesis": "thesis", "data": "dataset",
    "film": "movie", "talk": "unpublished", "presentation": "unpublished", "preprint": "online", "hardware": "misc",
    "journal": "article", "code": "software", "map": "misc", "generic": "misc",
}  # fmt: skip
"""BibTeX's types and other people's, as biblatex's."""

SUBTYPES: Mapping[str, str] = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
"""What `entrysubtype` makes of an article (biblatex manual); a CSL type's own name there is that type."""
SUBTYPE_OF_ALIAS: Mapping[str, str] = {
    "newspaper_article": "newspaper", "magazine_article": "magazine", "talk": "speech", "presentation": "speech",
    "map": "map",
}  # fmt: skip
GENRE_OF_ALIAS: Mapping[str, str] = {
    "phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport", "masterthesis": "mathesis",
    "bachelorsthesis": "bathesis", "bachelorthesis": "bathesis",
}  # fmt: skip
"""The `type` that BibTeX's types say in their own name."""

NOT_WORKS = frozenset({"xdata", "set", "control", "ieeetranbstctl", "comment", "preamble", "string"})
"""Types of entries that are no publications."""

PARENTS = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference periodical manual booklet "
    "commentary thesis".split()
)
"""Types that are whole books: nothing contains them."""

BIBLATEX_OF_CSL: dict[str, str] = {}
for _name, _type in ENTRY_TYPES.items():
    BIBLATEX_OF_CSL.setdefault(_type.csl, _name)
BIBLATEX_OF_CSL |= {
    "article": "online", "article-magazine": "article", "article-newspaper": "article", "classic": "book",
    "entry": "inreference", "entry-dictionary": "inreference", "post": "online", "post-weblog": "online",
    "review-book": "review", "speech": "unpublished", "bill": "legislation", "regulation": "legislation",
    "hearing": "jurisdiction", "figure": "image", "musical_score": "music", "broadcast": "audio",
}  # fmt: skip
"""The biblatex type for each of CSL's that has a near one; `misc` is for the others."""


def biblatex_type(written: str) -> str:
    """biblatex's name of a type as it is written in a file; an unknown one stays."""
    name = written.lower()
    return TYPE_ALIASES.get(name, name)


def csl_type(biblatex: str, subtype: str = "") -> str:
    """CSL's type for one of biblatex's, `document` for one that nobody knows."""
    subtype = subtype.strip().lower()
    if subtype:
        if biblatex == "article" and subtype in SUBTYPES:
            return SUBTYPES[subtype]
        if subtype in TYPES:
            return subtype
    known = ENTRY_TYPES.get(biblatex)
    return known.csl if known else "document"


# Fields ----------------------------------------------------------------------------------------------------------

ALIASES: Mapping[str, str] = {
    "journal": "journaltitle", "address": "location", "school": "institution", "annote": "annotation",
    "archiveprefix": "eprinttype", "primaryclass": "eprintclass", "key": "sortkey", "hyphenation": "langid",
    "numpages": "pagetotal", "keyword": "keywords", "tags": "keywords", "articleno": "eid", "article-number": "eid",
    "arxivid": "arxiv", "origyear": "origdate", "accessed": "urldate", "lastchecked": "urldate",
    "lastvisited": "urldate", "lastaccessed": "urldate", "visited": "urldate", "city": "location",
    "journal-iso": "shortjournal", "journal-abbreviation": "shortjournal", "pmcid": "pmcid", "mrnumber": "mrnumber",
    "fjournal": "journaltitle", "conference": "eventtitle", "event": "eventtitle", "ee": "url", "copyright": "license",
}  # fmt: skip
"""Other names of biblatex's fields: BibTeX's, and those of JabRef, Mendeley, ACM, Web of Science and al-folio."""


@lru_cache(maxsize=4096)
def field_name(written: str) -> tuple[str, bool]:
    """biblatex's name of a field, and whether it was written by that name."""
    name = written.lower()
    alias = ALIASES.get(name)
    return (alias, False) if alias else (name, True)


BIBTEX_NAMES: Mapping[str, str] = {
    "journaltitle": "journal", "location": "address", "annotation": "annote", "eprinttype": "archivePrefix",
    "eprintclass": "primaryClass",
}  # fmt: skip
"""BibTeX's names for fields that biblatex writes otherwise; `institution` is `school` in a thesis."""

TEXT_FIELDS: Mapping[str, str] = {
    "abstract": "abstract", "annotation": "annote", "shorttitle": "title_short",
    "shortjournal": "container_title_short",
    "series": "collection_title", "volume": "volume", "volumes": "number_of_volumes", "chapter": "chapter_number",
    "part": "part_number", "edition": "edition", "version": "version", "pages": "page",
    "pagetotal": "number_of_pages", "eventtitle": "event_title", "venue": "event_place",
    "location": "publisher_place", "doi": "doi", "url": "url", "isbn": "isbn", "issn": "issn", "note": "note",
    "origtitle": "original_title", "origpublisher": "original_publisher", "origlocation": "original_publisher_place",
    "pmid": "pmid", "pmcid": "pmcid", "library": "call_number",
}  # fmt: skip
"""biblatex's fields that are a variable of CSL's whatever the type."""

_COMPOSED = frozenset(
    "title container_title genre issue number publisher status language keyword event citation_key citation_label "
    "citation_number first_reference_note_number locator year_suffix page_first".split()
)
"""Variables that convert.py makes of several fields, or that are none of an entry's."""
CSL_FIELDS: frozenset[str] = frozenset(TEXT_VARIABLES) - frozenset(TEXT_FIELDS.values()) - _COMPOSED
"""Variables that biblatex has no field for; in a .bib file they stand under CSL's own names."""

PEOPLE_FIELDS: Mapping[str, str] = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container_author",
} | {name: name for name in sorted(NAME_VARIABLES) if name != "container_author"}  # fmt: skip
"""Fields that are lists of names; roles that biblatex lacks stand under CSL's names."""

EDITOR_TYPES: Mapping[str, str] = {
    "compiler": "compiler", "director": "director", "organizer": "organizer", "producer": "producer",
    "execproducer": "executive_producer", "host": "host", "narrator": "narrator", "illustrator": "illustrator",
}  # fmt: skip
"""What `editortype` makes of an editor (biblatex manual, 2.3.6; biblatex-apa)."""

NAME_LISTS = frozenset(
    "annotator commentator introduction foreword afterword editora editorb editorc shortauthor shorteditor holder "
    "sortname namea nameb namec".split()
)
"""biblatex's other lists of names; they stay text."""

DATE_FIELDS: Mapping[str, str] = {
    "": "issued", "url": "accessed", "event": "event_date", "orig": "original_date",
}  # fmt: skip
"""The prefix of `date` for each date variable of CSL's that biblatex has a field for."""
CSL_DATES = frozenset(DATE_VARIABLES) - frozenset(DATE_FIELDS.values())
"""Date variables that stand under CSL's own names."""

PUBLISHER_FIELDS = ("publisher", "organization", "institution", "howpublished")
"""The fields that can name who published a work, in the order in which they are asked."""
PUBLISHER_FIELD_OF: Mapping[str, str] = {
    "thesis": "institution", "report": "institution", "online": "organization", "manual": "organization",
    "misc": "howpublished", "unpublished": "howpublished", "booklet": "howpublished", "patent": "organization",
}  # fmt: skip
"""The field that names it in a type that does not say `publisher`."""

ISSUE_TYPES = frozenset({"article", "suppperiodical", "periodical", "review"})
"""Types in which `number` is the issue of a journal."""
SERIES_TYPES = frozenset(
    "book mvbook collection mvcollection reference mvreference proceedings mvproceedings incollection inproceedings "
    "inbook bookinbook suppbook suppcollection inreference commentary".split()
)
"""Types in which `number` is that of the series, if there is one."""

VERBATIM = frozenset(
    "doi url urlraw eprint verba verbb verbc arxiv pdf code slides video poster website html supp blog preview "
    "local-url bdsk-url-1 bdsk-url-2 biburl bibsource ee crossref xref related ids xdata entryset pii swhid "
    "google_scholar_id altmetric dimensions_badge inspirehep_id repository adsurl opturl url_pdf url_code".split()
)
"""Fields whose value is an address or an identifier and is never read as LaTeX."""
RAW = frozenset({"file", "options", "owner", "timestamp", "groups", "bdsk-file-1"})
"""Fields that belong to some program and stay as they are."""

GENRES: Mapping[str, str] = {
    "phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
    "software": "Computer software", "datacd": "Data CD", "audiocd": "Audio CD", "patent": "Patent",
    "patentde": "German patent", "patenteu": "European patent", "patentfr": "French patent",
    "patentuk": "British patent", "patentus": "U.S. patent", "patreq": "Patent request",
    "patreqde": "German patent request", "patreqeu": "European patent request",
    "patreqfr": "French patent request", "patrequk": "British patent request",
    "patrequs": "U.S. patent request",
}  # fmt: skip
"""biblatex's localisation keys for `type`, in English."""
COUNTRIES: Mapping[str, str] = {
    "countryde": "Germany", "countryeu": "European Union", "countryep": "European Union", "countryfr": "France",
    "countryuk": "United Kingdom", "countryus": "United States of America",
}  # fmt: skip

LANGUAGES: Mapping[str, str] = {
    "english": "en-US", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "australian": "en-AU", "canadian": "en-CA", "newzealand": "en-NZ", "german": "de-DE", "ngerman": "de-DE",
    "germanb": "de-DE", "austrian": "de-AT", "naustrian": "de-AT", "nswissgerman": "de-CH", "swissgerman": "de-CH",
    "french": "fr-FR", "francais": "fr-FR", "acadian": "fr-CA", "canadien": "fr-CA", "spanish": "es-ES",
    "mexican": "es-MX", "italian": "it-IT", "portuguese": "pt-PT", "portuges": "pt-PT", "brazilian": "pt-BR",
    "brazil": "pt-BR", "dutch": "nl-NL", "afrikaans": "af-ZA", "danish": "da-DK", "swedish": "sv-SE",
    "norwegian": "nb-NO", "norsk": "nb-NO", "nynorsk": "nn-NO", "finnish": "fi-FI", "icelandic": "is-IS",
    "russian": "ru-RU", "ukrainian": "uk-UA", "polish": "pl-PL", "czech": "cs-CZ", "slovak": "sk-SK",
    "slovene": "sl-SI", "slovenian": "sl-SI", "croatian": "hr-HR", "serbian": "sr-RS", "bulgarian": "bg-BG",
    "romanian": "ro-RO", "hungarian": "hu-HU", "magyar": "hu-HU", "greek": "el-GR", "turkish": "tr-TR",
    "catalan": "ca-AD", "basque": "eu", "galician": "gl-ES", "estonian": "et-EE", "latvian": "lv-LV",
    "lithuanian": "lt-LT", "latin": "la", "hebrew": "he-IL", "arabic": "ar", "persian": "fa-IR", "farsi": "fa-IR",
    "chinese": "zh-CN", "japanese": "ja-JP", "korean": "ko-KR", "vietnamese": "vi-VN", "thai": "th-TH",
    "indonesian": "id-ID", "malay": "ms", "hindi": "hi",
    "sanskrit": "sa", "chinese-simplified": "zh-CN", "chinese-hans": "zh-CN", "chinese-traditional": "zh-TW",
    "chinese-hant": "zh-TW", "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it",
    "por": "pt", "rus": "ru", "chi": "zh", "zho": "zh", "jpn": "ja", "kor": "ko", "dut": "nl", "nld": "nl",
    "irish": "ga", "welsh": "cy-GB", "esperanto": "eo",
}  # fmt: skip
"""babel's and polyglossia's names of languages, and ISO 639-2's codes, as the codes that CSL's `language` wants."""
BABEL_NAMES: dict[str, str] = {}
for _name, _code in LANGUAGES.items():
    if len(_name) > 3:
        BABEL_NAMES.setdefault(_code, _name)

ARCHIVES: Mapping[str, str] = {
    "arxiv": "arXiv", "biorxiv": "bioRxiv", "medrxiv": "medRxiv", "chemrxiv": "ChemRxiv", "psyarxiv": "PsyArXiv",
    "socarxiv": "SocArXiv", "eartharxiv": "EarthArXiv", "ecoevorxiv": "EcoEvoRxiv", "engrxiv": "engrXiv",
    "techrxiv": "TechRxiv", "ssrn": "SSRN", "hal": "HAL", "iacr": "IACR Cryptology ePrint Archive",
    "cryptologyeprint": "IACR Cryptology ePrint Archive", "osf": "OSF Preprints", "preprints": "Preprints",
    "researchsquare": "Research Square", "essoar": "ESSOAr", "edarxiv": "EdArXiv",
}  # fmt: skip
"""Preprint servers, by `eprinttype` in lower case."""
NO_ARCHIVES = frozenset(
    {"jstor", "pubmed", "pmid", "pmc", "pmcid", "hdl", "handle", "googlebooks", "zenodo", "doi", "urn"}
)
"""Values of `eprinttype` that say where a published text is kept; nothing there is a preprint for it."""
