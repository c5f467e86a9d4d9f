"""Compile a filter such as `type = book and year >= 2020` to a test of one `Work`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pubtrack.lists.type_words import TYPE_WORDS, csl_name, type_names
from pubtrack.model.digits import int_of
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.name import ME, Name
from pubtrack.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, TYPES
from pubtrack.model.work import Work

Test = Callable[[Work], bool]

FIELDS = frozenset(
    "abbr acceptance_rate addendum archiveprefix award bibtex_show citations code crossref entrysubtype eprint "
    "eprintclass eprinttype file html keywords langid note pdf poster preview primaryclass pubstate related "
    "selected slides sortkey supp video website".split()
)
"""Fields that CSL has no variable for and that can be asked for all the same."""
_ALIASES: Mapping[str, str] = {
    "journal": "venue", "journaltitle": "container_title", "booktitle": "container_title", "date": "year",
    "keywords": "keyword", "pages": "page", "id": "key", "container": "container_title", "series": "collection_title",
    "pubstate": "state", "status": "state", "institution": "publisher", "school": "publisher",
}  # fmt: skip
_SPECIAL = frozenset("type csl_type key year month keyword role position state venue name".split())
_KNOWN = sorted({*_SPECIAL, *TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES, *FIELDS, *_ALIASES})

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<op>!=|!~|>=|<=|==|=|>|<|~|\(|\))|(?P<word>[^\s()=<>!~"']+))"""
)
_COMPARISONS = frozenset({"=", "==", "!=", ">=", "<=", ">", "<", "~", "!~"})
_RANGE = re.compile(r"(\d{1,4})(?:\.\.|-|–)(\d{1,4})")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def own_fields(works: Iterable[Work]) -> frozenset[str]:
    """The fields of `works` that have no meaning here: the user's own, which filters, links and remarks take too."""
    return frozenset(field for work in works for field in work.custom)


class LazyFields(Collection[str]):
    """The `own_fields` of works that are read only when somebody asks for a field that is not known anyway."""

    def __init__(self, works: Callable[[], Iterable[Work]]) -> None:
        self._works = works

    @cached_property
    def _fields(self) -> frozenset[str]:
        return own_fields(self._works())

    def __contains__(self, field: object) -> bool:
        return field in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __bool__(self) -> bool:
        return True


def compile_filter(source: str, venues: Mapping[str, str] | None = None, own: Collection[str] = ()) -> Test:
    """The test that the filter `source` describes; an empty one accepts every work.

    `venues` maps a venue's short name to its full name; `venue` knows both. `own` are further fields. Raises
    PubtrackError that points at the word that is wrong.
    """
    tokens = _tokens(source)
    if not tokens:
        return lambda work: True
    return _Parser(source, tokens, venues or {}, own).whole()


def asks_for_articles(source: str) -> bool:
    """Whether a filter compares `type` with `article` and nothing in it says that preprints were thought of.

    Who knows CSL may have meant preprints, who knows BibTeX journal articles, which it accepts. `source` is a filter
    that compiles.
    """
    tokens = [token.text.lower() for token in _tokens(source)]
    if "preprint" in tokens or "csl-type" in tokens or "csl_type" in tokens:
        return False
    comparisons = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return any(
        field == "type" and operator in ("=", "==", "!=") and value.removeprefix("@") == "article"
        for field, operator, value in comparisons
    )


