"""Two entries become one, and no value of either is lost unless somebody said so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.bibtex import date_fields, fields, macros
from pubtrack.bibtex.document import Document, parse
from pubtrack.model.errors import PubtrackError, UsageError
from pubtrack.store.merge_entries import is_same, join, texts

MINE = "@article{a, author={Doe, Jane}, title={On {Work}}, journal=jow, year=2020, keywords={tea, work}}"
STRINGS = '@string{jow = "Journal of Work"}'


def joined(*sources: str, take: dict[str, str] | None = None, ids: bool = False) -> list[str]:
    return texts([parse(source) for source in sources], "a", "b", take or {}, ids=ids)


def values(document: Document, key: str) -> dict[str, str]:
    """The fields of an entry by biblatex's names, macros expanded."""
    known = macros.read_macros([document])[0]
    entry = document.entry(key)
    return {fields.field_name(field.name)[0]: macros.expand(field.value, known).latex for field in entry.fields}


def test_what_only_the_second_has_is_added_in_the_layout_of_the_first() -> None:
    first = "@article{a,\n  author = {Doe, Jane},\n  title = {On Work},\n  year = {2020},\n}\n"
    second = '@Article{b, AUTHOR="Jane Doe", title={On work}, doi={10.1000/x}, pages="1-9"}\n'
    added = '  doi = {10.1000/x},\n  pages = "1-9",\n'
    assert joined(first + second) == [first.removesuffix("}\n") + added + "}\n"]


def test_equal_values_stay_as_the_first_spells_them() -> None:
    second = "@article{b, author={Jane Doe}, title={On work}, journaltitle={Journal of Work}, date={2020}}"
    assert joined(f"{STRINGS}\n{MINE}\n{second}") == [f"{STRINGS}\n{MINE}"]


def test_conflicts_are_all_named_at_once_and_nothing_is_changed() -> None:
    second = "@misc{b, author={Doe, J.}, title={On Tea}, year=2021}"
    with pytest.raises(PubtrackError, match=r"type: .*year: .*author: .*title: .*--take type=KEY --take year=KEY"):
        joined(f"{MINE}\n{second}")


def test_each_conflict_goes_as_asked() -> None:
    second = "@misc{b, author={Doe, J.}, title={On Tea}, year=2021, month=may}"
    take = {"type": "b", "author": "a", "title": "b", "year": "b"}
    assert joined(f"{MINE}\n{second}", take=take) == [
        "@misc{a, author={Doe, Jane}, title={On Tea}, journal=jow, year=2021, month=may, keywords={tea, work}}"
    ]


