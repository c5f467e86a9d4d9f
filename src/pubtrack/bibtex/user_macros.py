r"""The macros that a store defines in `@preamble`s: definitions in, values with the macros expanded out.

Definitions are read, never run: `\newcommand`, `\renewcommand`, `\providecommand`, `\DeclareRobustCommand`, `\def` with
plain arguments, `\let` and `\DeclareMathOperator`. A formula keeps what was written beside what it expands to, so that
LaTeX can print it with the author's own macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pubtrack.bibtex.fields import RAW, VERBATIM
from pubtrack.bibtex.latex_decoder import brace_partners

_DEFINING = re.compile(
    r"\\(?:(?P<command>(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?|(?P<operator>DeclareMathOperator)\*?"
    r"|(?P<plain>def|let))(?![A-Za-z])"
)
_NAME = re.compile(r"\s*+\{?\s*+\\(?P<name>[A-Za-z]+)\s*+\}?")
_PARAMETERS = re.compile(r"(?:#[1-9])*")
_COUNT = re.compile(r"\s*+\[(?P<count>[0-9])\]")
_LET = re.compile(r"\s*+=?\s*+(\\[A-Za-z]+)")
_ENDS_IN_WORD = re.compile(r"\\[A-Za-z]+\Z")
_PARAMETER = re.compile(r"#([1-9])")
_WORD = re.compile(r"\\([A-Za-z]+)[ ]?|\\.", re.DOTALL)
_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|(\$\$?)", re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_NOT_TEXT = VERBATIM | RAW
_DEPTH = 20
_LONGEST_OPTION = 1_000
_LONGEST = 20_000
"""Characters that the expansion of one value may have; a longer one stays as it was written."""


@dataclass(frozen=True, slots=True)
class UserMacro:
    """A macro: how many arguments it takes, the default of the first one (None: it is not optional), and its body."""

    arguments: int
    body: str
    default: str | None = None


class _TooLongError(Exception):
    """The expansion goes in a circle, or grows without bound."""


def read_definitions(preambles: Iterable[str]) -> dict[str, UserMacro]:
    """The macros that LaTeX source defines, by name; the last definition counts, a `\\providecommand` only alone."""
    found: dict[str, UserMacro] = {}
    for source in preambles:
        partners = brace_partners(source)
        for match in _DEFINING.finditer(source):
            named = _NAME.match(source, match.end())
            if named is None:
                continue
            macro = _definition(source, named.end(), match, partners)
            if macro is not None and not ("provide" in match.group() and named["name"] in found):
                found[named["name"]] = macro
    return found


def _definition(source: str, position: int, match: re.Match[str], partners: Mapping[int, int]) -> UserMacro | None:
    if match["plain"] == "let":
        target = _LET.match(source, position)
        return UserMacro(0, target[1]) if target else None
    arguments, default = 0, None
    if match["plain"]:
        parameters = _PARAMETERS.match(source, position)
        assert parameters is not None  # it may be empty
        arguments, position = len(parameters.group()) // 2, parameters.end()
    elif match["command"] and (count := _COUNT.match(source, position)):
        arguments, position = int(count["count"]), count.end()
        if (
            source[position : position + 1] == "["
            and (end := source.find("]", position, position + _LONGEST_OPTION)) > 0
        ):
            default, position = source[position + 1 : end], end + 1
    position = _skip_blanks(source, position)
    end = partners.get(position, -1)
    if end < 0:
        return None
    body = source[position + 1 : end]
    return UserMacro(arguments, f"\\operatorname{{{body}}}" if match["operator"] else body, default)


def expand_fields(
    fields: Mapping[str, str], definitions: Mapping[str, UserMacro]
) -> tuple[dict[str, str], dict[str, str]]:
    """The values with macros expanded, and the formulas that were written with macros, by what they expand to."""
    formulas: dict[str, str] = {}
    expanded = {
        name: _expand_value(value, definitions, formulas) if "\\" in value and name not in _NOT_TEXT else value
        for name, value in fields.items()
    }
    return expanded, formulas


def _expand_value(value: str, definitions: Mapping[str, UserMacro], formulas: dict[str, str]) -> str:
    if not any(match[1] in definitions for match in _WORD.finditer(value)):
        return value
    try:
        pieces = []
        for text, is_math in _segments(value):
            made = _expand(text, definitions, _Budget())
            if is_math and made != text:
                formulas[_tidy(made)] = _tidy(text)
            pieces.append(made)
        return "".join(pieces)
    except _TooLongError:
        return value


def _tidy(formula: str) -> str:
    """A formula as the decoder of LaTeX gives it."""
    return _BLANKS.sub(" ", formula).strip()


def _segments(value: str) -> Iterator[tuple[str, bool]]:
    """The value in stretches of text and of math; delimiters count as text."""
    partners = brace_partners(value)
    start, closer = 0, ""
    skip = 0
    for match in _TOKEN.finditer(value):
        if match.start() < skip:
            continue
        word, escaped, dollars = match.groups()
        if not closer and word == "ensuremath":
            begin = _skip_blanks(value, match.end())
            end = partners.get(begin, -1)
            if end > 0:
                yield value[start : begin + 1], False
                yield value[begin + 1 : end], True
                start = skip = end
            continue
        opener = dollars or (f"\\{escaped}" if escaped and escaped in "([" else "")
        if not closer and opener:
            yield value[start : match.end()], False
            start = match.end()
            closer = {"\\(": "\\)", "\\[": "\\]"}.get(opener, opener)
        elif closer and match.group() == closer:
            yield value[start : match.start()], True
            start, closer = match.start(), ""
    yield value[start:], False


class _Budget:
    """The characters that an expansion may still make."""

    def __init__(self) -> None:
        self.left = _LONGEST

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise _TooLongError


def _expand(source: str, definitions: Mapping[str, UserMacro], budget: _Budget, depth: int = 0) -> str:
    if depth > _DEPTH:
        raise _TooLongError
    partners = brace_partners(source)
    out: list[str] = []
    position = 0
    while match := _WORD.search(source, position):
        macro = definitions.get(match[1] or "")
        if macro is None:
            out.append(source[position : match.end()])
            position = match.end()
            continue
        out.append(source[position : match.start()])
        arguments, position = _arguments(source, match.end(), macro, partners)
        keeps_blank = "\\xspace" in macro.body and match.group().endswith(" ")
        body = _substituted(macro.body.replace("\\xspace", ""), arguments)
        budget.spend(len(body) + 1)
        made = _expand(body, definitions, budget, depth + 1)
        # What follows a command at the end of the body must not become a part of its name.
        follows = source[position : position + 1]
        needs_end = bool(_ENDS_IN_WORD.search(made[-60:])) and follows.isalpha()
        out.append(made + (" " if keeps_blank or needs_end else ""))
    out.append(source[position:])
    return "".join(out)


def _arguments(source: str, position: int, macro: UserMacro, partners: Mapping[int, int]) -> tuple[list[str], int]:
    """The arguments of a macro whose name ends at `position`, and where they end."""
    if not macro.arguments:
        return [], position + 2 if source.startswith("{}", position) else position
    found: list[str] = []
    if macro.default is not None:
        begin = _skip_blanks(source, position)
        end = source.find("]", begin, begin + _LONGEST_OPTION) if source[begin : begin + 1] == "[" else -1
        found.append(source[begin + 1 : end] if end > 0 else macro.default)
        position = end + 1 if end > 0 else position
    while len(found) < macro.arguments:
        position = _skip_blanks(source, position)
        end = partners.get(position, -1)
        if end > 0:
            found.append(source[position + 1 : end])
            position = end + 1
        else:
            word = _WORD.match(source, position)
            end = word.end() if word else position + 1
            found.append(source[position:end])
            position = end
    return found, min(position, len(source))


def _substituted(body: str, arguments: list[str]) -> str:
    return _PARAMETER.sub(lambda match: (arguments[int(match[1]) - 1 :] or [""])[0], body)


def _skip_blanks(source: str, position: int) -> int:
    while position < len(source) and source[position] in " \t\r\n":
        position += 1
    return position