def _tokens(source: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while source[position:].strip():
        match = _TOKEN.match(source, position)
        if match is None:
            place = position + len(source[position:]) - len(source[position:].lstrip())
            raise _wrong(
                source, place, "a quotation mark that is not closed" if source[place] in "\"'" else "a stray sign"
            )
        kind = str(match.lastgroup)
        word = match.group(kind)
        tokens.append(_Token(kind, word[1:-1] if kind == "text" else word, match.start(kind)))
        position = match.end()
    return tokens


_SHOWN = 60
"""How much of a filter is shown on either side of a mistake."""


def _wrong(source: str, column: int, message: str) -> PubtrackError:
    before, behind = source[:column], source[column:]
    if len(before) > _SHOWN:
        before = f"…{before[-_SHOWN:]}"
    if len(behind) > _SHOWN:
        behind = f"{behind[:_SHOWN]}…"
    return PubtrackError(f"filter, column {column + 1}: {message} in: {before}»{behind}")


class _Parser:
    """Recursive descent over the tokens; `and` binds tighter than `or`, `not` tightest."""

    def __init__(self, source: str, tokens: Sequence[_Token], venues: Mapping[str, str], own: Collection[str]) -> None:
        self.source = source
        self.tokens = tokens
        self.venues = venues
        self.own = own
        self.at = 0

    def whole(self) -> Test:
        test = self._either(0)
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            raise _wrong(self.source, token.column, f'"and" or "or" expected before "{token.text}"')
        return test

    def _word(self) -> str:
        """The next token if it is a bare word, in lower case."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token.text.lower() if token is not None and token.kind == "word" else ""

    def _either(self, depth: int) -> Test:
        tests = [self._all(depth)]
        while self._word() == "or":
            self.at += 1
            tests.append(self._all(depth))
        return tests[0] if len(tests) == 1 else lambda work: any(test(work) for test in tests)

    def _all(self, depth: int) -> Test:
        tests = [self._one(depth)]
        while self._word() == "and":
            self.at += 1
            tests.append(self._one(depth))
        return tests[0] if len(tests) == 1 else lambda work: all(test(work) for test in tests)

    def _one(self, depth: int) -> Test:
        if depth > 50:
            raise _wrong(
                self.source, self.tokens[self.at].column if self.at < len(self.tokens) else 0, "nested too deep"
            )
        token = self._next("a field, not or (")
        if token.kind == "word" and token.text.lower() == "not":
            test = self._one(depth + 1)
            return lambda work: not test(work)
        if token.text == "(" and token.kind == "op":
            test = self._either(depth + 1)
            closing = self._next('")"')
            if closing.text != ")":
                raise _wrong(self.source, closing.column, f'")" expected before "{closing.text}"')
            return test
        if token.kind != "word" or token.text.lower() in ("and", "or"):
            raise _wrong(self.source, token.column, f'a field expected, not "{token.text}"')
        if token.text.lower() == "has":
            return _has(self._field(self._next("a field")))
        return self._comparison(token)

    def _comparison(self, token: _Token) -> Test:
        field = self._field(token)
        operator = self.tokens[self.at].text if self.at < len(self.tokens) else ""
        if operator not in _COMPARISONS or self.tokens[self.at].kind != "op":
            return _has(field)
        self.at += 1
        value = self._next("a value")
        if value.kind == "op":
            raise _wrong(self.source, value.column, f'a value expected, not "{value.text}"')
        positive = {"!=": "=", "!~": "~", "==": "="}.get(operator, operator)
        test = self._positive(field, positive, value)
        return (lambda work: not test(work)) if operator in ("!=", "!~") else test

    def _positive(self, field: str, operator: str, value: _Token) -> Test:
        if field in ("year", "month", "position"):
            return self._number(field, operator, value)
        if operator not in ("=", "~"):
            if field in TEXT_VARIABLES or field in FIELDS or field in self.own:
                return _ordered(field, operator, value.text)
            raise _wrong(self.source, value.column, f'"{field}" can be compared with = and ~ only, "{value.text}"')
        if field == "type" and operator == "=":
            return self._type(value)
        if field == "csl_type" and operator == "=":
            self._check_csl_type(value)
        wanted = {fold_value(value.text)}
        if field == "venue":
            wanted |= {fold_value(long) for short, long in self.venues.items() if fold_value(short) in wanted}
            wanted |= {fold_value(short) for short, long in self.venues.items() if fold_value(long) in wanted}
        words = _words(field)
        if operator == "=":
            return lambda work: any(fold_value(word) in wanted for word in words(work))
        return lambda work: any(want in fold_value(word) for word in words(work) for want in wanted)

    def _type(self, value: _Token) -> Test:
        word = value.text.lower().removeprefix("@")
        if word not in TYPE_WORDS:
            hint = did_you_mean(word, TYPE_WORDS)
            raise _wrong(self.source, value.column, f'unknown type "{value.text}"{hint}')
        return TYPE_WORDS[word].accepts

    def _check_csl_type(self, value: _Token) -> None:
        word = value.text.lower()
        if word not in TYPES:
            known = csl_name(word)
            hint = f"; CSL calls it {known}" if known else did_you_mean(word, TYPES)
            raise _wrong(self.source, value.column, f'unknown CSL type "{value.text}"{hint}')

    def _number(self, field: str, operator: str, value: _Token) -> Test:
        numbers = _NUMBERS[field]
        if field == "position" and value.text.lower() == "last" and operator == "=":
            return lambda work: bool(work.author) and len(work.author) in numbers(work)
        span = _RANGE.fullmatch(value.text)
        if span is not None and operator == "=":
            first, last = int_of(span[1]), int_of(span[2])
            return lambda work: any(first <= number <= last for number in numbers(work))
        if not value.text.lstrip("-").isdecimal() or operator == "~":
            raise _wrong(self.source, value.column, f'"{field}" needs a number, "{value.text}" is none')
        compare = _COMPARE[operator]
        wanted = int_of(value.text)
        return lambda work: any(compare(number, wanted) for number in numbers(work))

    def _field(self, token: _Token) -> str:
        name = token.text.lower().replace("-", "_")
        if token.kind == "word" and name not in _KNOWN and token.text.lower() in self.own:
            return token.text.lower()
        if token.kind != "word" or name not in _KNOWN:
            hint = did_you_mean(name, [*_KNOWN, *self.own])
            raise _wrong(self.source, token.column, f'unknown field "{token.text}"{hint}')
        return _ALIASES.get(name, name)

    def _next(self, expected: str) -> _Token:
        if self.at >= len(self.tokens):
            raise _wrong(self.source, len(self.source), f"{expected} expected")
        self.at += 1
        return self.tokens[self.at - 1]


def fold_value(value: str) -> str:
    """`value` without accents, case, and runs of blanks: how the filter compares words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", value) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def _me(work: Work) -> list[Name]:
    return [name for name in work.author if ME in name.roles]


def _years(work: Work) -> list[int]:
    return [work.issued.year] if work.issued is not None and work.issued.year is not None else []


_NUMBERS: Mapping[str, Callable[[Work], list[int]]] = {
    "year": _years,
    "month": lambda work: list(work.issued.parts[1:2]) if work.issued is not None else [],
    "position": lambda work: [n for n, name in enumerate(work.author, 1) if ME in name.roles],
}
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: a == b, ">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b, "<": lambda a, b: a < b,
}  # fmt: skip


