"""Names that registries give to works and people: text as people type it to normalised identifiers, checked.

Each function takes what somebody typed or a service sent and gives the plain identifier, or "" where it is none, so
that nothing else ever gets into an address. Identifiers with control characters or with the segments `.` and `..`,
which an address would resolve, are none.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pubtrack.model.errors import PubtrackError
from pubtrack.model.record import ARXIV_DOI as ARXIV_DOI
from pubtrack.model.record import Identifier, IdentifierKind

_LONGEST = 500
# DOI Handbook, section 2.2: a prefix "10." with a registrant's code, a slash, and a suffix of graphic characters.
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.A)
_DOI_PLACE = re.compile(
    r"(?:https?://)?(?:(?:dx|www)\.)?(?:doi\.org|doi\.ieeecomputersociety\.org|doi\.acm\.org)/+"
    r"|doi\s*+[:=]?\s*+|info:doi/|urn:doi:", re.I
)  # fmt: skip
_DOI_WITHIN = re.compile(r"10\.\d{4,9}(?:\.\d+){0,9}+/[^\s?#&]++", re.A)
_DOI_TAIL = re.compile(
    r"(?:[/.](?:full(?:[-.]?text)?|pdf(?:lft|direct)?|epdf|abstract|meta|html?|summary|references)|/){1,20}+\Z", re.I
)
_BIORXIV = re.compile(r"(10\.1101/[\d.]+)v\d+\Z", re.A)
# arxiv.org/help/arxiv_identifier: YYMM.NNNNN since April 2007, archive[.XX]/YYMMNNN before.
ARXIV_ADDRESS = r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)/"
ARXIV_SHAPE = r"\d{4}\.\d{4,5}(?:v\d+)?|(?<![a-z-])[a-z-]++(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
"""A number as it is written, with subject class and version, its month not verified."""
_ARXIV_PLACE = re.compile(rf"{ARXIV_ADDRESS}|arxiv:\s*", re.I)
_ARXIV_DOI = re.compile(re.escape(ARXIV_DOI), re.I)
_ARXIV = re.compile(r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+/\d\d(?:0[1-9]|1[0-2])\d{3}", re.A)
_ARXIV_WRITTEN = re.compile(r"(?<![a-z-])(?P<archive>[a-z-]++)(?:\.[a-z]{2})?(?=/)|(?:v\d+)?(?:\.pdf)?\Z", re.A)
_PMID = re.compile(r"(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/|pmid:?\s*)?"
                   r"([1-9]\d{0,8})/?", re.I | re.A)  # fmt: skip
_ANTHOLOGY = re.compile(
    r"/(?:anthology/)?([A-Z]\d\d-\d{4}|\d{4}\.[\w-]\w*+-[\w-]++\.\d+)(?:v\d+)?(?:\.pdf|\.bib)?/?\Z", re.A
)
_ORCID_SHAPE = r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"
_ORCID_WITHIN = re.compile(_ORCID_SHAPE, re.I | re.A)
ORCID = re.compile(rf"(?:https?://(?:www\.)?orcid\.org/)?({_ORCID_SHAPE})/?", re.I | re.A)


def doi(text: str) -> str:
    """A DOI in lower case without its resolver (DOIs are the same in any case, DOI Handbook 2.4), or ""."""
    text, is_address = strip_resolver(text.strip())
    text = unquote(text) if is_address else text
    found = DOI.fullmatch(text) if len(text) <= _LONGEST and text.isprintable() else None
    return text.lower() if found and _is_plain_path(text) else ""


def strip_resolver(text: str) -> tuple[str, bool]:
    """A DOI as typed without what stands before it (`https://doi.org/`, `doi:`), and whether that was an address."""
    bare, is_address = text.lstrip(), False
    while place := _DOI_PLACE.match(bare):
        is_address = is_address or "/" in place.group()
        bare = bare[place.end() :]
    return (bare, is_address) if bare.startswith("10.") else (text, False)


def _is_plain_path(text: str) -> bool:
    return not any(part in (".", "..") for part in re.split(r"[/\\]", text))


def arxiv(text: str) -> str:
    """An arXiv number without version and subject class (`2008.04584`, `math/0309136`), or ""."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    for place in (_ARXIV_PLACE, _DOI_PLACE, _ARXIV_DOI):
        text = place.sub("", text, count=1) if place.match(text) else text
    text = _ARXIV_WRITTEN.sub(lambda match: match["archive"] or "", text.strip().rstrip("/").lower())
    return text if _ARXIV.fullmatch(text) else ""


def arxiv_doi(number: str) -> str:
    """The DOI that DataCite has for an arXiv number."""
    return ARXIV_DOI + number


