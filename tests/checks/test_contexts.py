"""Rules that need to know more than the library: the owner, what is cited, the dialect, the configuration."""

from __future__ import annotations

import pytest

from pubtrack import check as offered
from pubtrack.checks import Context, check
from pubtrack.checks.library_view import View
from pubtrack.citation_scan import Cited, CitedKey
from pubtrack.model.findings import Finding
from pubtrack.people.owner import Owner
from pubtrack.store.library import Library

OWNER = Owner.parse("Roebuck, Ann Bea")
OWN = "".join(f"@misc{{own{n}, author = {{Roebuck, Ann Bea}}, title = {{Work number {n}}}}}\n" for n in range(3))


def run(source: str, context: Context, *select: str) -> list[Finding]:
    return list(check(Library.parse(source.encode()), context, select=select))


def mine(author: str, select: str = "nam-self") -> list[str]:
    source = f"{OWN}@misc{{x, author = {{{author}}}, title = {{Tea}}}}"
    return [one.message for one in run(source, Context(owner=OWNER), select) if one.key == "x"]


@pytest.mark.parametrize(
    "author", ["Roebuck, Ann Bea", "Ann Bea Roebuck", "Roebuck, A. B.", "A. Roebuck", "Roebuck, Ann B."]
)
def test_declared_names_and_their_initials_are_fine(author: str) -> None:
    assert mine(f"{author} and Moe, Tim") == []


@pytest.mark.parametrize(
    ("author", "said"),
    [
        ("Moe, Tim", "the owner is not among the 1 authors"),
        ("Roebcuk, Ann Bea", "one or two letters off"),
        ("Roebuck, Anne Bea and Moe, Tim", "one or two letters off"),
        ("Roebuck, Ann Bea, Jr.", "suffix added"),
        ("Roebuck, Ann", "middle name left out"),
        ("Roebuck*, Ann Bea and Moe, Tim", "typed into the name: *"),
        ("Roebuck, A. and Roebuck, A. B.", "all fit"),
    ],
)
def test_the_owner_missing_misspelt_or_in_another_spelling_is_named(author: str, said: str) -> None:
    assert any(said in message for message in mine(author)), mine(author)


def test_a_bibliography_of_other_people_expects_no_owner() -> None:
    source = (
        "@misc{a, author = {Moe, Tim}}\n@misc{b, author = {Loe, Kim and others}}\n@misc{c, author = {Roebuck, Ann Bea}}"
    )
    assert run(source, Context(owner=OWNER), "nam-self", "nam-others") == []


def test_and_others_is_for_the_owners_own_list() -> None:
    assert mine("Roebuck, Ann Bea and others", "nam-others") == ['name every author in place of "and others"']


def test_co_authors_are_named_with_their_spellings_in_the_owners_list_only() -> None:
    source = (
        "@misc{a, author = {Roebuck, Ann Bea and Müller, Jürgen}}\n@misc{b, author = {Roebuck, Ann Bea and Müller, J.}}"
    )
    assert [one.message for one in run(source, Context(owner=OWNER), "nam-variants")] == [
        '"J. Müller" is "Jürgen Müller" elsewhere (1 time); is it one person?'
    ]
    assert run(source, Context(), "nam-variants") == []


def test_two_people_whom_an_initial_fits_are_no_variants() -> None:
    people = ("Lee, Jon", "Lee, Jane", "Lee, J.")
    source = "".join(f"@misc{{k{n}, author = {{Roebuck, Ann Bea and {one}}}}}\n" for n, one in enumerate(people))
    assert run(source, Context(owner=OWNER), "nam-variants") == []


def test_what_is_cited_is_compared_with_keys_aliases_and_parents() -> None:
    source = (
        "@misc{a, title = {A}, ids = {old}}\n@inproceedings{b, crossref = {p}}\n"
        "@proceedings{p, title = {P}}\n@misc{c, title = {C}}"
    )
    cited = Cited(tuple(CitedKey(key, "a.tex", 3, 7) for key in ("old", "b", "gone")))
    found = run(source, Context(cited=cited), "use")
    assert [(one.code, one.key) for one in found] == [("use-undefined", "gone"), ("use-unused", "c")]
    assert (found[0].file, found[0].line, found[0].column) == ("a.tex", 3, 7)
    assert run(source, Context(cited=Cited((), everything=True)), "use") == []
    assert run(source, Context(), "use") == []


