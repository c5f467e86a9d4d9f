"""Dates: a date variable in, its parts in the localized or the style's own format out (CSL 1.0.2, "Date")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.content import plain_content, term_content
from pubtrack.csl.formatting import Formatting, formatting_of
from pubtrack.csl.group_frame import GroupFrame
from pubtrack.csl.locale import Locale
from pubtrack.csl.node import CALLED, Node, Out, WorkShape
from pubtrack.csl.output_tree import Part, Parts, Wrap, join_delimited
from pubtrack.model.work import Date

DATE_PARTS = ("year", "month", "day")
"""From the largest to the smallest."""


@dataclass(frozen=True, slots=True)
class DatePart:
    """One `<date-part>`, compiled. `look` is without affixes, since ranges drop those at their seam."""

    name: str
    form: str
    prefix: str
    suffix: str
    range_delimiter: str
    look: Formatting | None


def date_part(attributes: Mapping[str, str]) -> DatePart:
    name = attributes.get("name", "")
    return DatePart(
        name=name,
        form=attributes.get("form", "numeric" if name == "day" else "long"),
        prefix=attributes.get("prefix", ""),
        suffix=attributes.get("suffix", ""),
        range_delimiter=attributes.get("range-delimiter", "–"),
        look=formatting_of(attributes, affixes=False),
    )


class DateNode:
    """`<date>`, its localized format already merged with its own date-parts."""

    __slots__ = ("delimiter", "locale", "look", "parts", "variables")

    def __init__(
        self,
        variables: Sequence[str],
        parts: Sequence[DatePart],
        delimiter: str,
        locale: Locale,
        look: Formatting | None,
    ) -> None:
        self.variables = tuple(variables)
        self.parts = tuple(parts)
        self.delimiter = delimiter
        self.locale = locale
        self.look = look

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,) if any(map(shape.may_have, self.variables)) else (CALLED,)

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        for variable in self.variables:
            date = context.dates.get(variable)
            if date is None or variable in frame.suppressed:
                continue
            if context.sorting:
                parts: Parts = (sort_value(date, {part.name for part in self.parts}),)
            else:
                parts = self.rendered(date, context, frame)
            if parts:
                frame.use(variable)
                out.append(parts if self.look is None else self.look.dress(parts, context))
                return

    def rendered(self, date: Date, context: CiteContext, frame: GroupFrame) -> Parts:
        if not date.parts and not date.season:
            return self.literal(date.literal, context)
        if date.end:
            return self.range(date, context, frame)
        is_open = date.end == ()
        pieces = [
            (part, piece)
            for part in self.parts
            if (piece := self.part(part, date.parts, date.season, context, frame, no_suffix=is_open))
        ]
        if is_open and pieces:  # the dash stands inside of the last part's suffix: "(1987–)"
            ends = ["" for _ in pieces[1:]] + ["–"]
            pieces = [(part, [*piece, end, part.suffix]) for (part, piece), end in zip(pieces, ends, strict=True)]
        return join_delimited([piece for _, piece in pieces], self.delimiter) if pieces else ()

    def literal(self, text: str, context: CiteContext) -> Parts:
        """A date in words stands in the place of the year, as citeproc-js has it, and in no other part's."""
        year = next((part for part in self.parts if part.name == "year"), None)
        if year is None or not text:
            return ()
        parts = plain_content(text) if year.look is None else year.look.dress(plain_content(text), context)
        return [year.prefix, *parts, year.suffix] if year.prefix or year.suffix else parts

    def range(self, date: Date, context: CiteContext, frame: GroupFrame) -> Parts:
        """Both ends, what they share printed once (CSL 1.0.2, "Date Ranges")."""
        end = date.end or ()
        level = _first_difference(date.parts, end, {part.name for part in self.parts})
        if level is None:
            return self.rendered(Date(date.parts, season=date.season), context, frame)
        differing = DATE_PARTS[DATE_PARTS.index(level) :]
        places = [index for index, part in enumerate(self.parts) if part.name in differing]
        start, stop = places[0], places[-1] + 1
        first = self.stretch(self.parts[start:stop], date.parts, date.season, context, frame, drop="suffix")
        second = self.stretch(self.parts[start:stop], end, date.season, context, frame, drop="prefix")
        delimiter = next(part.range_delimiter for part in self.parts if part.name == level)
        head = self.stretch(self.parts[:start], date.parts, 0, context, frame)
        tail = self.stretch(self.parts[stop:], end, 0, context, frame)
        middle = [*first, delimiter, *second] if first and second else [*first, *second]
        return join_delimited([piece for piece in (head, middle, tail) if piece], self.delimiter)

    def stretch(
        self,
        parts: Sequence[DatePart],
        value: tuple[int, ...],
        season: int,
        context: CiteContext,
        frame: GroupFrame,
        *,
        drop: str = "",
    ) -> list[Part]:
        shown = [part for part in parts if _has(part.name, value, season)]
        pieces: list[Parts] = []
        for index, part in enumerate(shown):
            without = drop == "suffix" and index == len(shown) - 1, drop == "prefix" and index == 0
            pieces.append(self.part(part, value, season, context, frame, no_suffix=without[0], no_prefix=without[1]))
        return join_delimited([piece for piece in pieces if piece], self.delimiter)

    def part(
        self,
        part: DatePart,
        value: tuple[int, ...],
        season: int,
        context: CiteContext,
        frame: GroupFrame,
        *,
        no_prefix: bool = False,
        no_suffix: bool = False,
    ) -> Parts:
        if part.name == "year":
            parts = self.year(part, value, context, frame)
        elif part.name == "month":
            parts = self.month(part, value, season)
        else:
            parts = self.day(part, value)
        if not parts:
            return ()
        if part.look is not None:
            parts = part.look.dress(parts, context)
        prefix, suffix = "" if no_prefix else part.prefix, "" if no_suffix else part.suffix
        return [prefix, *parts, suffix] if prefix or suffix else parts

    def year(self, part: DatePart, value: tuple[int, ...], context: CiteContext, frame: GroupFrame) -> Parts:
        if not value:
            return ()
        year = value[0]
        if year < 0:
            text = f"{-year}{self.locale.term('bc')}"
        elif year < 1000:
            text = f"{year}{self.locale.term('ad')}" if year else ""
        else:
            text = f"{year % 100:02d}" if part.form == "short" else str(year)
        if not text:
            return ()
        parts: list[Part] = [Wrap("year", year, (text,))]
        if context.year_suffix and context.implicit_suffix and not frame.progress.year_suffix_done:
            frame.progress.year_suffix_done = True
            parts.append(Wrap("year-suffix", context.year_suffix, (context.year_suffix,)))
        return parts

    def month(self, part: DatePart, value: tuple[int, ...], season: int) -> Parts:
        if season and len(value) < 2:
            return _term(self.locale, f"season-{season:02d}", "long")
        if len(value) < 2:
            return ()
        month = value[1]
        if 20 < month < 25:  # EDTF's numbers of the seasons, for those within a range
            return _term(self.locale, f"season-{month - 20:02d}", "long")
        if not 1 <= month <= 12:
            return ()
        if part.form == "numeric":
            return (str(month),)
        if part.form == "numeric-leading-zeros":
            return (f"{month:02d}",)
        return _term(self.locale, f"month-{month:02d}", part.form)

    def day(self, part: DatePart, value: tuple[int, ...]) -> Parts:
        if len(value) < 3 or not value[2]:
            return ()
        day = value[2]
        if part.form == "numeric-leading-zeros":
            return (f"{day:02d}",)
        if part.form == "ordinal" and (day == 1 or not self.locale.limit_day_ordinals):
            return term_content(f"{day}{self.locale.ordinal(day, self.locale.gender(f'month-{value[1]:02d}'))}")
        return (str(day),)


