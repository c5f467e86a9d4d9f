"""MathML as it stands in titles (`<mml:msup>…`): the markup of one formula in, its `Text` out.

MathML 3, chapter 3. Scripts become `sup` and `sub`, fractions a/b, roots √(x); what is not presentation is left out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from pubtrack.model.richtext import Span, Text, join_texts, mark_text, merge_spans, plain, text

_TAG = re.compile(r"<(?P<end>/?)(?:[\w.-]++:)?(?P<name>[A-Za-z][\w.-]*+)(?P<rest>[^<>]*+)>")
_ATTRIBUTE = re.compile(r"(?<![\w.-])([\w.-]++)\s*+=\s*+[\"']([^\"']*+)[\"']")
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark", "none", "mprescripts"})
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_INVISIBLE = dict.fromkeys(range(0x2061, 0x2065))
_ACCENTS = {
    "¯": "\u0304", "‾": "\u0304", "ˉ": "\u0304", "_": "\u0304", "^": "\u0302", "ˆ": "\u0302", "˜": "\u0303",
    "~": "\u0303", "∼": "\u0303", "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "→": "\u20d7", "⃗": "\u20d7",
    "´": "\u0301", "`": "\u0300", "ˇ": "\u030c", "˘": "\u0306",
}  # fmt: skip
_PRIMES = frozenset("′″‴'")
_DEEPEST = 40
_MOST_TAGS = 5000


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Element] = field(default_factory=list)
    text: str = ""


def read(source: str) -> Text:
    """The `Text` of what stands between `<math>` and `</math>`, entities not yet unescaped; never raises."""
    return merge_spans(_shown(_tree(source), 0))


def _tree(source: str) -> _Element:
    """The elements of `source`; a closing tag ends the nearest element of its name, one without such is left out."""
    root = _Element("mrow")
    stack = [root]
    position = 0
    for count, tag in enumerate(_TAG.finditer(source)):
        _take(stack[-1], source[position : tag.start()])
        position = tag.end()
        name = tag["name"]
        if count > _MOST_TAGS:
            return root
        if tag["end"]:
            at = next((n for n in range(len(stack) - 1, 0, -1) if stack[n].name == name), 0)
            del stack[at or len(stack) :]
            continue
        element = _Element(name, dict(_ATTRIBUTE.findall(tag["rest"])))
        stack[-1].children.append(element)
        if not tag["rest"].rstrip().endswith("/") and len(stack) < _DEEPEST:
            stack.append(element)
    _take(stack[-1], source[position:])
    return root


def _take(element: _Element, characters: str) -> None:
    """Characters between tags: the text of a token, or a token of their own where somebody forgot to make one."""
    if not characters.strip():
        return
    if element.name in _TOKENS or element.name in _SILENT:
        element.text += characters
    else:
        element.children.append(_Element("mtext", text=characters))


def _shown(element: _Element, depth: int) -> Text:
    name = element.name
    if name in _SILENT or depth > _DEEPEST:
        return ()
    if name in _TOKENS:
        return _token(element)
    if name == "mspace":
        return () if element.attributes.get("width", "").startswith(("0", "-")) else text(" ")
    parts = [_shown(child, depth + 1) for child in element.children if name == "mmultiscripts" or not _is_bare(child)]
    layout = _LAYOUTS.get(name)
    if name == "mmultiscripts":
        return _multiscripts(element.children, parts)
    if name == "mfenced":
        opening, closing = (element.attributes.get(key, usual) for key, usual in (("open", "("), ("close", ")")))
        return (*text(html.unescape(opening)), *join_texts(parts, text(", ")), *text(html.unescape(closing)))
    if name in ("mtr", "mtable"):
        return join_texts(parts, text(", " if name == "mtr" else "; "))
    if layout and len(parts) >= 2:
        return layout(parts)
    return (*text("√"), *_bracketed(join_texts(parts))) if name == "msqrt" else join_texts(parts)


def _is_bare(element: _Element) -> bool:
    return element.name in ("annotation", "annotation-xml")


def _token(element: _Element) -> Text:
    characters = " ".join(html.unescape(html.unescape(element.text)).translate(_INVISIBLE).split())
    if element.name == "mo" and characters == "-":
        characters = "−"
    if element.name == "mtext" and element.text != element.text.strip():
        characters = f" {characters} "
    if "double-struck" in element.attributes.get("mathvariant", ""):
        characters = "".join(map(_double_struck, characters))
    return text(characters)


def _double_struck(character: str) -> str:
    for name in ("DOUBLE-STRUCK CAPITAL", "MATHEMATICAL DOUBLE-STRUCK CAPITAL"):
        try:
            return unicodedata.lookup(f"{name} {character}")
        except KeyError:
            continue
    return character


def _raised(base: Text, script: Text) -> Text:
    if set(plain(script)) <= _PRIMES:
        return (*base, *script)
    return (*base, *mark_text(script, "sup"))


def _accented(base: Text, over: Text) -> Text:
    accent = _ACCENTS.get(plain(over))
    if accent and len(plain(base)) == 1:
        return (*base[:-1], Span(base[-1].text + accent, base[-1].marks))
    return base if accent else _raised(base, over)


def _bracketed(value: Text) -> Text:
    return value if len(plain(value)) < 2 else (*text("("), *value, *text(")"))


def _multiscripts(children: list[_Element], parts: list[Text]) -> Text:
    """A base with scripts behind it and, past `mprescripts`, before it: pairs of a lower and an upper one."""
    if not parts:
        return ()
    scripts: tuple[list[Text], list[Text]] = ([], [])
    before = 0
    for child, part in zip(children[1:], parts[1:], strict=True):
        if child.name == "mprescripts":
            before = 1
        else:
            scripts[before].append(mark_text(part, "sup" if len(scripts[before]) % 2 else "sub"))
    return (*join_texts(scripts[1]), *parts[0], *join_texts(scripts[0]))


_LAYOUTS: dict[str, Callable[[list[Text]], Text]] = {
    "msup": lambda parts: _raised(parts[0], parts[1]),
    "msub": lambda parts: (*parts[0], *mark_text(parts[1], "sub")),
    "msubsup": lambda parts: _raised((*parts[0], *mark_text(parts[1], "sub")), join_texts(parts[2:])),
    "mfrac": lambda parts: (*_bracketed(parts[0]), *text("/"), *_bracketed(parts[1])),
    "mroot": lambda parts: (*mark_text(parts[1], "sup"), *text("√"), *_bracketed(parts[0])),
    "mover": lambda parts: _accented(parts[0], parts[1]),
    "munder": lambda parts: (*parts[0], *mark_text(parts[1], "sub")),
    "munderover": lambda parts: _raised((*parts[0], *mark_text(parts[1], "sub")), join_texts(parts[2:])),
}
