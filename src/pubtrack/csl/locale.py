"""Locale files and `<locale>` elements of styles: XML in, one merged `Locale` with all fallbacks out."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from pubtrack.csl.style_xml import local, parse_xml
from pubtrack.model.errors import PubtrackError

# CSL 1.0.2, "Locale Fallback": the dialect that stands for a bare language, where it is not xx-XX.
_PRIMARY = {
    "af": "af-ZA", "bal": "bal-PK", "brh": "brh-PK", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK",
    "el": "el-GR", "en": "en-US", "et": "et-EE", "fa": "fa-IR", "gl": "gl-ES", "he": "he-IL", "hi": "hi-IN",
    "hy": "hy-AM", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "lij": "lij-IT", "ms": "ms-MY", "nb": "nb-NO",
    "no": "nb-NO", "nn": "nn-NO", "pa": "pa-PK", "sl": "sl-SI", "sr": "sr-Latn-RS", "sv": "sv-SE", "tl": "tl-PH",
    "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
_FORM_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Term:
    """A term in one form: singular, plural, and the gender of the noun."""

    single: str
    multiple: str
    gender: str = ""


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A localized date: its delimiter, its own attributes, and the attributes of each date-part in order."""

    delimiter: str
    attributes: Mapping[str, str]
    parts: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Locale:
    """All localization for one language (CSL 1.0.2, section "Locale Files - Structure").

    `terms` is keyed by (name, form), `ordinals` by (suffix such as "01" or "", gender form).
    """

    language: str
    terms: Mapping[tuple[str, str], Term]
    ordinals: Mapping[tuple[str, str], tuple[str, str]]
    dates: Mapping[str, DateFormat]
    options: Mapping[str, str]

    @cached_property
    def quotes(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The outer and the inner quotation marks."""
        marks = [self.term(name) for name in ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")]
        return (marks[0] or "“", marks[1] or "”"), (marks[2] or "‘", marks[3] or "’")

    @cached_property
    def punctuation_in_quote(self) -> bool:
        return self.options.get("punctuation-in-quote") == "true"

    @property
    def limit_day_ordinals(self) -> bool:
        return self.options.get("limit-day-ordinals-to-day-1") == "true"

    def find(self, name: str, form: str = "long") -> Term | None:
        """The term in `form` or in the form it falls back to (section "Terms")."""
        while (term := self.terms.get((name, form))) is None:
            if (form := _FORM_FALLBACK.get(form, "")) == "":
                return None
        return term

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        term = self.find(name, form)
        if term is None:
            return ""
        return term.multiple if plural else term.single

    def gender(self, name: str) -> str:
        """ "feminine", "masculine" or "" (section "Gender-specific Ordinals")."""
        term = self.terms.get((name, "long"))
        return term.gender if term else ""

    def ordinal(self, number: int, gender: str = "") -> str:
        """The suffix that makes `number` an ordinal (section "Ordinal Suffixes")."""
        if ("", "") not in self.ordinals and ("04", "") in self.ordinals:
            # The scheme of CSL 1.0, for locales that define only ordinal-01 to -04.
            teens = number % 100 in (11, 12, 13)
            key = "04" if teens or number % 10 not in (1, 2, 3) else f"{number % 10:02d}"
            return self.ordinals.get((key, ""), ("", ""))[0]
        for gender_form in (gender, "") if gender else ("",):
            whole, two, one = f"{number:02d}", f"{number % 100:02d}", f"{number % 10:02d}"
            for suffix, width in ((whole, "whole-number"), (two, "last-two-digits"), (one, "last-digit")):
                found = self.ordinals.get((suffix, gender_form))
                if found and (found[1] or ("last-digit" if suffix < "10" else "last-two-digits")) == width:
                    return found[0]
            if gender_form and ("", gender_form) in self.ordinals:
                return self.ordinals["", gender_form][0]
        return self.ordinals.get(("", ""), ("", ""))[0]

    def long_ordinal(self, number: int, gender: str = "") -> str:
        """ "first" to "tenth", or "" for what only has the short ordinal."""
        if not 1 <= number <= 10:
            return ""
        name = f"long-ordinal-{number:02d}"
        term = (self.terms.get((name, gender)) if gender else None) or self.terms.get((name, "long"))
        return term.single if term else ""


@dataclass(frozen=True, slots=True)
class Layer:
    """One `<locale>`: a locale file, or an element of a style."""

    language: str
    terms: Mapping[tuple[str, str], Term]
    ordinals: Mapping[tuple[str, str], tuple[str, str]]
    dates: Mapping[str, DateFormat]
    options: Mapping[str, str]


def read_layer(element: Element) -> Layer:
    """A `<locale>` element, of a file or of a style, as it stands."""
    terms: dict[tuple[str, str], Term] = {}
    ordinals: dict[tuple[str, str], tuple[str, str]] = {}
    dates: dict[str, DateFormat] = {}
    options: dict[str, str] = {}
    for child in element:
        name = local(child)
        if name == "terms":
            for term in child:
                if local(term) == "term":
                    _read_term(term, terms, ordinals)
        elif name == "date":
            parts = tuple(dict(part.attrib) for part in child if local(part) == "date-part" and part.get("name"))
            dates[child.get("form", "text")] = DateFormat(child.get("delimiter", ""), dict(child.attrib), parts)
        elif name == "style-options":
            options.update(child.attrib)
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return Layer(language, terms, ordinals, dates, options)


def _read_term(
    element: Element, terms: dict[tuple[str, str], Term], ordinals: dict[tuple[str, str], tuple[str, str]]
) -> None:
    name = element.get("name", "").replace("sub verbo", "sub-verbo")
    form, gender_form = element.get("form", "long"), element.get("gender-form", "")
    single = multiple = _text(element)
    for child in element:
        if local(child) == "single":
            single = _text(child)
        elif local(child) == "multiple":
            multiple = _text(child)
    if name == "ordinal" or re.fullmatch(r"ordinal-\d\d", name):
        ordinals[name[8:], gender_form] = (single, element.get("match", ""))
    elif name.startswith("long-ordinal-") and gender_form:
        terms[name, gender_form] = Term(single, multiple)
    else:
        terms[name, form] = Term(single, multiple, element.get("gender", ""))


def _text(element: Element) -> str:
    """The words of a term; a blank at their edge counts, the layout of the XML does not."""
    text = element.text or ""
    return " ".join(text.split()) if "\n" in text else text


def folder() -> Path:
    """Where the locale files of citeproc-py lie; the package is read as data and never imported."""
    spec = importlib.util.find_spec("citeproc")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise PubtrackError("the CSL locales are missing; install the package citeproc-py")
    return Path(next(iter(places))) / "data" / "locales"


@lru_cache(maxsize=32)
def _file(language: str) -> Layer | None:
    path = folder() / f"locales-{language}.xml"
    if not path.is_file():
        return None
    return read_layer(parse_xml(path.read_bytes(), file=str(path)))


def dialect(language: str) -> str:
    """`language` in the spelling of the locale files, a bare language as its primary dialect.

    What is not a language tag becomes en-US.
    """
    if not _TAG.fullmatch(language):
        return "en-US"
    base, *rest = language.replace("_", "-").split("-")
    base = base.lower()
    if rest:
        return "-".join([base, *(part.upper() if len(part) == 2 else part.title() for part in rest)])
    primary = _PRIMARY.get(base, f"{base}-{base.upper()}")
    return base if _file(primary) is None else primary


def _layers(language: str, style_layers: Iterable[Layer]) -> Iterator[Layer]:
    """The sources of section "Locale Fallback", the least important first."""
    base, *rest = language.split("-")
    names = ["en-US", _PRIMARY.get(base, f"{base}-{base.upper()}"), language]
    if base == "zh" and {"Hant", "TW", "HK", "MO"} & set(rest):  # written in traditional characters
        names.insert(2, "zh-TW")
    for name in dict.fromkeys(names):
        if (layer := _file(name)) is not None:
            yield layer
    own = list(style_layers)
    for wanted in ("", base, language):
        yield from (layer for layer in own if layer.language.replace("_", "-").lower() == wanted.lower())


def load_locale(language: str, style_layers: Iterable[Layer] = ()) -> Locale:
    """All localization for `language`, the style's own overriding the files'."""
    language = dialect(language or "en-US")
    terms: dict[tuple[str, str], Term] = {}
    ordinals: dict[tuple[str, str], tuple[str, str]] = {}
    dates: dict[str, DateFormat] = {}
    options: dict[str, str] = {}
    for layer in _layers(language, style_layers):
        terms.update(layer.terms)
        if layer.ordinals:  # any of them replaces all of them ("Ordinal Suffixes")
            ordinals = dict(layer.ordinals)
        dates.update(layer.dates)
        options.update(layer.options)
    return Locale(language, terms, ordinals, dates, options)
