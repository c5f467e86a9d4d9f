"""A document's citations: a style, works and clusters in, each cluster as set runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pubtrack.csl.citations import FIRST, SUBSEQUENT, Citation, CitationItem, with_positions
from pubtrack.csl.cite_context import Cite, CiteContext, Shown
from pubtrack.csl.collapse import Collapse, RenderedCite, join
from pubtrack.csl.content import content
from pubtrack.csl.disambiguation import Disambiguation, Methods, Printed, disambiguate
from pubtrack.csl.flatten import FlatRun, set_parts
from pubtrack.csl.layout import CompiledLayout, Tree, with_capital_term
from pubtrack.csl.output_tree import Part, Parts, flatten_characters
from pubtrack.csl.sort_keys import sort_order
from pubtrack.csl.style_options import CitationOptions
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work

Placed = tuple[CitationItem, frozenset[str], int]


@dataclass(frozen=True, slots=True)
class CitedWorks:
    """Works that one document cites, with what each must show and its number; made by `Style.document`."""

    options: CitationOptions
    works: tuple[Work, ...]
    program: CompiledLayout
    numbers: tuple[int, ...]
    at_first: tuple[Disambiguation, ...]
    later: tuple[Disambiguation, ...]

    def citations(self, clusters: Sequence[Citation]) -> list[list[FlatRun]]:
        """Each cluster as it prints at its place among the others."""
        rows = with_positions([self.sorted(cluster) for cluster in clusters], self.options.near_note_distance)
        return [self.cluster(row) for row in rows]

    def sorted(self, cluster: Citation) -> Citation:
        """The cluster in the order that the style's `<sort>` asks for."""
        keys = self.program.keys
        if not keys or len(cluster.cites) < 2:
            return cluster
        rows = [self.tree(ref).sort_values(self.context(ref)._replace(sorting=True)) for ref in cluster.cites]
        order = sort_order(keys, rows)
        return Citation(tuple(cluster.cites[index] for index in order), cluster.note)

    def cluster(self, row: Sequence[Placed]) -> list[FlatRun]:
        cited = [self.cite(placed, leads=place == 0) for place, placed in enumerate(row)]
        collapse = Collapse.of(
            self.options.attributes,
            self.program.delimiter,
            note=self.options.is_note,
            moves=bool(self.program.keys),
        )
        parts = join(cited, collapse, lambda one: self.cite(row[cited.index(one)], hide_names=True))
        if not parts:
            return []
        return set_parts(self.program.framed(parts), self.program.locale)

    def cite(self, placed: Placed, *, leads: bool = False, hide_names: bool = False) -> RenderedCite:
        """One cite, its names left out where they repeat those before."""
        ref, position, first_note = placed
        hidden = hide_names or ref.suppress_author
        context = self.context(ref, position, first_note)._replace(hide_names=hidden)
        parts, progress = self.tree(ref).render(context)
        first = progress.first_names
        if ref.author_only:
            parts = first.parts if first is not None else ()
        names = flatten_characters(first.parts) if first is not None and not hidden else ""
        if parts and self.options.is_note and _begins_sentence(ref, leads=leads):
            parts = with_capital_term(parts)
        if parts:
            parts = _with_affixes(parts, ref)
        return RenderedCite(ref, parts, names, context.number, self.suffix(ref.index))

    def suffix(self, index: int) -> str:
        """A work's year-suffix, which must tell it apart at first and at later cites."""
        return self.later[index].suffix or self.at_first[index].suffix

    def tree(self, ref: CitationItem) -> Tree:
        return self.program.tree_for(self.works[ref.index])

    def context(self, ref: CitationItem, position: frozenset[str] = frozenset(), first_note: int = 0) -> CiteContext:
        told = (self.later if "subsequent" in position else self.at_first)[ref.index]
        return CiteContext(
            *self.program.of_work(self.works[ref.index]),
            number=self.numbers[ref.index],
            implicit_suffix=self.options.implicit_suffix,
            shown=told.shown,
            year_suffix=self.suffix(ref.index),
            cite=Cite(ref.locator, ref.label, position, first_note),
        )


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


def disambiguate_works(
    program: CompiledLayout,
    options: CitationOptions,
    methods: Methods,
    works: Sequence[Work],
    order: Sequence[int],
    numbers: Sequence[int],
) -> tuple[list[Disambiguation], list[Disambiguation]]:
    """What each work's cite must show at its first and at later places, all works being cited ("Disambiguation",
    footnote)."""

    def disambiguate_at(position: frozenset[str]) -> list[Disambiguation]:
        cite = Cite(position=position)

        def show(index: int, shown: Shown) -> Printed:
            work, values, people, dates, item_type, english = program.of_work(works[index])
            dates = {name: date for name, date in dates.items() if name != "accessed"}
            of_work = (work, values, people, dates, item_type, english)
            context = CiteContext(*of_work, number=numbers[index], shown=shown, cite=cite)
            parts, progress = program.tree_for(works[index]).render(context)
            return Printed(flatten_characters(parts), tuple(progress.name_sets))

        return disambiguate(len(works), show, methods, order)

    at_first = disambiguate_at(FIRST)
    return at_first, disambiguate_at(SUBSEQUENT) if options.changes_later else at_first
