"""A compiled citation style: `Style.load` or `Style.parse`, then works in and entries of `Text` out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from pubtrack.csl.cite_context import CiteContext, KeepName
from pubtrack.csl.flatten import FlatRun, set_parts, to_text
from pubtrack.csl.layout import CompiledLayout, Tree, compile_area
from pubtrack.csl.locale import dialect, load_locale, read_layer
from pubtrack.csl.sort_keys import sort_order
from pubtrack.csl.style_options import BibliographyOptions, CitationOptions
from pubtrack.csl.style_xml import local, parse_xml
from pubtrack.csl.subsequent_author import AuthorSubstitute
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import Text
from pubtrack.model.work import Work

if TYPE_CHECKING:
    from pubtrack.csl.disambiguation import Disambiguation
    from pubtrack.csl.document_citations import CitedWorks


@dataclass(frozen=True, slots=True)
class RenderedEntry:
    """One entry of a bibliography: its work, the work's place in the sequence given, and what is printed."""

    index: int
    work: Work
    text: Text


class Style:
    """An independent style, read once; areas are compiled on first use for each locale and kept."""

    def __init__(self, root: Element, *, default_locale: str = "") -> None:
        self._root = root
        self._macros = {child.get("name", ""): child for child in root if local(child) == "macro"}
        self._layers = [read_layer(child) for child in root if local(child) == "locale"]
        self._areas = {local(child): child for child in root if local(child) in ("citation", "bibliography")}
        self._programs: dict[tuple[str, str], CompiledLayout] = {}
        info = next((child for child in root if local(child) == "info"), None)
        texts = {local(child): (child.text or "").strip() for child in info} if info is not None else {}
        self.title: str = texts.get("title", "")
        self.id: str = texts.get("id", "")
        self.default_locale: str = default_locale or root.get("default-locale", "") or "en-US"
        self.is_note: bool = root.get("class") == "note"
        self.has_bibliography: bool = "bibliography" in self._areas
        self.layout: BibliographyOptions = _layout(self._areas.get("bibliography"))

    def __repr__(self) -> str:
        return f"<Style {self.title or self.id or 'without a title'}>"

    @cached_property
    def citation_options(self) -> CitationOptions:
        """What the style asks of citations."""
        citation = self._areas.get("citation")
        attributes = dict(citation.attrib) if citation is not None else {}
        return CitationOptions(
            attributes,
            is_note=self.is_note,
            near_note_distance=_whole(attributes.get("near-note-distance"), 5),
            changes_later=_tests(self._root, "position") > 0 or "et-al-subsequent-min" in _attributes(self._root),
            implicit_suffix=not any(self.program(area).prints_suffix for area in self.areas),
        )

    @classmethod
    def parse(cls, xml: str | bytes, *, file: str = "", default_locale: str = "") -> Style:
        """The style in `xml`; `default_locale` is that of a dependent style whose parent this is.

        Raises `PubtrackError` when it is not an independent CSL style, or none that can be compiled.
        """
        root = parse_xml(xml, file=file)
        if local(root) != "style":
            raise PubtrackError(f"this is not a CSL style: its root is <{root.tag}>, not <style>", file=file)
        areas = {local(child) for child in root}
        if not areas & {"citation", "bibliography"}:
            raise PubtrackError("this style is empty or depends on another one; load its parent", file=file)
        return _checked(root, file, default_locale)

    @classmethod
    def load(cls, name: str, permit: Callable[[Path], None] | None = None) -> Style:
        """The style that `style_registry.find_style` finds for a name, title or path, compiled once in this process.

        `permit` is asked for each file of the user's before it is read. Raises `PubtrackError` where there is no such
        style, several, or one that is broken.
        """
        return _load(name, permit)

    @property
    def areas(self) -> tuple[str, ...]:
        """What the style has: "citation", "bibliography" or both."""
        return tuple(self._areas)

    @property
    def numbered(self) -> bool:
        """Whether the style itself prints each entry's citation number."""
        return self.has_bibliography and self.program("bibliography").prints_number

    def program(self, area: str, locale: str | None = None) -> CompiledLayout:
        """The compiled "citation" or "bibliography" for `locale` (the style's default for None).

        Raises `PubtrackError` where the style has no such area, or one that cannot be compiled.
        """
        if area not in self._areas:
            raise PubtrackError(f"the style {self.title or self.id!r} has no <{area}>")
        language = dialect(locale or self.default_locale)
        if (area, language) not in self._programs:
            self._programs[area, language] = compile_area(
                self._root.attrib,
                self._areas[area],
                self._macros,
                load_locale(language, self._layers),
                english=self.default_locale.lower().startswith("en"),
            )
        return self._programs[area, language]

    def bibliography(
        self,
        works: Sequence[Work],
        *,
        locale: str | None = None,
        sort: bool = True,
        numbers: Sequence[int] | None = None,
        first_number: int = 1,
        labels: Sequence[str] | None = None,
        year_suffix: bool = False,
        max_authors: int | None = None,
        keep: KeepName | None = None,
    ) -> list[RenderedEntry]:
        """The bibliography of `works`.

        `sort` puts it into the style's own order, else the order stays. `numbers` gives each work's citation
        number (by default its place in the result, from `first_number`); `labels` are printed in place of the
        numbers, the first for the first entry of the result ("J3"). `year_suffix` tells entries of the same
        names and year apart ("2023a"). `max_authors` overrides the style's et-al limits: 0 shows all names, n the
        first n. `keep` says which names et-al may not hide. An entry without printed form has an empty text.
        """
        rows = self.bibliography_runs(
            works,
            locale=locale,
            sort=sort,
            numbers=numbers,
            first_number=first_number,
            labels=labels,
            year_suffix=year_suffix,
            max_authors=max_authors,
            keep=keep,
        )
        return [RenderedEntry(index, works[index], to_text(runs)) for index, runs in rows]

    def bibliography_runs(
        self,
        works: Sequence[Work],
        *,
        locale: str | None = None,
        sort: bool = True,
        numbers: Sequence[int] | None = None,
        first_number: int = 1,
        labels: Sequence[str] | None = None,
        year_suffix: bool = False,
        max_authors: int | None = None,
        keep: KeepName | None = None,
    ) -> Iterator[tuple[int, list[FlatRun]]]:
        """As `bibliography`, one by one, each entry as runs that still know how their formats are nested."""
        program = self.program("bibliography" if self.has_bibliography else "citation", locale)
        trees = [program.tree_for(work) for work in works]
        order = _order(program, works, trees) if sort else list(range(len(works)))
        places = {index: place for place, index in enumerate(order)}
        if numbers is None:
            numbers = [first_number + places[index] for index in range(len(works))]
        shown, later = self._disambiguated(works, order, numbers) if year_suffix else ([], [])
        implicit = self.citation_options.implicit_suffix if shown else True
        repeated = self._author_substitute()
        for index in order:
            context = CiteContext(
                *program.of_work(works[index]),
                number=numbers[index],
                number_label=labels[places[index]] if labels is not None else "",
                shown=shown[index].shown if shown else None,
                year_suffix=later[index].suffix or shown[index].suffix if shown else "",
                implicit_suffix=implicit,
                max_names=max_authors,
                keep=keep,
            )
            parts, progress = trees[index].render(context, second_field=self.layout.second_field_align)
            if repeated is not None:
                repeated.apply(progress.first_names)
            yield index, set_parts(program.finished(parts), program.locale) if parts else []

    def _disambiguated(
        self, works: Sequence[Work], order: Sequence[int], numbers: Sequence[int]
    ) -> tuple[list[Disambiguation], list[Disambiguation]]:
        from pubtrack.csl.disambiguation import Disambiguation, methods_of
        from pubtrack.csl.document_citations import disambiguate_works

        options = self.citation_options
        methods = methods_of(options.attributes, conditions=_tests(self._root, "disambiguate"))
        if not methods.any or "citation" not in self._areas:
            nothing = [Disambiguation()] * len(works)
            return nothing, nothing
        return disambiguate_works(self.program("citation"), options, methods, works, order, numbers)

    def document(self, works: Sequence[Work], *, locale: str | None = None) -> CitedWorks:
        """The works that a document cites, ready to render its citations; see `document_citations.CitedWorks`."""
        from pubtrack.csl.document_citations import CitedWorks

        order = list(range(len(works)))
        if self.has_bibliography:
            entries = self.program("bibliography", locale)
            order = _order(entries, works, [entries.tree_for(work) for work in works])
        places = {index: place for place, index in enumerate(order)}
        numbers = [places[index] + 1 for index in range(len(works))]
        shown, later = self._disambiguated(works, order, numbers)
        program = self.program("citation", locale)
        return CitedWorks(self.citation_options, tuple(works), program, tuple(numbers), tuple(shown), tuple(later))

    def _author_substitute(self) -> AuthorSubstitute | None:
        area = self._areas.get("bibliography")
        value = area.get("subsequent-author-substitute") if area is not None else None
        if area is None or value is None:
            return None
        return AuthorSubstitute(value, area.get("subsequent-author-substitute-rule", "complete-all"))


