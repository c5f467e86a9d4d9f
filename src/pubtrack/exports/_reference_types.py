"""CSL's types as the reference managers of EndNote's family call them: RIS's `TY`, EndNote's `ref-type`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pubtrack.model.work import Work


class Kind(NamedTuple):
    """RIS's word (RIS format specification, "Reference type field names"), EndNote's name and number of the type."""

    ris: str
    endnote: str
    number: int


KINDS: Mapping[str, Kind] = {
    "article": Kind("UNPB", "Unpublished Work", 34),
    "article-journal": Kind("JOUR", "Journal Article", 17),
    "article-magazine": Kind("MGZN", "Magazine Article", 19),
    "article-newspaper": Kind("NEWS", "Newspaper Article", 23),
    "bill": Kind("BILL", "Bill", 4),
    "book": Kind("BOOK", "Book", 6),
    "broadcast": Kind("MPCT", "Film or Broadcast", 21),
    "chapter": Kind("CHAP", "Book Section", 5),
    "classic": Kind("CLSWK", "Classical Work", 49),
    "dataset": Kind("DATA", "Dataset", 59),
    "entry": Kind("ENCYC", "Encyclopedia", 53),
    "entry-dictionary": Kind("DICT", "Dictionary", 52),
    "entry-encyclopedia": Kind("ENCYC", "Encyclopedia", 53),
    "figure": Kind("FIGURE", "Figure", 37),
    "graphic": Kind("ART", "Artwork", 2),
    "hearing": Kind("HEAR", "Hearing", 14),
    "interview": Kind("PCOMM", "Personal Communication", 26),
    "legal_case": Kind("CASE", "Case", 7),
    "legislation": Kind("STAT", "Statute", 31),
    "manuscript": Kind("MANSCPT", "Manuscript", 36),
    "map": Kind("MAP", "Map", 20),
    "motion_picture": Kind("MPCT", "Film or Broadcast", 21),
    "musical_score": Kind("MUSIC", "Music", 61),
    "pamphlet": Kind("PAMP", "Pamphlet", 24),
    "paper-conference": Kind("CONF", "Conference Proceedings", 10),
    "patent": Kind("PAT", "Patent", 25),
    "periodical": Kind("JFULL", "Serial", 57),
    "personal_communication": Kind("PCOMM", "Personal Communication", 26),
    "post": Kind("ICOMM", "Web Page", 12),
    "post-weblog": Kind("BLOG", "Blog", 56),
    "regulation": Kind("LEGAL", "Legal Rule or Regulation", 50),
    "report": Kind("RPRT", "Report", 27),
    "review": Kind("JOUR", "Journal Article", 17),
    "review-book": Kind("JOUR", "Journal Article", 17),
    "software": Kind("COMP", "Computer Program", 9),
    "song": Kind("SOUND", "Music", 61),
    "speech": Kind("CPAPER", "Conference Paper", 47),
    "standard": Kind("STAND", "Standard", 58),
    "thesis": Kind("THES", "Thesis", 32),
    "treaty": Kind("LEGAL", "Legal Rule or Regulation", 50),
    "webpage": Kind("ELEC", "Web Page", 12),
}
"""CSL's types; any other is generic."""

_GENERIC = Kind("GEN", "Generic", 13)
NUMBERED = frozenset({"report", "patent", "standard"})
"""Types whose number stands where others have the ISBN (`SN`, `isbn`), in EndNote as in Zotero."""


def kind(work: Work) -> Kind:
    """The type of `work`."""
    return KINDS.get(work.type, _GENERIC)
