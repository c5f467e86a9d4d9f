"""Plain values to JSON that any terminal, log and program takes: characters as they are, but no control characters."""

from __future__ import annotations

import json
import re
from typing import Any

# JSON leaves these bare: DEL and C1 controls, direction marks and isolates, line separators, noncharacters. Escaped,
# nothing is lost.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\uffff]")
_IN_SCRIPT = re.compile(f"{_UNSAFE.pattern}|[<>&]")
_SURROGATES = re.compile("[\ud800-\udfff]")  # what undecodable bytes become, and jq refuses


def to_json(value: Any, *, indent: int | None = 2, in_script: bool = False) -> str:
    """`value` as JSON without a line break at its end; with `in_script` nothing in it ends a <script>."""
    content = _SURROGATES.sub("\ufffd", json.dumps(value, ensure_ascii=False, indent=indent))
    return (_IN_SCRIPT if in_script else _UNSAFE).sub(lambda match: f"\\u{ord(match[0]):04x}", content)
