"""The links that people put behind an entry: a work and the names of the links wanted to a `Text`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from pubtrack.errors import PubtrackError, did_you_mean
from pubtrack.richtext import Span, Text
from pubtrack.work import Work

LABELS: Mapping[str, str] = {
    "doi": "DOI", "url": "URL", "arxiv": "arXiv", "pdf": "PDF", "code": "Code", "slides": "Slides",
    "video": "Video", "poster": "Poster", "website": "Website", "html": "HTML", "supp": "Supplement", "blog": "Blog",
}  # fmt: skip
"""The links there are, under al-folio's field names, and what is printed for each."""


def links_of(work: Work, wanted: Sequence[str]) -> Text:
    """ " [DOI] [PDF]", each a link, of those `wanted` that the work has.

    Raises PubtrackError for a name that is no link. Whether a target is safe to open is the writer's to decide.
    """
    spans: list[Span] = []
    for name in wanted:
        if name not in LABELS:
            raise PubtrackError(
                f'unknown link "{name}"{did_you_mean(name, LABELS) or "; there is " + ", ".join(LABELS)}'
            )
        target = target_of(work, name)
        if target:
            spans += [Span(" ["), Span(LABELS[name], url=target), Span("]")]
    return tuple(spans)


def target_of(work: Work, name: str) -> str:
    """Where the link `name` of `work` leads, or ""."""
    if name == "doi":
        return f"https://doi.org/{quote(work.doi, safe='/:;()._-')}" if work.doi else ""
    if name == "url":
        return work.get("url")
    if name == "arxiv":
        kind = work.custom.get("eprinttype", "").lower()
        number = work.custom.get("eprint", "")
        return f"https://arxiv.org/abs/{quote(number, safe='/.')}" if number and kind in ("arxiv", "") else ""
    return work.custom.get(name, "")
