"""One compiled area of a style, ready to render entries or cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from pubtrack.csl.cite_context import CiteContext, OfWork
from pubtrack.csl.compile import Compiler
from pubtrack.csl.conditions import key_of
from pubtrack.csl.formatting import marks_of
from pubtrack.csl.group_frame import CiteProgress, GroupFrame
from pubtrack.csl.locale import Locale
from pubtrack.csl.name_rendering import NameForm
from pubtrack.csl.node import Node, Out, WorkShape, printing_nodes
from pubtrack.csl.output_tree import Parts, Wrap, flatten_characters, join_delimited
from pubtrack.csl.sort_keys import Key, key_value
from pubtrack.csl.style_xml import local
from pubtrack.csl.text_case import recase
from pubtrack.model.digits import int_of
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work

MAX_SHAPES = 512
"""Trees kept at a time; a bibliography has a few dozen shapes."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of a layout and of the sort keys that go with it."""

    nodes: tuple[Node, ...]
    keys: tuple[Key, ...]

    def shaped(self, shape: WorkShape) -> Tree:
        """What is left for works of one shape."""
        keys = tuple(replace(key, nodes=printing_nodes(shape.all(key.nodes))) for key in self.keys)
        return Tree(printing_nodes(shape.all(self.nodes)), keys)

    def sort_values(self, context: CiteContext) -> list[str]:
        """The strings by which the work of `context`, a sorting one, sorts: one for each key."""
        return [key_value(key, context) for key in self.keys]

    def render(self, context: CiteContext, *, second_field: str = "") -> tuple[Parts, CiteProgress]:
        """One entry or cite without the layout's affixes, () where nothing is printed, and what it took note of."""
        frame = GroupFrame()
        out: Out = []
        if second_field:
            self._render_aligned(context, frame, out)
        else:
            for node in self.nodes:
                node.render(context, frame, out)
        return join_delimited(out, ""), frame.progress

    def _render_aligned(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        """The first field in the margin, the rest beside it (CSL 1.0.2, "second-field-align")."""
        for place, node in enumerate(self.nodes):
            node.render(context, frame, out)
            if out:
                out[:] = [[Wrap("display", "left-margin", join_delimited(out, ""))]]
                rest: Out = []
                for later in self.nodes[place + 1 :]:
                    later.render(context, frame, rest)
                out.append([Wrap("display", "right-inline", join_delimited(rest, ""))])
                return


@dataclass(frozen=True, slots=True)
class CompiledLayout:
    """One area of a style (its citation or bibliography), compiled for one locale."""

    tree: Tree
    prefix: str
    suffix: str
    marks: tuple[str, ...]
    delimiter: str
    locale: Locale
    english: bool
    prints_number: bool
    prints_suffix: bool
    variables: frozenset[str]
    _trees: dict[tuple[str, frozenset[str]], Tree | None] = field(default_factory=dict, repr=False)

    @property
    def keys(self) -> tuple[Key, ...]:
        return self.tree.keys

    def of_work(self, work: Work) -> OfWork:
        """What a `CiteContext` has of a work; title case is for English items only ("Non-English Items")."""
        language = work.values.get("language")
        english = self.english if not language else plain(language)[:2].lower() == "en"
        return work, work.values, work.people, work.dates, work.type, english

    def tree_for(self, work: Work) -> Tree:
        """What is left of the style for works of this one's shape; the whole for the first work of a shape."""
        used = self.variables
        variables = used.intersection(work.values) | used.intersection(work.people) | used.intersection(work.dates)
        key = (work.type, variables)
        tree = self._trees.get(key)
        if tree is None:
            if key not in self._trees:
                self._trees[key] = None
                return self.tree
            if len(self._trees) > MAX_SHAPES:
                self._trees.clear()
            tree = self._trees[key] = self.tree.shaped(WorkShape(*key))
        return tree

    def finished(self, parts: Parts) -> Parts:
        """An entry as a sentence: a term at its start with a capital, the layout's affixes around."""
        return self.framed(with_capital_term(parts)) if parts else ()

    def framed(self, parts: Parts) -> Parts:
        """`parts` with the layout's affixes and formatting, which holds for the affixes too ("Affixes")."""
        if self.suffix:
            parts = _appended(parts, self.suffix)
        if self.prefix:
            parts = [self.prefix, *parts]
        return [Wrap("format", self.marks, parts)] if self.marks else parts


def _appended(parts: Parts, suffix: str) -> Parts:
    """`parts` with `suffix` behind, within the last display block where the entry ends in one."""
    last = parts[-1] if parts else ""
    if isinstance(last, Wrap) and last.kind in ("display", "format"):
        inside = _appended(last.parts, suffix)
        if last.kind == "display" or inside[-1] is not suffix:
            return [*parts[:-1], Wrap(last.kind, last.value, inside)]
    return [*parts, suffix]


def with_capital_term(parts: Parts) -> Parts:
    """`parts`, the term at their very start with a capital."""
    for place, part in enumerate(parts):
        if isinstance(part, str):
            if part.strip():
                return parts
            continue
        inner = recase(part.parts, "capitalize-first") if part.kind == "term" else with_capital_term(part.parts)
        if flatten_characters(part.parts).strip():
            return [*parts[:place], Wrap(part.kind, part.value, inner), *parts[place + 1 :]]
    return parts


def compile_area(
    style: Mapping[str, str], area: Element, macros: Mapping[str, Element], locale: Locale, *, english: bool
) -> CompiledLayout:
    """`area` is the `<citation>` or `<bibliography>`, `style` the attributes of the root.

    Raises `PubtrackError` for an area without layout and for macros that blow up or go in a circle.
    """
    layout = next((child for child in area if local(child) == "layout"), None)
    if layout is None:
        raise PubtrackError(f"the style's <{local(area)}> has no <layout>")
    begins = local(area) == "bibliography" or style.get("class") == "note"
    compiler = Compiler(style, area.attrib, macros, locale, begins_sentences=begins)
    sort = next((child for child in area if local(child) == "sort"), ())
    nodes = compiler.children(layout)
    return CompiledLayout(
        tree=Tree(nodes, tuple(_key(child, compiler) for child in sort if local(child) == "key")),
        prefix=layout.get("prefix", ""),
        suffix=layout.get("suffix", ""),
        marks=marks_of(layout.attrib),
        delimiter=layout.get("delimiter", ""),
        locale=locale,
        english=english,
        prints_number=compiler.prints_number,
        prints_suffix=compiler.prints_suffix,
        variables=frozenset(compiler.variables),
    )


def _key(element: Element, compiler: Compiler) -> Key:
    names = None
    if element.get("names-min") or element.get("names-use-first"):
        least, first = element.get("names-min", "0"), element.get("names-use-first", "0")
        names = (
            int_of(least) if least.isdecimal() else 0,
            int_of(first) if first.isdecimal() else 0,
            element.get("names-use-last") == "true",
        )
    macro = element.get("macro")
    return Key(
        variable=key_of(element.get("variable", "")) if macro is None else "",
        nodes=compiler.checked_macro(macro) if macro is not None else (),
        descending=element.get("sort") == "descending",
        names=names,
        form=NameForm(demote=compiler.style.get("demote-non-dropping-particle", "display-and-sort")),
    )
