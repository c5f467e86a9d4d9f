"""The compiled rendering elements that hold no names, dates or numbers: text, group, macro, choose, layout.

Every node has `render(context, out)`, which appends each non-empty piece of output to `out`; only `Choose` may
append several, since the delimiters of its surroundings stand between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubtrack.csl.citation_label import citation_label
from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.conditions import Condition
from pubtrack.csl.content import content, plain_content
from pubtrack.csl.formatting import Formatting
from pubtrack.csl.group_frame import GroupFrame
from pubtrack.csl.node import CALLED, Node, Out, WorkShape, printing_nodes
from pubtrack.csl.output_tree import Parts, Wrap, join_delimited
from pubtrack.csl.page_ranges import PageRange
from pubtrack.csl.variables import page_value
from pubtrack.model.richtext import Text, plain, text


class OfVariable:
    """A node that prints one variable of the work, and so nothing where the work lacks it."""

    __slots__ = ("look", "variable")

    def __init__(self, variable: str, look: Formatting | None) -> None:
        self.variable = variable
        self.look = look

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        raise NotImplementedError

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,) if shape.may_have(self.variable) else (CALLED,)


class OfCite:
    """A node that prints what belongs to the cite or the bibliography, which every work can have."""

    __slots__ = ("look",)

    def __init__(self, look: Formatting | None) -> None:
        self.look = look

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        raise NotImplementedError

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,)


class Constant:
    """A term or value: the same for every work."""

    __slots__ = ("parts",)

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
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

    def find(self, context: CiteContext) -> Text | None:
        for variable in self.variables:
            if value := context.values.get(variable):
                return value
        return None

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        value = self.find(context)
        if not value or self.variable in frame.suppressed:
            return
        parts = content(value)
        if not parts:
            return
        frame.use(self.variable)
        out.append(parts if self.look is None else self.look.dress(parts, context))


class NumberText(Variable):
    """`<text>` of a number variable other than pages: a range of bare numbers with its dash ("3–4")."""

    __slots__ = ("ranges",)

    def __init__(self, variables: Sequence[str], look: Formatting | None, ranges: PageRange) -> None:
        super().__init__(variables, look)
        self.ranges = ranges

    def find(self, context: CiteContext) -> Text | None:
        value = super().find(context)
        return text(self.ranges.dashed(plain(value))) if value and len(value) == 1 and "-" in value[0].text else value


class IdentifierNode(OfVariable):
    """A DOI, URL, PMID or PMCID, which is a link (CSL 1.0.2, Appendix VI) and whose characters are sacred."""

    __slots__ = ("base",)

    def __init__(self, variable: str, base: str, look: Formatting | None) -> None:
        super().__init__(variable, look)
        self.base = base

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        value = context.values.get(self.variable)
        if not value or self.variable in frame.suppressed:
            return
        shown = plain(value)
        frame.use(self.variable)
        target = shown if shown.startswith(("http://", "https://")) else self.base + shown
        is_web = target.startswith(("http://", "https://"))
        parts: Parts = [Wrap("link", target, (shown,))] if is_web else (shown,)
        out.append(parts if self.look is None else self.look.dress(parts, context))


class PageNode(OfVariable):
    """`<text variable="page">` and "page-first", the range in the style's format ("Page Ranges")."""

    __slots__ = ("ranges",)

    def __init__(self, variable: str, look: Formatting | None, ranges: PageRange) -> None:
        super().__init__(variable, look)
        self.ranges = ranges

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        if self.variable in frame.suppressed:
            return
        pages = page_value(context, self.variable)
        if not pages:
            return
        frame.use(self.variable)
        parts = plain_content(self.ranges.shape(pages))
        out.append(parts if self.look is None else self.look.dress(parts, context))


class CitationNumber(OfCite):
    """`<text variable="citation-number">`."""

    __slots__ = ()

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        if not context.number or "citation_number" in frame.suppressed:
            return
        frame.use("citation_number")
        parts: Parts = [Wrap("number", context.number, (context.number_label or str(context.number),))]
        out.append(parts if self.look is None else self.look.dress(parts, context))


class YearSuffix(OfCite):
    """`<text variable="year-suffix">`, where the style itself says where the letter stands."""

    __slots__ = ()

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        if not context.year_suffix:  # and no variable called: "n.d." stays without a letter
            return
        frame.called = True
        frame.use("year_suffix")
        frame.progress.year_suffix_done = True
        parts: Parts = [Wrap("year-suffix", context.year_suffix, (context.year_suffix,))]
        out.append(parts if self.look is None else self.look.dress(parts, context))


class CitationLabel(OfCite):
    """`<text variable="citation-label">`: that of the work, else the one made up of names and year."""

    __slots__ = ()

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        value = context.values.get("citation_label")
        label = plain(value) if value else citation_label(context.work)
        if not label:
            return
        frame.use("citation_label")
        parts: Parts = (label,)
        if context.year_suffix:
            frame.progress.year_suffix_done = True
            parts = (label, Wrap("year-suffix", context.year_suffix, (context.year_suffix,)))
        out.append(parts if self.look is None else self.look.dress(parts, context))


class FirstNote(OfCite):
    """`<text variable="first-reference-note-number">`."""

    __slots__ = ()

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        if context.cite.first_note:
            frame.use("first_reference_note_number")
            parts: Parts = (str(context.cite.first_note),)
            out.append(parts if self.look is None else self.look.dress(parts, context))


class GroupElement:
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

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        called, filled = frame.called, frame.filled
        frame.called, frame.filled = self.called, False
        pieces: Out = []
        for child in self.children:
            child.render(context, frame, pieces)
        if pieces and (frame.filled or not frame.called):
            # A group with output counts as a non-empty variable for the group around it.
            frame.called = frame.filled = True
            parts = pieces[0] if len(pieces) == 1 else join_delimited(pieces, self.delimiter)
            out.append(parts if self.look is None else self.look.dress(parts, context))
        else:
            frame.called = called or frame.called
            frame.filled = filled

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        left = shape.all(self.children)
        children = printing_nodes(left)
        called = self.called or len(children) < len(left)
        if not children or (called and all(isinstance(child, Constant) for child in children)):
            return (CALLED,) if called else ()
        if children == self.children and called == self.called:
            return (self,)
        return (GroupElement(children, self.delimiter, self.look, called=called),)


class Choose:
    """`<choose>`: the children of the first branch whose test holds; `None` is the test of `<else>`."""

    __slots__ = ("branches",)

    def __init__(self, branches: Sequence[tuple[Condition | None, tuple[Node, ...]]]) -> None:
        self.branches = tuple(branches)

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        for child in self.chosen(context, frame):
            child.render(context, frame, out)

    def chosen(self, context: CiteContext, frame: GroupFrame) -> tuple[Node, ...]:
        """The children of the first branch that holds."""
        for test, children in self.branches:
            if test is None or test.holds(context, frame):
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
