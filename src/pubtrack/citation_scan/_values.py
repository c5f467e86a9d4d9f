"""What documents cite, as values: citations with their places, the libraries named, what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pubtrack.model.errors import PubtrackError

Read = Callable[[str], bytes | None]
"""A file's path, as the user or a document spells it, to its content; None where there is no such file.

Raises PubtrackError for a file that is there and cannot be read.
"""


@dataclass(frozen=True, slots=True)
class CitedKey:
    """A key and where it is cited first. `line` and `column` count from 1; 0 means that the format has none.

    A Word document has no lines: there `line` counts paragraphs.
    """

    key: str
    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """What one document says, with all that it includes, before others are looked at.

    `references` are the cited keys which a label of that name, in any of the documents, would explain instead;
    `labels` are the labels.
    """

    citations: tuple[CitedKey, ...]
    everything: bool = False
    bibliographies: tuple[str, ...] = ()
    references: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    problems: tuple[PubtrackError, ...] = ()
    warnings: tuple[PubtrackError, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """What several documents cite together, each key once, in the order of the first citation.

    `everything` stands for `\\nocite{*}` and its like: all entries, besides those named. `bibliographies` are the
    libraries that the documents name, as they spell them, `.bib` added where LaTeX would. With `problems` the
    citations are not to be relied upon; `warnings` say what was left out.
    """

    citations: tuple[CitedKey, ...] = ()
    everything: bool = False
    bibliographies: tuple[str, ...] = ()
    problems: tuple[PubtrackError, ...] = ()
    warnings: tuple[PubtrackError, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys cited, in the order of the first citation."""
        return tuple(citation.key for citation in self.citations)
