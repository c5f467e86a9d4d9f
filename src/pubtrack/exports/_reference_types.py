"""CSL's types as the reference managers of EndNote's family call them: RIS's `TY`, EndNote's `ref-type`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pubtrack.model.work import Work


class ReferenceType(NamedTuple):
    """RIS's word (RIS format specification, "Reference type field names"), EndNote's name and number of the type."""

    ris: str
    endnote: str
    number: int


KINDS: Mapping[str, ReferenceType] = {
    "article": ReferenceType("UNPB", "Unpublished Work", 34),
    "article-journal": ReferenceType("JOUR", "Journal Article", 17),
    "article-magazine": ReferenceType("MGZN", "Magazine Article", 19),
    "article-newspaper": ReferenceType("NEWS", "Newspaper Article", 23),
    "bill": ReferenceType("BILL", "Bill", 4),
    "book": ReferenceType("BOOK", "Book", 6),
    "broadcast": ReferenceType("MPCT", "Film or Broadcast", 21),
    "chapter": ReferenceType("CHAP", "Book Section", 5),
    "classic": ReferenceType("CLSWK", "Classical Work", 49),
    "dataset": ReferenceType("DATA", "Dataset", 59),
    "entry": ReferenceType("ENCYC", "Encyclopedia", 53),
    "entry-dictionary": ReferenceType("DICT", "Dictionary", 52),
    "entry-encyclopedia": ReferenceType("ENCYC", "Encyclopedia", 53),
    "figure": ReferenceType("FIGURE", "Figure", 37),
    "graphic": ReferenceType("ART", "Artwork", 2),
    "hearing": ReferenceType("HEAR", "Hearing", 14),
    "interview": ReferenceType("PCOMM", "Personal Communication", 26),
    "legal_case": ReferenceType("CASE", "Case", 7),
    "legislation": ReferenceType("STAT", "Statute", 31),
    "manuscript": ReferenceType("MANSCPT", "Manuscript", 36),
    "map": ReferenceType("MAP", "Map", 20),
    "motion_picture": ReferenceType("MPCT", "Film or Broadcast", 21),
    "musical_score": ReferenceType("MUSIC", "Music", 61),
    "pamphlet": ReferenceType("PAMP", "Pamphlet", 24),
    "paper-conference": ReferenceType("CONF", "Conference Proceedings", 10),
    "patent": ReferenceType("PAT", "Patent", 25),
    "periodical": ReferenceType("JFULL", "Serial", 57),
    "personal_communication": ReferenceType("PCOMM", "Personal Communication", 26),
    "post": ReferenceType("ICOMM", "Web Page", 12),
    "post-weblog": ReferenceType("BLOG", "Blog", 56),
    "regulation": ReferenceType("LEGAL", "Legal Rule or Regulation", 50),
    "report": ReferenceType("RPRT", "Report", 27),
    "review": ReferenceType("JOUR", "Journal Article", 17),
    "review-book": ReferenceType("JOUR", "Journal Article", 17),
    "software": ReferenceType("COMP", "Computer Program", 9),
    "song": ReferenceType("SOUND", "Music", 61),
    "speech": ReferenceType("CPAPER", "Conference Paper", 47),
    "standard": ReferenceType("STAND", "Standard", 58),
    "thesis": ReferenceType("THES", "Thesis", 32),
    "treaty": ReferenceType("LEGAL", "Legal Rule or Regulation", 50),
    "webpage": ReferenceType("ELEC", "Web Page", 12),
}
"""CSL's types; any other is generic."""

_GENERIC = ReferenceType("GEN", "Generic", 13)
NUMBERED = frozenset({"report", "patent", "standard"})
"""Types whose number stands where others have the ISBN (`SN`, `isbn`), in EndNote as in Zotero."""


def kind(work: Work) -> ReferenceType:
    """The type of `work`."""
    return KINDS.get(work.type, _GENERIC)
