"""Classify works: preprint, published, unpublished; whether two classes can be one work."""

from __future__ import annotations

from typing import Literal

from pubtrack.model.work import Work

WorkClass = Literal["journal", "conference", "book", "preprint", "thesis", "report", "dataset", "software", "other"]

_CLASSES: dict[str, WorkClass] = {
    "article-journal": "journal", "article-magazine": "journal", "article-newspaper": "journal",
    "paper-conference": "conference", "speech": "conference", "chapter": "conference", "entry-encyclopedia": "book",
    "entry-dictionary": "book", "entry": "book", "book": "book", "collection": "book", "classic": "book",
    "thesis": "thesis", "report": "report", "standard": "report", "article": "preprint", "manuscript": "preprint",
    "dataset": "dataset", "software": "software", "review": "other", "review-book": "other",
}  # fmt: skip
_TOGETHER = frozenset(("journal", "conference", "book", "report"))


def class_of(work: Work) -> WorkClass:
    """The class of a work by its CSL type; a chapter counts as a conference paper, as Crossref has many of these."""
    return _CLASSES.get(work.type, "other")


def is_preprint(work: Work) -> bool:
    """Whether the work is a preprint or a manuscript, by CSL's type (1.0.2, "article": a preprint)."""
    return work.type in ("article", "manuscript")


def may_be_one(one: Work, other: Work) -> bool:
    """Whether the types leave it open that both are one work.

    Papers of journals, conferences and books are registered under each other's types; a preprint is not the paper, and
    a thesis, a data set or a program is nothing else. What has no telling type may be anything.
    """
    mine, theirs = class_of(one), class_of(other)
    return mine == theirs or "other" in (mine, theirs) or {mine, theirs} <= _TOGETHER
