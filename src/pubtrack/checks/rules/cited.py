"""The entries against what documents cite.

Without documents, which only `--cited` names, these rules find nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.bibtex import fields
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.citation_scan import Cited, CitedKey, missing_keys
from pubtrack.model.findings import Finding


def _citing(*keys: str) -> Context:
    """A context in which a paper cites these keys."""
    return Context(year=2026, cited=Cited(tuple(CitedKey(key, "paper.tex", 12, 7) for key in keys)))


@rule(
    "use-unused",
    "warning",
    why="It only costs attention; or the citation was forgotten.",
    source="checkcites",
    bad="@misc{study2020, title = {A study}, year = 2020}\n@misc{tea2020, title = {Tea}, year = 2020}",
    good="@misc{study2020, title = {A study}, year = 2020}",
    given=_citing("study2020"),
    needs="cited",
)
def use_unused(view: View, context: Context) -> Iterator[Hit]:
    """No document cites the entry, nor does an entry refer to it (where documents were given)."""
    if context.cited is None or context.cited.everything:
        return
    used = {key.lower() for key in context.cited.keys}
    for _, _, latex in view.fields("crossref", "xref", "xdata", "related", "entryset"):
        used.update(key.strip().lower() for key in latex.split(","))
    for item in view.items:
        aliases = [alias.strip().lower() for alias in item.value("ids").split(",")] if item.value("ids") else []
        if item.type not in fields.NOT_WORKS and used.isdisjoint([item.key.lower(), *aliases]):
            yield Hit(item, None, "no document cites this entry")


@rule(
    "use-undefined",
    "error",
    why="The citation comes out as a question mark.",
    source="checkcites; LaTeX's own warning",
    bad="@misc{tea2020, title = {Tea}, year = 2020}",
    good="@misc{study2020, title = {A study}, year = 2020}\n@misc{tea2020, title = {Tea}, year = 2020}",
    given=_citing("study2020", "tea2020"),
    needs="cited",
)
def use_undefined(view: View, context: Context) -> Iterator[Finding]:
    """A document cites a key that no entry has (where documents were given)."""
    if context.cited is None:
        return
    known = dict.fromkeys(item.key for item in view.items)
    for _, _, latex in view.fields("ids"):
        known.update(dict.fromkeys(alias.strip() for alias in latex.split(",")))
    lost = [one for one in context.cited.citations if one.key not in known]
    for citation, error in zip(lost, missing_keys(context.cited, known), strict=True):
        place = citation.file, citation.line, citation.column
        yield Finding("use-undefined", "error", error.message, *place, key=citation.key)
