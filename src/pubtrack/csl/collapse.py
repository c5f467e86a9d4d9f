"""Cites of one cluster joined: grouped and collapsed as the style asks ("Cite Grouping", "Cite Collapsing")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.csl.citations import CitationItem
from pubtrack.csl.output_tree import Part, Parts, first, flatten_characters
from pubtrack.model.richtext import plain

_RANGE = "–"


@dataclass(frozen=True, slots=True)
class Collapse:
    """The attributes of `<citation>` that say how cites join."""

    how: str
    delimiter: str
    group_delimiter: str
    suffix_delimiter: str
    after: str
    grouped: bool
    moves: bool

    @classmethod
    def of(cls, citation: Mapping[str, str], delimiter: str, *, note: bool, moves: bool) -> Collapse:
        """`moves`: cites may change places, since the style sorts them."""
        group = citation.get("cite-group-delimiter")
        how = citation.get("collapse", "")
        if how.startswith("year-suffix") and citation.get("disambiguate-add-year-suffix") != "true":
            how = "year"
        return cls(
            how=how,
            delimiter=delimiter,
            group_delimiter=group or (delimiter if note else ", "),
            suffix_delimiter=citation.get("year-suffix-delimiter", group or delimiter),
            after=citation.get("after-collapse-delimiter", delimiter),
            grouped=group is not None or how.startswith("year"),
            moves=moves,
        )


@dataclass(frozen=True, slots=True, eq=False)
class RenderedCite:
    """One rendered cite, with what grouping and collapsing compare."""

    ref: CitationItem
    parts: Parts
    names: str
    number: int
    suffix: str

    @property
    def bare(self) -> bool:
        """Whether nothing but the style's own output is printed."""
        return not (self.ref.locator or self.ref.prefix or self.ref.suffix)


def join(
    cites: Sequence[RenderedCite], collapse: Collapse, without_names: Callable[[RenderedCite], RenderedCite]
) -> Parts:
    """The cites with their delimiters; `without_names` renders one again, its names left out."""
    cites = [cite for cite in cites if cite.parts]
    if collapse.how == "citation-number":
        return _numbers(cites, collapse)
    if collapse.grouped:
        return _grouped(_regrouped(cites) if collapse.moves else list(cites), collapse, without_names)
    out: list[Part] = []
    for place, cite in enumerate(cites):
        if place:
            out.append(_between(cites[place - 1], cite, collapse.delimiter))
        out += cite.parts
    return out


def _between(before: RenderedCite, after: RenderedCite, delimiter: str) -> str:
    """The delimiter, or a blank where the author's own words bring their punctuation."""
    if plain(after.ref.prefix)[:1] in (",", ";", ".") and after.ref.prefix:
        return ""
    if delimiter and before.ref.suffix and plain(before.ref.suffix)[-1:] in ",;.":
        return " "
    return delimiter


def _regrouped(cites: Sequence[RenderedCite]) -> list[RenderedCite]:
    """Cites with the same names moved to the first of them ("Cite Grouping")."""
    groups: dict[object, list[RenderedCite]] = {}
    for cite in cites:
        groups.setdefault(cite.names or cite, []).append(cite)
    return [cite for group in groups.values() for cite in group]


def _grouped(
    cites: list[RenderedCite], collapse: Collapse, without_names: Callable[[RenderedCite], RenderedCite]
) -> Parts:
    out: list[Part] = []
    place, collapsed = 0, False
    while place < len(cites):
        cite = cites[place]
        before = cites[place - 1] if place else None
        same = before is not None and cite.names == before.names and (bool(cite.names) or _same_year(before, cite))
        shown = cite
        if same and collapse.how and not cite.ref.prefix:
            shown = without_names(cite)
            if not shown.parts:
                place += 1
                continue
        if before is not None:
            if same and collapse.how.startswith("year-suffix") and _same_year(before, cite):
                place, collapsed = _suffixes(cites, place, collapse, out), True
                continue
            out.append(_between(before, cite, _delimiter(before, collapse, same=same, collapsed=collapsed)))
        collapsed = same and bool(collapse.how)
        out += shown.parts
        place += 1
    return out


def _delimiter(before: RenderedCite, collapse: Collapse, *, same: bool, collapsed: bool) -> str:
    if same:
        return collapse.after if before.ref.locator else collapse.group_delimiter
    return collapse.after if collapsed else collapse.delimiter


def _same_year(before: RenderedCite, cite: RenderedCite) -> bool:
    years = [first(one.parts, "year") for one in (before, cite)]
    mine, yours = (flatten_characters(year.parts) if year is not None else "" for year in years)
    return bool(before.suffix and cite.suffix) and mine == yours and before.bare and cite.bare


def _suffixes(cites: Sequence[RenderedCite], place: int, collapse: Collapse, out: list[Part]) -> int:
    """Prints from `place` on the suffixes of what repeats names and year; returns where that ends."""
    end = place
    while end < len(cites) and cites[end].names == cites[end - 1].names and _same_year(cites[end - 1], cites[end]):
        end += 1
    ranged = collapse.how == "year-suffix-ranged"
    while place < end:
        stop = place
        while ranged and stop + 1 < end and _follows(cites[stop].suffix, cites[stop + 1].suffix):
            stop += 1
        if ranged and _follows(cites[place - 1].suffix, cites[place].suffix) and stop > place:
            out += [_RANGE, *_letter(cites[stop])]
        else:
            out += [collapse.suffix_delimiter, *_letter(cites[place])]
            stop = place
        place = stop + 1
    return end


def _letter(cite: RenderedCite) -> Parts:
    wrap = first(cite.parts, "year-suffix")
    return (wrap,) if wrap is not None else (cite.suffix,)


def _follows(before: str, after: str) -> bool:
    return len(before) == len(after) == 1 and ord(after) == ord(before) + 1


def _numbers(cites: Sequence[RenderedCite], collapse: Collapse) -> Parts:
    """Three or more numbers in a row as a range."""
    out: list[Part] = []
    place = 0
    while place < len(cites):
        stop = place
        while (
            stop + 1 < len(cites)
            and cites[stop].bare
            and cites[stop + 1].bare
            and cites[stop + 1].number == cites[stop].number + 1
        ):
            stop += 1
        if place:
            out.append(_between(cites[place - 1], cites[place], collapse.delimiter))
        out += cites[place].parts
        if stop > place + 1:
            out += [_RANGE, *cites[stop].parts]
            place = stop + 1
        else:
            place += 1
    return out
