"""Recognise preprints: the archive and identifier, from the many places where people put them.

CSL's `article` wants the archive as `publisher` and the identifier as `number` (CSL 1.0.2, appendix III; so do Zotero's
preprints); biblatex has `eprinttype` and `eprint` (manual, "Electronic Publishing Information").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pubtrack.bibtex.fields import ARCHIVES, NO_ARCHIVES
from pubtrack.model.identifiers import ARXIV_ADDRESS, ARXIV_DOI, ARXIV_SHAPE

_ARXIV_ID = re.compile(ARXIV_SHAPE)
_WITH_CLASS = re.compile(rf"({ARXIV_SHAPE})\s*\[[\w.-]+\]")
_ARXIV_PLACE = re.compile(
    rf"{ARXIV_ADDRESS}({ARXIV_SHAPE})(?:\.pdf)?|(?:https?://(?:dx\.)?doi\.org/)?{re.escape(ARXIV_DOI)}({ARXIV_SHAPE})",
    re.I,
)
_NAMES = {name: name for name in (*ARCHIVES, "corr")} | {
    "arxiv.org": "arxiv", "earth and space science open archive": "essoar",
    "research square": "researchsquare", "ssrn electronic journal": "ssrn",
    "osf preprints": "osf", "cryptology eprint archive": "iacr",
    "iacr cryptology eprint archive": "iacr", "iacr cryptol. eprint arch.": "iacr", "hal archives ouvertes": "hal",
}  # fmt: skip
_SERVER = re.compile(rf"(?:the\s+)?({'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?!\w)(.*)", re.I)
_NOISE = re.compile(
    r"\b(?:e-?prints?|pre-?prints?|server|cornell university|arxiv|available on|in)\b|abs/"
    r"|(?<![:,;.()])[:,;.()]+(?=\s|$|[a-z(])|\[[\w.-]+\]|:",
    re.I,
)
_LOOSE_ID = re.compile(r"(?:[^\W\d]|[./-])*+\d[\w./-]*+")


class Eprint(NamedTuple):
    """Where a text is archived (`eprinttype`, or "" if that is unknown) and under which identifier ("" likewise)."""

    archive: str
    identifier: str = ""

    @property
    def name(self) -> str:
        """The archive as it writes its own name."""
        return ARCHIVES.get(self.archive.lower(), self.archive)

    @property
    def is_preprint(self) -> bool:
        return bool(self.archive) and self.archive.lower() not in NO_ARCHIVES

    @property
    def number(self) -> str:
        """The identifier as CSL's `number` has it."""
        return f"arXiv:{self.identifier}" if self.archive.lower() == "arxiv" and self.identifier else self.identifier

    @property
    def url(self) -> str:
        """Where an arXiv paper is read; "" for other archives."""
        return f"https://arxiv.org/abs/{self.identifier}" if self.archive.lower() == "arxiv" and self.identifier else ""


def eprint(identifier: str, archive: str = "") -> Eprint:
    """The fields `eprint` and `eprinttype`; an identifier of arXiv's needs no type, and may be an address."""
    identifier = identifier.strip()
    place = _ARXIV_PLACE.fullmatch(identifier)
    if place:
        return Eprint(archive or "arXiv", place[1] or place[2])
    prefix, colon, rest = identifier.partition(":")
    if colon and prefix.strip().lower() in ("arxiv", archive.lower()):
        identifier = rest.strip()
        archive = archive or "arXiv"
    with_class = _WITH_CLASS.fullmatch(identifier)
    if with_class:
        identifier = with_class[1]
    identifier = identifier.split(" ")[0] if _ARXIV_ID.match(identifier) else identifier
    return Eprint(archive or ("arXiv" if _ARXIV_ID.fullmatch(identifier) else ""), identifier)


def preprint_of_url(address: str) -> Eprint | None:
    """The preprint that a DOI or URL leads to, if it is one of arXiv's."""
    place = _ARXIV_PLACE.fullmatch(address) if "rxiv" in address.lower() else None
    return Eprint("arXiv", place[1] or place[2]) if place else None


@lru_cache(maxsize=4096)
def preprint_of_text(source: str) -> Eprint | None:
    """The archive that a journal's name, note or publisher stands for: "arXiv preprint arXiv:1706.03762", "CoRR"."""
    match = _SERVER.fullmatch(source.strip()) if len(source) < 120 else None
    if match is None:
        return None
    archive = _NAMES[match[1].lower()]
    rest = " ".join(_NOISE.sub(" ", match[2]).split())
    identifier = _ARXIV_ID.search(rest) if archive in ("arxiv", "corr") else _LOOSE_ID.fullmatch(rest)
    if archive == "arxiv" and match[2].startswith(":") and not any(map(str.isdigit, rest)):
        rest = ""  # Semantic Scholar's "arXiv: Learning"
    if rest and (identifier is None or identifier.group() != rest):
        return None
    archive = "arxiv" if archive == "corr" else archive
    return Eprint(ARCHIVES[archive], identifier.group() if identifier else "")
