"""pubtrack add: new entries in the file's own way of writing, duplicates refused by name, nothing half-added."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import run_in

STORE = """\
@string{nat = "Nature"}

@article{doe1999,
    author = "Doe, Jane",
    title = "On the Theory of Work",
    doi = "10.1000/one",
    year = 1999
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "publications.bib").write_bytes(STORE.encode())
    (tmp_path / "pubtrack.toml").write_bytes(b"")
    return tmp_path


def text(folder: Path) -> str:
    return (folder / "bib" / "publications.bib").read_bytes().decode()


def test_an_entry_from_stdin_is_written_as_the_others_are(folder: Path) -> None:
    result = run_in(
        folder, "add", stdin=b"@Book{roe2001, title={On Rest},\n  author={Roe, Al}, journal=nat, year=2001}"
    )
    assert (result.code, result.out) == (0, "roe2001\n"), result.err
    added = text(folder).removeprefix(STORE)
    assert added.startswith("\n@Book{roe2001,\n    author = {Roe, Al},\n    title = {On Rest},")
    assert "    journal = nat," in added


def test_several_files_are_added_together_or_not_at_all(folder: Path) -> None:
    (folder / "a.bib").write_text("@book{a, title={Alpha}}\n", encoding="utf-8")
    (folder / "b.bib").write_text("@book{b, title={Beta}}\n@book{c, title={On\n", encoding="utf-8")
    result = run_in(folder, "add", "a.bib", "b.bib")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("b.bib:2:")
    assert text(folder) == STORE
    (folder / "b.bib").write_text("@book{b, title={Beta}}\n", encoding="utf-8")
    assert run_in(folder, "add", "a.bib", "b.bib").out == "a\nb\n"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "@book{new, title={X}, doi={https://doi.org/10.1000/ONE}}",
            '"new" is in the store already as "doe1999": the same DOI',
        ),
        ("@article{new, author={J. Doe}, title={{On the Theory} of Work.}, year=2000}", 'as "doe1999": the same title'),
        ("@book{Doe1999, author={Moe, M}, title={Other}}", 'the key "Doe1999" is in use'),
        ("@article{, author={Doe, Jane}, title={On the theory of work}}", "this entry is in the store already"),
        ("@book{a, title={Alpha}}\n@book{b, title={Alpha}}", '"b" is in the store already as "a"'),
        ("no entry here", "there is no entry"),
    ],
)
def test_a_duplicate_is_refused_and_its_twin_named(folder: Path, entry: str, message: str) -> None:
    result = run_in(folder, "add", stdin=entry.encode())
    assert (result.code, result.out) == (1, "")
    assert message in result.err
    assert text(folder) == STORE


def test_a_volume_and_its_papers_are_added_together(folder: Path) -> None:
    bib = (
        b"@inproceedings{one, author={Roe, A}, title={First}, crossref={vol}}\n"
        b"@inproceedings{, author={Roe, B}, title={Second}, crossref={vol}}\n"
        b"@proceedings{vol, title={Proceedings}, year=2001, doi={10.1000/volume}}"
    )
    assert run_in(folder, "add", stdin=bib).out == "one\nroe2001second\nvol\n"
    later = b"@inproceedings{, author={Roe, C}, title={Third}, crossref={vol}}"
    assert run_in(folder, "add", stdin=later).out == "roe2001third\n"
    again = run_in(folder, "add", stdin=b"@inproceedings{x, author={Roe, C}, title={Third}, crossref={vol}}")
    assert '"x" is in the store already as "roe2001third"' in again.err


def test_a_key_used_twice_in_the_text_is_refused_as_such(folder: Path) -> None:
    result = run_in(folder, "add", stdin=b"@book{a, title={Alpha}, year=2001}\n@book{a, title={Beta}, year=2005}")
    assert result.code == 1
    assert '<stdin>:2: the key "a" is in use' in result.err
    assert text(folder) == STORE


def test_a_macro_that_nothing_defines_is_refused(folder: Path) -> None:
    result = run_in(folder, "add", stdin=b"@book{a, title={Alpha},\n  series=nosuch}")
    assert result.code == 1
    assert '<stdin>:2: no @string defines "nosuch"' in result.err
    assert text(folder) == STORE


def test_entries_without_a_key_get_one_by_the_pattern(folder: Path) -> None:
    first = b'@book{, author={M\\"uller, A}, title={The Big One}, year=2001}\n'
    bib = first + b"@book{, author={Roe, B}, title={Two}, year=2001}"
    assert run_in(folder, "add", stdin=bib).out == "muller2001big\nroe2001two\n"
    again = run_in(
        folder, "add", "--key-pattern", "{family}{year}", stdin=b"@book{, author={Roe, B}, title={Three}, year=2001}"
    )
    assert again.out == "roe2001\n"
    assert run_in(folder, "add", "--key-pattern", "{yaer}", stdin=b"@book{, title={Four}}").code == 1


def test_macros_that_the_store_lacks_are_written_out(folder: Path) -> None:
    bib = b'@string{sci = "Science"}\n@string{nat = "Nature Reviews"}\n'
    bib += b"@article{x, title={T}, journal=sci, series=nat, month=jan}"
    assert run_in(folder, "add", stdin=bib).code == 0
    added = text(folder).removeprefix(STORE)
    assert "journal = {Science}" in added
    assert "series = {Nature Reviews}" in added
    assert "month = jan" in added


def test_a_dry_run_shows_what_would_be_added(folder: Path) -> None:
    result = run_in(folder, "add", "--dry-run", stdin=b"@book{a, title={Alpha}}")
    assert "+@book{a," in result.out
    assert text(folder) == STORE
