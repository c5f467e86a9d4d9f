"""Parse one block carefully: from the place of its `@` to the block, with each fault where it is.

`SOUND_ENTRY` takes nearly every entry at once; what it does not match comes here. A fault that leaves no doubt about
what was meant (a comma or `=` forgotten) is noted and reading goes on; behind any other the block ends where the
braces do, or else at the next head of a block at the start of a line.
"""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from pubtrack.bibtex import grammar
from pubtrack.bibtex.blocks import Block, BlockKind, Field
from pubtrack.bibtex.cursor import Scanner
from pubtrack.model.findings import Finding, Severity

_RESERVED = ("comment", "preamble", "string")
_KINDS: dict[str, BlockKind] = {"preamble": "preamble", "string": "string"}


def read_block(scanner: Scanner, at: int, line: int) -> Block | None:
    """The block whose `@` stands at `at`, on `line`, or None if what stands there is running text."""
    return _BlockReader(scanner, at, line).read()


class _Fault(Exception):  # noqa: N818 — it never leaves this module
    """Reading of a block cannot go on at `stop`: what is wrong, and at which offset the cause is."""

    def __init__(self, stop: int, message: str, *, cause: int | None = None, unclosed: bool = False) -> None:
        super().__init__(message)
        self.stop = stop
        self.cause = stop if cause is None else cause
        self.message = message
        self.unclosed = unclosed


class _Remark(NamedTuple):
    offset: int
    message: str
    severity: Severity
    code: str


