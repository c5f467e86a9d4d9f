"""The header line that marks a file as an export, with a checksum that shows later changes."""

from __future__ import annotations

import re
from hashlib import sha256

_SEAL = re.compile(r"^(?:%|#|<!--) Written by pubtrack export, sum ([0-9a-f]{16})(?: -->)?\n", re.M)


def add_checksum(content: str, comment: str, *, behind: str = "") -> str:
    """`content` with a line of its own, begun by `comment` (%, # or <!--), behind the text `behind` that begins it."""
    assert content.startswith(behind)
    line = f"{comment} Written by pubtrack export, sum {_sum(content)}{' -->' if comment == '<!--' else ''}\n"
    return behind + line + content[len(behind) :]


def is_sealed(content: str) -> bool:
    """Whether `content` is as `add_checksum` made it."""
    seal = _SEAL.search(content)
    return seal is not None and _sum(content[: seal.start()] + content[seal.end() :]) == seal[1]


def _sum(content: str) -> str:
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