def test_a_declared_key_pattern_is_compared_with_every_key() -> None:
    source = (
        "@misc{roe2020tea, author = {Roe, Ann}, title = {Tea}, year = 2020}\n"
        "@misc{roe2020teaa, author = {Roe, Ann}, title = {Tea}, year = 2020}\n"
        "@misc{x, author = {Roe, Ann}, title = {Tea}, year = 2020}"
    )
    found = run(source, Context(key_pattern="{family}{year}{word}"), "key-pattern")
    assert [(one.key, one.message) for one in found] == [
        ("x", 'the key is "roe2020tea" by the pattern {family}{year}{word}')
    ]


def test_more_fields_can_be_required_by_type_or_of_all() -> None:
    source = "@book{a, author = {Roe, Ann}, title = {A}, publisher = {P}, year = 2020}\n@misc{b, title = {B}}"
    context = Context(required={"book": ("isbn",), "*": ("doi",)})
    assert [one.message for one in run(source, context, "fld-required")] == [
        "@book needs isbn and doi",
        "@misc needs doi",
    ]


def test_known_words_are_protected() -> None:
    source = "@misc{a, title = {Tea from Darjeeling}}"
    assert run(source, Context(), "ttl-protect") == []
    assert len(run(source, Context(words=frozenset({"Darjeeling"})), "ttl-protect")) == 1


def test_venues_of_the_configuration_are_one_venue() -> None:
    others = "".join(f"@article{{{key}, journal = {{Journal of Tea Research}}}}\n" for key in "bc")
    source = f"@article{{a, journal = {{JTR}}}}\n{others}"
    context = Context(venues={"JTR": "Journal of Tea Research"})
    assert [one.key for one in run(source, context, "fld-journal-style")] == ["a"]


def test_classic_bibtex_is_told_of_what_is_not_ascii() -> None:
    source = "@misc{a, author = {Roe, Émile}}\n@misc{b, author = {Münch, Jan}}"
    found = run(source, Context(dialect="bibtex"), "txt-ascii")
    assert [one.message for one in found] == [
        '"É" is not ASCII, which classic BibTeX cannot sort or cut; so have 1 more fields of this file'
    ]
    assert run(source, Context(), "txt-ascii") == []


def test_places_are_those_of_the_character_whatever_the_line_ends() -> None:
    source = "\ufeff@misc{a,\r\n  note = {salt and\r\n  pepper & tea},\r\n}\r\n"
    (found,) = check(Library.parse(source.encode()), Context(), select=["tex-unescaped"])
    assert (found.line, found.column) == (3, 10)


def test_severities_can_be_set_by_id_or_prefix() -> None:
    library = Library.parse(b"@misc{a, title = {Tea and NeRF.}, pages = {1-2}}")
    found = check(library, Context(), severity={"ttl": "info", "fld-pages-dash": "error"}, select=["ttl", "fld"])
    assert {one.code: one.severity for one in found} == {"ttl-protect": "info", "fld-pages-dash": "error"}


def test_csl_json_is_checked_as_the_bibtex_it_would_be() -> None:
    library = Library.parse(b'[{"id": "a", "type": "article-journal", "title": "Tea and rain.", "DOI": "11.1/x"}]')
    found = offered(library, select=["ttl-dot", "id-doi-syntax", "fld-required"])
    assert {(one.code, one.key, one.line, one.fixable) for one in found} == {
        ("ttl-dot", "a", 0, False), ("id-doi-syntax", "a", 0, False), ("fld-required", "a", 0, False),
    }  # fmt: skip


def test_a_library_of_several_files_is_checked_as_one() -> None:
    view = View(Library.parse(b"@misc{a, title = {A}}"))
    assert [item.key for item in view.items] == ["a"]
    assert view.locate(view.pages[0], 19) is not None
    assert view.locate(view.pages[0], 3) is None
