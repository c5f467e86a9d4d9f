"""Citations against a library's keys: what is missing there, and what is never cited."""

from __future__ import annotations

from collections.abc import Iterable

from pubtrack.citation_scan._values import Cited
from pubtrack.model.errors import PubtrackError, did_you_mean

MAX_HINTS = 25
"""Missing keys for which a near one is looked for: with more, the library is the wrong one, not the spelling."""


def missing_keys(cited: Cited, known: Iterable[str]) -> list[PubtrackError]:
    """An error for each cited key that is not `known`, at the place of its first citation, with the nearest key.

    A key that is known in another case is missing, too: biber would not find it.
    """
    keys = dict.fromkeys(known)
    by_lower = {key.lower(): key for key in keys}
    errors: list[PubtrackError] = []
    for citation in cited.citations:
        if citation.key in keys:
            continue
        other = by_lower.get(citation.key.lower())
        if other is not None:
            reason = f'; it has "{other}", which differs in case only'
        else:
            reason = did_you_mean(citation.key, keys) if len(errors) < MAX_HINTS else ""
        errors.append(
            PubtrackError(
                f'the library has no "{citation.key}"{reason}',
                file=citation.file,
                line=citation.line,
                column=citation.column,
            )
        )
    return errors


def unused_keys(cited: Cited, known: Iterable[str]) -> list[str]:
    """The `known` keys that nothing cites, in their order; none where the documents ask for all entries."""
    named = set(cited.keys)
    return [] if cited.everything else [key for key in known if key not in named]
