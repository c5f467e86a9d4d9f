"""Export profiles: the built-in ones and those of `[exports.NAME]`.

What a profile's style reads was read in its `.bst` (the ENTRY list at its head and its FUNCTIONs), of TeX Live 2022:
plainnat.bst (natbst.mbs 1.93), IEEEtran.bst 1.14, ACM-Reference-Format.bst 2.1, splncs04.bst (of llncs) and
elsarticle-num.bst 2.1. Fields go by biblatex's names here, in every dialect.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from pubtrack.bibtex.fields import Dialect, field_name
from pubtrack.bibtex.latex import Encoding
from pubtrack.config import ExportConfig
from pubtrack.exports.al_folio import FIELDS as AL_FOLIO_FIELDS
from pubtrack.model.errors import PubtrackError, did_you_mean

Journals = Literal["full", "iso4", "short", "keep"]
Venues = Literal["keep", "short", "full"]
Links = Literal["both", "doi", "url", "none"]


def _names(words: str) -> frozenset[str]:
    return frozenset(field_name(word)[0] for word in words.split())


PUBLIC = _names(
    "author editor editora editorb editorc editortype editoratype editorbtype editorctype translator annotator "
    "commentator introduction foreword afterword bookauthor holder shortauthor shorteditor authortype nameaddon title "
    "subtitle titleaddon shorttitle maintitle mainsubtitle maintitleaddon booktitle booksubtitle booktitleaddon "
    "journaltitle journalsubtitle shortjournal issuetitle issuesubtitle issuetitleaddon eventtitle eventtitleaddon "
    "origtitle reprinttitle indextitle series shortseries number volume volumes part issue chapter pages pagetotal "
    "pagination bookpagination eid edition version publisher origpublisher institution organization howpublished "
    "location origlocation venue date eventdate origdate urldate year month day language origlanguage langid "
    "langidopts type entrysubtype pubstate addendum doi url eprint eprinttype eprintclass isbn issn isrn ismn isan "
    "iswc crossref xref xdata related relatedtype relatedstring relatedoptions entryset ids sortkey sortname sorttitle "
    "sortyear presort shorthand shorthandintro label options nationality assignee dayfiled monthfiled yearfiled"
)
"""The fields that say what a work is and where it appeared; all others, known or not, are private."""
REFERRING = frozenset({"crossref", "xref", "xdata", "related", "relatedtype", "entryset", "ids"})

ORDER = tuple(
    "author editor translator title subtitle booktitle journal journaltitle series edition volume number issue chapter "
    "pages eid publisher institution school organization howpublished address location date year month day type "
    "version pubstate doi eprint archivePrefix eprinttype primaryClass eprintclass isbn issn url urldate note key "
    "crossref xdata".split()
)
"""The order of an entry's fields; those that are not named stand behind, by their names."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a .bib file is to look.

    `fields` are those that stay (None: all that are public), `keep` private ones that stay too, `drop` those that go,
    all by biblatex's names; what an entry's type requires stays anyway. `types` are a style's own types beyond
    BibTeX's, by biblatex's name. `eprints` has preprints named in `howpublished`, for styles that read no `eprint`.
    `whole` keeps every field as it is, so that the file can be read again as the same works. `keys` is the pattern
    of new keys, used only where keys are to be changed.
    """

    dialect: Dialect = "bibtex"
    encoding: Encoding = "latex"
    journals: Journals = "full"
    venues: Venues = "keep"
    strings: Literal["keep", "resolve"] = "keep"
    protect: Literal["keep", "acronyms"] = "keep"
    links: Links = "both"
    months: bool = True
    dashes: Literal["--", "-", "–"] = "--"
    max_authors: int = 0
    fields: frozenset[str] | None = None
    keep: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()
    order: tuple[str, ...] = ORDER
    keys: str = ""
    types: Mapping[str, str] = field(default_factory=dict)
    eprints: bool = False
    whole: bool = False


DEFAULT = Profile()

# The words of each ENTRY list, without those that BibTeX's private fields are (note, key apart).
_PLAINNAT = _names(
    "address author booktitle chapter doi eid edition editor howpublished institution isbn issn journal key month "
    "number organization pages publisher school series title type url volume year"
)
_IEEETRAN = _names(
    "address assignee author booktitle chapter day dayfiled edition editor howpublished institution journal key "
    "language month monthfiled nationality number organization pages publisher school series title type url volume "
    "year yearfiled"
)
_ACM = _names(
    "address archiveprefix author booktitle chapter date edition editor eprint eprinttype eprintclass howpublished "
    "institution journal key month number organization pages primaryclass publisher school series title type volume "
    "year issue articleno eid day doi url numpages isbn issn"
)
_SPLNCS = _names(
    "address author booktitle chapter doi edition editor eid howpublished institution journal key month number "
    "organization pages publisher school series title type url volume year"
)
_ELSARTICLE = _names(
    "address author booktitle chapter edition editor howpublished institution journal key month number organization "
    "pages publisher school series title type volume year eprint doi url"
)
_ADS = _names(
    "author editor title booktitle journal series volume number eid pages edition publisher school institution "
    "howpublished type year month doi url eprint eprinttype eprintclass key"
)

PROFILES: Mapping[str, Profile] = {
    # IEEEtran prints URLs but no DOI, which IEEE's production reads all the same; journals are abbreviated (IEEE
    # Reference Guide). online, patent, standard and periodical are FUNCTIONs of its own; it reads no eprint.
    "ieee": Profile(
        fields=_IEEETRAN | {"doi"}, journals="iso4", links="doi", protect="acronyms", eprints=True,
        types={"online": "online", "patent": "patent", "standard": "standard", "periodical": "periodical"},
    ),
    # acmart prints the DOI, and the URL only where there is none; ISBN and ISSN stand in its ENTRY list.
    "acm": Profile(
        fields=_ACM, links="doi", protect="acronyms",
        types={"online": "online", "software": "software", "dataset": "dataset", "periodical": "periodical"},
    ),
    # LNCS prints neither month nor ISSN; both DOI and URL where both are there.
    "springer": Profile(fields=_SPLNCS - {"month"}, links="doi", protect="acronyms", months=False, eprints=True),
    # elsarticle-num prints eprint, doi and url (urlbst); `webpage` is a FUNCTION of its own.
    "elsevier": Profile(
        fields=_ELSARTICLE - {"month"}, links="doi", protect="acronyms", months=False, types={"online": "webpage"},
    ),
    # NeurIPS, ICML and ICLR load natbib, with plainnat or a style made from it.
    "neurips": Profile(
        fields=_PLAINNAT - _names("isbn issn address month"), links="doi", protect="acronyms", months=False,
        eprints=True,
    ),
    # What arXiv's own listing exports: the identifier in eprint, archivePrefix, primaryClass; links stay for hyperref.
    "arxiv": Profile(fields=(_PLAINNAT | _ADS) - _names("isbn issn"), protect="acronyms"),
    # As NASA ADS exports: what identifies a paper, months as macros, at most ten authors.
    "minimal": Profile(fields=_ADS, links="doi", max_authors=10),
    "full": Profile(encoding="unicode", journals="keep", whole=True),
    "al-folio": Profile(encoding="unicode", keep=_names(" ".join(sorted(AL_FOLIO_FIELDS)))),
}  # fmt: skip
"""The built-in profiles."""


def profile_named(name: str, configured: Mapping[str, ExportConfig] | None = None) -> Profile:
    """The profile `name`, configured or built in, "" for the default one.

    Raises PubtrackError for one that there is not, with the nearest that there is, and for bases in a circle.
    """
    return _profile(name, configured or {}, ())


def _profile(name: str, configured: Mapping[str, ExportConfig], within: tuple[str, ...]) -> Profile:
    if not name:
        return DEFAULT
    if name in within and name not in PROFILES:
        raise PubtrackError(f'the export profile "{name}" is its own base: {" -> ".join([*within, name])}')
    if name in configured and name not in within:
        own = configured[name]
        return override_profile(_profile(own.base, configured, (*within, name)), own)
    if name in PROFILES:
        return PROFILES[name]
    known = sorted({*PROFILES, *configured})
    hint = did_you_mean(name, known) or f"; there is {', '.join(known)}"
    raise PubtrackError(f'no export profile named "{name}"{hint}')


def override_profile(base: Profile, own: ExportConfig) -> Profile:
    """`base` with what is not None in `own`."""
    sets = {"fields", "keep", "drop"}
    known = {one.name for one in fields(Profile)} - sets
    values: dict[str, typing.Any] = {
        one.name: value
        for one in fields(ExportConfig)
        if one.name in known and (value := getattr(own, one.name)) is not None
    }
    found = replace(base, **values)
    if own.fields is not None:
        found = replace(found, fields=_names(" ".join(own.fields)), whole=False)
    keep, drop = _names(" ".join(own.keep)), _names(" ".join(own.drop))
    return replace(found, keep=(found.keep | keep) - drop, drop=(found.drop | drop) - keep)
