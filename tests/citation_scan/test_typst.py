"""Typst sources: references, calls of `cite`, labels, what is not markup, files."""

from __future__ import annotations

import pytest

from tests.citation_scan.given import cites, keys, said

CITING = {
    "@a": "a",
    "As @a and @b[p. 3] say, @c.": "a b c",
    "@a: @b., (@c), *@d*": "a b c d",
    "@a.b:c-d_e @DBLP:conf/x": "a.b:c-d_e DBLP:conf",
    "@müller2020 und 研究@王2021": "müller2020 王2021",
    "@a[see @b]": "a b",
    "#cite(<a>)": "a",
    "#cite(<a>, supplement: [p. 3, also @b], form: \"prose\")": "a b",
    '#cite(label("DBLP:conf/x"))': "DBLP:conf/x",
    "#cite( // which\n  <a>,\n)": "a",
    "#{ cite(<a>) } #[@b] #(cite(<c>))": "a b c",
    "#let x = cite(<a>)\n@b": "a b",
    "#show heading: it => { cite(<a>) }": "a",
    "#set text(lang: \"de\")\n@a": "a",
    "#if x == 1 [@a] else [@b] \"quoted\" @c": "a b c",
    "#for k in (1, 2) [@a #k] \"quoted @b": "a b",
    "#while true { [@a] } @b": "a b",
    "#context [@a] @b": "a b",
    "#figure(image(\"@no.png\"), caption: [After @a]) <fig>": "a",
    "#f(x: \"@no\", [@a])[@b].g(1)[@c] @d": "a b c d",
    "#footnote[@a #emph[@b]] @c": "a b c",
    "#x.at(0) @a #x; @b": "a b",
    "$ x_\"@no\" #cite(<a>) $ @b": "a b",
    "Price: \\$5 @a": "a",
    "= Title <sec>\n@sec @a": "a",
    "#figure[] <fig:x>\n@fig:x[page] #ref(<a>) #ref(<fig:x>)": "a",
    "#metadata(none) #label(\"m\") @m @a": "a",
    "#link(<no>)[x] #query(<no>) @a": "a",
    "#let prose(key) = cite(key, form: \"prose\")\n#prose(<a>)": "a",
    "#let prose = cite.with(form: \"prose\")\n#prose(<a>)": "a",
    "#let see(key, note: none) = [(see #cite(key))]\n#see(<a>, note: [@b])": "a b",
    "#let my(name) = cite(label(name))\n#my(\"a:b\")": "a:b",
    "#let many(..keys) = keys.pos().map(k => cite(k)).join()\n@a": "a",
    "#let all(keys) = for k in keys { cite(k) }\n@a": "a",
    "#cite(<a>)#cite(<b>)": "a b",
    "\"@a\" is markup here": "a",
    "#hide[@a]": "a",
    "#h(1em) @a": "a",
    "- @a\n+ @b\n/ Term: @c": "a b c",
    "#bibliography(\"a.bib\", full: true)": "*",
    "#bibliography(\"a.bib\", full: false)": "",
}  # fmt: skip

NOT_CITING = [
    "// @no\n/* @no /* @no */ @no */",
    "`@no` ```typ @no ` @no```",
    "\\@no me@example.org first.last@uni.edu",
    "https://example.org/@no http://x.org/~@no",
    "#\"@no\" #link(\"mailto:me@no.org\") #raw(\"@no\")",
    "#let mail = \"@no\" // @no\n",
    "#eval(\"\\\"@no\")",
    "#let at = `@no`",
    "@ no @. @: @",
    "#import \"@preview/cetz:0.3.0\": canvas",
    "<no> #label(\"no\")",
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CITING.items())
def test_what_cites(source: str, expected: str) -> None:
    assert keys(source, name="paper.typ") == expected


@pytest.mark.parametrize("source", NOT_CITING)
def test_what_cites_nothing(source: str) -> None:
    assert keys(source, name="paper.typ") == ""


def test_places_and_libraries() -> None:
    found = cites('Text\n @a\n#bibliography(("x.bib", "y.yml"), title: "no", style: "ieee")', name="paper.typ")
    assert [(one.line, one.column) for one in found.citations] == [(2, 2)]
    assert found.bibliographies == ("x.bib", "y.yml")


def test_included_files_are_scanned_in_their_place_and_their_labels_count() -> None:
    files = {
        "d/main.typ": '@a\n#include "parts/one.typ"\n#{ include "parts/two.typ" }\n@fig @c',
        "d/parts/one.typ": '#import "../own.typ": *\n#cited(<b>) #include "/three.typ"',
        "d/parts/two.typ": "#figure[] <fig>",
        "d/own.typ": "#let cited(key) = cite(key)",
        "d/three.typ": "@three",
    }
    assert keys(files) == "a b three c"


def test_a_label_of_another_document_explains_a_reference_but_no_citation() -> None:
    files = {"one.typ": "@fig @a #cite(<sec>)", "two.typ": "#figure[] <fig>\n= X <sec>"}
    assert keys(files, "one.typ", "two.typ") == "a sec"


def test_what_goes_wrong_with_files() -> None:
    files = {"m.typ": '#include "no.typ"\n#include "m.typ"\n#for f in files { include f }\n@a'}
    found = cites(files)
    hint = "cannot be told from the source; give that file as a document, too"
    assert found.keys == ("a",)
    assert said(found) == [
        "m.typ:1:9: no.typ is not there; write it, or take the include out",
        "m.typ:2:9: files include each other in a circle: m.typ -> m.typ; break it",
        f"warning m.typ:3:26: which file this includes {hint}",
    ]
