"""The protocol of compiled elements, and their specialisation: only what can print for a work remains.

Two works have one shape when they are of one type and have the same variables, whatever these hold. Most of a
style's conditions ask for nothing else, so that the works of one shape share a small tree; a style of a thousand
elements comes down to some thirty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.group_frame import GroupFrame
from pubtrack.csl.output_tree import Parts

Out = list[Parts]

# Variables that belong to a cite or to the bibliography, not to the work.
CITE_VARIABLES = frozenset(
    {"citation_label", "citation_number", "first_reference_note_number", "locator", "page_first", "year_suffix"}
)


class Node(Protocol):
    """A compiled element."""

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        """Append each non-empty piece of output to `out`.

        Only a choice may append several, since the delimiters of its surroundings stand between them.
        """

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        """What is left of the node for works of one shape."""


@dataclass(frozen=True, slots=True)
class WorkShape:
    """The type of a work and the variables it has."""

    item_type: str
    variables: frozenset[str]
    _memo: dict[int, tuple[Node, ...]] = field(default_factory=dict, compare=False, repr=False)

    def may_have(self, variable: str) -> bool:
        """Whether a work of this shape can have the variable in some cite."""
        return variable in self.variables or variable in CITE_VARIABLES

    def reduced(self, node: Node) -> tuple[Node, ...]:
        """What is left of `node`, each node being looked at once."""
        key = id(node)
        if key not in self._memo:
            self._memo[key] = node.shaped(self)
        return self._memo[key]

    def all(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(left for node in nodes for left in self.reduced(node))


class Called:
    """What is left of a variable that the work lacks: the group around must still know it was called."""

    __slots__ = ()

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,)


CALLED = Called()


def printing_nodes(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """`nodes` without those that only call."""
    return tuple(node for node in nodes if node is not CALLED)
