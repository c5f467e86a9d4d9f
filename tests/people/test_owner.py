"""Who the owner is: what is declared, how a list is decided, and laws that hold for any names."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pubtrack.bibtex import name_lists
from pubtrack.model.errors import PubtrackError
from pubtrack.model.identifiers import checked_orcid
from pubtrack.model.name import ANNOTATED_ME, ME, Name
from pubtrack.model.work import Work
from pubtrack.people import spellings
from pubtrack.people.groups import with_roles
from pubtrack.people.owner import RULES, Match, Owner, identify
from pubtrack.store.library import Library

MINE = "0000-0002-1825-0097"
OTHER = "0000-0001-5109-3700"
XIONG = Owner.parse("Zhexiao Xiong")


def found(owner: Owner, authors: str) -> Match:
    people = name_lists.parse(authors)
    return identify(people.names, owner, others=people.others)


@pytest.mark.parametrize(
    "authors",
    ["Xiong Z, Doe JK", "Doe JK, Xiong Z", "Xiong, Zhexiao; Doe, Jo", "Doe J, Xiong Z, Roe R", "Z. Xiong; J. Doe"],
)
def test_an_owner_in_a_list_without_and_is_pointed_out_and_not_marked(authors: str) -> None:
    match = found(XIONG, authors)
    assert (match.status, match.positions) == ("ambiguous", ())


# What is declared


@pytest.mark.parametrize(
    "orcid",
    [
        MINE,
        OTHER,
        "0000-0002-1694-233X",
        "0000-0002-1694-233x",
        f"https://orcid.org/{MINE}",
        f"http://orcid.org/{MINE}/",
    ],
)
def test_an_orcid_is_read_with_or_without_its_address(orcid: str) -> None:
    assert checked_orcid(orcid) in (MINE, OTHER, "0000-0002-1694-233X")


@pytest.mark.parametrize(
    ("orcid", "message"),
    [
        ("0000-0002-1825-0098", "check digit"),
        ("0000-0002-1852-0097", "check digit"),
        ("0000-0002-1694-2330", "check digit"),
        ("0000000218250097", "not an ORCID iD"),
        ("0000-0002-1825-009", "not an ORCID iD"),
        ("٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧", "not an ORCID iD"),
        ("https://example.org/0000-0002-1825-0097", "not an ORCID iD"),
    ],
)
def test_a_wrong_orcid_is_refused(orcid: str, message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        Owner.parse("Josiah Carberry", orcid=orcid)


@pytest.mark.parametrize("name", ["", "  ", ",", "*", "1", "{}"])
def test_an_empty_name_is_refused(name: str) -> None:
    with pytest.raises(PubtrackError, match="Family, Given"):
        Owner.parse(name)
    with pytest.raises(PubtrackError, match="Family, Given"):
        Owner.parse("Josiah Carberry", [name])


@pytest.mark.parametrize(
    "name", ["Xiong, Zhexiao and Wen, Xin", "Zhexiao Xiong; Z. Xiong", "Xiong, Z., Wen, X.", "Z. Xiong & X. Wen"]
)
def test_several_names_in_one_are_refused(name: str) -> None:
    with pytest.raises(PubtrackError, match="more than one name"):
        Owner.parse(name)


def test_a_declared_name_may_be_copied_from_a_bib_file() -> None:
    owner = Owner.parse(r"M{\"u}ller, J{\"u}rgen")
    assert found(owner, "Jürgen Müller").status == "certain"


# How a list is decided


def test_an_orcid_decides_over_any_name() -> None:
    owner = Owner.parse("Wei Wang", orcid=MINE)
    wang = Name(family="Wang", given="Wei")
    mine = Name(family="Wang", given="Wei", orcid=f"https://orcid.org/{MINE}")
    other = Name(family="Wang", given="Wei", orcid=OTHER)
    married = Name(family="Li", given="Wei", orcid=MINE)
    assert identify((wang, mine, other), owner) == Match((2,), "certain", "ORCID", ("Wei Wang",))
    assert identify((other,), owner).status == "absent"
    assert identify((other, wang), owner).positions == (2,)
    assert identify((married, wang), owner).positions == (1,)
    assert identify((other,), Owner.parse("Wei Wang")).status == "certain"


def test_what_is_no_orcid_says_nothing() -> None:
    owner = Owner.parse("Wei Wang", orcid=MINE)
    assert identify((Name(family="Wang", given="Wei", orcid="unknown"),), owner).status == "certain"


def test_an_annotation_settles_what_names_leave_open() -> None:
    both = (Name(family="Xiong", given="Z."), Name(family="Xiong", given="Z."))
    marked = (both[0], Name(family="Xiong", given="Z.", roles=frozenset([ANNOTATED_ME])))
    assert identify(both, XIONG).status == "ambiguous"
    assert identify(marked, XIONG) == Match((2,), "certain", "annotation", ("Z. Xiong",))
    highlighted = (Name(family="Xiong", given="Z.", roles=frozenset(["highlight"])), both[1])
    assert identify(highlighted, XIONG).positions == (1,)


def test_an_annotation_makes_nobody_the_owner_who_has_another_family_name() -> None:
    assert identify((Name(family="Wen", given="Xin", roles=frozenset([ME])),), XIONG).status == "absent"


def test_an_annotation_in_the_file_settles_what_names_leave_open() -> None:
    source = b"@book{a, author = {Xiong, Z. and Xiong, Z.}, author+an = {2=me}, title = {T}}"
    (work,) = Library.parse(source).works
    assert identify(work.author, XIONG).positions == (2,)
    assert [ME in name.roles for name in with_roles(work, XIONG).author] == [False, True]


def test_a_nickname_is_the_owners_where_it_is_annotated() -> None:
    owner = Owner.parse("Stockton, Benjamin")
    assert identify((Name(family="Stockton", given="Ben"),), owner).status == "absent"
    assert (
        identify((Name(family="Stockton", given="Ben", roles=frozenset([ANNOTATED_ME])),), owner).rule == "annotation"
    )


@pytest.mark.parametrize(
    ("authors", "note"),
    [
        ("Finn*, Kelly", "typed into the name: *"),
        ("Finn$^{3,*}$, Kelly", "typed into the name: ³,*"),
        ("Kelly Finn (corresponding)", "typed into the name: (corresponding)"),
        ("Kelly Finn and Kelly Finn", "listed 2 times"),
        ("Kelley Finn", "namesake"),
        ("Kelly Finn and others", ""),
        ("Ann Lee and others", "and others"),
        ("K. Finn and K Finn", "1 (K. Finn), 2 (K Finn): all fit"),
        ("{Kelly Finn and Ann Lee}", "give every author a name of its own"),
        ("Finn", "family name alone"),
    ],
)
def test_the_note_says_what_to_look_at(authors: str, note: str) -> None:
    said = found(Owner.parse("Finn, Kelly"), authors).note
    assert note in said if note else said == ""


def test_a_misspelt_family_name_is_reported_and_not_taken() -> None:
    match = found(Owner.parse("Stachelek, Joseph"), "Stachelk, Joseph")
    assert match.status == "absent" and "spelt almost like the owner" in match.note


def test_no_authors_is_a_status_of_its_own() -> None:
    assert identify((), XIONG) == Match(status="no-authors")
    assert "others" in identify((), XIONG, others=True).note


def test_every_rule_is_reached_and_explained() -> None:
    rows = {
        "name": ("Xiong, Zhexiao", "Zhe-Xiao Xiong"),
        "middle name left out": ("Hocking, Toby Dylan", "Toby Hocking"),
        "middle name abbreviated": ("Hocking, Toby Dylan", "Toby D. Hocking"),
        "middle name spelt out": ("Hocking, Toby D.", "Toby Dylan Hocking"),
        "middle initial added": ("Hocking, Toby", "Toby D. Hocking"),
        "first name abbreviated": ("Hocking, Toby Dylan", "T. Dylan Hocking"),
        "particle left out": ("van der Berg, Jan", "Jan Berg"),
        "suffix left out": ("Smith III, James", "James Smith"),
        "suffix added": ("Smith, James", "James Smith III"),
        "initials": ("Xiong, Zhexiao", "ZX Xiong"),
        "family name first": ("Xiong, Zhexiao", "Xiong Zhexiao"),
        "family name with a role": ("Nguyen, ThanhVu", "Nguyen (PI) and Kapur (Co-PI)"),
    }
    for rule, (name, authors) in rows.items():
        assert found(Owner.parse(name), authors).rule == rule
    assert set(RULES) == {*rows, "ORCID", "annotation"}


# Roles


def test_the_owner_gets_the_role_in_every_list_of_people() -> None:
    author = (Name(family="Wen", given="Xin"), Name(family="Xiong", given="Z."))
    editor = (Name(family="Xiong", given="Zhexiao", roles=frozenset(["corresponding"])),)
    work = with_roles(Work("k", "chapter", people={"author": author, "editor": editor}), XIONG)
    assert [name.roles for name in work.author] == [frozenset(), {ME}]
    assert work.people["editor"][0].roles == {ME, "corresponding"}
    assert with_roles(work, XIONG) == work


def test_a_work_without_the_owner_stays_the_same_object() -> None:
    work = Work("k", "book", people={"author": (Name(family="Wen", given="Xin"),)})
    assert with_roles(work, XIONG) is work


def test_nobody_but_the_owner_keeps_the_owners_role() -> None:
    work = Work("k", "book", people={"author": (Name(family="Wen", given="Xin", roles=frozenset([ME, "equal"])),)})
    assert with_roles(work, XIONG).author[0].roles == {"equal"}


def test_other_people_get_other_roles_and_keep_theirs() -> None:
    work = Work("k", "book", people={"author": name_lists.parse("Xiong, Zhexiao and Doe, Jane and Roe, Rick").names})
    for person in ("Jane Doe", "Rick Roe"):
        work = with_roles(work, Owner.parse(person), role="students")
    work = with_roles(work, XIONG)
    assert [set(name.roles) for name in work.author] == [{ME}, {"students"}, {"students"}]


# Laws

FAMILIES = (
    "Xiong Nguyen García Müller Sørensen Smith O'Brien McDonald Kovács Yılmaz Łukasiewicz Kim Al-Sayed Meyer-Gohde "
    "Le Lee Li Wang Sigurðsson Papadopoulos Ivanov Dupont Tanaka Okafor Ng Silva Thomas"
).split()
GIVEN = (
    "Zhexiao Zhe Zhen Xiao Wei Wei-Yu Wen Kai Kaiwen ThanhVu Thanh Thanh-Dat Jean Jean-Pierre Jean-Marc Pierre Toby "
    "Tobias Marine Marina Maria Mary John Jon Jonathan Johann James Jamie José Josef Christian Christina Alexander "
    "Alex Alexandra Benjamin Ben Işık Jürgen Jörg Bjørn Björk Minho Min-Hee Soonho Soon-Hee Mohammed Mahmoud Anna Anne "
    "Ann Hannah Lars Lara Yuri Yulia Søren Sören"
).split()
any_text = st.text(st.characters(codec="utf-8"), max_size=12)
any_name = st.builds(
    Name, family=any_text, given=any_text, non_dropping_particle=any_text, suffix=any_text, literal=any_text
)
word = st.sampled_from(
    ["Xiong", "Z.", "ZX", "-", ",", "*", "van", "Jr.", "and", "(PI)", "Zhe-Xiao", "熊", "$^1$", "’", "ı"]
)
typed_name = st.lists(word, max_size=5).map(" ".join)
a_person = st.builds(
    lambda family, given: Name(family=family, given=given), st.sampled_from(FAMILIES), st.sampled_from(GIVEN)
)


def letters(name: str) -> frozenset[str]:
    return frozenset(spellings(name))


@settings(max_examples=150, deadline=None)
@given(st.lists(any_name | st.builds(Name, family=typed_name, given=typed_name), max_size=4), st.booleans())
def test_no_list_of_names_is_too_strange(authors: list[Name], others: bool) -> None:
    for owner in (XIONG, Owner.parse("van der Berg, Jan", ["熊哲骁", "J. v. d. Berg"], MINE)):
        match = identify(authors, owner, others=others)
        assert (match.status == "certain") == bool(match.positions)
        assert all(1 <= position <= len(authors) for position in match.positions)


@settings(max_examples=150, deadline=None)
@given(any_text | typed_name, any_name)
def test_a_declared_name_is_refused_or_works(declared: str, name: Name) -> None:
    try:
        owner = Owner.parse(declared)
    except PubtrackError:
        return
    identify([name], owner)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FAMILIES), st.sampled_from(GIVEN), st.sampled_from(GIVEN))
def test_another_given_name_is_another_person(family: str, mine: str, theirs: str) -> None:
    assume(not letters(mine) & letters(theirs))
    for author in (Name(family=family, given=theirs), Name(family=theirs, given=family)):
        match = identify([author], Owner.parse(f"{family}, {mine}"))
        assert match.positions == ()
    assert identify([Name(family=family, given=theirs)], Owner.parse(f"{family}, {mine}")).status == "absent"


@settings(max_examples=150, deadline=None)
@given(a_person, st.lists(a_person, max_size=4), st.integers(0, 4))
def test_strangers_neither_hide_nor_move_the_owner(owner: Name, others: list[Name], place: int) -> None:
    assume(not any(letters(other.family) & letters(owner.family) for other in others))
    assume(not any(letters(other.family) & letters(owner.given) for other in others))
    place = min(place, len(others))
    authors = [*others[:place], owner, *others[place:]]
    match = identify(authors, Owner.parse(f"{owner.family}, {owner.given}"))
    assert (match.positions, match.status, match.rule) == ((place + 1,), "certain", "name")


@settings(max_examples=150, deadline=None)
@given(a_person, a_person, st.sampled_from(["NFC", "NFD", "upper", "lower", "bare", "hyphen"]))
def test_case_accents_and_hyphens_change_nothing(owner: Name, author: Name, change: str) -> None:
    def changed(text: str) -> str:
        if change in ("NFC", "NFD"):
            return unicodedata.normalize("NFC" if change == "NFC" else "NFD", text)
        if change == "hyphen":
            return text.replace("-", "\u2010")
        return {
            "upper": text.upper(),
            "lower": text.lower(),
            "bare": "-".join(spellings(p)[0].title() for p in text.split("-")),
        }[change]

    other = Name(family=changed(author.family), given=changed(author.given))
    who = Owner.parse(f"{owner.family}, {owner.given}")
    assert identify([other], who).status == identify([author], who).status


@settings(max_examples=100, deadline=None)
@given(a_person)
def test_every_declared_name_is_found_and_so_are_its_initials(owner: Name) -> None:
    who = Owner.parse(f"{owner.given} {owner.family}")
    short = "-".join(f"{part[0]}." for part in owner.given.split("-"))
    for given_name in (owner.given, short, short[:1], f"{owner.given} Q."):
        assert identify([Name(family=owner.family, given=given_name)], who).positions == (1,), given_name


def test_every_rule_is_documented() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "owner.md").read_text(encoding="utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in page] == []


@pytest.mark.parametrize("piece", ["Xiong ", "de ", "(", "$", '"a ', "et ", "-Z", "Z."])
def test_an_endless_name_is_read_in_no_time(piece: str) -> None:
    endless = piece * 200_000 + " Xiong"
    for name in (Name(literal=endless), Name(family=endless), Name(family="Xiong", given=endless)):
        assert identify([name], XIONG).positions == ()
