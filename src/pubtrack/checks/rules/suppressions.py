"""The rule that looks after the suppressions themselves; the work is done in `checks.suppress`."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule


@rule(
    "sup-unused",
    "info",
    why="What was wrong is fixed, or the id is mistyped: the field only hides what may come.",
    source="ruff's RUF100 and pylint's useless-suppression do the same for code",
    bad="@misc{study2020, title = {A study}, year = 2020, pubtrack-ignore = {ttl-caps: house style}}",
    good="@misc{study2020, title = {A STUDY OF TEA AND RAIN}, year = 2020, pubtrack-ignore = {ttl-caps: house style}}",
)
def sup_unused(view: View, context: Context) -> Iterator[Hit]:
    """A `pubtrack-ignore` names a rule that finds nothing in the entry, or no rule."""
    del view, context
    return iter(())
