"""The compiled rendering elements that hold no names, dates or numbers: text, group, macro, choose, layout.

Every node has `render(state, out)`, which appends each non-empty piece of output to `out`; only `Choose` may
append several, since the delimiters of its surroundings stand between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from pubtrack.csl.content import content, plain_content
from pubtrack.csl.label import citation_label
from pubtrack.csl.look import Look
from pubtrack.csl.pages import PageRange
from pubtrack.csl.rich import Parts, Wrap, delimited
from pubtrack.csl.state import State
from pubtrack.richtext import Text, plain, text

Out = list[Parts]
Test = Callable[[State], bool]


class Node(Protocol):
    def render(self, state: State, out: Out) -> None: ...


class Constant:
    """A term or value: the same for every work."""

    __slots__ = ("parts",)

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def render(self, state: State, out: Out) -> None:
        if self.parts:
            out.append(self.parts)


class Variable:
    """`<text variable="…">`: the first non-empty of `variables` (the short form, then the long one)."""

    __slots__ = ("look", "variable", "variables")

    def __init__(self, variables: Sequence[str], look: Look | None) -> None:
        self.variables = tuple(variables)
        self.variable = variables[-1]
        self.look = look

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

    def __init__(self, variables: Sequence[str], look: Look | None, ranges: PageRange) -> None:
        super().__init__(variables, look)
        self.ranges = ranges

    def find(self, state: State) -> Text | None:
        value = super().find(state)
        return text(self.ranges.dashed(plain(value))) if value and len(value) == 1 and "-" in value[0].text else value


class Identifier:
    """A DOI, URL, PMID or PMCID, which is a link (CSL 1.0.2, Appendix VI) and whose characters are sacred."""

    __slots__ = ("base", "look", "variable")

    def __init__(self, variable: str, base: str, look: Look | None) -> None:
        self.variable = variable
        self.base = base
        self.look = look

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


class Page:
    """`<text variable="page">` and "page-first", the range in the style's format ("Page Ranges")."""

    __slots__ = ("look", "ranges", "variable")

    def __init__(self, variable: str, look: Look | None, ranges: PageRange) -> None:
        self.variable = variable
        self.look = look
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


def page_value(state: State, variable: str) -> str:
    """The characters of "page", or of "page-first", which may be derived from it."""
    if value := state.values.get(variable):
        return plain(value)
    if variable == "page_first" and (value := state.values.get("page")):
        return PageRange.first(plain(value))
    return ""


class CitationNumber:
    __slots__ = ("look",)

    def __init__(self, look: Look | None) -> None:
        self.look = look

    def render(self, state: State, out: Out) -> None:
        state.called = True
        if not state.number or "citation_number" in state.suppressed:
            return
        state.use("citation_number")
        parts: Parts = [Wrap("number", state.number, (str(state.number),))]
        out.append(parts if self.look is None else self.look.dress(parts, state))


class YearSuffix:
    """`<text variable="year-suffix">`, where the style itself says where the letter stands."""

    __slots__ = ("look",)

    def __init__(self, look: Look | None) -> None:
        self.look = look

    def render(self, state: State, out: Out) -> None:
        if not state.year_suffix:  # and no variable called: "n.d." stays without a letter
            return
        state.called = True
        state.use("year_suffix")
        state.year_suffix_done = True
        parts: Parts = [Wrap("year-suffix", state.year_suffix, (state.year_suffix,))]
        out.append(parts if self.look is None else self.look.dress(parts, state))


class CitationLabel:
    """`<text variable="citation-label">`: that of the work, else the one made up of names and year."""

    __slots__ = ("look",)

    def __init__(self, look: Look | None) -> None:
        self.look = look

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


class FirstNote:
    """`<text variable="first-reference-note-number">`."""

    __slots__ = ("look",)

    def __init__(self, look: Look | None) -> None:
        self.look = look

    def render(self, state: State, out: Out) -> None:
        state.called = True
        if state.cite.first_note:
            state.use("first_reference_note_number")
            parts: Parts = (str(state.cite.first_note),)
            out.append(parts if self.look is None else self.look.dress(parts, state))


class Group:
    """`<group>`: its children delimited, or nothing when it called variables and all were empty ("Group").

    A macro is a group without delimiter, since the delimiters around do not reach inside ("Macro").
    """

    __slots__ = ("children", "delimiter", "look")

    def __init__(self, children: Sequence[Node], delimiter: str, look: Look | None) -> None:
        self.children = tuple(children)
        self.delimiter = delimiter
        self.look = look

    def render(self, state: State, out: Out) -> None:
        called, filled = state.called, state.filled
        state.called = state.filled = False
        pieces: Out = []
        for child in self.children:
            child.render(state, pieces)
        shown = bool(pieces) and (state.filled or not state.called)
        # A group with output counts as a non-empty variable for the group around it.
        state.called = called or state.called or shown
        state.filled = filled or shown
        if not shown:
            return
        parts = pieces[0] if len(pieces) == 1 else delimited(pieces, self.delimiter)
        out.append(parts if self.look is None else self.look.dress(parts, state))


class Choose:
    """`<choose>`: the children of the first branch whose test holds."""

    __slots__ = ("branches",)

    def __init__(self, branches: Sequence[tuple[Test | None, tuple[Node, ...]]]) -> None:
        self.branches = tuple(branches)

    def render(self, state: State, out: Out) -> None:
        for test, children in self.branches:
            if test is None or test(state):
                for child in children:
                    child.render(state, out)
                return
