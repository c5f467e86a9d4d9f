"""Every regular expression of the project, with the methods it is used by, and long strings made from its own shape."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

SOURCE = Path(__file__).parent.parent / "src" / "pubtrack"
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
PASSED_ON = ("finditer", "fullmatch")
"""The methods tried on a pattern that is handed to a function: the first of them restarts, the second does not."""

HANDED_ON: Mapping[str, tuple[str, ...]] = {
    "citation_scan._tex_lexis": ("match",),
    "csl.style_registry": ("search",),
    "documents.regions": ("match",),
}
"""What the functions call that these modules' patterns are handed to."""

LOCAL: Mapping[str, tuple[Mapping[str, object], ...]] = {
    "bibtex.references": ({"old": "a-a", "named": {"a-a": "b", "x": "y"}},),
    "bibtex.grammar": (),  # a function for the module's own patterns, which are module attributes
    "checks.lazy_regex": (),  # likewise
    "checks.rules.keys": ({"wanted": "a-a"},),
    "documents.regions": ({"ending": r"\s*\\end\{verbatim\*\}"}, {"ending": r"\s*~{3,}\s*$"}),
    "refresh.field_spelling": ({"known": {"a-a": "b", "x": "y"}},),
    "sources._hosts": ({"self": type("Host", (), {"lists": r"/works/?"})},),
    "sources._markup": ({"name": "math"},),
    "sources._record_builder": tuple({"pages": "1", "pattern": one} for one in ("ph\\.?\\s*d|doct", "m\\.?a\\.?\\b")),
    "sources._xml": ({"plain": rb'<!DOCTYPE\s+a(?:\s+(?:PUBLIC\s+"[^"<>]*"|SYSTEM))?\s+"[^"<>]*"\s*>'},),
    "sources._url_policy": ({"form": "a-a"},),
}
"""What stands for the local names in patterns that functions put together."""


@dataclasses.dataclass(frozen=True, order=True)
class Used:
    """One pattern of one module, and one method of it that is in use."""

    module: str
    name: str  # of the attribute, or the line of the call
    source: str | bytes
    flags: int
    method: str

    def __str__(self) -> str:
        return f"{self.module}:{self.name}.{self.method}"


def used_patterns(room: str) -> list[Used]:
    """The patterns of a room or loose module of the project, each method once."""
    found: dict[tuple[str | bytes, int, str], Used] = {}
    for path in _files():
        dotted = _dotted(path)
        if dotted.partition(".")[0] != room:
            continue
        tree = _tree(path)
        module = importlib.import_module(f"pubtrack.{dotted}".rstrip("."))
        for one in (*_attributes(dotted, module, tree), *_calls(dotted, module, tree)):
            found.setdefault((one.source, one.flags & ~re.UNICODE, one.method), one)
    return sorted(found.values(), key=str)


@cache
def _files() -> tuple[Path, ...]:
    return tuple(path for path in sorted(SOURCE.rglob("*.py")) if path.name != "__main__.py")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def _attributes(dotted: str, module: ModuleType, tree: ast.Module) -> Iterator[Used]:
    defined = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for name, value in sorted(vars(module).items()):
        if name not in defined:
            continue
        for one in _within(value):
            bound = getattr(one, "__name__", "") if isinstance(getattr(one, "__self__", None), re.Pattern) else ""
            compiled: Any = one.__self__ if bound else one  # type: ignore[attr-defined]
            methods = {bound} if bound else _methods(name, dotted)
            for method in sorted(methods):
                yield Used(dotted, name, compiled.pattern, compiled.flags, method)


def literal_patterns(room: str) -> set[tuple[str, object]]:
    """Module and source of each pattern of a room that is compiled from a plain string."""
    return {
        (_dotted(path), node.args[0].value)
        for path in _files()
        if _dotted(path).partition(".")[0] == room
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if _function(node) == "compile" or (isinstance(node.func, ast.Name) and node.func.id == "pattern")
    }


def rooms() -> list[str]:
    return sorted({_dotted(path).partition(".")[0] for path in _files()} - {""})


