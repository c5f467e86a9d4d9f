"""JSON Lines: a `Selection` to one CSL-JSON item in each line, for jq, pandas, DuckDB and shell pipes."""

from __future__ import annotations

from pubtrack.exports import _json_layout
from pubtrack.exports._selection import Selection
from pubtrack.exports.csl_json import item


def export(selection: Selection) -> str:
    """The items that `csl-json` has, in order, each in a line that nothing within breaks."""
    return "".join(_json_layout.line(item(work)) for work in selection.works)


def is_former(text: str) -> bool:
    """Every line in this very layout, its item beginning with `id` and `type`."""
    items = [_json_layout.in_this_layout(line, in_lines=True) for line in text.splitlines(keepends=True)]
    return bool(items) and all(isinstance(one, dict) and [*one][:2] == ["id", "type"] for one in items)
