"""Number variables and their labels: is a value numeric, how it is formed, is its label plural."""

from __future__ import annotations

import re
from functools import lru_cache

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.content import content, plain_content, term_content
from pubtrack.csl.elements import OfCite, OfVariable
from pubtrack.csl.formatting import Formatting
from pubtrack.csl.group_frame import GroupFrame
from pubtrack.csl.locale import Locale
from pubtrack.csl.node import Node, Out, WorkShape
from pubtrack.csl.output_tree import Parts
from pubtrack.csl.page_ranges import PageRange
from pubtrack.csl.variables import is_numeric, value_of

_SPLIT = re.compile(r"(?:(?<!\s)\s++)?([,&]|\\?-|–)\s*+")
_PARTS = re.compile(r"[,;&–—]|(?<!\\)-")
_COUNTED = re.compile(r".*\d.*|\s*[ivxlcdm]+\s*", re.DOTALL | re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")  # patents: US 8,123,456
_OWN_LABEL = re.compile(r"\s*[^\W\d_]+\.\s*\d")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def roman(number: int) -> str:
    """`number` in lower-case roman numerals; what they cannot write stays in digits."""
    if not 0 < number < 4000:
        return str(number)
    out = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


class Number(OfVariable):
    """`<number>` (CSL 1.0.2, "Number")."""

    __slots__ = ("form", "gender", "locale", "ranges")

    def __init__(self, variable: str, form: str, locale: Locale, look: Formatting | None, ranges: PageRange) -> None:
        super().__init__(variable, look)
        self.form = form
        self.locale = locale
        self.ranges = ranges
        self.gender = locale.gender(variable.replace("_", "-"))

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        if self.variable in frame.suppressed:
            return
        text = value_of(context, self.variable)
        if not text:
            return
        frame.use(self.variable)
        parts = self.formed(context, text)
        out.append(parts if self.look is None else self.look.dress(parts, context))

    def formed(self, context: CiteContext, text: str) -> Parts:
        if not is_numeric(text):
            value = context.values.get(self.variable)
            return content(value) if value else plain_content(text)
        if self.variable in ("page", "page_first"):
            return (self.ranges.shape(text),)
        pieces = _SPLIT.split(text.strip())
        out = [self.one(pieces[0])]
        for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            out += [_SPACED.get(mark, mark), self.one(piece)]
        return term_content("".join(out))

    def one(self, piece: str) -> str:
        if self.form not in _FORMS or not piece.isascii() or not piece.isdigit():
            return piece
        number = int(piece[:9])
        if self.form == "roman":
            return roman(number)
        long = self.locale.long_ordinal(number, self.gender) if self.form == "long-ordinal" else ""
        return long or f"{number}{self.locale.ordinal(number, self.gender)}"


_FORMS = frozenset({"ordinal", "long-ordinal", "roman"})
_SPACED = {",": ", ", "&": " & ", "-": "–", "\\-": "-"}


class Locator(OfCite):
    """`<text variable="locator">`: always with en-dashes (CSL 1.0.2, "Range Delimiters")."""

    __slots__ = ("ampersand", "ranges")

    def __init__(self, look: Formatting | None, ranges: PageRange, locale: Locale) -> None:
        super().__init__(look)
        self.ranges = ranges
        symbol = locale.terms.get(("and", "symbol"))
        self.ampersand = symbol.single if symbol else "&"

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        text = context.cite.locator.strip()
        if not text:
            return
        frame.use("locator")
        parts = plain_content(self.ranges.shape(text.replace("&", self.ampersand)))
        out.append(parts if self.look is None else self.look.dress(parts, context))


class Label(OfVariable):
    """`<label>` outside of names (CSL 1.0.2, "Label")."""

    __slots__ = ("form", "locale", "plural")

    def __init__(self, variable: str, form: str, plural: str, locale: Locale, look: Formatting | None) -> None:
        super().__init__(variable, look)
        self.form = form
        self.plural = plural
        self.locale = locale

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        return (self,) if shape.may_have(self.variable) else ()

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        text = value_of(context, self.variable)
        if not text or self.variable in frame.suppressed:
            return
        if self.variable == "locator" and _OWN_LABEL.match(text):
            return  # "vol. 1, fol. 186" brings its own
        name = context.cite.label if self.variable == "locator" else self.variable.replace("_", "-")
        name = name.replace("sub verbo", "sub-verbo")
        if name == "page-first":
            name = "page"
        plural = self.plural == "always" or (
            self.plural == "contextual" and is_plural(self.variable, text, self.locale.term("and"))
        )
        term = self.locale.term(name, self.form, plural=plural)
        if term:
            parts = term_content(term)
            out.append(parts if self.look is None else self.look.dress(parts, context))


def is_plural(variable: str, text: str, and_: str = "and") -> bool:
    """Whether the label of this value is plural: several numbers, or a count above one ("Label")."""
    if variable in ("number_of_pages", "number_of_volumes"):
        return not text.isdecimal() or int(text[:9]) > 1
    if variable == "number":
        text = _THOUSANDS.sub("", text)
    if and_:
        text = text.replace(f" {and_} ", "&")
    return sum(_COUNTED.fullmatch(part) is not None for part in _PARTS.split(text)) > 1
