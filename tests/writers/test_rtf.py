"""RTF is read back by a small reader of groups, control words and Unicode escapes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from pubtrack.model.richtext import Mark, Span, Text, text
from pubtrack.writers import inline, write
from tests.writers.samples import HOSTILE, INVISIBLE, SAFE, SEEN, Shown, listing, meant, runs, squeezed, texts

LOOKS = {"b": "bold", "i": "italic", "ul": "underline", "scaps": "small-caps", "super": "sup", "sub": "sub"}
HEADER = {"rtf", "ansi", "ansicpg", "deff", "fonttbl", "f", "froman"}
LAYOUT = {"pard", "par", "line", "li", "fi", "sa", "sb", "fs", "keepn", "field", "fldinst", "fldrslt"}
TOKEN = re.compile(r"\\([a-z]+)(-?[0-9]+)? ?|\\([^a-z])|([{}])|\r?\n|([^\\{}\r\n])")


def read(rtf: str) -> Shown:
    """The characters of `rtf` with their looks; asserts that it is ASCII, balanced, and of known words alone."""
    assert rtf.isascii()
    units: list[tuple[int, frozenset[str]]] = []
    looks: list[frozenset[str]] = [frozenset()]
    substitutes = [1]
    skip = at = 0
    url = ""
    silent: list[int] = []
    while at < len(rtf):
        token = TOKEN.match(rtf, at)
        assert token is not None, rtf[at:]
        at = token.end()
        word, number, symbol, brace, bare = token.groups()
        if brace == "{":
            looks.append(looks[-1])
            substitutes.append(substitutes[-1])
        elif brace == "}":
            looks.pop()
            substitutes.pop()
            skip = 0
            if silent and silent[-1] == len(looks):
                silent.pop()
        elif word in LOOKS:
            looks[-1] |= {LOOKS[word]}
        elif word == "u":
            units.append((int(number) % 0x10000, looks[-1]))
            skip = substitutes[-1]
        elif word == "uc":
            substitutes[-1] = int(number)
        elif word in ("fldinst", "fonttbl"):
            silent.append(len(looks) - 1)
            if word == "fldinst":
                url = re.match(r'\{HYPERLINK "([^"\\{}]*)"', rtf[at:])[1]  # type: ignore[index]
        elif word == "fldrslt":
            looks[-1] |= {f"link {url}"}
        elif word:
            assert word in HEADER | LAYOUT, word
        elif symbol and symbol in "~-_":
            units.append((ord({"~": "\u00a0", "-": "\u00ad", "_": "\u2011"}[symbol]), looks[-1]))
        elif bare or (symbol and symbol in "\\{}"):
            if skip:
                skip -= 1
            elif not silent:
                units.append((ord(bare or symbol), looks[-1]))
        else:
            assert symbol in (None, "*"), symbol
    assert len(looks) == 1
    shown: Shown = []
    for code, look in units:
        if 0xDC00 <= code < 0xE000:
            high = ord(shown.pop()[0])
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        shown.append((chr(code), look))
    return [(character, look) for character, look in shown if squeezed(character)]


WRITTEN: dict[str, tuple[Text, str]] = {
    "special characters": (text(r"\ { }"), r"\\ \{ \}"),
    "other alphabets": (text("é熊𝒜"), r"{\uc0\u233 \u29066 \u-10187 \u-9060 }"),
    "marks": ((Span("a", ("bold",)), Span("b", ("sup",)), Span("c", ("small-caps",))), r"{\b a}{\super b}{\scaps c}"),
    "a link": (
        (Span("a", (), "https://x.y/{b}"),),
        r'{\field{\*\fldinst{HYPERLINK "https://x.y/%7Bb%7D"}}{\fldrslt a}}',
    ),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_written(case: str) -> None:
    value, expected = WRITTEN[case]
    assert inline(value, "rtf") == expected


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("look", [(), ("bold", "underline")])
def test_hostile_text_is_text(kind: str, look: tuple[Mark, ...]) -> None:
    value = (Span(HOSTILE[kind], look),)
    assert runs(read(inline(value, "rtf"))) == runs(meant(value, {}))
    assert squeezed(HOSTILE[kind]) in "".join(c for c, _ in read(str(write(listing(value), "rtf"))))


def test_invisible_characters_are_gone() -> None:
    assert inline(text(INVISIBLE), "rtf") == SEEN.replace("\ufffd", r"{\uc0\u-3 }")


@settings(max_examples=150, deadline=None)
@given(texts())
def test_every_text_reads_back(value: Text) -> None:
    assert runs(read(inline(value, "rtf"))) == runs(meant(value, SAFE))


def test_a_document_has_a_bold_title_and_literal_numbers() -> None:
    shown = read(str(write(listing(text("A"), title="T", number="1.", legend="* equal"), "rtf")))
    assert runs(shown) == [("T", {"bold"}), ("1.A*equal", frozenset())]
