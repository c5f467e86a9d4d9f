"""ORCID, where authors list their own works: an author's iD to addresses, replies to records without people.

https://pub.orcid.org/v3.0; the members are those of ORCID's message schema 3.0, "work" and "activities". The works of
an author come in groups: one work, as each of several services told ORCID of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pubtrack.model import identifiers
from pubtrack.model.name import Name
from pubtrack.model.record import IdentifierKind, Record
from pubtrack.sources import _json, _record_dates, _record_names, _work_types
from pubtrack.sources._record_builder import Draft
from pubtrack.sources._sanitize import address
from pubtrack.sources._service import ReplyError, check_identifier

NAME = "orcid"
BATCH = 100
ACCEPT = "application/json"
_BASE = "https://pub.orcid.org/v3.0"
_CODE = re.compile(r"\d{1,18}", re.A)
_PATH = re.compile(r"/?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/work/(\d{1,18})", re.A)
_KINDS: dict[str, IdentifierKind] = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "isbn": "isbn", "uri": "url"}


def url(ids: Sequence[str]) -> str:
    """Up to 100 works of one author, each named by the iD and ORCID's number for it: `0000-0002-1825-0097/733536`."""
    pairs = [name.partition("/") for name in ids]
    owners = {check_identifier(identifiers.orcid, owner, "an ORCID iD") for owner, _, _ in pairs}
    if len(owners) != 1 or not 1 <= len(pairs) <= BATCH or not all(_CODE.fullmatch(code) for _, _, code in pairs):
        raise ValueError(f"ORCID takes the numbers of 1 to {BATCH} works of one author at once")
    return f"{_BASE}/{owners.pop()}/works/{','.join(code for _, _, code in pairs)}"


def works_url(orcid: str) -> str:
    """All works of an author, in short."""
    return f"{_BASE}/{check_identifier(identifiers.orcid, orcid, 'an ORCID iD')}/works"


def parse(content: bytes) -> tuple[Record, ...]:
    """The records of a reply about works by their numbers; what ORCID could not give is left out."""
    reply = _json.load(content)
    if not isinstance(reply, dict) or not isinstance(reply.get("bulk"), list):
        raise ReplyError("the reply is not a list of works")
    works = [_json.mapping(entry, "work") for entry in _json.mappings(reply, "bulk")]
    return tuple(record for work in works if (record := _record([work])) is not None)


def parse_works(content: bytes) -> tuple[Record, ...]:
    """One record for each group of an author's works: by the description that the author prefers, with all its ids."""
    return tuple(record for group in _groups(content) if (record := _record(group)) is not None)


def put_codes(content: bytes) -> tuple[str, ...]:
    """ORCID's number for the preferred description of each group."""
    return tuple(code for group in _groups(content) if (code := _json.string(_preferred(group), "put-code")))


def _groups(content: bytes) -> list[list[dict[str, Any]]]:
    reply = _json.load(content)
    if not isinstance(reply, dict) or not isinstance(reply.get("group"), list):
        raise ReplyError("the reply is not a list of an author's works")
    return [works for group in _json.mappings(reply, "group") if (works := _json.mappings(group, "work-summary"))]


def _preferred(works: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return max(works, key=lambda work: _json.number(work, "display-index") or 0)


def _record(works: Sequence[dict[str, Any]]) -> Record | None:
    chosen = _preferred(works)
    path = _PATH.fullmatch(_json.string(chosen, "path"))
    title = _json.string(chosen, "title", "title", "value")
    code = path[2] if path else _json.string(chosen, "put-code")
    if not title or not code:
        return None
    draft = Draft(NAME, f"{path[1]}/{code}" if path else code)
    draft.url = f"https://orcid.org/{path[1]}" if path else ""
    kind = _work_types.ORCID.get(
        _json.string(chosen, "type").lower().replace("_", "-"), _work_types.WorkType("document")
    )
    draft.type, draft.registered_type = kind.csl, _json.string(chosen, "type")[:80]
    if kind.biblatex:
        draft.custom["entrytype"] = kind.biblatex
    translated = _json.string(chosen, "title", "translated-title", "value")
    draft.put_titles(title, _json.string(chosen, "title", "subtitle", "value"), [translated])
    venue = _json.string(chosen, "journal-title", "value")
    draft.put_containers([venue])
    date = _json.mapping(chosen, "publication-date")
    parts = [_json.string(date, part, "value") for part in ("year", "month", "day")]
    draft.put_date(_record_dates.date_of_numbers(*parts))
    draft.put_year("issued", _record_dates.date_of_numbers(parts[0]))
    draft.put_people("author", map(_contributor, _json.mappings(chosen, "contributors", "contributor")))
    for work in (chosen, *works):
        for entry in _json.mappings(work, "external-ids", "external-id"):
            _put_id(draft, entry)
    _put_place(draft, venue)
    link = address(_json.string(chosen, "url", "value"))
    draft.put("url", link if "doi" not in draft.values and not identifiers.identifier_of_url(link) else "")
    return draft.record()


def _contributor(item: dict[str, Any]) -> Name | None:
    role = _json.string(item, "contributor-attributes", "contributor-role").lower()
    if role and role not in ("author", "co-author") and "writing" not in role:
        return None
    return _record_names.displayed_name(
        _json.string(item, "credit-name", "value"), _json.string(item, "contributor-orcid", "path")
    )


def _put_id(draft: Draft, entry: dict[str, Any]) -> None:
    """An identifier: the work's own, its container's, or that of another version."""
    kind = _json.string(entry, "external-id-type").lower()
    value = _json.string(entry, "external-id-normalized", "value") or _json.string(entry, "external-id-value")
    tie = _json.string(entry, "external-id-relationship").lower()
    if kind == "issn":
        draft.put_issn([value])
        return
    found = identifiers.identifier(_KINDS[kind], value) if kind in _KINDS else None
    if found is None:
        return
    if tie == "version-of":
        draft.relate("is-version-of", found)
    elif found.kind == "isbn" and (tie == "part-of" or draft.type in ("book", "chapter", "paper-conference")):
        draft.put_isbn([found.value])
    elif tie == "self" and found.kind in ("doi", "pmid"):
        draft.put_doi(found.value) if found.kind == "doi" else draft.put("pmid", found.value)
    elif tie == "self" and found.kind == "arxiv":
        draft.custom |= {"eprint": found.value, "eprinttype": "arXiv"}


def _put_place(draft: Draft, venue: str) -> None:
    number = draft.custom.get("eprint", "") or identifiers.arxiv("".join(s.text for s in draft.values.get("doi", ())))
    if draft.type == "article":
        draft.as_preprint("arXiv" if number else venue, number)
    elif draft.type == "thesis":
        draft.put_thesis("", venue)
    elif draft.type in ("report", "dataset", "software", "book"):
        draft.put("publisher", venue)
    else:
        draft.put_title("container_title", venue)
