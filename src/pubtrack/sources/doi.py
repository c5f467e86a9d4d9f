"""doi.org, the resolver of all DOIs: who registered one, whether it exists, and its description as CSL-JSON.

The description is what the DOI's own agency gives (citation.doi.org, "Content negotiation"), for agencies that have no
module here, and for Crossref and DataCite where their own interface fails. doi.org answers with a redirection to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from pubtrack.model import identifiers
from pubtrack.model.record import Record
from pubtrack.sources import _json, crossref
from pubtrack.sources._service import ReplyError, check_identifier

NAME = "doi"
BATCH = 1
ACCEPT = "application/vnd.citationstyles.csl+json"
AGENCY_BATCH = 50
_BASE = "https://doi.org"
_FOUND, _NOT_FOUND, _NO_VALUES = 1, 100, 200
_NO_SUCH_DOI = frozenset({"doi does not exist", "invalid doi"})


def url(ids: Sequence[str]) -> str:
    """The description of one DOI, where `ACCEPT` is sent with it."""
    (doi,) = ids
    return f"{_BASE}/{_written(doi)}"


def agency_url(dois: Sequence[str]) -> str:
    """Which agency registered each of up to 50 DOIs (or prefixes of DOIs, `10.1000`)."""
    if not 1 <= len(dois) <= AGENCY_BATCH or (len(dois) > 1 and not all(map(crossref.is_batchable, dois))):
        raise ValueError(f"doi.org takes 1 to {AGENCY_BATCH} DOIs at once, those with a comma alone")
    return f"{_BASE}/doiRA/{','.join(map(_written, dois))}"


def handle_url(doi: str) -> str:
    """Whether a DOI exists (hdl.handle.net, "Proxy Server REST API")."""
    return f"{_BASE}/api/handles/{_written(doi)}"


def _written(doi: str) -> str:
    if doi.startswith("10.") and doi.removeprefix("10.").replace(".", "").isdecimal() and doi.isascii():
        return doi  # a prefix
    # The slash stays: the resolver's paths are written so, and no segment of a DOI that is accepted is "..".
    return quote(check_identifier(identifiers.doi, doi, "a DOI"), safe="/")


def parse(content: bytes) -> tuple[Record, ...]:
    """The record of a description; its `type` may be CSL's word or the agency's own."""
    item = _json.load(content)
    if not isinstance(item, dict) or not _json.string(item, "type"):
        raise ReplyError("the reply is not CSL-JSON")
    record = crossref.record_of(item, NAME)
    if record is None:
        raise ReplyError("the reply describes no DOI")
    return (record,)


def parse_agency(content: bytes) -> Mapping[str, str]:
    """The agency of each DOI in the reply ("Crossref", "DataCite", "JaLC"), "" for one that does not exist.

    A DOI of which doi.org cannot say is not in the mapping.
    """
    rows = _json.load(content)
    if not isinstance(rows, list):
        raise ReplyError("the reply is not a list of agencies")
    found: dict[str, str] = {}
    for row in _json.mappings(rows):
        written = _json.string(row, "DOI")
        doi = identifiers.doi(written) or (written if written.startswith("10.") and "/" not in written else "")
        agency = _json.string(row, "RA")
        if doi and (agency or _json.string(row, "status").lower() in _NO_SUCH_DOI):
            found[doi] = agency[:80]
    return found


def parse_handle(content: bytes) -> bool:
    """Whether the DOI that was asked for exists; the reply of one that does not comes with status 404."""
    reply = _json.load(content)
    code = _json.number(reply, "responseCode")
    if code not in (_FOUND, _NOT_FOUND, _NO_VALUES):
        raise ReplyError("the reply does not say whether the DOI exists")
    return code != _NOT_FOUND
