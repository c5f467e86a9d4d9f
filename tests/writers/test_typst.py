"""Typst is read back by Typst itself: the content that it makes of the markup has the characters and looks meant."""

from __future__ import annotations

import json
import random

import pytest
import typst

from pubtrack.model.richtext import Mark, Span, Text, text
from pubtrack.writers import inline, write
from tests.writers.samples import (
    FRAGMENTS,
    HOSTILE,
    INVISIBLE,
    MARKS,
    SAFE,
    SEEN,
    URLS,
    Shown,
    listing,
    meant,
    runs,
    squeezed,
)

READER = r"""
#let looks = (strong: "bold", emph: "italic", underline: "underline", smallcaps: "small-caps", super: "sup", sub: "sub")
#let read(it, marks) = {
  let name = repr(it.func())
  if name == "space" or name == "parbreak" { () }
  else if name in ("text", "symbol") { ((it.text, marks),) }
  else if name == "sequence" { it.children.map(child => read(child, marks)).join() }
  else if name == "link" { read(it.body, marks + ("link " + it.dest,)) }
  else if name in looks { read(it.body, marks + (looks.at(name),)) }
  else { (("<" + name + ">", marks),) }
}
"""

WRITTEN: dict[str, tuple[Text, str]] = {
    "marks": (
        (Span("a", ("bold",)), Span("b", ("italic",)), Span("c", ("sup",)), Span("d", ("small-caps",))),
        "#strong[a]#emph[b]#super[c]#smallcaps[d]",
    ),
    "a call that text would go on with": ((Span("a", ("bold",)), Span("(b)")), "#strong[a];(b)"),
    "a full stop behind a call": ((Span("a", ("bold",)), Span(". B")), "#strong[a]. B"),
    "a heading within a call": ((Span("= a", ("bold",)),), r"#strong[\= a]"),
    "a number": (text("5. x"), r"5\. x"),
    "a number before a no-break space": (text("5.\u00a0x"), "5\\.\u00a0x"),
    "hyphens, minus signs and dashes": (text("a-b 1-2 -1 a--b"), r"a-b 1\-2 \-1 a\-\-b"),
    "a URL": (text("https://x.y"), r"https:\//x.y"),
    "a link": ((Span("a", (), 'https://x.y/"b'),), '#link("https://x.y/%22b")[a]'),
    "math": ((Span("x_1", ("math",)), Span("y^", ("math", "bold"))), r"x#sub[1]#strong[\$y^\$]"),
}


def read(lines: list[str]) -> list[Shown]:
    """What Typst makes of each of `lines`."""
    source = READER + "\n".join(f"#metadata(read([\n{line}\n], ())) <entry>" for line in lines)
    found = json.loads(typst.query(source.encode(), "<entry>", field="value"))
    return [
        [(character, frozenset(looks)) for value, looks in entry or () for character in squeezed(value)]
        for entry in found
    ]


@pytest.mark.parametrize("case", WRITTEN)
def test_written(case: str) -> None:
    value, expected = WRITTEN[case]
    assert inline(value, "typst") == expected


def test_hostile_text_is_text() -> None:
    looks: list[tuple[Mark, ...]] = [(), ("bold",), ("italic", "sub")]
    values = [(Span(line, look),) for line in HOSTILE.values() for look in looks]
    for value, shown in zip(values, read([inline(value, "typst") for value in values]), strict=True):
        assert runs(shown) == runs(meant(value, {}))


def test_invisible_characters_are_gone() -> None:
    assert inline(text(INVISIBLE), "typst") == SEEN.replace("[", r"\[")


def test_every_text_reads_back() -> None:
    chance = random.Random(20)
    values = [
        tuple(
            Span(
                "".join(chance.choices(FRAGMENTS, k=4)),
                tuple(chance.sample(MARKS, chance.randint(0, 3))),
                chance.choice(URLS),
            )
            for _ in range(4)
        )
        for _ in range(400)
    ]
    lines = [inline(value, "typst") for value in values]
    for value, line, shown in zip(values, lines, read(lines), strict=True):
        assert runs(shown) == runs(meant(value, SAFE)), line


def test_a_list_is_headings_and_paragraphs() -> None:
    made = write(listing(text("A"), text("B"), title="= x", number="1.", legend="* equal"), "typst")
    assert made == (
        "=== \\= x\n\n#par(hanging-indent: 1.5em)[1\\. A]\n\n#par(hanging-indent: 1.5em)[1\\. B]\n\n\\* equal\n"
    )


@pytest.mark.parametrize("standalone", [False, True])
def test_hostile_lists_compile(standalone: bool) -> None:
    values = [text(line) for line in HOSTILE.values()]
    made = write(listing(*values, title=HOSTILE["typst"], legend=HOSTILE["typst"]), "typst", standalone=standalone)
    assert typst.compile(str(made).encode(), format="pdf").startswith(b"%PDF-")
