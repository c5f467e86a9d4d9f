"""Small styles and works for the tests of the engine: snippets of CSL and keywords in, styles, works and HTML out."""

from __future__ import annotations

from typing import Any

from pubtrack.csl import Style
from pubtrack.csl_json import work_from_item
from pubtrack.model.work import Work
from tests.csl.adapter import to_html

_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}" {attributes}>
<info><title>Mini</title><id>mini</id></info>{extra}
<citation {citation}>{citation_sort}<layout {citation_layout}>{cite}</layout></citation>
<bibliography {bibliography}>{sort}<layout {layout}>{entry}</layout></bibliography></style>"""


def style(entry: str = "", /, **parts: str) -> Style:
    """A style whose bibliography layout holds `entry`; `parts` fill the other places of `_STYLE`."""
    places = dict.fromkeys(
        ("attributes", "extra", "citation", "citation_sort", "citation_layout", "bibliography", "sort", "layout"), ""
    )
    cite = '<text variable="title"/>'
    return Style.parse(_STYLE.format(**{**places, "kind": "in-text", "cite": cite, "entry": entry or cite, **parts}))


def work(**item: Any) -> Work:
    """A work of CSL-JSON's variables, underscores for hyphens; `author` may be a string of names "Family, Given"."""
    for role in ("author", "editor", "translator"):
        if isinstance(item.get(role), str):
            item[role] = [_name(text) for text in item[role].split("; ")]
    if isinstance(item.get("issued"), int):
        item["issued"] = {"date-parts": [[item["issued"]]]}
    if isinstance(item.get("issued"), list):
        item["issued"] = {"date-parts": item["issued"]}
    named = {"archive_location", "archive_collection"}
    return work_from_item(
        {"id": "w", "type": "book"} | {key if key in named else key.replace("_", "-"): item[key] for key in item}
    )


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": text}


def entry(snippet: str, one: Work, /, **parts: str) -> str:
    """The HTML of one entry."""
    return entries(snippet, one, **parts)[0]


def entries(snippet: str, /, *works: Work, **parts: str) -> list[str]:
    """The HTML of all entries, in the style's order."""
    return [to_html(runs) for _, runs in style(snippet, **parts).bibliography_runs(works)]
