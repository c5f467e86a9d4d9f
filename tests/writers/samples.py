"""Texts to write, hostile ones most of all, and what a reader must find in the markup again."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import groupby

from hypothesis import strategies as st

from pubtrack.csl.style_options import BibliographyOptions
from pubtrack.lists.listing_model import Item, Listing, Section
from pubtrack.model.richtext import Mark, Span, Text, text
from pubtrack.model.work import Work

Looks = frozenset[str]
Shown = list[tuple[str, Looks]]
"""Characters that are not blanks, each with its marks and, as "link URL", its link."""

BLANKS = " \t\n\u00a0"

MARKS: tuple[Mark, ...] = ("bold", "italic", "underline", "small-caps", "sup", "sub")

HOSTILE: dict[str, str] = {
    "ascii": "".join(map(chr, range(0x21, 0x7F))),
    "markdown": "*a* _b_ `c` [d](e) ![f](g) <i> &amp; &#42; \\* ~s~ ^u^ a|b $m$ {#id} {{ liquid }} [^1] @doe --- ...",
    "html": "<script>alert('1')</script> <!-- --> &lt; <img src=x onerror=\"y\"> <!-- pubtrack:end -->",
    "latex": r"\input{/etc/passwd} \end{document} 100% #1 a_b x^2 ~ {} $ & <> | \" `` '' ?` !` -- --- ,, << ^^5c % x",
    "typst": "#panic() *b* _i_ @ref <l> $x$ `raw` // n /* c */ -- --- -? -1 ... ~ \"q\" 'q' \\u{41} = + / [x](y); .z",
    "rtf": r"{\rtf1 \b bold} \u233? \'e9 \par } \bin10",
    "list": "1. one",
    "bracketed": "(1) one",
    "bullet": "- one",
    "plus": "+ one",
    "heading": "# one",
    "setext": "=====",
    "rule": "---",
    "term": "/ one: two",
    "definition": ": one",
    "percent": "% title",
    "quote": "> one",
    "letters": "Ærøskøbing Łódź Đặng 熊哲潇 Γιώργος الرياض नमस्ते 𝒜 😀 é",
}
"""One line each, of one kind of mischief."""

INVISIBLE = "a\x00b\x07c\x1b[31md\x7fe\x9bf\u202eg\u2066h\ufeffi\ud800j\ufffek\U000e0041l\x85m\u2028n\to\np"
SEEN = "abc[31mdefghi\ufffdjkl m n o p"
"""What is left of INVISIBLE in every markup: no control, no spill, no second line."""

FRAGMENTS = (
    "a", "b", "Z", "7", " ", " ", ".", ",", "é", "熊", "。", "“", "†", "€", "*", "**", "_", "`", "[", "]", "(", ")",
    "<b>", "&amp;", "\\", "~", "^", "|", "$", "@x", "#", "{", "}", "%", "--", "---", "'", '"', "!", "1.", "+",
    "-", "=", "/",
    "//", "...", ":", ";", "http://x.y/a_b", "www.x.y", "-1", "<!--", "?`", ",,", "\u00a0",
)  # fmt: skip

URLS = ("", "", "", "https://doi.org/10.1/a_b(c)", "mailto:a@b.org", "javascript:alert(1)", "http://x.y/?a=1&lt;=2#é")


def words(fragments: tuple[str, ...] = FRAGMENTS) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(fragments), min_size=1, max_size=5).map("".join)


def marks(most: int = 3) -> st.SearchStrategy[tuple[Mark, ...]]:
    return st.lists(st.sampled_from(MARKS), unique=True, max_size=most).map(tuple)


def texts(fragments: tuple[str, ...] = FRAGMENTS) -> st.SearchStrategy[Text]:
    spans = st.builds(Span, text=words(fragments), marks=marks(), url=st.sampled_from(URLS))
    return st.lists(spans, min_size=1, max_size=6).map(tuple)


def listing(*values: Text, title: str = "", number: str = "", legend: str = "") -> Listing:
    """A list of one section with `values` as its entries."""
    items = tuple(Item(Work(f"key{n}", "book"), value, number) for n, value in enumerate(values))
    return Listing((Section(items, title),), text(legend), layout=BibliographyOptions(hanging_indent=True))


def meant(value: Text, links: dict[str, str]) -> Shown:
    """What must be seen of `value`, where `links` says which URL a safe one is printed as."""
    shown: Shown = []
    for span in value:
        looks: Looks = frozenset(span.marks)
        if links.get(span.url):
            looks |= {f"link {links[span.url]}"}
        shown += [(character, looks) for character in span.text if character not in BLANKS]
    return shown


SAFE = {
    "https://doi.org/10.1/a_b(c)": "https://doi.org/10.1/a_b(c)",
    "mailto:a@b.org": "mailto:a@b.org",
    "http://x.y/?a=1&lt;=2#é": "http://x.y/?a=1&lt;=2#%C3%A9",
}


TAGS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline", "sup": "sup", "sub": "sub"}
STYLES = {"font-variant:small-caps": "small-caps", "text-decoration:underline": "underline"}
STRUCTURE = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br"}


class _Reader(HTMLParser):
    """The characters of HTML with the looks that its elements give them, however they are nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.shown: Shown = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        look = TAGS.get(tag, "")
        if tag == "a":
            assert set(given) == {"href"}
            look = f"link {given['href']}"
        elif tag == "span" and "style" in given:
            look = STYLES[(given["style"] or "").rstrip(";")]
        else:
            assert tag in TAGS or tag in STRUCTURE or tag == "span", tag
            assert set(given) <= {"class", "id"}, given
        if tag != "br":
            self.open.append((tag, look))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> in {self.open}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        looks = frozenset(look for _, look in self.open if look)
        self.shown += [(character, looks) for character in data if character not in BLANKS]

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read_html(html: str) -> Shown:
    """What a browser shows of `html`, which holds no element that the writers do not write."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.shown


def characters(shown: Shown) -> str:
    return "".join(character for character, _ in shown)


def runs(shown: Shown) -> list[tuple[str, Looks]]:
    """`shown` with neighbours of equal looks joined, for messages that can be read."""
    return [("".join(c for c, _ in group), looks) for looks, group in groupby(shown, lambda pair: pair[1])]


def squeezed(value: str) -> str:
    """`value` without blanks."""
    return "".join(character for character in value if character not in BLANKS)
