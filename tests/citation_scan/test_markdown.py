"""Markdown, Quarto and R Markdown: pandoc's citations, what is not text, cross-references, metadata, files."""

from __future__ import annotations

import pytest

from tests.citation_scan.given import cites, keys, said

CITING = {
    "@a says [@b; see -@c, p. 3; @d]": "a b c d",
    "[-@a] -@b [see @a]": "a b",
    "@Foo_bar.baz. @a:b, @c--d @e/f. @_g @2020": "Foo_bar.baz a:b c e/f _g 2020",
    "@{https://example.org/a?b=c} [@{a.}] @https://x.org/y.": "https://example.org/a?b=c a. https://x.org/y",
    "@müller2020 [@王2021]": "müller2020 王2021",
    "see (@a) *@b* \"@c\" —@d": "a b c d",
    "# Title @a\n\n> quoted @b\n\n| @c | x |\n\n[^1]: note @d\n": "a b c d",
    "- item\n\n    @a\n\n        @no\n\n1. @b\n": "a b",
    "text\n    @a continues": "a",
    "\t@no\n\n@a": "a",
    "`@no` @a ``@no ` @no`` @b": "a b",
    "a ` @a ``` @b": "a b",
    "a `x\n\n@a `y": "a",
    "\\`@a\\`": "a",
    "```\n@no\n```\n@a": "a",
    "~~~~ {.r}\n@no\n~~~\n@no\n~~~~~\n@a": "a",
    "```unclosed\n@a": "a",
    "  ```\n  @no\n  ```\n@a": "a",
    "<!-- @no -->@a <!-- @no\n@no --> @b\n<!--\n\n@no\n\n-->\n@c": "a b c",
    "<!-- unclosed @a": "a",
    "<a href='https://x/@no' title=\"@no\">@a</a>": "a",
    "<script>\n'@no'\n</script>\n@a": "a",
    "[text @a](https://x.org/@no) ![@b](@no.png)": "a b",
    "$x@no$ @a $$ @no $$ costs $5 and @b $6": "a b",
    "\\\\@a": "a",
    "\\cite{a} \\citep[see][3]{b,c} \\textcites[1]{d}[2]{e} `\\cite{no}`": "a b c d e",
    "100% \\cite{a}": "a",
    "```{=latex}\n\\cite{a} @no\n```\n```{=tex}\n\\cite{b}\n```\n```{=html}\n\\cite{no}\n```": "a b",
    "```{r, fig.cap=\"After @a\"}\n'@no'\n```": "a",
    "```{python}\n#| fig-cap: \"After [@a]\"\nx @ no\n```": "a",
    "[Result]{.x} @a{.y}": "a",
    "---\nauthor: '@no'\nnocite: |\n  @a, @b\nabstract: As @c\n---\n@d": "a b c d",
    "---\nnocite: '@*'\n---\n": "*",
    "---\nnocite: |\n  @a\n\n  @b\nother: '@no'\n...\n@c": "a b c",
    "---\n\n@a\n\n---": "a",
    "@* @a": "a",
    "@figure1 @section @fig: @tbl": "figure1 section fig tbl",
    "@fig:a ![x](y){#fig:b} @fig:b": "fig:a",
    "(@good) An example.\n\nAs (@good) shows, (@a).": "a",
    "{cite:p}`a,b` and {cite}`c` {footcite:t}`d` {ref}`no`": "a b c d",
    "see @a,\n  @b": "a b",
    "@a@b": "a",
}  # fmt: skip

NOT_CITING = [
    "me@example.org a.b@example.org <me@example.org> [me@example.org](mailto:me@example.org)",
    "\\@no",
    "https://example.org/@no <https://example.org/@no> [x]: ftp://x.org/@no",
    "\n\n    @no\n\n    @no\n",
    "\\@ref(fig:x) \\@ref(no)",
    *(f"@{prefix}-x [@{prefix.title()}-y]" for prefix in (
        "fig sec tbl eq lst thm lem cor prp cnj def exm exr rem sol nte tip wrn imp cau vid".split()
    )),
    "@ no @. @- @{} @{a b}",
    "---\nauthor: \"@no\"\ntwitter: '@no'\n---\n",
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CITING.items())
def test_what_cites(source: str, expected: str) -> None:
    assert keys(source, name="paper.md") == expected


@pytest.mark.parametrize("source", NOT_CITING)
def test_what_cites_nothing(source: str) -> None:
    assert keys(source, name="paper.qmd") == ""


def test_places_and_libraries() -> None:
    found = cites("---\nbibliography: [a.bib, 'b.bib']\n---\nText [see @a]\n\\cite{b}", name="paper.Rmd")
    assert [(one.key, one.line, one.column) for one in found.citations] == [("a", 4, 11), ("b", 5, 7)]
    assert found.bibliographies == ("a.bib", "b.bib")
    assert cites("---\nbibliography:\n- a.bib\n- b.bib\nx: y\n...\n", name="m.md").bibliographies == ("a.bib", "b.bib")


def test_included_files_are_scanned_in_their_place() -> None:
    files = {
        "d/main.qmd": '@a\n\n{{< include parts/_one.qmd >}}\n\n{{< include "/_two.qmd" >}}\n\n@e',
        "d/parts/_one.qmd": "@b\n\n{{< include _three.qmd >}}\n\n{{< include parts/_four.qmd >}}",
        "d/parts/_three.qmd": "@c",
        "d/parts/_four.qmd": "@c4",
        "d/_two.qmd": "@d",
    }
    assert keys(files) == "a b c c4 d e"
    files = {"m.Rmd": "```{r, child=c('a.Rmd', 'b.Rmd')}\n```\n@c", "a.Rmd": "@a", "b.Rmd": "@b"}
    assert keys(files) == "a b c"


def test_what_goes_wrong_with_files() -> None:
    found = cites({"m.qmd": "{{< include no.qmd >}}\n{{< include m.qmd >}}\n@a"})
    assert found.keys == ("a",)
    assert said(found) == [
        "m.qmd:1:1: no.qmd is not there; write it, or take the include out",
        "m.qmd:2:1: files include each other in a circle: m.qmd -> m.qmd; break it",
    ]
