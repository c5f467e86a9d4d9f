"""`subsequent-author-substitute`: entry after entry in, names that repeat replaced in place ("Reference Grouping")."""

from __future__ import annotations

from collections.abc import Sequence

from pubtrack.csl.output_tree import Wrap, flatten_characters, walk


class AuthorSubstitute:
    """Remembers the names of the entry before; one object serves one bibliography."""

    __slots__ = ("_lists", "_names", "rule", "value")

    def __init__(self, value: str, rule: str) -> None:
        self.value = value
        self.rule = rule
        self._names: list[str] = []
        self._lists: list[str] = []

    def apply(self, names: Wrap | None) -> None:
        """Replaces in `names`, the first names of an entry, what the entry before printed too."""
        lists = [wrap for wrap in walk(names.parts) if wrap.kind == "namelist"] if names else []
        lists = lists or ([names] if names and names.parts else [])  # a substitute, such as a title
        single = [wrap for wrapped in lists for wrap in walk(wrapped.parts) if wrap.kind == "name"]
        shown_lists, shown = (
            [flatten_characters(wrap.parts) for wrap in lists],
            [flatten_characters(wrap.parts) for wrap in single],
        )
        same = bool(lists) and shown_lists == self._lists
        matching = _common(shown, self._names)
        self._lists, self._names = shown_lists, shown
        if not single:
            self._replace(lists if same else ())
        elif self.rule == "partial-each":
            self._replace(single[:matching])
        elif self.rule == "partial-first":
            self._replace(single[: min(matching, 1)])
        elif same and self.rule == "complete-each":
            self._replace(single)
        elif same:
            self._replace(lists[:1])
            for wrap in lists[1:]:
                wrap.parts = ()

    def _replace(self, wraps: Sequence[Wrap]) -> None:
        for wrap in wraps:
            if wrap.kind == "name":
                wrap.kind, wrap.value = "format", ()
            wrap.parts = (self.value,) if self.value else ()


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    count = 0
    for mine, yours in zip(left, right, strict=False):
        if mine != yours:
            break
        count += 1
    return count
