"""The types of works in the words of each service, as CSL's type and the biblatex type that its entry has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class WorkType(NamedTuple):
    """CSL's type, and biblatex's where that is not the usual one for it."""

    csl: str
    biblatex: str = ""


# crossref.org/documentation/schema-library/markup-guide-record-types; the words are those of api.crossref.org/types.
CROSSREF: Mapping[str, WorkType] = {
    "journal-article": WorkType("article-journal"),
    "proceedings-article": WorkType("paper-conference"),
    "posted-content": WorkType("article"),
    "book": WorkType("book"),
    "monograph": WorkType("book"),
    "edited-book": WorkType("book", "collection"),
    "reference-book": WorkType("book", "reference"),
    "book-chapter": WorkType("chapter"),
    "book-section": WorkType("chapter"),
    "book-part": WorkType("chapter"),
    "book-track": WorkType("chapter"),
    "reference-entry": WorkType("entry-encyclopedia"),
    "proceedings": WorkType("book", "proceedings"),
    "proceedings-series": WorkType("book", "mvproceedings"),
    "book-series": WorkType("book", "mvcollection"),
    "book-set": WorkType("book", "mvcollection"),
    "report-series": WorkType("book", "mvcollection"),
    "dissertation": WorkType("thesis"),
    "report": WorkType("report"),
    "report-component": WorkType("report"),
    "standard": WorkType("standard"),
    "standard-series": WorkType("standard"),
    "dataset": WorkType("dataset"),
    "database": WorkType("dataset"),
    "peer-review": WorkType("review"),
}
UNCITABLE = frozenset(
    "component grant journal journal-issue journal-volume other sa-component"
    " proceedings-series book-series book-set report-series standard-series".split()
)
"""Crossref's types of what is not a work that a list of publications names: parts, containers and money."""
POSTED: Mapping[str, WorkType] = {
    "blog": WorkType("post-weblog"),
    "other": WorkType("post-weblog"),
    "dissertation": WorkType("thesis"),
    "report": WorkType("report"),
    "working_paper": WorkType("report"),
}
"""Subtypes of posted content that are no preprints."""

# DataCite Metadata Schema 4.6, appendix 1, table 7; `resourceType` is free text and refines "Text" and "Other".
DATACITE: Mapping[str, WorkType] = {
    "audiovisual": WorkType("motion_picture"),
    "book": WorkType("book"),
    "bookchapter": WorkType("chapter"),
    "computationalnotebook": WorkType("software"),
    "conferencepaper": WorkType("paper-conference"),
    "conferenceproceeding": WorkType("book", "proceedings"),
    "datapaper": WorkType("article-journal"),
    "dataset": WorkType("dataset"),
    "dissertation": WorkType("thesis"),
    "film": WorkType("motion_picture"),
    "image": WorkType("graphic"),
    "journalarticle": WorkType("article-journal"),
    "model": WorkType("dataset"),
    "peerreview": WorkType("review"),
    "preprint": WorkType("article"),
    "presentation": WorkType("speech"),
    "poster": WorkType("speech"),
    "report": WorkType("report"),
    "software": WorkType("software"),
    "sound": WorkType("song"),
    "standard": WorkType("standard"),
    "thesis": WorkType("thesis"),
    "workflow": WorkType("software"),
    "blogposting": WorkType("post-weblog"),
    "monographie": WorkType("book"),
    "monograph": WorkType("book"),
    "technicalreport": WorkType("report"),
    "workingpaper": WorkType("report"),
    "scholarlyarticle": WorkType("article-journal"),
    "article": WorkType("article-journal"),
}

# docs.openalex.org, Work object, `type`; "article" holds conference papers too.
OPENALEX: Mapping[str, WorkType] = {
    "article": WorkType("article-journal"),
    "book": WorkType("book"),
    "book-chapter": WorkType("chapter"),
    "conference-paper": WorkType("paper-conference"),
    "dataset": WorkType("dataset"),
    "dissertation": WorkType("thesis"),
    "editorial": WorkType("article-journal"),
    "erratum": WorkType("article-journal"),
    "letter": WorkType("article-journal"),
    "peer-review": WorkType("review"),
    "preprint": WorkType("article"),
    "reference-entry": WorkType("entry-encyclopedia"),
    "report": WorkType("report"),
    "review": WorkType("article-journal"),
    "software": WorkType("software"),
    "standard": WorkType("standard"),
}

# info.orcid.org, "Work types" (API 3.0).
ORCID: Mapping[str, WorkType] = {
    "annotation": WorkType("document"),
    "blog-post": WorkType("post-weblog"),
    "book": WorkType("book"),
    "book-chapter": WorkType("chapter"),
    "book-review": WorkType("review"),
    "conference-abstract": WorkType("paper-conference"),
    "conference-output": WorkType("paper-conference"),
    "conference-paper": WorkType("paper-conference"),
    "conference-poster": WorkType("speech"),
    "conference-presentation": WorkType("speech"),
    "conference-proceedings": WorkType("book", "proceedings"),
    "data-set": WorkType("dataset"),
    "dictionary-entry": WorkType("entry-encyclopedia"),
    "dissertation": WorkType("thesis"),
    "dissertation-thesis": WorkType("thesis"),
    "edited-book": WorkType("book", "collection"),
    "encyclopedia-entry": WorkType("entry-encyclopedia"),
    "journal-article": WorkType("article-journal"),
    "journal-issue": WorkType("periodical"),
    "lecture-speech": WorkType("speech"),
    "magazine-article": WorkType("article-magazine"),
    "manual": WorkType("book", "manual"),
    "newspaper-article": WorkType("article-newspaper"),
    "online-resource": WorkType("webpage"),
    "patent": WorkType("patent"),
    "preprint": WorkType("article"),
    "report": WorkType("report"),
    "research-tool": WorkType("software"),
    "review": WorkType("article-journal"),
    "software": WorkType("software"),
    "standards-and-policy": WorkType("standard"),
    "supervised-student-publication": WorkType("document"),
    "technical-standards": WorkType("standard"),
    "translation": WorkType("book"),
    "website": WorkType("webpage"),
    "working-paper": WorkType("report"),
}

# dblp.org/faq, "What types does dblp use?", in the words of its search API.
DBLP: Mapping[str, WorkType] = {
    "Books and Theses": WorkType("book"),
    "Conference and Workshop Papers": WorkType("paper-conference"),
    "Data and Artifacts": WorkType("dataset"),
    "Editorship": WorkType("book", "proceedings"),
    "Informal and Other Publications": WorkType("article"),
    "Informal Publications": WorkType("article"),
    "Journal Articles": WorkType("article-journal"),
    "Parts in Books or Collections": WorkType("chapter"),
    "Reference Works": WorkType("entry-encyclopedia"),
}
