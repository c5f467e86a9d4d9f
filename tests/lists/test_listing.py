"""Lists: what they show, in which sections, order and numbers, with whom highlighted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pubtrack.config import ListConfig, SectionConfig
from pubtrack.csl import Style
from pubtrack.lists.listing import Listed, ListingContext, make_listing
from pubtrack.lists.listing_model import Listing
from pubtrack.lists.role_marks import Highlight
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import Name
from pubtrack.model.richtext import plain, text
from pubtrack.model.work import Date, Work

ME = Name("Doe", "Jane", roles=frozenset({"me", "corresponding"}))
STUDENT = Name("Roe", "Al", roles=frozenset({"highlight students", "equal"}))
OTHERS = tuple(Name(f"Other{letter}", "X.") for letter in "ABCDEFG")
STUDENTS = Highlight("highlight students", ("underline",), "students")
AROUND = ListingContext(Style.load, {"corresponding": "*", "equal": "†"}, (STUDENTS,))


def work(key: str, kind: str, year: int, *people: Name, **custom: str) -> Work:
    values = {"title": text(f"Title {key}"), "container_title": text("Venue")}
    return Work(
        key, kind, values, {"author": people or (ME,)}, {"issued": Date((year,))} if year else {}, custom=custom
    )


def stated(work: Work, state: str) -> Work:
    return replace(work, values={**work.values, "status": text(state)})


WORKS = [
    work("a", "article-journal", 2001),
    work("b", "paper-conference", 2003, STUDENT, ME),
    work("c", "article-journal", 2002, *OTHERS, ME),
    work("d", "book", 2004),
]
SECTIONS = (
    SectionConfig("Journals", "type = article-journal", "J"),
    SectionConfig("Talks", "type = speech"),
    SectionConfig("Conferences", "type = paper-conference", "C"),
)


def listed(options: ListConfig, works: list[Work] = WORKS, around: ListingContext = AROUND) -> Listed:
    return make_listing(works, options, around)


def shape(listing: Listing) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one.title, [(item.number, item.work.id) for item in one.items]) for one in listing.sections]


def test_without_sections_there_is_one_list_newest_first() -> None:
    assert shape(listed(ListConfig()).listing) == [("", [("", "d"), ("", "b"), ("", "c"), ("", "a")])]


def test_sections_come_in_order_the_rest_last_and_empty_ones_vanish() -> None:
    result = listed(ListConfig(sections=SECTIONS, rest="Books"))
    assert [(title, [key for _, key in items]) for title, items in shape(result.listing)] == [
        ("Journals", ["c", "a"]),
        ("Conferences", ["b"]),
        ("Books", ["d"]),
    ]
    assert result.warnings == ('the section "Talks" is empty and left out',)


def test_what_no_section_takes_is_reported_when_there_is_no_rest() -> None:
    result = listed(ListConfig(sections=SECTIONS, rest=""))
    assert result.warnings[-1] == "no section takes d; they are left out"
    assert [title for title, _ in shape(result.listing)] == ["Journals", "Conferences"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("ascending", ["J1.", "J2.", "C3.", "4."]),
        ("descending", ["J4.", "J3.", "C2.", "1."]),
        ("ascending-per-section", ["J1.", "J2.", "C1.", "1."]),
        ("descending-per-section", ["J2.", "J1.", "C1.", "1."]),
        ("none", ["", "", "", ""]),
    ],
)
def test_numbers_count_as_asked_with_the_sections_prefix(number: str, expected: list[str]) -> None:
    options = replace(ListConfig(sections=SECTIONS), number=number)  # type: ignore[arg-type]
    assert [item.number for item in listed(options).listing.items] == expected


def test_what_no_section_takes_may_have_a_section_for_each_year() -> None:
    works = [*WORKS, work("e", "article-journal", 2003), work("f", "book", 0), stated(work("g", "book", 0), "in press")]
    books = (SectionConfig("Books", "key = d"),)
    result = listed(ListConfig(group="year", sections=books, rest="No date", sort="author,title"), works)
    assert [(title, [key for _, key in items]) for title, items in shape(result.listing)] == [
        ("Books", ["d"]),
        ("In press", ["g"]),
        ("2003", ["e", "b"]),
        ("2002", ["c"]),
        ("2001", ["a"]),
        ("No date", ["f"]),
    ]


@pytest.mark.parametrize(
    ("locale", "state", "words"),
    [
        ("", "in press", "in press"), ("de-DE", "in press", "im Druck"), ("fr", "in press", "sous presse"),
        ("", "submitted", "submitted"), ("de-AT", "submitted", "eingereicht"), ("eu", "submitted", "submitted"),
        ("es-ES", "in preparation", "en preparación"), ("de-DE", "in the oven", "in the oven"),
    ],
)  # fmt: skip
def test_a_state_is_printed_in_the_words_of_the_list(locale: str, state: str, words: str) -> None:
    written = stated(work("g", "book", 0), state)
    listing = listed(ListConfig(locale=locale, group="year"), [written]).listing
    (item,) = listing.items
    assert words in plain(item.text)
    assert listing.sections[0].title == words[:1].upper() + words[1:]
    assert item.work == written


def test_years_ascend_where_the_list_does_and_numbers_count_through_them() -> None:
    result = listed(ListConfig(group="year", sort="date", number="descending"))
    assert [(title, items[0][0]) for title, items in shape(result.listing)] == [
        ("2001", "4."), ("2002", "3."), ("2003", "2."), ("2004", "1."),
    ]  # fmt: skip


def test_a_section_may_have_its_own_style_order_and_numbers() -> None:
    sections = (
        SectionConfig("Journals", "type = article-journal", style="apa", sort="date", number="ascending"),
        SectionConfig("All", "", number="none"),
    )
    first, second = listed(ListConfig(sections=sections, number="descending")).listing.sections
    assert [(item.number, item.work.id) for item in first.items] == [("1.", "a"), ("2.", "c")]
    assert plain(first.items[0].text).startswith("Doe, J.")
    assert [item.number for item in second.items] == ["", ""]


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("none", ["[1]", "[2]", "[3]", "[4]"]),
        ("descending", ["[J4]", "[J3]", "[C2]", "[1]"]),
        ("ascending-per-section", ["[J1]", "[J2]", "[C1]", "[1]"]),
    ],
)
def test_a_style_that_numbers_itself_prints_the_lists_numbers(number: str, printed: list[str]) -> None:
    options = replace(ListConfig(style="ieee", sections=SECTIONS), number=number)  # type: ignore[arg-type]
    items = listed(options).listing.items
    assert [item.number for item in items] == ["", "", "", ""]
    assert [plain(item.text).split("]")[0] + "]" for item in items] == printed


def test_the_owner_is_bold_the_student_underlined_and_roles_are_marked() -> None:
    item = next(item for item in listed(ListConfig(legend=True)).listing.items if item.work.id == "b")
    assert [(span.text, span.marks) for span in item.text[:5]] == [
        ("Al Roe", ("underline",)),
        ("†", ()),
        (", ", ()),
        ("Jane Doe", ("bold",)),
        ("*", ()),
    ]
    assert (
        plain(listed(ListConfig(legend=True)).listing.legend)
        == "* corresponding author, † equal contribution, students"
    )


def test_the_owner_stays_visible_where_et_al_would_hide_them() -> None:
    options = ListConfig(where="key = c", max_authors=2)
    (item,) = listed(options).listing.items
    assert plain(item.text).startswith("X. OtherA, X. OtherB, …, Jane Doe")
    (item,) = listed(replace(options, keep_owner=False)).listing.items
    assert "Doe" not in plain(item.text)
    (item,) = listed(replace(options, max_authors=0)).listing.items
    assert "OtherG, Jane Doe" in plain(item.text)


def test_a_preprint_is_listed_once_or_always_or_never() -> None:
    works = [*WORKS, work("pre", "article", 2000)]
    around = replace(AROUND, published={"pre": "a"})
    for setting, count in (("hide-published", 4), ("all", 5), ("none", 4)):
        options = replace(ListConfig(), preprints=setting)  # type: ignore[arg-type]
        assert len(listed(options, works, around).listing.items) == count
    # Where the filter leaves the published version out, the preprint is what is left to show.
    assert [item.work.id for item in listed(ListConfig(where="year = 2000"), works, around).listing.items] == ["pre"]


def test_parents_are_no_papers_of_their_own() -> None:
    works = [*WORKS, work("child", "paper-conference", 2004, crossref="d")]
    assert "d" not in [item.work.id for item in listed(ListConfig(), works).listing.items]


def test_entries_that_refer_to_each_other_in_a_circle_are_listed() -> None:
    works = [
        work("x", "book", 2001, crossref="y"),
        work("y", "book", 2002, crossref="x"),
        work("z", "book", 2003, crossref="z"),
    ]
    assert {item.work.id for item in listed(ListConfig(), works).listing.items} == {"x", "y", "z"}


def test_a_style_without_a_bibliography_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("styles") / "cites.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>Cites</title>'
        '<id>x</id></info><citation><layout><text variable="title"/></layout></citation></style>',
        encoding="utf-8",
    )
    with pytest.raises(PubtrackError, match="has no bibliography"):
        listed(ListConfig(style=str(path)))


def test_the_same_works_give_the_same_list_again() -> None:
    assert listed(ListConfig(sections=SECTIONS)) == listed(ListConfig(sections=SECTIONS))