class _BlockReader:
    """Reads one block; what it notes on the way makes up the block in the end."""

    def __init__(self, scanner: Scanner, at: int, line: int) -> None:
        self.scanner = scanner
        self.text = scanner.text
        self.at = at
        self.line = line
        self.type = ""
        self.key = ""
        self.names: list[tuple[int, int, int, int]] = []
        self.remarks: list[_Remark] = []
        self.guessed = False
        self.commented = False
        self.last = at
        self.open = -1
        self.closer = "}"

    def read(self) -> Block | None:
        head = grammar.HEAD.match(self.text, self.at) or grammar.NO_TYPE.match(self.text, self.at)
        if head is None:
            return None
        self.type = head.group(1) if head.re.groups else ""
        self.open = self.last = head.end()
        opener = self.text[self.open : self.open + 1]
        word = self.type.lower()
        if word == "comment":
            return self._comment(opener)
        if opener not in ("{", "(") and word not in _RESERVED and not grammar.LOST_BODY.match(self.text, self.open):
            return None  # an @word in running text
        try:
            end = self._body(word, opener)
        except _Fault as fault:
            self._fault(fault)
            return self._done("broken", self._resume(fault.stop))
        return self._done("broken" if self.guessed else _KINDS.get(word, "entry"), end)

    def _body(self, word: str, opener: str) -> int:
        """Reads from the opening delimiter on; the offset behind the closing one."""
        if not self.type:
            raise _Fault(self.open, f'expected an entry type between "@" and "{opener}"')
        if opener not in ("{", "("):
            raise _Fault(self.open, f'expected "{{" behind @{self.type}, found {self._found(self.open)}')
        self.closer = "}" if opener == "{" else ")"
        if word == "preamble":
            return self._preamble()
        position = self.scanner.blank(self.open + 1)
        return self._fields(position if word == "string" else self._key(position))

    def _done(self, kind: BlockKind, end: int) -> Block:
        self.scanner.waste(end)
        findings = tuple(self._finding(remark) for remark in self.remarks)
        return Block(kind, self.at, end, self.scanner.places, self.type, self.key, self._read_fields(), findings)

    def _read_fields(self) -> tuple[Field, ...]:
        fields = []
        line, last = self.line, self.at
        for name_start, name_end, value_start, value_end in self.names:
            line += self.scanner.places.count(last, name_start)
            last = name_start
            name, value = self.text[name_start:name_end], self.text[value_start:value_end]
            fields.append(Field(name, value, line, name_start, value_start))
        return tuple(fields)

    # What went wrong -----------------------------------------------------------------------------------------------

    def _finding(self, remark: _Remark) -> Finding:
        line, column = self.scanner.places.of(remark.offset)
        return Finding(remark.code, remark.severity, remark.message, line=line, column=column, key=self.key)

    def _remark(self, offset: int, message: str, *, guessed: bool = True, code: str = "syn-entry") -> None:
        self.remarks.append(_Remark(offset, message, "error", code))
        self.guessed = self.guessed or guessed

    def _warn(self, offset: int, message: str) -> None:
        self.remarks.append(_Remark(offset, message, "warning", "syn-entry"))

    def _fault(self, fault: _Fault) -> None:
        """Notes the fault, at the last value's start where that value plainly swallowed what stands behind it."""
        swallower = None if fault.unclosed else self._swallower()
        if swallower is None:
            unclosed = fault.unclosed or fault.cause != fault.stop
            self._remark(fault.cause, fault.message, code="syn-braces" if unclosed else "syn-entry")
            return
        start, name = swallower
        mark = "brace" if self.text[start] == "{" else "quotation mark"
        line, _ = self.scanner.places.of(fault.stop)
        self._remark(
            start,
            f'the value of "{name}" swallows what follows and the entry goes wrong on line {line}; '
            f"add the {mark} that closes the value",
            code="syn-braces",
        )

    def _swallower(self) -> tuple[int, str] | None:
        """The place and name of the last field, if its value holds what looks like the next field."""
        if not self.names:
            return None
        name_start, name_end, start, end = self.names[-1]
        if self.text[start : start + 1] in ("{", '"') and grammar.SWALLOWED_FIELD.search(self.text, start + 1, end):
            return start, self.text[name_start:name_end]
        return None

    def _found(self, position: int) -> str:
        """What stands at `position`, in words for a message."""
        if position >= len(self.text):
            return "the end of the file"
        match = grammar.FIELD_NAME.match(self.text, position)
        return f'"{match.group()[:40]}"' if match else f'"{self.text[position]}"'

    def _resume(self, stop: int) -> int:
        """Where the next block begins behind a fault at `stop`."""
        restart = self.scanner.restart(self.open + 1)
        if self.at < stop <= restart and grammar.RESTART_HERE.match(self.text, stop):
            return stop
        if self.text[self.open : self.open + 1] == "{":
            return self.scanner.end_of_block(self.open, restart)
        return restart

    # The parts of a block ------------------------------------------------------------------------------------------

    def _comment(self, opener: str) -> Block:
        end = self.scanner.close(self.open) if opener == "{" else -1
        if end < 0:
            if opener == "{":
                self._warn(self.open, "this @comment is never closed; it is taken to end with the line")
            match = grammar.LINE_END.search(self.text, self.at)
            end = match.start() if match else len(self.text)
        return self._done("comment", end)

    def _preamble(self) -> int:
        position = self._value(self.scanner.blank(self.open + 1), "the preamble")
        return self._closing(self.scanner.blank(position), "the preamble")

    def _closing(self, position: int, what: str) -> int:
        if self.text[position : position + 1] != self.closer:
            raise _Fault(position, f'expected "{self.closer}" behind {what}, found {self._found(position)}')
        return position + 1

    def _key(self, position: int) -> int:
        """Reads the key and the comma behind it; the offset of the first field or of the closer."""
        text = self.text
        pattern = grammar.KEY_IN_PARENTHESES if self.closer == ")" else grammar.PLAIN_KEY
        match = pattern.match(text, position)
        end = match.end() if match else position
        after = self.scanner.blank(end)
        following = text[after : after + 1]
        if following == "=":
            self._remark(position, f'expected a key and "," before the field {self._found(position)}')
            return position
        self.key = text[position:end]
        if following in (",", self.closer):
            if not self.key:
                self._remark(position, f"this @{self.type} has no key; write one before the comma", guessed=False)
            return after + (following == ",")
        spaced = grammar.SPACED_KEY.match(text, position)
        if spaced:
            self.key = spaced.group()
            self._remark(position, f'the key "{self.key}" holds a blank; no LaTeX can cite it', guessed=False)
            after = self.scanner.blank(spaced.end())
            return after + (text[after : after + 1] == ",")
        if self.key and grammar.FIELD_AHEAD.match(text, after):
            self._remark(after, f'expected "," between the key "{self.key}" and the field {self._found(after)}')
            return after
        raise _Fault(after, f'expected "," behind the key "{self.key}", found {self._found(after)}')

    def _fields(self, position: int) -> int:
        """Reads fields up to the closer; the offset behind it."""
        text = self.text
        while True:
            position = self._gap(position)
            following = text[position : position + 1]
            if following == self.closer:
                return position + 1
            if following == ",":
                self._remark(position, "a comma too many; remove it")
                position += 1
                continue
            match = grammar.FIELD_NAME.match(text, position)
            if match is None:
                self._no_field(position)
            else:
                position = self._field(position, match.end())

    def _no_field(self, position: int) -> NoReturn:
        if position >= len(self.text) or self.text[position] == "@":
            message = f'the entry is not closed: expected "{self.closer}" here'
            raise _Fault(position, message, cause=self.last)
        raise _Fault(position, f'expected a field name or "{self.closer}", found {self._found(position)}')

    def _gap(self, position: int) -> int:
        """Skips blanks and comments; the offset of what follows."""
        end = self.scanner.blank(position)
        comment = self.text.find("%", position, end)
        if comment >= 0 and not self.commented:
            self.commented = True
            self._warn(comment, "a % comment among the fields: biber skips it, BibTeX stops reading the entry here")
        return end

    def _field(self, start: int, end: int) -> int:
        """Reads one field from its name on, with the comma behind it; the offset of what follows."""
        text = self.text
        name = text[start:end]
        position = self._gap(end)
        following = text[position : position + 1]
        if following == "=":
            position = self._gap(position + 1)
        elif following in ("{", '"'):
            self._remark(position, f'expected "=" behind the field name "{name}", found "{following}"')
        else:
            raise _Fault(position, f'expected "=" behind the field name "{name}", found {self._found(position)}')
        self.last = self._value(position, f'the field "{name}"')
        self.names.append((start, end, position, self.last))
        inner = self.scanner.restart(position)
        if inner < self.last:
            line, _ = self.scanner.places.of(inner)
            self._warn(position, f'the field "{name}" holds what looks like an entry, on line {line}')
        return self._field_end(name)

    def _field_end(self, name: str) -> int:
        position = self._gap(self.last)
        following = self.text[position : position + 1]
        if following == ",":
            self.last = position + 1
            return self.last
        if following == self.closer:
            return position
        if grammar.FIELD_AHEAD.match(self.text, position) and self._swallower() is None:
            self._remark(position, f'expected "," before the field {self._found(position)}')
            return position
        if following in ("", "@"):
            self._no_field(position)
        expected = f'expected "," or "{self.closer}" behind the field "{name}"'
        raise _Fault(position, f"{expected}, found {self._found(position)}")

    def _value(self, position: int, what: str) -> int:
        """Reads operands joined by `#`; the offset behind the last one."""
        while True:
            end = self._operand(position, what)
            after = self.scanner.blank(end)
            if self.text[after : after + 1] != "#":
                return end
            position = self.scanner.blank(after + 1)

    def _operand(self, position: int, what: str) -> int:
        end = self.scanner.operand(position)
        if end > 0:
            return end
        following = self.text[position : position + 1]
        if following in ("{", '"'):
            mark = '"}"' if following == "{" else "a quotation mark"
            raise _Fault(position, f"{what} is never closed: expected {mark} for the one opened here", unclosed=True)
        if following in (",", self.closer):
            self._remark(position, f"{what} has no value; write {{}} or remove it")
            return position
        raise _Fault(position, f"expected a value of {what}, found {self._found(position)}")
