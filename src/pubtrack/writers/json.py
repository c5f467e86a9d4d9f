"""JSON for programs: a `Listing` to an array with an object for each entry, in the list's order."""

from __future__ import annotations

from typing import Any

from pubtrack.csl_json import item_from_work
from pubtrack.lists.listing_model import Item, Listing
from pubtrack.model.json_text import to_json
from pubtrack.writers import html, text
from pubtrack.writers._inline import entry


def write(listing: Listing) -> str:
    """[{"id", "section", "number", "html", "text", "item"}]: `item` is CSL-JSON, `number` that of the list, else that
    which the style puts in the margin; `html` and `text` are the rest."""
    rows = [_row(item, section.title) for section in listing.sections for item in section.items]
    return to_json(rows) + "\n"


def _row(item: Item, section: str) -> dict[str, Any]:
    shown = entry(item)
    return {
        "id": item.work.id,
        "section": section,
        "number": text.inline(shown.label),
        "html": html.inline(shown.body),
        "text": text.inline(shown.body),
        "item": item_from_work(item.work),
    }
