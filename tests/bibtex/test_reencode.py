r"""LaTeX to LaTeX in another encoding."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pubtrack.bibtex import name_lists
from pubtrack.bibtex.latex import Encoding, decode
from pubtrack.bibtex.latex_decoder import is_balanced
from pubtrack.bibtex.latex_tokens import tokens
from pubtrack.bibtex.reencode import reencode
from pubtrack.model.errors import PubtrackError
from tests.linear import grows_linearly

CASES = [
    (r"{\"U}ber {\ss} und \c{c}", r"{\"U}ber {\ss} und \c{c}", "Über ß und ç"),
    ("Über ß", r"{\"{U}}ber {\ss}", "Über ß"),
    (r"Erd{\H o}s \'{E}. {\v{S}}koda \'{\i} \o re \ss{}t", r"Erd{\H o}s \'{E}. {\v{S}}koda \'{\i} \o re \ss{}t",
     "Erdős É. Škoda í øre ßt"),
    (r"{{\"U}ber} {Schr{\"o}dinger} {\'Ecole}", r"{{\"U}ber} {Schr{\"o}dinger} {\'Ecole}",
     "{Über} {Schrödinger} École"),
    (r"\emph{\'Ecole} {\bf \'e}", r"\emph{\'Ecole} {\bf \'e}", r"\emph{École} {\bf é}"),
    (r"{\em{\'e}}", r"{\em{\'e}}", r"{\em é}"),
    ("{NeRF}, $O(n^2)$ and $\\alpha_1$", "{NeRF}, $O(n^2)$ and $\\alpha_1$", "{NeRF}, $O(n^2)$ and $\\alpha_1$"),
    ("100% of AT&T #1 a_b x^2", r"100\% of AT\&T \#1 a\_b x{\textasciicircum}2",
     r"100\% of AT\&T \#1 a\_b x{\textasciicircum}2"),
    (r"100\% of AT\&T \$5", r"100\% of AT\&T \$5", r"100\% of AT\&T \$5"),
    ("from $10 to $20", r"from \$10 to \$20", r"from \$10 to \$20"),
    (r"\url{https://example.org/a_b%20c#d} \href{https://x.org/?a&b}{a_b}",
     r"\url{https://example.org/a_b%20c#d} \href{https://x.org/?a&b}{a\_b}",
     r"\url{https://example.org/a_b%20c#d} \href{https://x.org/?a&b}{a\_b}"),
    ("a–b —c “d” ‘e’", "a--b ---c ``d'' `e'", "a–b —c “d” ‘e’"),
    ("a–-b", "a--{}-b", "a–-b"),
    ("a -- b ``c''", "a -- b ``c''", "a -- b ``c''"),
    ("1 < 2 | 3", r"1 {\textless} 2 {\textbar} 3", "1 < 2 | 3"),
    ("$α$ \\url{https://x.org/é}", r"${\alpha}$ \url{https://x.org/%C3%A9}", "$α$ \\url{https://x.org/é}"),
    ("  two\n\tlines  ", " two lines ", " two lines "),
    (r"\noopsort{1973b}A", r"\noopsort{1973b}A", r"\noopsort{1973b}A"),
    (r"\frobnicate{Looms} \LaTeX", r"\frobnicate{Looms} \LaTeX", r"\frobnicate{Looms} \LaTeX"),
    ("q\u0303 a", r"{\~{q}} a", "q\u0303 a"),
    ("back\\", "back", "back"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "latex", "characters"), CASES)
def test_only_letters_and_acting_signs_change(source: str, latex: str, characters: str) -> None:
    assert reencode(source, "latex") == latex
    if r"\em{" not in source:
        assert reencode(source, "unicode") == characters


@pytest.mark.parametrize(("source", "latex", "characters"), CASES)
def test_recoded_twice_it_is_the_same(source: str, latex: str, characters: str) -> None:
    assert reencode(latex, "latex") == latex
    assert reencode(characters, "unicode") == characters


def test_a_group_in_a_name_holds_it_together() -> None:
    assert (
        reencode(r"{\'Ecole normale} and {\'E}lise Moreau", "unicode", names=True) == "{École normale} and Élise Moreau"
    )


@pytest.mark.parametrize(
    "source",
    [
        r"\input{/etc/passwd}", r"\write18{rm}", r"$\input{x}$", "^^5cinput{x}", r"\href{\input{x}}{y}",
        r"$^^5cinput{x}$", r"{\def\x{y}}", r"\immediate\openout1=x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["latex", "unicode"])
def test_commands_that_would_act_on_the_machine_are_text(source: str, encoding: Encoding) -> None:
    found = reencode(source, encoding)
    assert not re.search(r"\\(?:input|write|def|immediate|openout)(?![A-Za-z])|\^\^", found)
    assert is_balanced(found)


def test_a_character_without_a_form_is_named() -> None:
    with pytest.raises(PubtrackError, match=r'"王" \(U\+738B\) has no LaTeX form'):
        reencode("王 and \\'e", "latex")
    assert reencode("王", "unicode") == "王"


PIECES = st.sampled_from(
    [
        *"abE éÜßł–’“-'`%&#_^$~,.()<>|1", "  ", "--", "``", "''", r"\'", r"\"", r"\c{c}", r"\v ", r"\i ", r"\o ",
        r"\ss{}",
        r"{\"o}", r"\'{e}", r"{\'E}", r"\&", r"\%", r"\$", r"\_", r"\#", r"\emph{", r"{\bf ", "{", "}", "$x_1$", "$^2$",
        r"\ldots ", r"\url{a_b}", r"{NeRF}", r"\alpha ", r"\{", r"\}", "e\u0301", r"{\'Ecole}", "\u00a0", "?`",
    ]
)  # fmt: skip
VALUES = st.lists(PIECES, max_size=8).map("".join).filter(is_balanced).filter(lambda value: "{}" not in value)


def shown(source: str) -> list[tuple[str, tuple[str, ...], str]]:
    """What a value prints; TeX has one sign for the apostrophe and the closing quotation mark."""
    return [(span.text.replace("’", "'"), span.marks, span.url) for span in decode(source)]


@settings(max_examples=400, deadline=None)
@given(VALUES, st.sampled_from(["latex", "unicode"]))
def test_read_as_text_a_value_is_the_same_as_before(source: str, encoding: Encoding) -> None:
    source = unicodedata.normalize("NFC", source)
    assume(not re.search("(?:\\A|[^a-z]|\\\\[a-z]+)[\u0300-\u036f]", source))  # an accent of Unicode's over nothing
    assume(all(token.text.isascii() for token in tokens(source) if token.kind == "math"))  # $α$ is $\alpha$ then
    found = reencode(source, encoding)
    assert is_balanced(found)
    assert encoding == "unicode" or found.isascii()
    assert shown(found) == shown(source)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_the_tokens_are_the_value(source: str) -> None:
    assert "".join(token.text for token in tokens(source)) == source


@pytest.mark.parametrize(
    "source",
    [
        r"Erd{\H o}s, P. and \'{E}. Dupont and {\L}ukasz {\v{S}}koda", "{World Weather Office} and 王小明 and others",
        r"{\'Ecole normale} and van der Berg, Jan Pieter", "{Simon & Sons} and O'Brien, Mary",
        r"de la Fuente, Ana and {{\'E}diteurs}", r"Moreau, {\'E}. and Stra{\ss}e, J.",
    ],
)  # fmt: skip
def test_names_stay_the_same_people(source: str) -> None:
    assert name_lists.parse(reencode(source, "unicode", names=True)) == name_lists.parse(source)
    if source.isascii():
        assert name_lists.parse(reencode(source, "latex", names=True)) == name_lists.parse(source)


@pytest.mark.parametrize("encoding", ["unicode", "latex"])
@pytest.mark.parametrize("piece", ["$", "$$", r"\(", r"\'", "{\\'", "é", r"\url"])
def test_a_long_value_takes_linear_time(piece: str, encoding: Any) -> None:
    assert grows_linearly(lambda count: reencode(piece * count + "}" * count * piece.count("{"), encoding), small=400)
