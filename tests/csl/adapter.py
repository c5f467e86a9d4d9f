"""The official CSL fixtures' way of asking, translated for the engine: a style and CSL-JSON in, their HTML out.

Run from the project's root with csl_suite.py as `tests.csl.adapter:render`. Input is translated and output is
wrapped in the fixtures' tags; no rendered text is rewritten.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from pubtrack.csl import Citation, CitationItem, Style
from pubtrack.csl.citations import FIRST, IBID, IBID_WITH_LOCATOR, NEAR_NOTE, SUBSEQUENT
from pubtrack.csl.document_citations import CitedWorks
from pubtrack.csl.flatten import FlatRun, Frame, raise_superscripts
from pubtrack.csl_json import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, text_from_markup, work_from_item
from pubtrack.model.richtext import Mark, Span, Text
from pubtrack.model.work import Work

_TAGS = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "underline": ('<span style="text-decoration:underline;">', "</span>"),
    "no-italic": ('<span style="font-style:normal;">', "</span>"),
    "no-bold": ('<span style="font-weight:normal;">', "</span>"),
    "no-small-caps": ('<span style="font-variant:normal;">', "</span>"),
    "no-underline": ('<span style="text-decoration:none;">', "</span>"),
    "baseline": ('<span style="baseline">', "</span>"),
}
_NESTED = re.compile(r'<span class="nodecor">|<i>[^/]*<i>.*</i>.*</i>')
_TAG = re.compile(r"<(/?(?:i|span)\b)[^>]*>")
_EMPTY = "[CSL STYLE ERROR: reference with no printed form.]"


_VARIABLES = {*TEXT_VARIABLES.values(), *NAME_VARIABLES.values(), *DATE_VARIABLES.values()}
_POSITIONS = {0: FIRST, 1: SUBSEQUENT, 2: IBID, 3: IBID_WITH_LOCATOR}


def render(
    csl: str,
    items: list[dict[str, Any]],
    *,
    mode: str,
    citation_items: list[list[dict[str, Any]]] | None = None,
    citations: list[Any] | None = None,
    **_: object,
) -> str:
    """What the fixture expects as its result."""
    style = Style.parse(csl)
    works = list({work.id: work for work in map(work_of, items)}.values())
    if citations is not None:
        clusters = _final(citations)
        works = _cited(works, clusters)
    if mode == "bibliography":
        return _bibliography(style, works)
    document = style.document(works)
    if citations is None:
        clusters = [{"citationItems": cites} for cites in citation_items or [_all(document)]]
    places = {work.id: index for index, work in enumerate(works)}
    rows = document.citations([_cluster(one, places, session=citations is not None) for one in clusters])
    if citations is None:
        return "\n".join(to_html(runs) or _EMPTY for runs in rows)
    return "\n".join(f">>[{number}] {to_html(runs)}" for number, runs in enumerate(rows))


def _all(document: CitedWorks) -> list[dict[str, Any]]:
    """One cluster of all works, in the order of the bibliography."""
    order = sorted(range(len(document.works)), key=lambda index: document.numbers[index])
    return [{"id": document.works[index].id} for index in order]


def _bibliography(style: Style, works: Sequence[Work]) -> str:
    entries = [to_html(runs) for _, runs in style.bibliography_runs(works, year_suffix=True)]
    printed = [entry or _EMPTY for entry in entries if entry or style.numbered]
    lines = "\n".join(f'  <div class="csl-entry">{entry}</div>' for entry in printed)
    return f'<div class="csl-bib-body">\n{lines}\n</div>'


def _final(session: list[Any]) -> list[dict[str, Any]]:
    """The citations that stand in the document after the last step of the fixture's session, in its order."""
    known: dict[str, dict[str, Any]] = {}
    order: list[tuple[str, int]] = []
    for citation, before, after in session:
        known[citation["citationID"]] = citation
        order = [
            *map(tuple, before),
            (citation["citationID"], citation.get("properties", {}).get("noteIndex", 0)),
            *map(tuple, after),
        ]
    return [known[key] | {"properties": known[key].get("properties", {}) | {"noteIndex": note}} for key, note in order]


