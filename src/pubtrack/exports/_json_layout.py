"""Plain values to JSON in one layout, and whether a text is in it."""

from __future__ import annotations

import json
from typing import Any

from pubtrack.model.json_text import to_json


def dump(value: Any, *, in_script: bool = False) -> str:
    """`value` as JSON, indented, with a line break at its end; with `in_script` nothing in it ends a <script>."""
    return to_json(value, in_script=in_script) + "\n"


def line(value: Any) -> str:
    """`value` as JSON in one line, with a line break at its end."""
    return to_json(value, indent=None) + "\n"


def in_this_layout(content: str, *, in_script: bool = False, in_lines: bool = False) -> Any:
    """The value of `content` where `dump`, or with `in_lines` `line`, would write just that text, else None."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    written = line(value) if in_lines else dump(value, in_script=in_script)
    return value if written == content else None
