"""Make citation keys from a pattern, unused so far."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Container, Mapping
from itertools import chain, count

from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.people import fold

DEFAULT_PATTERN = "{family}{year}{word}"

_SMALL_WORDS = frozenset(
    "a an and as at by for from in into of on or the to toward towards via with without der die das ein eine le la les "
    "un une des du el los las".split()
)
_NOT_ASCII = re.compile(r"[^a-z0-9]+")


def _words(work: Work) -> list[str]:
    words = [_ascii(word) for word in plain(work.title).split()]
    return [word for word in words if word and word not in _SMALL_WORDS] or [word for word in words if word]


def _ascii(text: str) -> str:
    """Lower-case ASCII letters and digits of `text`; accents and special letters as they are spelt without."""
    return _NOT_ASCII.sub("", "".join(fold(sign) if sign.isalpha() else sign for sign in text.casefold()))


def _family(work: Work) -> str:
    names = work.author or work.people.get("editor", ())
    return _ascii(names[0].family or names[0].literal) if names else "anonymous"


PARTS: Mapping[str, Callable[[Work], str]] = {
    "family": _family,
    "year": lambda work: str(work.issued.year) if work.issued is not None and work.issued.year is not None else "",
    "word": lambda work: next(iter(_words(work)), ""),
    "title": lambda work: "".join(_words(work)[:4]),
    "venue": lambda work: _ascii(work.get("container_title_short") or work.get("container_title"))[:20],
    "type": lambda work: _ascii(work.type),
}
"""What a pattern may name: the first author's family name, the year, the title's first word that says something,
its first four such words, the venue, CSL's type."""


def new_key(work: Work, pattern: str, taken: Container[str]) -> str:
    """The key that `pattern` makes of `work`, in lower-case ASCII, with a, b, … behind it while `taken` holds it.

    `taken` holds keys in lower case. Raises PubtrackError for a pattern that names what is not in `PARTS`.
    """
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        raise PubtrackError(f'the key pattern "{pattern}" is wrong: {error}') from error
    for name in names:
        if name not in PARTS:
            hint = did_you_mean(name, PARTS) or f"; there is {', '.join(PARTS)}"
            raise PubtrackError(f'the key pattern has no "{{{name}}}"{hint}')
    key = pattern.format(**{name: PARTS[name](work) for name in names}) or "work"
    suffixes = chain(("",), string.ascii_lowercase, (f"-{number}" for number in count(2)))
    return next(key + suffix for suffix in suffixes if (key + suffix).lower() not in taken)
