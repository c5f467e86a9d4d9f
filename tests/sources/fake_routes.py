"""Which reply the fake services give to which path: the works they know and a request in, a status and a body out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote

from tests.sources import fake_payloads as payloads
from tests.sources.fake_payloads import Sample

CSL = "application/vnd.citationstyles.csl+json"


@dataclass(slots=True)
class Answer:
    """A reply: status, body, content type, more headers."""

    status: int
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request to one service: the path below its base URL as it came, its parameters, what it accepts, the base."""

    path: str
    parameters: Mapping[str, str]
    accept: str
    server: str

    @property
    def name(self) -> str:
        return unquote(self.path)


def of_json(value: object, status: int = 200, kind: str = "application/json") -> Answer:
    return Answer(status, json.dumps(value).encode(), kind)


class Registry:
    """The works that the services know, by DOI (aliases too), arXiv number and iD."""

    def __init__(self, works: Sequence[Sample]) -> None:
        self.works = list(works)
        self.by_doi = {doi.lower(): work for work in works for doi in (*work.aliases, work.doi)}
        self.by_arxiv = {work.arxiv: work for work in works if work.arxiv}

    def described(self, doi: str, agency: str) -> Sample | None:
        work = self.by_doi.get(doi.lower())
        return work if work is not None and work.agency == agency and not work.is_empty else None


def parsed(service: str, target: str, accept: str, server: str) -> Ask:
    path, _, query = target.partition("?")
    values = {name: all_[-1] for name, all_ in parse_qs(query, keep_blank_values=True).items()}
    return Ask(path.removeprefix(f"/{service}"), values, accept, server)


def crossref(known: Registry, ask: Ask) -> Answer:
    name = ask.name.removeprefix("/v1")
    if name.rstrip("/") == "/works":
        return _crossref_list(known, ask)
    doi = name.removeprefix("/works/")
    described = known.described(doi.removesuffix("/transform"), "Crossref")
    if described is None:
        return Answer(404, b"Resource not found.", "text/plain;charset=utf-8")
    if doi.endswith("/transform"):
        return of_json(payloads.csl_item(described), kind=CSL)
    return of_json(payloads.crossref_work(described))


def _crossref_list(known: Registry, ask: Ask) -> Answer:
    rows = int(ask.parameters.get("rows", "20"))
    works = [work for work in known.works if work.agency == "Crossref" and not work.is_empty]
    if words := ask.parameters.get("query.bibliographic", ""):
        wanted = set(re.findall(r"\w+", words.lower()))
        works = [work for work in works if wanted & set(re.findall(r"\w+", work.title.lower()))]
    filters = [part.partition(":") for part in ask.parameters.get("filter", "").split(",") if part]
    if wrong := [name for name, _, _ in filters if name not in ("doi", "orcid", "isbn")]:
        problem = {"type": "filter-not-available", "value": wrong[0], "message": f"Filter {wrong[0]} is not known."}
        return of_json({"status": "failed", "message-type": "validation-failure", "message": [problem]}, 400)
    if dois := {value.lower() for name, _, value in filters if name == "doi"}:
        works = [work for work in works if work.doi.lower() in dois]
    if numbers := {value for name, _, value in filters if name == "isbn"}:
        works = [work for work in works if work.isbn in numbers]
    if owners := {value for name, _, value in filters if name == "orcid"}:
        works = [work for work in works if work.orcid in owners]
    return of_json(payloads.crossref_list(works, rows))


def doi(known: Registry, ask: Ask) -> Answer:
    name = ask.name.lstrip("/")
    if name.startswith("api/handles/"):
        handle = name.removeprefix("api/handles/")
        there = handle.lower() in known.by_doi
        return of_json({"responseCode": 1 if there else 100, "handle": handle}, 200 if there else 404)
    if name.startswith("doiRA/"):
        rows = []
        for part in ask.path.removeprefix("/doiRA/").split(","):
            work = known.by_doi.get(unquote(part).lower())
            told = {"RA": work.agency} if work is not None else {"status": "DOI does not exist"}
            rows.append({"DOI": unquote(part)} | told)
        return of_json(rows)
    work = known.by_doi.get(name.lower())
    if work is None:
        return Answer(404, b"<html>DOI Not Found</html>", "text/html")
    if CSL not in ask.accept:
        return Answer(302, headers={"Location": "https://publisher.example/landing"})
    if work.is_empty:
        return Answer(204)
    if work.agency == "Crossref":
        where = f"{ask.server}/crossref/v1/works/{quote(work.doi, safe='')}/transform"
        return Answer(302, headers={"Location": where})
    return of_json(payloads.csl_item(work), kind=CSL)


def datacite(known: Registry, ask: Ask) -> Answer:
    work = known.described(ask.name.removeprefix("/dois/"), "DataCite")
    if ask.name.rstrip("/") == "/dois":
        return of_json({"data": [], "meta": {"total": 0, "totalPages": 1, "page": 1}, "links": {}})
    if work is None:
        return of_json({"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}, 404)
    return of_json({"data": payloads.datacite_item(work)}, kind="application/vnd.api+json; charset=utf-8")


def arxiv(known: Registry, ask: Ask) -> Answer:
    numbers = [number for number in ask.parameters.get("id_list", "").split(",") if number]
    works = [known.by_arxiv[number] for number in numbers if number in known.by_arxiv]
    return Answer(200, payloads.arxiv_feed(works).encode(), "application/atom+xml; charset=UTF-8")


def openalex(known: Registry, ask: Ask) -> Answer:
    if ask.name.startswith("/works/"):
        name = re.sub(r"^/works/(doi:|https://doi\.org/)?", "", ask.name)
        work = known.by_doi.get(name.lower())
        if work is None or work.is_empty:
            return Answer(404, b"<!doctype html><title>404 Not Found</title>", "text/html")
        return of_json(payloads.openalex_work(work))
    owner = ask.parameters.get("filter", "").rpartition("/")[2].rpartition(":")[2]
    found = [payloads.openalex_work(work) for work in known.works if work.orcid == owner]
    return of_json({"meta": {"count": len(found), "next_cursor": None, "per_page": 100}, "results": found})


def orcid(known: Registry, ask: Ask) -> Answer:
    owner = ask.name.removeprefix("/v3.0/").partition("/")[0]
    works = [work for work in known.works if work.orcid == owner]
    return of_json(payloads.orcid_works(works)) if works else of_json({"response-code": 404}, 404)


def pubmed(known: Registry, ask: Ask) -> Answer:
    numbers = ask.parameters.get("id", "").split(",")
    works = [work for work in known.works if work.pmid and work.pmid in numbers]
    return Answer(200, payloads.pubmed_set(works).encode(), "text/xml; charset=UTF-8")


ROUTES: Mapping[str, Callable[[Registry, Ask], Answer]] = {
    "crossref": crossref,
    "doi": doi,
    "datacite": datacite,
    "arxiv": arxiv,
    "openalex": openalex,
    "orcid": orcid,
    "pubmed": pubmed,
}