@pytest.mark.parametrize("take", [{"publisher": "a"}, {"title": "c"}])
def test_a_choice_that_makes_no_sense_is_refused(take: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        joined(f"{MINE}\n@article{{b, title={{On Tea}}}}", take=take)


def test_lists_of_words_and_keys_are_united() -> None:
    second = "@article{b, keywords={rain; tea}, related={a, c}}"
    assert joined(f"{MINE}\n{second}\n@book{{c}}")[0].splitlines()[0] == MINE.replace(
        "keywords={tea, work}", "keywords={tea, work, rain}, related={c}"
    )


def test_the_more_exact_date_is_kept_and_another_one_is_a_conflict() -> None:
    assert "date={2020-05}" in joined(MINE + "\n@article{b, date={2020-05}}")[0]
    assert "month=may" in joined(MINE + "\n@article{b, year=2020, month=may}")[0]
    assert (
        joined("@article{a, date={2020-05-02}}\n@article{b, year=2020, month=may}")[0]
        == "@article{a, date={2020-05-02}}"
    )
    with pytest.raises(PubtrackError, match="--take date=KEY"):
        joined("@article{a, date={2020-05}}\n@article{b, year=2020, month=jun}")


def test_references_follow_and_the_key_is_kept_for_old_papers() -> None:
    one = f"% mine\n{MINE}\n\n% between\n\n@book{{c, related={{b, a}}}}\n"
    two = "@article{b, title={On Work}}\n% end\n@book{d, related={x, b}, crossref={b}}\n"
    first, second = joined(one, two, ids=True)
    assert first == f"% mine\n{MINE[:-1]}, ids={{b}}}}\n\n% between\n\n@book{{c, related={{a}}}}\n"
    assert second == "% end\n@book{d, related={x, a}, crossref={a}}\n"


def test_a_part_is_not_joined_into_its_whole() -> None:
    with pytest.raises(PubtrackError, match="two works"):
        joined("@proceedings{a, title={T}}\n@inproceedings{b, crossref={a}}")


def test_a_field_that_stands_twice_is_refused() -> None:
    with pytest.raises(PubtrackError, match="stands twice"):
        joined("@book{a, title={T}}\n@book{b, note={x}, note={y}}")


def test_accents_and_initials_are_no_typography() -> None:
    assert not is_same("author", "Müller, J.", "Muller, J.")
    assert not is_same("author", "Doe, Jane", "Doe, J.")
    assert is_same("author", 'M{\\"u}ller, J.', "J. Müller")
    assert is_same("pages", "1--9", "1–9")
    assert is_same("doi", "10.1000/X", "https://doi.org/10.1000/x")
    assert is_same("month", "May", "5")


NAMES = ("author", "title", "journal", "journaltitle", "year", "date", "month", "volume", "pages", "doi", "url", "note",
         "keywords", "editor", "publisher", "abstract", "myfield")  # fmt: skip
TEXTS = {
    "year": ("2019", "2020"), "date": ("2019", "2020-05", "2020"), "month": ("5", "May", "June"),
    "author": ("Doe, Jane", "Jane Doe", "Doe, J."), "pages": ("1--9", "1-9", "2-8"), "keywords": ("a, b", "b; c", "c"),
}  # fmt: skip


@st.composite
def entries(draw: st.DrawFn, key: str) -> str:
    chosen = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=9))
    if "journal" in chosen and "journaltitle" in chosen:
        chosen.remove("journaltitle")
    found = [(name, draw(st.sampled_from(TEXTS.get(name, ("One", "{O}ne", "Two"))))) for name in chosen]
    return f"@article{{{key}{''.join(f', {name} = {{{value}}}' for name, value in found)}}}"


def _is_there(name: str, value: str, result: dict[str, str]) -> bool:
    """Whether a value of a side is in the result, perhaps within a list or a more exact date."""
    if name == "keywords":
        return all(word.strip() in result.get(name, "") for word in value.replace(";", ",").split(","))
    if name in result and is_same(name, result[name], value):
        return True
    if name in ("year", "date", "month"):
        whole = date_fields.issued(result).date
        if whole is None or name == "month":
            number = {"5": 5, "May": 5, "June": 6}.get(value, 0)
            return name == "month" and whole is not None and whole.parts[1:2] == (number,)
        part = date_fields.issued({name: value}).date
        return part is not None and whole.parts[: len(part.parts)] == part.parts
    return False


@settings(max_examples=200, deadline=None)
@given(entries("a"), entries("b"), st.data())
def test_no_value_of_either_side_is_lost_unless_asked_for(one: str, other: str, data: st.DataObject) -> None:
    before = parse(f"{one}\n{other}\n")
    mine, theirs = values(before, "a"), values(before, "b")
    plan = join(before.entry("a"), before.entry("b"), {}, ids=False)
    take = {conflict.field: data.draw(st.sampled_from("ab")) for conflict in plan.conflicts}
    after = parse(joined(f"{one}\n{other}\n", take=take)[0])
    assert list(after.by_key) == ["a"]
    result = values(after, "a")
    asked = {fields.field_name(name)[0] for name in take}
    asked |= {"date", "year", "month"} if asked & {"date", "year"} else set()
    for name, value in [*mine.items(), *theirs.items()]:
        assert name in asked or _is_there(name, value, result), (name, value, result)
    for name, key in take.items():
        name = fields.field_name(name)[0]
        if name not in ("date", "year"):
            assert is_same(name, result[name], (mine if key == "a" else theirs)[name])
