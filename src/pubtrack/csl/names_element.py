"""`<names>`: the people of one or more variables in, their list with et-al, labels and substitutes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.content import term_content
from pubtrack.csl.elements import Choose
from pubtrack.csl.formatting import Formatting
from pubtrack.csl.group_frame import GroupFrame
from pubtrack.csl.locale import Locale
from pubtrack.csl.name_rendering import NameForm, NameSet, is_east_asian, is_inverted, sort_person
from pubtrack.csl.node import CALLED, Node, Out, WorkShape, printing_nodes
from pubtrack.csl.output_tree import Part, Parts, Wrap, flatten_characters, join_delimited
from pubtrack.model.name import Name

_ELLIPSIS = "…"
_EDITOR_TRANSLATOR = ("editortranslator", "editor-translator")


@dataclass(frozen=True, slots=True)
class NameList:
    """The attributes of `<name>` that concern the list, and those inherited."""

    and_: str = ""
    delimiter: str = ", "
    precedes_last: str = "contextual"
    precedes_et_al: str = "contextual"
    et_al_min: int = 0
    use_first: int = -1
    subsequent_min: int = 0
    subsequent_use_first: int = -1
    use_last: bool = False
    sort_order: str = ""
    look: Formatting | None = None
    et_al: Parts = ()


@dataclass(frozen=True, slots=True)
class NameLabel:
    form: str
    plural: str
    look: Formatting | None
    before: bool


@dataclass(frozen=True, slots=True)
class PrintedNames:
    """Which names of a list are printed: the first ones, those kept, and how the list ends.

    `kept` are indices behind a gap, `end` is "" (nothing left out at the end), "et-al" or "last".
    """

    first: int
    kept: tuple[int, ...] = ()
    end: str = ""


class NamesElement:
    """A compiled `<names>`."""

    __slots__ = ("delimiter", "form", "label", "list", "locale", "look", "substitutes", "variables")

    def __init__(
        self,
        variables: Sequence[str],
        name_list: NameList,
        form: NameForm,
        label: NameLabel | None,
        delimiter: str,
        look: Formatting | None,
        substitutes: Sequence[Node],
        locale: Locale,
    ) -> None:
        self.variables = tuple(variables)
        self.list = name_list
        self.form = form
        self.label = label
        self.delimiter = delimiter
        self.look = look
        self.substitutes = tuple(substitutes)
        self.locale = locale

    def shaped(self, shape: WorkShape) -> tuple[Node, ...]:
        substitutes = printing_nodes(shape.all(self.substitutes))
        variables = tuple(filter(shape.may_have, self.variables))
        if not variables and not substitutes:
            return (CALLED,)
        rest = (self.list, self.form, self.label, self.delimiter, self.look)
        return (NamesElement(variables, *rest, substitutes, self.locale),)

    def render(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        frame.called = True
        if context.hide_names and frame.progress.first_names is None:
            frame.progress.first_names = Wrap("names", None, ())
            return
        lists = self.lists(context, frame)
        if not lists:
            self.substitute(context, frame, out)
            return
        for variable, _ in lists:
            for single in variable.split(" "):
                frame.use(single)
        if self.form.form == "count":
            total = sum(self.select(context, frame, variable, people).first for variable, people in lists)
            out.append((str(total),))
            return
        pieces = [piece for variable, people in lists if (piece := self.one(context, frame, variable, people))]
        if not pieces:
            return
        wrap = Wrap("names", None, join_delimited(pieces, self.delimiter))
        if frame.progress.first_names is None:
            frame.progress.first_names = wrap
        parts: Parts = (wrap,)
        out.append(parts if self.look is None else self.look.dress(parts, context))

    def lists(self, context: CiteContext, frame: GroupFrame) -> list[tuple[str, tuple[Name, ...]]]:
        """The variables that hold people; editor and translator as one when they are the same ("Names")."""
        found = [
            (variable, people)
            for variable in self.variables
            if (people := context.people.get(variable)) and variable not in frame.suppressed
        ]
        if len(found) == 2 and {found[0][0], found[1][0]} == {"editor", "translator"}:
            strip = [[replace(name, roles=frozenset(), orcid="") for name in people] for _, people in found]
            if strip[0] == strip[1] and self.merges():
                return [("editor translator", found[0][1])]
        return found

    def merges(self) -> bool:
        """Whether the style has a word for an editor who translates, if it labels names at all."""
        if self.label is None:
            return True
        terms = [self.locale.find(name, self.label.form) for name in _EDITOR_TRANSLATOR]
        return bool(next((term.single for term in terms if term is not None), ""))

    def substitute(self, context: CiteContext, frame: GroupFrame, out: Out) -> None:
        """The first substitute that prints something; what it used is printed nowhere else ("Substitute")."""
        for node in _candidates(self.substitutes, context, frame):
            outer, frame.recorded = frame.recorded, []
            before = frame.called, frame.filled, frame.suppressed
            pieces: Out = []
            node.render(context, frame, pieces)
            used, frame.recorded = frame.recorded, outer
            frame.called, frame.filled = before[:2]
            if not pieces:
                frame.suppressed = before[2]
                continue
            frame.filled = True
            if outer is not None:
                outer += used
            parts = join_delimited(pieces, "")
            if frame.progress.first_names is None:
                wrap = Wrap("names", None, parts)
                frame.progress.first_names = wrap
                parts = [wrap]
            out.append(parts if self.look is None else self.look.dress(parts, context))
            return

    def one(self, context: CiteContext, frame: GroupFrame, variable: str, people: tuple[Name, ...]) -> list[Part]:
        """The list of one variable with its label."""
        if context.sorting:
            return [self.sort_list(context, frame, variable, people)]
        names = self.name_list(context, frame, variable, people)
        if not names:  # et-al-use-first="0"
            return []
        parts: list[Part] = [Wrap("namelist", people, names)]
        label = self.labelled(context, variable, people)
        if label and self.label is not None:
            parts = [*label, *parts] if self.label.before else [*parts, *label]
        return parts

    def labelled(self, context: CiteContext, variable: str, people: tuple[Name, ...]) -> Parts:
        label = self.label
        if label is None:
            return ()
        several = len(people) > 1 or variable in context.work.others
        plural = label.plural == "always" or (label.plural == "contextual" and several)
        names = _EDITOR_TRANSLATOR if " " in variable else (variable.replace("_", "-"),)
        for name in names:
            if term := self.locale.term(name, label.form, plural=plural):
                parts = term_content(term)
                return parts if label.look is None else label.look.dress(parts, context)
        return ()

    def select(self, context: CiteContext, frame: GroupFrame, variable: str, people: Sequence[Name]) -> PrintedNames:
        """Which names et-al leaves (CSL 1.0.2, "Name")."""
        count = len(people)
        least, first, use_last = self.limits(context)
        first = count if not least or count < least or first < 0 else max(first, self.wanted_names(context, frame))
        if first >= count:
            return PrintedNames(count, end="et-al" if variable in context.work.others else "")
        kept: tuple[int, ...] = ()
        if context.keep is not None:
            kept = tuple(index for index in range(first, count) if context.keep(people[index]))
        if use_last and count - first > 1:
            return PrintedNames(first, tuple(index for index in kept if index < count - 1), "last")
        if kept and kept == tuple(range(first, count)):
            return PrintedNames(count)
        return PrintedNames(first, kept, "" if kept and kept[-1] == count - 1 else "et-al")

    def wanted_names(self, context: CiteContext, frame: GroupFrame) -> int:
        """How many names disambiguation wants to see of the list that is being rendered."""
        if context.shown is None:
            return 0
        place = len(frame.progress.name_sets)
        return context.shown.names[place] if place < len(context.shown.names) else 0

    def limits(self, context: CiteContext) -> tuple[int, int, bool]:
        """et-al-min, et-al-use-first and et-al-use-last, as they hold now."""
        options = self.list
        if context.sort_names is not None:
            return context.sort_names
        if context.max_names is not None:
            return (context.max_names + 1, context.max_names, options.use_last) if context.max_names else (0, 0, False)
        if "subsequent" in context.cite.position:
            least = options.subsequent_min or options.et_al_min
            first = options.subsequent_use_first
            return least, options.use_first if first < 0 else first, options.use_last
        return options.et_al_min, options.use_first, options.use_last

    def sort_list(self, context: CiteContext, frame: GroupFrame, variable: str, people: tuple[Name, ...]) -> str:
        chosen = self.select(context, frame, variable, people)
        shown = [*people[: chosen.first], *(people[-1:] if chosen.end == "last" else ())]
        return "\u0002".join(sort_person(name, self.form, english=context.english) for name in shown)

    def name_list(self, context: CiteContext, frame: GroupFrame, variable: str, people: tuple[Name, ...]) -> list[Part]:
        chosen = self.select(context, frame, variable, people)
        forms: tuple[int, ...] = ()
        if context.shown is not None:
            place = len(frame.progress.name_sets)
            forms = context.shown.forms[place] if place < len(context.shown.forms) else ()
            frame.progress.name_sets.append(NameSet(people, chosen.first, self.base_form(), self.form))
        first = [
            self.single(context, index, people[index], forms[index] if index < len(forms) else 0)
            for index in range(chosen.first)
        ]
        inverted = [self.inverts(index, people[index]) for index in range(chosen.first)]
        if not chosen.end and not chosen.kept:
            return self.complete(first, inverted)
        delimiter = self.list.delimiter
        parts = join_delimited(first, delimiter)
        printed, shown = chosen.first, len(first)
        for index in chosen.kept:
            parts.append(delimiter)
            if index > printed:
                parts.append(f"{_ELLIPSIS}{delimiter}")
            parts += self.single(context, index, people[index])
            printed, shown = index + 1, shown + 1
        if chosen.end == "last":
            last = len(people) - 1
            gap = f"{_ELLIPSIS} " if last > printed else ""
            return [*parts, delimiter, gap, *self.single(context, last, people[last])]
        if chosen.end == "et-al" and self.list.et_al and parts:
            before = self.inverts(0, people[0]) if shown == 1 else self.list.sort_order == "all"
            blank = "" if is_east_asian(flatten_characters(self.list.et_al)[:1]) else " "
            parts.append(delimiter if _precedes(self.list.precedes_et_al, shown >= 2, before) else blank)
            parts += self.list.et_al
        return parts

    def complete(self, names: list[Parts], inverted: list[bool]) -> list[Part]:
        """All names, the last one joined by the "and" of the style."""
        options = self.list
        if len(names) < 2 or not options.and_:
            return join_delimited(names, options.delimiter)
        parts = join_delimited(names[:-1], options.delimiter)
        if options.and_[-1].isspace() or is_east_asian(options.and_):  # Hebrew writes it as a prefix
            parts.append(options.and_)
        elif _precedes(options.precedes_last, len(names) > 2, inverted[-2]):
            parts.append(f"{options.delimiter}{options.and_} ")
        else:
            parts.append(f" {options.and_} ")
        return [*parts, *names[-1]]

    def inverts(self, index: int, name: Name) -> bool:
        order = self.list.sort_order
        return is_inverted(name, order == "all" or (order == "first" and index == 0))

    def base_form(self) -> int:
        """How much of a given name the style shows: 0 none, 1 initials, 2 all."""
        if self.form.form == "short":
            return 0
        return 1 if self.form.initialize_with is not None and self.form.initialize else 2

    def single(self, context: CiteContext, index: int, name: Name, expand: int = 0) -> Parts:
        parts = self.form.shown(name, context, inverted=self.inverts(index, name), expand=expand)
        wrapped: Parts = (Wrap("name", name, parts),)
        return wrapped if self.list.look is None else self.list.look.dress(wrapped, context)


def _candidates(nodes: Sequence[Node], context: CiteContext, frame: GroupFrame) -> Iterator[Node]:
    """The substitutes one by one; of a choice, each child of the branch that holds is one."""
    for node in nodes:
        if isinstance(node, Choose):
            yield from _candidates(node.chosen(context, frame), context, frame)
        else:
            yield node


def _precedes(rule: str, contextual: bool, after_inverted: bool) -> bool:
    """Whether the name delimiter stands before the last name or et-al."""
    if rule == "always":
        return True
    if rule == "never":
        return False
    return after_inverted if rule == "after-inverted-name" else contextual
