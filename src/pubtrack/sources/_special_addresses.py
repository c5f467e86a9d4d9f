"""Which IP addresses are not of the public internet, by the registries' own tables.

Python's `ipaddress.is_global` differs from release to release (3.11.7 calls addresses of 192.0.0.0/24 public), so the
tables stand here: IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), multicast (RFC 5771), and the
former class E and site-local ranges.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_IPV4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_UNICAST = IPv6Network("2000::/3")
"""All that is assigned to the public IPv6 internet (RFC 4291, section 2.4; IANA IPv6 Address Space)."""
_IPV6 = tuple(
    IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)  # fmt: skip
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


@lru_cache(maxsize=1024)
def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; an IPv6 address of a NAT64 as the IPv4 one in it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in block for block in _IPV4)
    if found.scope_id is not None:
        return False
    if found in _NAT64:
        return is_public(str(IPv4Address(int(found) & 0xFFFF_FFFF)))
    return found in _UNICAST and not any(found in block for block in _IPV6)


def is_ipv6(text: str) -> bool:
    """Whether `text` is an IPv6 address without a scope."""
    try:
        return IPv6Address(text).scope_id is None
    except ValueError:
        return False
