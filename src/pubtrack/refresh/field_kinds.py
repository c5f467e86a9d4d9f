"""The fields that a refresh looks at, and the kind of value each holds; no other field is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pubtrack.bibtex import fields
from pubtrack.model.errors import PubtrackError, did_you_mean

FieldKind = Literal["people", "title", "venue", "pages", "date", "month", "number", "house", "doi", "url", "code"]

SORTS: Mapping[str, FieldKind] = {
    "author": "people", "editor": "people", "title": "title", "journaltitle": "venue", "booktitle": "venue",
    "series": "venue", "volume": "number", "number": "number", "issue": "number", "eid": "number", "pages": "pages",
    "date": "date", "month": "month", "publisher": "house", "institution": "house", "doi": "doi", "url": "url",
    "isbn": "code", "issn": "code",
}  # fmt: skip
"""The fields, by biblatex's names, and the sorts of their values. `date` stands for `year` too."""

QUIET = frozenset("editor series month publisher institution url isbn issn".split())
"""Fields whose values differ between registries and lists for no fault of either: a first difference is not a
conflict."""

_ARTICLES = frozenset("article-journal article-magazine article-newspaper review review-book".split())
_PARTS = frozenset("chapter paper-conference entry-encyclopedia entry-dictionary entry".split())
_WHOLES = frozenset({"book", "classic", "periodical"})
_PREPRINTS = frozenset("article manuscript webpage post-weblog post".split())
_CLASSES = (_ARTICLES, _PARTS, _WHOLES, _PREPRINTS)
_ANY = frozenset({"author", "editor", "title", "date", "month", "doi", "url"})
_OF_TYPE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_ARTICLES, frozenset("journaltitle volume number issue eid pages issn".split())),
    **dict.fromkeys(_PARTS, frozenset("booktitle series volume number pages eid publisher isbn".split())),
    **dict.fromkeys(_WHOLES, frozenset("series volume number publisher isbn".split())),
    "thesis": frozenset({"institution"}),
    "report": frozenset({"institution", "number"}),
}


def biblatex_field(written: str) -> str:
    """biblatex's name of a field that is written so; `year` is a `date`."""
    name = fields.field_name(written)[0]
    return "date" if name == "year" else name


def fields_named(words: Iterable[str]) -> frozenset[str]:
    """The fields, by biblatex's names, that a user's words stand for; raises `PubtrackError` for one that no refresh
    ever fills."""
    names = frozenset(map(biblatex_field, words))
    for word in sorted(names - SORTS.keys()):
        known = sorted({*SORTS, "journal", "year"})
        hint = did_you_mean(word, known) or f"; there is {', '.join(known)}"
        raise PubtrackError(f'a refresh never fills "{word}"{hint}')
    return names


def class_of(csl_type: str) -> frozenset[str]:
    """The types that one and the same work may have in two lists."""
    return next((one for one in _CLASSES if csl_type in one), frozenset({csl_type}))


def fields_of(csl_type: str) -> frozenset[str]:
    """The fields, by biblatex's names, that a work of this type may have from a registry."""
    return _ANY | _OF_TYPE.get(csl_type, frozenset())
