"""Plain values to JSON in one layout, and whether a text is in it."""

from __future__ import annotations

import json
import re
from typing import Any

# What JSON leaves bare though no log, terminal or UTF-8 should have it; escaped, nothing is lost.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")  # what undecodable bytes become, and jq refuses
_SCRIPT = re.compile(f"{_UNSAFE.pattern}|[<>&]")


def dump(value: Any, *, in_script: bool = False) -> str:
    """`value` as JSON, indented, with a line break at its end; with `in_script` nothing in it ends a <script>."""
    content = json.dumps(value, ensure_ascii=False, indent=2)
    return _escape(content, _SCRIPT if in_script else _UNSAFE) + "\n"


def line(value: Any) -> str:
    """`value` as JSON in one line, with a line break at its end."""
    return _escape(json.dumps(value, ensure_ascii=False), _UNSAFE) + "\n"


def in_this_layout(content: str, *, in_script: bool = False, in_lines: bool = False) -> Any:
    """The value of `content` where `dump`, or with `in_lines` `line`, would write just that text, else None."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    written = line(value) if in_lines else dump(value, in_script=in_script)
    return value if written == content else None


def _escape(content: str, unsafe: re.Pattern[str]) -> str:
    return unsafe.sub(lambda match: f"\\u{ord(match[0]):04x}", _SURROGATES.sub("\ufffd", content))
