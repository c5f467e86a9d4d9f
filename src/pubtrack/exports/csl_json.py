"""CSL-JSON: a `Selection` to one document that the schema csl-data.json takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pubtrack.csl_json import item_from_work
from pubtrack.exports import _json_layout, _shared_fields
from pubtrack.exports._selection import Selection
from pubtrack.model.work import Work

NOT_IN_SCHEMA = (
    "collection-title-short", "editor-translator", "license", "part-number", "printing-number", "supplement-number",
)  # fmt: skip
"""Variables of CSL 1.0.2 that its own schema forgot; they go to `custom`."""


def export(selection: Selection) -> str:
    """The items in order. What is private stays out of `custom`."""
    return _json_layout.dump([item(work) for work in selection.works])


def is_former(text: str) -> bool:
    """In this very layout, each item beginning with `id` and `type`."""
    value = _json_layout.in_this_layout(text)
    return isinstance(value, list) and all(isinstance(one, dict) and [*one][:2] == ["id", "type"] for one in value)


def item(work: Work) -> dict[str, Any]:
    """The item of one work, as the schema has it, without what is private."""
    custom = {name: value for name, value in work.custom.items() if name.lower() not in _shared_fields.PRIVATE}
    values = {name: value for name, value in work.values.items() if name not in _shared_fields.PRIVATE}
    found = item_from_work(replace(work, values=values, custom=custom))
    moved = {name: found.pop(name) for name in NOT_IN_SCHEMA if name in found}
    if moved:
        found["custom"] = found.get("custom", {}) | moved
    return found
