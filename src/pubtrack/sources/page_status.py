"""Pages of the web that entries link to: which address may be asked at all, and what is remembered of one.

Nothing here opens a connection: addresses in, addresses and answers to yes-or-no questions out. The hosts are whatever
a file names, so they are hostile: nobody may be led through us to a machine of the user's own network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from pubtrack.sources._hosts import HOSTS
from pubtrack.sources._special_addresses import is_ipv6

DAY = 86_400.0
GONE = frozenset({404, 410})
"""Statuses by which a server says that a page is not there (RFC 9110, 15.5.5 and 15.5.11)."""
_LONGEST = 2000
_REGISTRIES = frozenset(
    {
        "doi.org", "dx.doi.org", "www.doi.org", "hdl.handle.net", "arxiv.org", "www.arxiv.org", "orcid.org",
        "openalex.org", "pubmed.ncbi.nlm.nih.gov", "www.semanticscholar.org",
    }
    | {urlsplit(host.base).netloc for host in HOSTS.values()}
    | {name for host in HOSTS.values() for name in host.redirects}
)  # fmt: skip
"""Hosts whose works are asked about in other ways, and which refuse, or mind, who loads their pages by program."""


@dataclass(frozen=True, slots=True)
class PageStatus:
    """What is remembered of one address, times in seconds since 1970.

    `status` is that of the last answer and `seen` when it came. `gone_since` and `gone_until` are the first and the
    last time at which the page was gone without having been there in between; 0 if it was not gone.
    """

    status: int
    seen: float
    gone_since: float = 0.0
    gone_until: float = 0.0

    @property
    def is_dead(self) -> bool:
        """Whether the page is gone, and was so a day before; once may be a bad moment of the server's."""
        return self.status in GONE and self.gone_until - self.gone_since >= DAY

    def after(self, status: int, now: float) -> PageStatus:
        """What is remembered once the address has answered with another status."""
        if 200 <= status < 300:
            return PageStatus(status, now)
        if status not in GONE:  # says neither that the page is there nor that it is not
            return PageStatus(status, now, self.gone_since, self.gone_until)
        since = self.gone_since if 0 < self.gone_since <= now else now
        return PageStatus(status, now, since, now)


def page_address(text: str) -> str:
    """The address as it is asked, without its fragment and in ASCII; "" for one that is not asked.

    Asked is http and https of a host by name or number, without a user's name, of nothing that is a registry's.
    """
    text = text.strip()
    if len(text) > _LONGEST or not text.isprintable() or re.search(r'[\s\\<>"]', text):
        return ""
    try:
        parts = urlsplit(text)
        port, name = parts.port, parts.hostname or ""
        host = name if ":" in name else name.encode("idna").decode("ascii").lower().rstrip(".")
    except ValueError:  # UnicodeError of a name that is none, too
        return ""
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    if usual is None or "@" in parts.netloc or not _is_host(host) or port == 0 or host in _REGISTRIES:
        return ""
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port not in (None, usual) else ""
    query = f"?{quote(parts.query, _KEPT)}" if parts.query else ""
    return f"{parts.scheme}://{place}{quote(parts.path, _KEPT) or '/'}{query}"


_KEPT = "/%:@!$&'()*+,;=~-._?[]|"
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")


def _is_host(host: str) -> bool:
    return is_ipv6(host) if ":" in host else _NAME.fullmatch(host) is not None


def host_of(address: str) -> str:
    """The host of an address that `page_address` has made."""
    return urlsplit(address).hostname or ""


def address_after(address: str, location: str) -> str:
    """Where a redirect leads, "" where it is not followed.

    Not followed is what is not asked, and a redirect to the home page: sites send there what they do not find, so the
    answer says nothing.
    """
    try:
        target = page_address(urljoin(address, location.partition("#")[0])) if location else ""
    except ValueError:
        return ""
    return "" if _is_home(target) and not _is_home(address) else target


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query
