"""What entries borrow from one another."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.document import parse
from pubtrack.bibtex.works import works
from pubtrack.model.work import Work


def read(text: str) -> tuple[dict[str, Work], list[str]]:
    found, findings = works([parse(text, file="x.bib")])
    return {work.id: work for work in found}, [str(finding) for finding in findings]


PROCEEDINGS = """
@proceedings{p, title={Proc. of X}, subtitle={Papers}, titleaddon={Extended}, shorttitle={PX}, editor={Ed, A.},
  publisher={House}, date={2016-05}, label={L}, keywords={meeting}, options={useprefix=false}}
"""


def test_a_part_takes_its_containers_title_as_booktitle_and_the_rest_by_name() -> None:
    found, findings = read(
        PROCEEDINGS + "@inproceedings{c, crossref={p}, title={Paper}, author={Au, B.}, pages={1--2}}"
    )
    work = found["c"]
    assert findings == []
    assert (work.get("title"), work.get("container_title")) == ("Paper", "Proc. of X: Papers")
    assert (work.get("publisher"), work.issued and work.issued.parts) == ("House", (2016, 5))
    assert [name.family for name in work.people["editor"]] == ["Ed"]
    assert work.custom == {"crossref": "p", "booktitleaddon": "Extended", "keywords": "meeting"}
    assert not work.get("title_short")


def test_own_fields_are_never_replaced() -> None:
    found, _ = read(
        PROCEEDINGS + "@inproceedings{c, crossref={p}, title={T}, booktitle={Own}, publisher={Mine}, year=1999}"
    )
    work = found["c"]
    assert (work.get("container_title"), work.get("publisher")) == ("Own: Papers", "Mine")
    assert work.issued and work.issued.parts == (1999,)


def test_a_container_may_stand_before_its_parts_in_any_file_and_its_key_be_of_any_case() -> None:
    child = parse("@inproceedings{c, crossref={P}, title={T}}")
    (work, _), findings = works([child, parse(PROCEEDINGS)])
    assert work.get("publisher") == "House"
    assert findings == ()


TITLES = [
    ("mvbook", "book", "title", "M: T"),
    ("mvcollection", "collection", "title", "M: T"),
    ("book", "inbook", "container_title", "M"),
    ("book", "incollection", "container_title", "M"),
    ("collection", "incollection", "container_title", "M"),
    ("reference", "inreference", "container_title", "M"),
    ("mvproceedings", "inproceedings", "container_title", ""),
    ("periodical", "article", "container_title", "M"),
    ("misc", "misc", "title", "T"),
    ("conference", "inproceedings", "container_title", ""),
]


@pytest.mark.parametrize(("parent", "child", "variable", "expected"), TITLES)
def test_where_a_parents_title_goes(parent: str, child: str, variable: str, expected: str) -> None:
    found, _ = read(f"@{parent}{{p, title={{M}}}} @{child}{{c, crossref={{p}}, title={{T}}}}")
    assert found["c"].get(variable) == expected


def test_a_books_author_is_the_bookauthor_of_its_parts() -> None:
    found, _ = read("@book{p, title={M}, author={Au, A.}} @inbook{c, crossref={p}, title={T}}")
    assert [name.family for name in found["c"].people["container_author"]] == ["Au"]
    assert [name.family for name in found["c"].author] == ["Au"]


def test_a_containers_own_booktitle_counts_before_its_title() -> None:
    found, _ = read("@proceedings{p, title={Long}, booktitle={Short}} @inproceedings{c, crossref={p}, title={T}}")
    assert found["c"].get("container_title") == "Short"


def test_a_part_of_a_volume_takes_from_the_whole_through_the_volume() -> None:
    text = "@mvcollection{m, title={Main}, editor={Ed, A.}} @collection{v, crossref={m}, title={Vol}, volume=2}"
    found, _ = read(text + "@incollection{c, crossref={v}, title={T}}")
    assert found["c"].get("container_title") == "Main: Vol"
    assert found["c"].get("volume") == "2"


def test_xdata_comes_before_crossref_from_several_and_through_others() -> None:
    text = "@xdata{a, publisher={A}, xdata={c}} @xdata{b, publisher={B}, location={L}} @xdata{c, isbn={1}}"
    text += "@book{p, title={P}, publisher={P}} @book{k, title={T}, xdata={a, b}, crossref={p}}"
    found, findings = read(text)
    work = found["k"]
    assert (work.get("publisher"), work.get("publisher_place"), work.get("isbn")) == ("A", "L", "1")
    assert set(found) == {"p", "k"}
    assert findings == []


def test_xdata_may_be_quoted_by_field_and_item() -> None:
    text = "@xdata{x, location={L and M}, author={Au, A. and Be, B.}}"
    found, _ = read(text + "@book{k, title={T}, location={xdata=x-location-2}, author={Own, O. and xdata=x-author-1}}")
    assert found["k"].get("publisher_place") == "M"
    assert [name.family for name in found["k"].author] == ["Own", "Au"]


def test_ids_are_keys_too() -> None:
    found, findings = read("@book{p, ids={q, r}, title={P}, publisher={H}} @inbook{c, crossref={r}, title={T}}")
    assert found["c"].get("publisher") == "H"
    assert findings == []


@pytest.mark.parametrize("field", ["crossref", "xdata", "xref"])
def test_a_missing_target_is_reported_once_with_its_place(field: str) -> None:
    found, findings = read(f"@misc{{k,\n title={{T}},\n {field}={{nowhere}}}}")
    assert findings == [
        f'x.bib:3: error fld-crossref [k.{field}] there is no entry "nowhere" to take fields from'
    ]  # fmt: skip
    assert found["k"].get("title") == "T"


def test_circles_are_reported_and_harmless() -> None:
    text = "@misc{a, crossref={b}, title={A}} @misc{b, crossref={c}, year=1990} @misc{c, crossref={a}, note={N}}"
    found, findings = read(text + "@misc{s, crossref={s}, title={S}}")
    assert len(findings) == 2
    assert all("in a circle" in finding for finding in findings)
    assert found["a"].get("note") == "N"


def test_a_long_chain_is_followed_without_recursion() -> None:
    links = "".join(f"@misc{{k{number}, crossref={{k{number + 1}}}}}\n" for number in range(3000))
    found, findings = read(links + "@misc{k3000, title={End}}")
    assert found["k0"].get("title") == "End"
    assert findings == []


def test_xref_inherits_nothing() -> None:
    found, _ = read("@book{p, publisher={H}, title={P}} @inbook{c, xref={p}, title={T}}")
    assert found["c"].get("publisher") == ""
