"""Addresses: whether they are such, and whether a browser should follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex.latex import verbatim
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View, content
from pubtrack.checks.rule import Hit, rule

_SCHEME = pattern(r"([a-z][a-z0-9+.-]*):", re.I)
_SCRIPT = frozenset({"javascript", "data", "vbscript"})
_WRAPPED = pattern(r"\\url\s*\{([^{}]*)\}")
_HOST = pattern(r"(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/|\Z))", re.I)
_GOOD = pattern(r"(?:https?|ftp)://(?:[^\s/@]+@)?\[?[^\s/?#]+\]?[^\s<>\"]*", re.I)


@rule(
    "id-url",
    "warning",
    why="A link that a style makes of it leads nowhere. A javascript: or data: address runs in the reader's browser: "
    "that is an error.",
    source="RFC 3986; JabRef's UrlChecker",
    bad="@misc{study2020, title = {A study}, url = {www.tea.org/a study}, year = 2020}",
    good="@misc{study2020, title = {A study}, url = {https://tea.org/a_study?id=1#top}, year = 2020}",
    fixes=True,
)
def id_url(view: View, context: Context) -> Iterator[Hit]:
    """A URL is not valid: it has no scheme, contains blanks, or is a script."""
    del context
    for item, field, latex in view.fields("url"):
        if _GOOD.fullmatch(latex) and "\\url" not in latex:
            continue
        inner = content(field)
        written = latex.strip()
        scheme = _SCHEME.match(verbatim(written))
        if scheme and scheme[1].lower() in _SCRIPT:
            yield Hit(item, field, f"a {scheme[1].lower()}: address runs in the reader's browser", severity="error")
        elif wrapped := _WRAPPED.fullmatch(written):
            fix = item.fix(field, wrapped[1]) if inner and inner[1] == latex and _GOOD.fullmatch(wrapped[1]) else None
            yield Hit(item, field, "the style wraps the url itself; write it without \\url", fix=fix)
        elif not scheme and _HOST.match(written):
            yield Hit(item, field, f'"{written[:60]}" has no scheme; write https://{written[:60]}')
        elif scheme and scheme[1].lower() in ("http", "https", "ftp") and not _GOOD.fullmatch(verbatim(written)):
            yield Hit(item, field, f'"{written[:60]}" is not an address of the web')
        elif scheme and re.search(r"\s", written) and len(re.findall(r"https?://", written)) > 1:
            yield Hit(item, field, "there are several addresses in one url; give each a field of its own, or a note")
        elif scheme and re.search(r"\s", written) and "\n" not in written:
            yield Hit(item, field, f'there is a blank in "{written[:60]}"; write %20, or remove it')
        elif not scheme and not written.startswith(("/", "\\", "#")):
            yield Hit(item, field, f'"{written[:60]}" is not an address of the web')
