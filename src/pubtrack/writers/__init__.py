"""A `Listing` or a `Text` in; one markup (Markdown, HTML, LaTeX, Typst, Word, …) out. Only writers escape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from pubtrack.lists.listing_model import Listing, Writer
from pubtrack.model.errors import UsageError, did_you_mean
from pubtrack.model.richtext import Text

WRITERS: Mapping[str, str] = {
    "markdown": "pubtrack.writers.markdown",
    "html": "pubtrack.writers.html",
    "latex": "pubtrack.writers.latex",
    "text": "pubtrack.writers.text",
    "typst": "pubtrack.writers.typst",
    "docx": "pubtrack.writers.docx",
    "rtf": "pubtrack.writers.rtf",
    "pdf": "pubtrack.writers.pdf",
    "json": "pubtrack.writers.json",
}
"""A format's name to its module, loaded when it is asked for.

Each has `write`, a `Writer`; `document`, another, where that makes a fragment; `inline`, a `Text` to its markup,
where the format is text.
"""


def writer(to: str, *, standalone: bool = False) -> Writer:
    """The writer of the format `to`, of whole documents with `standalone`. Raises UsageError for an unknown one."""
    module = _module(to)
    found: Writer = getattr(module, "document", module.write) if standalone else module.write
    return found


def write(listing: Listing, to: str, *, standalone: bool = False) -> str | bytes:
    """`listing` in the format `to`: bytes for docx and pdf, else text without a byte that UTF-8 cannot have.

    Raises UsageError for an unknown format, and PubtrackError where a format's optional package is missing.
    """
    return writer(to, standalone=standalone)(listing)


def inline(value: Text, to: str) -> str:
    """`value` in the markup of the format `to`, on one line, as it stands within a paragraph.

    Raises UsageError for a format that is unknown or has no markup to stand in (docx, pdf, json).
    """
    found: Callable[[Text], str] | None = getattr(_module(to), "inline", None)
    if found is None:
        raise UsageError(f'the format "{to}" has no single lines; write a whole list')
    return found(value)


def _module(to: str) -> Any:
    if to not in WRITERS:
        hint = did_you_mean(to, WRITERS) or f"; there is {', '.join(WRITERS)}"
        raise UsageError(f'unknown format "{to}"{hint}')
    return import_module(WRITERS[to])