def _cited(works: Sequence[Work], clusters: Iterable[dict[str, Any]]) -> list[Work]:
    by_id = {work.id: work for work in works}
    keys = dict.fromkeys(str(cite.get("id", "ITEM")) for cluster in clusters for cite in cluster["citationItems"])
    return [by_id[key] for key in keys]


def _cluster(citation: dict[str, Any], places: dict[str, int], *, session: bool) -> Citation:
    cites = tuple(_cite(cite, places, session=session) for cite in citation["citationItems"])
    return Citation(cites, citation.get("properties", {}).get("noteIndex", 0))


def _cite(cite: dict[str, Any], places: dict[str, int], *, session: bool) -> CitationItem:
    position = None if session else _POSITIONS[cite.get("position", 0)]
    if position is not None and cite.get("near-note"):
        position |= {NEAR_NOTE}
    return CitationItem(
        index=places[str(cite.get("id", "ITEM"))],
        locator=str(cite.get("locator") or ""),
        label=cite.get("label") or "page",
        prefix=text_from_markup(cite.get("prefix", "")),
        suffix=text_from_markup(cite.get("suffix", "")),
        suppress_author=bool(cite.get("suppress-author")),
        author_only=bool(cite.get("author-only")),
        position=position,
        first_note=int(cite.get("first-reference-note-number", 0)),
    )


def work_of(item: dict[str, Any]) -> Work:
    """The fixture's item as a work; variables that stand as lines in its note are taken out of there."""
    item = {"id": "ITEM", **{key: value for key, value in item.items() if key != "multi"}}
    rest = []
    for line in str(item.get("note", "")).split("\n"):
        name, colon, value = line.partition(": ")
        if not colon or name not in _VARIABLES:
            rest.append(line)
        elif name in NAME_VARIABLES.values():
            family, _, given = value.partition(" || ")
            item.setdefault(name, []).append({"family": family, "given": given})
        else:
            item[name] = value
    work = work_from_item({**item, "note": "\n".join(rest)} if "note" in item else item)
    nested = {key: spans for key, value in item.items() if (spans := _nested_spans(value))}
    return replace(work, values={**work.values, **nested})


def _nested_spans(value: object) -> Text:
    """Markup that flips what it stands in, which the flat `Text` of a work does not hold: italics within italics,
    and `<span class="nodecor">`. () for all other values."""
    markup = value if isinstance(value, str) else ""
    if not _NESTED.search(markup):
        return ()
    spans: list[Span] = []
    marks: list[Mark] = []
    for place, piece in enumerate(_TAG.split(markup)):
        if place % 2 == 0:
            spans.append(Span(piece, tuple(marks)))
        elif piece.startswith("/"):
            marks.pop()
        else:
            marks.append(cast(Mark, "italic" if piece == "i" else "nodecor"))
    return tuple(span for span in spans if span.text)


def to_html(runs: Iterable[FlatRun]) -> str:
    """Runs with their frames as nested tags, each frame's tags written once."""
    out: list[str] = []
    open_frames: list[Frame] = []
    for run in raise_superscripts(runs):
        chain = _chain(run.frame)
        same = 0
        while same < min(len(chain), len(open_frames)) and chain[same] is open_frames[same]:
            same += 1
        out += [_close(frame) for frame in reversed(open_frames[same:])]
        out += [_open(frame) for frame in chain[same:]]
        text = html.escape(run.text, quote=False)
        out.append(f"${text}$" if "math" in run.frame.marks else text)
        open_frames = chain
    out += [_close(frame) for frame in reversed(open_frames)]
    return "".join(out)


def _chain(frame: Frame | None) -> list[Frame]:
    chain: list[Frame] = []
    while frame is not None:
        chain.append(frame)
        frame = frame.parent
    return chain[::-1]


def _open(frame: Frame) -> str:
    if frame.kind == "display":
        return f'<div class="csl-{frame.value}">'
    return "".join(_TAGS[effect][0] for effect in frame.effects)


def _close(frame: Frame) -> str:
    if frame.kind == "display":
        return "</div>"
    return "".join(_TAGS[effect][1] for effect in reversed(frame.effects))