def _within(value: object, depth: int = 0) -> Iterator[object]:
    """The patterns in a value and in what it contains."""
    is_lazy = type(value).__module__ == "pubtrack.checks.lazy_regex" and not isinstance(value, type)
    if is_lazy or isinstance(value, re.Pattern) or isinstance(getattr(value, "__self__", None), re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, Mapping):
        for one in (*value.keys(), *value.values()):
            yield from _within(one, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _within(one, depth + 1)
    elif depth < 4 and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _within(getattr(value, field.name), depth + 1)


@cache
def _uses() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Which methods names are asked for, in which modules; "" for a name that is handed on."""
    uses: dict[str, set[tuple[str, str]]] = {}
    for path in _files():
        dotted = _dotted(path)
        tree = _tree(path)
        asked = {
            id(value): node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            for value in _alternatives(node.value)
        }
        for node in ast.walk(tree):
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None
            if name is not None and isinstance(getattr(node, "ctx", None), ast.Load):
                uses.setdefault(name, set()).add((dotted, asked.get(id(node), "")))
    return {name: frozenset(found) for name, found in uses.items()}


def _alternatives(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.BoolOp):
        yield from node.values
    yield node


def _methods(name: str, dotted: str) -> set[str]:
    found: set[str] = set()
    for module, method in _uses().get(name, ()):
        if name.startswith("_") and module != dotted:
            continue
        if method in METHODS:
            found.add(method)
        elif method == "":
            found |= set(HANDED_ON.get(dotted, PASSED_ON))
    return found or set(PASSED_ON)


def _calls(dotted: str, module: ModuleType, tree: ast.Module) -> Iterator[Used]:
    """`re.sub(…)` and the like, and the patterns that are compiled inside functions."""
    local = LOCAL.get(dotted, ({},))
    inside = {
        id(call)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.Lambda)
        for call in ast.walk(function)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and _function(node) in (*METHODS, "compile")) or id(node) not in inside:
            continue
        for names in local:
            source, flags = _evaluated(node, {**vars(module), **names}, f"{dotted}:{node.lineno}")
            methods = HANDED_ON.get(dotted, PASSED_ON) if _function(node) == "compile" else (_function(node),)
            for one, method in product(source, methods):
                yield Used(dotted, f"line {node.lineno}", one, flags, method)


def _function(call: ast.Call) -> str:
    called = call.func
    is_re = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
    return called.attr if is_re else ""  # type: ignore[attr-defined]


def _evaluated(call: ast.Call, names: dict[str, Any], place: str) -> tuple[list[str | bytes], int]:
    first = call.args[0]
    flags = next((word.value for word in call.keywords if word.arg == "flags"), None)
    position = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(_function(call), 2)
    flags = flags or (call.args[position] if len(call.args) > position else None)
    try:
        source = eval(compile(ast.Expression(first), place, "eval"), names)
        number = eval(compile(ast.Expression(flags), place, "eval"), names) if flags else 0
    except NameError as error:
        raise AssertionError(f"{place}: {error}: give the local names of this pattern a value in LOCAL") from None
    return [source.pattern if isinstance(source, re.Pattern) else source], int(number)


# Long strings

NASTY = (
    " ", "~", "{", "}", "{{", "}}", "{}", "\\", "\\\\", "x=", "=", "a-", "-", "--", "1", "1-", "12-", "&", "&a",
    "<", "<a", ">", ",", ", ", "and ", " and ", ".", "a.", "A. ", "\"", "'", "\t", "\n", "\r\n", " \n", "a", "A",
    "a ", "Aa ", "(", ")", "()", "[", "]", "[]", "$", "$$", "%", "#", ":", ";", "/", "//", "@", "@a", "@a{", "`",
    "*", "_", "^", "|", "\\a", "\\{", "{\\", "<a ", "a=1 ", "a,", "1 ", "1,", "10.", "\u00e9", "\u0301", "\u2013",
    "\u4e00", "X", "..", "./", "!", "?",
)  # fmt: skip
"""What is repeated whatever the pattern is."""

ENDS = ("", "\x00")
"""What follows the repeated part: nothing, and a character that hardly any pattern takes."""


Pump = tuple[str, str, str]
"""How a string begins, what is repeated in it, and how it ends."""


def pumped(pump: Pump, size: int) -> str:
    """A string in which the repeated part has a length."""
    start, body, end = pump
    return start + body * (size // len(body)) + end


@cache
def pumps(source: str | bytes, flags: int) -> tuple[Pump, ...]:
    """What keeps a pattern busy: each of its repeats, filled."""
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(text, flags & ~re.DEBUG)
    found: dict[Pump, None] = {}
    for before, body in _repeats(list(tree)):
        for start, repeated in (("", body), (before, body), ("", before + body), ("", before), (before, before + body)):
            if repeated:
                found.update(dict.fromkeys((start, repeated, end) for end in ENDS))
    for body in (*NASTY, _sample(list(tree), 0)):
        if body:
            found["", body, ENDS[-1]] = None
    return tuple(found)


def has_repeat(source: str | bytes, flags: int) -> bool:
    """Whether a pattern repeats anything without a small bound; one that does not is linear by itself."""
    return any(True for _ in _all_nodes(parser.parse(source, flags)))


def _all_nodes(nodes: Iterable[Any]) -> Iterator[int]:
    for operation, argument in nodes:
        for high, inner in _parts(operation, argument):
            if high > 30:
                yield high
            yield from _all_nodes(inner)


def _repeats(nodes: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Each repeat without a small bound: what leads to it, and a string that it takes once."""
    for at, (operation, argument) in enumerate(nodes):
        lead = before + _sample(nodes[:at], 0)
        for high, inner in _parts(operation, argument):
            if high > 30:
                for choice in range(4):
                    if body := _sample(list(inner), choice):
                        yield lead, body
                        behind = _sample(nodes[at + 1 :], 0)
                        if behind:
                            yield lead, body + behind
            yield from _repeats(list(inner), lead)


def _parts(operation: Any, argument: Any) -> Iterator[tuple[int, Iterable[Any]]]:
    """The patterns inside a node, with how often they are repeated at most."""
    kind = str(operation)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        yield int(argument[1]), argument[2]
    elif kind == "SUBPATTERN":
        yield 1, argument[3]
    elif kind == "ATOMIC_GROUP":
        yield 1, argument
    elif kind == "BRANCH":
        for branch in argument[1]:
            yield 1, branch
    elif kind in ("ASSERT", "ASSERT_NOT"):
        yield 1, argument[1]
    elif kind == "GROUPREF_EXISTS":
        yield 1, argument[1]
        yield 1, argument[2] or ()


def _sample(nodes: list[Any], choice: int) -> str:
    """A string that the nodes take, roughly; another choice takes another branch or character."""
    return "".join(_one(str(operation), argument, choice) for operation, argument in nodes)


def _one(kind: str, argument: Any, choice: int) -> str:
    if kind == "LITERAL":
        return chr(argument)
    if kind == "NOT_LITERAL":
        return next(sign for sign in "a {-"[choice % 4 :] + "b" if ord(sign) != argument)
    if kind == "ANY":
        return "a {-"[choice % 4]
    if kind == "IN":
        return _member(argument, choice)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least = int(argument[0]) or (1 if choice % 2 else 0)
        return _sample(list(argument[2]), choice) * least
    if kind == "SUBPATTERN":
        return _sample(list(argument[3]), choice)
    if kind == "ATOMIC_GROUP":
        return _sample(list(argument), choice)
    if kind == "BRANCH":
        branches = argument[1]
        return _sample(list(branches[choice % len(branches)]), choice)
    if kind == "ASSERT" and argument[0] > 0:
        return _sample(list(argument[1]), choice)
    return ""


_TRIED = "a1 -,.{}\\~=A_;:/()[]<>'\"&%$@#*\n\t\u00e9\u2013\u4e00\x02"


def _member(items: list[Any], choice: int) -> str:
    """A character of a class: one that the class takes, as the engine says."""
    taken = [sign for sign in _TRIED if _takes(items, sign)]
    if not taken:
        first = next((argument for kind, argument in items if str(kind) in ("LITERAL", "RANGE")), ord("a"))
        return chr(first[0] if isinstance(first, tuple) else first)
    return taken[(choice * 2) % len(taken)]


def _takes(items: list[Any], sign: str) -> bool:
    negated = False
    found = False
    for kind, argument in items:
        match str(kind):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found |= ord(sign) == argument
            case "RANGE":
                found |= argument[0] <= ord(sign) <= argument[1]
            case "CATEGORY":
                found |= _in_category(str(argument), sign)
    return found != negated


def _in_category(category: str, sign: str) -> bool:
    is_not = "_NOT_" in category
    if category.endswith("DIGIT"):
        inside = sign.isdecimal()
    elif category.endswith("SPACE"):
        inside = sign.isspace()
    else:
        inside = sign.isalnum() or sign == "_"
    return inside != is_not
