"""Time: linear in the length of a value and in the number of entries, whatever a file holds."""

from __future__ import annotations

import pytest

from pubtrack.checks import Context, check
from pubtrack.checks.fixing import apply_fixes
from pubtrack.store.library import Library
from pubtrack.store.store import Store
from tests.linear import grows_linearly

PIECES = [
    "a ", "$", "$x$", "{a}", "\\", "\\x ", "&", "&amp;", "<i>", "</i>", "<i>a</i>", "\u200b", "\u0301", "\u202e", "-",
    "--", "1-2, ", "; ", ",", " and ", "and ", "A. ", "NeRF ", "\u00c3\u00a9", "\u00a0", "  ", "\t", "10.", "1",
    "http://a.b/ ", "$\\less$i$\\greater$", "\\url{", "\\url{a}", "~", "\u0456a", "X", "^^", "conference on ", "ab-",
    ":",
]  # fmt: skip
FIELDS = ("title", "author", "pages", "doi", "url", "isbn", "eprint", "month", "year", "booktitle", "journal", "note",
          "volume", "edition", "pubtrack-ignore")  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_value_takes_time_in_proportion(piece: str) -> None:
    def run(size: int) -> None:
        value = (piece * (size // len(piece))).replace("{", "").replace("}", "")
        fields = ", ".join(f"{name} = {{{value}}}" for name in FIELDS)
        check(Library(Store.of_text(f"@article{{a, {fields}}}")), Context(year=2026))

    assert grows_linearly(run, small=1_000)


@pytest.mark.parametrize("name", ["title", "author", "journal"])
def test_many_entries_take_time_in_proportion(name: str) -> None:
    def run(size: int) -> None:
        text = "".join(
            f"@article{{k{n}, {name} = {{Common words of all {n % 7}}}, year = 2020}}\n" for n in range(size)
        )
        check(Library(Store.of_text(text)), Context(year=2026), ignore=["dup"])

    assert grows_linearly(run, small=300)


def test_fixing_many_entries_takes_time_in_proportion() -> None:
    def run(size: int) -> None:
        text = "".join(f"@misc{{k{n}, title = {{NeRF &amp; tea}}, month = {{Jan}}}}\n" for n in range(size))
        apply_fixes(Store.of_text(text), Context(year=2026), select=["ttl-protect", "txt-html", "fld-month", "tex"])

    assert grows_linearly(run, small=100)