def _order(program: CompiledLayout, works: Sequence[Work], trees: Sequence[Tree]) -> list[int]:
    """The order that the style's `<sort>` gives, the works' own where it has none."""
    if not program.keys:
        return list(range(len(works)))
    rows = [
        tree.sort_values(CiteContext(*program.of_work(work), number=number, sorting=True))
        for number, (work, tree) in enumerate(zip(works, trees, strict=True), 1)
    ]
    return sort_order(program.keys, rows)


def _whole(value: str | None, default: int) -> int:
    """A small whole number from an attribute."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 4 else default


def _tests(root: Element, attribute: str) -> int:
    """How many conditions of the style test `attribute`."""
    return sum(attribute in element.attrib for element in root.iter())


def _attributes(root: Element) -> set[str]:
    """All attributes that occur in the style's citation, or that it inherits."""
    return {name for element in root.iter() for name in element.attrib}


def _layout(area: Element | None) -> BibliographyOptions:
    attributes = area.attrib if area is not None else {}

    return BibliographyOptions(
        hanging_indent=attributes.get("hanging-indent") == "true",
        line_spacing=_whole(attributes.get("line-spacing"), 1),
        entry_spacing=_whole(attributes.get("entry-spacing"), 1),
        second_field_align=attributes.get("second-field-align", ""),
    )


@lru_cache(maxsize=64)
def _load(name: str, permit: Callable[[Path], None] | None) -> Style:
    from pubtrack.csl.style_registry import find_style

    found = find_style(name, permit)
    return _checked(found.root, str(found.file), found.default_locale)


def _checked(root: Element, file: str, default_locale: str) -> Style:
    try:
        style = Style(root, default_locale=default_locale)
        style.program("bibliography" if style.has_bibliography else "citation")
    except PubtrackError as error:
        raise PubtrackError(error.message, file=error.file or file) from None
    return style
