"""Names of types and fields that neither BibTeX nor biblatex nor any wide-spread program knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pubtrack.bibtex import fields
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

# btxdoc, 3.2, and blx-dm.def.
_MODELS = frozenset(
    "address annote author booktitle chapter crossref edition editor howpublished institution journal key month note "
    "number organization pages publisher school series title type volume year "
    "abstract addendum afterword annotation annotator authortype bookauthor bookpagination booksubtitle booktitleaddon "
    "commentator date day doi editora editorb editorc editortype editoratype editorbtype editorctype eid entryset "
    "entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon execute file foreword gender "
    "holder ids indextitle indexsorttitle introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle "
    "issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon keywords label langid langidopts language "
    "library location mainsubtitle maintitle maintitleaddon nameaddon origdate origlanguage origlocation origpublisher "
    "origtitle options origyear pagetotal pagination part presort pubstate related relatedoptions relatedstring "
    "relatedtype reprinttitle shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle "
    "sortkey sortname sortshorthand sorttitle sortyear subtitle titleaddon translator url urldate urlyear urlmonth "
    "urlday venue version volumes xdata xref archiveprefix primaryclass hyphenation pdf "
    "lista listb listc listd liste listf namea nameb namec nameatype namebtype namectype usera userb userc userd usere "
    "userf verba verbb verbc custom bookpagination origmonth yeardivision endyear hour minute second".split()
)
# What JabRef, Zotero, Better BibTeX, Mendeley, BibDesk, Citavi, EndNote, ADS, INSPIRE, DBLP, ACM, IEEE, PubMed, Web of
# Science, Scopus, al-folio, jekyll-scholar and pubtrack itself write.
_PROGRAMS = frozenset(
    "owner timestamp groups groupsearch comment comments review ranking readstatus priority printed qualityassured "
    "relevance search creationdate modificationdate citationkey citeseerurl localfile rating keyword tags shortname "
    "date-added date-modified local-url annotenote mendeley-groups mendeley-tags read citeulike-article-id "
    "citeulike-linkout-0 posted-at bibsource biburl ee added-at interhash intrahash username description "
    "adsurl adsnote collaboration reportnumber slaccitation archiveprefix primaryclass bibcode arxivid arxiv "
    "pmid pmcid pii medline nlmuniqueid mrnumber mrreviewer mrclass fjournal zblnumber zbl coden lccn issn-l eissn "
    "essn issn_online articleno article-number numpages issue_date acmid conference city country affiliation "
    "author-email author_keywords corresponding_author correspondence_address funding funding-acknowledgement "
    "funding-text unique-id web-of-science-categories research-areas keywords-plus journal-iso doc-delivery-number "
    "number-of-cited-references times-cited usage-count-last-180-days usage-count-since-2013 document_type "
    "abbrev_source_title references publication_stage source art_number note_scopus isi sponsors translatedtitle "
    "abbr selected preview code slides poster video website html supp blog award award_name altmetric dimensions "
    "bibtex_show google_scholar_id inspirehep_id additional_info annotation equal_contrib acceptance_rate citations "
    "pubtrack-ignore pubtrack-lock swhid urlraw opturl optdoi optnote optkey optpages optaddress optannote opteditor "
    "optmonth optnumber optorganization optpublisher optseries optvolume optcrossref optyear opthowpublished "
    "contents size price isbn13 isbn10 isbn-13 isbn-10 lastchecked lastaccessed lastvisited accessed accessdate "
    "date-read bdsk-file-1 project homepage github repository link pdfurl cites gscholar eprintnote rights copyright "
    "license meeting meetingdate meetingplace edition_note crossref_note orcid-numbers researcherid-numbers "
    "oa early-access-date early-access-month early-access-year da type_of_work book-group-author book-author "
    "meeting_title biblatex-type entrytype nationality yearfiled dayfiled monthfiled assignee revision "
    "intype inseries advisor supervisor committee school_department department degree".split()
)  # fmt: skip
_KNOWN = (
    _MODELS | _PROGRAMS | frozenset(fields.ALIASES) | fields.VERBATIM | fields.RAW | fields.NAME_LISTS
    | frozenset(fields.PEOPLE_FIELDS) | frozenset(fields.TEXT_FIELDS)
    | {*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES, *TEXT_VARIABLES.values()}
)  # fmt: skip
_TYPES = frozenset(fields.ENTRY_TYPES) | frozenset(fields.TYPE_ALIASES) | fields.NOT_WORKS | frozenset(
    "bibnote customa customb customc customd custome customf suppperiodical other jurthesis comment "
    "ieeetranbstctl".split()
)  # fmt: skip
_FREE = (
    "bdsk-",
    "opt",
    "zotero",
    "tex.",
    "jabref-",
    "pubtrack-",
    "user",
    "x-",
    "_",
    "citeulike-",
    "url_",
    "author+",
    "editor+",
)


@rule(
    "fld-unknown",
    "info",
    why="No style reads it. Where the name is only mistyped, the field is missing in the reference: that is a warning.",
    source="biblatex's blx-dm.def; btxdoc, 3.2; JabRef's NoBibtexFieldChecker, BibTeXEntryTypeChecker; papis "
    "biblatex-type-alias",
    bad="@misc{study2020, title = {A study}, yaer = 2020}",
    good="@misc{study2020, title = {A study}, year = 2020, keywords = {tea}}",
)
def fld_unknown(view: View, context: Context) -> Iterator[Hit]:
    """A type or a field has a name that nothing reads; perhaps it is mistyped."""
    del context
    for item in view.items:
        written = item.entry.type.lower()
        if written not in _TYPES:
            near = _near(written, "type")
            hint = f'; did you mean "@{near}"?' if near else ", so styles print it as @misc"
            message = f'no style knows the type "@{item.entry.type}"{hint}'
            yield Hit(item, None, message, severity="warning" if near else None)
        for field in item.entry.fields:
            name = field.name.lower()
            if name in _KNOWN or name.startswith(_FREE) or "+an" in name:
                continue
            near = _near(name, "field")
            if near and fields.field_name(near)[0] in item.record.fields:
                near = ""
            hint = f'; did you mean "{near}"?' if near else ""
            message = f'nothing reads a field "{field.name}"{hint}'
            yield Hit(item, field, message, offset=field.name_start, severity="warning" if near else None)


@lru_cache(maxsize=2048)
def _near(name: str, kind: str) -> str:
    """The usual name that is one slip of the finger away, or ""."""
    from rapidfuzz.distance import OSA

    known = sorted(_TYPES) if kind == "type" else sorted(_MODELS)
    if len(name) < 4:
        return ""
    return next((one for one in known if len(one) > 3 and OSA.distance(name, one, score_cutoff=1) == 1), "")
