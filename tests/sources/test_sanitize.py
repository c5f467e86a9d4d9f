"""Text at the door: markup, entities, wrong decoding, TeX, what does not show, and how long it may be."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.csl_json import text_to_markup
from pubtrack.model import mojibake
from pubtrack.model.richtext import plain
from pubtrack.sources import _sanitize
from tests.linear import grows_linearly

# Each title as sent, and as it is read, in CSL-JSON's markup.
TITLES = {
    # markup
    "On <i>E. coli</i> and H<sub>2</sub>O<sup>+</sup>": "On <i>E. coli</i> and H<sub>2</sub>O<sup>+</sup>",
    "<b>A</b> <u>b</u> <scp>Abc</scp>": '<b>A</b> <span style="text-decoration:underline;">b</span> '
    '<span style="font-variant:small-caps;">Abc</span>',
    "<tt>code</tt> <ovl>x</ovl> <strong>s</strong> <em>e</em>": "code x <b>s</b> <i>e</i>",
    "<jats:italic>in vivo</jats:italic> <jats:sub>x</jats:sub>": "<i>in vivo</i> <sub>x</sub>",
    "<i><b>both</b></i>": "<i><b>both</b></i>",
    "<i>a<b>b</i>c</b>": "<i>a<b>b</b></i><b>c</b>",
    "<i>never closed": "<i>never closed</i>",
    "never opened</i>": "never opened",
    "a<br/>b<p>c</p>": "a b c",
    'a <xref ref-type="fn">link</xref>': "a link",
    "<script>alert(1)</script>Safe": "Safe",
    "<![CDATA[x < y]]> z": "x < y z",
    "a<!-- note -->b": "ab",
    "<unk> tokens and p<0.05 or 3<4>2": "<unk> tokens and p<0.05 or 3<4>2",
    "The List<String> type": "The List<String> type",
    # blanks around markup
    "The role of\n                    <scp>AI</scp>\n                    in ecology":
    'The role of <span style="font-variant:small-caps;">AI</span> in ecology',
    "Are clams (\n   <i>Tridacna</i>\n   ) fast?": "Are clams (<i>Tridacna</i>) fast?",
    "Growth of<i>Mycobacterium smegmatis</i>Culture": "Growth of <i>Mycobacterium smegmatis</i> Culture",
    "5,7-Dimethyl-1<i>H</i>-indole": "5,7-Dimethyl-1<i>H</i>-indole",
    # MathML
    "in the<mml:math><mml:mi>N</mml:mi><mml:mo>=</mml:mo><mml:mn>88</mml:mn></mml:math>nucleus": "in the N=88 nucleus",
    "<math><msup><mi>L</mi><mn>1</mn></msup></math>-spaces": "L<sup>1</sup>-spaces",
    "<math><msub><mi>T</mi><mn>0</mn></msub></math>th": "T<sub>0</sub>th",
    "<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>": "x<sub>i</sub><sup>2</sup>",
    "<math><mfrac><mn>1</mn><mrow><mi>a</mi><mi>b</mi></mrow></mfrac></math>": "1/(ab)",
    "<math><msqrt><mi>s</mi></msqrt></math>": "√s",
    "<math><mover><mi>B</mi><mo>¯</mo></mover></math>": "B̄",
    "<math><mmultiscripts><mi>Er</mi><mprescripts/><none/><mn>156</mn></mmultiscripts></math>": "<sup>156</sup>Er",
    "<math><mi mathvariant='double-struck'>R</mi><mo>-</mo><mi>&amp;alpha;</mi></math>": "ℝ−α",
    "<math><semantics><mi>x</mi><annotation>\\TeX</annotation></semantics></math>": "x",
    "<math><mi>x": "x",
    # entities
    "A &amp; B &lt; C": "A & B < C",
    "A &amp;amp; B": "A & B",
    "A &amp;amp;amp; B": "A &amp; B",
    "&#x41;&#65;&eacute;&nbsp;&bogus; &": "AAé &bogus; &",
    "Hybrid &lt;scp&gt;ghg&lt;/scp&gt; model": 'Hybrid <span style="font-variant:small-caps;">ghg</span> model',
    "The &lt;b&gt; element": "The <b> element",
    # TeX
    r"The $\mathcal{N}=4$ theory": r"The $\mathcal{N}=4$ theory",
    r"$\sqrt{s_{\rm NN}}=5$ TeV": r"$\sqrt{s_{\mathrm{NN}}}=5$ TeV",
    r"${\cal O}(n)$, $\bar B$": r"$\mathcal{O}(n)$, $\bar{B}$",
    "D$^0$ and x$_2$": "D<sup>0</sup> and x<sub>2</sub>",
    "$$k$$-means": "$k$-means",
    r"Evil $\input{/etc/passwd}$ math": r"Evil $\input{/etc/passwd}$ math",
    r"Evil $\csname x$": r"Evil $\csname x$",
    "From $5 to $10": "From $5 to $10",
    "£45.50. $75.00. ISBN": "£45.50. $75.00. ISBN",
    r"Erd\H{o}s--R{\'e}nyi and \"Uber \ss{}": "Erdős–Rényi and Über ß",
    r"50\% of \emph{all}": "50% of all",
    r"C:\users": r"C:\users",
    "<tex-math>\\documentclass{a}\\begin{document}$$\\alpha$$\\end{document}</tex-math>": r"$\alpha$",
    # wrong decoding
    "MÃ¼ller cafÃ© â€“ â€œquotedâ€\x9d": "Müller café – “quoted”",
    "Ð\x9fÑ\x80Ð¸Ð²ÐµÑ\x82": "Привет",
    "MÃƒÂ¼ller": "Müller",
    "LA NIÃ‘A": "LA NIÑA",
    "„Ä“ ist ein Umlaut": "„Ä“ ist ein Umlaut",
    "São Paulo, »IRMÃ«, Å, É»": "São Paulo, »IRMÃ«, Å, É»",
    # what does not show
    "a\u202eb\u200bc\u00add\u2066e\ufefff\U000e0041": "abcdef",
    "a\x00b\x1b[31mc": "ab[31mc",
    "a\u00a0\u2003b\t\nc": "a b c",
    "می\u200cخواهم": "می\u200cخواهم",
    "Cafe\u0301 x²": "Café x²",
    "non‐breaking‑hyphen": "non-breaking-hyphen",
    # the full stop
    "A title.": "A title",
    "A title...": "A title...",
    "Life in the U.S.": "Life in the U.S.",
    "Smith et al.": "Smith et al.",
    "CellML 2.0.": "CellML 2.0",
    "<i>A title.</i>": "<i>A title</i>",
    "What is it?": "What is it?",
    ".": ".",
    "": "",
    "   ": "",
}  # fmt: skip


@pytest.mark.parametrize(("sent", "read"), TITLES.items())
def test_title(sent: str, read: str) -> None:
    assert text_to_markup(_sanitize.title(sent).text) == read


@pytest.mark.parametrize(
    ("sent", "traits"),
    {
        "A <i>b</i>": {"markup"},
        "THE CRYSTAL STRUCTURE OF HAEMOGLOBIN": {"caps-title"},
        "DNA": set(),
        "CRISPR CAS": set(),
        "中文 標題": set(),
        "Bad \ufffd character": {"garbled"},
        "Latin \x84 control": {"garbled"},
        "Private \uf0e1 use": {"garbled"},
        "MÃ¼ller": set(),
    }.items(),
)
def test_traits(sent: str, traits: set[str]) -> None:
    assert _sanitize.title(sent).traits == traits


@pytest.mark.parametrize("value", [None, True, 1.5, [], {}, ["x"], b"x"])
def test_what_is_no_text_is_nothing(value: object) -> None:
    assert _sanitize.rich_text(value).text == ()
    assert _sanitize.words(value) == ""
    assert _sanitize.address(value) == ""


def test_words_are_plain_characters() -> None:
    assert _sanitize.words("A <i>b</i>\n  &amp; c") == "A b & c"
    assert _sanitize.words(12) == "12"
    assert _sanitize.words("H<sub>2</sub>O") == "H₂O"


def test_an_address_is_http_and_holds_nothing_that_could_end_it() -> None:
    assert _sanitize.address(" https://example.org/a?b=c ") == "https://example.org/a?b=c"
    for wrong in (
        "javascript:alert(1)",
        "https://a b",
        'https://a"b',
        "https://a<b",
        "https://a\x00b",
        "ftp://a",
        "//a",
    ):
        assert _sanitize.address(wrong) == ""


def test_length_is_bounded() -> None:
    assert len(plain(_sanitize.title("word " * 10_000).text)) <= _sanitize.TITLE
    assert plain(_sanitize.title("word " * 10_000).text).endswith("…")
    assert len(plain(_sanitize.rich_text("<i>x</i>" * 9_000, 100).text)) <= 100


@pytest.mark.parametrize(
    "piece",
    ["<i>", "<math>", "<mi>x", "<!--", "<![CDATA[", "&amp;", "&lt;i&gt;", "$", "$a", "\\'{", "{\\rm ", "Ã", "Ã¼",
        " <i> ", "(",
     "<math><mrow>", "</i>", "<a b", "--", "\u200b"],
)  # fmt: skip
def test_time_grows_with_length_alone(piece: str) -> None:
    assert grows_linearly(lambda count: _sanitize.rich_text("<math>" + piece * count, _sanitize.ABSTRACT), small=600)
    assert grows_linearly(lambda count: _sanitize.rich_text(piece * count, _sanitize.ABSTRACT), small=600)


_SAFE = st.characters(exclude_characters="<&$\\-{}", exclude_categories=["Cs"])


@given(st.text(_SAFE, max_size=60))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = plain(_sanitize.title(text).text)
    assert plain(_sanitize.title(once).text) in (once, once.removesuffix("."))
    assert _sanitize.words(_sanitize.words(text)) == _sanitize.words(text)


@given(st.text(st.one_of(st.sampled_from("<>/ib&;amp$\\{}'^_. Ã¼\n\u200b"), st.characters()), max_size=60))
def test_clean_text_is_composed_and_shows(text: str) -> None:
    for found in (plain(_sanitize.rich_text(text).text), _sanitize.words(text)):
        assert found == found.strip(" ")
        assert "  " not in found
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") for c in found)
        assert not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in found)
    plain_spans = [span.text for span in _sanitize.rich_text(text).text if "math" not in span.marks]
    assert all(part == unicodedata.normalize("NFC", part) for part in plain_spans)


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_wrongly_decoded_text_that_is_certain_is_put_right(text: str) -> None:
    """Whatever comes of Latin-1 for UTF-8 is either repaired to what it was or left in part; never made longer."""
    garbled = text.encode().decode("latin-1")
    assert len(mojibake.repair_mojibake(garbled)) <= len(garbled)


@given(st.text("abcdefghijklmnopqrstuvwxyzäöüßéèñçø –’", min_size=1, max_size=30))
def test_garbled_western_text_comes_back_whole(text: str) -> None:
    assert mojibake.repair_mojibake(text.encode().decode("latin-1")) == text


@given(
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGäöüßéèñçøÄÖÜÅÉłŁžšœ »«“”„–’.,()", max_size=40).filter(
        lambda text: not re.search("[ÄÅ][žšœ]|[a-z][ÄÅ][„’][a-z]", text)  # no language has these
    )
)
def test_sound_western_text_is_left_alone(text: str) -> None:
    assert mojibake.repair_mojibake(text) == text
