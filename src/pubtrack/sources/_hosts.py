"""What is known of each service before it is asked: where it is, where it may send us, and how often it lets us ask.

The figures are what the services document (2026); where a reply tells its own limits, those hold instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` requests within any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """All of these rates hold, and so many requests may be open at once."""

    rates: tuple[Rate, ...]
    in_flight: int


CAUTIOUS = Limits((Rate(1, 1.0),), 1)
"""Until a service's first reply."""
MOST = Limits((Rate(50, 1.0),), 5)
"""Never more than this, whatever a reply allows."""


@dataclass(frozen=True, slots=True)
class Host:
    """One service: its name for people, its address, and what it documents.

    `redirects` are further hosts to which its replies may lead, `identified` the limits for who says how to be
    reached, `lists` the pattern of paths that have a pool of their own, `email` the parameter that carries the address
    where the service wants it in the URL, `key` the parameter or, with a colon, the header for a key of the user's own.
    """

    title: str
    base: str
    limits: Limits
    identified: Limits | None = None
    redirects: tuple[str, ...] = ()
    lists: str = ""
    wants_address: bool = False
    email: str = ""
    key: str = ""

    def pool(self, path: str) -> str:
        """The pool that a path of this service counts in: `list` or `single`."""
        return "list" if self.lists and re.fullmatch(self.lists, path) else "single"


HOSTS: Mapping[str, Host] = {
    # Singles 5 a second and lists 1 for the public, 10 and 3 with an address; every reply says so.
    "crossref": Host("Crossref", "https://api.crossref.org", CAUTIOUS, lists=r"(/v1)?/works/?", wants_address=True),
    "doi": Host(
        "doi.org",
        "https://doi.org",
        Limits((Rate(10, 1.0),), 3),
        redirects=(
            "api.crossref.org",
            "data.crossref.org",
            "api.datacite.org",
            "data.datacite.org",
            "data.crosscite.org",
            "data.medra.org",
        ),
    ),
    # 500 in five minutes, 1,000 with an address.
    "datacite": Host(
        "DataCite",
        "https://api.datacite.org",
        Limits((Rate(5, 1.0), Rate(500, 300.0)), 3),
        identified=Limits((Rate(10, 1.0), Rate(1000, 300.0)), 4),
        wants_address=True,
    ),
    # One request in three seconds over one connection: info.arxiv.org/help/api/tou.html
    "arxiv": Host("arXiv", "https://export.arxiv.org", Limits((Rate(1, 3.0),), 1)),
    "openalex": Host(
        "OpenAlex", "https://api.openalex.org", Limits((Rate(10, 1.0),), 4), lists=r"/works/?", key="api_key"
    ),
    # 12 a second.
    "orcid": Host("ORCID", "https://pub.orcid.org", Limits((Rate(10, 1.0),), 3)),
    "semanticscholar": Host(
        "Semantic Scholar",
        "https://api.semanticscholar.org",
        Limits((Rate(1, 1.0), Rate(100, 300.0)), 1),
        key="x-api-key:",
    ),
    "dblp": Host("DBLP", "https://dblp.org", Limits((Rate(1, 2.0),), 1)),
    # 3 a second; an address is asked for in the URL: NBK25497.
    "pubmed": Host(
        "PubMed", "https://eutils.ncbi.nlm.nih.gov", Limits((Rate(3, 1.0),), 2), email="email", key="api_key"
    ),
}

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "": 1.0}


def documented_limit(service: str, *, identified: bool) -> Limits:
    """What a service that has answered is asked at, as long as its replies name no limits."""
    host = HOSTS[service]
    return host.identified if identified and host.identified is not None else host.limits


def named_in(headers: Mapping[str, str], pool: str, present: Limits) -> Limits:
    """The limits that a reply's headers name for its pool, in Crossref's words; `present` for what they leave out.

    `x-rate-limit-limit` requests in `x-rate-limit-interval` (`1s`), `x-concurrency-limit` at once. Where
    `x-rate-limit-type` says that the figures are those of another pool than ours (`single`, `array`), the lower ones
    hold.
    """
    rates, in_flight = present.rates, present.in_flight
    count = _number(headers.get("x-rate-limit-limit", ""))
    interval = re.fullmatch(r"\s*+(\d{1,9}+)\s*+(ms|s|m|h|)\s*+", headers.get("x-rate-limit-interval", ""))
    if count is not None and interval is not None:
        seconds = int(interval[1]) * _UNITS[interval[2]]
        rates = (_bounded(Rate(max(1, count), seconds or 1.0)),)
        kind = headers.get("x-rate-limit-type", "").strip().lower()
        other = bool(kind) and kind.startswith(("array", "list")) != (pool == "list")
        if other and _speed(rates) > _speed(present.rates):
            rates = present.rates
    at_once = _number(headers.get("x-concurrency-limit", ""))
    if at_once is not None:
        in_flight = min(max(1, at_once), MOST.in_flight)
    return Limits(rates, in_flight)


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None


def _speed(rates: tuple[Rate, ...]) -> float:
    return min(rate.count / rate.seconds for rate in rates)


def _bounded(rate: Rate) -> Rate:
    most = MOST.rates[0]
    return rate if _speed((rate,)) <= _speed((most,)) else most
