"""The official CSL fixtures' way of asking, translated for the engine: a style and CSL-JSON in, their HTML out.

Run from the project's root with csl_suite.py as `tests.csl.adapter:render`. Input is translated and output is
wrapped in the fixtures' tags; no rendered text is rewritten.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

from pubtrack.csl import Style
from pubtrack.csl.setting import Frame, Run
from pubtrack.csl_json import work_from_item
from pubtrack.work import Work

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
_EMPTY = "[CSL STYLE ERROR: reference with no printed form.]"


def render(csl: str, items: list[dict[str, Any]], *, mode: str, **extra: Any) -> str:
    """What the fixture expects as its result."""
    style = Style.parse(csl)
    works = [work_of(item) for item in items]
    if mode == "bibliography":
        return bibliography(style, works, items, **extra)
    raise NotImplementedError(mode)


def bibliography(style: Style, works: Sequence[Work], items: list[dict[str, Any]], **extra: Any) -> str:
    entries = style.bibliography_runs(works)
    lines = "\n".join(f'  <div class="csl-entry">{to_html(runs) or _EMPTY}</div>' for _, runs in entries)
    return f'<div class="csl-bib-body">\n{lines}\n</div>'


def work_of(item: dict[str, Any]) -> Work:
    """The fixture's item as a work."""
    item = {key: value for key, value in item.items() if key not in ("multi",)}
    item["id"] = str(item["id"])
    return work_from_item(item)


def to_html(runs: Iterable[Run]) -> str:
    """Runs with their frames as nested tags, each frame's tags written once."""
    out: list[str] = []
    open_frames: list[Frame] = []
    for run in runs:
        chain = _chain(run.frame)
        same = 0
        while same < min(len(chain), len(open_frames)) and chain[same] is open_frames[same]:
            same += 1
        out += [_close(frame) for frame in reversed(open_frames[same:])]
        out += [_open(frame) for frame in chain[same:]]
        out.append(html.escape(run.text, quote=False))
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
