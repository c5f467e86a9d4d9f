"""The compiled rendering elements that hold no names, dates or numbers: text, group, macro, choose, layout.

Every node has `render(state, out)`, which appends each non-empty piece of output to `out`; only `Choose` may
append several, since the delimiters of its surroundings stand between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pubtrack.csl.citation_label import citation_label
from pubtrack.csl.conditions import Condition
from pubtrack.csl.content import content, plain_content
from pubtrack.csl.formatting import Formatting
from pubtrack.csl.output_tree import Parts, Wrap, join_delimited
from pubtrack.csl.page_ranges import PageRange
from pubtrack.csl.specialize import CALLED, WorkShape, printing_nodes
from pubtrack.csl.state import State
from pubtrack.csl.variables import page_value
from pubtrack.model.richtext import Text, plain, text

Out = list[Parts]


class Node(Protocol):
    """A compiled element."""

    def render(self, state: State, out: Out) -> None: ...

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        """What is left of the node for works of one shape."""


class OfVariable:
    """A node that prints one variable of the work, and so nothing where the work lacks it."""

    __slots__ = ("look", "variable")

    def __init__(self, variable: str, look: Formatting | None) -> None:
        self.variable = variable
        self.look = look

    def render(self, state: State, out: Out) -> None:
        raise NotImplementedError

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,) if shape.may_have(self.variable) else (CALLED,)


class OfCite:
    """A node that prints what belongs to the cite or the bibliography, which every work can have."""

    __slots__ = ("look",)

    def __init__(self, look: Formatting | None) -> None:
        self.look = look

    def render(self, state: State, out: Out) -> None:
        raise NotImplementedError

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,)


class Constant:
    """A term or value: the same for every work."""

    __slots__ = ("parts",)

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def render(self, state: State, out: Out) -> None:
        out.append(self.parts)

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,)


class Variable(OfVariable):
    """`<text variable="…">`: the first non-empty of `variables` (the short form, then the long one)."""

    __slots__ = ("variables",)

    def __init__(self, variables: Sequence[str], look: Formatting | None) -> None:
        super().__init__(variables[-1], look)
        self.variables = tuple(variables)

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,) if any(map(shape.may_have, self.variables)) else (CALLED,)

    def find(self, state: State) -> Text | None:
        for variable in self.variables:
            if value := state.values.get(variable):
                return value
        return None

    def render(self, state: State, out: Out) -> None:
        state.called = True
        value = self.find(state)
        if not value or self.variable in state.suppressed:
            return
        parts = content(value)
        if not parts:
            return
        state.use(self.variable)
        out.append(parts if self.look is None else self.look.dress(parts, state))


class NumberText(Variable):
    """`<text>` of a number variable other than pages: a range of bare numbers with its dash ("3–4")."""

    __slots__ = ("ranges",)

    def __init__(self, variables: Sequence[str], look: Formatting | None, ranges: PageRange) -> None:
        super().__init__(variables, look)
        self.ranges = ranges

    def find(self, state: State) -> Text | None:
        value = super().find(state)
        return text(self.ranges.dashed(plain(value))) if value and len(value) == 1 and "-" in value[0].text else value


class IdentifierNode(OfVariable):
    """A DOI, URL, PMID or PMCID, which is a link (CSL 1.0.2, Appendix VI) and whose characters are sacred."""

    __slots__ = ("base",)

    def __init__(self, variable: str, base: str, look: Formatting | None) -> None:
        super().__init__(variable, look)
        self.base = base

    def render(self, state: State, out: Out) -> None:
        state.called = True
        value = state.values.get(self.variable)
        if not value or self.variable in state.suppressed:
            return
        shown = plain(value)
        state.use(self.variable)
        target = shown if shown.startswith(("http://", "https://")) else self.base + shown
        is_web = target.startswith(("http://", "https://"))
        parts: Parts = [Wrap("link", target, (shown,))] if is_web else (shown,)
        out.append(parts if self.look is None else self.look.dress(parts, state))


class PageNode(OfVariable):
    """`<text variable="page">` and "page-first", the range in the style's format ("Page Ranges")."""

    __slots__ = ("ranges",)

    def __init__(self, variable: str, look: Formatting | None, ranges: PageRange) -> None:
        super().__init__(variable, look)
        self.ranges = ranges

    def render(self, state: State, out: Out) -> None:
        state.called = True
        if self.variable in state.suppressed:
            return
        pages = page_value(state, self.variable)
        if not pages:
            return
        state.use(self.variable)
        parts = plain_content(self.ranges.shape(pages))
        out.append(parts if self.look is None else self.look.dress(parts, state))


