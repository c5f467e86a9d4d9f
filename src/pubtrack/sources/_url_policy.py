"""URL allow-list, User-Agent and redaction of secrets in messages.

Nothing here opens a connection: URLs and addresses in, URLs, headers and refusals out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import quote, urljoin, urlsplit

from pubtrack.model.errors import PubtrackError
from pubtrack.model.version import __version__
from pubtrack.sources._hosts import HOSTS

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|\[::1\]")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_PLACEHOLDER = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|org|net|edu)|example|local|localhost|localdomain|test|invalid|internal)"
)
_NOBODY = re.compile(r"(?:no|do-?not|dont)[-_.]?reply.*|nobody|null|none|your[-_.]?(?:e?-?mail|name|address).*", re.I)


class AddressError(ValueError):
    """A URL that is not opened; the text says why, without the URL's query."""


def checked_mailto(address: str) -> str:
    """The address as it is given to services, "" for none.

    Raises PubtrackError for what is not an address or a placeholder: Crossref slows down, and may block, who sends one.
    """
    address = address.strip()
    if not address:
        return ""
    if not _ADDRESS.fullmatch(address) or ".." in address or len(address) > 254:
        shown = ascii(address[:80])[1:-1]
        raise PubtrackError(f'network.mailto: "{shown}" is not an e-mail address; write yours, or leave it out')
    local, _, domain = address.partition("@")
    if _PLACEHOLDER.fullmatch(domain.lower()) or _NOBODY.fullmatch(local):
        raise PubtrackError(f'network.mailto: nobody reads "{address}"; write your own address, or leave it out')
    return address


def checked_base(service: str, url: str) -> str:
    """The replaced base URL of a service without a slash at its end, "" for none.

    Raises PubtrackError unless it is a loopback address: replacing is for tests.
    """
    url = url.strip().rstrip("/")
    if not url:
        return ""
    parts = _split(url)
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not _LOOPBACK.fullmatch(_host(parts.netloc))
        or parts.query
        or parts.fragment
        or not _is_clean(url)
    ):
        raise PubtrackError(
            f'the base URL of {service} is "{ascii(url[:80])[1:-1]}", but it can be replaced by one of this machine '
            f"only, as in http://127.0.0.1:8123/{service}"
        )
    return url


class Addresses:
    """Where each service is in this run: at its own base URL, or at the loopback address that replaces it."""

    def __init__(self, replaced: Mapping[str, str]) -> None:
        self._replaced = {service: url for service, url in replaced.items() if url}

    def of(self, service: str, url: str) -> str:
        """The URL to open for a service module's URL. Raises AddressError for one that is not the service's."""
        base = HOSTS[service].base
        if not url.startswith(f"{base}/") or not _is_clean(url):
            raise AddressError("a URL that is not of this service")
        found = f"{self.base(service)}{url.removeprefix(base)}"
        if _climbs(found.partition("?")[0]):
            raise AddressError("a URL with .. in its path")
        return found

    def base(self, service: str) -> str:
        return self._replaced.get(service, HOSTS[service].base)

    def after(self, service: str, url: str, location: str) -> str:
        """The URL to which a reply of `service` at `url` redirects.

        Raises AddressError unless it is https on a host that the service may lead to, without user, port or number
        in place of a name; with a replaced base URL, unless it is at that very host and port.
        """
        if not location or not _is_clean(location):
            raise AddressError("a redirect without an address")
        try:
            target = urljoin(url, location).partition("#")[0]
        except ValueError:  # brackets around what is not an IPv6 address
            target = ""
        parts, here = _split(target), _split(url)
        if parts is None or here is None or _climbs(parts.path):
            raise AddressError("a redirect to something that is not a URL")
        if service in self._replaced:
            if (parts.scheme, parts.netloc) != (here.scheme, here.netloc):
                raise AddressError("a redirect to another host")
            return target
        known = {urlsplit(HOSTS[service].base).netloc, *HOSTS[service].redirects}
        if parts.scheme != "https" or parts.netloc.lower() not in known:
            raise AddressError(f"a redirect to {_shown(parts.scheme, parts.netloc)}, which is not asked")
        return target

    def service_at(self, url: str, asking: str) -> str:
        """Whose limits hold at a URL to which a reply led: those of the service which is there."""
        for service in HOSTS:
            if url.startswith(f"{self.base(service)}/"):
                return service
        return asking


def user_agent(mailto: str) -> str:
    """`pubtrack/1.0 (https://…; mailto:…)`, with the address of the project and of the user as far as there are any."""
    known = [part for part in (_project(), f"mailto:{mailto}" if mailto else "") if part]
    return f"pubtrack/{__version__}" + (f" ({'; '.join(known)})" if known else "")


@cache
def _project() -> str:
    """The first address that the installed package names for itself."""
    from importlib import metadata

    try:
        named = metadata.metadata("pubtrack").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return ""
    return next((url.strip() for _, _, url in (line.partition(",") for line in named) if url.strip()), "")


def redact(text: str, secrets: Iterable[str]) -> str:
    """`text` with every secret, as it stands and as it is spelled in a URL, replaced by an ellipsis."""
    forms = {form for secret in secrets if secret for form in (secret, quote(secret), quote(secret, safe=""))}
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub(re.escape(form), "…", text, flags=re.IGNORECASE)
    return text


def _is_clean(url: str) -> bool:
    """Printable ASCII without blanks, as a URL is that nobody has played with."""
    return url.isascii() and url.isprintable() and not re.search(r'[\s"<>\\^`{|}]', url)


def _climbs(path: str) -> bool:
    """Whether a path has `.` or `..` as one of its steps, also spelled with %2e."""
    return re.search(r"/(?:\.|%2e){1,2}(?:/|$)", path, re.I) is not None


class _Parts:
    """The parts of a URL that are looked at here."""

    __slots__ = ("fragment", "netloc", "path", "query", "scheme")

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is none
        self.scheme, self.netloc, self.path = parts.scheme, parts.netloc, parts.path
        self.query, self.fragment = parts.query, parts.fragment


def _split(url: str) -> _Parts | None:
    """The parts of a URL that names a host and no user; None for anything else."""
    try:
        parts = _Parts(url)
    except ValueError:
        return None
    return parts if parts.netloc and "@" not in parts.netloc else None


def _host(netloc: str) -> str:
    return re.sub(r":\d*$", "", netloc.lower())


def _shown(scheme: str, netloc: str) -> str:
    host = re.sub(r"[^\w.:\[\]-]", "?", netloc)[:60]
    return f"{scheme}://{host}"
