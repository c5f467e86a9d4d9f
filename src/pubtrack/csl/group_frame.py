"""What changes while one entry or cite is rendered: what the group at hand, and the whole, have printed so far."""

from __future__ import annotations

from pubtrack.csl.name_rendering import NameSet
from pubtrack.csl.output_tree import Wrap

_NOTHING: frozenset[str] = frozenset()


class CiteProgress:
    """What the entry or cite has printed so far.

    `first_names` are its first names or their substitute, `name_sets` its name lists in order (collected only where
    the context's `shown` asks), `conditions_tested` counts the tests for "disambiguate".
    """

    __slots__ = ("conditions_tested", "first_names", "name_sets", "year_suffix_done")

    def __init__(self) -> None:
        self.conditions_tested = 0
        self.first_names: Wrap | None = None
        self.name_sets: list[NameSet] = []
        self.year_suffix_done = False


class GroupFrame:
    """What the group being rendered did, which decides whether it prints (CSL 1.0.2, "Group").

    `called` and `filled` say whether it called a variable and whether any was non-empty; `suppressed` are the variables
    that a substitution has used up; `recorded` collects those it uses.
    """

    __slots__ = ("called", "filled", "progress", "recorded", "suppressed")

    def __init__(self) -> None:
        self.called = False
        self.filled = False
        self.suppressed: frozenset[str] = _NOTHING
        self.recorded: list[str] | None = None
        self.progress = CiteProgress()

    def use(self, variable: str) -> None:
        """Notes that `variable` was printed."""
        self.filled = True
        if self.recorded is not None:
            self.recorded.append(variable)
            self.suppressed |= {variable}
