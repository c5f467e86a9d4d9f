"""A document's citations: a style, works and clusters in, each cluster as set runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pubtrack.csl.citations import FIRST, SUBSEQUENT, Citation, CitationItem, with_positions
from pubtrack.csl.collapse import Collapse, RenderedCite, join
from pubtrack.csl.content import content
from pubtrack.csl.disambiguation import Disambiguation, Printed, disambiguate
from pubtrack.csl.flatten import FlatRun, set_parts
from pubtrack.csl.layout import with_capital_term
from pubtrack.csl.output_tree import Part, Parts, flatten_characters
from pubtrack.csl.sort_keys import key_value, sort_order
from pubtrack.csl.state import Cite, Shown, State
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work

if TYPE_CHECKING:
    from pubtrack.csl.layout import CompiledLayout
    from pubtrack.csl.style import Style

Placed = tuple[CitationItem, frozenset[str], int]


@dataclass(frozen=True, slots=True)
class CitedWorks:
    """Works that one document cites, with what each must show and its number; made by `Style.document`."""

    style: Style
    works: tuple[Work, ...]
    program: CompiledLayout
    numbers: tuple[int, ...]
    told: tuple[Disambiguation, ...]
    told_later: tuple[Disambiguation, ...]

    def citations(self, clusters: Sequence[Citation]) -> list[list[FlatRun]]:
        """Each cluster as it prints at its place among the others."""
        rows = with_positions([self.sorted(cluster) for cluster in clusters], self.style.near_note_distance)
        return [self.cluster(row) for row in rows]

    def sorted(self, cluster: Citation) -> Citation:
        """The cluster in the order that the style's `<sort>` asks for."""
        keys = self.program.keys
        if not keys or len(cluster.cites) < 2:
            return cluster
        rows = [[key_value(key, state) for key in state.tree.keys] for state in map(self.state, cluster.cites)]
        order = sort_order(keys, rows)
        return Citation(tuple(cluster.cites[index] for index in order), cluster.note)

    def cluster(self, row: Sequence[Placed]) -> list[FlatRun]:
        cited = [self.cite(placed, leads=place == 0) for place, placed in enumerate(row)]
        collapse = Collapse.of(
            self.style.citation_attributes,
            self.program.delimiter,
            note=self.style.is_note,
            moves=bool(self.program.keys),
        )
        parts = join(cited, collapse, lambda one: self.cite(row[cited.index(one)], hide_names=True))
        if not parts:
            return []
        return set_parts(self.program.framed(parts), self.program.locale)

    def cite(self, placed: Placed, *, leads: bool = False, hide_names: bool = False) -> RenderedCite:
        """One cite, its names left out where they repeat those before."""
        ref, position, first_note = placed
        state = self.state(ref, position, first_note)
        state.hide_names = hide_names or ref.suppress_author
        parts = self.program.render_cite(state)
        if ref.author_only:
            parts = state.first_names.parts if state.first_names is not None else ()
        names = (
            flatten_characters(state.first_names.parts)
            if state.first_names is not None and not state.hide_names
            else ""
        )
        if parts and self.style.is_note and _begins_sentence(ref, leads=leads):
            parts = with_capital_term(parts)
        if parts:
            parts = _with_affixes(parts, ref)
        return RenderedCite(ref, parts, names, state.number, self.suffix(ref.index))

    def suffix(self, index: int) -> str:
        """A work's year-suffix, which must tell it apart at first and at later cites."""
        return self.told_later[index].suffix or self.told[index].suffix

    def state(self, ref: CitationItem, position: frozenset[str] = frozenset(), first_note: int = 0) -> State:
        state = self.program.state(self.works[ref.index])
        told = (self.told_later if "subsequent" in position else self.told)[ref.index]
        state.number = self.numbers[ref.index]
        state.implicit_suffix = self.style.implicit_suffix
        state.shown, state.year_suffix, state.name_sets = told.shown, self.suffix(ref.index), []
        state.cite = Cite(ref.locator, ref.label, position, first_note)
        return state


def _with_affixes(parts: Parts, ref: CitationItem) -> Parts:
    """The author's own words before and behind a cite, with a blank where they forgot it."""
    out: list[Part] = list(parts)
    if ref.prefix:
        blank = "" if plain(ref.prefix)[-1:] in " \u00a0(['\"“‘" else " "
        out = [*content(ref.prefix), blank, *out]
    if ref.suffix:
        blank = " " if plain(ref.suffix)[:1].isalnum() else ""
        out = [*out, blank, *content(ref.suffix)]
    return out


def _begins_sentence(ref: CitationItem, *, leads: bool) -> bool:
    """Whether the cite stands at the start of a note, or behind a full stop ("Citation", note to developers)."""
    before = plain(ref.prefix).rstrip(" \u00a0\"'”’»)")
    return " " in before and before.endswith((".", "!", "?")) if ref.prefix else leads


def disambiguated(
    style: Style, works: Sequence[Work], order: Sequence[int], numbers: Sequence[int]
) -> tuple[list[Disambiguation], list[Disambiguation]]:
    """What each work's cite must show at its first and at later places, all works being cited ("Disambiguation",
    footnote)."""
    if not style.methods.any or "citation" not in style.areas:
        told = [Disambiguation(Shown())] * len(works)
        return told, told
    told = _told_at(FIRST, style, works, order, numbers)
    return told, _told_at(SUBSEQUENT, style, works, order, numbers) if style.changes_later else told


def _told_at(
    position: frozenset[str], style: Style, works: Sequence[Work], order: Sequence[int], numbers: Sequence[int]
) -> list[Disambiguation]:
    program = style.program("citation")
    cite = Cite(position=position)

    def show(index: int, shown: Shown) -> Printed:
        state = program.state(works[index])
        state.number, state.shown, state.name_sets, state.cite = numbers[index], shown, [], cite
        state.dates = {name: date for name, date in state.dates.items() if name != "accessed"}
        parts = program.render_cite(state)
        return Printed(flatten_characters(parts), tuple(state.name_sets))

    return disambiguate(len(works), show, style.methods, order)
