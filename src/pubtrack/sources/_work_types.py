"""The types of works in the words of each service, as CSL's type and the biblatex type that its entry has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Kind(NamedTuple):
    """CSL's type, and biblatex's where that is not the usual one for it."""

    csl: str
    biblatex: str = ""


# crossref.org/documentation/schema-library/markup-guide-record-types; the words are those of api.crossref.org/types.
CROSSREF: Mapping[str, Kind] = {
    "journal-article": Kind("article-journal"),
    "proceedings-article": Kind("paper-conference"),
    "posted-content": Kind("article"),
    "book": Kind("book"),
    "monograph": Kind("book"),
    "edited-book": Kind("book", "collection"),
    "reference-book": Kind("book", "reference"),
    "book-chapter": Kind("chapter"),
    "book-section": Kind("chapter"),
    "book-part": Kind("chapter"),
    "book-track": Kind("chapter"),
    "reference-entry": Kind("entry-encyclopedia"),
    "proceedings": Kind("book", "proceedings"),
    "proceedings-series": Kind("book", "mvproceedings"),
    "book-series": Kind("book", "mvcollection"),
    "book-set": Kind("book", "mvcollection"),
    "report-series": Kind("book", "mvcollection"),
    "dissertation": Kind("thesis"),
    "report": Kind("report"),
    "report-component": Kind("report"),
    "standard": Kind("standard"),
    "standard-series": Kind("standard"),
    "dataset": Kind("dataset"),
    "database": Kind("dataset"),
    "peer-review": Kind("review"),
}
UNCITABLE = frozenset(
    "component grant journal journal-issue journal-volume other sa-component"
    " proceedings-series book-series book-set report-series standard-series".split()
)
"""Crossref's types of what is no work that a list of publications names: parts, containers and money."""
POSTED: Mapping[str, Kind] = {
    "blog": Kind("post-weblog"),
    "other": Kind("post-weblog"),
    "dissertation": Kind("thesis"),
    "report": Kind("report"),
    "working_paper": Kind("report"),
}
"""Subtypes of posted content that are no preprints."""

# DataCite Metadata Schema 4.6, appendix 1, table 7; `resourceType` is free text and refines "Text" and "Other".
DATACITE: Mapping[str, Kind] = {
    "audiovisual": Kind("motion_picture"),
    "book": Kind("book"),
    "bookchapter": Kind("chapter"),
    "computationalnotebook": Kind("software"),
    "conferencepaper": Kind("paper-conference"),
    "conferenceproceeding": Kind("book", "proceedings"),
    "datapaper": Kind("article-journal"),
    "dataset": Kind("dataset"),
    "dissertation": Kind("thesis"),
    "film": Kind("motion_picture"),
    "image": Kind("graphic"),
    "journalarticle": Kind("article-journal"),
    "model": Kind("dataset"),
    "peerreview": Kind("review"),
    "preprint": Kind("article"),
    "presentation": Kind("speech"),
    "poster": Kind("speech"),
    "report": Kind("report"),
    "software": Kind("software"),
    "sound": Kind("song"),
    "standard": Kind("standard"),
    "thesis": Kind("thesis"),
    "workflow": Kind("software"),
    "blogposting": Kind("post-weblog"),
    "monographie": Kind("book"),
    "monograph": Kind("book"),
    "technicalreport": Kind("report"),
    "workingpaper": Kind("report"),
    "scholarlyarticle": Kind("article-journal"),
    "article": Kind("article-journal"),
}

# docs.openalex.org, Work object, `type`; "article" holds conference papers too.
OPENALEX: Mapping[str, Kind] = {
    "article": Kind("article-journal"),
    "book": Kind("book"),
    "book-chapter": Kind("chapter"),
    "conference-paper": Kind("paper-conference"),
    "dataset": Kind("dataset"),
    "dissertation": Kind("thesis"),
    "editorial": Kind("article-journal"),
    "erratum": Kind("article-journal"),
    "letter": Kind("article-journal"),
    "peer-review": Kind("review"),
    "preprint": Kind("article"),
    "reference-entry": Kind("entry-encyclopedia"),
    "report": Kind("report"),
    "review": Kind("article-journal"),
    "software": Kind("software"),
    "standard": Kind("standard"),
}

# info.orcid.org, "Work types" (API 3.0).
ORCID: Mapping[str, Kind] = {
    "annotation": Kind("document"),
    "blog-post": Kind("post-weblog"),
    "book": Kind("book"),
    "book-chapter": Kind("chapter"),
    "book-review": Kind("review"),
    "conference-abstract": Kind("paper-conference"),
    "conference-output": Kind("paper-conference"),
    "conference-paper": Kind("paper-conference"),
    "conference-poster": Kind("speech"),
    "conference-presentation": Kind("speech"),
    "conference-proceedings": Kind("book", "proceedings"),
    "data-set": Kind("dataset"),
    "dictionary-entry": Kind("entry-encyclopedia"),
    "dissertation": Kind("thesis"),
    "dissertation-thesis": Kind("thesis"),
    "edited-book": Kind("book", "collection"),
    "encyclopedia-entry": Kind("entry-encyclopedia"),
    "journal-article": Kind("article-journal"),
    "journal-issue": Kind("periodical"),
    "lecture-speech": Kind("speech"),
    "magazine-article": Kind("article-magazine"),
    "manual": Kind("book", "manual"),
    "newspaper-article": Kind("article-newspaper"),
    "online-resource": Kind("webpage"),
    "patent": Kind("patent"),
    "preprint": Kind("article"),
    "report": Kind("report"),
    "research-tool": Kind("software"),
    "review": Kind("article-journal"),
    "software": Kind("software"),
    "standards-and-policy": Kind("standard"),
    "supervised-student-publication": Kind("document"),
    "technical-standards": Kind("standard"),
    "translation": Kind("book"),
    "website": Kind("webpage"),
    "working-paper": Kind("report"),
}

# dblp.org/faq, "What types does dblp use?", in the words of its search API.
DBLP: Mapping[str, Kind] = {
    "Books and Theses": Kind("book"),
    "Conference and Workshop Papers": Kind("paper-conference"),
    "Data and Artifacts": Kind("dataset"),
    "Editorship": Kind("book", "proceedings"),
    "Informal and Other Publications": Kind("article"),
    "Informal Publications": Kind("article"),
    "Journal Articles": Kind("article-journal"),
    "Parts in Books or Collections": Kind("chapter"),
    "Reference Works": Kind("entry-encyclopedia"),
}