def _ordered(field: str, operator: str, value: str) -> Test:
    """A comparison of a field's number (`volume > 3`, `citations >= 100`)."""
    compare = _COMPARE[operator]
    words = _words(field)

    def test(work: Work) -> bool:
        return any(compare(float(word), float(value)) for word in words(work) if _is_number(word))

    if not _is_number(value):
        raise PubtrackError(f'filter: "{value}" is not a number, and "{field}" is compared by {operator}')
    return test


def _is_number(word: str) -> bool:
    return word.strip().replace(".", "", 1).isdecimal()


def _words(field: str) -> Callable[[Work], Iterable[str]]:
    """What of a work the test of `field` looks at."""
    if field in _WORDS:
        return _WORDS[field]
    if field in NAME_VARIABLES:
        return lambda work: [word for name in work.people.get(field, ()) for word in _forms(name)]
    if field in DATE_VARIABLES:
        return lambda work: ["-".join(f"{part:02}" for part in work.dates[field].parts)] if field in work.dates else []

    def value(work: Work) -> list[str]:
        return [word for word in (work.get(field), work.custom.get(field, "")) if word]

    return value


def _forms(name: Name) -> list[str]:
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    return [str(name), f"{family}, {name.given}", family, name.family, name.orcid]


_WORDS: Mapping[str, Callable[[Work], Iterable[str]]] = {
    "type": type_names,
    "csl_type": lambda work: [work.type],
    "key": lambda work: [work.id],
    "keyword": lambda work: work.keywords,
    "role": lambda work: [role for name in _me(work) for role in name.roles],
    "name": lambda work: [word for names in work.people.values() for name in names for word in _forms(name)],
    "state": lambda work: [word for word in (work.get("status"), work.custom.get("pubstate", "")) if word],
    "venue": lambda work: [
        word
        for word in (
            *(work.get(one) for one in ("container_title", "container_title_short", "event_title", "collection_title")),
            work.custom.get("abbr", ""),
        )
        if word
    ],
}


def _has(field: str) -> Test:
    """Whether the field stands in the work; `selected = {false}` counts as no."""
    if field in _NUMBERS:
        numbers = _NUMBERS[field]
        return lambda work: bool(numbers(work))
    words = _words(field)
    return lambda work: any(word.strip().lower() not in ("", "false", "no", "0") for word in words(work))
