"""A link's target as it came to a URL that is safe to print in any markup, or to nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

_WEB = re.compile(r"(https?)://([^/?#\\]+)((?:[/?][^#]*)?)(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(r"mailto:([^?#]*@[^?#]*)(\?[^#]*)?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:[^@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^\s@:\[\]<>\"]*[^\W_][^\s@:\[\]<>\"]*)(?::[0-9]*)?")
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
# RFC 3986, section 2.2 and 2.3, without the brackets, which only a host may have. quote() adds the unreserved.
_SAFE = "%/:=&?+!$,;'@()*~"


@lru_cache(maxsize=4096)
def href(url: str) -> str:
    """`url` with everything percent-encoded that a URL may not hold (RFC 3986), or "" where it must be no link.

    Links are http, https and mailto only; a URL with control, bidirectional or invisible characters is none.
    """
    url = url.strip(" \t\r\n")
    if not url or _HIDDEN.search(url):
        return ""
    if web := _WEB.fullmatch(url):
        scheme, host, path, fragment = web.groups()
        if not _HOST.fullmatch(host):
            return ""
        tail = f"#{_encoded(fragment)}" if fragment is not None else ""
        return f"{scheme.lower()}://{_encoded(host, '[]')}{_encoded(path)}{tail}"
    if mail := _MAIL.fullmatch(url):
        return f"mailto:{_encoded(mail[1])}{_encoded(mail[2] or '')}"
    return ""


def _encoded(part: str, more: str = "") -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_SAFE + more)