def _term(locale: Locale, name: str, form: str) -> Parts:
    return term_content(locale.term(name, form))


def _has(name: str, value: tuple[int, ...], season: int) -> bool:
    return len(value) > DATE_PARTS.index(name) or (name == "month" and season > 0) if name in DATE_PARTS else False


def _first_difference(start: tuple[int, ...], end: tuple[int, ...], shown: set[str]) -> str | None:
    """The largest date part that differs between both ends and is printed."""
    for index, level in enumerate(DATE_PARTS):
        if start[index : index + 1] != end[index : index + 1]:
            below = [name for name in DATE_PARTS[index:] if name in shown]
            return below[0] if below and level in shown else None
    return None


def sort_value(date: Date, shown: set[str] | None = None) -> str:
    """A string that sorts as the date does; `shown` limits it to those parts (CSL 1.0.2, "Sorting Variables")."""
    if not date.parts:
        return ""

    def key(value: tuple[int, ...]) -> str:
        padded = (*value, 0, 0)[:3]
        year, month, day = (
            number if shown is None or name in shown else 0 for number, name in zip(padded, DATE_PARTS, strict=True)
        )
        return f"{year + 100_000:06d}{month:02d}{day:02d}"

    return key(date.parts) + ("-" + key(date.end) if date.end else "")
