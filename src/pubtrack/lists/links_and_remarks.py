"""Build the links, awards and notes that follow an entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from urllib.parse import quote

from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.richtext import Span, Text, plain, text
from pubtrack.model.vocabulary import TEXT_VARIABLES
from pubtrack.model.work import Work

LINKS: Mapping[str, str] = {
    "doi": "DOI", "url": "URL", "arxiv": "arXiv", "pdf": "PDF", "code": "Code", "slides": "Slides",
    "video": "Video", "poster": "Poster", "website": "Website", "html": "HTML", "supp": "Supplement", "blog": "Blog",
    "data": "Data", "preprint": "Preprint",
}  # fmt: skip
"""The links there are, under al-folio's field names, and what is printed for each."""


def _field(name: str, shown: str = "{}") -> Callable[[Work], Text]:
    """Prints the field `name` (a CSL variable or biblatex's field) within `shown`."""

    def remark(work: Work) -> Text:
        value = work.values.get(name) or text(work.custom.get(name, "").strip())
        before, _, after = shown.partition("{}")
        return (*text(before), *value, *text(after)) if value else ()

    return remark


_VARIABLES: Mapping[str, str] = {"state": "status", "keywords": "keyword"}
"""The CSL variables of remarks that are named otherwise."""

REMARKS: Mapping[str, Callable[[Work], Text]] = {
    "note": _field("note"),
    "addendum": _field("addendum"),
    "award": _field("award"),
    "acceptance_rate": _field("acceptance_rate", "Acceptance rate: {}"),
    "citations": _field("citations", "Cited by {}"),
    "abbr": _field("abbr"),
    "state": _field("status"),
    "keywords": _field("keyword"),
    "annote": _field("annote"),
}
"""The remarks there are, each a sentence of its own."""


def links_of(work: Work, wanted: Sequence[str], own: Collection[str] = (), *, printed: Collection[str] = ()) -> Text:
    """Links such as " [DOI] [PDF]", of those `wanted` that the work has and that are not `printed` already.

    Each is named by its field, one of `LINKS` or of the user's `own`, and may have a label of its own: "codeurl: Code".
    A target that is not a web or mail address (a file of one's own) is left out. Raises PubtrackError for a name that
    is no link.
    """
    spans: list[Span] = []
    for word in wanted:
        name, label = _named(word)
        _refuse_unknown("link", name, LINKS, own)
        target = target_of(work, name)
        if target not in printed and target.lower().startswith(
            ("https://", "http://", "mailto:")
        ):  # a label that leads nowhere helps nobody
            spans += [Span(" ["), Span(label or LINKS.get(name, name), url=target), Span("]")]
    return tuple(spans)


def remarks_of(work: Work, wanted: Sequence[str], own: Collection[str] = ()) -> Text:
    """Sentences such as " Best Paper Award. Cited by 12.", of those `wanted` that the work has.

    Each is named by its field, one of `REMARKS` or of the user's `own`, and may have words of its own, in which {}
    stands for the value: "award: Winner of the {}"; without {} they come before it. Raises PubtrackError for a name
    that is not a remark.
    """
    spans: list[Span] = []
    for word in wanted:
        name, shown = _named(word)
        _refuse_unknown("remark", name, REMARKS, own)
        if shown or name not in REMARKS:
            shown = shown if "{}" in shown else f"{shown}: {{}}" if shown else "{}"
            remark = _field(_VARIABLES.get(name, name), shown)(work)
        else:
            remark = REMARKS[name](work)
        if remark:
            ended = plain(remark).rstrip().endswith((".", "!", "?", "。"))
            spans += [Span(" "), *remark, *(() if ended else (Span("."),))]
    return tuple(spans)


def _named(word: str) -> tuple[str, str]:
    """The field and the words of "codeurl: Code"; no words where none are given."""
    name, _, shown = word.partition(":")
    name = name.strip().lower()
    variable = name.replace("-", "_")
    return variable if variable in TEXT_VARIABLES else name, shown.strip()


def _refuse_unknown(kind: str, name: str, known: Mapping[str, object], own: Collection[str]) -> None:
    if name not in known and name not in TEXT_VARIABLES and name not in own:
        hint = did_you_mean(name, [*known, *own]) or f"; there is {', '.join(known)}, and any field of your entries"
        raise PubtrackError(f'unknown {kind} "{name}"{hint}')


def target_of(work: Work, name: str) -> str:
    """Where the link `name` of `work` leads, or ""."""
    if name == "doi":
        return f"https://doi.org/{quote(work.doi, safe='/:;()._-', errors='replace')}" if work.doi else ""
    if name == "url":
        return work.get("url")
    if name == "arxiv":
        kind = work.custom.get("eprinttype", "").lower()
        number = work.custom.get("eprint", "")
        return (
            f"https://arxiv.org/abs/{quote(number, safe='/.', errors='replace')}"
            if number and kind in ("arxiv", "")
            else ""
        )
    return work.custom.get(name, "") or work.get(name)
