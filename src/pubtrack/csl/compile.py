"""Compiles a style: the elements of one `<layout>` or `<sort>` in, nodes that need no XML any more out.

Inherited name options, localized dates and terms are resolved here, once for a style's citation, once for its
bibliography, and for each locale that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from pubtrack.csl.conditions import Condition, condition, key_of
from pubtrack.csl.content import content, term_content
from pubtrack.csl.date_rendering import DATE_PARTS, DateNode, DatePart, date_part
from pubtrack.csl.elements import (
    Choose,
    CitationLabel,
    CitationNumber,
    Constant,
    FirstNote,
    GroupElement,
    IdentifierNode,
    NumberText,
    PageNode,
    Variable,
    YearSuffix,
)
from pubtrack.csl.formatting import Formatting, formatting_of
from pubtrack.csl.locale import Locale
from pubtrack.csl.name_rendering import NameForm, PartLook
from pubtrack.csl.names_element import NameLabel, NameList, NamesElement
from pubtrack.csl.node import Node
from pubtrack.csl.number_rendering import Label, Locator, Number
from pubtrack.csl.output_tree import Parts, Wrap
from pubtrack.csl.page_ranges import PageRange
from pubtrack.csl.style_xml import local
from pubtrack.csl_json import text_from_markup
from pubtrack.model.errors import PubtrackError

MAX_NODES = 50_000
"""Elements that one work can reach, all macros written out; at most 1,835 in the styles in circulation."""
MAX_NESTING = 100
"""Elements within elements, all macros written out; at most 71 in the styles in circulation."""

_IDENTIFIERS = {
    "doi": "https://doi.org/",
    "pmid": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "url": "",
}
_SPECIAL: Mapping[str, Callable[[Formatting | None], Node]] = {
    "citation_number": CitationNumber,
    "year_suffix": YearSuffix,
    "citation_label": CitationLabel,
    "first_reference_note_number": FirstNote,
}
_NUMBERS = frozenset({"chapter_number", "issue", "number_of_pages", "number_of_volumes", "volume"})
_NAME_ATTRIBUTES = (
    "and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first", "et-al-use-last",
    "et-al-subsequent-min", "et-al-subsequent-use-first", "initialize", "initialize-with", "name-as-sort-order",
    "sort-separator",
)  # fmt: skip
_INHERITED = {name: name for name in _NAME_ATTRIBUTES} | {
    "name-form": "form",
    "name-delimiter": "delimiter",
    "names-delimiter": "names-delimiter",
}


@dataclass(frozen=True, slots=True)
class _Naming:
    """What a `<names>` hands on to the shorthand `<names>` in its `<substitute>`."""

    list: NameList
    form: NameForm
    label: NameLabel | None
    delimiter: str
    look: Formatting | None


class Compiler:
    """Compiles the elements of one area (citation, bibliography, or the sort of either) for one locale."""

    def __init__(
        self,
        style: Mapping[str, str],
        area: Mapping[str, str],
        macros: Mapping[str, Element],
        locale: Locale,
        *,
        begins_sentences: bool = False,
    ) -> None:
        self.locale = locale
        self.macros = macros
        self.style = style
        self.options = _inherited(style) | _inherited(area)
        self.ranges = PageRange(style.get("page-range-format", ""), locale.term("page-range-delimiter") or "–")
        self.begins_sentences = begins_sentences
        self.variables: set[str] = set()
        self.prints_number = self.prints_suffix = False
        self._compiled: dict[str, tuple[Node, ...]] = {}
        self._sizes: dict[str, tuple[int, int]] = {}
        self._open: list[str] = []
        self._substituting: list[_Naming] = []

    def children(self, element: Element) -> tuple[Node, ...]:
        """The rendering elements inside of `element`, refused when macros blow them up or go in a circle."""
        if self._size(element, 0) > MAX_NODES:
            raise PubtrackError(f"the style's macros call each other for more than {MAX_NODES:,} elements")
        return self._nodes(element)

    def macro(self, name: str) -> tuple[Node, ...]:
        """The nodes of a macro, compiled once."""
        if name not in self.macros:
            raise PubtrackError(f'the style calls a macro "{name}" that it does not define')
        if name not in self._compiled:
            outside, self._substituting = self._substituting, []
            self._compiled[name] = self._nodes(self.macros[name])
            self._substituting = outside
        return self._compiled[name]

    def checked_macro(self, name: str) -> tuple[Node, ...]:
        """As `macro`, for a sort key: refused when it blows up."""
        if name in self.macros:
            self.children(self.macros[name])
        return self.macro(name)

    def _nodes(self, element: Element) -> tuple[Node, ...]:
        return tuple(node for child in element if (node := self._node(child)) is not None)

    def _size(self, element: Element, level: int) -> int:
        """How many elements one work can reach in this one: all, but only one branch of each choice."""
        if level > MAX_NESTING:
            raise PubtrackError(f"the style's elements and macros nest more than {MAX_NESTING} deep")
        nodes, branch = 1, 0
        for child in element:
            size = self._size(child, level + 1)
            if local(child) in ("if", "else-if", "else"):
                branch = max(branch, size)
            else:
                nodes += size
        if local(element) == "text" and (macro := element.get("macro", "")) in self.macros:
            nodes += self._macro_size(macro, level + 1)
        return min(nodes + branch, MAX_NODES * 10)

    def _macro_size(self, name: str, level: int) -> int:
        if name in self._open:
            chain = " -> ".join([*self._open[self._open.index(name) :], name])
            raise PubtrackError(f"the style's macros call each other in a circle: {chain}")
        known = self._sizes.get(name)
        if known is None or known[1] < level:  # seen, but nowhere as deep as here
            self._open.append(name)
            known = self._sizes[name] = (self._size(self.macros[name], level), level)
            self._open.pop()
        return known[0]

    def _node(self, element: Element) -> Node | None:
        match local(element):
            case "text":
                return self._text(element)
            case "group":
                return GroupElement(
                    self._nodes(element), element.get("delimiter", ""), formatting_of(element.attrib, case=False)
                )
            case "choose":
                return self._choose(element)
            case "names":
                return self._names(element)
            case "date":
                return self._date(element)
            case "number":
                return self._number(element)
            case "label":
                return self._label(element)
        return None

    def _text(self, element: Element) -> Node | None:
        look = formatting_of(element.attrib)
        if (macro := element.get("macro")) is not None:
            return GroupElement(self.macro(macro), "", look)
        if (value := element.get("value")) is not None:
            return self._constant(content(text_from_markup(value)), look)
        if (term := element.get("term")) is not None:
            return self._term(element, term, look)
        if (variable := element.get("variable")) is not None:
            return self._variable(element, key_of(variable), look)
        return None

    def _constant(self, parts: Parts, look: Formatting | None) -> Node | None:
        if not parts:
            return None
        if look is not None and look.text_case == "title" and not self.locale.language.startswith("en"):
            look = replace(look, text_case="")  # "Non-English Items"
        return Constant(parts if look is None else look.dress(parts, None))

    def _term(self, element: Element, term: str, look: Formatting | None) -> Node | None:
        form = element.get("form", "long")
        text = self.locale.term(term, form, plural=element.get("plural") == "true")
        if not text and self._substituting and self.locale.find(term, form) is not None:
            return Constant(("",))  # a substitute that the locale wants empty
        return self._constant(self._begins(text), look)

    def _begins(self, text: str) -> Parts:
        """A term's parts; in notes and bibliographies it may begin a sentence and then wants a capital."""
        parts = term_content(text)
        return (Wrap("term", None, parts),) if self.begins_sentences and parts else parts

    def _variable(self, element: Element, variable: str, look: Formatting | None) -> Node:
        self.variables |= {variable, f"{variable}_short"} if variable != "page_first" else {variable, "page"}
        self.prints_number |= variable == "citation_number"
        self.prints_suffix |= variable == "year_suffix"
        if variable in _SPECIAL:
            return _SPECIAL[variable](look)
        if variable == "locator":
            return Locator(look, self.ranges, self.locale)
        if variable in ("page", "page_first"):
            return PageNode(variable, look, self.ranges)
        if variable in _IDENTIFIERS:
            return IdentifierNode(variable, _IDENTIFIERS[variable], look)
        if variable in _NUMBERS:
            return NumberText((variable,), look, self.ranges)
        if element.get("form") == "short":
            return Variable((f"{variable}_short", variable), look)
        return Variable((variable,), look)

    def _number(self, element: Element) -> Node | None:
        variable = element.get("variable")
        if variable is None:
            return None
        form = element.get("form", "numeric")
        self.variables.add(key_of(variable))
        return Number(key_of(variable), form, self.locale, formatting_of(element.attrib), self.ranges)

    def _label(self, element: Element) -> Node | None:
        variable = element.get("variable")
        if variable is None:
            return None
        form, plural = element.get("form", "long"), element.get("plural", "contextual")
        self.variables.add(key_of(variable))
        return Label(key_of(variable), form, plural, self.locale, formatting_of(element.attrib))

    def _choose(self, element: Element) -> Node:
        branches: list[tuple[Condition | None, tuple[Node, ...]]] = []
        for child in element:
            name = local(child)
            if name in ("if", "else-if"):
                test = condition(child.attrib)
                self.variables.update(word for _, word in test.checks)
                branches.append((test, self._nodes(child)))
            elif name == "else":
                branches.append((None, self._nodes(child)))
        return Choose(branches)

    def _date(self, element: Element) -> Node | None:
        variables = [key_of(word) for word in element.get("variable", "").split()]
        if not variables:
            return None
        self.variables.update(variables)
        form = element.get("form")
        own = [child.attrib for child in element if local(child) == "date-part" and child.get("name") in DATE_PARTS]
        if form is None:
            parts = [date_part(attributes) for attributes in own]
            delimiter = element.get("delimiter", "")
        else:
            parts, delimiter = self._localized(form, element.get("date-parts", "year-month-day"), own)
        return DateNode(variables, parts, delimiter, self.locale, formatting_of(element.attrib))

    def _localized(self, form: str, wanted: str, own: Iterable[Mapping[str, str]]) -> tuple[list[DatePart], str]:
        """The locale's format, cut to `date-parts`, with what the style overrides ("Date")."""
        known = self.locale.dates.get(form)
        if known is None:
            return [date_part(attributes) for attributes in own], ""
        overrides = {attributes.get("name", ""): attributes for attributes in own}
        parts: list[DatePart] = []
        names = wanted.split("-")
        for base in known.parts:
            name = base.get("name", "")
            if name in names:
                extra = {
                    key: value for key, value in overrides.get(name, {}).items() if key not in ("prefix", "suffix")
                }
                parts.append(date_part({**base, **extra}))
        return parts, known.delimiter

    def _names(self, element: Element) -> Node | None:
        variables = [key_of(word) for word in element.get("variable", "").split()]
        self.variables.update(variables)
        inherited = self._substituting[-1] if self._substituting else None
        children = {local(child): child for child in element}
        naming = self._naming(element, children, inherited)
        substitutes: tuple[Node, ...] = ()
        if "substitute" in children:
            self._substituting.append(naming)
            substitutes = self._nodes(children["substitute"])
            self._substituting.pop()
        return NamesElement(
            variables, naming.list, naming.form, naming.label, naming.delimiter, naming.look, substitutes, self.locale
        )

    def _naming(self, element: Element, children: Mapping[str, Element], inherited: _Naming | None) -> _Naming:
        attributes = self.options
        name = children.get("name")
        look = formatting_of(element.attrib, case=False)
        delimiter = element.get("delimiter", attributes.get("names-delimiter", ""))
        et_al = self._et_al(children.get("et-al"))
        if name is None and inherited is not None:
            base, form = inherited.list, inherited.form
            if "et-al" in children:
                base = replace(base, et_al=et_al)
            if element.get("delimiter") is None:
                delimiter = inherited.delimiter
        else:
            merged = attributes | dict(name.attrib if name is not None else {})
            base, form = self._name_list(merged, name, et_al), self._name_form(merged, name)
        label = self._name_label(element, children)
        if label is None and inherited is not None and name is None:
            label = inherited.label
        return _Naming(base, form, label, delimiter, look)

    def _name_label(self, element: Element, children: Mapping[str, Element]) -> NameLabel | None:
        if "label" not in children:
            return None
        label = children["label"]
        order = [local(child) for child in element]
        before = "name" in order and order.index("label") < order.index("name")
        form, plural = label.get("form", "long"), label.get("plural", "contextual")
        return NameLabel(form, plural, formatting_of(label.attrib), before)

    def _et_al(self, element: Element | None) -> Parts:
        attributes = element.attrib if element is not None else {}
        text = self.locale.term(attributes.get("term", "et-al"))
        look = formatting_of(attributes)
        parts: Parts = (text,) if text else ()
        return parts if look is None or not parts else look.dress(parts, None)

    def _name_list(self, options: Mapping[str, str], name: Element | None, et_al: Parts) -> NameList:
        joint = {"text": self.locale.term("and"), "symbol": "&"}
        return NameList(
            and_=joint.get(options.get("and", ""), ""),
            delimiter=options.get("delimiter", ", "),
            precedes_last=options.get("delimiter-precedes-last", "contextual"),
            precedes_et_al=options.get("delimiter-precedes-et-al", "contextual"),
            et_al_min=_count(options.get("et-al-min")),
            use_first=_count(options.get("et-al-use-first"), -1),
            subsequent_min=_count(options.get("et-al-subsequent-min")),
            subsequent_use_first=_count(options.get("et-al-subsequent-use-first"), -1),
            use_last=options.get("et-al-use-last") == "true",
            sort_order=options.get("name-as-sort-order", ""),
            look=formatting_of(name.attrib, case=False) if name is not None else None,
            et_al=et_al,
        )

    def _name_form(self, options: Mapping[str, str], name: Element | None) -> NameForm:
        looks = {
            child.get("name", ""): PartLook(
                formatting_of(child.attrib, affixes=False), child.get("prefix", ""), child.get("suffix", "")
            )
            for child in (name if name is not None else ())
            if local(child) == "name-part"
        }
        return NameForm(
            form=options.get("form", "long"),
            initialize=options.get("initialize") != "false",
            initialize_with=options.get("initialize-with"),
            with_hyphen=self.style.get("initialize-with-hyphen") != "false",
            sort_separator=options.get("sort-separator", ", "),
            demote=self.style.get("demote-non-dropping-particle", "display-and-sort"),
            given=looks.get("given", PartLook()),
            family=looks.get("family", PartLook()),
        )


def _inherited(attributes: Mapping[str, str]) -> dict[str, str]:
    """The inheritable name options of `<style>`, `<citation>` or `<bibliography>`, by their names on `<name>`."""
    return {own: attributes[name] for name, own in _INHERITED.items() if name in attributes}


def _count(value: str | None, default: int = 0) -> int:
    """A whole number from an attribute, `default` for none or nonsense."""
    stripped = (value or "").strip()
    return int(stripped[:6]) if stripped.isascii() and stripped.isdigit() else default
