"""LaTeX to text and back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.bibtex.latex import characters, decode, encode, is_plain, verbatim
from pubtrack.bibtex.latex_tables import ACCENTS, latex_of_characters
from pubtrack.model.errors import PubtrackError
from pubtrack.model.richtext import Mark, Span, Text, merge_spans, plain, text
from tests.linear import grows_linearly

WORDS = [
    ("", ""),
    ("plain words, 3-4 of them", "plain words, 3-4 of them"),
    (r"Erd{\H o}s", "Erdős"),
    (r"Erd\H{o}s", "Erdős"),
    (r"Erd\H os", "Erdős"),
    (r"\c cedilla", "çedilla"),
    (r"\c{S}tefan", "Ştefan"),
    (r"\v{S}koda", "Škoda"),
    (r"\v Skoda", "Škoda"),
    (r"{\v{C}}apek", "Čapek"),
    (r"\k{a} \k a", "ą ą"),
    (r"\u{g} \u g", "ğ ğ"),
    (r"\r{a} \r a \r{U}", "å å Ů"),
    (r"\d{s} \d s", "ṣ ṣ"),
    (r"\b{k}", "ḵ"),
    (r"\t{oo}", "o\u0361o"),
    (r"\'\i{} \'{\i} \'{i} {\'\i} {\'{\i}} \'\i x", "í í í í í íx"),
    (r"\^\j\ \^{\j}", "ĵ ĵ"),
    (r"\"\i", "ï"),
    (r"M\"uller M{\"u}ller M\"{u}ller M{\"{u}}ller", "Müller Müller Müller Müller"),
    (r"\' e", "é"),
    (r"\'Ecole", "École"),
    (r"\`a \^e \~n \=o \.z", "à ê ñ ō ż"),
    (r"\^{\d{e}}", "ệ"),
    (r"\'{\ohorn}", "ớ"),
    (r"\o re {\o}re \o{}re", "øre øre øre"),
    (r"\O \l \L \ss \ae \AE \oe \OE \aa \AA", "ØłŁßæÆœŒåÅ"),
    (r"\i \j \dh \DH \th \TH \dj \DJ \ng \NG", "ıȷðÐþÞđĐŋŊ"),
    (r"Stra\ss e", "Straße"),
    (r"\S 5 \P 6", "§5 ¶6"),
    (r"\dag\ddag", "†‡"),
    (r"\&, \%, \$, \#, \_, \{x\}", "&, %, $, #, _, {x}"),
    ("50% of it", "50% of it"),
    ("50\\% of it", "50% of it"),
    ("A & B # C _ D ^ E", "A & B # C _ D ^ E"),
    ("a~b", "a\u00a0b"),
    ("1--2 and---so", "1–2 and—so"),
    ("a - b, well-known", "a - b, well-known"),
    ("``quoted'' and `single'", "“quoted” and ‘single’"),
    ("don't, O'Brien", "don't, O'Brien"),
    ("?`Qu\\'e? !`Ya!", "¿Qué? ¡Ya!"),
    (r"\LaTeX, \TeX{} and {\BibTeX}", "LaTeX, TeX and BibTeX"),
    (r"\LaTeX\ rocks", "LaTeX rocks"),
    (r"wait\ldots what\dots{}", "wait…what…"),
    (r"\textendash\textemdash\textquoteright", "–—’"),
    (r"\pounds 5, \euro 6, \copyright", "£5, €6, ©"),
    (r"\textregistered \texttrademark", "®™"),
    (r"10\,000", "10\u2009000"),
    (r"J.\ Smith", "J. Smith"),
    (r"line\\break", "line break"),
    (r"hyphen\-ation", "hyphenation"),
    (r"\'{}x \~{} \^{}", "´x ~ ^"),
    (r"\textasciitilde\textbackslash", "~\\"),
    (r"\foo{bar} \aap", "bar aap"),
    (r"\protect\foo", "foo"),
    (r"{\noopsort{1973b}}Title", "Title"),
    (r"\mbox{kept} \texttt{code}", "kept code"),
    (r"\textcolor{red}{rose}", "rose"),
    (r"\uppercase{ab{\'e}}c", "ABÉc"),
    (r"\enquote{so}", "“so”"),
    (r"title\footnote{a note}", "title (a note)"),
    (r"\texorpdfstring{\TeX}{TeX} book", "TeX book"),
    (r"\CYRA\cyrb", "Аб"),
    (r"\textgreek", "textgreek"),
    ("two\n   lines\tand  blanks ", "two lines and blanks"),
    ("unbalanced { brace", "unbalanced brace"),
    ("unbalanced } brace", "unbalanced brace"),
    ("ends in \\", "ends in"),
    ("a lone $ sign", "a lone $ sign"),
    ("from $10 to $20", "from $10 to $20"),
    ("{a $ b} $}$", "a $ b $$"),
    (r"\ensuremath{\alpha}-decay", "α-decay"),
    (r"{}", ""),
    (r"\psqq", "\u00a0ff."),
]


@pytest.mark.parametrize(("source", "expected"), WORDS, ids=[source for source, _ in WORDS])
def test_what_latex_prints(source: str, expected: str) -> None:
    assert plain(decode(source)) == expected


FORMATS: list[tuple[str, Text]] = [
    (r"\emph{it} \textbf{bf}", (Span("it", ("italic",)), Span(" "), Span("bf", ("bold",)))),
    (r"\textit{a}\textsl{b}", (Span("ab", ("italic",)),)),
    (r"{\em it} {\bf bf \it both}", (
        Span("it", ("italic",)), Span(" "), Span("bf ", ("bold",)), Span("both", ("bold", "italic"))
    )),
    (r"{\sc small} x", (Span("small", ("small-caps",)), Span(" x"))),
    (r"{\bf a \rm b}", (Span("a ", ("bold",)), Span("b"))),
    (r"\textsc{small}", (Span("small", ("small-caps",)),)),
    (r"\underline{u}", (Span("u", ("underline",)),)),
    (r"x\textsuperscript{2}\textsubscript{n}", (Span("x"), Span("2", ("sup",)), Span("n", ("sub",)))),
    (r"\emph x y", (Span("x", ("italic",)), Span(" y"))),
    (r"\emph{a \textbf{b} c}", (Span("a ", ("italic",)), Span("b", ("italic", "bold")), Span(" c", ("italic",)))),
    (r"\url{https://x.org/a_b%20c}", (Span("https://x.org/a_b%20c", url="https://x.org/a_b%20c"),)),
    (r"\href{https://x.org}{an \emph{x}}", (
        Span("an ", url="https://x.org"), Span("x", ("italic",), url="https://x.org")
    )),
    (r"\emph{\'Etude}", (Span("Étude", ("italic",)),)),
    ("$\\alpha$ rays", (Span("\\alpha", ("math",)), Span(" rays"))),
    ("$O(n^2)$", (Span("O(n^2)", ("math",)),)),
    (r"\(x\) \[y\] $$z$$", (
        Span("x", ("math",)), Span(" "), Span("y", ("math",)), Span(" "), Span("z", ("math",))
    )),
    (r"\ensuremath{x^2}", (Span("x^2", ("math",)),)),
    ("H$_2$O", (Span("H"), Span("2", ("sub",)), Span("O"))),
    ("5$^{th}$", (Span("5"), Span("th", ("sup",)))),
    ("x$^{-1}$", (Span("x"), Span("−1", ("sup",)))),
    ("$^{\\rm th}$", (Span("th", ("sup",)),)),
    ("100$^{\\circ}$C", (Span("100°C"),)),
    ("3$\\times$4 $\\rightarrow$ 12", (Span("3×4 → 12"),)),
    ("$x_i^2$", (Span("x_i^2", ("math",)),)),
    ("$ x $ y", (Span("x", ("math",)), Span(" y"))),
    ("$-5$ and $<$", (Span("−5 and <"),)),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), FORMATS, ids=[source for source, _ in FORMATS])
def test_marks_links_and_math(source: str, expected: Text) -> None:
    assert decode(source) == expected


PROTECTION: list[tuple[str, Text]] = [
    ("{NeRF} works", (Span("NeRF", ("nocase",)), Span(" works"))),
    ("{{Whole Title}}"[1:-1], (Span("Whole Title", ("nocase",)),)),
    ("{{Whole Title}}", (Span("Whole Title", ("nocase",)),)),
    ("{C}onvolutional", (Span("C", ("nocase",)), Span("onvolutional"))),
    (r"{\'E}cole", (Span("École"),)),
    (r"{{\'E}}cole", (Span("É", ("nocase",)), Span("cole"))),
    (r"{\'Ecole}", (Span("École"),)),
    (r"\emph{Foo} Bar", (Span("Foo", ("italic",)), Span(" Bar"))),
    (r"\emph{{Foo}} Bar", (Span("Foo", ("italic", "nocase")), Span(" Bar"))),
    (r"{\emph{Foo}}", (Span("Foo", ("italic",)),)),
    (r"{{\em Foo}}", (Span("Foo", ("nocase", "italic")),)),
    (r"{A \emph{B} c}", (Span("A ", ("nocase",)), Span("B", ("nocase", "italic")), Span(" c", ("nocase",)))),
    ("10{,}000 {3} {--}", (Span("10,000 3 –"),)),
    ("{iPhone}", (Span("iPhone", ("nocase",)),)),
    (r"{$\alpha$-Fe}", (Span("\\alpha", ("math",)), Span("-Fe", ("nocase",)))),
    (r"\LaTeX", (Span("LaTeX", ("nocase",)),)),
]


@pytest.mark.parametrize(("source", "expected"), PROTECTION, ids=[source for source, _ in PROTECTION])
def test_braces_protect_case_unless_they_begin_with_a_macro_or_are_its_argument(source: str, expected: Text) -> None:
    assert decode(source) == expected


def test_accents_agree_with_pylatexenc() -> None:
    """A second opinion on every accent over every letter for which Unicode has one character."""
    from pylatexenc.latex2text import LatexNodes2Text

    second = LatexNodes2Text()
    compared = 0
    for accent in "`'^~\"=.uvHrckdb":
        for letter in "aceginosuyzACEGIKLNORSTUYZ":
            source = f"\\{accent}{{{letter}}}"
            mine = plain(decode(source))
            if len(mine) == 1:
                compared += 1
                assert mine == unicodedata.normalize("NFC", second.latex_to_text(source)), source
    assert compared > 150


def test_a_url_keeps_what_latex_would_read() -> None:
    cases = {
        r"https://x.org/a\_b\%20c\&d\#e": "https://x.org/a_b%20c&d#e",
        "https://x.org/~me--you": "https://x.org/~me--you",
        r"\url{https://x.org/a_b}": "https://x.org/a_b",
        r"{10.1000/a{\_}b}": "10.1000/a_b",
        r"https://x.org/\textasciitilde me": "https://x.org/~me",
        r"https://x.org/\~{}me": "https://x.org/~me",
        r"https://x.org/$\sim$me": "https://x.org/~me",
        "10.1002/(SICI)1099$\\less$1::A$\\greater$3": "10.1002/(SICI)1099<1::A>3",
        "https://x.org/\n  a": "https://x.org/a",
    }
    assert {source: verbatim(source) for source in cases} == cases


def test_bare_characters_keep_scripts_readable() -> None:
    assert characters(r"Duong$^3$ \textsuperscript{*} $^{a,1}$ H$_2$O $x^2$") == "Duong³ * ᵃ,¹ H₂O $x^2$".replace(
        "ᵃ", "a"
    )
    assert characters("a~b \n c") == "a b c"


@given(st.text(alphabet="ab \\{}$~^_%&#'`-?!\"=.cvHkudrbtilo1é\n", max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_value_raises_and_every_letter_outside_of_macros_is_kept(source: str) -> None:
    found = plain(decode(source))
    assert "\n" not in found and "  " not in found
    if is_plain(source):
        assert found == source


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "\\emph{", "$", "$$", "\\(", "{a}", "\\'", "\\'{", "\\'{a", "\\url{", "`", "\\uppercase{a", "$^{", "{$",
     "\\footnote{", "\\href{a}{", "\\texorpdfstring{", "\\ensuremath{", "\\emph", "-"],
)  # fmt: skip
def test_hostile_values_take_linear_time(piece: str) -> None:
    assert grows_linearly(lambda count: encode(decode(piece * count)), small=400)
    assert grows_linearly(lambda count: encode(decode(piece * count + "}" * count)), small=400)


# Text to LaTeX ---------------------------------------------------------------------------------------------------

MARKS: list[Mark] = ["italic", "bold", "underline", "small-caps", "sup", "sub", "nocase"]
SAFE = st.text(
    alphabet=st.sampled_from(list("aB cdE é Łßø–—“”‘ \u00a0…&%$#_{}~^\\-'\"<>|²×中文δ")), min_size=1, max_size=12
)


def normal(value: Text) -> Text:
    """As a decoder leaves a text: without blanks at the ends or in a row, and no needless protection."""
    return decode(encode(value))


@st.composite
def texts(draw: st.DrawFn) -> Text:
    spans = []
    for _ in range(draw(st.integers(1, 4))):
        marks = tuple(draw(st.lists(st.sampled_from(MARKS), max_size=3, unique=True)))
        spans.append(Span(draw(SAFE), marks))
    return merge_spans(spans)


@given(texts())
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(value: Text) -> None:
    once = normal(value)
    assert normal(once) == once
    assert "".join(plain(once).split()) == "".join(plain(value).split())


@given(SAFE)
@settings(max_examples=200, deadline=None)
def test_what_is_written_has_balanced_braces(value: str) -> None:
    depth = 0
    for character in encode(text(value)):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


WRITTEN: list[tuple[Text, str, str]] = [
    (text("É & ß – “q”"), r"É \& ß – “q”", r"{\'{E}} \& {\ss} -- ``q''"),
    (text("ớ ệ"), "ớ ệ", r"{\'{{\ohorn}}} {\^{{\d{e}}}}"),
    (text("a--b ''"), "a-{}-b '{}'", "a-{}-b '{}'"),
    (text("{x}"), r"{\textbraceleft}x{\textbraceright}", r"{\textbraceleft}x{\textbraceright}"),
    ((Span("NeRF", ("nocase",)), Span(" x")), "{NeRF} x", "{NeRF} x"),
    ((Span("École", ("nocase",)),), "{École}", r"{{\'{E}}cole}"),
    ((Span("X", ("nocase", "italic")),), r"{{\emph{X}}}", r"{{\emph{X}}}"),
    ((Span("a ", ("italic",)), Span("B", ("italic", "nocase"))), r"\emph{a {B}}", r"\emph{a {B}}"),
    ((Span("x^2", ("math",)),), "$x^2$", "$x^2$"),
    (text("αβ"), "αβ", r"\ensuremath{\alpha}\ensuremath{\beta}"),
    ((Span("https://x.org/%a", url="https://x.org/%a"),), r"\url{https://x.org/\%a}", r"\url{https://x.org/\%a}"),
    ((Span("x", url="https://x.org"),), r"\href{https://x.org}{x}", r"\href{https://x.org}{x}"),
]


@pytest.mark.parametrize(("value", "unicode", "ascii_only"), WRITTEN)
def test_what_is_written_for_each_kind_of_text(value: Text, unicode: str, ascii_only: str) -> None:
    assert encode(value) == unicode
    assert encode(value, "latex") == ascii_only
    assert decode(unicode) == decode(ascii_only) == value


def test_every_character_that_pylatexenc_writes_is_read_back_or_refused() -> None:
    refused = 0
    for code in latex_of_characters():
        character = chr(code)
        try:
            written = encode(text(character), "latex")
        except PubtrackError:
            refused += 1
            continue
        assert written.isascii()
        found = decode(written)
        is_math = any("math" in span.marks for span in found)
        alike = unicodedata.normalize("NFKC", plain(found)) == unicodedata.normalize("NFKC", character)
        assert is_math or alike or character in "’‐‑\u00ad\u00a0", (character, written)
    assert refused < 120


@pytest.mark.parametrize("character", ["王", "Α", "Ħ", "\u202e", "😀"])
def test_a_character_without_a_latex_form_is_named(character: str) -> None:
    with pytest.raises(PubtrackError, match=f"{character}.*U\\+{ord(character):04X}.*no LaTeX form"):
        encode(text(f"x{character}"), "latex")
    assert encode(text(character)) == character


def test_accents_are_known_by_one_name_each() -> None:
    marks = [mark for name, (mark, _) in ACCENTS.items() if len(name) == 1]
    assert len(marks) == len(set(marks))