def pmid(text: str) -> str:
    """A number of PubMed's, or ""."""
    found = _PMID.fullmatch(text.strip())
    return found[1] if found else ""


def isbn(text: str) -> str:
    """An ISBN as 13 digits, the check digit verified (ISO 2108), or ""; one of 10 digits gets the prefix 978."""
    digits = re.sub(r"(?i)\Aisbn(?:-1[03])?:?|[\s\u2010-\u2015-]", "", text.strip()).upper()
    if not isbn_fits(digits):
        return ""
    if len(digits) == 10:
        digits = "978" + digits[:9]
        return digits + str(-_weighed(digits) % 10)
    return digits if digits.startswith(("978", "979")) else ""


def isbn_fits(digits: str) -> bool:
    """Whether ten or thirteen digits, with a capital X for ten, end in their check digit (ISO 2108)."""
    if re.fullmatch(r"\d{9}[\dX]", digits, re.A):
        return _countdown(digits) % 11 == 0
    return re.fullmatch(r"\d{13}", digits, re.A) is not None and _weighed(digits) % 10 == 0


def _weighed(digits: str) -> int:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))


def _countdown(digits: str) -> int:
    """The sum of the digits, the last one once, the one before twice, …; X is ten."""
    return sum(weight * (10 if digit == "X" else int(digit)) for weight, digit in enumerate(digits[::-1], 1))


def issn(text: str) -> str:
    """An ISSN with its hyphen, the check digit verified (ISO 3297), or ""."""
    digits = re.sub(r"(?i)\Ae?issn:?|[\s\u2010-\u2015-]", "", text.strip()).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits, re.A) or _countdown(digits) % 11:
        return ""
    return f"{digits[:4]}-{digits[4:]}"


def orcid(text: str) -> str:
    """An ORCID iD without its address, the check digit verified, or ""."""
    try:
        return checked_orcid(text)
    except PubtrackError:
        return ""


def orcid_within(text: str) -> str:
    """The first ORCID iD in `text` by its shape alone, the check digit not verified, or ""."""
    found = _ORCID_WITHIN.search(text)
    return found.group().upper() if found else ""


def identifier(kind: IdentifierKind, text: str) -> Identifier | None:
    """What `text` names in the registry `kind`, or None where it is not an identifier of that kind."""
    if kind == "url":
        return identifier_of_url(text)
    value = {"doi": doi, "arxiv": arxiv, "pmid": pmid, "isbn": isbn, "orcid": orcid}[kind](text)
    return Identifier(kind, value) if value else None


def identifier_of_url(address: str) -> Identifier | None:
    """What a page is about, by the form of its address alone; None where that does not say.

    A DOI's resolver, arXiv, PubMed, the ACL Anthology (whose papers since 2015 and many before have a DOI made of
    their number), and publishers' pages with a DOI in the path.
    """
    address = address.strip()
    if len(address) > 4 * _LONGEST or not address.isprintable():
        return None
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = unquote(parts.path)
    if host in ("arxiv.org", "export.arxiv.org"):
        number = arxiv(f"https://arxiv.org{path}")
        return Identifier("arxiv", number) if number else None
    if host == "pubmed.ncbi.nlm.nih.gov" or (host == "ncbi.nlm.nih.gov" and path.startswith("/pubmed/")):
        number = pmid(path.removeprefix("/pubmed").strip("/"))
        return Identifier("pmid", number) if number else None
    if host in ("aclanthology.org", "aclweb.org"):
        paper = _ANTHOLOGY.search(path)
        return Identifier("doi", f"10.18653/v1/{paper[1].lower()}") if paper else None
    if host in ("doi.org", "dx.doi.org"):
        value = doi(path.removeprefix("/"))
    else:
        value = _doi_within(path) or _doi_within(unquote(parts.query))
    number = arxiv(value) if _ARXIV_DOI.match(value) else ""
    if number:
        return Identifier("arxiv", number)
    return Identifier("doi", value) if value else None


def _doi_within(path: str) -> str:
    """The DOI in a publisher's path, without what the page's kind adds to it (`/full`, `.pdf`, bioRxiv's `v2`)."""
    found = _DOI_WITHIN.search(path)
    return doi(_BIORXIV.sub(r"\1", _DOI_TAIL.sub("", found.group()))) if found else ""


def checked_orcid(text: str) -> str:
    """An ORCID iD without its address, the check digit verified (ISO 7064, MOD 11-2); else PubtrackError."""
    match = ORCID.fullmatch(text.strip())
    if not match:
        raise PubtrackError(f'"{text}" is not an ORCID iD; write it as 0000-0002-1825-0097')
    orcid = match.group(1).upper()
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != orcid[-1]:
        raise PubtrackError(f"the ORCID iD {orcid} has a mistyped digit: its check digit does not fit; copy it again")
    return orcid
