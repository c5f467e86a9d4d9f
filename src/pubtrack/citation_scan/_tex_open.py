"""The arguments and definitions that are open at a place of a LaTeX text, and what their ends mean.

Citations may stand within the notes of other citations, and citing commands within the definition of a new one, as
deep as one likes: a stack keeps the one pass over the text linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pubtrack.citation_scan._tex_commands import ARGUMENTS, Command, pieces
from pubtrack.citation_scan._tex_lexis import BLANKS, GROUP
from pubtrack.citation_scan._tex_names import DefinedNames
from pubtrack.model.digits import int_of

_PARAMETER = re.compile(r"#(\d)")
_CLOSERS = {"[": "]", "(": ")", "<": ">", "{": "}"}


@dataclass(slots=True)
class Arguments:
    """A command that cites and waits for more arguments. `level` counts the braces that are open around it.

    `place` is that of the next mandatory argument, `closer` ends the argument that is open, `repeated` says that one
    set of arguments is complete.
    """

    level: int
    cites: Command
    start: int
    place: int = 0
    closer: str = ""
    repeated: bool = False


@dataclass(slots=True)
class Definition:
    """A command or environment that is being defined, its body open.

    `slots` are the places, among the mandatory arguments, of its parameters `#1`, `#2`, …; None for an optional one.
    `keys` are the places found to hold keys; `alias` is a command whose arguments are left to the new one.
    """

    level: int
    name: str
    slots: tuple[int | None, ...]
    start: int
    environment: bool = False
    keys: set[int] = field(default_factory=set)
    alias: Command | None = None
    verbatim: bool = False

    def mandatory(self) -> int:
        """How many mandatory parameters there are."""
        return sum(slot is not None for slot in self.slots)


class Open:
    """The stack. `found(offset, key)` is called for every key, `unknown` for one that commands spell.

    A citation within the note of another comes after it, as LaTeX writes them to the `.aux`.
    """

    def __init__(
        self, text: str, names: DefinedNames, found: Callable[[int, str], None], unknown: Callable[[int, str], None]
    ) -> None:
        self.text = text
        self.names = names
        self.found = found
        self.unknown = unknown
        self.frames: list[Arguments | Definition] = []
        self.depth = 0
        self.definitions: list[Definition] = []
        self._citations = 0
        self._waiting: list[tuple[int, int, str]] = []

    def define(self, name: str, slots: tuple[int | None, ...], position: int, *, environment: bool = False) -> int:
        """Opens a definition whose body's brace stands at `position`."""
        definition = Definition(self.depth, name, slots, position + 1, environment)
        self.frames.append(definition)
        self.definitions.append(definition)
        self.depth += 1
        return position + 1

    def cite(self, cites: Command, position: int) -> int:
        """Reads the arguments of a command that cites, as far as they are plain; returns where to go on."""
        if 0 in cites.keys:
            match = ARGUMENTS.match(self.text, position)
            if match is not None:
                self._keys(match.start(1), match[1], position)
                if max(cites.keys) == 0 and not cites.many:
                    return match.end()
                return self._open(Arguments(self.depth, cites, position, place=1), match.end())
        return self._open(Arguments(self.depth, cites, position), position)

    def _open(self, frame: Arguments, position: int) -> int:
        self.frames.append(frame)
        self._citations += 1
        return self._advance(frame, position)

    def finish(self) -> None:
        """The text is over, whatever is open."""
        self._citations = 0
        self._tell()

    def bracket(self, token: str, position: int) -> int:
        """Takes note of a brace, bracket or blank line that ends at `position`."""
        top = self.frames[-1]
        if token == "{":
            self.depth += 1
        elif token == "}":
            return self._closed(position)
        elif token[0] == "\n":
            while self.frames and isinstance(self.frames[-1], Arguments):
                self._pop()
        elif isinstance(top, Arguments) and token == top.closer and self.depth == top.level:
            return self._advance(top, position)
        return position

    def _closed(self, position: int) -> int:
        self.depth -= 1
        while self.frames and self.frames[-1].level > self.depth:
            self._pop()
        if not self.frames or self.frames[-1].level != self.depth:
            return position
        top = self.frames[-1]
        if isinstance(top, Definition):
            return self._end(top, position)
        if top.closer == "}":
            top.place += 1
            return self._advance(top, position)
        return position

    def _advance(self, frame: Arguments, position: int) -> int:
        """Goes on behind an argument; the frame is the last one. Returns where the next token may be."""
        while True:
            if frame.place > max(frame.cites.keys):
                if not frame.cites.many:
                    self._pop()
                    return position
                frame.place, frame.repeated = 0, True
            position = BLANKS.match(self.text, position).end()  # type: ignore[union-attr]  # it matches nothing, too
            sign = self.text[position : position + 1]
            if sign == "*" and position == BLANKS.match(self.text, frame.start).end():  # type: ignore[union-attr]
                position += 1
            elif sign == "{" and frame.place in frame.cites.keys:
                group = GROUP.match(self.text, position)
                if group is None:
                    self._pop()
                    return position
                self._keys(group.start(1), group[1], frame.start)
                frame.place += 1
                position = group.end()
            elif sign and (sign in "[{" or (sign == "(" and frame.cites.many) or (sign == "<" and frame.place == 0)):
                frame.closer = _CLOSERS[sign]
                self.depth += sign == "{"
                return position + 1
            else:
                self._left_open(frame, sign)
                self._pop()
                return position

    def _left_open(self, frame: Arguments, sign: str) -> None:
        r"""A definition that ends with a bare command that cites leaves its arguments to the new command."""
        if sign == "}" and self.definitions and not frame.repeated:
            definition = self.definitions[-1]
            places = {definition.mandatory() + key - frame.place for key in frame.cites.keys if key >= frame.place}
            definition.alias = Command(frozenset(places), many=frame.cites.many)

    def _pop(self) -> None:
        frame = self.frames.pop()
        if isinstance(frame, Definition):
            self.definitions.pop()
        else:
            self._citations -= 1
            self._tell()
        if not self.frames:
            self.depth = 0

    def _end(self, definition: Definition, position: int) -> int:
        """A body's brace has closed: an environment has a second one, else the definition is complete."""
        if definition.environment:
            following = BLANKS.match(self.text, position).end()  # type: ignore[union-attr]
            if self.text[following : following + 1] == "{":
                definition.environment = False
                definition.name = f"begin {definition.name}"
                self.depth += 1
                return following + 1
        cites = Command(frozenset(definition.keys)) if definition.keys else definition.alias
        name = definition.name
        if name.startswith("begin "):
            self.names.define_environment(name.removeprefix("begin "), cites, verbatim=definition.verbatim)
        else:
            self.names.define(name, cites, self.text[definition.start : min(position - 1, definition.start + 300)])
        self._pop()
        return position

    def _tell(self) -> None:
        """Hands on what was found, unless a citation is open that comes first."""
        if not self._citations and self._waiting:
            for _, offset, key in sorted(self._waiting, key=lambda one: one[0]):
                self.found(offset, key)
            self._waiting.clear()

    def _keys(self, start: int, keys: str, command: int) -> None:
        """The keys of the command whose name ends at `command`."""
        for offset, key in pieces(keys):
            if "#" in key:
                self._parameter(key)
            elif "\\" in key:
                self._spelt_by_commands(start + offset, key, command)
            else:
                self._waiting.append((command, start + offset, key))
        self._tell()

    def _parameter(self, key: str) -> None:
        match = _PARAMETER.fullmatch(key)
        slots = self.definitions[-1].slots if self.definitions else ()
        if match and 0 < int_of(match[1]) <= len(slots):
            slot = slots[int_of(match[1]) - 1]
            if slot is not None:
                self.definitions[-1].keys.add(slot)

    def _spelt_by_commands(self, offset: int, key: str, command: int) -> None:
        expanded = self.names.expanded(key)
        if "\\" not in expanded:
            for _, one in pieces(expanded):
                self._waiting.append((command, offset, one))
        elif not self.definitions:
            self.unknown(offset, key)