class CitationNumber(OfCite):
    """`<text variable="citation-number">`."""

    __slots__ = ()

    def render(self, state: State, out: Out) -> None:
        state.called = True
        if not state.number or "citation_number" in state.suppressed:
            return
        state.use("citation_number")
        parts: Parts = [Wrap("number", state.number, (state.number_label or str(state.number),))]
        out.append(parts if self.look is None else self.look.dress(parts, state))


class YearSuffix(OfCite):
    """`<text variable="year-suffix">`, where the style itself says where the letter stands."""

    __slots__ = ()

    def render(self, state: State, out: Out) -> None:
        if not state.year_suffix:  # and no variable called: "n.d." stays without a letter
            return
        state.called = True
        state.use("year_suffix")
        state.year_suffix_done = True
        parts: Parts = [Wrap("year-suffix", state.year_suffix, (state.year_suffix,))]
        out.append(parts if self.look is None else self.look.dress(parts, state))


class CitationLabel(OfCite):
    """`<text variable="citation-label">`: that of the work, else the one made up of names and year."""

    __slots__ = ()

    def render(self, state: State, out: Out) -> None:
        state.called = True
        value = state.values.get("citation_label")
        label = plain(value) if value else citation_label(state.work)
        if not label:
            return
        state.use("citation_label")
        parts: Parts = (label,)
        if state.year_suffix:
            state.year_suffix_done = True
            parts = (label, Wrap("year-suffix", state.year_suffix, (state.year_suffix,)))
        out.append(parts if self.look is None else self.look.dress(parts, state))


class FirstNote(OfCite):
    """`<text variable="first-reference-note-number">`."""

    __slots__ = ()

    def render(self, state: State, out: Out) -> None:
        state.called = True
        if state.cite.first_note:
            state.use("first_reference_note_number")
            parts: Parts = (str(state.cite.first_note),)
            out.append(parts if self.look is None else self.look.dress(parts, state))


class Group:
    """`<group>`: its children delimited, or nothing when it called variables and all were empty ("Group").

    A macro is a group without delimiter, since the delimiters around do not reach inside ("Macro"). `called`: a
    variable that the work lacks was among the children.
    """

    __slots__ = ("called", "children", "delimiter", "look")

    def __init__(
        self, children: Sequence[Node], delimiter: str, look: Formatting | None, *, called: bool = False
    ) -> None:
        self.children = tuple(children)
        self.delimiter = delimiter
        self.look = look
        self.called = called

    def render(self, state: State, out: Out) -> None:
        called, filled = state.called, state.filled
        state.called, state.filled = self.called, False
        pieces: Out = []
        for child in self.children:
            child.render(state, pieces)
        if pieces and (state.filled or not state.called):
            # A group with output counts as a non-empty variable for the group around it.
            state.called = state.filled = True
            parts = pieces[0] if len(pieces) == 1 else join_delimited(pieces, self.delimiter)
            out.append(parts if self.look is None else self.look.dress(parts, state))
        else:
            state.called = called or state.called
            state.filled = filled

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        left = shape.all(self.children)
        children = printing_nodes(left)
        called = self.called or len(children) < len(left)
        if not children or (called and all(isinstance(child, Constant) for child in children)):
            return (CALLED,) if called else ()
        if children == self.children and called == self.called:
            return (self,)
        return (Group(children, self.delimiter, self.look, called=called),)


class Choose:
    """`<choose>`: the children of the first branch whose test holds; `None` is the test of `<else>`."""

    __slots__ = ("branches",)

    def __init__(self, branches: Sequence[tuple[Condition | None, tuple[Node, ...]]]) -> None:
        self.branches = tuple(branches)

    def render(self, state: State, out: Out) -> None:
        for child in self.chosen(state):
            child.render(state, out)

    def chosen(self, state: State) -> tuple[Node, ...]:
        """The children of the first branch that holds."""
        for test, children in self.branches:
            if test is None or test.holds(state):
                return children
        return ()

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        branches: list[tuple[Condition | None, tuple[Node, ...]]] = []
        for test, children in self.branches:
            known = True if test is None else test.known(shape)
            if known is False:
                continue
            left = shape.all(children)
            if known is True:
                if not branches:
                    return left
                branches.append((None, left))
                break
            branches.append((known, left))
        return (Choose(branches),) if any(children for _, children in branches) else ()
