"""Changes to bytes, texts and JSON values, each from a seeded generator, so that they can be made again."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

TOKENS = (
    "@", "{", "}", "(", ")", '"', "'", ",", "=", "#", "%", "\\", "/", "\n", "\r", "\r\n", "\t", " ", "\x00", "\x1b[2J",
    "\x85", "\x9b31m", "\xa0", "\ufeff", "\ufffe", "\u2028", "\u202e", "\u0301", "\U0001f4af", "\U000e0041", "e\u0301",
    "@misc{", "@string{x = ", "@comment{", "@preamble{", "}\n\n@book{new,", "{}", '""', "{{", "}}", "x = {", "[", "]",
    "crossref = {a}", "xdata = {a,b}", "month = jan # 1", " and ", " and others", "{\\\"o}", "{\\'", "$x^{2}$", "$",
    "\\begin{", "\\end{", "\\cite{", "\\input{", "\\url{", "<!--", "-->", "<b>", "</b>", "&amp;", "&#x0;", "&#xd800;",
    "<![CDATA[", "]]>", "null", "true", "[]", "[[]]", "-1", "0", "1e999", "NaN", "9" * 40, "99999-99-99", "2020-13-45",
    "<!-- pubtrack:begin cv -->", "<!-- pubtrack:end -->", "% pubtrack:begin cv", "// pubtrack:end",
    "{{pubtrack:cv}}", "[[lists.cv.sections]]", 'where = "', "../", "file:///etc/passwd", "https://[x]/",
    "10.1234/", "10.5555/abc", "%s", "%n", "{0}", "$(id)", "`", "|", ";", "~", "--", "---", "\u2013",
)  # fmt: skip
REPEATED = (
    "{", "}", "~", "\\", " ", "\n", "a", "9", "x=", "{}", "{{a}}", " and ", "$", "\\'", "\\\"{", "(", "[", "<", "&",
    "%", '"', ",", "-", ".", ":", "@a{b,", "<!--", "\u0301", "\U0001f4af", "a b ", "A.", "A. ", "1-2,", "1--", "https://",
    "10.1/", "/", "|", "*", "_", "`", "#", "\\cite{", "\\begin{a}", "- ", "1. ", "0.", "\t", "\r", "\x00", "i",
    "\u0130",
)  # fmt: skip
LENGTHS = (3, 3, 9, 40, 200, 1_000, 6_000)
HUGE = 60_000
"""Characters of the longest repeats."""

BytesChange = Callable[[random.Random, bytes], bytes]


def hostile_text(rng: random.Random, longest: int = HUGE) -> str:
    """A value that nobody expects: tokens in a row, or one piece many times over."""
    if rng.random() < 0.6:
        return "".join(rng.choice((*TOKENS, "word ", "Ann", "2020")) for _ in range(rng.randint(0, 5)))
    piece = rng.choice(REPEATED)
    length = longest if rng.random() < 0.05 else min(longest, rng.choice(LENGTHS))
    return rng.choice(("", "a", "{")) + piece * (length // len(piece) + 1) + rng.choice(("", "", "}", "x", "\n"))


def _span(rng: random.Random, content: bytes, longest: int) -> tuple[int, int]:
    start = rng.randint(0, len(content))
    return start, min(len(content), start + rng.randint(1, longest))


def _flip(rng: random.Random, content: bytes) -> bytes:
    if not content:
        return b"\x00"
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def _delete(rng: random.Random, content: bytes) -> bytes:
    start, end = _span(rng, content, rng.choice((1, 1, 1, 8, 80)))
    return content[:start] + content[end:]


def _cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randint(0, len(content))]


def _double(rng: random.Random, content: bytes) -> bytes:
    start, end = _span(rng, content, rng.choice((8, 80, 800)))
    return content[:end] + content[start:end] * rng.randint(1, 3) + content[end:]


def _move(rng: random.Random, content: bytes) -> bytes:
    start, end = _span(rng, content, 80)
    rest = content[:start] + content[end:]
    at = rng.randint(0, len(rest))
    return rest[:at] + content[start:end] + rest[at:]


def _splice(rng: random.Random, content: bytes) -> bytes:
    start, end = _span(rng, content, 4)
    end = rng.choice((start, start, end))
    return content[:start] + rng.choice(TOKENS).encode() + content[end:]


def _insert_hostile(rng: random.Random, content: bytes) -> bytes:
    at = rng.randint(0, len(content))
    return content[:at] + hostile_text(rng).encode("utf-8", "surrogatepass") + content[at:]


def _bad_bytes(rng: random.Random, content: bytes) -> bytes:
    at = rng.randint(0, len(content))
    bad = rng.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xe9", b"\x80", b"\x00"))
    return content[:at] + bad * rng.choice((1, 1, 7)) + content[at:]


def _delete_mark(rng: random.Random, content: bytes) -> bytes:
    marks = [match.start() for match in re.finditer(rb"""[@{}(),=#"'<>\[\]:\n]""", content[:50_000])]
    at = rng.choice(marks) if marks else 0
    return content[:at] + content[at + 1 :]


def _recode(rng: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    codec = rng.choice(("latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1252"))
    return text.encode(codec, "replace")


def _line_ends(rng: random.Random, content: bytes) -> bytes:
    return re.sub(rb"\n", lambda match: rng.choice((b"\n", b"\r\n", b"\r", b"\n\r")), content)


def _empty(rng: random.Random, content: bytes) -> bytes:
    return rng.choice((b"", b"\n", b"\xef\xbb\xbf", b"\x00" * 20, b"[]", b"{}", b"null", b"\xff\xfe"))


BYTES: Sequence[BytesChange] = (
    _flip, _flip, _delete, _delete, _cut, _double, _move, _splice, _splice, _splice, _insert_hostile, _insert_hostile,
    _bad_bytes, _delete_mark, _delete_mark, _recode, _line_ends, _empty,
)  # fmt: skip


def mutate(rng: random.Random, content: bytes) -> bytes:
    """`content`, changed a few times."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        content = rng.choice(BYTES)(rng, content)
    return content


def mutate_json(rng: random.Random, content: bytes) -> bytes:
    """A JSON text with one of its values replaced by an unfit one; another text, or now and then, by its bytes."""
    if rng.random() < 0.2:
        return mutate(rng, content)
    try:
        value = json.loads(content)
    except ValueError:
        return mutate(rng, content)
    for _ in range(rng.choice((1, 1, 2, 4))):
        value = _changed(rng, value)
    return json.dumps(value, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def mutate_json_lines(rng: random.Random, content: bytes) -> bytes:
    """Lines of JSON, some of which were changed; repeated, lost and cut ones too."""
    if rng.random() < 0.3:
        return mutate(rng, content)
    lines = content.split(b"\n")
    at = rng.randrange(len(lines))
    return b"\n".join([*lines[:at], mutate_json(rng, lines[at]), *lines[at + rng.choice((0, 1, 1)) :]])


def unfit_value(rng: random.Random) -> Any:
    """A value of any type, seldom the expected one."""
    return rng.choice(
        (
            None, True, False, 0, -1, 1e308, float("nan"), float("inf"), 10**30, 2**63, [], {}, [[]], [None], [[None]],
            {"a": None}, {"": []}, "", " ", "\ud800", "\x00", [{}], [[1, 2], [3]], [["2020", "x"]], 0.5,
            lambda: hostile_text(rng, 6_000), lambda: [hostile_text(rng, 200)] * rng.choice((1, 3, 400)),
            lambda: _nested(rng.choice((5, 200, 2_000))),
        )
    )  # fmt: skip


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth // 4):
        value = [value]
    return value


def _changed(rng: random.Random, value: Any) -> Any:
    """`value` with one thing in it changed, at a random depth."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        name = rng.choice(list(value))
        if rng.random() < 0.1:
            return {other: one for other, one in value.items() if other != name}
        return value | {name: _changed(rng, value[name])}
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        return [*value[:at], _changed(rng, value[at]), *value[at + rng.choice((0, 1, 1, 1)) :]]
    if isinstance(value, str) and rng.random() < 0.5:
        return mutate(rng, value.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
    new = unfit_value(rng)
    return new() if callable(new) else new


def mutate_zip(rng: random.Random, content: bytes) -> bytes:
    """An archive with a changed, lost or repeated part; now and then changed bytes."""
    if rng.random() < 0.15:
        return mutate(rng, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = next((n for n, (name, _) in enumerate(parts) if name == "word/document.xml"), 0)
    at = at if rng.random() < 0.6 else rng.randrange(len(parts))
    name, part = parts[at]
    parts[at] = name, mutate(rng, part)
    if rng.random() < 0.1:
        del parts[at]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()
